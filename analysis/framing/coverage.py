"""Coverage: which article reports which fact, where, and what was searched for where it was not found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.articles import as_articles
from analysis.framing.claims import Aliases, Claim, Names
from analysis.framing.likeness import Wording, shared_information
from analysis.framing.nearby import nearby, printed
from analysis.framing.reports import Report, search
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
_FAINT = 0.1  # a passage that scores less is not compared further
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
    names = Names(aliases or {})
    by_event = {str(event): group for event, group in frame.groupby("event", sort=False)}
    asked: dict[str, list[int]] = defaultdict(
        list
    )  # event, or "" for all articles -> facts that are sought there
    given = facts["event"] if "event" in facts.columns else [None] * len(facts)
    for number, event in enumerate(given):
        asked[event if isinstance(event, str) else ""].append(number)
    parts = [
        _covered(facts, numbers, frame if not event else by_event.get(event, frame.head(0)), names)
        for event, numbers in asked.items()
    ]
    if len(parts) == 1:  # in order already; a large table is not copied
        return COVERAGE.frame(parts[0].drop(columns="row"))
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*COVERAGE.columns, "row"])
    found = found.sort_values("row", kind="stable", ignore_index=True).drop(columns="row")
    return COVERAGE.frame(found)


def _covered(facts: pd.DataFrame, numbers: list[int], articles: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Seek some facts in some articles, one block of articles after another: only one at a time is in memory."""
    here = facts.iloc[numbers]
    claims = [Claim(text, names) for text in here["text"].astype(str)]
    told = [dict(_tellings(listed)) for listed in here["tellings"]] if "tellings" in here.columns else []
    shelf = _Shelf(articles)
    wanted = [_Wanted(claim, shelf.common) for claim in claims]
    columns: dict[str, list[NDArray[Any]]] = {
        name: [] for name in ("status", "missing", "score", "start", "end")
    }
    for ids, texts in shelf.blocks():
        found = search(claims, texts)
        for number, known in enumerate(told):
            for text, article_id in enumerate(ids if known else ()):
                span = known.get(article_id)
                if span is not None and span[1] <= len(texts.texts[text]):
                    found.score[number, text] = max(found.score[number, text], TOLD + _BAND)
                    found.start[number, text], found.end[number, text] = span
        status = np.full(found.score.shape, "not found", dtype=object)
        missing = np.repeat(
            np.array([[w.nothing] for w in wanted], dtype=object).reshape(-1, 1), len(ids), axis=1
        )
        for cell in zip(*np.nonzero((found.start >= 0) | (found.score >= TOLD - _BAND)), strict=True):
            report = Report(*(column[cell].item() for column in found))
            status[cell], missing[cell] = wanted[cell[0]].judge(texts, cell[1], report)
        # "not found" is taken back where a sentence comes near by other measures
        open_ = status == "not found"
        for number, text, start, end in chain(
            nearby(claims, texts, shelf.common, open_), printed(claims, texts, open_)
        ):
            status[number, text], found.start[number, text], found.end[number, text] = "uncertain", start, end
        for name, column in zip(columns, (status, missing, *found), strict=True):
            columns[name].append(column)
    n = len(articles)
    return pd.DataFrame(
        {name: np.concatenate(blocks, axis=1).ravel() if blocks else [] for name, blocks in columns.items()}
        | {
            "row": np.repeat(numbers, n),
            "fact_id": np.repeat(here["fact_id"].to_numpy(dtype=object), n),
            "searched": np.repeat(np.array(["; ".join(claim.forms()) for claim in claims], dtype=object), n),
            "article_id": np.tile(articles["article_id"].to_numpy(dtype=object), len(claims)),
            "outlet": np.tile(articles["outlet"].to_numpy(dtype=object), len(claims)),
        }
    )


class _Shelf:
    """The articles in which facts are sought, so many at a time, and in how many of their sentences each word stands."""

    def __init__(self, articles: pd.DataFrame) -> None:
        self._articles = articles
        self._ready: tuple[list[str], Searchable] | None = None
        self.common: Counter[str] = Counter()
        for _, texts in self.blocks():
            self.common.update({key: len(places) for key, places in texts.places.items()})

    def blocks(self) -> Iterator[tuple[list[str], Searchable]]:
        """Give names and texts of one block after another; where there is but one, it is made once."""
        if self._ready is not None:
            yield self._ready
            return
        for low in range(0, len(self._articles), _TOGETHER):
            part = self._articles.iloc[low : low + _TOGETHER]
            block = part["article_id"].tolist(), Searchable(*part["body"])
            if len(self._articles) <= _TOGETHER:
                self._ready = block
            yield block


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
        self.nothing = ", ".join(dict.fromkeys(word for _, _, word, _ in self._content))

    def judge(self, texts: Searchable, number: int, found: Report) -> tuple[str, str]:
        """Turn a score into a status, and name what the passage lacks."""
        passage = texts.within(number, found.start, found.end)
        there = texts.keys(passage)
        lacking = [entry for entry in self._content if entry[0] not in there]
        missing = ", ".join(dict.fromkeys(word for _, _, word, _ in lacking))
        clear = found.score >= TOLD + _BAND
        if clear and sum(weight for _, weight, _, _ in lacking) <= self._mostly:
            return ("partly" if any(figure for *_, figure in lacking) else "told"), missing
        if found.score > _FAINT and self._dense(texts, passage):
            return "partly", missing
        # where the score is clear of the band, it rests on words further off
        return ("uncertain" if clear or found.score >= TOLD - _BAND else "not found"), missing

    def _dense(self, texts: Searchable, passage: tuple[int, int]) -> bool:
        """Does the passage share much information with the claim?"""
        there = texts.wording(passage, self._common)
        return shared_information(self._wording, there, _DENSE) >= _DENSE


def _tellings(listed: object) -> Iterator[tuple[str, Span]]:
    for telling in listed if isinstance(listed, list) else []:
        article_id, start, end = str(telling).rsplit(":", 2)
        yield article_id, (int(start), int(end))
