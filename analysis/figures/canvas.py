"""Where figures are drawn: one style, figures that follow the reader's colour scheme, alt text that comes with them."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from analysis import render
from analysis.figures.palette import INKS, Style
from analysis.figures.vector import compact, inline

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_RC: Any = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 10,
    "svg.fonttype": "none",  # text stays text: it can be found, selected and read out
    "svg.hashsalt": "five-tellings",  # identifiers are the same in every build
    "svg.id": None,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": INKS["faint"][0],
    "axes.labelcolor": INKS["muted"][0],
    "axes.titlecolor": INKS["ink"][0],
    "axes.titlesize": 10.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.facecolor": INKS["ground"][0],
    "figure.facecolor": INKS["ground"][0],
    "text.color": INKS["ink"][0],
    "xtick.color": INKS["muted"][0],
    "ytick.color": INKS["ink"][0],
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "grid.color": INKS["faint"][0],
    "grid.linewidth": 0.7,
    "axes.axisbelow": True,
    "text.parse_math": False,  # a dollar in an outlet's name is a dollar
}
WIDTH = 6.8  # inches; the text column of the book


@dataclass(frozen=True)
class Picture:
    """A drawn figure: the same picture as SVG for the page and for download and as PNG, with words that say what it shows.

    Attributes:
        name: file name for download, without an ending.
        alt: what the figure shows, for those who do not see it; computed from the data.
        caption: encoded text under it.
    """

    name: str
    svg: str = field(repr=False)
    png: bytes = field(repr=False)
    alt: str
    caption: render.Html

    def html(self, root: str = "../") -> render.Html:
        """The figure for a page: inline SVG whose colours follow the page's scheme, caption, and downloads.

        Args:
            root: the way from the page to the first page of the book.
        """
        drawn = render.tag("div", render.Html(inline(self.svg, self.name)), role="img", aria_label=self.alt)
        # on a phone the figure scrolls inside its frame, so the frame must be reachable by keyboard
        picture = render.tag(
            "div", drawn, class_="t-picture", tabindex="0", role="group", aria_label=f"Figure {self.name}"
        )
        files = [
            render.Html(f'<a href="{root}_static/figures/{self.name}.{kind}" download>{kind.upper()}</a>')
            for kind in ("svg", "png")
        ]
        caption = render.tag(
            "figcaption", self.caption, " ", render.tag("span", *files, class_="t-downloads")
        )
        return render.tag("figure", picture, caption, class_="t-figure", id=f"figure-{self.name}")

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data = {
            "text/html": str(self.html()),
            "image/svg+xml": self.svg,
            "image/png": self.png,
            "text/plain": self.alt,
        }
        return data, {"tellings": {"figure": self.name}}


def blank(
    rows: int = 1,
    columns: int = 1,
    width: float = WIDTH,
    height: float = 3.0,
    within: tuple[float, float, float, float] = (0, 0, 1, 1),
    **kwargs: Any,
) -> tuple[Figure, Any]:
    """Open a figure in the book's style. Nothing of pyplot's global state is used.

    Args:
        rows: of axes.
        columns: of axes.
        width: in inches.
        height: in inches.
        within: left, bottom, width and height of the part that is drawn on, as shares of the figure.
        **kwargs: for `Figure.subplots`.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    with mpl.rc_context(_RC):
        figure = Figure(figsize=(width, height), layout=ConstrainedLayoutEngine(rect=within))
        axes = figure.subplots(rows, columns, **kwargs)
    return figure, axes


MOST_PANELS = 10  # outlets that have a panel; more would make a figure that no page holds


def panels(
    outlets: Sequence[str], lines: int, columns: int = 5, head: float = 1.0, line: float = 0.27, **kwargs: Any
) -> tuple[Figure, list[Axes]]:
    """Open a figure of small multiples: one panel an outlet, at most `MOST_PANELS`, at most `columns` in a row.

    Args:
        outlets: those that have a panel.
        lines: labels along a panel's upright axis.
        columns: panels in a row.
        head: height of a row of panels without its lines, in inches.
        line: height of a line.
        kwargs: for `Figure.subplots`.
    """
    across = min(len(outlets), columns) or 1
    down = -(-len(outlets) // across) or 1
    figure, axes = blank(down, across, height=down * (head + line * max(lines, 1)), squeeze=False, **kwargs)
    every = list(axes.flat)
    for ax in every[len(outlets) :]:
        ax.set_visible(False)
    if kwargs.get("sharex"):  # where the last row is not full, the panels above the gaps bear the scale
        for ax in every[len(outlets) - across : len(outlets)]:
            ax.tick_params(labelbottom=True)
    return figure, every[: len(outlets)]


def drawn(styles: Mapping[str, Style], present: Iterable[str]) -> tuple[list[str], str]:
    """The outlets that have a panel, in the book's order, and a sentence for the caption if there are more."""
    there = set(present)
    outlets = [name for name in styles if name in there]
    return outlets[:MOST_PANELS], left_out(len(outlets), MOST_PANELS, "outlet")


def finish(figure: Figure, name: str, alt: str, caption: object = "") -> Picture:
    """Save a figure as SVG and PNG, byte for byte the same in every build."""
    import matplotlib as mpl
    from matplotlib.colors import to_hex
    from matplotlib.text import Text

    for text in figure.findobj(Text):  # black is no colour of ours: it would stay black on a dark page
        if isinstance(text, Text) and to_hex(text.get_color()) == "#000000":
            text.set_color(INKS["ink"][0])
    vector, pixels = io.StringIO(), io.BytesIO()
    with mpl.rc_context(_RC), warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message="constrained_layout not applied"
        )  # a warning is no part of a page
        figure.savefig(vector, format="svg", metadata={"Date": None, "Creator": None})
        figure.set_layout_engine("none")  # the places are found; they are the same for both
        figure.savefig(pixels, format="png", dpi=150, metadata={"Software": None})
    from PIL import Image

    small = io.BytesIO()
    Image.open(pixels).convert("RGB").quantize(32).save(small, format="png", optimize=True)
    return Picture(name, compact(vector.getvalue()), small.getvalue(), alt, render.encode(caption))


def bare(axes: Axes, grid: str | None = "x") -> None:
    """Take away what carries no data: spines, ticks; leave a light grid along one axis."""
    for side in ("left", "top", "right"):
        axes.spines[side].set_visible(False)
    if grid in ("x", "y"):
        axes.grid(axis=grid)  # type: ignore[arg-type]


def short(text: str, length: int = 28) -> str:
    """Shorten a label at a word's end."""
    plain = " ".join(render.visible(str(text)).split())
    if len(plain) <= length:
        return plain
    cut = plain[: length - 1].rsplit(" ", 1)[0] if " " in plain[: length - 1] else plain[: length - 1]
    return cut.rstrip(" ,;:-") + "…"


def sharing_most(ids: Sequence[str], best: pd.Series[float], most: int) -> list[str]:
    """Of many articles those that share most with any other (`best`, by article), in the order of the axes."""
    if len(ids) <= most:
        return list(ids)
    ranked = best.reindex(list(ids)).fillna(0.0).sort_values(ascending=False, kind="stable")
    kept = {str(article) for article in ranked.index[:most]}
    return [article for article in ids if article in kept]


def left_out(all_: int, most: int, one: str) -> str:
    """A sentence for a caption where not everything is drawn; "" where everything is."""
    return f" Of {all_} {one}s {most} are drawn; the table’s download has all." if all_ > most else ""


def panel_title(text: str, width: int = 12) -> str:
    """Fit an outlet's name above a panel: two lines at the most."""
    return (
        "\n".join(wrap(" ".join(render.visible(str(text)).split()), width, max_lines=2, placeholder=" …"))
        or " "
    )
