"""Tables of facts: what is told, by whom, in which order, and where tellings disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.recipes.registry import recipe

if TYPE_CHECKING:
    from analysis.tables import Tables


# What `Settings.strictness` makes of what is doubtful.
_JUDGED: dict[int, dict[str, str]] = {
    -1: {"uncertain": "partly"},
    0: {},
    1: {"partly": "uncertain", "uncertain": "not found"},
}


@recipe("facts that the articles state, each with one sentence that stands for it")
def _facts(t: Tables) -> pd.DataFrame:
    from analysis.framing import find_facts

    return find_facts(t["articles"])


@recipe(
    "for every fact and article: told, partly, uncertain or not found, and what was searched for", judged=True
)
def _coverage(t: Tables) -> pd.DataFrame:
    from analysis.framing import coverage

    # "the mayor" of one event is nobody in another: names hold in their event
    found = coverage(t["facts"], t["articles"], t["roles"])
    return found.assign(status=found["status"].replace(_JUDGED[t.settings.strictness]))


@recipe("who reports each fact: all, several, one, or nobody can say", judged=True)
def _fact_roles(t: Tables) -> pd.DataFrame:
    from analysis.framing import fact_roles

    return fact_roles(t["coverage"])


@recipe("how many facts every two articles share", judged=True)
def _fact_overlap(t: Tables) -> pd.DataFrame:
    from analysis.framing import fact_overlap

    return fact_overlap(t["coverage"])


@recipe("where in each article each fact comes up", judged=True)
def _fact_order(t: Tables) -> pd.DataFrame:
    from analysis.framing import fact_order

    return fact_order(t["coverage"], t["articles"])


@recipe("facts by outlet: told by most, by some, by it alone", judged=True)
def _told(t: Tables) -> pd.DataFrame:
    from analysis.framing.told import told_counts

    return told_counts(t["coverage"])


@recipe("passages of two articles that do not agree, for a person to judge")
def _contradictions(t: Tables) -> pd.DataFrame:
    from analysis.framing import contradictions

    return contradictions(t["facts"], t["articles"])


@recipe("wordings of one statement that differ, both passages")
def _wording_shifts(t: Tables) -> pd.DataFrame:
    from analysis.framing import wording_shifts

    return wording_shifts(t["utterances"], t["facts"], t["articles"])
