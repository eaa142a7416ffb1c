"""Is an executed chapter what it promises to be?

A kernel that dies leaves cells that papermill marks as completed, and a full disk leaves half a notebook. So outputs
are looked at, not statuses. A chapter declares what it produces in its notebook metadata:

    "tellings": {"tables": ["quotations"], "figures": ["voices"], "glue": ["n_quotations"]}

A glue key counts if a cell glued it. A table or figure counts if it was glued under its name, stands in the output of
a cell whose id or tag is its name, or carries its name as the id (or `data-name`) of an element of its HTML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Notebook = dict[str, Any]
_PICTURES = {"image/svg+xml", "image/png", "image/jpeg"}
_NAMED = re.compile(r"""\b(?:id|data-name|name)=["']?([\w-]+)|^:name:\s*([\w-]+)""", re.MULTILINE)


def read_executed(path: Path) -> tuple[Notebook | None, str]:
    """Read a notebook that was just executed: the notebook and "", or None and why it cannot be used."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        return None, f"the executed notebook cannot be read ({error.strerror})"
    except ValueError:
        return None, "the executed notebook is cut short; is the disk full?"
    return (
        (notebook, "") if isinstance(notebook, dict) and "cells" in notebook else (None, "it is no notebook")
    )


def faults(chapter: Mapping[str, Any], executed: Mapping[str, Any]) -> list[str]:
    """Say what an executed chapter lacks; an empty list if it is whole.

    Args:
        chapter: the chapter as it stands in the book.
        executed: the same, executed; one cell with the parameters may have been added.
    """
    ran = [cell for cell in executed["cells"] if cell["cell_type"] == "code" and not injected(cell)]
    own = [cell for cell in chapter["cells"] if cell["cell_type"] == "code"]
    if [source(cell) for cell in ran] != [source(cell) for cell in own]:
        return ["the executed code is not the chapter's code"]
    found = []
    for number, cell in enumerate(ran, start=1):
        if source(cell).strip() and cell.get("execution_count") is None:
            found.append(f"code cell {number} was not run")
        found += [
            f"code cell {number} raised {output.get('ename')}: {output.get('evalue')}"
            for output in cell.get("outputs", ())
            if output["output_type"] == "error"
        ]
    return found or _missing(chapter, ran)


def warned(executed: Mapping[str, Any]) -> list[str]:
    """What the code of a chapter said on standard error, a line each; pages do not carry it, the terminal does."""
    texts = [
        "".join(output["text"])
        for cell in executed["cells"]
        for output in cell.get("outputs", ())
        if output["output_type"] == "stream" and output["name"] == "stderr"
    ]
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]


def injected(cell: Mapping[str, Any]) -> bool:
    """Whether papermill put this cell in."""
    return "injected-parameters" in cell.get("metadata", {}).get("tags", ())


def source(cell: Mapping[str, Any]) -> str:
    """A cell's source as one text."""
    text = cell["source"]
    return text if isinstance(text, str) else "".join(text)


def _missing(chapter: Mapping[str, Any], ran: list[Notebook]) -> list[str]:
    promised = chapter.get("metadata", {}).get("tellings", {})
    glued, named, pictured = set(), set(), set()
    for cell in ran:
        labels = {str(cell.get("id", "")), *cell.get("metadata", {}).get("tags", ())}
        for output in cell.get("outputs", ()):
            key = output.get("metadata", {}).get("scrapbook", {}).get("name")
            kinds = {kind.removeprefix("application/papermill.record/") for kind in output.get("data", {})}
            if key:
                glued.add(key)
            names = {*labels, key, *_names(output)}
            named |= names
            if kinds & _PICTURES or any("<svg" in text or "<img" in text for text in _texts(output)):
                pictured |= names
    wanted = (("glue", glued, "glue key"), ("tables", named, "table"), ("figures", pictured, "figure"))
    return [
        f"the {word} {name!r} was not produced"
        for kind, present, word in wanted
        for name in promised.get(kind, ())
        if name not in present
    ]


def _texts(output: Mapping[str, Any]) -> list[str]:
    data = output.get("data", {})
    texts = [
        data[kind]
        for kind in data
        if kind.endswith(("text/html", "text/markdown")) and isinstance(data[kind], str | list)
    ]
    return [text if isinstance(text, str) else "".join(text) for text in texts]


def _names(output: Mapping[str, Any]) -> set[str]:
    return {
        name for text in _texts(output) for match in _NAMED.finditer(text) for name in match.groups() if name
    }
