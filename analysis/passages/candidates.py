"""Which pairs of articles are worth aligning."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.passages.wordtable import Ints, Words


def candidate_pairs(articles: pd.DataFrame, words: Words) -> tuple[Ints, Ints]:
    """Return the row numbers of the articles to compare, the earlier row on the left."""
    del words
    left: list[np.ndarray] = [np.zeros(0, dtype=np.int64)]
    right: list[np.ndarray] = [np.zeros(0, dtype=np.int64)]
    for rows in articles.groupby("event", sort=False).indices.values():
        i, j = np.triu_indices(len(rows), 1)
        left.append(np.asarray(rows)[i])
        right.append(np.asarray(rows)[j])
    return np.concatenate(left), np.concatenate(right)
