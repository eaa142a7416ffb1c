"""Why a chapter runs again: which input is not what it was when its result was kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from analysis import cache

Files = dict[str, dict[str, str]]
"""What a book is made from: "corpus" and "package" -> file -> hash."""
_NAMED = 4
_CODEBOOKS = ("codebook.yml", "codebook.yaml", "codebook.json")


def files_of(corpus: Path) -> Files:
    """Hash every file of a corpus and of this package, by name."""
    package = Path(__file__).resolve().parents[1]
    inside = cache.tree_files(corpus) if corpus.is_dir() else [corpus]
    root = corpus if corpus.is_dir() else corpus.parent
    return {
        "corpus": _hashed(root, inside),
        "package": _hashed(package, [p for p in cache.tree_files(package) if "home" not in p.parts]),
    }


def _hashed(root: Path, files: list[Path]) -> dict[str, str]:
    found = {}
    for path in files:
        try:
            regular = path.is_file() and not path.is_symlink()
            found[path.relative_to(root).as_posix()] = (
                cache.file_digest(path)[:16] if regular else "not regular"
            )
        except OSError as error:
            found[path.relative_to(root).as_posix()] = f"unreadable: {error.errno}"
    return found


def reason(
    parts: Mapping[str, str], before: Mapping[str, Any] | None, now: Files, then: Mapping[str, Any]
) -> str:
    """Say which input of a chapter has changed, for a person.

    Args:
        parts: what its key is made of now (`hashing.chapter_parts`).
        before: what was noted of its last run for this output, or None.
        now: hashes of all files now.
        then: the same at the last run.
    """
    if not before:
        return "it has not been run for this output"
    old = before.get("parts", {})
    tell: dict[str, Callable[[], str]] = {
        "corpus": lambda: _corpus(now, then),
        "parameters": lambda: _values(parts, old, "parameters", "its parameters"),
        "code": lambda: "its code cells changed",
        "package": lambda: (
            f"the analysis package changed ({_files(now, then, 'package') or 'which file is not known'})"
        ),
        "versions": lambda: _values(parts, old, "versions", "versions"),
        "layout": lambda: "this program keeps results in another way now",
    }
    said = [words() for name, words in tell.items() if old.get(name) != parts.get(name)]
    return "; ".join(said) or "its result was no longer kept"


def _corpus(now: Files, then: Mapping[str, Any]) -> str:
    files = _files(now, then, "corpus")
    books = {name for name in _CODEBOOKS if now["corpus"].get(name) != then.get("corpus", {}).get(name)}
    what = "the codebook" if books and _count(now, then) == len(books) else "the corpus"
    return f"{what} changed ({files})" if files else "what is read from the corpus changed"


def _count(now: Files, then: Mapping[str, Any]) -> int:
    old, new = then.get("corpus", {}), now["corpus"]
    return sum(old.get(name) != new.get(name) for name in old.keys() | new.keys())


def _files(now: Files, then: Mapping[str, Any], part: str) -> str:
    """Name the files that were added, changed and removed, the first few of them."""
    new, old = now[part], then.get(part, {})
    if not old:
        return ""
    kinds = {
        "new": sorted(new.keys() - old.keys()),
        "changed": sorted(name for name in new.keys() & old.keys() if new[name] != old[name]),
        "gone": sorted(old.keys() - new.keys()),
    }
    said = []
    for kind, names in kinds.items():
        if names:
            more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
            said.append(f"{kind}: {', '.join(map(_shown, names[:_NAMED]))}{more}")
    return "; ".join(said)


def _shown(name: str) -> str:
    from analysis.corpus.errors import printable

    return printable(name)


def _values(parts: Mapping[str, str], old: Mapping[str, str], name: str, words: str) -> str:
    """Name the values that changed in a part that is JSON, with what they were and are."""
    try:
        was, now = json.loads(old.get(name, "{}")), json.loads(parts[name])
    except ValueError:
        return f"{words} changed"
    changed = [
        f"{key}: {was.get(key, 'its default')} -> {now.get(key, 'its default')}"
        for key in sorted({*was, *now})
        if was.get(key) != now.get(key)
    ]
    return f"{words} changed ({', '.join(changed)})"
