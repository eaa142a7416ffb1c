"""The picture that stands for the book where somebody shares a link to it."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap

import pandas as pd

from analysis.figures.canvas import Picture, blank, finish, short
from analysis.figures.palette import INKS, Style
from analysis.figures.shared import LAYERS, draw_strips

_MOST = 7
_SIZE = (
    8.0,
    4.2,
)  # inches; at the canvas's 150 dots an inch the 1200 by 630 that readers of such pictures expect


def preview(layers: pd.DataFrame, styles: Mapping[str, Style], title: str) -> Picture:
    """Draw the card: the event's title over the articles as bars, coloured by whose words they are.

    Args:
        layers: article_id, outlet, start, end (in words of the page), layer.
        styles: outlet -> style.
        title: of the event.
    """
    ids = list(dict.fromkeys(layers["article_id"]))
    shown = layers[layers["article_id"].isin(ids[:_MOST])]
    figure, ax = blank(width=_SIZE[0], height=_SIZE[1], within=(0.03, 0.04, 0.94, 0.92))
    lines = wrap(
        " ".join(title.split()) or "One event, told several times", 40, max_lines=2, placeholder=" …"
    )
    figure.suptitle(
        "\n".join(lines), x=0.035, ha="left", fontsize=19, fontweight="bold", color=INKS["ink"][0]
    )
    draw_strips(ax, shown, lambda outlet: short(outlet, 22), 11, styles)
    outlets = layers["outlet"].nunique()
    ax.set_xlabel(
        f"{len(ids)} article{'s' if len(ids) != 1 else ''} of {outlets} outlet{'s' if outlets != 1 else ''}; green: its own words",
        fontsize=10,
        loc="left",
    )
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    own = layers[layers["layer"] == "own"]
    share = (own["end"] - own["start"]).sum() / max((layers["end"] - layers["start"]).sum(), 1)
    drawn = ", ".join(LAYERS[kind][1] for kind in LAYERS if kind in set(layers["layer"]))
    alt = f"{' '.join(title.split())}: each article as a bar of {drawn}; {100 * share:.0f} % of all words stand in one article only."
    return finish(figure, "preview", alt)
