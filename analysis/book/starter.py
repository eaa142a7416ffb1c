"""The example that `tellings new` writes for people to change."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from analysis.book.errors import InputError


def start_corpus(folder: Path) -> list[Path]:
    """Write a commented corpus.yml and codebook.yml and two example articles into a new or empty folder.

    Returns:
        What was written.

    Raises:
        InputError: the folder holds something already, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} is there already and holds something; name a new folder.")
    examples = files("analysis") / "data" / "starter"
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for example in sorted(examples.iterdir(), key=lambda entry: entry.name):
            path = folder / example.name
            path.write_bytes(example.read_bytes())
            written.append(path)
    except OSError as error:
        raise InputError(f"cannot write into {folder} ({error.strerror}); name another folder.") from error
    return written
