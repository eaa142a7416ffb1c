import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis
from analysis.segments import UNITS, headings, units

BODY = """Harbour reopens after nine days
The harbour of Westport reopened on Monday, nine days after the storm tore its gates away. Ships had waited outside.

What the Repairs Cost
The council put the cost at two million. "We had to act," said its head.
It will be shared with the state.
"""


def one(body: str, **columns: str) -> pd.DataFrame:
    return pd.DataFrame([{"article_id": "a", "body": body, **columns}])


def test_paragraphs_stand_under_their_headings():
    table = units(one(BODY, outlet="The Westport Echo"))
    assert table["heading"].tolist() == [
        "Harbour reopens after nine days",
        "What the Repairs Cost",
        "What the Repairs Cost",
    ]
    assert table["position"].tolist() == [0, 1, 2]
    assert table["unit_id"].tolist() == ["a#p0", "a#p1", "a#p2"]
    assert set(table["outlet"]) == {"The Westport Echo"}


def test_sentences_know_their_paragraph_and_heading():
    table = units(one(BODY), by="sentence")
    assert table["text"].tolist() == [
        "The harbour of Westport reopened on Monday, nine days after the storm tore its gates away.",
        "Ships had waited outside.",
        "The council put the cost at two million.",
        '"We had to act," said its head.',
        "It will be shared with the state.",
    ]
    assert table["paragraph"].tolist() == [0, 0, 1, 1, 2]
    assert table["heading"].iloc[-1] == "What the Repairs Cost"


def test_a_whole_article_is_one_unit_with_its_headings():
    table = units(one(BODY), by="article")
    assert table["text"].tolist() == [BODY.strip()]
    assert table["heading"].tolist() == [""]


@pytest.mark.parametrize(
    "line",
    [
        "He agreed.",  # a sentence
        "Also read:",  # introduces something
        "“We will not go back",  # speech that runs on
        "- two loaves",  # a list
        "the ships that had been waiting outside",  # begins in the middle
    ],
)
def test_what_is_no_heading_is_kept(line):
    body = f"The harbour reopened on Monday.\n{line}\nShips had waited outside for nine days."
    assert line in units(one(body))["text"].tolist()


def test_three_short_lines_in_a_row_are_a_list():
    body = (
        "Three ships came in.\nMary Rose\nBlue Heron\nOld Tom\nAll of them had waited outside for nine days."
    )
    assert len(units(one(body))) == 5


def test_a_short_last_line_is_no_heading():
    body = "The harbour reopened on Monday.\nWestport Echo"
    assert headings(body) == []


def test_any_id_outlet_and_event_come_back_unchanged():
    table = units(
        pd.DataFrame([{"article_id": "007#p1", "body": "Rain fell.", "outlet": "NA", "event": "rain, again"}])
    )
    assert table.loc[0, ["article_id", "outlet", "event"]].tolist() == ["007#p1", "NA", "rain, again"]


def test_no_text_no_units():
    assert units(one(" \n\n ")).empty
    assert list(units(pd.DataFrame(columns=["article_id", "body"])).columns) == list(UNITS.columns)


def test_unknown_kind_of_unit_names_the_known_ones():
    with pytest.raises(ValueError, match="'paragraph', 'sentence', 'article'"):
        units(one(BODY), by="word")


def test_the_package_gives_the_function():
    assert analysis.units is units


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["paragraph", "sentence", "article"]))
def test_units_are_slices_in_order(body, by):
    table = units(one(body), by=by)
    assert [body[a:b] for a, b in zip(table["start"], table["end"], strict=True)] == table["text"].tolist()
    assert table["start"].is_monotonic_increasing
    assert (table["start"].iloc[1:].to_numpy() >= table["end"].iloc[:-1].to_numpy()).all()
    assert not table["unit_id"].duplicated().any()
