import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.framing import keyness
from analysis.schema import TableError

FILLER = "The harbour office opened the new pier. Boats came early. Traders counted crates near the quay. "


def outlets(*bodies: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article_id": [str(i) for i in range(len(bodies))],
            "outlet": [f"O{i}" for i in range(len(bodies))],
            "body": list(bodies),
        }
    )


def test_finds_a_planted_word_in_its_readable_form() -> None:
    table = keyness(outlets(FILLER * 10 + "Smugglers hid. " * 15, FILLER * 15, FILLER * 15))
    found = table[table["significant"]]
    assert set(found.loc[found["outlet"] == "O0", "term"]) >= {"Smugglers"}
    row = found[(found["term"] == "Smugglers") & (found["outlet"] == "O0")].iloc[0]
    assert row["count"] == 15 and row["count_rest"] == 0 and row["log_odds"] > 0 and row["z"] > 3


def test_pairs_of_words_stay_inside_a_sentence() -> None:
    terms = set(keyness(outlets("Red flags rose. Crates fell. " * 9, FILLER * 9))["term"])
    assert "Red flags" in terms
    assert not any(term.casefold() == "rose crates" for term in terms)


def test_inflections_count_as_one_word() -> None:
    table = keyness(outlets("Strikes hit. The strike grew. They were striking. " * 4, FILLER * 4))
    row = table[
        (table["outlet"] == "O0") & table["term"].str.casefold().isin(["strike", "strikes", "striking"])
    ]
    assert list(row["count"]) == [12]


def test_texts_without_a_difference_show_nothing() -> None:
    assert not keyness(outlets(FILLER * 12, FILLER * 12))["significant"].any()


def test_excluded_spans_do_not_count() -> None:
    articles = outlets("Smugglers hid. " * 15 + FILLER * 10, FILLER * 15)
    quoted = pd.DataFrame([{"article_id": "0", "start": 0, "end": 15 * 15}])
    assert "Smugglers" not in set(keyness(articles, exclude=quoted)["term"])
    only = keyness(articles, spans=pd.concat([quoted, quoted.assign(article_id="1")]))
    assert "Smugglers" in set(only["term"])


def test_articles_are_exchanged_where_there_are_enough() -> None:
    rng = np.random.default_rng(0)
    topics = ["ferry", "bridge", "tunnel", "tram", "bus", "canal", "airport", "depot"]
    bodies = [
        f"The {topics[i % 8]} plan moved on. " * 10 + FILLER * int(rng.integers(1, 4)) for i in range(16)
    ]
    articles = pd.DataFrame(
        {"article_id": [str(i) for i in range(16)], "outlet": ["A", "A", "B", "B"] * 4, "body": bodies}
    )
    table = keyness(articles)
    assert set(table["exchanged"]) == {"article"}
    # each topic clings to two articles: nothing that an outlet would do in every article
    assert not table["significant"].any()
    assert keyness(articles, exchange="sentence")["significant"].any()


def test_groups_by_any_column_inside_events() -> None:
    articles = outlets(FILLER * 3, FILLER * 3, FILLER * 3).assign(
        event=["x", "x", "y"], place=["p", "q", "p"]
    )
    assert set(keyness(articles, by="place")["event"]) == {"x"}
    with pytest.raises(TableError, match="colour"):
        keyness(articles, by="colour")


def test_is_deterministic_and_empty_input_keeps_its_columns() -> None:
    articles = outlets(FILLER * 4 + "Storm. " * 4, FILLER * 5)
    pd.testing.assert_frame_equal(keyness(articles), keyness(articles))
    empty = keyness(articles.iloc[:0])
    assert empty.empty and list(empty.columns) == list(keyness(articles).columns)
    assert keyness(outlets("", "?!", "🙂")).empty
    keyness(outlets("one " * 9, "one " * 9))  # a vocabulary of one word


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from("storm port , ? ! . “ ” \n crane the not U.S. é".split(" ")), max_size=40).map(
        " ".join
    ),
    st.text(max_size=60),
    st.integers(-3, 90),
    st.integers(-3, 90),
)
def test_never_raises_and_p_is_a_probability(one: str, other: str, start: int, end: int) -> None:
    articles = outlets(one * 3, other * 3 + one)
    spans = pd.DataFrame([{"article_id": "0", "start": start, "end": end}])
    for table in (keyness(articles, permutations=20), keyness(articles, exclude=spans, permutations=20)):
        assert table["p_familywise"].between(0, 1).all() and np.isfinite(table["z"]).all()
