import pytest

from analysis import open_tables
from analysis.commentary import CommentaryError, commentary, read_note

HEAD = """---
chapter: quotations
title: A note
when:
  - {table: articles, at_least: %d}
values:
  n: {table: articles, count: article_id}
---
"""


@pytest.fixture
def note(tmp_path):
    def write(text, head=HEAD % 1):
        path = tmp_path / "a-note.md"
        path.write_text(head + text, encoding="utf-8")
        return read_note(path)

    return write


@pytest.fixture(scope="module")
def tables(event):
    return open_tables(event, keep=False)


def test_a_note_that_the_tables_bear_out_is_shown_with_its_values(note, tables):
    row = commentary([note("There are {n} articles.")], tables).iloc[0]
    assert row["shown"]
    assert str(len(tables["articles"])) in row["values"]


def test_a_note_that_they_no_longer_bear_out_is_left_out_and_says_why(note, tables):
    row = commentary([note("There are {n} articles.", HEAD % 99)], tables).iloc[0]
    assert not row["shown"]
    assert "asks for 99" in row["reason"]


@pytest.mark.parametrize(
    ("text", "head", "says"),
    [
        ("No head at all.", "", "begins with a head"),
        ("There are {m}.", HEAD % 1, "{m}"),
        ("There are 5 articles.", HEAD % 1, "a number is typed"),
        ("x", "---\nchaptr: quotations\n---\n", "chaptr"),
        ("x", "---\nchapter: a\nwhen: [{table: articles, eval: 1}]\n---\n", "eval"),
    ],
)
def test_a_note_that_cannot_be_used_says_where_and_why(note, text, head, says):
    with pytest.raises(CommentaryError, match=r"a-note\.md") as error:
        note(text, head)
    assert says in str(error.value)


def test_nothing_in_a_note_is_run(note, tables):
    row = commentary([note("{{ config }} `rm` {n}")], tables).iloc[0]
    assert row["text"] == "{{ config }} `rm` {n}"


def test_an_unknown_column_is_named(note, tables):
    head = (
        "---\nchapter: a\ntitle: t\nvalues: {n: {table: articles, where: {outlett: x}, count: outlet}}\n---\n"
    )
    with pytest.raises(CommentaryError, match="outlett"):
        commentary([note("{n}", head)], tables)


def test_the_shipped_notes_are_all_borne_out(seeds):
    table = open_tables(seeds, keep=False)["commentary"]
    assert len(table) > 2
    assert list(table.loc[~table["shown"], "reason"]) == []
