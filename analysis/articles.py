"""The table that everything starts from: one row an article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.schema import Schema, TableError

ARTICLES = Schema(
    "articles",
    "One row an article: who published it, when, and the text that is analysed.",
    {
        "article_id": ("str", "name of the article, unique in the corpus"),
        "outlet": ("str", "who published it, as shown to readers"),
        "title": ("str", "headline, or missing where the source shows none"),
        "date": ("str", "day of publication, ISO 8601, or missing"),
        "language": ("str", "ISO 639-1 code"),
        "body": ("str", "the text that is analysed; every offset in every table counts characters of it"),
        "source": ("str", "the file it came from, relative to the corpus, or missing"),
        "event": ("str", "what it is about; comparisons stay inside one event"),
    },
    key=("article_id",),
)


def as_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """Return a full `articles` table from what a caller has.

    Args:
        articles: needs article_id (or id) and body (or text); outlet falls back to the id, event to "", language to
            "en". Further columns are kept.

    Raises:
        TableError: a needed column is missing or an id stands twice.
    """
    if not isinstance(articles, pd.DataFrame):
        raise TableError(
            f"table 'articles': expected a DataFrame, found {type(articles).__name__}; see articles_from_texts."
        )
    frame = articles
    for name, other in (("article_id", "id"), ("body", "text")):
        if name not in frame.columns and other in frame.columns:
            frame = frame.rename(columns={other: name})
    ARTICLES.check(frame, columns=("article_id", "body"))
    frame = ARTICLES.frame(frame)
    doubled = frame.loc[frame["article_id"].duplicated(), "article_id"]
    if len(doubled):
        raise TableError(
            f"table 'articles': the id {doubled.iloc[0]!r} stands on more than one row; ids must be unique."
        )
    blanks: dict[str, Any] = {"body": "", "outlet": frame["article_id"], "event": "", "language": "en"}
    for name, blank in blanks.items():
        if frame[name].hasnans:
            frame[name] = frame[name].fillna(blank)
    return frame


def from_mappings(texts: Mapping[str, str], columns: Mapping[str, Mapping[str, Any] | None]) -> pd.DataFrame:
    """Make an `articles` table from texts by id, with further columns given as mappings by id.

    Raises:
        TableError: a column names an id that has no text.
    """
    for name, values in columns.items():
        unknown = [key for key in values or () if key not in texts]
        if unknown:
            raise TableError(
                f"{name}: {unknown[0]!r} has no text; ids are {', '.join(map(repr, list(texts)[:5]))}."
            )
    rows = [
        {
            "article_id": _printable(key),
            "body": _printable(text),
            **{name: _printable(values[key]) for name, values in columns.items() if values and key in values},
        }
        for key, text in texts.items()
    ]
    return as_articles(pd.DataFrame(rows, columns=None if rows else ["article_id", "body"]))


_LONE = re.compile("[\ud800-\udfff]")


def _printable(value: Any) -> Any:
    """Put U+FFFD for half a surrogate pair, which no table can hold; offsets stay."""
    return _LONE.sub("\ufffd", value) if isinstance(value, str) and not value.isascii() else value
