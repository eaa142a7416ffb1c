"""The files of a corpus, be it a folder, one file or a zip archive, read within limits and never outside the corpus."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from analysis.corpus.errors import CorpusError, Problem, printable


@dataclass(frozen=True)
class Limits:
    """How much is read before a file is refused.

    Attributes:
        file_bytes: size of one file that holds one article.
        table_bytes: size of one file that holds many (CSV, JSON Lines, Parquet, Excel, WARC).
        archive_bytes: size of everything in a zip archive, unpacked.
        archive_ratio: unpacked bytes for each packed byte, beyond which an archive is taken for a bomb.
        entries: number of files.
    """

    file_bytes: int = 50_000_000
    table_bytes: int = 4_000_000_000
    archive_bytes: int = 1_000_000_000
    archive_ratio: float = 200.0
    entries: int = 1_000_000


DEFAULT_LIMITS = Limits()
_SKIPPED_FOLDERS = frozenset({"__MACOSX", "__pycache__", "node_modules"})


class Files(Protocol):
    """Named pieces of data; names are paths relative to the corpus with forward slashes."""

    root: Path
    problems: list[Problem]

    def names(self) -> list[str]:
        """Return the names of all regular files, sorted."""

    def read(self, name: str, limit: int) -> bytes:
        """Return the bytes of one file.

        Raises:
            CorpusError: the file is missing, unreadable, outside the corpus or larger than `limit`.
        """

    def path(self, name: str) -> Path | None:
        """Return where the file lies on disk, or None where it does not."""


class Folder:
    """The regular files below a folder; links that lead out, loops and devices are refused and reported."""

    def __init__(self, root: Path, only: str | None = None, limits: Limits = DEFAULT_LIMITS) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self._real = root.resolve()
        self._limits = limits
        self._names = [only] if only is not None else sorted(self._walk())

    def names(self) -> list[str]:
        """Return the names of all regular files, sorted."""
        return self._names

    def path(self, name: str) -> Path | None:
        """Return where the file lies on disk, or None where it does not."""
        return self.root / name

    def read(self, name: str, limit: int) -> bytes:
        """Return the bytes of one file; see `Files.read`."""
        path = self.root / inside(name)
        try:
            real = path.resolve(strict=True)
            if not real.is_relative_to(self._real):
                raise CorpusError(
                    "leads out of the corpus; it was not read.",
                    where=name,
                    mend="Copy the file into the folder.",
                    code="outside",
                )
            # opened without waiting: a pipe would wait for a writer that never comes
            handle = os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
            with os.fdopen(handle, "rb") as file:
                status = os.fstat(file.fileno())
                if not stat.S_ISREG(status.st_mode):
                    raise CorpusError("is no regular file; it was not read.", where=name, code="not_a_file")
                _check_size(name, status.st_size, limit)
                data = file.read(limit + 1)
        except FileNotFoundError:
            raise CorpusError("there is no such file.", where=name, code="missing_file") from None
        except (OSError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or "links go round in a circle"
            raise CorpusError(
                f"cannot be read ({reason}).",
                where=name,
                mend="Check the file's permissions.",
                code="unreadable",
            ) from None
        _check_size(name, len(data), limit)
        return data

    def _walk(self) -> Iterator[str]:
        pending = [""]
        count = 0
        while pending:
            at = pending.pop()
            try:
                entries = sorted(os.scandir(self.root / at), key=lambda entry: entry.name)
            except OSError as error:
                self.problems.append(
                    Problem(
                        "error",
                        "unreadable",
                        f"{printable(at) or '.'}: the folder cannot be read ({error.strerror}).",
                    )
                )
                continue
            for entry in entries:
                name = f"{at}/{entry.name}" if at else entry.name
                if entry.name.startswith((".", "~$")) or entry.name in _SKIPPED_FOLDERS:
                    continue
                if entry.is_symlink() and not self._link_is_fine(name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    pending.append(name)
                elif entry.is_file():
                    count += 1
                    if count > self._limits.entries:
                        raise CorpusError(
                            f"more than {self._limits.entries} files.", where=self.root.name, code="too_many"
                        )
                    yield name
                elif not entry.is_symlink():
                    self.problems.append(
                        Problem("warning", "not_a_file", f"{printable(name)}: is no regular file; left out.")
                    )

    def _link_is_fine(self, name: str) -> bool:
        path = self.root / name
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError):
            self.problems.append(
                Problem(
                    "error",
                    "bad_link",
                    f"{printable(name)}: a link that leads nowhere or round in a circle; left out.",
                )
            )
            return False
        if not real.is_relative_to(self._real):
            self.problems.append(
                Problem(
                    "error",
                    "outside",
                    f"{printable(name)}: a link that leads out of the corpus; left out. Copy the file into the folder.",
                )
            )
            return False
        if real.is_dir():
            self.problems.append(
                Problem("warning", "linked_folder", f"{printable(name)}: a link to a folder; not followed.")
            )
            return False
        return True


class Archive:
    """The files in a zip archive, unpacked in memory within limits; nothing is written to disk."""

    def __init__(self, path: Path, limits: Limits = DEFAULT_LIMITS) -> None:
        self.root = path
        self.problems: list[Problem] = []
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise CorpusError(
                f"cannot be opened as a zip archive ({error}).", where=path.name, code="bad_archive"
            ) from None
        self._infos: dict[str, zipfile.ZipInfo] = {}
        total = 0
        for info in self._zip.infolist():
            if info.is_dir():
                continue
            parts = PurePosixPath(info.filename.replace("\\", "/")).parts
            if any(
                (part.startswith((".", "~$")) and part not in (".", "..")) or part in _SKIPPED_FOLDERS
                for part in parts
            ):
                continue
            try:
                name = str(inside(info.filename))
            except CorpusError:
                self.problems.append(
                    Problem(
                        "error",
                        "outside",
                        f"{printable(info.filename)}: a name that leads out of the archive; left out.",
                    )
                )
                continue
            if stat.S_ISLNK(info.external_attr >> 16):
                self.problems.append(
                    Problem("error", "outside", f"{printable(name)}: a link in an archive; left out.")
                )
                continue
            total += info.file_size
            if (
                info.file_size > limits.archive_ratio * max(info.compress_size, 1)
                and info.file_size > 1_000_000
            ):
                raise CorpusError(
                    f"{printable(name)} unpacks to {info.file_size:,} bytes from {info.compress_size:,}; refused as a zip bomb.",
                    where=path.name,
                    code="zip_bomb",
                )
            if total > limits.archive_bytes or len(self._infos) >= limits.entries:
                raise CorpusError(
                    f"unpacks to more than {limits.archive_bytes:,} bytes or {limits.entries:,} files; refused.",
                    where=path.name,
                    mend="Unpack it and give the folder.",
                    code="too_large",
                )
            self._infos[name] = info
        # a zipped folder: paths start below it, as they would in the folder itself
        tops = {name.split("/", 1)[0] if "/" in name else "" for name in self._infos}
        if len(tops) == 1 and "" not in tops:
            self._infos = {name.split("/", 1)[1]: info for name, info in self._infos.items()}

    def names(self) -> list[str]:
        """Return the names of all regular files, sorted."""
        return sorted(self._infos)

    def path(self, name: str) -> Path | None:
        """Return where the file lies on disk, or None where it does not."""
        return None

    def read(self, name: str, limit: int) -> bytes:
        """Return the bytes of one file; see `Files.read`."""
        info = self._infos.get(str(inside(name)))
        if info is None:
            raise CorpusError("there is no such file in the archive.", where=name, code="missing_file")
        _check_size(name, info.file_size, limit)
        try:
            with self._zip.open(info) as file:
                # the size in the directory may lie: never read more than it says
                data = file.read(info.file_size + 1)
        except (
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
            OSError,
            EOFError,
            ValueError,
        ) as error:
            raise CorpusError(f"cannot be unpacked ({error}).", where=name, code="bad_archive") from None
        if len(data) > info.file_size:
            raise CorpusError("is larger than the archive says; refused.", where=name, code="zip_bomb")
        return data


def inside(name: str) -> PurePosixPath:
    """Return `name` as a path below the corpus.

    Raises:
        CorpusError: it is absolute or climbs out with "..".
    """
    shown = name.replace("\\", "/")
    path = PurePosixPath(shown)
    if path.is_absolute() or ".." in path.parts or "\x00" in name or shown[1:3] == ":/" or not path.parts:
        raise CorpusError(
            f"{printable(name)!r} is not a path inside the corpus.",
            mend="Name files relative to the corpus, without '..'.",
            code="outside",
        )
    return path


def _check_size(name: str, size: int, limit: int) -> None:
    if size > limit:
        raise CorpusError(
            f"has {size:,} bytes, more than the limit of {limit:,}; left out.",
            where=name,
            mend="Split it, or raise the limit (analysis.corpus.Limits).",
            code="too_large",
        )
