"""The same functions over any number of articles, on one machine or many."""

from __future__ import annotations

from analysis.scale.engine import ClusterError, Engine, EngineName, ScaleError, Task, run_task
from analysis.scale.one_event import event_tables, list_events
from analysis.scale.run import analyse

__all__ = [
    "ClusterError",
    "Engine",
    "EngineName",
    "ScaleError",
    "Task",
    "analyse",
    "event_tables",
    "list_events",
    "run_task",
]
