"""Tables of articles as they come: Parquet, JSON Lines, CSV; files, folders, patterns, and addresses of object stores."""

from __future__ import annotations

import glob
import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from analysis.corpus import CorpusError
from analysis.corpus.columns import match_columns
from analysis.corpus.dates import DateError, iso_day
from analysis.corpus.errors import storable
from analysis.scale.checkpoints import write_part, write_whole
from analysis.scale.engine import ScaleError

_WANTED = ("article_id", "body", "outlet", "title", "date", "language", "event")
_KINDS = {
    ".parquet": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
}
_NO = frozenset({"false", "no", "0", "n"})


def find_sources(inputs: str | Path | Sequence[str | Path]) -> list[tuple[str, str]]:
    """Find the files of articles, in order, each with a hash of its state.

    Args:
        inputs: files, folders (searched to the bottom), patterns with * and ?, and fsspec addresses (s3://, gs://,
            hdfs://), which need fsspec and the driver of the store.

    Raises:
        ScaleError: something is not there, or no file of a kind that is read.
    """
    found: list[tuple[str, str]] = []
    for given in [inputs] if isinstance(inputs, str | Path) else inputs:
        some = list(_remote(str(given)) if "://" in str(given) else _local(str(given)))
        if not some:
            raise ScaleError(
                f"{given}: there is no Parquet, JSON Lines or CSV file of articles. A folder of single articles is read by "
                "`tellings analyse` without --engine."
            )
        found += some
    return list(dict.fromkeys(found))


def kind_of(path: str) -> str | None:
    """Return parquet, jsonl, csv or tsv by the name of a file, compressed or not; None for any other."""
    name = PurePosixPath(path)
    if name.suffix.casefold() == ".gz":
        name = name.with_suffix("")
    return _KINDS.get(name.suffix.casefold())


def _local(given: str) -> Iterator[tuple[str, str]]:
    path = Path(given)
    if path.is_dir():
        paths = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
    elif path.is_file():
        paths = [path]
    else:
        # a pattern may begin at the root, which Path.glob refuses
        paths = [Path(p) for p in sorted(glob.glob(given, recursive=True)) if Path(p).is_file()]  # noqa: PTH207
    for file in paths:
        if kind_of(file.name):
            state = file.stat()
            yield str(file.resolve()), f"{state.st_size} {state.st_mtime_ns}"


def _remote(address: str) -> Iterator[tuple[str, str]]:
    fsspec = _fsspec()
    system, path = fsspec.core.url_to_fs(address)
    names = system.find(path) if system.isdir(path) else system.glob(path)
    for name in sorted(names):
        if kind_of(name) and not PurePosixPath(name).name.startswith("."):
            info = system.info(name)
            state = [
                info.get(word) for word in ("size", "ETag", "etag", "mtime", "LastModified", "generation")
            ]
            yield str(system.unstrip_protocol(name)), repr(state)


def _fsspec() -> Any:
    try:
        return import_module("fsspec")
    except ImportError:
        raise ScaleError(
            "addresses such as s3:// need fsspec: pip install 'five-tellings[cluster]'."
        ) from None


def read_source(target: Path, source: str, rows: int) -> None:
    """Read one file and leave parts of so many articles, `target/NUMBER/raw.parquet`.

    Raises:
        CorpusError: the file is damaged, or lacks the text; the message names file and place.
    """

    def write(draft: Path) -> None:
        at = 0
        for number, frame in enumerate(_pieces(source, rows)):
            write_part(draft / f"{number:06d}", {"raw": _as_raw(frame, source, at)})
            at += len(frame)
        if not at:
            raise CorpusError("holds no article.", where=source, code="empty")

    write_whole(target, write)


def _pieces(source: str, rows: int) -> Iterator[pd.DataFrame]:
    import pyarrow as pa

    kind = kind_of(source)
    try:
        with _opened(source) as file:
            if kind == "parquet":
                import pyarrow.parquet as pq

                for batch in pq.ParquetFile(file).iter_batches(batch_size=rows):
                    yield batch.to_pandas()
            elif kind == "jsonl":
                yield from _json_lines(file, source, rows)
            else:
                yield from pd.read_csv(
                    file, chunksize=rows, dtype="str", keep_default_na=False, encoding="utf-8-sig",
                    sep="\t" if kind == "tsv" else ",",
                )  # fmt: skip
    except (
        pa.ArrowException,
        pd.errors.ParserError,
        pd.errors.EmptyDataError,
        UnicodeError,
        EOFError,
    ) as error:
        said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise CorpusError(f"cannot be read as {kind} ({said}).", where=source, code="damaged") from error
    except OSError as error:
        if error.errno is not None:
            raise
        # pyarrow and gzip say so of damaged data
        raise CorpusError(f"cannot be read as {kind} ({error}).", where=source, code="damaged") from error


def _opened(source: str) -> Any:
    if "://" in source:
        return _fsspec().open(source, "rb", compression="infer").open()
    return gzip.open(source, "rb") if source.casefold().endswith(".gz") else Path(source).open("rb")


def _json_lines(file: Iterable[bytes], source: str, rows: int) -> Iterator[pd.DataFrame]:
    held: list[dict[str, Any]] = []
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise CorpusError(
                f"is no JSON ({error}).", where=f"{source}, line {number}", code="bad_json"
            ) from None
        if not isinstance(value, dict):
            raise CorpusError(
                "must be an object ({...}), one an article.",
                where=f"{source}, line {number}",
                code="bad_json",
            )
        held.append(value)
        if len(held) == rows:
            yield pd.DataFrame(held)
            held = []
    if held:
        yield pd.DataFrame(held)


def _as_raw(frame: pd.DataFrame, source: str, at: int) -> pd.DataFrame:
    """Give the columns our names and make all of them text; further columns follow."""
    header = [str(name) for name in frame.columns]
    columns = match_columns(header, _WANTED, source)
    if "body" not in columns:
        raise CorpusError(
            f"has no column with the text; it has {', '.join(header[:20])}.",
            where=source, mend="Name it 'text' (or body, content, article).", code="missing_column",
        )  # fmt: skip
    raw = pd.DataFrame({name: _texts(frame.iloc[:, place]) for name, place in columns.items()})
    stem = PurePosixPath(source).name.split(".")[0]
    ids = raw["article_id"] if "article_id" in raw else [None] * len(raw)
    raw["article_id"] = [given or f"{stem}:{at + row + 1}" for row, given in enumerate(ids)]
    raw["source"] = PurePosixPath(source).name
    raw["body"] = [body or "" for body in raw["body"]]
    raw["date"] = [_day(value) for value in raw["date"]] if "date" in raw else None
    for name in _WANTED:
        if name not in raw:
            raw[name] = None
    used = set(columns.values())
    for place, name in enumerate(header):
        if place not in used and name not in raw:
            raw[name] = _texts(frame.iloc[:, place])
    # a text column stays one where a part has no value in it
    return raw.astype({name: "str" for name in raw.columns if name not in ("article_id", "body")})


def _texts(values: pd.Series[Any]) -> list[str | None]:
    out: list[str | None] = []
    for value in values.tolist():
        missing = value is None or (isinstance(value, float) and value != value) or value is pd.NaT
        text = None if missing else str(storable(value if isinstance(value, str) else str(value)))
        out.append(text if text and text.strip() else None)
    return out


def _day(value: str | None) -> str | None:
    try:
        return iso_day(value) if value else None
    except DateError:
        return None


def wants_cleaning(frame: pd.DataFrame) -> list[bool]:
    """Say for each row whether it is to be cleaned: yes, unless its column `clean` says no."""
    if "clean" not in frame.columns:
        return [True] * len(frame)
    return [not (isinstance(value, str) and value.strip().casefold() in _NO) for value in frame["clean"]]
