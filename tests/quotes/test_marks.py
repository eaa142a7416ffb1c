"""Pairing of quotation marks: every style, every way of getting them wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.quotes.marks import find_runs
from analysis.text import paragraphs

MARKS = "\"'“”‘’«»„‚`‹› \n.,abcZ1é漢\u202a-—()"


def runs(text: str) -> list[str]:
    return [text[r.start : r.end] for r in find_runs(text, paragraphs(text)) if r.parent < 0]


def flags(text: str) -> list[str]:
    return [",".join(r.flags) for r in find_runs(text, paragraphs(text)) if r.parent < 0]


@pytest.mark.parametrize(
    "text",
    [
        'She said "we are ready" on Monday.',
        "She said “we are ready” on Monday.",
        "She said ”we are ready“ on Monday.",
        "She said ''we are ready'' on Monday.",
        "She said «we are ready» on Monday.",
        "She said »we are ready« on Monday.",
        "She said „we are ready“ on Monday.",
        "She said ‘we are ready’ on Monday.",
        "She said 'we are ready' on Monday.",
    ],
)
def test_every_style_of_marks(text: str) -> None:
    assert runs(text) == ["we are ready"]


def test_apostrophes_open_and_close_nothing() -> None:
    text = "The farmers' plan of '98 isn't dead: 'tis asleep, rock 'n' roll style, in the ministers' view."
    assert runs(text) == []


def test_a_plural_possessive_does_not_close_a_single_run() -> None:
    assert runs("He said ‘the farmers’ plan is dead’ today.") == ["the farmers’ plan is dead"]


def test_feet_and_inches_open_nothing() -> None:
    assert runs("The bar is 6'2\" long and 5' 10\" high.") == []


def test_a_run_that_is_never_closed_ends_with_its_paragraph() -> None:
    text = "“We have come far.\n“We go on,” she said."
    assert runs(text) == ["We have come far.", "We go on,"]
    assert flags(text) == ["unclosed", ""]


def test_a_second_opener_after_a_stop_ends_the_first_run() -> None:
    text = "“We won, the mayor wrote. “We won,” he repeated later."
    assert runs(text)[-1] == "We won,"
    assert flags(text)[0] == "unclosed"


def test_a_mark_lost_before_the_tag() -> None:
    assert runs("“We met every goal we set, said Lena Ortiz.\nShe left.") == ["We met every goal we set,"]


def test_an_inner_run_is_a_child_and_not_a_run_of_its_own() -> None:
    text = "“They call it the ‘long road’ here,” she said. “He told me “never again” and left,” she added."
    found = find_runs(text, paragraphs(text))
    children = [text[r.start : r.end] for r in found if r.parent >= 0]
    assert children == ["long road", "never again"]
    assert all("nested" in r.flags for r in found if r.parent >= 0)
    assert text[found[found[1].parent].start :].startswith("They call it")


def test_a_closer_without_an_opener_is_flagged() -> None:
    assert flags("The road is long and stony,” she said.") == ["never_opened"]


def test_turns_of_a_transcript_are_runs() -> None:
    text = "HOST: Welcome to the show.\nCOLE: Thank you very much.\nHOST: Who won?\nREYES: Nobody did."
    assert runs(text) == ["Welcome to the show.", "Thank you very much.", "Who won?", "Nobody did."]
    assert set(flags(text)) == {"transcript"}


def test_a_label_or_two_make_no_transcript() -> None:
    assert runs("RELATED: The other story.\nThe council met.\nWATCH: The video.") == []


@given(st.text(alphabet=MARKS, max_size=80))
@settings(max_examples=300, deadline=None)
def test_runs_are_ordered_and_stand_inside_their_marks(text: str) -> None:
    found = find_runs(text, paragraphs(text))
    assert [r.outer[0] for r in found] == sorted(r.outer[0] for r in found)
    for r in found:
        assert 0 <= r.outer[0] <= r.start <= r.end <= r.outer[1] <= len(text)
        if r.parent >= 0:
            outer = found[r.parent]
            assert outer.outer[0] <= r.outer[0] and r.outer[1] <= outer.outer[1]


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_paired(text: str) -> None:
    for r in find_runs(text, paragraphs(text)):
        assert text[r.start : r.end].strip()
