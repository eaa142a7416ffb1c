"""The whole book as one PDF, printed by Chromium: tagged, and with an outline.

The pages are put one after another into one document; links between them become links inside it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

from analysis.book.errors import BookError, InputError
from analysis.book.publish import MANIFEST

_BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "chrome",
)
_REFERENCES = {"id", "for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"}


def print_books(book: Path, output: Path | None = None) -> Iterator[Path]:
    """Print a built book or, of a folder that holds the books of several events, each into a PDF of its own.

    Args:
        book: the folder that was built.
        output: the PDF, or of several books the folder for their PDFs; `BOOK.pdf` or `BOOK-pdf` beside it if None.

    Yields:
        The path of every PDF as it is finished.

    Raises:
        InputError: there is no book, or one PDF is asked for where there are several books.
        BookError: there is no Chromium, or it failed; a PDF that was there stays.
    """
    several = books_in(book)
    if not several:
        yield print_book(book, output)
        return
    if output is not None and (output.suffix.lower() == ".pdf" or output.is_file()):
        raise InputError(
            f"{book} holds {len(several)} books, and each becomes a PDF of its own: let --output name a folder for them, "
            f"or print one book, as in `tellings pdf {several[0]} --output {output}`."
        )
    folder = output or book.parent / f"{book.name}-pdf"
    for one in several:
        yield print_book(one, folder / f"{one.name}.pdf")


def books_in(folder: Path) -> list[Path]:
    """The books of several events in a built folder, in the order of their names; none if it is itself a book."""
    if (folder / MANIFEST).is_file() and len(reading_order(folder)) > 1:
        return []
    return sorted(
        (page.parent for page in folder.glob("*/index.html") if (page.parent / MANIFEST).is_file()),
        key=lambda book: [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", book.name)],
    )


def print_book(book: Path, output: Path | None = None) -> Path:
    """Print one built book.

    Args:
        book: its folder.
        output: the PDF; `BOOK.pdf` beside the folder if None.

    Returns:
        The PDF's path.

    Raises:
        InputError: there is no book.
        BookError: there is no Chromium, or it failed; a PDF that was there stays.
    """
    if not (book / "index.html").is_file():
        raise InputError(
            f"{book}: no book here (index.html is missing). `tellings build --output {book}` makes one."
        )
    browser = find_browser()
    target = output or book.parent / f"{book.name}.pdf"
    with tempfile.TemporaryDirectory(prefix="tellings-pdf-") as scratch:
        copy = Path(scratch) / "book"
        shutil.copytree(book, copy)
        (copy / "whole-book.html").write_text(one_document(copy), encoding="utf-8")
        made = Path(scratch) / "book.pdf"
        command = [
            browser, "--headless=new", "--disable-gpu", "--no-first-run", f"--user-data-dir={scratch}/profile",
            "--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline",
            "--virtual-time-budget=10000", f"--print-to-pdf={made}", (copy / "whole-book.html").as_uri(),
        ]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(
                1, "--no-sandbox"
            )  # Chromium refuses a sandbox to root; the pages are our own files
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        except subprocess.TimeoutExpired as error:
            raise BookError(f"{browser} did not print within five minutes.") from error
        if not made.is_file() or made.read_bytes()[:5] != b"%PDF-":
            raise BookError(
                f"{browser} printed nothing (exit {done.returncode}): {done.stderr.strip()[-400:]}"
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.new")
        shutil.copyfile(made, aside)
        aside.replace(target)
    return target


def find_browser() -> str:
    """Find Chromium or one of its kin: `TELLINGS_CHROMIUM`, the path, or playwright's own.

    Raises:
        BookError: there is none; the message says how to get one.
    """
    named = os.environ.get("TELLINGS_CHROMIUM")
    if named:
        return named
    for name in _BROWSERS:
        if found := shutil.which(name):
            return found
    base = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    for found_path in sorted(base.glob("chromium-*/chrome-linux*/chrome"), reverse=True):
        return str(found_path)
    raise BookError(
        "no Chromium found to print with. Install it (apt install chromium, brew install chromium, or "
        "playwright install chromium), or set TELLINGS_CHROMIUM to its path; or print the pages from your browser."
    )


def one_document(book: Path) -> str:
    """Put the articles of all pages, in reading order, into the first page's document."""
    from bs4 import BeautifulSoup

    pages = reading_order(book)
    whole = BeautifulSoup((book / "index.html").read_text(encoding="utf-8"), "html.parser")
    for script in whole.find_all("script"):
        script.decompose()
    body = whole.body
    if body is None:
        raise BookError(f"{book}/index.html has no body; build the book again.")
    body.clear()
    body["class"] = "t-whole-book"
    if whole.html is not None:
        whole.html["data-theme"] = "light"  # what a script would have set
    main = whole.new_tag("main", attrs={"class": "bd-content t-whole"})
    body.append(main)
    for page in pages:
        parsed = BeautifulSoup((book / f"{page}.html").read_text(encoding="utf-8"), "html.parser")
        article = parsed.find("article")
        if article is None:
            continue
        _rename(article, page, set(pages))
        for details in article.find_all("details"):
            if "hide" in (details.get("class") or ()):
                details.decompose()  # the code that made a result can be read, and run, in the book on screen
            else:
                details["open"] = ""
        section = whole.new_tag("section", attrs={"id": _anchor(page, ""), "class": "t-printed-page"})
        section.append(article)
        main.append(section)
    style = whole.new_tag("style")
    style.string = ".t-whole.bd-content{display:block}.t-printed-page{break-before:page}.t-printed-page:first-child{break-before:auto}.headerlink{display:none}"
    if whole.head is not None:
        whole.head.append(style)
    return str(whole)


def reading_order(book: Path) -> list[str]:
    """The pages in the order of the contents, as noted when the book was built."""
    noted: dict[str, Any] = json.loads((book / MANIFEST).read_text(encoding="utf-8"))
    return [page for page in noted.get("pages", ["index"]) if (book / f"{page}.html").is_file()]


def _rename(article: Any, page: str, pages: set[str]) -> None:
    """Give every anchor its page's name, and turn links to pages into links to anchors; files stay files."""
    for element in article.find_all(True):
        for name in _REFERENCES & set(element.attrs):
            element[name] = " ".join(_anchor(page, part) for part in str(element[name]).split())
        for name in ("href", "src"):
            if name in element.attrs:
                element[name] = _target(str(element[name]), page, pages)


def _target(link: str, page: str, pages: set[str]) -> str:
    if re.match(r"[a-z][a-z0-9+.-]*:|//", link, re.IGNORECASE):
        return link
    path, fragment = urldefrag(urljoin(f"{page}.html", link))
    name = path.removesuffix(".html")
    return f"#{_anchor(name, fragment)}" if name in pages else path + (f"#{fragment}" if fragment else "")


def _anchor(page: str, name: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]+", "-", page) + (f"--{name}" if name else "")
