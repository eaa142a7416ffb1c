"""Read articles, repair and clean them, keep the way back to the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.articles import from_mappings


def articles_from_texts(
    texts: Mapping[str, str],
    outlet: Mapping[str, Any] | None = None,
    title: Mapping[str, Any] | None = None,
    date: Mapping[str, Any] | None = None,
    event: Mapping[str, Any] | None = None,
    language: Mapping[str, Any] | None = None,
    clean: bool = False,
) -> pd.DataFrame:
    """Make an `articles` table from plain strings by id; with `clean=False` a body is its text to the character."""
    columns = {"outlet": outlet, "title": title, "date": date, "event": event, "language": language}
    return from_mappings(texts, columns)
