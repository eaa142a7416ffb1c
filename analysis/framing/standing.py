"""Where the words of many claims stand in some texts, and how far a word that only begins alike counts for another.

The words of all claims of an event are looked up once, and lie behind each other in a few arrays; a claim is a choice of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.framing.candidates import ranges
from analysis.framing.claims import Claim
from analysis.framing.searchable import Floats, Ints, Searchable

_INFLECTED = 0.9  # credit for a whole common beginning; less, the more two words part


class Asked(NamedTuple):
    """The words that claims ask for, one entry a claim and word, claims in order.

    Attributes:
        begin: where the entries of each claim begin.
        size: how many they are.
        unit: number of the unit of the claim that the word belongs to.
        word: number of the word among `keys`.
        weight: its weight in the content of the claim, 0 where it carries none.
        keys: the words, each once.
    """

    begin: Ints
    size: Ints
    unit: Ints
    word: Ints
    weight: Floats
    keys: list[str]


class Standing(NamedTuple):
    """Where words stand, word after word.

    Attributes:
        begin: where the entries of each word begin.
        size: how many they are.
        sentence: number of a sentence that has the word, or another that begins like it; each once a word, in order.
        credit: how far that counts, 1 for the word itself.
    """

    begin: Ints
    size: Ints
    sentence: Ints
    credit: Floats

    def of(self, words: Ints) -> Ints:
        """Number the entries of some words, word after word."""
        return ranges(self.begin[words], self.size[words])


def asked(claims: Sequence[Claim]) -> Asked:
    """List the words that some claims ask for."""
    numbers: dict[str, int] = {}
    size = np.array([len(claim.number) for claim in claims], dtype=np.intp)
    return Asked(
        np.cumsum(size) - size,
        size,
        np.array(list(chain.from_iterable(claim.number.values() for claim in claims)), dtype=np.intp),
        np.array([numbers.setdefault(key, len(numbers)) for c in claims for key in c.number], dtype=np.intp),
        np.array([claim.held.get(key, 0.0) for claim in claims for key in claim.number], dtype=np.float64),
        list(numbers),
    )


def standing(keys: Sequence[str], texts: Searchable) -> Standing:
    """Say where words stand."""
    there = [texts.places.get(key, ()) for key in keys]
    words, places, credits = _flat(range(len(keys)), there, [1.0] * len(keys))
    alike = [
        (word, texts.places[other], _INFLECTED * _common_beginning(key, other) / max(len(key), len(other)))
        for word, key in enumerate(keys)
        for other in texts.alike(key)
    ]
    if alike:
        also = _flat(*zip(*alike, strict=True))
        words, places, credits = (
            np.concatenate(both) for both in zip((words, places, credits), also, strict=True)
        )
        order = np.lexsort((credits, places, words))
        words, places, credits = words[order], places[order], credits[order]
        # of several words of one sentence that are like it the likest counts
        last = np.append((words[1:] != words[:-1]) | (places[1:] != places[:-1]), True)
        words, places, credits = words[last], places[last], credits[last]
    size = np.bincount(words, minlength=len(keys))
    return Standing(np.cumsum(size) - size, size, places, credits)


def _flat(
    words: Sequence[int], places: Sequence[Sequence[int]], credits: Sequence[float]
) -> tuple[Ints, Ints, Floats]:
    times = [len(found) for found in places]
    return (
        np.repeat(np.array(words, dtype=np.intp), times),
        np.fromiter(chain.from_iterable(places), dtype=np.intp, count=sum(times)),
        np.repeat(np.array(credits, dtype=np.float64), times),
    )


def shares(claims: Asked, found: Standing, texts: Searchable) -> Floats:
    """How much of each claim's content stands anywhere in each text, inflections and other names left aside."""
    shape = len(claims.begin), len(texts.texts)
    whole = np.bincount(_owners(claims), claims.weight, len(claims.begin))
    carries = np.flatnonzero(claims.weight)
    # each text once in which a word stands as it is
    exact = found.credit == 1
    word = np.repeat(np.arange(len(found.begin)), found.size)[exact]
    text = texts.home[found.sentence[exact]]
    first = np.append(True, (word[1:] != word[:-1]) | (text[1:] != text[:-1]))[: len(word)]
    word, text = word[first], text[first]
    times = np.bincount(word, minlength=len(found.begin))
    words = claims.word[carries]
    entries = ranges((np.cumsum(times) - times)[words], times[words])
    owner = np.repeat(_owners(claims)[carries], times[words])
    weight = np.repeat(claims.weight[carries], times[words])
    held = np.bincount(owner * shape[1] + text[entries], weight, shape[0] * shape[1]).reshape(shape)
    return np.asarray(held / np.where(whole > 0, whole, 1.0)[:, None], dtype=np.float64)


def _owners(claims: Asked) -> NDArray[np.intp]:
    return np.repeat(np.arange(len(claims.begin)), claims.size)


@lru_cache(maxsize=100_000)
def _common_beginning(a: str, b: str) -> int:
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    return n
