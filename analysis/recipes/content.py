"""Tables of what the texts are about and who speaks in them: topics, voices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.recipes.registry import recipe, spoken
from analysis.schema import Schema

if TYPE_CHECKING:
    from analysis.tables import Tables

TOPICS = Schema(
    "topics",
    "One row a topic that is counted: of the codebook, or discovered where the corpus brings none.",
    {
        "topic": ("str", "id of the topic, as the other tables name it"),
        "label": ("str", "what it is called in the book"),
        "description": ("str", "what belongs to it, and how it was made"),
        "terms": (
            "list",
            "words and phrases that speak for it, the weightiest first where it was discovered",
        ),
        "examples": ("list", "sentences that stand for it, if there are any"),
    },
    key=("topic",),
)


@recipe("the topics that are counted, and the words that speak for them", random=True)
def _topics(t: Tables) -> pd.DataFrame:
    rows = [
        {
            "topic": topic.id,
            "label": topic.label,
            "description": topic.description,
            "terms": [term.text for term in topic.terms],
            "examples": list(topic.examples),
        }
        for topic in t.codebook.topics
    ]
    return TOPICS.frame(rows)


@recipe("topic shares of each paragraph, with the terms that decided", random=True)
def _topic_assignments(t: Tables) -> pd.DataFrame:
    from analysis.topics import assign_topics

    return assign_topics(t["units"], t.codebook)


@recipe("topic shares by outlet, with intervals", random=True)
def _topic_shares(t: Tables) -> pd.DataFrame:
    from analysis.topics import topic_shares

    return topic_shares(t["topic_assignments"], t["units"])


@recipe("how far outlets' topic shares lie apart, against what chance would give", random=True)
def _topic_distances(t: Tables) -> pd.DataFrame:
    from analysis.topics import topic_distances

    return topic_distances(t["topic_assignments"], t["units"])


@recipe("words given to each speaker by each outlet, zeros included")
def _voices(t: Tables) -> pd.DataFrame:
    from analysis.framing import voices

    return voices(spoken(t["quotations"]), t["articles"], t["reported"])
