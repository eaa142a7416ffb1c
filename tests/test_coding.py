"""A town with one article and two coders; every unit can be counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import load_corpus, open_tables
from analysis.coding import CodingError, agreement, codings, disagreements, same_speaker

TEXT = """Mayor Ana Brandt said: "We will rebuild the bridge."

The bridge was closed in March after a flood. The council will vote on the money in May.

The old design was known as the "swan neck". The river stood two metres above the road.
"""
QUOTED = "We will rebuild the bridge."


def coding(folder, speaker="Ana Brandt", told="yes", second="term"):
    folder.mkdir(parents=True)
    start, term = TEXT.index(QUOTED), TEXT.index("swan neck")
    pd.DataFrame(
        [("post.txt", start, start + len(QUOTED), "speech", speaker, QUOTED), ("post.txt", term, term + 9, second, "", "swan neck")],
        columns=["file", "start", "end", "kind", "speaker", "text"],
    ).to_csv(folder / "quotations.csv", index=False)  # fmt: skip
    pd.DataFrame(
        [("f1", "post.txt", told, "The bridge was closed in March."), ("f2", "post.txt", "no", "A train arrived from Lund.")],
        columns=["fact", "file", "told", "text"],
    ).to_csv(folder / "facts.csv", index=False)  # fmt: skip


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "post.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "other.txt").write_text(
        "The harbour was quiet on Monday. Nothing was said.\n", encoding="utf-8"
    )
    return tmp_path


def made(corpus):
    return codings(open_tables(load_corpus(corpus), keep=False))


def test_a_corpus_without_coding_has_no_codings(corpus):
    table = made(corpus)
    assert len(table) == 0
    assert len(agreement(table)) == len(disagreements(table)) == 0


def test_the_program_codes_what_a_coder_has_coded(corpus):
    coding(corpus / "coding" / "kim")
    table = made(corpus)
    program = table[table["coder"] == "program"].set_index("unit")["code"]
    assert program[table.loc[table["what"] == "speakers", "unit"].iloc[0]] == "Ana Brandt"
    assert dict(program[["f1@post", "f2@post"]]) == {"f1@post": "yes", "f2@post": "no"}
    words = table[(table["what"] == "quotations") & (table["article_id"] == "post")]
    assert (words["code"] == "speech").groupby(words["coder"]).sum().to_dict() == {"kim": 5, "program": 5}


def test_a_coding_is_no_article(corpus):
    coding(corpus / "coding" / "kim")
    assert sorted(load_corpus(corpus).articles["article_id"]) == ["other", "post"]


def test_agreement_counts_units_and_differences_name_them(corpus):
    coding(corpus / "coding" / "kim")
    coding(corpus / "coding" / "lee", told="no")
    table = made(corpus)
    facts = agreement(table).query("what == 'facts'").set_index(["coder_a", "coder_b"])
    assert facts.loc[("kim", "lee"), "same"] == 0.5
    assert facts.loc[("kim", "program"), ["units", "same", "alpha"]].tolist() == [2, 1, 1]
    wrong = disagreements(table)
    assert wrong[["what", "coder", "code", "program"]].to_numpy().tolist() == [["facts", "lee", "no", "yes"]]


def test_words_that_differ_side_by_side_are_one_difference(corpus):
    coding(corpus / "coding" / "kim", second="speech")
    wrong = disagreements(made(corpus)).query("what == 'quotations'")
    assert len(wrong) == 1
    row = wrong.iloc[0]
    assert (row["code"], row["program"]) == ("speech", "term")
    body = load_corpus(corpus).articles.set_index("article_id").loc["post", "body"]
    assert body[row["start"] : row["end"]] == "swan neck"


def test_a_coding_that_does_not_fit_says_where(corpus):
    coding(corpus / "coding" / "kim")
    path = corpus / "coding" / "kim" / "quotations.csv"
    good = path.read_text()
    path.write_text(good.replace("swan neck", "duck neck"))
    with pytest.raises(CodingError, match=r"quotations.csv, line 3: 'duck neck' does not stand at"):
        made(corpus)
    path.write_text(good.replace("post.txt", "past.txt"))
    with pytest.raises(CodingError, match=r"no article in 'past.txt'; there are other.txt, post.txt"):
        made(corpus)
    path.write_text(good.replace("speaker", "who"))
    with pytest.raises(CodingError, match="no column 'speaker'"):
        made(corpus)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Ana Brandt", "Mayor Ana Brandt", True),
        ("Brandt", "Ana Brandt", True),
        ("Denmark's Ministry of Health", "Ministry of Health of Denmark", True),
        ("Ana Brandt", "Ana Berg", False),
        ("", "Ana Brandt", False),
    ],
)
def test_one_speaker_under_two_names(a, b, same):
    assert same_speaker(a, b) is same
    assert same_speaker(b, a) is same


def test_the_coding_that_ships_stands_in_the_articles():
    from pathlib import Path

    table = made(Path(__file__).resolve().parent.parent / "seeds")
    people = table[table["coder"] != "program"]
    assert set(people["what"]) == {"quotations", "speakers", "topics", "facts"}
    per_fact = people[people["what"] == "facts"].groupby(["coder", "about"]).size()
    assert (per_fact == table["article_id"].nunique()).all(), "every fact is coded for every article"
