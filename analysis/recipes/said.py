"""Tables of what can be said: claims, findings, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.recipes.registry import corpus_of, recipe

if TYPE_CHECKING:
    from analysis.tables import Tables


@recipe("what every finding claims, before it is tested", random=True, judged=True)
def _claims(t: Tables) -> pd.DataFrame:
    from analysis.findings import claims

    return claims(t)


@recipe(
    "what can be said of this corpus, and what cannot; and which choices turn it over",
    together=True,
    random=True,
    judged=True,
)
def _findings(t: Tables) -> pd.DataFrame:
    from analysis.findings import counterfactuals, findings_table, gated

    return findings_table(gated(t, counterfactuals(t)))


@recipe("notes on the event, and whether the tables bear them out", random=True, judged=True)
def _commentary(t: Tables) -> pd.DataFrame:
    from analysis.commentary import commentary, read_note

    return commentary([read_note(path) for path in corpus_of(t).commentary], t)
