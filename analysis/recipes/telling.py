"""Tables of how the event is told: openings, what comes first, words that one outlet prefers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.recipes.registry import in_english, recipe, spoken

if TYPE_CHECKING:
    from analysis.tables import Tables


@recipe("first sentences and headlines, and who acts in them")
def _openings(t: Tables) -> pd.DataFrame:
    from analysis.framing import openings

    return openings(in_english(t["articles"]))


@recipe(
    "every place where a topic, a named actor or a fact stands, in bodies and headlines",
    random=True,
    judged=True,
)
def _marks(t: Tables) -> pd.DataFrame:
    from analysis.framing.marks import actor_marks, fact_marks, topic_marks
    from analysis.topics import assign_topics

    articles = t["articles"]
    titled = articles[articles["title"].fillna("").str.strip() != ""]
    headlines = pd.DataFrame(
        {
            "unit_id": titled["article_id"],
            "article_id": titled["article_id"],
            "text": titled["title"],
            "heading": "",
        }
    )
    above = assign_topics(headlines, t.codebook).rename(columns={"unit_id": "article_id"})
    kinds = {
        "topic": topic_marks(t["topic_assignments"], t["units"], above),
        "actor": actor_marks(in_english(articles), t["roles"]),  # names are told by English capitals
        "fact": fact_marks(t["coverage"], articles),
    }
    return pd.concat([marks.assign(kind=kind) for kind, marks in kinds.items()], ignore_index=True)


@recipe(
    "where topics, named actors and facts stand: in the headline, the first sentence, how early",
    random=True,
    judged=True,
)
def _prominence(t: Tables) -> pd.DataFrame:
    from analysis.framing import prominence

    parts = [prominence(t["articles"], _marks_of(t, kind)).assign(kind=kind) for kind in MARKED]
    return pd.concat(parts, ignore_index=True)


@recipe(
    "share of each outlet's first places that topics, actors and kinds of facts have, with intervals",
    random=True,
    judged=True,
)
def _emphasis(t: Tables) -> pd.DataFrame:
    from analysis.framing.emphasis import emphasis, fact_roles_of

    marks = {kind: _marks_of(t, kind) for kind in MARKED}
    marks["fact"] = fact_roles_of(marks["fact"], t["fact_roles"])
    return pd.concat(
        [emphasis(t["articles"], given, kind) for kind, given in marks.items()], ignore_index=True
    )


MARKED = ("topic", "actor", "fact")


def _marks_of(t: Tables, kind: str) -> pd.DataFrame:
    marks = t["marks"]
    return marks[marks["kind"] == kind].reset_index(drop=True)


@recipe("words that an outlet uses more than the rest, outside quotations", random=True)
def _keyness(t: Tables) -> pd.DataFrame:
    from analysis.framing import keyness

    if t.settings.own_words:
        return keyness(t["articles"], spans=t["own_words"], seed=t.settings.seed)
    return keyness(t["articles"], exclude=spoken(t["quotations"]), seed=t.settings.seed)


@recipe("words that are quoted more by one outlet than by the rest", random=True)
def _quoted_keyness(t: Tables) -> pd.DataFrame:
    from analysis.framing import keyness

    return keyness(t["articles"], spans=spoken(t["quotations"]), seed=t.settings.seed)
