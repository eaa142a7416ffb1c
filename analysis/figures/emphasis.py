"""Figures about what comes first, frame cues beside the corpus, and how much two outlets tell alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.figures.canvas import (
    Picture,
    bare,
    blank,
    drawn,
    finish,
    left_out,
    panel_title,
    panels,
    sharing_most,
    short,
)
from analysis.figures.palette import INKS, Style
from analysis.render import number
from analysis.schema import rows as rows_of

_MOST_OUTLETS = 10
_WHAT = {"topic": "topics", "actor": "named actors", "fact": "facts, by who tells them"}


def first_places(
    emphasis: pd.DataFrame, styles: Mapping[str, Style], kind: str, labels: Mapping[str, str], most: int = 8
) -> Picture:
    """Draw each label's plain share and its share of the first places, one panel an outlet.

    Args:
        emphasis: kind, outlet, label, share, weighted_share, low, high, sufficient.
        styles: outlet -> style.
        kind: topic, actor or fact.
        labels: label -> what a reader is shown.
        most: labels drawn, the heaviest first.
    """
    here = emphasis[emphasis["kind"] == kind]
    weight = here.groupby("label")["weighted_share"].mean().sort_values(ascending=False, kind="stable")
    names = list(weight[weight > 0].head(most).index)
    outlets, more = drawn(styles, here["outlet"])
    figure, axes = panels(outlets, max(len(names), 3), head=1.45, sharex=True, sharey=True)
    y = np.arange(len(names))[::-1]
    for ax, outlet in zip(axes, outlets, strict=True):
        mine = here[here["outlet"] == outlet].drop_duplicates("label").set_index("label").reindex(names)
        able = bool(mine["sufficient"].fillna(False).any())
        colour = styles[outlet].light if able else INKS["muted"][0]
        ax.hlines(y, mine["low"], mine["high"], color=colour, linewidth=1, alpha=0.35)
        ax.hlines(y, mine["share"], mine["weighted_share"], color=colour, linewidth=2.4)
        ax.plot(
            mine["share"],
            y,
            "o",
            markersize=5.5,
            color=INKS["ground"][0],
            markeredgecolor=colour,
            clip_on=False,
        )
        ax.plot(
            mine["weighted_share"],
            y,
            styles[outlet].marker,
            markersize=5.5,
            color=colour,
            clip_on=False,
            zorder=3,
        )
        _dress(
            ax, outlet, styles, y, [short(labels.get(n, n), 26) for n in names], "" if able else "\n(too few)"
        )
    figure.supxlabel(
        "share; hollow: plain, full: weighted by how early it stands; the line is the interval of the full one",
        fontsize=8.5,
        color=INKS["muted"][0],
    )
    tops = []
    for outlet in outlets:
        mine = (
            here[here["outlet"] == outlet]
            .sort_values("weighted_share", ascending=False, kind="stable")
            .head(1)
        )
        tops += [f"{outlet}: {labels.get(r['label'], r['label'])} {number(r['weighted_share'], percent=True)}"
                 for r in rows_of(mine) if r["weighted_share"] > 0]  # fmt: skip
    alt = f"Share of each outlet’s first places by {_WHAT.get(kind, kind)}. Most weight: {'; '.join(tops) or 'none'}."
    caption = "A full mark to the right of the hollow one: put up front; to the left of it: kept for later."
    return finish(figure, f"first-places-{kind}", alt, caption + more)


def frame_shares(
    shares: pd.DataFrame, styles: Mapping[str, Style], scheme: str, labels: Mapping[str, str], most: int = 12
) -> Picture:
    """Draw the share of each outlet's sentences that cue each frame, beside the share in the whole corpus.

    Args:
        shares: scheme, outlet, frame, share, low, high, corpus_share, apart.
        styles: outlet -> style.
        scheme: policy or news.
        labels: frame -> what a reader is shown.
        most: frames drawn, the most cued first; sentences without a cue come last.
    """
    here = shares[shares["scheme"] == scheme]
    order = (
        here.drop_duplicates("frame")
        .set_index("frame")["corpus_share"]
        .sort_values(ascending=False, kind="stable")
    )
    names = [f for f in order.index if f != "no cue" and order[f] > 0][:most] + [
        f for f in order.index if f == "no cue"
    ]
    outlets, more = drawn(styles, here["outlet"])
    figure, axes = panels(outlets, max(len(names), 3), head=1.45, sharex=True, sharey=True)
    y = np.arange(len(names))[::-1]
    for ax, outlet in zip(axes, outlets, strict=True):
        mine = here[here["outlet"] == outlet].set_index("frame").reindex(names)
        colour = styles[outlet].light
        ax.plot(
            mine["corpus_share"],
            y,
            "|",
            markersize=11,
            markeredgewidth=2,
            color=INKS["muted"][0],
            clip_on=False,
        )
        ax.hlines(y, mine["low"], mine["high"], color=colour, linewidth=2.2, alpha=0.45)
        apart = mine["apart"].fillna(False).to_numpy(dtype=bool)
        for chosen, face in ((~apart, INKS["ground"][0]), (apart, colour)):
            if not chosen.any():
                continue  # a line without points, drawn beyond the axes, would leave the layout no room
            ax.plot(mine["share"].to_numpy()[chosen], y[chosen], styles[outlet].marker, markersize=5.5, color=face,
                    markeredgecolor=colour, clip_on=False, zorder=3)  # fmt: skip
        few = "" if bool(mine["sufficient"].fillna(False).any()) else "\n(too few)"
        _dress(ax, outlet, styles, y, [short(labels.get(n, n), 24) for n in names], few)
    figure.supxlabel(
        "share of sentences that hold a cue, with its interval; the upright stroke is the whole corpus",
        fontsize=8.5,
        color=INKS["muted"][0],
    )
    held = here[here["apart"].astype(bool)]
    said = "; ".join(
        f"{r['outlet']}: {labels.get(r['frame'], r['frame'])} {number(r['share'], percent=True)} against {number(r['corpus_share'], percent=True)}"
        for r in rows_of(held.head(8))
    )
    first = f"Most cued: {labels.get(names[0], names[0])}. " if names and names[0] != "no cue" else ""
    alt = f"Share of sentences that cue each frame, by outlet. {first}" + (
        f"Apart from the others: {said}."
        if said
        else "No outlet stands apart from the others beyond its interval."
    )
    caption = "Cues, not frames: which frame a text has is for a reader to say. Only a full mark lies apart from all other outlets once the number of comparisons is allowed for."
    return finish(figure, f"frame-cues-{scheme}", alt, caption + more)


def fact_overlap(overlap: pd.DataFrame, outlets: Mapping[str, str], styles: Mapping[str, Style]) -> Picture:
    """Draw how many facts every two articles share, shaded by their share of all that either tells.

    Args:
        overlap: a, b, both, uncertain, share, sufficient.
        outlets: article_id -> outlet, in the order of the axes.
        styles: outlet -> style.
    """
    both = pd.concat([overlap.set_index(side)["both"] for side in ("a", "b")])
    ids = sharing_most(list(outlets), both.groupby(level=0).max(), _MOST_OUTLETS)
    n = len(ids)
    figure, ax = blank(height=1.4 + 0.42 * n, width=min(7.6, 3.4 + 0.85 * n))
    at = {article: i for i, article in enumerate(ids)}
    for r in rows_of(overlap):
        if r["a"] not in at or r["b"] not in at:
            continue
        i, j = sorted((at[r["a"]], at[r["b"]]))
        value = 0.0 if r["share"] != r["share"] else float(r["share"])
        ax.add_patch(_square(i, n - 1 - j, value))
        doubt = f" (+{int(r['uncertain'])}?)" if r["uncertain"] else ""
        text = f"{int(r['both'])}{doubt}\n{number(value, percent=True) if r['sufficient'] else 'too few'}"
        ax.text(i, n - 1 - j, text, ha="center", va="center", fontsize=8, linespacing=1.1,
                color=INKS["ink"][0] if value < 0.62 else INKS["ground"][0])  # fmt: skip
    ax.set_xlim(-0.5, max(n - 1.5, 0.5))
    ax.set_ylim(-0.5, max(n - 1.5, 0.5))
    across, down = ids[:-1], ids[:0:-1]
    ax.set_xticks(range(len(across)), [short(outlets[a], 16) for a in across], fontsize=8.5,
                  rotation=25 if n > 4 else 0, ha="right" if n > 4 else "center")  # fmt: skip
    ax.set_yticks(range(len(down)), [short(outlets[a], 26) for a in down], fontsize=8.5)
    for label, article in zip([*ax.get_xticklabels(), *ax.get_yticklabels()], [*across, *down], strict=True):
        if outlets[article] in styles:
            label.set_color(styles[outlets[article]].light)
    ax.tick_params(length=0)
    for side in ax.spines.values():
        side.set_visible(False)
    best = (
        overlap[overlap["sufficient"].astype(bool)]
        .sort_values("share", ascending=False, kind="stable")
        .head(1)
    )
    alt = "Facts shared by every two articles." + "".join(
        f" Most alike: {r['outlet_a']} and {r['outlet_b']} share {int(r['both'])}, {number(r['share'], percent=True)} of what either tells."
        for r in rows_of(best)
    )
    return finish(figure, "fact-overlap", alt,
                  "Facts that both articles tell (+ those that a reader must look for in one of them, counted half), and their share of all that either tells." + left_out(len(outlets), _MOST_OUTLETS, "article"))  # fmt: skip


def _dress(
    ax: Any, outlet: str, styles: Mapping[str, Style], y: np.ndarray, names: list[str], few: str
) -> None:
    from matplotlib.ticker import PercentFormatter

    ax.set_yticks(y, names, fontsize=8.5)
    ax.set_title(panel_title(outlet) + few, color=styles[outlet].light, fontsize=9)
    ax.set_xlim(left=0)
    ax.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    ax.locator_params(axis="x", nbins=3)
    ax.tick_params(axis="x", labelsize=8)
    bare(ax)


def _square(x: float, y: float, value: float) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle(
        (x - 0.48, y - 0.46), 0.96, 0.92, facecolor=INKS["own"][0], alpha=0.05 + 0.95 * value, linewidth=0
    )
