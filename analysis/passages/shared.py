"""The table of shared passages."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pandas as pd

from analysis.articles import as_articles
from analysis.passages.alignment import Match, align, spans
from analysis.passages.candidates import candidate_pairs
from analysis.passages.classify import classify
from analysis.passages.templates import find_templates
from analysis.passages.wordtable import Words, keep_words, read_words
from analysis.schema import Schema

PASSAGES = Schema(
    "passages",
    "One row a passage that two articles of one event share, word for word or edited.",
    {
        "passage_id": ("str", "name of the row; depends on the two articles and the offsets alone"),
        "event": ("str", "the event of both articles"),
        "a": ("str", "article_id of the article that stands first in the table of articles"),
        "a_outlet": ("str", "its outlet"),
        "a_start": ("int", "start of the passage in its body"),
        "a_end": ("int", "end of the passage in its body"),
        "b": ("str", "article_id of the other article"),
        "b_outlet": ("str", "its outlet"),
        "b_start": ("int", "start of the passage in its body"),
        "b_end": ("int", "end of the passage in its body"),
        "kind": ("str", "verbatim (the same words in the same order) or edited"),
        "class": ("str", "quotation, official statement, wire copy, formulaic or headline"),
        "words": ("int", "words that both sides share, in order"),
        "score": ("float", "share of the longer side's words that are shared in order, in (0, 1]"),
        "strength": (
            "float",
            "how telling the shared words are, less what was skipped; the bar is about 4.6",
        ),
        "reason": ("str", "what decided the class"),
    },
    key=("passage_id",),
)


def shared_passages(articles: pd.DataFrame, quotations: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find every passage that two articles of one event share.

    Args:
        articles: an `articles` table (article_id and body are enough).
        quotations: a `quotations` table (article_id, start, end), which tells shared quotations from shared copy; without
            it quotation marks are paired.

    Returns:
        The `PASSAGES` table, in the order of the articles, then of a_start. Offsets count characters of `body`.
    """
    frame = as_articles(articles)
    bodies = frame["body"].tolist()
    words = _without_templates(read_words(bodies), frame)
    left, right = candidate_pairs(frame, words)
    rows = [_row(frame, words, left, right, match) for match in align(words, left, right)]
    return classify(PASSAGES.frame(rows), frame, quotations)


def _without_templates(words: Words, frame: pd.DataFrame) -> Words:
    """Leave out the lines that an outlet repeats from article to article."""
    _, first, last, _, _ = find_templates(words, pd.factorize(frame["outlet"])[0])
    if not len(first):
        return words
    edge = np.zeros(len(words.hash) + 1, dtype=np.int64)
    np.add.at(edge, first, 1)
    np.add.at(edge, last + 1, -1)
    return keep_words(words, np.cumsum(edge[:-1]) == 0)


def _row(
    frame: pd.DataFrame, words: Words, left: np.ndarray[Any, Any], right: np.ndarray[Any, Any], match: Match
) -> dict[str, Any]:
    a, b = int(left[match.pair]), int(right[match.pair])
    a_start, a_end, b_start, b_end = spans(words, match)
    ids, outlets = frame["article_id"], frame["outlet"]
    shared = sum(length for _, _, length in match.runs)
    longer = max(match.a_last - match.a_first, match.b_last - match.b_first) + 1
    name = f"{ids.iloc[a]}\x00{ids.iloc[b]}\x00{a_start}\x00{a_end}\x00{b_start}\x00{b_end}"
    return {
        "passage_id": "p" + hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest(),
        "event": frame["event"].iloc[a],
        "a": ids.iloc[a],
        "a_outlet": outlets.iloc[a],
        "a_start": a_start,
        "a_end": a_end,
        "b": ids.iloc[b],
        "b_outlet": outlets.iloc[b],
        "b_start": b_start,
        "b_end": b_end,
        "kind": "verbatim" if shared >= longer else "edited",
        "words": min(shared, longer),
        "score": min(1.0, shared / longer),
        "strength": match.score,
    }
