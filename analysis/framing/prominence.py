"""What comes first: openings side by side, who acts in them, and how prominent topics, actors and facts are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from math import log2
from typing import NamedTuple

import pandas as pd

from analysis.articles import as_articles
from analysis.schema import Schema, TableError
from analysis.segments import headings
from analysis.text import STOPWORDS, Span, fold, paragraphs, sentences, straighten, words

PROMINENCE = Schema(
    "prominence",
    "One row an article and label (a name, topic or fact): where it first stands and how much of the weight of the text it has.",
    {
        "event": ("str", "what the article is about"),
        "article_id": ("str", "the article"),
        "outlet": ("str", "who published it"),
        "label": ("str", "the name, topic, actor or fact"),
        "count": ("int", "how often it is marked in the article"),
        "in_headline": ("bool", "the title names it"),
        "in_first_sentence": ("bool", "the first sentence holds it"),
        "in_first_paragraph": ("bool", "the first paragraph holds it"),
        "first": ("float", "place of the first mark, 0 (first character) to 1; missing where there is none"),
        "rank": ("int", "order of first appearance in the article, from 1; 0 where it does not appear"),
        "share": ("float", "of all marks of the article, 0 to 1"),
        "weighted_share": ("float", "the same with marks discounted by the rank of their sentence, 0 to 1"),
    },
    key=("article_id", "label"),
)

OPENINGS = Schema(
    "openings",
    "One row an article: its first sentence and who acts in it.",
    {
        "event": ("str", "what the article is about"),
        "article_id": ("str", "the article"),
        "outlet": ("str", "who published it"),
        "title": ("str", "headline, or missing"),
        "start": ("int", "first character of the first sentence in the body"),
        "end": ("int", "one past its last character"),
        "text": ("str", "body[start:end]"),
        "actor": ("str", "grammatical subject of its main verb, as printed; empty where the rules find none"),
        "actor_start": ("int", "first character of the actor in the body, -1 where there is none"),
        "actor_end": ("int", "one past its last character, -1 where there is none"),
        "verb": ("str", "the verb group that follows, as printed"),
        "voice": ("str", "active or passive; empty where there is no actor"),
    },
    key=("article_id",),
)


def prominence(articles: pd.DataFrame, marks: pd.DataFrame | None = None) -> pd.DataFrame:
    """Say how prominently each article places each label.

    The discount of a mark in the sentence of rank r (from 0) is 1 / log2(r + 2) (Järvelin and Kekäläinen 2002): the
    tenth sentence weighs three tenths of the first. Headings are sentences of their own.

    Args:
        articles: article_id, body; title, outlet and event if there are any.
        marks: article_id, start, label: topics, actors or facts with the place where they stand. Without it, the names
            that the texts print are the labels, the hundred commonest of each event.

    Returns:
        event, article_id, outlet, label, count, in_headline, in_first_sentence, in_first_paragraph, first, rank, share,
        weighted_share: within an event each label for each article, zeros included.

    Raises:
        TableError: `marks` lacks a column.
    """
    frame = as_articles(articles)
    given = _names(frame) if marks is None else _given(marks)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for article_id, event in zip(frame["article_id"], frame["event"], strict=True):
        counts[event].update(label for _, label in given.get(article_id, []))
    kept = _NAMES if marks is None else None
    labels = {
        event: [(label, _as_printed(label)) for label in _ranked(n)[:kept]] for event, n in counts.items()
    }
    rows = []
    for row in frame.to_dict("records"):
        title = straighten(row["title"]).casefold() if isinstance(row["title"], str) else ""
        starts, opening, lead = _landmarks(row["body"])
        places: dict[str, list[int]] = defaultdict(list)
        weights: dict[str, float] = defaultdict(float)
        for start, label in given.get(row["article_id"], []):
            places[label].append(start)
            weights[label] += 1 / log2(max(0, bisect_right(starts, start) - 1) + 2)
        total, weight = sum(map(len, places.values())), sum(weights.values())
        rank = {label: i for i, label in enumerate(sorted(places, key=lambda name: min(places[name])), 1)}
        for label, printed in labels.get(row["event"], []):
            at = places.get(label, [])
            rows.append(
                {
                    **{name: row[name] for name in ("event", "article_id", "outlet")},
                    "label": label,
                    "count": len(at),
                    "in_headline": bool(printed.search(title)),
                    "in_first_sentence": any(lead[0] <= a < lead[1] for a in at),
                    "in_first_paragraph": any(opening[0] <= a < opening[1] for a in at),
                    "first": min(at) / max(1, len(row["body"])) if at else float("nan"),
                    "rank": rank.get(label, 0),
                    "share": len(at) / max(1, total),
                    "weighted_share": weights[label] / weight if weight else 0.0,
                }
            )
    return PROMINENCE.frame(rows)


def openings(articles: pd.DataFrame) -> pd.DataFrame:
    """Put the first sentences side by side, each with its grammatical actor.

    The actor is the noun phrase before the first finite verb of the main clause, found by rules on word forms (no
    parser): an introductory phrase up to a comma is skipped, an apposition or relative clause between commas stays out.
    In about one sentence in ten the rules find none or the wrong one; the sentence stands beside it.

    Args:
        articles: article_id, body; title, outlet and event if there are any.

    Returns:
        event, article_id, outlet, title, start, end, text, actor, actor_start, actor_end, verb, voice; one
        row for each article that has text.
    """
    rows = []
    for row in as_articles(articles).to_dict("records"):
        body = row["body"]
        _, opening, (start, end) = _landmarks(body)
        if opening[1] == opening[0]:
            continue
        clause = _clause(body, start, end)
        rows.append(
            {
                **{name: row[name] for name in ("event", "article_id", "outlet", "title")},
                "start": start,
                "end": end,
                "text": body[start:end],
                "actor": body[slice(*clause.actor)] if clause else "",
                "actor_start": clause.actor[0] if clause else -1,
                "actor_end": clause.actor[1] if clause else -1,
                "verb": body[slice(*clause.verb)] if clause else "",
                "voice": ("passive" if clause.passive else "active") if clause else "",
            }
        )
    return OPENINGS.frame(rows)


def _landmarks(body: str) -> tuple[list[int], Span, Span]:
    """Where sentences start, the first paragraph that is no heading, and its first sentence."""
    spans = paragraphs(body)
    starts = [a for a, _ in sentences(body, spans)]
    above = set(headings(body, spans))
    opening = next((s for s in spans if s not in above), spans[0] if spans else (0, 0))
    lead = next(iter(sentences(body, [opening])), opening)
    return starts, opening, lead


def _ranked(counts: Counter[str]) -> list[str]:
    return sorted(counts, key=lambda label: (-counts[label], label))


def _as_printed(label: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(straighten(label).casefold())}(?!\w)")


# --- names -----------------------------------------------------------------------------------------------------------

_NAMES = 100  # of an event, so that the table grows with the articles and not with their square
_NAME = re.compile(r"[A-Z][\w'’.&-]*(?: (?:(?:of|the|de|von|van|al|bin) (?=[A-Z]))?[A-Z][\w'’.&-]*)*")


def _given(marks: pd.DataFrame) -> dict[str, list[tuple[int, str]]]:
    missing = [c for c in ("article_id", "start", "label") if c not in marks.columns]
    if missing:
        raise TableError(f"prominence: marks lack {', '.join(missing)}; they need article_id, start, label.")
    out: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for article_id, start, label in zip(marks["article_id"], marks["start"], marks["label"], strict=True):
        if pd.notna(start) and pd.notna(label) and int(start) >= 0:
            out[str(article_id)].append((int(start), str(label)))
    return out


def _names(frame: pd.DataFrame) -> dict[str, list[tuple[int, str]]]:
    """Names as printed: capitalised runs that stand capitalised inside a sentence at least once in the corpus."""
    found: list[tuple[str, int, str, bool]] = []
    for article_id, body in zip(frame["article_id"], frame["body"], strict=True):
        for a, b in sentences(body):
            for m in _NAME.finditer(body, a, b):
                name, start = m.group(), m.start()
                first = fold(name.split()[0])
                if start == a and first in STOPWORDS:
                    rest = name.partition(" ")[2]
                    if not rest:
                        continue
                    start, name = m.end() - len(rest), rest
                name = re.sub(r"['’]s?$", "", name).rstrip(".-&'’")
                if len(name) > 1 and fold(name) not in STOPWORDS:
                    found.append((article_id, start, name, start > a))
    inside = {name for _, _, name, within in found if within}
    out: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for article_id, start, name, _ in found:
        if name in inside:
            out[article_id].append((start, name))
    return out


# --- subject and verb ------------------------------------------------------------------------------------------------


class _Clause(NamedTuple):
    actor: Span
    verb: Span
    passive: bool


_BE = frozenset("is are was were be been being am 's 're".split())
_HELPERS = _BE | frozenset(
    "has have had will would can could may might must shall should do does did is are was were".split()
)
# Common irregular and base forms that a word's ending does not give away.
_FINITE = frozenset(
    """said says told tells made makes met meets took takes gave gives held holds came comes went goes saw sees began begins
    became becomes led leads left leaves put puts set sets sent sends spoke speaks struck strikes won wins lost loses
    fell falls rose rises grew grows kept keeps got gets knew knows thought thinks found finds felt feels stood stands
    broke breaks brought brings built builds bought buys sought seeks sold sells shot shoots sat sits ran runs hit hits
    cut cuts let lets paid pays read reads rejects drew draws drove drives flew flies forced forces fought fights
    laid lays meant means overtook spent spends stuck swore swept swung threw throws underwent understood withdrew
    wrote writes vowed vows wants urges warns backs calls plans seeks faces hopes asks""".split()
)
_NOT_FINITE_ED = frozenset(
    "united indeed hundred need speed wed red bed shed united armed related aged".split()
)
_ENDING = re.compile(r"(?:ed|[^su'’i]s)$")
_PREPOSITIONS = frozenset(
    """in on at after before during amid following as while when since with despite under by for from through
    because if although though according speaking citing over until upon against among between based""".split()
)
_DATELINE = re.compile(r"[A-Z][^!?\"“”]{0,50}?(?:\)\s*[-–—―:]|\s[-–—―]{1,2}\s)|[A-Z][^.!?\"“”]{0,40}?:\s")
_TRAILING = frozenset(
    """also on monday tuesday wednesday thursday friday saturday sunday has have had today yesterday now again once just
    then still never always often at in this last week month year""".split()
)
_RELATIVES = frozenset("who which that whose whom where".split())
_DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your some many several two three four five at one no all both".split()
)


def _clause(text: str, start: int, end: int) -> _Clause | None:
    """Find the subject and the first finite verb of the main clause in `text[start:end]`."""
    spans = words(text, start, end)
    tokens = [fold(text[a:b]) for a, b in spans]
    if not tokens:
        return None
    at = _after_introduction(text, spans, tokens)
    i, head_end, depth = at, -1, 0
    while i < len(tokens):
        gap = text[spans[i - 1][1] : spans[i][0]] if i > at else ""
        if i > at and ("," in gap or " - " in straighten(gap) or "(" in gap) and depth == 0:
            closing = _closing(text, spans, i)
            if closing is not None and not _is_finite(text, spans, tokens, i, at):
                head_end = head_end if head_end >= 0 else i
                i = closing
                continue
        if tokens[i] in _RELATIVES and i > at:
            head_end = head_end if head_end >= 0 else i
            inner = next(
                (j for j in range(i + 1, len(tokens)) if _is_finite(text, spans, tokens, j, at)), None
            )
            if inner is None:
                return None
            i = inner + 1
            while i < len(tokens) and tokens[i] in _HELPERS:
                i += 1
            i += 1 if i < len(tokens) and tokens[i - 1] in _HELPERS else 0
            continue
        if i > at and _is_finite(text, spans, tokens, i, at):
            return _made(text, spans, tokens, at, head_end if head_end >= 0 else i, i)
        i += 1
    return None


def _after_introduction(text: str, spans: list[Span], tokens: list[str]) -> int:
    """Skip a dateline ("PARIS — "), and "On Monday," and the like: a phrase that opens with a preposition up to a comma."""
    at = 0
    dateline = _DATELINE.match(text, spans[0][0], spans[-1][1])
    if dateline:
        at = next((j for j, (a, _) in enumerate(spans) if a >= dateline.end()), 0)
    for _ in range(2):
        if tokens[at] not in _PREPOSITIONS and not tokens[at].endswith(("ly", "ing")):
            break
        comma = next(
            (j for j in range(at + 1, len(tokens)) if "," in text[spans[j - 1][1] : spans[j][0]]), None
        )
        if comma is None:
            break
        at = comma
    return at


def _closing(text: str, spans: list[Span], i: int) -> int | None:
    """The word after the comma, dash or bracket that closes what opens before word `i`, or None."""
    for j in range(i + 1, min(len(spans), i + 25)):
        gap = straighten(text[spans[j - 1][1] : spans[j][0]])
        if "," in gap or " - " in gap or ")" in gap:
            return j
    return None


def _is_finite(text: str, spans: list[Span], tokens: list[str], i: int, at: int) -> bool:
    token, before = tokens[i], tokens[i - 1] if i > at else ""
    if before in _DETERMINERS or before == "to":
        return False
    if token in _HELPERS:
        return True
    if text[spans[i][0]].isupper():
        return False  # a name
    if token in _FINITE:
        return True
    if token == "used":
        return True
    if (
        token in _NOT_FINITE_ED
        or not _ENDING.search(token)
        or len(token) < 4
        or token in STOPWORDS
        or "-" in token
    ):
        return False
    following = tokens[i + 1] if i + 1 < len(tokens) else ""
    if token.endswith("ed"):
        return following != "by" or before in _BE
    # a word in -s is a verb rather than a plural if a noun phrase, preposition or infinitive follows a singular
    return following in _DETERMINERS | {"to", "that"} and not before.endswith(("s", "ing"))


def _made(
    text: str, spans: list[Span], tokens: list[str], at: int, head_end: int, verb: int
) -> _Clause | None:
    last = head_end - 1
    while last >= at and (tokens[last].endswith("ly") or tokens[last] in _TRAILING):
        last -= 1
    if last < at:
        return None
    stop = verb
    while stop + 1 < len(tokens) and (
        tokens[stop] in _HELPERS or tokens[stop] in {"not", "also"} or tokens[stop].endswith("ly")
    ):
        stop += 1
    be = any(t in _BE for t in tokens[verb:stop])
    passive = be and (
        tokens[stop].endswith(("ed", "en")) or tokens[stop] in {"held", "made", "told", "hit", "found"}
    )
    return _Clause((spans[at][0], spans[last][1]), (spans[verb][0], spans[stop][1]), passive)
