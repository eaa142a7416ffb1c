"""Put a finished book in its place, all at once, and know whether it is still whole.

The pages are rendered into a folder beside the place and swapped in by renaming: a reader sees the old book or the new
one. Whatever fails before that leaves the old book as it was.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.book.errors import InputError
from analysis.cache import file_digest, tree_files

MANIFEST = ".tellings.json"
"""In every book: the key of what made it, and the hash of every file."""


def check_output(output: Path, corpus: Path) -> None:
    """Refuse an output folder that cannot be swapped, or that holds something else than a book of ours.

    Raises:
        InputError: it says which and what to do.
    """
    if output == output.parent:
        raise InputError(f"{output}: the root of a disk cannot be the output; name a folder.")
    for one, other, words in (
        (output, corpus, "holds the corpus"),
        (corpus, output, "lies inside the corpus"),
    ):
        if other == one or one in other.parents:
            if one == corpus and not corpus.is_dir():
                continue
            raise InputError(f"output {output} {words}; name a folder outside of {corpus}.")
    if output.exists() and not output.is_dir():
        raise InputError(f"output {output} is a file; name a folder.")
    if output.is_dir() and not (output / MANIFEST).is_file() and any(output.iterdir()):
        raise InputError(
            f"output {output} holds files that are not a book made here, and would be replaced whole; "
            "name a new or empty folder."
        )
    if output.is_mount():
        raise InputError(f"output {output} is a mount point and cannot be swapped; name a folder inside it.")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        probe = output.parent / f".{output.name}.writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise InputError(
            f"cannot write into {output.parent} ({error.strerror}); name another --output."
        ) from error


@contextmanager
def lock(output: Path, waiting: str = "") -> Iterator[None]:
    """Hold the only right to publish at `output`; wait for a build that has it, and say so.

    Args:
        output: the folder of the book.
        waiting: printed when another build holds the lock.
    """
    held = FileLock(output.parent / f".{output.name}.lock")
    try:
        held.acquire(timeout=0)
    except Timeout:
        if waiting:
            print(waiting, flush=True)
        held.acquire()
    try:
        _mend(output)
        yield
    finally:
        held.release()


def new_place(output: Path) -> Path:
    """A folder beside the output, on the same disk, to render into; what a renderer leaves in it goes with it."""
    return output.parent / f".{output.name}.new"


def write_manifest(folder: Path, key: str, pages: Iterable[str]) -> None:
    """Write down what made the book, its pages in reading order, and the hash of every file."""
    files = {path.relative_to(folder).as_posix(): file_digest(path) for path in tree_files(folder)}
    files.pop(MANIFEST, None)
    text = json.dumps({"key": key, "pages": list(pages), "files": files}, indent=0, sort_keys=True)
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def intact(output: Path, key: str) -> bool:
    """Whether the book at `output` was made under this key and every file is as it was."""
    try:
        said = json.loads((output / MANIFEST).read_text(encoding="utf-8"))
        if said["key"] != key:
            return False
        there = {path.relative_to(output).as_posix(): path for path in tree_files(output)}
        there.pop(MANIFEST)
        return there.keys() == said["files"].keys() and all(
            file_digest(path) == said["files"][name] for name, path in there.items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def swap_in(new: Path, output: Path) -> None:
    """Put a finished folder in the place of the output, whole; afterwards `new` is the old book or nothing."""
    _flush(new)
    if not output.exists():
        new.rename(output)
    elif not _exchange(new, output):
        old = output.parent / f".{output.name}.old"
        output.rename(old)
        try:
            new.rename(output)
        except OSError:
            old.rename(output)
            raise
        clear(old)


def clear(folder: Path) -> None:
    """Delete a folder of ours if it is there."""
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)


def _mend(output: Path) -> None:
    """Put right what a killed build may have left: the old book aside, a new one half-written."""
    old = output.parent / f".{output.name}.old"
    if old.is_dir():
        if output.exists():
            clear(old)
        else:
            old.rename(output)
    clear(new_place(output))


def _exchange(new: Path, output: Path) -> bool:
    """Exchange two folders in one step where the system can (Linux); False where it cannot."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    if call(here, os.fsencode(new), here, os.fsencode(output), exchange) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.EPERM):
        return False
    raise OSError(number, os.strerror(number), str(output))


def _flush(folder: Path) -> None:
    """Have the disk take what was written before it becomes the book: a full disk is to show now and not later."""
    for path in tree_files(folder):
        with path.open("rb") as file:
            os.fsync(file.fileno())
