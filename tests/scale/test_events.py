"""Events are found by what articles share within a few days; copies of one text cost one comparison each."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.scale import events
from analysis.scale.assign import assign
from analysis.scale.engine import ScaleError

RIVER = (
    "The Orvanne burst its banks at Quillingham on Monday. Engineer Teodora Brask said the Halvard sluice had jammed. "
    "Some 340 households in the Lower Mews were told to leave, and the Marlow viaduct was shut."
)
RIVER_TOO = (
    "Families left the Lower Mews in Quillingham after the Orvanne rose. The Halvard sluice was stuck, Teodora Brask told "
    "the council, and nobody may cross the Marlow viaduct until it has been inspected."
)
STRIKE = (
    "Tram drivers in Port Sennet walked out on Monday over rosters. Union secretary Ignace Dollo said the Castlegate depot "
    "would stay closed. Operator Velomar called the stoppage unlawful and asked the Sennet tribunal for an order."
)


def table(*texts: str, days: list[str | None] | None = None, given: list[str] | None = None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article_id": [f"a{k}" for k in range(len(texts))],
            "title": None,
            "body": list(texts),
            "date": days or ["2024-03-04"] * len(texts),
            "event": given or [""] * len(texts),
            "row": events.row_numbers(0, len(texts)),
        }
    )


def grouped(articles: pd.DataFrame, limit: int = 100, size: int = 100) -> list[str]:
    found = events.features(articles)["features"]
    linked = [events.links(block)["links"] for _, block in found.groupby("block")]
    rows = found.drop_duplicates("row").merge(articles[["row", "article_id", "event"]], on="row")
    assigned, _ = assign(rows, pd.concat(linked), 1, limit, size)
    return assigned[0]["event"].tolist()


def test_articles_that_share_rare_words_are_one_event():
    a, b, c = grouped(table(RIVER, STRIKE, RIVER_TOO))
    assert a == c != b


def test_a_week_apart_is_another_event():
    a, b = grouped(table(RIVER, RIVER_TOO, days=["2024-03-04", "2024-03-14"]))
    assert a != b


def test_the_window_holds_across_blocks_of_days():
    for day in range(1, 8):
        a, b = grouped(table(RIVER, RIVER_TOO, days=[f"2024-03-{day:02d}", f"2024-03-{day + 3:02d}"]))
        assert a == b, day


def test_articles_without_a_date_meet_each_other():
    a, b, c = grouped(table(RIVER, RIVER_TOO, STRIKE, days=[None, None, None]))
    assert a == b != c


def test_what_the_input_says_overrides():
    assert grouped(table(RIVER, RIVER_TOO, STRIKE, given=["x", "y", "x"])) == ["x", "y", "x"]


def test_names_do_not_depend_on_the_order_of_the_input():
    one = grouped(table(RIVER, STRIKE, RIVER_TOO))
    turned = table(RIVER, STRIKE, RIVER_TOO).iloc[::-1].assign(row=events.row_numbers(0, 3))
    assert sorted(one) == sorted(grouped(turned))


def test_texts_without_words_stand_alone():
    assert len(set(grouped(table("", "...", "the of and", "", RIVER)))) >= 2


def test_copies_are_folded_into_one(viral):
    articles = viral(400).rename(columns={"text": "body"})
    articles = articles.assign(event="", row=events.row_numbers(0, len(articles)))
    found = events.features(articles)["features"]
    block = found[found["block"] == found["block"].max()]
    linked = events.links(block)["links"]
    # linear: each copy has one link to what it copies, and the three lengths of the text a few among themselves
    assert linked["copy"].sum() >= 390
    assert len(linked) < 450
    assert len(set(grouped(articles, limit=1000))) == 1


def test_an_event_that_is_too_large_is_split_evenly():
    names = pd.Series(grouped(table(*[RIVER] * 25), limit=10))
    counts = names.value_counts()
    assert sorted(counts) == [8, 8, 9]
    assert all(" of 3)" in name for name in counts.index)


def test_doubled_ids_are_an_error_that_names_the_id():
    articles = table(RIVER, STRIKE).assign(article_id="same")
    with pytest.raises(ScaleError, match="'same'"):
        grouped(articles)


def test_planted_events_are_found(archive):
    made = archive(400, seed=5)
    articles = made.articles.rename(columns={"text": "body"})
    articles = articles.assign(event="", row=events.row_numbers(0, len(articles)))
    table = pd.DataFrame({"true": articles["article_id"].map(made.event), "found": grouped(articles)})
    pure = table.groupby("found")["true"].agg(lambda x: x.value_counts().iloc[0]).sum() / len(table)
    whole = table.groupby("true")["found"].agg(lambda x: x.value_counts().iloc[0]).sum() / len(table)
    assert pure > 0.97
    assert whole > 0.93
