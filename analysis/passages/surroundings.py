"""What stands around a passage: quotation marks, headings, and who is said to speak.

Light on purpose: only the part of an article around a passage is looked at, with patterns of general English. Where the
quotations of the articles are known, they are used instead of pairing marks here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Literal

Span = tuple[int, int]
Voice = Literal["institution", "person", "he", "nobody"]

_MARK = re.compile(r"[\"“”„«»\n]")
_CLOSES = {"“": "”", "„": "“”", "«": "»", '"': '"'}
_SINGLE = re.compile(r"(?<![^\W_])‘[^‘\n]{12,}?’(?![^\W_])")
_END_MARKS = '.!?…"”’»:;,'
_HEADING_WORDS = 20

_VERBS = r"""said|says|say|saying|added|adds|adding|stated|states|stating|told|tells|announced|announces|announcing|noted|notes
|noting|warned|warns|wrote|writes|writing|tweeted|posted|posting|explained|explains|argued|argues|confirmed|confirms|reads|read
|declared|insisted|insists|stressed|stresses|underlined|underlines|emphasi[sz]ed|reiterated|claimed|claims|alleged|alleges
|asserted|asserting|remarked|replied|responded|asked|testified|disclosed|revealed|reported|observed|commented|concluded
|acknowledged|called|urged|described|continued|according\sto"""
_BODIES = r"""ministry|ministries|department|agency|agencies|authority|authorities|police|embassy|consulate|commission|committee
|council|bureau|court|government|administration|military|army|navy|secretariat|white\shouse|pentagon|kremlin|downing\sstreet|palace
|officials?|prosecutors?|investigators?|regulators?
|statement|release|readout|communiqu[eé]s?|bulletin|memo|memorandum|report|indictment|complaint|lawsuit|suit|filing|affidavit
|warrant|brief|resolution|bill|law|act|ruling|opinion|order|letter|documents?|guidance|advisory|press\soffice|organi[sz]ation
|federation|association|company|campaign"""
_CUE = re.compile(rf"\b(?:{_VERBS})\b".replace("\n", ""))
_BODY = rf"(?:\b(?i:{_BODIES})\b|\b[A-Z]{{3,5}}\b)".replace("\n", "")
_ENDS_IN_BODY = re.compile(rf"{_BODY}\W*$")
_SPEAKS_FOR = r"(?i:\b(?:spokes(?:man|men|woman|women|person|persons|people)|officials|official(?=\W*$|\W+(?:said|says|told|added|noted|who|familiar|with|on|in|at)\b))\b)"
# "the ministry said", "said the official", "spokeswoman Jane Doe said", "according to the indictment"; but a name after a
# body is a person: "the ministry's adviser Jane Doe said"
_INSTITUTION = re.compile(
    rf"{_SPEAKS_FOR}(?:\s+[\w’'.,()-]+){{0,7}}?[\s,]+(?:{_VERBS})\b"
    rf"|{_BODY}(?:\s+[a-z’',()-]+){{0,5}}?[\s,]+(?:{_VERBS})\b"
    rf"|\b(?:{_VERBS})\s+(?:[a-z’'-]+\s+){{0,4}}?(?:{_BODY}|{_SPEAKS_FOR})".replace("\n", "")
)
_STATEMENT = re.compile(
    r"\b(?:in|by|from|under)\s+(?:an?|the|its|their|this)\s+(?:\w+\s+){0,3}?"
    r"(?:statement|release|readout|communiqu[eé]|bulletin|advisory|memo|report|filing|indictment|ruling)\b"
)
_NAME = re.compile(
    r"\b(?!The\b|In\b|A\b|On\b|At\b|It\b|He\b|She\b|They\b|But\b|And\b)[A-Z][a-z’']+(?:\s+[A-Z]\.)?(?:\s+[A-Z][\w’'-]+)*"
)
_PRONOUN = re.compile(r"\b(?:he|she|they)\b", re.IGNORECASE)
_STOP = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\b[A-Z])[.!?][\"”’»]?\s+(?=[\"“‘«]?[A-Z])"
)
# what every newsroom writes
_FORMULA = re.compile(
    r"(?:did|does|do|has|have|had)(?:\s+not|n[’']t)\s+(?:\w+\s+)?(?:respond|repl(?:y|ied)|return|responded|returned)(?:\s+\w+){0,3}"
    r"\s+(?:to\s+)?(?:\w+\s+){0,3}(?:requests?|calls?|messages?|e-?mails?|inquir(?:y|ies)|questions?)"
    r"(?:\s+(?:\w+\s+)?(?:for|seeking)\s+(?:\w+\s+)?comments?)?"
    r"|declined\s+to\s+(?:be\s+\w+|comment(?:\s+\w+){0,4}|say(?:\s+\w+){0,4}|answer(?:\s+\w+){0,3})"
    r"|(?:could\s+not|couldn[’']t)\s+(?:\w+\s+)?be\s+reached(?:\s+for\s+(?:\w+\s+)?comment)?"
    r"|(?:spoke|speaking|spoken)?\s*on\s+(?:the\s+)?condition\s+of\s+anonymity(?:\s+(?:because|as|since|to)(?:\s+\w+){0,12})?"
    r"|(?:was|were)\s+not\s+(?:immediately\s+)?available\s+for\s+comment"
    r"|(?:said|told\s+reporters)\s+(?:\w+\s+)?(?:in\s+a\s+(?:\w+\s+)?statement|at\s+a\s+(?:news|press)\s+conference)",
    re.IGNORECASE,
)
_BREAK = re.compile(_STOP.pattern + r"|\n")
_BEFORE, _AFTER = 320, 220


def quoted_spans(body: str) -> list[Span]:
    """Pair the quotation marks of each line, marks left out; a mark that is never closed holds to the end of its line."""
    spans: list[Span] = []
    opened, closers = -1, ""
    for found in _MARK.finditer(body):
        mark, at = found.group(), found.start()
        if opened >= 0 and (mark in closers or mark == "\n"):
            spans.append((opened, at))
            opened = -1
        elif opened < 0 and mark in _CLOSES:
            opened, closers = at + 1, _CLOSES[mark]
    if opened >= 0:
        spans.append((opened, len(body)))
    if "‘" in body:
        spans += [(found.start() + 1, found.end() - 1) for found in _SINGLE.finditer(body)]
    return sorted(spans)


def headings(body: str, title: str) -> list[Span]:
    """Find the lines that are headings: the title, and short lines without an end mark before a longer line."""
    out = []
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\r\n]+", body)]
    plain = title.strip().casefold()
    for start, end in lines:
        text = body[start:end].strip()
        if (plain and text.casefold() == plain) or (
            len(lines) > 1 and text and text[-1] not in _END_MARKS and len(text.split()) <= _HEADING_WORDS
        ):
            out.append((start, end))
    return out


def voice(body: str, start: int, end: int) -> tuple[Voice, str]:
    """Who is said to speak in the sentences around body[start:end], the passage itself left out.

    Returns:
        The voice, and the words that name it.
    """
    line = body.rfind("\n", 0, start) + 1
    below = body.find("\n", end)
    before = body[max(line, start - _BEFORE) : start]
    after = body[end : min(below if below >= 0 else len(body), end + _AFTER)]
    stops = [m.end() for m in _STOP.finditer(before)]
    near = before[stops[-1] :] if stops else before
    stop = _STOP.search(after)
    # ' ... ," the official said. "It ...': the sentence that holds the end of the passage
    tail = after[: stop.start() + 1] if stop else after
    text = f"{near} … {tail}"
    cue = _CUE.search(text)
    found = _STATEMENT.search(text) or (_INSTITUTION.search(text) if cue else None)
    if found:
        return "institution", found.group().strip()
    if not cue:
        return "nobody", ""
    named = _NAME.search(text)
    return ("person", named.group()) if named else ("he", cue.group())


def antecedent(body: str, start: int) -> tuple[Voice, str]:
    """Who spoke last before `start`, for a sentence that only says 'he said'."""
    before = body[max(0, start - 3 * _BEFORE) : start]
    bounds = [0, *(m.end() for m in _BREAK.finditer(before)), len(before)]
    for low, high in reversed(list(pairwise(bounds))):
        sentence = before[low:high]
        cue = _CUE.search(sentence)
        if not cue:
            continue
        office = _INSTITUTION.search(sentence)
        if office and office.start() <= cue.start() < office.end():
            return "institution", office.group().strip()
        named = _NAME.search(sentence)
        if named and not _PRONOUN.search(sentence[max(0, cue.start() - 8) : cue.end() + 5]):
            return "person", named.group()
    return "nobody", ""


def tells(text: str) -> bool:
    """Does the text itself say that somebody said something?"""
    return _CUE.search(text) is not None


def formula_share(text: str) -> float:
    """What share of a text is a stock phrase of the trade, in characters."""
    return sum(len(found.group()) for found in _FORMULA.finditer(text)) / max(len(text), 1)


@lru_cache(maxsize=4096)
def names_institution(text: str) -> bool:
    """Does a mention name an office, a body or a document, or somebody who speaks for one, rather than a person?"""
    return bool(re.search(_SPEAKS_FOR, text)) or bool(_ENDS_IN_BODY.search(text))
