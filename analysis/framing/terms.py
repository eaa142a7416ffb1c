"""The words of a passage in a form in which two writers' versions of one statement meet.

A term is a word with a key and a weight. Words that say the same thing in a report get one key: inflections (by stem),
numbers as words or digits, a country and its people, months and weekdays with their short forms, and small groups of
verbs and nouns that news writers use for each other. Acronyms are matched with the words they stand for by
`analysis.framing.reports`, because that needs the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

from analysis.framing.equivalents import COUNTRIES, MONTHS, NUMBER_WORDS, TITLES, WEEKDAYS, groups
from analysis.passages.background import common_words
from analysis.text import NEGATIONS, STOPWORDS, fold, stem, straighten

# Numbers with their separators, initials with stops (U.S.), words with inner apostrophes; hyphens part words, so that
# "co-operation", "rules-based" and "sixty-day" meet their other spellings.
_TOKEN = re.compile(
    r"\d+(?:,\d{3})*(?:\.\d+)?(?:st|nd|rd|th|m|mn|bn|tn|k|km|kg)?(?![^\W_])|(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’&][^\W\d_]+)*",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?<=\d)[^\W\d_]+$")


class Term(NamedTuple):
    """One word.

    Attributes:
        key: what it is compared by.
        start: offset of the word in the text.
        end: offset behind it.
        kind: name (a capital inside a sentence), country, number, month, weekday, word, or grammar for words that carry
            no content.
        weight: how much of a statement hangs on it, in (0, 1]: the square root of its background weight, which ranked
            best among powers from 0 to 1.
        negated: a negation stands before it, with nothing but words of grammar and adverbs between.
    """

    key: str
    start: int
    end: int
    kind: str
    weight: float
    negated: bool = False


@lru_cache(
    maxsize=16_384
)  # statements, claims and coverage read the same sentences of an event one after another
def terms(text: str) -> tuple[Term, ...]:
    """List the terms of a passage in order; they depend on nothing around it."""
    out: list[Term] = []
    open_negation = False
    for match in _TOKEN.finditer(text):
        token = match.group()
        key, kind, weight, negates = _entry(token)
        if (
            key in _SCALES
            and not token[0].isdigit()
            and out
            and out[-1].kind == "number"
            and text[out[-1].end : match.start()] in (" ", "-", "\u00a0")
        ):
            before = out.pop()
            out.append(
                Term(_times(before.key, key), before.start, match.end(), "number", 1.0, before.negated)
            )
            continue
        if kind == "word" and token[0].isupper() and not _opens(text, match.start()):
            kind = "name"
        content = kind != "grammar"
        out.append(Term(key, match.start(), match.end(), kind, weight, content and open_negation))
        if negates:
            open_negation = not _NOT_ONLY.match(text, match.end())
        elif open_negation and content and not token.endswith("ly"):
            open_negation = False  # a negation reaches the next content word, over adverbs
    return tuple(out)


_SCALES = frozenset(("100", "1000", "1000000", "1000000000", "1000000000000"))
_SHORT_SCALES = {"k": "1000", "m": "1000000", "mn": "1000000", "bn": "1000000000", "tn": "1000000000000"}
_NOT_ONLY = re.compile(r"\s+(?:just|only|merely|simply|necessarily|least)\b", re.IGNORECASE)


def _times(figure: str, scale: str) -> str:
    """Multiply two figures; as written where they are too long to be figures of a report."""
    if scale == "1" or len(figure) > 12:
        return figure
    return f"{float(figure) * float(scale):.10g}"


def is_negation(token: str) -> bool:
    """Is this word a negation?"""
    word = straighten(token).casefold()
    return word in NEGATIONS or word.endswith("n't")


@lru_cache(maxsize=200_000)
def _entry(token: str) -> tuple[str, str, float, bool]:
    """Key, kind and weight of one token, and whether it is a negation."""
    return *_read(token), is_negation(token)


def _read(token: str) -> tuple[str, str, float]:
    if token[0].isdigit():
        digits = token.replace(",", "")
        figure = _UNIT.sub("", digits)
        if figure.replace(".", "").isdecimal():  # not "²", which no number is read from
            return _times(figure, _SHORT_SCALES.get(digits[len(figure) :].casefold(), "1")), "number", 1.0
    word = fold(token).replace(".", "")
    if not word:
        return token, "grammar", 0.3
    weight = sqrt(common_words().get(word, 1.0))
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word], "number", weight
    if token[0].isupper() and word in MONTHS:
        return MONTHS[word], "month", max(weight, 0.7)
    if word in WEEKDAYS:
        return WEEKDAYS[word], "weekday", max(weight, 0.7)
    if word in COUNTRIES and (len(word) > 3 or token.isupper() or "." in token):
        return COUNTRIES[word], "country", max(weight, 0.7)
    stemmed = stem(word)
    if word in STOPWORDS or straighten(token).casefold() in STOPWORDS or len(word) < 2:
        return groups().get(stemmed, stemmed), "grammar", weight
    return TITLES.get(word, groups().get(stemmed, stemmed)), "word", weight


def _opens(text: str, at: int) -> bool:
    """Does a word at `at` open the passage or a sentence in it, so that its capital says nothing?"""
    before = text[max(0, at - 4) : at].rstrip(" \"'“”‘(")
    return not before or before[-1] in ".!?:\n"
