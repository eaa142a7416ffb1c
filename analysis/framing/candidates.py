"""Which statements of an event are compared: those that share a term which few have, by array operations.

The number of pairs grows with the number of statements, not with its square; blocks of them are made one after another,
so that memory stays bounded in an event of any size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from analysis.framing.statements import Statement

Ints = NDArray[np.intp]
Floats = NDArray[np.float64]

_POSTINGS = 80  # a term in more statements than this proposes no pairs: it is what the event is about
_LONGEST = 2000  # of the two rarest terms of a statement, which always propose, so many places at most
_PARTNERS = 200  # partners that one statement proposes, those that share most such terms first
_BLOCK = 2_000_000  # proposals, or cells of a table of weights, in memory at once
ROUNDING = 1e-9  # sums of weights are taken in another order than `likeness.sameness` takes them


def candidates(
    made: Sequence[Statement], *, within: bool = False, least: float = 0.0
) -> Iterator[tuple[int, int]]:
    """Propose pairs of statements, of different articles unless `within`, that share a term which few statements have.

    Args:
        made: statements; those of an article stand together.
        within: pairs of one article too.
        least: leave out pairs whose `sameness` is sure to be smaller.

    Yields:
        Numbers of two statements, the first the smaller, in order.
    """
    if not least:
        for first, second in _proposed(made, within):
            yield from zip(first.tolist(), second.tolist(), strict=True)
    else:
        for first, second, _ in weighed(made, within=within, least=least):
            yield from zip(first.tolist(), second.tolist(), strict=True)


def weighed(
    made: Sequence[Statement], *, within: bool = False, least: float
) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Propose pairs as `candidates` does, in blocks, with their `sameness` up to `ROUNDING`."""
    weights = _Weighed(made)
    for first, second in _proposed(made, within):
        same = weights.sameness(first, second)
        near = same >= least - ROUNDING
        yield first[near], second[near], same[near]


def _proposed(made: Sequence[Statement], within: bool) -> Iterator[tuple[Ints, Ints]]:
    """Pairs in blocks, ordered by the first number, then the second."""
    if len(made) < 2:
        return
    term, n_terms = _numbered(chain.from_iterable(statement.content for statement in made))
    holder = np.repeat(np.arange(len(made)), [len(statement.content) for statement in made])
    held = np.bincount(term, minlength=n_terms)
    rarest = np.argsort(held, kind="stable")
    size, ranked = held[rarest], np.empty(n_terms, dtype=np.intp)
    ranked[rarest] = np.arange(n_terms)
    by_rank = np.argsort(ranked[term], kind="stable")
    rank, holders = ranked[term][by_rank], holder[by_rank]
    end = np.cumsum(size)
    by_statement = np.argsort(holders, kind="stable")
    owner, key = holders[by_statement], rank[by_statement]
    place = np.arange(len(owner)) - np.searchsorted(owner, owner)
    # the rarest two terms always propose, or a statement in plain words would meet no other
    proposes = (size[key] <= _POSTINGS) | (place < 2)
    owner, key = owner[proposes], key[proposes]
    first = np.arange(1, len(made) + 1) if within else _behind(made)
    # holders of one key ascend: one search among all of them finds where those behind `first` begin
    begin = np.searchsorted(
        rank * len(made) + holders, key * len(made) + np.minimum(first[owner], len(made) - 1)
    )
    begin[first[owner] >= len(made)] = end[key[first[owner] >= len(made)]]
    count = np.minimum(end[key] - begin, _LONGEST)
    behind = np.cumsum(count)
    low = 0
    while low < len(owner):
        done = behind[low - 1] if low else 0
        high = max(low + 1, int(np.searchsorted(behind, done + _BLOCK, side="right")))
        high = int(
            np.searchsorted(owner, owner[high - 1], side="right")
        )  # a statement's proposals stay together
        taken = count[low:high]
        code = np.repeat(owner[low:high], taken) * len(made) + holders[ranges(begin[low:high], taken)]
        pairs, shared = np.unique(code, return_counts=True)
        one, two = np.divmod(pairs, len(made))
        kept = _best(one, shared)
        yield one[kept], two[kept]
        low = high


def _best(one: Ints, shared: Ints) -> NDArray[np.bool_]:
    """Of the partners of each statement those that share most, of equals the first."""
    begins = np.searchsorted(one, one)
    if not len(one) or np.bincount(one).max() <= _PARTNERS:
        return np.ones(len(one), dtype=bool)
    order = np.lexsort((np.arange(len(one)), -shared, one))
    kept = np.zeros(len(one), dtype=bool)
    kept[order[np.arange(len(one)) - begins < _PARTNERS]] = True
    return kept


def _behind(made: Sequence[Statement]) -> Ints:
    """For each statement the number of the first one that follows its article."""
    out = np.full(len(made), len(made), dtype=np.intp)
    for number in range(len(made) - 2, -1, -1):
        same = made[number].article_id == made[number + 1].article_id
        out[number] = out[number + 1] if same else number + 1
    return out


class _Weighed:
    """The weights of statements as numbers, to tell of many pairs at once how far they say the same."""

    def __init__(self, made: Sequence[Statement]) -> None:
        self._keys, self._width = _numbered(chain.from_iterable(statement.weights for statement in made))
        self._size: Ints = np.array([len(statement.weights) for statement in made], dtype=np.intp)
        self._begin = np.cumsum(self._size) - self._size
        self._weights: Floats = np.fromiter(
            chain.from_iterable(statement.weights.values() for statement in made), dtype=np.float64
        )
        self._total: Floats = np.array([statement.total for statement in made])

    def sameness(self, first: Ints, second: Ints) -> Floats:
        """As `likeness.sameness`, of pairs ordered by `first`, but for the order in which sums are taken."""
        shared = np.empty(len(first))
        rows, pairs_of = np.unique(first, return_index=True)
        step = max(1, _BLOCK // max(1, self._width))
        for low in range(0, len(rows), step):
            here = rows[low : low + step]
            begin = pairs_of[low]
            end = pairs_of[low + step] if low + step < len(rows) else len(first)
            table = np.zeros((len(here), self._width))
            table[np.repeat(np.arange(len(here)), self._size[here]), self._keys[self._places(here)]] = (
                self._weights[self._places(here)]
            )
            other = second[begin:end]
            row = np.repeat(np.searchsorted(here, first[begin:end]), self._size[other])
            found = table[row, self._keys[self._places(other)]]
            shared[begin:end] = np.bincount(
                np.repeat(np.arange(len(other)), self._size[other]), found, len(other)
            )
        return np.asarray(shared / (self._total[first] + self._total[second] - shared))

    def _places(self, numbers: Ints) -> Ints:
        return ranges(self._begin[numbers], self._size[numbers])


def _numbered(keys: Iterable[str]) -> tuple[Ints, int]:
    """Numbers for keys, in their alphabetical order from 0, and how many different keys there are."""
    listed = list(keys)
    numbers = {key: number for number, key in enumerate(sorted(set(listed)))}
    return np.fromiter(map(numbers.__getitem__, listed), np.intp, len(listed)), len(numbers)


def ranges(begin: Ints, size: Ints) -> Ints:
    """The numbers from each begin on, so many of each, one range after another."""
    behind = np.cumsum(size)
    total = int(behind[-1]) if len(behind) else 0
    return np.asarray(np.arange(total) + np.repeat(begin - behind + size, size), dtype=np.intp)
