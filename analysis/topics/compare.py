"""Topic shares by outlet with intervals, and distances between outlets against what chance does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import Schema
from analysis.segments import UNITS
from analysis.stats import compare_mixtures, design_effect, holm, share_interval, stickiness, upper_stickiness
from analysis.topics.assign import ASSIGNMENTS
from analysis.topics.codebook import UNASSIGNED

Floats = NDArray[np.float64]

# Below this many units an outlet's mix says too little (simulated: a true difference is seen less than half the time).
ENOUGH_UNITS = 15
_OF_FEW = 5  # part of the null comparisons that a band without a p-value takes

TOPIC_SHARES = Schema(
    "topic_shares",
    "One row an outlet and a topic: how much of its text speaks of the topic, and how sure that is.",
    {
        "outlet": ("str", "the outlet"),
        "topic": ("str", "the topic, or 'unassigned'"),
        "share": ("float", "mean share over the outlet's units, in [0, 1]"),
        "low": ("float", "lower end of the 95 per cent interval"),
        "high": ("float", "upper end of the 95 per cent interval"),
        "n_units": ("int", "units of the outlet"),
        "design_effect": ("float", "how many neighbouring units carry as much as one independent one"),
        "event": ("str", "the event"),
        "sufficient": ("bool", "whether the outlet has enough units for a statement"),
    },
    key=("event", "outlet", "topic"),
)

TOPIC_DISTANCES = Schema(
    "topic_distances",
    "One row a pair of outlets: how far their topic mixes are apart, and how far chance alone would bring them.",
    {
        "outlet_a": ("str", "one outlet"),
        "outlet_b": ("str", "the other"),
        "jsd": ("float", "Jensen-Shannon divergence in bits, jackknifed"),
        "null_low": ("float", "2.5 per cent of pairs with one mix lie below"),
        "null_high": ("float", "2.5 per cent of pairs with one mix lie above"),
        "p": ("float", "how often two texts with one mix are at least as far apart"),
        "p_holm": ("float", "p corrected for the number of pairs of the event (Holm 1979)"),
        "n_a": ("int", "units of outlet_a"),
        "n_b": ("int", "units of outlet_b"),
        "sufficient": ("bool", "whether both outlets have enough units for a statement"),
        "note": ("str", "'insufficient text' where they have not, else empty"),
        "event": ("str", "the event"),
    },
    key=("event", "outlet_a", "outlet_b"),
)


def topic_shares(a: pd.DataFrame, u: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """Sum up the topics of every outlet.

    The interval is Jeffreys' (Brown, Cai and DasGupta 2001) with the number of units divided by the design effect of
    sticky neighbours. It speaks of these texts only: one article is no sample of an outlet.

    Args:
        a: as `assign_topics` makes it.
        u: the units: unit_id, article_id, outlet, position; event if there is one.
        level: what the interval is to cover.

    Returns:
        outlet, topic, share, low, high, n_units, design_effect, event, sufficient; every topic found anywhere in the
        event stands for every outlet, with 0 where it has none.
    """
    rows: list[dict[str, Any]] = []
    for event, topics, outlets in _mixes(a, u):
        rho = stickiness([_main(article, topics) for articles in outlets.values() for article in articles])
        rho = upper_stickiness(
            rho, sum(len(article) for articles in outlets.values() for article in articles)
        )
        for outlet, articles in outlets.items():
            matrix = np.concatenate(articles)
            share = matrix.mean(axis=0)
            low, high = share_interval(share, len(matrix), rho, level)
            rows += [
                {
                    "outlet": outlet,
                    "topic": topic,
                    "share": share[k],
                    "low": min(low[k], share[k]),
                    "high": max(high[k], share[k]),
                    "n_units": len(matrix),
                    "design_effect": design_effect(rho),
                    "event": event,
                    "sufficient": len(matrix) >= ENOUGH_UNITS,
                }
                for k, topic in enumerate(topics)
            ]
    return TOPIC_SHARES.frame(rows)


def topic_distances(
    a: pd.DataFrame, u: pd.DataFrame, *, replicates: int = 999, seed: int = 0, most_outlets: int = 40
) -> pd.DataFrame:
    """Compare the topic mixes of every two outlets of an event.

    Args:
        a: as `assign_topics` makes it.
        u: the units: unit_id, article_id, outlet, position; event if there is one.
        replicates: null comparisons drawn for every pair with text enough; of the others only a band is told, which takes
            a fifth of them.
        seed: for drawing them.
        most_outlets: only so many outlets of an event, those with the most units, are compared with each other.

    Returns:
        outlet_a, outlet_b, jsd, null_low, null_high, p, p_holm, n_a, n_b, sufficient, note, event. Pairs with
        insufficient text have their distance and band, but no p.
    """
    rows: list[dict[str, Any]] = []
    for event, topics, outlets in _mixes(a, u):
        rho = stickiness([_main(article, topics) for articles in outlets.values() for article in articles])
        pairs: list[dict[str, Any]] = []
        size = {outlet: sum(map(len, articles)) for outlet, articles in outlets.items()}
        longest = set(sorted(outlets, key=lambda outlet: -size[outlet])[:most_outlets])
        for one, two in combinations([outlet for outlet in outlets if outlet in longest], 2):
            n_a, n_b = size[one], size[two]
            enough = min(n_a, n_b) >= ENOUGH_UNITS
            drawn = replicates if enough else max(1, replicates // _OF_FEW)
            result = compare_mixtures(outlets[one], outlets[two], rho=rho, replicates=drawn, seed=seed)
            pairs.append(
                {
                    "outlet_a": one,
                    "outlet_b": two,
                    "jsd": result.jsd,
                    "null_low": result.null_low,
                    "null_high": result.null_high,
                    "p": result.p if enough else float("nan"),
                    "n_a": n_a,
                    "n_b": n_b,
                    "sufficient": enough,
                    "note": "" if enough else "insufficient text",
                    "event": event,
                }
            )
        for row, adjusted in zip(pairs, holm([row["p"] for row in pairs]), strict=True):
            rows.append({**row, "p_holm": adjusted})
    return TOPIC_DISTANCES.frame(rows)


def _mixes(a: pd.DataFrame, u: pd.DataFrame) -> Iterator[tuple[str, list[str], dict[str, list[Floats]]]]:
    """For each event its topics and, for each outlet, one matrix of shares an article, units in reading order."""
    ASSIGNMENTS.check(a, columns=("unit_id", "topic", "share"))
    UNITS.check(u, columns=("unit_id", "article_id", "outlet", "position"))
    places = u[["unit_id", "article_id", "outlet", "position"]].assign(
        event=u["event"].fillna("") if "event" in u.columns else "",
        first_seen=pd.factorize(u["outlet"])[0],
    )
    table = a[["unit_id", "topic", "share"]].merge(places, on="unit_id")
    # by place, so that the order of the rows given changes nothing
    table = table.sort_values(["first_seen", "article_id", "position", "topic"], kind="stable")
    for event, inside in table.groupby("event", sort=False):
        topics = _order(inside["topic"].unique().tolist())
        units_of_event = inside.drop_duplicates("unit_id")
        row = pd.factorize(inside["unit_id"])[0]
        column = pd.Index(topics).get_indexer(pd.Index(inside["topic"]))
        matrix = np.zeros((len(units_of_event), len(topics)))
        np.add.at(matrix, (row, column), inside["share"].to_numpy(dtype=float))
        ends = np.flatnonzero(np.diff(pd.factorize(units_of_event["article_id"])[0])) + 1
        outlets: dict[str, list[Floats]] = {}
        for outlet, article in zip(
            units_of_event["outlet"].iloc[[0, *ends]], np.split(matrix, ends), strict=True
        ):
            outlets.setdefault(str(outlet), []).append(article)
        yield str(event), topics, outlets


def _order(topics: list[str]) -> list[str]:
    """Topics as they come, "unassigned" last."""
    return sorted(topics, key=lambda topic: topic == UNASSIGNED)


def _main(matrix: Floats, topics: list[str]) -> list[str]:
    return [topics[k] for k in matrix.argmax(axis=1)]
