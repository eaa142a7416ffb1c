"""From a corpus to a published book: check, run what has changed, stage, render, swap in."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.book.chapters import Run
from analysis.book.errors import BookError
from analysis.book.execute import workers
from analysis.book.plan import make_plans
from analysis.book.progress import Progress
from analysis.book.publish import clear, intact, lock, new_place, swap_in, write_manifest
from analysis.book.shelf import make_book, make_shelf

MOST_BOOKS = 10
"""Of several events, books of so many of the largest."""


@dataclass(frozen=True)
class Book:
    """A built book, or the books of several events under one page.

    Attributes:
        path: its first page.
        pages: how many pages it has.
        seconds: how long the build took.
        ran: chapter -> why it was run; empty if nothing had changed. Of several events, each stands under its folder.
        events: event -> the first page of its book; empty for one book.
    """

    path: Path
    pages: int
    seconds: float
    ran: dict[str, str]
    events: dict[str, Path]


def build_book(
    corpus: str | os.PathLike[str] | None = None,
    output: str | os.PathLike[str] = "build/html",
    parameters: Mapping[str, Any] | None = None,
    fresh: bool = False,
    *,
    title: str | None = None,
    event: str | Sequence[str] = (),
    books: int | None = MOST_BOOKS,
    url: str | None = None,
    jobs: int | None = None,
    explain: bool = False,
    quiet: bool = False,
    home: str | os.PathLike[str] | None = None,
) -> Book:
    """Build the book of a corpus; of one with several events, a book of each under a page that leads to them.

    Args:
        corpus: a folder or file of articles, or tables that `tellings analyse` wrote; the shipped articles if None.
        output: the folder of the pages; replaced whole, and only by a book that is complete.
        parameters: values for what the chapters declare; checked by name, type and range before anything runs.
        fresh: run every chapter again, whatever was kept.
        title: the book's title; the corpus's own if None.
        event: of several events, the book of this one alone, or books of these.
        books: of several events, books of so many of the largest; None for all.
        url: the address at which the book will stand, for its sitemap and for links to it; that of `_config.yml` if None.
        jobs: chapters that run at a time; as many as there are processors if None.
        explain: print why each chapter runs or does not, and what each took.
        quiet: print nothing.
        home: the folder with the book's own `_config.yml`, `_toc.yml` and chapters; the installed one if None.

    Returns:
        Where the book is, its pages, how long it took and which chapters ran.

    Raises:
        InputError: the corpus, a parameter or the output cannot be used as given.
        ChapterError: a chapter failed; the others were run and kept, and the last good book is where it was.
        RenderError: the pages gave warnings.
    """
    begun = time.monotonic()
    progress = Progress(quiet=quiet)
    progress.step("reading the corpus")
    wanted = [event] if isinstance(event, str) else list(event)
    try:
        plans = make_plans(corpus, output, parameters or {}, title, home, wanted, books, url)
    finally:
        progress.step("")
    pages = sum(len(plan.home.pages) for plan in plans.books) + (0 if plans.alone else 1)
    made = {} if plans.alone else {p.event.event: p.output / "index.html" for p in plans.books}
    first = plans.place / "index.html"
    with lock(plans.place, "" if quiet else f"another build is writing {plans.place}; waiting for it to end"):
        if not fresh and intact(plans.place, plans.key):
            if explain and not quiet:
                print("nothing has changed: no chapter runs, the pages stay as they are")
            return Book(first, pages, time.monotonic() - begun, {}, made)
        new = new_place(plans.place)
        try:
            with _disk_faults(plans.place), _scratch() as scratch, workers(scratch / "work") as pool:
                run = Run(pool, scratch, fresh, jobs or os.cpu_count() or 1, progress, explain)
                if plans.alone:
                    ran = make_book(plans.books[0], run, scratch, new / "html")
                else:
                    ran = make_shelf(plans, run, new / "html")
                    write_manifest(new / "html", plans.key, ["index"])
                swap_in(new / "html", plans.place)
        finally:
            progress.step("")
            with contextlib.suppress(OSError):
                clear(new)
    return Book(first, pages, time.monotonic() - begun, ran, made)


@contextlib.contextmanager
def _scratch() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="tellings-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _disk_faults(output: Path) -> Iterator[None]:
    """Turn a disk's refusal into a message; the last good book has not been touched by then."""
    try:
        yield
    except OSError as error:
        where = error.filename or output
        raise BookError(
            f"{where}: {error.strerror or error}. The last good book stays; make room or name another --output."
        ) from error
