"""Where topics, actors and facts stand in each article: the marks that `prominence` and `emphasis` weigh by place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import pandas as pd

from analysis.articles import as_articles
from analysis.framing.claims import Claim
from analysis.framing.clauses import acts
from analysis.framing.equivalents import MONTHS, WEEKDAYS
from analysis.framing.prominence import endings, printed_names
from analysis.framing.reports import look_up
from analysis.framing.searchable import Searchable
from analysis.schema import Schema
from analysis.text import fold

MARKS = Schema(
    "marks",
    "One row a place where a topic, an actor or a fact stands, in the body or in the headline.",
    {
        "article_id": ("str", "the article"),
        "start": ("int", "where it stands in the body; 0 where it stands in the headline"),
        "label": ("str", "the topic, the actor or the fact"),
        "weight": ("float", "how much of the place it has, 0 to 1"),
        "in_title": ("bool", "it stands in the headline"),
    },
)

_ACTORS = 60  # of an event, so that a table of them grows with the articles and not with their square
_DEEDS = 2  # one may be a slip: "docks of the old Port have stood still"
_TOLD = 0.5


def topic_marks(assignments: pd.DataFrame, units: pd.DataFrame, titles: pd.DataFrame) -> pd.DataFrame:
    """Mark each paragraph with the topics it belongs to, by their shares.

    Args:
        assignments: topic shares of the paragraphs (unit_id, topic, share).
        units: the paragraphs (unit_id, article_id, start).
        titles: topic shares of the headlines, with article_id in place of unit_id.
    """
    held = assignments[(assignments["share"] > 0) & (assignments["topic"] != "unassigned")]
    body = held.merge(units[["unit_id", "article_id", "start"]], on="unit_id")
    above = titles[(titles["share"] > 0) & (titles["topic"] != "unassigned")]
    return _together(
        body.rename(columns={"topic": "label", "share": "weight"}),
        above.rename(columns={"topic": "label", "share": "weight"}),
    )


def actor_marks(articles: pd.DataFrame, roles: pd.DataFrame) -> pd.DataFrame:
    """Mark every mention of a named actor: a person of the role table, or a name that some article has act.

    A name acts where a finite verb follows it ("Lund and Malmö agreed"), twice at least. Names of one person, and acronyms with the
    words they stand for, are one actor. Days and months are none.

    Args:
        articles: article_id, body; title and event if there are any.
        roles: event, alias, canonical, kind, from `role_table`.
    """
    frame = as_articles(articles)
    rows: list[dict[str, object]] = []
    for event, group in frame.groupby("event", sort=False):
        named = roles[(roles["event"] == event) & roles["kind"].isin(["name", "acronym"])]
        whose = {str(a).casefold(): str(c) for a, c in zip(named["alias"], named["canonical"], strict=True)}
        found = printed_names(group, whose)
        bodies = dict(zip(group["article_id"], group["body"], strict=True))
        active = {str(c) for c in named.loc[named["kind"] == "name", "canonical"]}
        counts: Counter[str] = Counter()
        deeds: Counter[str] = Counter()
        printed: dict[str, set[str]] = defaultdict(set)
        for article_id, marks in found.items():
            for start, name in marks:
                actor = _actor(name, whose)
                counts[actor] += 1
                printed[actor].add(name)
                if actor not in active and not _is_time(name):
                    deeds[actor] += acts(bodies[article_id], start, start + len(name))
        active |= {actor for actor, n in deeds.items() if n >= _DEEDS}
        kept = [a for a, _ in sorted(counts.items(), key=lambda n: (-n[1], n[0])) if a in active][:_ACTORS]
        for article_id, marks in found.items():
            for start, name in marks:
                actor = _actor(name, whose)
                if actor in kept:
                    rows.append({"article_id": article_id, "start": start, "label": actor, "weight": 1.0})
        for article_id, title in zip(group["article_id"], group["title"], strict=True):
            rows += [
                {"article_id": article_id, "start": 0, "label": actor, "weight": 1.0, "in_title": True}
                for actor in kept
                if isinstance(title, str) and any(_stands_in(name, title) for name in printed[actor])
            ]
    return MARKS.frame(_filled(rows))


def fact_marks(coverage: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Mark every fact where an article first tells it; in the headline where the headline's matter stands in that passage.

    Args:
        coverage: fact_id, article_id, status, start, end.
        articles: article_id, body, title.
    """
    told = coverage[coverage["status"].isin(["told", "partly"]) & (coverage["start"] >= 0)]
    rows: list[dict[str, object]] = [
        {"article_id": a, "start": int(s), "label": f, "weight": 1.0}
        for a, s, f in zip(told["article_id"], told["start"], told["fact_id"], strict=True)
    ]
    spans = {
        a: list(zip(g["start"], g["end"], g["fact_id"], strict=True)) for a, g in told.groupby("article_id")
    }
    for article_id, start, end in _headline_passages(as_articles(articles)):
        rows += [
            {"article_id": article_id, "start": 0, "label": f, "weight": 1.0, "in_title": True}
            for a, b, f in spans.get(article_id, [])
            if a < end and start < b
        ]
    return MARKS.frame(_filled(rows))


def _headline_passages(frame: pd.DataFrame) -> Iterator[tuple[str, int, int]]:
    """The passage of each body that tells what its headline says, where one does."""
    for article_id, title, body in zip(frame["article_id"], frame["title"], frame["body"], strict=True):
        if isinstance(title, str) and title.strip():
            found = look_up(Claim(title), Searchable(body))
            if found.score >= _TOLD:
                yield article_id, found.start, found.end


def _actor(name: str, whose: Mapping[str, str]) -> str:
    """The person or body that a printed name stands for; a title before it ("Mayor Ada Brandt") changes nothing."""
    return next((whose[part] for part in endings(name) if part in whose), name)


def _is_time(name: str) -> bool:
    return any(fold(word) in MONTHS or fold(word) in WEEKDAYS for word in name.split())


def _stands_in(name: str, title: str) -> bool:
    return (
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title, re.IGNORECASE if len(name) > 3 else 0)
        is not None
    )


def _together(body: pd.DataFrame, above: pd.DataFrame) -> pd.DataFrame:
    columns = ["article_id", "start", "label", "weight", "in_title"]
    parts = [body.assign(in_title=False)[columns], above.assign(start=0, in_title=True)[columns]]
    return MARKS.frame(pd.concat([p for p in parts if len(p)] or parts[:1], ignore_index=True))


def _filled(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{"in_title": False} | row for row in rows]
