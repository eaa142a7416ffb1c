"""CSV and TSV: every cell a string, every cell's place in the file kept.

The parser is RFC 4180 with the usual latitude (any newline, a quote inside an unquoted cell). It is our own because the
offsets of a cell in its file are needed, and because ragged rows must be an error that names row and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.corpus.columns import OURS, match_columns, near_misses, with_text
from analysis.corpus.decode import decode
from analysis.corpus.document import Document
from analysis.corpus.errors import CorpusError
from analysis.corpus.sourcemap import SourceMap, apply_edits

_DOUBLED = re.compile('""')
_DELIMITERS = (",", "\t", ";", "|")


@dataclass(frozen=True)
class Row:
    """One record: its number as a spreadsheet shows it, its values, and where each starts and ends in the file."""

    number: int
    values: list[str]
    spans: list[tuple[int, int, bool]]


def read_rows(text: str, where: str, delimiter: str | None = None) -> tuple[list[str], list[Row]]:
    """Return the header and the records of a table.

    Raises:
        CorpusError: no header, no record, a quote never closed, or a row with too many or too few cells.
    """
    delimiter = delimiter or _sniff(text)
    records = _records(text, delimiter, where)
    first = next(records, None)
    if first is None:
        raise CorpusError("is empty.", where=where, code="empty")
    header = [name.strip() for name in first.values]
    rows = []
    for row in records:
        if len(row.values) == 1 and not row.values[0].strip() and len(header) > 1:
            continue  # a blank line
        if len(row.values) != len(header):
            more = len(row.values) > len(header)
            column = header[-1] if more else header[len(row.values)]
            what = f"has {len(row.values)} cells where the header has {len(header)}; "
            what += (
                f"there is something after column {column!r}." if more else f"column {column!r} is missing."
            )
            mend = f"A cell that holds {delimiter!r}, a quote or a newline must stand in double quotes."
            raise CorpusError(what, where=f"{where}, row {row.number}", mend=mend, code="ragged_row")
        rows.append(row)
    return header, rows


def read_delimited(name: str, data: bytes, given: Mapping[str, str] | None = None) -> list[Document]:
    """Read the articles of a CSV or TSV file: one row an article; `given` says which column is which of ours.

    Raises:
        CorpusError: no column with the text, no row, a row that is ragged.
    """
    decoded = decode(data)
    header, rows = read_rows(decoded.text, name, "\t" if name.casefold().endswith((".tsv", ".tab")) else None)
    if not rows:
        raise CorpusError("has a header and no rows.", where=name, code="empty")
    columns = match_columns(header, OURS, name, given)
    columns, guessed = with_text(columns, header, [row.values for row in rows], name)
    said = list(decoded.problems) + near_misses(header, columns, name) + guessed
    used = set(columns.values())
    documents = []
    for row in rows:
        at = columns["body"]
        start, end, quoted = row.spans[at]
        text, back = _unquote(decoded.text, start, end, quoted)
        documents.append(
            Document(
                source=name,
                text=text,
                source_text=decoded.text,
                back=back,
                id=row.values[columns["article_id"]] or None if "article_id" in columns else None,
                meta={
                    key: row.values[i]
                    for key, i in columns.items()
                    if key not in ("article_id", "body") and row.values[i].strip()
                },
                extra={header[i]: value for i, value in enumerate(row.values) if i not in used},
                row=row.number,
                problems=tuple(said),
            )
        )
        said = []
    return documents


def _unquote(text: str, start: int, end: int, quoted: bool) -> tuple[str, SourceMap]:
    cell = text[start:end]
    edits = ((m.start(), m.end(), '"') for m in _DOUBLED.finditer(cell)) if quoted and '""' in cell else ()
    return apply_edits(cell, edits, base=start)


def _records(text: str, delimiter: str, where: str) -> Iterator[Row]:
    d = re.escape(delimiter)
    plain = re.compile(rf"[^{d}\r\n]*")
    quoted = re.compile('[^"]*(?:""[^"]*)*"')
    at, number, size = 0, 0, len(text)
    while at < size:
        number += 1
        values: list[str] = []
        spans: list[tuple[int, int, bool]] = []
        while True:
            if at < size and text[at] == '"':
                m = quoted.match(text, at + 1)
                if not m:
                    raise CorpusError(
                        "a double quote is opened and never closed.",
                        where=f"{where}, row {number}, column {len(values) + 1}",
                        mend='Write a quote inside a quoted cell twice ("").',
                        code="open_quote",
                    )
                spans.append((at + 1, m.end() - 1, True))
                values.append(text[at + 1 : m.end() - 1].replace('""', '"'))
                at = m.end()
                if at < size and text[at] not in delimiter + "\r\n":
                    raise CorpusError(
                        f"{text[at : at + 15].splitlines()[0]!r} stands after a closing quote.",
                        where=f"{where}, row {number}, column {len(values)}",
                        mend='Write a quote inside a quoted cell twice ("").',
                        code="open_quote",
                    )
            else:
                m = plain.match(text, at)
                end = m.end() if m else at
                spans.append((at, end, False))
                values.append(text[at:end])
                at = end
            if at < size and text[at] == delimiter:
                at += 1
                continue
            break
        if text.startswith("\r\n", at):
            at += 2
        elif at < size:
            at += 1
        yield Row(number, values, spans)


def _sniff(text: str) -> str:
    """The delimiter that the header uses most, quoted cells left aside."""
    head = re.sub(r'"[^"]*"', "", text[:20_000]).splitlines()
    line = next((line for line in head if line.strip()), "")
    return max(_DELIMITERS, key=line.count) if line else ","
