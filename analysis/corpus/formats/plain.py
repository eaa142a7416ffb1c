"""Plain text and Markdown with front matter."""

from __future__ import annotations

import re

from analysis.corpus.columns import SYNONYMS
from analysis.corpus.declared import load_yaml
from analysis.corpus.decode import decode
from analysis.corpus.document import Document
from analysis.corpus.errors import CorpusError, Problem
from analysis.corpus.sourcemap import Edit, apply_edits

_FRONT = re.compile(r"\s*---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_ADDRESSES = re.compile(r"\ufeff?\s*(?:(?:https?://|www\.)\S+\s*)+")
_FRONT_LIMIT = 20_000
_MARKUP = re.compile(
    r"(?P<heading>^[ ]{0,3}\#{1,6}[ \t]+|[ \t]+\#{1,6}[ \t]*$)"
    r"|(?P<image>!\[[^\]\n]*\]\([^()\n]*\))"
    r"|(?P<link>\[(?P<label>[^\[\]\n]+)\]\([^()\n]*\))"
    r"|(?P<strong>\*\*(?=\S)|(?<=\S)\*\*|__(?=\w)|(?<=\w)__)"
    r"|(?P<emphasis>(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*]))"
    r"|(?P<quoted>^[ ]{0,3}>[ \t]?)"
    r"|(?P<comment><!--.*?-->)",
    re.MULTILINE | re.DOTALL,
)


def read_text(name: str, data: bytes) -> list[Document]:
    """Read a text file: one article.

    Raises:
        CorpusError: it holds nothing but addresses, and nothing is fetched.
    """
    decoded = decode(data)
    if _ADDRESSES.fullmatch(decoded.text):
        raise CorpusError(
            "holds addresses of pages only, and no page is fetched.", where=name,
            mend="Save the pages as HTML or WARC and put them into the folder.", code="addresses_only",
        )  # fmt: skip
    return [Document(name, decoded.text, decoded.text, problems=decoded.problems)]


def read_markdown(name: str, data: bytes) -> list[Document]:
    """Read a Markdown file: one article, described by its front matter if it has any; mark-up is taken out.

    Raises:
        CorpusError: front matter that is no YAML.
    """
    decoded = decode(data)
    text = decoded.text
    edits: list[Edit] = []
    meta: dict[str, str] = {}
    extra: dict[str, object] = {}
    front = _FRONT.match(text[:_FRONT_LIMIT])
    given: str | None = None
    if front:
        raw = load_yaml(front[1], f"{name}, front matter") or {}
        if not isinstance(raw, dict):
            raise CorpusError(
                "front matter must be keys with values (title: ...).", where=name, code="bad_yaml"
            )
        known = {synonym: key for key, synonyms in SYNONYMS.items() for synonym in synonyms}
        for key, value in raw.items():
            ours = known.get(str(key).casefold())
            if not isinstance(value, str):
                continue
            if ours == "article_id":
                given = value
            elif ours in ("outlet", "title", "date", "language", "event") and ours not in meta:
                meta[ours] = value
            else:
                extra[str(key)] = value
        edits.append((0, front.end(), ""))
    start = front.end() if front else 0
    for m in _MARKUP.finditer(text, start):
        if m["link"]:
            edits += ((m.start(), m.start("label"), ""), (m.end("label"), m.end(), ""))
        else:
            edits.append((m.start(), m.end(), ""))
    plain, back = apply_edits(text, edits)
    said = list(decoded.problems)
    if len(edits) > bool(front):
        said.append(Problem("info", "markup", "Markdown mark-up taken out."))
    return [Document(name, plain, text, back, id=given, meta=meta, extra=extra, problems=tuple(said))]
