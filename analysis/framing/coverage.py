"""Coverage: which article reports which fact, where, and what was searched for where it was not found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from analysis.articles import as_articles
from analysis.framing.likeness import shared_information
from analysis.framing.reports import Aliases, Claim, Report, Searchable, look_up
from analysis.schema import Schema, TableError
from analysis.text import Span

COVERAGE = Schema(
    "coverage",
    "One row a fact and article of its event: does the article report the fact, and where?",
    {
        "fact_id": ("str", "the fact"),
        "article_id": ("str", "the article"),
        "outlet": ("str", "its outlet"),
        "status": ("str", "told, partly, uncertain or not found"),
        "score": ("float", "how far it is told, in [0, 1]; at least .5 speaks for told"),
        "start": ("int", "offset of the passage that comes nearest in the body, -1 where nothing does"),
        "end": ("int", "offset behind it, -1 where nothing does"),
        "searched": ("str", "the words that were looked for, with the other forms that count, for a reader"),
        "missing": ("str", "the words of the fact that the passage does not have"),
    },
    key=("fact_id", "article_id"),
)

TOLD = 0.5
_BAND = 0.1  # so near to TOLD, a person has to look: as many are told as not (REALSumm)
_MOSTLY = 0.55  # a passage that lacks so much of the content's weight does not tell it by itself
_DENSE = 0.65  # information shared by a passage and a statement of which it tells a part


def coverage(facts: pd.DataFrame, articles: pd.DataFrame, aliases: Aliases | None = None) -> pd.DataFrame:
    """Look for every fact in every article of its event.

    Args:
        facts: a table with fact_id and text, from `find_facts`, `load_claims` or a person. Where it has `event`, a fact is
            sought in that event's articles only; where it has `tellings`, these count as told.
        articles: an articles table.
        aliases: further names of persons and bodies, canonical name -> names.

    Returns:
        A `COVERAGE` table, ordered by fact and article. "told": the score is clear of the band around .5. "partly": the
        passage shares a dense part of the statement, or all of it but a figure. "uncertain": within the band.
        "not found": nothing of the kind under any of the forms in `searched`; that is no proof of absence.

    Raises:
        TableError: the facts lack fact_id or text.
    """
    for name in ("fact_id", "text"):
        if name not in facts.columns:
            raise TableError(f"coverage: the facts have no column {name!r}; see find_facts and load_claims.")
    frame = as_articles(articles)
    ready = {a: Searchable(b) for a, b in zip(frame["article_id"], frame["body"], strict=True)}
    outlet = dict(zip(frame["article_id"], frame["outlet"], strict=True))
    groups = {str(event): list(group["article_id"]) for event, group in frame.groupby("event", sort=False)}
    stands_in = {event: _spread(ready[a] for a in ids) for event, ids in groups.items()}
    everywhere = _spread(iter(ready.values()))
    rows: list[dict[str, object]] = []
    for fact in facts.to_dict("records"):
        event = fact.get("event")
        event = event if isinstance(event, str) and event else None
        claim = Claim(str(fact["text"]), aliases)
        told = dict(_tellings(fact.get("tellings")))
        searched = "; ".join(claim.forms())
        common = everywhere if event is None else stands_in.get(event, everywhere)
        for article_id in list(ready) if event is None else groups.get(event, []):
            where = ready[article_id]
            found = look_up(claim, where)
            span = told.get(article_id)
            if span is not None and span[1] <= len(where.text):
                found = Report(max(found.score, TOLD + _BAND), *span)
            status, missing = _judge(claim, where, found, common)
            rows.append(
                {
                    "fact_id": fact["fact_id"],
                    "article_id": article_id,
                    "outlet": outlet[article_id],
                    "status": status,
                    "score": found.score,
                    "start": found.start,
                    "end": found.end,
                    "searched": searched,
                    "missing": missing,
                }
            )
    return COVERAGE.frame(rows)


def _judge(claim: Claim, where: Searchable, found: Report, common: Counter[str]) -> tuple[str, str]:
    """Turn a score into a status, and name what the passage lacks."""
    passage = where.within(found.start, found.end)
    keys = {term.key for term in passage}
    lacking = [t for t in claim.content if t.key not in keys]
    missing = ", ".join(dict.fromkeys(claim.text[t.start : t.end] for t in lacking))
    dense = found.score > 0.1 and shared_information(claim.terms, passage, common) >= _DENSE
    if found.score >= TOLD + _BAND and sum(t.weight for t in lacking) > _MOSTLY * sum(
        t.weight for t in claim.content
    ):
        return ("partly" if dense else "uncertain"), missing  # the score rests on words further off
    if found.score >= TOLD + _BAND:
        figures = {key for n in claim.figures for key in claim.units[n]}
        return ("partly" if any(t.key in figures for t in lacking) else "told"), missing
    if dense:
        return "partly", missing
    return ("uncertain" if found.score >= TOLD - _BAND else "not found"), missing


def _tellings(listed: object) -> Iterator[tuple[str, Span]]:
    for telling in listed if isinstance(listed, list) else []:
        article_id, start, end = str(telling).rsplit(":", 2)
        yield article_id, (int(start), int(end))


def _spread(texts: Iterator[Searchable]) -> Counter[str]:
    """Count in how many sentences each key stands."""
    out: Counter[str] = Counter()
    for text in texts:
        for key, places in text.places.items():
            out[key] += len(places)
    return out
