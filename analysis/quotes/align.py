"""The same utterance in several outlets: which quotations report it.

An index of word pairs proposes quotations of one event, `relation` decides, `utterances` groups what they share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any

import pandas as pd

from analysis.articles import as_articles
from analysis.quotes.relations import Shared, compare, may_be_same
from analysis.quotes.tables import QUOTATIONS, records
from analysis.quotes.utterances import UTTERANCES, Piece, group_units, utterance_rows
from analysis.schema import Schema
from analysis.text import STOPWORDS
from analysis.worddiff import Token, tokens

PAIRS = Schema(
    "quotation_pairs",
    "One row for two quotations of different articles that report the same utterance.",
    {
        "a": ("str", "a quotation_id; the one that stands first in the quotations table"),
        "b": ("str", "another quotation_id"),
        "relation": ("str", "verbatim, trimmed, spliced, overlap, fragment or reworded"),
        "score": ("float", "how much they share, .5 to 1"),
        "same_speaker": ("bool?", "do both name the same speaker; missing where either is unknown"),
        "a_article": ("str", "article_id of a"),
        "b_article": ("str", "article_id of b"),
        "a_start": ("int", "where the shared words begin in the body of a's article"),
        "a_end": ("int", "where they end"),
        "b_start": ("int", "where the shared words begin in the body of b's article"),
        "b_end": ("int", "where they end"),
        "event": ("str", "the event of both articles"),
    },
    key=("a", "b"),
)

_NEEDED = ("quotation_id", "article_id", "start", "end", "text")
_LEFT_OUT = frozenset({"term", "nested"})
# A key that stands in more quotations of one event than this proposes the longest of them only.
_COMMON = 40
# Of more copies of the very same words than this, each is paired with the first only: pairs would grow with the square.
_COPIES = 40


def align_quotations(
    quotations: pd.DataFrame, articles: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find the quotations that report the same utterance, and the utterances.

    Args:
        quotations: as `extract_quotations` and `resolve_speakers` give them: quotation_id, article_id, start, end, text;
            kind and speaker are used where present. Terms in marks and quotations inside quotations are left out.
        articles: the articles, for their `event`. Without them a column `event` of `quotations` is used, and without
            that all quotations are of one event.

    Returns:
        pairs: PAIRS. Of more than 40 copies of the same words each is paired with the first only.
        utterances: UTTERANCES, in order of first appearance, those that stand in one article only included.

    Raises:
        TableError: a needed column is missing.
    """
    table = _prepared(quotations, articles)
    pair_rows: list[dict[str, Any]] = []
    unit_rows: list[dict[str, Any]] = []
    made = 0
    by_event: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in records(table):
        by_event[str(row["event"])].append(row)
    for event, rows in by_event.items():
        pieces = [Piece(str(row["text"]), tokens(str(row["text"]))) for row in rows]
        shared = _compare_all(pieces)
        units, clusters = group_units(pieces, shared)
        spliced = {unit.piece for unit in units if unit.cut}
        pair_rows += [
            _pair_row(rows[i], rows[j], pieces[i], pieces[j], found, bool({i, j} & spliced))
            for (i, j), found in sorted(shared.items())
            if rows[i]["article_id"] != rows[j]["article_id"]
        ]
        unit_rows += utterance_rows(rows, pieces, units, clusters, event, made)
        made += len(set(clusters))
    return PAIRS.frame(pair_rows), UTTERANCES.frame(unit_rows)


def _prepared(quotations: pd.DataFrame, articles: pd.DataFrame | None) -> pd.DataFrame:
    """Return the quotations that are compared, with `event` and `speaker`, rows numbered from 0."""
    QUOTATIONS.check(quotations, columns=_NEEDED)
    table = quotations.reset_index(drop=True)
    if "confidence" not in table.columns:
        table["confidence"] = float("nan")
    if "kind" not in table.columns:
        table["kind"] = None
    else:
        table = table[~table["kind"].isin(_LEFT_OUT)].reset_index(drop=True)
    if articles is not None:
        full = as_articles(articles)
        events = dict(zip(full["article_id"].tolist(), full["event"].tolist(), strict=True))
        table["event"] = [events.get(name, "") for name in table["article_id"]]
    elif "event" not in table.columns:
        table["event"] = ""
    table["event"] = table["event"].fillna("")
    table["text"] = table["text"].fillna("")
    table["speaker"] = _speakers(table)
    return table[[*_NEEDED, "kind", "event", "speaker", "confidence"]]


def _speakers(table: pd.DataFrame) -> list[str | None]:
    """Who speaks; an unnamed official is nobody's name, but is not the minister either: the mention stands for one."""
    blank = [None] * len(table)
    names = table["speaker"] if "speaker" in table.columns else blank
    mentions = table["speaker_mention"] if "speaker_mention" in table.columns else blank
    unnamed = table["unnamed"] if "unnamed" in table.columns else blank
    return [
        str(name) if _known(name) else str(mention) if _known(mention) and hidden is True else None
        for name, mention, hidden in zip(names, mentions, unnamed, strict=True)
    ]


def _known(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _keys(words: Sequence[Token]) -> set[str]:
    """What proposes a comparison: word pairs with content, neighbouring content words, any three words in a row."""
    stems = [w.stem for w in words]
    plain = [w.form in STOPWORDS for w in words]
    # strings: tuples by the ten thousand would all be visited by the garbage collector
    keys = {
        f"{a} {b}" for (a, b), sides in zip(pairwise(stems), pairwise(plain), strict=True) if not all(sides)
    }
    content = [s for s, p in zip(stems, plain, strict=True) if not p]
    keys.update([f"{a}\n{b}" for a, b in pairwise(content)])
    keys.update(map(" ".join, zip(stems, stems[1:], stems[2:], strict=False)))
    return keys or {" ".join(stems)}


def _compare_all(pieces: Sequence[Piece]) -> dict[tuple[int, int], Shared]:
    """Compare the quotations that share a key; the result holds those that are not different, by position."""
    copies: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, piece in enumerate(pieces):
        copies[tuple(w.form for w in piece.words)].append(i)
    copies.pop((), None)
    groups = {group[0]: group for group in copies.values()}
    stems = {i: frozenset(w.stem for w in pieces[i].words) for i in groups}
    out: dict[tuple[int, int], Shared] = {}
    for i, j in _proposed(pieces, groups):
        if not may_be_same(stems[i], stems[j], min(len(pieces[i].words), len(pieces[j].words))):
            continue
        found = compare(pieces[i].text, pieces[i].words, pieces[j].text, pieces[j].words)
        if found.relation.kind == "different":
            continue
        for x, y in _spread(groups[i], groups[j]):
            out[min(x, y), max(x, y)] = found if x < y else _swapped(found)
    for first, group in groups.items():
        if len(group) == 1:
            continue
        found = compare(pieces[first].text, pieces[first].words, pieces[first].text, pieces[first].words)
        if found.relation.kind != "different":
            few = len(group) <= _COPIES
            for x, y in combinations(group, 2) if few else ((first, y) for y in group[1:]):
                out[x, y] = found
    return out


def _proposed(pieces: Sequence[Piece], groups: Mapping[int, list[int]]) -> Iterator[tuple[int, int]]:
    """Pairs of distinct wordings that share a key, each once; bounded by the number of keys times _COMMON."""
    first: dict[str, int] = {}
    postings: dict[str, list[int]] = {}
    for i in groups if len(groups) > 1 else ():
        for key in _keys(pieces[i].words):
            if first.setdefault(key, i) != i:  # most keys stand in one alone
                postings.setdefault(key, [first[key]]).append(i)
    seen: set[tuple[int, int]] = set()
    for posting in postings.values():
        heads = posting
        if len(posting) > _COMMON:
            heads = sorted(posting, key=lambda i: (-len(pieces[i].words), i))[:_COMMON]
        for i in heads:
            for j in posting:
                pair = (i, j) if i < j else (j, i)
                if i != j and pair not in seen:
                    seen.add(pair)
    yield from sorted(seen)


def _spread(left: Sequence[int], right: Sequence[int]) -> Iterator[tuple[int, int]]:
    if len(left) * len(right) <= _COPIES * _COPIES:
        yield from ((x, y) for x in left for y in right)
    else:
        yield from ((left[0], y) for y in right)
        yield from ((x, right[0]) for x in left[1:])


def _swapped(found: Shared) -> Shared:
    return Shared(found.relation, found.b_from, found.b_to, found.a_from, found.a_to)


def _pair_row(
    a: Mapping[str, Any], b: Mapping[str, Any], a_piece: Piece, b_piece: Piece, found: Shared, spliced: bool
) -> dict[str, Any]:
    kind = found.relation.kind
    if spliced and kind in ("trimmed", "overlap", "reworded"):
        kind = "spliced"
    a_start, a_end = a_piece.span(found.a_from, found.a_to)
    b_start, b_end = b_piece.span(found.b_from, found.b_to)
    return {
        "a": a["quotation_id"],
        "b": b["quotation_id"],
        "relation": kind,
        "score": found.relation.score,
        "same_speaker": a["speaker"] == b["speaker"]
        if _known(a["speaker"]) and _known(b["speaker"])
        else None,
        "a_article": a["article_id"],
        "b_article": b["article_id"],
        "a_start": a["start"] + a_start,
        "a_end": a["start"] + a_end,
        "b_start": b["start"] + b_start,
        "b_end": b["start"] + b_end,
        "event": a["event"],
    }
