"""The same functions over any number of articles, on one machine or many."""

from __future__ import annotations

from analysis.scale.engine import ClusterError, EngineName, ScaleError
from analysis.scale.one_event import event_tables, list_events
from analysis.scale.run import analyse

__all__ = ["ClusterError", "EngineName", "ScaleError", "analyse", "event_tables", "list_events"]
