"""Does a text report a claim, and where?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.framing.claims import Claim
from analysis.framing.reports import Report, look_up, reports, search
from analysis.framing.searchable import Searchable
from analysis.framing.terms import terms

ARTICLE = (
    "The harbour board met on Tuesday. It agreed to build a new ferry terminal at Port Ellis, and to pay 40 million "
    "dollars for it. The Fisheries Advisory Council was not consulted, its chair Mara Quist said.\n\n"
    "Schools in the valley stay closed until Monday. The mayor visited two of them on foot."
)


def passage(report: Report, text: str = ARTICLE) -> str:
    return text[report.start : report.end]


@pytest.mark.parametrize(
    ("claim", "there"),
    [
        ("The board agreed to build a ferry terminal", "ferry terminal"),
        ("A new terminal at Port Ellis will be constructed", "ferry terminal"),  # build, construct
        ("The terminal costs $40m", "40 million"),
        ("Schools in the valley remain closed", "Schools"),
        ("The FAC was not consulted", "Advisory Council"),  # initials
        ("The ferry terminal was agreed/announced", "ferry terminal"),  # either word will do
    ],
)
def test_finds_what_the_text_reports(claim: str, there: str) -> None:
    report = reports(claim, ARTICLE)
    assert report.score >= 0.5
    assert there in passage(report)


@pytest.mark.parametrize(
    "claim",
    [
        "A museum opened in the old customs house",
        "The mayor resigned over the airport tender",
        "The terminal costs 75 million dollars",  # another figure
        "The Fisheries Advisory Council was consulted",  # the text denies it
    ],
)
def test_does_not_find_what_the_text_does_not_report(claim: str) -> None:
    assert reports(claim, ARTICLE).score < 0.5


def test_a_wrong_figure_scores_less_than_none() -> None:
    text = "The flood killed 12 people in the lower town."
    right = reports("The flood killed 12 people", text).score
    silent = reports("The flood killed people", text).score
    wrong = reports("The flood killed 30 people", text).score
    assert right > wrong
    assert silent > wrong


def test_numbers_meet_as_words_and_digits_and_ordinals() -> None:
    assert [t.key for t in terms("twelve 12 12th 1,200 1200")] == ["12", "12", "12", "1200", "1200"]


def test_a_country_and_its_people_are_one() -> None:
    keys = {t.key for t in terms("Norway Norwegian Norwegians")}
    assert len(keys) == 1


def test_us_is_a_country_only_in_capitals() -> None:
    pronoun, country, stops = terms("us US U.S.")
    assert pronoun.kind == "grammar"
    assert country.kind == stops.kind == "country"
    assert country.key == stops.key


def test_a_negation_reaches_the_next_word_and_not_just_is_none() -> None:
    assert [t.key for t in terms("They did not really agree on a budget") if t.negated] == [
        terms("agree")[0].key
    ]
    assert not any(t.negated for t in terms("not just an opportunity but a duty"))


def test_aliases_count_as_the_name() -> None:
    text = "The harbour chief opened the terminal at noon."
    claim = "Quist opened the terminal at noon"
    known = look_up(Claim(claim, {"Mara Quist": ["Quist", "the harbour chief"]}), Searchable(text))
    assert known.score > reports(claim, text).score


def test_nothing_to_look_for_and_nothing_to_look_in() -> None:
    assert reports("", ARTICLE) == reports("The board met", "") == Report(0.0, -1, -1)


def test_the_forms_that_are_searched_are_shown() -> None:
    forms = Claim("The Joint Harbour Committee launched talks in March").forms()
    assert "JHC / Joint Harbour Committee" in forms
    assert any("launch" in form and "start" in form for form in forms)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=300))
def test_never_raises_and_keeps_within_bounds(claim: str, text: str) -> None:
    score, start, end = reports(claim, text)
    assert 0 <= score <= 1
    assert (start, end) == (-1, -1) or 0 <= start < end <= len(text)


SENTENCES = st.sampled_from(
    [
        "The harbour board met on Tuesday.",
        "It agreed to build a new ferry terminal at Port Ellis.",
        "The Fisheries Advisory Council was not consulted.",
        "The terminal costs 40 million dollars, the FAC said.",
        "Nobody came.",
        "",
    ]
)
TEXTS = st.lists(SENTENCES, max_size=6).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.lists(TEXTS, min_size=1, max_size=6))
def test_what_is_searched_together_is_searched_apart(claims: list[str], texts: list[str]) -> None:
    aliases = {"Fisheries Advisory Council": ["the council", "board"]}
    ready = [Claim(claim, aliases) for claim in claims]
    together = search(ready, Searchable(*texts))
    alone = [[look_up(claim, Searchable(text)) for text in texts] for claim in ready]
    for column, number in ((together.start, 1), (together.end, 2)):
        assert column.tolist() == [[report[number] for report in row] for row in alone]
    assert together.score.ravel() == pytest.approx([report.score for row in alone for report in row])


def test_names_are_shown_as_they_are_written() -> None:
    others = ["the harbour chief", "Chief Quist", "Mara", "the director", "the engineer", "the chair"]
    aliases = {"Mara Quist": ["Quist", *others]}
    forms = Claim("Quist opened the terminal", aliases).forms()
    assert forms[-1].startswith("Quist / Mara Quist / the harbour chief")
    assert forms[-1].endswith("other names")


def test_a_superscript_is_no_figure() -> None:
    """Python calls it a digit, and reads no number from it."""
    assert [term.kind for term in terms("²0K ran 10² km")] == ["word", "word", "number", "word"]
