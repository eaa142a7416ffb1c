"""JSON, JSON Lines and Parquet: one record an article."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Mapping
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from analysis.corpus.columns import OURS, match_columns, near_misses, with_text
from analysis.corpus.decode import decode
from analysis.corpus.document import Document
from analysis.corpus.errors import CorpusError, Problem
from analysis.corpus.sourcemap import Edit, SourceMap, apply_edits

_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[\"\\/bfnrt]"
)
_SHORT = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_LINE = re.compile(r"[^\n]+")
_SPACE = re.compile(r"[ \t\r\n]*")


def read_jsonl(name: str, data: bytes, given: Mapping[str, str] | None = None) -> list[Document]:
    """Read JSON Lines: one object a line.

    Raises:
        CorpusError: a line that is no JSON object, or no line at all; the message names the line.
    """
    decoded = decode(data)
    rows: list[tuple[int, int, dict[str, Any]]] = []
    number, at = 1, 0
    for m in _LINE.finditer(decoded.text):
        # counted as an editor counts lines, blank ones included
        number += decoded.text.count("\n", at, m.start())
        at = m.start()
        if m.group().strip():
            rows.append((number, at, _object(m.group(), f"{name}, line {number}")))
    if not rows:
        raise CorpusError("is empty.", where=name, code="empty")
    return _documents(name, rows, decoded.text, decoded.problems, given)


def read_json(name: str, data: bytes, given: Mapping[str, str] | None = None) -> list[Document]:
    """Read a JSON array of objects, or one object.

    Raises:
        CorpusError: no JSON, or something else than objects.
    """
    decoded = decode(data)
    value = _parse(decoded.text, name)
    if isinstance(value, dict):
        inner = [
            v for v in value.values() if isinstance(v, list) and v and all(isinstance(x, dict) for x in v)
        ]
        value = (
            inner[0]
            if len(inner) == 1 and not any(k in value for k in ("text", "body", "content"))
            else [value]
        )
    if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
        raise CorpusError("must be a list of objects, one an article.", where=name, code="bad_json")
    return _documents(
        name, [(i, -1, item) for i, item in enumerate(value, start=1)], decoded.text, decoded.problems, given
    )


def read_parquet(name: str, data: bytes, given: Mapping[str, str] | None = None) -> list[Document]:
    """Read a Parquet file: one row an article.

    Raises:
        CorpusError: the file is damaged or has no column with the text.
    """
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.read_table(io.BytesIO(data))
        rows = table.to_pylist()
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise CorpusError(
            f"is no Parquet file that can be read ({str(error).splitlines()[0][:150]}).",
            where=name,
            code="bad_parquet",
        ) from None
    if not rows:
        raise CorpusError("has no rows.", where=name, code="empty")
    return _documents(name, [(i, -1, row) for i, row in enumerate(rows, start=1)], None, (), given)


def _documents(
    name: str,
    rows: Iterable[tuple[int, int, Mapping[str, Any]]],
    whole: str | None,
    said: tuple[Problem, ...],
    given: Mapping[str, str] | None,
) -> list[Document]:
    rows = list(rows)
    header = list(dict.fromkeys(key for _, _, row in rows for key in row))
    columns = match_columns(header, OURS, name, given)
    values = (
        [[_as_text(row.get(key)) for key in header] for _, _, row in rows[:200]]
        if "body" not in columns
        else []
    )
    columns, guessed = with_text(columns, header, values, name, "field")
    names = {ours: header[at] for ours, at in columns.items()}
    out = []
    problems = (*said, *near_misses(header, columns, name), *guessed)
    for number, at, row in rows:
        text = _as_text(row.get(names["body"]))
        source, back = text, SourceMap()
        if whole is not None and at >= 0:
            placed = _place(whole, at, names["body"])
            if placed is not None and placed[0] == text:
                source, back = whole, placed[1]
        out.append(
            Document(
                source=name,
                text=text,
                source_text=source,
                back=back,
                id=_as_text(row.get(names["article_id"])) or None if "article_id" in names else None,
                meta={
                    k: v
                    for k, column in names.items()
                    if k not in ("article_id", "body") and (v := _as_text(row.get(column))).strip()
                },
                extra={
                    k: v if v is None or isinstance(v, str | int | float | bool) else _as_text(v)
                    for k, v in row.items()
                    if k not in names.values()
                },
                row=number,
                problems=problems,
            )
        )
        problems = ()
    return out


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return str(value["name"])  # as news services give an outlet: {"id": ..., "name": ...}
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _object(line: str, where: str) -> dict[str, Any]:
    value = _parse(line, where)
    if not isinstance(value, dict):
        raise CorpusError("must be an object ({...}), one an article.", where=where, code="bad_json")
    return value


def _parse(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = (
            f"{where}, column {error.colno}"
            if error.lineno == 1
            else f"{where}, line {error.lineno}, column {error.colno}"
        )
        raise CorpusError(f"is no JSON ({error.msg}).", where=place, code="bad_json") from None
    except (RecursionError, ValueError) as error:
        raise CorpusError(
            f"is no JSON that can be read ({type(error).__name__}).", where=where, code="bad_json"
        ) from None


def _place(whole: str, at: int, key: str) -> tuple[str, SourceMap] | None:
    """Find the string value of a top-level key in the object that starts at `at`, with the way back to the file."""
    position = _SPACE.match(whole, at).end() + 1  # type: ignore[union-attr]
    depth = 1
    name: str | None = None
    while position < len(whole):
        c = whole[position]
        if c == '"':
            value, end = scanstring(whole, position + 1, False)
            if depth == 1 and name is None:
                name = value
            elif depth == 1 and name == key:
                raw = whole[position + 1 : end - 1]
                edits: list[Edit] = (
                    [(m.start(), m.end(), _unescape(m.group())) for m in _ESCAPE.finditer(raw)]
                    if "\\" in raw
                    else []
                )
                return apply_edits(raw, edits, base=position + 1)
            position = end
            continue
        if c in "{[":
            depth += 1
        elif c in "}]":
            depth -= 1
            if depth == 0:
                return None
        elif c == "," and depth == 1:
            name = None
        elif c == "\n":
            return None
        position += 1
    return None


def _unescape(escape: str) -> str:
    if escape[1] != "u":
        return _SHORT[escape[1]]
    value: str = json.loads(f'"{escape}"')
    return value
