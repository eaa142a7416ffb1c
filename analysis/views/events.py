"""The page that leads to the books of several events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.events import shown_name
from analysis.render import Column, Html, join, number, plural, table, tag

MOST_LISTED = 300  # events named on the page; the table beside it names all


def event_index(
    events: Sequence[Mapping[str, Any]],
    books: Mapping[str, str],
    said: Mapping[str, Sequence[str]],
    command: str,
) -> Html:
    """Show every event with a link to its book, and how to build the book of one that has none yet.

    Args:
        events: event, label, first_day, last_day, articles, outlets; in the order in which they are shown.
        books: event -> address of the first page of its book.
        said: event -> the strongest sentences of its findings.
        command: what builds the book of an event, but for its name.
    """
    built = [event for event in events if event["event"] in books]
    others = [event for event in events if event["event"] not in books]
    columns: dict[str, Column | str] = {
        "event": Column("event", lambda e: _name(e, books), class_="t-wide"),
        "days": Column("days", _days),
        "articles": Column("articles", lambda e: number(e["articles"]), numeric=True),
        "outlets": Column("outlets", lambda e: number(e["outlets"]), numeric=True),
    }
    found = Column(
        "what stands out", lambda e: join(tag("p", s) for s in said.get(e["event"], ())), class_="t-wide"
    )
    parts: list[object] = [
        tag("p", f"{plural(len(events), 'event')}, each compared within itself: an article is set beside those that tell of "
            "the same event, and beside no other."),
        table(built, {**columns, "said": found}, "The events that have a book here", len(built), name="events"),
    ]  # fmt: skip
    if others:
        parts += [
            tag("h2", "Without a book yet"),
            tag("p", "The largest events have a book. This builds the book of any other:"),
            tag("pre", f"{command} --event NAME --output FOLDER"),
            table(others[:MOST_LISTED], {"id": Column("name", lambda e: tag("code", e["event"])), **columns},
                  "The other events", MOST_LISTED, name="other-events"),
        ]  # fmt: skip
    if len(others) > MOST_LISTED:
        parts.append(tag("p", f"{len(others) - MOST_LISTED:,} more are in the table.", class_="t-more"))
    parts.append(
        tag("p", "All events as a table: ", tag("a", "CSV", href="_static/events.csv"), class_="t-more")
    )
    return join(parts)


def _name(event: Mapping[str, Any], books: Mapping[str, str]) -> object:
    name, label = event["event"], event["label"]
    shown = shown_name(name, label)
    book = books.get(name)
    head = tag("a", shown, href=book) if book else shown
    return join([head, tag("p", label, class_="t-more") if shown != label and label else ""])


def _days(event: Mapping[str, Any]) -> str:
    first, last = (day if isinstance(day, str) else "" for day in (event["first_day"], event["last_day"]))
    return first if first == last else f"{first} to {last}"
