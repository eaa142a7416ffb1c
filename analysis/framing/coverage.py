"""Coverage: which article reports which fact, where, and what was searched for where it was not found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.articles import as_articles
from analysis.framing.claims import Aliases, Claim, Names
from analysis.framing.likeness import Wording, most_shared, shared_information
from analysis.framing.nearby import nearby, printed
from analysis.framing.reports import search
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


def coverage(
    facts: pd.DataFrame, articles: pd.DataFrame, aliases: Aliases | pd.DataFrame | None = None
) -> pd.DataFrame:
    """Look for every fact in every article of its event.

    Args:
        facts: a table with fact_id and text, from `find_facts`, `load_claims` or a person. Where it has `event`, a fact is
            sought in that event's articles only; where it has `tellings`, these count as told.
        articles: an articles table.
        aliases: further names of persons and bodies: canonical name -> names, or a table with event, canonical and alias,
            as `role_table` makes it, whose names hold in their event only.

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
    names = _names(aliases)
    by_event = frame.groupby("event", sort=False).indices
    asked: dict[str, list[int]] = defaultdict(
        list
    )  # event, or "" for all articles -> facts that are sought there
    given = facts["event"] if "event" in facts.columns else [None] * len(facts)
    for number, event in enumerate(given):
        asked[event if isinstance(event, str) else ""].append(number)
    texts = facts["text"].astype(str).tolist()
    tellings = facts["tellings"].tolist() if "tellings" in facts.columns else [None] * len(facts)
    searched = [""] * len(facts)
    ids, bodies = frame["article_id"].tolist(), frame["body"].tolist()
    columns: dict[str, list[NDArray[Any]]] = defaultdict(list)
    for event, numbers in asked.items():
        places = by_event.get(event, np.empty(0, dtype=np.intp)) if event else np.arange(len(frame))
        known = names(event)
        claims = [Claim(texts[n], known) for n in numbers]
        told = [dict(_tellings(tellings[n])) for n in numbers]
        for n, claim in zip(numbers, claims, strict=True):
            searched[n] = "; ".join(claim.forms())
        shelf = _Shelf([ids[k] for k in places], [bodies[k] for k in places])
        for name, values in _covered(claims, told, shelf).items():
            columns[name].append(values)
        columns["fact"].append(np.repeat(np.array(numbers, dtype=np.intp), len(places)))
        columns["article"].append(np.tile(places, len(numbers)))
    if not columns:
        return COVERAGE.frame([])
    if len(asked) == 1:  # in order already; a large table is not copied
        whole = {name: parts[0] for name, parts in columns.items()}
    else:
        whole = {name: np.concatenate(parts) for name, parts in columns.items()}
        order = np.argsort(whole["fact"], kind="stable")
        whole = {name: values[order] for name, values in whole.items()}
    fact, article = whole.pop("fact"), whole.pop("article")
    # texts that stand in many rows are copied as they are, not made into objects of their own
    repeated: dict[str, Any] = {
        "fact_id": facts["fact_id"].astype("str").array.take(fact),
        "searched": pd.array(searched, dtype="str").take(fact),
        "article_id": frame["article_id"].array.take(article),
        "outlet": frame["outlet"].array.take(article),
    }
    return COVERAGE.frame(pd.DataFrame({**repeated, **whole}))


def _names(aliases: Aliases | pd.DataFrame | None) -> Callable[[str], Names]:
    """A function from the event to the names that hold in it."""
    if not isinstance(aliases, pd.DataFrame):
        everywhere = Names(aliases or {})
        return lambda event: everywhere
    of_event: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for event, canonical, alias in zip(
        *(aliases[name].tolist() for name in ("event", "canonical", "alias")), strict=True
    ):
        of_event[event][canonical].append(alias)
    return lambda event: Names({name: of_event[event][name] for name in sorted(of_event[event])})


def _covered(claims: list[Claim], told: list[dict[str, Span]], shelf: _Shelf) -> dict[str, NDArray[Any]]:
    """Seek some facts in some articles, one block of articles after another: only one at a time is in memory."""
    wanted = [_Wanted(claim, shelf.common) for claim in claims]
    columns: dict[str, list[NDArray[Any]]] = {
        name: [] for name in ("status", "missing", "score", "start", "end")
    }
    for ids, texts in shelf.blocks():
        found = search(claims, texts)
        place = {article_id: number for number, article_id in enumerate(ids)}
        for number, known in enumerate(told):
            for article_id in known.keys() & place.keys():
                text, span = place[article_id], known[article_id]
                if span[1] <= len(texts.texts[text]):
                    cell = number, text
                    found.score[cell] = max(found.score[cell], TOLD + _BAND)
                    found.start[cell], found.end[cell] = span
                    found.first[cell], found.behind[cell] = texts.within(text, *span)
        status = np.full(found.score.shape, "not found", dtype=object)
        missing = np.repeat(
            np.array([[w.nothing] for w in wanted], dtype=object).reshape(-1, 1), len(ids), axis=1
        )
        cells = np.nonzero((found.start >= 0) | (found.score >= TOLD - _BAND))
        judged = [
            wanted[number].judge(texts, (first, behind), score)
            for number, score, first, behind in zip(
                cells[0].tolist(),
                *(column[cells].tolist() for column in (found.score, found.first, found.behind)),
                strict=True,
            )
        ]
        if judged:
            status[cells], missing[cells] = zip(*judged, strict=True)
        # "not found" is taken back where a sentence comes near by other measures
        open_ = status == "not found"
        for number, text, start, end in chain(
            nearby(claims, texts, shelf.common, open_), printed(claims, texts, open_)
        ):
            status[number, text], found.start[number, text], found.end[number, text] = "uncertain", start, end
        for name, column in zip(columns, (status, missing, *found[:3]), strict=True):
            columns[name].append(column)
    return {
        name: np.concatenate(blocks, axis=1).ravel() if blocks else np.array([])
        for name, blocks in columns.items()
    }


class _Shelf:
    """The articles in which facts are sought, so many at a time, and in how many of their sentences each word stands."""

    def __init__(self, ids: list[str], bodies: list[str]) -> None:
        self._ids, self._bodies = ids, bodies
        self._ready: tuple[list[str], Searchable] | None = None
        self.common: Counter[str] = Counter()
        for _, texts in self.blocks():
            self.common.update({key: len(places) for key, places in texts.places.items()})

    def blocks(self) -> Iterator[tuple[list[str], Searchable]]:
        """Give names and texts of one block after another; where there is but one, it is made once."""
        if self._ready is not None:
            yield self._ready
            return
        for low in range(0, len(self._ids), _TOGETHER):
            here = slice(low, low + _TOGETHER)
            block = self._ids[here], Searchable(*self._bodies[here])
            if len(self._ids) <= _TOGETHER:
                self._ready = block
            yield block


class _Wanted:
    """A claim, ready to be compared with many passages."""

    def __init__(self, claim: Claim, common: Counter[str]) -> None:
        self._claim = claim
        self._common = common
        self._wording: Wording | None = None
        figures = {key for n in claim.figures for key in claim.units[n]}
        self._content = [
            (t.key, t.weight, claim.text[t.start : t.end], t.key in figures) for t in claim.content
        ]
        self._mostly = _MOSTLY * sum(weight for _, weight, _, _ in self._content)
        self.nothing = ", ".join(dict.fromkeys(word for _, _, word, _ in self._content))

    def judge(self, texts: Searchable, passage: tuple[int, int], score: float) -> tuple[str, str]:
        """Turn the score of a passage into a status, and name what it lacks."""
        there = texts.keys(passage)
        lacking = [entry for entry in self._content if entry[0] not in there]
        missing = ", ".join(dict.fromkeys([word for _, _, word, _ in lacking]))
        clear = score >= TOLD + _BAND
        if clear and sum(weight for _, weight, _, _ in lacking) <= self._mostly:
            return ("partly" if any(figure for *_, figure in lacking) else "told"), missing
        if score > _FAINT and self._dense(texts, passage, there):
            return "partly", missing
        # where the score is clear of the band, it rests on words further off
        return ("uncertain" if clear or score >= TOLD - _BAND else "not found"), missing

    def _dense(self, texts: Searchable, passage: tuple[int, int], keys: frozenset[str]) -> bool:
        """Does the passage share much information with the claim?"""
        if self._wording is None:
            self._wording = Wording(self._claim.terms, self._common)
        if most_shared(self._wording, keys) < _DENSE:
            return False
        return shared_information(self._wording, texts.wording(passage, self._common)) >= _DENSE


def _tellings(listed: object) -> Iterator[tuple[str, Span]]:
    for telling in listed if isinstance(listed, list) else []:
        article_id, start, end = str(telling).rsplit(":", 2)
        yield article_id, (int(start), int(end))
