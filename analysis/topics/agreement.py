"""How far does the program's coding agree with a person's?"""

from __future__ import annotations

import pandas as pd

from analysis.schema import Schema, TableError
from analysis.stats import krippendorff_alpha
from analysis.topics.assign import ASSIGNMENTS, main_topics

AGREEMENT = Schema(
    "codebook_agreement",
    "How far two codings agree: over all topics, and for each topic against the rest.",
    {
        "topic": ("str", "the topic, or 'all' for all of them together"),
        "alpha": ("float", "Krippendorff's alpha, nominal; missing where nothing varies"),
        "agreement": ("float", "part of the units on which both agree"),
        "n_units": ("int", "units that both coded"),
        "n_program": ("int", "units that the program gave the topic"),
        "n_human": ("int", "units that the person gave the topic"),
    },
    key=("topic",),
)


def codebook_agreement(assignments: pd.DataFrame, human: pd.DataFrame) -> pd.DataFrame:
    """Compare the main topic of every unit with a person's coding.

    Args:
        assignments: as `assign_topics` makes it.
        human: unit_id, topic; one row a unit (further rows of a unit, secondary topics, are not compared).

    Returns:
        topic, alpha (Krippendorff 1980, through nltk.metrics.agreement), agreement, n_units, n_program, n_human; the
        first row, 'all', is over all topics.

    Raises:
        TableError: a column is missing.
    """
    ASSIGNMENTS.check(assignments, columns=("unit_id", "topic", "share"))
    for name in ("unit_id", "topic"):
        if name not in human.columns:
            raise TableError(
                f"table 'human': missing column {name}; codebook_agreement needs unit_id and topic."
            )
    program = main_topics(assignments)
    person = human.drop_duplicates("unit_id").set_index("unit_id")["topic"].dropna().astype("str")
    both = [unit for unit in person.index if unit in program.index]
    left = {unit: str(program[unit]) for unit in both}
    right = {unit: str(person[unit]) for unit in both}
    rows = []
    for topic in ["all", *sorted({*left.values(), *right.values()})]:
        one = left if topic == "all" else {u: str(t == topic) for u, t in left.items()}
        two = right if topic == "all" else {u: str(t == topic) for u, t in right.items()}
        rows.append(
            {
                "topic": topic,
                "alpha": krippendorff_alpha({"program": one, "person": two}),
                "agreement": sum(one[u] == two[u] for u in both) / len(both) if both else float("nan"),
                "n_units": len(both),
                "n_program": len(both) if topic == "all" else sum(t == topic for t in left.values()),
                "n_human": len(both) if topic == "all" else sum(t == topic for t in right.values()),
            }
        )
    return AGREEMENT.frame(rows)
