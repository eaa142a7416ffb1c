import html
import re

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.render import Mark, encode, link, marked, number, plural, slug, table, tag

HOSTILE = (
    "{{ 7*7 }} {% include 'x' %} <script>alert(1)</script> `code` $x$ {eval}`1` ```{include} /etc/passwd"
)


def test_nothing_that_means_anything_survives():
    made = encode(HOSTILE)
    assert not set("{}<>`$%'/\\*_[]()|~^") & set(re.sub(r"&#\d+;", "", made))
    assert html.unescape(made) == HOSTILE


@given(st.text())
def test_encoded_text_reads_the_same(text):
    shown = html.unescape(encode(text))
    kept = "".join(c for c in shown if c.isprintable() and c != " ")
    assert set(kept) <= set(text) | {" "}
    assert "<" not in encode(text)
    assert "{" not in encode(text)


def test_attributes_cannot_be_left():
    made = tag("p", "x", title='" onmouseover="alert(1)')
    assert made.count('"') == 2


def test_slugs_are_safe_and_tell_texts_apart():
    assert slug("morning-post") == "morning-post"
    assert slug("../../etc/passwd") != slug("etc/passwd")
    assert re.fullmatch(r"[a-z0-9-]+", slug("../../etc/passwd"))
    assert slug("CON") != "con"
    assert re.fullmatch(r"[a-z0-9-]+", slug("日本"))


def test_marks_may_overlap_and_keep_the_text():
    made = marked("hello world out", [Mark(0, 11, "a", "first"), Mark(6, 15, "b")])
    assert re.sub(r"<[^>]+>", "", made) == "hello world out"
    assert made.count('id="first"') == 1


@given(
    st.text(alphabet="abc <{", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6),
)
def test_any_marks_keep_the_text(text, spans):
    made = marked(text, [Mark(min(s), max(s), "m") for s in spans])
    assert html.unescape(re.sub(r"<[^>]+>", "", made)) == text


def test_a_table_says_what_it_shows_and_what_it_leaves_out():
    made = table(pd.DataFrame({"a": [1, 2, 3]}), {"a": "number"}, "Numbers", limit=2)
    assert "<caption>Numbers</caption>" in made
    assert html.unescape(made).count("<tr>") == 3
    assert "1 more rows" in html.unescape(made)


def test_links_lead_to_anchors():
    assert link("there", "q-1", "articles.html") == '<a class="t-link" href="articles.html#q-1">there</a>'


def test_numbers_for_people():
    assert number(1234.5, 1) == "1,234.5"
    assert number(0.256, percent=True) == "26 %"
    assert number(float("nan")) == "–"


def test_things_are_counted_for_people():
    assert [plural(n, "statement") for n in (0, 1, 1204)] == [
        "0 statements",
        "1 statement",
        "1,204 statements",
    ]
    assert plural(2, "speech", "speeches") == "2 speeches"
