"""What kind of sharing a shared passage is.

No tool for text reuse says it, but it decides what sharing means: two articles that print the same agency's sentences are
one witness, two reporters who heard the same briefing are two, and two that both write "a spokesman declined to comment"
have nothing in common. The classes:

- quotation: words in marks that are given to a person, on at least one side;
- official statement: words given to an institution, its officials or a document, in marks or reported;
- headline: the words are a heading on at least one side;
- formulaic: names, titles, figures and stock phrases, with little else;
- wire copy: the narrator's own words, and everything that remains.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.passages.alignment import Match, spans
from analysis.passages.surroundings import (
    Span,
    Voice,
    antecedent,
    formula_share,
    headings,
    names_institution,
    quoted_spans,
    tells,
    voice,
)
from analysis.passages.wordtable import Flags, Floats64, Ints, Words, spread

QUOTED_SHARE = 0.5  # of what a passage says that stands in marks
NARRATED = 3.0  # what the words outside the marks must say to be a shared passage by themselves
FORMULA = 2.6  # a passage whose words, names and figures left out, say less than this is a formula ...
STOCK = 0.5  # of a passage that is a stock phrase ...
STOCK_LENGTH = 150  # ... and is no longer than this, in characters
COPIED = 12  # ... unless so many words in a row are the same


class _Weights(NamedTuple):
    """What the shared words of each match say."""

    all: Floats64
    quoted: Floats64  # in marks on either side
    heading: Floats64
    plain: Floats64  # names and figures left out
    narrated: Floats64  # names and figures left out, outside marks on both sides


def classify(
    frame: pd.DataFrame,
    words: Words,
    left: Sequence[int],
    right: Sequence[int],
    matches: Sequence[Match],
    quotations: pd.DataFrame | None,
) -> tuple[list[str], list[str]]:
    """Find the class of each match, and what decided it.

    Args:
        frame: an `articles` table.
        words: the words of its bodies.
        left: for each match the row of its left article.
        right: for each match the row of its right article.
        matches: the matches.
        quotations: article_id, start, end, and if known kind and speaker_mention; None pairs the marks here.
    """
    bodies = frame["body"].tolist()
    rows = sorted({*left, *right})
    quotes = _quotes(frame, rows, quotations)
    titles = frame["title"].fillna("").tolist()
    heads = {row: headings(bodies[row], titles[row]) for row in rows}
    marks: dict[int, list[Span]] = {row: [(a, b) for a, b, _ in found] for row, found in quotes.items()}
    weights = _weigh(words, matches, _cover(words, marks), _cover(words, heads))
    classes, reasons = [], []
    for k, match in enumerate(matches):
        a_start, a_end, b_start, b_end = spans(words, match)
        sides = ((left[k], a_start, a_end), (right[k], b_start, b_end))
        longest = max(length for _, _, length in match.runs)
        name, reason = _decide(k, weights, longest, sides, bodies, quotes)
        classes.append(name)
        reasons.append(reason)
    return classes, reasons


def _decide(
    k: int,
    weights: _Weights,
    longest: int,
    sides: tuple[tuple[int, int, int], tuple[int, int, int]],
    bodies: list[str],
    quotes: dict[int, list[tuple[int, int, str]]],
) -> tuple[str, str]:
    quoted, narrated, total = weights.quoted[k], weights.narrated[k], max(float(weights.all[k]), 1e-9)
    if quoted >= QUOTED_SHARE * total and narrated < NARRATED:
        for row, start, end in sides:
            speaker, named = _quoted_voice(bodies[row], start, end, quotes[row])
            if speaker == "institution":
                return "official statement", f"in marks, given to: {named}"
        return "quotation", "in quotation marks"
    if weights.heading[k] >= 0.5 * total:
        return "headline", "a heading on one side"
    if weights.plain[k] < FORMULA and longest < COPIED:
        return "formulaic", "names and figures, and little else"
    if (
        min(end - start for _, start, end in sides) <= STOCK_LENGTH
        and max(formula_share(bodies[row][start:end]) for row, start, end in sides) >= STOCK
    ):
        return "formulaic", "a stock phrase"
    for row, start, end in sides:
        if tells(bodies[row][start:end]):
            return "wire copy", "the narrator's words, with who says it"
    for row, start, end in sides:
        speaker, named = voice(bodies[row], start, end)
        if speaker == "he":
            speaker, named = antecedent(bodies[row], start)
        if speaker == "institution":
            return "official statement", f"given to: {named}"
    return "wire copy", "the narrator's words"


def _quoted_voice(body: str, start: int, end: int, quotes: list[tuple[int, int, str]]) -> tuple[Voice, str]:
    """Who speaks the words in marks that the passage touches."""
    touched = [quote for quote in quotes if quote[0] < end and quote[1] > start]
    if not touched:
        return "nobody", ""
    for _, _, mention in touched:
        if mention:
            return ("institution", mention) if names_institution(mention) else ("person", mention)
    first, last = min(touched[0][0], start), max(touched[-1][1], end)
    speaker, named = voice(body, first, last)
    return antecedent(body, first) if speaker in ("he", "nobody") else (speaker, named)


def _quotes(
    frame: pd.DataFrame, rows: list[int], quotations: pd.DataFrame | None
) -> dict[int, list[tuple[int, int, str]]]:
    """List the quotations of the given rows: start, end, speaker as printed or ''."""
    bodies, ids = frame["body"].tolist(), frame["article_id"].tolist()
    if quotations is None:
        return {row: [(a, b, "") for a, b in quoted_spans(bodies[row])] for row in rows}
    wanted = {ids[row]: row for row in rows}
    known = quotations[quotations["article_id"].isin(list(wanted))]
    if "kind" in known.columns:
        known = known[known["kind"] != "term"]
    found: dict[int, list[tuple[int, int, str]]] = {row: [] for row in rows}
    mentions = known["speaker_mention"] if "speaker_mention" in known.columns else [None] * len(known)
    for name, start, end, mention in zip(
        known["article_id"], known["start"], known["end"], mentions, strict=True
    ):
        found[wanted[name]].append((int(start), int(end), mention if isinstance(mention, str) else ""))
    return found


def _cover(words: Words, spans_of: dict[int, list[Span]]) -> Flags:
    """Flag the words that lie in the given spans of their articles."""
    flags = np.zeros(len(words.hash), dtype=np.bool_)
    for row, found in spans_of.items():
        first, last = words.first[row], words.first[row + 1]
        places = first + np.searchsorted(
            words.start[first:last], np.array(found, dtype=np.int64).reshape(-1, 2)
        )
        for low, high in places.tolist():
            flags[low:high] = True
    return flags


def _weigh(words: Words, matches: Sequence[Match], quoted: Flags, heading: Flags) -> _Weights:
    runs = np.array([run for match in matches for run in match.runs], dtype=np.int64).reshape(-1, 3)
    number = np.repeat(np.arange(len(matches)), [len(match.runs) for match in matches])
    i, j = spread(runs[:, 0], runs[:, 2]), spread(runs[:, 1], runs[:, 2])
    owner = np.repeat(number, runs[:, 2])
    weight = words.weight[i].astype(np.float64)
    name = words.name[i] & words.name[j]

    def total(kept: Flags) -> Floats64:
        return _sum(owner[kept], weight[kept], len(matches))

    return _Weights(
        total(np.ones(len(i), dtype=np.bool_)),
        total(quoted[i] | quoted[j]),
        total(heading[i] | heading[j]),
        total(~name),
        total(~name & ~quoted[i] & ~quoted[j]),
    )


def _sum(owner: Ints, weight: Floats64, n: int) -> Floats64:
    summed: Floats64 = np.bincount(owner, weights=weight, minlength=n).astype(np.float64)
    return summed
