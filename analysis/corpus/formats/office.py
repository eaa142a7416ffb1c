"""PDF, Word, RTF and Excel: the text alone, no macro, no link and no embedded object is followed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from analysis.corpus.columns import OURS, match_columns, with_text
from analysis.corpus.document import Document
from analysis.corpus.errors import CorpusError, Problem
from analysis.corpus.formats.nexis import split_export

_UNPACKED = 200_000_000
_RATIO = 200
_PAGES = 2_000
_ABOVE_HEADER = 12  # rows of a sheet in which its header is looked for
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_XML_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def read_pdf(name: str, data: bytes) -> list[Document]:
    """Read the text layer of a PDF, words broken at line ends joined.

    Raises:
        CorpusError: damaged, encrypted, or a scan without text.
    """
    import logging

    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise CorpusError(
                "is encrypted.", where=name, mend="Save it without a password.", code="encrypted"
            )
        if len(reader.pages) > _PAGES:
            raise CorpusError(
                f"has {len(reader.pages)} pages, more than {_PAGES}.", where=name, code="too_large"
            )
        text = "\n".join(page.extract_text() for page in reader.pages)
        described = reader.metadata.title if reader.metadata else None
    except (
        PyPdfError,
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        AssertionError,
        MemoryError,
        NotImplementedError,
        ZeroDivisionError,
    ) as error:
        if isinstance(error, CorpusError):
            raise
        raise CorpusError(
            f"is no PDF that can be read ({type(error).__name__}: {str(error)[:100]}).",
            where=name,
            code="bad_pdf",
        ) from None
    if not text.strip():
        raise CorpusError(
            "has no text layer; it may be a scan.",
            where=name,
            mend="Run a text recognition (OCR) over it first.",
            code="no_text",
        )
    text = _unwrap(_HYPHEN.sub("", text))
    hints = (
        {"title": (str(described), "the PDF's description of itself")}
        if described and len(str(described)) > 8
        else {}
    )
    said = Problem("info", "extracted", "text taken out of a PDF; line breaks inside paragraphs are joined.")
    return [Document(name, text, text, hints=hints, problems=(said,))]


def read_docx(name: str, data: bytes) -> list[Document]:
    """Read a Word file: one article, or the articles of a Nexis Uni export.

    Raises:
        CorpusError: damaged, a zip bomb, or without text.
    """
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    _check_package(name, data)
    try:
        document = docx.Document(io.BytesIO(data))
        lines = [paragraph.text for paragraph in document.paragraphs]
        described = document.core_properties.title
    except (
        OpcError,
        LxmlError,
        KeyError,
        ValueError,
        OSError,
        zipfile.BadZipFile,
        AttributeError,
        NotImplementedError,
    ) as error:
        raise CorpusError(
            f"is no Word file that can be read ({type(error).__name__}).", where=name, code="bad_docx"
        ) from None
    text = "\n".join(lines)
    hints = {"title": (described, "the file's description of itself")} if described else {}
    return _export_or_one(name, text, hints)


def read_rtf(name: str, data: bytes) -> list[Document]:
    """Read an RTF file: one article, or the articles of a Nexis Uni export.

    Raises:
        CorpusError: no RTF, or without text.
    """
    from striprtf.striprtf import rtf_to_text

    if not data.lstrip()[:5].startswith(b"{\\rtf"):
        raise CorpusError("is no RTF file.", where=name, code="bad_rtf")
    try:
        text = rtf_to_text(data.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, IndexError, KeyError, TypeError, LookupError, RecursionError) as error:
        raise CorpusError(
            f"is no RTF file that can be read ({type(error).__name__}).", where=name, code="bad_rtf"
        ) from None
    return _export_or_one(name, str(text), {})


def read_xlsx(name: str, data: bytes, given: Mapping[str, str] | None = None) -> list[Document]:
    """Read the first sheet of an Excel file that has a column with the text: one row an article.

    Rows above the header, such as a title, are skipped. `given` says which column is which of ours.

    Raises:
        CorpusError: damaged, a zip bomb, or without a column with the text.
    """
    import warnings

    import openpyxl

    _check_package(name, data)
    sheets: list[list[list[str]]] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            for sheet in book.worksheets:
                rows = [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
                sheets.append([row for row in rows if any(row)])
    except Exception as error:  # openpyxl raises whatever the damage makes it raise
        raise CorpusError(
            f"is no Excel file that can be read ({type(error).__name__}).", where=name, code="bad_xlsx"
        ) from None
    sheets = [rows for rows in sheets if rows]
    if not sheets:
        raise CorpusError("is empty.", where=name, code="empty")
    for rows in sheets:
        for top in range(min(_ABOVE_HEADER, len(rows))):
            named = [h for h in rows[top] if h]
            wanted = set(given.values()) if given else set()
            if wanted <= set(named) and (wanted or "body" in match_columns(named, ["body"], name)):
                return _sheet(name, rows[top:], given)
    return _sheet(name, sheets[0], given)


def _sheet(name: str, rows: list[list[str]], given: Mapping[str, str] | None) -> list[Document]:
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    header = rows[0]
    if len(rows) == 1:
        raise CorpusError("has a header and no rows.", where=name, code="empty")
    named = [h for h in header if h]
    at = {ours: header.index(named[i]) for ours, i in match_columns(named, OURS, name, given).items()}
    at, said = with_text(at, header, rows[1:], name)
    out = []
    for number, row in enumerate(rows[1:], start=2):
        text = row[at["body"]]
        out.append(
            Document(
                name, text, text,
                id=row[at["article_id"]] or None if "article_id" in at else None,
                meta={key: row[i] for key, i in at.items() if key not in ("article_id", "body") and row[i].strip()},
                extra={h: row[i] for i, h in enumerate(header) if h and i not in at.values()},
                row=number,
                problems=tuple(said),
            )
        )  # fmt: skip
        said = []
    return out


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _export_or_one(name: str, text: str, hints: dict[str, tuple[str, str]]) -> list[Document]:
    if not text.strip():
        raise CorpusError("has no text.", where=name, code="no_text")
    exported = split_export(name, text)
    if exported:
        return exported
    said = Problem("info", "extracted", "text taken out of a word processor's file.")
    return [Document(name, text, text, hints=hints, problems=(said,))]


def _check_package(name: str, data: bytes) -> None:
    """Refuse Office files that unpack to too much, or whose XML defines entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            total = 0
            for info in package.infolist():
                total += info.file_size
                if total > _UNPACKED or (
                    info.file_size > 10_000_000 and info.file_size > _RATIO * max(info.compress_size, 1)
                ):
                    raise CorpusError(
                        f"unpacks to more than {_UNPACKED:,} bytes or is packed too well to be a document; refused.",
                        where=name,
                        code="zip_bomb",
                    )
                if info.filename.endswith((".xml", ".rels")):
                    with package.open(info) as part:
                        if _XML_DOCTYPE.search(part.read(65_536)):
                            raise CorpusError(
                                "declares XML entities, which no document needs; refused.",
                                where=name,
                                code="xml_entities",
                            )
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, NotImplementedError) as error:
        raise CorpusError(
            f"is damaged or no Office file ({error}).",
            where=name,
            mend="An encrypted file must be saved without a password.",
            code="bad_office",
        ) from None


def _unwrap(text: str) -> str:
    """Join the lines of a page: a line that does not end a sentence goes on in the next."""
    out: list[str] = []
    lines = [line.strip() for line in text.split("\n")]
    width = sorted(len(line) for line in lines if line)
    full = 0.75 * width[int(0.9 * (len(width) - 1))] if width else 0
    open_line = False
    for line in lines:
        if not line:
            open_line = False
            continue
        if open_line and out:
            out[-1] += " " + line
        else:
            out.append(line)
        open_line = len(line) >= full or line[-1] in ",;-"
    return "\n".join(out)
