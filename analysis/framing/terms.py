"""The words of a passage in a form in which two writers' versions of one statement meet.

A term is a word with a key. Words that say the same thing in a report get one key: inflections (by stem), numbers as
words or digits, a country and its people, months and weekdays with their short forms, an acronym and the words it
stands for in the same text, and small groups of verbs and nouns that news writers use for each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from analysis.framing.equivalents import COUNTRIES, EVERYDAY, GROUPS, MONTHS, NUMBER_WORDS, WEEKDAYS
from analysis.text import NEGATIONS, STOPWORDS, fold, stem, straighten

_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’.&][^\W\d_]+)*")
_MONTH_KEYS = frozenset(MONTHS.values())
_DAY_KEYS = frozenset(WEEKDAYS.values())


@dataclass(frozen=True, slots=True)
class Term:
    """One word that carries content.

    Attributes:
        key: what it is compared by.
        start: offset of the word in the text.
        end: offset behind it.
        kind: "word", "name" (capitalised, not at the start of a sentence), "number", "month", "weekday" or "country".
        weight: how much of a statement hangs on it; rare words carry more.
    """

    key: str
    start: int
    end: int
    kind: str
    weight: float


def terms(text: str, start: int = 0, end: int | None = None) -> list[Term]:
    """List the terms of `text[start:end]` in order; words of grammar are left out."""
    stop = len(text) if end is None else end
    out: list[Term] = []
    for match in _TOKEN.finditer(text, start, stop):
        token = match.group()
        key, kind, weight = _entry(token)
        if not key:
            continue
        if kind == "word" and token[0].isupper() and not _opens(text, start, match.start()):
            kind = "name"
        out.append(Term(key, match.start(), match.end(), kind, weight))
    return out


def negated(text: str, start: int = 0, end: int | None = None) -> int:
    """Count the negations in `text[start:end]`."""
    stop = len(text) if end is None else end
    found = 0
    for match in _TOKEN.finditer(text, start, stop):
        word = straighten(match.group()).casefold()
        found += word in NEGATIONS or word.endswith("n't")
    return found


@lru_cache(maxsize=200_000)
def _entry(token: str) -> tuple[str, str, float]:
    """Key, kind and weight of one token; an empty key for a word of grammar."""
    if token[0].isdigit():
        return token.replace(",", "").rstrip("."), "number", 5.0
    word = fold(token).replace(".", "") if "." in token else fold(token)
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word], "number", 3.0
    if token[0].isupper() and word in MONTHS:
        return MONTHS[word], "month", 4.0
    if word in WEEKDAYS:
        return WEEKDAYS[word], "weekday", 3.0
    if word in COUNTRIES and (token[0].isupper() or len(word) > 3):
        return COUNTRIES[word], "country", 4.0
    if word in STOPWORDS or straighten(token).casefold() in STOPWORDS or len(word) < 2:
        return "", "", 0.0
    stemmed = stem(word)
    return GROUPS.get(stemmed, stemmed), "word", _weight(word, stemmed)


def _weight(word: str, stemmed: str) -> float:
    if stemmed in EVERYDAY:
        return 2.0
    return 3.0 + min(len(word), 10) / 5


def _opens(text: str, start: int, at: int) -> bool:
    """Does a word at `at` open the passage or a sentence in it, so that its capital says nothing?"""
    before = text[max(start, at - 3) : at].rstrip(" \"'“‘(")
    return not before or before[-1] in ".!?:\n"
