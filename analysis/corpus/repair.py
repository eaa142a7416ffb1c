"""Repair what machines did to a text, and nothing that a person wrote.

Mojibake (via ftfy, quotation marks left alone), character references, control and zero-width characters, newlines.
Every repair is an edit with a way back. What cannot be repaired without guessing (`??` where a mark was lost, U+FFFD,
letters of another alphabet inside a word) is reported and left.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from itertools import islice

from analysis.corpus.errors import Problem
from analysis.corpus.sourcemap import Edit, SourceMap, apply_edits, chain
from analysis.corpus.unwrap import line_breaks

_NEWLINE = "newline"
_WHAT = {
    "control": "control character(s) removed",
    "surrogate": "lone surrogate(s) replaced by \ufffd",
    "invisible": "invisible character(s) removed (zero-width, soft hyphen, byte order mark)",
    "direction": "control(s) of writing direction removed",
    "reference": "character reference(s) such as &amp; written out",
    "ligature": "ligature(s) such as \ufb01 written as letters",
    "composed": "letter(s) with separate accents joined",
}
# One after the other: what the first takes out may stand between a letter and its accent, and whether a joiner means
# something is seen by its neighbours once they are whole.
_STEPS = (
    re.compile(
        "(?P<newline>\r\n?|[\x0b\x0c\x85\u2028\u2029])"
        "|(?P<control>[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f])"
        "|(?P<surrogate>[\ud800-\udfff])"
        "|(?P<invisible>[\u200b\u2060\ufeff\u00ad])"
        "|(?P<direction>[\u202a-\u202e\u2066-\u2069])"
    ),
    re.compile(
        "(?P<reference>&(?:[a-zA-Z]{2,8}|#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5});)"
        "|(?P<ligature>[\ufb00-\ufb06])"
        "|(?P<composed>[A-Za-z\u00c0-\u024f\u0391-\u03c9\u0410-\u044f][\u0300-\u036f]{1,4})"
    ),
    # joiners stay where they mean something: in emoji and in the scripts of India, Persia and Arabia
    re.compile(
        "(?P<invisible>(?<![^\x00-\u024f])[\u200c\u200d](?![^\x00-\u024f]))"
        "|(?P<direction>(?<![^\x00-\u024f])[\u200e\u200f](?![^\x00-\u024f]))"
    ),
)
# None of these: nothing to do. One scan in C decides for almost every text.
_CLEAN = re.compile(
    "[\r\x0b\x0c\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u0300-\u036f\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff"
    "\ufb00-\ufb06\ud800-\udfff&]"
)
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
}
_MAYBE_MOJIBAKE = re.compile(
    "[\u00c2\u00c3\u00e2\u00e0\u00d0\u00d1\u00e5\u00ef\u0102\u0413\u0432][\u0080-\u00ff\u0152-\u0178\u2010-\u2122]"
)
_LOST_MARK = re.compile(r"(?:(?<=\s)|^)\?{2,}(?=\w)|(?<=\w)\?{2,}(?=\w)", re.MULTILINE)
_MIXED_WORD = re.compile(
    "(?<=[A-Za-z])[\u0370-\u03ff\u0400-\u04ff](?=[A-Za-z])|(?<=[\u0400-\u04ff])[A-Za-z](?=[\u0400-\u04ff])"
)
_OTHER_ALPHABET = re.compile("[\u0370-\u03ff\u0400-\u04ff]")
_LOST = "\ufffd"
_MANY = 20
_CHUNK = 2_000


def repair(text: str) -> tuple[str, tuple[SourceMap, ...], list[Problem]]:
    """Return the repaired text, the maps back to `text` (last first), and what was done or found.

    Linear in the length of the text; never raises on any string.
    """
    said: list[Problem] = []
    maps: tuple[SourceMap, ...] = ()
    if not text.isascii() and _MAYBE_MOJIBAKE.search(text):
        edits = _mojibake(text)
        if edits:
            text, back = apply_edits(text, edits)
            maps = (back,)
            said.append(
                Problem(
                    "info", "mojibake", f"{len(edits)} place(s) repaired where an encoding was read wrongly."
                )
            )
    if _CLEAN.search(text):
        text, backs, notes = _characters(text)
        maps = (*backs, *maps)
        said += notes
    edits = line_breaks(text)
    if edits:
        text, back = apply_edits(text, edits)
        maps = (back, *maps)
        said.append(
            Problem("info", "unwrapped", f"{len(edits)} hard line break(s) inside paragraphs made spaces.")
        )
    said += _doubtful(text, maps)
    return text, maps, said


def _characters(text: str) -> tuple[str, tuple[SourceMap, ...], list[Problem]]:
    counts: Counter[str] = Counter()
    maps: tuple[SourceMap, ...] = ()
    for wrong in _STEPS:
        edits = _wrong(text, wrong, counts)
        if edits:
            text, back = apply_edits(text, edits)
            maps = (back, *maps)
    said = [Problem("info", kind, f"{counts[kind]} {what}.") for kind, what in _WHAT.items() if counts[kind]]
    if counts["surrogate"]:
        said = [Problem("warning", p.code, p.message) if p.code == "surrogate" else p for p in said]
    return text, maps, said


def _wrong(text: str, wrong: re.Pattern[str], counts: Counter[str]) -> list[Edit]:
    import unicodedata

    edits: list[Edit] = []
    end = 0
    for hit in _CLEAN.finditer(text):
        # one scan for the suspects, then the costly pattern at those places only; an accent belongs to the letter before
        at = hit.start()
        m = wrong.match(text, at) or (wrong.match(text, at - 1) if at > end else None)
        if m is None or m.start() < end or m.end() <= at:
            continue
        end = m.end()
        kind = m.lastgroup or ""
        found = m.group()
        new = ""
        if kind == _NEWLINE:
            new = "\n"
        elif kind == "surrogate":
            new = "\ufffd"
        elif kind == "reference":
            new = html.unescape(found)
            odd = not new.isprintable() and new != "\u00a0"
            if new == found or odd or any(step.match(new) for step in _STEPS):
                continue
        elif kind == "ligature":
            new = _LIGATURES.get(found, "st")
        elif kind == "composed":
            new = unicodedata.normalize("NFC", found)
            if new == found:
                continue
        counts[kind] += 1
        edits.append((m.start(), m.end(), new))
    return edits


def _mojibake(text: str) -> list[Edit]:
    """Edits that undo wrongly read encodings, line by line, long lines in pieces."""
    import ftfy  # only where there is a sign of it: half of its import time is unicode tables
    from rapidfuzz.distance import Levenshtein

    config = ftfy.TextFixerConfig(
        uncurl_quotes=False, unescape_html=False, fix_character_width=False, fix_latin_ligatures=False
    )
    edits: list[Edit] = []
    for start, end in _pieces(text):
        piece = text[start:end]
        if not _MAYBE_MOJIBAKE.search(piece):
            continue
        fixed, steps = ftfy.fix_encoding_and_explain(piece, config)
        if not steps or fixed == piece:
            continue
        for op in Levenshtein.opcodes(piece, fixed):
            if op.tag != "equal":
                edits.append((start + op.src_start, start + op.src_end, fixed[op.dest_start : op.dest_end]))
    return _joined(text, edits)


def _joined(text: str, edits: list[Edit]) -> list[Edit]:
    """Join edits that touch, so that a repaired character maps to all of what it was made from."""
    out: list[Edit] = []
    for start, end, new in edits:
        if out and start - out[-1][1] <= 0:
            out[-1] = (out[-1][0], end, out[-1][2] + new)
        else:
            out.append((start, end, new))
    return out


def _pieces(text: str) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        if end - start > _CHUNK:
            cut = text.rfind(" ", start, start + _CHUNK)
            end = cut + 1 if cut > start else start + _CHUNK
        pieces.append((start, end))
        start = end
    return pieces


def _doubtful(text: str, maps: tuple[SourceMap, ...]) -> list[Problem]:
    said: list[Problem] = []
    if "??" in text:
        for m in islice(_LOST_MARK.finditer(text), _MANY):
            at = chain(maps, m.start(), m.end())[0]
            before = text[m.end() : m.end() + 20]
            message = f"{m.group()!r} at {at}, before {before!r}: a mark was lost here; left as it is."
            said.append(Problem("warning", "lost_mark", message))
    if "\ufffd" in text:
        message = f"{text.count(_LOST)} character(s) were lost in an earlier conversion ({_LOST})."
        said.append(Problem("warning", "lost_character", message))
    mixed = _MIXED_WORD.search(text) if not text.isascii() and _OTHER_ALPHABET.search(text) else None
    if mixed:
        said.append(
            Problem(
                "warning",
                "look_alikes",
                f"{text[max(0, mixed.start() - 8) : mixed.end() + 8]!r} mixes alphabets in one word; left as it is.",
            )
        )
    return said
