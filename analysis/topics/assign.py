"""Topics of units by a codebook: soft shares with the words that they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import Schema
from analysis.segments import UNITS
from analysis.topics.codebook import UNASSIGNED, Codebook, load_codebook
from analysis.topics.refine import refine
from analysis.topics.tokens import Match, Pattern, Tokens, find_terms, token_spans, tokenise

Method = Literal["auto", "terms", "refined"]
Floats = NDArray[np.float64]

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
    no term of the codebook.

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
    tokens, patterns, weights = tokenise(texts), _patterns(book), _weights(book)
    found = find_terms(tokens, patterns)
    own, idf = _scores(found, patterns, weights, len(texts), len(book.topics))
    above, headings, heading_of = _heading_scores(u, patterns, weights, idf, len(book.topics))
    scores = own + _HEADING_WEIGHT * above
    shares = _normalise(scores)
    learned = None
    if method != "terms":
        articles = pd.factorize(u["article_id"])[0] if "article_id" in u.columns else np.arange(len(u))
        learned = refine(tokens, patterns, shares, articles, force=method == "refined")
        if learned is not None:
            shares = learned.shares
    typical = learned.typical if learned is not None else None
    return _table(u, texts, book, shares, found, headings, heading_of, typical)


def main_topics(assignments: pd.DataFrame) -> pd.Series[Any]:
    """The topic with the largest share of every unit, by unit_id in the order of the assignments."""
    order = assignments.sort_values("share", ascending=False, kind="stable")
    main = order.drop_duplicates("unit_id").set_index("unit_id")["topic"]
    return main.reindex(assignments["unit_id"].drop_duplicates())


def term_scores(texts: list[str], book: Codebook) -> tuple[Tokens, list[Pattern], Floats]:
    """Return the words of texts, the terms of a codebook, and the shares of topics that the terms alone give."""
    tokens, patterns = tokenise(texts), _patterns(book)
    found = find_terms(tokens, patterns)
    scores, _ = _scores(found, patterns, _weights(book), len(texts), len(book.topics))
    return tokens, patterns, _normalise(scores)


def _weights(book: Codebook) -> Floats:
    terms = [term.weight for topic in book.topics for term in topic.terms]
    return np.asarray(terms + [0.0] * sum(len(topic.exclude) for topic in book.topics))


def _patterns(book: Codebook) -> list[Pattern]:
    found = [Pattern(term.text, k) for k, topic in enumerate(book.topics) for term in topic.terms]
    return found + [Pattern(text, k, True) for k, topic in enumerate(book.topics) for text in topic.exclude]


def _scores(
    found: list[Match],
    patterns: list[Pattern],
    weights: Floats,
    n_units: int,
    n_topics: int,
    idf: Floats | None = None,
) -> tuple[Floats, Floats]:
    """Sum idf x log(1 + tf) x weight by unit and topic; idf is by term over the units, unless given."""
    out = np.zeros((n_units, n_topics))
    if not found:
        return out, np.ones(len(patterns)) if idf is None else idf
    unit = np.fromiter((m.unit for m in found), dtype=np.int64, count=len(found))
    term = np.fromiter((m.term for m in found), dtype=np.int64, count=len(found))
    pairs, times = np.unique(unit * len(patterns) + term, return_counts=True)
    unit, term = np.divmod(pairs, len(patterns))
    if idf is None:
        document_frequency = np.bincount(term, minlength=len(patterns))
        idf = np.log1p(n_units / np.maximum(1, document_frequency))
    topic = np.asarray([p.topic for p in patterns])[term]
    np.add.at(out, (unit, topic), weights[term] * idf[term] * np.log1p(times))
    return out, idf


def _heading_scores(
    u: pd.DataFrame, patterns: list[Pattern], weights: Floats, idf: Floats, n_topics: int
) -> tuple[Floats, list[dict[int, list[str]]], NDArray[np.int64]]:
    """Scores of the heading of every unit, the matched words by heading and topic, and each unit's heading number."""
    out = np.zeros((len(u), n_topics))
    if "heading" not in u.columns:
        return out, [], np.full(len(u), -1)
    numbers, distinct = pd.factorize(u["heading"].fillna(""))
    texts = [str(text) for text in distinct]
    found = find_terms(tokenise(texts), patterns)
    by_heading, _ = _scores(found, patterns, weights, len(texts), n_topics, idf)
    words: list[dict[int, list[str]]] = [{} for _ in texts]
    for match in found:
        spans = token_spans(texts[match.unit])
        text = texts[match.unit][spans[match.begin][0] : spans[match.end - 1][1]]
        words[match.unit].setdefault(patterns[match.term].topic, []).append(text)
    return by_heading[numbers] if len(texts) else out, words, np.asarray(numbers)


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
    typical: dict[int, list[str]] | None,
) -> pd.DataFrame:
    n_terms = [k for k, topic in enumerate(book.topics) for _ in topic.terms]
    matched: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for match in found:
        matched.setdefault((match.unit, n_terms[match.term]), []).append((match.begin, match.end))
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
                    last_unit, spans = i, token_spans(texts[i])
                for begin, end in matched[i, k]:
                    a, b = spans[begin][0], spans[end - 1][1]
                    evidence.append(texts[i][a:b])
                    places.append(f"{starts[i] + a}-{starts[i] + b}")
                basis = "terms"
            elif headings and k in headings[heading_of[i]]:
                evidence = list(headings[heading_of[i]][k])
                basis = "heading"
            else:
                evidence = list((typical or {}).get(i, ()))
                basis = "refined"
            _append(columns, unit_ids[i], ids[k], float(kept[i, k]), evidence, places, basis)
    return ASSIGNMENTS.frame(columns)


def _append(columns: dict[str, list[Any]], *values: Any) -> None:
    for column, value in zip(columns.values(), values, strict=True):
        column.append(value)
