"""Coverage of facts, what it says about outlets, and claims that a person wrote."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.framing.claims_file import load_claims
from analysis.framing.coverage import COVERAGE, coverage
from analysis.framing.fact_tables import (
    FACT_ORDER,
    FACT_OVERLAP,
    FACT_ROLES,
    fact_order,
    fact_overlap,
    fact_roles,
)
from analysis.framing.facts import find_facts
from analysis.schema import TableError

BODIES = {
    "north": "The council voted on Monday to close the old bridge. Engineers found 14 cracks in the main span.",
    "south": "Shopkeepers protested. Engineers have found fourteen cracks in the bridge's main span, the city said.",
    "east": "A choir sang at the opening of the new library, and the mayor read a poem to the children.",
}
CLAIMS = {
    "claims": [
        {"id": "cracks", "text": "Engineers found 14 cracks in the main span"},
        {"id": "vote", "text": "The council voted to close the bridge"},
        {"id": "choir", "text": "A choir sang at the library"},
        {"id": "ferry", "text": "A ferry will replace the bus to the islands"},
    ]
}


@pytest.fixture
def articles() -> pd.DataFrame:
    return pd.DataFrame({"article_id": list(BODIES), "outlet": list(BODIES), "body": list(BODIES.values())})


def statuses(covered: pd.DataFrame) -> dict[str, dict[str, str]]:
    return covered.pivot(index="fact_id", columns="article_id", values="status").to_dict("index")


def test_every_cell_says_who_reports_what(articles: pd.DataFrame) -> None:
    found = statuses(coverage(load_claims(CLAIMS), articles))
    assert found["cracks"] == {"north": "told", "south": "told", "east": "not found"}
    assert found["vote"]["north"] == "told"
    assert found["vote"]["east"] == "not found"
    assert found["choir"]["east"] == "told"
    assert set(found["ferry"].values()) == {"not found"}


def test_a_cell_points_to_its_passage_and_says_what_was_searched(articles: pd.DataFrame) -> None:
    covered = coverage(load_claims(CLAIMS), articles).set_index(["fact_id", "article_id"])
    cell = covered.loc[("cracks", "south")]
    assert "fourteen cracks" in BODIES["south"][cell["start"] : cell["end"]]
    assert "fourteen" in cell["searched"]
    assert "ferry" in covered.loc[("ferry", "north")]["searched"]


def test_another_figure_is_not_told(articles: pd.DataFrame) -> None:
    claims = load_claims({"claims": [{"id": "x", "text": "Engineers found 90 cracks in the main span"}]})
    found = statuses(coverage(claims, articles))["x"]
    assert found["north"] != "told"
    assert found["south"] != "told"


def test_tellings_of_found_facts_are_told(articles: pd.DataFrame) -> None:
    facts = find_facts(articles)
    covered = coverage(facts, articles)
    own = facts.merge(covered, on=["fact_id", "article_id"], suffixes=("", "_covered"))
    assert set(own["status"]) == {"told"}
    assert (own["start"] == own["start_covered"]).all()


def test_facts_are_sought_in_their_event_only(articles: pd.DataFrame) -> None:
    apart = articles.assign(event=["bridge", "bridge", "library"])
    covered = coverage(find_facts(apart), apart)
    assert set(covered.loc[covered["fact_id"].str.startswith("library"), "article_id"]) == {"east"}


def test_roles_overlap_and_order(articles: pd.DataFrame) -> None:
    covered = coverage(load_claims(CLAIMS), articles)
    roles = fact_roles(covered).set_index("fact_id")
    assert roles.loc["cracks", "role"] == "shared"
    assert roles.loc["cracks", "outlets"] == ["north", "south"]
    assert roles.loc["choir", "role"] == "own"
    assert roles.loc["ferry", "role"] == "none"
    bridge = fact_roles(coverage(load_claims(CLAIMS), articles.iloc[:2])).set_index("fact_id")
    assert bridge.loc["cracks", "role"] == "core"

    pair = fact_overlap(covered).set_index(["a", "b"]).loc[("north", "south")]
    assert pair["both"] == 1
    assert fact_overlap(covered).set_index(["a", "b"]).loc[("north", "east")]["both"] == 0

    order = fact_order(covered, articles)
    north = order[order["article_id"] == "north"]
    assert list(north["fact_id"]) == ["vote", "cracks"]
    assert list(north["rank"]) == [1, 2]
    assert north["prominence"].iloc[0] == 1.0


def told(article: str, *facts: str) -> pd.DataFrame:
    """A coverage table of one article that tells these facts, one after another."""
    return pd.DataFrame(
        {
            "fact_id": facts,
            "article_id": article,
            "outlet": article,
            "status": "told",
            "start": range(0, 10 * len(facts), 10),
            "end": range(5, 10 * len(facts) + 5, 10),
        }
    )


def test_the_same_and_the_reverse_order_of_facts() -> None:
    facts = list("abcdefgh")
    pairs = fact_overlap(
        pd.concat([told("one", *facts), told("same", *facts), told("other", *reversed(facts))])
    ).set_index(["a", "b"])
    same, other = pairs.loc[("one", "same")], pairs.loc[("one", "other")]
    assert same["tau"] == pytest.approx(1) and same["tau_low"] > 0 and same["order_known"]
    assert other["tau"] == pytest.approx(-1) and other["tau_high"] < 0
    assert same["shared"] == facts
    assert same["low"] < 1.0 == same["share"] and not same["sufficient"], (
        "eight facts are too few for a share"
    )


def test_few_shared_facts_have_no_order_to_speak_of() -> None:
    pair = fact_overlap(pd.concat([told("one", *"abcde"), told("two", *"abcde")])).iloc[0]
    assert pair["tau"] == pytest.approx(1)
    assert not pair["order_known"]
    assert pd.isna(pair["tau_low"])


def test_the_place_of_a_fact_is_its_sentence(articles: pd.DataFrame) -> None:
    order = fact_order(coverage(load_claims(CLAIMS), articles), articles)
    north = order[order["article_id"] == "north"]
    assert list(north["sentence"]) == [1, 2]
    assert list(north["weight"]) == pytest.approx([1.0, 0.6309], abs=1e-4)


def test_empty_tables_keep_their_columns(articles: pd.DataFrame) -> None:
    none = coverage(find_facts(articles.iloc[:0]), articles)
    assert list(none.columns) == list(COVERAGE.columns)
    assert list(fact_roles(none).columns) == list(FACT_ROLES.columns)
    assert list(fact_overlap(none).columns) == list(FACT_OVERLAP.columns)
    assert list(fact_order(none, articles).columns) == list(FACT_ORDER.columns)


def test_a_claims_file_is_read_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "claims.yml"
    path.write_text(
        "claims:\n  - {id: 007, text: The bridge is closed}\n  - The tunnel is open\n", encoding="utf-8"
    )
    claims = load_claims(path)
    assert list(claims["text"]) == ["The bridge is closed", "The tunnel is open"]
    assert claims["fact_id"].is_unique


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "claims:"),
        ({"claims": "a text"}, "list"),
        ({"claims": [{"id": "a"}]}, "entry 1 has no text"),
        ({"claims": [{"id": "a", "text": "x"}, {"id": "a", "text": "y"}]}, "twice"),
        ({"claims": [{"id": "a", "txt": "x"}]}, "txt"),
        ({"claims": [3]}, "entry 1"),
    ],
)
def test_a_wrong_claims_file_names_its_mistake(data: dict[str, object], says: str) -> None:
    with pytest.raises(TableError, match=says):
        load_claims(data)


def test_broken_yaml_is_a_table_error(tmp_path: Path) -> None:
    path = tmp_path / "claims.yml"
    path.write_text("claims: [", encoding="utf-8")
    with pytest.raises(TableError, match=r"claims\.yml"):
        load_claims(path)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=150), min_size=1, max_size=3))
def test_never_raises_on_any_text(bodies: list[str]) -> None:
    articles = pd.DataFrame({"article_id": [str(n) for n in range(len(bodies))], "body": bodies})
    facts = find_facts(articles)
    covered = coverage(facts, articles)
    assert len(covered) == len(facts) * len(bodies)
    for row in covered.itertuples():
        assert -1 <= row.start <= row.end <= len(bodies[int(row.article_id)])


def test_of_many_articles_those_that_tell_most_are_paired() -> None:
    covered = pd.concat([told("much", *"abc"), told("some", *"ab"), told("little", "a")])
    pairs = fact_overlap(covered, most=2)
    assert pairs[["a", "b"]].to_numpy().tolist() == [["much", "some"]]


def test_blocks_of_articles_give_what_one_block_gives(
    articles: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = load_claims(CLAIMS)
    whole = coverage(claims, articles)
    monkeypatch.setattr(sys.modules[coverage.__module__], "_TOGETHER", 2)
    pd.testing.assert_frame_equal(coverage(claims, articles), whole)


def test_names_of_one_event_hold_in_no_other() -> None:
    """A table of names, as `role_table` makes it: the mayor is Ana Brandt in one event, and nobody in the other."""
    articles = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "event": ["flood", "strike"],
            "body": [
                "Ana Brandt opened the dam gates. Rain fell.",
                "Ana Brandt opened the dam gates. Rain fell.",
            ],
        }
    )
    facts = pd.DataFrame(
        {
            "fact_id": ["f", "s"],
            "event": ["flood", "strike"],
            "text": ["The mayor opened the dam gates.", "The mayor opened the dam gates."],
        }
    )
    names = pd.DataFrame(
        {"event": ["flood", "flood"], "canonical": ["Ana Brandt"] * 2, "alias": ["Ana Brandt", "the mayor"]}
    )
    found = coverage(facts, articles, names).set_index("fact_id")
    assert found.loc["f", "score"] > found.loc["s", "score"]
    assert "Ana Brandt" in found.loc["f", "searched"]
    assert "Ana Brandt" not in found.loc["s", "searched"]
    assert coverage(facts.head(0), articles, names).empty
