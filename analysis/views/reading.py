"""The articles themselves: what was read, what was stripped, and the reading edition with its marks."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.render import Column, Html, Mark, details, encode, join, marked, number, slug, table, tag
from analysis.text import count_words
from analysis.views.places import Places, paragraph_anchor, quotation_anchor


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
    name = places.outlet(row["outlet"])
    if row["article_id"] not in places.printed:
        return name
    return tag("a", name, class_="t-link", href=f"#article-{slug(row['article_id'])}")


def furniture_table(furniture: pd.DataFrame, places: Places) -> Html:
    """Show every stretch that was stripped, with its kind and the reason."""
    return table(
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


def problem_table(problems: pd.DataFrame) -> Html:
    """Show what was found wrong, repaired or doubtful while reading."""
    return table(
        problems,
        {
            "article_id": Column(
                "article", lambda r: r["article_id"] if isinstance(r["article_id"], str) else "the corpus"
            ),
            "severity": "how grave",
            "message": "what",
        },
        "What was noticed while reading",
        name="problems",
    )


def _shortened(text: str, length: int = 160) -> str:
    plain = " ".join(str(text).split())
    return plain if len(plain) <= length else plain[:length].rsplit(" ", 1)[0] + " …"


def reading_edition(
    articles: pd.DataFrame,
    units: pd.DataFrame,
    quotations: pd.DataFrame,
    passages: pd.DataFrame,
    places: Places,
) -> Html:
    """Show the articles in full, quotations and shared passages marked, an anchor on each paragraph and quotation.

    Args:
        articles: article_id, outlet, title, body.
        units: the paragraphs.
        quotations: with speakers.
        passages: shared passages.
        places: anchors and colours.
    """
    return join(
        _article(row, units[units["article_id"] == row["article_id"]], quotations, passages, places)
        for row in articles[articles["article_id"].isin(places.printed)].to_dict("records")
    )


def _article(
    row: Any, units: pd.DataFrame, quotations: pd.DataFrame, passages: pd.DataFrame, places: Places
) -> Html:
    article_id, body = row["article_id"], row["body"]
    marks = [
        *_quotation_marks(quotations[quotations["article_id"] == article_id]),
        *_shared_marks(passages, article_id, places),
    ]
    paragraphs: list[Html] = []
    heading = ""
    for unit in units.sort_values("position").to_dict("records"):
        if unit["heading"] and unit["heading"] != heading:
            paragraphs.append(tag("p", tag("strong", unit["heading"])))
        heading = unit["heading"]
        paragraphs.append(
            tag(
                "p",
                marked(body, marks, int(unit["start"]), int(unit["end"])),
                id=paragraph_anchor(article_id, int(unit["position"])),
            )
        )
    title = row["title"] if isinstance(row["title"], str) else None
    style = places.styles[row["outlet"]]
    summary = join([places.outlet(row["outlet"]), encode(f" {title}") if title else ""])
    return tag(
        "section",
        details(summary, tag("div", *paragraphs, class_="t-text"), open_=False),
        class_=f"t-article {style.css}",
        id=f"article-{slug(article_id)}",
    )


def _quotation_marks(quotations: pd.DataFrame) -> list[Mark]:
    marks = []
    for q in quotations.to_dict("records"):
        if q["kind"] == "term":
            marks.append(
                Mark(
                    int(q["start"]),
                    int(q["end"]),
                    "t-term",
                    quotation_anchor(q["quotation_id"]),
                    "a term, nobody’s words",
                )
            )
            continue
        who = q["speaker"] if isinstance(q["speaker"], str) else "speaker not found"
        marks.append(
            Mark(int(q["start"]), int(q["end"]), "t-q", quotation_anchor(q["quotation_id"]), str(who))
        )
    return marks


def _shared_marks(passages: pd.DataFrame, article_id: str, places: Places) -> list[Mark]:
    marks = []
    for side, other in (("a", "b"), ("b", "a")):
        for p in passages[passages[side] == article_id].to_dict("records"):
            title = f"also in {places.outlets[p[other]]} ({p['class']}, {p['kind']})"
            marks.append(Mark(int(p[f"{side}_start"]), int(p[f"{side}_end"]), "t-s", None, title))
    return marks
