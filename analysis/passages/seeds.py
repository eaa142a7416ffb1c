"""Exact runs of words that two articles share: what an alignment is made of.

Seeds are shared runs of two words, and single words that say much. Those that follow one another on one diagonal merge
into runs. All pairs of a batch are looked up in one sweep of numpy.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.passages.wordtable import DAMPED, Flags, Floats64, Hashes, Ints, Words, shingles, spread

MAX_REPEATS = 8  # a pair of words that stands more often in the left article is matched in order only
SINGLE = 0.5  # a single word is a seed if it is this telling ...
SINGLE_REPEATS = 3  # ... and matched with all its places if it stands no more often
MIN_RUN = 0.35  # a run that says less ("of the") takes no part
_LONGEST = 1 << 22  # words of one article that are compared
_KEY = np.uint64(40)  # bits of a hash that are looked up


class Runs(NamedTuple):
    """Runs of equal words, in order of pair, place left and place right."""

    pair: Ints  # number of the pair
    i: Ints  # first word left, as flat index
    j: Ints  # first word right
    length: Ints  # words
    weight: Floats64  # how telling the words are together


class _Index(NamedTuple):
    """Words by key, sorted by key inside each article, with the place of each article in it."""

    keys: Hashes
    at: Ints
    first: Ints
    size: Ints
    repeats: int
    reach: int


class Seeds(NamedTuple):
    """What may be looked up, and how telling all words up to each one are together."""

    indexes: tuple[_Index, ...]
    total: Floats64


def index_seeds(words: Words, articles: Ints) -> Seeds:
    """Make the seeds of some articles ready to be looked up.

    Args:
        words: the words of all articles.
        articles: the rows of the articles, each once.
    """
    double, inside = shingles(words, 2)
    missing = len(words.hash) - len(double)
    double = np.append(double, np.zeros(missing, dtype=np.uint64))
    inside = np.append(inside, np.zeros(missing, dtype=np.bool_))
    weight = damped(words)
    total = np.zeros(len(weight) + 1)
    np.cumsum(weight, out=total[1:])
    indexes = (
        _index(words, articles, double, inside, MAX_REPEATS, 2),
        _index(words, articles, words.hash, weight >= SINGLE, SINGLE_REPEATS, 1),
    )
    return Seeds(indexes, total)


def damped(words: Words) -> Floats64:
    """How telling each word is, names and figures damped: independent reporters all print them."""
    weights: Floats64 = np.where(words.name, words.weight * DAMPED, words.weight).astype(np.float64)
    return weights


def shared_runs(words: Words, seeds: Seeds, left: Ints, right: Ints) -> Runs:
    """Find the runs of equal words of each pair of articles (at most 200,000 pairs)."""
    origin_left, origin_right = words.first[left], words.first[right]
    found = []
    for index in seeds.indexes:
        pair, i, j = _look_up(index, left, right)
        i, j = i - origin_left[pair], j - origin_right[pair]
        # pair, diagonal and place in one number, so that sorting brings neighbours together
        key = (pair << 45) | ((j - i + _LONGEST) << 22) | i
        found += [key + k for k in range(index.reach)]
    key = np.sort(np.concatenate(found))
    key = key[np.diff(key, prepend=-1) > 0]
    first = np.flatnonzero(np.diff(key, prepend=-2) != 1)
    length = np.diff(first, append=len(key))
    key = key[first]
    pair, i = key >> 45, key & (_LONGEST - 1)
    j = ((key >> 22) & (2 * _LONGEST - 1)) - _LONGEST + i
    i, j = i + origin_left[pair], j + origin_right[pair]
    # a name is damped when both sides write it as a name
    total = seeds.total
    weight = np.maximum(total[i + length] - total[i], total[j + length] - total[j])
    kept = np.flatnonzero(weight >= MIN_RUN)
    kept = kept[np.lexsort((j[kept], i[kept], pair[kept]))]
    return Runs(pair[kept], i[kept], j[kept], length[kept], weight[kept])


def _index(words: Words, articles: Ints, hashed: Hashes, usable: Flags, repeats: int, reach: int) -> _Index:
    size = np.minimum(np.diff(words.first)[articles], _LONGEST)
    at = spread(words.first[articles], size)
    owner = np.repeat(np.arange(len(articles), dtype=np.uint64), size)
    used = usable[at]
    at, owner = at[used], owner[used]
    keys = hashed >> (np.uint64(64) - _KEY)
    at = at[np.argsort(keys[at] | (owner << _KEY), kind="stable")]
    counts = np.bincount(owner.astype(np.int64), minlength=len(articles))
    sizes, first = np.zeros(len(words.first), dtype=np.int64), np.zeros(len(words.first), dtype=np.int64)
    sizes[articles] = counts
    first[articles] = np.cumsum(counts) - counts
    return _Index(keys, at, first, sizes, repeats, reach)


def _look_up(index: _Index, left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    """Find equal keys in pairs of articles: number of the pair, place left, place right."""
    number = np.arange(len(left), dtype=np.uint64) << _KEY
    at_left = index.at[spread(index.first[left], index.size[left])]
    at_right = index.at[spread(index.first[right], index.size[right])]
    table = index.keys[at_left] | np.repeat(number, index.size[left])
    asked = index.keys[at_right] | np.repeat(number, index.size[right])
    if not len(table) or not len(asked):
        none = np.zeros(0, dtype=np.int64)
        return none, none, none
    low = np.searchsorted(table, asked)
    hit = np.flatnonzero(table[np.minimum(low, len(table) - 1)] == asked)
    low, asked, at_right = low[hit], asked[hit], at_right[hit]
    count = np.searchsorted(table, asked, side="right") - low
    # what stands often on the left is paired in order: the first with the first, the second with the second
    often = count > index.repeats
    rank = np.arange(len(asked)) - np.searchsorted(asked, asked)
    kept = ~often | (rank < count)
    low = np.where(often, low + rank, low)[kept]
    count = np.where(often, 1, count)[kept]
    pair = np.repeat((asked[kept] >> _KEY).astype(np.int64), count)
    return pair, at_left[spread(low, count)], np.repeat(at_right[kept], count)
