"""From bytes to text: byte order marks, UTF-8, UTF-16 without a mark, and the older encodings."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from unicodedata import category

from analysis.corpus.errors import Problem
from analysis.corpus.language import guess_language

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
_SURROGATE = re.compile("[\ud800-\udfff]")
# What a text in a wrongly chosen encoding shows, and real prose does not.
_IMPLAUSIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffe\uffff]")
# Western punctuation and accented letters in Windows-1252: the usual reason why a file is not UTF-8.
_WESTERN = re.compile(rb"[\x80\x82\x84\x85\x8a\x8c\x8e\x91-\x97\x99\x9a\x9c\x9e-\xff]")


_WINDOWS = {
    "mac_cyrillic": "cp1251",
    "mac_greek": "cp1253",
    "mac_latin2": "cp1250",
    "mac_roman": "cp1252",
    "mac_turkish": "cp1254",
}
_CODE_PAGES = {
    **dict.fromkeys(("en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "id"), "cp1252"),
    **dict.fromkeys(("pl", "cs", "hu", "ro"), "cp1250"),
    "tr": "cp1254",
}


@dataclass(frozen=True)
class Decoded:
    """A text, the encoding it was read with and what there is to say about that."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes) -> Decoded:
    """Decode the bytes of a text file. Never raises; newlines stay as they are; a byte order mark is left out."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _marked(data[len(bom) :], encoding)
    if b"\x00" in data[:_SAMPLE]:
        wide = _wide(data) or _wide_other_script(data)
        if wide:
            return wide
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error)


def _marked(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    said: list[Problem] = []
    if encoding != "utf-8":
        said.append(Problem("info", "encoding", f"read as {encoding.upper()} (byte order mark)."))
    if "\ufffd" in text:
        said.append(
            Problem("warning", "undecodable", f"some bytes are no {encoding.upper()}; shown as \ufffd.")
        )
    return Decoded(text, encoding, tuple(said))


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    sample = data[:_SAMPLE]
    half = max(1, len(sample) // 2)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if max(even, odd) < 0.3 or min(even, odd) > 0.2:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = data.decode(encoding, errors="replace")
    message = f"read as {encoding.upper()}, found without a byte order mark; save it as UTF-8 to be sure."
    return Decoded(text, encoding, (Problem("warning", "encoding", message),))


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> Decoded:
    wide = _wide_other_script(data)
    if wide:
        return wide
    bad = len(_invalid_utf8(data))
    high = sum(byte >= 0x80 for byte in data[:_SAMPLE]) or 1
    if _has_surrogates(data):
        text = data.decode("utf-8", errors="surrogatepass") if _decodes(data, "surrogatepass") else ""
        if text:
            text = _SURROGATE.sub(
                "\ufffd", text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            )
            return Decoded(
                text, "utf-8", (Problem("warning", "surrogates", "lone surrogates; shown as \ufffd."),)
            )
    if bad * 3 < high * (len(data) / max(1, min(len(data), _SAMPLE))):
        # mostly UTF-8 with a few stray bytes, as when pages are pasted together
        text = data.decode("utf-8", errors="five-tellings-western")
        message = f"UTF-8 with {bad} stray byte(s), the first at byte {error.start}; read as Windows-1252."
        return Decoded(text, "utf-8", (Problem("warning", "mixed_encoding", message),))
    encoding = _older_encoding(data)
    text = data.decode(encoding, errors="replace")
    shown = (
        encoding.upper().replace("CP", "Windows-", 1) if encoding.startswith("cp125") else encoding.upper()
    )
    message = f"not UTF-8; read as {shown}. If letters look wrong, save the file as UTF-8."
    return Decoded(text, encoding, (Problem("warning", "encoding", message),))


def _western_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return "".join(bytes([b]).decode("cp1252", errors="replace") for b in stray), error.end


codecs.register_error("five-tellings-western", _western_bytes)


def _invalid_utf8(data: bytes) -> list[int]:
    found: list[int] = []

    def note(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        found.append(error.start)
        return "?", error.end

    codecs.register_error("five-tellings-count", note)
    data.decode("utf-8", errors="five-tellings-count")
    return found


def _has_surrogates(data: bytes) -> bool:
    return re.search(rb"\xed[\xa0-\xbf][\x80-\xbf]", data) is not None


def _decodes(data: bytes, errors: str) -> bool:
    try:
        data.decode("utf-8", errors=errors)
    except UnicodeDecodeError:
        return False
    return True


def _wide_other_script(data: bytes) -> Decoded | None:
    """UTF-16 without a mark in a script whose bytes hold few zeros: nearly all code units fall into one block."""
    if len(data) % 2 or len(data) < 64:
        return None
    for encoding, high in (("utf-16-le", data[1:_SAMPLE:2]), ("utf-16-be", data[:_SAMPLE:2])):
        pages = {page: high.count(page) for page in set(high)}
        common = sorted(pages.values(), reverse=True)
        if sum(common[:3]) > 0.95 * len(high) and len(pages) <= 8:
            text = data.decode(encoding, errors="replace")
            plain = [c for c in text[:4096] if not c.isspace()]
            if "\ufffd" not in text and sum(category(c)[0] in "LM" for c in plain) > 0.6 * len(plain):
                message = f"read as {encoding.upper()}, found without a byte order mark."
                return Decoded(text, encoding, (Problem("warning", "encoding", message),))
    return None


def _older_encoding(data: bytes) -> str:
    """The Windows code page of the language that the ASCII words show; else what charset-normalizer finds."""
    sample = data[:_SAMPLE]
    high = sum(byte >= 0x80 for byte in sample)
    language = guess_language(sample.decode("cp1252", errors="replace"))[0]
    if language in _CODE_PAGES and high <= 0.2 * len(sample):
        page = _CODE_PAGES[language]
        if not _implausible(sample.decode(page, errors="replace")):
            return page
    from charset_normalizer import from_bytes  # slow to import, rarely needed

    best = from_bytes(sample).best()
    if best is not None and best.encoding not in ("ascii", "utf_8"):
        # the code pages of old Macintoshes are near twins of the Windows ones, and far rarer
        for candidate in (_WINDOWS.get(best.encoding), best.encoding):
            if candidate and not _implausible(sample.decode(candidate, errors="replace")):
                return str(candidate)
    return "cp1252" if sum(1 for _ in _WESTERN.finditer(sample)) == high else "latin-1"


def _implausible(text: str) -> bool:
    return len(_IMPLAUSIBLE.findall(text)) + text.count("\ufffd") > 0.002 * len(text)
