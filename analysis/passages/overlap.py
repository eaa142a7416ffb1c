"""Whose words stand in whom: the matrix of shared words, and every page cut into layers in reading order."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from analysis.articles import as_articles
from analysis.schema import Schema, rows
from analysis.text import count_words, words

LAYERS = Schema(
    "layers",
    "One row a stretch of an article, in words: whose words they are.",
    {
        "article_id": ("str", "the article"),
        "outlet": ("str", "who published it"),
        "start": ("int", "first word of the stretch, counted from 0 on the page"),
        "end": ("int", "one past its last word"),
        "layer": ("str", "own, furniture, or the class of the passage that another article shares"),
    },
    key=("article_id", "start"),
)

OVERLAP = Schema(
    "overlap",
    "One row an ordered pair of articles: how much of the one also stands in the other.",
    {
        "article_id": ("str", "the article"),
        "other_id": ("str", "the other article"),
        "share": ("float", "share of its words that also stand in the other, 0 to 1"),
    },
    key=("article_id", "other_id"),
)
FURNITURE_EFFECT = Schema(
    "furniture_effect",
    "One row an article: its words and how many of them are shared, without and with page furniture.",
    {
        "article_id": ("str", "the article"),
        "outlet": ("str", "who published it"),
        "words": ("int", "words of the article"),
        "words_with": ("int", "words of the page, furniture left in"),
        "shared_share": ("float", "share of the article's words that stand in another article"),
        "shared_share_with": ("float", "the same of the page, furniture left in everywhere"),
        "family_size": ("int", "articles that count as one witness with it, itself included"),
        "family_size_with": ("int", "the same, furniture left in everywhere"),
    },
    key=("article_id",),
)
_FEW = 60

# Where passages of several classes cover a word, the most telling one colours it.
_RANK = ("wire copy", "official statement", "quotation", "headline", "formulaic")


def overlap(passages: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Compute the share of each article's words that also stand in each other article.

    Args:
        passages: a `passages` table.
        articles: the articles.

    Returns:
        article_id, other_id, share: one row for every ordered pair of articles that share anything, and for every pair
        when there are at most 60 articles.
    """
    frame = as_articles(articles)
    spans = {row["article_id"]: words(row["body"]) for row in rows(frame)}
    few = len(spans) <= _FEW
    shares = {(a, b): 0.0 for a in spans for b in spans if a != b} if few else {}
    for (a, b), group in passages.groupby(["a", "b"]):
        for mine, other, side in ((a, b, "a"), (b, a, "b")):
            if spans.get(mine):
                covered = _covered(
                    spans[mine], group[f"{side}_start"].tolist(), group[f"{side}_end"].tolist()
                )
                shares[mine, other] = float(covered.mean())
    return OVERLAP.frame([{"article_id": a, "other_id": b, "share": v} for (a, b), v in shares.items()])


def furniture_effect(
    families: pd.DataFrame, articles: pd.DataFrame, families_with: pd.DataFrame, articles_with: pd.DataFrame
) -> pd.DataFrame:
    """Lay what is shared without page furniture beside what would have been shared with it.

    Args:
        families: a `families` table of the cleaned articles.
        articles: the cleaned articles.
        families_with: a `families` table of the pages as they came.
        articles_with: the pages as they came.
    """
    clean = families.set_index("article_id")
    whole = families_with.set_index("article_id").reindex(clean.index)
    body = as_articles(articles).set_index("article_id").reindex(clean.index)
    page = as_articles(articles_with).set_index("article_id").reindex(clean.index)
    return FURNITURE_EFFECT.frame(
        pd.DataFrame(
            {
                "article_id": list(clean.index),
                "outlet": body["outlet"].to_numpy(),
                "words": body["body"].map(count_words).to_numpy(),
                "words_with": page["body"].map(count_words).to_numpy(),
                "shared_share": clean["shared_share"].to_numpy(),
                "shared_share_with": whole["shared_share"].to_numpy(),
                "family_size": clean["size"].to_numpy(),
                "family_size_with": whole["size"].to_numpy(),
            }
        )
    )


def layers(
    passages: pd.DataFrame, articles: pd.DataFrame, furniture: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Cut each page into stretches by whose words they are, in reading order.

    Furniture is counted where it stood as long as the offsets of `furniture` can be compared with one another: what was
    stripped before the first word of the body comes first, the rest last.

    Args:
        passages: a `passages` table.
        articles: the articles.
        furniture: what was stripped; None leaves it out.

    Returns:
        article_id, outlet, start, end, layer.
    """
    held: dict[tuple[str, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side in ("a", "b"):
        columns = (passages[name].tolist() for name in (side, "class", f"{side}_start", f"{side}_end"))
        for article, layer, start, end in zip(*columns, strict=True):
            starts, ends = held[article, layer]
            starts.append(start)
            ends.append(end)
    stripped: Counter[str] = Counter()
    if furniture is not None:
        for article, text in zip(furniture["article_id"], furniture["text"], strict=True):
            stripped[article] += count_words(text)
    out: list[dict[str, Any]] = []
    for row in rows(as_articles(articles)):
        article, spans = row["article_id"], words(row["body"])
        kinds = np.full(len(spans), "own", dtype=object)
        for layer in reversed(_RANK):
            if (article, layer) in held:
                kinds[_covered(spans, *held[article, layer])] = layer
        kinds[kinds == "headline"] = "formulaic"
        out.extend(_runs(article, row["outlet"], kinds, stripped[article]))
    return LAYERS.frame(out)


def _covered(spans: list[tuple[int, int]], starts: list[int], ends: list[int]) -> np.ndarray:
    at = np.array([s for s, _ in spans], dtype=np.int64)
    hit = np.zeros(len(spans), dtype=bool)
    for start, end in zip(starts, ends, strict=True):
        hit[np.searchsorted(at, start) : np.searchsorted(at, end)] = True
    return hit


def _runs(article: str, outlet: str, kinds: np.ndarray, stripped: int) -> list[dict[str, Any]]:
    edges = [0, *(np.flatnonzero(kinds[1:] != kinds[:-1]) + 1).tolist(), len(kinds)] if len(kinds) else [0, 0]
    made = [
        {"article_id": article, "outlet": outlet, "start": a, "end": b, "layer": str(kinds[a])}
        for a, b in pairwise(edges)
        if b > a
    ]
    if stripped:
        made.append(
            {
                "article_id": article,
                "outlet": outlet,
                "start": len(kinds),
                "end": len(kinds) + stripped,
                "layer": "furniture",
            }
        )
    return made
