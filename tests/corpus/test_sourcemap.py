"""The way back from a body to the file, to the character."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.furniture import clean_text
from analysis.corpus.repair import repair
from analysis.corpus.sourcemap import apply_edits, chain

ODD = st.text(
    alphabet=st.sampled_from("ab .,:;?!\"'“”‘’()[]|—–-\n\r\t\x00\x0b\x0c\x85\u2028\u200b\u200d\ufeff\u00adÃ©â€™&amp;#39;©@/<>{}0éÉ\u0301ﬁ\u202e\ud800中अ🙂"),
    max_size=120,
)  # fmt: skip
LINES = st.lists(
    st.sampled_from(
        [
            "ADVERTISEMENT", "By Nils Holm", "Oslo: The board met on Monday and voted for the pier.", "A short line", "© 2031 Quay",
            "“We waited,” said the mayor.", "harbour, pier, pier vote, old pier, harbour pier, vote, quayThe pier. (Photo: N. Holm)", "",
            "The board met again on Tuesday &amp; talked.", " date 2031-03-03 x", "Itâ€™s done, the mayor said.", "Read more", "(Quay Courier)",
        ]
    ),
    max_size=10,
)  # fmt: skip


def subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(c in rest for c in short)


def test_deletion_and_replacement():
    text, back = apply_edits("one two three", [(3, 7, ""), (8, 13, "xyz!")])
    assert text == "one xyz!"
    assert back.span(0, 3) == (0, 3)
    assert back.span(4, 8) == (8, 13)
    assert back.span(5, 6) == (8, 13)  # a character of a replacement stands for all of what it replaced
    assert back.span(2, 5) == (2, 13)
    assert back.span(3, 3) == (7, 7)


@given(st.one_of(ODD, LINES.map("\n".join), LINES.map("\r\n\r\n".join)))
@settings(max_examples=300, deadline=None)
def test_every_character_comes_from_where_the_map_says(source):
    text, maps, _ = repair(source)
    cleaned = clean_text(text)
    body, way = cleaned.body, (cleaned.back, *maps)
    before = 0
    for i, c in enumerate(body):
        start, end = chain(way, i, i + 1)
        assert before <= start < end <= len(source)
        before = start
        assert source[start:end] == c or (text.count(c) >= 1 and source[start:end] != "")
        if not maps:
            assert source[start:end] == c
    if not maps and body:
        start, end = chain(way, 0, len(body))
        assert subsequence(body, source[start:end])
    for removal in cleaned.removals:
        assert 0 <= removal.start < removal.end <= len(text)
        start, end = chain(maps, removal.start, removal.end)
        assert 0 <= start < end <= len(source)


@given(st.one_of(ODD, LINES.map("\n".join)))
@settings(max_examples=150, deadline=None)
def test_body_and_removals_together_are_the_text(source):
    text, _, _ = repair(source)
    cleaned = clean_text(text)
    kept = [c for c in cleaned.body if not c.isspace()]
    taken = [c for r in cleaned.removals for c in text[r.start : r.end] if not c.isspace()]
    assert sorted(kept + taken) == sorted(c for c in text if not c.isspace())


@pytest.mark.parametrize(
    ("source", "repaired"),
    [
        ("cafe\u200b\u0301", "caf\xe9"),  # an invisible character between letter and accent
        ("e\u0301\u200cb", "\xe9b"),  # a joiner beside a letter that is yet to be composed
        ("a\u200c\u200bb", "ab"),
        ("a\u0301\u2060\u0301", "\xe1\u0301"),
        ("&\u200bamp;lt;", "&lt;"),  # written out once, not twice
    ],
)
def test_a_repair_makes_no_other_one_necessary(source, repaired):
    text, maps, _ = repair(source)
    assert text == repaired
    assert maps


@given(ODD)
@settings(max_examples=150, deadline=None)
def test_repair_is_stable(source):
    once, _, _ = repair(source)
    twice, maps, _ = repair(once)
    assert all(not c.isspace() or c in " \n\t\x1c\x1d\x1e\x1f" or ord(c) > 127 for c in once)
    if not set("&Ãâﬁ\u200d") & set(source):
        assert twice == once
        assert not maps
