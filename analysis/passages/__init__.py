"""Shared text: which words several articles have in common, what kind of sharing it is, and which words are an article's own."""

from analysis.passages.families import FAMILIES, families
from analysis.passages.own import OWN_WORDS, own_words
from analysis.passages.shared import PASSAGES, shared_passages
from analysis.passages.similarity import NEAR_DUPLICATES, near_duplicates, reuse_score
from analysis.passages.templates import TEMPLATES, templates

__all__ = [
    "FAMILIES",
    "NEAR_DUPLICATES",
    "OWN_WORDS",
    "PASSAGES",
    "TEMPLATES",
    "families",
    "near_duplicates",
    "own_words",
    "reuse_score",
    "shared_passages",
    "templates",
]
