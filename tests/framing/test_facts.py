"""Facts: the statements of articles, each once."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.framing.facts import ALIGNED, FACTS, align_sentences, find_facts, only_most_told

NORTH = (
    "The council voted on Monday to close the old bridge. Engineers found 14 cracks in the main span. "
    "Traffic will use the tunnel road until spring."
)
SOUTH = (
    "Engineers have found 14 cracks in the bridge's main span, the city said. "
    "On Monday the council voted to close the old bridge; shopkeepers on Mill Street fear for their trade."
)
EAST = "Engineers found 41 cracks in the main span. A choir sang at the opening of the library."


def table(**bodies: str) -> pd.DataFrame:
    return pd.DataFrame({"article_id": list(bodies), "outlet": list(bodies), "body": list(bodies.values())})


def fact_with(facts: pd.DataFrame, words: str) -> pd.Series:
    (found,) = [row for _, row in facts.iterrows() if words in row["text"]]
    return found


def test_a_statement_of_two_articles_is_one_fact() -> None:
    facts = find_facts(table(north=NORTH, south=SOUTH))
    assert fact_with(facts, "14 cracks")["n_articles"] == 2
    assert fact_with(facts, "voted")["n_articles"] == 2
    assert fact_with(facts, "shopkeepers")["n_articles"] == 1  # a clause of its own


def test_what_most_articles_tell_comes_first() -> None:
    counts = list(find_facts(table(north=NORTH, south=SOUTH))["n_articles"])
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Engineers found 14 cracks in the main span.", "Engineers found 41 cracks in the main span."),
        ("The board approved the budget plan.", "The board never approved the budget plan."),
        ("The hearing on the harbour opens on Monday.", "The hearing on the harbour opens on Friday."),
        ("The envoy met minister Anna Lund in Oslo.", "The envoy met minister Piet Vos in Oslo."),
    ],
)
def test_figures_negations_days_and_names_keep_facts_apart(one: str, other: str) -> None:
    assert list(find_facts(table(a=one, b=other))["n_articles"]) == [1, 1]


def test_unlike_things_are_not_chained_together() -> None:
    bodies = {
        "a": "The harbour board approved plans for a ferry terminal near the fish market.",
        "b": "The harbour board approved plans for a ferry terminal near the fish market and a tram line to the airport.",
        "c": "The city approved a tram line to the airport.",
    }
    facts = find_facts(table(**bodies))
    assert facts["n_articles"].max() == 2


def test_facts_of_one_article_and_of_none() -> None:
    assert len(find_facts(table(north=NORTH))) == 3
    empty = find_facts(table())
    assert list(empty.columns) == list(FACTS.columns)
    assert list(align_sentences(table()).columns) == list(ALIGNED.columns)


def test_events_are_kept_apart() -> None:
    articles = table(north=NORTH, south=SOUTH).assign(event=["bridge", "bridge-2"])
    facts = find_facts(articles)
    assert set(facts["n_articles"]) == {1}
    assert facts["fact_id"].is_unique
    assert align_sentences(articles).empty


def test_kinds_tell_quoted_words_from_reports() -> None:
    body = (
        "The bridge is closed to lorries. “The bridge is safe for people on foot,” Mara Quist said. "
        "Engineers said the main span was cracked."
    )
    kinds = dict(find_facts(table(a=body))[["text", "kind"]].itertuples(index=False))
    assert list(kinds.values()) == ["sentence", "quotation", "reported"]


def test_headings_state_nothing() -> None:
    body = "Long Road to Repair\nEngineers found 14 cracks in the main span. Work begins in May and will last a year."
    assert not any("Long Road" in text for text in find_facts(table(a=body))["text"])


def test_a_limit_keeps_what_most_tell() -> None:
    facts = find_facts(table(north=NORTH, south=SOUTH), limit=2)
    assert list(facts["n_articles"]) == [2, 2]


def test_sentences_are_aligned_across_articles_best_first() -> None:
    pairs = align_sentences(table(north=NORTH, south=SOUTH, east=EAST))
    assert (pairs["a"] != pairs["b"]).all()
    assert pairs["score"].is_monotonic_decreasing
    best = pairs.iloc[0]
    bodies = {"north": NORTH, "south": SOUTH, "east": EAST}
    assert (
        "cracks" in bodies[best["a"]][best["a_start"] : best["a_end"]] or "council" in NORTH[: best["a_end"]]
    )
    assert pairs["score"].between(0, 1).all()


def test_the_same_tables_whatever_the_index() -> None:
    articles = table(north=NORTH, south=SOUTH, east=EAST)
    moved = articles.set_index(pd.Index([7, 7, 3]))
    pd.testing.assert_frame_equal(find_facts(articles), find_facts(moved))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=200), max_size=4))
def test_offsets_hold_on_any_text(bodies: list[str]) -> None:
    articles = table(**{f"a:{n}": body for n, body in enumerate(bodies)})
    where = dict(zip(articles["article_id"], articles["body"], strict=True))
    facts = find_facts(articles)
    for row in facts.itertuples():
        assert row.text == where[row.article_id][row.start : row.end]
        for telling in row.tellings:
            article_id, start, end = telling.rsplit(":", 2)
            assert where[article_id][int(start) : int(end)].strip()


def test_who_asked_is_no_statement_of_its_own() -> None:
    texts = find_facts(
        table(
            n="“How will the city pay the workers back?” Judge Ana Kerr asked. The council went home early."
        )
    )["text"]
    assert "Judge Ana Kerr asked." not in list(texts)
    assert any("pay the workers" in text and "Kerr asked" in text for text in texts)


def test_a_date_line_states_nothing() -> None:
    texts = find_facts(table(n="Harbour Morning News, 3 March. The council closed the old bridge."))["text"]
    assert list(texts) == ["The council closed the old bridge."]


def test_it_is_known_when_only_the_most_told_facts_were_kept() -> None:
    articles = pd.DataFrame({"event": ["a"] * 2000 + ["b"] * 3})
    facts = pd.DataFrame({"event": ["a"] * 99 + ["b"] * 100})
    assert not only_most_told(facts, articles)  # three articles may have many more facts
    assert only_most_told(pd.DataFrame({"event": ["a"] * 100}), articles)
    assert not only_most_told(pd.DataFrame({"text": ["a claim of a person"]}), articles)
