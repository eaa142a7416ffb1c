"""How do a book's pages, its time and its memory grow with the number of articles?

    python benchmarks/book_sizes.py --articles 100 500 5000                # one event, an outlet for every five articles
    python benchmarks/book_sizes.py --articles 500 --outlets 500 4         # many outlets, few outlets
    python benchmarks/book_sizes.py --articles 500 --events 40             # several events in one corpus
    python benchmarks/book_sizes.py --articles 500 --tables                # where the time goes, table by table

Articles are invented as in `scale_corpus`: people who speak, statements that several outlets quote, passages copied from
another outlet, footers that an outlet prints under everything. Everything is written below --folder, the cache included, so
that a second run shows what an unchanged corpus costs. Measured are wall and CPU seconds of all processes, the largest memory
of any one of them, the size of the site and of its largest pages.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from reuse_corpus import STRENGTHS, _print, _Words
from scale_corpus import _event, _sentence

_START = date(2024, 1, 1)


def write_corpus(folder: Path, n: int, outlets: int, events: int, seed: int = 0) -> Path:
    """Write `n` invented articles as JSON Lines: `events` events, each told by as many of `outlets` as there are articles."""
    chance = random.Random(seed)
    words = _Words(chance)
    names = [f"Outlet {k}" for k in range(outlets)]
    footers = {name: words.footer(name) for name in names}
    path = folder / f"{n}-articles-{outlets}-outlets-{events}-events.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for event in range(events):
            size = n // events + (event < n % events)
            for number, text in enumerate(_telling(words, chance, size)):
                outlet = names[(event + number) % outlets]
                lines = [" ".join(text[k : k + 3]) for k in range(1, len(text), 3)]
                row = {
                    "id": f"e{event}-{number}", "outlet": outlet, "title": text[0].rstrip("."),
                    "date": (_START + timedelta(days=event + number % 3)).isoformat(),
                    "text": "\n".join([*lines, *(_print(line) for line in footers[outlet])]),
                }  # fmt: skip
                if events > 1:
                    row["event"] = f"Event {event}"
                file.write(json.dumps(row) + "\n")
    return path


def _telling(words: _Words, chance: random.Random, size: int) -> list[list[str]]:
    """Tell one event in `size` articles; each part of it has people and statements of its own, as long stories have."""
    texts: list[list[str]] = []
    while len(texts) < size:
        part = min(25, size - len(texts))
        told = _event(words, chance, part)[0]
        for number in range(1, len(told)):
            if chance.random() < 0.2:  # copies a passage from another of the part
                source = [s for s in told[number - 1][1:] if not s.endswith("\x00")][:4]
                rate = STRENGTHS[chance.choice(list(STRENGTHS))]
                told[number][2:2] = [words.edit(sentence, rate) for sentence in source]
        texts += [[_sentence(s) for s in text] for text in told]
    return texts


def measure(corpus: Path, output: Path, cache: Path) -> dict[str, Any]:
    """Build one book in a process of its own and measure it with all its processes."""
    environment = {**os.environ, "TELLINGS_CACHE": str(cache)}
    command = [sys.executable, "-m", "analysis.cli", "build", str(corpus), "--output", str(output)]
    started = time.monotonic()
    process = subprocess.Popen(command, env=environment)
    seen: dict[int, tuple[float, float]] = {}  # process -> CPU seconds, GB
    while process.poll() is None:
        for number in _family(process.pid):
            cpu, size = _used(number)
            before = seen.get(number, (0.0, 0.0))
            seen[number] = max(cpu, before[0]), max(size, before[1])
        time.sleep(0.25)
    seconds = time.monotonic() - started
    pages = sorted(((path.stat().st_size, path.name) for path in output.rglob("*.html")), reverse=True)
    return {
        "exit": process.returncode, "wall s": seconds, "CPU s": sum(cpu for cpu, _ in seen.values()),
        "largest process GB": max(size for _, size in seen.values()),
        "site MB": sum(path.stat().st_size for path in output.rglob("*") if path.is_file()) / 1e6,
        "pages": len(pages),
        "largest pages": ", ".join(f"{name} {size / 1e6:.2f} MB" for size, name in pages[:4]),
    }  # fmt: skip


def _family(number: int) -> list[int]:
    """A process and everything that it started (Linux)."""
    found = [number]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            with suppress(OSError, ValueError):
                found += map(int, task.read_text().split())
    return found


def _used(number: int) -> tuple[float, float]:
    """CPU seconds and the largest memory so far, GB, of one process."""
    try:
        times = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        status = Path(f"/proc/{number}/status").read_text()
    except OSError:
        return 0.0, 0.0
    size = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)
    return (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK"), size / 1e6


def by_table(corpus: Path) -> None:
    """Make every table of a corpus in this process and print what each took, the tables it is made from apart."""
    from analysis import open_tables
    from analysis.tables import Tables

    spent: list[float] = []
    found = Tables.__getitem__

    def timed(self: Tables, name: str) -> Any:
        if name in self._made:
            return found(self, name)
        spent.append(0.0)
        begun = time.process_time()
        table = found(self, name)
        took = time.process_time() - begun
        own = took - spent.pop()
        if spent:
            spent[-1] += took
        if own > 0.05:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
            print(f"{own:8.2f} s  {len(table):9,} rows  peak {peak:.2f} GB  {name}", flush=True)
        return table

    Tables.__getitem__ = timed  # type: ignore[method-assign]
    begun = time.process_time()
    tables = open_tables(corpus, keep=False)
    print(f"{time.process_time() - begun:8.2f} s  reading {len(tables['articles']):,} articles", flush=True)
    tables.make_all()
    print(
        f"{time.process_time() - begun:8.2f} s  in all, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", required=True)
    parser.add_argument("--outlets", type=int, nargs="+", help="one for every five articles by default")
    parser.add_argument("--events", type=int, default=1)
    parser.add_argument("--tables", action="store_true", help="time the tables instead of the book")
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder by default")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="tellings-sizes-"))
    folder.mkdir(parents=True, exist_ok=True)
    for n in options.articles:
        for outlets in options.outlets or [max(2, n // 5)]:
            corpus = write_corpus(folder, n, outlets, options.events)
            if options.tables:
                by_table(corpus)
                continue
            said = measure(corpus, folder / f"book-{corpus.stem}", folder / "cache")
            shown = (
                f"{key} {value:.2f}" if isinstance(value, float) else f"{key} {value}"
                for key, value in said.items()
            )
            print(
                f"{n:,} articles, {outlets} outlets, {options.events} events: " + "; ".join(shown), flush=True
            )


if __name__ == "__main__":
    main()
