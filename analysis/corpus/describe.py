"""What is known about an article: what is declared first, then what the page says, each guess reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from analysis.corpus.dates import DateError, iso_day
from analysis.corpus.declared import Declared
from analysis.corpus.document import Document
from analysis.corpus.errors import Problem, storable
from analysis.corpus.furniture import Cleaned
from analysis.corpus.language import guess_language
from analysis.schema import Schema

EVIDENCE = Schema(
    "evidence",
    "What outlet, title, date and language of each article rest on, as corpus.yml gives it.",
    {
        "article_id": ("str", "the article"),
        "about": ("str", "outlet, title, date, language, ..."),
        "kind": ("str", "where it stands (copyright notice, date line, ...), or none"),
        "quote": ("str", "the words in the source, or missing"),
        "start": (
            "int",
            "first character in the decoded text of the source; -1 without a quote that was found",
        ),
        "end": ("int", "one after the last character, or -1"),
        "note": ("str", "what else there is to say"),
    },
    key=("article_id", "about"),
)
_LONGEST_NUMBER = 12
_LANGUAGES = {
    "arabic": "ar", "bengali": "bn", "chinese": "zh", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en",
    "finnish": "fi", "french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu",
    "indonesian": "id", "italian": "it", "japanese": "ja", "korean": "ko", "norwegian": "no", "persian": "fa", "polish": "pl",
    "portuguese": "pt", "romanian": "ro", "russian": "ru", "spanish": "es", "swedish": "sv", "tamil": "ta", "turkish": "tr",
    "ukrainian": "uk", "urdu": "ur", "vietnamese": "vi",
}  # fmt: skip
_CLOSE, _CLEAR = 0.2, 0.6  # lead of the best language over the next
_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*")
# 2031-03-03_Quay Courier, Quay Courier 2031-03-03
_DAY_IN_NAME = re.compile(
    r"^(?P<first>\d{4}-\d{2}-\d{2})?[ _-]*(?P<rest>.*?)[ _-]*(?P<last>\d{4}-\d{2}-\d{2})?$"
)


def describe(
    article_id: str,
    document: Document,
    given: Mapping[str, Any],
    declared: Declared,
    cleaned: Cleaned,
    said: list[Problem],
    by_folder: bool = False,
) -> dict[str, Any]:
    """Return one row of `articles`.

    Args:
        article_id: its id.
        document: the article as it was read, with hints from the page.
        given: what is declared about this article.
        declared: what is declared about the corpus.
        cleaned: the cleaned text, which may give away title and date.
        said: guesses and doubts are added here.
        by_folder: whether folders tell outlets apart.
    """

    def guess(name: str, hints: Iterable[tuple[str | None, str]]) -> str | None:
        for value, basis in hints:
            if value:
                said.append(Problem("info", f"guessed_{name}", f"{name} {value!r} taken from {basis}."))
                return value
        return None

    path = PurePosixPath(document.source)
    name = _DAY_IN_NAME.match(path.stem)
    day = (name["first"] or name["last"]) if name and document.row is None else None
    none = (None, "")
    row: dict[str, Any] = {
        **document.extra,
        **given.get("extra", {}),
        "article_id": article_id,
        "source": document.source,
        "event": given.get("event") or declared.event,
    }
    row["title"] = given.get("title") or guess(
        "title", [document.hints.get("title", none), (cleaned.title, "the first line")]
    )
    row["outlet"] = given.get("outlet") or guess(
        "outlet",
        [
            document.hints.get("outlet", none),
            (article_id if document.row is not None else None, "the id, for want of an outlet"),
            (path.parts[0] if by_folder and len(path.parts) > 1 else None, "the folder"),
            (name["rest"] if name and day else None, "the file's name"),
            (path.stem, "the file's name"),
        ],
    )
    row["date"] = _date(given.get("date"), declared, said)
    if not given.get("date"):
        hints = [
            (cleaned.date, "a header in the text"),
            document.hints.get("date", none),
            (day, "the file's name"),
        ]
        row["date"] = _date(guess("date", hints), declared, said)
    known = _language(given.get("language"), said) or declared.language
    row["language"] = _checked(known, cleaned.body, said) if known else _guess_language(cleaned.body, said)
    return {str(storable(key)): storable(value) for key, value in row.items() if key != "body"} | {
        "body": cleaned.body
    }


def _language(value: Any, said: list[Problem]) -> str | None:
    if not value:
        return None
    shown = str(value).strip().casefold()
    m = _CODE.fullmatch(shown)
    code = _LANGUAGES.get(shown) or (m[1] if m and len(m[1]) == 2 else None)
    if code is None:
        said.append(
            Problem(
                "warning",
                "bad_language",
                f"{value!r} is no ISO 639-1 code such as en; it is guessed instead.",
            )
        )
    return code


def _checked(language: str, body: str, said: list[Problem]) -> str:
    code, lead = guess_language(body)
    if code and code != language and lead > _CLEAR:
        message = f"declared as {language!r}, but the text looks like {code!r}."
        said.append(Problem("warning", "language_mismatch", message))
    return language


def _guess_language(body: str, said: list[Problem]) -> str:
    code, lead = guess_language(body)
    if code is None:
        said.append(
            Problem("info", "guessed_language", "too little text to tell the language; taken for English.")
        )
        return "en"
    said.append(Problem("info", "guessed_language", f"language {code!r} taken from the text."))
    if lead < _CLOSE:
        said.append(
            Problem("warning", "doubtful_language", f"the language {code!r} is a close guess; declare it.")
        )
    return code


def _date(value: Any, declared: Declared, said: list[Problem]) -> str | None:
    if not value or not str(value).strip():
        return None
    try:
        return iso_day(str(value), declared.date_format)
    except DateError as error:
        said.append(Problem("warning", error.code, f"date left out: {error}."))
        return None


def evidence_rows(article_id: str, evidence: Any, source: str) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Return the rows of `EVIDENCE` for one article; a quote that does not stand where it should is a problem."""
    rows: list[dict[str, Any]] = []
    said: list[Problem] = []
    for about, item in evidence.items() if isinstance(evidence, dict) else ():
        given = item if isinstance(item, dict) else {"note": item}
        kind, quote, note, at = (given.get(key) for key in ("kind", "quote", "note", "at"))
        start = -1
        if isinstance(quote, str) and quote:
            number = at if isinstance(at, str) and at.isascii() and len(at) < _LONGEST_NUMBER else ""
            start = int(number) if number.isdigit() else source.find(quote)
            if start < 0 or not source.startswith(quote, start):
                place = f" at {at}" if at else ""
                message = f"the evidence for {about!r} ({quote!r}) does not stand in the text{place}."
                said.append(Problem("warning", "evidence", message))
                start = -1
        rows.append(
            {
                "article_id": article_id,
                "about": about,
                "kind": kind if isinstance(kind, str) else None,
                "quote": quote if isinstance(quote, str) else None,
                "start": start,
                "end": start + len(quote) if start >= 0 and isinstance(quote, str) else -1,
                "note": note if isinstance(note, str) else None,
            }
        )
    return rows, said
