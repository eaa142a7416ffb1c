"""Quotations with the speaker as printed: one sentence for every pattern."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.quotes import QUOTATIONS, extract_quotations


def quote(text: str) -> pd.DataFrame:
    return extract_quotations(pd.DataFrame({"article_id": ["a"], "body": [text]}))


def said(text: str) -> list[tuple[str, str | None]]:
    """Pairs of quotation and speaker, terms and nested runs left out."""
    table = quote(text)
    table = table[~table["kind"].isin(["term", "nested"])]
    return [
        (q.strip(",.?! "), s if isinstance(s, str) else None)
        for q, s in zip(table["text"], table["speaker_mention"], strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"The dam will hold," Jane Cole said on Monday.', "Jane Cole"),
        ('"The dam will hold," said Jane Cole.', "Jane Cole"),
        ('"Will the dam hold?" asked the mayor of Port Ellis.', "the mayor of Port Ellis"),
        ('"The dam will hold," said engineer Jane Cole.', "engineer Jane Cole"),
        ('"The dam will hold," Sen. Jane Cole (D-N.Y.) told reporters.', "Sen. Jane Cole"),
        ('"The dam will hold," Ms. Cole, who built it, said.', "Ms. Cole"),
        ('Jane Cole, a farmer from Ellis, Ohio, said "the dam will hold for years".', "Jane Cole"),
        ('Her deputy, Tom Hill, said: "The dam will hold."', "Her deputy, Tom Hill"),
        ('Speaking on Radio One, Cole said, "The dam will hold."', "Cole"),
        ('According to Jane Cole, the dam "will hold for years".', "Jane Cole"),
        ('The dam "will hold for years", according to the builders.', "the builders"),
        ("Jane Cole posted on X: “The dam will hold.”", "Jane Cole"),
        ('Cole was adamant: "The dam will hold."', "Cole"),
        ("“The dam will hold.” ― Jane Cole", "Jane Cole"),
        ('Cole went to Ellis and told the crowd that the dam "will hold for years".', "Cole"),
        ('"The dam" will "hold for a hundred years", Cole said.', "Cole"),
        ('The committee backed Cole\'s claim that the dam "will hold for years".', "Cole"),
        ('In a letter, the Ministry of Works said "the dam will hold".', "the Ministry of Works"),
        ('With Jane Cole saying "the dam will hold for years", the crowd left.', "Jane Cole"),
        ('Cole was quoted as saying that "the dam will hold".', "Cole"),
        ('Said Jane Cole, who built it: "The dam will hold."', "Jane Cole"),
    ],
)
def test_speaker_beside_a_quotation(text: str, expected: str) -> None:
    assert said(text)[-1][1] == expected


def test_the_outermost_verb_of_saying_governs() -> None:
    assert said('Cole said she was leaving because she felt "tired of the whole business".') == [
        ("tired of the whole business", "Cole")
    ]


def test_a_new_clause_starts_anew() -> None:
    text = 'Cole said the dam "will hold for years", but Hill said it "will burst by spring".'
    assert [s for _, s in said(text)] == ["Cole", "Hill"]


def test_a_split_quotation_is_one_speech() -> None:
    table = quote('"The dam," Cole said, "will hold." "For years," she added.')
    assert list(table["speaker_mention"]) == ["Cole", "Cole", "she"]
    table = quote('"The dam will hold," Cole said. "It held last year."')
    assert list(table["chain"]) == ["a:q1", "a:q1"]
    assert "split" in table["flags"].iloc[1]


def test_a_speech_of_several_paragraphs_has_one_speaker_and_one_chain() -> None:
    table = quote(
        '"We have come far," Mayor Ruth Cole said. "We go on.\n\n"And on.\n\n"Thank you."\n\nShe left.'
    )
    assert list(table["speaker_mention"]) == ["Mayor Ruth Cole"] * 4
    assert set(table["chain"]) == {"a:q1"}
    assert "reopened" in table["flags"].iloc[2]


def test_a_floating_paragraph_goes_to_the_voice_before_it() -> None:
    text = 'Ruth Cole said the dam was safe.\n\n"It held last year and it will hold now."'
    table = quote(text)
    assert table["speaker_mention"].iloc[0] == "Ruth Cole"
    assert "floating" in table["flags"].iloc[0]


def test_a_chain_holds_one_speech() -> None:
    text = 'He said "it will hold for years".\n\n"It held." "It will hold again," Cole added.\n\nCole said more. "Go on."'
    assert list(quote(text)["chain"]) == ["a:q1", "a:q2", "a:q2", "a:q4"]


def test_a_colon_in_the_paragraph_before() -> None:
    assert said("Cole continued:\n\n“It held last year and it will hold now.”")[0][1] == "Cole"


def test_the_next_tag_claims_a_quotation_that_opens_a_paragraph() -> None:
    assert [s for _, s in said('"It held." "It will hold again," Cole added.')] == ["Cole", "Cole"]


def test_a_tag_with_a_full_stop_inside_the_marks() -> None:
    assert said('"The dam will hold." Cole said.')[0][1] == "Cole"
    # a sentence of its own is no tag
    table = quote('Hill called it "a slow and certain ruin." Cole said the dam would hold.')
    assert table["speaker_mention"].iloc[0] == "Hill"


@pytest.mark.parametrize("text", ["Cole called the dam a “slow ruin.”", "They call the dam a “slow ruin.”"])
def test_what_somebody_calls_a_thing_is_quoted(text: str) -> None:
    assert list(quote(text)["kind"]) != ["term"]


@pytest.mark.parametrize(
    "text",
    [
        "The series “The Long Road Home” returns on Sunday.",
        "He is the host of “Morning Coffee,” a radio show.",
        "The so-called “rebels” left the town.",
        "The “law and order” issue decided nothing.",
        "The minister welcomed the ‘Blue Water Dialogue’ of both countries.",
        "The robot, named “Bolt,” won.",
        "Fishers call the new buoy a “tall hat” because of its shape.",
        "The plan covers what was described in court as the “Harbour Way” on Tuesday.",
    ],
)
def test_titles_names_and_scare_quotes_are_terms(text: str) -> None:
    table = quote(text)
    assert list(table["kind"]) == ["term"]
    assert table["reason"].notna().all() and table["speaker_mention"].isna().all()


def test_short_runs_need_a_verb_that_gives_them_to_somebody() -> None:
    assert said('He said the talks were reflective of "shared interests" between the towns.') == [
        ("shared interests", "He")
    ]
    assert said('The talks showed "interest" of both towns.') == []


def test_kinds() -> None:
    table = quote(
        '"The dam will hold," Cole said. Hill said it "will burst in the spring of next year". He called it “rotten”.'
    )
    assert list(table["kind"]) == ["direct", "mixed", "fragment"]


def test_british_marks_with_double_ones_inside() -> None:
    table = quote("‘She told me “never” and left,’ said Tom Hill. He called it ‘a gift to nobody’.")
    assert list(table["kind"]) == ["direct", "nested", "fragment"]
    assert list(table["speaker_mention"].dropna()) == ["Tom Hill", "He"]


def test_no_articles_give_an_empty_table_with_all_columns() -> None:
    table = extract_quotations(pd.DataFrame({"article_id": [], "body": []}))
    assert len(table) == 0
    assert list(table.columns) == list(QUOTATIONS.columns)


def test_each_article_is_read_by_itself() -> None:
    articles = pd.DataFrame(
        {"id": ["x", "y:q1"], "text": ['"It holds," Cole said.', '"It bursts," Hill said.']}
    )
    table = extract_quotations(articles)
    assert list(table["quotation_id"]) == ["x:q1", "y:q1:q1"]
    alone = extract_quotations(articles[1:])
    pd.testing.assert_frame_equal(alone, table[1:].reset_index(drop=True))


PIECES = st.lists(
    st.sampled_from(
        ['"', "“", "”", "'", "’", "''", " ", "\n", "said", "Lee", "he", "the minister", ",", ".", "?", ":", "(", ")", "—", "who",
         "according to", "a", "We go on", "adding", "Mr.", "U.S.", "and", "by", "was", "called", "'s", "\u2028", "\x00", "é"]
    ),
    max_size=40,
).map(" ".join)  # fmt: skip


@given(st.lists(PIECES, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_offsets_hold_for_any_arrangement(texts: list[str]) -> None:
    articles = pd.DataFrame({"article_id": [str(k) for k in range(len(texts))], "body": texts})
    for row in extract_quotations(articles).to_dict("records"):
        text = texts[int(row["article_id"])]
        assert row["text"] == text[row["start"] : row["end"]]
        for name in ("speaker_mention", "cue"):
            stem = name.removesuffix("_mention")
            if isinstance(row[name], str):
                assert row[name] == text[row[f"{stem}_start"] : row[f"{stem}_end"]]


@given(st.text(max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    table = quote(text)
    assert table["quotation_id"].is_unique


def test_one_endless_line_is_read() -> None:
    text = '"We go on," said Lee, ' * 20_000
    assert len(quote(text)) == 20_000
