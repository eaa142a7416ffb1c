"""How far apart would two texts of one mixture be? The comparison of outlets with what chance does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.stats.divergence import Rows, distinct_rows, jackknife_all, jensen_shannon
from analysis.stats.intervals import LARGEST_RHO, stickiness_error

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

_MANY_UNITS = 150  # from here on means of units are normal enough
_KEPT_UNITS = 20_000  # units of null texts whose random numbers are kept, for each pair of lengths
_TOGETHER = 20_000  # units of null texts measured at once: many spare overhead, more than these leave the processor's cache


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
    return compare_pairs([a, b], [(0, 1)], rho=rho, replicates=[replicates], seed=seed)[0]


def compare_pairs(
    sides: Sequence[Sequence[ArrayLike]],
    pairs: Sequence[tuple[int, int]],
    *,
    rho: float,
    replicates: Sequence[int],
    seed: int = 0,
) -> list[Comparison]:
    """Compare many pairs as `compare_mixtures` does, to the same result; together they are measured far sooner.

    Args:
        sides: for each outlet its articles, all with the same columns.
        pairs: places of two outlets in `sides`.
        rho: stickiness of neighbouring units.
        replicates: null comparisons drawn, of each pair.
        seed: for drawing those of each pair.
    """
    outlets = [_stack(side) for side in sides]
    lengths = [tuple(len(np.asarray(article)) for article in side) for side in sides]
    rows, numbers = distinct_rows([*outlets, np.eye(max(units.shape[1] for units in outlets))])
    null_of_long: dict[int, Floats] = {}

    def texts() -> Iterator[_Texts]:
        for k, (i, j) in enumerate(pairs):
            left, right = outlets[i], outlets[j]
            if not len(left) or not len(right):
                continue
            yield _Texts(k, numbers[i][None], numbers[j][None])
            n, n_units, n_topics = replicates[k], len(left) + len(right), left.shape[1]
            weights = _null_weights(len(left), len(right), n_topics, rho)
            # stickiness is an estimate: each null comparison draws it anew, with its standard error
            error = stickiness_error(rho, n_units)
            if min(len(left), len(right)) > _MANY_UNITS:
                rng = np.random.default_rng(seed)
                rhos = np.clip(rho + error * rng.standard_normal(n), 0.0, LARGEST_RHO)
                units = np.concatenate([left, right, np.eye(n_topics)])
                null_of_long[k] = _null_of_many(rng, units, weights, len(left), len(right), rhos)
                continue
            number = np.concatenate([numbers[i], numbers[j], numbers[-1]])
            ends = np.cumsum(weights)
            ends /= ends[-1]
            # in blocks, so that memory stays bounded for long texts
            block = min(n, max(1, int(4e6 / (n_units * rows.n_topics))))
            draw = _kept_random if n * n_units <= _KEPT_UNITS else _random
            normal, blocks = draw(seed, n, block, lengths[i], lengths[j])
            rhos = np.clip(rho + error * normal, 0.0, LARGEST_RHO)
            for first, sides_drawn in zip(range(0, n, block), blocks, strict=True):
                some = rhos[first : first + block]
                x, y = (_chains(drawn, number, ends, some) for drawn in sides_drawn)
                yield _Texts(k, x, y)

    measured: list[list[Floats]] = [[] for _ in pairs]
    for k, divergences in _measured(rows, texts()):
        measured[k].append(divergences)
    observed = [float(parts[0][0]) if parts else float("nan") for parts in measured]
    null = [
        null_of_long[k] if k in null_of_long else np.concatenate(parts)[1:] if parts else np.empty(0)
        for k, parts in enumerate(measured)
    ]
    return _compared(observed, null)


class _Texts(NamedTuple):
    """Texts to be measured against each other: of which pair, and the numbers of the rows of either side, (texts, units)."""

    pair: int
    left: Ints
    right: Ints


def _measured(rows: Rows, texts: Iterable[_Texts]) -> Iterator[tuple[int, Floats]]:
    """The pairs and the divergences of their texts, in order."""
    waiting: list[_Texts] = []
    n_units = 0
    for some in texts:
        waiting.append(some)
        n_units += some.left.size + some.right.size
        if n_units >= _TOGETHER:
            yield from _measure(rows, waiting)
            waiting, n_units = [], 0
    if waiting:
        yield from _measure(rows, waiting)


def _measure(rows: Rows, waiting: list[_Texts]) -> Iterator[tuple[int, Floats]]:
    found = jackknife_all(rows, [(some.left, some.right) for some in waiting])
    ends = np.cumsum([len(some.left) for some in waiting])
    return zip([some.pair for some in waiting], np.split(found, ends[:-1]), strict=True)


def _compared(observed: Sequence[float], null: Sequence[Floats]) -> list[Comparison]:
    out = [Comparison(float("nan"), float("nan"), float("nan"), float("nan"))] * len(null)
    for n in {len(values) for values in null} - {0}:
        alike = [k for k, values in enumerate(null) if len(values) == n]
        bands = np.quantile([null[k] for k in alike], [0.025, 0.975], axis=1)
        for k, low, high in zip(alike, *bands.tolist(), strict=True):
            reached = float((null[k] >= observed[k] - 1e-12).sum())
            out[k] = Comparison(observed[k], low, high, (1.0 + reached) / (n + 1.0))
    return out


def _null_weights(n_left: int, n_right: int, n_topics: int, rho: float) -> Floats:
    """Weights of the units to draw null units from, those of both sides and one of each topic: sides alike, topics half a unit.

    A short text has too few topics rather than too many; without Jeffreys' half unit null texts would lie too close together
    and the test reject too often.
    """
    effective = (n_left + n_right) * (1.0 - rho) / (1.0 + rho)
    prior = 0.5 * n_topics / (effective + 0.5 * n_topics)
    of_side = 0.5 * (1.0 - prior)
    return np.repeat([of_side / n_left, of_side / n_right, prior / n_topics], [n_left, n_right, n_topics])


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


class _Random(NamedTuple):
    """What chance decides of the units of some null texts: which is drawn, and whether it repeats the one before.

    Attributes:
        ascending: the numbers that choose a unit, sorted, so that a few ends of intervals are looked up among them.
        places: where each of them stands, in an array of units by texts.
        repeats: the numbers that, below the stickiness, let a unit repeat the one before; units by texts.
    """

    ascending: Floats
    places: Ints
    repeats: Floats


def _random(
    seed: int, n_texts: int, block: int, left: tuple[int, ...], right: tuple[int, ...]
) -> tuple[Floats, Iterable[tuple[_Random, _Random]]]:
    """A normal number for each pair of null texts, and block by block what makes both, from the lengths of their articles."""
    rng = np.random.default_rng(seed)
    normal = rng.standard_normal(n_texts)
    sizes = [min(block, n_texts - first) for first in range(0, n_texts, block)]
    return normal, ((_random_of_side(rng, n, left), _random_of_side(rng, n, right)) for n in sizes)


@lru_cache(maxsize=64)  # the seed is one: texts of the same lengths, of whatever event, get the same numbers
def _kept_random(
    seed: int, n_texts: int, block: int, left: tuple[int, ...], right: tuple[int, ...]
) -> tuple[Floats, Iterable[tuple[_Random, _Random]]]:
    normal, blocks = _random(seed, n_texts, block, left, right)
    return normal, list(blocks)


def _random_of_side(rng: np.random.Generator, n_texts: int, lengths: Sequence[int]) -> _Random:
    total = int(sum(lengths))
    choose = rng.random((n_texts, total)).T.ravel()
    repeats = rng.random((n_texts, total)).T.copy()
    starts = np.cumsum([0, *lengths])[:-1]
    repeats[starts[starts < total]] = 1.0  # the first unit of an article repeats none
    places = np.argsort(choose)
    return _Random(choose[places], places, repeats)


def _chains(drawn: _Random, number: Ints, ends: Floats, rhos: Floats) -> Ints:
    """Make null texts, one for each rho: numbers of rows that are drawn from `number`, up to `ends` of the unit interval."""
    units = np.empty(len(drawn.places), dtype=np.intp)
    units[drawn.places] = np.repeat(number, np.diff(drawn.ascending.searchsorted(ends), prepend=0))
    texts = units.reshape(drawn.repeats.shape)
    again = drawn.repeats < rhos
    for unit in range(1, len(texts)):
        np.copyto(texts[unit], texts[unit - 1], where=again[unit])
    return texts.T
