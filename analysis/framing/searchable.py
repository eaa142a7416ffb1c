"""Texts made ready to be searched for many claims at once: where each word stands, sentence by sentence.

The sentences of all texts are numbered through, so that a claim is looked up in every article of an event by the same few
array operations; windows of sentences never cross from one text into the next.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.framing.likeness import Wording
from analysis.framing.terms import Term, terms
from analysis.text import Span, sentences

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

ACRONYM = re.compile(r"[A-Z]{2,6}")
_PREFIX = 4


class Layout(NamedTuple):
    """How the sentences of some texts lie beside each other.

    Attributes:
        first: number of the first sentence of each text.
        home: for each sentence the number of its text.
        after_one: for each sentence the next of its text, or itself.
        after_two: the next but one, or itself.
        two: for each sentence where the windows of two sentences that hold it begin, the latest first.
        four: the same for windows of four.
    """

    first: Ints
    home: Ints
    after_one: Ints
    after_two: Ints
    two: Ints
    four: Ints


class Searchable:
    """Texts made ready to be searched for many claims.

    Attributes:
        texts: the texts.
        sentences: spans of the sentences of all texts, one text after another; `spans` has them as an array.
        terms: the terms of each sentence.
        sizes: number of sentences of each text.
        places: key -> numbers of the sentences that have it.
        acronyms: capitals that may stand for other words -> numbers of the sentences that have them.
    """

    def __init__(self, *texts: str) -> None:
        self.texts = texts
        self.sentences: list[Span] = []
        self.terms: list[Sequence[Term]] = []
        counts = []
        self.places: dict[str, list[int]] = {}
        self.acronyms: dict[str, list[int]] = defaultdict(list)
        for text in texts:
            spans = sentences(text)
            counts.append(len(spans))
            for start, end in spans:
                self._add(text[start:end])
            self.sentences += spans
        self.spans: Ints = np.array(self.sentences, dtype=np.intp).reshape(-1, 2)
        self.sizes: Ints = np.array(counts, dtype=np.intp)
        self.home: Ints = np.repeat(np.arange(len(texts)), self.sizes)
        self._homes: list[int] = self.home.tolist()
        self.begins: Ints = np.concatenate([[0], np.cumsum(self.sizes)]).astype(np.intp)
        self._beginnings: dict[str, list[str]] = defaultdict(list)
        for key in self.places:
            if len(key) >= _PREFIX and key[0].isalpha():
                self._beginnings[key[:_PREFIX]].append(key)
        self._together: dict[tuple[str, ...], Ints] = {}
        self._keys: dict[tuple[int, int], frozenset[str]] = {}
        self._wordings: dict[tuple[int, int], Wording] = {}
        self._initials: list[str] | None = None

    def _add(self, text: str) -> None:
        number, found = len(self.terms), terms(text)
        self.terms.append(found)
        for term in found:
            places = self.places.get(term.key)
            if places is None:
                self.places[term.key] = [number]
            elif places[-1] != number:
                places.append(number)
            if text[term.start].isupper() and ACRONYM.fullmatch(text, term.start, term.end):
                self.acronyms[text[term.start : term.end]].append(number)

    def alike(self, key: str) -> list[str]:
        """Other words of the texts that begin as this one does."""
        if len(key) < _PREFIX or not key[0].isalpha():
            return []
        return [other for other in self._beginnings.get(key[:_PREFIX], ()) if other != key]

    def together(self, keys: tuple[str, ...]) -> Ints:
        """Number the sentences that have all of some words."""
        known = self._together.get(keys)
        if known is None:
            there = [self.places.get(key, ()) for key in keys]
            common = set(there[0]).intersection(*there[1:]) if all(there) else ()
            known = self._together[keys] = np.array(sorted(common), dtype=np.intp)
        return known

    def spelled_out(self, acronym: str) -> list[int]:
        """List the sentences that hold a run of content words with these initials."""
        if self._initials is None:
            self._initials = [
                "".join(self.texts[home][start + t.start].upper() for t in found if t.kind != "grammar")
                for home, (start, _), found in zip(self._homes, self.sentences, self.terms, strict=True)
            ]
        return [number for number, letters in enumerate(self._initials) if acronym in letters]

    def within(self, text: int, start: int, end: int) -> tuple[int, int]:
        """Number the sentences of a text that have a part in [start, end): the first, and the one behind the last."""
        low, high = self.begins[text : text + 2].tolist()
        first = bisect_right(self.sentences, start, low, high, key=_end)
        return first, max(first, bisect_left(self.sentences, end, low, high, key=_start))

    def keys(self, passage: tuple[int, int]) -> frozenset[str]:
        """Give the keys of all words of some neighbouring sentences."""
        known = self._keys.get(passage)
        if known is None:
            found = (term.key for number in range(*passage) for term in self.terms[number])
            known = self._keys[passage] = frozenset(found)
        return known

    def wording(self, passage: tuple[int, int], stands_in: Mapping[str, int]) -> Wording:
        """Make the words of some neighbouring sentences ready to be compared; always with the same `stands_in`."""
        known = self._wordings.get(passage)
        if known is None:
            found = [term for number in range(*passage) for term in self.terms[number]]
            known = self._wordings[passage] = Wording(found, stands_in)
        return known


def lay_out(sizes: Ints) -> Layout:
    """Lay out texts of so many sentences each."""
    first = np.cumsum(sizes) - sizes
    home = np.repeat(np.arange(len(sizes)), sizes)
    number = np.arange(len(home))
    begin, last = first[home], (first + sizes - 1)[home]
    return Layout(
        first,
        home,
        np.where(number + 1 <= last, number + 1, number),
        np.where(number + 2 <= last, number + 2, number),
        *(np.maximum(number[:, None] - np.arange(size), begin[:, None]) for size in (2, 4)),
    )


def _start(span: Span) -> int:
    return span[0]


def _end(span: Span) -> int:
    return span[1]
