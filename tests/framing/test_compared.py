"""Which statements are compared: proposals by shared rare terms, told by array operations as a loop would tell them."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.articles import as_articles
from analysis.framing import candidates as module
from analysis.framing.candidates import candidates, ranges
from analysis.framing.likeness import sameness
from analysis.framing.statements import Statement, statements

WORDS = "harbour ferry mayor bridge council tunnel market school river strike budget storm".split()


def made_of(*bodies: str) -> list[Statement]:
    ids = [f"a{k}" for k in range(len(bodies))]
    return statements(as_articles(pd.DataFrame({"article_id": ids, "body": bodies})))


def shared(a: Statement, b: Statement) -> set[str]:
    content = [{term.key for term in s.terms if term.kind != "grammar"} for s in (a, b)]
    return content[0] & content[1]


def test_statements_that_share_a_rare_word_are_proposed_across_articles() -> None:
    made = made_of(
        "The ferry left the harbour early. Council members met again.", "A late ferry reached the island."
    )
    assert list(candidates(made)) == [(0, 2)]


def test_pairs_of_one_article_only_within() -> None:
    made = made_of("The ferry left early today. Another ferry sank near the island.")
    assert list(candidates(made)) == []
    assert list(candidates(made, within=True)) == [(0, 1)]


texts = st.lists(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=6), min_size=1, max_size=4),
    min_size=0,
    max_size=6,
)


@given(texts, st.booleans(), st.sampled_from([0.0, 0.2, 0.5]))
@settings(max_examples=60, deadline=None)
def test_the_same_pairs_as_by_comparing_all(
    bodies: list[list[list[str]]], within: bool, least: float
) -> None:
    """In a small event no term is too common to propose, and no statement has too many partners."""
    made = made_of(*(" ".join(f"The {' '.join(words)} rose." for words in body) for body in bodies))
    expected = [
        (i, j)
        for i, j in combinations(range(len(made)), 2)
        if (within or made[i].article_id != made[j].article_id)
        and shared(made[i], made[j])
        and sameness(made[i], made[j]) >= least
    ]
    assert list(candidates(made, within=within, least=least)) == expected


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    made = made_of(
        *(f"The {' '.join(WORDS[k : k + 4])} rose. A {WORDS[k]} fell down there." for k in range(9))
    )
    whole = [list(candidates(made, within=True, least=least)) for least in (0.0, 0.3)]
    assert whole[0] and whole[1]
    monkeypatch.setattr(module, "_BLOCK", 1)
    assert [list(candidates(made, within=True, least=least)) for least in (0.0, 0.3)] == whole


def test_a_statement_with_many_partners_keeps_those_that_share_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PARTNERS", 2)
    made = made_of(
        "The ferry left the harbour early.",
        "A ferry burned slowly there.",
        "The ferry reached the harbour.",
        "Every ferry sank near the island.",
    )
    assert [pair for pair in candidates(made) if pair[0] == 0] == [(0, 1), (0, 2)]


def test_ranges_are_the_numbers_of_one_range_after_another() -> None:
    import numpy as np

    assert ranges(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]
    assert ranges(np.array([], dtype=int), np.array([], dtype=int)).tolist() == []
