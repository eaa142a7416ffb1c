"""Utterances: what is reported, apart from how each outlet cuts it.

Every quotation is cut into units: its sentences, and the places inside a sentence where it runs together what others
keep apart. Units that report the same words are grouped round the longest of them; two groups become one only when
their longest members do report the same, so that likeness is not handed on along a chain. A quotation that splices two
statements belongs to two utterances.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from analysis.quotes.relations import Relation, Shared, compare
from analysis.schema import Schema
from analysis.text import sentences
from analysis.worddiff import Token, tokens

UTTERANCES = Schema(
    "utterances",
    "One row for each quotation, or part of one, that reports an utterance.",
    {
        "utterance_id": ("str", "name of the utterance; the same for all who report it"),
        "quotation_id": ("str", "the quotation that reports it"),
        "article_id": ("str", "the article of the quotation"),
        "start": ("int", "where this part of the quotation begins in the body"),
        "end": ("int", "where it ends"),
        "text": ("str", "the words of this part"),
        "relation": ("str", "to the fullest version: source (it is the fullest) or as in the pairs"),
        "score": ("float", "how close it is to the fullest version"),
        "speaker": ("str", "who said it, by this article; missing if unknown"),
        "confidence": (
            "float",
            "how sure the speaker is, from 0 to 1; missing where the quotations do not say",
        ),
        "kind": ("str", "kind of the quotation, as in the quotations; missing where that table has none"),
        "utterance": ("str", "the fullest version of the words"),
        "n_quotations": ("int", "how many quotations report the utterance"),
        "event": ("str", "the event of the article"),
    },
    key=("utterance_id", "quotation_id", "start"),
)

# The least that stands on each side of a cut inside a sentence.
_CUT_WORDS = 4


class Piece(NamedTuple):
    """A quotation ready to be compared."""

    text: str
    words: list[Token]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters of the tokens from `first` to before `last`."""
        return self.words[first].start, self.words[last - 1].end


class Unit(NamedTuple):
    """A part of a quotation: which one, its tokens there, and whether it was cut out of a sentence."""

    piece: int
    first: int
    last: int
    cut: bool


def group_units(
    pieces: Sequence[Piece], shared: Mapping[tuple[int, int], Shared]
) -> tuple[list[Unit], list[int]]:
    """Cut quotations into units and group those that report the same words.

    Returns:
        The units in order, and for each the number of its utterance, counted in order of first appearance.
    """
    units = _cut(pieces, shared)
    groups = _cluster(pieces, units, shared)
    return _merge_neighbours(units, groups)


def _cut(pieces: Sequence[Piece], shared: Mapping[tuple[int, int], Shared]) -> list[Unit]:
    ends: dict[int, set[int]] = defaultdict(set)
    starts: dict[int, set[int]] = defaultdict(set)
    breaks = [_sentence_starts(piece) for piece in pieces]
    for (i, j), found in shared.items():
        for here, there, first, last, other_first, other_last in (
            (i, j, found.a_from, found.a_to, found.b_from, found.b_to),
            (j, i, found.b_from, found.b_to, found.a_from, found.a_to),
        ):
            if last - first < _CUT_WORDS:
                continue
            if other_last in breaks[there] or other_last == len(pieces[there].words):
                ends[here].add(last)
            if other_first in breaks[there]:
                starts[here].add(first)
    units: list[Unit] = []
    for i, piece in enumerate(pieces):
        inner = {x for x in ends[i] & starts[i] if x not in breaks[i] and 0 < x < len(piece.words)}
        edges = sorted(breaks[i] | inner | {len(piece.words)})
        for first, last in pairwise(edges):
            units.append(Unit(i, first, last, first in inner or last in inner))
    return units


def _sentence_starts(piece: Piece) -> set[int]:
    """Tokens that begin a sentence of the quotation; the first always does."""
    begins = [a for a, _ in sentences(piece.text)]
    out = {0} if piece.words else set()
    at = 0
    for k, word in enumerate(piece.words):
        while at < len(begins) and begins[at] <= word.start:
            if k:
                out.add(k)
            at += 1
    out.discard(len(piece.words))
    return out


def _cluster(
    pieces: Sequence[Piece], units: Sequence[Unit], shared: Mapping[tuple[int, int], Shared]
) -> list[int]:
    of_piece: dict[int, list[int]] = defaultdict(list)
    for n, unit in enumerate(units):
        of_piece[unit.piece].append(n)
    known: dict[tuple[int, int], float] = {}

    def same(x: int, y: int) -> float:
        key = (min(x, y), max(x, y))
        if key not in known:
            known[key] = _compare_units(pieces, units[key[0]], units[key[1]]).score
        return known[key]

    edges: list[tuple[float, int, int]] = []
    for i, j in shared:
        scored = [(same(x, y), x, y) for x in of_piece[i] for y in of_piece[j]]
        good = [edge for edge in scored if edge[0] >= 0.5]
        edges += good or [max(scored, key=lambda e: (e[0], -e[1], -e[2]))]
    # the surest first; the longer of equals
    edges.sort(key=lambda e: (-e[0], -min(_size(units[e[1]]), _size(units[e[2]])), e[1], e[2]))
    group = list(range(len(units)))
    members = {n: [n] for n in group}
    for _, x, y in edges:
        left, right = group[x], group[y]
        if left == right:
            continue
        a, b = (max(members[g], key=lambda n: (_size(units[n]), -n)) for g in (left, right))
        if {a, b} != {x, y} and same(a, b) < 0.5:
            continue
        for n in members.pop(right):
            group[n] = left
            members[left].append(n)
    return group


def _size(unit: Unit) -> int:
    return unit.last - unit.first


def _compare_units(pieces: Sequence[Piece], a: Unit, b: Unit) -> Relation:
    return _compare_parts(pieces[a.piece].text, a.first, a.last, pieces[b.piece].text, b.first, b.last)


@lru_cache(maxsize=4096)  # many quotations are copies of few
def _compare_parts(a: str, a_first: int, a_last: int, b: str, b_first: int, b_last: int) -> Relation:
    return compare(a, tokens(a)[a_first:a_last], b, tokens(b)[b_first:b_last]).relation


def _merge_neighbours(units: Sequence[Unit], groups: Sequence[int]) -> tuple[list[Unit], list[int]]:
    """Make one utterance of neighbouring units that the very same quotations report side by side."""
    where: dict[int, list[int]] = defaultdict(list)
    for n, group in enumerate(groups):
        where[group].append(n)
    quoted = {group: [units[n].piece for n in places] for group, places in where.items()}
    joined: dict[int, int] = {}  # unit -> the unit before it, which it continues
    for n in range(1, len(units)):
        x, y = groups[n - 1], groups[n]
        if units[n - 1].piece != units[n].piece:
            continue
        if x == y:
            joined[n] = n - 1  # another outlet has both as one sentence
            continue
        if quoted[x] != quoted[y]:
            continue
        if units[n].cut and not units[n - 1].cut:
            continue
        if len(set(quoted[x])) == len(quoted[x]) and all(
            m and units[m - 1].piece == units[m].piece and groups[m - 1] == x for m in where[y]
        ):
            joined[n] = n - 1
    out: list[Unit] = []
    numbers: list[int] = []
    names: dict[int, int] = {}
    for n, unit in enumerate(units):
        if n in joined:
            out[-1] = out[-1]._replace(last=unit.last, cut=out[-1].cut and unit.cut)
            names[groups[n]] = numbers[-1]
            continue
        numbers.append(names.setdefault(groups[n], len(set(names.values()))))
        out.append(unit)
    return out, numbers


def utterance_rows(
    rows: Sequence[Mapping[str, Any]],
    pieces: Sequence[Piece],
    units: Sequence[Unit],
    groups: Sequence[int],
    event: str,
    made: int,
) -> list[dict[str, Any]]:
    """Describe units as rows of UTTERANCES; `made` is how many utterances earlier events have."""
    where: dict[int, list[int]] = defaultdict(list)
    for n, group in enumerate(groups):
        where[group].append(n)
    # of equals the one that stands as a sentence of its own
    fullest = {
        g: max(places, key=lambda n: (_size(units[n]), not units[n].cut, -n)) for g, places in where.items()
    }
    out: list[dict[str, Any]] = []
    for group in sorted(where):
        best = units[fullest[group]]
        whole = _text(pieces, best)
        for n in where[group]:
            unit, text = units[n], _text(pieces, units[n])
            row = rows[unit.piece]
            kind: str = "source"
            score = 1.0
            if n != fullest[group]:
                found = _compare_units(pieces, unit, best)
                kind = "reworded" if found.kind == "different" else found.kind
                score = found.score
            if unit.cut:
                kind = "spliced"
            start, end = _edges(pieces[unit.piece], unit)
            out.append(
                {
                    "utterance_id": f"u{made + group + 1}",
                    "quotation_id": row["quotation_id"],
                    "article_id": row["article_id"],
                    "start": row["start"] + start,
                    "end": row["start"] + end,
                    "text": text,
                    "relation": kind,
                    "score": score,
                    "speaker": row["speaker"],
                    "confidence": row["confidence"],
                    "kind": row["kind"],
                    "utterance": whole,
                    "n_quotations": len({units[m].piece for m in where[group]}),
                    "event": event,
                }
            )
    return out


def _edges(piece: Piece, unit: Unit) -> tuple[int, int]:
    """Characters of a unit in its quotation: to the marks at both ends, else from word to the next unit's word."""
    start = 0 if unit.first == 0 else piece.words[unit.first].start
    end = len(piece.text) if unit.last == len(piece.words) else piece.words[unit.last].start
    while end > start and piece.text[end - 1].isspace():
        end -= 1
    return start, end


def _text(pieces: Sequence[Piece], unit: Unit) -> str:
    start, end = _edges(pieces[unit.piece], unit)
    return pieces[unit.piece].text[start:end]
