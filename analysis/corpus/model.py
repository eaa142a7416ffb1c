"""A corpus as it was read: articles, what was taken out of them, what went wrong, and the way back to the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from analysis.corpus.errors import CorpusError, did_you_mean
from analysis.corpus.sourcemap import SourceMap, chain


@dataclass(frozen=True)
class Origin:
    """Where the body of one article comes from.

    Attributes:
        key: name of the decoded text in `Corpus.sources`.
        maps: the way back from the body to that text, the last edit first.
        length: length of the body.
    """

    key: str
    maps: tuple[SourceMap, ...]
    length: int


@dataclass(frozen=True, eq=False)
class Corpus:
    """What `load_corpus` returns.

    Attributes:
        articles: one row an article (`analysis.articles.ARTICLES`); further columns of the input follow.
        furniture: what was taken out (`analysis.corpus.furniture.FURNITURE`).
        problems: what was found, guessed, repaired, left out (`analysis.corpus.errors.PROBLEMS`).
        evidence: what outlet, title, date and language rest on (`analysis.corpus.describe.EVIDENCE`), as declared.
        root: the folder that was read, or that holds the file that was read.
        path: what was given to be read, or None where the corpus was put together from tables.
        title: title of the corpus, or None.
        event: event of the corpus, or "".
        of_several: whether it is one event out of a corpus with several.
        language: ISO 639-1 code declared for the corpus, or None.
        commentary: the files of commentary (Markdown) that belong to the corpus, in order.
        codebook_path: the codebook that belongs to the corpus, or None.
        codebook_data: its bytes, where the corpus is an archive and no path leads to it.
        declared: the corpus.yml as it was read, or an empty mapping.
    """

    articles: pd.DataFrame
    furniture: pd.DataFrame
    problems: pd.DataFrame
    evidence: pd.DataFrame
    root: Path
    path: Path | None = None
    title: str | None = None
    event: str = ""
    of_several: bool = False
    language: str | None = None
    commentary: tuple[Path, ...] = ()
    codebook_path: Path | None = None
    codebook_data: bytes | None = field(default=None, repr=False)
    declared: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict, repr=False)
    origins: Mapping[str, Origin] = field(default_factory=dict, repr=False)

    @cached_property
    def codebook(self) -> Any:
        """The topics of the corpus (`analysis.topics.load_codebook`), or None where there is no codebook."""
        if self.codebook_path is None and self.codebook_data is None:
            return None
        from analysis.topics import load_codebook  # a floor above: only where it is asked for

        if self.codebook_path is not None:
            return load_codebook(self.codebook_path)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "codebook.yml"
            path.write_bytes(self.codebook_data or b"")
            return load_codebook(path)

    def to_source(self, article_id: str, start: int, end: int) -> tuple[int, int]:
        """Map body offsets to offsets in the decoded text of the article's source.

        The slice of the source holds the same characters as `body[start:end]`, together with whatever was taken out
        in between, and unrepaired where characters were repaired.

        Args:
            article_id: the article.
            start: first character in the body.
            end: one after the last.

        Returns:
            (start, end) in `source_text(article_id)`.

        Raises:
            CorpusError: no such article, or offsets outside its body.
        """
        origin = self._origin(article_id)
        if not 0 <= start <= end <= origin.length:
            raise CorpusError(
                f"offsets {start}-{end} are outside the body, which has {origin.length} characters.",
                where=article_id,
                code="offsets",
            )
        return chain(origin.maps, int(start), int(end))

    def source_text(self, article_id: str) -> str:
        """Return the decoded text that `to_source` counts in.

        That is the whole file, newlines as in the file, for text, Markdown, CSV and JSON Lines; for formats that are
        no plain text (HTML, PDF, Word, Excel, Parquet) it is the text of the article as it was extracted.
        """
        return self.sources[self._origin(article_id).key]

    def _origin(self, article_id: str) -> Origin:
        if article_id not in self.origins:
            raise CorpusError(
                f"there is no article {article_id!r}.",
                where=self.root.name,
                mend=did_you_mean(str(article_id), self.origins),
                code="unknown_article",
            )
        return self.origins[article_id]
