"""Every command and every piece of Python that the documentation prints is run, in the order in which a reader meets them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["README.md", "chapters/your_articles.md", "docs/tutorial.md", "docs/how-to.md", "docs/reference.md"]
_BLOCK = re.compile(r"^(?:<!-- not run: (?P<why>.+?) -->\n)?```(?P<kind>\w*)\n(?P<body>.*?)^```", re.M | re.S)
_FILE = re.compile(r"[Ii]n `([\w./-]+)`:\s*\Z")
pytestmark = pytest.mark.book


def blocks(text):
    """Kind, content, reason for not running it, and the file that the sentence before it names."""
    for found in _BLOCK.finditer(text):
        named = _FILE.search(text[: found.start()].rstrip())
        yield found["kind"], found["body"], found["why"], named.group(1) if named else None


def write(folder, name, body):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(body, encoding="utf-8")


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """One cache for all pages: several of them build the same articles."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def desk(tmp_path, monkeypatch, cache):
    """Where a reader would stand: the chapters beside them, the folders of which the pages speak."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TELLINGS_CACHE", str(cache))
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    (tmp_path / "chapters").symlink_to(ROOT / "chapters")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    for _, body, _, name in blocks((ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")):
        if name and name.endswith(".txt"):
            write(tmp_path, name, body)
            write(tmp_path, name.replace("my-event", "my-articles"), body)
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_prints_runs(page, desk):
    names: dict[str, object] = {}
    for kind, body, why, file in blocks((ROOT / page).read_text(encoding="utf-8")):
        if file:
            write(desk, file, body)
        elif why:
            continue
        elif kind == "python":
            exec(compile(body, page, "exec"), names)
        elif kind == "console":
            for line in body.splitlines():
                assert line.startswith("$ "), f"{page}: {line!r} is no command"
                run(line[2:], desk)


def run(command, desk):
    done = subprocess.run(
        ["bash", "-c", command], cwd=desk, capture_output=True, text=True, timeout=300, check=False
    )
    # `check` says by 1 that there are warnings
    allowed = (0, 1) if " check " in command else (0,)
    assert done.returncode in allowed, f"{command}\n{done.stdout}\n{done.stderr}"


@pytest.mark.parametrize("page", sorted(p.relative_to(ROOT).as_posix() for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("chapters/*.md")]))  # fmt: skip
def test_pages_with_commands_are_on_the_list(page):
    """A page whose commands nobody runs must say so beside each of them."""
    text = (ROOT / page).read_text(encoding="utf-8")
    if page not in [*PAGES, "CONTRIBUTING.md"]:
        left = [body for kind, body, why, _ in blocks(text) if kind in ("console", "python") and not why]
        assert left == [], f"{page} is not in PAGES"
