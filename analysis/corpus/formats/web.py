"""Web pages saved as HTML, alone or in web archives (WARC). Nothing is fetched."""

from __future__ import annotations

import io
import re
from typing import Any
from urllib.parse import urlsplit

from analysis.corpus.decode import decode
from analysis.corpus.document import Document
from analysis.corpus.errors import CorpusError, Problem

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
_RECORD_LIMIT = 20_000_000
_PAGE_LIMIT = 20_000_000


def read_html(name: str, data: bytes) -> list[Document]:
    """Read a saved web page: the article that trafilatura finds in it, and the page's own description.

    Raises:
        CorpusError: no article text in the page.
    """
    text, problems = _decode_page(data)
    return [_page(name, text, problems)]


def read_warc(name: str, data: bytes) -> list[Document]:
    """Read a web archive: one article for each HTML response.

    Raises:
        CorpusError: the archive is damaged or holds no page with an article.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    out: list[Document] = []
    empty = 0
    number = 0
    try:
        for record in ArchiveIterator(io.BytesIO(data)):
            number += 1
            kind = (record.http_headers.get_header("Content-Type") or "") if record.http_headers else ""
            if record.rec_type != "response" or "html" not in kind.casefold():
                continue
            body = record.content_stream().read(_RECORD_LIMIT + 1)
            if len(body) > _RECORD_LIMIT:
                empty += 1
                continue
            text, problems = _decode_page(body)
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            try:
                page = _page(f"{name}", text, problems, url)
            except CorpusError:
                empty += 1
                continue
            page.row = number
            page.extra = {"url": url}
            out.append(page)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
        if not out:
            raise CorpusError(
                f"is no web archive that can be read ({error}).", where=name, code="bad_warc"
            ) from None
        out[0].problems += (
            Problem("error", "bad_warc", f"{name}: damaged after record {number}; the rest is left out."),
        )
    if not out:
        raise CorpusError("holds no page with an article.", where=name, code="empty")
    if empty:
        out[0].problems += (
            Problem("warning", "no_article", f"{name}: {empty} page(s) without an article left out."),
        )
    return out


def _decode_page(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The page's own declaration counts where the bytes are no UTF-8."""
    decoded = decode(data)
    declared = _CHARSET.search(data[:4096])
    if decoded.encoding != "utf-8" and declared:
        try:
            return data.decode(declared[1].decode("ascii")), ()
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded.text, decoded.problems


def _page(name: str, html: str, problems: tuple[Problem, ...], url: str = "") -> Document:
    import trafilatura
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    if len(html) > _PAGE_LIMIT:
        raise CorpusError(f"has {len(html):,} characters, too many for a page.", where=name, code="too_large")
    if "<html" not in html[:5_000].casefold():
        html = f"<html><body>{html}</body></html>"  # a piece of a page
    try:
        found: Any = trafilatura.bare_extraction(
            html.replace("\x00", ""), url=url or None, with_metadata=True, include_comments=False, include_tables=False
        )  # fmt: skip
    except (LxmlError, ValueError, RecursionError, AttributeError, TypeError) as error:
        raise CorpusError(
            f"cannot be read as a page ({type(error).__name__}).", where=name, code="bad_html"
        ) from None
    text = (getattr(found, "text", None) or "") if found is not None else ""
    if not text.strip():
        raise CorpusError(
            "has no article text that could be found.",
            where=name,
            mend="Save the text of the article as .txt.",
            code="no_article",
        )
    hints: dict[str, tuple[str, str]] = {}
    site = (
        getattr(found, "sitename", None) or getattr(found, "hostname", None) or (urlsplit(url).hostname or "")
    )
    for key, value in (
        ("title", getattr(found, "title", None)),
        ("date", getattr(found, "date", None)),
        ("outlet", site),
    ):
        if value:
            hints[key] = (str(value), "the page's description of itself")
    return Document(
        name,
        text,
        text,
        hints=hints,
        problems=(*problems, Problem("info", "extracted", "text taken out of a web page.")),
    )
