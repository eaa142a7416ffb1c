"""Keyness by outlet and month, from counts: the texts are read once, where they are, and only counts travel."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.schema import Schema
from analysis.text import MODALS, NEGATIONS, STOPWORDS, fold, stem, word_forms

TERMS = Schema(
    "terms",
    "One row an outlet, month and stem: how often it is used outside quotations.",
    {
        "month": ("int", "year * 100 + month, or 0 where there is no date"),
        "outlet": ("str", "the outlet"),
        "stem": ("str", "the word, folded and stemmed"),
        "form": ("str", "a printed form"),
        "count": ("int", "occurrences"),
        "articles": ("int", "articles that use it"),
    },
)
KEYNESS_MONTHS = Schema(
    "keyness_months",
    "One row an outlet, month and word: how much more often the outlet used it than the others did that month.",
    {
        "month": ("str", "YYYY-MM, or missing where the articles have no date"),
        "outlet": ("str", "the outlet"),
        "term": ("str", "the word in its commonest form"),
        "count": ("int", "occurrences in the outlet, outside quotations"),
        "count_rest": ("int", "occurrences in the other outlets"),
        "articles": ("int", "articles of the outlet that use it"),
        "log_odds": (
            "float",
            "log odds-ratio against the others, shrunk by the prior; above 0: more than the others",
        ),
        "z": ("float", "log_odds by its standard error; words cling to articles, so that 2 is not much"),
    },
    key=("month", "outlet", "term"),
)
_PRIOR = 500.0  # words; Monroe, Colaresi and Quinn (2008), "Fightin' Words"
_LEAST_ARTICLES = 3  # of one outlet: a word of one story is no habit
_LEAST_Z = 2.0
_SHOWN = 50  # words an outlet and month
_KEPT = STOPWORDS - NEGATIONS - MODALS


def count_terms(articles: pd.DataFrame, quotations: pd.DataFrame) -> pd.DataFrame:
    """Count the words of each outlet and month outside quotations: the `TERMS` table."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for name, start, end in zip(
        *(quotations[name].tolist() for name in ("article_id", "start", "end")), strict=True
    ):
        spans.setdefault(name, []).append((start, end))
    counts: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    holders: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for name, outlet, day, body in zip(
        *(articles[name].tolist() for name in ("article_id", "outlet", "date", "body")), strict=True
    ):
        month = int(day[:4]) * 100 + int(day[5:7]) if isinstance(day, str) and len(day) == 10 else 0
        forms: list[str] = []
        at = 0
        for start, end in [*sorted(spans.get(name, ())), (len(body), len(body))]:
            if start > at:
                forms += word_forms(body, at, start)
            at = max(at, end)
        counts[month, outlet].update(forms)
        holders[month, outlet].update(set(forms))
    columns: dict[str, list[Any]] = {name: [] for name in TERMS.columns}
    for month, outlet in sorted(counts):
        used, held = counts[month, outlet], holders[month, outlet]
        roots = {form: root for form in sorted(used) if (root := _stem(form)) is not None}
        columns["month"] += [month] * len(roots)
        columns["outlet"] += [outlet] * len(roots)
        columns["stem"] += roots.values()
        columns["form"] += roots
        columns["count"] += [used[form] for form in roots]
        columns["articles"] += [held[form] for form in roots]
    return TERMS.frame(columns)


@lru_cache(maxsize=100_000)
def _stem(form: str) -> str | None:
    """The stem of a printed word; None if it does not count."""
    folded = fold(form)
    return stem(folded) if folded not in _KEPT and any(c.isalpha() for c in folded) else None


def by_month(terms: pd.DataFrame) -> pd.DataFrame:
    """Compare each outlet with all others of the same month.

    Args:
        terms: `TERMS` of one or more months, from any number of parts.

    Returns:
        The `KEYNESS_MONTHS` table: the fifty words by which each outlet stands out most, |z| of 2 at least, in three of
        its articles at least. Unlike `keyness` this rests on counts alone: no text is exchanged, and z knows nothing
        of words that cling to single stories; it points to where to look.
    """
    if not len(terms):
        return KEYNESS_MONTHS.frame([])
    forms = terms.groupby(["month", "stem", "form"], sort=True)[["count"]].sum().reset_index()
    shown = forms.sort_values(["count", "form"], ascending=[False, True], kind="stable")
    form_of = shown.drop_duplicates(["month", "stem"]).set_index(["month", "stem"])["form"]
    used = terms.groupby(["month", "outlet", "stem"], sort=True)[["count", "articles"]].sum().reset_index()
    y = used["count"].astype("float64")
    term = used.groupby(["month", "stem"])["count"].transform("sum").astype("float64")
    mine = used.groupby(["month", "outlet"])["count"].transform("sum").astype("float64")
    whole = used.groupby("month")["count"].transform("sum").astype("float64")
    strength = np.minimum(_PRIOR, whole)
    prior: pd.Series[Any] = term * strength / whole
    a, b = y + prior, term - y + prior
    odds = np.log(a * (whole - mine + strength - b) / (b * (mine + strength - a)))
    used = used.assign(count_rest=(term - y).astype("int64"), log_odds=odds, z=odds / np.sqrt(1 / a + 1 / b))
    several = used.groupby("month")["outlet"].transform("nunique") > 1
    kept = used[several & (used["articles"] >= _LEAST_ARTICLES) & (used["z"] >= _LEAST_Z)]
    kept = kept.sort_values(
        ["month", "outlet", "z", "stem"], ascending=[True, True, False, True], kind="stable"
    )
    kept = kept.groupby(["month", "outlet"], sort=False).head(_SHOWN)
    term_names = [form_of[month, word] for month, word in zip(kept["month"], kept["stem"], strict=True)]
    month: Any = [f"{m // 100:04d}-{m % 100:02d}" if m else None for m in kept["month"]]
    return KEYNESS_MONTHS.frame(kept.assign(month=month, term=term_names)[list(KEYNESS_MONTHS.columns)])
