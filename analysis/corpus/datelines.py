"""Recognise what stands before the first sentence: place, day, agency, or a scraper's header."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from analysis.corpus.line_rules import DAY, MONTH

_NO_MONTH = rf"(?!(?i:{MONTH})\b)"
_WORD = rf"{_NO_MONTH}(?:(?:[A-Z]\.){{1,3}}|(?:S[Tt]|F[Tt]|M[Tt]|S[Tt][Ee])\.|[^\W\d_a-z][\w’'-]*)"
_SHORT = rf"{_NO_MONTH}(?:(?:[A-Z]\.){{1,3}}|[A-Z][a-z]{{1,5}}\.|{_WORD})"  # N.H., Calif.
_DATE = (
    r"(?i:(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\.?,?\s+)?"
    rf"(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH})(?:,?\s+\d{{4}})?|{DAY})"
)
_AGENCY = r"\([A-Z][\w&./’' -]{1,40}\)"
# place, region [country]
_HEAD = re.compile(
    rf"(?P<place>{_WORD}(?:[ /](?:(?:de|da|do|of|la|el|al|es|au|upon)[ -])?{_WORD}){{0,3}})"
    rf"(?:,\s*{_SHORT}(?:\s{_SHORT}){{0,2}})?(?:\s*\[{_WORD}(?:\s{_WORD}){{0,2}}\])?"
)
# , January 17 (agency) -
_REST = re.compile(
    rf"(?:,?\s*(?P<date>{_DATE}))?(?:\s*(?P<agency>{_AGENCY}))?(?P<mark>\s*(?:[-–—―]{{1,3}}|:|\|)+)?(?P<space>\s*)"
)
_PIPES = re.compile(r"(?P<first>[^|\n]{2,40}?)\s*\|\s*(?:[^|\n]{2,40}?\s*\|\s*){0,3}(?=[\"“‘'A-Z0-9])")
_ALONE = re.compile(
    rf"(?:{_WORD}(?:[ /]+{_WORD}){{0,3}}(?:,\s*{_WORD}(?:\s+{_WORD}){{0,2}})?,?\s*)?{_DATE}(?:\s*{_AGENCY})?\W*"
)
# "Sen. Jane Doe (R-Ohio):" introduces a speaker.
_PARTY = re.compile(r"\([A-Z]{1,3}[-–][A-Z]|^(?:Sen|Rep|Gov|Mr|Mrs|Ms|Dr|Prof|President|Senator|Minister)\b")
_NOT_PLACES = frozenset(
    "BREAKING EXCLUSIVE UPDATE UPDATED WATCH VIDEO OPINION ANALYSIS EDITORIAL NOTE CORRECTION LIVE CHECK FACT EXPLAINED EXPLAINER INTERVIEW PODCAST REVIEW READ".split()
)
_HEADER = re.compile(
    r"\s*(?i:date|published(?: on)?|pub[_ ]?date|posted|updated|time|timestamp)\s*[:=]?\s*(?P<day>\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?(?:\s+|$)"
)


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Names of places that open a date line, folded; countries are left out, for they open sentences."""
    text = files("analysis").joinpath("data/places.txt").read_text(encoding="utf-8")
    return frozenset(line.casefold() for line in text.splitlines() if line and not line.startswith("#"))


def scrape_header(block: str) -> tuple[int, str] | None:
    """Return the length of a header like ` date 2026-01-16 ` and its ISO day, or None."""
    m = _HEADER.match(block)
    return (m.end(), m["day"]) if m else None


def dateline(block: str) -> int:
    """Return the length of the date line that opens `block`, white space after it included; 0 if there is none."""
    head = block[:160]
    m = _HEAD.match(head)
    rest = _REST.match(head, m.end()) if m else None
    if (
        m
        and rest
        and rest.end() > m.end()
        and _opens_text(block, rest.end())
        and not _PARTY.search(rest.string[: rest.end()])
    ):
        mark = (rest["mark"] or "").strip()
        place = m["place"]
        if (mark and (rest["date"] or rest["agency"])) or (
            rest["agency"] and rest["space"] and (rest["date"] or place.isupper())
        ):
            return rest.end()
        dash = bool(mark) and mark[0] not in ":|" and (mark not in "-–" or bool(rest["space"]))
        if (
            dash
            and place.isupper()
            and len(place) > 2
            and not _NOT_PLACES.intersection(re.findall(r"[A-Z]+", place))
        ):
            return rest.end()
        if mark and "|" not in mark and place.casefold() in places():
            return rest.end()
    if "|" in head:
        m = _PIPES.match(head)
        if m and _is_pipe_head(m.group()) and _opens_text(block, m.end()):
            return m.end()
    return len(block) if len(block) <= 80 and _ALONE.fullmatch(block) else 0


def _opens_text(block: str, at: int) -> bool:
    rest = block[at : at + 60]
    return (len(rest) >= 20 and (rest[0].isupper() or rest[0].isdigit() or rest[0] in "\"“‘'«(")) or (
        not rest and at > 0
    )


def _is_pipe_head(head: str) -> bool:
    parts = [part.strip() for part in head.split("|") if part.strip()]
    if not parts or any(len(part.split()) > 5 or part[-1] in ".!?" for part in parts):
        return False
    return any(part.casefold() in places() or re.fullmatch(_DATE, part) for part in parts)
