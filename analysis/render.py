"""The only way corpus text reaches a page.

Articles, outlet names and titles are hostile until encoded. Everything that a chapter shows is an `Html` value made
here: our own markup around text in which every ASCII punctuation mark and every control character has become a
numeric entity, so that no Jinja, MyST, LaTeX or HTML in an article can mean anything to whatever reads the page next.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pandas as pd

_PUNCTUATION = {c: f"&#{c};" for c in range(33, 127) if not chr(c).isalnum()}
_UNPRINTABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000), 0xFEFF), None)
# Characters that turn the direction of what follows: an outlet's name must not rearrange a page.
_DIRECTIONS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F), None)
_ENCODE = {**_PUNCTUATION, **_UNPRINTABLE, **_DIRECTIONS, 10: " ", 13: " ", 9: " "}


_PLAIN = re.compile(r"[A-Za-z0-9]+(?:[ _.#/-][A-Za-z0-9]+)*")


_BLOCKS = frozenset(
    "td th tr caption li p div h3 h4 header blockquote summary article figcaption label".split()
)


class Html(str):
    """Markup that is safe to place on a page; Jupyter shows it as HTML."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def encode(text: object) -> Html:
    """Encode text of any origin for a page, inside an element or a quoted attribute alike; missing becomes "".

    `html.escape` is not enough: braces, dollars, colons and backticks mean something to Jinja, LaTeX and MyST.
    """
    if text is None or (isinstance(text, float) and text != text) or text is pd.NA:
        return Html("")
    return text if isinstance(text, Html) else Html(str(text).translate(_ENCODE))


def visible(text: str) -> str:
    """Leave out what is not seen and what turns the direction, for text that is drawn and not encoded."""
    return text.translate({**_UNPRINTABLE, **_DIRECTIONS})


def attribute(value: object) -> str:
    """Encode the value of an attribute; plain names and numbers stay readable, and so does what is encoded already."""
    text = str(value)
    if isinstance(value, Html) and not set(text) & set("<>\"'"):
        return text
    return text if _PLAIN.fullmatch(text) else text.translate(_ENCODE)


def join(parts: Iterable[object], between: str = "") -> Html:
    """Join parts, encoding each that is not markup already."""
    return Html(encode(between).join(encode(part) for part in parts))


def tag(name: str, *content: object, **attributes: object) -> Html:
    """Make one element. Attribute names lose a trailing underscore and turn underscores to hyphens; None leaves one out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{attribute(value)}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    # the search index takes tags out of a page: without a space the words of two cells would become one
    after = " " if name in _BLOCKS else ""
    return Html(f"<{name}{written}>{join(content)}</{name}>{after}")


def slug(text: str, length: int = 32) -> str:
    """Make an identifier that is safe as an anchor, a class or a file's name, and unique to the text.

    Letters and digits of ASCII stay; where anything was lost or cut, six hexadecimal digits of a hash follow.
    """
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:length].strip("-")
    if plain == text and plain not in _RESERVED:
        return plain
    mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{plain}-{mark}" if plain else mark


# Names that a file system or a page gives a meaning to.
_RESERVED = {"", "con", "prn", "aux", "nul", *(f"com{i}" for i in range(10)), *(f"lpt{i}" for i in range(10))}


def link(content: object, anchor: str, page: str = "") -> Html:
    """Link to an anchor that this package made, on a page of the book."""
    return tag("a", content, class_="t-link", href=f"{page}#{anchor}")


def number(value: float | int | None, places: int = 0, percent: bool = False) -> str:
    """Write a number for people: 1,234, 12 %, 0.31; an en dash where there is none."""
    if value is None or pd.isna(value):
        return "–"
    if percent:
        return f"{100 * value:.{places}f} %"
    return f"{value:,.{places}f}"


def plural(n: int, one: str, many: str = "") -> str:
    """Count things for people: "1 statement", "1,204 statements"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def interval(low: float, high: float, percent: bool = True) -> str:
    """Write an interval for people: "4–19 %"."""
    if low != low or high != high:
        return "–"
    return f"{100 * low:.0f}–{100 * high:.0f} %" if percent else f"{low:.2f}–{high:.2f}"


@dataclass(frozen=True)
class Column:
    """How a column of a table is shown: heading, what makes a cell of a row, whether it holds numbers, its CSS class."""

    heading: object
    cell: Callable[[Mapping[str, Any]], object]
    numeric: bool = False
    note: str = ""
    class_: str | None = None


def table(
    rows: pd.DataFrame | Sequence[Mapping[str, Any]],
    columns: Mapping[str, Column | str],
    caption: str,
    limit: int = 200,
    name: str | None = None,
) -> Html:
    """Show rows as an accessible table; on a narrow screen each row becomes a card whose cells name their column.

    Args:
        rows: what to show.
        columns: column name -> heading, or a `Column`. The first one heads its row.
        caption: what the table shows, in words.
        limit: rows beyond it are left out, and the table says how many.
        name: name of what is shown, for the check that a chapter holds what it promises.
    """
    records: Sequence[Mapping[Any, Any]] = rows.to_dict("records") if isinstance(rows, pd.DataFrame) else rows
    shown: dict[str, Column] = {
        name: column if isinstance(column, Column) else _plain(name, column)
        for name, column in columns.items()
    }
    labels = [_label(c.heading) for c in shown.values()]
    head = join(
        tag("th", c.heading, scope="col", class_="t-num" if c.numeric else c.class_, title=c.note or None)
        for c in shown.values()
    )
    body = [
        tag(
            "tr",
            *(
                tag(
                    "td" if i else "th",
                    c.cell(record),
                    scope=None if i else "row",
                    class_="t-num" if c.numeric else c.class_,
                    data_label=labels[i] if i else None,
                )
                for i, c in enumerate(shown.values())
            ),
        )
        for record in records[:limit]
    ]
    if not records:
        body.append(tag("tr", tag("td", "nothing to show", colspan=len(shown), class_="t-none")))
    more = (
        tag("p", f"{len(records) - limit} more rows are in the table's download.", class_="t-more")
        if len(records) > limit
        else Html("")
    )
    inner = tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", head)),
        tag("tbody", *body),
        class_="t-table",
    )
    return Html(
        tag("div", inner, class_="t-scroll", tabindex="0", role="region", aria_label=caption, data_name=name)
        + more
    )


def _label(heading: object) -> Html:
    """A heading without its markup: still encoded, so that it may stand in an attribute."""
    return Html(re.sub(r"<[^>]*>", "", encode(heading)))


def _plain(name: str, heading: str) -> Column:
    return Column(heading, lambda row: row[name])


@dataclass(frozen=True)
class Mark:
    """A stretch of a text to be marked: where, with which classes, and optionally an anchor, a title and data."""

    start: int
    end: int
    classes: str
    anchor: str | None = None
    title: str | None = None
    data: Mapping[str, str] = field(default_factory=dict)


def marked(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> Html:
    """Show `text[start:end]` with marks, which may overlap and nest.

    The text is cut at every edge of a mark; each piece carries the classes of all marks over it, and the first piece
    of a mark its anchor. Linear in pieces times the marks that overlap.
    """
    end = len(text) if end is None else end
    inside = sorted(
        (m for m in marks if m.start < end and m.end > start and m.end > m.start),
        key=lambda m: (m.start, -m.end),
    )
    edges = sorted({start, end, *(max(m.start, start) for m in inside), *(min(m.end, end) for m in inside)})
    out: list[Html] = []
    following, active = 0, list[Mark]()
    for a, b in pairwise(edges):
        active = [m for m in active if m.end > a]
        while following < len(inside) and inside[following].start <= a:
            active.append(inside[following])
            following += 1
        active = [m for m in active if m.end > a]
        piece: Html = encode(text[a:b])
        for m in reversed(active):
            data = {f"data_{key}": value for key, value in m.data.items()}
            anchor = m.anchor if m.start == a else None
            piece = tag("span", piece, class_=m.classes, id=anchor, title=m.title, **data)
        out.append(piece)
    return join(out)


def details(summary: object, *content: object, open_: bool = False) -> Html:
    """Fold content away under a summary."""
    return Html(
        f'<details class="t-details"{" open" if open_ else ""}><summary>{encode(summary)}</summary>{join(content)}</details>'
    )


def first_few(shown: Sequence[Html], most: int, more: str) -> Html:
    """Show the first parts and fold the others away under "5 more ...", so that a page shows what matters and holds all."""
    left = len(shown) - most
    if left <= 1:  # a fold for one would be longer than what it hides
        return join(shown)
    return join([*shown[:most], details(f"{left} more {more}", *shown[most:])])


def paragraphs(*texts: object, class_: str | None = None) -> Html:
    """Show each text as a paragraph."""
    return join(tag("p", text, class_=class_) for text in texts)


def items(texts: Iterable[object], class_: str | None = None, ordered: bool = False) -> Html:
    """Show texts as a list."""
    return tag("ol" if ordered else "ul", *(tag("li", text) for text in texts), class_=class_)
