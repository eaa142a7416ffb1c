"""What the coverage table says: which facts all tell, which one alone, how much two articles share, and in which order."""

from __future__ import annotations

from bisect import bisect_right
from itertools import combinations
from math import atanh, log2, sqrt, tanh

import pandas as pd

from analysis.articles import as_articles
from analysis.framing.coverage import COVERAGE
from analysis.schema import Schema
from analysis.stats import jeffreys_interval
from analysis.text import sentences

FACT_ROLES = Schema(
    "fact_roles",
    "One row a fact: how many articles and outlets report it, and whether it is of the core or one outlet's own.",
    {
        "fact_id": ("str", "the fact"),
        "n_articles": ("int", "articles that were searched"),
        "n_told": ("int", "articles that tell it, wholly or partly"),
        "n_uncertain": ("int", "articles where a person has to look"),
        "n_outlets": ("int", "outlets that were searched"),
        "n_outlets_told": ("int", "outlets that tell it, wholly or partly"),
        "outlets": ("list", "these outlets"),
        "role": (
            "str",
            "core (every outlet), shared, own (one outlet, no other uncertain), open (one outlet, another uncertain) or none",
        ),
    },
    key=("fact_id",),
)

FACT_OVERLAP = Schema(
    "fact_overlap",
    "One row a pair of articles of one event: how many facts they share.",
    {
        "a": ("str", "the one article"),
        "b": ("str", "the other"),
        "outlet_a": ("str", "outlet of the one"),
        "outlet_b": ("str", "outlet of the other"),
        "both": ("int", "facts that both tell"),
        "only_a": ("int", "facts that a tells and b does not have"),
        "only_b": ("int", "facts that b tells and a does not have"),
        "uncertain": ("int", "facts that one tells and a person has to look for in the other"),
        "share": (
            "float",
            "shared part of all that either tells, an uncertain fact counted half; missing where none is told",
        ),
        "low": ("float", "lower end of the share's 95% interval (Jeffreys)"),
        "high": ("float", "its upper end"),
        "sufficient": ("bool", "there are facts enough for a statement about the share"),
        "shared": ("list", "the facts that both tell, in the order of a"),
        "tau": (
            "float",
            "agreement of their order, Kendall's tau-b: 1 the same, 0 none, -1 reversed; missing below two",
        ),
        "tau_low": ("float", "lower end of its 95% interval; missing where the facts are too few"),
        "tau_high": ("float", "its upper end"),
        "order_known": ("bool", "there are shared facts enough for a statement about their order"),
    },
    key=("a", "b"),
)

FACT_ORDER = Schema(
    "fact_order",
    "One row a fact that an article tells: where it first comes up.",
    {
        "article_id": ("str", "the article"),
        "outlet": ("str", "its outlet"),
        "fact_id": ("str", "the fact"),
        "rank": ("int", "place among the facts that the article tells, from 1"),
        "place": ("float", "where it begins, as a share of the body: 0 is the first word"),
        "prominence": ("float", "1 - place: 1 is the first word"),
        "sentence": ("int", "number of the sentence that it begins in, from 1"),
        "weight": (
            "float",
            "what a place so early is worth: 1 in the first sentence, 1 / log2(sentence + 1) after it",
        ),
        "start": ("int", "offset of the passage in the body"),
        "end": ("int", "offset behind it"),
    },
    key=("article_id", "fact_id"),
)

_TOLD = ("told", "partly")
_DOUBT = 0.5  # of the facts that a person has to look for, as many are told as not
ENOUGH_FACTS = 15  # of a pair, for a share: below it an interval says next to nothing
ENOUGH_ORDER = 6  # shared facts, for their order: with five even the same order may be chance


def fact_roles(covered: pd.DataFrame) -> pd.DataFrame:
    """Say of every fact who reports it.

    Args:
        covered: a coverage table.

    Returns:
        A `FACT_ROLES` table in the order of the facts in `covered`. Two outlets that share most of their words are one
        witness; merge them first where that matters.
    """
    COVERAGE.check(covered, columns=("fact_id", "article_id", "outlet", "status"))
    rows = []
    for fact_id, group in covered.groupby("fact_id", sort=False):
        told = group[group["status"].isin(_TOLD)]
        outlets = list(dict.fromkeys(told["outlet"]))
        unsure = set(group.loc[group["status"] == "uncertain", "outlet"]) - set(outlets)
        searched = group["outlet"].nunique()
        rows.append(
            {
                "fact_id": fact_id,
                "n_articles": len(group),
                "n_told": len(told),
                "n_uncertain": int((group["status"] == "uncertain").sum()),
                "n_outlets": searched,
                "n_outlets_told": len(outlets),
                "outlets": outlets,
                "role": _role(len(outlets), len(unsure), searched),
            }
        )
    return FACT_ROLES.frame(rows)


def fact_overlap(covered: pd.DataFrame, most: int = 100) -> pd.DataFrame:
    """Count the facts that every two articles share.

    Args:
        covered: a coverage table.
        most: articles that are paired; of more, those that tell most facts.

    Returns:
        A `FACT_OVERLAP` table, one row a pair of articles that were searched for the same facts. The intervals speak of
        these texts, as if their facts were drawn from what could be told of the event.
    """
    COVERAGE.check(covered, columns=("fact_id", "article_id", "outlet", "status", "start"))
    outlet = dict(zip(covered["article_id"], covered["outlet"], strict=True))
    searched: dict[str, set[str]] = {}
    told: dict[str, set[str]] = {}
    unsure: dict[str, set[str]] = {}
    place: dict[tuple[str, str], int] = {}
    for article_id, fact_id, status, start in zip(
        covered["article_id"], covered["fact_id"], covered["status"], covered["start"], strict=True
    ):
        searched.setdefault(article_id, set()).add(fact_id)
        if status in _TOLD:
            told.setdefault(article_id, set()).add(fact_id)
            place[article_id, fact_id] = int(start)
        elif status == "uncertain":
            unsure.setdefault(article_id, set()).add(fact_id)
    rows = []
    telling = sorted(searched, key=lambda article_id: -len(told.get(article_id, ())))
    paired = set(telling[:most])
    for a, b in combinations([article_id for article_id in searched if article_id in paired], 2):
        common = searched[a] & searched[b]
        if not common:
            continue
        mine, theirs = told.get(a, set()) & common, told.get(b, set()) & common
        open_ = (mine & unsure.get(b, set())) | (theirs & unsure.get(a, set()))
        both, only_a, only_b = mine & theirs, mine - theirs - open_, theirs - mine - open_
        every = len(both) + len(only_a) + len(only_b) + len(open_)
        half = len(both) + _DOUBT * len(open_)
        low, high = jeffreys_interval(half, every)
        shared = sorted(both, key=lambda fact: (place[a, fact], fact))
        tau = _agreement([place[a, f] for f in shared], [place[b, f] for f in shared])
        rows.append(
            {
                "a": a,
                "b": b,
                "outlet_a": outlet[a],
                "outlet_b": outlet[b],
                "both": len(both),
                "only_a": len(only_a),
                "only_b": len(only_b),
                "uncertain": len(open_),
                "share": half / every if every else float("nan"),
                "low": float(low),
                "high": float(high),
                "sufficient": every >= ENOUGH_FACTS,
                "shared": shared,
                "tau": tau[0],
                "tau_low": tau[1],
                "tau_high": tau[2],
                "order_known": tau[1] == tau[1],
            }
        )
    return FACT_OVERLAP.frame(rows)


def fact_order(covered: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Say where in each article each fact comes up.

    Args:
        covered: a coverage table.
        articles: the articles that it is about.

    Returns:
        A `FACT_ORDER` table, ordered by article and place.
    """
    COVERAGE.check(covered, columns=("fact_id", "article_id", "outlet", "status", "start", "end"))
    frame = as_articles(articles)
    length = dict(zip(frame["article_id"], frame["body"].str.len(), strict=True))
    told = covered[
        covered["status"].isin(_TOLD) & (covered["start"] >= 0) & covered["article_id"].isin(length)
    ]
    told = told.sort_values(["article_id", "start", "end", "fact_id"], kind="stable")
    place = told["start"] / told["article_id"].map(length).astype(float).clip(lower=1)
    starts = {
        a: [s for s, _ in sentences(b)] for a, b in zip(frame["article_id"], frame["body"], strict=True)
    }
    number = [
        max(1, bisect_right(starts[a], int(s)))
        for a, s in zip(told["article_id"], told["start"], strict=True)
    ]
    return FACT_ORDER.frame(
        pd.DataFrame(
            {
                "article_id": told["article_id"],
                "outlet": told["outlet"],
                "fact_id": told["fact_id"],
                "rank": told.groupby("article_id").cumcount() + 1,
                "place": place,
                "prominence": 1 - place,
                "sentence": number,
                "weight": [1 / log2(n + 1) for n in number],
                "start": told["start"],
                "end": told["end"],
            }
        )
    )


def _agreement(a: list[int], b: list[int]) -> tuple[float, float, float]:
    """Kendall's tau-b of two orders, with the interval of Fieller, Hartley and Pearson (1957) where there are enough."""
    nan = float("nan")
    if len(set(a)) < 2 or len(set(b)) < 2:
        return nan, nan, nan
    from scipy.stats import kendalltau

    tau = float(kendalltau(a, b).statistic)
    if len(a) < ENOUGH_ORDER:
        return tau, nan, nan
    # at 1 and -1 the transformation has no value: one pair of facts the other way round is the nearest that has
    edge = 1 - 4 / (len(a) * (len(a) - 1))
    z, error = atanh(max(-edge, min(edge, tau))), 1.96 * sqrt(0.437 / (len(a) - 4))
    return tau, min(tau, tanh(z - error)), max(tau, tanh(z + error))


def _role(told: int, unsure: int, searched: int) -> str:
    if told == 0:
        return "none"
    if told == searched and searched > 1:
        return "core"
    if told > 1:
        return "shared"
    return "open" if unsure else "own"
