"""No number, outlet or finding is typed by hand where a table should say it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
OUTLETS = [
    a["outlet"]
    for a in yaml.safe_load((ROOT / "seeds" / "corpus.yml").read_text(encoding="utf-8"))["articles"]
]
NAMES = {
    n
    for o in OUTLETS
    for n in re.findall(r"[A-Z]\w+(?: [A-Z]\w+)*", o)
    if n not in ("Outlet", "A", "B", "Outlet A", "Outlet B")
}

# What may hold digits: code, links, file names, years of papers, versions of tools.
_ALLOWED = re.compile(
    r"```.*?```|`[^`]*`|\]\([^)]*\)|<[^>]+>|\((?:[^()]*\D)?(?:1[89]|20)\d\d[^()]*\)|,? (?:1[89]|20)\d\d\b|Python \d[\d.]*(?:[-–]\d[\d.]*)?|PARC 3\.0|127\.0\.0\.1",
    re.S,
)


def prose():
    yield "index.md", (ROOT / "index.md").read_text(encoding="utf-8")
    yield "README.md", (ROOT / "README.md").read_text(encoding="utf-8")
    for page in sorted((ROOT / "chapters").iterdir()):
        if page.suffix == ".md":
            yield page.name, page.read_text(encoding="utf-8")
        elif page.suffix == ".ipynb":
            cells = json.loads(page.read_text(encoding="utf-8"))["cells"]
            yield page.name, "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


@pytest.mark.parametrize(
    ("name", "text"), list(prose()), ids=lambda v: v if isinstance(v, str) and len(v) < 30 else ""
)
def test_prose_has_no_typed_numbers_or_outlets(name, text):
    plain = _ALLOWED.sub(" ", text)
    assert re.findall(r"[^\s]*\d[^\s]*", plain) == []
    assert [n for n in NAMES if n in text] == []


@pytest.mark.parametrize("path", sorted((ROOT / "chapters").glob("*.ipynb")), ids=lambda p: p.stem)
def test_notebooks_are_thin_and_bare(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = [c for c in notebook["cells"] if c["cell_type"] == "code"]
    assert all(not c["outputs"] and c["execution_count"] is None for c in code)
    assert sum("parameters" in c["metadata"].get("tags", []) for c in code) == 1
    assert max(len("".join(c["source"]).splitlines()) for c in code) <= 15
    for line in "".join(
        next(c for c in code if "parameters" in c["metadata"].get("tags", []))["source"]
    ).splitlines():
        assert re.fullmatch(r"\w+: [\w\[\] |]+ = .+  # .+", line), line


def test_the_package_knows_no_event():
    # an agency's short form may stand in a list of the world's agencies, and a country in a list of countries
    known = [n for n in NAMES if not n.isupper()] + [
        "Jaishankar",
        "Motegi",
        "Jaiswal",
        "Kitamura",
        "Indo-Pacific",
    ]
    for path in sorted((ROOT / "analysis").rglob("*")):
        if path.suffix in (".py", ".yml", ".txt"):
            text = path.read_text(encoding="utf-8")
            assert [n for n in known if re.search(rf"\b{re.escape(n)}\b", text)] == [], path.name


@pytest.mark.parametrize(
    ("name", "text"),
    [*prose(), *((f.name, f.read_text(encoding="utf-8")) for f in sorted((ROOT / "docs").glob("*.md")))],
)
def test_a_definition_stands_below_one_line(name, text):
    # below a paragraph of several lines its colon would be printed, and nothing be defined
    lines = ["", *text.splitlines()]
    below = [n for n, line in enumerate(lines) if line.startswith(": ")]
    assert not [lines[n] for n in below if not lines[n - 1] or lines[n - 2]]
