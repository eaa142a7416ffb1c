"""One mention at a time: names by the register, roles by what articles say, pronouns by salience, documents by issuer."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.quotes.lexicon import DETERMINERS, DOCUMENTS, KINDS, PERSONAL, is_role
from analysis.quotes.names import Mention, Names, fold_word, side_of
from analysis.quotes.people import COUNTRY_OF
from analysis.quotes.register import Register
from analysis.quotes.roles import TITLE_NOUNS, body_like, fits, role_head
from analysis.quotes.sightings import Person

_WORD = re.compile(r"[\w’'.&@#-]*\w")

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


def resolve(
    scene: Scene, register: Register, span: tuple[int, int], mention: str, row: Mapping[Any, Any]
) -> Answer:
    """Say who a mention is, and note it on the scene for the mentions that follow."""
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
            name = register.bodies.name(register.acronyms[acronym][0])
            return Answer(name, _side_here(scene, span, name), 0.9, "acronym")
    head = _head_name(scene, span, mention)
    if head is not None:
        person = register.find(head, scene.article)
        if person is not None:
            exact = len(head.words) > 1
            return _of_person(person, 0.97 if exact else 0.93, "name" if exact else "last_name")
    if low[-1] in KINDS and bare.islower():
        known = _body_before(scene, span, low)
        if known is not None:
            name = register.bodies.name(known)
            return Answer(name, side_of(name) or None, 0.6, "body")
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
        name = register.bodies.name(bare)
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
    back = _paragraphs_back(scene, span[0])
    for _, person, held in register.holders(asked[0]):
        value = 0.0
        for head, articles in held:
            fit = fits(asked, head)
            if fit > 0:
                value = max(value, fit + (0.2 if scene.article in articles else 0.0))
        if value <= 0:
            continue
        near = back.get(id(person))
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


def _paragraphs_back(scene: Scene, at: int) -> dict[int, float]:
    """Count the paragraphs back to the last mention of each person that was mentioned not long before a place."""
    i = bisect_left(scene.places, at)
    here = bisect_right(scene.breaks, at)
    found: dict[int, float] = {}
    for k in range(i - 1, max(-1, i - 200), -1):
        found.setdefault(id(scene.stage[k][2]), float(here - bisect_right(scene.breaks, scene.stage[k][0])))
    return found


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
        last = _body_before(scene, span, low)
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
    name = register.bodies.name(bare)
    return Answer(name, side_of(name) or None, 0.5, "body")


def _body_before(scene: Scene, span: tuple[int, int], low: list[str]) -> str | None:
    """Find the last body named before a place that may be called so: "the agency" after a Wildlife Service."""
    if low[0] not in ("the", "this", "that") or len(low) > 3:
        return None
    nouns = {low[-1], *KINDS.get(low[-1], ())}
    for start, end, shown in reversed(scene.names.bodies):
        if end <= span[0] and start > span[0] - 3000 and nouns & {fold_word(word) for word in shown.split()}:
            return shown
    return None


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
