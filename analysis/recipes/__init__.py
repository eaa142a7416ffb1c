"""Which function makes which table, from which others: one entry a table, in the order in which a reader meets them."""

# The order of these imports is the order of the tables.
from analysis.recipes import texts  # noqa: I001
from analysis.recipes import content
from analysis.recipes import telling
from analysis.recipes import facts
from analysis.recipes import frames
from analysis.recipes import said
from analysis.recipes.registry import RECIPES, Recipe, in_english, spoken

__all__ = [
    "RECIPES",
    "Recipe",
    "content",
    "facts",
    "frames",
    "in_english",
    "said",
    "spoken",
    "telling",
    "texts",
]
