"""Words of many units as numbers, and the terms of a codebook found among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.text import STOPWORDS, fold, stem

# Unlike `text.words`, hyphens part words here: "supply-chain" and "supply chain" are one term, as are "de-risk" and
# "de risk".
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

Ints = NDArray[np.int64]


class Tokens(NamedTuple):
    """The words of many units.

    Attributes:
        forms: the folded form that each number stands for.
        ids: the numbers of all words, unit after unit.
        first: where each unit begins in `ids`; one more entry for the end.
    """

    forms: list[str]
    ids: Ints
    first: Ints


class Match(NamedTuple):
    """A term found: the unit, its first and one past its last word within the unit, and the number of the term."""

    unit: int
    begin: int
    end: int
    term: int


class Pattern(NamedTuple):
    """A term to look for: its topic and whether it only switches other terms of the topic off."""

    text: str
    topic: int
    excludes: bool = False


class _Numbers(dict[str, int]):
    """Gives every new surface form the number of its folded form."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[str] = []
        self._by_form: dict[str, int] = {}

    def __missing__(self, surface: str) -> int:
        form = fold(surface)
        number = self._by_form.setdefault(form, len(self.forms))
        if number == len(self.forms):
            self.forms.append(form)
        self[surface] = number
        return number


def tokenise(texts: Iterable[str]) -> Tokens:
    """Number the words of many texts."""
    numbers = _Numbers()
    ids: list[int] = []
    first = [0]
    for text in texts:
        ids.extend(map(numbers.__getitem__, _TOKEN.findall(text)))
        first.append(len(ids))
    return Tokens(numbers.forms, np.asarray(ids, dtype=np.int64), np.asarray(first, dtype=np.int64))


def select_units(tokens: Tokens, units: Ints) -> Tokens:
    """Return the words of some of the units, in the order given."""
    if len(units) == len(tokens.first) - 1 and (np.diff(units) == 1).all():
        return tokens
    parts = [tokens.ids[tokens.first[i] : tokens.first[i + 1]] for i in units]
    used, ids = np.unique(np.concatenate(parts), return_inverse=True)
    first = np.concatenate([[0], np.cumsum([len(part) for part in parts])])
    return Tokens([tokens.forms[i] for i in used], ids, first)


def token_spans(text: str, most: int | None = None) -> list[tuple[int, int]]:
    """Where the words of `tokenise` stand in one text, or the first so many of them."""
    return [m.span() for m in islice(_TOKEN.finditer(text), most)]


@lru_cache(maxsize=50_000)
def keys(term: str) -> tuple[str, ...]:
    """Fold a term to what is compared: its words, a final `*` kept on the last."""
    words = [fold(word) for word in _TOKEN.findall(term)]
    if words and term.rstrip().endswith("*"):
        words[-1] += "*"
    return tuple(word for word in words if word and word != "*")


def is_content(form: str) -> bool:
    """Is a folded word more than grammar, a number or a single letter?"""
    return len(form) > 1 and form not in STOPWORDS and not form[0].isdigit() and stem(form) not in STOPWORDS


def find_terms(tokens: Tokens, patterns: Sequence[Pattern]) -> list[Match]:
    """Find the terms of a codebook: the longest at each place, no word counted twice.

    Words match by stem. Where two topics have different words with one stem ("security", "securities"), both match
    exactly as written.
    """
    exact = _ambiguous(patterns)
    terms = [keys(pattern.text) for pattern in patterns]
    number_of = {form: number for number, form in enumerate(tokens.forms)}
    by_stem: dict[str, list[int]] = {stem(word): [] for term in terms for word in term}
    for number, form in enumerate(tokens.forms):
        same = by_stem.get(stem(form))
        if same is not None:
            same.append(number)
    # candidates[number]: patterns that may begin with this word, longest first
    candidates: dict[int, list[tuple[list[frozenset[int]], int]]] = {}
    for p, term in enumerate(terms):
        allowed = [_allowed(word, p in exact, number_of, by_stem) for word in term]
        if allowed and all(allowed):
            for number in allowed[0]:
                candidates.setdefault(number, []).append((allowed, p))
    for options in candidates.values():
        options.sort(key=lambda option: (-len(option[0]), option[1]))
    begins = np.zeros(len(tokens.forms) + 1, dtype=bool)
    begins[list(candidates)] = True
    places = np.flatnonzero(begins[tokens.ids]) if len(tokens.ids) else np.empty(0, dtype=np.int64)
    units = np.searchsorted(tokens.first, places, side="right") - 1
    return _walk(tokens, patterns, candidates, places.tolist(), units.tolist())


def _walk(
    tokens: Tokens,
    patterns: Sequence[Pattern],
    candidates: dict[int, list[tuple[list[frozenset[int]], int]]],
    places: list[int],
    units: list[int],
) -> list[Match]:
    found: list[Match] = []
    taken = 0  # words before this one are used up
    silent: dict[int, int] = {}  # topic -> its terms do not count before this word
    ids, first = tokens.ids.tolist(), tokens.first.tolist()
    for place, unit in zip(places, units, strict=True):
        matching: list[tuple[int, int]] = []
        for allowed, p in candidates[ids[place]]:
            end = place + len(allowed)
            if end > place + 1 and (end > first[unit + 1] or not _follows(ids, place, allowed)):
                continue
            if patterns[p].excludes:
                silent[patterns[p].topic] = max(end, silent.get(patterns[p].topic, 0))
            else:
                matching.append((end, p))
        if place < taken:
            continue
        for end, p in matching:
            if not silent or place >= silent.get(patterns[p].topic, 0):
                found.append(Match(unit, place - first[unit], end - first[unit], p))
                taken = end
                break
    return found


def _follows(ids: list[int], place: int, allowed: list[frozenset[int]]) -> bool:
    """Do the further words of a phrase stand after its first?"""
    return all(ids[place + i] in allowed[i] for i in range(1, len(allowed)))


def _ambiguous(patterns: Sequence[Pattern]) -> set[int]:
    """Find the terms whose stems belong to another topic as well."""
    by_stem: dict[tuple[str, ...], set[int]] = {}
    for p, pattern in enumerate(patterns):
        if not pattern.excludes:
            by_stem.setdefault(tuple(stem(word) for word in keys(pattern.text)), set()).add(p)
    return {p for same in by_stem.values() if len({patterns[q].topic for q in same}) > 1 for p in same}


def _allowed(
    word: str, exact: bool, number_of: dict[str, int], by_stem: dict[str, list[int]]
) -> frozenset[int]:
    if word.endswith("*"):
        beginning = word[:-1]
        return frozenset(i for form, i in number_of.items() if form.startswith(beginning))
    if exact:
        return frozenset(number_of[form] for form in (word,) if form in number_of)
    return frozenset(by_stem[stem(word)])
