"""Figures of two outlets and of fifty: nothing overlaps, nothing is cut off, no figure outgrows a page."""

from itertools import combinations

import pytest
from many import figures_of
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

NAMES = list(figures_of(2))
TALLEST = 10.5  # inches


def texts(figure):
    """Every text that is drawn, with its box: of ticks only those within the limits of their axis."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    ticks, shown = set(), []
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            every = {label for tick in axis.get_major_ticks() for label in (tick.label1, tick.label2)}
            ticks |= every
            if ax.get_visible():
                low, high = sorted(axis.get_view_interval())
                shown += [
                    tick.label1
                    for tick in axis.get_major_ticks()
                    if low - 1e-9 <= tick.get_loc() <= high + 1e-9
                ]
                shown += [
                    tick.label2
                    for tick in axis.get_major_ticks()
                    if low - 1e-9 <= tick.get_loc() <= high + 1e-9
                ]
    shown += [t for t in figure.findobj(Text) if t not in ticks and (t.axes is None or t.axes.get_visible())]
    drawn = [t for t in shown if t.get_visible() and t.get_text().strip()]
    return [(t, t.get_window_extent(renderer)) for t in drawn]


@pytest.fixture
def pictured(monkeypatch):
    """Draw a figure and keep matplotlib's own figure of it."""
    kept = []
    save = Figure.savefig

    def keep(figure, *args, **kwargs):
        kept.append(figure)
        return save(figure, *args, **kwargs)

    monkeypatch.setattr(Figure, "savefig", keep)

    def draw(name, n):
        picture = figures_of(n)[name]()
        return picture, kept[-1]

    return draw


@pytest.mark.parametrize("n", [2, 7, 50])
@pytest.mark.parametrize("name", NAMES)
def test_labels_stand_apart_and_inside(pictured, name, n):
    picture, figure = pictured(name, n)
    assert figure.get_size_inches()[1] <= TALLEST
    found = texts(figure)
    outside = figure.bbox.padded(3)
    assert [
        t.get_text() for t, box in found if not (outside.contains(*box.min) and outside.contains(*box.max))
    ] == []
    level = [(t, box.padded(-1)) for t, box in found if t.get_rotation() % 90 == 0]
    assert [
        (a.get_text(), b.get_text()) for (a, one), (b, two) in combinations(level, 2) if one.overlaps(two)
    ] == []
    assert len(picture.alt.split()) > 6


def test_what_is_not_drawn_is_said(pictured):
    for name in set(NAMES) - {"preview"}:
        assert "are drawn" in pictured(name, 50)[0].caption, name
        assert "are drawn" not in pictured(name, 2)[0].caption, name
