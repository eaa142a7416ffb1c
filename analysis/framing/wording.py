"""Wording that bends: the same statement, less sure, stronger, cut short, or given to somebody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from analysis.articles import as_articles
from analysis.framing.retellings import (
    RANK,
    WHOLE_SENTENCE,
    Article,
    Found,
    Row,
    in_degrees,
    in_fact,
    in_short_forms,
    in_utterance,
)
from analysis.framing.shifts import Shift, Version
from analysis.naming import sure_speaker
from analysis.quotes.lexicon import SAY_VERBS
from analysis.schema import Schema
from analysis.worddiff import tokens
from analysis.wordsearch import Pair, content_pairs, index_page

WORDING_SHIFTS = Schema(
    "wording_shifts",
    "One row a difference in wording between two articles that print the same statement.",
    {
        "kind": ("str", "marks_lost, modality, intensity, attribution, trimming or jargon"),
        "utterance_id": ("str", "the utterance, or missing when the statement is a fact"),
        "fact_id": ("str", "the fact, or missing when the statement is an utterance"),
        "a_article": ("str", "an article"),
        "a_start": ("int", "where the passage begins in its body"),
        "a_end": ("int", "where it ends"),
        "a_text": ("str", "the passage"),
        "b_article": ("str", "another article of the same event"),
        "b_start": ("int", "where the passage begins in its body"),
        "b_end": ("int", "where it ends"),
        "b_text": ("str", "the passage"),
        "a_words": ("str", "the words that differ, as a has them; empty where it has none"),
        "b_words": ("str", "the words that differ, as b has them; empty where it has none"),
        "a_word_start": ("int", "where the words that differ begin in a's body"),
        "a_word_end": ("int", "where they end"),
        "b_word_start": ("int", "where the words that differ begin in b's body"),
        "b_word_end": ("int", "where they end"),
        "confidence": ("float", "how sure the difference is, from 0 to 1"),
        "note": ("str", "one sentence that says what differs"),
        "event": ("str", "the event of both articles"),
    },
    key=("kind", "a_article", "a_start", "b_article", "b_start"),
)


# A text that speaks of itself or to the reader is somebody's own.
_I_AND_YOU = frozenset("i me my we us our you your mine ours yours".split())
# Whole sentences of a document that stand no further apart than this are one block.
_BLOCK = 400

_NEEDED = Schema(
    "utterances",
    "From align_quotations.",
    {
        "utterance_id": ("str", "the utterance"),
        "article_id": ("str", "the article"),
        "start": ("int", "where its version begins in the body"),
        "end": ("int", "where it ends"),
        "text": ("str", "the version"),
        "speaker": ("str", "who said it, by this article"),
        "confidence": ("float", "how sure the speaker is"),
        "relation": ("str", "to the fullest version"),
    },
)


def wording_shifts(
    utterances: pd.DataFrame, facts: pd.DataFrame | None, articles: pd.DataFrame
) -> pd.DataFrame:
    """Find where articles that print the same statement differ in wording that matters.

    The fullest version of an utterance is compared with what every other article makes of it, and the tellings of a
    fact with each other, word by word. A difference is listed only when the words around it are the same on both sides
    and it belongs to one of six kinds:

    - marks_lost: quoted in a, printed without marks in b, which does not quote it anywhere;
    - modality: another modal before the same act, one that goes, a denial that goes, or what a announces is done in b
      ("will" and "would", "can" and "could" are one, because reported speech turns one into the other);
    - intensity: a degree word that one lacks, or another step on the same scale;
    - attribution: the same words, given to different speakers;
    - trimming: b stops before a condition, concession, denial or other qualification, and does not give it elsewhere;
    - jargon: a short form that one article writes out and the other neither writes out nor explains.

    Args:
        utterances: from `align_quotations`.
        facts: from `find_facts`, or None: then utterances only.
        articles: the articles.

    Returns:
        WORDING_SHIFTS, surest first within an event. It says that wordings differ, not that a writer meant it.

    Raises:
        TableError: a needed column is missing.
    """
    table = as_articles(articles)
    told = _utterance_rows(utterances)
    wanted = {pair for rows in told.values() for row in rows for pair, _ in content_pairs(row.words)}
    pages = {
        row["article_id"]: Article(row["article_id"], index_page(row["body"], wanted), row["event"])
        for row in table.to_dict("records")
        if str(row["language"]).startswith("en")
    }
    by_event: dict[str, list[Article]] = defaultdict(list)
    holders: dict[tuple[str, Pair], list[Article]] = defaultdict(list)
    for article in pages.values():
        by_event[article.event].append(article)
        for pair in article.page.places:
            holders[article.event, pair].append(article)
    rows: list[dict[str, Any]] = []

    def keep(found: Iterable[Found], *, utterance_id: str | None = None, fact_id: str | None = None) -> None:
        rows.extend(
            {"utterance_id": utterance_id, "fact_id": fact_id, "event": pages[a.article_id].event}
            | _record(shift, a, b)
            for shift, a, b in found
        )

    for key, versions in told.items():
        here = [row for row in versions if row.article_id in pages]
        if here:
            event = pages[here[0].article_id].event
            pairs = {pair for row in here for pair, _ in content_pairs(row.words)}
            near = {
                other.article_id: other for pair in sorted(pairs) for other in holders.get((event, pair), ())
            }
            keep(in_utterance(here, pages, list(near.values())), utterance_id=key)
    for group in by_event.values():
        keep(in_short_forms(group, pages))
        keep(in_degrees(group))
    for key, spans in _tellings(facts).items():
        keep(in_fact([span for span in spans if span[0] in pages], pages), fact_id=key)
    return WORDING_SHIFTS.frame(_once(_no_blocks(rows)))


def _utterance_rows(utterances: pd.DataFrame) -> dict[str, list[Row]]:
    table = _NEEDED.frame(
        _NEEDED.check(utterances, columns=("utterance_id", "article_id", "start", "end", "text"))
    )
    out: dict[str, list[Row]] = defaultdict(list)
    for row in table.to_dict("records"):
        speaker = row["speaker"] if isinstance(row["speaker"], str) and row["speaker"].strip() else None
        out[row["utterance_id"]].append(
            Row(
                row["article_id"], row["start"], row["end"], row["text"], speaker, sure_speaker(speaker, row["confidence"]),
                row["relation"] if row["relation"] in RANK else "verbatim", tokens(row["text"]),
            )
        )  # fmt: skip
    return out


def _tellings(facts: pd.DataFrame | None) -> dict[str, list[tuple[str, int, int]]]:
    """Where each fact is told, from a column `tellings` ("article:start:end") or from one row a telling.

    A row of one telling in `tellings`, as most are, has nothing that could be compared with it and is left out.
    """
    out: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    if facts is None or not len(facts):
        return out
    names = ("fact_id", "article_id", "start", "end", "tellings")
    columns = (facts[name] if name in facts.columns else [None] * len(facts) for name in names)
    for fact, article_id, first, last, places in zip(*columns, strict=True):
        if places is not None and not isinstance(places, (str, float)):
            for place in places if len(places) > 1 else ():
                article, start, end = str(place).rsplit(":", 2)
                out[str(fact)].append((article, int(start), int(end)))
        else:
            out[str(fact)].append((str(article_id), int(first), int(last)))
    return out


def _record(shift: Shift, a: Version, b: Version) -> dict[str, Any]:
    return {
        "kind": shift.kind,
        "a_article": a.article_id,
        "a_start": a.start,
        "a_end": a.end,
        "a_text": a.body[a.start : a.end],
        "b_article": b.article_id,
        "b_start": b.start,
        "b_end": b.end,
        "b_text": b.body[b.start : b.end],
        "a_words": a.body[shift.a_from : shift.a_to],
        "b_words": b.body[shift.b_from : shift.b_to],
        "a_word_start": shift.a_from,
        "a_word_end": shift.a_to,
        "b_word_start": shift.b_from,
        "b_word_end": shift.b_to,
        "confidence": shift.confidence,
        "note": shift.note,
    }


def _no_blocks(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out marks lost in a document set off as a block, and words that are the other article's own.

    A block speaks of itself, or its sentences stand together.
    """
    lost = [row for row in rows if row["kind"] == "marks_lost"]
    whole = [row for row in lost if row["note"] == WHOLE_SENTENCE]
    blocks = {id(row) for row in lost if _I_AND_YOU & {word.form for word in tokens(row["b_words"])}}
    blocks |= {
        id(row)
        for row in whole
        if any(
            other["b_article"] == row["b_article"] and 0 < abs(other["b_start"] - row["b_start"]) < _BLOCK
            for other in whole
        )
    }
    return [row for row in rows if id(row) not in blocks | _cited(lost)]


def _cited(lost: Sequence[dict[str, Any]]) -> set[int]:
    """Marks lost twice or more between two articles, where the one without marks reports nobody: the other quotes it."""
    own: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in lost:
        text, start = row["b_text"], row["b_start"]
        around = text[: row["b_word_start"] - start] + " " + text[row["b_word_end"] - start :]
        if not any(word.form in SAY_VERBS or word.form == "according" for word in tokens(around)):
            own[row["a_article"], row["b_article"]].append(row)
    return {id(row) for rows in own.values() if len({r["b_start"] for r in rows}) > 1 for row in rows}


def _once(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep one row of those that show the same words of one article against the same words elsewhere; surest first."""
    seen: set[tuple[Any, ...]] = set()
    out: list[dict[str, Any]] = []
    for row in sorted(rows, key=lambda row: -row["confidence"]):
        keys: list[tuple[Any, ...]] = [
            (
                row["kind"],
                row[f"{x}_article"],
                row[f"{x}_word_start"],
                row[f"{x}_word_end"],
                _folded(row[f"{y}_words"]),
            )
            for x, y in ("ab", "ba")
        ]
        if row["kind"] == "attribution":
            keys = [(row["kind"], row["a_article"], row["b_article"], row["note"])]
        if not seen & set(keys):
            out.append(row)
        seen.update(keys)
    rank = {event: n for n, event in enumerate(dict.fromkeys(row["event"] for row in rows))}
    return sorted(out, key=lambda row: rank[row["event"]])


def _folded(text: str) -> tuple[str, ...]:
    return tuple(word.form for word in tokens(text))
