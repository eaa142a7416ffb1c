import pandas as pd
import pytest

from analysis.framing.emphasis import EMPHASIS, emphasis, fact_roles_of
from analysis.framing.marks import actor_marks, fact_marks, topic_marks
from analysis.quotes.roletable import role_table

FIRST = "Mayor Ada Brandt opened the bridge. Brandt said it was safe. Engineers were glad. It rained in Lund."
LAST = "It rained in Lund. Engineers were glad. The bridge is safe, said Ada Brandt. Brandt then left."


@pytest.fixture
def articles() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "outlet": ["Early", "Late"],
            "title": ["Brandt opens bridge", None],
            "body": [FIRST, LAST],
        }
    )


def marked(label: str, *starts: int, article: str = "a") -> pd.DataFrame:
    return pd.DataFrame(
        {"article_id": article, "start": list(starts), "label": label, "weight": 1.0, "in_title": False}
    )


def test_names_of_one_person_are_one_actor_and_a_headline_may_hold_it(articles: pd.DataFrame) -> None:
    marks = actor_marks(articles, role_table(articles))
    assert set(marks["label"]) == {"Ada Brandt"}  # Lund never acts
    assert list(marks.groupby(["article_id", "in_title"]).size()) == [2, 1, 2]


def test_the_same_mentions_weigh_more_where_they_stand_early(articles: pd.DataFrame) -> None:
    marks = pd.concat(
        [
            marked("Brandt", 6, 36),
            marked("rain", FIRST.index("It rained")),
            marked("Brandt", LAST.index("Ada"), LAST.index("Brandt then"), article="b"),
            marked("rain", 0, article="b"),
        ]
    )
    table = emphasis(articles, marks, "actor").set_index(["outlet", "label"])
    early, late = table.loc[("Early", "Brandt")], table.loc[("Late", "Brandt")]
    assert early["share"] == late["share"] == pytest.approx(2 / 3)
    assert early["weighted_share"] > 2 / 3 > late["weighted_share"]
    assert early["low"] < early["weighted_share"] < early["high"]
    assert early["first_sentences"] == 1 and late["first_sentences"] == 0
    assert (early["article_id"], early["start"]) == ("a", 6)
    assert not early["sufficient"], "three mentions are too few for a statement"


def test_what_an_outlet_never_names_is_a_nought(articles: pd.DataFrame) -> None:
    table = emphasis(articles, marked("Brandt", 6), "actor").set_index("outlet")
    assert table.loc["Late", "count"] == 0 and table.loc["Late", "weighted_share"] == 0
    assert table.loc["Late", "start"] == -1


def test_a_paragraph_is_shared_among_its_topics() -> None:
    units = pd.DataFrame({"unit_id": ["u"], "article_id": ["a"], "start": [0]})
    assigned = pd.DataFrame(
        {"unit_id": ["u"] * 3, "topic": ["roads", "money", "unassigned"], "share": [0.5, 0.3, 0.2]}
    )
    above = pd.DataFrame({"article_id": ["a"], "topic": ["money"], "share": [1.0]})
    marks = topic_marks(assigned, units, above)
    assert list(marks.loc[~marks["in_title"], "weight"]) == [0.5, 0.3]
    assert list(marks.loc[marks["in_title"], "label"]) == ["money"]


def test_a_headline_holds_the_fact_that_its_matter_is_told_in(articles: pd.DataFrame) -> None:
    covered = pd.DataFrame(
        {
            "fact_id": ["opened", "rain", "left"],
            "article_id": "a",
            "status": ["told", "told", "not found"],
            "start": [0, FIRST.index("It rained"), -1],
            "end": [35, len(FIRST), -1],
        }
    )
    marks = fact_marks(covered, articles)
    assert list(marks.loc[marks["in_title"], "label"]) == ["opened"]
    assert sorted(marks.loc[~marks["in_title"], "label"]) == ["opened", "rain"]
    roles = fact_roles_of(marks, pd.DataFrame({"fact_id": ["opened", "rain"], "role": ["core", "own"]}))
    assert set(roles["label"]) == {"core", "own"}


def test_no_marks_give_an_empty_table(articles: pd.DataFrame) -> None:
    assert list(emphasis(articles, marked("x"), "actor").columns) == list(EMPHASIS.columns)
