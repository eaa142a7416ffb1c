"""The register of tables: what a recipe is, and how a function becomes one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from analysis.corpus import Corpus
    from analysis.tables import Tables

Make = Callable[["Tables"], pd.DataFrame]


@dataclass(frozen=True)
class Recipe:
    """How one table is made, and what a reader should know of it."""

    name: str
    make: Make
    about: str
    together: bool = False  # processes may make it side by side, sharing the work among them
    random: bool = False  # it, or what it is made from, draws at random
    judged: bool = False  # it, or what it is made from, hangs on a threshold that `Settings.strictness` moves


RECIPES: dict[str, Recipe] = {}


def recipe(
    about: str, together: bool = False, random: bool = False, judged: bool = False
) -> Callable[[Make], Make]:
    """Register a function as the recipe of the table of its name, without the underscore before it."""

    def register(make: Make) -> Make:
        name = make.__name__.strip("_")
        RECIPES[name] = Recipe(name, make, about, together, random, judged)
        return make

    return register


def spoken(quotations: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows that are somebody's words: not terms, and not what stands inside another quotation."""
    return quotations[~quotations["kind"].isin(["term", "nested"])].reset_index(drop=True)


def in_english(articles: pd.DataFrame) -> pd.DataFrame:
    """Keep the articles that measures with English word lists can read; what is left out, the findings say."""
    return articles[articles["language"] == "en"].reset_index(drop=True)


def corpus_of(t: Tables) -> Corpus:
    """The corpus that tables are computed from."""
    assert t.corpus is not None, "only tables that are computed are asked for here"
    return t.corpus
