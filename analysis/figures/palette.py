"""One colour an outlet through the whole book, in light, in dark and in grey print.

The hues are spread for colour-blind readers (after Okabe and Ito 2008), darkened or lightened until each has at least 3:1
contrast to its ground, and ordered so that neighbours differ in lightness too; a marker shape says the same without colour.
`tests/figures/test_palette.py` computes the contrasts and the distances under simulated colour-blindness.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# light ground, dark ground
_HUES = (
    ("#0b5fa5", "#5aa9e6"),  # blue
    ("#b5430a", "#f28a4b"),  # vermilion
    ("#00714f", "#3cc39a"),  # green
    ("#8f3a84", "#d68acb"),  # purple
    ("#7a5c00", "#d6b13c"),  # ochre
    ("#0e7c86", "#58c7d1"),  # teal
    ("#a3123a", "#f27a9b"),  # crimson
    ("#4f5bbd", "#9aa4f5"),  # indigo
)
_MARKERS = "osD^vPXp"
OTHER = ("#6b6b6b", "#a3a3a3")

# What is not an outlet: ink, grids, and the kinds of text. Name -> light, dark.
INKS = {
    "ink": ("#1c1b1a", "#e8e6e3"),
    "muted": ("#5f5c58", "#aba7a2"),
    "faint": ("#d9d5cf", "#45423f"),
    "ground": ("#fffffe", "#14181e"),
    "own": ("#2f6f4f", "#7cc6a0"),
    "shared": ("#a65a00", "#e8a654"),
    "quoted": ("#3c5a99", "#8fb0f0"),
    "official": ("#7b4b94", "#c79be0"),
    "formula": ("#8a8a52", "#c2c28a"),
    "stripped": ("#9a948c", "#6f6a64"),
    "warn": ("#a3123a", "#f27a9b"),
}


@dataclass(frozen=True)
class Style:
    """How an outlet is drawn: place in the order, colour on light and dark ground, marker."""

    index: int
    light: str
    dark: str
    marker: str

    @property
    def css(self) -> str:
        """Class that gives an element this outlet's colour."""
        return f"t-o{self.index}"


def outlet_styles(outlets: Iterable[str]) -> dict[str, Style]:
    """Give each outlet its style, in the order of first appearance; beyond eight they share a grey."""
    styles: dict[str, Style] = {}
    for name in outlets:
        if name not in styles:
            i = len(styles)
            light, dark = _HUES[i] if i < len(_HUES) else OTHER
            styles[name] = Style(min(i, len(_HUES)), light, dark, _MARKERS[i % len(_MARKERS)])
    return styles


def css() -> str:
    """The colours as CSS custom properties for both schemes, with the classes that use them."""
    names = [f"o{i}" for i in range(len(_HUES) + 1)] + list(INKS)
    pairs = [*_HUES, OTHER, *INKS.values()]
    light = "".join(f"--t-{n}:{p[0]};" for n, p in zip(names, pairs, strict=True))
    dark = "".join(f"--t-{n}:{p[1]};" for n, p in zip(names, pairs, strict=True))
    classes = "".join(f".t-o{i}{{--t-c:var(--t-o{i})}}" for i in range(len(_HUES) + 1))
    return f':root,html[data-theme="light"]{{{light}}}html[data-theme="dark"]{{{dark}}}@media print{{:root{{{light}}}}}{classes}\n'


def variables() -> dict[str, str]:
    """Light colour -> CSS variable, for figures drawn on light ground that must follow the scheme."""
    named = {pair[0]: f"--t-o{i}" for i, pair in enumerate((*_HUES, OTHER))}
    return {pair[0]: f"--t-{name}" for name, pair in INKS.items()} | named
