"""Statements: the sentences of articles with their terms, ready to be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pandas as pd

from analysis.framing.terms import Term, terms
from analysis.text import DOUBLE_MARKS, sentences, words

_REPORTING = re.compile(
    r"\b(?:said|says|told|added|adding|stated|noted|announced|claimed|argued|wrote|tweeted|posted|insisted|explained|"
    r"warned|denied|stressed|emphasi[sz]ed|underlined|reiterated|asserted|asserting|saying|according to)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(f"[{DOUBLE_MARKS}][^{DOUBLE_MARKS}]+[{DOUBLE_MARKS}]?")
_FEWEST_WORDS = 4  # shorter sentences ("He did not.") state nothing that stands by itself


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that states something.

    Attributes:
        article_id: its article.
        start: offset in the body.
        end: offset behind it.
        text: the words.
        kind: sentence, quotation or reported.
        position: number of the sentence in its article, from 0.
        terms: its terms in order.
        weights: key -> weight of each different term.
    """

    article_id: str
    start: int
    end: int
    text: str
    kind: str
    position: int
    terms: list[Term]
    weights: dict[str, float] = field(default_factory=dict)


def statements(articles: pd.DataFrame) -> list[Statement]:
    """List the statements of articles in the order of the rows."""
    out: list[Statement] = []
    for article_id, body in zip(articles["article_id"], articles["body"], strict=True):
        for position, (start, end) in enumerate(sentences(body)):
            found = terms(body, start, end)
            if len(found) < 2 or len(words(body, start, end)) < _FEWEST_WORDS:
                continue
            text = body[start:end]
            weights = {term.key: term.weight for term in found}
            out.append(Statement(article_id, start, end, text, kind_of(text), position, found, weights))
    return out


def kind_of(text: str) -> str:
    """Say whether a sentence is mostly quoted words, credited to a speaker, or neither."""
    quoted = sum(match.end() - match.start() for match in _QUOTED.finditer(text))
    if quoted >= 0.5 * len(text):
        return "quotation"
    return "reported" if quoted or _REPORTING.search(text) else "sentence"
