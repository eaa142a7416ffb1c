"""Quotations: the runs between marks, and whom the article gives them to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from analysis.articles import as_articles
from analysis.quotes.attribute import Frame, Place, attribute
from analysis.quotes.frames import PUNCT
from analysis.quotes.marks import Run, count_inside, find_runs
from analysis.quotes.sentence import Attribution
from analysis.quotes.tables import QUOTATIONS
from analysis.quotes.terms import why_term
from analysis.text import Span, paragraphs

_INHERITED = frozenset(("chained", "floating", "following", "continued", "reported"))
_SAME_SPEECH = frozenset(("chained", "floating", "continued"))


@dataclass(slots=True)
class Reading:
    """One article read: its paragraphs, runs between marks, what each of them is, and the tokens around them."""

    spans: list[Span]
    runs: list[Run]
    given: list[Attribution]
    places: list[Place | None]
    frames: dict[int, Frame]
    kinds: list[str]
    reasons: list[str | None]


def extract_quotations(articles: pd.DataFrame) -> pd.DataFrame:
    """Find every run between quotation marks, its kind and whom the article gives it to.

    Marks are paired inside a paragraph (`analysis.quotes.marks`); a run is given to the noun phrase beside the verb of
    saying that governs it, to the voice of its paragraph, or to the voice before it (`analysis.quotes.attribute`); names,
    titles and scare quotes are kept apart as terms (`analysis.quotes.terms`). The pattern grammar extends those of textacy
    (after Muzny et al. 2017, "A two-stage sieve approach for quote attribution") and of the Gender Gap Tracker (Asr et al.
    2021) to appositives, split and many-paragraph quotations, documents and noun cues.

    Args:
        articles: article_id and body (or id and text); any rows, each read by itself.

    Returns:
        One row a run, in the order of the articles and of the text: see `QUOTATIONS`. Offsets count characters of `body`.
        Runs of kind "term" and "nested" quote nobody on their own.
    """
    rows: list[dict[str, Any]] = []
    for article_id, body in as_articles(articles)[["article_id", "body"]].itertuples(index=False):
        rows.extend(_rows(article_id, body, read(body)))
    return QUOTATIONS.frame(rows)


@lru_cache(maxsize=512)
def read(body: str) -> Reading:
    """Find the runs of a text, whom they are given to and what they are; kept, for reported statements need it again."""
    spans = paragraphs(body)
    runs = find_runs(body, spans)
    given, places, frames = attribute(body, spans, runs)
    kinds: list[str] = []
    reasons: list[str | None] = []
    singles = _quotes_in_singles(runs, given)
    for run, found, place in zip(runs, given, places, strict=True):
        kind, reason = _kind(body, run, found, place, singles)
        kinds.append(kind)
        reasons.append(reason)
    return Reading(spans, runs, given, places, frames, kinds, reasons)


def _quotes_in_singles(runs: list[Run], given: list[Attribution]) -> bool:
    """Say whether single marks are the text's own style: no double ones outside them, and a verb of saying beside some."""
    outer = [(run, found) for run, found in zip(runs, given, strict=True) if run.parent < 0]
    if any(not run.single for run, _ in outer):
        return False
    return any(found.near and found.strong and run.end - run.start > 20 for run, found in outer)


def _rows(article_id: str, body: str, reading: Reading) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    chain, awaited = "", False
    alone = {run.paragraph: reading.spans[run.paragraph][0] == run.outer[0] for run in reversed(reading.runs)}
    for rank, run in enumerate(reading.runs):
        name = f"{article_id}:q{rank + 1}"
        kind = reading.kinds[rank]
        quoted = kind not in ("term", "nested")
        found = reading.given[rank] if quoted else Attribution()
        flags = list(run.flags)
        if quoted:
            if not chain or not (found.how in _SAME_SPEECH or awaited):
                chain = name
            awaited = found.how == "following"  # the next run, whose tag it waits for, is of the same speech
            if "transcript" in flags:
                found.how = "transcript"
            if found.how in ("floating", "colon") or (found.how == "reported" and alone[run.paragraph]):
                flags.append("floating")
            if found.how == "continued":
                flags.append("reopened")
            elif found.how == "chained":
                flags.append("split")
        out.append(
            {
                "quotation_id": name, "article_id": article_id, "start": run.start, "end": run.end,
                "text": body[run.start : run.end], "kind": kind,
                **_place("speaker_mention", "speaker_start", "speaker_end", body, found.mention),
                **_place("cue", "cue_start", "cue_end", body, found.cue),
                "attribution": found.how, "flags": ",".join(dict.fromkeys(flags)), "reason": reading.reasons[rank],
                "chain": chain if quoted else name, "paragraph": run.paragraph,
            }
        )  # fmt: skip
    return out


def _place(text: str, start: str, end: str, body: str, span: Span | None) -> dict[str, Any]:
    if span is None:
        return {text: None, start: None, end: None}
    return {text: body[span[0] : span[1]], start: span[0], end: span[1]}


def _kind(
    body: str, run: Run, given: Attribution, place: Place | None, singles: bool
) -> tuple[str, str | None]:
    if run.parent >= 0 or place is None:
        return "nested", None
    n = count_inside(body, run)
    reason = why_term(body, run, given, place, n, singles)
    if reason is not None:
        return "term", reason
    before = place.tokens[place.i - 1] if place.i > place.low else None
    if "transcript" in run.flags:
        return "direct", None
    whole = body[run.start].isupper() and (before is None or before.kind == PUNCT or before.low == "that")
    if whole or given.how in _INHERITED:
        return "direct", None
    return ("fragment" if n <= 4 else "mixed"), None
