"""The corroboration ledger: for every utterance and article, is it there, and in what form?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from analysis.articles import as_articles
from analysis.quotes.utterances import UTTERANCES
from analysis.schema import Schema
from analysis.text import STOPWORDS, sentences, straighten
from analysis.worddiff import Match, Token, align, tokens

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
        "speaker_conflict": ("bool", "articles name different speakers for the utterance"),
        "witnesses": ("int", "independent families of articles that have the utterance in marks"),
        "event": ("str", "the event"),
    },
    key=("utterance_id", "article_id"),
)

# The least that counts as the same words without marks: so many words, so many of content, such a share of them.
_WORDS = 5
_CONTENT = 3
_SHARE = 0.6
_SHARE_OF_FEW = 0.75
_WINDOW_GAP = 6
_ALL = 0.95
_MARK = re.compile("[\"']")
_RANK = ("verbatim", "trimmed", "spliced", "overlap", "reworded", "fragment")


class _Found(NamedTuple):
    words: int
    score: float
    start: int
    end: int


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
        CORROBORATION, utterances in order and articles in order: as many rows as utterances times articles of an event.

    Raises:
        TableError: a needed column is missing.
    """
    UTTERANCES.check(
        utterances, columns=("utterance_id", "quotation_id", "article_id", "start", "end", "text")
    )
    table = as_articles(articles)
    family = dict(zip(table["article_id"], table["article_id"], strict=True))
    if families is not None and len(families):
        family.update(zip(families["article_id"], families["family_id"], strict=True))
    events = dict(zip(table["article_id"], table["event"], strict=True))
    rows: list[dict[str, Any]] = []
    reported: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in UTTERANCES.frame(utterances).to_dict("records"):
        if record["article_id"] in events:
            reported[record["utterance_id"]].append({str(k): v for k, v in record.items()})
    said_of: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(dict)
    for key, said in reported.items():
        said_of[events[said[0]["article_id"]]][key] = said
    pages: dict[str, list[_Page]] = defaultdict(list)
    for article_id, outlet, body, event in zip(
        *(table[name] for name in ("article_id", "outlet", "body", "event")), strict=True
    ):
        pages[event].append(_Page(article_id, outlet, body))
    for event, here in said_of.items():
        rows += _ledger(here, pages[event], family, event)
    return CORROBORATION.frame(rows)


class _Page:
    """The words of one article and where each wanted pair of neighbouring content words stands."""

    def __init__(self, article_id: str, outlet: str, body: str) -> None:
        self.article_id, self.outlet, self.body = article_id, outlet, body
        self.words: list[Token] = []
        self.places: dict[tuple[str, str], list[int]] = defaultdict(list)

    def index(self, wanted: Collection[tuple[str, str]]) -> None:
        self.words = tokens(self.body)
        for key, at in _content_pairs(self.words):
            if key in wanted:
                self.places[key].append(at)


def _content_pairs(words: Sequence[Token]) -> Iterator[tuple[tuple[str, str], int]]:
    last = -1
    for k, word in enumerate(words):
        if word.form not in STOPWORDS:
            if last >= 0:
                yield (words[last].stem, word.stem), last
            last = k


def _ledger(
    reported: Mapping[str, list[dict[str, Any]]],
    pages: Sequence[_Page],
    family: Mapping[str, str],
    event: str,
) -> Iterator[dict[str, Any]]:
    quoted: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for said in reported.values():
        for row in said:
            quoted[row["article_id"]].append((row["start"], row["end"], row["quotation_id"]))
    versions = {key: _parts(max((row["text"] for row in said), key=len)) for key, said in reported.items()}
    wanted = {pair for parts in versions.values() for pair, _ in _content_pairs(parts[0])}
    for page in pages:
        page.index(wanted)
    for key, said in reported.items():
        best = {}
        for row in sorted(said, key=_rank, reverse=True):
            best[row["article_id"]] = row
        speakers = {row["speaker"] for row in said if isinstance(row["speaker"], str)}
        witnesses = len({family[article] for article in best})
        for page in pages:
            row = {
                "utterance_id": key,
                "article_id": page.article_id,
                "outlet": page.outlet,
                "status": "absent",
                "score": 0.0,
                "speaker_conflict": len(speakers) > 1,
                "witnesses": witnesses,
                "event": event,
            }
            if page.article_id in best:
                row |= _in_marks(best[page.article_id], page)
            else:
                row |= _without_marks(versions[key], page, quoted[page.article_id])
            yield row


def _status(row: Mapping[str, Any]) -> str:
    relation = row.get("relation")
    return relation if relation in _RANK else "verbatim"


def _rank(row: Mapping[str, Any]) -> tuple[int, float, int]:
    """Order of an article's several reports of one utterance: the fullest comes first."""
    score = row["score"] if row["score"] == row["score"] else 0.0
    return _RANK.index(_status(row)), -score, row["start"]


def _in_marks(row: Mapping[str, Any], page: _Page) -> dict[str, Any]:
    start, end = int(row["start"]), int(row["end"])
    return {
        "status": _status(row),
        "start": start,
        "end": end,
        "text": page.body[start:end],
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
    parts: Sequence[Sequence[Token]], page: _Page, quoted: Sequence[tuple[int, int, str]]
) -> dict[str, Any]:
    """Look for the words outside the quotations that report the utterance; an empty answer means absent."""
    found = next((hit for hit in (_find(part, page) for part in parts) if hit), None)
    if found is None:
        return {}
    found = found._replace(score=found.words / max(1, len(parts[0])))
    row: dict[str, Any] = {
        "status": "unquoted",
        "start": found.start,
        "end": found.end,
        "text": page.body[found.start : found.end],
        "score": found.score,
    }
    for start, end, quotation in quoted:
        if 2 * (min(end, found.end) - max(start, found.start)) > found.end - found.start:
            row["quotation_id"] = quotation
    if "quotation_id" in row or in_marks(page.body, found.start):
        # a quotation that was compared and judged different, unless it has every word of this utterance too
        return row | {"status": "verbatim"} if found.score >= _ALL else {}
    return row


def in_marks(body: str, at: int) -> bool:
    """Does an opening mark stand before `at` in its line, with no closing mark after it?"""
    line = max(body.rfind("\n", 0, at), body.rfind("\r", 0, at)) + 1
    text = straighten(body[line : at + 1])
    inside = False
    for m in _MARK.finditer(text, 0, len(text) - 1):
        before = text[m.start() - 1] if m.start() else " "
        if before.isspace() or before in "([-":
            inside = not text[m.end()].isspace()
        elif not (m.group() == "'" and before.isalnum() and text[m.end()].isalnum()):
            inside = False
    return inside


def _find(words: Sequence[Token], page: _Page) -> _Found | None:
    """Find the words in a page: the window where most of their content pairs stand together, then an alignment."""
    if len(words) < _WORDS - 1:
        return None
    hits = sorted(
        (place - at, place) for key, at in _content_pairs(words) for place in page.places.get(key, ())
    )
    if not hits or (len(hits) == 1 and len(words) > 2 * _WORDS):
        return None
    centre = _densest(sorted(place for _, place in hits), len(words))
    low, high = max(0, centre - len(words)), min(len(page.words), centre + 2 * len(words))
    window = page.words[low:high]
    chain = _unbroken(align(words, window))
    same = [words[k] for m in chain for k in range(m.a, m.a + m.size)]
    content = sum(w.form not in STOPWORDS for w in same)
    if not same or len(same) < (_SHARE if len(same) >= 2 * _WORDS else _SHARE_OF_FEW) * len(words):
        return None
    whole = len(chain) == 1 and len(same) == len(words) and content >= _CONTENT - 1
    if not whole and (len(same) < _WORDS or content < _CONTENT):
        return None
    first, last = window[chain[0].b], window[chain[-1].b + chain[-1].size - 1]
    return _Found(len(same), len(same) / len(words), first.start, last.end)


def _unbroken(chain: Sequence[Match]) -> list[Match]:
    """The part of a chain that holds most words between two long breaks."""
    parts: list[list[Match]] = [[]]
    for match in chain:
        if (
            parts[-1]
            and max(match.a - sum(parts[-1][-1][::2]), match.b - sum(parts[-1][-1][1:])) > _WINDOW_GAP
        ):
            parts.append([])
        parts[-1].append(match)
    return max(parts, key=lambda part: sum(m.size for m in part))


def _densest(places: Sequence[int], width: int) -> int:
    """The place from which a window of `width` words holds most of `places`; the first of equals."""
    best, first, end = 0, places[0], 0
    for k, place in enumerate(places):
        while end < len(places) and places[end] < place + width:
            end += 1
        if end - k > best:
            best, first = end - k, place
    return first
