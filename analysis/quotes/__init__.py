"""Who said exactly what: quotations, their speakers, and the same utterance in several outlets.

Names are loaded when they are first used; the modules say what each does.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "analysis.quotes.extract": ("extract_quotations",),
    "analysis.quotes.speakers": ("resolve_speakers",),
    "analysis.quotes.roletable": ("role_table",),
    "analysis.quotes.indirect": ("indirect_speech",),
    "analysis.quotes.tables": ("QUOTATIONS", "ROLES", "SPEAKERS", "STATEMENTS"),
    "analysis.quotes.relations": ("Relation", "relation"),
    "analysis.quotes.align": ("align_quotations",),
    "analysis.quotes.corroborate": ("corroboration",),
}
_WHERE = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_WHERE)


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'analysis.quotes' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
