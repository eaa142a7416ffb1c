"""How much faster are several Dask workers than one process, at one archive?

    python benchmarks/engines.py 100000 --workers 2 --store

Two runs, one after the other, are compared on a machine that may change its speed in between. Here one archive is analysed
once, by both engines in turn: of each stage a block of parts goes to one process, the next two blocks to Dask's workers, the
next two to the process, and so on. Each block is timed from its first part to its last, so that what Dask's scheduler does and
what a worker waits at the end of a block is counted. The interval draws neighbouring pairs of blocks again (Efron 1979).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))

from record import OURS, Result, bootstrap, write
from scale_corpus import chunks

from analysis import scale
from analysis.scale.engine import DaskEngine, LocalEngine, Task

ONE, MANY = "one process", "Dask"
_TURNS = (ONE, MANY, MANY, ONE)


class InTurn:
    """An engine that gives blocks of tasks to two engines in turn, and holds what each block took.

    Attributes:
        blocks: one row a block: stage, engine, parts, seconds on the wall, CPU seconds.
    """

    def __init__(self, workers: int, block: int) -> None:
        self.engines = {ONE: LocalEngine(1), MANY: DaskEngine(workers=workers)}
        self.workers = workers
        self.block = block
        self.blocks: list[dict[str, object]] = []

    def run(self, tasks: Sequence[Task]) -> Iterator[float]:
        """Run all tasks, block by block."""
        for number, low in enumerate(range(0, len(tasks), self.block)):
            name, piece = _TURNS[number % len(_TURNS)], tasks[low : low + self.block]
            started, spent = time.monotonic(), 0.0
            for seconds in self.engines[name].run(piece):
                spent += seconds
                yield seconds
            self.blocks.append({
                "stage": piece[0].stage, "engine": name, "parts": len(piece), "wall": time.monotonic() - started, "cpu": spent,
            })  # fmt: skip

    def close(self) -> None:
        """Let go of both."""
        for engine in self.engines.values():
            engine.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("articles", type=int)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--block", type=int, default=20, help="parts in a block")
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder by default")
    parser.add_argument("--store", action="store_true", help="keep the result in benchmarks/results")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tellings-engines-") as spare:
        folder = options.folder or Path(spare)
        inputs = folder / f"articles-{options.articles}"
        inputs.mkdir(parents=True, exist_ok=True)
        for number, part in enumerate(chunks(options.articles)):
            part.articles.to_parquet(inputs / f"{number:04d}.parquet", index=False)
        engine = InTurn(options.workers, options.block)
        try:
            scale.analyse(inputs, folder / f"tables-{options.articles}-in-turn", engine=engine)
        finally:
            engine.close()
    blocks = pd.DataFrame(engine.blocks)
    print(costs(blocks).to_string(float_format=lambda x: f"{x:,.2f}"))
    figures = results(blocks, options.articles, options.workers)
    for figure in figures:
        print(
            f"{figure.metric}: {figure.value:.2f} ({figure.low:.2f} to {figure.high:.2f}, {figure.n} {figure.unit})"
        )
    if options.store:
        print(write("engines", figures))


def costs(blocks: pd.DataFrame) -> pd.DataFrame:
    """Seconds on the wall and CPU seconds a part, by stage and engine."""
    sums = blocks.groupby(["stage", "engine"], sort=False)[["parts", "wall", "cpu"]].sum()
    return sums.assign(wall_a_part=sums["wall"] / sums["parts"], cpu_a_part=sums["cpu"] / sums["parts"])


def results(blocks: pd.DataFrame, articles: int, workers: int) -> list[Result]:
    """How many times as fast Dask is in the stage that is nearly all of the work."""
    mine = blocks[blocks["stage"] == "analyse"]
    pairs = [pair for k in range(0, len(mine) - 1, 2) if len(pair := mine.iloc[k : k + 2]) == 2]
    pairs = [pair for pair in pairs if pair["parts"].nunique() == 1]
    wall = np.array(
        [[pair.loc[pair["engine"] == name, "wall"].item() for name in (ONE, MANY)] for pair in pairs]
    )

    def speedup(chosen: np.ndarray) -> float:
        one, many = wall[chosen].sum(axis=0)
        return float(one / many)

    value, low, high = bootstrap(len(wall), speedup)
    metric = f"{articles:,} articles: speed of Dask with {workers} workers, beside one process"
    note = "stage 'analyse', seconds on the wall, blocks of parts in turn"
    return [
        Result("engines", "simulated", metric, OURS, "ours", value, low, high, len(wall), "pairs of blocks", note, "high")
    ]  # fmt: skip


if __name__ == "__main__":
    main()
