"""What can go wrong while a book is built, each with the exit code that the command line gives it."""

from __future__ import annotations

from pathlib import Path


class BookError(Exception):
    """A mistake or a fault that a person can mend; the message says what was found, where, and what to do."""

    exit_code = 1


class InputError(BookError):
    """The corpus, a parameter or the output folder cannot be used as given."""

    exit_code = 2


class ChapterError(BookError):
    """One or more chapters did not run to the end; the last good book stays in its place.

    Attributes:
        saved: the notebooks as far as they came, by chapter.
    """

    exit_code = 3

    def __init__(self, message: str, saved: dict[str, Path]) -> None:
        super().__init__(message)
        self.saved = saved


class RenderError(BookError):
    """The pages could not be rendered without warnings."""

    exit_code = 4
