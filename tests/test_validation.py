from __future__ import annotations

import re
from html import unescape

import pandas as pd
import pytest

from analysis import figures, validation, views
from analysis.validation import compared, sources, stored_results


def result(method, role, value, aim="high", **more):
    return {"measure": "facts", "gold": "town", "metric": "F1", "method": method, "role": role, "value": value, "aim": aim,
            "set": "the town", "source": "somebody", "licence": "none", "n": 10, "unit": "texts", "date": "2026-01-02", **more}  # fmt: skip


def stored(*rows):
    return validation.RESULTS.frame(list(rows))


@pytest.mark.parametrize(("aim", "best"), [("high", 0.9), ("low", 0.3), ("0.5", 0.6)])
def test_the_best_peer_is_the_one_nearest_to_the_aim(aim, best):
    table = compared(
        stored(*(result(str(v), "peer", v, aim) for v in (0.9, 0.3, 0.6)), result("us", "ours", 0.8, aim))
    )
    assert table[["ours", "peer", "peer_name"]].to_numpy().tolist() == [[0.8, best, str(best)]]
    assert table["baseline"].isna().all()


def test_a_measure_that_only_others_took_is_not_shown():
    assert len(compared(stored(result("them", "peer", 0.9)))) == 0


def test_a_peer_without_a_figure_is_no_peer():
    table = compared(stored(result("them", "peer", float("nan")), result("us", "ours", 0.8)))
    assert table["peer"].isna().all()


def test_sets_are_listed_once_with_what_they_were_used_for():
    table = sources(
        stored(result("us", "ours", 1), result("us", "ours", 1, measure="frames", date="2026-01-03"))
    )
    assert table[["set", "measures", "date"]].to_numpy().tolist() == [
        ["the town", "facts, frames", "2026-01-03"]
    ]


def test_what_is_stored_is_whole():
    results = stored_results()
    assert {"quotations", "same words", "shared text", "facts", "statistics"} <= set(results["measure"])
    assert results[["value", "source", "licence", "command", "date", "versions", "set"]].notna().all().all()
    held = results[results["low"].notna()]
    assert (held["low"] <= held["value"] + 1e-9).all()
    assert (held["value"] <= held["high"] + 1e-9).all()
    assert not results["command"].str.contains(r"(?:^|\s)/").any(), "a folder of somebody's machine"


def test_a_folder_without_results_gives_a_page_all_the_same(tmp_path):
    nothing = stored_results(tmp_path)
    assert len(nothing) == 0
    assert "nothing to show" in views.measured_table(compared(nothing), "Accuracy")
    assert figures.measured(compared(nothing)).svg


def test_the_figure_says_in_words_how_often_it_is_ahead():
    table = compared(stored(result("us", "ours", 0.8), result("them", "peer", 0.7)))
    assert figures.measured(table).alt.startswith("In 1 of 1 comparisons")
    assert "0.80, best peer 0.70" in figures.measured(table).alt


def test_names_of_peers_are_text_on_the_page():
    table = compared(stored(result("us", "ours", 0.8), result("<b>{{ 7*7 }}</b>", "peer", 0.7)))
    page = views.measured_table(table, "Accuracy")
    assert "<b>" not in page
    assert "{{" not in page


def test_rows_have_the_declared_types():
    assert pd.api.types.is_float_dtype(compared(stored(result("us", "ours", 1)))["ours"])


def test_how_the_package_stands_beside_peers_is_counted_and_what_it_loses_is_named():
    one = result("us", "ours", 0.8, low=0.7, high=0.9)
    lost = {"aim": "low", "metric": "misses"}
    said = views.standing(
        compared(
            stored(
                one,
                result("them", "peer", 0.75),
                result("us", "ours", 0.3, low=0.2, high=0.4, **lost),
                result("them", "peer", 0.1, **lost),
            )
        )
    )
    words = re.sub(r"<[^>]+>", "", unescape(said)).strip()
    assert "Of 2 figures" in words
    assert "ahead in 1; in 0 the peer’s figure" in words
    assert words.endswith("Not ahead: facts, misses, on the town.")
