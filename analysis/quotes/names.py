"""Names in a text: who is mentioned where, with which title, role, side and gender.

A name is a run of capitalised words. Titles and roles before it, an appositive after it and a bracket with a party or an
acronym say who that is. Nothing is looked up: a person is somebody whom the articles treat as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from analysis.quotes.lexicon import (
    ADVERBS,
    BODY_NOUNS,
    CLOSED,
    DETERMINERS,
    DOCUMENTS,
    HONORIFICS,
    MONTHS,
    PLACE_NOUNS,
    SAY_VERBS,
    STARTERS,
    TITLES,
    WEEKDAYS,
    is_role,
)
from analysis.quotes.people import COUNTRY_OF, PARTIES, SEATS, gender_of

_UPPER = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u017f\u0391-\u03a9\u0410-\u042f"
_SHORT = (
    "Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Col|Lt|Capt|Maj|Sgt|Adm|Prof|Rev|Hon|St|Jr|Sr|Amb|Supt|Det|Fr"
)
# each begins with its capital, which a search finds at once, and what follows is looked at then
_TITLE = "|".join(rf"(?<={short[0]}){short[1:]}" for short in _SHORT.split("|"))
_CAPITAL = (
    rf"[{_UPPER}](?:(?:{_TITLE}|(?:\.[{_UPPER}])*)\.|\w*(?:[&\-‐‑]\w+|\.[{_UPPER}]\w*|['’](?!s\b)\w+)*)"
)
_JOIN = r"(?:[ \u00a0]{1,2}(?:(?:de|da|di|del|van|von|der|den|al|el|bin|ibn|la|le)[ \u00a0]){0,2}|(?<=\.))"
SEQUENCE = re.compile(rf"{_CAPITAL}(?:{_JOIN}{_CAPITAL})*")
_WORD = re.compile(r"[^\s]+")
# "Ministry of External Affairs", "Department of Health and Human Services (HHS)"
BODY = re.compile(
    rf"[{_UPPER}]\w+(?:[ \u00a0][{_UPPER}][\w&’'-]*){{0,4}}(?:[ \u00a0](?:of|for|on)(?:[ \u00a0]the)?(?:[ \u00a0][{_UPPER}][\w&-]*)+"
    rf"(?:,?[ \u00a0]and(?:[ \u00a0][{_UPPER}][\w&-]*)+)?){{1,2}}"
)
# "the Fish and Wildlife Service": what "and" joins may also be two bodies, or a person and a body
_THE = re.compile(rf"[Tt]he (?=[{_UPPER}])")
_JOINED = re.compile(rf"((?:[{_UPPER}][\w.&’'-]*[ \u00a0]){{1,4}})and((?:[ \u00a0][{_UPPER}][\w&-]*){{2,4}})")
_OFFICE_OF = re.compile(r"\b(\w+) of (?:the )?$")
_ACRONYM = re.compile(rf"\s?\(\s?(?:the\s)?[“\"']?([{_UPPER}]{{2,8}})[”\"']?\s?\)")
_PARTY = re.compile(r"\s?(?:\(([RDI])(?:[-–][^)\n]{1,14})?\)|,\s([RDI])[-–][A-Z])")
_APPOSITIVE = re.compile(
    r",\s+(?:now\s|then\s|who\s(?:is|was)\s)?((?:the|a|an|one of the|its|his|her|their)\s)?([^,.;:()\"“”\n]{3,90})(?=[,.;)]|$)"
)
_AGE = re.compile(r",\s\d{1,3},")
# the words right before a name, read from its first letter back: a match that is anchored is found at once
_BEFORE = re.compile(r"\n?[ \u00a0]([\w’'.&-]+(?:[ \u00a0][\w’'.&-]+){0,5})")
SUFFIXES = frozenset("jr sr ii iii iv".split())
_NO_NAME = (
    DETERMINERS
    | CLOSED
    | ADVERBS
    | WEEKDAYS
    | MONTHS
    | frozenset("god breaking updated related read watch yes well ok".split())
)


@dataclass(slots=True)
class Mention:
    """One name in a text.

    Attributes:
        start: first character of the name itself, titles left out.
        end: end of the name.
        words: the words of the name in lower case, without stops.
        shown: the name as printed.
        gender: "m", "f" or "" as title or given name say.
        role: words of the role that stands with it, in lower case, or ().
        role_span: where the role stands.
        party: party named in brackets or in the role, or "".
        evidence: how sure it is that this is a person, 0 or more.
    """

    start: int
    end: int
    words: tuple[str, ...]
    shown: str
    gender: str = ""
    role: tuple[str, ...] = ()
    role_span: tuple[int, int] | None = None
    party: str = ""
    evidence: int = 0
    outer: int = 0


@dataclass(slots=True)
class Names:
    """All names of a text: persons that may be, and bodies with their acronyms."""

    mentions: list[Mention] = field(default_factory=list)
    bodies: list[tuple[int, int, str]] = field(default_factory=list)
    acronyms: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    roles: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """Fold one word of a name: lower case, straight apostrophe, no stops at the end, no possessive."""
    low = word.lower().replace("’", "'").rstrip(".,")
    return low[:-2] if low.endswith("'s") else low


@lru_cache(maxsize=512)
def scan(body: str) -> Names:
    """Find the names of a text; quotations, reported statements and roles ask for those of the same articles."""
    found = Names()
    for m in BODY.finditer(body):
        shown = m.group()
        first = fold_word(shown.split()[0])
        offset = 0
        if first in _NO_NAME or first in STARTERS:
            offset = len(shown.split()[0]) + 1
            shown = shown[offset:]
        low = {fold_word(word) for word in shown.split()}
        if low & BODY_NOUNS and not _looks_personal(shown):
            found.bodies.append((m.start() + offset, m.end(), shown))
            short = _ACRONYM.match(body, m.end())
            if short:
                found.acronyms.setdefault(short.group(1), (shown, m.start() + offset, short.end()))
    joined = [m.span() for m in _joined(body) if _one_body(body, m)]
    found.bodies.extend((start, end, body[start:end]) for start, end in joined)
    for m in SEQUENCE.finditer(body):
        if fold_word(m.group()) in _NO_NAME:
            continue  # what most sentences begin with: "The", "But"
        if not joined or not any(start < m.end() and m.start() < end for start, end in joined):
            _add(body, m.start(), m.group(), found)
    found.bodies.sort()
    return found


def _joined(body: str) -> Iterator[re.Match[str]]:
    """Find what "and" joins behind "the"."""
    at = 0
    for the in _THE.finditer(body):
        m = _JOINED.match(body, the.end()) if the.end() >= at else None
        if m:
            at = m.end()
            yield m


def _one_body(body: str, m: re.Match[str]) -> bool:
    """Say whether "and" stands inside one name: it ends like a body's, and its first half stands nowhere else alone."""
    first, second = m.group(1).strip(), m.group(2).split()
    low = [fold_word(word) for word in first.split()]
    if fold_word(second[-1]) not in BODY_NOUNS or low[-1] in BODY_NOUNS or low[-1] in SEATS:
        return False
    half = re.escape(first.split()[-1])
    alone = len(re.findall(rf"\b{half}\b", body)) > len(
        re.findall(rf"\b{half} (?:and|&) {re.escape(second[0])}\b", body)
    )
    return not alone and not _looks_personal(first)


def _looks_personal(shown: str) -> bool:
    return any(is_role(fold_word(word)) or fold_word(word) in HONORIFICS for word in shown.split()[:3])


def _add(body: str, offset: int, text: str, found: Names) -> None:
    places, low, cut = _taken_apart(text)
    if not low:
        return
    spans = [(offset + a, offset + b) for a, b in places]
    office = "" if cut else _office(body, spans[0][0], low)
    if office:  # "Secretary of the Treasury Jane Lee"
        cut = next(k for k, word in enumerate(low) if k and gender_of(word))
    name, role = low[cut:], (*low[:cut], office) if office else low[:cut]
    if not name:
        found.roles.append((spans[0][0], spans[-1][1], role))
        return
    start, end = spans[cut][0], spans[-1][1]
    if (
        name[-1] in BODY_NOUNS
        or (set(name) & BODY_NOUNS and not cut)
        or " ".join(name) in COUNTRY_OF
        or name[-1] in DOCUMENTS
    ):
        after = body[end : end + 40]
        if not set(name) <= {"house", "court"}:
            found.bodies.append(
                (spans[0][0] if not cut else start, end, body[spans[0][0] if not cut else start : end])
            )
            short = _ACRONYM.match(after)
            if short:
                found.acronyms.setdefault(short.group(1), (found.bodies[-1][2], start, end + short.end()))
        return
    if not cut and name[-1] in PLACE_NOUNS and (len(name) > 2 or (len(name) == 2 and not gender_of(name[0]))):
        return  # "George Washington Bridge" is nobody; "Anna Street" may be
    if set(name) <= PARTIES.keys():
        return  # "the Democratic leader": a side, nobody's name
    if len(name) > 4 or any(map(str.isdigit, "".join(name))):
        return
    if not cut and len(name) > 1 and name[0] in COUNTRY_OF and name[0] != "jordan" and name[0] != "georgia":
        role, name = name[:1], name[1:]
        start = spans[1][0]
    mention = Mention(start, end, tuple(word for word in name if word), body[start:end], outer=spans[0][0])
    _describe(body, mention, role, spans[0][0])
    found.mentions.append(mention)


@lru_cache(maxsize=50_000)
def _taken_apart(text: str) -> tuple[tuple[tuple[int, int], ...], tuple[str, ...], int]:
    """Cut a run of capitalised words into the words of a name, without what is none at either end.

    Returns:
        Where the words stand, the words folded, and the rank of the first behind titles and roles.
    """
    if text.isalpha():
        spans = [(0, len(text))]
    else:
        spans = [m.span() for m in _WORD.finditer(text)]
        if len(spans) == 1 and "." in text[:-1]:
            spans = _split_initials(text)
    low = [fold_word(text[a:b]) for a, b in spans]
    first = 0
    while first < len(low) and low[first] in _NO_NAME and not (low[first] == "may" and first):
        first += 1
    last = len(low)
    while last > first and (
        low[last - 1] in WEEKDAYS or (low[last - 1] in MONTHS and low[last - 1] != "may")
    ):
        last -= 1
    if first == last or not text[spans[first][0]].isupper():
        return (), (), 0
    low = low[first:last]
    # a title or role in capitals inside: what follows is the name
    cut = 0
    for k, word in enumerate(low):
        if word in TITLES or word in HONORIFICS or (is_role(word) and not gender_of(word)):
            cut = k + 1
    return tuple(spans[first:last]), tuple(low), cut


def _office(body: str, start: int, low: tuple[str, ...]) -> str:
    """Return the office that what begins here belongs to, where a given name follows: "secretary" before "of State Jane Lee"."""
    if not any(gender_of(given) for given in low[1:-1]):
        return ""
    held = _OFFICE_OF.search(body, max(0, start - 40), start)
    word = fold_word(held.group(1)) if held else ""
    return word if is_role(word) else ""


def _split_initials(text: str) -> list[tuple[int, int]]:
    cut = text.rfind(".") + 1
    return [(0, cut), (cut, len(text))] if 0 < cut < len(text) else [(0, len(text))]


def _describe(body: str, mention: Mention, role: tuple[str, ...], begin: int) -> None:
    """Read title, role, party and other evidence off what stands around a name."""
    titled = [word for word in role if word in HONORIFICS]
    if titled:
        mention.gender = HONORIFICS[titled[-1]]
        mention.evidence += 3
    given = gender_of(mention.words[0]) if len(mention.words) > 1 else ""
    mention.gender = mention.gender or given
    if len(mention.words) > 1 and (given or mention.words[0] in _EITHER_GIVEN):
        mention.evidence += 2
    kept = tuple(word for word in role if word not in HONORIFICS)
    if kept and (kept[-1] in TITLES or is_role(kept[-1])):
        mention.role, mention.role_span = kept, (begin, mention.start)
        mention.evidence += 2
    if begin:
        _role_before(body, mention, kept, begin)
    tail = body[mention.end : mention.end + 130]
    party = _PARTY.match(tail)
    if party:
        mention.party = {"R": "Republican", "D": "Democratic", "I": "Independent"}[
            party.group(1) or party.group(2)
        ]
        mention.evidence += 2
    at = mention.end + (party.end() if party else 0)
    age = _AGE.match(body, at)
    if age:
        mention.evidence += 2
        at = age.end() - 1
    apposed = _APPOSITIVE.match(body, at, at + 140) if body[at : at + 1] == "," else None
    if apposed:
        words = _role_words(apposed.group(2))
        if words and (
            apposed.group(1)
            or is_role(words[0])
            or (words[0] not in CLOSED and any(is_role(w) for w in words[:3]))
        ):
            mention.evidence += 1
            if not mention.role:
                mention.role, mention.role_span = words, apposed.span(2)
    follow = tail.split(None, 1)
    if follow and fold_word(follow[0]) in SAY_VERBS:
        mention.evidence += 1
    if tail.startswith((", who ", " who ")):
        mention.evidence += 1


def _role_before(body: str, mention: Mention, kept: tuple[str, ...], begin: int) -> None:
    """Take a role in small letters before the name: "campaign spokesman Jane Lee"."""
    m = _BEFORE.match(body[max(0, begin - 70) : begin][::-1])
    if not m:
        return
    printed = m.group(1)[::-1]
    words = printed.split()
    nearest = fold_word(words[-1])
    if nearest in SAY_VERBS and begin >= 2:
        mention.evidence += 1
    if not is_role(nearest) or words[-1][0].isupper():
        return
    low = [fold_word(word) for word in words]
    k = len(low) - 1
    while (
        k > 0
        and low[k - 1] not in CLOSED
        and low[k - 1] not in DETERMINERS
        and low[k - 1] not in SAY_VERBS
        and not words[k - 1].endswith((".", ","))
    ) or (k > 0 and words[k - 1] in ("U.S.", "U.N.", "U.K.")):
        k -= 1
    role = tuple(low[k:])
    mention.evidence += 2
    if not kept:
        offset = begin - 1 - len(printed) + len(" ".join(words[:k])) + (1 if k else 0)
        mention.role, mention.role_span = role, (max(0, offset), begin - 1)
    else:
        mention.role = role + kept


def _role_words(text: str) -> tuple[str, ...]:
    """Reduce an appositive to its role: words up to a relative clause, if a role noun is among the first ones."""
    low: list[str] = []
    for word in text.split():
        folded = fold_word(word)
        if folded in ("who", "whose", "which", "that", "and", "said", "says", "told"):
            break
        low.append(folded)
    if low and any(is_role(word) or word in TITLES for word in low[:7]):
        return tuple(low)
    return ()


_EITHER_GIVEN = frozenset(
    "kim leslie robin taylor jordan jamie morgan lynn dana kelly alex sam chris pat casey andrea jean sandy shannon stacy tracy jan".split()
)


@lru_cache(maxsize=50_000)
def side_of(text: str) -> str:
    """Name the country, or else the party, that words such as "Japanese foreign minister" point to; "" if none."""
    low = re.sub(r"['’]s\b", "", text.lower()).replace("’", "'")
    words = re.findall(r"[a-zà-ÿ]+(?:\.[a-z])*", low)
    for size in (2, 1):
        for k in range(len(words) - size + 1):
            country = COUNTRY_OF.get(" ".join(words[k : k + size]))
            if country:
                return country
    for seat, country in SEATS.items():
        if seat in low:
            return country
    for word in words:
        if word in PARTIES:
            return PARTIES[word]
    return ""
