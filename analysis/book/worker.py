"""A process that runs chapters one after another, and renders the pages.

It reads one job a line as JSON from standard input and answers with lines of JSON on standard output. Processes, not
threads: papermill changes the folder of the whole process, and so does a kernel that dies badly. When the builder is
gone, standard input ends, and the worker takes its kernel with it.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

Say = Callable[[dict[str, Any]], None]
_STARTS = 3  # times that a kernel is started which dies before it answers


def main() -> None:
    """Serve jobs until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints goes to the log and never among the answers
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the builder, which then ends us

    def say(answer: dict[str, Any]) -> None:
        answers.write(json.dumps(answer) + "\n")
        answers.flush()

    jobs: queue.Queue[dict[str, Any] | None] = queue.Queue()
    threading.Thread(target=_listen, args=(jobs,), daemon=True).start()
    work = {"execute": execute, "render": render, "tables": tables, "texts": texts, "warm": warm}
    while (job := jobs.get()) is not None:
        try:
            work[job["job"]](job, say)
        except Exception as error:
            say({"event": "failed", "kind": type(error).__name__, "message": str(error)})
        else:
            say({"event": "done", "job": job["job"]})


def execute(job: dict[str, Any], say: Say) -> None:
    """Run one notebook with papermill.

    Args:
        job: `input`, `output`, `parameters`, `folder` (where the kernel stands).
        say: receives `{"event": "cell", "index": ..., "of": ...}` as the cells start, and what was raised, if anything.
    """
    import nbclient.exceptions
    import papermill

    from analysis.book.provisioner import register

    register()
    injected = _injected(job)
    try:
        for left in reversed(range(_STARTS)):
            try:
                papermill.execute_notebook(
                    _literal(job["input"]),
                    _literal(job["output"]),
                    parameters=job["parameters"],
                    cwd=job["folder"],
                    kernel_name="python3",
                    progress_bar=False,
                    start_timeout=120,
                    shutdown_kernel="immediate",
                    on_cell_start=lambda cell, cell_index: say(
                        {"event": "cell", "index": injected(cell_index)}
                    ),
                )
            except RuntimeError as error:
                # two kernels that start at once may be given the same port; no cell has run by then
                if not left or "before replying to kernel_info" not in str(error):
                    raise
            else:
                break
    except papermill.exceptions.PapermillExecutionError as error:
        say({
            "event": "raised", "cell": injected(error.cell_index), "kind": error.ename, "message": error.evalue,
            "source": error.source,
        })  # fmt: skip
    except nbclient.exceptions.DeadKernelError:
        say(
            {
                "event": "raised",
                "cell": None,
                "kind": "DeadKernelError",
                "message": "the kernel died",
                "source": "",
            }
        )


def render(job: dict[str, Any], say: Say) -> None:
    """Render the staged pages with Jupyter Book.

    Args:
        job: `stage`, `config`, `toc`, `html` (an empty folder to be), `doctrees`, `builder`, `overrides`.
        say: receives `{"event": "rendered", "status": ..., "warnings": ...}`; any warning makes the status 1.
    """
    import contextlib
    import io

    from jupyter_book.sphinx import build_sphinx

    warnings = io.StringIO()
    with contextlib.redirect_stderr(warnings):
        status = build_sphinx(
            job["stage"],
            job["html"],
            noconfig=True,
            path_config=job["config"],
            confoverrides={
                "external_toc_path": job["toc"],
                "latex_individualpages": False,
                "nitpicky": True,
                **job["overrides"],
            },
            doctreedir=job["doctrees"],
            builder=job.get("builder", "html"),
            warningiserror=True,
            keep_going=True,
            freshenv=True,
            quiet=True,
        )
    text = warnings.getvalue()
    sys.stderr.write(text)
    failed = status if isinstance(status, int) else 2
    say({"event": "rendered", "status": failed, "warnings": text if failed else ""})


def tables(job: dict[str, Any], say: Say) -> None:
    """Write the tables that the pages offer; see `downloads.write_downloads` for what the job holds."""
    from analysis.book.downloads import write_downloads

    write_downloads(job["corpus"], job["names"], job["parameters"], Path(job["folder"]))


def texts(job: dict[str, Any], say: Say) -> None:
    """Write the pages of the reading edition after the first.

    Args:
        job: `corpus`, `parameters`, `stage` (the staged book), `page` (the chapter that shows the first articles).
        say: receives `{"event": "texts", "pages": ...}`, the pages that were written.
    """
    from analysis.book.downloads import tables_of
    from analysis.render import encode, tag
    from analysis.views import Places, further_editions

    tables = tables_of(job["corpus"], job["parameters"])
    written = []
    for number, (title, content) in enumerate(further_editions(tables, Places.of(tables)), start=2):
        page = f"{job['page']}-{number}"
        text = f"# {encode(title)}\n\n{tag('div', content)}\n"
        Path(job["stage"], f"{page}.md").write_text(text, encoding="utf-8")
        written.append(page)
    say({"event": "texts", "pages": written})


def warm(job: dict[str, Any], say: Say) -> None:
    """Import what rendering needs while the other process still runs a chapter."""
    from importlib import import_module

    for name in ("jupyter_book.sphinx", "myst_nb", "pygments.lexers", "sphinx_book_theme"):
        import_module(name)


def _injected(job: dict[str, Any]) -> Callable[[int], int]:
    """From a cell's place in the executed notebook, which has one cell more, to its place in the chapter."""
    cells = json.loads(Path(job["input"]).read_text(encoding="utf-8"))["cells"]
    tagged = (n for n, cell in enumerate(cells) if "parameters" in cell.get("metadata", {}).get("tags", ()))
    place = next(tagged, -1) + 1
    return lambda index: index - 1 if job["parameters"] and index > place else index


def _literal(path: str) -> str:
    """Papermill formats paths; a brace in a folder's name is a brace."""
    return path.replace("{", "{{").replace("}", "}}")


def _listen(jobs: queue.Queue[dict[str, Any] | None]) -> None:
    for line in sys.stdin:
        jobs.put(json.loads(line))
    os.kill(os.getpid(), signal.SIGTERM)


def _leave(number: int, frame: Any) -> None:
    """End at once, and take the kernels along: they would notice only after a second or more."""
    from contextlib import suppress

    for task in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError, ValueError):
            for child in task.read_text().split():
                os.kill(int(child), signal.SIGKILL)
    os._exit(143)
