"""Names of speakers."""

from __future__ import annotations

import math

import pytest

from analysis.naming import (
    conflicting,
    named_before,
    named_in_paragraph,
    nameless,
    relatives,
    same_name,
    speaks_for_body,
    sure_speaker,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Okonra", "Ilvane Okonra"),
        ("Tarsian Foreign Ministry", "Tarsia’s Foreign Ministry"),
        ("Foreign Ministry", "Tarsian Foreign Ministry"),
        ("J. Mora", "Ana J Mora"),
        ("Mike Vell", "Michael Vell"),
        ("The Ministry of Health", "Ministry for Health"),
    ],
)
def test_two_names_of_one(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Mora", "Leo Mora"),
        ("Tarsian Foreign Ministry", "Velmoran Foreign Ministry"),
        ("an official", "Ana Mora"),
        ("India", "Indonesia"),
    ],
)
def test_names_of_two(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_a_guess_proves_nothing_and_an_official_is_surely_nameless() -> None:
    assert not sure_speaker("Ana Mora", 0.6)
    assert sure_speaker("Ana Mora", math.nan)
    assert sure_speaker("a senior official", 0.6)
    assert not sure_speaker(None, 1.0)
    assert nameless("diplomat from a third country")
    assert not nameless("Ana Mora")


def test_only_people_and_the_nameless_conflict() -> None:
    assert conflicting("Ana Mora", "Leo Vell")
    assert conflicting("Ana Mora", "an official")
    assert not conflicting("Ana Mora", "Mora")
    assert not conflicting("Ana Mora", "Harbour Ministry")
    assert not conflicting("an official", "a diplomat")


def test_a_paragraph_that_names_the_other_leaves_doubt() -> None:
    body = "Vell listened.\nMora and Vell met. 'It is late,' she said.\n"
    start = body.index("It is late")
    assert named_in_paragraph("Leo Vell", body, start, start + 10)
    assert not named_in_paragraph("Ana Kern", body, start, start + 10)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("Ana Mora", "Leo Mora", True),
        ("Mike Vell", "Michael Vell", False),
        ("M. Vell", "Michael Vell", False),
        ("Ana Mora", "Leo Vos", False),
        ("Mora", "Leo Mora", False),
    ],
)
def test_people_of_one_surname(one: str, other: str, apart: bool) -> None:
    assert relatives(one, other) is apart


def test_who_was_spoken_of_just_before() -> None:
    body = "Ana Mora spoke first.\n\nShe was calm.\n\nIt rained.\n\n“We are ready,” she said."
    start = body.index("We are")
    assert not named_before("Ana Mora", body, start)
    assert named_before("Ana Mora", body, start, paragraphs=3)
    assert not named_before("Leo Vos", body, start, paragraphs=3)


@pytest.mark.parametrize(
    ("line", "for_body"),
    [
        ("The Mora campaign said the plan “would close the port”.", True),
        ("Mora’s office called it “a bad day for the port”.", True),
        ("Mora said the plan “would close the port”.", False),
    ],
)
def test_a_body_that_bears_a_name_is_not_the_person(line: str, for_body: bool) -> None:
    start = line.index("“") + 1
    assert speaks_for_body("Ana Mora", line, start, line.index("”")) is for_body
