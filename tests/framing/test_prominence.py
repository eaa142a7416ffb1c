import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.framing import openings, prominence
from analysis.schema import TableError


def one(body: str, title: str | None = None) -> pd.DataFrame:
    return pd.DataFrame({"article_id": ["a"], "outlet": ["O"], "title": [title], "body": [body]})


@pytest.mark.parametrize(
    ("body", "actor", "verb", "voice"),
    [
        ("Port workers rejected the offer.", "Port workers", "rejected", "active"),
        ("On Monday, the mayor of Lund opened a bridge.", "the mayor of Lund", "opened", "active"),
        ("LUND — Two ministers on Friday signed the deal.", "Two ministers", "signed", "active"),
        (
            "The harbour, which was built in 1900, has been closed by the city.",
            "The harbour",
            "has been closed",
            "passive",
        ),
        ("Ada Brandt, the foreign minister, said she would resign.", "Ada Brandt", "said", "active"),
        (
            "Dock workers at the old port walked off the job.",
            "Dock workers at the old port",
            "walked",
            "active",
        ),
        ("The deal was not signed.", "The deal", "was not signed", "passive"),
    ],
)
def test_finds_the_actor_of_the_first_sentence(body: str, actor: str, verb: str, voice: str) -> None:
    row = openings(one(body)).iloc[0]
    assert (row["actor"], row["verb"], row["voice"]) == (actor, verb, voice)
    assert body[row["actor_start"] : row["actor_end"]] == actor
    assert row["text"] == body[row["start"] : row["end"]] == body


def test_without_a_verb_there_is_no_actor() -> None:
    row = openings(one("What a day.")).iloc[0]
    assert row["actor"] == "" and row["actor_start"] == -1 and row["voice"] == ""


def test_places_and_weights_of_marks() -> None:
    body = "Fish first. Then boats.\nMore fish later. Nothing here. Boats again."
    marks = pd.DataFrame(
        {"article_id": "a", "start": [0, 17, 29, 55], "label": ["fish", "boats", "fish", "boats"]}
    )
    table = prominence(one(body, "A fish story"), marks).set_index("label")
    fish, boats = table.loc["fish"], table.loc["boats"]
    assert fish["in_headline"] and fish["in_first_sentence"] and fish["rank"] == 1 and fish["first"] == 0
    assert not boats["in_headline"] and not boats["in_first_sentence"] and boats["in_first_paragraph"]
    assert fish["share"] == boats["share"] == 0.5
    assert fish["weighted_share"] > 0.5 > boats["weighted_share"]
    assert fish["weighted_share"] + boats["weighted_share"] == pytest.approx(1)


def test_labels_of_an_event_stand_for_each_article_with_zeros() -> None:
    articles = pd.DataFrame(
        {"article_id": ["a", "b"], "body": ["Old Lund sleeps. In Lund it rains.", "Rain fell on Lund."]}
    )
    table = prominence(articles)
    assert set(table["label"]) == {"Lund"}  # "Old" stands only at the start of a sentence
    assert set(table["article_id"]) == {"a", "b"} and len(table) == 2 * table["label"].nunique()
    with pytest.raises(TableError, match="label"):
        prominence(articles, pd.DataFrame({"article_id": ["a"], "start": [0]}))


def test_a_heading_is_no_opening() -> None:
    body = "What Happens Next\nThe council voted to close the old harbour road on Friday night."
    assert openings(one(body))["actor"].iloc[0] == "The council"


def test_empty_input_keeps_its_columns() -> None:
    assert openings(one("")).empty and "voice" in openings(one("").iloc[:0])
    assert "weighted_share" in prominence(one("").iloc[:0])


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from("The mayor , who was said to has . : — ( ) on Lund \n".split(" ")), max_size=25
    ).map(" ".join)
)
def test_never_raises_and_offsets_hold(body: str) -> None:
    for row in openings(one(body)).itertuples():
        assert row.text == body[row.start : row.end]
        assert row.actor == (body[row.actor_start : row.actor_end] if row.actor_start >= 0 else "")
    assert prominence(one(body, body))["share"].between(0, 1).all()


def test_marks_may_weigh_differently_and_say_what_the_headline_holds() -> None:
    marks = pd.DataFrame(
        {"article_id": "a", "start": [0, 0, 0], "label": ["x", "y", "y"], "weight": [3.0, 1.0, 1.0],
         "in_title": [False, False, True]}
    )  # fmt: skip
    table = prominence(one("Fish first. Then boats.", "About x"), marks).set_index("label")
    assert table.loc["x", "share"] == 0.75
    assert table.loc["y", "in_headline"] and not table.loc["x", "in_headline"]


def test_who_acts_in_the_headline() -> None:
    row = openings(one("Port workers rejected the offer.", "Port workers reject offer")).iloc[0]
    assert row["headline_actor"] == "Port workers" and row["headline_verb"] == "reject"
    assert row["title"][row["headline_start"] : row["headline_end"]] == "Port workers"
    assert openings(one("Port workers rejected the offer.")).iloc[0]["headline_start"] == -1


def test_of_very_many_labels_the_commonest_are_kept(monkeypatch) -> None:
    module = sys.modules["analysis.framing.prominence"]
    monkeypatch.setattr(module, "_CELLS", 2)
    monkeypatch.setattr(module, "_FEWEST", 2)
    marks = pd.DataFrame(
        [
            {"article_id": "a", "start": start, "label": label}
            for start, label in enumerate(["x", "y", "y", "z", "z"])
        ]
    )
    assert set(prominence(one("Rain fell on the town."), marks)["label"]) == {"y", "z"}
