"""The figure of the chapter on validation: each measure beside a peer and the trivial baseline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.figures.canvas import Picture, bare, blank, finish, short
from analysis.figures.palette import INKS
from analysis.schema import rows


def measured(compared: pd.DataFrame) -> Picture:
    """Draw figures between 0 and 1 with their intervals, the best peer's and the best baseline's beside them.

    Args:
        compared: as `analysis.validation.compared` gives it; rows of which more is better and that lie in [0, 1].
    """
    lines = list(_with_headings(compared))[::-1]
    figure, axes = blank(height=0.9 + 0.22 * max(1, len(lines)))
    bare(axes)
    for at, row in enumerate(lines):
        if isinstance(row, str):
            axes.text(0.005, at, row, fontsize=8.5, fontweight="bold", va="center")
            continue
        if row["low"] == row["low"]:
            axes.plot([row["low"], row["high"]], [at, at], color=INKS["quoted"][0], linewidth=4, alpha=0.35, solid_capstyle="butt")  # fmt: skip
        axes.plot(row["ours"], at, "o", color=INKS["quoted"][0], markersize=5.5)
        if row["peer"] == row["peer"]:
            axes.plot(row["peer"], at, "D", color=INKS["shared"][0], markersize=4.5, fillstyle="none")
        if row["baseline"] == row["baseline"]:
            axes.plot(row["baseline"], at, "x", color=INKS["stripped"][0], markersize=5)
    axes.set_yticks(range(len(lines)))
    axes.set_yticklabels(
        ["" if isinstance(r, str) else short(f"{r['metric']} · {r['set']}", 52) for r in lines], fontsize=8
    )
    axes.set_xlim(0, 1.02)
    axes.set_ylim(-0.7, len(lines) - 0.3)
    axes.set_xlabel("0 is nothing right, 1 is everything")
    caption = (
        "Dot: this package, with its 95 % interval. Diamond: the best peer. Cross: the best trivial baseline."
    )
    return finish(figure, "measured", _alt(compared), caption)


def _with_headings(compared: pd.DataFrame) -> Iterator[dict[str, Any] | str]:
    """The rows, with the name of what is measured before the first of its kind."""
    for measure, part in compared.groupby("measure", sort=False):
        yield str(measure)
        yield from rows(part)


def _alt(compared: pd.DataFrame) -> str:
    beaten = compared[compared["peer"].notna()]
    ahead = int((beaten["ours"] >= beaten["peer"]).sum())
    lines = "; ".join(
        f"{row['measure']}, {row['metric']}, {row['set']}: {row['ours']:.2f}"
        + (f", best peer {row['peer']:.2f}" if row["peer"] == row["peer"] else "")
        for row in rows(compared)
    )
    return f"In {ahead} of {len(beaten)} comparisons with a peer this package's figure is the higher or the same. {lines}."
