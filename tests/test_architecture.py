"""Imports point down: a floor knows the floors below it and nothing above."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "analysis"
FLOORS = (
    {
        "schema",
        "text",
        "articles",
        "segments",
        "stats",
        "render",
        "worddiff",
        "cache",
        "wordsearch",
        "naming",
        "events",
    },
    {"corpus", "passages", "topics", "figures"},
    {"quotes", "framing"},
    {"recipes", "tables", "findings", "commentary", "coding", "validation"},
    {"views", "exports", "scale"},
    {"book"},
    {"cli"},
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def imports(path: Path):
    """Modules of this package that a file imports when it is loaded, and where."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    late = {id(n) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)}
    typing = {
        id(n)
        for i in ast.walk(tree)
        if isinstance(i, ast.If) and "TYPE_CHECKING" in ast.dump(i.test)
        for n in ast.walk(i)
    }
    for node in ast.walk(tree):
        if id(node) in late or id(node) in typing:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "analysis":
            if node.module == "analysis":
                yield from (alias.name for alias in node.names)
            else:
                yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (a.name.split(".")[1] for a in node.names if a.name.startswith("analysis."))


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_imports_point_down(path):
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    if room == "__init__":
        return
    assert room in FLOOR, f"{room} has no floor yet: give it one"
    for other in imports(path):
        assert FLOOR.get(other, 0) <= FLOOR[room], f"{room} imports {other}, which stands above it"


@pytest.mark.parametrize("path", sorted(p for p in ROOT.rglob("*.py") if p.parts[len(ROOT.parts)] not in ("book", "cli.py")),
                         ids=lambda p: p.relative_to(ROOT).as_posix())  # fmt: skip
def test_nothing_below_the_book_knows_jupyter(path):
    text = path.read_text(encoding="utf-8")
    assert not any(f"import {name}" in text for name in ("papermill", "nbformat", "jupyter_book", "click"))
