"""Tables without the book: Parquet and CSV files, a data dictionary, and an RO-Crate that describes them.

Parquet holds the values as they are. CSV is made for spreadsheets, which run a cell that begins with = + - @ as a
formula: such a text gets an apostrophe in front (OWASP, CSV injection); numbers stay numbers.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, Protocol

import pandas as pd

import analysis
from analysis.cache import versions
from analysis.recipes import RECIPES
from analysis.schema import Schema, TableError

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LISTING = "tables.json"


class TablesLike(Protocol):
    """What is exported: names, and a frame by name, as `analysis.open_tables` gives them."""

    @property
    def names(self) -> list[str]:  # noqa: D102
        ...

    def __getitem__(self, name: str) -> pd.DataFrame: ...


def formula_safe(value: Any) -> Any:
    """Return a cell for a spreadsheet: a text that would be run as a formula gets an apostrophe in front."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def csv_text(table: pd.DataFrame) -> str:
    """Write a table as CSV that a spreadsheet opens without running anything; lists are joined with "; "."""
    safe = table.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]):
            safe[name] = [formula_safe(_flat(value)) for value in safe[name]]
    safe.columns = [formula_safe(str(name)) for name in safe.columns]
    # RFC 4180 line ends: with them a lone carriage return inside a text is quoted too, and cannot begin a row
    return str(safe.to_csv(index=False, lineterminator="\r\n"))


def write_tables(
    tables: TablesLike,
    out: Path,
    report: Callable[[str], None] | None = None,
    names: Iterable[str] | None = None,
) -> list[str]:
    """Write every table to a folder that `open_tables` and `tellings build` read again.

    `TABLE/TABLE.parquet`, `csv/TABLE.csv`, `dictionary.json` (columns, types, meanings), `tables.json` (what made
    them) and `ro-crate-metadata.json`. The listing is written last: a folder without it is not complete.

    Args:
        tables: from `open_tables`.
        out: the folder; one that holds other things is refused.
        report: hears each name before its turn.
        names: only these tables.

    Returns:
        The names of the tables written.

    Raises:
        TableError: the folder holds something else.
    """
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / _LISTING).is_file())):
        raise TableError(f"{out} holds files that are not tables written here; name a new or empty folder.")
    (out / _LISTING).unlink(missing_ok=True)
    written = list(names or tables.names)
    dictionary: dict[str, Any] = {}
    known = schemas()
    for name in written:
        if report:
            report(name)
        table = tables[name]
        folder = out / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        table.to_parquet(folder / f"{name}.parquet", index=False)
        (out / "csv").mkdir(exist_ok=True)
        (out / "csv" / f"{name}.csv").write_bytes(csv_text(table).encode())
        dictionary[name] = describe(name, table, known)
    _write_json(out / "dictionary.json", dictionary)
    _write_json(out / "ro-crate-metadata.json", ro_crate(dictionary))
    _write_json(out / _LISTING, {"tables": written, "program": analysis.__version__, "versions": versions()})
    return written


def describe(name: str, table: pd.DataFrame, known: Mapping[str, Schema]) -> dict[str, Any]:
    """One table's entry in the data dictionary: what it is, its key, its rows, and each column's type and meaning.

    A column that a table took over from another one means what it means there.
    """
    schema = known.get(name)
    elsewhere = {column: said for other in known.values() for column, said in other.columns.items()}
    declared = {**elsewhere, **(schema.columns if schema else {})}
    columns = [
        {
            "name": str(column),
            "type": declared[column][0] if column in declared else str(table[column].dtype),
            "meaning": declared[column][1] if column in declared else "",
        }
        for column in table.columns
    ]
    return {
        "about": RECIPES[name].about
        if name in RECIPES
        else schema.about
        if schema
        else name.replace("_", " "),
        "key": list(schema.key) if schema else [],
        "rows": len(table),
        "columns": columns,
    }


def schemas() -> dict[str, Schema]:
    """Every declared table of the package by name, found where it is declared.

    A table that a later function adds columns to is declared twice; the fuller declaration is the one that is shown.
    """
    found: dict[str, Schema] = {}
    for module in walk_packages(analysis.__path__, "analysis."):
        if module.name.startswith(
            ("analysis.book", "analysis.cli", "analysis.home", "analysis.scale", "analysis.figures")
        ):
            continue
        for value in vars(import_module(module.name)).values():
            if isinstance(value, Schema) and len(value.columns) > len(
                getattr(found.get(value.name), "columns", ())
            ):
                found[value.name] = value
    return found


def ro_crate(dictionary: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Describe the folder as an RO-Crate 1.1, so that a repository or a colleague knows what is in it.

    The date is today's, or that of SOURCE_DATE_EPOCH where a build has to be repeated to the byte.
    """
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    when = datetime.fromtimestamp(int(stamp), UTC) if stamp and stamp.isdigit() else datetime.now(UTC)
    parts: list[dict[str, Any]] = [
        {
            "@id": "dictionary.json",
            "@type": "File",
            "name": "Data dictionary",
            "encodingFormat": "application/json",
        },
        {
            "@id": _LISTING,
            "@type": "File",
            "name": "List of the tables",
            "encodingFormat": "application/json",
        },
    ]
    for name, entry in dictionary.items():
        for path, kind in (
            (f"{name}/{name}.parquet", "application/vnd.apache.parquet"), (f"csv/{name}.csv", "text/csv"),
        ):  # fmt: skip
            parts.append({
                "@id": path, "@type": "File", "name": name, "description": entry["about"], "encodingFormat": kind,
            })  # fmt: skip
    program = {
        "@id": "#five-tellings", "@type": "SoftwareApplication", "name": "five-tellings",
        "softwareVersion": analysis.__version__,
    }  # fmt: skip
    root = {
        "@id": "./", "@type": "Dataset", "name": "Tables of a comparison of news articles",
        "description": "Quotations, shared text, topics and framing, as computed by five-tellings.",
        "datePublished": when.date().isoformat(),
        "license": "The texts belong to their publishers; the tables may be used for research.",
        "hasPart": [{"@id": part["@id"]} for part in parts], "mentions": {"@id": program["@id"]},
    }  # fmt: skip
    descriptor = {
        "@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    }  # fmt: skip
    return {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [descriptor, root, program, *parts],
    }


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _flat(value: Any) -> Any:
    return (
        "; ".join(map(str, value)) if isinstance(value, list | tuple) or hasattr(value, "tolist") else value
    )
