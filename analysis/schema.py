"""Tables declared once: names, types and meanings of columns.

A table is a pandas DataFrame. Its `Schema` stands beside the function that makes it, and serves four readers: the
function (which builds its frame through it, so an empty result still has every column with its type), the data
dictionary, the check of data that enters from outside, and the cluster engines that need to know types beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

import numpy as np
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
_MISSING = float("nan")
_TYPES: dict[str, Any] = {kind: pd.api.types.pandas_dtype(name) for kind, name in _DTYPES.items()}


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
        if isinstance(rows, pd.DataFrame):
            return self._of_frame(rows)
        if isinstance(rows, Mapping):
            columns: dict[str, Any] = {str(name): values for name, values in rows.items()}
        else:
            listed = list(rows)
            columns = {
                str(name): [row.get(name, _MISSING) for row in listed]
                for name in dict.fromkeys(chain.from_iterable(listed))
            }
        length = len(next(iter(columns.values()), ()))
        made = {
            name: _column(columns[name], kind)
            if name in columns
            else _typed(None, kind, pd.RangeIndex(length))
            for name, (kind, _) in self.columns.items()
        }
        return pd.DataFrame(made | {name: columns[name] for name in columns if name not in made})

    def _of_frame(self, data: pd.DataFrame) -> pd.DataFrame:
        declared = list(self.columns)
        if data.columns[: len(declared)].tolist() == declared and all(
            has == _TYPES[kind]
            for has, (kind, _) in zip(data.dtypes.tolist(), self.columns.values(), strict=False)
        ):
            return data.reset_index(drop=True)  # it is as declared
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


def _column(values: Any, kind: Kind) -> Any:
    """Type one column; lists of what the type holds anyway, which most are, need no guess at a type first."""
    if isinstance(values, list):
        if kind == "str" and pd.api.types.infer_dtype(values, skipna=True) in ("string", "empty"):
            return pd.array(values, dtype=_TYPES[kind])
        if kind in ("int", "float"):
            return np.array(values, dtype=_TYPES[kind])
        if kind == "int?":
            return pd.array(values, dtype=_TYPES[kind])
    plain: pd.Series[Any] = pd.Series(values)
    return _typed(plain, kind, plain.index)


def _typed(values: pd.Series[Any] | None, kind: Kind, index: pd.Index[Any]) -> pd.Series[Any]:
    if values is None:
        blank: Any = {"int": 0, "int?": pd.NA, "bool?": pd.NA, "float": float("nan"), "bool": False}.get(kind)
        if kind == "list":
            return pd.Series([[] for _ in index], index=index, dtype="object")
        empty: pd.Series[Any] = pd.Series([blank] * len(index), index=index, dtype=_DTYPES[kind])
        return empty
    if values.dtype == _TYPES[kind]:
        return values
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
