"""Exports of Nexis Uni and Lexis: many articles in one Word or RTF file.

Each article reads: title, outlet, date, (Copyright ..., Section:, Length: n words, Byline:, Dateline:), "Body", the text,
"Classification" or "Load-Date:", "End of Document".
"""

from __future__ import annotations

import re
from bisect import bisect_right

from analysis.corpus.document import Document
from analysis.corpus.errors import Problem
from analysis.corpus.sourcemap import IDENTITY, SourceMap

_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_BODY = re.compile(r"^[ \t]*Body[ \t]*$", re.MULTILINE)
_AFTER = re.compile(r"^[ \t]*(?:Classification|Load-Date:.*|Graphic|Notes|URL:.*)[ \t]*$", re.MULTILINE)
_FIELD = re.compile(
    r"^(Section|Length|Byline|Dateline|Highlight|Copyright|Headline)\b[ \t]*:?[ \t]*(.*)$", re.IGNORECASE
)
_DATE = re.compile(
    r"^(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2},?\s+\d{4}"
    r"|\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{4})\b"
)


def split_export(name: str, text: str) -> list[Document]:
    """Return the articles of an export, or an empty list if the text is none."""
    ends = list(_END.finditer(text))
    if not ends or len(_BODY.findall(text)) < len(ends):
        return []
    out: list[Document] = []
    start = 0
    heads = [m.start() for m in ends]
    for number, end in enumerate(heads, start=1):
        document = _article(name, text, start, end, number)
        if document:
            out.append(document)
        start = ends[bisect_right(heads, end) - 1].end()
    return out


def _article(name: str, text: str, start: int, end: int, number: int) -> Document | None:
    body = _BODY.search(text, start, end)
    if not body:
        return None
    after = _AFTER.search(text, body.end(), end)
    first, last = body.end(), after.start() if after else end
    while first < last and text[first].isspace():
        first += 1
    lines = [line.strip() for line in text[start : body.start()].splitlines() if line.strip()]
    meta: dict[str, str] = {}
    extra: dict[str, object] = {}
    plain: list[str] = []
    for line in lines:
        field = _FIELD.match(line)
        if field:
            extra[field[1].casefold()] = field[2]
        elif _DATE.match(line):
            # the two lines above the date: a cover page with the search and a list of titles may stand before them
            meta["date"] = line
            meta.update(zip(("outlet", "title"), reversed(plain[-2:]), strict=False))
        else:
            plain.append(line)
    if "date" not in meta:
        meta.update(zip(("title", "outlet"), plain, strict=False))
    said = (Problem("info", "nexis", "read as an article of a Nexis export."),)
    back = SourceMap(base=first) if first else IDENTITY
    return Document(
        name, text[first:last].rstrip(), text, back, meta=meta, extra=extra, row=number, problems=said
    )
