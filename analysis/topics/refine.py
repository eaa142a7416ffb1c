"""Learn from many units which words go along with a codebook's terms (naive-Bayes EM)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.topics.tokens import Match, Pattern, Tokens

Floats = NDArray[np.float64]


class Refinement(NamedTuple):
    """Shares of units after learning."""

    shares: Floats


def refine(
    tokens: Tokens,
    found: list[Match],
    patterns: list[Pattern],
    shares: Floats,
    *,
    force: bool = False,
    seed: int = 0,
) -> Refinement | None:
    """Stub until measured."""
    return None
