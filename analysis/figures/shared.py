"""Figures about shared text: whose words stand in whom, and what each article is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.figures.canvas import Picture, blank, finish, short
from analysis.figures.palette import INKS, Style
from analysis.render import number
from analysis.schema import rows

_MOST = 30

# class of a stretch -> (colour, label); in the order of the legend
LAYERS = {
    "own": (INKS["own"][0], "own words"),
    "quotation": (INKS["quoted"][0], "shared quotation"),
    "official statement": (INKS["official"][0], "shared official statement"),
    "wire copy": (INKS["shared"][0], "shared copy"),
    "formulaic": (INKS["formula"][0], "formula, shared title"),
    "furniture": (INKS["stripped"][0], "page furniture"),
}


def share_matrix(overlap: pd.DataFrame, outlets: Mapping[str, str], styles: Mapping[str, Style]) -> Picture:
    """Draw which share of each article's words (row) stands in each other article (column).

    Args:
        overlap: article_id, other_id, share.
        outlets: article_id -> outlet, in the order of the axes.
        styles: outlet -> style.
    """
    ids = list(outlets)[:_MOST]
    matrix = overlap.pivot(index="article_id", columns="other_id", values="share").reindex(
        index=ids, columns=ids
    )
    matrix.index = matrix.columns = pd.Index([outlets[i] for i in ids])
    shown = matrix.iloc[:_MOST, :_MOST]
    n = len(shown)
    figure, ax = blank(height=1.4 + 0.42 * n, width=min(7.6, 3.4 + 0.85 * n))
    values = shown.to_numpy(dtype=float)
    for i in range(n):
        for j in range(n):
            v = values[i, j]
            if np.isnan(v):
                continue
            ax.add_patch(_cell(j, n - 1 - i, v))
            ax.text(j, n - 1 - i, number(v, percent=True), ha="center", va="center", fontsize=8.5,
                    color=INKS["ink"][0] if v < 0.62 else INKS["ground"][0])  # fmt: skip
    ax.set_xlim(-0.5, n - 0.5)
    ax.set_ylim(-0.5, n - 0.5)
    ax.set_xticks(
        range(n),
        [short(name, 16) for name in shown.columns],
        fontsize=8.5,
        rotation=25 if n > 4 else 0,
        ha="left" if n > 4 else "center",
    )
    ax.set_yticks(range(n), [short(name, 26) for name in shown.index[::-1]], fontsize=8.5)
    for label, name in zip(
        [*ax.get_yticklabels()[::-1], *ax.get_xticklabels()], [*shown.index, *shown.columns], strict=True
    ):
        if name in styles:
            label.set_color(styles[name].light)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    for side in ax.spines.values():
        side.set_visible(False)
    most = overlap.sort_values("share", ascending=False, kind="stable").head(1)
    alt = "Matrix of shared words; no two articles share any."
    for row in rows(most[most["share"] > 0]):
        here, there = outlets[row["article_id"]], outlets[row["other_id"]]
        alt = (
            f"Matrix of shared words. The largest share: {number(row['share'], percent=True)} of the words of {here} "
            f"also stand in {there}."
        )
    return finish(
        figure,
        "share-matrix",
        alt,
        "Read along a row: the share of this article's words that also stand in the article of the column, word for word or edited.",
    )


def _cell(x: float, y: float, value: float) -> Any:
    from matplotlib.patches import Rectangle

    # Opacity over the page's own ground, so that the cell is right in both schemes.
    return Rectangle(
        (x - 0.48, y - 0.46),
        0.96,
        0.92,
        facecolor=INKS["shared"][0],
        alpha=min(1.0, 0.04 + 0.96 * value),
        linewidth=0,
    )


def article_bars(strips: pd.DataFrame, styles: Mapping[str, Style], most: int = _MOST) -> Picture:
    """Draw each article as a bar in reading order, coloured by whose words they are.

    Args:
        strips: article_id, outlet, start, end (in words of the page), layer (a key of `LAYERS`).
        styles: outlet -> style.
        most: articles drawn.
    """
    ids = list(dict.fromkeys(strips["article_id"]))[:most]
    outlets = dict(zip(strips["article_id"], strips["outlet"], strict=True))
    names = [outlets[i] for i in ids]
    figure, ax = blank(height=1.1 + 0.42 * max(len(names), 1))
    for i, article in enumerate(ids):
        here = strips[strips["article_id"] == article]
        y = len(names) - 1 - i
        for layer, part in here.groupby("layer"):
            colour = LAYERS.get(str(layer), LAYERS["wire copy"])[0]
            ax.broken_barh(
                list(zip(part["start"], part["end"] - part["start"], strict=True)),
                (y - 0.34, 0.68),
                facecolors=colour,
                linewidth=0,
            )
    ax.set_yticks(range(len(names)), [short(n, 28) for n in names[::-1]], fontsize=8.5)
    for label, name in zip(ax.get_yticklabels()[::-1], names, strict=True):
        if name in styles:
            label.set_color(styles[name].light)
    ax.set_xlabel("words, in reading order", fontsize=8.5)
    ax.set_xlim(0, strips["end"].max() if len(strips) else 1)
    ax.spines["left"].set_visible(False)
    present = [layer for layer in LAYERS if layer in set(strips["layer"])]
    handles = [_handle(LAYERS[layer][0]) for layer in present]
    ax.legend(handles, [LAYERS[layer][1] for layer in present], loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False, fontsize=8.5)  # fmt: skip
    parts = []
    for article, name in zip(ids, names, strict=True):
        here = strips[strips["article_id"] == article]
        size = (here["end"] - here["start"]).groupby(here["layer"]).sum()
        total = size.sum()
        if total:
            parts.append(f"{name} {number(size.get('own', 0) / total, percent=True)} own words")
    return finish(figure, "article-bars", "Each article as a bar by whose words they are: " + "; ".join(parts) + ".",
                  "Every word of every page from the first to the last: what is the outlet's own, what other articles print too, and what is no article at all.")  # fmt: skip


def _handle(colour: str) -> Any:
    from matplotlib.patches import Patch

    return Patch(facecolor=colour, linewidth=0)
