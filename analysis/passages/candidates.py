"""Which pairs of articles are worth aligning.

A handful of articles is compared pair by pair. A larger event is joined on hashed runs of words (shingles, Broder 1997),
twice. Runs of five words, however many articles hold them, find what was copied as it stood. Runs of three words that
few articles hold find what was edited, if several of them lie at about the same distance in both articles: rare words
that two articles share by chance do not keep their distance. A pair is worth aligning when its shared runs say enough.
Time and memory are linear in the number of words: a run that stands in very many articles, such as a text that went
round the world, pairs each article with a few others and not with all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.passages.seeds import damped
from analysis.passages.wordtable import (
    Flags,
    Floats,
    Floats64,
    Hashes,
    Ints,
    Words,
    distinct,
    mix,
    shingles,
    spread,
)

HANDFUL = 64  # articles of one event of which all pairs are aligned
LONG_RUN, SHORT_RUN = 5, 3  # words
LEAST_TELLING = 1.2  # of one long run, else it is a stock phrase
LEAST_TELLING_SHORT = 0.6
LEAST_SHARED = 3.0  # of all long runs that a pair shares, together
LEAST_COPIED = 30.0  # of all long runs, by the background alone: some twenty-five words in a row
LEAST_NEAR = 2.5  # of the short runs at about one distance, together
FEW = 8  # times that a short run may stand in the event
MANY = 50  # articles that hold one run and are still paired all with all
_PASS = 4_000_000  # runs handled at once


def candidate_pairs(
    articles: pd.DataFrame, words: Words, background: Floats | None = None
) -> tuple[Ints, Ints]:
    """Choose the pairs of articles to align.

    Args:
        articles: an `articles` table; pairs stay inside one `event`.
        words: the words of its bodies.
        background: the weights of the words as they are outside of the event. A text that everybody prints makes its
            own words common; by these weights it is found all the same.

    Returns:
        The row numbers of both articles of each pair, the earlier row on the left, in order.
    """
    event = pd.factorize(articles["event"])[0].astype(np.int64)
    size = np.bincount(event, minlength=1)
    few = size[event] <= HANDFUL if len(event) else np.zeros(0, dtype=np.bool_)
    pairs = [
        _all_pairs(np.flatnonzero(few), event),
        _pairs_by_long_runs(words, event, ~few, LEAST_SHARED),
        _pairs_by_short_runs(words, event, ~few),
    ]
    if background is not None:
        pairs.append(_pairs_by_long_runs(words._replace(weight=background), event, ~few, LEAST_COPIED))
    key = distinct(np.concatenate(pairs))
    n = max(len(articles), 1)
    return key // n, key % n


def pairs_by_hash(hashed: Hashes, article: Ints, n: int) -> tuple[Ints, Ints, Floats64]:
    """Pair the articles that share hashes.

    Args:
        hashed: hashes of whatever articles may share.
        article: for each the row of the article that holds it.
        n: number of articles.

    Returns:
        For each pair the rows of both articles, the earlier on the left, and the number of shared hashes. Articles that
        share one hash with more than fifty others are paired with a few of them.
    """
    key, shared = _shared(hashed, article, np.ones(len(hashed)), n)
    return key // max(n, 1), key % max(n, 1), shared


def _all_pairs(rows: Ints, event: Ints) -> Ints:
    """Pair all with all inside each event; a pair (a, b) is a * n + b."""
    rows = rows[np.argsort(event[rows], kind="stable")]
    bounds = np.flatnonzero(np.diff(event[rows], prepend=-1, append=-1))
    out = [np.zeros(0, dtype=np.int64)]
    for low, high in pairwise(bounds):
        i, j = np.triu_indices(int(high - low), 1)
        out.append(rows[low + i] * len(event) + rows[low + j])
    return np.concatenate(out)


def _run_table(
    words: Words, event: Ints, chosen: Flags, n: int, least: float
) -> tuple[Hashes, Ints, Ints, Floats64]:
    """List the runs of `n` words that say enough: hash with the event, first word, article, how telling."""
    hashed, usable = shingles(words, n)
    total = np.zeros(len(words.hash) + 1)
    np.cumsum(damped(words), out=total[1:])
    telling = total[n:] - total[: len(hashed)]
    size = np.diff(words.first)
    article = np.repeat(np.arange(len(size)), size)[: len(hashed)]
    at = np.flatnonzero(usable & (telling >= least) & chosen[article])
    article = article[at]
    return mix(hashed[at] ^ mix(event[article].astype(np.uint64))), at, article, telling[at]


def _passes(hashed: Hashes) -> Iterator[Ints]:
    """Split the runs by hash, so that a pass needs a bounded amount of memory."""
    passes = len(hashed) // _PASS + 1
    if passes == 1:
        yield np.arange(len(hashed))
        return
    part = (hashed >> np.uint64(40)) % np.uint64(passes)
    for number in range(passes):
        yield np.flatnonzero(part == number)


def _groups(hashed: Hashes) -> tuple[Ints, Ints, Ints]:
    """Order equal hashes together, as they stood among themselves.

    Returns:
        The order, and the start and size of each group of two or more in it.
    """
    # hash and place in one number: sorting values is several times faster than sorting places by value
    bits = np.uint64(max(len(hashed).bit_length(), 1))
    packed = np.sort((hashed >> bits << bits) | np.arange(len(hashed), dtype=np.uint64))
    key = packed >> bits
    at = np.flatnonzero(np.diff(key, prepend=~key[:1]))
    count = np.diff(at, append=len(key))
    order = (packed & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    return order, at[count > 1], count[count > 1]


def _pairs_by_long_runs(words: Words, event: Ints, chosen: Flags, least: float) -> Ints:
    """Join the chosen articles on runs of five words."""
    if not chosen.any():
        return np.zeros(0, dtype=np.int64)
    hashed, _, article, telling = _run_table(words, event, chosen, LONG_RUN, LEAST_TELLING)
    found = [_shared(hashed[mine], article[mine], telling[mine], len(event)) for mine in _passes(hashed)]
    key, weight = _sum_by(np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found]))
    return key[weight >= least]


def _pairs_by_short_runs(words: Words, event: Ints, chosen: Flags) -> Ints:
    """Join the chosen articles on rare runs of three words that lie at about the same distance in both."""
    if not chosen.any():
        return np.zeros(0, dtype=np.int64)
    hashed, at, article, telling = _run_table(words, event, chosen, SHORT_RUN, LEAST_TELLING_SHORT)
    n = np.int64(len(event))
    keys, weights = [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
    for mine in _passes(hashed):
        order, first, count = _groups(hashed[mine])
        first, count = first[count <= FEW], count[count <= FEW]
        member = mine[order[spread(first, count)]]
        first = np.cumsum(count) - count
        for step in range(1, FEW):
            wide = count > step
            left = spread(first[wide], count[wide] - step)
            a, b = member[left], member[left + step]
            a, b = a[article[a] < article[b]], b[article[a] < article[b]]
            distance = at[b] - words.first[article[b]] - at[a] + words.first[article[a]]
            keys.append(((article[a] * n + article[b]) << 20) | ((distance >> 4) & 0xFFFFF))
            weights.append(telling[a])
    key, weight = _sum_by(np.concatenate(keys), np.concatenate(weights))
    if not len(key):
        return key
    near = np.flatnonzero(np.diff(key, prepend=-2) > 1)  # neighbouring distances count together
    together = np.add.reduceat(weight, near)
    return distinct(key[near[together >= LEAST_NEAR]] >> 20)


def _shared(hashed: Hashes, article: Ints, telling: Floats64, n: int) -> tuple[Ints, Floats64]:
    """Find the pairs that share runs, and how telling those runs are together."""
    order, first, count = _groups(hashed)
    kept = order[spread(first, count)]
    group = np.repeat(np.arange(len(first)), count)
    article, telling = article[kept], telling[kept]
    fresh = np.ones(len(kept), dtype=np.bool_)  # one article may hold a run twice
    fresh[1:] = (group[1:] != group[:-1]) | (article[1:] != article[:-1])
    group, article, telling = group[fresh], article[fresh], telling[fresh]
    first = np.flatnonzero(np.diff(group, prepend=-1))
    count = np.diff(first, append=len(group))
    first, count = first[count > 1], count[count > 1]
    if not len(first):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    # neighbouring runs mostly stand in the same articles: pair each set of articles once
    members = article[spread(first, count)]
    starts = np.cumsum(count) - count
    same = np.add.reduceat(mix(members.astype(np.uint64) + np.uint64(1)), starts)
    _, kept, group = np.unique(same, return_index=True, return_inverse=True)
    weight = _total(group, telling[first], len(kept))
    return _pair_up(article, first[kept], count[kept], weight, n)


def _pair_up(article: Ints, first: Ints, count: Ints, weight: Floats64, n: int) -> tuple[Ints, Floats64]:
    """Pair the articles of each set: all with all, or along a chain where they are too many."""
    keys, weights = [], []
    distances = range(1, int(count.max(initial=1)))
    for distance in distances:
        if distance >= MANY:
            break
        wide = count > distance
        if distance > 3:
            wide &= count <= MANY
        left = spread(first[wide], count[wide] - distance)
        keys.append(article[left] * n + article[left + distance])
        weights.append(np.repeat(weight[wide], count[wide] - distance))
    # in a chain the first member is paired with all, so that everyone meets one common text
    star = count > MANY
    others = spread(first[star] + 4, count[star] - 4)
    keys.append(np.repeat(article[first[star]], count[star] - 4) * n + article[others])
    weights.append(np.repeat(weight[star], count[star] - 4))
    return _sum_by(np.concatenate(keys), np.concatenate(weights))


def _sum_by(key: Ints, weight: Floats64) -> tuple[Ints, Floats64]:
    order = np.argsort(key)
    new = np.diff(key[order], prepend=-1) > 0
    return key[order[new]], _total(np.cumsum(new) - 1, weight[order], int(new.sum()))


def _total(group: Ints, weight: Floats64, n: int) -> Floats64:
    total: Floats64 = np.bincount(group, weights=weight, minlength=n).astype(np.float64)
    return total
