"""Align pairs of articles: every passage that both hold, word for word or edited.

Runs of equal words (see `seeds`) are chained by dynamic programming over gaps of a few words, as genome aligners chain exact
matches (Myers and Miller 1995; for text, Smith et al. 2014). What a chain scores is the sum of how telling its words are,
from a fixed background table, less a cost for what it skips. A chain is cut where it loses much between two sentences.
Chains are scored for all pairs at once; only those that pass are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from analysis.passages.seeds import Runs, Seeds, index_seeds, shared_runs
from analysis.passages.wordtable import Floats64, Ints, Words, distinct, spread

THRESHOLD = 3.4  # what a chain must score: about that many rare words, or twice as many common ones
LEAST_WORDS = 8  # on the longer side of a passage ...
LEAST_SHARED = 7  # ... and in common: shorter ones are terms and names
SURE_RUN = 8  # so many equal words in a row are a passage whatever they say
MAX_GAP = 14  # words that a chain may skip on either side
GAP_COST = 0.16  # for each skipped word on the longer side ...
INNER_COST = 0.12  # ... when both sides stay inside one sentence
SHIFT_COST = 0.03  # for each word by which the two sides differ
MAX_OVERLAP = 3  # words by which one run may reach into the next ...
OVERLAP_COST = 0.7  # ... each at this cost
DROP = 1.2  # a chain that loses this much between sentences before it gains again is two passages
EDGE = 2  # so many words of a neighbouring sentence are chance
_BATCH = 400_000  # words of the left sides handled at once

Run = tuple[int, int, int]  # first word left, first word right, words


class Match(NamedTuple):
    """A passage: words a_first to a_last of the left article, b_first to b_last of the right one, as flat indices."""

    pair: int
    a_first: int
    a_last: int
    b_first: int
    b_last: int
    score: float
    runs: tuple[Run, ...]


class _Chains(NamedTuple):
    """Runs, the best chain that ends in each, and where sentences begin."""

    runs: Runs
    score: Floats64
    before: Ints  # the run before it in that chain, or -1
    sentence: Ints  # number of the sentence of each word


def align(words: Words, left: Ints, right: Ints) -> list[Match]:
    """Find the shared passages of each pair of articles.

    Args:
        words: the words of all articles.
        left: for each pair the row of one article.
        right: for each pair the row of the other.

    Returns:
        Matches in order of pair, then of place in the left article.
    """
    if not len(left):
        return []
    seeds = index_seeds(words, distinct(np.concatenate([left, right])))
    sentence: Ints = np.cumsum(words.opens > 0, dtype=np.int64)
    out: list[Match] = []
    for low, high in _batches(np.diff(words.first)[left]):
        out += _align_batch(words, sentence, seeds, left[low:high], right[low:high], low)
    return out


def spans(words: Words, match: Match) -> tuple[int, int, int, int]:
    """Give the character offsets of a match: start and end left, start and end right."""
    return (
        int(words.start[match.a_first]),
        int(words.end[match.a_last]),
        int(words.start[match.b_first]),
        int(words.end[match.b_last]),
    )


def _batches(sizes: Ints) -> Iterator[tuple[int, int]]:
    total = np.cumsum(sizes + 2)
    low = 0
    while low < len(sizes):
        done = total[low - 1] if low else 0
        high = max(low + 1, int(np.searchsorted(total, done + _BATCH)))
        yield low, min(high, len(sizes))
        low = high


def _align_batch(
    words: Words, sentence: Ints, seeds: Seeds, left: Ints, right: Ints, base: int
) -> list[Match]:
    runs = shared_runs(words, seeds, left, right)
    source, target, cost = _edges(sentence, runs)
    score, before = _chain(runs.weight, source, target, cost)
    return _collect(_Chains(runs, score, before, sentence), base)


def _edges(sentence: Ints, runs: Runs) -> tuple[Ints, Ints, Floats64]:
    """Find which run may follow which, and what the step costs."""
    pair, i, j, length, _ = runs
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
    cost = (
        np.where(inner, INNER_COST, GAP_COST) * longer
        + SHIFT_COST * np.abs(gap_i - gap_j)
        + OVERLAP_COST * overlap
    )
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


def _collect(chains: _Chains, base: int) -> list[Match]:
    """Take the best chains of each pair that neither use a run twice nor cover a passage that is taken."""
    runs, score = chains.runs, chains.score
    ends = np.flatnonzero((score >= THRESHOLD) | (runs.length >= SURE_RUN))
    ends = ends[np.lexsort((ends, -score[ends], runs.pair[ends]))]
    used: set[int] = set()
    out: list[Match] = []
    taken: list[Match] = []
    for end in ends.tolist():
        number = int(runs.pair[end]) + base
        if taken and taken[0].pair != number:
            out += sorted(taken, key=lambda m: (m.a_first, m.b_first))
            taken = []
        chain: list[int] = []
        at = end
        while at >= 0 and at not in used:
            chain.append(at)
            at = int(chains.before[at])
        chain.reverse()
        for part in _split(chain, chains) if chain else ():
            match = _match(number, part, chains)
            if match is None:
                continue
            used.update(part)
            if not _told(match, taken):
                taken.append(match)
    return out + sorted(taken, key=lambda m: (m.a_first, m.b_first))


def _split(chain: list[int], chains: _Chains) -> list[list[int]]:
    """Cut a chain where it loses much, between sentences, before it gains again (the X-drop of Zhang et al. 1998)."""
    runs, score = chains.runs, chains.score
    triples = _triples(chain, runs)
    weight = runs.weight[chain].tolist()
    steps = (score[chain] - runs.weight[chain])[1:] - score[chain][:-1]
    parts: list[list[int]] = []
    part, top = [chain[0]], 0
    best = value = weight[0]
    for k, step in enumerate(steps.tolist(), start=1):
        value += step
        lost = best - value >= DROP and _apart(triples[k - 1], triples[k], chains.sentence)
        if lost or value <= 0:
            parts.append(part[: top + 1])
            part, top, best, value = [], 0, 0.0, 0.0
        part.append(chain[k])
        value += weight[k]
        if value >= best:
            best, top = value, len(part) - 1
    return [*parts, part[: top + 1]]


def _match(number: int, chain: list[int], chains: _Chains) -> Match | None:
    """Make a passage of a chain, unless it is too short or says too little."""
    value = float(chains.score[chain[-1]] - chains.score[chain[0]] + chains.runs.weight[chain[0]])
    runs = _triples(chain, chains.runs)
    if not _worth(runs, value):
        return None
    _trim(runs, chains.sentence)
    first, last = runs[0], runs[-1]
    a_last, b_last = last[0] + last[2] - 1, last[1] + last[2] - 1
    return Match(number, first[0], a_last, first[1], b_last, value, tuple(runs))


def _triples(chain: list[int], runs: Runs) -> list[Run]:
    columns = (runs.i[chain].tolist(), runs.j[chain].tolist(), runs.length[chain].tolist())
    return list(zip(*columns, strict=True))


def _worth(runs: list[Run], value: float) -> bool:
    """Is the passage long and telling enough to be more than a term or a name?"""
    if max(length for _, _, length in runs) >= SURE_RUN:
        return True
    first, last = runs[0], runs[-1]
    longer = max(last[0] - first[0], last[1] - first[1]) + last[2]
    shared = sum(length for _, _, length in runs)
    return value >= THRESHOLD and longer >= LEAST_WORDS and shared >= LEAST_SHARED


def _trim(runs: list[Run], sentence: Ints) -> None:
    """Take off what reaches into a neighbouring sentence by a word or two: chance, not copying."""
    while len(runs) > 1 and runs[0][2] == 1 and _apart(runs[0], runs[1], sentence):
        del runs[0]
    while len(runs) > 1 and runs[-1][2] == 1 and _apart(runs[-2], runs[-1], sentence):
        del runs[-1]
    i, j, n = runs[0]
    cut = next((k for k in range(min(EDGE, n - EDGE), 0, -1) if _begins(i + k, j + k, sentence)), 0)
    runs[0] = (i + cut, j + cut, n - cut)
    i, j, n = runs[-1]
    cut = next((k for k in range(min(EDGE, n - EDGE), 0, -1) if _begins(i + n - k, j + n - k, sentence)), 0)
    runs[-1] = (i, j, n - cut)


def _begins(i: int, j: int, sentence: Ints) -> bool:
    """Does a sentence begin at either of these words?"""
    return bool(sentence[i] != sentence[i - 1] or sentence[j] != sentence[j - 1])


def _apart(old: Run, new: Run, sentence: Ints) -> bool:
    """Does a sentence end between two runs, on either side?"""
    return bool(
        sentence[new[0]] != sentence[old[0] + old[2] - 1] or sentence[new[1]] != sentence[old[1] + old[2] - 1]
    )


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
