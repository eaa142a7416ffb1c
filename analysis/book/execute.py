"""Run chapters in parallel processes, and say exactly what failed where.

The scheduler keeps a few workers, gives each the next chapter, and outlives whatever happens to them: a chapter that
raises, a kernel that is killed, a worker that is killed. The other chapters still finish.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis import cache
from analysis.book.errors import BookError
from analysis.book.nursery import ADDRESS, possible

Report = Callable[[str, str], None]
"""Called with a chapter and what happened to it: "started", "cell 3", "finished", "failed"."""


@dataclass(frozen=True)
class Job:
    """One chapter to run: the notebook, where the result goes, its parameters."""

    chapter: str
    source: Path
    target: Path
    parameters: Mapping[str, Any]


@dataclass
class Outcome:
    """What became of one chapter.

    Attributes:
        seconds: how long it took.
        kind, message: the exception, or "" if it ran to the end.
        cell: position among all cells of the chapter, from 0; None if not known.
        source: the code of that cell.
    """

    chapter: str
    seconds: float = 0.0
    kind: str = ""
    message: str = ""
    cell: int | None = None
    source: str = ""


@dataclass
class Worker:
    """A worker process and what it is busy with."""

    process: subprocess.Popen[str]
    job: Job | None = None
    started: float = 0.0
    cell: int | None = None
    outcome: Outcome | None = None

    def send(self, message: Mapping[str, Any]) -> None:
        """Give the worker a job; a worker that is gone is noticed when it is listened to."""
        assert self.process.stdin is not None
        with suppress(BrokenPipeError, OSError):
            self.process.stdin.write(json.dumps(message) + "\n")
            self.process.stdin.flush()


class Workers:
    """A handful of worker processes that are started when needed and always ended."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answers: queue.Queue[tuple[Worker, dict[str, Any] | None]] = queue.Queue()
        self.alive: list[Worker] = []
        self.nursery: subprocess.Popen[str] | None = None
        self.environment = _environment(folder)
        for name in ("run", "kernel", "tmp", "ipython", "jupyter"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def start(self) -> Worker:
        """Start one more worker, and with the first one the nursery that kernels come from."""
        if not self.alive and self.nursery is None and possible():
            address = self.folder / "nursery"
            if len(os.fsencode(address)) < 100:  # what a socket's name may be long
                self.environment[ADDRESS] = str(address)
                self.nursery = self._process("nursery", "nursery.log")
        process = self._process("worker", f"worker-{len(self.alive)}.log")
        worker = Worker(process)
        self.alive.append(worker)
        threading.Thread(target=self._listen, args=(worker,), daemon=True).start()
        return worker

    def _process(self, module: str, log: str) -> subprocess.Popen[str]:
        with (self.folder / log).open("a", encoding="utf-8") as stderr:
            return subprocess.Popen(
                # -P: a file in the user's folder that is called like a library is not imported
                [sys.executable, "-P", "-c", f"from analysis.book.{module} import main; main()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                encoding="utf-8",
                errors="surrogateescape",
                env=self.environment,
                cwd=self.folder / "run",
                start_new_session=True,
            )

    def _listen(self, worker: Worker) -> None:
        assert worker.process.stdout is not None
        for line in worker.process.stdout:
            with suppress(ValueError):
                self.answers.put((worker, json.loads(line)))
        self.answers.put((worker, None))

    def idle(self) -> Worker:
        """A worker without a job; a new one if all are busy."""
        return next((worker for worker in self.alive if worker.job is None), None) or self.start()

    def ask(self, *messages: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Give jobs to workers of their own and wait for all; returns the last thing that each said before its end.

        Raises:
            BookError: a job failed, or its worker was killed.
        """
        busy: dict[int, int] = {}
        said: list[dict[str, Any]] = [{} for _ in messages]
        for number, message in enumerate(messages):
            free = (worker for worker in self.alive if id(worker) not in busy)
            worker = next(free, None) or self.start()
            busy[id(worker)] = number
            worker.send(message)
        while busy:
            sender, answer = self.answers.get()
            if id(sender) not in busy:
                continue
            message = messages[busy[id(sender)]]
            if answer is None:
                raise BookError(
                    f"the process that was to {message['job']} was killed; run the same command again."
                )
            if answer["event"] == "failed":
                raise BookError(f"{message['job']}: {answer['kind']}: {answer['message']}")
            if answer["event"] == "done":
                if answer["job"] == message["job"]:
                    del busy[id(sender)]
            else:
                said[busy[id(sender)]] = answer
        return said

    def end(self) -> None:
        """End every process; kernels go with their workers."""
        processes = [worker.process for worker in self.alive] + ([self.nursery] if self.nursery else [])
        for process in processes:
            with suppress(OSError):
                process.terminate()
        for process in processes:
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.alive.clear()


@contextmanager
def workers(folder: Path) -> Iterator[Workers]:
    """Worker processes for the time of a build.

    Args:
        folder: an empty scratch folder: logs, the kernels' working folder, and IPython's and Jupyter's own files.
    """
    pool = Workers(folder)
    try:
        yield pool
    finally:
        pool.end()


def run_chapters(jobs: Iterable[Job], pool: Workers, processes: int, report: Report) -> dict[str, Outcome]:
    """Run chapters in parallel.

    Args:
        jobs: in the order in which they shall be started.
        pool: where the processes come from; they stay for what comes next.
        processes: how many at a time.
        report: is told how each chapter comes on.

    Returns:
        chapter -> outcome, for every job; nothing is raised for a chapter that fails.
    """
    waiting = list(jobs)
    outcomes: dict[str, Outcome] = {}
    busy: list[Worker] = []
    while waiting or busy:
        while waiting and len(busy) < processes:
            worker = pool.idle()
            _give(worker, waiting.pop(0), pool.folder)
            busy.append(worker)
            assert worker.job is not None
            report(worker.job.chapter, "started")
        worker, said = pool.answers.get()
        if worker not in busy or worker.job is None:
            if said is None and worker in pool.alive:
                pool.alive.remove(worker)
            continue
        chapter = worker.job.chapter
        outcome = worker.outcome or Outcome(chapter)
        if said is not None and said["event"] == "cell":
            worker.cell = said["index"]
            report(chapter, f"cell {said['index']}")
            continue
        if said is not None and said["event"] == "raised":
            cell = worker.cell if said["cell"] is None else said["cell"]
            worker.outcome = Outcome(chapter, 0.0, said["kind"], said["message"], cell, said["source"])
            continue
        if said is None:
            outcome = Outcome(chapter, 0.0, "Killed", "the process that ran it was killed", worker.cell)
            pool.alive.remove(worker)
        elif said["event"] == "failed":
            outcome = Outcome(chapter, 0.0, said["kind"], said["message"], worker.cell)
        outcome.seconds = time.monotonic() - worker.started
        outcomes[chapter] = outcome
        busy.remove(worker)
        worker.job = worker.outcome = worker.cell = None
        report(chapter, "failed" if outcome.kind else "finished")
        if not waiting and busy and said is not None:
            worker.send({"job": "warm"})  # this core has nothing else to do
    return outcomes


def _give(worker: Worker, job: Job, folder: Path) -> None:
    worker.job, worker.outcome, worker.cell, worker.started = job, None, None, time.monotonic()
    job.target.parent.mkdir(parents=True, exist_ok=True)
    worker.send({
        "job": "execute", "input": str(job.source), "output": str(job.target), "parameters": dict(job.parameters),
        "folder": str(folder / "kernel"),
    })  # fmt: skip


def _environment(folder: Path) -> dict[str, str]:
    """The user's environment, less what would make a result differ between two machines or two runs."""
    found = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER_", "IPYTHON", "MPL"))
    }
    found |= {
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "315532800",  # 1980: pages and figures carry no date of their making
        "TZ": "UTC",
        "NO_COLOR": "1",
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
        "TMPDIR": str(folder / "tmp"),
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(folder / "jupyter"),
        "JUPYTER_DATA_DIR": str(folder / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(folder / "jupyter" / "runtime"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_PLATFORM_DIRS": "1",
        "TELLINGS_CACHE": str(cache.root().absolute()),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    # one process a core already: numerical libraries that start threads of their own only get in each other's way
    found |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    package = Path(__file__).resolve().parents[2]
    if not any(Path(entry).resolve() == package for entry in sys.path[1:] if entry):
        found["PYTHONPATH"] = os.pathsep.join(filter(None, [str(package), os.environ.get("PYTHONPATH")]))
    return found
