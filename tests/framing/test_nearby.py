"""Where absence must not be claimed: sentences that come near a fact in other words."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.framing import coverage, fact_roles
from analysis.framing.claims import Claim
from analysis.framing.nearby import nearby, printed
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


def test_the_words_of_a_quotation_are_looked_for_as_they_stand() -> None:
    claim = "“I will not go,” he said, and sat down again in the harbour office."
    assert status(claim, f"{PLAIN} “I will  not\u00a0go. Not today,” Quist told us.") == ["uncertain"]
    assert status(claim, f"{PLAIN} She will not go there.") == ["not found"]
    assert status("“Not now,” he said, and left the harbour office.", f"{PLAIN} Not now.") == ["not found"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["We stay here now.", "Then we go home.", "No.", "«Yes»", "ſ İ"]), max_size=5)
)
def test_a_printed_passage_is_within_its_text(lines: list[str]) -> None:
    text = " ".join(lines)
    texts = Searchable(text)
    claims = [Claim("“here now then we go”"), Claim("“we stay here now”"), Claim("“no”"), Claim("")]
    for claim, _, start, end in printed(claims, texts, np.ones((4, 1), dtype=bool)):
        words = re.sub(r"\W+", " ", text[start:end].lower())
        assert ("here now then we go" if claim == 0 else "we stay here now") in words
        assert 0 <= start < end <= len(text)
