"""Who speaks: from the mention as printed to the person, office or body, over all articles of an event.

A name is looked up in the event's register, a role or an acronym in what any of the articles says about it, a pronoun among
the persons before it (recency, subject and speaker first, gender agreeing: the salience factors of Lappin and Leass 1994,
reduced to what can be seen without a parser), a document goes to whoever issued it. Unnamed sources stay unnamed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from analysis.articles import as_articles
from analysis.quotes.lexicon import SAY_VERBS, is_role
from analysis.quotes.names import Mention, Names, fold_word, scan
from analysis.quotes.register import Register, build_register
from analysis.quotes.resolve import Answer, Scene, resolve
from analysis.quotes.roles import role_head
from analysis.quotes.roletable import role_table as role_table
from analysis.quotes.roletable import texts_by_event
from analysis.quotes.sightings import Person
from analysis.quotes.tables import SPEAKERS, records
from analysis.schema import TableError
from analysis.text import paragraphs

# what stands before is looked at last, so that only the places of "the" are tried
_OFFICE = re.compile(r"[Tt]he (?:(?<=[.!?,:\n”\"] [Tt]he )|(?<=\n[Tt]he )|(?<=^[Tt]he ))(\w+)(?= \w)")
_WHO_SAID = re.compile(r",? who (\w+)")
_QUOTED = 0.15  # the weight of a person inside a quotation, least of all; see `_weight`
_NEEDED = ("quotation_id", "article_id", "start", "end", "speaker_mention")
_READ = (*_NEEDED, "speaker_start", "speaker_end", "kind", "attribution")


def resolve_speakers(quotations: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Say who speaks each quotation.

    Articles of one event are read together; those of different events never are.

    Args:
        quotations: from `extract_quotations`, or any table with quotation_id, article_id, start, end and speaker_mention;
            any subset of the rows.
        articles: the articles that the quotations come from; further articles of the event help to resolve roles.

    Returns:
        The quotations in their order with speaker (canonical person, office or body; missing if unknown), side (country or
        party where the text gives it), confidence from 0 to 1, basis (name, last_name, pronoun, role, acronym, body,
        document, unnamed, unknown) and unnamed (the article keeps the name back).

    Raises:
        TableError: a needed column is missing.
    """
    table = as_articles(articles)
    missing = [name for name in _NEEDED if name not in quotations.columns]
    if missing:
        raise TableError(
            f"table 'quotations': missing column(s) {', '.join(missing)}; make it with extract_quotations."
        )
    rows = records(quotations[[name for name in _READ if name in quotations.columns]])
    answers = resolve_mentions(rows, table)
    out = quotations.drop(
        columns=[c for c in ("speaker", "side", "confidence", "basis", "unnamed") if c in quotations.columns]
    )
    columns: dict[str, Any] = {
        "speaker": [a.speaker for a in answers],
        "side": [a.side for a in answers],
        "confidence": [round(a.confidence, 3) for a in answers],
        "basis": [a.basis for a in answers],
        "unnamed": [a.unnamed for a in answers],
    }
    return SPEAKERS.frame(out.assign(**columns))


def resolve_mentions(rows: list[dict[str, Any]], articles: pd.DataFrame) -> list[Answer]:
    """Resolve the mentions of rows that have article_id, start, end, speaker_mention, speaker_start and speaker_end."""
    answers = [Answer(None) for _ in rows]
    by_article: dict[str, list[int]] = {}
    for k, row in enumerate(rows):
        by_article.setdefault(str(row["article_id"]), []).append(k)
    for bodies in texts_by_event(articles).values():
        if not any(article in by_article for article in bodies):
            continue
        names = {article: scan(body) for article, body in bodies.items()}
        speaking = {
            article: _speaking(by_article.get(article, []), rows, names[article]) for article in bodies
        }
        register = build_register(bodies, speaking)
        for article, body in bodies.items():
            if article in by_article:
                _resolve_article(article, body, names[article], register, by_article[article], rows, answers)
    return answers


def _span(row: Mapping[Any, Any]) -> tuple[int, int] | None:
    start, end = row.get("speaker_start"), row.get("speaker_end")
    if start is None or end is None or pd.isna(start) or pd.isna(end):
        return None
    return int(start), int(end)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _speaking(ranks: list[int], rows: list[dict[str, Any]], names: Names) -> set[int]:
    """Find the names that stand inside a speaker's mention, as its head."""
    starts = [m.start for m in names.mentions]
    out: set[int] = set()
    for k in ranks:
        span = _span(rows[k])
        if span is None or rows[k].get("kind") in ("term", "nested"):
            continue
        i = bisect_left(starts, span[0])
        if i < len(starts) and starts[i] < span[1]:
            out.add(starts[i])
    return out


def _resolve_article(
    article: str,
    body: str,
    names: Names,
    register: Register,
    ranks: list[int],
    rows: list[dict[str, Any]],
    answers: list[Answer],
) -> None:
    quoted = sorted(
        (int(rows[k]["start"]), int(rows[k]["end"])) for k in ranks if rows[k].get("kind") != "indirect"
    )
    scene = Scene(
        article, body, names, [m.start for m in names.mentions], [a for a, _ in paragraphs(body)], quoted
    )
    scene.stage = _stage(scene, register)
    scene.places = [entry[0] for entry in scene.stage]
    known: dict[tuple[int, int], Answer] = {}
    order = sorted(ranks, key=lambda k: (_span(rows[k]) or (int(rows[k]["start"]), 0), int(rows[k]["start"])))
    for k in order:
        row = rows[k]
        if row.get("kind") in ("term", "nested"):
            continue
        span = _span(row)
        mention = _text(row.get("speaker_mention"))
        if span is None or not mention:
            continue
        if span not in known:
            known[span] = resolve(scene, register, span, mention, row)
        found = known[span]
        how = row.get("attribution")
        worth = {
            "chained": 0.95,
            "reported": 0.9,
            "continued": 0.95,
            "following": 0.85,
            "floating": 0.75,
            "subject": 0.6,
        }.get(_text(how), 1.0)
        answers[k] = Answer(
            found.speaker, found.side, found.confidence * worth, found.basis, found.unnamed, found.person
        )


def _stage(scene: Scene, register: Register) -> list[tuple[int, int, Person, float]]:
    """List the persons of an article in order, with the weight of each mention."""
    out: list[tuple[int, int, Person, float]] = []
    for mention, weight in zip(scene.names.mentions, _weights(scene.body), strict=True):
        person = register.find(mention, scene.article)
        if person is not None:
            worth = _QUOTED if _quoted_at(scene, mention.start) else weight
            out.append((mention.start, mention.end, person, worth))
    out += _offices(scene, register)
    out.sort(key=lambda entry: entry[0])
    return out


def _offices(scene: Scene, register: Register) -> list[tuple[int, int, Person, float]]:
    """List where an office that one person alone holds begins a clause: ", the governor named himself"."""
    out: list[tuple[int, int, Person, float]] = []
    for start, end, noun in _office_places(scene.body):
        here = [person for _, person, _ in register.holders(noun) if person.articles[scene.article]]
        if len(here) == 1:
            out.append((start, end, here[0], 1.8))
    return out


@lru_cache(maxsize=512)
def _office_places(body: str) -> tuple[tuple[int, int, str], ...]:
    """Find where an office begins a clause, and its noun; kept, like the weights, for reported statements need it again."""
    found = [(m.start(1) - 4, m.end(1), m.group(1).lower()) for m in _OFFICE.finditer(body)]
    return tuple((start, end, role_head([word])[0]) for start, end, word in found if is_role(word))


def _quoted_at(scene: Scene, place: int) -> bool:
    """Say whether a place stands inside a quotation."""
    k = bisect_right(scene.quoted, (place, len(scene.body))) - 1
    return k >= 0 and scene.quoted[k][0] <= place < scene.quoted[k][1]


@lru_cache(maxsize=512)
def _weights(body: str) -> tuple[float, ...]:
    """Weigh the mentions of a text as if none were quoted."""
    return tuple(_weight(body, mention) for mention in scan(body).mentions)


def _weight(body: str, mention: Mention) -> float:
    """Weigh a mention: speakers and subjects count most, possessors least."""
    weight = 1.0
    tail = body[mention.end : mention.end + 24]
    if tail.startswith(("'s", "’s")):
        weight = 0.8
    follow = tail.split(None, 1)
    if follow and fold_word(follow[0]) in SAY_VERBS and weight == 1.0:
        return 3.0
    asserted = _WHO_SAID.match(tail)
    if asserted and fold_word(asserted.group(1)) in SAY_VERBS:
        return 2.5  # "Judge Anton Salis, who said he ..."
    head = body[max(0, mention.outer - 60) : mention.outer]
    cut = max(head.rfind(ch) for ch in '.!?\n”"')
    lead = head[cut + 1 :].split()
    if fold_word(lead[-1]) in SAY_VERBS if lead else False:
        return 2.5
    if (len(lead) <= 3 and (cut >= 0 or mention.outer < 60)) or (lead and lead[-1].endswith(",")):
        weight *= 1.8
    return weight
