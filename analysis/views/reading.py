"""The articles themselves: what was read, what was stripped, and the reading edition with its marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.render import Column, Html, Mark, details, encode, join, marked, number, slug, table, tag
from analysis.schema import rows
from analysis.text import count_words
from analysis.views.places import (
    ARTICLES_A_PAGE,
    READING_PAGE,
    Places,
    paragraph_anchor,
    quotation_anchor,
    reading_page,
    reading_pages,
)

if TYPE_CHECKING:
    from analysis.tables import Tables

_MOST_MARKS = 4  # shared passages that are marked one over the other; more would hide the words
_NAMED = 4  # outlets named in a mark that unites them
_OPEN_PAGES = 30  # pages of the reading edition that are listed unfolded


def article_cards(articles: pd.DataFrame, furniture: pd.DataFrame, places: Places) -> Html:
    """Show who told the event: outlet, title, date, and how much of each page is article."""
    stripped = furniture.assign(words=furniture["text"].map(count_words)).groupby("article_id")["words"].sum()
    return table(
        articles,
        {
            "outlet": Column("outlet", lambda r: _to_text(r, places)),
            "title": Column("title", lambda r: r["title"] if isinstance(r["title"], str) else "none on the page"),
            "date": Column("date", lambda r: r["date"] if isinstance(r["date"], str) else "not given"),
            "words": Column("words", lambda r: number(count_words(r["body"])), numeric=True),
            "stripped": Column("stripped", lambda r: number(int(stripped.get(r["article_id"], 0))), numeric=True,
                               note="words on the page that are no article"),
        },
        "The articles", name="articles",
    )  # fmt: skip


def _to_text(row: Any, places: Places) -> Html:
    return _link_to_article(row, places, places.outlet(row["outlet"]))


def _link_to_article(row: Any, places: Places, content: object, here: int = 1) -> Html:
    page = "" if places.page_of[row["article_id"]] == here else places.page(row["article_id"])
    return tag("a", content, class_="t-link", href=f"{page}#article-{slug(row['article_id'])}")


def furniture_table(furniture: pd.DataFrame, places: Places) -> Html:
    """Show every stretch that was stripped, with its kind and the reason; folded."""
    shown = table(
        furniture,
        {
            "article_id": Column("outlet", lambda r: places.outlet_of(r["article_id"])),
            "kind": Column("kind", lambda r: str(r["kind"]).replace("_", " ")),
            "text": Column("text", lambda r: _shortened(r["text"])),
            "reason": Column("why", lambda r: r["reason"]),
        },
        "What was stripped from the pages",
        name="furniture",
    )
    n = len(furniture)
    return details(f"All that was stripped: {n} stretch{'es' if n != 1 else ''}, each with its reason", shown)


def problem_table(problems: pd.DataFrame, places: Places) -> Html:
    """Show what was found wrong, repaired or doubtful while reading."""
    if not len(problems):
        return tag("p", "Nothing was found wrong, repaired or doubtful while reading.", data_name="problems")
    return table(
        problems,
        {
            "article_id": Column("page", lambda r: _page(r["article_id"], places)),
            "severity": "how grave",
            "message": "what",
        },
        "What was noticed while reading",
        name="problems",
    )


def _page(article_id: object, places: Places) -> Html:
    if isinstance(article_id, str) and article_id in places.outlets:
        return places.outlet_of(article_id)
    return encode(article_id if isinstance(article_id, str) else "the corpus")


def _shortened(text: str, length: int = 160) -> str:
    plain = " ".join(str(text).split())
    return plain if len(plain) <= length else plain[:length].rsplit(" ", 1)[0] + " …"


def reading_edition(tables: Tables, places: Places, page: int = 1) -> Html:
    """Show the articles in full, side by side, with four layers: quotations, shared text, topics, facts.

    It reads as plain text without any script; a script lets layers be switched off, and lights up the same utterance in
    every article when one is pointed at or reached by the keyboard.

    Args:
        tables: of one event.
        places: for links and colours.
        page: articles of which page, from 1; `tellings build` makes a page of its own for every page after the first.
    """
    return next(iter(_editions(tables, places, [page])))


def further_editions(tables: Tables, places: Places) -> Iterator[tuple[str, Html]]:
    """Give the title and the content of every page of the reading edition after the first."""
    n = len(tables["articles"])
    pages = range(2, reading_pages(n) + 1)
    for page, edition in zip(pages, _editions(tables, places, pages), strict=True):
        index = tag("ul", *(tag("li", line) for line in _index(tables["articles"], places, page)))
        up = tag(
            "p", tag("a", "To the first articles, and to what was stripped from the pages", href=READING_PAGE)
        )
        yield page_title(page, n), join([up, details("On this page", index), edition])


def page_title(page: int, articles: int) -> str:
    """What a page of the reading edition is called."""
    return f"Articles {(page - 1) * ARTICLES_A_PAGE + 1} to {min(page * ARTICLES_A_PAGE, articles)}"


def _editions(tables: Tables, places: Places, pages: Iterable[int]) -> Iterator[Html]:
    articles = tables["articles"]
    marks = _all_marks(tables, places)
    topics = _main_topics(tables["topic_assignments"], tables.labels)
    units = {str(name): part for name, part in tables["units"].groupby("article_id", sort=False)}
    nothing = tables["units"].head(0)
    several = reading_pages(len(articles)) > 1
    for page in pages:
        printed = articles.iloc[(page - 1) * ARTICLES_A_PAGE : page * ARTICLES_A_PAGE]
        columns = [
            _article(row, units.get(row["article_id"], nothing), marks[row["article_id"]], topics, places)
            for row in rows(printed)
        ]
        edition = tag(
            "div",
            *columns,
            class_="t-edition",
            tabindex="0",
            role="region",
            aria_label="The articles side by side",
        )
        told = tag("p", class_="t-who", role="status")
        yield join([_controls(), told, edition, _other_pages(articles, page) if several else ""])


def _other_pages(articles: pd.DataFrame, here: int) -> Html:
    """Lead to the other pages of the reading edition, each by the outlets that it begins and ends with."""
    outlets, n = articles["outlet"].tolist(), len(articles)
    lines = []
    for page in range(1, reading_pages(n) + 1):
        first, last = outlets[(page - 1) * ARTICLES_A_PAGE], outlets[min(page * ARTICLES_A_PAGE, n) - 1]
        title = page_title(page, n)
        name = title if page == here else tag("a", title, href=reading_page(page))
        lines.append(tag("li", name, f": {first}" if first == last else f": {first} to {last}"))
    return details(f"All {n:,} articles, page by page", tag("ul", *lines), open_=len(lines) <= _OPEN_PAGES)


def _index(articles: pd.DataFrame, places: Places, page: int) -> Iterator[Html]:
    for row in rows(articles.iloc[(page - 1) * ARTICLES_A_PAGE : page * ARTICLES_A_PAGE]):
        title = row["title"] if isinstance(row["title"], str) else "no title"
        yield _link_to_article(row, places, join([row["outlet"], ": ", title]), page)


_LAYERS = {
    "q": "quotations, by speaker",
    "s": "shared passages",
    "t": "topics",
    "f": "facts told by one outlet alone",
}


def _controls() -> Html:
    boxes = [
        tag(
            "label",
            Html(f'<input type="checkbox" checked data-layer="{key}">'),
            " ",
            tag("span", label, class_=f"t-key t-key-{key}"),
        )
        for key, label in _LAYERS.items()
    ]
    return tag("fieldset", tag("legend", "Layers"), *boxes, class_="t-layers")


def _article(
    row: Any, units: pd.DataFrame, marks: list[Mark], topics: Mapping[str, str], places: Places
) -> Html:
    """One article; `units` are its paragraphs."""
    article_id, body = row["article_id"], row["body"]
    paragraphs: list[Html] = []
    heading = ""
    for unit in rows(units.sort_values("position")):
        if unit["heading"] and unit["heading"] != heading:
            paragraphs.append(tag("p", tag("strong", unit["heading"])))
        heading = unit["heading"]
        topic = topics.get(unit["unit_id"])
        label = tag("span", topic, class_="t-topic") if topic else ""
        text = marked(body, marks, int(unit["start"]), int(unit["end"]))
        paragraphs.append(tag("p", label, text, id=paragraph_anchor(article_id, int(unit["position"]))))
    title = tag("p", tag("strong", row["title"])) if isinstance(row["title"], str) else ""
    date = row["date"] if isinstance(row["date"], str) else "no date"
    return tag(
        "article",
        tag("h3", places.outlet(row["outlet"]), tag("span", f" {date}", class_="t-date")),
        title,
        *paragraphs,
        class_=f"t-article {places.styles[row['outlet']].css}",
        id=f"article-{slug(article_id)}",
    )


def _all_marks(tables: Tables, places: Places) -> dict[str, list[Mark]]:
    marks: dict[str, list[Mark]] = defaultdict(list)
    _mark_shared(marks, tables["passages"], places)
    _mark_facts(marks, tables["facts"], tables["coverage"])
    _mark_quotations(marks, tables["quotations"], tables["utterances"])
    return marks


def _mark_quotations(
    marks: dict[str, list[Mark]], quotations: pd.DataFrame, utterances: pd.DataFrame
) -> None:
    same = (
        utterances.groupby("quotation_id")["utterance_id"]
        .agg(lambda ids: " ".join(sorted(set(ids))))
        .to_dict()
    )
    for q in rows(quotations):
        start, end, anchor = int(q["start"]), int(q["end"]), quotation_anchor(q["quotation_id"])
        if q["kind"] == "term":
            marks[q["article_id"]].append(Mark(start, end, "t-term", anchor, "a term, nobody’s words"))
            continue
        who = q["speaker"] if isinstance(q["speaker"], str) else "speaker not found"
        data = {"u": same.get(q["quotation_id"], ""), "who": str(who)}
        marks[q["article_id"]].append(Mark(start, end, "t-q", anchor, str(who), data))


def _mark_shared(marks: dict[str, list[Mark]], passages: pd.DataFrame, places: Places) -> None:
    shared: dict[str, list[tuple[Mark, str]]] = defaultdict(list)
    for p in rows(passages[passages["class"] != "formulaic"]):
        handout = "possibly a common handout, " if p["class"] == "official statement" else ""
        for side, other in (("a", "b"), ("b", "a")):
            name = places.outlets[p[other]]
            title = f"{handout}also in {name} ({p['class']}, {p['kind']})"
            kind = "t-s t-s-official" if handout else "t-s"
            mark = Mark(int(p[f"{side}_start"]), int(p[f"{side}_end"]), kind, None, title)
            shared[p[side]].append((mark, name))
    for article, found in shared.items():
        marks[article] += [m for m, _ in found] if _depth(found) <= _MOST_MARKS else _united(found)


def _depth(found: list[tuple[Mark, str]]) -> int:
    """How many marks lie over each other where most do."""
    edges = sorted(edge for mark, _ in found for edge in ((mark.start, 1), (mark.end, -1)))
    return max(accumulate(step for _, step in edges), default=0)


def _united(found: list[tuple[Mark, str]]) -> list[Mark]:
    """Unite marks that overlap, where a text stands in so many articles that a mark for each would drown it."""
    united: list[Mark] = []
    names: list[dict[str, None]] = []
    for mark, name in sorted(found, key=lambda pair: (pair[0].start, pair[0].end)):
        if united and mark.start < united[-1].end:
            last = united[-1]
            united[-1] = replace(last, end=max(last.end, mark.end))
            names[-1][name] = None
        else:
            united.append(mark)
            names.append({name: None})
    return [replace(mark, title=_also_in(list(where))) for mark, where in zip(united, names, strict=True)]


def _also_in(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} other outlets" if len(names) > _NAMED else ""
    return f"also, in whole or in part, in {', '.join(names[:_NAMED])}{more}"


def _mark_facts(marks: dict[str, list[Mark]], facts: pd.DataFrame, coverage: pd.DataFrame) -> None:
    near = coverage[coverage["status"] != "not found"].groupby("fact_id")["outlet"].nunique()
    if coverage["outlet"].nunique() < 2:
        return
    for f in rows(facts[facts["fact_id"].map(near).fillna(0) <= 1]):
        marks[f["article_id"]].append(
            Mark(int(f["start"]), int(f["end"]), "t-f", None, "not found in any other article here")
        )


def _main_topics(assignments: pd.DataFrame, labels: Mapping[str, str]) -> dict[str, str]:
    named = assignments[(assignments["topic"] != "unassigned") & (assignments["share"] > 0)]
    best = named.sort_values("share", ascending=False, kind="stable").drop_duplicates("unit_id")
    return {
        unit: labels.get(topic, topic) for unit, topic in zip(best["unit_id"], best["topic"], strict=True)
    }
