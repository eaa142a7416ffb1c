"""The books of several events, each in a folder of its own, and the page that leads to them."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from analysis.book.chapters import Run, run_book
from analysis.book.downloads import open_offered
from analysis.book.pages import STAGE, render_book, render_staged
from analysis.book.plan import Plan, Plans, is_tables
from analysis.book.publish import intact, write_manifest
from analysis.book.stage import stage_page

_SENTENCES = 2  # of an event, on the page of all events


def make_book(plan: Plan, run: Run, scratch: Path, html: Path) -> dict[str, str]:
    """Run and render one book into a folder that is not there yet; return chapter -> why it ran."""
    reasons, executed = run_book(plan, run, scratch)
    run.progress.step("rendering the pages")
    render_book(plan, executed, run.pool, scratch, html)
    write_manifest(html, plan.key, plan.home.pages)
    return reasons


def make_shelf(plans: Plans, run: Run, html: Path) -> dict[str, str]:
    """Make the book of every event that is wanted and the page of all events; return chapter -> why it ran."""
    html.mkdir(parents=True)
    ran: dict[str, str] = {}
    # one place for all, one after another: the renderer finds the book's extension where it first loaded it
    scratch = run.scratch / "one"
    for number, plan in enumerate(plans.books, start=1):
        folder = html / plan.output.name
        if not run.fresh and intact(plan.output, plan.key):
            shutil.copytree(plan.output, folder, copy_function=_linked)
            continue
        run.progress.say(
            f"event {number} of {len(plans.books)}: {plan.event.event} ({plan.event.articles:,} articles)"
        )
        made = make_book(plan, run, scratch, folder)
        ran |= {f"{plan.output.name}/{chapter}": why for chapter, why in made.items()}
        shutil.rmtree(scratch)
        # the renderer keeps its figures beside a book's folder, which here is among the books
        shutil.rmtree(html / "jupyter_execute", ignore_errors=True)
    run.progress.step("rendering the page of all events")
    _index(plans, run, scratch, html)
    return ran


def _index(plans: Plans, run: Run, scratch: Path, html: Path) -> None:
    """Render the page of all events beside the books."""
    from analysis.corpus.kept import Event
    from analysis.events import EVENTS
    from analysis.exports import csv_text
    from analysis.views import event_index

    def row(event: Event) -> dict[str, object]:
        return {name: value for name, value in asdict(event).items() if name not in ("digest", "doubtful")}

    books = {plan.event.event: f"{plan.output.name}/index.html" for plan in plans.books}
    said = {plan.event.event: _sentences(html / plan.output.name) for plan in plans.books}
    listed = [row(event) for event in plans.events]
    content = event_index(listed, books, said, f"tellings build {plans.corpus.name}")
    title = plans.title or ("Events" if is_tables(plans.corpus) else f"Events in {plans.corpus.name}")
    staged, page = scratch / STAGE, scratch / "html"
    stage_page(plans.books[0].home, staged, title, content)
    render_staged(staged, run.pool, scratch, page, {"html_title": title}, [])
    shutil.copytree(page, html, dirs_exist_ok=True)
    table = (
        EVENTS.frame(listed)
        .drop(columns="whole")
        .assign(book=[books.get(str(e["event"]), "") for e in listed])
    )
    (html / "_static" / "events.csv").write_bytes(csv_text(table).encode())


def _sentences(book: Path) -> list[str]:
    """The strongest findings of a book that hold, as the book itself offers them."""
    from analysis.findings.model import read_findings

    table = open_offered(book, "findings")
    if table is None:
        return []
    return [finding.sentence for finding in read_findings(table) if finding.status == "holds"][:_SENTENCES]


def _linked(source: str, target: str) -> str:
    """Put a file of the old book into the new one without a second copy of it, where the disk can."""
    with suppress(OSError):
        os.link(source, target)
        return target
    return str(shutil.copyfile(source, target))
