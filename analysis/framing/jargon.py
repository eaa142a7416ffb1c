"""Short forms that one article writes out and another neither writes out nor explains."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from analysis.framing.degrees import EVERYDAY
from analysis.text import STOPWORDS
from analysis.wordsearch import Page

# two capitals at least: FRP, D2D, DG-IT, MoU
_SHORT = re.compile(
    r"[A-Z](?<![\w&][A-Z])(?=[^A-Z\s]*[A-Z])[A-Za-z0-9]?(?:[A-Z0-9&]|-(?=[A-Z])){1,5}(?![\w&-])"
)
_DIGITS = {"2": "to", "4": "for"}
_SMALL = frozenset("of the and for on in to".split())
_CONTEXT = 3
_NEAR = 2
# Places where a form is written out that a use of it is compared with.
_PLACES = 200


class Text(NamedTuple):
    """An article: its name and its words."""

    article_id: str
    page: Page


class Written(NamedTuple):
    """A short form in one article and its words in another."""

    short_article: str
    short_start: int
    short_end: int
    long_article: str
    long_start: int
    long_end: int


class _Use(NamedTuple):
    text: Text
    first: int
    last: int


def written_out(texts: Sequence[Text]) -> list[Written]:
    """Find short forms of one article whose words stand in another, in the same surroundings.

    Surroundings are the same when two words of content among the three before and the three after are. Forms that
    everybody knows, and forms that their own article writes out or explains too, are left out. Each article and form is
    listed once, with the first article that writes it out.
    """
    uses: dict[str, list[_Use]] = defaultdict(list)
    for text in texts:
        for printed, use in _uses(text):
            uses[printed].append(use)
    if not uses:
        return []
    found: list[Written] = []
    spelt = {printed: [c for c in printed.rstrip("s").casefold() if c.isalnum()] for printed in uses}
    starts = _initials(texts, {(letters[0], _second(letters)) for letters in spelt.values()})
    for printed, where in uses.items():
        letters = spelt[printed]
        places = [
            _Use(text, k, end)
            for text, k in starts.get((letters[0], _second(letters)), ())
            if (end := _spelt(text, k, letters))
        ]
        known = {place.text.article_id for place in places}
        done: set[str] = set()
        for use in where:
            if use.text.article_id in done or use.text.article_id in known:
                continue
            match = next(
                (p for p in places[:_PLACES] if p.text.article_id != use.text.article_id and _alike(use, p)),
                None,
            )
            if match:
                done.add(use.text.article_id)
                found.append(Written(use.text.article_id, *_span(use), match.text.article_id, *_span(match)))
    return found


def _uses(text: Text) -> Iterator[tuple[str, _Use]]:
    body = text.page.body
    places = [m for m in _SHORT.finditer(body) if not _explained(m.group(), body)]
    if not places:
        return
    at = {word.start: k for k, word in reversed(list(enumerate(text.page.words)))}
    ends = {word.end: k + 1 for k, word in enumerate(text.page.words)}
    for m in places:
        printed = m.group()
        if m.start() not in at or m.end() not in ends:
            continue
        line = body[max(0, m.start() - 20) : m.end() + 20]
        if sum(c.isupper() for c in line) * 2 > sum(c.isalpha() for c in line):
            continue  # a headline in capitals
        yield printed, _Use(text, at[m.start()], ends[m.end()])


def _explained(printed: str, body: str) -> bool:
    """Is it a form that everybody knows, or that the text itself explains?"""
    return (
        printed.casefold() in EVERYDAY
        or printed.rstrip("s").casefold() in EVERYDAY
        or f"({printed})" in body
        or f"{printed} (" in body
    )


def _second(letters: Sequence[str]) -> str:
    return _DIGITS.get(letters[1], letters[1])[0] if len(letters) > 1 else ""


def _initials(
    texts: Sequence[Text], wanted: Collection[tuple[str, str]]
) -> dict[tuple[str, str], list[tuple[Text, int]]]:
    """Where two neighbouring words, small ones passed over, begin with two letters."""
    out: dict[tuple[str, str], list[tuple[Text, int]]] = defaultdict(list)
    for text in texts:
        forms = text.page.forms
        for k, (form, following) in enumerate(pairwise(forms)):
            nexts = {following[0]}
            if following in _SMALL and k + 2 < len(forms):
                nexts.add(forms[k + 2][0])
            for letter in nexts:
                if (form[0], letter) in wanted:
                    out[form[0], letter].append((text, k))
    return out


def _spelt(text: Text, start: int, letters: Sequence[str]) -> int | None:
    """The token after the words, from `start` on, whose first letters (or "to" for 2, "for" for 4) are these."""
    words, body, k = text.page.words, text.page.body, start
    for letter in letters:
        wanted = _DIGITS.get(letter)
        if start < k < len(words) and wanted is None and words[k].form in _SMALL:
            k += 1
        if k >= len(words) or (k > start and len(body[words[k - 1].end : words[k].start]) > 1):
            return None  # past the end, or across a comma or a bracket
        form = words[k].form
        if form != wanted if wanted else (form in _SMALL or form[0] != letter):
            return None
        k += 1
    return k if k - start > 1 and sum(w.form not in STOPWORDS for w in words[start:k]) > 1 else None


def _alike(short: _Use, long: _Use) -> bool:
    around = _around(short) & _around(long)
    return len(around) >= _NEAR


def _around(use: _Use) -> set[str]:
    words = use.text.page.words
    near = words[max(0, use.first - _CONTEXT) : use.first] + words[use.last : use.last + _CONTEXT]
    return {w.stem for w in near if w.form not in STOPWORDS}


def _span(use: _Use) -> tuple[int, int]:
    words = use.text.page.words
    return words[use.first].start, words[use.last - 1].end
