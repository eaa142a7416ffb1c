"""From the mention as printed to the person, office or body."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import articles_from_texts
from analysis.quotes import SPEAKERS, extract_quotations, indirect_speech, resolve_speakers, role_table
from analysis.quotes.names import scan
from analysis.schema import TableError


def who(*texts: str, events: list[str] | None = None) -> list[str | None]:
    table = resolved(*texts, events=events)
    table = table[~table["kind"].isin(["term", "nested"])]
    return [name if isinstance(name, str) else None for name in table["speaker"]]


def resolved(*texts: str, events: list[str] | None = None) -> pd.DataFrame:
    articles = pd.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "body": list(texts)})
    if events:
        articles["event"] = events
    return resolve_speakers(extract_quotations(articles), articles)


def test_a_last_name_is_the_person_named_in_full() -> None:
    assert who('Jane Cole arrived. "It holds," Ms. Cole said. "Yes," Cole said.') == [
        "Jane Cole",
        "Jane Cole",
    ]


def test_initials_and_titles_make_no_second_person() -> None:
    texts = ['"It holds," S. Arden said.', '"It holds," Minister S Arden said.', '"It holds," Arden said.']
    assert len(set(who(*texts))) == 1


def test_he_and_she_go_to_persons_of_that_gender() -> None:
    text = 'Mary Holt met John Park in Ellis. "We agree," she said. "We do," he said.'
    assert who(text) == ["Mary Holt", "John Park"]


def test_a_pronoun_goes_to_the_last_speaker_rather_than_the_last_name() -> None:
    text = '"It holds," Mary Holt said of the dam that Anna Reyes built.\n\n"I am sure of it," she added.'
    assert who(text) == ["Mary Holt", "Mary Holt"]


def test_a_role_is_resolved_by_what_another_outlet_says() -> None:
    first = 'Foreign Minister Dana Cole spoke in Ellis. "It holds," Cole said.'
    second = '"The door stays open," the foreign minister said.'
    assert who(first, second) == ["Dana Cole", "Dana Cole"]
    assert who(first, second, events=["one", "two"])[1] != "Dana Cole"


def test_an_appositive_gives_the_role() -> None:
    text = 'Tom Hill, the mayor of Ellis, was there. "It holds," the mayor said.'
    assert who(text) == ["Tom Hill"]


def test_an_acronym_is_the_body_named_in_full_elsewhere() -> None:
    texts = [
        'The Ministry of Trade and Ports met. "It holds," it was said.',
        '"No ship was lost," the MTP said.',
    ]
    assert who(*texts)[-1] == "Ministry of Trade and Ports"


def test_a_statement_speaks_for_its_issuer() -> None:
    text = 'In a statement, the Ministry of Works said "the dam will hold". The statement added, "Two gates are shut."'
    assert who(text) == ["Ministry of Works", "Ministry of Works"]


def test_unnamed_sources_stay_unnamed() -> None:
    table = resolved(
        '"It will burst," an official said. Tom Hill left. "It holds," a spokesman for Mr. Hill said.'
    )
    assert list(table["unnamed"]) == [True, True]
    assert table["speaker"].iloc[0] == "official"
    assert table["speaker"].iloc[1] == "spokesman for Mr. Hill"


def test_a_misspelt_name_is_still_the_person() -> None:
    assert who('"It holds," said Lydia Brandtmann. "Yes," Ms Brandtman said.') == [
        "Lydia Brandtmann",
        "Lydia Brandtmann",
    ]


def test_sides_come_from_the_text() -> None:
    table = resolved(
        '"It holds," Japanese Foreign Minister Ken Mori said. "No," Sen. Jane Cole (D-Ohio) said. "So?" Tom said.'
    )
    assert list(table["side"].fillna("")) == ["Japan", "Democratic", ""]


def test_confidence_is_a_share_and_missing_speakers_have_none() -> None:
    table = resolved('"It holds," she said. "It holds," Jane Cole said.')
    assert table["confidence"].between(0, 1).all()
    assert table["speaker"].isna().iloc[0] and table["confidence"].iloc[0] == 0
    assert table["basis"].iloc[0] == "unknown"


def test_rows_come_back_in_their_order_with_further_columns() -> None:
    articles = pd.DataFrame(
        {"article_id": ["a"], "body": ['"It holds," Jane Cole said. "Yes," Tom Hill said.']}
    )
    table = extract_quotations(articles).assign(mark=[1, 2])[::-1]
    out = resolve_speakers(table, articles)
    assert list(out["mark"]) == [2, 1]
    assert list(out["speaker"]) == ["Tom Hill", "Jane Cole"]
    again = resolve_speakers(out, articles)
    pd.testing.assert_frame_equal(again[list(out.columns)], out)


def test_an_empty_table_keeps_its_columns() -> None:
    articles = pd.DataFrame({"article_id": ["a"], "body": ["Nobody spoke."]})
    assert list(resolve_speakers(extract_quotations(articles), articles).columns) == list(SPEAKERS.columns)


def test_a_table_without_mentions_is_an_error() -> None:
    with pytest.raises(TableError, match="speaker_mention"):
        resolve_speakers(pd.DataFrame({"quotation_id": []}), pd.DataFrame({"id": [], "text": []}))


def test_the_role_table_lists_names_roles_and_acronyms_with_evidence() -> None:
    body = "Foreign Minister Dana Cole met the press. The Ministry of Trade and Ports (MTP) was silent. Cole left."
    table = role_table(pd.DataFrame({"id": ["a"], "text": [body]}))
    found = {(row.alias, row.canonical, row.kind) for row in table.itertuples()}
    assert ("foreign minister", "Dana Cole", "role") in found
    assert ("Cole", "Dana Cole", "name") in found
    assert ("MTP", "Ministry of Trade and Ports", "acronym") in found
    assert ((table["start"] >= 0) & (table["end"] <= len(body)) & (table["start"] < table["end"])).all()


@given(st.lists(st.sampled_from(['"We go on"', "said", "Jane Cole", "he", "she", "the minister", "MTP", "Ministry of Trade",
                                 "Mr.", ",", ".", "\n", "a statement", "(R-Ohio)", "'s", "of"]), max_size=30).map(" ".join))  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_any_arrangement_is_resolved(text: str) -> None:
    table = resolved(text, text[::-1])
    assert table["confidence"].between(0, 1).all()


def test_a_bridge_that_is_named_after_somebody_says_nothing():
    text = (
        "The lanes of the George Washington Bridge and the road to the Hudson River were closed. Anna Street was angry.\n\n"
        "The governor's campaign announced that it had hired a law firm."
    )
    articles = articles_from_texts({"a": text})
    names = {mention.shown for mention in scan(text).mentions}
    assert not any("Bridge" in name or "River" in name for name in names)
    assert "Anna Street" in names
    assert "George Washington Bridge" not in set(indirect_speech(articles)["speaker"].dropna())


def test_the_younger_of_two_who_share_a_name_takes_no_words_from_the_elder() -> None:
    late = "President Hale held the plan back. “Put it on hold,” Mr. Hale wrote. A photo showed Donald Hale Jr. with a knife."
    full = "President Donald Hale called it a “horror of a plan” and left."
    assert who(late, full) == ["Donald Hale", "Donald Hale"]


def test_jr_is_left_out_by_one_outlet_and_printed_by_another() -> None:
    whole = "Chief Justice John G. Reeves Jr. spoke. “Is it less than that?” Justice Reeves asked."
    short = "Chief Justice John Reeves had doubts. “Is it true, and is it less?” he asked."
    assert set(who(whole, short)) == {"John G. Reeves Jr."}


def test_a_given_name_and_its_short_form_are_one_person() -> None:
    assert len(set(who("“It holds,” said Mike Tiboni.", "“It will hold,” said Michael Tiboni."))) == 1


def test_a_party_before_an_office_is_nobodys_name() -> None:
    assert who("“It will be discussed,” said the Democratic leader of the Senate, Justin Alder.") == [
        "Justin Alder"
    ]


def test_what_and_joins_in_the_name_of_a_body_is_one_body() -> None:
    text = 'The Northern Fish and Wildlife Service sent a notice. "Hunting can help," the agency said in a statement.'
    assert who(text) == ["Northern Fish and Wildlife Service"]
    two = scan("The Harbour Council and Transport Ministry met. The Harbour Council left.")
    assert [shown for _, _, shown in two.bodies if " and " in shown] == []


def test_an_office_that_one_person_holds_brings_that_person_on_stage() -> None:
    text = (
        "Mayor Paul Lang is late. Aides met Drew Gatt.\n\nIn a recording the mayor cursed.\n\nThe mayor left word for Drew Gatt.\n\n"
        "“I want to talk,” he said in the message."
    )
    assert who(text) == ["Paul Lang"]


def test_a_relative_clause_of_saying_puts_its_name_in_front() -> None:
    text = "The point that vexed Judge Ira Kerr also drew the ire of Judge Anton Salis, who said he was torn. “You have no choice,” he said."
    assert who(text) == ["Anton Salis"]


@pytest.mark.parametrize(
    "text",
    [
        "Ed Moss asked the city to drop its newly announced plan, saying it was “wrong at the wrong time of the year.”",
        "Ed Moss offered more racially charged remarks, saying, “A bad day is a bad day for us.”",
        "Ed Moss made more heated comments that drew fire, saying, “A bad day is a bad day for us.”",
    ],
)
def test_a_participle_before_a_noun_says_nothing(text: str) -> None:
    assert who(text) == ["Ed Moss"]


def test_an_initial_before_a_last_name_belongs_to_the_mention() -> None:
    rows = indirect_speech(
        pd.DataFrame({"article_id": ["a"], "body": ["Samuel A. Alder Jr. said they were worried about pay."]})
    )
    assert list(rows["speaker_mention"]) == ["Samuel A. Alder Jr"]


def test_secretary_of_something_is_no_part_of_the_name() -> None:
    names = scan("Secretary of the Interior Ryan Zell spoke.").mentions
    assert [m.shown for m in names if "Zell" in m.shown] == ["Ryan Zell"]
