"""Many tests at once: Holm's correction and the permutation of max-|z|."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


class MaxZ(NamedTuple):
    """What `max_z_permutation` returns.

    Attributes:
        z: the statistic of the data as they are.
        p: family-wise p-value of each entry of `z`.
        critical: the |z| that 5 in 100 permutations exceed somewhere; NaN where nothing can be permuted.
    """

    z: Floats
    p: Floats
    critical: float


def holm(p_values: ArrayLike) -> Floats:
    """Adjust p-values for the number of tests so that the family-wise error is kept (Holm 1979, step-down).

    Args:
        p_values: p-values in any order; NaN (no test made) stays NaN and does not count.
    """
    p = np.asarray(p_values, dtype=float)
    out = np.full(p.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    steps = p[order] * (len(order) - np.arange(len(order)))
    out[order] = np.minimum(1.0, np.maximum.accumulate(steps)) if len(order) else steps
    return out


def max_z_permutation(
    statistic: Callable[[NDArray[Any]], ArrayLike],
    groups: Sequence[Hashable] | NDArray[Any],
    *,
    within: Sequence[Hashable] | NDArray[Any] | None = None,
    permutations: int = 499,
    seed: int = 0,
) -> MaxZ:
    """Test many statistics at once by permuting group labels (max-T of Westfall and Young 1993).

    Every permutation gives the largest |z| that chance alone brings about over all entries; an entry is significant
    only if it beats those, so that under the null hypothesis one *analysis* in twenty shows anything at all.

    Args:
        statistic: takes the group of every unit (an array like `groups`) and returns one z for each term or cell, always
            in the same order. NaN counts as 0.
        groups: the group of every unit that may be exchanged, such as the outlet of each sentence.
        within: labels are exchanged only among units with the same value (the event, say).
        permutations: how many; the smallest p possible is 1 / (permutations + 1).
        seed: for the shuffling.

    Returns:
        z, family-wise p, and the critical |z| at the 5 per cent level.
    """
    labels = np.asarray(groups)
    observed = np.nan_to_num(np.asarray(statistic(labels), dtype=float))
    if observed.size == 0 or len(set(labels.tolist())) < 2:
        return MaxZ(observed, np.ones(observed.shape), float("nan"))
    rng = np.random.default_rng(seed)
    strata = _strata(within, len(labels))
    largest = np.empty(permutations)
    for i in range(permutations):
        shuffled = labels.copy()
        for members in strata:
            shuffled[members] = labels[rng.permutation(members)]
        largest[i] = np.abs(np.nan_to_num(np.asarray(statistic(shuffled), dtype=float))).max()
    largest.sort()
    # a hair of slack, so that a permutation that repeats the data counts as a tie whatever the order of summation
    beaten_by = permutations - np.searchsorted(largest, np.abs(observed) - 1e-9, side="left")
    critical = float(np.quantile(largest, 0.95, method="higher"))
    return MaxZ(observed, (1.0 + beaten_by) / (permutations + 1.0), critical)


def _strata(within: Sequence[Hashable] | NDArray[Any] | None, size: int) -> list[NDArray[np.intp]]:
    if within is None:
        return [np.arange(size)]
    members: dict[Hashable, list[int]] = {}
    for i, value in enumerate(within):
        members.setdefault(value, []).append(i)
    return [np.asarray(m, dtype=np.intp) for m in members.values()]
