"""Does a text report a claim, and where? (first version: weighted recall in the best window)."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from analysis.framing.terms import Term, terms
from analysis.text import Span, sentences


class Report(NamedTuple):
    """What was found of a claim in a text.

    Attributes:
        score: in [0, 1]; at least .5 means that the text reports the claim.
        start: offset of the passage that comes nearest, -1 where nothing does.
        end: offset behind it, -1 where nothing does.
    """

    score: float
    start: int
    end: int


class Searchable:
    """A text made ready for many claims: which sentence holds which term."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences: list[Span] = sentences(text)
        self.holders: dict[str, int] = defaultdict(int)
        for number, (start, end) in enumerate(self.sentences):
            for term in terms(text, start, end):
                self.holders[term.key] |= 1 << number


def reports(claim: str, text: str) -> Report:
    """Say how far `text` reports `claim`."""
    return look_up(terms(claim), Searchable(text))


def look_up(claim: list[Term], where: Searchable) -> Report:
    """Find the window of one to three sentences that holds most of a claim's terms."""
    weights = {term.key: term.weight for term in claim}
    total = sum(weights.values())
    best = Report(0.0, -1, -1)
    if not total:
        return best
    held = {key: where.holders.get(key, 0) for key in weights}
    everywhere = 0
    for mask in held.values():
        everywhere |= mask
    for size, discount in ((1, 1.0), (2, 0.95), (3, 0.85)):
        for first in range(len(where.sentences) - size + 1):
            window = ((1 << size) - 1) << first
            if not everywhere & window:
                continue
            score = discount * sum(weights[key] for key, mask in held.items() if mask & window) / total
            if score > best.score + 1e-9:
                best = Report(score, where.sentences[first][0], where.sentences[first + size - 1][1])
    return best
