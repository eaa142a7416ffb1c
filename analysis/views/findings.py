"""Findings on a page: sentences whose values are encoded, with what they rest on and links to the passages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.findings.model import Finding, Value, parts, read_findings
from analysis.findings.questions import Question
from analysis.render import Column, Html, details, encode, items, join, table, tag
from analysis.schema import rows
from analysis.views.citing import title
from analysis.views.places import Places

if TYPE_CHECKING:
    from analysis.tables import Tables

_STATUS = {"holds": "", "fragile": "t-fragile", "unknown": "t-unknown"}
_PLAIN = {"holds": "holds", "fragile": "fragile", "unknown": "cannot be said"}
_MOST_OF_ONE = 2  # findings of one chapter on the first page
_MORE = {
    "articles": "the pages", "shared_text": "whose words these are", "voices": "who gets to speak", "quotations": "quotations",
    "topics": "topics", "framing": "how it is told", "facts": "what one tells and another leaves out",
}  # fmt: skip


def finding_list(
    findings: pd.DataFrame,
    places: Places,
    chapter: str | None = None,
    most: int | None = None,
    page: str = "articles.html",
    only_said: bool = False,
    ranked: bool = False,
) -> Html:
    """Show findings, the strongest first.

    Args:
        findings: the table `findings`.
        places: for links and colours.
        chapter: only those of one chapter.
        most: at most so many.
        page: address of the reading edition, seen from the page that shows the list.
        only_said: leave out what cannot be said.
        ranked: number them, and link each to its chapter; for the first page.
    """  # fmt: skip
    chosen = findings if chapter is None else findings[findings["chapter"] == chapter]
    if only_said:
        chosen = chosen[chosen["status"] != "unknown"]
    if ranked:  # what stands comes before what turns over; and one thing said three times says little
        turns = chosen["status"] == "fragile"
        chosen = chosen.loc[turns.sort_values(kind="stable").index]
        chosen = chosen[chosen.groupby("chapter").cumcount() < _MOST_OF_ONE]
    shown = read_findings(chosen.head(most) if most else chosen)
    if not shown:
        return tag("p", "The tables carry no finding for this chapter.", class_="t-more")
    entries = [_item(f, places, page, ranked) for f in shown]
    return tag("ol" if ranked else "ul", *entries, class_="t-findings t-ranked" if ranked else "t-findings")


def _item(finding: Finding, places: Places, page: str, ranked: bool) -> Html:
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
    if ranked and finding.chapter in _MORE:
        more = tag("a", "More on ", _MORE[finding.chapter], href=f"chapters/{finding.chapter}.html")
        basis.extend([" ", more, "."])
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
            out.append(tag("strong", value.shown, class_="t-n"))
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
    named = title(tables)
    n, outlets = len(articles), articles["outlet"].nunique()
    size = f"{n} article{'s' if n != 1 else ''} of {outlets} outlet{'s' if outlets != 1 else ''}"
    return tag("p", tag("strong", named) if named else "", tag("span", size, "."), class_="t-event")


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


def gate_summary(findings: pd.DataFrame) -> Html:
    """Say in a sentence how many findings stand, how many are fragile and how many cannot be said."""
    counted = findings["status"].value_counts()
    holds, fragile, unknown = (int(counted.get(name, 0)) for name in ("holds", "fragile", "unknown"))
    choices = len(_tried(findings))
    n = len(findings)
    claim = join([
        "Of ", tag("strong", f"{n} finding{'s' if n != 1 else ''}", class_="t-n"), ", ", tag("strong", holds),
        " stand under every choice that was tried, ", tag("strong", fragile),
        " turn over under at least one, and ", tag("strong", unknown), " cannot be said of these texts.",
    ])  # fmt: skip
    basis = (
        f"Each was computed again under {choices} other choice{'s' if choices != 1 else ''}."
        if choices
        else "No other choice could be tried on so few articles."
    )
    shown = tag("li", tag("p", claim, class_="t-claim"), tag("p", basis, class_="t-basis"))
    return tag("ul", shown, class_="t-findings")


def choice_table(findings: pd.DataFrame) -> Html:
    """Show every other choice: how many findings were tested by it, and which of them it turns over."""
    said = read_findings(findings)
    lines = [
        {
            "choice": choice,
            "tested": sum(choice in f.tried for f in said),
            "flipped": [f.sentence for f in said if choice in f.flips],
        }
        for choice in _tried(findings)
    ]
    return table(
        lines,
        {
            "choice": "the book computed again …",
            "tested": Column("findings tested", lambda r: r["tested"], numeric=True),
            "flipped": Column("turns over", lambda r: items(r["flipped"]) if r["flipped"] else "none"),
        },
        "Other choices, and what they turn over",
        name="choices",
    )


def _tried(findings: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(choice for tried in findings["tried"] for choice in tried))


def gate_table(findings: pd.DataFrame, places: Places) -> Html:
    """Show every finding with its status, what turns it over, and what it needs."""
    said = {f.finding_id: f for f in read_findings(findings)}
    return table(
        findings,
        {
            "sentence": Column("finding", lambda r: sentence(said[r["finding_id"]], places), class_="t-wide"),
            "status": Column("stands?", lambda r: _standing(said[r["finding_id"]])),
            "needs": Column("needs", lambda r: r["needs"] or "–"),
        },
        "Every finding, and whether it stands",
        name="findings",
    )


def _standing(finding: Finding) -> Html:
    word = tag("span", _PLAIN[finding.status], class_=f"t-status {_STATUS[finding.status]}".strip())
    if finding.flips:
        return join([word, tag("span", "not ", _either(finding.flips), class_="t-under")])
    tried = len(finding.tried)
    note = (
        f"under {tried} other choice{'s' if tried != 1 else ''}" if tried else "no other choice bears on it"
    )
    return word if finding.status == "unknown" else join([word, tag("span", note, class_="t-under")])
