"""Where figures are drawn: one style, figures that follow the reader's colour scheme, alt text that comes with them."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from analysis import render
from analysis.figures.palette import INKS, Style, variables

if TYPE_CHECKING:
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
_LONG = re.compile(r"(\d\.\d\d)\d+")  # a hundredth of a point is finer than any screen
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
        drawn = render.tag("div", render.Html(_inline(self.svg, self.name)), role="img", aria_label=self.alt)
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
    Image.open(pixels).convert("RGB").quantize(64).save(small, format="png", optimize=True)
    return Picture(name, _compact(vector.getvalue()), small.getvalue(), alt, render.encode(caption))


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


def left_out(all_: int, most: int, one: str) -> str:
    """A sentence for a caption where not everything is drawn; "" where everything is."""
    return f" Of {all_} {one}s {most} are drawn; the table’s download has all." if all_ > most else ""


def panel_title(text: str, width: int = 12) -> str:
    """Fit an outlet's name above a panel: two lines at the most."""
    return (
        "\n".join(wrap(" ".join(render.visible(str(text)).split()), width, max_lines=2, placeholder=" …"))
        or " "
    )


def _compact(svg: str) -> str:
    """Return an SVG without what draws nothing: comments, groups that are empty, names that nothing asks for."""
    text = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.S)
    asked = set(re.findall(r"(?:xlink:href=\"#|url\(#)([^\")]+)", text))
    text = re.sub(r'\s\bid="([^"]+)"', lambda m: m.group() if m.group(1) in asked else "", text)
    text = re.sub(r' transform="rotate\(-?0 [^"]*\)"', "", text)
    while (
        less := re.sub(r"<g>\s*</g>|<g/>|<defs>\s*</defs>|(?<=>)\s+(?=<)|(?<=\") (?=/>)", "", text)
    ) != text:
        text = less
    text = _LONG.sub(r"\1", text)
    text = re.sub(r'(?<= style=")[^"]*', lambda m: re.sub(r"([;:]) ", r"\1", m.group()).strip("; "), text)
    text = re.sub(r'(?<= d=")[^"]*', lambda m: re.sub(r" ?([A-Za-z]) ?", r"\1", m.group()).strip(), text)
    return re.sub(r"<g>((?:<(?:path|use) [^<>]*/>){2,})</g>", _shared_look, text)


def _shared_look(group: re.Match[str]) -> str:
    """Say once, for a group of shapes, what is the same for all of them: style and clipping."""
    inner, said = group.group(1), ""
    n = len(re.findall(r"<(?:path|use) ", inner))
    for name in ("style", "clip-path"):
        given = re.findall(rf' {name}="[^"]*"', inner)
        if len(given) == n and len(set(given)) == 1:
            inner, said = inner.replace(given[0], ""), said + given[0]
    return f"<g{said}>{inner}</g>"


def _inline(svg: str, name: str) -> str:
    """Fit an SVG into a page: no XML prologue, own identifiers, colours as variables, the page's own font."""
    inner = re.sub(r"<style.*?</style>", "", svg[svg.index("<svg") :], flags=re.S)
    inner = re.sub(r'<svg [^>]*?viewBox="([^"]+)"[^>]*>', r'<svg xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="\1" aria-hidden="true" focusable="false">', inner, count=1)  # fmt: skip
    mark = f"f{hashlib.sha256(name.encode()).hexdigest()[:4]}"
    inner = re.sub(r'\bid="([^"]+)"', rf'id="{mark}-\1"', inner)
    inner = re.sub(r'(xlink:href="#|url\(#)', rf"\1{mark}-", inner)
    inner = re.sub(r"font-family:[^;\"]*;?", "", inner)
    for colour, variable in variables().items():
        inner = inner.replace(colour, f"var({variable})")
    inner = re.sub(r"\s*\n\s*", " ", inner)  # a line break would end the HTML block for a Markdown reader
    inner = inner.replace("</text>", "</text> ")  # for the search index, which takes the tags out
    return inner.replace("{", "&#123;").replace("}", "&#125;")
