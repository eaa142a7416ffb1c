"""Reported statements without marks."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.quotes import STATEMENTS, indirect_speech


def report(text: str) -> list[tuple[str, str]]:
    table = indirect_speech(pd.DataFrame({"id": ["a"], "text": [text]}))
    return list(zip(table["text"], table["speaker_mention"], strict=True))


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("Jane Cole said that the dam would hold.", "the dam would hold", "Jane Cole"),
        ("Jane Cole said on Monday the dam would hold.", "the dam would hold", "Jane Cole"),
        ("Jane Cole told reporters the dam would hold.", "the dam would hold", "Jane Cole"),
        (
            "The dam would hold for years, the engineers said.",
            "The dam would hold for years",
            "the engineers",
        ),
        ("According to Jane Cole, the dam would hold.", "the dam would hold", "Jane Cole"),
        ("The dam would hold, according to Jane Cole.", "The dam would hold", "Jane Cole"),
        ("As Cole concluded, the dam would hold for years.", "the dam would hold for years", "Cole"),
        ("Mayor: Dam will hold for many years", "Dam will hold for many years", "Mayor"),
        ("In a statement, the ministry said that no gate was open.", "no gate was open", "the ministry"),
        ("They met, with Jane Cole saying that the dam would hold.", "the dam would hold", "Jane Cole"),
    ],
)
def test_forms(text: str, content: str, speaker: str) -> None:
    assert (content, speaker) in report(text)


def test_two_statements_in_one_sentence() -> None:
    found = report("Cole said the dam would hold, adding that two gates were shut.")
    assert [content for content, _ in found] == ["the dam would hold", "two gates were shut"]
    assert [speaker for _, speaker in found] == ["Cole", "Cole"]


def test_the_words_before_a_quotation_are_a_statement_and_the_quotation_is_not() -> None:
    assert (
        report('Cole said the dam had always been "a gift to the town".')[0][0] == "the dam had always been"
    )
    assert report('"The dam will hold," Cole said.') == []


def test_what_is_agreed_is_not_said() -> None:
    assert report("Both towns agreed to build a dam next year.") == []


def test_speakers_are_resolved() -> None:
    table = indirect_speech(
        pd.DataFrame({"id": ["a"], "text": ["Jane Cole came. She said that the dam would hold."]})
    )
    assert list(table["speaker"]) == ["Jane Cole"]


def test_an_empty_table_keeps_its_columns() -> None:
    assert list(indirect_speech(pd.DataFrame({"id": [], "text": []})).columns) == list(STATEMENTS.columns)


@given(st.text(alphabet='"“” ,.:LeesaidthtN\n', max_size=100) | st.text(max_size=60))
@settings(max_examples=50, deadline=None)
def test_offsets_hold(text: str) -> None:
    table = indirect_speech(pd.DataFrame({"id": ["a"], "text": [text]}))
    for row in table.to_dict("records"):
        assert row["text"] == text[row["start"] : row["end"]]
        assert row["sentence_start"] <= row["start"] <= row["end"] <= row["sentence_end"]
        assert row["speaker_mention"] == text[row["speaker_start"] : row["speaker_end"]]
