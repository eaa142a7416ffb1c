"""What a chapter shows: tables, passages and cards, made of tables by `analysis.render` and encoded there."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "places": ("Places", "downloads"),
    "citing": ("citation", "title"),
    "findings": (
        "choice_table",
        "event_heading",
        "finding_list",
        "gate_summary",
        "gate_table",
        "notes",
        "notes_left_out",
        "outlet_line",
        "question_list",
    ),
    "events": ("event_index",),
    "reading": ("article_cards", "further_editions", "furniture_table", "problem_table", "reading_edition"),
    "speech": ("conflict_cards", "ledger", "quotation_table", "version_pairs", "voice_cards"),
    "sharing": ("family_table", "furniture_effect_table", "passage_pairs"),
    "topics": ("codebook_table", "distance_table", "evidence_paragraphs"),
    "emphasis": (
        "FACT_ROLES",
        "baseline_table",
        "cue_sentences",
        "fact_places",
        "first_place_table",
        "overlap_table",
    ),
    "validation": (
        "agreement_table",
        "cost_table",
        "difference_table",
        "measured_table",
        "source_table",
        "standing",
    ),
    "telling": (
        "contradiction_pairs",
        "fact_matrix",
        "opening_cards",
        "reporting_table",
        "shift_pairs",
        "told_alone",
    ),
}
_WHERE = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_WHERE)


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(f"analysis.views.{_WHERE[name]}"), name)
    raise AttributeError(f"module 'analysis.views' has no attribute {name!r}")
