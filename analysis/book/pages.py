"""Render pages with Jupyter Book: a whole book, or the page that leads to several."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.book.downloads import FOLDER, link_packed, linked_tables
from analysis.book.errors import RenderError
from analysis.book.execute import Workers
from analysis.book.plan import Plan
from analysis.book.stage import stage, stage_more_pages
from analysis.book.verify import Notebook
from analysis.views.places import ARTICLES_A_PAGE

READING = "chapters/articles"
"""The chapter that prints the articles; further pages of it are added to a book of many."""

STAGE = "book"
"""Where in the scratch folder the pages are put together."""

_SHOWN = 30
"""Lines of warnings that an error shows; the first are the ones that matter."""


def render_book(
    plan: Plan, executed: Mapping[str, Notebook], pool: Workers, scratch: Path, html: Path
) -> None:
    """Stage a book and render it into a folder that is not there yet, with the tables that its pages offer.

    Raises:
        RenderError: there were warnings; they are in the message.
    """
    staged, tables = scratch / STAGE, scratch / "tables"
    stage(plan.home, staged, executed, one_of_several=plan.output != plan.place)
    offered = linked_tables(executed.values())
    given = {name: value for values in plan.given.values() for name, value in values.items()}
    if READING in plan.notebooks and not 0 < plan.event.articles <= ARTICLES_A_PAGE:
        job = {
            "job": "texts",
            "corpus": str(plan.source),
            "parameters": given,
            "stage": str(staged),
            "page": READING,
        }
        stage_more_pages(staged, "All articles", pool.ask(job)[0]["pages"])
    beside = [{
        "job": "tables", "corpus": str(plan.source), "names": offered, "parameters": given, "folder": str(tables),
    }]  # fmt: skip
    render_staged(staged, pool, scratch, html, plan.overrides, beside if offered else [])
    if offered:
        shutil.copytree(tables, html / FOLDER)
        link_packed(html)


def render_staged(
    staged: Path,
    pool: Workers,
    scratch: Path,
    html: Path,
    overrides: Mapping[str, Any],
    beside: list[dict[str, Any]],
) -> None:
    """Render a staged folder; `beside` are jobs that other workers do meanwhile.

    Raises:
        RenderError: there were warnings; they are in the message.
    """
    job = {
        "job": "render", "stage": str(staged), "config": str(staged / "_config.yml"), "toc": str(staged / "_toc.yml"),
        "html": str(html), "doctrees": str(scratch / "doctrees"), "overrides": dict(overrides),
    }  # fmt: skip
    said = pool.ask(job, *beside)[0]
    if said["status"] != 0 or not (html / "index.html").is_file():
        raise RenderError(_warnings(str(said["warnings"]), staged, html))
    # of use only to a second run in the same folder, and there is none
    (html / ".buildinfo").unlink(missing_ok=True)


def _warnings(text: str, staged: Path, html: Path) -> str:
    """What Sphinx complained of, for a person: plain, short, and with the paths of the book's own files."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text).replace(f"{staged}/", "").replace(f"{html}/", "")
    if "No space left on device" in plain:
        return f"the disk that holds {html.parents[1]} is full. The last good book stays; make room or name another --output."
    lines = list(dict.fromkeys(line for line in plain.splitlines() if line.strip()))
    shown = lines[:_SHOWN] + ([f"... and {len(lines) - _SHOWN} more lines"] if len(lines) > _SHOWN else [])
    return "\n".join(["the pages could not be rendered cleanly; the last good book stays.", *shown])
