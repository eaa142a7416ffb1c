from __future__ import annotations

import random

import numpy as np
import pytest

from analysis.articles import as_articles
from analysis.passages import shared_passages
from analysis.passages.candidates import HANDFUL, MANY, candidate_pairs
from analysis.passages.wordtable import read_words
from tests.passages.texts import AGENCY, articles


def noise(seed: int, n: int = 60) -> str:
    """Invented words that no other seed gives."""
    letters = random.Random(seed)
    return " ".join("".join(letters.choices("abcdefghiklmnoprstu", k=7)) for _ in range(n))


def pairs(bodies: list[str]) -> set[tuple[int, int]]:
    frame = as_articles(articles(*bodies))
    left, right = candidate_pairs(frame, read_words(bodies))
    return set(zip(left.tolist(), right.tolist(), strict=True))


def test_a_handful_is_compared_pair_by_pair() -> None:
    assert pairs([noise(k) for k in range(4)]) == {(i, j) for i in range(4) for j in range(i + 1, 4)}


@pytest.fixture
def crowd() -> list[str]:
    return [noise(k) for k in range(HANDFUL + 20)]


def test_in_a_crowd_only_articles_that_share_text_are_compared(crowd: list[str]) -> None:
    crowd[5] += " " + AGENCY
    crowd[70] = AGENCY + " " + crowd[70]
    assert pairs(crowd) == {(5, 70)}


def test_a_reworded_passage_is_found_in_a_crowd(crowd: list[str]) -> None:
    words = AGENCY.split()
    crowd[7] += " " + " ".join(words)
    crowd[50] += " " + " ".join(word for k, word in enumerate(words) if k % 4 != 3)
    assert (7, 50) in pairs(crowd)
    found = shared_passages(articles(*crowd))
    assert found[["a", "b"]].values.tolist() == [["h", "z50"]]


def test_a_text_in_very_many_articles_does_not_pair_them_all() -> None:
    n = 3 * MANY
    found = pairs([f"{noise(k)} {AGENCY}" for k in range(n)])
    assert len(found) < 8 * n
    reached = {0}
    for a, b in sorted(found):
        reached |= {a, b} if reached & {a, b} else set()
    assert reached == set(range(n)), "every copy hangs together with the first"


def test_a_text_that_most_of_a_crowd_prints_is_still_found() -> None:
    n = HANDFUL + 40
    found = shared_passages(articles(*(f"{noise(k, 12)}. {AGENCY}" for k in range(n))))
    assert set(found["a"]) | set(found["b"]) == set(articles(*[""] * n)["article_id"])


def test_the_order_of_events_does_not_matter() -> None:
    bodies = [AGENCY, noise(1), AGENCY, AGENCY]
    frame = as_articles(articles(*bodies, event=["x", "y", "y", "x"]))
    left, right = candidate_pairs(frame, read_words(bodies))
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 3), (1, 2)]
    assert left.dtype == np.int64
