"""Two names of speakers: one and the same, and sure enough to say that they differ?"""

from __future__ import annotations

import re

from analysis.text import STOPWORDS
from analysis.worddiff import tokens

# Below this confidence an attribution is a guess.
_SURE = 0.75
_NAMELESS = re.compile(r"(?i)\b(?:officials?|sources?|diplomats?|aides?|advis[eo]rs?|spokes\w+|insiders?)\b")
_PREFIX = 4
_BODIES = frozenset(
    """news times post journal campaign ministry department office house court committee council commission university
    bank group company party union association institute agency authority government states kingdom police army
    comments remarks statement""".split()
)
_STAFF = frozenset(
    "administration aide aides spokesman spokeswoman spokesperson team staff camp lawyer lawyers budget".split()
)
_NICKNAMES = dict(
    pair.split(":", 1)
    for pair in """dick:richard rick:richard mike:michael bill:william will:william bob:robert rob:robert jim:james joe:joseph
        tom:thomas chuck:charles dave:david dan:daniel steve:steven ed:edward ted:edward tony:anthony chris:christopher
        matt:matthew ben:benjamin sam:samuel al:albert alex:alexander andy:andrew ken:kenneth ron:ronald
        don:donald greg:gregory jeff:jeffrey liz:elizabeth beth:elizabeth kate:katherine kathy:katherine peggy:margaret
        meg:margaret sue:susan jen:jennifer deb:deborah debbie:deborah pat:patricia nick:nicholas larry:lawrence
        jerry:gerald tim:timothy josh:joshua jack:john harry:henry""".split()
)


def sure_speaker(speaker: str | None, confidence: float) -> bool:
    """Is a speaker sure enough to stand against another: named with confidence, or plainly kept without a name?

    A missing confidence (NaN) counts as sure: the caller knows the speakers.
    """
    return bool(speaker) and (not confidence < _SURE or nameless(speaker))


def nameless(speaker: str | None) -> bool:
    """Is the speaker a role without a name: an official, a source, a spokesperson?"""
    return bool(speaker) and bool(_NAMELESS.search(speaker or ""))


def same_name(one: str, other: str) -> bool:
    """May two names mean the same: every word of the shorter is in the longer, or begins like a word of it?

    "Okonra" and "Ilvane Okonra" may, "Tarsia's Foreign Ministry" and "Tarsian Foreign Ministry" too; two ministries of
    different countries may not.
    """
    sides = (_words(name) for name in (one, other))
    short, long = sorted(sides, key=len)
    if not short:
        return one.strip().casefold() == other.strip().casefold()
    return all(any(_like(word, there) for there in long) for word in short)


def conflicting(one: str, other: str) -> bool:
    """Do two speakers surely differ: two full names of people, or one and a role without a name?"""
    people = [_person(name) for name in (one, other)]
    hidden = [nameless(name) for name in (one, other)]
    known = all(names or kept for names, kept in zip(people, hidden, strict=True))
    return known and not all(hidden) and not people[0] & people[1] and not same_name(one, other)


def named_in_paragraph(speaker: str, body: str, start: int, end: int) -> bool:
    """Does the line that a passage stands in name this person too? Then who speaks there is open to doubt."""
    low = max(body.rfind("\n", 0, start), 0)
    high = body.find("\n", end)
    line = tokens(body, low, len(body) if high < 0 else high)
    return bool(_person(speaker) & {word.form for word in line if body[word.start].isupper()})


def relatives(one: str, other: str) -> bool:
    """Are these full names of two people who share a surname and nothing else?"""
    first, second = (_words(name) for name in (one, other))
    if not (_person(one) and _person(other)) or first[-1] != second[-1]:
        return False
    return not set(first[:-1]) & set(second[:-1]) and first[0][0] != second[0][0]


def named_before(speaker: str, body: str, start: int, paragraphs: int = 2) -> bool:
    """Is this person named in the lines just before the one that a passage stands in?"""
    high = max(body.rfind("\n", 0, start), 0)
    low = high
    for _ in range(paragraphs):
        while low > 0 and body[low - 1].isspace():
            low -= 1
        low = max(body.rfind("\n", 0, low), 0)
    return bool(
        _person(speaker) & {word.form for word in tokens(body, low, high) if body[word.start].isupper()}
    )


def speaks_for_body(speaker: str, body: str, start: int, end: int) -> bool:
    """Does the line name the person only as part of a body's name: "the Brandt campaign", "Brandt's office"?"""
    low = max(body.rfind("\n", 0, start), 0)
    high = body.find("\n", end)
    line = tokens(body, low, len(body) if high < 0 else high)
    held = _person(speaker)
    named = [
        n
        for n, word in enumerate(line)
        if word.form.removesuffix("'s").removesuffix("’s") in held and body[word.start].isupper()
    ]
    return bool(named) and any(
        n + 1 < len(line) and (line[n + 1].form in _BODIES or line[n + 1].form in _STAFF) for n in named
    )


def _person(name: str) -> set[str]:
    """The words of a full name; empty for a single word, a role and a body."""
    parts = name.split()
    if len(parts) < 2 or not all(part[:1].isupper() for part in parts):
        return set()
    folded = set(_words(name))
    return set() if folded & _BODIES else folded - {"jr", "sr"}


def _words(name: str) -> list[str]:
    return [_NICKNAMES.get(w.form, w.form) for w in tokens(name) if w.form not in STOPWORDS]


def _like(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    head = short[: max(_PREFIX, len(short) - 1)]
    return len(short) >= _PREFIX and long.startswith(head) and len(long) - len(short) <= 3
