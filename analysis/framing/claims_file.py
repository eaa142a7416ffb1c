"""A file of claims, written by a person, in place of the facts that are found."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from analysis.framing.facts import FACTS
from analysis.schema import TableError


def load_claims(source: str | Path | Mapping[str, Any]) -> pd.DataFrame:
    """Read claims from a YAML file, or take them from a mapping of that shape.

    The file::

        claims:
          - id: talks-held
            text: The two ministers met in the capital
          - id: fund
            text: A fund of 40 million dollars was agreed
            event: summit           # optional: look in this event only

    Returns:
        A `FACTS` table that `coverage` accepts, in the order of the file.

    Raises:
        TableError: the file has another shape; the message names the entry and the mend.
    """
    if isinstance(source, Mapping):
        data: Any = source
    else:
        path = Path(source)
        try:
            data = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
        except yaml.YAMLError as error:
            raise TableError(f"{path.name}: this is no YAML: {' '.join(str(error).split())}") from error
    entries = data.get("claims") if isinstance(data, Mapping) else None
    if not isinstance(entries, list):
        raise TableError("claims: expected `claims:` with a list of entries `- {id: ..., text: ...}`.")
    rows: list[dict[str, object]] = []
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        row = _row(entry, number)
        if row["fact_id"] in seen:
            raise TableError(f"claims: the id {row['fact_id']!r} stands twice; ids must be unique.")
        seen.add(str(row["fact_id"]))
        rows.append(row)
    return FACTS.frame(rows)


def _row(entry: Any, number: int) -> dict[str, object]:
    if isinstance(entry, str):
        entry = {"id": f"c{number:02d}", "text": entry}
    if not isinstance(entry, Mapping):
        raise TableError(f"claims: entry {number} is no mapping with id and text.")
    unknown = [str(key) for key in entry if key not in ("id", "text", "event")]
    if unknown:
        raise TableError(f"claims: entry {number} has {', '.join(unknown)}; known are id, text, event.")
    text = str(entry.get("text") or "").strip()
    if not text:
        raise TableError(f"claims: entry {number} has no text.")
    return {
        "fact_id": str(entry.get("id", f"c{number:02d}")),
        "text": text,
        "start": -1,
        "end": -1,
        "event": str(entry.get("event") or ""),
        "kind": "claim",
        "score": 1.0,
    }
