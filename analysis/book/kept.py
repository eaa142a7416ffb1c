"""Executed chapters, kept under the hash of everything that made them.

What does not match its own hash, or was kept by a version that hashed other things, is treated as absent, so two builds
and two versions may share a cache.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from analysis import cache
from analysis.book.hashing import chapter_key

KEPT = 400
"""How many executed chapters are kept; the ones unused for longest go first."""


def keep(parts: Mapping[str, str], notebook: Mapping[str, Any], seconds: float) -> None:
    """Keep an executed chapter; a cache that cannot be written is no error.

    Args:
        parts: what its key is made of.
        notebook: the executed notebook as JSON.
        seconds: how long it took; the slowest are started first next time.
    """
    entry = {"parts": dict(parts), "seconds": round(seconds, 2), "notebook": notebook}
    with suppress(OSError):
        cache.write_file(_place(parts), json.dumps(entry, sort_keys=True).encode())


def find(parts: Mapping[str, str]) -> tuple[dict[str, Any] | None, str]:
    """Look up an executed chapter.

    Returns:
        The notebook and "", or None and what was wrong with the entry: "" if there was none.
    """
    place = _place(parts)
    if not place.exists():
        return None, ""
    try:
        entry = json.loads(cache.read_file(place) or b"")
        notebook = entry["notebook"] if entry["parts"] == dict(parts) else None
    except (ValueError, KeyError, TypeError):
        notebook = None
    if not isinstance(notebook, dict):
        with suppress(OSError):
            place.unlink()
        return None, "its cache entry was damaged"
    with suppress(OSError):
        os.utime(place)
    return notebook, ""


def prune() -> None:
    """Drop the entries that were unused for longest."""
    ages: list[tuple[float, Path]] = []
    for path in (cache.root() / "chapters").glob("*"):
        with suppress(OSError):  # another build may be quicker
            ages.append((path.stat().st_mtime, path))
    for _, path in sorted(ages, reverse=True)[2 * KEPT :]:
        with suppress(OSError):
            path.unlink()


def remember_run(output: Path, chapters: Mapping[str, Mapping[str, Any]], files: Mapping[str, Any]) -> None:
    """Note what each chapter of an output was made of, so that the next build can say what has changed."""
    note = {"chapters": chapters, "files": files}
    with suppress(OSError):
        cache.write_file(_note(output), json.dumps(note, sort_keys=True).encode())


def last_run(output: Path) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """What this output was made of the last time.

    Returns:
        chapter -> {"parts": ..., "seconds": ...}; "corpus" and "package" -> file -> hash. Empty if nothing was noted.
    """
    try:
        noted = json.loads(cache.read_file(_note(output)) or b"{}")
        return dict(noted["chapters"]), dict(noted["files"])
    except (ValueError, KeyError, TypeError):
        return {}, {}


def _note(output: Path) -> Path:
    return cache.root() / "runs" / f"{cache.digest(str(output))[:32]}.json"


def _place(parts: Mapping[str, str]) -> Path:
    return cache.root() / "chapters" / f"{chapter_key(parts)[:40]}.json"
