"""What a chapter depends on, as hashes: its code, the package, the corpus, the parameters, the versions.

jupyter-cache keys the notebook alone and served stale results after a change in the package; here the key covers
everything that can change a result, and nothing that cannot: prose is not in it.
"""

from __future__ import annotations

import importlib.metadata
import json
import platform
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.cache import digest, file_digest, package_digest, versions

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


def files_digest(root: Path, files: Iterable[Path]) -> str:
    """Hash the relative names and the bytes of files."""
    return digest(
        *(part for file in files for part in (file.relative_to(root).as_posix(), file_digest(file)))
    )


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
