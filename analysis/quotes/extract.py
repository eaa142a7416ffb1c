"""Quotations: the runs between marks, and whom the article gives them to."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.articles import as_articles
from analysis.quotes.attribute import Attribution, Place, attribute
from analysis.quotes.frames import PUNCT
from analysis.quotes.marks import Run, find_runs
from analysis.quotes.tables import QUOTATIONS
from analysis.quotes.terms import why_term
from analysis.text import paragraphs, words


def extract_quotations(articles: pd.DataFrame) -> pd.DataFrame:
    """Find every run between quotation marks, its kind and its printed speaker."""
    rows: list[dict[str, Any]] = []
    for article_id, body in as_articles(articles)[["article_id", "body"]].itertuples(index=False):
        rows.extend(_quotations(article_id, body))
    return QUOTATIONS.frame(rows)


def _quotations(article_id: str, body: str) -> list[dict[str, Any]]:
    spans = paragraphs(body)
    runs = find_runs(body, spans)
    given, places = attribute(body, spans, runs)
    rows: list[dict[str, Any]] = []
    for rank, run in enumerate(runs):
        name = f"{article_id}:q{rank + 1}"
        kind, reason = _kind(body, run, given[rank], places[rank])
        found = given[rank] if kind not in ("term", "nested") else Attribution()
        rows.append(
            {
                "quotation_id": name, "article_id": article_id, "start": run.start, "end": run.end,
                "text": body[run.start : run.end], "kind": kind,
                "speaker_mention": body[found.mention[0] : found.mention[1]] if found.mention else None,
                "speaker_start": found.mention[0] if found.mention else None,
                "speaker_end": found.mention[1] if found.mention else None,
                "cue": body[found.cue[0] : found.cue[1]] if found.cue else None,
                "cue_start": found.cue[0] if found.cue else None,
                "cue_end": found.cue[1] if found.cue else None,
                "attribution": found.how, "flags": ",".join(run.flags), "reason": reason,
                "chain": name, "paragraph": run.paragraph,
            }
        )  # fmt: skip
    return rows


def _kind(body: str, run: Run, given: Attribution, place: Place | None) -> tuple[str, str | None]:
    if run.parent >= 0 or place is None:
        return "nested", None
    n = len(words(body, run.start, min(run.end, run.start + 400)))
    reason = why_term(body, run, given, place, n)
    if reason is not None:
        return "term", reason
    before = place.tokens[place.i - 1] if place.i > place.low else None
    whole = body[run.start].isupper() and (before is None or before.kind == PUNCT or before.low == "that")
    if whole or given.how in ("chained", "floating", "following", "continued"):
        return "direct", None
    return ("fragment" if n <= 4 else "mixed"), None
