"""From a corpus to a published book: check, run what has changed, stage, render, swap in."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.book import kept
from analysis.book.downloads import FOLDER, linked_tables
from analysis.book.errors import BookError, ChapterError, InputError, RenderError
from analysis.book.execute import Job, Outcome, Workers, run_chapters, workers
from analysis.book.hashing import chapter_parts, corpus_digest, files_digest, page_versions
from analysis.book.home import Home, find_home, shipped_corpus
from analysis.book.parameters import check_parameters, declared_parameters
from analysis.book.progress import Progress
from analysis.book.publish import check_output, clear, intact, lock, new_place, swap_in, write_manifest
from analysis.book.stage import settle, stage
from analysis.book.verify import Notebook, faults, read_executed
from analysis.cache import digest

_SHOWN = 30
"""Lines of warnings that an error shows; the first are the ones that matter."""


@dataclass(frozen=True)
class Book:
    """A built book.

    Attributes:
        path: its first page.
        pages: how many pages it has.
        seconds: how long the build took.
        ran: chapter -> why it was run; empty if nothing had changed.
    """

    path: Path
    pages: int
    seconds: float
    ran: dict[str, str]


@dataclass(frozen=True)
class _Plan:
    """Everything that a build is made of, checked and hashed before anything runs."""

    home: Home
    corpus: Path
    output: Path
    notebooks: dict[str, Notebook]
    given: dict[str, dict[str, Any]]
    parts: dict[str, dict[str, str]]
    overrides: dict[str, Any]
    key: str


def build_book(
    corpus: str | os.PathLike[str] | None = None,
    output: str | os.PathLike[str] = "build/html",
    parameters: Mapping[str, Any] | None = None,
    fresh: bool = False,
    *,
    title: str | None = None,
    jobs: int | None = None,
    explain: bool = False,
    quiet: bool = False,
    home: str | os.PathLike[str] | None = None,
) -> Book:
    """Build the book of a corpus.

    Args:
        corpus: a folder or file of articles, or tables that `tellings analyse` wrote; the shipped articles if None.
        output: the folder of the pages; replaced whole, and only by a book that is complete.
        parameters: values for what the chapters declare; checked by name, type and range before anything runs.
        fresh: run every chapter again, whatever was kept.
        title: the book's title; the corpus's own if None.
        jobs: chapters that run at a time; as many as there are processors if None.
        explain: print why each chapter runs or does not.
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
    plan = _plan(corpus, output, parameters or {}, title, home)
    with lock(plan.output, "" if quiet else f"another build is writing {plan.output}; waiting for it to end"):
        pages = len(plan.home.pages)
        if not fresh and intact(plan.output, plan.key):
            if explain and not quiet:
                print("nothing has changed: no chapter runs, the pages stay as they are")
            return Book(plan.output / "index.html", pages, time.monotonic() - begun, {})
        progress = Progress(quiet=quiet)
        new = new_place(plan.output)
        try:
            with _disk_faults(plan.output), _scratch() as scratch, workers(scratch / "work") as pool:
                ran, executed = _execute(
                    plan, pool, scratch, fresh, jobs or os.cpu_count() or 1, progress, explain
                )
                progress.step("rendering the pages")
                render(plan, executed, pool, scratch, new / "html")
                write_manifest(new / "html", plan.key, plan.home.pages)
                swap_in(new / "html", plan.output)
        finally:
            progress.step("")
            with contextlib.suppress(OSError):
                clear(new)
    return Book(plan.output / "index.html", pages, time.monotonic() - begun, ran)


def _plan(
    corpus: str | os.PathLike[str] | None,
    output: str | os.PathLike[str],
    parameters: Mapping[str, Any],
    title: str | None,
    home: str | os.PathLike[str] | None,
) -> _Plan:
    found = find_home(Path(home) if home is not None else None)
    declared = declared_parameters(found.chapters)
    checked = check_parameters(parameters, declared)
    source = Path(corpus) if corpus is not None else shipped_corpus()
    if not source.exists():
        raise InputError(f"corpus {source}: there is no such file or folder. `tellings new DIR` starts one.")
    source, place = source.resolve(), Path(output).absolute()
    place = place.resolve() if place.is_symlink() else place.parent.resolve() / place.name
    check_output(place, source)
    hashed = corpus_digest(source)
    notebooks = {
        chapter: json.loads(path.read_text(encoding="utf-8")) for chapter, path in found.chapters.items()
    }
    given, parts = {}, {}
    for chapter, notebook in notebooks.items():
        own = {name: value for name, value in checked.items() if name in declared[chapter]}
        parts[chapter] = chapter_parts(notebook, hashed, own)
        given[chapter] = own | ({"corpus": str(source)} if "corpus" in declared[chapter] else {})
    overrides = _title(source, title)
    key = digest(
        files_digest(found.root, found.files()),
        json.dumps(parts, sort_keys=True),
        json.dumps(overrides, sort_keys=True),
        json.dumps(page_versions(), sort_keys=True),
    )
    return _Plan(found, source, place, notebooks, given, parts, overrides, key)


def _title(corpus: Path, title: str | None) -> dict[str, Any]:
    """What the corpus, or the user, says about the book's title, in a form that no template can mistake for markup."""
    if title is None:
        import yaml

        with contextlib.suppress(OSError, ValueError, yaml.YAMLError):
            said = yaml.safe_load((corpus / "corpus.yml").read_text(encoding="utf-8"))
            title = said.get("title") if isinstance(said, dict) else None
    text = " ".join(str(title or "").split())
    harmless = {"<": "‹", ">": "›", "{": "(", "}": ")", '"': "”", "\\": "/"}
    text = "".join(harmless.get(mark, mark) for mark in text if mark.isprintable())[:200]
    return {"html_title": text} if text else {}


def _execute(
    plan: _Plan,
    pool: Workers,
    scratch: Path,
    fresh: bool,
    processes: int,
    progress: Progress,
    explain: bool,
) -> tuple[dict[str, str], dict[str, Notebook]]:
    """Run the chapters whose results are not kept; return why each ran, and every executed chapter."""
    before = kept.last_run(plan.output)
    executed: dict[str, Notebook] = {}
    reasons: dict[str, str] = {}
    for chapter, parts in plan.parts.items():
        notebook, damage = (None, "") if fresh else kept.find(parts)
        if notebook is not None and not faults(plan.notebooks[chapter], notebook):
            executed[chapter] = notebook
        else:
            reasons[chapter] = "--fresh" if fresh else damage or _reason(parts, before.get(chapter))
    progress.total = len(reasons)
    if explain:
        for chapter in plan.parts:
            progress.say(f"{chapter}: {'runs: ' + reasons[chapter] if chapter in reasons else 'as kept'}")
    if not reasons:
        return reasons, executed
    if doubtful := _check_corpus(plan.corpus):
        progress.say(
            f"the corpus has {doubtful} doubtful place(s); `tellings check {plan.corpus}` lists them"
        )
    slowest_first = sorted(reasons, key=lambda chapter: -float(before.get(chapter, {}).get("seconds", 0)))
    todo = [
        Job(
            chapter,
            plan.home.chapters[chapter],
            scratch / "executed" / f"{chapter}.ipynb",
            plan.given[chapter],
        )
        for chapter in slowest_first
    ]
    outcomes = run_chapters(todo, pool, min(processes, len(todo)), progress)
    failures: list[Outcome] = []
    for job in todo:
        outcome = outcomes[job.chapter]
        notebook, fault = read_executed(job.target)
        if not outcome.kind:
            found = faults(plan.notebooks[job.chapter], notebook) if notebook is not None else [fault]
            if found:
                outcome.kind, outcome.message = "Incomplete", "; ".join(found)
        if outcome.kind or notebook is None:
            failures.append(outcome)
            continue
        settled = settle(notebook, {str(plan.corpus): plan.corpus.name})
        kept.keep(plan.parts[job.chapter], settled, outcome.seconds)
        executed[job.chapter] = settled
    seconds = {chapter: outcome.seconds for chapter, outcome in outcomes.items()}
    kept.remember_run(
        plan.output,
        {
            chapter: {
                "parts": parts,
                "seconds": seconds.get(chapter) or before.get(chapter, {}).get("seconds", 0),
            }
            for chapter, parts in plan.parts.items()
        },
    )
    kept.prune()
    failed = _failed_place(plan.output)
    clear(failed)
    if failures:
        raise _failure(plan, failures, scratch, failed)
    return reasons, executed


def render(plan: _Plan, executed: Mapping[str, Notebook], pool: Workers, scratch: Path, html: Path) -> None:
    """Stage the book and render it with Jupyter Book into a folder that is not there yet.

    Raises:
        RenderError: there were warnings; they are in the message.
    """
    staged = scratch / "book"
    stage(plan.home, staged, executed)
    jobs: list[dict[str, Any]] = [{
        "job": "render", "stage": str(staged), "config": str(staged / "_config.yml"), "toc": str(staged / "_toc.yml"),
        "html": str(html), "doctrees": str(scratch / "doctrees"), "overrides": plan.overrides,
    }]  # fmt: skip
    offered, tables = linked_tables(executed.values()), scratch / "tables"
    if offered:
        given = {name: value for values in plan.given.values() for name, value in values.items()}
        jobs.append({
            "job": "tables", "corpus": str(plan.corpus), "names": offered, "parameters": given, "folder": str(tables),
        })  # fmt: skip
    said = pool.ask(*jobs)[0]
    if said["status"] != 0 or not (html / "index.html").is_file():
        raise RenderError(_warnings(str(said["warnings"]), staged, html))
    if offered:
        shutil.copytree(tables, html / FOLDER)
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


def _reason(parts: Mapping[str, str], before: Mapping[str, Any] | None) -> str:
    if not before:
        return "it has not been run for this output"
    words = {
        "code": "its code cells", "package": "the analysis package", "corpus": "the corpus",
        "parameters": "its parameters", "versions": "versions of Python or of a library",
        "layout": "the version of this program",
    }  # fmt: skip
    changed = [words[name] for name in words if before.get("parts", {}).get(name) != parts.get(name)]
    return f"{' and '.join(changed)} changed" if changed else "its result was no longer kept"


def _check_corpus(corpus: Path) -> int:
    """Read the corpus once before any kernel starts, so that a mistake in it is one message and not ten.

    Returns:
        How many problems there are that a person should look at.
    """
    from analysis import load_corpus

    if (corpus / "tables.json").is_file():
        return 0
    return int((load_corpus(corpus).problems["severity"] != "info").sum())


def _failed_place(output: Path) -> Path:
    return output.parent / f"{output.name}.failed"


def _failure(plan: _Plan, failures: list[Outcome], scratch: Path, failed: Path) -> ChapterError:
    """Keep the notebooks of the chapters that failed, and say where, why and what next."""
    lines, saved = [], {}
    for outcome in failures:
        made = scratch / "executed" / f"{outcome.chapter}.ipynb"
        place = failed / f"{outcome.chapter.rpartition('/')[2]}.ipynb"
        where = f"cell {outcome.cell + 1}" if outcome.cell is not None else "no cell"
        lines.append(f"{outcome.chapter}, {where}: {outcome.kind}: {outcome.message}".rstrip(": "))
        if first := next((line for line in outcome.source.splitlines() if line.strip()), ""):
            lines.append(f"    the cell begins: {first.strip()[:100]}")
        with contextlib.suppress(OSError):
            failed.mkdir(exist_ok=True)
            shutil.copyfile(made, place)
            saved[outcome.chapter] = place
            lines.append(f"    saved as far as it came: {place}")
    done = len(plan.parts) - len(failures)
    stays = " The last good book stays where it was." if plan.output.exists() else ""
    lines.append(f"{len(failures)} of {len(plan.parts)} chapters failed, {done} are done and kept.{stays}")
    return ChapterError("\n".join(lines), saved)


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
