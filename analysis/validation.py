"""How right the measures are: the stored results of `benchmarks/`, each beside the best peer and the trivial baseline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from analysis.schema import Schema, rows

RESULTS = Schema(
    "results",
    "One row a figure that a benchmark has measured.",
    {
        "measure": ("str", "what is measured"),
        "gold": ("str", "short name of the set of labels"),
        "n": ("int", "how many units the interval is drawn over"),
        "unit": ("str", "what these are"),
        "metric": ("str", "which figure"),
        "method": ("str", "whose figure: this package, a peer or a baseline"),
        "role": ("str", "ours, peer or baseline"),
        "value": ("float", "the figure"),
        "low": ("float", "lower end of its 95 % interval; NaN where there is none"),
        "high": ("float", "upper end"),
        "note": ("str", "what a reader must know to read it"),
        "aim": ("str", "high or low, whichever is better, or the value that would be right"),
        "set": ("str", "the set of labels, in words"),
        "source": ("str", "where the set is from"),
        "licence": ("str", "its terms"),
        "date": ("str", "day of the measurement, ISO"),
        "command": ("str", "what was run"),
        "versions": ("str", "of Python and the packages that count"),
    },
    key=("measure", "gold", "metric", "method"),
)
COMPARED = Schema(
    "compared",
    "One row a figure of this package, with the best peer's and the best baseline's on the same texts.",
    {
        "measure": ("str", "what is measured"),
        "set": ("str", "on which labels, in words"),
        "metric": ("str", "which figure"),
        "n": ("int", "units"),
        "unit": ("str", "what these are"),
        "ours": ("float", "this package's figure"),
        "low": ("float", "lower end of its 95 % interval"),
        "high": ("float", "upper end"),
        "peer": ("float", "the best peer's figure; NaN where none was run"),
        "peer_name": ("str", "which peer"),
        "baseline": ("float", "the best trivial baseline's figure"),
        "baseline_name": ("str", "which baseline"),
        "aim": ("str", "high or low, whichever is better, or the value that would be right"),
        "note": ("str", "what a reader must know to read the peer's figure"),
        "date": ("str", "day of the measurement, ISO"),
    },
    key=("measure", "set", "metric"),
)


def stored_results(folder: Path | None = None) -> pd.DataFrame:
    """Read the tables that `make bench` has stored.

    Args:
        folder: with the tables; those that come with the package, or with the checkout, if None.

    Returns:
        A table as `RESULTS` declares it; without rows where nothing is stored.
    """
    folder = folder or results_folder()
    found = [pd.read_csv(path, keep_default_na=False, na_values={c: [""] for c in ("value", "low", "high")})
             for path in sorted(folder.glob("*.csv"))]  # fmt: skip
    return RESULTS.frame(pd.concat(found, ignore_index=True) if found else [])


def results_folder() -> Path:
    """Where the stored results are: in the wheel beside the book's pages, in a checkout under benchmarks."""
    package = Path(__file__).resolve().parent
    inside = package / "home" / "benchmarks" / "results"
    return inside if inside.is_dir() else package.parent / "benchmarks" / "results"


def compared(results: pd.DataFrame) -> pd.DataFrame:
    """Put each figure of this package beside the best peer's and the best baseline's on the same texts."""
    out: list[dict[str, Any]] = []
    for _, part in results.groupby(["measure", "gold", "metric"], sort=False):
        for ours in rows(part[part["role"] == "ours"]):
            peer, baseline = (_best(part[part["role"] == role], ours["aim"]) for role in ("peer", "baseline"))
            out.append({
                **ours, "ours": ours["value"],
                "peer": peer.get("value", float("nan")), "peer_name": peer.get("method", ""),
                "baseline": baseline.get("value", float("nan")), "baseline_name": baseline.get("method", ""),
                "note": peer.get("note", ""),
            })  # fmt: skip
    kept = list(COMPARED.columns)
    return COMPARED.frame(pd.DataFrame(out)[kept] if out else [])


def sources(results: pd.DataFrame) -> pd.DataFrame:
    """One row a set of labels: its name in words, where it is from, its terms, what was measured on it and when."""
    grouped = results.groupby(["set", "source", "licence"], sort=False)
    return grouped.agg(
        measures=("measure", lambda m: ", ".join(dict.fromkeys(m))), date=("date", "max")
    ).reset_index()


def _best(part: pd.DataFrame, aim: str) -> dict[str, Any]:
    """The row that comes nearest to the aim."""
    part = part[part["value"].notna()]
    if not len(part):
        return {}
    if aim in ("high", "low"):
        at = part["value"].idxmax() if aim == "high" else part["value"].idxmin()
    else:
        at = (part["value"] - float(aim)).abs().idxmin()
    return rows(part.loc[[at]])[0]
