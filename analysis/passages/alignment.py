"""Align pairs of articles: every passage that both hold, word for word or edited.

Seeds are shared runs of two words. Runs on one diagonal merge; merged runs are chained by dynamic programming over gaps
of a few words, as genome aligners chain exact matches (Myers and Miller 1995; for text, Smith et al. 2014). What a chain
scores is the sum of how telling its words are, from a fixed background table, less a cost for what it skips; names and
figures count less, because independent reporters print the same ones. Many pairs are aligned in one sweep of numpy.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.passages.wordtable import DAMPED, Hashes, Ints, Words, mix

THRESHOLD = 4.6  # what a chain must score: about that many rare words, or twice as many common ones
MAX_GAP = 14  # words that a chain may skip on either side
GAP_COST = 0.12  # for each skipped word on the longer side
SHIFT_COST = 0.03  # for each word by which the two sides differ
MAX_OVERLAP = 3
MIN_RUN = 0.35  # a run that says less ("of the") takes no part
MAX_REPEATS = 8  # a pair of words that stands more often in one article is no seed
_BATCH = 400_000  # words of the left sides handled at once

Floats64 = npt.NDArray[np.float64]


class Match(NamedTuple):
    """A passage: words [a_first, a_last] of the left article and [b_first, b_last] of the right one, as flat indices.

    `runs` are the chained exact runs as (a_first, b_first, length).
    """

    pair: int
    a_first: int
    a_last: int
    b_first: int
    b_last: int
    score: float
    runs: tuple[tuple[int, int, int], ...]


def align(words: Words, left: Ints, right: Ints) -> list[Match]:
    """Find the shared passages of each pair of articles.

    Args:
        words: the words of all articles.
        left: for each pair the index of one article.
        right: for each pair the index of the other.

    Returns:
        Matches in order of pair, then of place in the left article.
    """
    if not len(left):
        return []
    seeds = _Seeds(words, np.unique(np.concatenate([left, right])))
    out: list[Match] = []
    for low, high in _batches(np.diff(words.first)[left]):
        out += _align_batch(words, seeds, left[low:high], right[low:high], low)
    return out


class _Seeds:
    """The runs of two words of some articles, sorted by hash inside each article, ready to be looked up."""

    def __init__(self, words: Words, articles: Ints) -> None:
        size = max(len(words.hash) - 1, 0)
        self.hash: Hashes = np.zeros(size, dtype=np.uint64)
        if size:
            self.hash = mix(words.hash[:-1] + words.hash[1:] * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(24)
        self.first = words.first
        self.last = np.maximum(words.first[1:] - 1, words.first[:-1])  # one fewer run than words
        at = spread(self.first[articles], self.last[articles] - self.first[articles])
        owner = np.repeat(articles, self.last[articles] - self.first[articles])
        # hashes hold 40 bits; sorting inside each article through its rank among the articles
        order = np.lexsort((self.hash[at], owner))
        self.order = np.zeros(size, dtype=np.int64)
        self.order[at] = at[order]


def spread(starts: Ints, lengths: Ints) -> Ints:
    """Concatenate arange(start, start + length) for each start."""
    total = int(lengths.sum())
    if not total:
        return np.zeros(0, dtype=np.int64)
    ends = np.cumsum(lengths)
    return np.arange(total) + np.repeat(starts - ends + lengths, lengths)


def _batches(sizes: Ints) -> Iterator[tuple[int, int]]:
    total = np.cumsum(sizes + 1)
    low = 0
    while low < len(sizes):
        done = total[low - 1] if low else 0
        high = max(low + 1, int(np.searchsorted(total, done + _BATCH)))
        yield low, min(high, len(sizes))
        low = high


def _align_batch(words: Words, seeds: _Seeds, left: Ints, right: Ints, base: int) -> list[Match]:
    pair, i, j = _matches(seeds, left, right)
    pair, i, j, length = _runs(pair, i, j)
    weight = _run_weights(words, i, j, length)
    kept = weight >= MIN_RUN
    pair, i, j, length, weight = pair[kept], i[kept], j[kept], length[kept], weight[kept]
    order = np.lexsort((j, i, pair))
    pair, i, j, length, weight = pair[order], i[order], j[order], length[order], weight[order]
    source, target, cost = _edges(words, pair, i, j, length)
    score, before = _chain(weight, source, target, cost)
    return _collect(pair + base, i, j, length, score, before)


def _matches(seeds: _Seeds, left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    """Find the equal runs of two words: number of the pair, place left, place right."""
    n_left, n_right = seeds.last[left] - seeds.first[left], seeds.last[right] - seeds.first[right]
    number = np.arange(len(left), dtype=np.uint64) << np.uint64(40)
    at_left = seeds.order[spread(seeds.first[left], n_left)]
    table = seeds.hash[at_left] | np.repeat(number, n_left)
    at_right = spread(seeds.first[right], n_right)
    asked = seeds.hash[at_right] | np.repeat(number, n_right)
    low = np.searchsorted(table, asked)
    hit = np.flatnonzero(table[np.minimum(low, len(table) - 1)] == asked) if len(table) else low[:0]
    low, asked, at_right = low[hit], asked[hit], at_right[hit]
    repeats = np.searchsorted(table, asked, side="right") - low
    few = repeats <= MAX_REPEATS
    low, at_right, repeats, asked = low[few], at_right[few], repeats[few], asked[few]
    pair = np.repeat((asked >> np.uint64(40)).astype(np.int64), repeats)
    return pair, at_left[spread(low, repeats)], np.repeat(at_right, repeats)


def _runs(pair: Ints, i: Ints, j: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Merge matches that follow one another on one diagonal; returns pair, start left, start right, words."""
    if not len(pair):
        return pair, i, j, i
    order = np.lexsort((i, j - i, pair))
    pair, i, j = pair[order], i[order], j[order]
    new = np.ones(len(i), dtype=np.bool_)
    new[1:] = (i[1:] != i[:-1] + 1) | (j[1:] != j[:-1] + 1) | (pair[1:] != pair[:-1])
    at = np.flatnonzero(new)
    return pair[at], i[at], j[at], np.diff(at, append=len(i)) + 1


def _run_weights(words: Words, i: Ints, j: Ints, length: Ints) -> Floats64:
    """Sum how telling the words of each run are; a name is damped when both sides write it as a name."""
    damped = np.where(words.name, words.weight * DAMPED, words.weight)
    total = np.zeros(len(damped) + 1)
    np.cumsum(damped, out=total[1:])
    weights: Floats64 = np.maximum(total[i + length] - total[i], total[j + length] - total[j])
    return weights


def _edges(words: Words, pair: Ints, i: Ints, j: Ints, length: Ints) -> tuple[Ints, Ints, Floats64]:
    """Find which run may follow which, and what the step costs."""
    if not len(pair):
        return pair, pair, np.zeros(0)
    # flat indices grow from article to article, but one article may stand in many pairs: key by pair and place
    width = np.int64(len(words.hash) + 2 * MAX_GAP + 2)
    place = pair * width + i
    low = np.searchsorted(place, place, side="right")
    high = np.searchsorted(place, place + length + MAX_GAP, side="right")
    count = np.maximum(high - low, 0)
    source = np.repeat(np.arange(len(pair)), count)
    target = spread(low, count)
    gap_i = i[target] - (i + length)[source]
    gap_j = j[target] - (j + length)[source]
    overlap = np.maximum(0, -np.minimum(gap_i, gap_j))
    fits = (
        (gap_j <= MAX_GAP)
        & (overlap <= MAX_OVERLAP)
        & (overlap < length[target])
        & (overlap < length[source])
    )
    fits &= (j[target] > j[source]) & (pair[target] == pair[source])
    source, target, overlap = source[fits], target[fits], overlap[fits]
    gap_i, gap_j = gap_i[fits], gap_j[fits]
    longer = np.maximum(np.maximum(gap_i, gap_j), 0)
    cost = GAP_COST * longer + SHIFT_COST * np.abs(gap_i - gap_j) + 0.7 * overlap
    return source, target, cost


def _chain(weight: Floats64, source: Ints, target: Ints, cost: Floats64) -> tuple[Floats64, Ints]:
    """Score the best chain that ends in each run, and the run before it (-1: none).

    Runs are relaxed all at once until nothing improves, which takes as many rounds as the longest chain has runs.
    """
    score = weight.copy()
    before = np.full(len(weight), -1, dtype=np.int64)
    live = np.arange(len(source))
    while len(live):
        gain = score[source[live]] - cost[live]
        reached = np.maximum(gain, 0) + weight[target[live]]
        better = reached > score[target[live]] + 1e-9
        if not better.any():
            break
        moved, reached = live[better], reached[better]
        np.maximum.at(score, target[moved], reached)
        best = reached >= score[target[moved]] - 1e-12
        before[target[moved[best]]] = source[moved[best]]
        changed = np.zeros(len(weight), dtype=np.bool_)
        changed[target[moved]] = True
        live = np.flatnonzero(changed[source])
    return score, before


def _collect(pair: Ints, i: Ints, j: Ints, length: Ints, score: Floats64, before: Ints) -> list[Match]:
    """Take the best chains of each pair that do not use a run twice nor cover a passage that is taken."""
    ends = np.flatnonzero(score >= THRESHOLD)
    ends = ends[np.lexsort((ends, -score[ends], pair[ends]))]
    used: set[int] = set()
    out: list[Match] = []
    taken: list[Match] = []
    for end in ends.tolist():
        number = int(pair[end])
        if taken and taken[0].pair != number:
            out += sorted(taken, key=lambda m: (m.a_first, m.b_first))
            taken = []
        chain: list[int] = []
        at = end
        while at >= 0 and at not in used:
            chain.append(at)
            at = int(before[at])
        if not chain:
            continue
        value = float(score[end] - (score[at] if at >= 0 else 0.0))
        if value < THRESHOLD:
            continue
        chain.reverse()
        runs = tuple((int(i[k]), int(j[k]), int(length[k])) for k in chain)
        last = runs[-1]
        match = Match(
            number, runs[0][0], last[0] + last[2] - 1, runs[0][1], last[1] + last[2] - 1, value, runs
        )
        used.update(chain)
        if not any(_clash(match, other) for other in taken):
            taken.append(match)
    out += sorted(taken, key=lambda m: (m.a_first, m.b_first))
    return out


def _clash(new: Match, old: Match) -> bool:
    """Do more than half of the new passage's words, on either side, lie in an old one?"""
    a = min(new.a_last, old.a_last) - max(new.a_first, old.a_first) + 1
    b = min(new.b_last, old.b_last) - max(new.b_first, old.b_first) + 1
    return a > 0.5 * (new.a_last - new.a_first + 1) or b > 0.5 * (new.b_last - new.b_first + 1)


def spans(words: Words, match: Match) -> tuple[int, int, int, int]:
    """Give the character offsets of a match: start and end left, start and end right."""
    starts: Any = words.start
    return (
        int(starts[match.a_first]),
        int(words.end[match.a_last]),
        int(starts[match.b_first]),
        int(words.end[match.b_last]),
    )
