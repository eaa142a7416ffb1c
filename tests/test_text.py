from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from analysis.text import count_words, fold, paragraphs, sentences, stem, straighten, words


def cut(text, spans):
    return [text[a:b] for a, b in spans]


def test_lines_are_paragraphs():
    assert cut("One.\nTwo.\n\n  Three. \n", paragraphs("One.\nTwo.\n\n  Three. \n")) == [
        "One.",
        "Two.",
        "Three.",
    ]


def test_hard_wrapped_blocks_are_paragraphs():
    text = (
        "The council met on Tuesday evening to talk about\nthe bridge, which has been closed since the flood\n"
        "of last spring and will stay closed until\nthe money is found.\n\nNobody on the council could say when that would\n"
        "be, or who would pay for the ferry that people\nhave used since then to cross to the market on\nthe other bank."
    )
    assert len(paragraphs(text)) == 2


def test_sentences_keep_closing_marks_and_do_not_end_at_abbreviations():
    text = 'He met Mr. Ortiz at 5 p.m. on Friday. "We agreed." The U.S. The talks went on. "Why?" she asked.'
    assert cut(text, sentences(text)) == [
        "He met Mr. Ortiz at 5 p.m. on Friday.", '"We agreed."', "The U.S.", "The talks went on.", '"Why?" she asked.',
    ]  # fmt: skip


def test_initials_do_not_end_a_sentence():
    text = "The award went to J. R. Castell. He was not there."
    assert cut(text, sentences(text)) == ["The award went to J. R. Castell.", "He was not there."]


def test_words_keep_inner_hyphens_and_apostrophes():
    text = "The two-day visit: it's Ana's."
    assert cut(text, words(text)) == ["The", "two-day", "visit", "it's", "Ana's"]
    assert count_words(text) == 5


def test_fold_drops_the_possessive_and_stem_the_ending():
    assert fold("Ministry’s") == "ministry"
    assert stem("negotiations") == stem("negotiation")


@given(st.text())
def test_straighten_keeps_every_offset(text):
    assert len(straighten(text)) == len(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_spans_lie_inside_in_order_and_hold_no_outer_space(text):
    for spans in (paragraphs(text), sentences(text), words(text)):
        assert all(0 <= a < b <= len(text) for a, b in spans)
        assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    assert all(text[a:b] == text[a:b].strip() for a, b in paragraphs(text))


def test_one_broken_line_in_a_text_of_whole_paragraphs_is_joined():
    body = (
        "The market closes.\n\nA petition against the closure of the old market has\nbeen signed by many.\n\n"
        "Also on sale there:\nherring and bread"
    )
    assert [body[a:b] for a, b in paragraphs(body)] == [
        "The market closes.",
        "A petition against the closure of the old market has\nbeen signed by many.",
        "Also on sale there:",
        "herring and bread",
    ]
    assert body[slice(*sentences(body)[1])].endswith("been signed by many.")
