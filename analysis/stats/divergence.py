"""How far apart are two mixtures, and how far apart would two draws from one mixture be?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.stats.intervals import LARGEST_RHO, stickiness_error

Floats = NDArray[np.float64]

_MANY_UNITS = 150  # from here on means of units are normal enough


class Comparison(NamedTuple):
    """What `compare_mixtures` returns.

    Attributes:
        jsd: Jensen-Shannon divergence in bits, corrected for its bias.
        null_low: 2.5 per cent of comparisons of two texts with the same mix lie below this.
        null_high: 2.5 per cent of them lie above this.
        p: how often two texts with the same mix are at least as far apart.
    """

    jsd: float
    null_low: float
    null_high: float
    p: float


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
    x, y = np.asarray(a, dtype=float)[None], np.asarray(b, dtype=float)[None]
    if not x.shape[1] or not y.shape[1]:
        return float("nan")
    return float(_jackknife(x, y)[0])


def compare_mixtures(
    a: Sequence[ArrayLike],
    b: Sequence[ArrayLike],
    *,
    rho: float,
    replicates: int = 999,
    seed: int = 0,
) -> Comparison:
    """Compare the topic mixes of two outlets with what chance does to two texts of one mix (parametric bootstrap).

    Null texts have the same numbers and lengths of articles and are drawn from the units of both sides together as a
    Markov chain: with probability `rho` a unit repeats its predecessor (Efron and Tibshirani 1993, section 6.5).

    Args:
        a: for each article of one side an array, one row a unit in reading order, one column a topic, rows summing to 1.
        b: the other side, same columns.
        rho: stickiness of neighbouring units, as `intervals.stickiness` estimates it.
        replicates: null comparisons drawn.
        seed: for drawing them.

    Returns:
        the divergence, the band that holds 95 per cent of null comparisons, and the p-value; all NaN where a side is
        empty.
    """
    left, right = _stack(a), _stack(b)
    if not len(left) or not len(right):
        return Comparison(float("nan"), float("nan"), float("nan"), float("nan"))
    observed = jackknife_jsd(left, right)
    rng = np.random.default_rng(seed)
    rows, weights = _null_mix(left, right, rho)
    lengths = [[len(np.asarray(s)) for s in side] for side in (a, b)]
    # stickiness is an estimate: each null comparison draws it anew, with its standard error
    error = stickiness_error(rho, len(left) + len(right))
    rhos = np.clip(rng.normal(rho, error, size=replicates), 0.0, LARGEST_RHO)
    if min(len(left), len(right)) > _MANY_UNITS:
        null = _null_of_many(rng, rows, weights, len(left), len(right), rhos)
    else:
        null = np.empty(replicates)
        # in blocks, so that memory stays bounded for long texts
        block = max(1, int(4e6 / ((len(left) + len(right)) * rows.shape[1])))
        for first in range(0, replicates, block):
            size = min(block, replicates - first)
            x, y = (rows[_chains(rng, weights, of_side, rhos[first : first + size])] for of_side in lengths)
            null[first : first + size] = _jackknife(x, y)
    low, high = np.quantile(null, [0.025, 0.975])
    p = (1.0 + float((null >= observed - 1e-12).sum())) / (replicates + 1.0)
    return Comparison(observed, float(low), float(high), p)


def _null_mix(left: Floats, right: Floats, rho: float) -> tuple[Floats, Floats]:
    """Rows to draw null units from, and their weights: both sides alike, and half a unit for every topic.

    A short text has too few topics rather than too many; without Jeffreys' half unit null texts would lie too close together
    and the test reject too often.
    """
    n_topics = left.shape[1]
    effective = (len(left) + len(right)) * (1.0 - rho) / (1.0 + rho)
    prior = 0.5 * n_topics / (effective + 0.5 * n_topics)
    weights = np.concatenate(
        [
            np.full(len(left), 0.5 * (1.0 - prior) / len(left)),
            np.full(len(right), 0.5 * (1.0 - prior) / len(right)),
            np.full(n_topics, prior / n_topics),
        ]
    )
    return np.concatenate([left, right, np.eye(n_topics)]), weights


def _null_of_many(
    rng: np.random.Generator, rows: Floats, weights: Floats, n_a: int, n_b: int, rhos: Floats
) -> Floats:
    """Null divergences of long texts: means are normal then, and the bias is that of the second-order expansion."""
    mean = weights @ rows
    covariance = (rows - mean).T @ ((rows - mean) * weights[:, None])
    spread = np.sqrt((1.0 + rhos) / (1.0 - rhos))[:, None]
    drawn = [
        np.clip(
            mean + spread * rng.multivariate_normal(0.0 * mean, covariance / n, len(rhos), method="eigh"),
            0.0,
            None,
        )
        for n in (n_a, n_b)
    ]
    x, y = (d / d.sum(axis=1, keepdims=True) for d in drawn)
    bias = float((np.diag(covariance) / mean).sum()) / (8.0 * np.log(2.0)) * (1.0 / n_a + 1.0 / n_b)
    return np.asarray(np.clip(jensen_shannon(x, y) - bias, 0.0, 1.0))


def _stack(series: Sequence[ArrayLike]) -> Floats:
    filled = [np.asarray(s, dtype=float) for s in series if len(np.asarray(s))]
    return np.concatenate(filled) if filled else np.empty((0, 0))


def _entropy_terms(p: Floats) -> Floats:
    return -p * np.log2(np.where(p > 0, p, 1.0))


def _jackknife(x: Floats, y: Floats) -> Floats:
    """Jackknifed divergences of many pairs: arrays of shape (pairs, units, topics)."""
    mean_x, mean_y = x.mean(axis=1), y.mean(axis=1)
    plain = jensen_shannon(mean_x, mean_y)
    bias = _bias(x, mean_x, mean_y, plain) + _bias(y, mean_y, mean_x, plain)
    return np.asarray(np.clip(plain - bias, 0.0, 1.0))


def _bias(x: Floats, mean: Floats, other: Floats, plain: Floats) -> Floats:
    n = x.shape[1]
    if n < 2:
        return np.zeros_like(plain)
    # as `jensen_shannon`, written out: nearly all time goes here
    without = mean[:, None, :] * n - x
    without /= n - 1
    np.maximum(without, 0.0, out=without)
    np.minimum(without, 1.0, out=without)
    entropy = _entropy(without)
    without += other[:, None, :]
    without /= 2.0
    apart = np.clip(_entropy(without) - (entropy + _entropy(other)[:, None]) / 2.0, 0.0, 1.0)
    return np.asarray((n - 1) * (apart.mean(axis=1) - plain))


def _entropy(p: Floats) -> Floats:
    """Entropy in bits along the last axis."""
    logs = np.maximum(p, np.finfo(np.float64).tiny)
    np.log2(logs, out=logs)
    return np.asarray(-np.einsum("...t,...t->...", logs, p))


def _chains(
    rng: np.random.Generator, weights: Floats, lengths: Sequence[int], rhos: Floats
) -> NDArray[np.intp]:
    """Draw row numbers for null texts whose articles have the given lengths, one text for each rho."""
    size, total = len(rhos), int(sum(lengths))
    drawn = rng.choice(len(weights), size=(size, total), p=weights)
    repeat = rng.random((size, total)) < rhos[:, None]
    starts = np.cumsum([0, *lengths])[:-1]
    repeat[:, starts[starts < total]] = False
    # every unit takes the row of the last unit that was drawn anew
    last = np.maximum.accumulate(np.where(repeat, -1, np.arange(total)), axis=1)
    return np.asarray(np.take_along_axis(drawn, last, axis=1))
