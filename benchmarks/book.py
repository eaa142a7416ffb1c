"""What does a book cost, beside other ways to make one from the same chapters?

    python benchmarks/book.py [--corpus seeds]

`tellings build` from nothing, again with nothing changed, and again with one chapter's prose changed; papermill chapter by
chapter in a loop; jupyter-book's own execution of the same folder. Each starts with an empty cache and is one command with
its child processes; compared are CPU seconds, because a machine may have other work.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from record import OURS, Result, Role, show

from analysis.book.home import PARTS

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, default=ROOT / "seeds")
    show(results(parser.parse_args().corpus))


def results(corpus: Path = ROOT / "seeds") -> list[Result]:
    """CPU seconds of each way, as ratios to a first build."""
    out: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="tellings-book-") as made:
        folder = Path(made)
        home = folder / "home"
        for part in (*PARTS, "benchmarks/results"):
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, home / part)
            elif (ROOT / part).exists():
                (home / part).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / part, home / part)
        build = [str(BIN / "tellings"), "build", str(corpus), "--output", str(folder / "html"), "--quiet"]
        env = {"TELLINGS_HOME": str(home), "TELLINGS_CACHE": str(folder / "cache")}
        first = seconds(build, env)
        ways: list[tuple[str, Role, float]] = [(f"{OURS}: a first build", "ours", first)]
        ways.append((f"{OURS}: nothing changed", "ours", seconds(build, env)))
        change_prose(home / "chapters" / "classroom.ipynb")
        ways.append((f"{OURS}: a chapter's prose changed", "ours", seconds(build, env)))
        loop = 0.0
        fresh = {"TELLINGS_CACHE": str(folder / "cache of a loop")}
        for chapter in sorted((home / "chapters").glob("*.ipynb")):
            out_file = folder / "loop" / chapter.name
            out_file.parent.mkdir(exist_ok=True)
            loop += seconds([str(BIN / "papermill"), str(chapter), str(out_file), "-p", "corpus", str(corpus), "--no-progress-bar"], fresh)  # fmt: skip
        ways.append(("papermill in a loop, pages not rendered", "peer", loop))
        config = (home / "_config.yml").read_text(encoding="utf-8")
        config = config.replace('execute_notebooks: "off"', "execute_notebooks: force").replace('nb_execution_mode: "off"', "nb_execution_mode: force")  # fmt: skip
        (home / "_config.yml").write_text(config, encoding="utf-8")
        own = seconds([str(BIN / "jupyter-book"), "build", str(home), "--path-output", str(folder / "jb")], {"TELLINGS_CACHE": str(folder / "cache of jb")}, folder)  # fmt: skip
        ways.append(("jupyter-book with its own execution", "peer", own))
    for name, role, cost in ways:
        out.append(Result("book", "shipped", "CPU time beside a first build", name, role, cost / first, n=1, unit="build",
                          note="one run of each, with an empty cache", aim="low"))  # fmt: skip
    return out


def seconds(command: Sequence[str], env: dict[str, str], cwd: Path = ROOT) -> float:
    """CPU seconds of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, env=os.environ | env, cwd=cwd, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        print(f"{command[0]} ended with {done.returncode}: {done.stderr[-500:]}", file=sys.stderr)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def change_prose(chapter: Path) -> None:
    notebook = json.loads(chapter.read_text(encoding="utf-8"))
    notebook["cells"][1]["source"] = "Another word. " + "".join(notebook["cells"][1]["source"])
    chapter.write_text(json.dumps(notebook), encoding="utf-8")


if __name__ == "__main__":
    main()
