"""How far apart are two mixtures, less what is due to their being small samples?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

_TINY = np.finfo(np.float64).tiny


def jensen_shannon(p: ArrayLike, q: ArrayLike) -> Floats:
    """Compute the Jensen-Shannon divergence in bits along the last axis (Lin 1991); 0 same, 1 nothing in common."""
    a, b = np.broadcast_arrays(np.asarray(p, dtype=float), np.asarray(q, dtype=float))
    total = _entropy_terms((a + b) / 2.0) - (_entropy_terms(a) + _entropy_terms(b)) / 2.0
    return np.asarray(np.clip(total.sum(axis=-1), 0.0, 1.0))


def jackknife_jsd(a: ArrayLike, b: ArrayLike) -> float:
    """Compute the Jensen-Shannon divergence of two sets of units, less its upward bias (jackknife; Zahl 1977).

    The divergence of two small samples from one source is far from 0 (about .25 bits at twelve units each). Leaving out
    one unit at a time, on either side, shows how much of it is due to size.

    Args:
        a: one row a unit, one column a topic; rows sum to 1.
        b: the other set, same columns.

    Returns:
        bits, at least 0; NaN where a side is empty.
    """
    x, y = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    if not len(x) or not len(y):
        return float("nan")
    rows, (left, right) = distinct_rows([x, y])
    return float(jackknife_all(rows, [(left[None], right[None])])[0])


class Rows(NamedTuple):
    """The distinct rows among units, as the entries of each that are above 0: most units speak of one topic or two."""

    n_topics: int
    first: Ints  # entry with which each row begins
    entries: Ints  # how many each row has
    topic: Ints  # of each entry
    share: Floats


def distinct_rows(sets: Iterable[Floats]) -> tuple[Rows, list[Ints]]:
    """Number the distinct rows of several sets of units; also the number of each unit's row, set by set."""
    known: dict[bytes, int] = {}
    numbers, n_topics = [], 0
    for units in sets:
        n_topics = max(n_topics, units.shape[1])
        numbers.append(np.asarray([known.setdefault(u.tobytes(), len(known)) for u in units], dtype=np.intp))
    shares = np.asarray([np.frombuffer(row) for row in known]).reshape(len(known), n_topics)
    of_row, topic = np.nonzero(shares)
    entries = np.bincount(of_row, minlength=len(known))
    return Rows(n_topics, np.cumsum(entries) - entries, entries, topic, shares[of_row, topic]), numbers


def jackknife_all(rows: Rows, pairs: Sequence[tuple[Ints, Ints]]) -> Floats:
    """Compute the jackknifed divergence of many pairs of texts, as `jackknife_jsd` does of one.

    Args:
        rows: what the texts are made of.
        pairs: arrays of as many texts on either side, (texts, units), that hold numbers of rows. Lengths of texts may differ from array
            to array.

    Returns:
        the divergences of all texts of all arrays, one after the other.
    """
    blocks = [x for x, _ in pairs] + [y for _, y in pairs]
    n_texts, n_topics = sum(map(len, blocks)), rows.n_topics
    size = np.repeat([block.shape[1] for block in blocks], [len(block) for block in blocks])
    text, times, topic, share = _entries(rows, blocks, size)
    place = text * n_topics + topic
    sums = np.bincount(place, weights=times * share, minlength=n_texts * n_topics)
    mean = np.divide(sums.reshape(n_texts, n_topics), size[:, None])
    half = n_texts // 2
    other = np.concatenate([mean[half:], mean[:half]])
    terms = _entropy_terms(mean)
    entropy = _sum(terms)
    both = (entropy[:half] + entropy[half:]) / 2.0
    plain = _sum(_entropy_terms((mean[:half] + mean[half:]) / 2.0)) - both

    # The divergence without one unit, averaged over units. A unit left out changes the terms of the topics that it speaks
    # of, and no others; units alike change them alike.
    rest = np.maximum(1, size - 1)
    grown = (size / rest)[:, None]
    without = mean * grown  # from which the unit is still to be taken
    middle = (without + other) / 2.0
    apart = _entropy_terms(middle) - (terms - mean * np.log2(grown)) * (grown / 2.0)
    lost = share / rest[text]
    change = _entropy_terms(middle.ravel()[place] - lost / 2.0) - apart.ravel()[place]
    change -= _entropy_terms(without.ravel()[place] - lost) / 2.0
    change = np.bincount(text, weights=change * times, minlength=n_texts) / size
    entropy_of_other = np.concatenate([entropy[half:], entropy[:half]])
    bias = (size - 1) * (_sum(apart) + change - entropy_of_other / 2.0 - np.tile(plain, 2))
    return np.asarray(np.clip(plain - bias[:half] - bias[half:], 0.0, 1.0))


def _entries(rows: Rows, blocks: Sequence[Ints], size: Ints) -> tuple[Ints, Ints, Ints, Floats]:
    """The entries of the distinct rows of every text: the text, how often it has the row, topic and share."""
    units = np.concatenate([block.ravel() for block in blocks])
    # as `np.unique` does it, less its checks
    units += np.repeat(np.arange(len(size)) * len(rows.first), size)
    units.sort()
    first = np.flatnonzero(np.concatenate([[True], units[1:] != units[:-1]]))
    times = np.diff(first, append=len(units))
    text, row = np.divmod(units[first], len(rows.first))
    many = rows.entries[row]
    of = np.repeat(np.arange(len(row)), many)
    entry = np.arange(len(of)) + (rows.first[row] - np.cumsum(many) + many)[of]
    return text[of], times[of], rows.topic[entry], rows.share[entry]


def _entropy_terms(p: Floats) -> Floats:
    """What each share adds to the entropy in bits; 0 adds nothing."""
    terms = np.maximum(p, _TINY)
    np.log2(terms, out=terms)
    terms *= p
    return np.negative(terms, out=terms)


def _sum(terms: Floats) -> Floats:
    """Sum over topics; along so short an axis far quicker than `sum`."""
    return np.asarray(np.einsum("it->i", terms))
