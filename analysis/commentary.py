"""What people have written about one event, shown only as long as the tables bear it out.

A note is a Markdown file beside the corpus (`commentary/*.md`). Its head, in YAML, says to which chapter it belongs, under which
conditions it holds, and which values stand in it; its body is text with `{names}` of those values. Nothing in a note is run:
conditions and values are looked up in tables by name, column and equality, and that is all they can do.

    ---
    chapter: quotations
    title: Two names for one sentence
    when:
      - {table: corroboration, where: {speaker_conflict: true}, at_least: 1}
    values:
      n: {table: corroboration, where: {speaker_conflict: true}, count: utterance_id}
    ---
    In {n} the outlets do not agree on who spoke.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import yaml

from analysis.render import number
from analysis.schema import Schema

if TYPE_CHECKING:
    from analysis.tables import Tables

COMMENTARY = Schema(
    "commentary",
    "One row a note on the event: shown, or left out and why.",
    {
        "note": ("str", "name of its file, without an ending"),
        "chapter": ("str", "chapter it belongs to"),
        "title": ("str", "its heading"),
        "text": ("str", "its text, with {names} where values stand"),
        "values": ("str", "the values as JSON: name -> as printed"),
        "shown": ("bool", "the tables bear it out"),
        "reason": ("str", "why it is left out; empty where it is shown"),
    },
    key=("note",),
)
_KEYS = {"chapter", "title", "when", "values"}
_CONDITION = {"table", "where", "at_least", "at_most", "finding", "status"}
_VALUE = {"table", "where", "count", "sum", "first", "share_of", "finding", "value"}
_HEAD = re.compile(r"\A---\s*\n(.*?)\n---\s*\n(.*)\Z", re.S)
_NAME = re.compile(r"\{(\w+)\}")


class CommentaryError(ValueError):
    """A note that cannot be used; the message names the file and the mend."""


@dataclass(frozen=True)
class Note:
    """One note, read but not yet checked against any table."""

    name: str
    chapter: str
    title: str
    when: tuple[Mapping[str, Any], ...]
    values: Mapping[str, Mapping[str, Any]]
    text: str


def read_note(path: Path) -> Note:
    """Read a note.

    Raises:
        CommentaryError: no head, an unknown key, or a name in the text that has no value.
    """
    found = _HEAD.match(path.read_text(encoding="utf-8"))
    if not found:
        raise CommentaryError(f"{path.name}: a note begins with a head between two lines of '---'.")
    head = yaml.safe_load(found.group(1)) or {}
    _known(path.name, head, _KEYS)
    when = head.get("when") or []
    conditions = tuple(when if isinstance(when, list) else [when])
    values = head.get("values") or {}
    for condition in conditions:
        _known(path.name, condition, _CONDITION)
    for value in values.values():
        _known(path.name, value, _VALUE)
    text = found.group(2).strip()
    missing = sorted(set(_NAME.findall(text)) - set(values))
    if missing:
        raise CommentaryError(
            f"{path.name}: the text has {{{missing[0]}}}, but no such value is declared in its head."
        )
    if re.search(r"\d", _NAME.sub("", text)):
        raise CommentaryError(
            f"{path.name}: a number is typed in the text; declare it as a value, so that it is looked up."
        )
    return Note(path.stem, str(head.get("chapter", "")), str(head.get("title", "")), conditions, values, text)


def commentary(notes: Iterable[Note], tables: Tables) -> pd.DataFrame:
    """Check notes against the tables.

    Returns:
        The table `commentary`: a note is shown when every condition holds and every value is found.
    """
    out = []
    for note in notes:
        values: dict[str, str] = {}
        reason = next((why for why in (_unmet(c, tables) for c in note.when) if why), "")
        if not reason:
            for name, spec in note.values.items():
                shown = _look_up(spec, tables)
                if shown is None:
                    reason = f"there is nothing to say for {{{name}}}"
                    break
                values[name] = shown
        out.append(
            {
                "note": note.name,
                "chapter": note.chapter,
                "title": note.title,
                "text": note.text,
                "values": json.dumps(values, ensure_ascii=False),
                "shown": not reason,
                "reason": reason,
            }
        )
    return COMMENTARY.frame(out)


def _known(file: str, given: Any, known: set[str]) -> None:
    if not isinstance(given, Mapping):
        raise CommentaryError(f"{file}: expected 'key: value' lines, found {given!r}.")
    unknown = sorted(set(map(str, given)) - known)
    if unknown:
        raise CommentaryError(f"{file}: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}.")


def _rows(spec: Mapping[str, Any], tables: Tables) -> pd.DataFrame:
    """The rows of a table whose columns equal what `where` gives; a list means any of them."""
    table = tables[str(spec["table"])]
    for column, wanted in (spec.get("where") or {}).items():
        if column not in table.columns:
            raise CommentaryError(
                f"table {spec['table']!r} has no column {column!r}; it has {', '.join(table.columns)}."
            )
        table = table[table[column].isin(wanted if isinstance(wanted, list) else [wanted])]
    return table


def _unmet(condition: Mapping[str, Any], tables: Tables) -> str:
    """Why a condition does not hold; "" if it does."""
    if "finding" in condition:
        found = tables["findings"]
        status = found.loc[found["finding_id"] == condition["finding"], "status"]
        wanted = condition.get("status", ["holds", "fragile"])
        held = len(status) and status.iloc[0] in (wanted if isinstance(wanted, list) else [wanted])
        return "" if held else f"the finding '{condition['finding']}' is no longer made"
    n = len(_rows(condition, tables))
    low, high = condition.get("at_least", 1 if "at_most" not in condition else 0), condition.get("at_most", n)
    if low <= n <= high:
        return ""
    return f"the table '{condition['table']}' has {n} such rows, and the note asks for {low if n < low else high}"


def _look_up(spec: Mapping[str, Any], tables: Tables) -> str | None:
    """A value as it is printed, or None if there is none."""
    if "finding" in spec:
        found = tables["findings"]
        rows = found.loc[found["finding_id"] == spec["finding"], "values"]
        values = json.loads(rows.iloc[0]) if len(rows) else {}
        return values[spec["value"]][0] if spec.get("value") in values else None
    rows = _rows(spec, tables)
    if "count" in spec:
        return number(rows[spec["count"]].nunique())
    if "sum" in spec:
        total = float(rows[spec["sum"]].sum())
        if spec.get("share_of") == "all":
            whole = float(tables[str(spec["table"])][spec["sum"]].sum())
            return number(total / whole, percent=True) if whole else None
        return number(total)
    if "first" in spec and len(rows):
        value = rows[spec["first"]].iloc[0]
        if pd.isna(value):
            return None
        return number(value, percent=True) if isinstance(value, float) and 0 <= value <= 1 else str(value)
    return None
