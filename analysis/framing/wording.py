"""Wording that bends: the same statement in other words."""

from __future__ import annotations

import pandas as pd

from analysis.schema import Schema

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


def wording_shifts(
    utterances: pd.DataFrame, facts: pd.DataFrame | None, articles: pd.DataFrame
) -> pd.DataFrame:
    """Find where articles that print the same statement differ in wording.

    Args:
        utterances: from `align_quotations`.
        facts: from `find_facts`, or None.
        articles: the articles.
    """
    return WORDING_SHIFTS.frame([])
