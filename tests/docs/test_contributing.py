"""What CONTRIBUTING.md promises: its example works as printed, hooks need no network, versions agree."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import analysis

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
_STEP = re.compile(r"^(In|At the end of) `([\w./]+)`:\n\n```python\n(.*?)^```", re.M | re.S)


def test_the_worked_example_works_as_printed(tmp_path):
    steps = _STEP.findall(PAGE)
    assert [path.split("/")[0] for _, path, _ in steps] == ["analysis", "analysis", "tests"]
    assert sum(len([line for line in code.splitlines() if line.strip()]) for _, _, code in steps) < 60
    shutil.copytree(ROOT / "analysis", tmp_path / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
    for how, path, code in steps:
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        before = target.read_text(encoding="utf-8") + "\n\n" if how != "In" else ""
        target.write_text(before + code, encoding="utf-8")
    test = next(path for _, path, _ in steps if path.startswith("tests/"))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout
    style = [
        str(Path(sys.executable).parent / "ruff"),
        "check",
        "--config",
        str(ROOT / "pyproject.toml"),
        "analysis",
        "tests",
    ]
    checked = subprocess.run(style, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert checked.returncode == 0, checked.stdout


def test_every_folder_that_the_table_names_is_there():
    for path in re.findall(r"`((?:analysis|chapters|benchmarks|tests)/[\w/]*(?:\.py)?)`", PAGE):
        if "counted" not in path:
            assert (ROOT / path).exists(), path


def test_hooks_run_what_is_installed_and_fetch_nothing():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [repo["repo"] for repo in hooks] == ["local"]
    assert {hook["language"] for hook in hooks[0]["hooks"]} == {"system"}


@pytest.mark.parametrize(
    ("outputs", "count", "exit_code"), [([], None, 0), ([{"output_type": "stream"}], 3, 1)]
)
def test_a_notebook_with_outputs_is_emptied_and_reported(tmp_path, outputs, count, exit_code):
    cell = {"cell_type": "code", "source": "1", "metadata": {}, "outputs": outputs, "execution_count": count}
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": [cell, {"cell_type": "markdown", "source": "x"}]}))
    hook = [sys.executable, str(ROOT / ".ci" / "bare_notebooks.py"), str(path)]
    assert subprocess.run(hook, capture_output=True, check=False).returncode == exit_code
    assert json.loads(path.read_text())["cells"][0]["outputs"] == []
    assert subprocess.run(hook, capture_output=True, check=False).returncode == 0


def test_one_version_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"]
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)[1]
    assert {analysis.__version__, str(cited), newest} == {project}
    assert re.fullmatch(r"\d+\.\d+\.\d+", project)
