"""Wording that bends: what is listed, and what is not."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.framing import wording_shifts
from analysis.quotes import align_quotations

MARKED = re.compile('"([^"]*)"')


def _articles(*bodies: str) -> pd.DataFrame:
    return pd.DataFrame({"article_id": [f"p{n}" for n in range(len(bodies))], "body": bodies})


def _utterances(articles: pd.DataFrame, speakers: tuple[str | None, ...] = ()) -> pd.DataFrame:
    rows = [
        {
            "quotation_id": f"{name}-{n}",
            "article_id": name,
            "start": m.start(1),
            "end": m.end(1),
            "text": m.group(1),
            "kind": "direct",
            "speaker": dict(zip(articles["article_id"], speakers, strict=False)).get(name),
            "confidence": 0.95,
        }
        for name, body in zip(articles["article_id"], articles["body"], strict=True)
        for n, m in enumerate(MARKED.finditer(body))
    ]
    columns = ["quotation_id", "article_id", "start", "end", "text", "kind", "speaker", "confidence"]
    return align_quotations(pd.DataFrame(rows, columns=columns))[1]


def _shifts(
    *bodies: str, speakers: tuple[str | None, ...] = (), facts: pd.DataFrame | None = None
) -> pd.DataFrame:
    articles = _articles(*bodies)
    return wording_shifts(_utterances(articles, speakers), facts, articles)


def _one(*bodies: str, speakers: tuple[str | None, ...] = ()) -> tuple[str, str, str]:
    (row,) = _shifts(*bodies, speakers=speakers).to_dict("records")
    return row["kind"], row["a_words"], row["b_words"]


def _fact(*bodies: str) -> pd.DataFrame:
    return pd.DataFrame(
        {"fact_id": ["f1"], "tellings": [[f"p{n}:0:{len(body)}" for n, body in enumerate(bodies)]]}
    )


def test_marks_lost() -> None:
    assert _one(
        '"The pumps had failed long before noon," she said.',
        "The mayor said the pumps had failed long before noon.",
    ) == (
        "marks_lost",
        "The pumps had failed long before noon,",
        "the pumps had failed long before noon",
    )


@pytest.mark.parametrize(
    "body",
    [
        "MORA: The pumps had failed long before noon. We saw it ourselves.",  # a transcript's label does the work of marks
        'He said: "The pumps had failed long before noon."',
        "The pumps were in good order long after noon.",
        "Our pumps had failed long before noon and we told you so.",  # a document in the first person
    ],
)
def test_no_marks_are_lost(body: str) -> None:
    found = _shifts('"Our pumps had failed long before noon," she said.', body)
    assert "marks_lost" not in set(found["kind"])


def test_modality_of_a_plan() -> None:
    quoted = '"We will be asking the court to order a return to work," he said.'
    assert _one(quoted, "Dahl said that they may ask the court to order a return to work.") == (
        "modality",
        "will be",
        "may",
    )


def test_an_announcement_that_is_reported_as_done() -> None:
    quoted = '"So we will be discussing water, power, and the price of bread in the capital today," he said.'
    kind, before, after = _one(
        quoted, "The two discussed water, power, and the price of bread in the capital."
    )
    assert (kind, before, after) == ("modality", "will be discussing", "discussed")


def test_reported_speech_bends_no_modality_by_itself() -> None:
    quoted = '"We will ask the court to order a return to work," he said.'
    assert (
        len(
            _shifts(quoted, "He said they would ask the court to order a return to work.")[["kind"]].query(
                "kind == 'modality'"
            )
        )
        == 0
    )


def test_a_denial_that_goes() -> None:
    kind, *_ = _one(
        '"We signed the letter that should not have left the office that day," he said.',
        '"We signed the letter that should have left the office that day," he said.',
    )
    assert kind == "modality"


def test_intensity() -> None:
    assert _one(
        '"The strike is very serious for the small firms that cannot wait," he said.',
        '"The strike is serious for the small firms that cannot wait," he said.',
    ) == ("intensity", "very", "")


def test_another_degree_of_the_same_subject() -> None:
    found = _shifts(
        "Cheap bread today is especially vital.",
        "She noted that cheap bread has become quite important of late.",
    )
    assert found["kind"].tolist() == ["intensity"]


def test_an_equal_degree_is_no_shift() -> None:
    assert (
        len(_shifts("Cheap bread is very important.", "She noted that cheap bread is very significant.")) == 0
    )


def test_words_that_one_article_quotes_from_the_other_have_lost_no_marks() -> None:
    critic = (
        'The Courier wrote of "dozens of pumps that nobody had ever tested in winter" this week. '
        'It also found "no plan at all for the lower streets of the town" in the files.'
    )
    courier = (
        "There were dozens of pumps that nobody had ever tested in winter.\n\n"
        "The town had no plan at all for the lower streets of the town."
    )
    assert _shifts(critic, courier).empty


def test_a_mark_that_was_lost_on_the_way_is_no_lost_mark() -> None:
    assert _shifts(
        '"The pumps had failed long before noon," she said.',
        'It was dark. The pumps had failed long before noon. We saw it ourselves," she said.',
    ).empty


@pytest.mark.parametrize(
    "other",
    [
        # only a pronoun gives the words to one, and the other was spoken of just before
        'Ana Mora came with Leo Vos.\n\n"The pumps had failed long before noon," she said.',
        # a body that bears a name
        'The Vos campaign said "the pumps had failed long before noon" and left.',
    ],
)
def test_no_attribution_where_it_is_open_to_doubt(other: str) -> None:
    found = _shifts(
        '"The pumps had failed long before noon," Ana Mora said.', other, speakers=("Ana Mora", "Leo Vos")
    )
    assert "attribution" not in set(found["kind"])


def test_what_a_relative_said_is_no_version() -> None:
    bodies = (
        '"I think that freedom means freedom for everyone here," Leo Mora said.',
        '"Freedom means freedom for everyone here," Ana Mora wrote.',
    )
    assert len(_shifts(*bodies))
    assert _shifts(*bodies, speakers=("Leo Mora", "Ana Mora")).empty


def test_attribution() -> None:
    said = '"Nobody who works on that water was surprised," said {}.'
    found = _shifts(said.format("Ana Mora"), said.format("Leo Vell"), speakers=("Ana Mora", "Leo Vell"))
    assert found["kind"].tolist() == ["attribution"]
    assert "Ana Mora" in found["note"].iloc[0]


@pytest.mark.parametrize("other", ["Mora", "Ana Mora", None, "the Mora campaign", "Fleet Ministry"])
def test_one_person_under_two_names_is_no_conflict(other: str | None) -> None:
    said = '"Nobody who works on that water was surprised," it was said.'
    assert len(_shifts(said, said, speakers=("Ana Mora", other))) == 0


def test_trimming_drops_a_condition() -> None:
    assert _one(
        '"The bridge will open to cars in May unless the steel comes late," he said.',
        '"The bridge will open to cars in May," he said. It cost a fortune.',
    ) == ("trimming", "unless the steel comes late", "")


def test_a_condition_that_is_given_next_is_not_dropped() -> None:
    assert (
        len(
            _shifts(
                '"The bridge will open to cars in May unless the steel comes late," he said.',
                '"The bridge will open to cars in May," he said, unless the steel were to come late.',
            )
        )
        == 0
    )


def test_a_limit_inside_a_statement() -> None:
    assert _one(
        '"The harvest has been, for now, a gift to the bakers of the valley," he said.',
        '"The harvest has been a gift to the bakers of the valley," he said.',
    ) == ("trimming", "for now", "")


def test_jargon_written_out_elsewhere() -> None:
    assert _one(
        "Both sides agreed to convene the flood response panel on river safety in May.",
        "Both sides decided to convene the FRP on river safety in spring.",
    ) == ("jargon", "flood response panel", "FRP")
    assert _one(
        "They praised trade and door-to-door ties on the river.",
        "They praised trade, D2D ties on the river.",
    ) == (
        "jargon",
        "door-to-door",
        "D2D",
    )


@pytest.mark.parametrize(
    "short",
    [
        "The flood response panel (FRP) will meet. They convene the FRP on river safety in May.",
        "They convene the FRP on river safety in May. A flood response panel is needed.",
        "The FRP was praised by everybody.",
    ],
)
def test_jargon_that_is_explained_or_stands_elsewhere(short: str) -> None:
    assert len(_shifts("They agreed to convene the flood response panel on river safety in May.", short)) == 0


def test_tellings_of_a_fact_are_compared() -> None:
    bodies = (
        "The union will close the gates of the harbour on Friday.",
        "The union may close the gates of the harbour on Friday.",
    )
    found = _shifts(*bodies, facts=_fact(*bodies))
    assert found["kind"].tolist() == ["modality"]
    assert found["fact_id"].tolist() == ["f1"]


def test_events_and_other_languages_are_left_alone() -> None:
    articles = _articles(
        '"The pumps had failed long before noon," she said.',
        "The mayor said the pumps had failed long before noon.",
    )
    utterances = _utterances(articles)
    assert len(wording_shifts(utterances, None, articles)) == 1
    assert len(wording_shifts(utterances, None, articles.assign(event=["one", "two"]))) == 0
    assert len(wording_shifts(utterances, None, articles.assign(language="de"))) == 0


def test_nothing_gives_an_empty_table() -> None:
    found = _shifts()
    assert len(found) == 0
    assert {
        "kind",
        "a_article",
        "a_start",
        "a_end",
        "b_article",
        "b_start",
        "b_end",
        "confidence",
        "note",
    } <= set(found.columns)


TEXT = st.text(st.sampled_from('ab AB will may not very "",.\n is FRP é'), max_size=70)


@settings(max_examples=80, deadline=None)
@given(st.lists(TEXT, max_size=3))
def test_any_text_and_right_offsets(bodies: list[str]) -> None:
    articles = _articles(*bodies)
    body = dict(zip(articles["article_id"], bodies, strict=True))
    for row in _shifts(*bodies, facts=_fact(*bodies) if bodies else None).itertuples():
        for article, start, end, text in (
            (row.a_article, row.a_start, row.a_end, row.a_text),
            (row.b_article, row.b_start, row.b_end, row.b_text),
            (row.a_article, row.a_word_start, row.a_word_end, row.a_words),
            (row.b_article, row.b_word_start, row.b_word_end, row.b_words),
        ):
            assert body[article][start:end] == text
