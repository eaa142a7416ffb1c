"""One line that tells how far a build is: rewritten in place on a terminal, one line a step elsewhere."""

from __future__ import annotations

import shutil
import sys
from typing import TextIO


class Progress:
    """How many chapters are done and which are running."""

    def __init__(self, stream: TextIO | None = None, quiet: bool = False) -> None:
        self.stream = stream or sys.stderr
        self.quiet = quiet
        self.total = self.done = 0
        self.running: list[str] = []
        self.live = self.stream.isatty() and not quiet

    def begin(self, total: int) -> None:
        """Start counting the chapters of a book."""
        self.total, self.done = total, 0
        self.running.clear()

    def __call__(self, chapter: str, what: str) -> None:
        """Note what happened to a chapter: "started", "cell N", "finished", "failed"."""
        name = chapter.rpartition("/")[2]
        if what == "started":
            self.running.append(name)
        elif what in ("finished", "failed"):
            self.running.remove(name)
            self.done += 1
        if self.live:
            self._rewrite(f"[{self.done}/{self.total}] {', '.join(self.running) or 'done'}")
        elif what in ("finished", "failed"):
            self.say(f"[{self.done}/{self.total}] {name}: {what}")

    def say(self, line: str) -> None:
        """Print one line that stays."""
        if self.live:
            self._rewrite("")
        if not self.quiet:
            print(line, file=self.stream, flush=True)

    def step(self, line: str) -> None:
        """Show what is being done until the next message; "" clears the line."""
        if self.live:
            self._rewrite(line)

    def _rewrite(self, line: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        self.stream.write("\r\x1b[K" + line[:width])
        self.stream.flush()
