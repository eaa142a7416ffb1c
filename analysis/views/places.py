"""Where a passage stands in the book: anchors of paragraphs and quotations, and links to them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from analysis.figures.palette import Style, outlet_styles
from analysis.render import Html, encode, link, slug, tag

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

READING_PAGE = "articles.html"
ARTICLES_A_PAGE = 24  # printed in full; a page of more would serve nobody

MOST_COLUMNS = 12  # articles or outlets that have a column of a table
MOST_OUTLETS = 24  # outlets that have a list of their own


def with_most(held: Iterable[str], order: Iterable[str], most: int = MOST_COLUMNS) -> list[str]:
    """The names that occur most often in `held`, at most so many, in the order in which `order` has them."""
    counts = Counter(held)
    names = list(dict.fromkeys(order))
    kept = set(sorted(names, key=lambda name: -counts[name])[:most])
    return [name for name in names if name in kept]


def reading_page(number: int) -> str:
    """The name of a page of the reading edition, counted from 1."""
    return READING_PAGE if number == 1 else READING_PAGE.replace(".html", f"-{number}.html")


def reading_pages(articles: int) -> int:
    """How many pages the reading edition of so many articles has."""
    return max(1, -(-articles // ARTICLES_A_PAGE))


def quotation_anchor(quotation_id: str) -> str:
    """The anchor of a quotation: `q-...`."""
    return f"q-{slug(quotation_id)}"


def paragraph_anchor(article_id: str, number: int) -> str:
    """The anchor of a paragraph: `p-...-4`, counted from 0."""
    return f"p-{slug(article_id)}-{number}"


class Places:
    """Knows every anchor of the reading edition, and names and colours of outlets."""

    def __init__(self, articles: pd.DataFrame, units: pd.DataFrame, quotations: pd.DataFrame) -> None:
        self.outlets: dict[str, str] = dict(zip(articles["article_id"], articles["outlet"], strict=True))
        self.bodies: dict[str, str] = dict(zip(articles["article_id"], articles["body"], strict=True))
        self.styles: dict[str, Style] = outlet_styles(articles["outlet"])
        self.page_of = {a: 1 + n // ARTICLES_A_PAGE for n, a in enumerate(articles["article_id"])}
        self._starts: dict[str, list[int]] = defaultdict(list)
        for article_id, start in zip(units["article_id"], units["start"], strict=True):
            self._starts[article_id].append(int(start))
        self._quotations = {
            (a, int(s)): q
            for a, s, q in zip(
                quotations["article_id"], quotations["start"], quotations["quotation_id"], strict=True
            )
        }

    @classmethod
    def of(cls, tables: Tables) -> Places:
        """The places of a corpus."""
        return cls(tables["articles"], tables["units"], tables["quotations"])

    def anchor(self, article_id: str, start: int) -> str | None:
        """The anchor nearest to an offset of a body, or None where there is no such paragraph."""
        quotation = self._quotations.get((article_id, start))
        if quotation is not None:
            return quotation_anchor(quotation)
        starts = self._starts.get(article_id)
        return paragraph_anchor(article_id, max(0, bisect_right(starts, start) - 1)) if starts else None

    def link(self, article_id: str, start: int, content: object, page: str = READING_PAGE) -> Html:
        """Link content to a passage; plain content where there is nothing to link to.

        Args:
            article_id: where the passage stands.
            start: its first character in the body.
            content: what is shown.
            page: address of the first page of the reading edition, seen from the page with the link.
        """
        anchor = self.anchor(article_id, int(start))
        return link(content, anchor, self.page(article_id, page)) if anchor else encode(content)

    def page(self, article_id: str, first: str = READING_PAGE) -> str:
        """The page of the reading edition that an article stands on; `first` is the address of the first page."""
        return first.removesuffix(READING_PAGE) + reading_page(self.page_of[article_id])

    def outlet(self, name: str) -> Html:
        """An outlet's name in its colour."""
        style = self.styles.get(name)
        return tag("span", name, class_=f"t-outlet {style.css}" if style else "t-outlet")

    def outlet_of(self, article_id: str) -> Html:
        """The name of an article's outlet in its colour."""
        return self.outlet(self.outlets[article_id])

    def words(self, article_id: str, start: int, end: int) -> str:
        """The passage itself."""
        return self.bodies[article_id][int(start) : int(end)]

    def quoted(self, article_id: str, start: int, end: int) -> Html:
        """A passage as a block quotation that links to its place and names its outlet."""
        return tag(
            "div",
            self.outlet_of(article_id),
            tag("blockquote", self.link(article_id, start, self.words(article_id, start, end))),
        )


def downloads(*names: str) -> Html:
    """Links to tables as files; `tellings build` puts them beside the pages."""
    files = [
        tag("li", f"{name}: ", tag("a", "CSV", href=f"../_static/tables/{name}.csv", download=f"{name}.csv"))
        for name in names
    ]
    whole = tag("a", "Parquet (zip)", href="../_static/tables/tables.zip", download="tables.zip")
    note = ". pandas and R read a zipped CSV as it is."
    return tag(
        "ul", *files, tag("li", "the tables of all chapters: ", whole, note), class_="t-legend t-tables"
    )
