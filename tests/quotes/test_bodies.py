"""One body under several names."""

import pytest

from analysis import articles_from_texts, extract_quotations, resolve_speakers
from analysis.quotes.bodies import Bodies, body_key
from analysis.quotes.names import scan


def bodies(*texts):
    return Bodies.of([scan(text) for text in texts])


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("the Ministry of External Affairs", "External Affairs Ministry"),
        ("Tarsia’s Foreign Ministry", "Tarsia Foreign Ministry"),
        ("its foreign ministry", "Foreign Ministry"),
    ],
)
def test_order_marks_and_small_words_make_no_other_body(a, b):
    assert body_key(a) - {"its"} == body_key(b)


def test_an_owner_may_be_an_adjective_a_possessor_or_left_out():
    known = bodies(
        "The envoy left Tarsia on Monday. The Tarsian Foreign Ministry said no.",
        "Tarsia’s Foreign Ministry agreed with it.",
    )
    names = ("Tarsian Foreign Ministry", "Tarsia’s Foreign Ministry", "Foreign Ministry", "foreign ministry")
    assert {known.name(name) for name in names} == {"Tarsian Foreign Ministry"}


def test_countries_are_known_by_their_adjectives():
    known = bodies("The French Interior Ministry said no.", "A letter from France’s Interior Ministry came.")
    assert known.name("France’s Interior Ministry") == "French Interior Ministry"
    assert known.name("Interior Ministry") == "French Interior Ministry"


def test_bodies_of_two_owners_are_two():
    known = bodies(
        "The Indian Defence Ministry met the Japanese Defence Ministry.", "The Defence Ministry was silent."
    )
    assert known.name("India’s Defence Ministry") == "Indian Defence Ministry"
    assert known.name("Japan’s Defence Ministry") == "Japanese Defence Ministry"
    assert known.name("Defence Ministry") == "Defence Ministry", "nobody can say whose"


def test_a_word_in_front_that_is_no_place_makes_another_body():
    known = bodies("The Supreme Court ruled. The Harbour Supreme Court did not.")
    assert known.name("Supreme Court") == "Supreme Court"
    assert known.name("Harbour Supreme Court") == "Harbour Supreme Court"


def test_one_ministry_speaks_with_one_voice():
    texts = {
        "a": "Talks with Tarsia failed. “We take note,” the Tarsian Foreign Ministry said.",
        "b": "“We take note,” Tarsia’s Foreign Ministry said on Monday.",
        "c": "Tarsia was angry. “We take note,” its foreign ministry said.",
    }
    articles = articles_from_texts(texts)
    said = resolve_speakers(extract_quotations(articles), articles)
    assert said["speaker"].tolist() == ["Tarsian Foreign Ministry"] * 3
