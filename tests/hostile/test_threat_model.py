"""Every line of the threat model names a test, and every test that it names is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)
THREATS = [
    line
    for part in TEXT.split("\n## ")
    if "| test |" in part
    for line in part.splitlines()
    if line.startswith("| ") and "| test |" not in line
]


def test_every_line_has_a_test():
    assert len(THREATS) > 40
    assert [line for line in THREATS if "`tests/" not in line] == []


@pytest.mark.parametrize(("path", "name"), sorted(set(NAMED)), ids=lambda v: v.rpartition("/")[2])
def test_the_test_is_there(path, name):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
