"""Stored results: figures with their intervals, beside a peer and a baseline, and what made them.

A result never holds a text of the gold that it was measured on: only the gold's name, where it is from and under which
licence (`sources.yml`), and the figure. `benchmarks/results/*.csv` are read by the book's chapter on validation.
"""

from __future__ import annotations

import platform
import shlex
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import yaml

OURS = "five-tellings"
FEWEST = 5
"""Units below which drawing them again says nothing."""
HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
_COUNTED = ("five-tellings", "pandas", "numpy", "scikit-learn", "rapidfuzz", "nltk")

Role = Literal["ours", "peer", "baseline"]


@dataclass(frozen=True)
class Result:
    """One figure.

    Attributes:
        measure: what is measured, in a reader's words.
        gold: key in `sources.yml`.
        metric: which figure, in the field's words.
        method: whose: this package, or the peer's name with its version.
        role: "ours", "peer" or "baseline".
        value: the figure.
        low: lower end of its 95 per cent interval; NaN where there is none.
        high: upper end.
        n: how many of the units the interval is drawn over.
        unit: what was drawn: "articles", "pairs", ...
        note: what a reader must know to read the figure.
        aim: "high" or "low", whichever is better, or the value that would be right.
    """

    measure: str
    gold: str
    metric: str
    method: str
    role: Role
    value: float
    low: float = float("nan")
    high: float = float("nan")
    n: int = 0
    unit: str = ""
    note: str = ""
    aim: str = "high"


def bootstrap(
    n: int, figure: Callable[[np.ndarray], float], draws: int = 500, seed: int = 0
) -> tuple[float, float, float]:
    """A figure with its percentile interval over units drawn again with replacement (Efron 1979).

    Args:
        n: how many units there are.
        figure: from the chosen units, as indices, to the figure.
        draws: how often.
        seed: of the draws.
    """
    rng = np.random.default_rng(seed)
    if n < FEWEST:
        return figure(np.arange(n)), float("nan"), float("nan")
    drawn = [figure(rng.integers(0, n, n)) for _ in range(draws)]
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return figure(np.arange(n)), float(low), float(high)


def f1_interval(counts: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """F1 over units of (right, found, wanted), with its interval.

    Where nothing or everything is right, drawing again gives the same each time; the interval is then that of a share.
    """
    table = np.asarray(counts, dtype=float)
    right, found, wanted = table.sum(axis=0)
    if found + wanted and right in (0, (found + wanted) / 2):
        return float(right > 0), *proportion(round(right), round((found + wanted) / 2))

    def f1(chosen: np.ndarray) -> float:
        right, found, wanted = table[chosen].sum(axis=0)
        return float(2 * right / (found + wanted)) if found + wanted else float("nan")

    return bootstrap(len(table), f1)


def share_interval(counts: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """A share over units of (hits, of how many), with its interval; see `f1_interval` on nought and one."""
    table = np.asarray(counts, dtype=float)
    hits, total = table.sum(axis=0)
    if total and hits in (0, total):
        return float(hits > 0), *proportion(round(hits), round(total))

    def share(chosen: np.ndarray) -> float:
        hits, total = table[chosen].sum(axis=0)
        return float(hits / total) if total else float("nan")

    return bootstrap(len(table), share)


def proportion(hits: int, total: int) -> tuple[float, float]:
    """The Jeffreys interval of a share of independent runs (Brown, Cai and DasGupta 2001)."""
    from scipy.stats import beta

    low, high = beta.ppf([0.025, 0.975], hits + 0.5, total - hits + 0.5)
    return (float(low) if hits else 0.0), (float(high) if hits < total else 1.0)


def write(name: str, results: Iterable[Result], folder: Path = RESULTS) -> Path:
    """Write one table of results with its date, command, versions, source and licence."""
    sources = yaml.safe_load((HERE / "sources.yml").read_text(encoding="utf-8"))
    rows = []
    for result in results:
        if result.value != result.value:
            continue  # a share of nothing is no figure
        about = sources[result.gold]
        rows.append(asdict(result) | {
            "date": datetime.now(UTC).date().isoformat(), "command": _command(), "versions": _versions(),
            "set": about["title"], "source": about["source"], "licence": about["licence"],
        })  # fmt: skip
    if not rows:
        raise SystemExit(f"{name}: nothing was measured; no table is written.")
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.csv"
    pd.DataFrame(rows).round(4).to_csv(path, index=False, lineterminator="\n")
    return path


def show(results: Iterable[Result]) -> None:
    """Print results as a table."""
    table = pd.DataFrame([asdict(r) for r in results])
    wanted = ["gold", "measure", "metric", "method", "value", "low", "high", "n", "unit"]
    print(table[wanted].round(3).to_string(index=False))


def _command() -> str:
    """What was typed, without the folders of the machine."""
    given = [Path(word).name if Path(word).is_absolute() else word for word in sys.argv[1:]]
    return shlex.join(["python", f"benchmarks/{Path(sys.argv[0]).name}", *given])


def _versions() -> str:
    found = [f"python {platform.python_version()}"]
    for name in _COUNTED:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)
