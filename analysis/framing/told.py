"""How many facts each outlet tells, by how many others tell them too."""

from __future__ import annotations

import pandas as pd

from analysis.schema import Schema

TOLD = Schema(
    "told",
    "One row an outlet: its facts, by how many others tell them too.",
    {
        "outlet": ("str", "the outlet"),
        "most": ("int", "facts that it and more than half of the outlets tell"),
        "some": ("int", "facts that it and at least one other tell, but no more than half"),
        "alone": ("int", "facts that no other outlet here tells, even uncertainly"),
    },
    key=("outlet",),
)


def told_counts(coverage: pd.DataFrame) -> pd.DataFrame:
    """Count facts by outlet: told by most, by some, by it alone.

    A fact that another outlet may tell (status "uncertain") counts as told by some: being alone is a claim.

    Args:
        coverage: fact_id, outlet, status.
    """
    outlets = coverage["outlet"].nunique()
    told = coverage[coverage["status"].isin(["told", "partly"])].drop_duplicates(["fact_id", "outlet"])
    near = coverage[coverage["status"] != "not found"].groupby("fact_id")["outlet"].nunique()
    spread = told["fact_id"].map(told.groupby("fact_id")["outlet"].nunique())
    reach = told["fact_id"].map(near)
    kind = pd.Series("some", index=told.index).mask(spread * 2 > outlets, "most").mask(reach == 1, "alone")
    counts = pd.crosstab(told["outlet"], kind).reindex(columns=["most", "some", "alone"], fill_value=0)
    counts = counts.reindex(list(dict.fromkeys(coverage["outlet"])), fill_value=0)
    return TOLD.frame(counts.rename_axis("outlet").reset_index())
