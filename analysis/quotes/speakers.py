"""Who speaks: from the mention as printed to the person, office or body, over all articles of an event.

A name is looked up in the event's register, a role or an acronym in what any of the articles says about it, a pronoun among
the persons before it (recency, subject and speaker first, gender agreeing: the salience factors of Lappin and Leass 1994,
reduced to what can be seen without a parser), a document goes to whoever issued it. Unnamed sources stay unnamed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.articles import as_articles
from analysis.quotes.lexicon import CLOSED, DETERMINERS, DOCUMENTS, PERSONAL, SAY_VERBS, is_role
from analysis.quotes.names import Mention, Names, fold_word, scan, side_of
from analysis.quotes.people import COUNTRY_OF
from analysis.quotes.roles import (
    TITLE_NOUNS,
    Person,
    Register,
    body_like,
    body_name,
    build_register,
    fits,
    role_head,
)
from analysis.quotes.tables import ROLES, SPEAKERS
from analysis.schema import TableError
from analysis.text import paragraphs

_WORD = re.compile(r"[\w’'.&@#-]*\w")
_NEEDED = ("quotation_id", "article_id", "start", "end", "speaker_mention")
_PREPOSED = frozenset("of for at from in to with by on".split())
_GROUPS = frozenset(
    "officials sources critics supporters experts analysts aides advisers advisors lawmakers people others some many".split()
)


@dataclass(slots=True)
class Answer:
    """Who a mention is, and how that was found."""

    speaker: str | None
    side: str | None = None
    confidence: float = 0.0
    basis: str = "unknown"
    unnamed: bool = False
    person: Person | None = None


@dataclass(slots=True)
class Scene:
    """One article while its mentions are resolved: who was mentioned where, and how prominently."""

    article: str
    body: str
    names: Names
    starts: list[int]
    breaks: list[int]
    quoted: list[tuple[int, int]]
    stage: list[tuple[int, int, Person, float]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    issuers: dict[str, Answer] = field(default_factory=dict)
    last: Answer | None = None
    last_body: Answer | None = None
    last_group: Answer | None = None


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
    rows = quotations.to_dict("records")
    answers = resolve_mentions(rows, table)
    out = quotations.drop(
        columns=[c for c in ("speaker", "side", "confidence", "basis", "unnamed") if c in quotations.columns]
    )
    return SPEAKERS.frame(
        out.assign(
            speaker=[a.speaker for a in answers],
            side=[a.side for a in answers],
            confidence=[round(a.confidence, 3) for a in answers],
            basis=[a.basis for a in answers],
            unnamed=[a.unnamed for a in answers],
        )
    )


def resolve_mentions(rows: list[dict[Any, Any]], articles: pd.DataFrame) -> list[Answer]:
    """Resolve the mentions of rows that have article_id, start, end, speaker_mention, speaker_start and speaker_end."""
    answers = [Answer(None) for _ in rows]
    by_article: dict[str, list[int]] = {}
    for k, row in enumerate(rows):
        by_article.setdefault(str(row["article_id"]), []).append(k)
    for _, group in articles.groupby("event", sort=False):
        bodies = dict(zip(group["article_id"], group["body"], strict=True))
        if not any(article in by_article for article in bodies):
            continue
        names = {article: scan(body) for article, body in bodies.items()}
        speaking = {
            article: _speaking(by_article.get(article, []), rows, names[article]) for article in bodies
        }
        register = build_register(names, speaking)
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


def _speaking(ranks: list[int], rows: list[dict[Any, Any]], names: Names) -> set[int]:
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
    rows: list[dict[Any, Any]],
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
            known[span] = _resolve(scene, register, span, mention, row)
        found = known[span]
        how = row.get("attribution")
        worth = {"chained": 0.95, "continued": 0.95, "following": 0.85, "floating": 0.75, "subject": 0.6}.get(
            _text(how), 1.0
        )
        answers[k] = Answer(
            found.speaker, found.side, found.confidence * worth, found.basis, found.unnamed, found.person
        )


def _stage(scene: Scene, register: Register) -> list[tuple[int, int, Person, float]]:
    """List the persons of an article in order, with the weight of each mention."""
    out: list[tuple[int, int, Person, float]] = []
    for mention in scene.names.mentions:
        person = register.find(mention, scene.article)
        if person is None:
            continue
        out.append((mention.start, mention.end, person, _weight(scene, mention)))
    return out


def _weight(scene: Scene, mention: Mention) -> float:
    """Weigh a mention: speakers and subjects count most, possessors and persons inside quotations least."""
    body = scene.body
    weight = 1.0
    tail = body[mention.end : mention.end + 24]
    if tail.startswith(("'s", "’s")):
        weight = 0.8
    k = bisect_right(scene.quoted, (mention.start, len(body))) - 1
    if k >= 0 and scene.quoted[k][0] <= mention.start < scene.quoted[k][1]:
        return 0.15
    follow = tail.split(None, 1)
    if follow and fold_word(follow[0]) in SAY_VERBS and weight == 1.0:
        return 3.0
    head = body[max(0, mention.outer - 60) : mention.outer]
    cut = max(head.rfind(ch) for ch in '.!?\n”"')
    lead = head[cut + 1 :].split()
    if fold_word(lead[-1]) in SAY_VERBS if lead else False:
        return 2.5
    if (len(lead) <= 3 and (cut >= 0 or mention.outer < 60)) or (lead and lead[-1].endswith(",")):
        weight *= 1.8
    return weight


def _resolve(
    scene: Scene, register: Register, span: tuple[int, int], mention: str, row: Mapping[Any, Any]
) -> Answer:
    low = [fold_word(m.group()) for m in _WORD.finditer(mention)]
    if not low:
        return Answer(None)
    if len(low) == 1 and low[0] in (
        "he",
        "she",
        "his",
        "her",
        "him",
        "they",
        "their",
        "it",
        "who",
        "i",
        "we",
        "you",
    ):
        answer = _pronoun(scene, register, span, low[0])
    else:
        answer = _noun(scene, register, span, mention, low, row)
    if answer.person is not None:
        at = bisect_left(scene.places, span[0])
        scene.stage.insert(at, (span[0], span[1], answer.person, 3.0))
        scene.places.insert(at, span[0])
    if answer.speaker is not None:
        scene.last = answer
        if answer.unnamed and low[-1].endswith("s"):
            scene.last_group = answer
        if answer.basis in ("body", "acronym"):
            scene.last_body = answer
        sentence = scene.body[max(0, span[0] - 80) : span[1] + 80].lower()
        for word in DOCUMENTS:
            if word in sentence and answer.basis != "document":
                scene.issuers[word] = answer
    return answer


def _of_person(person: Person, confidence: float, basis: str) -> Answer:
    return Answer(person.name, person.side or None, confidence, basis, False, person)


def _noun(
    scene: Scene,
    register: Register,
    span: tuple[int, int],
    mention: str,
    low: list[str],
    row: Mapping[Any, Any],
) -> Answer:
    bare = _bare(mention)
    if bare.isupper() and bare.lower() in TITLE_NOUNS:
        found = _role(scene, register, span, role_head([bare.lower()]), low)  # PM, FM, EAM
        if found is not None:
            return found
    if len(bare.split()) <= 2:
        acronym = next(
            (w for w in (x.strip("().,’'") for x in bare.split()) if w.isupper() and w in register.acronyms),
            "",
        )
        if acronym:
            name = body_name(register, register.acronyms[acronym][0])
            return Answer(name, _side_here(scene, span, name), 0.9, "acronym")
    head = _head_name(scene, span, mention)
    if head is not None:
        person = register.find(head, scene.article)
        if person is not None:
            exact = len(head.words) > 1
            return _of_person(person, 0.97 if exact else 0.93, "name" if exact else "last_name")
    asked = role_head(low)
    if asked[0] and not (head is not None and mention.find(head.shown) == 0):
        found = _role(scene, register, span, asked, low)
        if found is not None:
            return found
    if low[-1] in DOCUMENTS or (low[0] in DETERMINERS and any(w in DOCUMENTS for w in low) and not asked[0]):
        issuer = _document(scene, span, low)
        if issuer is not None:
            return issuer
        return Answer(bare, side_of(bare) or None, 0.6, "document")
    if body_like(low) or (head is None and not asked[0] and any(w[0].isupper() for w in bare.split())):
        name = body_name(register, bare)
        if low[0] in DETERMINERS and not any(word[0].isupper() for word in bare.split()):
            return _generic_body(scene, register, span, low, bare)
        return Answer(name, side_of(name) or None, 0.85, "body")
    if head is not None and not asked[0]:
        return Answer(
            head.shown.replace("\u00a0", " "), None, 0.7, "name" if len(head.words) > 1 else "last_name"
        )
    del row
    return Answer(bare or mention, side_of(bare) or None, 0.6, "unnamed", True)


def _head_name(scene: Scene, span: tuple[int, int], mention: str) -> Mention | None:
    """Find the name that a mention is built on: none if names only hang on a role ("a spokesman for Ms. Lee")."""
    i = bisect_left(scene.starts, span[0])
    while i < len(scene.starts) and scene.starts[i] < span[1]:
        found = scene.names.mentions[i]
        before = scene.body[span[0] : found.outer].split()
        owned = scene.body[found.end : found.end + 2] in ("'s", "’s") and found.end + 2 < span[1]
        governed = any(fold_word(word) in _PREPOSED for word in before) and not scene.body[
            : found.outer
        ].rstrip().endswith(",")
        country = " ".join(found.words) in COUNTRY_OF
        if not owned and not governed and not country:
            while i + 1 < len(scene.starts) and scene.starts[i + 1] < span[1]:
                after = scene.names.mentions[i + 1]
                between = scene.body[found.end : after.outer].split()
                if (
                    not between
                    or not is_role(fold_word(between[-1]))
                    or any(fold_word(w) in _PREPOSED for w in between)
                    or "," in scene.body[found.end : after.outer]
                ):
                    break
                found = after  # "Lee campaign spokesman Tom Hill"
                i += 1
            return found
        if governed and not owned and not country and _role_ends(scene.body[span[0] : found.outer]):
            return found  # "president of the bank Jane Lee"
        i += 1
    del mention
    return None


def _role_ends(text: str) -> bool:
    words = text.split()
    return bool(words) and is_role(fold_word(words[-1])) and len(words) > 2


def _bare(mention: str) -> str:
    words = mention.replace("\u00a0", " ").split()
    while len(words) > 1 and words[0].lower() in (
        "the",
        "a",
        "an",
        "one",
        "this",
        "that",
        "these",
        "those",
        "its",
        "another",
    ):
        words = words[1:]
    return " ".join(words).strip(" ,;")


def _side_here(scene: Scene, span: tuple[int, int], name: str) -> str | None:
    before = scene.body[max(0, span[0] - 24) : span[0]].rstrip()
    owner = before.split()[-1] if before.split() else ""
    return (side_of(owner) if owner.endswith(("'s", "’s")) else "") or side_of(name) or None


def _role(
    scene: Scene, register: Register, span: tuple[int, int], asked: tuple[str, frozenset[str]], low: list[str]
) -> Answer | None:
    """Find who holds a role: by what the articles say of each person, nearness breaking ties."""
    definite = low[0] in ("the", "this", "that") or low[0] not in DETERMINERS
    plural = low[-1] in _GROUPS or (asked[0].endswith("s") and is_role(asked[0][:-1]))
    hangs = any(word in _PREPOSED for word in low)
    if plural or not definite:
        return None
    best: tuple[float, Person] | None = None
    for person in register.persons:
        value = 0.0
        for role, article, _, _ in person.roles:
            fit = fits(asked, role_head(role))
            if fit > 0:
                value = max(value, fit + (0.2 if article == scene.article else 0.0))
        if value <= 0:
            continue
        near = _nearest(scene, person, span[0])
        if near is None and not asked[1]:
            continue
        value += 0.5 / (1 + (near if near is not None else 20) / 2)
        if best is None or value > best[0] + 1e-9:
            best = (value, person)
    if best is not None and best[0] >= 0.75:
        return _of_person(best[1], 0.85 if asked[1] else 0.75, "role")
    if hangs or asked[0] in (
        "official",
        "spokesperson",
        "source",
        "aide",
        "adviser",
        "advisor",
        "expert",
        "analyst",
        "woman",
    ):
        return None
    if low[0] in ("the", "this", "that", "his", "her", "their"):
        found = _salient(scene, span[0], "", roles_only=False)
        if found is not None:
            return _of_person(found[0], 0.5, "role")
    return None


def _nearest(scene: Scene, person: Person, at: int) -> float | None:
    """Count the paragraphs back to a person's last mention."""
    i = bisect_left(scene.places, at)
    here = bisect_right(scene.breaks, at)
    for k in range(i - 1, max(-1, i - 200), -1):
        if scene.stage[k][2] is person:
            return float(here - bisect_right(scene.breaks, scene.stage[k][0]))
    return None


def _pronoun(scene: Scene, register: Register, span: tuple[int, int], word: str) -> Answer:
    del register
    gender = PERSONAL.get(word, "")
    if word in ("it", "they", "their", "we"):
        if word == "it" and scene.last_body is not None:
            return Answer(scene.last_body.speaker, scene.last_body.side, 0.5, "pronoun", False)
        if word in ("they", "their") and scene.last_group is not None:
            return Answer(scene.last_group.speaker, scene.last_group.side, 0.4, "pronoun", True)
        return Answer(None, None, 0.0, "unknown")
    if word in ("i", "you"):
        return Answer(None, None, 0.0, "unknown")
    found = _salient(scene, span[0], gender)
    if found is None:
        last = scene.last
        if last is not None and last.unnamed and last is not scene.last_group:
            return Answer(last.speaker, last.side, 0.5, "pronoun", True)  # "the minister said ... he added"
        return Answer(None, None, 0.0, "unknown")
    person, margin = found
    return _of_person(person, 0.6 + 0.3 * margin, "pronoun")


def _salient(scene: Scene, at: int, gender: str, roles_only: bool = False) -> tuple[Person, float] | None:
    """Find the most prominent person before a place, and by how much they lead (0 to 1)."""
    del roles_only
    i = bisect_left(scene.places, at)
    here = bisect_right(scene.breaks, at)
    scores: dict[int, float] = {}
    persons: dict[int, Person] = {}
    for k in range(i - 1, max(-1, i - 60), -1):
        start, end, person, weight = scene.stage[k]
        if end > at:
            continue
        if gender and person.gender and person.gender != gender:
            continue
        back = here - bisect_right(scene.breaks, start)
        value = weight * 0.55**back * 0.9985 ** (at - end)
        if gender and not person.gender:
            value *= 0.7
        key = id(person)
        persons[key] = person
        scores[key] = max(scores.get(key, 0.0), value) + 0.05 * min(scores.get(key, 0.0), value)
    if not scores:
        return None
    ranked = sorted(scores.items(), key=lambda item: (-item[1], persons[item[0]].rank))
    best = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return persons[best[0]], max(0.0, min(1.0, 1 - second / best[1])) if best[1] > 0 else 0.0


def _document(scene: Scene, span: tuple[int, int], low: list[str]) -> Answer | None:
    """Give a document to its issuer: who was last said to have made one of the kind, or the last who spoke."""
    word = next((w for w in reversed(low) if w in DOCUMENTS), "")
    if any(token[:1].isupper() for token in scene.body[span[0] : span[1]].split()[1:]) or low[0] in (
        "a",
        "an",
        "one",
        "another",
    ):
        return None  # it names its own issuer, or is new here
    issuer = scene.issuers.get(word) or (
        scene.last if low[0] in ("the", "this", "that", "his", "her", "their", "its") else None
    )
    if issuer is None or issuer.speaker is None:
        return None
    return Answer(
        issuer.speaker,
        issuer.side,
        0.75 if word in scene.issuers else 0.5,
        "document",
        issuer.unnamed,
        issuer.person,
    )


def _generic_body(
    scene: Scene, register: Register, span: tuple[int, int], low: list[str], bare: str
) -> Answer:
    """Resolve "the company", "the ministry" to the last body that was named."""
    if low[0] in ("the", "this", "that") and len(low) <= 3:
        last: str | None = None
        for start, end, shown in scene.names.bodies:
            if end <= span[0] and start > span[0] - 3000 and low[-1] in shown.lower():
                last = shown
        if last is None and low[-1] in (
            "company",
            "firm",
            "group",
            "network",
            "bank",
            "agency",
            "organization",
            "organisation",
        ):
            last = _prominent(scene, register, span[0])
        if last is not None:
            return Answer(last, side_of(last) or None, 0.6, "body")
    return Answer(bare, None, 0.5, "body")


def _prominent(scene: Scene, register: Register, at: int) -> str | None:
    """Find the name, of no person and no country, that an article has used most before a place."""
    counts: dict[str, int] = {}
    for mention in scene.names.mentions:
        if mention.start >= at:
            break
        if " ".join(mention.words) not in COUNTRY_OF and register.find(mention, scene.article) is None:
            counts[mention.shown] = counts.get(mention.shown, 0) + 1
    best = max(counts.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return best[0] if best[1] > 1 else None


def role_table(articles: pd.DataFrame) -> pd.DataFrame:
    """List who is called by which role, acronym or short name, over all articles of an event.

    Args:
        articles: the articles.

    Returns:
        event, alias, canonical, kind (name, role, acronym), side, and the evidence: article_id, start, end.
    """
    table = as_articles(articles)
    rows: list[dict[str, Any]] = []
    for event, group in table.groupby("event", sort=False):
        names = {a: scan(b) for a, b in zip(group["article_id"], group["body"], strict=True)}
        register = build_register(names, {})
        seen: set[tuple[str, str]] = set()

        def put(alias: str, canonical: str, kind: str, side: str, article: str, start: int, end: int) -> None:
            if (alias.lower(), canonical) not in seen:  # noqa: B023 - used inside the loop only
                seen.add((alias.lower(), canonical))  # noqa: B023
                rows.append(
                    {
                        "event": event, "alias": alias, "canonical": canonical, "kind": kind, "side": side or None,  # noqa: B023
                        "article_id": article, "start": start, "end": end,
                    }
                )  # fmt: skip

        for article, found in names.items():
            for mention in found.mentions:
                person = register.find(mention, article)
                if person is None:
                    continue
                put(mention.shown, person.name, "name", person.side, article, mention.start, mention.end)
                if mention.role and mention.role_span is not None:
                    role = " ".join(w for w in mention.role if w not in CLOSED or w == "of")
                    put(role, person.name, "role", person.side, article, *mention.role_span)
        for short, (shown, article, start, end) in register.acronyms.items():
            if any(short in body for body in group["body"]):
                name = body_name(register, shown)
                put(short, name, "acronym", side_of(name), article, start, end)
    return ROLES.frame(rows)
