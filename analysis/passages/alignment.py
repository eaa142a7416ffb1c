"""Align pairs of articles: every passage that both hold, word for word or edited.

Seeds are shared runs of two words. Runs on one diagonal merge; merged runs are chained by dynamic programming over gaps
of a few words, as genome aligners chain exact matches (Myers and Miller 1995; for text, Smith et al. 2014). What a chain
scores is the sum of how telling its words are, from a fixed background table, less a cost for what it skips; names and
figures count less, because independent reporters print the same ones. Many pairs are aligned in one sweep of numpy.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from analysis.passages.wordtable import DAMPED, Flags, Floats64, Hashes, Ints, Words, shingles, spread

THRESHOLD = 3.4  # what a chain must score: about that many rare words, or twice as many common ones
MAX_GAP = 14  # words that a chain may skip on either side
GAP_COST = 0.16  # for each skipped word on the longer side ...
INNER_COST = 0.12  # ... and when both sides stay inside one sentence
DROP = 1.2  # a chain that loses this much between sentences before it gains again is two passages
EDGE = 2  # so many words of a neighbouring sentence are chance
LEAST_WORDS = 8  # on the longer side of a passage
LEAST_SHARED = 7  # words in common
SURE_RUN = 8  # so many equal words in a row are a passage whatever they say
SHIFT_COST = 0.03  # for each word by which the two sides differ
MAX_OVERLAP = 3
MIN_RUN = 0.35  # a run that says less ("of the") takes no part
MAX_REPEATS = 8  # a pair of words that stands more often in one article is no seed
SINGLE = 0.5  # a single word is a seed if it is this telling
SINGLE_REPEATS = 3
_LONGEST = 1 << 22  # words of one article that are compared
_BATCH = 400_000  # words of the left sides handled at once


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
    articles = np.unique(np.concatenate([left, right]))
    double, inside = shingles(words, 2)
    double, inside = np.append(double, np.uint64(0)), np.append(inside, False)
    telling = np.where(words.name, words.weight * DAMPED, words.weight) >= SINGLE
    indexes = [
        (_Index(words, articles, double >> np.uint64(24), inside), MAX_REPEATS, 2),
        (_Index(words, articles, words.hash >> np.uint64(24), telling), SINGLE_REPEATS, 1),
    ]
    sentence: Ints = np.cumsum(words.opens > 0, dtype=np.int64)
    out: list[Match] = []
    for low, high in _batches(np.diff(words.first)[left]):
        out += _align_batch(words, sentence, indexes, left[low:high], right[low:high], low)
    return out


class _Index:
    """Keys of the words of some articles, sorted inside each article, ready to be looked up.

    A key is a hash of 40 bits. Left out are words that `usable` does not name.
    """

    def __init__(self, words: Words, articles: Ints, keys: Hashes, usable: Flags) -> None:
        size = np.minimum(np.diff(words.first)[articles], _LONGEST)
        at = spread(words.first[articles], size)
        owner = np.repeat(np.arange(len(articles), dtype=np.uint64), size)
        used = usable[at]
        at, owner = at[used], owner[used]
        order = np.argsort(keys[at] | (owner << np.uint64(40)), kind="stable")
        self.keys = keys
        self.at = at[order]
        counts = np.bincount(owner.astype(np.int64), minlength=len(articles))
        self.size = np.zeros(len(words.first), dtype=np.int64)
        self.size[articles] = counts
        self.first = np.zeros(len(words.first), dtype=np.int64)
        self.first[articles] = np.cumsum(counts) - counts

    def look_up(self, left: Ints, right: Ints, repeats: int) -> tuple[Ints, Ints, Ints]:
        """Find equal keys in pairs of articles: number of the pair, place left, place right."""
        number = np.arange(len(left), dtype=np.uint64) << np.uint64(40)
        at_left = self.at[spread(self.first[left], self.size[left])]
        at_right = self.at[spread(self.first[right], self.size[right])]
        table = self.keys[at_left] | np.repeat(number, self.size[left])
        asked = self.keys[at_right] | np.repeat(number, self.size[right])
        if not len(table) or not len(asked):
            return at_left[:0], at_left[:0], at_left[:0]
        low = np.searchsorted(table, asked)
        hit = np.flatnonzero(table[np.minimum(low, len(table) - 1)] == asked)
        low, asked, at_right = low[hit], asked[hit], at_right[hit]
        count = np.searchsorted(table, asked, side="right") - low
        # a run that stands often on the left is paired in order: the first with the first, the second with the second
        often = count > repeats
        rank = np.arange(len(asked)) - np.searchsorted(asked, asked)
        kept = ~often | (rank < count)
        low = np.where(often, low + rank, low)[kept]
        count = np.where(often, 1, count)[kept]
        pair = np.repeat((asked[kept] >> np.uint64(40)).astype(np.int64), count)
        return pair, at_left[spread(low, count)], np.repeat(at_right[kept], count)


def _batches(sizes: Ints) -> Iterator[tuple[int, int]]:
    total = np.cumsum(sizes + 1)
    low = 0
    while low < len(sizes):
        done = total[low - 1] if low else 0
        high = max(low + 1, int(np.searchsorted(total, done + _BATCH)))
        yield low, min(high, len(sizes))
        low = high


def _align_batch(
    words: Words, sentence: Ints, indexes: list[tuple[_Index, int, int]], left: Ints, right: Ints, base: int
) -> list[Match]:
    origin_left, origin_right = words.first[left], words.first[right]
    found = []
    for index, repeats, reach in indexes:
        pair, i, j = index.look_up(left, right, repeats)
        i, j = i - origin_left[pair], j - origin_right[pair]
        key = (pair << 45) | ((j - i + _LONGEST) << 22) | i
        found += [key + k for k in range(reach)]
    key = np.sort(np.concatenate(found))
    key = key[np.diff(key, prepend=-1) > 0]
    pair, i, j, length = _runs(key)
    i, j = i + origin_left[pair], j + origin_right[pair]
    weight = _run_weights(words, i, j, length)
    kept = weight >= MIN_RUN
    pair, i, j, length, weight = pair[kept], i[kept], j[kept], length[kept], weight[kept]
    order = np.lexsort((j, i, pair))
    pair, i, j, length, weight = pair[order], i[order], j[order], length[order], weight[order]
    source, target, cost = _edges(sentence, pair, i, j, length)
    score, before = _chain(weight, source, target, cost)
    return _collect(base, pair, i, j, length, weight, score, before, sentence)


def _runs(key: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Merge sorted matches that follow one another on one diagonal: pair, start left, start right, words."""
    at = np.flatnonzero(np.diff(key, prepend=-2) != 1)
    length = np.diff(at, append=len(key))
    pair, i = key[at] >> 45, key[at] & (_LONGEST - 1)
    return pair, i, ((key[at] >> 22) & (2 * _LONGEST - 1)) - _LONGEST + i, length


def _run_weights(words: Words, i: Ints, j: Ints, length: Ints) -> Floats64:
    """Sum how telling the words of each run are; a name is damped when both sides write it as a name."""
    damped = np.where(words.name, words.weight * DAMPED, words.weight)
    total = np.zeros(len(damped) + 1)
    np.cumsum(damped, out=total[1:])
    weights: Floats64 = np.maximum(total[i + length] - total[i], total[j + length] - total[j])
    return weights


def _edges(sentence: Ints, pair: Ints, i: Ints, j: Ints, length: Ints) -> tuple[Ints, Ints, Floats64]:
    """Find which run may follow which, and what the step costs."""
    if not len(pair):
        return pair, pair, np.zeros(0)
    # flat indices grow from article to article, but one article may stand in many pairs: key by pair and place
    width = np.int64(len(sentence) + 2 * MAX_GAP + 2)
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
    inner = (sentence[i[target]] == sentence[(i + length)[source] - 1]) & (
        sentence[j[target]] == sentence[(j + length)[source] - 1]
    )
    cost = np.where(inner, INNER_COST, GAP_COST) * longer + SHIFT_COST * np.abs(gap_i - gap_j) + 0.7 * overlap
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


def _collect(
    base: int,
    pair: Ints,
    i: Ints,
    j: Ints,
    length: Ints,
    weight: Floats64,
    score: Floats64,
    before: Ints,
    sentence: Ints,
) -> list[Match]:
    """Take the best chains of each pair that do not use a run twice nor cover a passage that is taken."""
    ends = np.flatnonzero((score >= THRESHOLD) | (length >= SURE_RUN))
    ends = ends[np.lexsort((ends, -score[ends], pair[ends]))]
    used: set[int] = set()
    out: list[Match] = []
    taken: list[Match] = []
    for end in ends.tolist():
        number = int(pair[end]) + base
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
        chain.reverse()
        for part in _split(chain, i, j, length, score, weight, sentence):
            match = _match(number, part, i, j, length, score, weight, sentence)
            if match is None:
                continue
            used.update(part)
            if not _told(match, taken):
                taken.append(match)
    out += sorted(taken, key=lambda m: (m.a_first, m.b_first))
    return out


def _split(
    chain: list[int], i: Ints, j: Ints, length: Ints, score: Floats64, weight: Floats64, sentence: Ints
) -> list[list[int]]:
    """Cut a chain where it loses much, between sentences, before it gains again (the X-drop of Zhang et al. 1998)."""
    parts: list[list[int]] = []
    part, top = [chain[0]], 0
    best = value = float(weight[chain[0]])
    for old, new in pairwise(chain):
        value += float(score[new] - weight[new] - score[old])
        inner = sentence[i[new]] == sentence[i[old] + length[old] - 1]
        inner = inner and sentence[j[new]] == sentence[j[old] + length[old] - 1]
        if (not inner and best - value >= DROP) or value <= 0:
            parts.append(part[: top + 1])
            part, top, best, value = [], 0, 0.0, 0.0
        part.append(new)
        value += float(weight[new])
        if value >= best:
            best, top = value, len(part) - 1
    return [*parts, part[: top + 1]]


def _trim(runs: list[tuple[int, int, int]], sentence: Ints) -> None:
    """Take off what reaches into a neighbouring sentence by a word or two: chance, not copying."""

    def crossed(i: int, j: int) -> bool:
        """Does a sentence begin at either of these words?"""
        return bool(sentence[i] != sentence[i - 1] or sentence[j] != sentence[j - 1])

    while len(runs) > 1 and runs[0][2] == 1 and _apart(runs[0], runs[1], sentence):
        del runs[0]
    while len(runs) > 1 and runs[-1][2] == 1 and _apart(runs[-2], runs[-1], sentence):
        del runs[-1]
    i, j, n = runs[0]
    cut = next((k for k in range(min(EDGE, n - EDGE), 0, -1) if crossed(i + k, j + k)), 0)
    runs[0] = (i + cut, j + cut, n - cut)
    i, j, n = runs[-1]
    cut = next((k for k in range(min(EDGE, n - EDGE), 0, -1) if crossed(i + n - k, j + n - k)), 0)
    runs[-1] = (i, j, n - cut)


def _apart(old: tuple[int, int, int], new: tuple[int, int, int], sentence: Ints) -> bool:
    """Does a sentence end between two runs, on either side?"""
    return bool(
        sentence[new[0]] != sentence[old[0] + old[2] - 1] or sentence[new[1]] != sentence[old[1] + old[2] - 1]
    )


def _match(
    number: int,
    chain: list[int],
    i: Ints,
    j: Ints,
    length: Ints,
    score: Floats64,
    weight: Floats64,
    sentence: Ints,
) -> Match | None:
    value = float(score[chain[-1]] - score[chain[0]] + weight[chain[0]])
    runs = list(zip(i[chain].tolist(), j[chain].tolist(), length[chain].tolist(), strict=True))
    if not _worth(runs, value):
        return None
    _trim(runs, sentence)
    last = runs[-1]
    return Match(
        number, runs[0][0], last[0] + last[2] - 1, runs[0][1], last[1] + last[2] - 1, value, tuple(runs)
    )


def _worth(runs: list[tuple[int, int, int]], value: float) -> bool:
    """Is the passage long and telling enough to be more than a term or a name?"""
    if max(length for _, _, length in runs) >= SURE_RUN:
        return True
    first, last = runs[0], runs[-1]
    longer = max(last[0] - first[0], last[1] - first[1]) + last[2]
    shared = sum(length for _, _, length in runs)
    return value >= THRESHOLD and longer >= LEAST_WORDS and shared >= LEAST_SHARED


def _told(new: Match, taken: list[Match]) -> bool:
    """Has most of the new passage been placed already?

    An article may print one sentence twice, so an exact run is placed a second time; a third time tells nothing new.
    """
    placed = 0
    for old in taken:
        a = min(new.a_last, old.a_last) - max(new.a_first, old.a_first) + 1
        b = min(new.b_last, old.b_last) - max(new.b_first, old.b_first) + 1
        a_most, b_most = a > 0.5 * (new.a_last - new.a_first + 1), b > 0.5 * (new.b_last - new.b_first + 1)
        if a_most and b_most:
            return True
        placed += a_most or b_most
    return placed > (max(length for _, _, length in new.runs) >= SURE_RUN)


def spans(words: Words, match: Match) -> tuple[int, int, int, int]:
    """Give the character offsets of a match: start and end left, start and end right."""
    return (
        int(words.start[match.a_first]),
        int(words.end[match.a_last]),
        int(words.start[match.b_first]),
        int(words.end[match.b_last]),
    )
