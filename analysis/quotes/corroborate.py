"""The corroboration ledger: for every utterance and article, is it there, and in what form?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import pandas as pd

from analysis.articles import as_articles
from analysis.naming import conflicting, named_in_paragraph, sure_speaker
from analysis.quotes.tables import records
from analysis.quotes.utterances import UTTERANCES
from analysis.schema import Schema
from analysis.text import sentences
from analysis.worddiff import Token, tokens
from analysis.wordsearch import Page, Pair, content_pairs, find, in_marks, index_page

CORROBORATION = Schema(
    "corroboration",
    "One row for an utterance and an article of the same event: is it there, and in what form.",
    {
        "utterance_id": ("str", "the utterance"),
        "article_id": ("str", "the article"),
        "outlet": ("str", "who published it"),
        "status": (
            "str",
            "in marks: verbatim, trimmed, spliced, overlap, fragment, reworded; unquoted: the words are there without "
            "marks; absent: not found in this article",
        ),
        "start": ("int?", "where the evidence begins in the body; missing when absent"),
        "end": ("int?", "where it ends"),
        "text": ("str", "the evidence as printed; missing when absent"),
        "score": ("float", "how close the evidence is to the fullest version; 0 when absent"),
        "quotation_id": ("str", "the quotation that reports it; missing unless in marks"),
        "speaker": ("str", "who said it, by this article; missing if unknown"),
        "speaker_conflict": ("bool", "articles surely name different speakers for the utterance"),
        "witnesses": ("int", "independent families of articles that have the utterance in marks"),
        "event": ("str", "the event"),
    },
    key=("utterance_id", "article_id"),
)

# A passage inside a quotation that was judged different counts only when it has this share of the words.
_ALL = 0.95
# Of an event with more cells (utterances times articles) than this, only those are listed where something was found.
_CELLS = 200_000
# Fewer words than this are not a statement that anybody could be given; more reports than this are not all compared.
_GIVEN = 5
_COMPARED = 20
_RANK = ("verbatim", "trimmed", "spliced", "overlap", "reworded", "fragment")


class _Article(NamedTuple):
    article_id: str
    outlet: str
    page: Page


def corroboration(
    utterances: pd.DataFrame, articles: pd.DataFrame, families: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Say for every utterance and article of its event whether and how the article has it.

    "Absent" says that the words were not found in this article, never that nobody said them.

    Args:
        utterances: from `align_quotations`.
        articles: the articles.
        families: from `analysis.passages.families`: articles that depend on one another count as one witness. Without
            it every article is its own family.

    Returns:
        CORROBORATION, utterances in order and articles in order. An event of more than 200,000 cells (utterances times
        articles) lists those only where something was found: what is not listed is absent.

    Raises:
        TableError: a needed column is missing.
    """
    UTTERANCES.check(
        utterances, columns=("utterance_id", "quotation_id", "article_id", "start", "end", "text")
    )
    table = as_articles(articles)
    family = dict(zip(table["article_id"].tolist(), table["article_id"].tolist(), strict=True))
    if families is not None and len(families):
        family.update(zip(families["article_id"].tolist(), families["family_id"].tolist(), strict=True))
    event_of = dict(zip(table["article_id"].tolist(), table["event"].tolist(), strict=True))
    said: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for row in records(UTTERANCES.frame(utterances)):
        if row["article_id"] in event_of:
            said[event_of[row["article_id"]]][row["utterance_id"]].append(row)
    bodies: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for article_id, outlet, body, event in zip(
        *(table[name].tolist() for name in ("article_id", "outlet", "body", "event")), strict=True
    ):
        bodies[event].append((article_id, outlet, body))
    rows: list[dict[str, Any]] = []
    for event, reported in said.items():
        rows += _ledger(reported, bodies[event], family, event)
    return CORROBORATION.frame(rows)


def _ledger(
    reported: Mapping[str, list[dict[str, Any]]],
    bodies: Sequence[tuple[str, str, str]],
    family: Mapping[str, str],
    event: str,
) -> Iterator[dict[str, Any]]:
    quoted: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for rows in reported.values():
        for row in rows:
            quoted[row["article_id"]].append(row)
    versions = {key: _parts(max((row["text"] for row in rows), key=len)) for key, rows in reported.items()}
    wanted = {pair for parts in versions.values() for pair, _ in content_pairs(parts[0])}
    articles = [_Article(name, outlet, index_page(body, wanted)) for name, outlet, body in bodies]
    holders: dict[Pair, list[int]] = defaultdict(list)
    for n, article in enumerate(articles):
        for pair in article.page.places:
            holders[pair].append(n)
    pages = {name: body for name, _, body in bodies}
    every = len(reported) * len(articles) <= _CELLS
    for key, rows in reported.items():
        best = {row["article_id"]: row for row in sorted(rows, key=_rank, reverse=True)}
        common = {
            "utterance_id": key,
            "status": "absent",
            "score": 0.0,
            "speaker_conflict": _disputed(best, pages),
            "witnesses": len({family[name] for name in best}),
            "event": event,
        }
        near = {n for pair, _ in content_pairs(versions[key][0]) for n in holders.get(pair, ())}
        for n, article in enumerate(articles):
            found: dict[str, Any] = {}
            if article.article_id in best:
                found = _in_marks(best[article.article_id], article.page.body)
            elif n in near:
                found = _without_marks(versions[key], article.page, quoted[article.article_id])
            if found or every:
                yield common | {"article_id": article.article_id, "outlet": article.outlet} | found


def _disputed(best: Mapping[str, Mapping[str, Any]], bodies: Mapping[str, str]) -> bool:
    """Do two articles give the same words to people who are surely not the same?"""
    said = [
        row
        for row in best.values()
        if isinstance(row["speaker"], str)
        and sure_speaker(row["speaker"], row["confidence"])
        and row["relation"] not in ("overlap", "reworded")
        and len(tokens(row["text"])) >= _GIVEN
    ]
    return any(
        conflicting(x["speaker"], y["speaker"])
        and not named_in_paragraph(y["speaker"], bodies[x["article_id"]], x["start"], x["end"])
        and not named_in_paragraph(x["speaker"], bodies[y["article_id"]], y["start"], y["end"])
        for x, y in combinations(said[:_COMPARED], 2)
    )


def _status(row: Mapping[str, Any]) -> str:
    relation = row["relation"]
    return str(relation) if relation in _RANK else "verbatim"


def _rank(row: Mapping[str, Any]) -> tuple[int, float, int]:
    """Order of an article's several reports of one utterance: the fullest comes first."""
    score = row["score"] if row["score"] == row["score"] else 0.0
    return _RANK.index(_status(row)), -score, row["start"]


def _in_marks(row: Mapping[str, Any], body: str) -> dict[str, Any]:
    start, end = int(row["start"]), int(row["end"])
    return {
        "status": _status(row),
        "start": start,
        "end": end,
        "text": body[start:end],
        "score": row["score"],
        "quotation_id": row["quotation_id"],
        "speaker": row["speaker"],
    }


def _parts(text: str) -> list[list[Token]]:
    """The words of an utterance, and of each of its sentences where it has several."""
    whole = tokens(text)
    spans = sentences(text)
    return [whole] if len(spans) < 2 else [whole, *([w for w in whole if a <= w.start < b] for a, b in spans)]


def _without_marks(
    parts: Sequence[Sequence[Token]], page: Page, quoted: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Look for the words outside the quotations that report the utterance; an empty answer means absent."""
    found = next((place for place in (find(part, page) for part in parts) if place), None)
    if found is None:
        return {}
    answer: dict[str, Any] = {
        "status": "unquoted",
        "start": found.start,
        "end": found.end,
        "text": page.body[found.start : found.end],
        "score": found.words / max(1, len(parts[0])),
    }
    around = next(
        (
            row
            for row in quoted
            if 2 * (min(row["end"], found.end) - max(row["start"], found.start)) > found.end - found.start
        ),
        None,
    )
    if around is None and not in_marks(page.body, found.start):
        return answer
    if answer["score"] < _ALL:
        return {}  # in a quotation that was compared and judged different
    if around is not None:
        answer |= {"quotation_id": around["quotation_id"], "speaker": around["speaker"]}
    return answer | {"status": "verbatim"}
