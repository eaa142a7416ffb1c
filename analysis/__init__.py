"""How news outlets tell one event: quotations, shared text, topics and framing, from DataFrame to DataFrame.

Names are loaded when they are first used, so that `import analysis` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "analysis.corpus": ("Corpus", "CorpusError", "articles_from_texts", "check_corpus", "clean_articles", "load_corpus"),
    "analysis.tables": ("open_tables",),
    "analysis.quotes": (
        "align_quotations", "corroboration", "extract_quotations", "indirect_speech", "relation", "resolve_speakers", "role_table",
    ),
    "analysis.passages": ("families", "near_duplicates", "own_words", "reuse_score", "shared_passages", "templates"),
    "analysis.segments": ("units",),
    "analysis.topics": (
        "assign_topics", "codebook_agreement", "discover_topics", "load_codebook", "topic_distances", "topic_shares",
    ),
    "analysis.framing": (
        "align_sentences", "contradictions", "coverage", "cue_marks", "emphasis", "find_facts", "frame_baseline", "frame_cues",
        "frame_scores", "frame_shares", "keyness",
        "load_claims", "openings", "prominence", "reporting_verbs", "reporting_words", "reports", "voices", "wording_shifts",
    ),
    "analysis.book": ("build_book",),
}  # fmt: skip
_WHERE = {name: home for home, names in _HOMES.items() for name in names}
_MODULES = frozenset(
    {
        "book",
        "coding",
        "corpus",
        "figures",
        "framing",
        "passages",
        "quotes",
        "render",
        "scale",
        "stats",
        "text",
        "topics",
        "validation",
    }
)

__all__ = ["__version__", *sorted(_WHERE)]


def home_of(name: str) -> str | None:
    """The module that a public name comes from; None for a name that is none."""
    return _WHERE.get(name)


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    if name in _MODULES:
        return import_module(f"analysis.{name}")
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*__all__, *_MODULES})
