"""Openings side by side: headline and first sentence of each article, and who acts in them."""

from __future__ import annotations

import pandas as pd

from analysis.articles import as_articles
from analysis.framing.clauses import Clause, clause_of, headline_clause
from analysis.framing.prominence import opening_of
from analysis.schema import Schema
from analysis.text import paragraphs

OPENINGS = Schema(
    "openings",
    "One row an article: its first sentence and who acts in it.",
    {
        "event": ("str", "what the article is about"),
        "article_id": ("str", "the article"),
        "outlet": ("str", "who published it"),
        "title": ("str", "headline, or missing"),
        "start": ("int", "first character of the first sentence in the body"),
        "end": ("int", "one past its last character"),
        "text": ("str", "body[start:end]"),
        "actor": ("str", "grammatical subject of its main verb, as printed; empty where the rules find none"),
        "actor_start": ("int", "first character of the actor in the body, -1 where there is none"),
        "actor_end": ("int", "one past its last character, -1 where there is none"),
        "verb": ("str", "the verb group that follows, as printed"),
        "voice": ("str", "active or passive; empty where there is no actor"),
        "headline_actor": ("str", "who acts in the headline, as printed; empty where the rules find nobody"),
        "headline_start": ("int", "first character of that actor in the title, -1 where there is none"),
        "headline_end": ("int", "one past its last character, -1 where there is none"),
        "headline_verb": (
            "str",
            "the verb group that follows, as printed; empty where a colon stands for it",
        ),
        "headline_voice": ("str", "active or passive; empty where there is no actor"),
    },
    key=("article_id",),
)


def openings(articles: pd.DataFrame) -> pd.DataFrame:
    """Put the first sentences side by side, each with its grammatical actor.

    The actor is the noun phrase before the first finite verb of the main clause, found by rules on word forms (no
    parser): an introductory phrase up to a comma is skipped, an apposition or relative clause between commas stays out.
    In about one sentence in ten the rules find none or the wrong one; the sentence stands beside it. Headlines have a
    grammar of their own: the present tense, "A, B meet", "X: ..." for speech, and a participle alone for the passive.

    Args:
        articles: article_id, body; title, outlet and event if there are any.

    Returns:
        event, article_id, outlet, title, start, end, text, actor, actor_start, actor_end, verb, voice, and the like of
        the headline; one row for each article that has text.
    """
    rows = []
    for row in as_articles(articles).to_dict("records"):
        body = row["body"]
        opening, (start, end) = opening_of(body, paragraphs(body))
        if opening[1] == opening[0]:
            continue
        clause = clause_of(body, start, end)
        title = row["title"] if isinstance(row["title"], str) else ""
        above = headline_clause(title)
        rows.append(
            {
                **{name: row[name] for name in ("event", "article_id", "outlet", "title")},
                "start": start,
                "end": end,
                "text": body[start:end],
                "actor": body[slice(*clause.actor)] if clause else "",
                "actor_start": clause.actor[0] if clause else -1,
                "actor_end": clause.actor[1] if clause else -1,
                "verb": body[slice(*clause.verb)] if clause else "",
                "voice": _voice(clause),
                "headline_actor": title[slice(*above.actor)] if above else "",
                "headline_start": above.actor[0] if above else -1,
                "headline_end": above.actor[1] if above else -1,
                "headline_verb": title[slice(*above.verb)] if above else "",
                "headline_voice": _voice(above),
            }
        )
    return OPENINGS.frame(rows)


def _voice(clause: Clause | None) -> str:
    return "" if clause is None else "passive" if clause.passive else "active"
