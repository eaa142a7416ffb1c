"""The tables that the pages offer for download, written where the pages link to."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import fields
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.book.verify import Notebook

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

FOLDER = "_static/tables"
ARCHIVE = "tables.zip"
"""All tables that a book offers, as Parquet."""
LARGE_CSV = 16_000  # bytes, from which a CSV file is packed; what a book weighs is mostly these
_LINK = re.compile(r"_static/tables/([a-z][a-z0-9_]*)\.csv")


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
    """Have the links to CSV files that were packed lead to them, and say so; in every page below a folder."""
    packed = [path.name.removesuffix(".csv.zip") for path in (pages / FOLDER).glob("*.csv.zip")]
    if not packed:
        return
    names = "|".join(name.replace("_", "(?:_|&#95;)") for name in packed)
    link = re.compile(
        rf'(tables(?:/|&#47;)(?:{names})(?:\.|&#46;)csv)(" download="(?:{"|".join(packed)})\.csv)">CSV<'
    )
    for page in pages.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(link.sub(r'\1.zip\2.zip">CSV (zip)<', text), encoding="utf-8")


def open_offered(book: Path, name: str) -> pd.DataFrame | None:
    """Read a table that a book offers; None where it offers none of that name."""
    import pandas as pd

    with suppress(OSError, KeyError), zipfile.ZipFile(book / FOLDER / ARCHIVE) as archive:
        return pd.read_parquet(io.BytesIO(archive.read(f"{name}.parquet")))
    return None


def write_downloads(corpus: str, names: Iterable[str], parameters: Mapping[str, Any], folder: Path) -> None:
    """Write tables as CSV, safe for a spreadsheet and packed where they are large, and all of them as Parquet in one archive.

    Args:
        corpus: what the chapters were given.
        names: of the tables; an unknown one is an error, for a link must not lead nowhere.
        parameters: of the book; those that are settings of the tables are used.
        folder: where to.
    """
    from analysis.exports import csv_text

    tables = tables_of(corpus, parameters)
    folder.mkdir(parents=True, exist_ok=True)
    whole = {}
    for name in names:
        data = csv_text(tables[name].round(6)).encode()
        if len(data) <= LARGE_CSV:
            (folder / f"{name}.csv").write_bytes(data)
        else:
            (folder / f"{name}.csv.zip").write_bytes(_zipped({f"{name}.csv": data}))
        whole[f"{name}.parquet"] = tables[name].to_parquet(
            # the archive packs what Parquet says about a table too, of which small ones mostly consist
            index=False, compression=None, write_statistics=False, store_schema=False,
        )  # fmt: skip
    (folder / ARCHIVE).write_bytes(_zipped(whole))


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip archive that is the same in every build: it knows no time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, compresslevel=9)
    return packed.getvalue()
