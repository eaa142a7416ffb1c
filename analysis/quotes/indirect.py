"""Reported statements without quotation marks."""

from __future__ import annotations

import pandas as pd

from analysis.articles import as_articles
from analysis.quotes.tables import STATEMENTS


def indirect_speech(articles: pd.DataFrame) -> pd.DataFrame:
    """Find reported statements without marks."""
    as_articles(articles)
    return STATEMENTS.frame([])
