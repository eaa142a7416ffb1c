"""Run the chapters of one book whose results are not kept, and say what failed where."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.book import kept
from analysis.book.errors import ChapterError
from analysis.book.execute import Job, Outcome, Workers, run_chapters
from analysis.book.explain import files_of, reason
from analysis.book.plan import Plan
from analysis.book.progress import Progress
from analysis.book.publish import clear
from analysis.book.stage import settle
from analysis.book.verify import Notebook, faults, read_executed, warned
from analysis.corpus.load import LARGE


@dataclass(frozen=True)
class Run:
    """What the books of one build share.

    Attributes:
        pool: the workers.
        scratch: an empty folder.
        fresh: run every chapter, whatever was kept.
        processes: chapters that run at a time.
        progress: hears what happens.
        explain: say why each chapter runs or does not, and what each took.
    """

    pool: Workers
    scratch: Path
    fresh: bool
    processes: int
    progress: Progress
    explain: bool


def run_book(plan: Plan, run: Run, scratch: Path) -> tuple[dict[str, str], dict[str, Notebook]]:
    """Run the chapters of one book whose results are not kept.

    Returns:
        chapter -> why it ran; chapter -> the executed notebook, for all chapters.

    Raises:
        ChapterError: one or more failed; the others are kept.
    """
    before, then = kept.last_run(plan.output)
    now = files_of(plan.corpus)
    executed: dict[str, Notebook] = {}
    reasons: dict[str, str] = {}
    for chapter, parts in plan.parts.items():
        notebook, damage = (None, "") if run.fresh else kept.find(parts)
        if notebook is not None and not faults(plan.notebooks[chapter], notebook):
            executed[chapter] = notebook
        else:
            reasons[chapter] = (
                "--fresh" if run.fresh else damage or reason(parts, before.get(chapter), now, then)
            )
    run.progress.begin(len(reasons))
    if run.explain:
        for chapter in plan.parts:
            run.progress.say(f"{chapter}: {'runs: ' + reasons[chapter] if chapter in reasons else 'as kept'}")
    if not reasons:
        return reasons, executed
    if plan.event.doubtful:
        run.progress.say(
            f"the corpus has {plan.event.doubtful} doubtful place(s); `tellings check {plan.corpus}` lists them"
        )
    if plan.event.articles > LARGE:
        run.progress.say(
            f"{plan.event.articles:,} articles of one event are compared with one another; this takes minutes"
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
    outcomes = run_chapters(todo, run.pool, min(run.processes, len(todo)), run.progress)
    failures = _take(plan, todo, outcomes, executed, run.progress)
    seconds = {chapter: outcome.seconds for chapter, outcome in outcomes.items()}
    if run.explain:
        for chapter, took in sorted(seconds.items(), key=lambda item: -item[1]):
            run.progress.say(f"{chapter}: took {took:.1f} seconds")
    noted = {
        chapter: {
            "parts": parts,
            "seconds": seconds.get(chapter) or before.get(chapter, {}).get("seconds", 0),
        }
        for chapter, parts in plan.parts.items()
    }
    kept.remember_run(plan.output, noted, now)
    kept.prune()
    failed = plan.place.parent / f"{plan.place.name}.failed"
    clear(failed)
    if failures:
        raise _failure(plan, failures, scratch, failed)
    return reasons, executed


def _take(
    plan: Plan,
    todo: list[Job],
    outcomes: Mapping[str, Outcome],
    executed: dict[str, Notebook],
    progress: Progress,
) -> list[Outcome]:
    """Keep what ran whole, put it beside what was kept, tell what its code warned of, and return what failed."""
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
        for line in warned(notebook):  # a page does not carry it
            progress.say(f"{job.chapter}: warned: {line}")
        settled = settle(notebook, {str(plan.source): plan.source.name})
        kept.keep(plan.parts[job.chapter], settled, outcome.seconds)
        executed[job.chapter] = settled
    return failures


def _failure(plan: Plan, failures: list[Outcome], scratch: Path, failed: Path) -> ChapterError:
    """Keep the notebooks of the chapters that failed, and say where, why and what next."""
    lines: list[str] = []
    saved: dict[str, Path] = {}
    if plan.several:
        lines.append(f"event {plan.event.event!r}:")
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
    stays = " The last good book stays where it was." if plan.place.exists() else ""
    lines.append(f"{len(failures)} of {len(plan.parts)} chapters failed, {done} are done and kept.{stays}")
    return ChapterError("\n".join(lines), saved)
