"""Words folded and compared."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.worddiff import align, changes, tokens, word_diff

TEXT = st.text(st.sampled_from("ab cd the,.'’\"“”&[]-–1é\n "), max_size=60) | st.text(max_size=40)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("It’s O.K.", "it is okay"),
        ("two in three", "2 in 3"),
        ("trade & investment", "trade and investment"),
        ("We can't go", "we cannot go"),
        ("our neighbours organised it", "our neighbors organized it"),
        ("5% of Gen. Mora's men", "5 percent of General Mora’s men"),
        ("people-to-people ties", "people–to–people ties"),
        ("I, uh, said [Mora] no", "I said no"),
    ],
)
def test_what_is_no_difference_folds(a: str, b: str) -> None:
    assert [t.form for t in tokens(a)] == [t.form for t in tokens(b)]


@pytest.mark.parametrize(("a", "b"), [("should", "shouldn't"), ("four", "for"), ("one", "1"), ("us", "use")])
def test_what_is_a_difference_stays(a: str, b: str) -> None:
    assert [t.form for t in tokens(a)] != [t.form for t in tokens(b)]


def test_offsets_count_from_the_start_of_the_text() -> None:
    text = "Before. We won't wait."
    assert [(t.form, text[t.start : t.end]) for t in tokens(text, 8)] == [
        ("we", "We"), ("will", "won't"), ("not", "won't"), ("wait", "wait"),
    ]  # fmt: skip


def test_a_replaced_word_and_a_dropped_one() -> None:
    a, b = "It is very serious for small firms", "It is grave for small firms today"
    said = [(c.op, a[c.a_start : c.a_end], b[c.b_start : c.b_end]) for c in word_diff(a, b)]
    assert said == [
        ("equal", "It is", "It is"),
        ("replace", "very serious", "grave"),
        ("equal", "for small firms", "for small firms"),
        ("insert", "", "today"),
    ]


def test_a_leap_over_a_long_cut_is_one_chain() -> None:
    whole = "We will share the water in a dry year, as my father did and his father before him, and we will sign our names for it."
    cut = "We will share the water in a dry year and we will sign our names for it."
    chain = align(tokens(cut), tokens(whole))
    assert sum(m.size for m in chain) == len(tokens(cut))


@settings(max_examples=80, deadline=None)
@given(TEXT, TEXT)
def test_changes_cover_both_sides_in_order(a: str, b: str) -> None:
    left, right = tokens(a), tokens(b)
    found = changes(left, right)
    assert [k for c in found for k in range(c.a_from, c.a_to)] == list(range(len(left)))
    assert [k for c in found for k in range(c.b_from, c.b_to)] == list(range(len(right)))
    for c in found:
        assert (c.op == "equal") == (
            c.a_to > c.a_from
            and [t.stem for t in left[c.a_from : c.a_to]] == [t.stem for t in right[c.b_from : c.b_to]]
        ) or c.op == "replace"
        assert 0 <= c.a_start <= c.a_end <= len(a)
        assert 0 <= c.b_start <= c.b_end <= len(b)


@settings(max_examples=80, deadline=None)
@given(TEXT)
def test_tokens_are_words_of_the_text(text: str) -> None:
    for token in tokens(text):
        assert token.form
        assert text[token.start : token.end].strip() == text[token.start : token.end] != ""
