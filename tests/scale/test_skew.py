"""A text that very many print costs each of them the same: what is compared grows with the articles, not with their square."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import align_quotations, extract_quotations, resolve_speakers
from analysis.articles import as_articles
from analysis.framing.candidates import candidates
from analysis.framing.statements import statements
from analysis.passages.candidates import candidate_pairs
from analysis.passages.wordtable import read_words


def articles_compared(articles: pd.DataFrame) -> int:
    words = read_words(articles["body"].tolist())
    return len(candidate_pairs(articles, words, words.weight)[0])


def quotations_compared(articles: pd.DataFrame) -> int:
    spoken = resolve_speakers(extract_quotations(articles), articles)
    return len(align_quotations(spoken, articles)[0])


def statements_compared(articles: pd.DataFrame) -> int:
    opening = articles.assign(body=articles["body"].str.split(".").str[0] + ".")
    return sum(1 for _ in candidates(statements(opening)))


@pytest.mark.parametrize(
    ("compared", "copies"),
    [(articles_compared, 150), (quotations_compared, 100), (statements_compared, 400)],
)
def test_twice_the_copies_are_twice_the_work(viral, compared, copies):
    """All pairs would be four times the work."""
    articles = viral(2 * copies).rename(columns={"text": "body"}).assign(event="one")
    few, many = (compared(as_articles(articles.iloc[:n])) for n in (copies, 2 * copies))
    assert 0 < many <= 2.5 * few
