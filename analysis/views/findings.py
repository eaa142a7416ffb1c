"""Findings on a page: sentences whose values are encoded, with what they rest on and links to the passages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.events import describe_events, shown_name
from analysis.findings.model import Finding, Value, parts, read_findings
from analysis.findings.questions import Question
from analysis.render import Column, Html, details, encode, items, join, table, tag
from analysis.schema import rows
from analysis.views.places import Places

if TYPE_CHECKING:
    from analysis.tables import Tables

_STATUS = {"holds": "", "fragile": "t-fragile", "unknown": "t-unknown"}
_PLAIN = {"holds": "holds", "fragile": "fragile", "unknown": "cannot be said"}


def finding_list(
    findings: pd.DataFrame,
    places: Places,
    chapter: str | None = None,
    most: int | None = None,
    page: str = "articles.html",
    only_said: bool = False,
) -> Html:
    """Show findings, the strongest first.

    Args:
        findings: the table `findings`.
        places: for links and colours.
        chapter: only those of one chapter.
        most: at most so many.
        page: address of the reading edition, seen from the page that shows the list.
        only_said: leave out what cannot be said.
    """  # fmt: skip
    chosen = findings if chapter is None else findings[findings["chapter"] == chapter]
    if only_said:
        chosen = chosen[chosen["status"] != "unknown"]
    shown = read_findings(chosen.head(most) if most else chosen)
    if not shown:
        return tag("p", "The tables carry no finding for this chapter.", class_="t-more")
    return tag("ul", *(_item(f, places, page) for f in shown), class_="t-findings")


def _item(finding: Finding, places: Places, page: str) -> Html:
    where = [
        places.link(p.article_id, p.start, join(["passage in ", places.outlets.get(p.article_id, "")]), page)
        for p in finding.evidence
        if places.anchor(p.article_id, p.start)
    ]
    basis: list[object] = [finding.ground]
    if finding.status == "fragile":
        basis.append(tag("strong", " Fragile: it does not hold ", _either(finding.flips), "."))
    if finding.status == "unknown" and finding.needs:
        basis.append(f" It needs {finding.needs}.")
    if where:
        basis.extend([" See the ", join(where, ", the "), "."])
    return tag(
        "li",
        tag("p", sentence(finding, places), class_="t-claim"),
        tag("p", *basis, class_="t-basis"),
        class_=_STATUS[finding.status] or None,
        id=f"finding-{finding.finding_id}" if ":" not in finding.finding_id else None,
    )


def sentence(finding: Finding, places: Places) -> Html:
    """A finding's sentence with outlets in their colours and every value encoded."""
    return filled(finding.template, finding.values, places)


def question_list(asked: Iterable[Question], places: Places) -> Html:
    """Show questions for a class, each answer folded away under it with links to the passages."""
    shown = []
    for q in asked:
        where = [
            places.link(p.article_id, p.start, join(["passage in ", places.outlets[p.article_id]]))
            for p in q.evidence
            if places.anchor(p.article_id, p.start)
        ]
        answer = tag(
            "p",
            filled(q.answer, q.values, places),
            *([" See the ", join(where, ", the "), "."] if where else []),
        )
        shown.append(tag("li", tag("p", filled(q.question, q.values, places)), details("Answer", answer)))
    if not shown:
        return tag("p", "These articles show no difference that a question could be made of.")
    return tag("ol", *shown, class_="t-questions")


def filled(template: str, values: Mapping[str, Value], places: Places) -> Html:
    """A sentence of ours with its values encoded in their places."""
    out: list[object] = []
    for text, is_name in parts(template):
        if not is_name:
            out.append(text)
            continue
        value = values[text]
        if value.kind == "outlet" and value.shown in places.styles:
            out.append(places.outlet(value.shown))
        elif value.kind == "number":
            out.append(tag("strong", value.shown))
        else:
            out.append(value.shown)
    return join(out)


def notes(commentary: pd.DataFrame, chapter: str) -> Html:
    """Show the notes on the event that belong to a chapter and that the tables bear out; nothing where there are none."""
    shown = commentary[commentary["shown"].astype(bool) & (commentary["chapter"] == chapter)]
    return join(
        tag(
            "div",
            tag("h3", n["title"]),
            *_paragraphs(n["text"], json.loads(n["values"])),
            class_="t-note",
            role="note",
            aria_label=n["title"],
        )
        for n in rows(shown)
    )


def notes_left_out(commentary: pd.DataFrame) -> Html:
    """Say which notes on the event are left out, and why."""
    out = commentary[~commentary["shown"].astype(bool)]
    if not len(out):
        return tag(
            "p",
            "All notes on this event are shown." if len(commentary) else "There are no notes on this event.",
        )
    return items(join([tag("strong", n["title"]), ": ", n["reason"], "."]) for n in rows(out))


def _paragraphs(text: str, values: dict[str, str]) -> list[Html]:
    """A note's paragraphs, our values encoded in their places."""
    made = []
    for paragraph in re.split(r"\n\s*\n", text):
        pieces = [
            tag("strong", values[t]) if is_name else encode(t)
            for t, is_name in parts(" ".join(paragraph.split()))
        ]
        made.append(tag("p", *pieces))
    return made


def event_heading(tables: Tables) -> Html:
    """Show what the corpus is about: its title, and how many articles of how many outlets."""
    articles = tables["articles"]
    corpus = tables.corpus
    if corpus is not None and not corpus.of_several and corpus.title:
        title = corpus.title
    else:
        title = next(
            (shown_name(e["event"], e["label"]) for e in rows(describe_events(articles)) if e["event"]),
            "",
        )
    n, outlets = len(articles), articles["outlet"].nunique()
    size = f"{n} article{'s' if n != 1 else ''} of {outlets} outlet{'s' if outlets != 1 else ''}"
    return tag("p", tag("strong", title) if title else "", ": " if title else "", size, ".", class_="t-event")


def outlet_line(articles: pd.DataFrame, places: Places, most: int = 24) -> Html:
    """Show the outlets in their colours."""
    names = list(dict.fromkeys(articles["outlet"]))
    shown: list[object] = [tag("li", places.outlet(name)) for name in names[:most]]
    if len(names) > most:
        shown.append(tag("li", f"and {len(names) - most} others"))
    return tag("ul", *shown, class_="t-legend")


def _either(flips: Iterable[str]) -> Html:
    given = list(flips)
    return encode(given[0] if len(given) == 1 else ", ".join(given[:-1]) + " or " + given[-1])


def gate_table(findings: pd.DataFrame, places: Places) -> Html:
    """Show every finding with its status and what turns it over."""
    del places
    said = {f.finding_id: f for f in read_findings(findings)}
    return table(
        findings,
        {
            "sentence": Column("finding", lambda r: said[r["finding_id"]].sentence),
            "status": Column("stands?", lambda r: _PLAIN[r["status"]]),
            "flips": Column(
                "what turns it over",
                lambda r: items(r["flips"]) if len(r["flips"]) else "nothing that was tried",
            ),
            "needs": Column("needs", lambda r: r["needs"] or "–"),
        },
        "Every finding, whether it stands, and what turns it over",
        name="findings",
    )
