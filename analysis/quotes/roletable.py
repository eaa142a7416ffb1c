"""The table of roles, short names and acronyms of an event."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.articles import as_articles
from analysis.quotes.lexicon import CLOSED
from analysis.quotes.names import scan, side_of
from analysis.quotes.roles import build_register
from analysis.quotes.tables import ROLES


def role_table(articles: pd.DataFrame) -> pd.DataFrame:
    """List who is called by which role, acronym or short name, over all articles of an event.

    Args:
        articles: the articles.

    Returns:
        event, alias, canonical, kind (name, role, acronym), side, and the evidence: article_id, start, end.
    """
    table = as_articles(articles)
    rows: list[dict[str, Any]] = []
    for event, group in table.groupby("event", sort=False):
        names = {a: scan(b) for a, b in zip(group["article_id"], group["body"], strict=True)}
        register = build_register(names, {})
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
                put(mention.shown, person.name, "name", person.side, article, mention.start, mention.end)
                if mention.role and mention.role_span is not None:
                    role = " ".join(w for w in mention.role if w not in CLOSED or w == "of")
                    put(role, person.name, "role", person.side, article, *mention.role_span)
        for short, (shown, article, start, end) in register.acronyms.items():
            if any(short in body for body in group["body"]):
                name = register.bodies.name(shown)
                put(short, name, "acronym", side_of(name), article, start, end)
    return ROLES.frame(rows)
