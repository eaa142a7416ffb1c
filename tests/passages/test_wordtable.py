from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.passages.wordtable import keep_words, read_words, shingles


def cut(*bodies: str) -> list[list[str]]:
    words = read_words(bodies)
    return [
        [body[a:b] for a, b in zip(words.start[low:high], words.end[low:high], strict=True)]
        for body, low, high in zip(bodies, words.first[:-1], words.first[1:], strict=True)
    ]


def test_words_are_cut_with_offsets_into_their_own_body() -> None:
    assert cut("The sea-wall broke.", "", "Café Noir") == [
        ["The", "sea", "wall", "broke"],
        [],
        ["Café", "Noir"],
    ]


def test_possessives_case_and_accents_fold_to_one_hash() -> None:
    words = read_words(["Orvel's ORVEL orvel Órvel orvels"])
    assert words.hash[0] == words.hash[1] == words.hash[2] == words.hash[3] != words.hash[4]


def test_an_ampersand_is_the_word_and() -> None:
    words = read_words(["salt & sand and"])
    assert words.hash[1] == words.hash[3]


def test_characters_without_spaces_between_them_are_words_of_one() -> None:
    assert cut("漁船が") == [["漁", "船", "が"]]


def test_common_words_weigh_less_than_rare_ones() -> None:
    the, said, trawler = read_words(["the said trawler"]).weight
    assert the < said < trawler == 1


def test_names_figures_lines_and_sentences_are_flagged() -> None:
    words = read_words(["rain fell. Snow in 1987\nwind"])
    assert words.name.tolist() == [False, False, True, False, True, False]
    assert words.opens.tolist() == [2, 0, 1, 0, 0, 2]


def test_runs_do_not_cross_from_one_article_to_the_next() -> None:
    words = read_words(["one two three", "four", "five six"])
    assert shingles(words, 2)[1].tolist() == [True, True, False, False, True]


def test_words_left_out_leave_the_others_where_they_were() -> None:
    words = read_words(["one two", "three four"])
    kept = keep_words(words, np.array([True, False, False, True]))
    assert kept.first.tolist() == [0, 1, 2]
    assert kept.start.tolist() == [0, 6]


def test_blocks_make_no_difference() -> None:
    body = "word " * 300_000
    words = read_words([body, body, "end"])
    assert np.diff(words.first).tolist() == [300_000, 300_000, 1]
    assert (words.start[:300_000] == words.start[300_000:600_000]).all()


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=5))
def test_every_word_is_a_part_of_its_body(bodies: list[str]) -> None:
    words = read_words(bodies)
    for body, low, high in zip(bodies, words.first[:-1], words.first[1:], strict=True):
        ends = 0
        for a, b in zip(words.start[low:high].tolist(), words.end[low:high].tolist(), strict=True):
            assert ends <= a < b <= len(body)
            ends = b
