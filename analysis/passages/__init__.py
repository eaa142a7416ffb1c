"""Shared text: which words several articles have in common, what kind of sharing it is, and which words are an article's own."""

from analysis.passages.families import FAMILIES, families
from analysis.passages.own import OWN_WORDS, own_words
from analysis.passages.shared import PASSAGES, shared_passages
from analysis.passages.templates import TEMPLATES, templates

__all__ = [
    "FAMILIES",
    "OWN_WORDS",
    "PASSAGES",
    "TEMPLATES",
    "families",
    "own_words",
    "shared_passages",
    "templates",
]
