"""The tables that quotation functions make: their columns, types and meanings."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.schema import Columns, Schema

_MENTION: Columns = {
    "speaker_mention": ("str", "the speaker as printed, or missing"),
    "speaker_start": ("int?", "first character of the mention"),
    "speaker_end": ("int?", "end of the mention"),
}
_WHO: Columns = {
    "speaker": ("str", "canonical person, office or body; missing if unknown"),
    "side": ("str", "country, party or organisation of the speaker where the text gives it, else missing"),
    "confidence": ("float", "how sure the speaker is, from 0 to 1"),
    "basis": ("str", "what the speaker was found by"),
    "unnamed": ("bool", "the article keeps the name back: 'an official'"),
}

QUOTATIONS = Schema(
    "quotations",
    "One row a run of text between quotation marks: its place, its kind and whom the article gives it to.",
    {
        "quotation_id": ("str", "article_id and the rank of the run in its article"),
        "article_id": ("str", "the article"),
        "start": ("int", "first character inside the marks"),
        "end": ("int", "end of the run, before the closing mark"),
        "text": ("str", "body[start:end]"),
        "kind": (
            "str",
            "direct (a whole statement), mixed (a quoted part of a paraphrase), fragment (up to four words of one), "
            "nested (inside another run), term (a name, title or scare quote: nobody is quoted)",
        ),
        **_MENTION,
        "cue": ("str", "the words that attribute the run, as printed, or missing"),
        "cue_start": ("int?", "first character of the cue"),
        "cue_end": ("int?", "end of the cue"),
        "attribution": ("str", "the pattern that found the speaker; none where nobody was found"),
        "flags": ("str", "what is unusual about the marks, joined by commas; empty where nothing is"),
        "reason": ("str", "why a term is a term; missing on quotations"),
        "chain": (
            "str",
            "quotation_id of the first run of the same speech: split and many-paragraph quotations",
        ),
        "paragraph": ("int", "rank of the paragraph in the article, from 0"),
    },
    key=("quotation_id",),
)

SPEAKERS = Schema(
    "quotations",
    "Quotations with the person, office or body that speaks.",
    {
        **QUOTATIONS.columns,
        **_WHO,
    },
    key=("quotation_id",),
)

STATEMENTS = Schema(
    "reported",
    "One row a reported statement without quotation marks.",
    {
        "statement_id": ("str", "article_id and the rank of the statement in its article"),
        "article_id": ("str", "the article"),
        "start": ("int", "first character of the reported content"),
        "end": ("int", "end of the reported content"),
        "text": ("str", "body[start:end]"),
        "sentence_start": ("int", "first character of the sentence"),
        "sentence_end": ("int", "end of the sentence"),
        **_MENTION,
        "cue": ("str", "the words that report"),
        **_WHO,
    },
    key=("statement_id",),
)

ROLES = Schema(
    "roles",
    "One row a way to call somebody, found in any article of the event, and who that is.",
    {
        "event": ("str", "the event that the name holds in"),
        "alias": ("str", "a role, acronym, short name or other form, as printed"),
        "canonical": ("str", "the fullest form of the person, office or body"),
        "kind": ("str", "name, role, acronym or body"),
        "side": ("str", "country, party or organisation, or missing"),
        "article_id": ("str", "article of the evidence"),
        "start": ("int", "first character of the evidence"),
        "end": ("int", "end of the evidence"),
    },
    key=("event", "alias", "canonical"),
)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as mappings; `to_dict` asks of every value whether it is a number of numpy, which none is here."""
    names = [str(name) for name in table.columns]
    columns = [table[name].tolist() for name in table.columns]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
