"""One article as a reader of a format hands it over, before repair and cleaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.corpus.errors import Problem
from analysis.corpus.sourcemap import IDENTITY, SourceMap


@dataclass
class Document:
    """An article's text as it came.

    Attributes:
        source: the file, relative to the corpus.
        text: the text of the article.
        source_text: the decoded text that offsets are mapped back to.
        back: the way from `text` to `source_text`.
        id: the article's id where the input gives one.
        meta: what the input declares: outlet, title, date, language, event.
        hints: the same, guessed from the page; used where nothing is declared, and reported.
        extra: further columns of the input.
        row: row or record number in a file of many articles.
        problems: what there was to say while reading.
    """

    source: str
    text: str
    source_text: str
    back: SourceMap = IDENTITY
    id: str | None = None
    meta: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)
    row: int | None = None
    problems: tuple[Problem, ...] = ()
