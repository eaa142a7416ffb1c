"""Whole texts: how much of one is made of another, and which articles are nearly the same."""

from __future__ import annotations

import numpy as np
import pandas as pd
from rapidfuzz.distance import LCSseq

from analysis.articles import as_articles
from analysis.passages.candidates import pairs_by_hash
from analysis.passages.wordtable import Hashes, mix, read_words, shingles
from analysis.schema import Schema

NEAR_DUPLICATES = Schema(
    "near_duplicates",
    "One row a pair of articles of one event that are nearly the same text.",
    {
        "event": ("str", "the event of both articles"),
        "a": ("str", "article_id of the article that stands first in the table of articles"),
        "a_outlet": ("str", "its outlet"),
        "b": ("str", "article_id of the other article"),
        "b_outlet": ("str", "its outlet"),
        "resemblance": ("float", "runs of five words in both articles, of those in either, 0 to 1"),
        "containment": ("float", "runs of five words in both articles, of those in the shorter, 0 to 1"),
    },
    key=("a", "b"),
)

RUN = 5
COPIED_RUNS = 0.75  # weight of runs of five words; the rest goes to the words in the same order
SKETCH = 16  # smallest hashes kept of each article
LEAST_SKETCH = 4  # of them, shared by a pair that is worth comparing


def reuse_score(source: str, text: str) -> float:
    """Estimate how much of `text` is taken from `source`, copied or reworded.

    Args:
        source: the text that may have been used.
        text: the text that may have used it.

    Returns:
        A score in [0, 1] that ranks pairs: three parts the share of the text's runs of five words that stand in the source
        (containment, Broder 1997; found best for journalism by Clough et al. 2002), one part the length of the longest
        common subsequence of words, which is left when nearly every run was broken.
    """
    words = read_words([source, text])
    runs, inside = shingles(words, RUN)
    in_source = runs[: words.first[1]][inside[: words.first[1]]]
    in_text = runs[words.first[1] :][inside[words.first[1] :]]
    first, second = words.hash[: words.first[1]].tolist(), words.hash[words.first[1] :].tolist()
    both = LCSseq.similarity(first, second)
    in_order = 2 * both / max(len(first) + len(second), 1)
    if not len(in_text):
        return in_order
    copied = float(np.isin(in_text, in_source).mean())
    return COPIED_RUNS * copied + (1 - COPIED_RUNS) * in_order


def near_duplicates(articles: pd.DataFrame, least: float = 0.7) -> pd.DataFrame:
    """Find articles of one event that are nearly the same text: reprints, updates, syndicated copies.

    Candidates share several of their sixteen smallest hashed runs (bottom-k sketches, Broder 1997); candidates are then
    compared exactly. An article of fewer than five words is never a duplicate. Of a text that stands in more than fifty
    articles each copy is compared with a few others and not with all.

    Args:
        articles: an `articles` table.
        least: the resemblance from which on a pair is listed; a pair is listed too if nine tenths of its shorter article
            stand in the longer one and it resembles it by half of `least`.

    Returns:
        The `NEAR_DUPLICATES` table in the order of the articles.
    """
    frame = as_articles(articles)
    words = read_words(frame["body"].tolist())
    runs, inside = shingles(words, RUN)
    event = pd.factorize(frame["event"])[0].astype(np.int64)
    sets = [
        np.unique(runs[low:high][inside[low:high]])
        for low, high in zip(words.first[:-1], words.first[1:], strict=True)
    ]
    sketches = [np.sort(mix(found))[:SKETCH] for found in sets]
    size = np.array([len(sketch) for sketch in sketches], dtype=np.int64)
    article = np.repeat(np.arange(len(sketches)), size)
    sketch = np.concatenate([*sketches, np.zeros(0, dtype=np.uint64)])
    left, right, shared = pairs_by_hash(
        mix(sketch ^ mix(event[article].astype(np.uint64))), article, len(frame)
    )
    ids, outlets, events = (frame[name].tolist() for name in ("article_id", "outlet", "event"))
    rows = []
    for a, b in zip(
        left[shared >= LEAST_SKETCH].tolist(), right[shared >= LEAST_SKETCH].tolist(), strict=True
    ):
        both = _common(sets[a], sets[b])
        resemblance = both / (len(sets[a]) + len(sets[b]) - both)
        containment = both / min(len(sets[a]), len(sets[b]))
        if resemblance >= least or (containment >= 0.9 and resemblance >= least / 2):
            rows.append(
                {
                    "event": events[a],
                    "a": ids[a],
                    "a_outlet": outlets[a],
                    "b": ids[b],
                    "b_outlet": outlets[b],
                    "resemblance": resemblance,
                    "containment": containment,
                }
            )
    return NEAR_DUPLICATES.frame(rows)


def _common(a: Hashes, b: Hashes) -> int:
    """Count the hashes in both of two sorted sets."""
    at = np.minimum(np.searchsorted(b, a), len(b) - 1)
    return int((b[at] == a).sum())
