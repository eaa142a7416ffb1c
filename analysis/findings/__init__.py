"""What the tables support saying: sentences bound to their numbers, and whether they stand when choices are changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from analysis.findings import content, emphasis, pages, speech
from analysis.findings.model import (
    FINDINGS,
    FURNITURE,
    MERGED,
    Finding,
    Place,
    Value,
    findings_table,
    parts,
    read_findings,
)
from analysis.schema import Schema

if TYPE_CHECKING:
    from analysis.tables import Tables

__all__ = [
    "FINDINGS",
    "Finding",
    "Place",
    "Value",
    "find",
    "findings_table",
    "gated",
    "parts",
    "read_findings",
]

CLAIMS = Schema(
    "claims",
    "One row a finding: what must come out the same in every run for it to hold.",
    {"finding_id": ("str", "the finding"), "claim": ("str", "what it claims")},
    key=("finding_id",),
)

Rule = Callable[["Tables"], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    pages.furniture, pages.furniture_effect, pages.other_languages, pages.witnesses, pages.longest_passage,
    speech.top_voice, speech.officials, speech.one_outlet_voices, speech.corroborated, speech.alone_outlets, speech.conflicts, speech.marks_lost,
    content.largest_topic, content.topics_apart, content.key_words, content.bent_words, content.shared_core, content.alone_most,
    content.openings_differ, content.contradicted, emphasis.first_named, emphasis.cues_apart, emphasis.facts_alike,
    emphasis.facts_in_order, pages.untried,
)  # fmt: skip


_MOST_DROPPED = 8  # outlets; beyond it, one outlet weighs little


def counterfactuals(tables: Tables) -> dict[str, Tables]:
    """Return the runs that a finding must survive, each under the name that a reader is told.

    Page furniture left in, other thresholds, other random seed, each outlet left out in turn, all but one article of every family left out.
    """
    articles, families = tables["articles"], tables["families"]
    if len(articles) > pages.SOME_TRIED:
        return {}
    runs = {FURNITURE: tables.variant(keep_furniture=True)}
    if len(articles) <= pages.ALL_TRIED:
        runs |= {"with stricter thresholds": tables.variant(strictness=1),
                 "with laxer thresholds": tables.variant(strictness=-1),
                 "with another random seed": tables.variant(seed=tables.settings.seed + 1)}  # fmt: skip
    outlets = list(dict.fromkeys(articles["outlet"]))
    if 2 < len(outlets) <= _MOST_DROPPED:
        runs |= {f"without {name}": tables.variant(without=(name,)) for name in outlets}
    dependent = tuple(families[families.duplicated("family_id")]["article_id"])
    if dependent:
        runs[MERGED] = tables.variant(without_articles=dependent)
    return runs


def find(tables: Tables) -> list[Finding]:
    """Return every finding that the tables support or refuse, in no order.

    A finding that needs more than the corpus has is left out, unless it says itself that it cannot be said.
    """
    articles = tables["articles"]
    met = {
        "two articles": len(articles) > 1,
        "two outlets": articles["outlet"].nunique() > 1,
        "quotations in two articles": tables["utterances"]["article_id"].nunique() > 1,
    }
    found = [finding for rule in RULES for finding in rule(tables)]
    return [f for f in found if f.status == "unknown" or met.get(f.needs, True)]


def gated(tables: Tables, counterfactuals: Mapping[str, Tables]) -> list[Finding]:
    """Return the findings of `tables`, each checked against the same findings under other choices.

    A finding whose claim comes out otherwise in a counterfactual run is fragile, and says which choice turns it over.
    One that another run does not make at all counts as turned over too.

    Args:
        tables: the tables of the corpus.
        counterfactuals: a name for the choice, as a reader would put it -> tables under it.
    """
    found = find(tables)
    flips: dict[str, list[str]] = {f.finding_id: [] for f in found}
    tried: dict[str, list[str]] = {f.finding_id: [] for f in found}
    outlets = dict(zip(tables["articles"]["article_id"], tables["articles"]["outlet"], strict=True))
    _claims_of_all(list(counterfactuals.values()))
    for choice, other in counterfactuals.items():
        claimed = dict(zip(other["claims"]["finding_id"], other["claims"]["claim"], strict=True))
        gone = set(outlets.values()) - set(other["articles"]["outlet"])
        for f in found:
            # what is said of an outlet cannot be said without it, nor with it folded into another: no weakness
            if f.status == "unknown" or choice in f.about or any(_names(f, name, outlets) for name in gone):
                continue
            tried[f.finding_id].append(choice)
            if claimed.get(f.finding_id) != f.claim:
                flips[f.finding_id].append(choice)
    return [
        replace(
            f,
            status="fragile" if flips[f.finding_id] else f.status,
            flips=tuple(flips[f.finding_id]),
            tried=tuple(tried[f.finding_id]),
        )
        for f in found
    ]


def _names(finding: Finding, outlet: str, outlets: Mapping[str, str]) -> bool:
    """Does a finding speak of an outlet, in its sentence or by its evidence?"""
    said = any(value.kind == "outlet" and outlet in value.shown for value in finding.values.values())
    return said or any(outlets.get(place.article_id) == outlet for place in finding.evidence)


def claims(tables: Tables) -> pd.DataFrame:
    """Return what every finding of these tables claims: finding_id, claim."""
    found = find(tables)
    return CLAIMS.frame([{"finding_id": f.finding_id, "claim": f.claim} for f in found])


def _claims_of_all(runs: list[Tables]) -> None:
    """Have the claims of all runs made, leaving to other processes those that they are at."""
    left = [run for run in runs if not run.offer("claims")]
    for run in left:
        run["claims"]
