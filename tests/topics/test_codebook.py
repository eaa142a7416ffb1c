import pytest

from analysis.topics import Codebook, CodebookError, Term, Topic, codebook_yaml, load_codebook

FULL = """\
title: A storm
topics:
  - id: damage
    label: What broke
    terms: [gate, {term: flooded, weight: 2}]
    phrases: [storm surge]
    prefixes: [destr]
    exclude: [gate crasher]
  - id: money
    terms:
      cost: 1
      insurance: 1.5
"""


def write(tmp_path, text):
    path = tmp_path / "codebook.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_full_form(tmp_path):
    book = load_codebook(write(tmp_path, FULL))
    assert book.ids == ["damage", "money"]
    damage, money = book.topics
    assert damage.label == "What broke" and money.label == "Money"
    assert damage.terms == (Term("gate"), Term("flooded", 2.0), Term("storm surge"), Term("destr*"))
    assert damage.exclude == ("gate crasher",)
    assert money.terms == (Term("cost"), Term("insurance", 1.5))
    assert book.label("unassigned") == "Unassigned"


def test_short_form_keeps_ids_as_they_are():
    ids = ["Sci/Tech", " spaced ", "topics", "id", "日本", "007"]
    book = load_codebook({topic: [f"word{i}"] for i, topic in enumerate(ids)})
    assert book.ids == ids


def test_yaml_and_back(tmp_path):
    book = load_codebook(write(tmp_path, FULL))
    assert load_codebook(write(tmp_path, codebook_yaml(book))) == book
    odd = Codebook((Topic("no", "Yes: really", 'a "b"', (Term("off"), Term("2026", 0.5)), (), ("x: y",)),))
    assert load_codebook(write(tmp_path, codebook_yaml(odd))) == odd


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("topics:\n  - id: a\n    term: [x]\n", ":3: unknown key 'term'; did you mean 'terms'?"),
        ("titel: x\ntopics:\n  - id: a\n    terms: [x]\n", ":1: unknown key 'titel'; did you mean 'title'?"),
        ("topics:\n  - {id: a, terms: [x]}\n  - {id: a, terms: [y]}\n", ":3: the topic id 'a' stands twice"),
        ("a: [storm]\nb: [rain, Storm]\n", ":2: the term 'Storm' stands in two topics, 'a' and 'b'"),
        ("a: [storm]\na: [rain]\n", ":2: the key 'a' stands twice"),
        ("a: []\n", ":1: topic 'a' has no terms"),
        ("a: ['...']\n", ":1: topic 'a': the term '...' has no letter or digit"),
        ("unassigned: [x]\n", "'unassigned' is kept"),
        ("a: {x: -1}\n", ":1: topic 'a', term 'x': the weight -1 is not a positive number"),
        ("a: [yes]\n", "expected text, found yes/no; put it between quotation marks"),
        ("a: [x\n", "is not valid YAML"),
        ("- x\n", "expected topics, found a list"),
        ("", "expected topics, found nothing"),
        ("{}", "has no topics"),
        ("a: &x [*x]\n", "expected text, found a list"),
    ],
)
def test_errors_name_the_place_and_the_mend(tmp_path, text, message):
    path = write(tmp_path, text)
    with pytest.raises(CodebookError) as error:
        load_codebook(path)
    assert message in str(error.value) and str(path) in str(error.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CodebookError, match=r"none\.yml: cannot be read"):
        load_codebook(tmp_path / "none.yml")


def test_a_mapping_is_checked_like_a_file():
    with pytest.raises(CodebookError, match="stands in two topics"):
        load_codebook({"a": ["storm"], "b": ["storm"]})


def test_different_words_of_one_stem_may_be_in_two_topics():
    assert load_codebook({"a": ["security"], "b": ["securities"]}).ids == ["a", "b"]
