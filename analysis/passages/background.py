"""How telling a word is, from a fixed table of common English words.

A document frequency that is counted in five articles on one event says nothing: every word that matters stands in all of
them. So words are weighted from outside the corpus (the inverse document frequency of Spärck Jones 1972, in rough classes).
The table was written for this project; a word that it does not list counts as rare, which is right for names and figures
and merely generous for other languages.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def common_words() -> dict[str, float]:
    """Return the weight of each common word, above 0 and below 1; all others weigh 1."""
    weights: dict[str, float] = {}
    text = files("analysis.data").joinpath("common_words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            weight, _, listed = line.partition(":")
            for word in listed.split():
                weights.setdefault(word, float(weight))
    return weights
