"""How to cite the book of a corpus: in words and as BibTeX, with what identifies exactly this one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis import __version__
from analysis.events import describe_events, shown_name
from analysis.render import Html, details, encode, tag
from analysis.schema import rows
from analysis.tables import content_hash

if TYPE_CHECKING:
    from analysis.tables import Tables

_TEX = str.maketrans({c: f"\\{c}" for c in "&%$#_{}"} | {"\\": "/", "~": "-", "^": "-"})


def title(tables: Tables) -> str:
    """What the tables are about: the corpus's own title, else what its event is called; "" where neither is known."""
    corpus = tables.corpus
    if corpus is not None and not corpus.of_several and corpus.title:
        return " ".join(corpus.title.split())
    events = rows(describe_events(tables["articles"]))
    return next((shown_name(e["event"], e["label"]) for e in events if e["event"]), "")


def citation(tables: Tables) -> Html:
    """Show how to cite this book. No date of making stands in it: the hash says what was analysed, whenever that was."""
    articles = tables["articles"]
    name = title(tables) or "One event, told several times"
    dates = sorted(d for d in articles["date"] if isinstance(d, str))
    when = (
        ""
        if not dates
        else f", dated {dates[0]}"
        if dates[0] == dates[-1]
        else f", dated {dates[0]} to {dates[-1]}"
    )
    n, mark = len(articles), content_hash(tables)
    size = f"{n} article{'s' if n != 1 else ''}{when}"
    plain = f"{name}. Computational report on {size}. Made with five-tellings {__version__}; content {mark}."
    fields = {
        "title": f"{{{name.translate(_TEX)}}}",
        "author": "{The Five Tellings authors}",
        "howpublished": f"Computational report on {size}".translate(_TEX),
        "note": f"Made with five-tellings {__version__}; content {mark}",
    }
    key = re.sub(r"[^a-z0-9]+", "", name.lower())[:24] or "tellings"
    lines = ",\n".join(f"  {field} = {{{value}}}" for field, value in fields.items())
    bibtex = f"@misc{{{key}-{mark[:6]},\n{lines}\n}}"
    return tag(
        "section",
        tag("p", plain, class_="t-cite-text", id="cite-text"),
        details("BibTeX", tag("pre", _lines(bibtex), class_="t-cite-bibtex", id="cite-bibtex", tabindex="0")),
        class_="t-cite", aria_label="How to cite this book",
    )  # fmt: skip


def _lines(text: str) -> Html:
    """Encode text, its line ends included, so that they survive to the page."""
    return Html("&#10;".join(encode(line) for line in text.split("\n")))
