"""Several events in one corpus: which there are, and the rows of one of them."""

from __future__ import annotations

import re
from difflib import get_close_matches

import pandas as pd

from analysis.schema import Schema, TableError

EVENTS = Schema(
    "events",
    "One row an event: the articles that are compared with each other.",
    {
        "event": ("str", "name of the event; the column `event` of the other tables"),
        "label": ("str", "headline or first words of its earliest article"),
        "first_day": ("str", "day of its earliest article, or missing"),
        "last_day": ("str", "day of its latest article, or missing"),
        "articles": ("int", "articles"),
        "outlets": ("int", "outlets"),
        "whole": ("str", "where an event was too large and was split: the name of the whole"),
    },
    key=("event",),
)
_LABEL = 100  # characters
_FOUND = re.compile(
    r"(?:\d{4}-\d{2}-\d{2}|undated)-[0-9a-f]{10}"
)  # day and hash, as the search for events names them


def describe_events(articles: pd.DataFrame) -> pd.DataFrame:
    """Return one row an event (`EVENTS`), in the order in which they come.

    Args:
        articles: `ARTICLES`; where there is a column `whole`, it says of which larger event a part was split off.
    """
    event, title, date, outlet, body = (
        articles[name].tolist() for name in ("event", "title", "date", "outlet", "body")
    )
    whole = articles["whole"].tolist() if "whole" in articles.columns else [None] * len(articles)
    members: dict[str, list[int]] = {}
    for k, name in enumerate(event):
        if isinstance(name, str):
            members.setdefault(name, []).append(k)
    rows = []
    for name, places in members.items():
        dated = [k for k in places if isinstance(date[k], str)]
        first = min(dated, key=date.__getitem__, default=places[0])
        days = [date[k] for k in dated]
        text = title[first] if isinstance(title[first], str) else body[first]
        rows.append(
            {
                "event": name,
                "label": " ".join(text[: 4 * _LABEL].split())[:_LABEL],
                "first_day": min(days, default=None),
                "last_day": max(days, default=None),
                "articles": len(places),
                "outlets": len({outlet[k] for k in places if isinstance(outlet[k], str)}),
                "whole": whole[first],
            }
        )
    return EVENTS.frame(rows)


def largest_first(events: pd.DataFrame) -> pd.DataFrame:
    """Order events by articles, then outlets, then name: the first is the one that a book is made of when none is named."""
    return events.sort_values(
        ["articles", "outlets", "event"], ascending=[False, False, True], kind="stable", ignore_index=True
    )


def choose_event(events: pd.DataFrame, event: str) -> str:
    """Return the name of an event; for "" the largest.

    Raises:
        TableError: there is no such event; the message names the nearest.
    """
    known = largest_first(events)["event"].tolist()
    if event in known:
        return event
    if not event:
        return known[0] if known else ""
    near = get_close_matches(event, known, n=1)
    mend = f"did you mean {near[0]!r}?" if near else f"there are {len(known):,}, such as {known[0]!r}."
    raise TableError(f"there is no event {event!r}; {mend}")


def shown_name(event: str, label: str) -> str:
    """The name of an event for readers: as it was given; of one that was found in an archive, its first headline."""
    return label if not event or _FOUND.fullmatch(event) else event
