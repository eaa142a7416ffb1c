"""Parts are whole or absent; what was lost is done again; an error names the stage, and another run goes on from there."""

from __future__ import annotations

import errno
import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.scale import checkpoints
from analysis.scale.checkpoints import Dataset, gather, publish, read_part, scatter, write_part, write_whole
from analysis.scale.engine import (
    ClusterError,
    DaskEngine,
    LocalEngine,
    ScaleError,
    Task,
    open_engine,
    run_task,
)
from analysis.scale.pipeline import Pipeline
from analysis.scale.run import Progress
from analysis.scale.spark import reason


def write_numbers(target: Path, source: str) -> None:
    def write(draft: Path) -> None:
        for k in range(4):
            write_part(draft / f"{k}", {"numbers": pd.DataFrame({"n": np.arange(10) + 10 * k})})

    write_whole(target, write)


def square(frame: pd.DataFrame, number: int, pause: float = 0.0, pids: str = "") -> dict[str, pd.DataFrame]:
    if pids:
        (Path(pids) / f"{os.getpid()}-{number}").touch()
    time.sleep(pause)
    return {"squares": pd.DataFrame({"n": frame["n"], "square": frame["n"] ** 2, "bucket": frame["n"] % 3})}


def total(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {"totals": pd.DataFrame({"bucket": [frame["bucket"].iloc[0]], "sum": [frame["square"].sum()]})}


def add(left: pd.DataFrame, right: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {"sums": left.merge(right[["n", "square"]], on="n")}


def fails(frame: pd.DataFrame, number: int, flag: str) -> dict[str, pd.DataFrame]:
    if number == 2 and not Path(flag).exists():
        raise ValueError("something odd")
    return {"squares": frame}


def no_room(frame: pd.DataFrame, number: int) -> dict[str, pd.DataFrame]:
    raise OSError(errno.ENOSPC, "No space left on device")


def trimming(frame: pd.DataFrame, number: int) -> dict[str, pd.DataFrame]:
    return {"squares": frame.assign(trim=os.environ.get("MALLOC_TRIM_THRESHOLD_", "none"))}


def run(engine, folder: Path, **options) -> list[tuple[int, int]]:
    pipeline = Pipeline(engine, folder)
    numbers = pipeline.read("read", [("here", "state")], write_numbers)
    squares = pipeline.map("square", numbers, "numbers", square, **options)
    joined = pipeline.join("join", numbers, "numbers", squares, "squares", add)
    assert len(joined.read("sums")) == 40
    totals = pipeline.shuffle_map("total", squares, "squares", "bucket", [0, 1, 2], total)
    return totals.read("totals").to_numpy().tolist()


TRUE = [[b, sum(n**2 for n in range(40) if n % 3 == b)] for b in range(3)]


def test_the_verbs_on_one_process_and_on_several(tmp_path):
    assert run(LocalEngine(1), tmp_path / "one") == TRUE
    engine = LocalEngine(2)
    try:
        assert run(engine, tmp_path / "two") == TRUE
    finally:
        engine.close()


def run_and_kill_one(engine, tmp_path):
    """Run while the first worker that shows itself is killed; the folder in which each worker left its number."""
    pids = tmp_path / "pids"
    pids.mkdir()

    def kill() -> None:
        while not (seen := list(pids.iterdir())):
            time.sleep(0.02)
        os.kill(int(seen[0].name.split("-")[0]), signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        assert run(engine, tmp_path / "out", pause=0.3, pids=str(pids)) == TRUE
    finally:
        killer.join()
        engine.close()
    return pids


def test_a_killed_worker_is_replaced(tmp_path):
    pids = run_and_kill_one(LocalEngine(2), tmp_path)
    assert len({name.name.split("-")[0] for name in pids.iterdir()}) >= 3


def test_a_killed_worker_of_dask_is_replaced(tmp_path):
    pytest.importorskip("distributed")
    run_and_kill_one(DaskEngine(None, 2), tmp_path)


def test_local_workers_of_dask_keep_their_memory(tmp_path, monkeypatch):
    """Dask's default has the C library give memory back at once, which costs a part a third of its time."""
    pytest.importorskip("distributed")
    monkeypatch.delenv("MALLOC_TRIM_THRESHOLD_", raising=False)
    engine = DaskEngine(None, 1)
    try:
        pipeline = Pipeline(engine, tmp_path)
        numbers = pipeline.read("read", [("here", "state")], write_numbers)
        assert set(pipeline.map("trim", numbers, "numbers", trimming).read("squares")["trim"]) == {"none"}
    finally:
        engine.close()


def test_a_scheduler_that_is_started_again_gets_what_is_left(tmp_path):
    """The scheduler is killed in the middle, with its worker; both are started again at the same address."""
    pytest.importorskip("distributed")
    pids = tmp_path / "pids"
    pids.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    started: list[subprocess.Popen[bytes]] = []

    def start() -> None:
        for module, more in (
            ("dask_scheduler", ["--host", "127.0.0.1", "--port", str(port)]),
            ("dask_worker", [address, "--nthreads", "1", "--no-nanny", "--death-timeout", "60"]),
        ):
            command = [sys.executable, "-m", f"distributed.cli.{module}", *more, "--no-dashboard"]
            environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
            started.append(
                subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path,
                                 env=environment)
            )  # fmt: skip

    def restart() -> None:
        while not list(pids.iterdir()):
            time.sleep(0.02)
        for process in started[:2]:
            process.kill()
            process.wait()
        start()

    restarting = threading.Thread(target=restart)
    start()
    try:
        engine = DaskEngine(address)
        restarting.start()
        try:
            found = run(engine, tmp_path / "out", pause=0.3, pids=str(pids))
        except ClusterError as error:  # it names the stage, and the same call goes on from there
            assert "stage '" in str(error)
            restarting.join()
            engine = DaskEngine(address)
            found = run(engine, tmp_path / "out", pause=0.3, pids=str(pids))
        assert found == TRUE
        assert len({name.name.split("-")[0] for name in pids.iterdir()}) == 2
        engine.close()
    finally:
        restarting.join()
        for process in started:
            process.kill()
            process.wait()


def test_an_error_names_stage_and_part_and_the_rest_is_kept(tmp_path):
    flag = tmp_path / "flag"
    heard: list[tuple[str, int, int]] = []
    pipeline = Pipeline(LocalEngine(1), tmp_path / "out", lambda *said: heard.append(said))
    numbers = pipeline.read("read", [("here", "state")], write_numbers)
    with pytest.raises(ScaleError, match="stage 'odd', part 000002: ValueError: something odd"):
        pipeline.map("odd", numbers, "numbers", fails, flag=str(flag))
    flag.touch()
    heard.clear()
    assert len(pipeline.map("odd", numbers, "numbers", fails, flag=str(flag)).read("squares")) == 40
    assert heard[0] == ("odd", 2, 4)  # two parts were there already


def test_a_full_disk_is_no_mistake_of_the_user(tmp_path):
    pipeline = Pipeline(LocalEngine(1), tmp_path / "out")
    numbers = pipeline.read("read", [("here", "state")], write_numbers)
    with pytest.raises(ClusterError, match=r"stage 'full', part 000000: .*No space left"):
        pipeline.map("full", numbers, "numbers", no_room)
    assert not list((tmp_path / "out").rglob("*full*/*"))


def test_a_disk_that_fills_while_a_part_is_written_leaves_nothing(tmp_path, monkeypatch):
    import pyarrow.parquet as pq

    def half(table, path):
        Path(path).write_bytes(b"PAR1")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pq, "write_table", half)
    with pytest.raises(OSError, match="No space"):
        write_part(tmp_path / "part", {"t": pd.DataFrame({"n": [1]})})
    assert list(tmp_path.iterdir()) == []


def test_other_options_are_another_stage(tmp_path):
    pipeline = Pipeline(LocalEngine(1), tmp_path)
    numbers = pipeline.read("read", [("here", "state")], write_numbers)
    one = pipeline.map("square", numbers, "numbers", square)
    other = pipeline.map("square", numbers, "numbers", square, pause=0.001)
    again = pipeline.map("square", numbers, "numbers", square)
    assert one.folder == again.folder != other.folder


def test_parts_of_earlier_runs_go_and_drafts_of_the_dead_too(tmp_path):
    (tmp_path / "old-123").mkdir(parents=True)
    pipeline = Pipeline(LocalEngine(1), tmp_path)
    numbers = pipeline.read("read", [("here", "state")], write_numbers)
    draft = Path(numbers.folder) / ".half-written"
    draft.mkdir()
    pipeline.read("read", [("here", "state")], write_numbers)
    pipeline.clear()
    assert not draft.exists()
    assert [p.name for p in tmp_path.iterdir()] == [Path(numbers.folder).name]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(-3, 3), st.text(max_size=5)), max_size=20), st.integers(1, 4))
def test_what_is_scattered_is_gathered(tmp_path_factory, rows, parts):
    rows = [(key, text.encode("utf-8", "replace").decode()) for key, text in rows]
    folder = tmp_path_factory.mktemp("scatter")
    frame = pd.DataFrame(rows, columns=["key", "text"]).astype({"key": "int64", "text": "str"})
    places = []
    for k in range(parts):
        place = folder / str(k)
        scatter(place, "pieces", frame.iloc[k::parts], frame["key"].iloc[k::parts].tolist())
        places.append(str(place))
    for key in set(frame["key"]):
        expected = [text for k in range(parts) for kk, text in rows[k::parts] if kk == key]
        assert gather(places, key)["text"].tolist() == expected


def test_empty_and_full_parts_have_one_schema(tmp_path):
    full = pd.DataFrame({"n": [1], "note": ["x"], "extra": [1.5]})
    write_part(tmp_path / "parts" / "0", {"t": full.assign(extra=None, note=None)})
    write_part(tmp_path / "parts" / "1", {"t": full})
    write_part(tmp_path / "parts" / "2", {"t": full.drop(columns=["extra"]).head(0)})
    (tmp_path / "out").mkdir()
    publish(Dataset(str(tmp_path / "parts"), ("0", "1", "2"), ""), ["t"], tmp_path / "out")
    table = pd.read_parquet(tmp_path / "out" / "t")
    assert table["n"].tolist() == [1, 1]
    assert table["note"].tolist()[1] == "x"


def test_a_part_reads_back_as_declared(tmp_path):
    from analysis.corpus import FURNITURE

    write_part(tmp_path / "p", {"furniture": FURNITURE.frame([])})
    read = read_part(str(tmp_path / "p"), "furniture")
    assert list(read.columns) == list(FURNITURE.columns)
    assert read["start"].dtype == "int64"
    assert "furniture" in checkpoints.declared()


def test_engines_are_known_by_name():
    assert isinstance(open_engine("pandas", workers=1), LocalEngine)
    with pytest.raises(ScaleError, match="no scheduler"):
        open_engine("pandas", "tcp://nowhere:1")
    with pytest.raises(ScaleError, match="no engine 'ray'"):
        open_engine("ray")  # type: ignore[arg-type]


def test_spark_runs_the_verbs_where_it_is_installed(tmp_path):
    pytest.importorskip("pyspark", reason="the extra 'spark' is not installed")
    engine = open_engine("spark", "local[2]")
    try:
        assert run(engine, tmp_path / "out") == TRUE
    finally:
        engine.close()


REPORT = """An error occurred while calling z:org.apache.spark.api.python.PythonRDD.collectAndServe.
: org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 in stage 0.0 failed 1 times
Traceback (most recent call last):
  File "analysis/scale/__init__.py", line 5, in <module>
    from analysis.scale.engine import ClusterError, EngineName, ScaleError
{said}

\tat org.apache.spark.api.python.BasePythonRunner.run(PythonRunner.scala:1)
Caused by: java.lang.Exception: more
org.apache.spark.SparkException: Job aborted
"""


@pytest.mark.parametrize(
    "said",
    [
        "ModuleNotFoundError: No module named 'analysis'",
        "analysis.scale.engine.ScaleError: stage 'read', part 0: KeyError: 'text' What is done is kept.",
    ],
)
def test_what_spark_says_is_cut_down_to_the_reason(said):
    assert reason(REPORT.format(said=said)) == said
    assert reason("") == "no reason given"
    assert reason("it went wrong\nsomehow") == "it went wrong"


def test_spark_that_is_absent_is_explained():
    try:
        import pyspark  # noqa: F401
    except ImportError:
        with pytest.raises(ScaleError, match=r"five-tellings\[spark\]"):
            open_engine("spark")


def test_a_task_leaves_the_garbage_collector_as_it_was(tmp_path: Path) -> None:
    usual = gc.get_threshold()
    seen: list[tuple[int, int, int]] = []

    def fails(target: Path) -> None:
        seen.append(gc.get_threshold())
        raise ValueError("no")

    with pytest.raises(ScaleError, match="stage 'try', part p"):
        run_task(Task("try", str(tmp_path / "p"), fails, {}))
    assert seen[0][0] > usual[0]
    assert gc.get_threshold() == usual


def test_progress_says_what_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    """A stage of 14 parts, 10 of which are there from a run before: each further part is told, with an estimate of the rest."""
    report = Progress(every=0)
    for done in range(10, 15):
        report("analyse", done, 14)
    lines = capsys.readouterr().err.splitlines()
    assert [int(line.split()[1]) for line in lines] == [11, 12, 13, 14]
    assert [line.endswith(" left") for line in lines] == [True, True, True, False]


def test_progress_is_not_told_all_the_time(capsys: pytest.CaptureFixture[str]) -> None:
    """Where no terminal listens, a stage that passes quickly is one line."""
    report = Progress()
    for done in range(31):
        report("link", done, 30)
    assert capsys.readouterr().err.splitlines() == ["  link                 30 of 30 parts      0.0 s"]


def test_a_full_disk_where_this_process_writes_names_the_stage(tmp_path, monkeypatch):
    """What no worker writes, as the list of events, tells of its stage, too."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    pipeline = Pipeline(LocalEngine(1), tmp_path)
    numbers = pipeline.read("read", [("here", "state")], write_numbers)
    monkeypatch.setattr("analysis.scale.pipeline.write_part", refuse)
    with pytest.raises(ClusterError, match=r"stage 'events'.*No space.*goes on from there"):
        pipeline.keep("events", numbers, [{"numbers": pd.DataFrame({"n": [1]})}])
