import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import units
from analysis.framing import cue_marks, frame_cues, frame_scores
from analysis.framing.cues import frame_book
from analysis.schema import TableError

POLICY = """economic capacity_and_resources morality fairness_and_equality legality policy_prescription crime_and_punishment
    security_and_defense health_and_safety quality_of_life cultural_identity public_opinion political
    external_regulation_and_reputation other""".split()
NEWS = "responsibility human_interest conflict morality economic".split()


def best(text: str, scheme: str = "policy") -> str:
    cues = frame_cues(pd.DataFrame({"unit_id": ["s"], "text": [text]}), scheme=scheme)  # type: ignore[arg-type]
    return str(cues["frame"].iloc[0]) if len(cues) else ""


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("Higher interest rates will cost borrowers and slow the economy.", "economic"),
        ("The clinics have a shortage of beds and long waiting lists.", "capacity_and_resources"),
        ("It is a sin, the bishop said, and our moral duty to resist it.", "morality"),
        ("Women still face discrimination and unequal treatment.", "fairness_and_equality"),
        ("The supreme court ruled the statute unconstitutional.", "legality"),
        ("The white paper proposes reform and a pilot scheme.", "policy_prescription"),
        ("Detectives arrested a suspect in the murder.", "crime_and_punishment"),
        ("Troops were sent to the border after the missile attack.", "security_and_defense"),
        ("The vaccine protects patients against the virus.", "health_and_safety"),
        ("Homeless families face hunger and misery in daily life.", "quality_of_life"),
        ("The festival keeps the music and heritage of the valley alive.", "cultural_identity"),
        ("Most people oppose it, an opinion poll found, and a petition is growing.", "public_opinion"),
        ("Senators of both parties fear the voters before the election.", "political"),
        (
            "Diplomats of the United Nations hope that bilateral talks with foreign ministers resume.",
            "external_regulation_and_reputation",
        ),
        ("He tied his shoes and whistled.", ""),
    ],
)
def test_each_dimension_is_cued_by_its_own_words(text: str, frame: str) -> None:
    assert best(text) == frame


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("Ministers pledged a plan to solve the problem.", "responsibility"),
        ("A mother in tears mourned her toddler.", "human_interest"),
        ("Critics slammed the bill and accused their opponents of hypocrisy.", "conflict"),
        ("It is a sin before God and morally wrong.", "morality"),
        ("Prices rose and the cost to taxpayers reached a billion.", "economic"),
    ],
)
def test_each_news_frame_is_cued_by_its_own_words(text: str, frame: str) -> None:
    assert best(text, "news") == frame


def test_evidence_is_as_printed_and_quotation_and_negation_are_marked() -> None:
    articles = pd.DataFrame(
        {
            "article_id": ["a"],
            "outlet": ["O"],
            "body": ['"The court will decide. No judge is biased," she said.'],
        }
    )
    cues = frame_cues(units(articles, by="sentence"))
    legal = cues[cues["frame"] == "legality"]
    assert list(legal["evidence"]) == ["court", "judge"]
    assert list(legal["in_quotation"]) == [True, True]  # the second sentence opened in the first
    assert list(legal["negated"]) == [False, True]
    assert set(cues["sentence_id"]) <= set(units(articles, by="sentence")["unit_id"])


def test_phrases_go_before_words_and_inflections_count() -> None:
    marks = cue_marks(
        pd.DataFrame({"article_id": ["a"], "body": ["Stock markets fell; budgets shrank, taxed twice."]})
    )
    assert list(marks.loc[marks["label"] == "economic", "text"]) == ["Stock markets", "budgets", "taxed"]


def test_a_derived_word_falls_back_on_its_root() -> None:
    marks = cue_marks(
        pd.DataFrame({"article_id": ["a"], "body": ["An unholy alliance, ruthlessly anti-tax."]})
    )
    assert {"unholy", "ruthlessly", "tax"} <= set(marks["text"])
    assert cue_marks(pd.DataFrame({"article_id": ["a"], "body": ["The report went on."]})).empty


def test_scores_cover_every_frame_of_every_article() -> None:
    body = (
        "Prices and wages fell as the economy shrank and banks failed. Taxes rose. Investors sold shares. "
        * 12
    )
    articles = pd.DataFrame({"article_id": ["a", "b"], "body": [body, ""]})
    for scheme, frames in (("policy", POLICY), ("news", NEWS)):
        table = frame_scores(articles, scheme=scheme)  # type: ignore[arg-type]
        assert list(table["frame"]) == frames * 2
        assert table["score"].between(0, 1).all()
        assert (table["low"] <= table["rate_per_1000"]).all() and (
            table["rate_per_1000"] <= table["high"]
        ).all()
        scores = table[table["article_id"] == "a"].set_index("frame")["score"]
        assert scores.idxmax() == "economic" and scores["economic"] >= 0.5
        nothing = table[(table["article_id"] == "b") & (table["frame"] != "other")]
        assert (nothing["score"] == 0).all() and (nothing["low"] == 0).all()


def test_the_title_counts_once() -> None:
    title, body = "Court bans strikes", "A long day ended."
    apart = frame_scores(pd.DataFrame({"article_id": ["a"], "title": [title], "body": [body]}))
    inside = frame_scores(pd.DataFrame({"article_id": ["a"], "title": [title], "body": [f"{title}\n{body}"]}))
    assert apart["cues"].sum() == inside["cues"].sum() > 0


def test_codebooks_are_sound() -> None:
    for scheme, frames in (("policy", POLICY), ("news", NEWS)):
        book = frame_book(scheme)  # type: ignore[arg-type]
        assert list(book.frames) == frames
        terms = [e for entries in book.starts.values() for e in entries]
        assert all(1 <= e.weight <= 4 for e in terms)
        per_frame = [sum(e.frame == i for e in terms) for i, name in enumerate(frames) if name != "other"]
        assert min(per_frame) >= 100


def test_errors_and_empty_tables() -> None:
    with pytest.raises(ValueError, match="policy"):
        frame_cues(pd.DataFrame({"unit_id": [], "text": []}), scheme="moods")  # type: ignore[arg-type]
    with pytest.raises(TableError, match="text"):
        frame_cues(pd.DataFrame({"unit_id": ["a"]}))
    empty = pd.DataFrame({"article_id": [], "body": []})
    assert frame_scores(empty).empty and cue_marks(empty).empty
    assert list(frame_cues(units(empty, by="sentence")).columns)[:4] == [
        "sentence_id",
        "frame",
        "score",
        "evidence",
    ]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["court", "tax", "not", '"', "“", "God", "army", ".", " ", "\n", "\u200b", "é", "no health"]
        ),
        max_size=30,
    ).map(" ".join)
    | st.text(max_size=80)
)
def test_marks_point_at_their_words(body: str) -> None:
    marks = cue_marks(pd.DataFrame({"article_id": ["x"], "body": [body]}))
    for row in marks.itertuples():
        assert row.text == body[row.start : row.end] and row.start < row.end
    assert frame_scores(pd.DataFrame({"article_id": ["x"], "body": [body]}))["score"].between(0, 1).all()
