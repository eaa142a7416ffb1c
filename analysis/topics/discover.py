"""Topics of a corpus that brings no codebook: a draft for a person to edit.

Deterministic non-negative matrix factorisation (Lee and Seung 1999; started by NNDSVD, Boutsidis and Gallopoulos 2008) over
tf-idf paragraphs. On a handful of articles it finds the same topics whatever the seed, which LDA does not.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.segments import UNITS
from analysis.text import sentences, stem
from analysis.topics.codebook import UNASSIGNED, Codebook, Term, Topic
from analysis.topics.features import Features, count_features
from analysis.topics.labels import label_words
from analysis.topics.tokens import tokenise

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_TERMS = 40  # fewer lose accuracy against the factorisation itself, more gain nothing
_FIT_UNITS = 6000
_FIT_WORDS = 5000
_SELECT_UNITS = 500
_SELECT_WORDS = 1000
_MOST_TOPICS = 12
_UNITS_A_TOPIC = 6
# A paragraph shares its subject with its neighbours more often than not.
_NEIGHBOURS = 0.5
_RESAMPLES = 3
_RESAMPLES_OF_FEW = 8  # where a factorisation costs little
_SAME = 0.6  # cosine from which a unit repeats another
_BLOCK = 1000
# A finer list is worth some stability: the largest number is taken that stays near the best and is reliable in itself.
_TOLERANCE = 0.2
_RELIABLE = 0.7
_MOST_OUTLETS = 200


def discover_topics(u: pd.DataFrame, n_topics: int | None = None, seed: int = 0) -> Codebook:
    """Draft a codebook from the units themselves.

    Args:
        u: unit_id, text; article_id and position let a paragraph's neighbours speak for it, and the names in outlet are not
            taken for topics.
        n_topics: how many; if None, the number that comes out most alike when a fifth of the units is left out (stability
            under resampling, Greene et al. 2014), a larger one where it is nearly as stable.
        seed: for drawing a sample from very many units; on fewer the topics do not depend on it.

    Returns:
        a `Codebook`, the largest topic first, each with weighted terms, a label and example sentences; without topics
        where there is too little text. It may hold fewer topics than asked for.

    Raises:
        TableError: `u` lacks a column.
        ValueError: `n_topics` is below 1.
    """
    UNITS.check(u, columns=("unit_id", "text"))
    if n_topics is not None and n_topics < 1:
        raise ValueError(f"discover_topics: n_topics={n_topics!r} must be at least 1.")
    rng = np.random.default_rng(seed)
    fitted = _distinct(_sample(u, rng))
    texts = _without_outlets(fitted)
    features = count_features(tokenise(texts), least=1 if len(fitted) < 10 else 2)
    if len(fitted) < 2 or not features.n_words:
        return Codebook(())
    matrix = _with_neighbours(_tf_idf(features.counts[:, : features.n_words]), fitted)
    wanted = n_topics or _stable_number(matrix)
    columns = _heaviest(matrix, _FIT_WORDS)
    by_unit, part = _factorise(matrix[:, columns], wanted)
    by_word = np.zeros((len(part), matrix.shape[1]))
    by_word[:, columns] = part
    return _draft(fitted, texts, features, by_unit, by_word)


def _sample(u: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    if len(u) <= _FIT_UNITS:
        return u
    # whole articles, so that neighbours stay together
    articles = u["article_id"] if "article_id" in u.columns else pd.Series(range(len(u)), index=u.index)
    distinct = articles.unique()
    order = pd.Series(rng.permutation(len(distinct)), index=distinct)
    size = articles.groupby(articles, sort=False).size().reindex(order.sort_values().index)
    chosen = set(size.index[size.cumsum() <= _FIT_UNITS]) or {size.index[0]}
    return u[articles.isin(chosen)].head(_FIT_UNITS)


def _distinct(u: pd.DataFrame) -> pd.DataFrame:
    """Leave out units that repeat an earlier one: a sentence that every outlet quotes is no topic of its own."""
    features = count_features(tokenise(u["text"].fillna("").tolist()), least=1)
    if len(u) < 2 or not features.n_words:
        return u
    matrix = _tf_idf(features.counts[:, : features.n_words])
    kept = np.ones(len(u), dtype=bool)
    for first in range(0, len(u), _BLOCK):
        alike = (matrix[first : first + _BLOCK] @ matrix.T).tocoo()
        later, earlier = alike.row[alike.data > _SAME] + first, alike.col[alike.data > _SAME]
        kept[later[earlier < later]] = False
    return u[kept]


def _without_outlets(u: pd.DataFrame) -> list[str]:
    """Return the texts without the names of outlets: who writes is no topic."""
    texts: list[str] = u["text"].fillna("").tolist()
    names = {str(name) for name in u["outlet"].dropna().unique()} if "outlet" in u.columns else set()
    names = {name for name in names if len(name) > 2}
    if not names or len(names) > _MOST_OUTLETS:
        return texts
    pattern = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")\b")
    return [pattern.sub(lambda m: " . " + " " * max(0, len(m.group()) - 3), text) for text in texts]


def _tf_idf(counts: Any) -> Any:
    from scipy.sparse import csr_matrix

    n = counts.shape[0]
    in_units = np.asarray((counts > 0).sum(axis=0)).ravel()
    return _unit_length(csr_matrix(counts.multiply(np.log((1 + n) / (1 + in_units)) + 1.0)))


def _unit_length(matrix: Any) -> Any:
    from scipy.sparse import csr_matrix

    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return csr_matrix(matrix.multiply(1.0 / np.maximum(length, 1e-12)[:, None]))


def _with_neighbours(matrix: Any, u: pd.DataFrame) -> Any:
    from scipy.sparse import diags_array

    if "article_id" not in u.columns or len(u) < 2:
        return matrix
    article = pd.factorize(u["article_id"])[0]
    same = (article[1:] == article[:-1]).astype(float)
    beside = diags_array([same, same], offsets=[1, -1], shape=(len(u), len(u)))
    return _unit_length(matrix + _NEIGHBOURS * (beside @ matrix))


def _heaviest(matrix: Any, most: int) -> Ints:
    """Columns with the largest sums, in their order; the rest costs time and names no topic."""
    weight = np.asarray(matrix.sum(axis=0)).ravel()
    return np.sort(np.argsort(-weight, kind="stable")[:most])


def _factorise(
    matrix: Any, n_topics: int, rounds: int = 300, tolerance: float = 1e-3
) -> tuple[Floats, Floats]:
    """Return units by topics and topics by words, on one scale."""
    import warnings

    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    size = max(1, min(n_topics, *matrix.shape))
    model = NMF(size, init="nndsvd", random_state=0, max_iter=rounds, tol=tolerance)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        by_unit = model.fit_transform(matrix)
    by_word = np.asarray(model.components_)
    return np.asarray(by_unit * np.sqrt((by_word**2).sum(axis=1))), by_word


def _stable_number(matrix: Any) -> int:
    """Find the number of topics whose assignment changes least when a fifth of the units is left out."""
    from sklearn.metrics import adjusted_rand_score

    rng = np.random.default_rng(0)
    n = matrix.shape[0]
    resamples = _RESAMPLES_OF_FEW if n <= 150 else _RESAMPLES
    if n > _SELECT_UNITS:
        matrix = matrix[np.sort(rng.permutation(n)[:_SELECT_UNITS])]
        n = _SELECT_UNITS
    matrix = matrix[:, _heaviest(matrix, _SELECT_WORDS)]
    numbers = [k for k in range(2 if n < 18 else 3, _MOST_TOPICS + 1) if k * _UNITS_A_TOPIC <= n] or [2]
    parts = [np.sort(rng.permutation(n)[: max(2, round(0.8 * n))]) for _ in range(resamples)]
    stability = {}
    for k in numbers:
        whole = _factorise(matrix, k, rounds=60, tolerance=1e-2)[0].argmax(axis=1)
        again = [_factorise(matrix[part], k, rounds=60, tolerance=1e-2)[0].argmax(axis=1) for part in parts]
        stability[k] = float(
            np.mean(
                [adjusted_rand_score(whole[part], other) for part, other in zip(parts, again, strict=True)]
            )
        )
    best = max(stability.values())
    least = max(best - _TOLERANCE, min(best, _RELIABLE))
    return max(k for k in numbers if stability[k] >= least)


def _draft(
    u: pd.DataFrame, texts: list[str], features: Features, by_unit: Floats, by_word: Floats
) -> Codebook:
    owner, ordered = by_word.argmax(axis=0), np.sort(by_word, axis=0)
    # what sets a word apart: its loading beyond the next topic's
    apart = ordered[-1] - (ordered[-2] if len(ordered) > 1 else 0.0)
    main = by_unit.argmax(axis=1)
    sizes = np.bincount(main[by_unit.max(axis=1) > 0], minlength=len(by_word))
    topics: list[Topic] = []
    used: set[str] = {UNASSIGNED}
    for k in np.argsort(-sizes, kind="stable").tolist():
        mine = np.flatnonzero((owner == k) & (apart > 0))
        mine = mine[np.argsort(-apart[mine], kind="stable")][:_TERMS]
        if not len(mine) or not sizes[k]:
            continue
        weights = apart[mine] / apart[mine[0]]
        terms = tuple(
            Term(features.surface[features.names[j][0]], max(0.01, round(float(w), 2)))
            for j, w in zip(mine.tolist(), weights, strict=True)
        )
        members = np.flatnonzero(main == k)
        label = label_words(features, mine, members, texts)
        topics.append(
            Topic(
                id=_new_id(label, used),
                label=", ".join(label)[:1].upper() + ", ".join(label)[1:],
                description=f"Drafted by computer from {sizes[k]} of {len(u)} units; check label and terms.",
                terms=terms,
                examples=_examples(u, features, by_unit[:, k], by_word[k], members),
            )
        )
    return Codebook(tuple(topics), description="Drafted by computer (NMF over tf-idf units).")


def _new_id(words: list[str], used: set[str]) -> str:
    made = "_".join(re.findall(r"\w+", " ".join(words[:2]).casefold())) or "topic"
    name, number = made, 2
    while name in used:
        name, number = f"{made}_{number}", number + 1
    used.add(name)
    return name


def _examples(
    u: pd.DataFrame, features: Features, share: Floats, loading: Floats, members: Ints, most: int = 2
) -> tuple[str, ...]:
    """Take the sentences that stand for a topic: from its most typical units, those that hold most of its words."""
    weight = {features.names[j][0]: float(loading[j]) for j in range(features.n_words)}
    number = {root: i for i, root in enumerate(features.stems)}
    texts = u["text"].fillna("").tolist()
    found: list[str] = []
    for i in members[np.argsort(-share[members], kind="stable")][: 2 * most].tolist():
        spans = [(a, b) for a, b in sentences(texts[i]) if 30 <= b - a <= 400]
        if not spans:
            continue
        tokens = tokenise([texts[i][a:b] for a, b in spans])
        value = [weight.get(number.get(stem(form), -1), 0.0) for form in tokens.forms]
        per_word = [
            sum(value[t] for t in tokens.ids[first:last]) / max(8, last - first)
            for first, last in zip(tokens.first[:-1], tokens.first[1:], strict=True)
        ]
        a, b = spans[int(np.argmax(per_word))]
        sentence = " ".join(texts[i][a:b].split())
        if sentence not in found:
            found.append(sentence)
    return tuple(found[:most])
