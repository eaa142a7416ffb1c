"""What the coverage table says: which facts all tell, which one alone, how much two articles share, and in which order."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from analysis.articles import as_articles
from analysis.framing.coverage import COVERAGE
from analysis.schema import Schema

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
        "share": ("float", "both / (both + only_a + only_b), missing where none is told"),
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
        "start": ("int", "offset of the passage in the body"),
        "end": ("int", "offset behind it"),
    },
    key=("article_id", "fact_id"),
)

_TOLD = ("told", "partly")


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


def fact_overlap(covered: pd.DataFrame) -> pd.DataFrame:
    """Count the facts that every two articles share.

    Args:
        covered: a coverage table.

    Returns:
        A `FACT_OVERLAP` table, one row a pair of articles that were searched for the same facts.
    """
    COVERAGE.check(covered, columns=("fact_id", "article_id", "outlet", "status"))
    outlet = dict(zip(covered["article_id"], covered["outlet"], strict=True))
    searched: dict[str, set[str]] = {}
    told: dict[str, set[str]] = {}
    unsure: dict[str, set[str]] = {}
    for article_id, fact_id, status in zip(
        covered["article_id"], covered["fact_id"], covered["status"], strict=True
    ):
        searched.setdefault(article_id, set()).add(fact_id)
        if status in _TOLD:
            told.setdefault(article_id, set()).add(fact_id)
        elif status == "uncertain":
            unsure.setdefault(article_id, set()).add(fact_id)
    rows = []
    for a, b in combinations(searched, 2):
        common = searched[a] & searched[b]
        if not common:
            continue
        mine, theirs = told.get(a, set()) & common, told.get(b, set()) & common
        open_ = (mine & unsure.get(b, set())) | (theirs & unsure.get(a, set()))
        both, only_a, only_b = mine & theirs, mine - theirs - open_, theirs - mine - open_
        known = len(both) + len(only_a) + len(only_b)
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
                "share": len(both) / known if known else float("nan"),
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
    return FACT_ORDER.frame(
        pd.DataFrame(
            {
                "article_id": told["article_id"],
                "outlet": told["outlet"],
                "fact_id": told["fact_id"],
                "rank": told.groupby("article_id").cumcount() + 1,
                "place": place,
                "prominence": 1 - place,
                "start": told["start"],
                "end": told["end"],
            }
        )
    )


def _role(told: int, unsure: int, searched: int) -> str:
    if told == 0:
        return "none"
    if told == searched and searched > 1:
        return "core"
    if told > 1:
        return "shared"
    return "open" if unsure else "own"
