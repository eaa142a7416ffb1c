"""An SVG made small shows the same."""

import re

import pytest

from analysis.figures.vector import compact, inline


def drawing(inner):
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE svg>\n<svg xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
        f"<defs><style>*{{stroke-linecap: butt}}</style></defs>{inner}</svg>"
    )


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ('<path d="M 1.234 2.345 \nL 1.234 9.876 \n"/>', '<path d="M1.2 2.3V9.9"/>'),
        ('<path d="M 0 5 L 3 5 L 4 6 z "/>', '<path d="M0 5H3L4 6z"/>'),
        ('<path d="M 1 2 C 1 2 3 4 5 6 L 5 7 "/>', '<path d="M1 2C1 2 3 4 5 6V7"/>'),
        ('<use x="-0.01" y="10.00"/>', '<use x="0" y="10"/>'),
        ("<g><g><text>a</text></g></g>", "<text>a</text>"),
        ('<g clip-path="url(#p)"><g><text>a</text></g></g>', '<g clip-path="url(#p)"><text>a</text></g>'),
        ('<text>x="1.2345" style="a: b"</text>', '<text>x="1.2345" style="a: b"</text>'),
    ],
)
def test_places_and_groups(given, left):
    assert left in compact(drawing(given))
    assert "DOCTYPE" not in compact(drawing(given))


def test_a_look_that_is_shared_is_said_once():
    small = compact(
        drawing(
            '<path style="fill: #aaa"/><text>a</text><path style="fill: #aaa"/><path style="fill: #bbb"/>'
        )
    )
    assert ".s0{fill:#aaa}</style>" in small
    assert small.count('class="s0"') == 2
    assert small.count('style="fill:#bbb"') == 1


def test_the_looks_of_two_figures_on_a_page_do_not_meet():
    small = compact(drawing('<path style="fill: #aaa"/><text>a</text><path style="fill: #aaa"/>'))
    one, two = inline(small, "one"), inline(small, "two")
    names = [set(re.findall(r'class="(\w+)"', page)) for page in (one, two)]
    assert len(names[0]) == len(names[1]) == 1
    assert not names[0] & names[1]
    for page, (name,) in zip((one, two), names, strict=True):
        assert f".{name}&#123;fill:#aaa&#125;" in page
        assert "butt" not in page, "what matplotlib says of every shape would be said of the whole page"
