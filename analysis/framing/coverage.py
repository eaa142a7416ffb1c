"""Coverage: which article reports which fact, where, and what was searched for where it was not found."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.articles import as_articles
from analysis.framing.reports import Report, Searchable, look_up
from analysis.framing.terms import Term, terms
from analysis.schema import Schema

COVERAGE = Schema(
    "coverage",
    "One row a fact and article of its event: does the article report the fact, and where?",
    {
        "fact_id": ("str", "the fact"),
        "article_id": ("str", "the article"),
        "outlet": ("str", "its outlet"),
        "status": ("str", "told, partly, uncertain or not found"),
        "score": ("float", "how far it is told, in [0, 1]"),
        "start": ("int", "offset of the passage that comes nearest in the body, -1 where nothing does"),
        "end": ("int", "offset behind it, -1 where nothing does"),
        "searched": ("str", "the forms of words that were looked for"),
    },
    key=("fact_id", "article_id"),
)

TOLD = 0.5
_BAND = 0.1  # within so much of TOLD a person has to look


def coverage(
    facts: pd.DataFrame, articles: pd.DataFrame, aliases: Mapping[str, list[str]] | None = None
) -> pd.DataFrame:
    """Look for every fact in every article of its event.

    Args:
        facts: a table with fact_id and text; event, where given, limits the articles that are searched.
        articles: an articles table.
        aliases: further names of persons and bodies, canonical name -> names.

    Returns:
        A `COVERAGE` table, ordered by fact and article.
    """
    frame = as_articles(articles)
    rows: list[dict[str, object]] = []
    events = facts["event"].fillna("") if "event" in facts.columns else None
    ready = {a: Searchable(b) for a, b in zip(frame["article_id"], frame["body"], strict=True)}
    for number, (fact_id, text) in enumerate(zip(facts["fact_id"], facts["text"], strict=True)):
        claim = terms(str(text))
        event = None if events is None else events.iloc[number]
        among = frame if event in (None, "") else frame[frame["event"] == event]
        tried = _searched(claim)
        for article_id, outlet in zip(among["article_id"], among["outlet"], strict=True):
            found = look_up(claim, ready[article_id])
            rows.append(
                {
                    "fact_id": fact_id,
                    "article_id": article_id,
                    "outlet": outlet,
                    "status": _status(found),
                    "score": found.score,
                    "start": found.start,
                    "end": found.end,
                    "searched": tried,
                }
            )
    return COVERAGE.frame(rows)


def _status(found: Report) -> str:
    if found.score >= TOLD + _BAND:
        return "told"
    if found.score >= TOLD:
        return "partly"
    return "uncertain" if found.score >= TOLD - _BAND else "not found"


def _searched(claim: list[Term]) -> str:
    return ", ".join(dict.fromkeys(term.key for term in claim))
