"""Computed things kept under a hash of what made them; a damaged entry is as good as none."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pandas as pd

_SKIPPED = {"__pycache__", ".ipynb_checkpoints", ".git", ".DS_Store"}
_COUNTED = ("pandas", "numpy", "scipy", "scikit-learn", "nltk", "rapidfuzz", "pyarrow", "matplotlib")


def root() -> Path:
    """Where kept things live: `TELLINGS_CACHE`, else the user's cache folder."""
    given = os.environ.get("TELLINGS_CACHE")
    if given:
        return Path(given)
    from platformdirs import user_cache_path

    return user_cache_path("five-tellings", appauthor=False)


def digest(*parts: str | bytes) -> str:
    """Hash parts so that no two lists of parts give the same text to the hash."""
    made = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big"))
        made.update(data)
    return made.hexdigest()


@lru_cache(maxsize=1)
def package_digest() -> str:
    """Hash of this package's source and data, the stored results of its benchmarks among them."""
    home = Path(__file__).resolve().parent
    files = sorted(
        p for p in home.rglob("*") if p.suffix in {".py", ".yml", ".csv", ".txt", ".json"} and p.is_file()
    )
    # in a wheel these are inside the package; in a checkout they stand beside it
    files += sorted((home.parent / "benchmarks" / "results").glob("*.csv"))
    return digest(*(part for p in files for part in (p.relative_to(home.parent).as_posix(), p.read_bytes())))


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """Versions of Python and of the packages that numbers depend on."""
    found = {"python": ".".join(map(str, sys.version_info[:3]))}
    for name in _COUNTED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "absent"
    return found


def file_digest(path: Path) -> str:
    """Hash one file's bytes without holding it in memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=20)).hexdigest()


def tree_files(root: Path) -> list[Path]:
    """Every file below a folder, sorted by name; links are listed but never followed."""
    found: list[Path] = []
    for folder, folders, files in os.walk(root, followlinks=False):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED)
        found.extend(Path(folder) / name for name in files if name not in _SKIPPED)
    return sorted(found)


def tree_digest(root: Path) -> str:
    """Hash a file's name and bytes, or every name and byte below a folder.

    Links and unreadable files count by name only: whoever reads the folder refuses the first and reports the second.
    """
    if not root.is_dir():
        return digest(root.name, file_digest(root))
    parts: list[str | bytes] = [root.name]
    for file in tree_files(root):
        parts.append(os.fsencode(file.relative_to(root).as_posix()))
        try:
            regular = file.is_file() and not file.is_symlink()
            parts.append(file_digest(file) if regular else "not a regular file")
        except OSError as error:
            parts.append(f"unreadable: {error.errno}")
    return digest(*parts)


def folder(kind: str, *parts: Any) -> Path:
    """The folder for things of one kind made from `parts` by this source with these versions."""
    key = digest(
        package_digest(),
        json.dumps(versions(), sort_keys=True),
        json.dumps(parts, sort_keys=True, default=str),
    )
    return root() / kind / key[:32]


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, with its hash beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for target, content in ((path, data), (_seal(path), hashlib.sha256(data).hexdigest().encode())):
        with NamedTemporaryFile(dir=path.parent, delete=False) as file:
            try:
                file.write(content)
                file.flush()
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        Path(file.name).replace(target)


def read_file(path: Path) -> bytes | None:
    """Read a file that `write_file` wrote; None if it is not there or not as it was written."""
    try:
        data, seal = path.read_bytes(), _seal(path).read_text()
    except (OSError, UnicodeDecodeError):
        return None
    return data if hashlib.sha256(data).hexdigest() == seal else None


@contextmanager
def alone(where: Path, name: str, wait: bool = True) -> Iterator[bool]:
    """Hold off other processes that would make the same thing; where no lock can be had, go on without one.

    Gives whether to go on: with `wait=False`, False when another process is at it.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(where / f"{name}.lock")
    try:
        where.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=-1 if wait else 0)
    except Timeout:
        yield False
        return
    except OSError:
        yield True
        return
    try:
        yield True
    finally:
        lock.release()


def write_table(where: Path, name: str, table: pd.DataFrame, forgiving: bool = True) -> None:
    """Keep a table; a cache that cannot be written is no error, the table is there all the same.

    Raises:
        OSError: it cannot be written, and `forgiving` is off.
    """
    from io import BytesIO

    buffer = BytesIO()
    table.to_parquet(buffer, index=False)
    try:
        write_file(where / f"{name}.parquet", buffer.getvalue())
    except OSError:
        if not forgiving:
            raise


def read_table(where: Path, name: str) -> pd.DataFrame | None:
    """Read a kept table, or None."""
    from io import BytesIO

    data = read_file(where / f"{name}.parquet")
    return None if data is None else pd.read_parquet(BytesIO(data))


def _seal(path: Path) -> Path:
    return path.with_name(path.name + ".sha256")
