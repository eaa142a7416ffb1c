import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.framing import reporting_verbs, reporting_words


def found(body: str) -> list[tuple[str, str]]:
    table = reporting_words(pd.DataFrame({"article_id": ["a"], "body": [body]}))
    return list(zip(table["text"], table["class"], strict=True))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("She said it was late.", [("said", "neutral")]),
        ("He claims that they lied.", [("claims", "assertive")]),
        ("The claims were weak.", []),
        ("He admitted the error and denied the rest.", [("admitted", "admitting"), ("denied", "admitting")]),
        ("They called for calm.", [("called for", "urging")]),
        ("It may rain, according to locals.", [("may", "hedge"), ("according to", "hedge")]),
        ("A very old boat.", [("very", "booster")]),
        ("Talks resume in May.", []),
        ("Critics slammed the so-called plan.", [("slammed", "criticising"), ("so-called", "hedge")]),
        ("The report states a fact.", [("states", "neutral")]),
    ],
)
def test_classes(body: str, expected: list[tuple[str, str]]) -> None:
    assert found(body) == expected


def test_rates_have_every_class_for_every_outlet() -> None:
    articles = pd.DataFrame(
        {"article_id": ["a", "b"], "outlet": ["A", "B"], "body": ["She said so. He said no.", "Nothing."]}
    )
    table = reporting_verbs(articles)
    assert len(table) == 2 * 10
    row = table[(table["outlet"] == "A") & (table["class"] == "neutral")].iloc[0]
    assert row["count"] == 2 and row["words"] == "say (2)" and row["share"] == 1
    assert row["rate_per_1000"] == pytest.approx(2 / 6 * 1000)
    assert (table.loc[table["outlet"] == "B", "count"] == 0).all()


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from("the said claims may of course he “no” . \n".split(" ")), max_size=25).map(
        " ".join
    )
)
def test_never_raises_and_offsets_hold(body: str) -> None:
    for row in reporting_words(pd.DataFrame({"article_id": ["a"], "body": [body]})).itertuples():
        assert row.text == body[row.start : row.end]
