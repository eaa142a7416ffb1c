"""Spark as an engine, for those who have a Spark cluster: `pip install 'five-tellings[spark]'` and a JVM."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.scale.engine import ClusterError, ScaleError, Task, run_task


class SparkEngine:
    """Runs the tasks of a stage as one Spark job; Spark runs those of a lost executor again."""

    def __init__(self, master: str | None = None, workers: int | None = None) -> None:
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise ScaleError(
                "the engine 'spark' needs PySpark and a JVM: pip install 'five-tellings[spark]', here and on every worker."
            ) from None
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
            lines = [
                line.strip()
                for line in str(error).splitlines()
                if "ScaleError" in line or "ClusterError" in line
            ]
            said = lines[-1] if lines else str(error).splitlines()[0]
            raise ClusterError(f"stage '{tasks[0].stage}' on Spark: {said}") from error

    def close(self) -> None:
        """End the session."""
        self._session.stop()
