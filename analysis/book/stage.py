"""Put together the folder that Jupyter Book renders: pages, executed chapters, style.

The chapter as it stands gives the prose, the cache gives the outputs: an edit of prose shows without running anything.
What papermill leaves behind (paths, times) is taken out, so that a page depends on nothing but its sources.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from analysis.book.home import Home
from analysis.book.verify import Notebook, injected, source
from analysis.render import Html, encode, tag

INJECTED_ID = "parameters-of-this-book"


def settle(executed: Mapping[str, Any], shown: Mapping[str, str]) -> Notebook:
    """Return an executed notebook without the paths and times that papermill left in it.

    Args:
        executed: as papermill wrote it.
        shown: texts that stand for others in the cell with the parameters: the corpus's name for its full path.
    """
    cells: list[Notebook] = []
    for number, cell in enumerate(executed["cells"]):
        settled = {
            **cell,
            "id": cell.get("id") or f"cell-{number}",
            "metadata": _plain(cell.get("metadata", {})),
        }
        if injected(cell):
            text = source(cell)
            for full, short in shown.items():
                text = text.replace(full, short)
            settled |= {
                "id": INJECTED_ID,
                "source": text,
                "metadata": {
                    "tags": ["injected-parameters", "hide-input"],
                    "mystnb": {"code_prompt_show": "Parameters of this book"},
                },
            }
        if cell["cell_type"] == "code":
            # what a library grumbles about, with this machine's paths, belongs to the log and not on a page
            said = (o for o in cell.get("outputs", ()) if o.get("name") != "stderr")
            settled["outputs"] = [_settled(output) for output in said]
        cells.append(settled)
    metadata = {name: value for name, value in executed.get("metadata", {}).items() if name != "papermill"}
    return {**executed, "cells": cells, "metadata": metadata}


def fill(chapter: Mapping[str, Any], executed: Mapping[str, Any]) -> Notebook:
    """Return the chapter as it now stands with the outputs of its executed copy, which may have older prose.

    Args:
        chapter: as it stands in the book.
        executed: settled, with the same code cells.
    """
    ran = iter([cell for cell in executed["cells"] if cell["cell_type"] == "code" and not injected(cell)])
    given = [cell for cell in executed["cells"] if injected(cell)]
    cells: list[Notebook] = []
    for number, cell in enumerate(chapter["cells"]):
        filled = {**cell, "id": cell.get("id") or f"cell-{number}"}
        if cell["cell_type"] == "code":
            filled |= {"outputs": next(ran).get("outputs", []), "execution_count": None}
        cells.append(filled)
        if "parameters" in cell.get("metadata", {}).get("tags", ()):
            cells += [{**extra, "execution_count": None} for extra in given]
    kept = {name: value for name, value in chapter.get("metadata", {}).items() if name != "tellings"}
    kept.setdefault("kernelspec", {"name": "python3", "display_name": "Python 3", "language": "python"})
    return {"cells": cells, "metadata": kept, "nbformat": 4, "nbformat_minor": 5}


def stage(home: Home, folder: Path, executed: Mapping[str, Notebook], one_of_several: bool = False) -> None:
    """Write the whole book, ready to be rendered, into a new folder.

    Args:
        home: the book's own files.
        folder: where to; made here.
        executed: chapter -> executed notebook, settled.
        one_of_several: whether its first page leads up to the page of all events.
    """
    folder.mkdir(parents=True)
    for path in home.files():
        relative = path.relative_to(home.root)
        target = folder / relative
        name = relative.with_suffix("").as_posix()
        if relative.suffix == ".ipynb" and name not in executed:
            continue  # a notebook that the contents do not name is no page
        target.parent.mkdir(parents=True, exist_ok=True)
        if relative.suffix == ".ipynb":
            chapter = json.loads(path.read_text(encoding="utf-8"))
            text = json.dumps(fill(chapter, executed[name]), ensure_ascii=False, indent=1, sort_keys=True)
            target.write_text(text + "\n", encoding="utf-8")
        else:
            shutil.copyfile(path, target)
    if not home.documented:
        (folder / "_toc.yml").write_text(yaml.safe_dump(home.contents, sort_keys=False), encoding="utf-8")
    if one_of_several:
        first = folder / f"{home.pages[0]}.md"
        title, newline, rest = first.read_text(encoding="utf-8").partition("\n")
        up = tag("p", tag("a", "All events of this corpus", href="../index.html"), class_="t-more")
        first.write_text(f"{title}{newline}\n{up}\n{rest}", encoding="utf-8")


def stage_page(home: Home, folder: Path, title: str, content: Html) -> None:
    """Write one page with the look of the book, and no other, ready to be rendered, into a new folder."""
    for path in home.files():
        relative = path.relative_to(home.root)
        if relative.parts[0] in ("_config.yml", "_ext", "_static"):
            (folder / relative).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / relative)
    (folder / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
    (folder / "index.md").write_text(f"# {encode(title)}\n\n{tag('div', content)}\n", encoding="utf-8")


def stage_more_pages(folder: Path, caption: str, pages: list[str]) -> None:
    """Put pages that were written into a staged book at the end of its contents, under a caption."""
    if not pages:
        return
    contents = yaml.safe_load((folder / "_toc.yml").read_text(encoding="utf-8"))
    contents["parts"].append({"caption": caption, "chapters": [{"file": page} for page in pages]})
    (folder / "_toc.yml").write_text(yaml.safe_dump(contents, sort_keys=False), encoding="utf-8")


def _plain(metadata: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in metadata.items() if name not in ("papermill", "execution")}


def _settled(output: Notebook) -> Notebook:
    return {**output, "execution_count": None} if output["output_type"] == "execute_result" else output
