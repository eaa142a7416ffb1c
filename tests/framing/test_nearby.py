"""Where absence must not be claimed: sentences that come near a fact in other words."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from analysis.framing import coverage, fact_roles
from analysis.framing.nearby import nearby
from analysis.framing.reports import Claim
from analysis.framing.searchable import Searchable

PLAIN = "A choir sang at the opening of the new library. The mayor read a poem to the children."


def status(claim: str, *bodies: str) -> list[str]:
    articles = pd.DataFrame({"article_id": [f"a{n}" for n in range(len(bodies))], "body": bodies})
    return list(coverage(pd.DataFrame({"fact_id": ["f"], "text": [claim]}), articles)["status"])


@pytest.mark.parametrize(
    ("claim", "elsewhere"),
    [
        (
            "Lauter later apologised for rushing the vote on the harbour.",
            "Lauter later apologised, writing that the vote had come too soon and that she was sorry.",
        ),
        (
            "Harbour safety today is particularly paramount.",
            "Brandt noted that harbour safety has become very important in the present climate.",
        ),
    ],
)
def test_what_another_says_in_other_words_is_not_called_absent(claim: str, elsewhere: str) -> None:
    assert status(claim, f"{PLAIN} {elsewhere}", PLAIN) in (
        ["uncertain", "not found"],
        ["told", "not found"],
        ["partly", "not found"],
    )


def test_the_doubt_points_to_the_sentence() -> None:
    body = f"{PLAIN} Brandt noted that harbour safety has become very important in the present climate."
    claim = "Harbour safety today is particularly paramount."
    articles = pd.DataFrame({"article_id": ["a"], "body": [body]})
    cell = coverage(pd.DataFrame({"fact_id": ["f"], "text": [claim]}), articles).iloc[0]
    assert body[cell["start"] : cell["end"]].startswith("Brandt noted")


def test_a_doubted_fact_is_nobodys_own() -> None:
    bodies = {
        "north": "Harbour safety today is particularly paramount.",
        "south": f"{PLAIN} Brandt noted that harbour safety has become very important in the present climate.",
    }
    articles = pd.DataFrame(
        {"article_id": list(bodies), "outlet": list(bodies), "body": list(bodies.values())}
    )
    facts = pd.DataFrame({"fact_id": ["f"], "text": [bodies["north"]]})
    assert fact_roles(coverage(facts, articles))["role"].tolist() == ["open"]


def test_one_sentence_a_text_at_most() -> None:
    texts = Searchable(f"The ferry ran late. The ferry ran late again. {PLAIN}", PLAIN)
    spread = Counter({key: len(places) for key, places in texts.places.items()})
    found = list(nearby([Claim("The ferry ran late.")], texts, spread))
    assert [(claim, text) for claim, text, *_ in found] == [(0, 0)]
    assert texts.texts[0][slice(*found[0][2:])] == "The ferry ran late."


def test_who_is_spoken_of_is_not_what_is_said() -> None:
    claim = "Tom Ainscough, of Marrow Sound, was born in a lighthouse."
    other = "It was a wet day and Tom Ainscough left Marrow Sound early."
    assert status(claim, other) == ["not found"]


def test_nothing_comes_near_nothing() -> None:
    assert list(nearby([], Searchable(PLAIN), {})) == []
    assert list(nearby([Claim("The ferry ran late.")], Searchable(""), {})) == []
