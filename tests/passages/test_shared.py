from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.passages import PASSAGES, shared_passages
from tests.passages.texts import AGENCY, articles, cut

EVENTS = sorted(path.parent for path in (Path(__file__).parents[1] / "events").glob("*/truth.yml"))


def test_a_verbatim_sentence_is_found_with_its_offsets() -> None:
    sentence = "Divers found the missing trawler in forty metres of water on Sunday"
    frame = articles(f"{sentence}, officials said.", f"After a long search, divers{sentence[6:]}.")
    (row,) = shared_passages(frame).to_dict("records")
    assert cut(frame, row, "a") == sentence
    assert cut(frame, row, "b") == "d" + sentence[1:]
    assert (row["kind"], row["words"], row["score"]) == ("verbatim", 12, 1.0)


def test_an_edited_sentence_is_one_passage() -> None:
    frame = articles(
        "The harbour board will close the eastern slipway for repairs until the end of the summer.",
        "The harbour board said it will close the old slipway for urgent repairs until the end of summer.",
    )
    (row,) = shared_passages(frame).to_dict("records")
    assert row["kind"] == "edited"
    assert cut(frame, row, "a").startswith("The harbour board")
    assert cut(frame, row, "b").endswith("until the end of summer")


def test_sentences_that_changed_places_are_found_both() -> None:
    first, second = AGENCY.split(". ")
    frame = articles(f"{first}. {second}", f"{second} Nobody was hurt in the exercise last year. {first}.")
    found = shared_passages(frame).sort_values("a_start")
    assert len(found) == 2
    assert found["b_start"].is_monotonic_decreasing


def test_marks_case_possessives_and_accents_make_no_difference() -> None:
    frame = articles(
        "“The café’s owner’s plan — a ‘quiet’ terrace above the mill race — was refused by Orvel’s council.”",
        '"THE CAFE OWNER PLAN - a "quiet" terrace above the mill race - was refused by Orvel council."',
    )
    (row,) = shared_passages(frame).to_dict("records")
    assert row["kind"] == "verbatim"


def test_names_and_titles_alone_are_no_passage() -> None:
    frame = articles(
        "Deputy Transport Minister Adaeze Corrigan Whitfield opened the bridge at dawn.",
        "Nobody had told Deputy Transport Minister Adaeze Corrigan Whitfield about the flood.",
    )
    assert shared_passages(frame).empty


def test_the_words_of_independent_reporters_are_not_shared() -> None:
    frame = articles(
        "Miners in the valley voted on Tuesday to accept a smaller bonus in return for shorter shifts underground.",
        "After a close ballot, the pit workers will spend fewer hours below ground and give up part of their bonus.",
    )
    assert shared_passages(frame).empty


def test_articles_of_different_events_are_not_compared() -> None:
    assert shared_passages(articles(AGENCY, AGENCY, event=["x", "y"])).empty
    assert len(shared_passages(articles(AGENCY, AGENCY, event=["x", "x"]))) == 1


def test_a_sentence_printed_twice_is_placed_twice() -> None:
    line = "The inquiry will publish every letter that the ferry company sent to its inspectors."
    frame = articles(
        line, f"{line}\n\nIn other news the tide was low and the gulls were loud that day.\n\n{line}"
    )
    assert len(shared_passages(frame)) == 2


def test_a_text_that_repeats_itself_is_still_aligned() -> None:
    song = "row the heavy boat slowly home across the grey water " * 40
    (row,) = shared_passages(articles(song, song)).to_dict("records")
    assert row["a_end"] - row["a_start"] > 0.95 * len(song.strip())


def test_no_articles_give_a_table_with_all_columns() -> None:
    empty = shared_passages(articles().astype({"article_id": "str", "body": "str"}))
    assert list(empty.columns[: len(PASSAGES.columns)]) == list(PASSAGES.columns)
    assert empty.empty


def test_ids_do_not_depend_on_other_articles() -> None:
    two = articles(AGENCY, "Local news. " + AGENCY)
    three = pd.concat(
        [two, articles("x " * 9).assign(article_id="other")],
        ignore_index=True,
    )
    assert shared_passages(two)["passage_id"].tolist() == shared_passages(three)["passage_id"].tolist()


@pytest.mark.parametrize("event", EVENTS, ids=lambda path: path.name)
def test_the_planted_passages_of_the_invented_events_are_found(event: Path) -> None:
    truth = yaml.safe_load((event / "truth.yml").read_text(encoding="utf-8"))
    names = sorted(
        {row["file"] for row in truth["quotations"]} | {r[s] for r in truth["shared"] for s in "ab"}
    )
    texts = {name: (event / name).read_text(encoding="utf-8") for name in names}
    frame = pd.DataFrame({"article_id": names, "body": [texts[name] for name in names]})
    found = shared_passages(frame)
    missed = []
    for row in truth["shared"]:
        a, b = sorted((row["a"], row["b"]))
        text = row["a_text"] if a == row["a"] else row["b_text"]
        at = texts[a].index(text)
        near = found[
            (found["a"] == a)
            & (found["b"] == b)
            & (found["a_start"] < at + len(text))
            & (found["a_end"] > at)
        ]
        covered = (near["a_end"].clip(upper=at + len(text)) - near["a_start"].clip(lower=at)).sum()
        if covered < 0.5 * len(text):
            missed.append((a, b, text))
    assert missed == []


WORDS = st.sampled_from(
    ["tide", "turned", "early", "and", "the", "boats", "“left", "left”", "harbour.\n", "İzmir", "漁船"]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=60).map(" ".join), max_size=4))
def test_offsets_lie_in_the_bodies_and_hold_shared_words(bodies: list[str]) -> None:
    frame = articles(*bodies).astype({"article_id": "str", "body": "str"})
    length = dict(zip(frame["article_id"], frame["body"].str.len(), strict=True))
    for row in shared_passages(frame).to_dict("records"):
        assert 0 <= row["a_start"] < row["a_end"] <= length[row["a"]]
        assert 0 <= row["b_start"] < row["b_end"] <= length[row["b"]]
        assert set(cut(frame, row, "a").lower().split()[1:-1]) & set(cut(frame, row, "b").lower().split())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), max_size=3))
def test_any_text_is_accepted(bodies: list[str]) -> None:
    shared_passages(articles(*bodies, *bodies).astype({"article_id": "str", "body": "str"}))


def test_grammar_words_of_another_language_are_no_passage() -> None:
    copied = "la goélette a sombré dans la brume au large du cap Marou avec douze pêcheurs à son bord"
    frame = articles(
        f"Selon la préfecture, {copied}. Le maire de la ville a dit que ce n'est pas la première fois de l'année.",
        f"On ignore pourquoi {copied}. Le préfet de la région a répondu que ce n'est pas la faute de la météo.",
        language=["fr", "fr"],
    )
    (row,) = shared_passages(frame).to_dict("records")
    assert cut(frame, row, "a") == copied
