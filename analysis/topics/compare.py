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
from analysis.stats import compare_pairs, design_effect, holm, share_interval, stickiness, upper_stickiness
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
    columns: dict[str, list[Any]] = {name: [] for name in TOPIC_SHARES.columns}
    for event, topics, outlets in _mixes(a, u):
        rho = stickiness([article.argmax(axis=1) for articles in outlets.values() for article in articles])
        matrices = [np.concatenate(articles) for articles in outlets.values()]
        size = np.array([len(matrix) for matrix in matrices])
        rho = upper_stickiness(rho, int(size.sum()))
        share = np.stack([matrix.mean(axis=0) for matrix in matrices])
        low, high = share_interval(share, size[:, None], rho, level)
        n, k = share.shape
        columns["outlet"] += np.repeat(np.array(list(outlets), dtype=object), k).tolist()
        columns["topic"] += topics * n
        columns["share"] += share.ravel().tolist()
        columns["low"] += np.minimum(low, share).ravel().tolist()
        columns["high"] += np.maximum(high, share).ravel().tolist()
        columns["n_units"] += np.repeat(size, k).tolist()
        columns["design_effect"] += [design_effect(rho)] * (n * k)
        columns["event"] += [event] * (n * k)
        columns["sufficient"] += np.repeat(size >= ENOUGH_UNITS, k).tolist()
    return TOPIC_SHARES.frame(columns)


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
    for event, _, outlets in _mixes(a, u):
        rho = stickiness([article.argmax(axis=1) for articles in outlets.values() for article in articles])
        size = {outlet: sum(map(len, articles)) for outlet, articles in outlets.items()}
        longest = set(sorted(outlets, key=lambda outlet: -size[outlet])[:most_outlets])
        names = [outlet for outlet in outlets if outlet in longest]
        places = list(combinations(range(len(names)), 2))
        enough = [min(size[names[i]], size[names[j]]) >= ENOUGH_UNITS for i, j in places]
        results = compare_pairs(
            [outlets[name] for name in names],
            places,
            rho=rho,
            replicates=[replicates if long else max(1, replicates // _OF_FEW) for long in enough],
            seed=seed,
        )
        pairs: list[dict[str, Any]] = [
            {
                "outlet_a": names[i],
                "outlet_b": names[j],
                "jsd": result.jsd,
                "null_low": result.null_low,
                "null_high": result.null_high,
                "p": result.p if long else float("nan"),
                "n_a": size[names[i]],
                "n_b": size[names[j]],
                "sufficient": long,
                "note": "" if long else "insufficient text",
                "event": event,
            }
            for (i, j), long, result in zip(places, enough, results, strict=True)
        ]
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
    if table.empty:
        return
    share = table["share"].to_numpy(dtype=float)
    # numbered by first appearance once for all events, so that the units of an event ascend in reading order
    event_of, events = pd.factorize(table["event"])
    topic_of, names = pd.factorize(table["topic"])
    unit_of, article_of = pd.factorize(table["unit_id"])[0], pd.factorize(table["article_id"])[0]
    outlet_of = table["outlet"].tolist()
    of_events = np.split(np.argsort(event_of, kind="stable"), np.cumsum(np.bincount(event_of))[:-1])
    for event, inside in zip(events, of_events, strict=True):
        found, seen, topic = np.unique(topic_of[inside], return_index=True, return_inverse=True)
        # topics as they come, "unassigned" last
        order = sorted(range(len(found)), key=lambda k: (names[found[k]] == UNASSIGNED, seen[k]))
        topics, column = [str(names[found[k]]) for k in order], np.argsort(order)[topic]
        _, first, row = np.unique(unit_of[inside], return_index=True, return_inverse=True)
        matrix = np.zeros((len(first), len(topics)))
        np.add.at(matrix, (row, column), share[inside])
        units_of_event = inside[first]
        ends = np.flatnonzero(np.diff(article_of[units_of_event])) + 1
        outlets: dict[str, list[Floats]] = {}
        for unit, article in zip(units_of_event[[0, *ends]], np.split(matrix, ends), strict=True):
            outlets.setdefault(str(outlet_of[unit]), []).append(article)
        yield str(event), topics, outlets
