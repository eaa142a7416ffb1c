"""Coverage: which article reports which fact, where, and what was searched for where it was not found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.articles import as_articles
from analysis.framing.likeness import Wording, shared_information
from analysis.framing.nearby import nearby
from analysis.framing.reports import Aliases, Claim, Names, Report, search
from analysis.framing.searchable import Searchable
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
_TOGETHER = 200  # articles in which a fact is sought at once


def coverage(facts: pd.DataFrame, articles: pd.DataFrame, aliases: Aliases | None = None) -> pd.DataFrame:
    """Look for every fact in every article of its event.

    Args:
        facts: a table with fact_id and text, from `find_facts`, `load_claims` or a person. Where it has `event`, a fact is
            sought in that event's articles only; where it has `tellings`, these count as told.
        articles: an articles table.
        aliases: further names of persons and bodies, canonical name -> names.

    Returns:
        A `COVERAGE` table, ordered by fact and article. "told": the score is clear of the band around .5. "partly": the
        passage shares a dense part of the statement, or all of it but a figure. "uncertain": within the band, or a
        sentence comes near by the words that they share (see `analysis.framing.nearby`), and a person has to look.
        "not found": nothing of the kind under any of the forms in `searched`; that is no proof of absence.

    Raises:
        TableError: the facts lack fact_id or text.
    """
    for name in ("fact_id", "text"):
        if name not in facts.columns:
            raise TableError(f"coverage: the facts have no column {name!r}; see find_facts and load_claims.")
    frame = as_articles(articles)
    shelves = _Shelves(frame)
    outlet = dict(zip(frame["article_id"], frame["outlet"], strict=True))
    names = Names(aliases or {})
    columns: dict[str, list[Any]] = {name: [] for name in COVERAGE.columns}
    sought: dict[str | None, list[tuple[Claim, int]]] = defaultdict(
        list
    )  # with the row of the fact's first cell
    for fact in facts.to_dict("records"):
        event = fact.get("event")
        event = event if isinstance(event, str) and event else None
        claim = Claim(str(fact["text"]), names)
        told = dict(_tellings(fact.get("tellings")))
        searched = "; ".join(claim.forms())
        shelf = shelves.of(event)
        sought[event].append((claim, len(columns["status"])))
        wanted = _Wanted(claim, shelf.common)
        for ids, texts in shelf.blocks:
            for number, (article_id, found) in enumerate(zip(ids, search(claim, texts), strict=True)):
                span = told.get(article_id)
                if span is not None and span[1] <= len(texts.texts[number]):
                    found = Report(max(found.score, TOLD + _BAND), *span)
                status, missing = wanted.judge(texts, number, found)
                columns["status"].append(status)
                columns["missing"].append(missing)
                columns["score"].append(found.score)
                columns["start"].append(found.start)
                columns["end"].append(found.end)
            columns["fact_id"] += [fact["fact_id"]] * len(ids)
            columns["searched"] += [searched] * len(ids)
            columns["article_id"] += ids
            columns["outlet"] += [outlet[article_id] for article_id in ids]
    for event, claims in sought.items():
        _doubt(columns, claims, shelves.of(event))
    return COVERAGE.frame(columns)


def _doubt(columns: dict[str, list[Any]], claims: list[tuple[Claim, int]], shelf: _Shelf) -> None:
    """Take back "not found" where a sentence comes near by other measures."""
    before = 0
    for ids, texts in shelf.blocks:
        for number, text, start, end in nearby([claim for claim, _ in claims], texts, shelf.common):
            row = claims[number][1] + before + text
            if columns["status"][row] == "not found":
                columns["status"][row], columns["start"][row], columns["end"][row] = "uncertain", start, end
        before += len(ids)


class _Shelf:
    """The articles in which facts are sought, so many at a time, and in how many of their sentences each word stands."""

    def __init__(self, articles: pd.DataFrame) -> None:
        self.common: Counter[str] = Counter()
        self.blocks: list[tuple[list[str], Searchable]] = []
        for low in range(0, len(articles), _TOGETHER):
            part = articles.iloc[low : low + _TOGETHER]
            texts = Searchable(*part["body"])
            self.blocks.append((part["article_id"].tolist(), texts))
            for key, places in texts.places.items():
                self.common[key] += len(places)


class _Shelves:
    """A shelf for each event, made ready when the first fact of the event is sought."""

    def __init__(self, articles: pd.DataFrame) -> None:
        self._groups = {str(event): group for event, group in articles.groupby("event", sort=False)}
        self._articles = articles
        self._ready: dict[str | None, _Shelf] = {}

    def of(self, event: str | None) -> _Shelf:
        """The shelf of an event, or of all articles."""
        if event is None and len(self._groups) == 1:
            event = next(iter(self._groups))
        if event not in self._ready:
            nothing = self._articles.head(0)
            self._ready[event] = _Shelf(self._articles if event is None else self._groups.get(event, nothing))
        return self._ready[event]


class _Wanted:
    """A claim, ready to be compared with many passages."""

    def __init__(self, claim: Claim, common: Counter[str]) -> None:
        self._common = common
        self._wording = Wording(claim.terms, common)
        figures = {key for n in claim.figures for key in claim.units[n]}
        self._content = [
            (t.key, t.weight, claim.text[t.start : t.end], t.key in figures) for t in claim.content
        ]
        self._mostly = _MOSTLY * sum(weight for _, weight, _, _ in self._content)
        self._nothing = "not found", ", ".join(dict.fromkeys(word for _, _, word, _ in self._content))

    def judge(self, texts: Searchable, number: int, found: Report) -> tuple[str, str]:
        """Turn a score into a status, and name what the passage lacks."""
        if found.start < 0 and found.score < TOLD - _BAND:
            return self._nothing
        passage = texts.wording(texts.within(number, found.start, found.end), self._common)
        lacking = [entry for entry in self._content if entry[0] not in passage.weights]
        missing = ", ".join(dict.fromkeys(word for _, _, word, _ in lacking))
        dense = found.score > 0.1 and shared_information(self._wording, passage) >= _DENSE
        if found.score >= TOLD + _BAND and sum(weight for _, weight, _, _ in lacking) > self._mostly:
            return ("partly" if dense else "uncertain"), missing  # the score rests on words further off
        if found.score >= TOLD + _BAND:
            return ("partly" if any(figure for *_, figure in lacking) else "told"), missing
        if dense:
            return "partly", missing
        return ("uncertain" if found.score >= TOLD - _BAND else "not found"), missing


def _tellings(listed: object) -> Iterator[tuple[str, Span]]:
    for telling in listed if isinstance(listed, list) else []:
        article_id, start, end = str(telling).rsplit(":", 2)
        yield article_id, (int(start), int(end))
