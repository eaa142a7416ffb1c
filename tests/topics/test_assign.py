import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import articles_from_texts, assign_topics, units
from analysis.topics import ASSIGNMENTS, CodebookError, main_topics

BOOK = {
    "storm": ["storm", "storm surge", "flooded"],
    "money": ["cost", "insurance", "million"],
    "repair": ["repair", "rebuil*"],
}


def of(text, book=BOOK, **options):
    table = units(articles_from_texts({"a": text}, clean=False))
    return assign_topics(table, book, **options), table


def shares(assigned, unit="a#p0"):
    here = assigned[assigned["unit_id"] == unit]
    return dict(zip(here["topic"], here["share"], strict=True))


def test_words_count_in_all_their_inflections():
    assigned, _ = of("Storms flood the town; repairing it, and rebuilding, will cost much.")
    assert set(shares(assigned)) == {"storm", "repair", "money"}


def test_a_phrase_counts_before_the_words_in_it():
    book = {"sea": ["storm surge"], "weather": ["storm"]}
    assigned, _ = of("The storm-surge broke the gate.", book)
    assert shares(assigned) == {"sea": 1.0}


def test_evidence_points_to_the_words_as_they_stand():
    text = "Rain fell on Friday.\n\nThe Storm surge flooded the town."
    assigned, _ = of(text)
    row = assigned[assigned["unit_id"] == "a#p1"].iloc[0]
    assert row["evidence"] == ["Storm surge", "flooded"]
    spans = [tuple(map(int, span.split("-"))) for span in row["evidence_spans"]]
    assert [text[a:b] for a, b in spans] == ["Storm surge", "flooded"]
    assert row["basis"] == "terms"


def test_a_unit_without_a_term_is_unassigned():
    assigned, _ = of("Nothing of the kind was said.")
    assert shares(assigned) == {"unassigned": 1.0}
    assert assigned["basis"].tolist() == ["none"]


def test_a_heading_speaks_for_the_paragraphs_below_it():
    text = "What the Storm Did\nNobody had expected so much water in so short a time on that day.\n\nThe cost is unknown, but nobody was hurt, and that was what counted for most."
    assigned, _ = of(text)
    first = assigned[assigned["unit_id"] == "a#p0"].iloc[0]
    assert (first["topic"], first["basis"], first["evidence"]) == ("storm", "heading", ["Storm"])
    second = shares(assigned, "a#p1")
    assert second["money"] > second["storm"] > 0  # the paragraph's own words weigh more


def test_an_excluded_phrase_switches_a_term_off():
    book = {
        "topics": [
            {"id": "order", "terms": ["order"], "exclude": ["in order to"]},
            {"id": "storm", "terms": ["storm"]},
        ]
    }
    assert shares(of("In order to reopen, they wait.", book)[0]) == {"unassigned": 1.0}
    assert shares(of("They restored order.", book)[0]) == {"order": 1.0}


def test_different_words_of_one_stem_match_as_written():
    book = {"police": ["security"], "finance": ["securities"]}
    assert shares(of("Securities fell.", book)[0]) == {"finance": 1.0}
    assert shares(of("Security was tight.", book)[0]) == {"police": 1.0}


def test_weights_and_rarity_decide_between_topics():
    book = {"a": {"harbour": 1}, "b": {"ship": 3}}
    got = shares(of("A ship in the harbour.", book)[0])
    assert got["b"] == pytest.approx(0.75)


def test_topic_ids_come_back_unchanged():
    assigned, _ = of("The storm came.", {"Sci/Tech {{x}} ": ["storm"]})
    assert assigned["topic"].tolist() == ["Sci/Tech {{x}} "]


def test_empty_units_give_an_empty_table():
    assigned = assign_topics(units(pd.DataFrame(columns=["article_id", "body"])), BOOK)
    assert assigned.empty and list(assigned.columns) == list(ASSIGNMENTS.columns)


def test_unknown_method_and_bad_codebook():
    with pytest.raises(ValueError, match="'auto', 'terms' or 'refined'"):
        of("x", method="best")
    with pytest.raises(CodebookError):
        of("x", {})


def test_main_topic_of_each_unit():
    assigned, _ = of("The storm flooded the town and will cost much.\n\nNothing more.")
    assert main_topics(assigned).to_dict() == {"a#p0": "storm", "a#p1": "unassigned"}


FIELDS = {
    "sea": ("harbour", "ship sail tide anchor captain deck cargo crew mast wharf"),
    "farm": ("field", "wheat plough barn cattle harvest tractor orchard sheep hay soil"),
}


def many_units(n=400):
    """Units that hold a topic's word only now and then, but always words that go along with it."""
    chance = random.Random(0)
    truth = [("sea", "farm")[i % 2] for i in range(n)]
    rows = []
    for i, topic in enumerate(truth):
        word, others = FIELDS[topic]
        text = " ".join(chance.sample(others.split(), 4))
        rows.append({"article_id": f"{i}", "body": f"The {word if i % 6 < 2 else 'place'} {text}."})
    return units(pd.DataFrame(rows)), truth


def test_many_units_teach_the_words_that_go_along():
    table, truth = many_units()
    book = {topic: [seed_word] for topic, (seed_word, _) in FIELDS.items()}
    by_terms = main_topics(assign_topics(table, book, method="terms"))
    learned = assign_topics(table, book)
    main = main_topics(learned)
    assert (by_terms == "unassigned").mean() > 0.6
    assert (main.to_numpy() == truth).mean() == 1.0
    reached = learned[learned["basis"] == "refined"].iloc[0]
    assert reached["evidence"] and set(reached["evidence"]) <= set(FIELDS[reached["topic"]][1].split())


def test_where_terms_teach_nothing_only_terms_count():
    table, _ = many_units()
    # these two words say nothing about the rest of the unit
    table["text"] = [
        "alpha " * (i % 3 == 0) + "omega " * (i % 3 == 1) + t for i, t in enumerate(table["text"])
    ]
    assigned = assign_topics(table, {"a": ["alpha"], "o": ["omega"]})
    assert "refined" not in set(assigned["basis"])


def test_other_events_change_nothing():
    sea, _ = many_units(200)
    rain = units(
        pd.DataFrame(
            [{"article_id": f"r{i}", "body": f"Ship field rain{i % 7}.", "event": "rain"} for i in range(40)]
        )
    )
    book = {topic: [word] for topic, (word, _) in FIELDS.items()}
    together = assign_topics(pd.concat([rain, sea.assign(event="sea")], ignore_index=True), book)
    alone = pd.concat([assign_topics(rain, book), assign_topics(sea, book)], ignore_index=True)
    pd.testing.assert_frame_equal(together, alone)


def test_copies_of_one_text_are_no_proof():
    # twenty texts that have nothing to do with each other, each printed ten times
    rows = [
        {"article_id": f"{i}-{j}", "body": f"The {('storm', 'cost')[i % 2]} word{i}a word{i}b word{i}c."}
        for i in range(20)
        for j in range(10)
    ]
    assigned = assign_topics(units(pd.DataFrame(rows)), BOOK)
    assert set(assigned["basis"]) == {"terms"}
    assert set(assigned["share"]) == {1.0}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=120), max_size=6), st.sampled_from(["auto", "terms", "refined"]))
def test_shares_sum_to_one_on_any_text(texts, method):
    table = units(articles_from_texts({f"{i}": t for i, t in enumerate([*texts, "storm cost"])}, clean=False))
    assigned = assign_topics(table, BOOK, method=method)
    assert assigned.groupby("unit_id")["share"].sum().round(9).eq(1).all()
    assert set(assigned["unit_id"]) == set(table["unit_id"])
