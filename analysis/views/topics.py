"""Topics on a page: the codebook, the paragraphs behind each share, distances in numbers."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.render import Column, Html, details, join, number, table, tag
from analysis.schema import rows
from analysis.views.places import Places


def codebook_table(topics: pd.DataFrame) -> Html:
    """Show what is counted, folded: every topic with its description and its words."""
    shown = table(
        topics,
        {
            "label": "topic",
            "description": "what belongs to it",
            "terms": Column("words that speak for it", lambda r: ", ".join(list(r["terms"])[:14])),
        },
        "The topics, and the words that speak for them",
        name="topics",
    )
    return details(f"The {len(topics)} topics and their words", shown)


def evidence_paragraphs(
    assignments: pd.DataFrame, units: pd.DataFrame, places: Places, labels: Mapping[str, str], most: int = 4
) -> Html:
    """Show for each topic the paragraphs that hold most of it, with the words that decided, folded."""
    held = assignments.merge(units[["unit_id", "article_id", "start", "text"]], on="unit_id")
    shown = []
    for topic, label in labels.items():
        best = (
            held[(held["topic"] == topic) & (held["share"] > 0)]
            .sort_values("share", ascending=False, kind="stable")
            .head(most)
        )
        if not len(best):
            continue
        inner = [
            tag(
                "div",
                places.outlet_of(r["article_id"]),
                tag("blockquote", places.link(r["article_id"], r["start"], r["text"])),
                tag(
                    "p",
                    f"{number(r['share'], percent=True)} of the paragraph; decided by: ",
                    ", ".join(dict.fromkeys(r["evidence"])) or "nothing",
                    class_="t-more",
                ),
            )
            for r in rows(best)
        ]
        shown.append(details(label, tag("div", *inner, class_="t-cards")))
    return join(shown)


def distance_table(distances: pd.DataFrame, places: Places) -> Html:
    """Show the distances between outlets' topic shares in numbers, folded."""
    shown = table(
        distances.sort_values("jsd", ascending=False, kind="stable"),
        {
            "outlet_a": Column("outlet", lambda r: places.outlet(r["outlet_a"])),
            "outlet_b": Column("and", lambda r: places.outlet(r["outlet_b"])),
            "jsd": Column("distance", lambda r: number(r["jsd"], 3), numeric=True),
            "null_high": Column("chance reaches", lambda r: number(r["null_high"], 3), numeric=True),
            "p_holm": Column("p, corrected", lambda r: number(r["p_holm"], 3), numeric=True),
            "note": Column("note", lambda r: r["note"] if isinstance(r["note"], str) else ""),
        },
        "Distances between topic shares",
        name="topic_distances",
    )
    return details("The distances in numbers", shown)
