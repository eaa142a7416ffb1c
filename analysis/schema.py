"""Tables declared once: names, types and meanings of columns.

A table is a pandas DataFrame. Its `Schema` stands beside the function that makes it, and serves four readers: the
function (which builds its frame through it, so an empty result still has every column with its type), the data
dictionary, the check of data that enters from outside, and the cluster engines that need to know types beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

Kind = Literal["str", "int", "int?", "float", "bool", "bool?", "list"]

Columns = Mapping[str, tuple[Kind, str]]
"""Column name -> (kind, meaning)."""

_DTYPES: dict[str, Any] = {
    "str": "str",
    "int": "int64",
    "int?": "Int64",
    "float": "float64",
    "bool": "bool",
    "bool?": "boolean",
    "list": "object",
}


class TableError(ValueError):
    """A table that lacks a column or holds a wrong type; the message says which table, which column and the mend."""


@dataclass(frozen=True)
class Schema:
    """The declaration of one table.

    Attributes:
        name: what the table is called in `open_tables` and on disk.
        about: one sentence for the data dictionary.
        columns: column name -> (kind, meaning). A "list" column holds lists of strings; "int?" and "bool?" may be missing.
        key: the columns that identify a row.
    """

    name: str
    about: str
    columns: Columns
    key: tuple[str, ...] = ()

    def frame(
        self, rows: Iterable[Mapping[str, Any]] | Mapping[str, Sequence[Any]] | pd.DataFrame
    ) -> pd.DataFrame:
        """Build a frame with exactly these columns first, in order and typed; further columns follow as given.

        Args:
            rows: row mappings, a mapping of columns, or a frame. Missing columns become empty values of their type.
        """
        data = (
            rows
            if isinstance(rows, pd.DataFrame)
            else pd.DataFrame(dict(rows) if isinstance(rows, Mapping) else list(rows))
        )
        made: dict[str, pd.Series[Any]] = {}
        for name, (kind, _) in self.columns.items():
            made[name] = _typed(data[name] if name in data.columns else None, kind, data.index)
        for name in data.columns:
            if name not in made:
                made[str(name)] = data[name]
        return pd.DataFrame(made, index=data.index).reset_index(drop=True)

    def check(self, frame: pd.DataFrame, *, columns: Iterable[str] | None = None) -> pd.DataFrame:
        """Return `frame` if it has the declared columns (or those named), else raise `TableError`."""
        wanted = list(columns) if columns is not None else list(self.columns)
        missing = [name for name in wanted if name not in frame.columns]
        if missing:
            raise TableError(
                f"table '{self.name}': missing column(s) {', '.join(missing)}; it has {', '.join(map(str, frame.columns)) or 'none'}."
                f" {self.about}"
            )
        return frame


def _typed(values: pd.Series[Any] | None, kind: Kind, index: pd.Index[Any]) -> pd.Series[Any]:
    if values is None:
        blank: Any = {"int": 0, "int?": pd.NA, "bool?": pd.NA, "float": float("nan"), "bool": False}.get(kind)
        if kind == "list":
            return pd.Series([[] for _ in index], index=index, dtype="object")
        empty: pd.Series[Any] = pd.Series([blank] * len(index), index=index, dtype=_DTYPES[kind])
        return empty
    if kind == "str":
        # None and NaN stay missing; everything else is the text it prints as ("007" stays "007")
        is_text = isinstance(values.dtype, pd.StringDtype)  # told by its type, without a look at each value
        if is_text or pd.api.types.infer_dtype(values, skipna=True) in ("string", "empty"):
            plain: pd.Series[Any] = values.astype("str")
            return plain
        texts: pd.Series[Any] = values.where(values.isna(), values.map(_as_text)).astype("str")
        return texts
    typed: pd.Series[Any] = values.astype(_DTYPES[kind])
    return typed


def _as_text(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else str(value)


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as mappings, in order."""
    return frame.to_dict("records")  # type: ignore[return-value]
