"""Passages that do not go together as they stand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.articles import as_articles
from analysis.framing.candidates import candidates
from analysis.framing.contradictions import (
    _SLIGHTLY,
    CONTRADICTIONS,
    _comparable,
    _differences,
    _known,
    contradictions,
)
from analysis.framing.facts import find_facts
from analysis.framing.statements import statements


def listed(*bodies: str) -> pd.DataFrame:
    articles = pd.DataFrame({"article_id": [f"a{n}" for n in range(len(bodies))], "body": bodies})
    return contradictions(find_facts(articles), articles)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (
            "number",
            "Engineers from the port found 14 cracks in the main span of the bridge.",
            "In the main span of the bridge engineers from the port found 41 cracks, it emerged.",
        ),
        (
            "weekday",
            "The hearing on the harbour tunnel opens on Monday in Port Ellis.",
            "The hearing on the harbour tunnel opens on Friday in Port Ellis.",
        ),
        (
            "date",
            "The hearing on the harbour tunnel opens on 3 May in Port Ellis.",
            "The hearing on the harbour tunnel opens on 12 June in Port Ellis.",
        ),
        (
            "negation",
            "The harbour board consulted the fishing villages before the vote on the tunnel.",
            "The harbour board never consulted the fishing villages before the vote on the tunnel.",
        ),
        (
            "name",
            "The envoy met Lund in the town hall for talks on the tunnel. Later Vos left for home.",
            "The envoy met Vos in the town hall for talks on the tunnel. Later Lund left for home.",
        ),
        (
            "novelty",
            "The two towns agreed on a new joint rescue service for the coast.",
            "The joint rescue service for the coast was agreed last year, records show.",
        ),
    ],
)
def test_lists_what_differs(kind: str, one: str, other: str) -> None:
    found = listed(one, other)
    assert list(found["kind"]) == [kind]
    row = found.iloc[0]
    assert row["a_text"] in (one + other)
    assert row["a_detail"] != row["b_detail"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # roundings and vague figures
        (
            "The port paid 41 million dollars for the main span.",
            "The port paid about 40 million dollars for the main span.",
        ),
        # the same, in words and in figures
        ("Engineers found twelve cracks in the main span.", "Engineers found 12 cracks in the main span."),
        # one says more
        ("The hearing on the tunnel opens on Monday.", "The hearing on the tunnel opens in Port Ellis."),
        # different things
        ("Engineers found 14 cracks in the bridge.", "The choir sang 20 songs at the library."),
        ("A new joint rescue service was agreed.", "A library was opened in the old town last year."),
    ],
)
def test_does_not_list_what_goes_together(one: str, other: str) -> None:
    assert listed(one, other).empty


def test_nothing_within_one_article_or_across_events() -> None:
    one, other = "The hearing on the tunnel opens on Monday.", "The hearing on the tunnel opens on Friday."
    assert listed(f"{one} {other}").empty
    articles = pd.DataFrame({"article_id": ["a", "b"], "body": [one, other], "event": ["x", "y"]})
    assert contradictions(find_facts(articles), articles).empty


def test_empty_input_keeps_its_columns() -> None:
    assert list(listed().columns) == list(CONTRADICTIONS.columns)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet="new not 12 Friday Lund May.,", max_size=120), max_size=3))
def test_never_raises(bodies: list[str]) -> None:
    found = listed(*bodies)
    for row in found.itertuples():
        assert row.a_text == bodies[int(row.a[1:])][row.a_start : row.a_end]


def test_figures_that_differ_in_their_last_digit_are_no_roundings() -> None:
    one = "The board published a 47-page report on the tunnel fire in March."
    other = "A 48-page report on the tunnel fire was published by the board."
    assert list(listed(one, other)["kind"]) == ["number"]


def test_a_repetition_with_and_without_not_is_no_denial() -> None:
    one = "It was not a repair of the bridge."
    other = "It was not a repair of the bridge, it was a cheap repair."
    assert listed(one, other).empty


def test_a_denial_that_reaches_over_a_list_is_none_against_the_other() -> None:
    assert listed(
        "The rules for the harbour ferry aren't written yet, but they will come, Lund said on the quay.",
        "The rules for the harbour ferry aren't agreed, written yet, but they will come, Lund said on the quay.",
    ).empty


def test_of_a_part_and_a_whole_the_part_is_compared() -> None:
    found = listed(
        "The port union says 90 of 300 jobs at the dock would go by summer.",
        "By summer 90 jobs at the dock would go, the port union says again.",
    )
    assert found.empty


def test_the_same_difference_is_listed_once() -> None:
    one = "Engineers from the port found 14 cracks in the main span of the bridge."
    other = "In the main span of the bridge engineers from the port found 41 cracks, it emerged."
    assert len(listed(f"{one} {one}", other)) == 1


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                "ferry harbour mayor Kerr Dolan bridge 40 seats 300 Monday Friday May 3 never not signed left".split()
            ),
            min_size=4,
            max_size=9,
        ),
        min_size=2,
        max_size=6,
    )
)
@settings(max_examples=60, deadline=None)
def test_no_pair_that_differs_is_passed_over(sentences: list[list[str]]) -> None:
    """Only pairs that are much alike or count the same thing are asked in what they differ: the others differ in nothing."""
    bodies = [f"The {' '.join(words)}." for words in sentences]
    ids = [f"a{n}" for n in range(len(bodies))]
    made = statements(as_articles(pd.DataFrame({"article_id": ids, "body": bodies})))
    known = _known(made)
    differing = {
        (i, j) for i, j in candidates(made, least=_SLIGHTLY) if list(_differences(made[i], made[j], known))
    }
    assert differing <= set(_comparable(made))
