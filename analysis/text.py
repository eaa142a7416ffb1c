"""Paragraphs, sentences and words of a body, as half-open character offsets.

Nothing here changes a text or needs data from outside. All functions are linear in the length of the text and never
raise on any string.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Any

Span = tuple[int, int]

DOUBLE_MARKS = '"“”„‟«»＂'
SINGLE_MARKS = "'‘’‚‛‹›"
MARKS = DOUBLE_MARKS + SINGLE_MARKS
DASHES = "‐‑‒–—―−"

# One character for one character, so that offsets survive.
_STRAIGHT = (
    dict.fromkeys(DOUBLE_MARKS[1:], '"')
    | dict.fromkeys(SINGLE_MARKS[1:] + "`\u00b4", "'")
    | dict.fromkeys(DASHES, "-")
    | dict.fromkeys("\u00a0\u2009\u202f", " ")
)
_BENT = re.compile(f"[{''.join(_STRAIGHT)}]")

_INVISIBLE = "\u200b\ufeff\x00"
_NARROW, _WIDE = 45, 110  # characters of a line that was broken to fit a page

_KEPT = 2048  # texts whose paragraphs and sentences are kept: many tables ask for those of the same articles and quotations

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_WORD = re.compile(r"[^\W_]+(?:['’\-‐‑–.&][^\W_]+)*")
_END_MARK = re.compile(
    r"[.!?…。！？।](?:(?<=[.!?…])[.!?…]*|(?<=[。！？।]))"  # the stop itself, by the one set of characters it begins with
    r"[\"'”’»›)\]]*"  # closing marks and brackets that belong to the sentence
    r"(?=\s|$|[\"“‘«(\[])"
)
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof sen rep gov gen col lt capt cmdr maj sgt adm rev hon st sr jr no nos vs etc inc ltd co corp
    dept jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun fig vol pp p ed est approx
    e.g i.e a.m p.m u.s u.k u.n e.u d.c h.e cf al pres amb supt det atty mt ft ave blvd rd messrs mme m viz""".split()
)
_INITIALS = re.compile(r"(?:^|[\s(\"'“‘.])(?:[^\W\d_]\.)*[^\W\d_]$")
# Abbreviations that may well end a sentence: the next word decides.
_EITHER = frozenset("etc inc ltd co corp a.m p.m u.s u.k u.n e.u d.c jr sr no".split())
_STARTERS = frozenset(
    """the a an it he she they we i you this that these those in on at but and so as his her their our its there if when
    while after before for from with to by what who how why both some many most all no not one two other such""".split()
)


def straighten(text: str) -> str:
    """Return `text` with quotation marks and dashes of every kind as `"`, `'` and `-`; same length, same offsets."""
    if text.isascii():
        return text.replace("`", "'")
    # a text holds few kinds of marks: replacing each is ten times as fast as `translate`, which looks up every character
    for mark in set(_BENT.findall(text)):
        text = text.replace(mark, _STRAIGHT[mark])
    return text


def paragraphs(body: str) -> list[Span]:
    """Find the paragraphs: lines with text, or blocks between blank lines where lines were hard-wrapped.

    White space at both ends is left out of the span. A text counts as hard-wrapped when blank lines separate blocks
    and most lines inside the blocks break off without an end mark at a similar, short width. In any text a line of that
    width that breaks off is joined with one below it that goes on in lower case.
    """
    return list(_paragraphs(body))


@lru_cache(maxsize=_KEPT)
def _paragraphs(body: str) -> list[Span]:
    lines = [_trim(body, m.start(), m.end()) for m in _LINE.finditer(body)]
    lines = [(a, b) for a, b in lines if b > a]
    wrapped = len(lines) >= 4 and _hard_wrapped(body, lines)
    out: list[Span] = []
    last = -1  # first character of the line before
    for a, b in lines:
        if out and (wrapped or _goes_on(body, last, out[-1][1], a)) and not _blank_line(body, out[-1][1], a):
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
        last = a
    return out


def sentences(body: str, spans: list[Span] | None = None) -> list[Span]:
    """Split paragraphs into sentences; no sentence crosses a paragraph.

    Args:
        body: the text.
        spans: the paragraphs, if they are known already.
    """
    return list(_sentences(body)) if spans is None else _split(body, spans)


@lru_cache(maxsize=_KEPT)
def _sentences(body: str) -> list[Span]:
    return _split(body, _paragraphs(body))


def _split(body: str, spans: Iterable[Span]) -> list[Span]:
    out: list[Span] = []
    for a, b in spans:
        start = a
        for m in _END_MARK.finditer(body, a, b):
            end = m.end()
            if end < b and not _ends_sentence(body, start, m.start(), end, b):
                continue
            trimmed = _trim(body, start, end)
            if trimmed[1] > trimmed[0]:
                out.append(trimmed)
            start = end
        trimmed = _trim(body, start, b)
        if trimmed[1] > trimmed[0]:
            out.append(trimmed)
    return out


def words(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Find the words: letters and digits, joined by an inner apostrophe, hyphen, stop or ampersand."""
    return [m.span() for m in _WORD.finditer(text, start, len(text) if end is None else end)]


def word_forms(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """Return the words that `words` finds as they are printed; far quicker where nobody asks for their places."""
    return _WORD.findall(text, start, len(text) if end is None else end)


def count_words(text: str, start: int = 0, end: int | None = None) -> int:
    """Count the words of `text[start:end]` as `words` finds them."""
    if not start and end is None:
        return _counted(text)
    return len(_WORD.findall(text, start, len(text) if end is None else end))


@lru_cache(maxsize=_KEPT)
def _counted(text: str) -> int:
    return len(_WORD.findall(text))


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Fold a word for comparison: lower case, straight marks, no possessive s."""
    folded = straighten(word).casefold()
    if folded.endswith("'s"):
        return folded[:-2]
    return folded[:-1] if folded.endswith("s'") else folded


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Stem a folded English word (Snowball, Porter 2001)."""
    return str(_stemmer().stem(word))


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    # nltk brings scipy and scikit-learn along when they are there: seconds that a page of kept tables need not pay
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer("english")


# Words that carry grammar rather than content. Negations and modals are listed apart: some measures need them.
NEGATIONS = frozenset(
    "not no never nor neither none cannot without n't nothing nobody nowhere hardly barely".split()
)
MODALS = frozenset("can could may might must shall should will would ought".split())
STOPWORDS = (
    NEGATIONS
    | MODALS
    | frozenset(
        """a about above across after again against all along already also although am among an and another any anyone
    anything are around as at away back be became because become been before began being below between both but by came
    come comes did do does doing done down during each either else even ever every everyone few for from further get
    gets getting give given gives go goes going gone got had has have having he her here hers herself him himself his
    how however i if in instead into is it its itself just keep kept know known last later least less let like likely
    made make makes making many me mean meanwhile more most much my myself near need needs new next now of off often on
    once one only onto or other others our ours out over own per perhaps put rather really same say saying says said
    see seem seemed seems seen several she since so some someone something soon still such take taken takes than that
    the their theirs them themselves then there therefore these they thing things think this those though through thus
    to together told too took toward towards two under until up upon us use used using very via want wants was way we
    well went were what when where whether which while who whom whose why with within yet you your yours yourself
    yesterday today tomorrow added according i'm it's he's she's they're we're don't didn't doesn't isn't aren't wasn't
    weren't won't wouldn't can't couldn't shouldn't that's there's i've we've they've you're i'll we'll mr mrs ms dr""".split()
    )
)


def _trim(body: str, a: int, b: int) -> Span:
    while a < b and (body[a].isspace() or body[a] in _INVISIBLE):
        a += 1
    while b > a and (body[b - 1].isspace() or body[b - 1] in _INVISIBLE):
        b -= 1
    return a, b


def _blank_line(body: str, a: int, b: int) -> bool:
    gap = body[a:b].replace("\r\n", "\n")
    return gap.count("\n") + gap.count("\r") + gap.count("\u2029") > 1


def _goes_on(body: str, line: int, end: int, following: int) -> bool:
    """A full line that breaks off in the middle of a sentence, and the next one goes on with it."""
    return (
        body[following].islower()
        and _NARROW <= end - line <= _WIDE
        and (body[end - 1].isalnum() or body[end - 1] == ",")
    )


def _hard_wrapped(body: str, lines: list[Span]) -> bool:
    inner = [(a, b) for (a, b), (c, _) in pairwise(lines) if not _blank_line(body, b, c)]
    if len(inner) == len(lines) - 1 or len(inner) < 0.5 * len(lines):
        return False  # no blank line anywhere, or mostly blocks of one line: lines are paragraphs
    width = sorted(b - a for a, b in inner)[len(inner) // 2]
    broken = sum(body[b - 1] not in ".!?…:\"'”’" for _, b in inner)
    longest = max(b - a for a, b in inner)
    alike = sum(b - a >= 0.7 * longest for a, b in inner)
    return 30 <= width <= 100 and min(broken, alike) >= 0.6 * len(inner)


def _ends_sentence(body: str, start: int, stop: int, end: int, limit: int) -> bool:
    """Does the mark at [stop, end) end a sentence, given what stands on both sides?"""
    following = end
    while following < limit and body[following].isspace():
        following += 1
    if following >= limit:
        return True
    opener = following
    while opener < limit and body[opener] in MARKS + "([":
        opener += 1
    after = body[opener] if opener < limit else ""
    if after.islower():
        return False  # '"Why?" he asked.' and 'Yahoo! said' go on
    mark = body[stop:end]
    if mark[0] != "." or mark.startswith(".."):
        return True
    before = body[max(start, stop - 20) : stop]
    word = before.split()[-1].lstrip(MARKS + "([").casefold() if before.split() else ""
    if word in _EITHER:
        nxt = _WORD.match(body, opener, limit)
        return bool(nxt) and nxt.group().casefold() in _STARTERS if nxt else True
    if word in _ABBREVIATIONS and mark == ".":
        return False
    return not (_INITIALS.search(before) and mark == "." and word != "i")
