"""Parts of tables on disk, each written whole or not at all.

A stage leaves one folder a part, and in it one Parquet file a table. The folder is written under another name and renamed
when it is complete, so that whatever kills a worker leaves either the part or nothing. Column types come from the declared
`Schema`, never from the rows: a part without rows has the same types as all others.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd

from analysis.schema import Schema

_SCATTERED = "scattered.arrow"
_DECLARED = {
    "str": "string",
    "int": "int64",
    "int?": "int64",
    "float": "float64",
    "bool": "bool",
    "bool?": "bool",
}


@dataclass(frozen=True)
class Dataset:
    """What a stage left: one folder a part, in order.

    Attributes:
        folder: the folder of the stage.
        parts: names of the parts.
        key: hash of everything that made it; names the folder of whatever is made from it.
    """

    folder: str
    parts: tuple[str, ...]
    key: str

    def place(self, number: int) -> str:
        """Folder of one part."""
        return str(Path(self.folder) / self.parts[number])

    def read(self, table: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Read one table of all parts; only for tables that fit in memory."""
        parts = [read_part(self.place(k), table, columns) for k in range(len(self.parts))]
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(columns or ()))


def write_whole(target: Path, write: Callable[[Path], None]) -> None:
    """Let `write` fill a folder, and give it its name when it is complete.

    Raises:
        OSError: the disk refuses; nothing is left behind.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{uuid4().hex[:8]}")
    try:
        draft.mkdir()
        write(draft)
        try:
            draft.rename(target)
        except OSError:
            # two workers did the same part, as happens when a scheduler takes one for lost: the results are equal
            if not target.is_dir():
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


@lru_cache(maxsize=1)
def declared() -> dict[str, Schema]:
    """Every declared table by name, those of this package's stages included."""
    from analysis.events import EVENTS
    from analysis.exports import schemas
    from analysis.scale.months import KEYNESS_MONTHS, TERMS
    from analysis.scale.stages import PAGES

    return schemas() | {schema.name: schema for schema in (EVENTS, PAGES, TERMS, KEYNESS_MONTHS)}


def write_part(target: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write the tables of one part."""
    import pyarrow.parquet as pq

    def write(draft: Path) -> None:
        for name, frame in tables.items():
            pq.write_table(arrow_table(frame, declared().get(name)), draft / f"{name}.parquet")

    write_whole(target, write)


def read_part(part: str, table: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Read one table of one part."""
    frame: pd.DataFrame = pd.read_parquet(
        Path(part) / f"{table}.parquet", columns=list(columns) if columns else None
    )
    return frame


def arrow_table(frame: pd.DataFrame, schema: Schema | None) -> Any:
    """Turn a frame into an Arrow table with the declared types."""
    import pyarrow as pa

    declared = schema.columns if schema else {}
    fields, arrays = [], []
    for name in frame.columns:
        kind = declared[name][0] if name in declared else None
        values = frame[name]
        if kind == "list":
            array = pa.array(
                [None if value is None else list(map(str, value)) for value in values],
                type=pa.list_(pa.string()),
            )
        elif kind is not None:
            array = pa.Array.from_pandas(values, type=pa.type_for_alias(_DECLARED[kind]))
        else:
            array = _undeclared(values)
        fields.append(pa.field(str(name), array.type))
        arrays.append(array)
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _undeclared(values: pd.Series[Any]) -> Any:
    import pyarrow as pa

    try:
        array = pa.Array.from_pandas(values)
    except (pa.ArrowException, TypeError, ValueError):  # a column that mixes types
        array = pa.array([None if value is None else str(value) for value in values], type=pa.string())
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return array.cast(pa.string()) if pa.types.is_large_string(array.type) else array


def scatter(target: Path, name: str, frame: pd.DataFrame, partition: Sequence[int]) -> None:
    """Write the rows of one part ordered by partition, so that each partition can be read alone."""
    import pyarrow as pa

    order = pd.Series(partition).sort_values(kind="stable")
    table = arrow_table(frame.iloc[order.index].reset_index(drop=True), declared().get(name))
    sizes = order.value_counts(sort=False)
    index = ",".join(map(str, sizes.index.tolist()))
    table = table.replace_schema_metadata({"partitions": index})

    def write(draft: Path) -> None:
        options = pa.ipc.IpcWriteOptions(compression="lz4")
        with (
            pa.OSFile(str(draft / _SCATTERED), "wb") as sink,
            pa.ipc.new_file(sink, table.schema, options=options) as out,
        ):
            at = 0
            for size in sizes.tolist():
                for batch in table.slice(at, size).combine_chunks().to_batches():
                    out.write_batch(batch)
                at += size

    write_whole(target, write)


def gather(parts: Sequence[str], partition: int) -> pd.DataFrame:
    """Read the rows of one partition from all scattered parts, in the order of the parts."""
    import pyarrow as pa

    found = []
    for part in parts:
        with pa.memory_map(str(Path(part) / _SCATTERED)) as source:
            reader = pa.ipc.open_file(source)
            index = [int(k) for k in reader.schema.metadata[b"partitions"].split(b",") if k]
            if partition in index:
                found.append(reader.get_batch(index.index(partition)).to_pandas())
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


def publish(dataset: Dataset, tables: Sequence[str], out: Path) -> None:
    """Give every table its folder, `OUT/TABLE/PART.parquet`, with the same columns in every part."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    for name in tables:
        files = [Path(dataset.place(k)) / f"{name}.parquet" for k in range(len(dataset.parts))]
        files = [file for file in files if file.is_file()]
        schemas = [pq.read_schema(file).remove_metadata() for file in files]
        whole = _texts_for_nothing(pa.unify_schemas(schemas, promote_options="permissive"))

        def write(
            draft: Path, files: list[Path] = files, schemas: list[Any] = schemas, whole: Any = whole
        ) -> None:
            for number, (file, schema) in enumerate(zip(files, schemas, strict=True)):
                target = draft / f"part-{number:05d}.parquet"
                if schema.equals(whole):
                    _link(file, target)
                else:
                    table = pq.read_table(file)
                    for field in whole:
                        if field.name not in table.column_names:
                            table = table.append_column(field, pa.nulls(len(table), field.type))
                    pq.write_table(table.select(whole.names).cast(whole), target)

        shutil.rmtree(out / name, ignore_errors=True)
        write_whole(out / name, write)


def _texts_for_nothing(schema: Any) -> Any:
    """A column in which no part has a value counts as text."""
    import pyarrow as pa

    return pa.schema([pa.field(f.name, pa.string()) if pa.types.is_null(f.type) else f for f in schema])


def _link(file: Path, target: Path) -> None:
    try:
        target.hardlink_to(file)
    except OSError:  # another file system, or one without links
        shutil.copyfile(file, target)
