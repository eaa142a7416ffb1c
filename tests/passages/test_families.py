from __future__ import annotations

import pytest

from analysis.passages import families, near_duplicates, own_words, reuse_score, shared_passages, templates
from tests.passages.texts import AGENCY, articles

OWN = "Fishermen in the port blame the dredging company, which dug a trench across the channel in the spring."
QUOTE = "“We will rebuild the breakwater stone by stone before the herring return to this coast,” Mara Tellis said."


def test_copy_makes_a_family_and_shares_add_up() -> None:
    frame = articles(
        AGENCY, f"{AGENCY} {OWN}", "Snow closed the mountain road again. Ploughs were sent from the plain."
    )
    table = families(shared_passages(frame), frame).set_index("article_id")
    assert table["family_id"].tolist() == ["a", "a", "c"]
    assert table["size"].tolist() == [2, 2, 1]
    assert table.loc["a", "own_share"] == 0
    assert table.loc["b", "shared_share"] == pytest.approx(34 / 52, abs=0.03)
    assert (table["shared_share"] + table["own_share"]).tolist() == pytest.approx([1, 1, 1])
    assert table.loc["b", ["shares", "closest"]].tolist() == ["wire copy", "a"]


def test_a_shared_quotation_makes_no_family() -> None:
    frame = articles(
        f"{QUOTE} {OWN}", f"Snow closed the mountain road on the day that she came to town. {QUOTE}"
    )
    passages = shared_passages(frame)
    assert passages["class"].tolist() == ["quotation"]
    assert families(passages, frame)["family_id"].tolist() == ["a", "b"]


def test_dates_and_credits_give_a_direction_that_is_marked_as_inferred() -> None:
    dated = articles(AGENCY, AGENCY, date=["2025-03-02", "2025-03-01"])
    table = families(shared_passages(dated), dated)
    assert table["direction"].tolist() == ["derived", "source"]
    assert "2025-03-01" in table.loc[1, "direction_basis"]
    credited = articles(AGENCY, f"CAPE MARROW (Reuters) - {AGENCY}")
    assert families(shared_passages(credited), credited)["direction"].tolist() == ["unknown", "derived"]


def test_own_words_are_what_nobody_else_prints() -> None:
    frame = articles(AGENCY, f"{AGENCY} {OWN}")
    own = own_words(frame, shared_passages(frame))
    (row,) = own[own["article_id"] == "b"].to_dict("records")
    assert frame.loc[1, "body"][row["start"] : row["end"]].strip(" .") == OWN.strip(".")
    assert (own["article_id"] == "a").sum() == 0


FOOTER = "Sign up for our morning letter and never miss a tide."


def papers(n: int, footer: str) -> list[str]:
    return [f"{'abcdefghij'[k % 10] * 5} {'klmnopqrst'[k // 10] * 5} {k}.\n{footer}" for k in range(n)]


def test_a_line_that_an_outlet_repeats_is_a_template_and_makes_no_passage() -> None:
    frame = articles(*papers(6, FOOTER), outlet=["The Gull"] * 6)
    lines = templates(frame)
    assert lines["text"].unique().tolist() == [FOOTER.rstrip(".")]
    assert lines[["articles", "of"]].drop_duplicates().values.tolist() == [[6, 6]]
    assert shared_passages(frame).empty


def test_a_footer_is_known_in_an_outlet_of_two_articles_but_an_update_of_a_story_is_not_one() -> None:
    two = [f"{AGENCY}\nIt was cold.\n{FOOTER}", f"{OWN}\nIt rained.\n{FOOTER}"]
    assert templates(articles(*two, outlet=["The Gull"] * 2))["text"].unique().tolist() == [
        FOOTER.rstrip(".")
    ]
    update = [f"{AGENCY}\n{OWN}\n{FOOTER}", f"Now in calm seas.\n{AGENCY}\n{OWN}\n{FOOTER}"]
    assert templates(articles(*update, outlet=["The Gull"] * 2)).empty


def test_a_line_in_the_middle_of_two_articles_or_in_several_outlets_is_no_template() -> None:
    middle = [f"{name}\n{FOOTER}\n{name} again" for name in ("Rain", "Snow")]
    assert templates(articles(*middle, outlet=["The Gull"] * 2)).empty
    assert templates(articles(*papers(4, FOOTER), outlet=["W", "X", "Y", "Z"])).empty


def test_a_template_is_counted_among_the_articles_of_its_outlet() -> None:
    bodies = papers(60, "Fair winds to all our readers at sea.")
    bodies[3:] = [
        body.replace("Fair winds to all our readers at sea.", f"Ends {k}.")
        for k, body in enumerate(bodies[3:])
    ]
    frame = articles(*bodies, outlet=["The Gull"] * 60)
    assert templates(frame).empty, "three of sixty articles may well share a sentence"


def test_near_duplicates_are_whole_articles() -> None:
    frame = articles(
        AGENCY, AGENCY.replace("Sunday", "Monday"), f"{AGENCY} {OWN} {' '.join(map(str, range(60)))}", OWN
    )
    found = near_duplicates(frame)
    assert found[["a", "b"]].values.tolist() == [["a", "b"]]
    assert 0.7 <= found.loc[0, "resemblance"] < 1
    assert near_duplicates(articles(AGENCY, AGENCY, event=["x", "y"])).empty


def test_the_reuse_score_ranks_copying_above_rewording_above_nothing() -> None:
    reworded = (
        "Two days after the trawler sank off Cape Marrow, divers found it; water there is forty metres deep."
    )
    scores = [reuse_score(AGENCY, text) for text in (AGENCY, reworded, OWN)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1
    assert (reuse_score("", ""), reuse_score("tide", "tide")) == (0, 1)
