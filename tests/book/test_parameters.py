import ast
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_book import cell, notebook

from analysis.book.errors import BookError, InputError
from analysis.book.parameters import check_parameters, declared_parameters, describe, read_parameters

DECLARED = read_parameters(
    notebook(
        cell(
            'corpus: str = "seeds"  # folder of articles\n'
            "seed: int = 0  # seed of every random draw [0..1000]\n"
            'scheme: str = "policy"  # which frames [policy | news]\n'
            "level: float = 0.05  # level of significance [0..1]\n"
            "n_topics: int | None = None  # how many topics; none finds out [2..]\n"
            "own_words: bool = False  # leave shared words out\n"
            "outlets: list[str] = []  # only these",
            tags=["parameters"],
        )
    ),
    "words",
)


def check(**given):
    return check_parameters(given, {"words": DECLARED})


def test_a_declaration_is_read_with_type_default_meaning_and_range():
    seed = DECLARED["seed"]
    assert (seed.type, seed.default, seed.low, seed.high) == ("int", 0, 0, 1000)
    assert seed.about.startswith("seed of every random draw")
    assert DECLARED["scheme"].choices == ("policy", "news")
    assert DECLARED["n_topics"].optional
    assert describe(DECLARED["n_topics"]) == "int of at least 2 or none"


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ({"seed": "7"}, 7),
        ({"level": "1"}, 1.0),
        ({"own_words": "yes"}, True),
        ({"own_words": False}, False),
        ({"n_topics": "none"}, None),
        ({"outlets": "The Courier, Evening Post"}, ["The Courier", "Evening Post"]),
        ({"outlets": '["A, B", "C"]'}, ["A, B", "C"]),
        ({"scheme": "news"}, "news"),
    ],
)
def test_text_from_the_command_line_becomes_the_declared_type(given, value):
    assert check(**given) == {next(iter(given)): value}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"sed": 1}, "Did you mean 'seed'"),
        ({"seed": "seven"}, "'seven' is not an int from 0 to 1000"),
        ({"seed": 1001}, "1001 is not an int from 0 to 1000"),
        ({"seed": True}, "True is not an int"),
        ({"seed": "1" * 5000}, "is not an int"),
        ({"level": "nan"}, "'nan' is not a float"),
        ({"level": "1e400"}, "is not a float"),
        ({"own_words": "maybe"}, "'maybe' is not a bool"),
        ({"scheme": "weather"}, "one of policy, news"),
        ({"seed": None}, "None is not an int"),
        ({"outlets": "[1, 2]"}, "is not a list"),
        ({"corpus": "elsewhere"}, "give the corpus as the argument"),
        ({"x = 1; import os": "1"}, "unknown parameter"),
        ({"__import__('os').system('id')": "1"}, "unknown parameter"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_would_be_accepted(given, words):
    with pytest.raises(InputError, match="parameter") as raised:
        check(**given)
    assert words in str(raised.value)


@pytest.mark.parametrize("text", ["a\x00b", "a\x1b[2Jb", "\ud800"])
def test_control_characters_and_broken_unicode_are_refused(text):
    with pytest.raises(InputError, match="control characters"):
        check(outlets=[text])


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_accepted_text_arrives_in_the_kernel_as_it_was_given(text):
    from papermill.translators import PythonTranslator

    try:
        checked = check(outlets=[text])
    except InputError:
        return
    statement = ast.parse(PythonTranslator.codify(checked)).body[0]
    assert len(ast.parse(PythonTranslator.codify(checked)).body) == 1
    assert ast.literal_eval(statement.value) == checked["outlets"]


@pytest.mark.parametrize(
    "source", ["import os", "seed: int = f()", "seed = 1", "seed: complex = 1", "a: int = b: int = 1"]
)
def test_a_parameters_cell_holds_nothing_but_declarations(source):
    with pytest.raises((BookError, SyntaxError)):
        read_parameters(notebook(cell(source, tags=["parameters"])), "words")


def test_one_name_has_one_type_through_the_book(tmp_path):
    for name, source in (("a", "seed: int = 0  # x"), ("b", "seed: float = 0.0  # x")):
        (tmp_path / f"{name}.ipynb").write_text(json.dumps(notebook(cell(source, tags=["parameters"]))))
    with pytest.raises(BookError, match="int in a but float in b"):
        declared_parameters({name: tmp_path / f"{name}.ipynb" for name in "ab"})


def test_values_go_only_to_the_chapters_that_declare_them(bench):
    from analysis.book.plan import make_plans

    bench.write(
        "words", notebook(cell("# Words", "markdown"), cell('corpus: str = "x"  # c', tags=["parameters"]))
    )
    (plan,) = make_plans(bench.corpus, bench.output, {"seed": "3"}, None, bench.home, [], None).books
    assert plan.given["chapters/who"]["seed"] == 3
    assert "seed" not in plan.given["chapters/words"]
