"""Where the work is done: in this process, in local processes, on a Dask cluster, or on Spark.

An engine does one thing: it runs tasks that do not know of each other. A task is a plain function with paths to read and a
path to write, so nothing but paths and counts travels between machines, the results cannot depend on the engine, and a
task that was lost with its worker is simply run again (Dean and Ghemawat 2008, "MapReduce"). All machines see one folder.
"""

from __future__ import annotations

import gc
import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Protocol

from analysis.schema import TableError

EngineName = Literal["pandas", "dask", "spark"]
_ATTEMPTS = 4  # a task that takes its worker down so often is at fault itself
# Dask has the C library give memory back after every 64 kB, so that each larger array is fetched anew from the system, page by
# page; and it looks 100 times a second at what a worker does, which nobody sees without a dashboard.
_LOCAL_DASK = {
    "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None,
    "distributed.worker.profile.enabled": False,
}
# Objects that a task makes before cyclic garbage is looked for; Python's 700 suit small programs.
_YOUNG = 300_000


class ScaleError(TableError):
    """A stage that could not be finished; the message names it, and says that another run goes on from there."""


class ClusterError(OSError):
    """A stage that failed by no fault of the input: a full disk, workers that die."""


@dataclass(frozen=True)
class Task:
    """One piece of a stage.

    Attributes:
        stage: name of the stage, for people.
        target: the folder of the part that it writes; where that is there, the task is done.
        function: what to do, importable by name: `function(Path(target), **options)` writes the part.
        options: plain values and paths.
    """

    stage: str
    target: str
    function: Callable[..., None]
    options: dict[str, Any]

    @property
    def done(self) -> bool:
        """Is the part there?"""
        return Path(self.target).is_dir()


def run_task(task: Task) -> float:
    """Run one task unless it is done; return CPU seconds. Errors carry the name of the stage and part."""
    if task.done:
        return 0.0
    started = time.process_time()
    where = f"stage '{task.stage}', part {Path(task.target).name}"
    try:
        with writing(where), _seldom_collecting():
            task.function(Path(task.target), **task.options)
    except (ScaleError, ClusterError):
        raise
    except Exception as error:
        raise ScaleError(
            f"{where}: {type(error).__name__}: {error} "
            "What is done is kept; mend it, and the same command goes on from there."
        ) from error
    return time.process_time() - started


@contextmanager
def writing(where: str) -> Iterator[None]:
    """Name the stage in the error of a disk that refuses."""
    try:
        yield
    except ClusterError:
        raise
    except OSError as error:
        raise ClusterError(
            f"{where}: {error}. What is done is kept; make room, and the same command goes on from there."
        ) from error


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for cyclic garbage more seldom: the caches of a worker hold very many objects, and each look visits them.

    With Python's defaults a part took a seventh longer, the more the longer a worker lived.
    """
    usual = gc.get_threshold()
    gc.set_threshold(_YOUNG, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


class Engine(Protocol):
    """Runs tasks; `workers` is how many at a time."""

    workers: int

    def run(self, tasks: Sequence[Task]) -> Iterator[float]:
        """Run all tasks, in any order, and yield the CPU seconds of each as it ends.

        Raises:
            ScaleError: a task failed; the message names the stage and the part.
            ClusterError: it failed by no fault of the input.
        """

    def close(self) -> None:
        """Let go of processes and connections."""


class LocalEngine:
    """Processes on this machine. With one worker the tasks run here, one after another."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None

    def run(self, tasks: Sequence[Task]) -> Iterator[float]:
        """Run all tasks; those whose process was killed are run again in a new one."""
        if self.workers == 1 or len(tasks) <= 1:
            for task in tasks:
                yield run_task(task)
            return
        left = list(tasks)
        for _ in range(_ATTEMPTS):
            finished: set[str] = set()
            futures: dict[Future[float], Task] = {}
            try:
                pool = self._processes()
                futures = {pool.submit(run_task, task): task for task in left}
                for future in as_completed(futures):
                    seconds = future.result()
                    finished.add(futures[future].target)
                    yield seconds
                return
            except BrokenProcessPool:
                self.close()
                left = [task for task in left if task.target not in finished]
            finally:
                for future in futures:
                    future.cancel()
        raise died(left)

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _processes(self) -> ProcessPoolExecutor:
        if self._pool is None:
            from multiprocessing import get_context

            # not forked from here: threads of this process may hold locks
            self._pool = ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"))
        return self._pool


class DaskEngine:
    """A Dask cluster: one that runs at an address, or one of local processes."""

    def __init__(self, scheduler: str | None = None, workers: int | None = None) -> None:
        try:
            distributed: Any = import_module("distributed")
        except ImportError:
            raise ScaleError(
                "the engine 'dask' needs Dask: pip install 'five-tellings[cluster]', here and on every worker."
            ) from None
        self._cluster: Any = None
        if scheduler is None:
            with import_module("dask").config.set(_LOCAL_DASK):
                self._cluster = distributed.LocalCluster(
                    n_workers=workers or os.cpu_count() or 1, threads_per_worker=1, dashboard_address=None
                )
        try:
            self._client: Any = distributed.Client(
                self._cluster if self._cluster is not None else scheduler, timeout="30s"
            )
        except OSError as error:
            raise ClusterError(f"no Dask scheduler answers at {scheduler}: {error}") from error
        self.dashboard = self._client.dashboard_link
        self.workers = max(sum(self._client.nthreads().values()), 1)

    def run(self, tasks: Sequence[Task]) -> Iterator[float]:
        """Run all tasks; Dask runs those of a dead worker again, and a restarted scheduler gets what is left."""
        distributed: Any = import_module("distributed")
        lost = (distributed.CancelledError, distributed.KilledWorker, distributed.comm.CommClosedError)

        left = list(tasks)
        for attempt in range(_ATTEMPTS):
            if attempt:
                time.sleep(2 * attempt)  # a scheduler that restarts needs a moment
            finished: set[str] = set()
            try:
                futures = {
                    future.key: (future, task)
                    for task in left
                    for future in [self._client.submit(run_task, task, pure=False, retries=1)]
                }
                for future in distributed.as_completed([future for future, _ in futures.values()]):
                    if future.status == "error":
                        future.result()
                    if future.status != "finished":
                        continue
                    finished.add(futures[future.key][1].target)
                    yield future.result()
                left = [task for task in left if task.target not in finished]
                if not left:
                    return
            except lost:
                left = [task for task in left if task.target not in finished]
        raise died(left)

    def close(self) -> None:
        """Leave the cluster; end it if it was started here."""
        self._client.close()
        if self._cluster is not None:
            # its workers take seconds to let go of their memory; that they are ended then is no news for anybody
            nanny = logging.getLogger("distributed.nanny")
            level = nanny.level
            nanny.setLevel(logging.ERROR)
            self._cluster.close()
            nanny.setLevel(level)


def died(left: Sequence[Task]) -> ClusterError:
    """The error for tasks whose workers die again and again."""
    return ClusterError(
        f"stage '{left[0].stage}', part {Path(left[0].target).name}: its worker was ended {_ATTEMPTS} times (out of memory?). "
        "What is done is kept; give it more memory or fewer workers, and the same command goes on from there."
    )


def open_engine(
    name: EngineName | None = None, scheduler: str | None = None, workers: int | None = None
) -> Engine:
    """Start an engine.

    Args:
        name: pandas (local processes), dask or spark; without it, dask where a scheduler is named, else pandas.
        scheduler: address of a Dask scheduler (tcp://...) or of a Spark master (spark://..., local[4]).
        workers: local processes; one a processor by default.

    Raises:
        ScaleError: there is no such engine, or what it needs is not installed.
    """
    name = name or ("dask" if scheduler else "pandas")
    if name == "pandas":
        if scheduler:
            raise ScaleError("the engine 'pandas' has no scheduler; use --engine dask.")
        return LocalEngine(workers)
    if name == "dask":
        return DaskEngine(scheduler, workers)
    if name == "spark":
        from analysis.scale.spark import SparkEngine

        return SparkEngine(scheduler, workers)
    raise ScaleError(f"there is no engine {name!r}; use pandas, dask or spark.")
