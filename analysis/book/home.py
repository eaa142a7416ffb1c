"""Where the book's own files are: configuration, contents, chapters, extension and style.

In a checkout they stand at the top of the repository, where Jupyter Book looks for them; a wheel carries the same
files inside the package, so that `pip install five-tellings` is enough to build a book.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from analysis.book.errors import BookError

PARTS = ("_config.yml", "_toc.yml", "index.md", "chapters", "_ext", "_static", "docs")
"""The files and folders that make a home; everything else beside them is left alone."""

DOCUMENTATION = "docs"
"""The folder of pages about the program. They stand in the book that ships; in a book about somebody's own event its readers
would only find them in their way, and their search."""


@dataclass(frozen=True)
class Home:
    """A folder with `_config.yml`, `_toc.yml` and the pages that the contents name."""

    root: Path
    documented: bool = True

    @cached_property
    def contents(self) -> dict[str, Any]:
        """What `_toc.yml` says, without the documentation where it is left out."""
        contents: dict[str, Any] = yaml.safe_load((self.root / "_toc.yml").read_text(encoding="utf-8"))
        if self.documented or not isinstance(contents, dict) or "parts" not in contents:
            return contents
        parts = [
            p for p in contents["parts"] if not all(n.startswith(f"{DOCUMENTATION}/") for n in _pages(p))
        ]
        return contents | {"parts": parts}

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """Every page of the contents, in reading order, without its suffix."""
        return tuple(_pages(self.contents))

    @cached_property
    def chapters(self) -> dict[str, Path]:
        """Page -> notebook, for the pages that are notebooks."""
        found = {page: self.root / f"{page}.ipynb" for page in self.pages}
        return {page: path for page, path in found.items() if path.is_file()}

    def files(self) -> Iterator[Path]:
        """Every file of the home, sorted, compiled leftovers aside."""
        for part in PARTS:
            if part == DOCUMENTATION and not self.documented:
                continue
            path = self.root / part
            inside = sorted(path.rglob("*")) if path.is_dir() else [path]
            for file in inside:
                skip = {"__pycache__", ".ipynb_checkpoints"} & set(file.relative_to(self.root).parts)
                if file.is_file() and not skip:
                    yield file


def find_home(root: Path | str | None = None) -> Home:
    """Return the book's home: the folder given or named by `TELLINGS_HOME`, the package's own, or the checkout.

    Raises:
        BookError: none of them holds `_config.yml` and `_toc.yml`.
    """
    package = Path(__file__).resolve().parents[1]
    root = root or os.environ.get("TELLINGS_HOME") or None
    candidates = [Path(root)] if root is not None else [package / "home", package.parent]
    for folder in candidates:
        if all((folder / name).is_file() for name in ("_config.yml", "_toc.yml")):
            return Home(folder.resolve())
    raise BookError(
        f"no book found in {' or '.join(map(str, candidates))}: _config.yml and _toc.yml are needed. "
        "Install five-tellings again, or name the folder that holds them."
    )


def shipped_corpus() -> Path:
    """The example corpus that comes with the project."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "home" / "seeds"
    return inside if inside.is_dir() else package.parent / "seeds"


def _pages(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key in ("root", "file"):
            if key in node:
                yield str(node[key]).removesuffix(".md").removesuffix(".ipynb")
        for key in ("parts", "chapters", "sections", "subtrees", "entries"):
            yield from _pages(node.get(key))
    elif isinstance(node, list):
        for item in node:
            yield from _pages(item)
