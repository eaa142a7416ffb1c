"""How alike two statements are, and whether their particulars agree.

Two numbers, for two questions. `shared_information` ranks pairs by how much they have in common, whatever else each of
them says: it is high when a clause of one stands in the other. `sameness` is high only when each says what the other
says: it decides which statements are tellings of one fact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from math import inf, log, sqrt

from analysis.framing.particulars import dates, denied, figures, weekdays
from analysis.framing.statements import Statement
from analysis.framing.terms import Term

_DAMPING = 0.5  # how far a word counts less for standing in many statements of the event
_HALF_WORDS = 3.0  # shared weight that makes half of the full score; a rare word weighs 1
_HALF_PAIRS = 2.0
_APART = sqrt(2)  # two words are a pair when they are neighbours, or, for less, one word apart


def spread(made: Sequence[Statement]) -> Counter[str]:
    """Count in how many statements each key stands."""
    return Counter(key for statement in made for key in statement.weights)


class Wording:
    """The words of a passage, and pairs of words that stand beside each other, ready to be compared.

    Attributes:
        weights: key -> weight of a word, the less the more statements of the event have it.
    """

    __slots__ = ("_found", "_pairs", "weights")

    def __init__(self, found: Sequence[Term], stands_in: Mapping[str, int]) -> None:
        self.weights = {term.key: term.weight / _damped(stands_in.get(term.key, 1)) for term in found}
        self._found = found
        self._pairs: dict[tuple[str, str], float] | None = None

    @property
    def pairs(self) -> dict[tuple[str, str], float]:
        """Two keys in order -> weight of the pair; made when first asked for, for few passages come to that."""
        if self._pairs is None:
            self._pairs = _pairs(self._found)
        return self._pairs

    @property
    def whole(self) -> float:
        """The information that the passage shares with itself."""
        return _information(sum(self.weights.values()), sum(self.pairs.values()))


@lru_cache(maxsize=10_000)
def _damped(stands_in: int) -> float:
    return 1 + _DAMPING * log(max(1, stands_in))


def shared_information(a: Wording, b: Wording) -> float:
    """Score in [0, 1) how much two passages share: weighted words, and pairs of words in the same order."""
    words = _shared_words(a, b.weights)
    if not words:
        return 0.0
    others = b.pairs
    pairs = sum(min(a.pairs[pair], others[pair]) for pair in filter(others.__contains__, a.pairs))
    return _information(words, pairs)


def most_shared(a: Wording, keys: Collection[str]) -> float:
    """The most that a passage can share with one that has these words, whatever their order."""
    words = _shared_words(a, keys)
    return _information(words, inf) if words else 0.0


def _shared_words(a: Wording, keys: Collection[str]) -> float:
    return sum(map(a.weights.__getitem__, filter(keys.__contains__, a.weights)))


def _information(words: float, pairs: float) -> float:
    ordered = 1.0 if pairs == inf else pairs / (pairs + _HALF_PAIRS)
    return (2 * words / (words + _HALF_WORDS) + ordered) / 3


def sameness(a: Statement, b: Statement) -> float:
    """Score in [0, 1] how far two statements say the same: the shared part of all their words' weight."""
    shared = sum(map(a.weights.__getitem__, filter(b.weights.__contains__, a.weights)))
    return shared / (a.total + b.total - shared)


def agree(a: Statement, b: Statement) -> bool:
    """Do the particulars of two statements agree: figures, dates, names, negation?

    A particular that only one of them gives is no conflict; two that stand in each other's place are.
    """
    for pick in (figures, weekdays, dates):
        x, y = pick(a.terms), pick(b.terms)
        if x and y and not (x <= y or y <= x):
            return False
    x, y = names(a), names(b)
    if x - b.weights.keys() and y - a.weights.keys():
        return False
    return not denied(a.terms, b.terms)


def names(statement: Statement) -> set[str]:
    """Keys of capitalised words that are no acronyms or initials."""
    out = set()
    for term in statement.terms:
        if term.kind == "country":
            out.add(term.key)
        elif term.kind == "name":
            word = statement.text[term.start : term.end]
            if len(word) > 2 and not word.isupper():
                out.add(term.key)
    return out


def _pairs(found: Sequence[Term]) -> dict[tuple[str, str], float]:
    """Words that are neighbours or one word apart, in order, with the weight of each two; the last of equals counts."""
    out: dict[tuple[str, str], float] = {}
    keys, weights = [term.key for term in found], [term.weight for term in found]
    for n in range(len(keys) - 1):
        key, weight = keys[n], weights[n]
        out[key, keys[n + 1]] = weight * weights[n + 1]
        if n + 2 < len(keys):
            out[key, keys[n + 2]] = weight * weights[n + 2] / _APART
    return out
