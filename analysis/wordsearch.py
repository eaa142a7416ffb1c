"""Find where a text has the words of a passage, near enough word for word and in whatever marks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from analysis.text import STOPWORDS, straighten
from analysis.worddiff import Match, Token, align, folded, tokens

Pair = tuple[str, str]

# The least that counts as the same words: so many words, so many of content, such a share of the passage.
_WORDS = 5
_CONTENT = 3
_SHARE = 0.6
_SHARE_OF_FEW = 0.75
# A break of more words than this ends the place.
_GAP = 6
_MARK = re.compile("[\"']")
_LABEL = re.compile(r"[^\W\d_][^\W\d_.'’\-]*(?: [^\W\d_][\w.'’\-]*){0,4}:\s")


class Page(NamedTuple):
    """A text, the stems of its words, and where each wanted pair of neighbouring content words stands in it."""

    body: str
    forms: Sequence[str]
    stems: Sequence[str]
    places: Mapping[Pair, list[int]]

    @property
    def words(self) -> list[Token]:
        """Its words with their offsets, which few pages are asked for."""
        return _words(self.body)


class Place(NamedTuple):
    """Where a passage was found: how many of its words, their share of it, and the characters from first to last."""

    words: int
    score: float
    start: int
    end: int


def content_pairs(words: Sequence[Token]) -> Iterator[tuple[Pair, int]]:
    """Each content word with the next one, and the position of the first."""
    return _pairs([word.form for word in words], [word.stem for word in words])


def _pairs(forms: Sequence[str], stems: Sequence[str]) -> Iterator[tuple[Pair, int]]:
    content = [k for k, form in enumerate(forms) if form not in STOPWORDS]
    return zip(pairwise([stems[k] for k in content]), content, strict=False)


def index_page(body: str, wanted: Collection[Pair]) -> Page:
    """Make a `Page` of a text; only the pairs in `wanted` are kept, so that memory follows what is sought."""
    forms, stems = folded(body)
    places: dict[Pair, list[int]] = defaultdict(list)
    for pair, at in _pairs(forms, stems):
        if pair in wanted:
            places[pair].append(at)
    return Page(body, forms, stems, places)


@lru_cache(maxsize=512)
def _words(body: str) -> list[Token]:
    return tokens(body)


def find(words: Sequence[Token], page: Page) -> Place | None:
    """Find a passage in a page: the window where most of its content pairs stand together, then an alignment.

    Args:
        words: tokens of the passage.
        page: a page whose index was made with the passage's `content_pairs` among those wanted.
    """
    if len(words) < _WORDS - 1:
        return None
    hits = sorted(place for key, _ in content_pairs(words) for place in page.places.get(key, ()))
    if not hits or (len(hits) == 1 and len(words) > 2 * _WORDS):
        return None
    centre = _densest(hits, len(words))
    low, high = max(0, centre - len(words)), min(len(page.stems), centre + 2 * len(words))
    there = set(page.stems[low:high])
    if sum(word.stem in there for word in words) < _SHARE * len(words):
        return None  # no alignment can hold enough of them
    window = page.words[low:high]
    chain = _unbroken(align(words, window))
    same = [words[k] for m in chain for k in range(m.a, m.a + m.size)]
    content = sum(w.form not in STOPWORDS for w in same)
    if not same or len(same) < (_SHARE if len(same) >= 2 * _WORDS else _SHARE_OF_FEW) * len(words):
        return None
    whole = len(chain) == 1 and len(same) == len(words) and content >= _CONTENT - 1
    if not whole and (len(same) < _WORDS or content < _CONTENT):
        return None
    first, last = window[chain[0].b], window[chain[-1].b + chain[-1].size - 1]
    return Place(len(same), len(same) / len(words), first.start, last.end)


def in_marks(body: str, at: int) -> bool:
    """Does an opening mark stand before `at` in its line, with no closing mark after it?"""
    text = straighten(body[_line_start(body, at) : at + 1])
    inside = False
    for m in _MARK.finditer(text, 0, len(text) - 1):
        before = text[m.start() - 1] if m.start() else " "
        if before.isspace() or before in "([-":
            inside = not text[m.end()].isspace()
        elif not (m.group() == "'" and before.isalnum() and text[m.end()].isalnum()):
            inside = False
    return inside


def closed_after(body: str, at: int) -> bool:
    """Is the next double mark of the line behind `at` a closing one? Then its opening one was lost on the way."""
    stop = min((n for n in (body.find("\n", at), body.find("\r", at)) if n >= 0), default=len(body))
    mark = straighten(body[at:stop]).find('"')
    if mark < 1:
        return False
    before, after = body[at + mark - 1], body[at + mark + 1 : at + mark + 2]
    return not before.isspace() and before not in "([-" and (not after or not after.isalnum())


def labelled(body: str, at: int) -> bool:
    """Does the line begin with a speaker's name and a colon, as in a transcript?"""
    start = _line_start(body, at)
    m = _LABEL.match(body, start)
    return bool(m) and m.end() <= at and body[start].isupper() if m else False


def _line_start(body: str, at: int) -> int:
    return max(body.rfind("\n", 0, at), body.rfind("\r", 0, at)) + 1


def _unbroken(chain: Sequence[Match]) -> list[Match]:
    """The part of a chain that holds most words between two long breaks."""
    parts: list[list[Match]] = [[]]
    for match in chain:
        if parts[-1]:
            last = parts[-1][-1]
            if max(match.a - last.a - last.size, match.b - last.b - last.size) > _GAP:
                parts.append([])
        parts[-1].append(match)
    return max(parts, key=lambda part: sum(m.size for m in part))


def _densest(places: Sequence[int], width: int) -> int:
    """The place from which a window of `width` words holds most of `places`; the first of equals."""
    best, first, end = 0, places[0], 0
    for k, place in enumerate(places):
        while end < len(places) and places[end] < place + width:
            end += 1
        if end - k > best:
            best, first = end - k, place
    return first
