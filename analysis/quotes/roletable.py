"""The table of roles, short names and acronyms of an event."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.articles import as_articles
from analysis.quotes.lexicon import CLOSED
from analysis.quotes.names import scan, side_of
from analysis.quotes.register import build_register
from analysis.quotes.tables import ROLES


def texts_by_event(articles: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return event -> article_id -> body, in the order of the rows of `as_articles`."""
    found: dict[str, dict[str, str]] = {}
    for event, article, body in zip(
        articles["event"].tolist(), articles["article_id"].tolist(), articles["body"].tolist(), strict=True
    ):
        found.setdefault(event, {})[article] = body
    return found


def role_table(articles: pd.DataFrame) -> pd.DataFrame:
    """List who is called by which role, acronym or short name, over all articles of an event.

    Args:
        articles: the articles.

    Returns:
        event, alias, canonical, kind (name, role, acronym), side, and the evidence: article_id, start, end.
    """
    table = as_articles(articles)
    rows: list[dict[str, Any]] = []
    for event, bodies in texts_by_event(table).items():
        names = {article: scan(body) for article, body in bodies.items()}
        register = build_register(bodies, {})
        called = {id(person): (person.name, person.side) for person in register.persons}
        seen: set[tuple[str, str]] = set()

        def put(alias: str, canonical: str, kind: str, side: str, article: str, start: int, end: int) -> None:
            if (alias.lower(), canonical) not in seen:  # noqa: B023 - used inside the loop only
                seen.add((alias.lower(), canonical))  # noqa: B023
                rows.append(
                    {
                        "event": event, "alias": alias, "canonical": canonical, "kind": kind, "side": side or None,  # noqa: B023
                        "article_id": article, "start": start, "end": end,
                    }
                )  # fmt: skip

        for article, found in names.items():
            for mention in found.mentions:
                person = register.find(mention, article)
                if person is None:
                    continue
                name, side = called[id(person)]
                put(mention.shown, name, "name", side, article, mention.start, mention.end)
                if mention.role and mention.role_span is not None:
                    role = " ".join(w for w in mention.role if w not in CLOSED or w == "of")
                    put(role, name, "role", side, article, *mention.role_span)
        for short, (shown, article, start, end) in register.acronyms.items():
            if any(short in body for body in bodies.values()):
                name = register.bodies.name(shown)
                put(short, name, "acronym", side_of(name), article, start, end)
    return ROLES.frame(rows)
