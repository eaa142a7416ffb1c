"""What a chapter depends on, as hashes: its code, the package, the corpus, the parameters, the versions.

jupyter-cache keys the notebook alone and served stale results after a change in the package; here the key covers
everything that can change a result, and nothing that cannot: prose is not in it.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import platform
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.cache import digest, package_digest, versions

LAYOUT = 1
"""Raised when the way chapters are executed or kept changes, so that older entries are no longer taken."""

_NOTEBOOKS = (
    "papermill", "nbclient", "ipykernel", "ipython", "pyyaml", "ftfy", "charset-normalizer", "trafilatura", "pypdf",
    "python-docx", "openpyxl", "striprtf", "warcio",
)  # fmt: skip
_PAGES = (
    "jupyter-book",
    "sphinx",
    "myst-nb",
    "myst-parser",
    "sphinx-book-theme",
    "pydata-sphinx-theme",
    "docutils",
)
_SKIPPED = {"__pycache__", ".ipynb_checkpoints", ".git", ".DS_Store"}


def file_digest(path: Path) -> str:
    """Hash one file's bytes without holding it in memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=20)).hexdigest()


def files_digest(root: Path, files: Iterable[Path]) -> str:
    """Hash the relative names and the bytes of files."""
    return digest(
        *(part for file in files for part in (file.relative_to(root).as_posix(), file_digest(file)))
    )


def tree_files(root: Path, leave_out: Iterable[Path] = ()) -> list[Path]:
    """Every file below a folder, sorted by name; links are listed but never followed."""
    omitted = {path.resolve() for path in leave_out}
    found: list[Path] = []
    for folder, folders, files in os.walk(root, followlinks=False):
        here = Path(folder)
        folders[:] = sorted(
            name for name in folders if name not in _SKIPPED and (here / name).resolve() not in omitted
        )
        found.extend(here / name for name in files if name not in _SKIPPED)
    return sorted(found)


def corpus_digest(corpus: Path, leave_out: Iterable[Path] = ()) -> str:
    """Hash a corpus: a file's bytes, or every name and byte below a folder.

    Links and unreadable files count by name only: the reader refuses the first and reports the second.
    """
    if not corpus.is_dir():
        return digest(corpus.name, file_digest(corpus))
    parts: list[str | bytes] = [corpus.name]
    for file in tree_files(corpus, leave_out):
        parts.append(os.fsencode(file.relative_to(corpus).as_posix()))
        try:
            regular = file.is_file() and not file.is_symlink()
            parts.append(file_digest(file) if regular else "not a regular file")
        except OSError as error:
            parts.append(f"unreadable: {error.errno}")
    return digest(*parts)


def code_digest(notebook: Mapping[str, Any]) -> str:
    """Hash a notebook's code cells, and what it promises to produce."""
    cells = [
        json.dumps(["".join(cell["source"]), "parameters" in cell.get("metadata", {}).get("tags", ())])
        for cell in notebook.get("cells", ())
        if cell.get("cell_type") == "code"
    ]
    promised = notebook.get("metadata", {}).get("tellings", {})
    return digest(*cells, json.dumps(promised, sort_keys=True))


@lru_cache(maxsize=1)
def page_versions() -> dict[str, str]:
    """Versions of Python and of what makes pages out of notebooks."""
    return {"python": platform.python_version(), **{name: _version(name) for name in _PAGES}}


def chapter_parts(notebook: Mapping[str, Any], corpus: str, parameters: Mapping[str, Any]) -> dict[str, str]:
    """The parts of a chapter's key, by a name that a person understands.

    Args:
        notebook: parsed JSON of the chapter.
        corpus: the hash of the corpus.
        parameters: the checked values that this chapter is given.
    """
    found = versions() | {name: _version(name) for name in _NOTEBOOKS}
    return {
        "code": code_digest(notebook),
        "package": package_digest(),
        "corpus": corpus,
        "parameters": json.dumps(dict(parameters), sort_keys=True),
        "versions": json.dumps(found, sort_keys=True),
        "layout": str(LAYOUT),
    }


def chapter_key(parts: Mapping[str, str]) -> str:
    """The key under which an executed chapter is kept."""
    return digest(*(part for name in sorted(parts) for part in (name, parts[name])))


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "absent"
