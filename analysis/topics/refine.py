"""Learn from many units which words go along with a codebook's terms (dictionary-seeded naive-Bayes EM).

Ten words a topic find the topic of half the units at best. The units that they find teach which other words belong to
it, and these find the rest (Nigam et al. 2000; seeding as in Liu et al. 2004). On a few paragraphs the same step learns
noise, so it is taken only where a check on the corpus itself shows that there is something to learn.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.text import stem
from analysis.topics.features import Features, count_features
from analysis.topics.tokens import Pattern, Tokens, keys

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Chance-corrected agreement above which learning helped rather than harmed, and units below which the agreement itself
# is too unsure; calibrated in benchmarks/topics.py.
LEAST_AGREEMENT = 0.4
LEAST_UNITS = 60

_SMOOTHING = 0.1
# Words of a text depend on each other, so naive Bayes is far too sure of long texts; the log-odds are divided by this times
# the square root of the length.
_TEMPER = 0.7
# A posterior over words that depend on each other is too sure even so: divided again, its mean is the share of units that
# it gets right (0.98 and 0.84 said, 0.96 and 0.86 true, on two sets of labelled news).
_CALIBRATION = 3.0
# The first rounds are softer, so that words of one kind of story that the terms happen to name do not take over a topic
# (deterministic annealing, Ueda and Nakano 1998).
_SOFTER_START = 1.4
_SOFT_ROUNDS = 4
_ROUNDS = 20
_FOLDS = 5
_CLEAR_SHARE = 0.6


class Learned(NamedTuple):
    """What the units taught.

    Attributes:
        shares: units by topics; a row of zeros is a unit that resembles no topic more than the corpus as a whole.
        typical: for units without a term of the codebook, the words that spoke for the topic with the largest share.
        agreement: how well words other than the terms find the topic of held-out units, chance taken off.
    """

    shares: Floats
    typical: dict[int, list[str]]
    agreement: float


def refine(
    tokens: Tokens, patterns: list[Pattern], shares: Floats, articles: Ints, *, force: bool = False
) -> Learned | None:
    """Learn word probabilities by topic from the units that the codebook's terms place, and place all units by them.

    Args:
        tokens: the words of the units.
        patterns: the terms of the codebook.
        shares: units by topics, from the terms alone; rows of zeros have no term.
        articles: the article of each unit, numbered.
        force: learn even if the check says that there is nothing to learn.

    Returns:
        None if it was not worth it.
    """
    placed = shares.sum(axis=1) > 0
    if shares.shape[1] < 2 or placed.sum() < (2 if force else LEAST_UNITS):
        return None
    features = count_features(tokens)
    if features.counts.shape[1] == 0:
        return None
    least = -np.inf if force else LEAST_AGREEMENT
    agreement = held_out_agreement(tokens, features, patterns, shares, articles, least)
    if not force and not agreement >= LEAST_AGREEMENT:
        return None
    background = _log_share(np.asarray(features.counts.sum(axis=0)).ravel())
    words = _learn(features.counts, shares)
    scores, temper = features.counts @ words, _temper(features.counts)
    learned = _softmax(scores / (_CALIBRATION * temper))
    # terms are evidence; without any, a unit must look more like its topic than like everything taken together
    lost = ~placed & (scores.max(axis=1) <= features.counts @ background)
    learned[lost] = 0.0
    typical = _typical(features, words, background, np.flatnonzero(~placed & ~lost), learned)
    return Learned(learned, typical, agreement)


def held_out_agreement(
    tokens: Tokens,
    features: Features,
    patterns: list[Pattern],
    shares: Floats,
    articles: Ints,
    least: float = -np.inf,
) -> float:
    """Hide the codebook's terms: how well do the other words find the topic in articles that were not learned from?

    A text that stands in several articles counts once and is never learned from to find itself.

    Returns:
        Cohen's kappa (1960) between the topic by terms and the topic by the other words, less one standard error; NaN where
        too few units can tell, or as soon as it is sure to be below `least`.
    """
    words_of_terms = {word for p in patterns if not p.excludes for word in keys(p.text)}
    hidden = {stem(word) for word in words_of_terms}
    beginnings = tuple(word[:-1] for word in words_of_terms if word.endswith("*"))
    hidden_ids = {i for i, root in enumerate(features.stems) if root in hidden or root.startswith(beginnings)}
    open_columns = np.asarray([hidden_ids.isdisjoint(name) for name in features.names])
    counts = features.counts[:, np.flatnonzero(open_columns)]
    clear = (shares.max(axis=1) >= _CLEAR_SHARE) & (np.asarray(counts.sum(axis=1)).ravel() > 0)
    folds, repeated = _folds(tokens, articles)
    learned_from = [k for k in range(_FOLDS) if (folds == k).any() and shares[folds != k].any()]
    checked = clear & ~repeated & np.isin(folds, learned_from)
    n, size = int(checked.sum()), shares.shape[1]
    if n < LEAST_UNITS // 2:
        return float("nan")
    truth = shares.argmax(axis=1)
    # a right guess adds more to kappa than any other: what is not yet learned cannot do better
    guess = truth.copy()
    p = np.bincount(truth[checked], minlength=size) / n
    same, chance = 1.0, float(p @ p)
    for fold in learned_from:
        held = folds == fold
        words = _learn(counts[np.flatnonzero(~held)], shares[~held])
        guess[held] = (counts[np.flatnonzero(held)] @ words).argmax(axis=1)
        q = np.bincount(guess[checked], minlength=size) / n
        same, chance = float((truth == guess)[checked].mean()), float(p @ q)
        if same - chance < least * (1.0 - chance):
            return float("nan")
    if chance >= 1.0:
        return float("nan")
    return (same - chance - float(np.sqrt(same * (1 - same) / n))) / (1 - chance)


def _folds(tokens: Tokens, articles: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Deal articles to folds (parts of it, where there is one); a repeated text goes where its first copy is."""
    n = len(articles)
    _, numbers = np.unique(articles, return_inverse=True)
    folds = numbers % _FOLDS if numbers.max(initial=0) > 0 else np.arange(n) * _FOLDS // max(1, n)
    original: dict[bytes, int] = {}
    first = tokens.first.tolist()
    copy_of = np.asarray(
        [original.setdefault(tokens.ids[first[i] : first[i + 1]].tobytes(), i) for i in range(n)]
    )
    return folds[copy_of], copy_of != np.arange(n)


def _learn(counts: Any, shares: Floats) -> Floats:
    """Return the log-probability of each feature under each topic, after EM from the given shares."""
    temper = _temper(counts)
    responsibility = shares
    words = np.zeros((counts.shape[1], shares.shape[1]))
    by_word = counts.T  # made once: to a small matrix it costs as much as a product
    for round_ in range(_ROUNDS):
        words = _log_share(by_word @ responsibility)
        softer = _SOFTER_START ** max(0, _SOFT_ROUNDS - round_)
        updated = _softmax((counts @ words) / (temper * softer))
        change = np.abs(updated - responsibility).max(initial=0.0)
        responsibility = updated
        if change < 1e-3:
            break
    return words


def _log_share(weights: Floats) -> Floats:
    smoothed = weights + _SMOOTHING
    return np.asarray(np.log(smoothed / smoothed.sum(axis=0)))


def _temper(counts: Any) -> Floats:
    length = np.asarray(counts.sum(axis=1)).ravel()
    return np.asarray(np.maximum(1.0, _TEMPER * np.sqrt(length))[:, None])


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _typical(
    features: Features, words: Floats, background: Floats, units: Ints, shares: Floats, most: int = 5
) -> dict[int, list[str]]:
    """For each unit the words that speak most for its topic, as they commonly stand."""
    counts = features.counts
    single = features.n_words
    lift = words[:single] - background[:single, None]
    topic = shares.argmax(axis=1)
    out: dict[int, list[str]] = {}
    for i in units.tolist():
        columns = counts.indices[counts.indptr[i] : counts.indptr[i + 1]]
        columns = columns[columns < single]
        gains = lift[columns, topic[i]]
        best = columns[np.argsort(-gains, kind="stable")[:most]]
        out[i] = [features.surface[features.names[c][0]] for c in best if lift[c, topic[i]] > 0]
    return out
