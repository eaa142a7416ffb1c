"""Topics of units by a codebook: soft shares with the words that they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import Schema
from analysis.segments import UNITS
from analysis.topics.codebook import UNASSIGNED, Codebook, load_codebook
from analysis.topics.refine import LEAST_UNITS, refine
from analysis.topics.tokens import Match, Pattern, Tokens, find_terms, select_units, token_spans, tokenise

Method = Literal["auto", "terms", "refined"]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ASSIGNMENTS = Schema(
    "topic_assignments",
    "One row a unit and a topic found in it; the shares of a unit sum to 1.",
    {
        "unit_id": ("str", "the unit"),
        "topic": ("str", "id of the topic in the codebook, or 'unassigned'"),
        "share": ("float", "part of the unit that speaks of the topic, in (0, 1]"),
        "evidence": (
            "list",
            "the matched words as they stand in the unit, its heading or, when refined, typical words",
        ),
        "evidence_spans": ("list", "where matched words stand in the body, as 'start-end'"),
        "basis": ("str", "what the share rests on: terms, heading, refined or none"),
    },
    key=("unit_id", "topic"),
)

# A heading speaks for every paragraph below it, with half the voice of the paragraph's own words.
_HEADING_WEIGHT = 0.5
_SMALLEST_SHARE = 0.05


def assign_topics(
    u: pd.DataFrame,
    codebook: Codebook | str | PathLike[str] | Mapping[str, Any],
    *,
    method: Method = "auto",
) -> pd.DataFrame:
    """Give every unit its shares of topics.

    Terms of the codebook are found, phrases before words; a term counts idf x log(1 + times) x weight (Salton and
    Buckley 1988), and a topic's share of a unit is its part of the total. A heading's terms count half for the units
    under it. A unit without any term is "unassigned".

    With many units the words that go along with the terms are learned (see `refine`), which also reaches units that hold
    no term of the codebook. Both rarity and learning stay inside an event: other events in the table change nothing.

    Args:
        u: unit_id, text, and start and heading if there are any; as `units` makes it.
        codebook: a `Codebook`, a path, or a mapping {topic id: [terms]}.
        method: "terms" counts terms only, "refined" always learns, "auto" learns where a check on held-out terms shows
            that it helps.

    Returns:
        unit_id, topic, share, evidence, evidence_spans, basis; in the order of the units, the largest share first.

    Raises:
        CodebookError: the codebook cannot be used.
        TableError: `u` lacks a column.
        ValueError: an unknown method.
    """
    if method not in ("auto", "terms", "refined"):
        raise ValueError(f"assign_topics: method={method!r} is not known; use 'auto', 'terms' or 'refined'.")
    book = load_codebook(codebook)
    UNITS.check(u, columns=("unit_id", "text"))
    if u.empty or not book.topics:
        return ASSIGNMENTS.frame(
            {
                "unit_id": u["unit_id"].tolist(),
                "topic": [UNASSIGNED] * len(u),
                "share": [1.0] * len(u),
                "basis": ["none"] * len(u),
            }
        )
    texts = u["text"].fillna("").tolist()
    events = (
        pd.factorize(u["event"].fillna(""))[0] if "event" in u.columns else np.zeros(len(u), dtype=np.int64)
    )
    tokens, patterns, weights = tokenise(texts), _patterns(book), _weights(book)
    found = find_terms(tokens, patterns)
    rarity = _rarity(found, len(patterns), events)
    own = _scores(found, patterns, weights, rarity, events, len(book.topics))
    above, headings, heading_of = _heading_scores(u, patterns, weights, rarity, events, len(book.topics))
    shares = _normalise(own + _HEADING_WEIGHT * above)
    typical: dict[int, list[str]] = {}
    if method != "terms":
        articles = pd.factorize(u["article_id"])[0] if "article_id" in u.columns else np.arange(len(u))
        shares, typical = _learned(tokens, patterns, shares, articles, events, method == "refined")
    return _table(u, texts, book, shares, found, headings, heading_of, typical)


def main_topics(assignments: pd.DataFrame) -> pd.Series[Any]:
    """The topic with the largest share of every unit, by unit_id in the order of the assignments."""
    order = assignments.sort_values("share", ascending=False, kind="stable")
    main = order.drop_duplicates("unit_id").set_index("unit_id")["topic"]
    return main.reindex(assignments["unit_id"].drop_duplicates())


def term_scores(texts: list[str], book: Codebook) -> tuple[Tokens, list[Pattern], Floats]:
    """Return the words of texts of one event, the terms of a codebook, and the shares that the terms alone give."""
    tokens, patterns = tokenise(texts), _patterns(book)
    found, events = find_terms(tokens, patterns), np.zeros(len(texts), dtype=np.int64)
    rarity = _rarity(found, len(patterns), events)
    return (
        tokens,
        patterns,
        _normalise(_scores(found, patterns, _weights(book), rarity, events, len(book.topics))),
    )


def _weights(book: Codebook) -> Floats:
    terms = [term.weight for topic in book.topics for term in topic.terms]
    return np.asarray(terms + [0.0] * sum(len(topic.exclude) for topic in book.topics))


def _patterns(book: Codebook) -> list[Pattern]:
    found = [Pattern(term.text, k) for k, topic in enumerate(book.topics) for term in topic.terms]
    return found + [Pattern(text, k, True) for k, topic in enumerate(book.topics) for text in topic.exclude]


class _Rarity(NamedTuple):
    """In how many units of an event each term stands; within the event, so that others change nothing."""

    pairs: Ints  # event x number of terms + term, sorted
    units: Ints  # in how many units
    sizes: Ints  # units of each event
    n_terms: int

    def idf(self, event: Ints, term: Ints) -> Floats:
        wanted = event * self.n_terms + term
        at = np.minimum(np.searchsorted(self.pairs, wanted), max(0, len(self.pairs) - 1))
        units = (
            np.where(self.pairs[at] == wanted, self.units[at], 1) if len(self.pairs) else np.ones_like(wanted)
        )
        return np.asarray(np.log1p(self.sizes[event] / units))


def _rarity(found: list[Match], n_terms: int, events: Ints) -> _Rarity:
    unit, term, _ = _times(found, n_terms)
    pairs, units = np.unique(events[unit] * n_terms + term, return_counts=True)
    return _Rarity(pairs, units, np.bincount(events), n_terms)


def _times(found: list[Match], n_terms: int) -> tuple[Ints, Ints, Ints]:
    """Units and terms that go together, and how often."""
    unit = np.fromiter((m.unit for m in found), dtype=np.int64, count=len(found))
    term = np.fromiter((m.term for m in found), dtype=np.int64, count=len(found))
    pairs, times = np.unique(unit * n_terms + term, return_counts=True)
    return pairs // n_terms, pairs % n_terms, times


def _scores(
    found: list[Match], patterns: list[Pattern], weights: Floats, rarity: _Rarity, events: Ints, n_topics: int
) -> Floats:
    """Sum idf x log(1 + tf) x weight by unit and topic; `events` gives the event of each unit."""
    out = np.zeros((len(events), n_topics))
    unit, term, times = _times(found, len(patterns))
    topic = np.asarray([p.topic for p in patterns], dtype=np.int64)[term]
    np.add.at(out, (unit, topic), weights[term] * rarity.idf(events[unit], term) * np.log1p(times))
    return out


def _heading_scores(
    u: pd.DataFrame, patterns: list[Pattern], weights: Floats, rarity: _Rarity, events: Ints, n_topics: int
) -> tuple[Floats, list[dict[int, list[str]]], Ints]:
    """Scores of the heading of every unit, the matched words by heading and topic, and each unit's heading number."""
    if "heading" not in u.columns:
        return np.zeros((len(u), n_topics)), [], np.full(len(u), -1)
    distinct: dict[tuple[int, str], int] = {}
    of_unit = [
        distinct.setdefault(key, len(distinct))
        for key in zip(events.tolist(), u["heading"].fillna("").tolist(), strict=True)
    ]
    texts = [heading for _, heading in distinct]
    found = find_terms(tokenise(texts), patterns)
    their_events = np.asarray([event for event, _ in distinct], dtype=np.int64)
    by_heading = _scores(found, patterns, weights, rarity, their_events, n_topics)
    words: list[dict[int, list[str]]] = [{} for _ in texts]
    for match in found:
        spans = token_spans(texts[match.unit])
        text = texts[match.unit][spans[match.begin][0] : spans[match.end - 1][1]]
        words[match.unit].setdefault(patterns[match.term].topic, []).append(text)
    return by_heading[of_unit], words, np.asarray(of_unit)


def _learned(
    tokens: Tokens, patterns: list[Pattern], shares: Floats, articles: Ints, events: Ints, force: bool
) -> tuple[Floats, dict[int, list[str]]]:
    """Refine the shares of each event that has units enough; also the typical words of units without a term."""
    shares = shares.copy()
    typical: dict[int, list[str]] = {}
    placed = np.bincount(events, weights=shares.sum(axis=1) > 0)
    order = np.argsort(events, kind="stable")
    first = np.searchsorted(events[order], np.arange(len(placed) + 1))
    for event in np.flatnonzero(placed >= (2 if force else LEAST_UNITS)).tolist():
        rows = order[first[event] : first[event + 1]]
        learned = refine(select_units(tokens, rows), patterns, shares[rows], articles[rows], force=force)
        if learned is not None:
            shares[rows] = learned.shares
            typical.update((int(rows[i]), words) for i, words in learned.typical.items())
    return shares, typical


def _normalise(scores: Floats) -> Floats:
    total = scores.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(scores, total, out=np.zeros_like(scores), where=total > 0))


def _table(
    u: pd.DataFrame,
    texts: list[str],
    book: Codebook,
    shares: Floats,
    found: list[Match],
    headings: list[dict[int, list[str]]],
    heading_of: NDArray[np.int64],
    typical: dict[int, list[str]],
) -> pd.DataFrame:
    n_terms = [k for k, topic in enumerate(book.topics) for _ in topic.terms]
    matched: dict[tuple[int, int], list[tuple[int, int]]] = {}
    last_word: dict[int, int] = {}  # one past the last that is needed of each unit
    for match in found:
        matched.setdefault((match.unit, n_terms[match.term]), []).append((match.begin, match.end))
        last_word[match.unit] = match.end
    starts = u["start"].tolist() if "start" in u.columns else [0] * len(u)
    kept = np.where(shares >= _SMALLEST_SHARE, shares, 0.0)
    kept = _normalise(kept)
    unit_ids, ids = u["unit_id"].tolist(), book.ids
    columns: dict[str, list[Any]] = {name: [] for name in ASSIGNMENTS.columns}
    order = np.argsort(-kept, axis=1, kind="stable")
    counts = (kept > 0).sum(axis=1)
    last_unit, spans = -1, []
    for i, (row, n) in enumerate(zip(order.tolist(), counts.tolist(), strict=True)):
        if not n:
            _append(columns, unit_ids[i], UNASSIGNED, 1.0, [], [], "none")
            continue
        for k in row[:n]:
            evidence: list[str] = []
            places: list[str] = []
            if (i, k) in matched:
                if last_unit != i:
                    last_unit, spans = i, token_spans(texts[i], last_word[i])
                for begin, end in matched[i, k]:
                    a, b = spans[begin][0], spans[end - 1][1]
                    evidence.append(texts[i][a:b])
                    places.append(f"{starts[i] + a}-{starts[i] + b}")
                basis = "terms"
            elif headings and k in headings[heading_of[i]]:
                evidence = list(headings[heading_of[i]][k])
                basis = "heading"
            else:
                evidence = list(typical.get(i, ()))
                basis = "refined"
            _append(columns, unit_ids[i], ids[k], float(kept[i, k]), evidence, places, basis)
    return ASSIGNMENTS.frame(columns)


def _append(columns: dict[str, list[Any]], *values: Any) -> None:
    for column, value in zip(columns.values(), values, strict=True):
        column.append(value)
