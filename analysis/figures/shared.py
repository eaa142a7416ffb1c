"""Figures about shared text: whose words stand in whom, and what each article is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.figures.canvas import Picture, blank, finish, left_out, sharing_most, short
from analysis.figures.palette import INKS, Style
from analysis.render import number
from analysis.schema import rows

_MOST = 30
_MOST_CELLS = 16  # articles of the matrix: more than so many columns would not be read

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
    ids = sharing_most(list(outlets), overlap.groupby("article_id")["share"].max(), _MOST_CELLS)
    matrix = overlap.pivot(index="article_id", columns="other_id", values="share").reindex(
        index=ids, columns=ids
    )
    matrix.index = matrix.columns = pd.Index([outlets[i] for i in ids])
    shown = matrix
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
        "Read along a row: the share of this article's words that also stand in the article of the column, word for word or edited."
        + left_out(len(outlets), _MOST_CELLS, "article"),
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
    ids = list(dict.fromkeys(strips["article_id"]))
    shown = strips[strips["article_id"].isin(ids[:most])]
    figure, ax = blank(height=1.1 + _row(min(len(ids), most)) * max(min(len(ids), most), 1))
    names = draw_strips(ax, shown, lambda outlet: short(outlet, 28), 8.5, styles)
    ax.set_xlabel("words, in reading order", fontsize=8.5)
    ax.set_xlim(0, strips["end"].max() if len(strips) else 1)
    ax.spines["left"].set_visible(False)
    present = [layer for layer in LAYERS if layer in set(strips["layer"])]
    handles = [_handle(LAYERS[layer][0]) for layer in present]
    ax.legend(handles, [LAYERS[layer][1] for layer in present], loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False, fontsize=8.5)  # fmt: skip
    parts = []
    for article, name in zip(ids, names, strict=False):
        here = strips[strips["article_id"] == article]
        size = (here["end"] - here["start"]).groupby(here["layer"]).sum()
        total = size.sum()
        if total:
            parts.append(f"{name} {number(size.get('own', 0) / total, percent=True)} own words")
    return finish(figure, "article-bars", "Each article as a bar by whose words they are: " + "; ".join(parts) + ".",
                  "Every word of every page from the first to the last: what is the outlet's own, what other articles print too, and what is no article at all."
                  + left_out(len(ids), most, "article"))  # fmt: skip


def draw_strips(
    ax: Any, strips: pd.DataFrame, label: Callable[[str], str], size: float, styles: Mapping[str, Style]
) -> list[str]:
    """Draw each article as one bar of coloured stretches, the first on top; return the outlets in that order."""
    outlets = dict(zip(strips["article_id"], strips["outlet"], strict=True))
    names = list(outlets.values())
    for i, article in enumerate(outlets):
        here = strips[strips["article_id"] == article]
        y = len(names) - 1 - i
        for layer, part in here.groupby("layer"):
            stretches = list(zip(part["start"], part["end"] - part["start"], strict=True))
            colour = LAYERS.get(str(layer), LAYERS["wire copy"])[0]
            ax.broken_barh(stretches, (y - 0.34, 0.68), facecolors=colour, linewidth=0)
    ax.set_yticks(range(len(names)), [label(name) for name in names[::-1]], fontsize=size)
    colour_labels(ax.get_yticklabels()[::-1], names, styles)
    ax.set_xlim(0, strips["end"].max() if len(strips) else 1)
    ax.spines["left"].set_visible(False)
    return names


def page_parts(strips: pd.DataFrame, styles: Mapping[str, Style], most: int = _MOST) -> Picture:
    """Draw how many words of each page are article and how many are furniture.

    Args:
        strips: article_id, outlet, start, end (in words of the page), layer.
        styles: outlet -> style.
        most: pages drawn.
    """
    sized = strips.assign(words=strips["end"] - strips["start"], furniture=strips["layer"] == "furniture")
    table = sized.pivot_table(
        index="article_id", columns="furniture", values="words", aggfunc="sum", fill_value=0, sort=False
    )
    table = table.reindex(columns=[False, True], fill_value=0).astype(float)
    outlets = dict(zip(strips["article_id"], strips["outlet"], strict=True))
    parts = [(outlets[str(a)], article, rest) for a, article, rest in table.itertuples(name=None)]
    shown = parts[:most]
    figure, ax = blank(height=0.7 + _row(len(shown)) * max(len(shown), 1))
    reach = max((article + rest for _, article, rest in shown), default=1.0)
    for y, (outlet, article, rest) in zip(range(len(shown) - 1, -1, -1), shown, strict=True):
        colour = styles[outlet].light if outlet in styles else INKS["muted"][0]
        ax.barh(y, article, color=colour, height=0.62)
        ax.barh(y, rest, left=article, color=INKS["stripped"][0], height=0.62)
        share = number(rest / (article + rest) if article + rest else 0.0, percent=True)
        label = (
            f"{article:,.0f} words + {rest:,.0f} stripped ({share})"
            if rest
            else f"{article:,.0f} words, nothing stripped"
        )
        ax.text(article + rest + reach * 0.015, y, label, va="center", fontsize=8.5, color=INKS["muted"][0])
    ax.set_yticks(range(len(shown)), [short(name, 28) for name, *_ in shown[::-1]], fontsize=8.5)
    colour_labels(ax.get_yticklabels()[::-1], [name for name, *_ in shown], styles)
    ax.set_xlim(0, reach * 1.75)
    ax.set_ylim(-0.6, max(len(shown), 1) - 0.4)
    ax.set_xticks([])
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    said = "; ".join(f"{name} {article:,.0f} words and {rest:,.0f} stripped" for name, article, rest in parts)
    return finish(
        figure, "page-parts", f"Words of each page that are article, and words that were stripped: {said}.",
        "Words of each page: the article in its outlet's colour, what was stripped in grey." + left_out(len(parts), most, "page"),
    )  # fmt: skip


def colour_labels(labels: Iterable[Any], names: Iterable[str], styles: Mapping[str, Style]) -> None:
    """Give the labels of outlets their colours."""
    for label, name in zip(labels, names, strict=False):
        if name in styles:
            label.set_color(styles[name].light)


def _row(n: int) -> float:
    """Height of a row in inches: less where there are many."""
    return 0.42 if n <= 12 else 0.3


def _handle(colour: str) -> Any:
    from matplotlib.patches import Patch

    return Patch(facecolor=colour, linewidth=0)
