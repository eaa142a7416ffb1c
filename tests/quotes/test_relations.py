"""Two quotations: the same utterance or not, and how they differ."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.quotes import relation

SAME = [
    ("verbatim", "The road is closed,", "the road is closed."),
    ("verbatim", "We can’t accept 2 in 3 claims", "We cannot accept two in three claims"),
    ("verbatim", "a broken promise", "a broken promise,"),
    ("trimmed", "The bridge will open in May.", "I am glad to say this. The bridge will open in May. Thank you all."),
    ("trimmed", "The bridge will open in May,", "The bridge will open in May, if the steel arrives,"),
    ("fragment", "a family table", "This river is a family table and everyone must eat."),
    ("fragment", "pull the whole valley out of the dark", "The dam will pull the whole valley out of the dark by next spring."),
    ("overlap", "We were tired. The pumps had failed at noon and nobody came.",
     "The pumps had failed at noon and nobody came. So we opened the gates by hand."),
    ("spliced", "the pumps had failed at noon, and nobody from the ministry came to look at them",
     "And nobody from the ministry came to look at them."),
    ("spliced", "We left at noon and we were late", "We left at noon. We met heavy rain and we were late."),
    ("trimmed", "We left at noon ... and we were late", "We left at noon. We met heavy rain and we were late."),
    ("reworded", "a big mistake that I shall always regret", "the big mistake that I shall always regret deeply"),
    ("reworded", "It is very serious for the small firms that cannot wait,", "It is serious for small firms that cannot wait,"),
    ("reworded", "I signed a letter that should have gone to the school", "I signed a letter that should've gone to a school"),
    ("reworded", "I owe very little to Gen. Mora,", "I owe little to General Mora,"),
]  # fmt: skip

DIFFERENT = [
    # the same formula, two statements
    ("We give the keenest attention to training our pilots for the winter,",
     "The harbour gives very close attention to its debts with the islands,"),
    ("This committee is not a court, but it does expect straight answers,",
     "We expect straight answers, and today we got some,"),
    # one fact, two wordings, neither a version of the other
    ("The strike could well cut exports by a fifth,",
     "Our exports are falling and the strike brings grave dangers for the season,"),
    # the shorter one denies what the longer one says
    ("not sending boats to the island", "but they want to see us help by sending boats to the island!"),
    ("No comment,", "Thank you,"),
    ("of the", "the end of the road"),
    ("very good", "a very bad plan"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "a", "b"), SAME)
def test_the_same_utterance_and_how_it_differs(kind: str, a: str, b: str) -> None:
    found = relation(a, b)
    assert found.kind == kind
    assert found.score >= 0.5


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_different_utterances(a: str, b: str) -> None:
    found = relation(a, b)
    assert found.kind == "different"
    assert found.score < 0.5


def test_a_longer_match_ranks_higher() -> None:
    short = relation("a family table", "a family table").score
    long = relation(
        "We will share the water in a dry year as in a wet one",
        "We will share the water in a dry year as in a wet one",
    ).score
    assert short < long <= 1


def test_a_sentence_inside_two_speeches_is_enough() -> None:
    a = "Friends, I was late. Nobody told me the gate was shut. I shall say more tomorrow when the others have arrived and can hear it."
    b = "What a morning we have had, with rain and fog on every road in the county. Nobody told me the gate was shut. Goodbye."
    assert relation(a, b).kind == "overlap"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_has_a_relation_that_does_not_depend_on_the_order(a: str, b: str) -> None:
    found, turned = relation(a, b), relation(b, a)
    assert 0 <= found.score <= 1
    assert (found.kind == "different") == (found.score < 0.5)
    assert (found.kind == "different") == (turned.kind == "different")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from("rain fell on the old harbour and nobody slept until noon".split()),
        min_size=3,
        max_size=25,
    )
)
def test_a_quotation_is_verbatim_itself(line: list[str]) -> None:
    text = " ".join(line)
    assert relation(text, text.upper() + ".").kind == "verbatim"
