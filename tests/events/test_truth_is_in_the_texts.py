"""The invented events are a promise about texts: every claim of a truth.yml must stand in its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
EVENTS = sorted(path.parent for path in HERE.glob("*/corpus.yml"))
RELATIONS = {"verbatim", "trimmed", "spliced", "overlap", "fragment", "reworded"}


def _load(event: Path) -> tuple[dict[str, Any], dict[str, Any], dict[str, str]]:
    corpus = yaml.safe_load((event / "corpus.yml").read_text(encoding="utf-8"))
    truth = yaml.safe_load((event / "truth.yml").read_text(encoding="utf-8"))
    texts = {row["file"]: (event / row["file"]).read_text(encoding="utf-8") for row in corpus["articles"]}
    return corpus, truth, texts


def _claims(truth: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for part in ("quotations", "terms", "marks_lost", "transcript", "furniture"):
        for row in truth[part]:
            yield row["file"], row["text"]
    for part in ("shared", "wording", "contradictions"):
        for row in truth.get(part, []):
            yield row["a"], row["a_text"]
            yield row["b"], row["b_text"]
    for fact in truth["facts"]:
        yield from fact["told"].items()


def test_there_are_at_least_three_events() -> None:
    assert len(EVENTS) >= 3


@pytest.mark.parametrize("event", EVENTS, ids=lambda path: path.name)
def test_every_text_stands_in_its_file(event: Path) -> None:
    _, truth, texts = _load(event)
    assert [(name, text) for name, text in _claims(truth) if text not in texts[name]] == []


@pytest.mark.parametrize("event", EVENTS, ids=lambda path: path.name)
def test_every_quotation_stands_between_marks(event: Path) -> None:
    _, truth, texts = _load(event)
    bare = [
        row["id"]
        for row in truth["quotations"]
        if not any(left + row["text"] in texts[row["file"]] for left in ('"', "“", "‘"))
    ]
    assert bare == []


@pytest.mark.parametrize("event", EVENTS, ids=lambda path: path.name)
def test_pairs_name_quotations_of_two_articles(event: Path) -> None:
    _, truth, _ = _load(event)
    home = {row["id"]: row["file"] for row in truth["quotations"]}
    assert len(home) == len(truth["quotations"])
    for row in truth["pairs"]:
        assert home[row["a"]] != home[row["b"]]
        kinds = row["relation"] if isinstance(row["relation"], list) else [row["relation"]]
        assert set(kinds) <= RELATIONS
    for part in ("unsure", "near_misses", "speaker_conflicts"):
        for row in truth[part]:
            assert {row["a"], row["b"]} <= set(home)
    assert {row["quotation"] for row in truth["marks_lost"] + truth["transcript"]} <= set(home)
    assert set(truth["uncorroborated"]) <= set(home)


@pytest.mark.parametrize("event", EVENTS, ids=lambda path: path.name)
def test_facts_speak_of_every_article_once(event: Path) -> None:
    corpus, truth, _ = _load(event)
    files = sorted(row["file"] for row in corpus["articles"])
    for fact in truth["facts"]:
        assert sorted([*fact["told"], *fact["not_found"]]) == files


@pytest.mark.parametrize("event", EVENTS, ids=lambda path: path.name)
def test_words_lie_inside_their_passages(event: Path) -> None:
    _, truth, _ = _load(event)
    for row in truth["wording"]:
        assert row.get("a_words", "") in row["a_text"]
        assert row.get("b_words", "") in row["b_text"]


@pytest.mark.parametrize("event", EVENTS, ids=lambda path: path.name)
def test_articles_are_of_a_readable_length(event: Path) -> None:
    _, _, texts = _load(event)
    for name, text in texts.items():
        assert 180 <= len(text.split()) <= 450, name
