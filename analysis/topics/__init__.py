"""Topics: a codebook's or discovered ones, shares with honest intervals, distances against what chance does."""

from analysis.topics.agreement import codebook_agreement
from analysis.topics.assign import ASSIGNMENTS, assign_topics, main_topics
from analysis.topics.codebook import (
    UNASSIGNED,
    Codebook,
    CodebookError,
    Term,
    Topic,
    codebook_yaml,
    load_codebook,
)
from analysis.topics.compare import TOPIC_DISTANCES, TOPIC_SHARES, topic_distances, topic_shares
from analysis.topics.discover import discover_topics

__all__ = [
    "ASSIGNMENTS",
    "TOPIC_DISTANCES",
    "TOPIC_SHARES",
    "UNASSIGNED",
    "Codebook",
    "CodebookError",
    "Term",
    "Topic",
    "assign_topics",
    "codebook_agreement",
    "codebook_yaml",
    "discover_topics",
    "load_codebook",
    "main_topics",
    "topic_distances",
    "topic_shares",
]
