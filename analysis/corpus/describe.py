"""What is known about an article: what is declared first, then what the page says, each guess reported."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from analysis.corpus.dates import DateError, iso_day
from analysis.corpus.declared import Declared
from analysis.corpus.document import Document
from analysis.corpus.errors import Problem
from analysis.corpus.furniture import Cleaned
from analysis.corpus.language import guess_language


def describe(
    article_id: str,
    document: Document,
    given: Mapping[str, Any],
    declared: Declared,
    cleaned: Cleaned,
    said: list[Problem],
) -> dict[str, Any]:
    """One row of `articles`: what is declared first, then what the page says, each guess reported."""

    def guess(name: str, value: str, basis: str) -> str:
        said.append(Problem("info", f"guessed_{name}", f"{name} {value!r} taken from {basis}."))
        return value

    row: dict[str, Any] = {
        **document.extra,
        **given.get("extra", {}),
        "article_id": article_id,
        "body": cleaned.body,
        "source": document.source,
    }
    row["event"] = given.get("event") or declared.event
    row["title"] = given.get("title")
    if not row["title"]:
        hint = document.hints.get("title") or ((cleaned.title, "the first line") if cleaned.title else None)
        row["title"] = guess("title", *hint) if hint else None
    row["outlet"] = given.get("outlet")
    if not row["outlet"]:
        path = PurePosixPath(document.source)
        by_name = (path.parts[0], "the folder") if len(path.parts) > 1 else (path.stem, "the file's name")
        hint = document.hints.get("outlet") or (
            by_name if document.row is None else (article_id, "the id, for want of an outlet")
        )
        row["outlet"] = guess("outlet", *hint)
    row["date"] = _date(given.get("date"), declared, said)
    if row["date"] is None and not given.get("date"):
        hint = document.hints.get("date") or (
            (cleaned.date, "a header in the text") if cleaned.date else None
        )
        row["date"] = _date(guess("date", *hint), declared, said) if hint else None
    row["language"] = given.get("language") or declared.language
    if not row["language"]:
        code, confidence = guess_language(cleaned.body)
        row["language"] = guess(
            "language",
            code or "en",
            "the text" if code else "nothing: too little text, so English is assumed",
        )
        if code and confidence < 0.2:
            said.append(
                Problem(
                    "warning", "doubtful_language", f"the language {code!r} is a close guess; declare it."
                )
            )
    return row


def _date(value: Any, declared: Declared, said: list[Problem]) -> str | None:
    if not value or not str(value).strip():
        return None
    try:
        return iso_day(str(value), declared.date_format)
    except DateError as error:
        said.append(Problem("warning", error.code, f"date left out: {error}."))
        return None


def check_evidence(evidence: Any, source: str) -> list[Problem]:
    """Check that every quote given as evidence stands in the file where it is said to stand."""
    said: list[Problem] = []
    for name, item in evidence.items() if isinstance(evidence, dict) else ():
        quote = item.get("quote") if isinstance(item, dict) else None
        if not isinstance(quote, str):
            continue
        at = item.get("at")
        found = source.startswith(quote, int(at)) if isinstance(at, str) and at.isdigit() else quote in source
        if not found:
            said.append(
                Problem(
                    "warning",
                    "evidence",
                    f"the evidence for {name!r} ({quote!r}) does not stand in the text{f' at {at}' if at else ''}.",
                )
            )
    return said
