"""Figures about topics: shares with intervals, their flow through each article, distances against chance."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.figures.canvas import Picture, bare, blank, drawn, finish, left_out, panel_title, panels, short
from analysis.figures.palette import INKS, Style
from analysis.render import number


def topic_shares(shares: pd.DataFrame, styles: Mapping[str, Style], labels: Mapping[str, str]) -> Picture:
    """Draw the share of every topic in every outlet, with its interval: one panel an outlet, one row a topic.

    Args:
        shares: outlet, topic, share, low, high.
        styles: outlet -> style.
        labels: topic -> label for readers.
    """
    several = "event" in shares.columns and shares["event"].nunique() > 1
    if several:  # events are kept apart: one figure cannot hold them all
        shares = shares[shares["event"] == shares.groupby("event")["n_units"].sum().idxmax()]
    outlets, more = drawn(styles, shares["outlet"])
    order = shares.groupby("topic")["share"].mean().sort_values(ascending=False).index
    topics = [t for t in order if t != "unassigned"] + [t for t in order if t == "unassigned"]
    figure, axes = panels(outlets, len(topics), sharex=True, sharey=True)
    reach = float(shares["high"].max()) if len(shares) else 1.0
    for ax, outlet in zip(axes, outlets, strict=True):
        here = shares[shares["outlet"] == outlet].set_index("topic").reindex(topics)
        y = np.arange(len(topics))[::-1]
        colour = styles[outlet].light
        ax.hlines(y, here["low"], here["high"], color=colour, linewidth=2.2, alpha=0.45)
        ax.plot(here["share"], y, styles[outlet].marker, color=colour, markersize=5, clip_on=False, zorder=3)
        ax.set_title(panel_title(outlet), color=colour, fontsize=9)
        ax.set_yticks(y, [short(labels.get(t, t), 38) for t in topics], fontsize=8.5)
        ax.set_ylim(-0.6, len(topics) - 0.4)
        ax.set_xlim(0, min(1.0, reach * 1.05))
        ax.xaxis.set_major_formatter(lambda v, _: f"{100 * v:.0f}")
        ax.tick_params(axis="x", labelsize=8)
        bare(ax)
    figure.supxlabel(
        "share of paragraphs, per cent; the line is the interval", fontsize=8.5, color=INKS["muted"][0]
    )
    tops = []
    for outlet in outlets:
        named = shares[(shares["outlet"] == outlet) & (shares["topic"] != "unassigned")]
        if len(named):
            best = named.sort_values("share", ascending=False).iloc[0]
            tops.append(
                f"{outlet}: {labels.get(best['topic'], best['topic'])} {number(best['share'], percent=True)}"
            )
    alt = "Topic shares by outlet, with intervals. Largest topic of each: " + "; ".join(tops) + "."
    return finish(
        figure, "topic-shares", alt,
        "Share of each topic in each outlet's paragraphs. The dot is the share, the line its 95 % interval: it speaks of "
        "this text, and widens where the text is short or its paragraphs hang together."
        + (" Of several events the one with most paragraphs is drawn." if several else "") + more,
    )  # fmt: skip


def topic_flow(
    assignments: pd.DataFrame, units: pd.DataFrame, styles: Mapping[str, Style], labels: Mapping[str, str]
) -> Picture:
    """Draw which topics each paragraph holds, from the first to the last: one panel an outlet, one row a topic.

    Args:
        assignments: unit_id, topic, share.
        units: unit_id, outlet, position.
        styles: outlet -> style.
        labels: topic -> label for readers.
    """
    placed = assignments.merge(units[["unit_id", "article_id", "outlet", "position"]], on="unit_id")
    placed = placed[(placed["topic"] != "unassigned") & (placed["share"] > 0)]
    outlets, more = drawn(styles, units["outlet"])
    topics = list(placed.groupby("topic")["share"].sum().sort_values(ascending=False).index)
    figure, axes = panels(outlets, len(topics), sharey=True)
    y = {topic: len(topics) - 1 - i for i, topic in enumerate(topics)}
    for ax, outlet in zip(axes, outlets, strict=True):
        here = placed[placed["outlet"] == outlet]
        n = (
            int(units.loc[units["outlet"] == outlet, "position"].max() + 1)
            if (units["outlet"] == outlet).any()
            else 1
        )
        ax.scatter(
            here["position"] + 1, here["topic"].map(y), s=70 * here["share"], color=styles[outlet].light,
            marker="s", linewidths=0, alpha=0.85,
        )  # fmt: skip
        ax.set_title(panel_title(outlet), color=styles[outlet].light, fontsize=9)
        ax.set_yticks(list(y.values()), [short(labels.get(t, t), 38) for t in topics], fontsize=8.5)
        ax.set_xlim(0, n + 1)
        ax.set_ylim(-0.6, max(len(topics), 1) - 0.4)
        ax.set_xticks([1, n] if n > 1 else [1])
        ax.tick_params(axis="x", labelsize=8)
        bare(ax, "y")
    figure.supxlabel("paragraph, from first to last", fontsize=8.5, color=INKS["muted"][0])
    starts = []
    for outlet in outlets:
        first = placed[(placed["outlet"] == outlet) & (placed["position"] == 0)]
        names = [str(labels.get(t, t)) for t in first.sort_values("share", ascending=False)["topic"]]
        starts.append(f"{outlet} opens with {' and '.join(names[:2]) or 'no topic of the codebook'}")
    return finish(
        figure, "topic-flow", "Topics paragraph by paragraph. " + "; ".join(starts) + ".",
        "Every paragraph from the first to the last; a larger square means a larger part of the paragraph." + more,
    )  # fmt: skip


def topic_distances(distances: pd.DataFrame, most: int = 15) -> Picture:
    """Draw each pair's distance against the band that chance alone would give.

    Args:
        distances: outlet_a, outlet_b, jsd, null_low, null_high, p_holm, sufficient.
        most: pairs drawn, the farthest first.
    """
    top = distances.sort_values("jsd", ascending=False).head(most)
    figure, ax = blank(height=0.9 + 0.34 * max(len(top), 1))
    y = np.arange(len(top))[::-1]
    outside = (top["jsd"] > top["null_high"]).to_numpy()
    ax.hlines(y, top["null_low"], top["null_high"], color=INKS["faint"][0], linewidth=9)
    ax.scatter(
        top["jsd"], y, color=[INKS["warn"][0] if o else INKS["ink"][0] for o in outside], s=34, zorder=3
    )
    ax.set_yticks(
        y,
        [f"{short(a, 24)} · {short(b, 24)}" for a, b in zip(top["outlet_a"], top["outlet_b"], strict=True)],
        fontsize=8.5,
    )
    ax.set_xlabel(
        "distance (Jensen-Shannon, bits, jackknifed); grey: what chance gives",
        fontsize=8.5,
    )
    ax.set_xlim(left=0)
    ax.set_ylim(-0.7, len(top) - 0.3)
    bare(ax)
    held = int((distances["p_holm"] < 0.05).sum())
    alt = (
        f"Distances between the topic shares of {len(distances)} pairs of outlets; {int(outside.sum())} of the {len(top)} drawn lie "
        f"beyond the band of chance, {held} after correction for looking at all pairs."
    )
    return finish(
        figure,
        "topic-distances",
        alt,
        "Distance of the topic shares of every two outlets. A dot inside its grey band is no more than chance would give for texts of this length."
        + left_out(len(distances), most, "pair"),
    )
