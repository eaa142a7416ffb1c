"""Executed chapters, kept under the hash of everything that made them.

What does not match its own hash, or was kept by a version that hashed other things, is treated as absent, so two builds
and two versions may share a cache.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from analysis import cache
from analysis.book.hashing import chapter_key

KEPT = 400
"""How many executed chapters are kept; the ones unused for longest go first."""

LARGEST = 5_000_000_000
"""Bytes that kept tables and corpora may take together; the oldest go first, those of the last hour never."""

_FOLDERS = ("tables", "corpora", "events")
_IN_USE = 3600  # seconds


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
    _prune_folders()


def _prune_folders() -> None:
    """Drop kept tables and corpora, the oldest first, until they are no larger than a cache may be."""
    folders = [
        (_newest(path), sum(size for _, size in _files(path)), path)
        for kind in _FOLDERS
        for path in (cache.root() / kind).glob("*")
    ]
    total = sum(size for _, size, _ in folders)
    for changed, size, path in sorted(folders):
        if total <= LARGEST or changed > time.time() - _IN_USE:
            return
        shutil.rmtree(path, ignore_errors=True)
        total -= size


def _newest(folder: Path) -> float:
    return max((changed for changed, _ in _files(folder)), default=0.0)


def _files(folder: Path) -> list[tuple[float, int]]:
    """When each file below a folder was changed, and its size."""
    found = []
    for path in folder.rglob("*"):
        with suppress(OSError):
            state = path.stat()
            found.append((state.st_mtime, state.st_size))
    return found


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
