from __future__ import annotations

import pandas as pd
import pytest

from analysis.passages import shared_passages
from tests.passages.texts import AGENCY, articles

CASES = {
    "quotation": (
        "“We will rebuild the breakwater stone by stone before the herring return,” Mara Tellis said.",
        "Ms Tellis promised. “We will rebuild the breakwater stone by stone before the herring return.”",
    ),
    "official statement": (
        "The ministry said the two sides will convene a panel on salvage rights and dredging early next year.",
        "Both sides will convene a panel on salvage rights and dredging early next year, officials said.",
    ),
    "wire copy": (AGENCY, "By our reporter. " + AGENCY),
    "headline": (
        "Survey drone finds sunken trawler off northern cape\n\nThe vessel had been missing since Friday evening.",
        "It was on Sunday that a survey drone finds sunken trawler off northern cape, to everyone's relief.",
    ),
    "formulaic": (
        "A spokesman for the firm did not respond to a request for comment. The pier stays shut.",
        "Her lawyer did not respond to a request for comment. Rain is expected all week long.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_kind_of_sharing_has_its_class(name: str) -> None:
    (row,) = shared_passages(articles(*CASES[name])).to_dict("records")
    assert (row["class"], bool(row["reason"])) == (name, True)


def test_a_quotation_that_one_side_reports_without_marks_is_a_quotation() -> None:
    frame = articles(
        "“The lighthouse should never have been automated without asking the pilots first,” Tellis said.",
        "Tellis said the lighthouse should never have been automated without asking the pilots first.",
    )
    assert shared_passages(frame)["class"].tolist() == ["quotation"]


def test_words_in_marks_that_a_ministry_speaks_are_an_official_statement() -> None:
    frame = articles(
        "“They stressed the need for a salvage treaty that covers wrecks in disputed waters,” the ministry said.",
        "The two envoys stressed the need for a salvage treaty that covers wrecks in disputed waters.",
    )
    assert shared_passages(frame)["class"].tolist() == ["official statement"]


def test_known_quotations_replace_the_pairing_of_marks() -> None:
    body = "The pilots wrote that the new buoys drift in every spring gale and cannot be trusted at night."
    frame = articles(body, "In brief. " + body)
    known = pd.DataFrame({"article_id": ["a", "b"], "start": [22, 32], "end": [len(body) - 1, len(body) + 9]})
    assert shared_passages(frame, known)["class"].tolist() == ["quotation"]
    assert shared_passages(frame)["class"].tolist() == ["wire copy"]
    terms = known.assign(kind="term", speaker_mention=None)
    assert shared_passages(frame, terms)["class"].tolist() == ["wire copy"]
