"""What can go wrong with a corpus: the error that stops, and the table of problems that do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from analysis.schema import Schema

Severity = Literal["info", "warning", "error"]

PROBLEMS = Schema(
    "problems",
    "What was found, guessed, repaired or left out while the corpus was read.",
    {
        "article_id": ("str", "the article, or missing where it concerns a file or the whole corpus"),
        "severity": ("str", "info: done and harmless; warning: look at it; error: something is left out"),
        "code": ("str", "short name of the kind of problem"),
        "message": ("str", "what was found, where, and how to mend it"),
    },
)


@dataclass(frozen=True)
class Problem:
    """One row of the `problems` table."""

    severity: Severity
    code: str
    message: str
    article_id: str | None = None


class CorpusError(ValueError):
    """A corpus that cannot be read.

    Attributes:
        what: what was found.
        where: the file, with row and column where there is one.
        mend: what to do about it.
        code: short name of the kind of error, as in the `problems` table.
    """

    def __init__(self, what: str, *, where: object = "", mend: str = "", code: str = "unreadable") -> None:
        self.what, self.where, self.mend, self.code = what, printable(str(where)), mend, code
        place = f"{self.where}: " if self.where else ""
        super().__init__(f"{place}{what}" + (f" {mend}" if mend else ""))

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (self.what, self.where, self.mend, self.code))


def _rebuild(what: str, where: str, mend: str, code: str) -> CorpusError:
    return CorpusError(what, where=where, mend=mend, code=code)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return " Did you mean 'x'?" for the nearest known name, or ""."""
    names = {known_name.casefold(): known_name for known_name in known}
    near = get_close_matches(name.casefold(), names, n=1, cutoff=0.6)
    return f"Did you mean {names[near[0]]!r}?" if near else ""


def printable(text: str) -> str:
    """Return `text` fit for one line of a terminal: control characters and lone surrogates escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def storable(value: object) -> object:
    """Return a text that can be written as UTF-8: lone surrogates (a file name in another encoding) are escaped.

    What is no text comes back as it is.
    """
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    return value
