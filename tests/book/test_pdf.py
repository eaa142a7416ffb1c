"""Which PDFs a built folder becomes; the printing itself is tested in the browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.book import pdf
from analysis.book.errors import InputError
from analysis.book.publish import MANIFEST


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Path | None]]:
    asked: list[tuple[str, Path | None]] = []

    def note(book: Path, output: Path | None = None) -> Path:
        asked.append((book.name, output))
        return output or book

    monkeypatch.setattr(pdf, "print_book", note)
    return asked


def page(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True)
    for name in names:
        (folder / f"{name}.html").write_text("<article>x</article>")
    (folder / MANIFEST).write_text(json.dumps({"pages": names}))
    return folder


def shelf(tmp_path: Path) -> Path:
    folder = page(tmp_path / "all", "index")
    for name in ("event-10", "event-2"):
        page(folder / name, "index", "facts")
    (folder / "_static").mkdir()
    return folder


def test_a_book_becomes_one_pdf(tmp_path: Path, printed: list[tuple[str, Path | None]]) -> None:
    book = page(tmp_path / "one", "index", "facts")
    assert list(pdf.print_books(book, tmp_path / "x.pdf")) == [tmp_path / "x.pdf"]
    assert printed == [("one", tmp_path / "x.pdf")]


def test_of_several_books_each_becomes_a_pdf(tmp_path: Path, printed: list[tuple[str, Path | None]]) -> None:
    made = list(pdf.print_books(shelf(tmp_path)))
    assert made == [tmp_path / "all-pdf" / name for name in ("event-2.pdf", "event-10.pdf")]


def test_one_pdf_of_several_books_is_refused_with_what_to_do(
    tmp_path: Path, printed: list[tuple[str, Path | None]]
) -> None:
    with pytest.raises(InputError, match=r"holds 2 books.*--output name a folder.*tellings pdf .*event-2"):
        list(pdf.print_books(shelf(tmp_path), tmp_path / "x.pdf"))
    assert not printed


def test_a_folder_without_a_book_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no book here"):
        list(pdf.print_books(tmp_path))
