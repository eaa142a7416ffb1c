"""Names of speakers."""

from __future__ import annotations

import math

import pytest

from analysis.naming import nameless, same_name, sure_speaker


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Okonra", "Ilvane Okonra"),
        ("Tarsian Foreign Ministry", "Tarsia’s Foreign Ministry"),
        ("Foreign Ministry", "Tarsian Foreign Ministry"),
        ("J. Mora", "Ana J Mora"),
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
