"""Figures: one function a figure, drawn from a table, never computing what it shows."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "canvas": ("Picture",),
    "palette": ("outlet_styles",),
    "topics": ("topic_distances", "topic_flow", "topic_shares"),
    "shared": ("article_bars", "page_parts", "share_matrix"),
    "card": ("preview",),
    "validation": ("measured",),
    "framing": ("facts_told", "keyness", "voice_words"),
    "emphasis": ("fact_overlap", "first_places", "frame_shares"),
}
_WHERE = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_WHERE)


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(f"analysis.figures.{_WHERE[name]}"), name)
    raise AttributeError(f"module 'analysis.figures' has no attribute {name!r}")
