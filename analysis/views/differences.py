"""Two passages side by side, with the words that differ marked on both sides."""

from __future__ import annotations

from analysis.render import Html, Mark, marked, tag
from analysis.views.places import Places
from analysis.worddiff import word_diff


def both_sides(a: str, b: str) -> tuple[Html, Html]:
    """Mark in each passage the words that the other lacks."""
    left, right = [], []
    for change in word_diff(a, b):
        if change.op != "equal":
            if change.a_end > change.a_start:
                left.append(Mark(change.a_start, change.a_end, "t-diff"))
            if change.b_end > change.b_start:
                right.append(Mark(change.b_start, change.b_end, "t-diff"))
    return marked(a, left), marked(b, right)


def pair(
    places: Places, a: tuple[str, int, int], b: tuple[str, int, int], heading: object, note: object = ""
) -> Html:
    """Show two passages beside each other under a heading.

    Args:
        places: bodies, links and colours.
        a: (article_id, start, end) of the one passage.
        b: the same of the other.
        heading: what the pair shows.
        note: a sentence under the heading.
    """
    left, right = both_sides(places.words(*a), places.words(*b))
    return tag(
        "div",
        tag("header", heading, tag("span", ": ", note) if note else ""),
        _side(places, a, left),
        _side(places, b, right),
        class_="t-pair",
    )


def _side(places: Places, where: tuple[str, int, int], content: Html) -> Html:
    return tag("div", places.link(where[0], where[1], places.outlet_of(where[0])), tag("blockquote", content))
