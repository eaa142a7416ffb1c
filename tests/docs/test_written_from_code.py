"""Reference, dictionary and diagram must hold what the code holds."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

import analysis
from analysis.exports import schemas
from analysis.recipes import RECIPES

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "_ext"))
import tellings_docs as made  # noqa: E402

REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reference():
    return "\n".join(
        made.functions(modules) for modules in re.findall(r"<!-- functions ([\w. ]+) -->", REFERENCE)
    )


def test_every_public_name_of_the_package_has_an_entry(reference):
    listed = set(re.findall(r"^### (\w+)$", reference, re.M))
    assert {name for name in analysis.__all__ if not name.startswith("_")} - listed == set()


def test_every_public_function_says_what_it_takes_and_gives():
    silent = []
    for name in analysis.__all__:
        thing = getattr(analysis, name)
        if callable(thing) and not isinstance(thing, type):
            doc = thing.__doc__ or ""
            takes = "Args:" in doc or thing.__code__.co_argcount + thing.__code__.co_kwonlyargcount <= 1
            if not takes or "->" not in str(made._signature(thing)):
                silent.append(name)
    assert silent == []


def test_every_table_of_a_corpus_is_declared():
    assert [name for name in RECIPES if name not in schemas()] == []


def test_every_table_stands_in_the_dictionary_with_every_column():
    page = made.tables()
    for schema in schemas().values():
        part = page.split(f"(table-{schema.name})=")[1].split("(table-")[0]
        assert part.count("\n| ") - 2 == len(schema.columns), schema.name


def test_a_docstring_becomes_lists_and_keeps_its_examples():
    doc = "Count {words} *here* in `a_b`.\n\nThe file::\n\n    claims:\n      - id: one\n\nArgs:\n    text: where,\n        and how.\n\nRaises:\n    ValueError: there is none."
    page = made.described(doc)
    assert r"Count \{words} \*here\* in `a_b`." in page
    assert "```text\nclaims:\n  - id: one\n```" in page
    assert "- `text`: where,\n  and how." in page
    assert "**Raises**\n\n- `ValueError`: there is none." in page


def test_the_diagram_stands_on_what_it_needs():
    needs = made.imports(ROOT / "analysis")
    floors = made.layered(needs)
    height = {room: number for number, rooms in enumerate(floors) for room in rooms}
    assert set(height) == set(needs)
    assert all(height[below] < height[room] for room in needs for below in needs[room])
    assert {"tables", "exports"} <= made._reached("cli", needs)
    assert made.architecture().count("<rect") == len(needs)


def test_imports_are_read_from_sources(tmp_path):
    (tmp_path / "roof.py").write_text(
        "from analysis.wall import stone\n\ndef f():\n    from analysis import floor\n"
    )
    (tmp_path / "wall.py").write_text(
        "if TYPE_CHECKING:\n    from analysis.roof import f\n\nfrom analysis.floor.deep import x\n"
    )
    (tmp_path / "floor").mkdir()
    (tmp_path / "floor" / "__init__.py").write_text("def g():\n    from analysis.roof import f\n")
    assert made.imports(tmp_path) == {"floor": set(), "roof": {"wall", "floor"}, "wall": {"floor"}}


def test_long_signatures_are_broken_and_defaults_kept():
    def short(a: int, b: str = "x") -> bool: ...

    def long(
        first: dict[str, tuple[int, int]], second: str = "a, b", *, third: object = tuple(range(20))
    ) -> int: ...

    assert made._signature(short) == "(a: int, b: str = 'x') -> bool"
    assert made._signature(long).splitlines() == [
        "(", "    first: dict[str, tuple[int, int]],", "    second: str = 'a, b',", "    *,", "    third: object = ...,", ") -> int",
    ]  # fmt: skip
