"""Which pairs of articles are worth aligning.

A handful of articles is compared pair by pair. In a larger event the articles are joined on hashed runs of five words
(shingles, Broder 1997): a pair is worth aligning when the runs that it shares say enough. Time and memory are linear in
the number of words: a run that stands in very many articles, such as a text that went round the world, pairs each
article with a few others and not with all.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.passages.wordtable import DAMPED, Floats64, Hashes, Ints, Words, mix, shingles, spread

HANDFUL = 64  # articles of one event of which all pairs are aligned
SHINGLE = 5
LEAST_TELLING = 1.2  # of one run, else it is a stock phrase
LEAST_SHARED = 3.0  # of all runs that a pair shares, together
MANY = 50  # articles that hold one run and are still paired all with all
_PASS = 4_000_000  # runs handled at once


def candidate_pairs(articles: pd.DataFrame, words: Words) -> tuple[Ints, Ints]:
    """Choose the pairs of articles to align.

    Args:
        articles: an `articles` table; pairs stay inside one `event`.
        words: the words of its bodies.

    Returns:
        The row numbers of both articles of each pair, the earlier row on the left, in order.
    """
    event = pd.factorize(articles["event"])[0].astype(np.int64)
    size = np.bincount(event, minlength=1)
    few = size[event] <= HANDFUL if len(event) else np.zeros(0, dtype=np.bool_)
    pairs = [_all_pairs(np.flatnonzero(few), event), _joined_pairs(words, event, ~few)]
    key = np.unique(np.concatenate(pairs))
    n = max(len(articles), 1)
    return key // n, key % n


def _all_pairs(rows: Ints, event: Ints) -> Ints:
    """Pair all with all inside each event; a pair (a, b) is a * n + b."""
    rows = rows[np.argsort(event[rows], kind="stable")]
    bounds = np.flatnonzero(np.diff(event[rows], prepend=-1, append=-1))
    out = [np.zeros(0, dtype=np.int64)]
    for low, high in pairwise(bounds):
        i, j = np.triu_indices(int(high - low), 1)
        out.append(rows[low + i] * len(event) + rows[low + j])
    return np.concatenate(out)


def _joined_pairs(words: Words, event: Ints, chosen: np.ndarray) -> Ints:
    """Join the chosen articles on shared runs of words."""
    if not chosen.any() or len(words.hash) < SHINGLE:
        return np.zeros(0, dtype=np.int64)
    hashed, usable = shingles(words, SHINGLE)
    damped = np.where(words.name, words.weight * DAMPED, words.weight)
    total = np.zeros(len(damped) + 1)
    np.cumsum(damped, out=total[1:])
    telling = total[SHINGLE:] - total[:-SHINGLE]
    size = np.diff(words.first)
    article = np.repeat(np.arange(len(size)), size)[: len(hashed)]
    usable &= (telling >= LEAST_TELLING) & chosen[article]
    at = np.flatnonzero(usable)
    article, telling = article[at], telling[at]
    hashed = mix(hashed[at] ^ mix(event[article].astype(np.uint64)))
    keys, weights = [], []
    passes = len(at) // _PASS + 1
    part = (hashed >> np.uint64(40)) % np.uint64(passes)
    for number in range(passes):
        mine = np.flatnonzero(part == number) if passes > 1 else slice(None)
        key, weight = _shared(hashed[mine], article[mine], telling[mine], len(size))
        keys.append(key)
        weights.append(weight)
    key, weight = _sum_by(np.concatenate(keys), np.concatenate(weights))
    return key[weight >= LEAST_SHARED]


def _shared(hashed: Hashes, article: Ints, telling: Floats64, n: int) -> tuple[Ints, Floats64]:
    """Find the pairs that share runs, and how telling those runs are together."""
    order = np.argsort(hashed)
    hashed, article, telling = hashed[order], article[order], telling[order]
    equal = hashed[1:] == hashed[:-1]
    shared = np.zeros(len(hashed), dtype=np.bool_)
    shared[1:] |= equal
    shared[:-1] |= equal
    hashed, article, telling = hashed[shared], article[shared], telling[shared]
    order = np.lexsort((article, hashed))
    hashed, article, telling = hashed[order], article[order], telling[order]
    fresh = np.ones(len(hashed), dtype=np.bool_)  # one article may hold a run twice
    fresh[1:] = (hashed[1:] != hashed[:-1]) | (article[1:] != article[:-1])
    hashed, article, telling = hashed[fresh], article[fresh], telling[fresh]
    if not len(hashed):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    first = np.flatnonzero(np.diff(hashed, prepend=~hashed[:1]))
    count = np.diff(first, append=len(hashed))
    first, count = first[count > 1], count[count > 1]
    # neighbouring runs mostly stand in the same articles: pair each set of articles once
    members = article[spread(first, count)]
    starts = np.cumsum(count) - count
    same = (
        np.add.reduceat(mix(members.astype(np.uint64) + np.uint64(1)), starts) if len(starts) else hashed[:0]
    )
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
    distinct, group = np.unique(key, return_inverse=True)
    return distinct, _total(group, weight, len(distinct))


def _total(group: Ints, weight: Floats64, n: int) -> Floats64:
    total: Floats64 = np.bincount(group, weights=weight, minlength=n).astype(np.float64)
    return total
