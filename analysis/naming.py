"""Two names of speakers: one and the same, and sure enough to say that they differ?"""

from __future__ import annotations

import re

from analysis.text import STOPWORDS
from analysis.worddiff import tokens

# Below this confidence an attribution is a guess.
_SURE = 0.75
_NAMELESS = re.compile(r"(?i)\b(?:officials?|sources?|diplomats?|aides?|advis[eo]rs?|spokes\w+|insiders?)\b")
_PREFIX = 4


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
    sides = ([w.form for w in tokens(name) if w.form not in STOPWORDS] for name in (one, other))
    short, long = sorted(sides, key=len)
    if not short:
        return one.strip().casefold() == other.strip().casefold()
    return all(any(_like(word, there) for there in long) for word in short)


def _like(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    head = short[: max(_PREFIX, len(short) - 1)]
    return len(short) >= _PREFIX and long.startswith(head) and len(long) - len(short) <= 3
