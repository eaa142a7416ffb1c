import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.framing import voices
from analysis.schema import TableError

BODIES = {
    "a": 'Foreign Minister Ada Brandt said: "We will sign the treaty in May." Fishermen want more time, the union chair, Lev Oduya, said.',
    "b": 'A resident said: "Nobody asked us."',
}
ARTICLES = pd.DataFrame(
    {"article_id": list(BODIES), "outlet": ["North", "South"], "body": list(BODIES.values())}
)


def passage(article_id: str, text: str, **more: object) -> dict[str, object]:
    start = BODIES[article_id].index(text)
    return {"article_id": article_id, "start": start, "end": start + len(text), **more}


QUOTED = pd.DataFrame(
    [
        passage("a", "We will sign the treaty in May.", kind="direct", speaker="Ada Brandt", side="Norland"),
        passage("b", "Nobody asked us.", kind="direct", speaker=None, side=None, unnamed=True),
    ]
)
REPORTED = pd.DataFrame([passage("a", "Fishermen want more time", speaker="Lev Oduya", side=None)])


def cell(table: pd.DataFrame, outlet: str, speaker: str, kind: str, column: str) -> object:
    row = table[(table["outlet"] == outlet) & (table["speaker"] == speaker) & (table["kind"] == kind)]
    assert len(row) == 1
    return row[column].iloc[0]


def test_counts_words_by_speaker_and_keeps_the_zeros() -> None:
    table = voices(QUOTED, ARTICLES, REPORTED)
    assert cell(table, "North", "Ada Brandt", "quoted", "words") == 7
    assert cell(table, "South", "Ada Brandt", "quoted", "words") == 0
    assert cell(table, "North", "Lev Oduya", "reported", "words") == 4
    assert cell(table, "South", "not named", "quoted", "share") == 1
    assert len(table) == 3 * 2 * 2


def test_of_very_many_speakers_the_zeros_of_those_least_heard_are_left_out(monkeypatch) -> None:
    whole = voices(QUOTED, ARTICLES, REPORTED)
    monkeypatch.setattr(sys.modules["analysis.framing.voices"], "_CELLS", 2)
    table = voices(QUOTED, ARTICLES, REPORTED)
    assert (table["words"] == 0).sum() == 3, "those of the one who is heard most"
    pd.testing.assert_frame_equal(
        table[table["words"] > 0].reset_index(drop=True), whole[whole["words"] > 0].reset_index(drop=True)
    )


def test_tells_officials_from_others_by_the_office_beside_the_name() -> None:
    groups = voices(QUOTED, ARTICLES, REPORTED).groupby("speaker")["group"].first()
    assert dict(groups) == {"Ada Brandt": "official", "Lev Oduya": "other", "not named": "not named"}


def test_a_quotation_inside_a_reported_statement_counts_once() -> None:
    whole = pd.DataFrame([{"article_id": "b", "start": 0, "end": len(BODIES["b"]), "speaker": "Oda Brix"}])
    table = voices(QUOTED, ARTICLES, whole)
    assert cell(table, "South", "Oda Brix", "reported", "words") == 3
    assert table.loc[table["outlet"] == "South", "words"].sum() == 6


def test_terms_and_nested_quotations_are_nobodys_words() -> None:
    table = voices(QUOTED.assign(kind="term"), ARTICLES)
    assert table.empty and "share" in table


def test_events_are_kept_apart() -> None:
    table = voices(QUOTED, ARTICLES.assign(event=["one", "two"]))
    assert set(zip(table["event"], table["outlet"], table["speaker"], strict=True)) == {
        ("one", "North", "Ada Brandt"),
        ("two", "South", "not named"),
    }


def test_missing_columns_are_named() -> None:
    with pytest.raises(TableError, match="start"):
        voices(QUOTED.drop(columns="start"), ARTICLES)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=20), st.integers(-5, 80), st.integers(-5, 80))
def test_never_raises_and_shares_are_shares(body: str, speaker: str, start: int, end: int) -> None:
    articles = pd.DataFrame({"article_id": ["x"], "body": [body]})
    spoken = pd.DataFrame(
        [{"article_id": "x", "start": start, "end": end, "kind": "direct", "speaker": speaker}]
    )
    table = voices(spoken, articles, spoken)
    assert table["share"].between(0, 1).all() and table["share_of_text"].between(0, 1).all()


@pytest.mark.parametrize("speaker", ["two lower courts", "The", "Her demands", "10-year-old lawsuit"])
def test_a_speaker_without_a_name_in_it_is_not_named(speaker: str) -> None:
    assert set(voices(QUOTED.assign(speaker=speaker, unnamed=False), ARTICLES)["speaker"]) == {"not named"}


@pytest.mark.parametrize(
    ("body", "speaker", "group"),
    [
        ('Judge Roberta Hill asked Mr. Sellen. "It is fair," Mr. Sellen said.', "Sellen", "other"),
        (
            'Judge Ira Hill Jr. asked Theo Brix Jr. about it. "It is fair," Mr. Brix said.',
            "Theo Brix Jr.",
            "other",
        ),
        ('Chief Judge Ira Hill Jr. spoke. "It is fair," he said.', "Ira Hill Jr.", "official"),
    ],
)
def test_the_office_of_one_person_is_not_that_of_the_next(body: str, speaker: str, group: str) -> None:
    start = body.index("It is fair")
    quoted = pd.DataFrame(
        [{"article_id": "a", "start": start, "end": start + 10, "kind": "direct", "speaker": speaker}]
    )
    table = voices(quoted, pd.DataFrame({"article_id": ["a"], "body": [body]}))
    assert set(table["group"]) == {group}
