"""Spark as an engine, for those who have a Spark cluster: `pip install 'five-tellings[spark]'` and a JVM."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence

from analysis.scale.engine import ClusterError, ScaleError, Task, run_task

# the last line of a traceback of Python: the name of an error, and what it says; names of Java begin with a domain
_SAID = re.compile(r"(?!org\.|java\.|py4j\.|pyspark\.)[\w.]*(?:Error|Exception): ")


class SparkEngine:
    """Runs the tasks of a stage as one Spark job; Spark runs those of a lost executor again."""

    def __init__(self, master: str | None = None, workers: int | None = None) -> None:
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise ScaleError(
                "the engine 'spark' needs PySpark and a JVM: pip install 'five-tellings[spark]', here and on every worker."
            ) from None
        if (master or "local").startswith("local"):
            # else the workers here are whatever `python3` is, without this package
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.appName("five-tellings")
        builder = builder.master(master or f"local[{workers or '*'}]").config(
            "spark.ui.showConsoleProgress", "true"
        )
        self._session = builder.getOrCreate()
        self.workers = int(self._session.sparkContext.defaultParallelism)

    def run(self, tasks: Sequence[Task]) -> Iterator[float]:
        """Run all tasks and yield their CPU seconds when the job has ended."""
        if not tasks:
            return
        context = self._session.sparkContext
        try:
            yield from context.parallelize(list(tasks), len(tasks)).map(run_task).collect()
        except Exception as error:
            why = reason(str(error))
            kind = ScaleError if "ScaleError: " in why else ClusterError
            raise kind(f"stage '{tasks[0].stage}' on Spark: {why}") from error

    def close(self) -> None:
        """End the session."""
        self._session.stop()


def reason(report: str) -> str:
    """What went wrong on a worker, out of Spark's report, which holds tracebacks of Python between stacks of Java."""
    said = [line.strip() for line in report.splitlines() if _SAID.match(line.strip())]
    ours = [line for line in said if "analysis.scale" in line]
    if said:
        return (ours or said)[-1]
    return report.strip().partition("\n")[0] or "no reason given"
