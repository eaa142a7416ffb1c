"""Intervals for shares, also where neighbouring paragraphs resemble each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import eq

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# Paragraphs of a news article keep to their subject: before any data the expected stickiness is .3, and twelve pairs of
# neighbours weigh as much as this expectation. Chosen by simulation (benchmarks/simulation.py) so that intervals
# keep their coverage where a text is too short to show how sticky it is.
_PRIOR_MEAN = 0.3
PRIOR_PAIRS = 12.0
LARGEST_RHO = 0.9


def jeffreys_interval(successes: ArrayLike, n: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Compute the equal-tailed Jeffreys interval of a proportion (Brown, Cai and DasGupta 2001).

    Args:
        successes: number of successes, not necessarily whole.
        n: number of trials, not necessarily whole (an effective number is fine).
        level: the probability that the interval is to cover.

    Returns:
        low and high, shaped like the arguments; low is 0 without a success and high 1 without a failure; both NaN where
        n is 0.
    """
    from scipy.special import betaincinv

    x, size = np.broadcast_arrays(np.asarray(successes, dtype=float), np.asarray(n, dtype=float))
    x = np.clip(x, 0.0, size)
    tail = (1.0 - level) / 2.0
    low = np.where(x <= 0, 0.0, betaincinv(x + 0.5, size - x + 0.5, tail))
    high = np.where(x >= size, 1.0, betaincinv(x + 0.5, size - x + 0.5, 1.0 - tail))
    empty = size <= 0
    return np.where(empty, np.nan, low), np.where(empty, np.nan, high)


def stickiness(series: Iterable[Sequence[object]]) -> float:
    """Estimate how much a unit keeps to the topic of the one before it, beyond chance.

    The model: with probability rho a unit repeats its predecessor's topic, else it draws from the text's own mix. Then
    rho is the lag-1 autocorrelation of every topic's indicator, and neighbours agree with probability rho + (1 - rho) h,
    where h is the chance that two units far apart agree. The estimate is shrunk towards .3.

    Args:
        series: the main topic of the units of each article, in reading order.

    Returns:
        rho in [0, .9].
    """
    excess, scale = 0.0, 0.0
    for given in series:
        topics = [str(topic) for topic in given]
        n = len(topics)
        if n < 3:
            continue
        neighbours = float(sum(map(eq, topics[1:], topics)))
        alike = sum(times * (times - 1) for times in Counter(topics).values())
        apart = float(alike) / 2.0 - neighbours
        chance = apart / (n * (n - 1) / 2.0 - (n - 1))
        excess += neighbours - (n - 1) * chance
        scale += (n - 1) * (1.0 - chance)
    rho = (excess + _PRIOR_MEAN * PRIOR_PAIRS) / (scale + PRIOR_PAIRS)
    return float(min(LARGEST_RHO, max(0.0, rho)))


def stickiness_error(rho: float, n_units: int) -> float:
    """Compute the standard error of a stickiness estimated from `n_units` units and the expectation that it is shrunk to."""
    return float(np.sqrt((1.0 - rho**2) / (n_units + PRIOR_PAIRS)))


def upper_stickiness(rho: float, n_units: int) -> float:
    """Return the stickiness to reckon with: one standard error above the estimate.

    With the estimate itself, intervals of texts that are stickier than they look cover too seldom (.87 to .93 at rho .5
    and few topics); with this, about .95.
    """
    return min(LARGEST_RHO, rho + stickiness_error(rho, n_units))


def design_effect(rho: float) -> float:
    """How many sticky units carry as much as one independent one: (1 + rho) / (1 - rho) (Bayley and Hammersley 1946)."""
    return (1.0 + rho) / (1.0 - rho)


def share_interval(
    share: ArrayLike, n: ArrayLike, rho: float = 0.0, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Compute the interval of a share of `n` units: Jeffreys with n reduced by the design effect.

    Args:
        share: mean share, in [0, 1], of one or several topics.
        n: number of units, shaped like `share` or such that it is the same for many.
        rho: stickiness of neighbouring units, as `stickiness` estimates it.
        level: the probability that the interval is to cover.
    """
    effective = np.asarray(n, dtype=float) / design_effect(rho)
    return jeffreys_interval(np.asarray(share, dtype=float) * effective, effective, level)
