"""Figures about voices, keyness and facts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.figures.canvas import Picture, bare, blank, drawn, finish, left_out, panel_title, panels, short
from analysis.figures.palette import INKS, Style
from analysis.render import number
from analysis.schema import rows as rows_of

_MOST_ROWS = 30


def voice_words(voices: pd.DataFrame, styles: Mapping[str, Style], most: int = 12) -> Picture:
    """Draw the words given to each speaker by each outlet, quoted (full) and reported (light), zeros included.

    Args:
        voices: outlet, speaker, kind (quoted | reported), words.
        styles: outlet -> style.
        most: speakers drawn, the most heard first.
    """
    outlets, more = drawn(styles, voices["outlet"])
    speakers = list(voices.groupby("speaker")["words"].sum().sort_values(ascending=False).head(most).index)
    table = voices.pivot_table(
        index="speaker", columns=["outlet", "kind"], values="words", aggfunc="sum", fill_value=0
    )
    figure, axes = panels(outlets, len(speakers), head=1.1, line=0.33, sharex=True, sharey=True)
    y = np.arange(len(speakers))[::-1]
    reach = float(voices.groupby(["outlet", "speaker"])["words"].sum().max()) if len(voices) else 1.0
    for ax, outlet in zip(axes, outlets, strict=True):
        colour = styles[outlet].light
        quoted = _column(table, speakers, outlet, "quoted")
        reported = _column(table, speakers, outlet, "reported")
        ax.barh(y, quoted, color=colour, height=0.66)
        ax.barh(y, reported, left=quoted, color=colour, height=0.66, alpha=0.35)
        for at, total in zip(y, quoted + reported, strict=True):
            ax.text(
                total + reach * 0.03, at, f"{int(total)}", va="center", fontsize=8, color=INKS["muted"][0]
            )
        ax.set_title(panel_title(outlet), color=colour, fontsize=9)
        ax.set_yticks(y, [short(s, 30) for s in speakers], fontsize=8.5)
        ax.set_xlim(0, reach * 1.22 or 1)
        ax.set_xticks([])
        bare(ax, None)
        ax.spines["bottom"].set_visible(False)
    figure.supxlabel("words; full: quoted, light: reported", fontsize=8.5, color=INKS["muted"][0])
    total = voices["words"].sum()
    first = speakers[0] if speakers else ""
    share = voices.loc[voices["speaker"] == first, "words"].sum() / total if total else 0.0
    alt = (
        f"Words given to each speaker by each outlet. {first} has most: {number(share, percent=True)} of all."
        if speakers
        else "No speaker was found."
    )
    return finish(
        figure,
        "voices",
        alt,
        "Words that each outlet gives to each speaker. A nought is a finding too: the voice is not heard there."
        + more,
    )


def _column(table: pd.DataFrame, speakers: list[str], outlet: str, kind: str) -> np.ndarray:
    if (outlet, kind) not in table.columns:
        return np.zeros(len(speakers))
    return table[(outlet, kind)].reindex(speakers).fillna(0).to_numpy(dtype=float)


def keyness(keyness: pd.DataFrame, styles: Mapping[str, Style], most: int = 6) -> Picture:
    """Draw each outlet's most telling words, those that chance does not explain in full colour.

    Args:
        keyness: outlet, term, z, p_familywise, significant.
        styles: outlet -> style.
        most: terms an outlet.
    """
    outlets, more = drawn(styles, keyness["outlet"])
    # every panel has words of its own along its side, which take room
    figure, axes = panels(outlets, most, columns=3, head=0.7, line=0.22, sharex=True)
    held = keyness[keyness["significant"].astype(bool)]
    for ax, outlet in zip(axes, outlets, strict=True):
        top = keyness[(keyness["outlet"] == outlet) & (keyness["z"] > 0)].nlargest(most, "z")
        y = np.arange(len(top))[::-1]
        colours = [styles[outlet].light if s else INKS["faint"][0] for s in top["significant"].astype(bool)]
        ax.barh(y, top["z"], color=colours, height=0.7)
        ax.set_yticks(y, [short(t, 24) for t in top["term"]], fontsize=8)
        ax.set_title(panel_title(outlet, 22), color=styles[outlet].light, fontsize=9)
        ax.tick_params(axis="x", labelsize=8)
        bare(ax, None)
    figure.supxlabel(
        "z of the log-odds; grey: no more than chance gives somewhere in so many words",
        fontsize=8.5,
        color=INKS["muted"][0],
    )
    named = "; ".join(f"{r['outlet']}: {r['term']}" for r in rows_of(held.head(12)))
    alt = (
        f"Words used more by one outlet than by the rest. {len(held)} stand out beyond chance: {named}."
        if len(held)
        else "Words used more by one outlet than by the rest. None stands out beyond chance once the number of words looked at is allowed for."
    )
    return finish(
        figure,
        "keyness",
        alt,
        "The words that each outlet uses more than the rest. Only coloured bars exceed what chance gives when so many words are looked at."
        + more,
    )


def facts_told(told: pd.DataFrame, styles: Mapping[str, Style]) -> Picture:
    """Draw how many facts each outlet tells: shared by all, shared by some, told by it alone.

    Args:
        told: outlet, most, some, alone (numbers of facts).
        styles: outlet -> style.
    """
    every = told[told["outlet"].isin(list(styles))]
    here = every.head(_MOST_ROWS)
    figure, ax = blank(height=1.0 + (0.4 if len(here) <= 12 else 0.28) * max(len(here), 1))
    y = np.arange(len(here))[::-1]
    left = np.zeros(len(here))
    for column, alpha in (("most", 1.0), ("some", 0.6), ("alone", 0.25)):
        values = here[column].to_numpy(dtype=float)
        for at, start, value, outlet in zip(y, left, values, here["outlet"], strict=True):
            if value:
                ax.barh(at, value, left=start, color=styles[outlet].light, alpha=alpha, height=0.66)
                ax.text(start + value / 2, at, f"{int(value)}", ha="center", va="center", fontsize=8.5,
                        color=INKS["ground"][0] if alpha > 0.5 else INKS["ink"][0])  # fmt: skip
        left += values
    ax.set_yticks(y, [short(o, 28) for o in here["outlet"]], fontsize=8.5)
    ax.set_xlabel(
        "facts; full: told by most outlets, middle: by some, light: by this one alone", fontsize=8.5
    )
    bare(ax, None)
    ax.spines["bottom"].set_visible(False)
    ax.set_xticks([])
    parts = "; ".join(
        f"{r['outlet']} {int(r['most'] + r['some'] + r['alone'])}, of which {int(r['alone'])} alone"
        for r in rows_of(here)
    )
    return finish(
        figure,
        "facts-told",
        f"Facts told by each outlet: {parts}.",
        "Facts told by each outlet, by how many others tell them too."
        + left_out(len(every), _MOST_ROWS, "outlet"),
    )
