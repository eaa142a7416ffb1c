"""The tables that the pages offer for download, written where the pages link to."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.book.verify import Notebook

if TYPE_CHECKING:
    from analysis.tables import Tables

FOLDER = "_static/tables"
LARGE_CSV = 4_000_000  # bytes, from which a CSV file is packed
_LINK = re.compile(r"_static/tables/([a-z][a-z0-9_]*)\.(?:csv|parquet)")


def linked_tables(executed: Iterable[Notebook]) -> list[str]:
    """Names of the tables that executed chapters link to."""
    text = "".join(json.dumps(cell.get("outputs", ())) for notebook in executed for cell in notebook["cells"])
    return sorted(set(_LINK.findall(unescape(text))))


def tables_of(corpus: str, parameters: Mapping[str, Any]) -> Tables:
    """Open the tables that the chapters of a book were given."""
    from analysis.tables import Settings, open_tables

    known = {field.name for field in fields(Settings)}
    settings = Settings(**{name: value for name, value in parameters.items() if name in known})
    return open_tables(corpus, settings=settings)


def link_packed(pages: Path) -> None:
    """Have the links to CSV files that were packed lead to them; in every page below a folder."""
    packed = [path.name.removesuffix(".csv.gz") for path in (pages / FOLDER).glob("*.csv.gz")]
    if not packed:
        return
    names = "|".join(name.replace("_", "(?:_|&#95;)") for name in packed)
    link = re.compile(
        rf'(tables(?:/|&#47;)(?:{names})(?:\.|&#46;)csv)(" download="(?:{"|".join(packed)})\.csv)"'
    )
    for page in pages.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(link.sub(r'\1.gz\2.gz"', text), encoding="utf-8")


def write_downloads(corpus: str, names: Iterable[str], parameters: Mapping[str, Any], folder: Path) -> None:
    """Write tables as CSV, safe for a spreadsheet and packed where they are large, and as Parquet.

    Args:
        corpus: what the chapters were given.
        names: of the tables; an unknown one is an error, for a link must not lead nowhere.
        parameters: of the book; those that are settings of the tables are used.
        folder: where to.
    """
    from analysis.exports import csv_text

    tables = tables_of(corpus, parameters)
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        data = csv_text(tables[name].round(6)).encode()
        if len(data) <= LARGE_CSV:
            (folder / f"{name}.csv").write_bytes(data)
        else:
            (folder / f"{name}.csv.gz").write_bytes(gzip.compress(data, mtime=0))
        # of small tables most is what Parquet says about them: statistics serve searches in large ones
        tables[name].to_parquet(
            folder / f"{name}.parquet",
            index=False,
            compression="zstd",
            write_statistics=False,
            store_schema=False,
        )
