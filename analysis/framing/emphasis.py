"""Emphasis: how much of each outlet's first places a topic, an actor or a kind of fact has, beside its plain share."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.articles import as_articles
from analysis.framing.marks import MARKS
from analysis.framing.prominence import discounts, prominence
from analysis.schema import Schema
from analysis.schema import rows as rows_of
from analysis.stats import design_effect, share_interval, stickiness, upper_stickiness

EMPHASIS = Schema(
    "emphasis",
    "One row an outlet and label: its share of what the outlet marks, plain and weighted by how early it stands.",
    {
        "kind": ("str", "topic, actor or fact (then the label is a role: core, shared, own or open)"),
        "event": ("str", "what the articles are about"),
        "outlet": ("str", "who published them"),
        "label": ("str", "the topic, actor or role of facts"),
        "count": ("int", "marks of it in the outlet's articles"),
        "marks": ("int", "marks of all labels of this kind in them"),
        "share": ("float", "plain share, 0 to 1, the mean of the outlet's articles"),
        "weighted_share": ("float", "share with marks discounted by the rank of their sentence"),
        "low": ("float", "lower end of the weighted share's 95% interval"),
        "high": ("float", "its upper end"),
        "articles": ("int", "articles of the outlet"),
        "headlines": ("int", "of them, those whose headline has it"),
        "titled": ("int", "of them, those that have a headline"),
        "first_sentences": ("int", "of them, those whose first sentence has it"),
        "first_paragraphs": ("int", "of them, those whose first paragraph has it"),
        "article_id": ("str", "the article that has it earliest, or missing"),
        "start": ("int", "where it first stands there, -1 where it stands in no body"),
        "sufficient": ("bool", "there are marks enough for a statement"),
    },
    key=("kind", "event", "outlet", "label"),
)

_ENOUGH_MARKS = 15  # as for shares of paragraphs


def emphasis(articles: pd.DataFrame, marks: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Compare what an outlet puts first with what it writes about.

    The interval is that of a share of as many marks as their weights are worth (Kish 1965: the square of the sum over the
    sum of squares), widened because neighbouring marks are alike. It speaks of these texts only.

    Args:
        articles: article_id, body; title, outlet and event if there are any.
        marks: a `MARKS` table of one kind of label.
        kind: topic, actor or fact; copied into the table.

    Returns:
        An `EMPHASIS` table: every label of an event for each of its outlets, zeros included; heaviest first.
    """
    frame = as_articles(articles)
    places = prominence(frame, marks)
    if not len(places):
        return EMPHASIS.frame([])
    in_body = marks[~marks["in_title"].astype(bool)]
    earliest = in_body.sort_values("start").drop_duplicates(["article_id", "label"])
    first = {(str(r["article_id"]), str(r["label"])): int(r["start"]) for r in rows_of(earliest)}
    sizes = _sizes(frame, in_body)
    titled = {
        a
        for a, t in zip(frame["article_id"], frame["title"], strict=True)
        if isinstance(t, str) and t.strip()
    }
    rows = []
    for (event, outlet, label), group in places.groupby(["event", "outlet", "label"], sort=False):
        worth = sum(sizes.get(a, (0.0, 0))[0] for a in group["article_id"])
        n_marks = sum(sizes.get(a, (0.0, 0))[1] for a in group["article_id"])
        held = [a for a in group["article_id"] if sizes.get(a, (0.0, 0))[1]]
        weighted = float(group["weighted_share"].sum() / max(1, len(held)))
        low, high = share_interval(weighted, worth)
        seen = [
            (group_first, a)
            for a in group["article_id"]
            if (group_first := first.get((a, str(label)))) is not None
        ]
        start, article_id = min(seen) if seen else (-1, None)
        rows.append(
            {
                "kind": kind,
                "event": event,
                "outlet": outlet,
                "label": label,
                "count": int(group["count"].sum()),
                "marks": n_marks,
                "share": float(group["share"].sum() / max(1, len(held))),
                "weighted_share": weighted,
                "low": float(low),
                "high": float(high),
                "articles": len(group),
                "headlines": int(group["in_headline"].sum()),
                "titled": sum(a in titled for a in group["article_id"]),
                "first_sentences": int(group["in_first_sentence"].sum()),
                "first_paragraphs": int(group["in_first_paragraph"].sum()),
                "article_id": article_id,
                "start": start,
                "sufficient": n_marks >= _ENOUGH_MARKS,
            }
        )
    table = EMPHASIS.frame(rows)
    heaviest = table.groupby(["event", "label"])["weighted_share"].transform("mean")
    order = table.assign(_mean=-heaviest).sort_values(["event", "_mean", "label"], kind="stable")
    return EMPHASIS.frame(order.drop(columns="_mean"))


def fact_roles_of(marks: pd.DataFrame, roles: pd.DataFrame) -> pd.DataFrame:
    """Replace facts by who tells them: core (every outlet), shared, own, open (told by one, uncertain in another).

    Args:
        marks: from `fact_marks`.
        roles: fact_id, role, from `fact_roles`.
    """
    role: Mapping[str, str] = dict(zip(roles["fact_id"], roles["role"], strict=True))
    return MARKS.frame(marks.assign(label=marks["label"].map(role)).dropna(subset=["label"]))


def _sizes(frame: pd.DataFrame, marks: pd.DataFrame) -> dict[str, tuple[float, int]]:
    """How many independent marks each article's are worth, and how many they are."""
    heavy = np.array(discounts(frame, marks)) * marks["weight"].to_numpy(dtype=float)
    held = marks.assign(heavy=heavy).sort_values(["article_id", "start"], kind="stable")
    groups = {str(a): g for a, g in held.groupby("article_id")}
    rho = stickiness([g["label"].tolist() for g in groups.values()])
    effect = design_effect(upper_stickiness(rho, len(held)))
    out = {}
    for article_id, group in groups.items():
        places = group.groupby("start")["heavy"].sum()  # a paragraph of two topics is one place
        squares = float((places**2).sum())
        worth = float(places.sum()) ** 2 / squares / effect if squares else 0.0
        out[article_id] = (worth, round(group["weight"].sum()))
    return out
