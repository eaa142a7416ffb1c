"""Topics of a corpus that brings no codebook (NMF, deterministic)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.text import stem
from analysis.topics.codebook import Codebook, Term, Topic
from analysis.topics.tokens import is_content, tokenise


def discover_topics(u: pd.DataFrame, n_topics: int | None = None, seed: int = 0) -> Codebook:
    """Draft a codebook from the units (first version)."""
    from scipy.sparse import csr_matrix
    from sklearn.decomposition import NMF

    tokens = tokenise(u["text"].fillna("").tolist())
    roots: dict[str, int] = {}
    column = np.asarray(
        [roots.setdefault(stem(f), len(roots)) if is_content(f) else -1 for f in tokens.forms], dtype=np.int64
    )
    n = len(u)
    if not roots or n < 2:
        return Codebook(())
    surface: dict[int, str] = {}
    times = np.bincount(tokens.ids, minlength=len(tokens.forms))
    for number in np.argsort(-times, kind="stable"):
        if column[number] >= 0:
            surface.setdefault(int(column[number]), tokens.forms[number])
    unit = np.repeat(np.arange(n), np.diff(tokens.first))
    cols = column[tokens.ids]
    keep = cols >= 0
    x = csr_matrix((np.ones(keep.sum()), (unit[keep], cols[keep])), shape=(n, len(roots)))
    x.sum_duplicates()
    df = np.asarray((x > 0).sum(axis=0)).ravel()
    x.data = np.log1p(x.data)
    x = x.multiply(np.log1p(n / np.maximum(df, 1))).tocsr()
    norm = np.sqrt(np.asarray(x.multiply(x).sum(axis=1)).ravel())
    x = csr_matrix(x.multiply(1 / np.maximum(norm, 1e-12)[:, None]))
    k = n_topics or max(2, min(10, round(n**0.5)))
    k = max(1, min(k, n, len(roots)))
    model = NMF(k, init="nndsvda" if k <= min(x.shape) else "random", random_state=seed, max_iter=400)
    model.fit_transform(x)
    h = model.components_
    owner = h.argmax(axis=0)
    topics = []
    for t in range(k):
        mine = [j for j in np.argsort(-h[t], kind="stable") if owner[j] == t and h[t, j] > 0][:40]
        if not mine:
            continue
        terms = tuple(Term(surface[j], round(float(h[t, j] / h[t, mine[0]]), 3) or 0.001) for j in mine)
        topics.append(Topic(f"topic_{t + 1}", ", ".join(x.text for x in terms[:3]), "", terms))
    return Codebook(tuple(topics))
