"""Read articles, repair and clean them, keep the way back to the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.articles import from_mappings
from analysis.corpus.errors import PROBLEMS, CorpusError
from analysis.corpus.files import Limits
from analysis.corpus.furniture import FURNITURE, clean_text
from analysis.corpus.load import load_corpus
from analysis.corpus.model import Corpus
from analysis.corpus.repair import repair

__all__ = ["FURNITURE", "PROBLEMS", "Corpus", "CorpusError", "Limits", "articles_from_texts", "load_corpus"]


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
