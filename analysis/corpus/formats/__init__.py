"""Readers of file formats: from the bytes of a file to documents, one an article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import PurePosixPath

from analysis.corpus.document import Document
from analysis.corpus.errors import CorpusError, printable

# suffix -> (module, function, holds many articles, needs the extra)
_READERS: dict[str, tuple[str, str, bool, bool]] = {
    ".txt": ("plain", "read_text", False, False),
    ".text": ("plain", "read_text", False, False),
    ".md": ("plain", "read_markdown", False, False),
    ".markdown": ("plain", "read_markdown", False, False),
    ".csv": ("delimited", "read_delimited", True, False),
    ".tsv": ("delimited", "read_delimited", True, False),
    ".tab": ("delimited", "read_delimited", True, False),
    ".jsonl": ("records", "read_jsonl", True, False),
    ".ndjson": ("records", "read_jsonl", True, False),
    ".json": ("records", "read_json", True, False),
    ".parquet": ("records", "read_parquet", True, False),
    ".html": ("web", "read_html", False, True),
    ".htm": ("web", "read_html", False, True),
    ".xhtml": ("web", "read_html", False, True),
    ".warc": ("web", "read_warc", True, True),
    ".warc.gz": ("web", "read_warc", True, True),
    ".pdf": ("office", "read_pdf", False, True),
    ".docx": ("office", "read_docx", False, True),
    ".rtf": ("office", "read_rtf", False, True),
    ".xlsx": ("office", "read_xlsx", True, True),
}
_WITH_COLUMNS = frozenset({".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".json", ".parquet", ".xlsx"})
_UNREADABLE = {
    ".doc": "save it as .docx",
    ".xls": "save it as .xlsx or .csv",
    ".odt": "save it as .docx or .txt",
    ".epub": "save it as .txt",
    ".pages": "save it as .docx",
}


def suffix_of(name: str) -> str:
    """Return the suffix that decides the format, in lower case."""
    folded = name.casefold()
    return ".warc.gz" if folded.endswith(".warc.gz") else PurePosixPath(folded).suffix


def is_readable(name: str) -> bool:
    """Is there a reader for a file of this name?"""
    return suffix_of(name) in _READERS


def holds_many(name: str) -> bool:
    """Does a file of this name hold a table of articles rather than one?"""
    return is_readable(name) and _READERS[suffix_of(name)][2]


def why_not(name: str) -> str:
    """Say why a file of this name is not read."""
    suffix = suffix_of(name)
    hint = _UNREADABLE.get(suffix)
    return (
        f"{suffix} files are not read; {hint}." if hint else f"{suffix or 'this kind of'} files are not read."
    )


def read_documents(name: str, data: bytes, columns: Mapping[str, str] | None = None) -> list[Document]:
    """Read the articles of one file; `columns` says which column of a table is which of ours.

    Raises:
        CorpusError: the file is damaged, or its format needs packages that are not installed.
    """
    module, function, _, needs_extra = _READERS[suffix_of(name)]
    try:
        reader: Callable[..., list[Document]] = getattr(
            import_module(f"analysis.corpus.formats.{module}"), function
        )
        return reader(name, data, columns) if suffix_of(name) in _WITH_COLUMNS else reader(name, data)
    except ModuleNotFoundError as error:
        if not needs_extra:
            raise
        raise CorpusError(
            f"{suffix_of(name)} files need the package {error.name!r}, which is not installed.",
            where=printable(name), mend="Run: pip install 'five-tellings[formats]'", code="missing_package",
        ) from None  # fmt: skip
