"""A wheel works from `pip install` alone: it carries chapters, articles, results and style, and builds books without the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from analysis.book.home import PARTS

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.book


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built without the network."""
    out = tmp_path_factory.mktemp("wheel")
    make = "from hatchling.build import build_wheel; import sys; print(build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", make, str(out)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return next(out.glob("*.whl"))


def test_it_carries_what_a_book_is_made_of(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for part in (*PARTS, "seeds", "benchmarks/results"):
        path = ROOT / part
        files = (
            [path]
            if path.is_file()
            else [p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
        )
        missing = {f"analysis/home/{p.relative_to(ROOT).as_posix()}" for p in files} - names
        assert not missing
    assert not [name for name in names if name.startswith(("tests/", "analysis/home/tests"))]
    assert wheel.stat().st_size < 2_500_000


def test_a_new_corpus_becomes_a_book_without_the_repository(wheel, tmp_path):
    installed = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)  # what an installer does with a wheel of pure Python
    env = os.environ | {"PYTHONPATH": str(installed), "TELLINGS_CACHE": str(tmp_path / "cache")}
    env.pop("TELLINGS_HOME", None)

    def tellings(*words):
        command = [sys.executable, "-c", "from analysis.cli import main; main()", *words]
        done = subprocess.run(
            command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    where = subprocess.run([sys.executable, "-c", "import analysis; print(analysis.__file__)"], cwd=tmp_path, env=env, capture_output=True, text=True, check=True)  # fmt: skip
    assert where.stdout.startswith(str(installed)), "the repository's own package stands in the way"
    tellings("new", "my-event")
    assert "my-book/index.html" in tellings("build", "my-event", "--output", "my-book")
    measured = (tmp_path / "my-book" / "chapters" / "validation.html").read_text(encoding="utf-8")
    assert 'data-name="measured"' in measured
    assert "nothing to show" not in measured.split('data-name="measured"')[1].split("</table>")[0]
