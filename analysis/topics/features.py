"""What learning and discovery count: stems of content words and pairs of them, by unit."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.text import stem
from analysis.topics.tokens import Tokens, is_content

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Features(NamedTuple):
    """Counted words of many units.

    Attributes:
        counts: a sparse matrix, units by features, holding log(1 + times); words come first, then pairs.
        names: the numbers of the stems of each feature, one for a word, two for a pair.
        stems: the stems by number.
        surface: the commonest form of each stem.
    """

    counts: Any
    names: list[tuple[int, ...]]
    stems: list[str]
    surface: list[str]

    @property
    def n_words(self) -> int:
        """How many of the features are single words."""
        return sum(len(name) == 1 for name in self.names)


def count_features(tokens: Tokens, least: int = 2) -> Features:
    """Count the stems of content words, and neighbouring pairs of them, that occur in several units.

    Args:
        tokens: the words of the units.
        least: in how many units a word must occur; a pair in one more.
    """
    from scipy.sparse import csr_matrix, hstack

    numbers: dict[str, int] = {}
    of_form = np.asarray(
        [numbers.setdefault(stem(f), len(numbers)) if is_content(f) else -1 for f in tokens.forms],
        dtype=np.int64,
    )
    surface = [""] * len(numbers)
    frequency = np.bincount(tokens.ids, minlength=len(tokens.forms))
    for form in np.argsort(frequency, kind="stable"):  # the commonest comes last and stays
        if of_form[form] >= 0:
            surface[of_form[form]] = tokens.forms[form]
    n, size = len(tokens.first) - 1, max(1, len(numbers))
    stems = of_form[tokens.ids] if len(tokens.ids) else tokens.ids
    unit = np.repeat(np.arange(n), np.diff(tokens.first))
    content = stems >= 0
    single, single_ids = _counts(unit[content], stems[content], n, least, csr_matrix)
    pair = content[:-1] & content[1:] & (unit[:-1] == unit[1:]) if len(stems) else content
    both = stems[:-1][pair] * size + stems[1:][pair] if len(stems) else stems
    double, double_ids = _counts(unit[:-1][pair] if len(stems) else unit, both, n, least + 1, csr_matrix)
    names: list[tuple[int, ...]] = [(int(i),) for i in single_ids]
    names += [(int(i) // size, int(i) % size) for i in double_ids]
    return Features(hstack([single, double]).tocsr(), names, list(numbers), surface)


def _counts(unit: Ints, value: Ints, n: int, least: int, csr_matrix: Any) -> tuple[Any, Ints]:
    """Count values by unit; only values that occur in at least `least` units are kept."""
    distinct, column = np.unique(value, return_inverse=True)
    matrix = csr_matrix((np.ones(len(value)), (unit, column)), shape=(n, len(distinct)))
    matrix.sum_duplicates()
    kept = np.flatnonzero(np.bincount(matrix.indices, minlength=len(distinct)) >= least)
    matrix = matrix[:, kept]
    matrix.data = np.log1p(matrix.data)
    return matrix, distinct[kept]
