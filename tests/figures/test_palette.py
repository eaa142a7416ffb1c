"""The palette is computed against what it promises: contrast, colour-blind readers, grey print."""

from itertools import combinations, pairwise

import pytest

from analysis.figures.palette import INKS, css, outlet_styles, variables

STYLES = list(outlet_styles([f"outlet {i}" for i in range(8)]).values())


def rgb(colour):
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def linear(colour):
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour)]


def luminance(colour):
    r, g, b = linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("style", STYLES, ids=lambda s: s.light)
def test_every_outlet_stands_out_from_both_grounds(style):
    assert contrast(style.light, INKS["ground"][0]) >= 4.5  # outlets' names are text
    assert contrast(style.dark, INKS["ground"][1]) >= 4.5


@pytest.mark.parametrize("name", ["ink", "muted", "warn", "own", "shared", "quoted", "official"])
def test_inks_stand_out_from_both_grounds(name):
    least = 4.5 if name in ("ink", "muted") else 3
    assert contrast(INKS[name][0], INKS["ground"][0]) >= least
    assert contrast(INKS[name][1], INKS["ground"][1]) >= least


# Linear transforms for protanopia and deuteranopia (Viénot, Brettel and Mollon 1999).
BLIND = {
    "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}


def seen(colour, kind):
    base = linear(colour)
    return [sum(m * c for m, c in zip(row, base, strict=True)) for row in BLIND[kind]]


@pytest.mark.parametrize("kind", BLIND)
def test_the_first_five_outlets_are_told_apart_by_colour_or_by_marker(kind):
    for a, b in combinations(STYLES[:5], 2):
        distance = (
            sum((x - y) ** 2 for x, y in zip(seen(a.light, kind), seen(b.light, kind), strict=True)) ** 0.5
        )
        assert distance > 0.04 or a.marker != b.marker


def test_markers_of_the_first_six_differ():
    assert len({s.marker for s in STYLES[:6]}) == 6


def test_a_ninth_outlet_is_grey_and_nothing_fails():
    many = outlet_styles([f"o{i}" for i in range(60)])
    assert many["o40"].index == 8


def test_the_style_sheet_has_every_colour_in_both_schemes():
    sheet = css()
    for variable in variables().values():
        assert sheet.count(f"{variable}:") == 3  # light, dark, print


def test_in_grey_print_outlets_differ_by_lightness_or_by_marker():
    for a, b in combinations(STYLES, 2):
        lighter, darker = sorted((luminance(a.light), luminance(b.light)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) > 1.1 or a.marker != b.marker


def test_kinds_of_text_differ_in_grey_print():
    """Bars by whose words they are: own, copied and stripped words are told apart without colour."""
    greys = sorted(luminance(INKS[name][0]) for name in ("own", "shared", "stripped"))
    assert all((high + 0.05) / (low + 0.05) > 1.1 for low, high in pairwise(greys))
