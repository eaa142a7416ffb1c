"""Read articles, repair and clean them, keep the way back to the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.articles import as_articles, from_mappings
from analysis.corpus.check import check_corpus
from analysis.corpus.errors import PROBLEMS, CorpusError
from analysis.corpus.files import Limits
from analysis.corpus.furniture import FURNITURE, clean_text
from analysis.corpus.load import load_corpus, removed_rows
from analysis.corpus.model import Corpus
from analysis.corpus.repair import repair

__all__ = [
    "FURNITURE",
    "PROBLEMS",
    "Corpus",
    "CorpusError",
    "Limits",
    "articles_from_texts",
    "check_corpus",
    "clean_articles",
    "load_corpus",
]


def articles_from_texts(
    texts: Mapping[str, str],
    outlet: Mapping[str, Any] | None = None,
    title: Mapping[str, Any] | None = None,
    date: Mapping[str, Any] | None = None,
    event: Mapping[str, Any] | None = None,
    language: Mapping[str, Any] | None = None,
    clean: bool = False,
) -> pd.DataFrame:
    """Make an `articles` table from plain strings by id.

    Args:
        texts: text by id; ids come back as given.
        outlet: outlet by id; an article without one gets its id.
        title: headline by id.
        date: day by id.
        event: event by id; without it all articles are one event.
        language: ISO 639-1 code by id; English without it.
        clean: repair the texts and take page furniture out. With False a body is its text to the character. To keep
            the way back to the text as it came, use `load_corpus`.

    Returns:
        The table `analysis.articles.ARTICLES`.

    Raises:
        TableError: a column names an id that has no text.
    """
    titles = dict(title or {})
    if clean:
        cleaned = {key: clean_text(repair(text)[0], titles.get(key)) for key, text in texts.items()}
        titles |= {key: page.title for key, page in cleaned.items() if page.title and not titles.get(key)}
        texts = {key: page.body for key, page in cleaned.items()}
    columns = {"outlet": outlet, "title": titles, "date": date, "event": event, "language": language}
    return from_mappings(texts, columns)


def clean_articles(articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Repair and clean a table of articles as `load_corpus` does: per article, so any subset of rows gives the same.

    Args:
        articles: needs article_id and body; a missing title is filled from the headline, a missing date from a
            scraper's header.

    Returns:
        (articles, furniture, problems): offsets in `furniture` count characters of the body as it was given.

    Raises:
        TableError: a needed column is missing.
    """
    cleaned = as_articles(articles).copy()
    removed: list[dict[str, Any]] = []
    said: list[dict[str, Any]] = []
    bodies, titles, dates = [], [], []
    for article_id, body, title, date in zip(
        cleaned["article_id"], cleaned["body"], cleaned["title"], cleaned["date"], strict=True
    ):
        known = title if isinstance(title, str) and title else None
        text, maps, problems = repair(body)
        page = clean_text(text, known)
        bodies.append(page.body)
        titles.append(known or page.title)
        dates.append(date if isinstance(date, str) and date else page.date)
        removed += removed_rows(article_id, text, page, maps)
        said += [{**vars(problem), "article_id": article_id} for problem in problems]
    cleaned["body"], cleaned["title"], cleaned["date"] = bodies, titles, dates
    return as_articles(cleaned), FURNITURE.frame(removed), PROBLEMS.frame(said)
