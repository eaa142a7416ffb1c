"""The four verbs that every stage is made of: read, map, shuffle_map, join. Each leaves a `Dataset` of finished parts.

The folder of a stage is named by a hash of everything that makes it: what it reads, its options, the source of this
package. So a second run finds what the first one finished, and never mistakes one thing for another.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import cache
from analysis.scale.checkpoints import Dataset, gather, read_part, scatter, write_part
from analysis.scale.engine import Engine, Task, writing

Report = Callable[[str, int, int], None]
Frames = Mapping[str, pd.DataFrame]
Function = Callable[..., Frames]


class Pipeline:
    """Runs stages on an engine, with their parts below one folder.

    Args:
        engine: where the work is done.
        folder: where the parts go; every worker must see it.
        report: hears (stage, parts done, parts in all) as the work goes on.
    """

    def __init__(self, engine: Engine, folder: Path, report: Report | None = None) -> None:
        self.engine = engine
        self.folder = folder
        self.report = report or (lambda stage, done, total: None)
        self.costs: dict[str, dict[str, float]] = {}
        self._used: set[str] = set()

    def read(
        self, stage: str, sources: Sequence[tuple[str, str]], write: Callable[..., None], **options: Any
    ) -> Dataset:
        """Read files, each in one task that leaves a folder of parts.

        Args:
            stage: name of the stage.
            sources: path or address of each file, and a hash of its state.
            write: `write(target, source=..., **options)` leaves `target/NUMBER/TABLE.parquet`.
            options: plain values.
        """
        key = self._key(stage, write, options, *(state for _, state in sources))
        # a file that is mended is read again, the others are not: the folder does not depend on the list of files
        folder = self.folder / f"{stage}-{self._key(stage, write, options)[:16]}"
        names = [cache.digest(path, state)[:16] for path, state in sources]
        tasks = [
            Task(stage, str(folder / name), write, {"source": path, **options})
            for name, (path, _) in zip(names, sources, strict=True)
        ]
        self._run(stage, folder, tasks)
        parts = [f"{name}/{part.name}" for name in names for part in sorted((folder / name).iterdir())]
        return Dataset(str(folder), tuple(parts), key)

    def map(self, stage: str, source: Dataset, table: str, function: Function, **options: Any) -> Dataset:
        """Apply `function(frame, number of the part, **options)` to one table, part by part; it returns tables by name."""
        key = self._key(stage, function, options, source.key)
        names = [f"{number:06d}" for number in range(len(source.parts))]
        shared = {"table": table, "function": function, "options": options}
        places = [{"places": [source.place(number)], "number": number} for number in range(len(names))]
        return self._stage(stage, key, names, _map_part, shared, places)

    def join(
        self,
        stage: str,
        left: Dataset,
        table: str,
        right: Dataset,
        other: str,
        function: Function,
        **options: Any,
    ) -> Dataset:
        """Apply `function(left frame, right frame)` part by part: both have the same parts in the same order."""
        key = self._key(stage, function, options, left.key, right.key)
        names = [f"{number:06d}" for number in range(len(left.parts))]
        shared = {"table": table, "other": other, "function": function, "options": options}
        places = [{"places": [left.place(number), right.place(number)]} for number in range(len(names))]
        return self._stage(stage, key, names, _join_part, shared, places)

    def shuffle_map(
        self,
        stage: str,
        source: Dataset,
        table: str,
        by: str,
        partitions: Sequence[int],
        function: Function,
        **options: Any,
    ) -> Dataset:
        """Bring the rows with equal numbers in the column `by` together, and apply `function(frame)` to each partition."""
        key = self._key(stage, function, options, source.key)
        names = [f"{number:06d}" for number in range(len(source.parts))]
        places = [{"places": [source.place(number)]} for number in range(len(names))]
        shared: dict[str, Any] = {"table": table, "by": by}
        moved = self._stage(f"{stage}_shuffle", key, names, _scatter_part, shared, places)
        parts = [moved.place(number) for number in range(len(moved.parts))]
        names = [f"{number:06d}" for number in range(len(partitions))]
        shared = {"places": parts, "function": function, "options": options}
        return self._stage(
            stage, key, names, _gather_part, shared, [{"partition": int(number)} for number in partitions]
        )

    def keep(self, stage: str, source: Dataset, tables: Sequence[Frames], *parts: str) -> Dataset:
        """Keep what was computed in this process, so that it can be joined: one mapping of tables a part of `source`."""
        key = self._key(stage, self.keep, {}, source.key, *parts)
        folder = self.folder / f"{stage}-{key[:16]}"
        self._used.add(folder.name)
        names = tuple(f"{number:06d}" for number in range(len(tables)))
        with writing(f"stage '{stage}'"):
            for name, frames in zip(names, tables, strict=True):
                if not (folder / name).is_dir():
                    write_part(folder / name, frames)
        return Dataset(str(folder), names, key)

    def use(self, folder: Path) -> None:
        """Count a folder among those of this run."""
        self._used.add(folder.name)

    def clear(self, *, everything: bool = False) -> None:
        """Remove the parts of earlier runs, or all parts."""
        if everything:
            shutil.rmtree(self.folder, ignore_errors=True)
            return
        for folder in self.folder.iterdir() if self.folder.is_dir() else ():
            if folder.is_dir() and folder.name not in self._used:
                shutil.rmtree(folder, ignore_errors=True)

    def _stage(
        self,
        stage: str,
        key: str,
        names: Sequence[str],
        work: Callable[..., None],
        shared: Mapping[str, Any],
        own: Sequence[Mapping[str, Any]],
    ) -> Dataset:
        folder = self.folder / f"{stage}-{key[:16]}"
        tasks = [
            Task(stage, str(folder / name), work, {**shared, **mine})
            for name, mine in zip(names, own, strict=True)
        ]
        self._run(stage, folder, tasks)
        return Dataset(str(folder), tuple(names), key)

    def _run(self, stage: str, folder: Path, tasks: Sequence[Task]) -> None:
        self._used.add(folder.name)
        folder.mkdir(parents=True, exist_ok=True)
        for draft in folder.glob(".*"):  # of a worker that was killed
            shutil.rmtree(draft, ignore_errors=True)
        left = [task for task in tasks if not task.done]
        done, started, spent = len(tasks) - len(left), time.monotonic(), 0.0
        self.report(stage, done, len(tasks))
        for seconds in self.engine.run(left):
            done, spent = done + 1, spent + seconds
            self.report(stage, done, len(tasks))
        self.costs[stage] = {
            "parts": len(tasks), "run": len(left), "seconds": time.monotonic() - started, "cpu_seconds": spent,
        }  # fmt: skip

    def _key(self, stage: str, function: Callable[..., Any], options: Mapping[str, Any], *parts: str) -> str:
        named = sorted(f"{name}={value!r}" for name, value in options.items())
        return cache.digest(stage, function.__name__, cache.package_digest(), *named, *parts)


def _map_part(
    target: Path, places: list[str], number: int, table: str, function: Function, options: dict[str, Any]
) -> None:
    write_part(target, function(read_part(places[0], table), number, **options))


def _join_part(
    target: Path, places: list[str], table: str, other: str, function: Function, options: dict[str, Any]
) -> None:
    write_part(target, function(read_part(places[0], table), read_part(places[1], other), **options))


def _scatter_part(target: Path, places: list[str], table: str, by: str) -> None:
    frame = read_part(places[0], table)
    scatter(target, table, frame, frame[by].astype("int64").tolist())


def _gather_part(
    target: Path, places: list[str], partition: int, function: Function, options: dict[str, Any]
) -> None:
    write_part(target, function(gather(places, partition), **options))
