"""The table of shared passages."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.articles import as_articles
from analysis.passages.alignment import THRESHOLD, Match, align, spans
from analysis.passages.candidates import HANDFUL, candidate_pairs
from analysis.passages.classify import classify
from analysis.passages.templates import find_templates
from analysis.passages.weighting import weigh_in_events
from analysis.passages.wordtable import Flags, Words, keep_words, read_words
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
            "how telling the shared words are together, in rare words, less what was skipped",
        ),
        "reason": ("str", "what decided the class"),
    },
    key=("passage_id",),
)

CROWD_WORDS = 9  # words in common that a passage needs in an event of more than a handful of articles ...
CROWD_RUN = 25  # ... unless so many in a row are equal, however common they are in the event


def shared_passages(articles: pd.DataFrame, quotations: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find every passage that two articles of one event share.

    Lines that an outlet repeats from article to article are left out first (see `templates`). In an event of more than
    64 articles only pairs that share a telling run of words are compared (see `candidates`).

    Args:
        articles: an `articles` table (article_id and body are enough).
        quotations: a `quotations` table (article_id, start, end), which tells shared quotations from shared copy; without
            it quotation marks are paired.

    Returns:
        The `PASSAGES` table, in the order of the articles, then of a_start. Offsets count characters of `body`.
    """
    frame = as_articles(articles)
    plain = read_words(frame["body"].tolist())
    kept = ~in_templates(plain, frame)
    words = keep_words(weigh_in_events(plain, frame), kept)
    left, right = candidate_pairs(frame, words, plain.weight[kept])
    crowd = (frame.groupby("event")["event"].transform("size") > HANDFUL).to_numpy()
    matches = [m for m in align(words, left, right) if not crowd[left[m.pair]] or _stands_out(m)]
    pairs = [match.pair for match in matches]
    rows_a, rows_b = left[pairs].tolist(), right[pairs].tolist()
    classes, reasons = classify(frame, words, rows_a, rows_b, matches, quotations)
    table = _rows(frame, words, rows_a, rows_b, matches)
    return table.assign(**{"class": classes, "reason": reasons})


def _stands_out(match: Match) -> bool:
    """Is the passage long and telling enough among very many pairs, some of which agree in a phrase by chance?"""
    lengths = [length for _, _, length in match.runs]
    return max(lengths) >= CROWD_RUN or (match.score >= THRESHOLD and sum(lengths) >= CROWD_WORDS)


def in_templates(words: Words, frame: pd.DataFrame) -> Flags:
    """Flag the words of lines that an outlet repeats from article to article."""
    _, first, last, _, _ = find_templates(words, pd.factorize(frame["outlet"])[0])
    edge = np.zeros(len(words.hash) + 1, dtype=np.int64)
    np.add.at(edge, first, 1)
    np.add.at(edge, last + 1, -1)
    flags: Flags = np.cumsum(edge[:-1]) > 0
    return flags


def _rows(
    frame: pd.DataFrame, words: Words, left: Sequence[int], right: Sequence[int], matches: Sequence[Match]
) -> pd.DataFrame:
    ids, outlets, events = (frame[name].tolist() for name in ("article_id", "outlet", "event"))
    offsets = [spans(words, match) for match in matches]
    shared = np.array([sum(run[2] for run in match.runs) for match in matches], dtype=np.int64)
    longer = np.array([max(m.a_last - m.a_first, m.b_last - m.b_first) + 1 for m in matches], dtype=np.int64)
    shared = np.minimum(shared, longer)
    names = [
        "\x00".join((ids[a], ids[b], *map(str, places)))
        for a, b, places in zip(left, right, offsets, strict=True)
    ]
    columns: dict[str, Any] = {
        "passage_id": [
            "p" + hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
            for name in names
        ],
        "event": [events[a] for a in left],
        "a": [ids[a] for a in left],
        "a_outlet": [outlets[a] for a in left],
        "a_start": [places[0] for places in offsets],
        "a_end": [places[1] for places in offsets],
        "b": [ids[b] for b in right],
        "b_outlet": [outlets[b] for b in right],
        "b_start": [places[2] for places in offsets],
        "b_end": [places[3] for places in offsets],
        "kind": np.where(shared >= longer, "verbatim", "edited"),
        "words": shared,
        "score": shared / np.maximum(longer, 1),
        "strength": [match.score for match in matches],
    }
    return PASSAGES.frame(columns)
