import numpy as np
import pandas as pd
import pytest

from analysis import codebook_agreement, topic_distances, topic_shares
from analysis.topics import TOPIC_DISTANCES, TOPIC_SHARES


def tables(*articles):
    """Units and assignments from (outlet, article_id, topics in order[, event])."""
    rows, assigned = [], []
    for outlet, article, topics, *event in articles:
        for i, topic in enumerate(topics):
            unit = f"{article}#p{i}"
            rows.append(
                {
                    "unit_id": unit,
                    "article_id": article,
                    "outlet": outlet,
                    "position": i,
                    "event": (event or [""])[0],
                }
            )
            assigned.append({"unit_id": unit, "topic": topic, "share": 1.0})
    return pd.DataFrame(assigned), pd.DataFrame(rows)


def test_shares_by_outlet_with_zeros_and_unassigned_last():
    a, u = tables(("North", "n", ["x", "x", "y", "unassigned"]), ("South", "s", ["y", "y"]))
    table = topic_shares(a, u).set_index(["outlet", "topic"])
    assert table["share"].to_dict() == {
        ("North", "x"): 0.5, ("North", "y"): 0.25, ("North", "unassigned"): 0.25,
        ("South", "x"): 0.0, ("South", "y"): 1.0, ("South", "unassigned"): 0.0,
    }  # fmt: skip
    assert (table["low"] <= table["share"]).all() and (table["share"] <= table["high"]).all()
    assert table.loc[("South", "x"), "high"] > 0.5  # two paragraphs say little
    assert table["n_units"].to_dict()[("North", "x")] == 4
    assert not table["sufficient"].any()


def test_several_articles_of_an_outlet_are_added_up():
    a, u = tables(("North", "n1", ["x"]), ("North", "n2", ["y", "y", "y"]))
    assert topic_shares(a, u).set_index("topic")["share"].to_dict() == {"x": 0.25, "y": 0.75}


def test_events_are_kept_apart():
    a, u = tables(("N", "1", ["x"] * 3, "rain"), ("S", "2", ["y"] * 3, "rain"), ("N", "3", ["z"] * 3, "sun"))
    assert set(topic_shares(a, u).query("event == 'sun'")["topic"]) == {"z"}
    assert topic_distances(a, u)[["event", "outlet_a", "outlet_b"]].to_numpy().tolist() == [
        ["rain", "N", "S"]
    ]


def test_short_outlets_get_no_p_value():
    a, u = tables(("N", "1", list("xyxyx")), ("S", "2", list("xyyyx") * 5))
    row = topic_distances(a, u).iloc[0]
    assert not row["sufficient"] and row["note"] == "insufficient text"
    assert np.isnan(row["p"]) and np.isnan(row["p_holm"]) and row["null_high"] > 0


def test_a_clear_difference_survives_the_correction_and_none_does_not():
    a, u = tables(("N", "1", list("xxyx") * 10), ("S", "2", list("xyxx") * 10), ("W", "3", list("zwzz") * 10))
    table = topic_distances(a, u, replicates=199).set_index(["outlet_a", "outlet_b"])
    assert table.loc[("N", "S"), "p_holm"] > 0.5
    assert table.loc[("N", "W"), "p_holm"] < 0.05 and table.loc[("S", "W"), "jsd"] > 0.8
    assert (table["p_holm"] >= table["p"]).all()


def test_the_order_of_rows_does_not_matter():
    a, u = tables(("N", "1", list("xxyxz") * 4), ("S", "2", list("xyxxy") * 4))
    shuffled = topic_distances(a.sample(frac=1, random_state=1), u)
    pd.testing.assert_frame_equal(shuffled, topic_distances(a, u))


def test_nothing_in_nothing_out():
    a, u = tables()
    a, u = (
        a.reindex(columns=["unit_id", "topic", "share"]),
        u.reindex(columns=["unit_id", "article_id", "outlet", "position"]),
    )
    assert list(topic_shares(a, u).columns) == list(TOPIC_SHARES.columns)
    assert list(topic_distances(a, u).columns) == list(TOPIC_DISTANCES.columns)


def test_agreement_with_a_person():
    a, _ = tables(("N", "1", ["x", "x", "y", "y"]))
    human = pd.DataFrame({"unit_id": [f"1#p{i}" for i in range(4)], "topic": ["x", "x", "y", "x"]})
    table = codebook_agreement(a, human).set_index("topic")
    assert table.loc["all", "agreement"] == 0.75 and table.loc["all", "n_units"] == 4
    # observed disagreement 1/4, expected 2 * 5 * 3 / (8 * 7): alpha = 1 - .25 / .5357
    assert table.loc["all", "alpha"] == pytest.approx(1 - 0.25 / (30 / 56))
    assert table.loc["y", ["n_program", "n_human"]].tolist() == [2, 1]


def test_agreement_counts_only_what_both_coded():
    a, _ = tables(("N", "1", ["x", "y"]))
    human = pd.DataFrame({"unit_id": ["1#p0", "elsewhere"], "topic": ["x", "y"]})
    assert codebook_agreement(a, human)["n_units"].tolist() == [1, 1]
