"""Versions of one statement, put side by side: who compares what with what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from analysis.framing.jargon import Text, written_out
from analysis.framing.shifts import Shift, Version, dropped_qualifier, subject_degrees, word_shifts
from analysis.naming import (
    conflicting,
    named_before,
    named_in_paragraph,
    nameless,
    relatives,
    speaks_for_body,
)
from analysis.text import STOPWORDS, Span, count_words, sentences, straighten
from analysis.worddiff import Token, tokens
from analysis.wordsearch import Page, Place, closed_after, find, in_marks, labelled

# The version that a relation marks, from the fullest to the least.
RANK = {"source": 0, "verbatim": 1, "trimmed": 2, "spliced": 3, "overlap": 4, "reworded": 5, "fragment": 6}
WHOLE_SENTENCE = "quoted in one, a sentence of the article's own in the other"
# Words of a quotation that another article must print without marks before the marks are called lost.
_LOST_WORDS = 5
_LOST_SHARE = 0.8
_LOST_EXTRA = 6
# Tellings of one fact that are compared with each other.
_TELLINGS = 6
# Fewer words than this are not a statement that anybody could be given.
_GIVEN_WORDS = 5
_SAME_WORDS = frozenset({"source", "verbatim", "trimmed", "spliced", "fragment"})
_SENTENCE_SHARE = 0.35
_FACT_SHARE = 0.4


class Article(NamedTuple):
    """An article whose words are indexed."""

    article_id: str
    page: Page
    event: str


class Row(NamedTuple):
    """One article's version of an utterance, in marks."""

    article_id: str
    start: int
    end: int
    text: str
    speaker: str | None
    sure: bool
    relation: str
    words: list[Token]


Found = tuple[Shift, Version, Version]


def in_utterance(
    rows: Sequence[Row], pages: Mapping[str, Article], near: Sequence[Article]
) -> Iterator[Found]:
    """Compare the fullest version of an utterance with what every other article makes of it."""
    # the fullest version; of equals one with a name, so that the speaker can be compared
    full = min(rows, key=lambda r: (-len(r.words), RANK[r.relation], r.speaker is None))
    best: dict[str, Row] = {full.article_id: full}
    for row in sorted(rows, key=lambda r: (RANK[r.relation], r.start)):
        best.setdefault(row.article_id, row)
    # what another person said is no version of it, however like the words
    best = {name: row for name, row in best.items() if not _others(full, row)}
    versions = {name: _marked(pages[name], row) for name, row in best.items()}
    a, a_page = versions[full.article_id], pages[full.article_id]
    for page in near:
        if page.article_id in best:
            continue
        place = find(full.words, page.page)
        if place is None or in_marks(page.page.body, place.start) or closed_after(page.page.body, place.end):
            continue
        b = _version(page, *_sentences_around(page, place.start, place.end), marked=False)
        lost = _marks_lost(full, page, place)
        for shift in [*([lost] if lost else []), *word_shifts(a, b, least=_SENTENCE_SHARE)]:
            yield shift, a, b
    for name, row in best.items():
        if name == full.article_id:
            continue
        b, page = versions[name], pages[name]
        for found in (_attribution(full, row, a_page, page), _trimming(a, b, page)):
            if found:
                yield found, a, b
        if row.relation in ("fragment", "trimmed", "overlap"):
            # what stands round the marks may be the rest of the statement in other words
            wide = _version(page, *_sentences_around(page, row.start, row.end), marked=False)
            for shift in word_shifts(a, wide, least=_SENTENCE_SHARE):
                yield shift, a, wide
    for a, b in combinations(list(versions.values())[:_TELLINGS], 2):
        for shift in word_shifts(a, b, least=_SENTENCE_SHARE):
            yield shift, a, b


def in_fact(spans: Sequence[tuple[str, int, int]], pages: Mapping[str, Article]) -> Iterator[Found]:
    """Compare the tellings of a fact with each other."""
    first: dict[str, tuple[str, int, int]] = {}
    for span in spans:
        first.setdefault(span[0], span)
    versions = [
        _version(pages[name], start, end, marked=False)
        for name, start, end in list(first.values())[:_TELLINGS]
    ]
    for a, b in combinations(versions, 2):
        if pages[a.article_id].event == pages[b.article_id].event:
            for shift in word_shifts(a, b, least=_FACT_SHARE):
                yield shift, a, b


def in_short_forms(event: Sequence[Article], pages: Mapping[str, Article]) -> Iterator[Found]:
    """Short forms that one article of an event writes out and another does not."""
    for pair in written_out([Text(page.article_id, page.page) for page in event]):
        short, long = pages[pair.short_article], pages[pair.long_article]
        a = _version(long, *_sentences_around(long, pair.long_start, pair.long_end), marked=False)
        b = _version(short, *_sentences_around(short, pair.short_start, pair.short_end), marked=False)
        printed = short.page.body[pair.short_start : pair.short_end]
        shift = Shift(
            "jargon", pair.long_start, pair.long_end, pair.short_start, pair.short_end, 0.9,
            f"“{printed}” is written out in one; the other does not explain it",
        )  # fmt: skip
        yield shift, a, b


def in_degrees(event: Sequence[Article]) -> Iterator[Found]:
    """The same subject on two steps of one scale, in two articles."""
    said: dict[tuple[str, str, str], list[tuple[Article, int, int, int]]] = defaultdict(list)
    for page in event:
        seen: set[tuple[str, str, str]] = set()
        for key, level, first, last in subject_degrees(page.page.forms, page.page.stems):
            start, end = page.page.words[first].start, page.page.words[last - 1].end
            if key not in seen:
                seen.add(key)
                said[key].append((page, level, start, end))
    for uses in said.values():
        for one, other in combinations(uses[:_TELLINGS], 2):
            if one[1] != other[1]:
                a, b = (
                    _version(use[0], *_sentences_around(use[0], *use[2:]), marked=False)
                    for use in (one, other)
                )
                shift = Shift("intensity", *one[2:], *other[2:], 0.7, "another degree of the same thing")
                yield shift, a, b


def _version(article: Article, start: int, end: int, *, marked: bool) -> Version:
    body = article.page.body
    start, end = max(0, min(start, len(body))), max(0, min(end, len(body)))
    return Version(article.article_id, body, start, end, tokens(body, start, end), marked)


def _marked(article: Article, row: Row) -> Version:
    """A version in marks; its words are known, and only stand elsewhere."""
    body = article.page.body
    if body[row.start : row.end] != row.text:
        return _version(article, row.start, row.end, marked=True)
    at = row.start
    words = [Token(form, root, at + a, at + b) for form, root, a, b in row.words]
    return Version(article.article_id, body, at, row.end, words, True)


def _sentences_around(article: Article, start: int, end: int) -> Span:
    """The sentences that a passage stands in, from the first to the last."""
    touched = [(a, b) for a, b in sentences(article.page.body) if a < end and b > start]
    return (touched[0][0], touched[-1][1]) if touched else (start, end)


def _marks_lost(full: Row, page: Article, place: Place) -> Shift | None:
    body = page.page.body
    if place.words < _LOST_WORDS or place.score < _LOST_SHARE or labelled(body, place.start):
        return None
    printed = straighten(body[place.start : place.end])
    if '"' in printed or " '" in printed or count_words(printed) > place.words + _LOST_EXTRA:
        return None
    line = tokens(body, place.start, place.end)
    if all(body[w.start].isupper() for w in line if w.form not in STOPWORDS):
        return None  # a title, not a statement
    start, end = _sentences_around(page, place.start, place.end)
    note = (
        WHOLE_SENTENCE
        if end - start <= place.end - place.start + 3
        else "quoted in one, without marks in the other"
    )
    return Shift("marks_lost", full.start, full.end, place.start, place.end, min(1.0, place.score), note)


def _others(full: Row, row: Row) -> bool:
    """Are the words given, in different words and for sure, to people of one surname or of none in common?"""
    same_words = row.relation in _SAME_WORDS - {"fragment"} and [w.form for w in full.words] == [
        w.form for w in row.words
    ]
    return not same_words and full.sure and row.sure and relatives(full.speaker or "", row.speaker or "")


def _attribution(full: Row, other: Row, a_page: Article, page: Article) -> Shift | None:
    """The same words, given to different people."""
    if full.speaker is None or other.speaker is None or min(len(full.words), len(other.words)) < _GIVEN_WORDS:
        return None
    if (
        other.relation not in _SAME_WORDS
        or not (full.sure and other.sure)
        or not conflicting(full.speaker, other.speaker)
    ):
        return None
    if named_in_paragraph(other.speaker, a_page.page.body, full.start, full.end):
        return None
    if named_in_paragraph(full.speaker, page.page.body, other.start, other.end):
        return None
    for speaker, rival, body, row in (
        (full.speaker, other.speaker, a_page.page.body, full),
        (other.speaker, full.speaker, page.page.body, other),
    ):
        if speaks_for_body(speaker, body, row.start, row.end):
            return None  # "the Brandt campaign said": whoever said it there
        if not named_in_paragraph(speaker, body, row.start, row.end) and named_before(rival, body, row.start):
            return None  # only a pronoun gives the words to one, and the other was spoken of just before
    note = f"given to {_called(full.speaker)} in one, to {_called(other.speaker)} in the other"
    return Shift("attribution", full.start, full.end, other.start, other.end, 0.8, note)


def _called(speaker: str) -> str:
    return (
        f"an unnamed {speaker}" if nameless(speaker) and speaker.islower() and " " not in speaker else speaker
    )


def _trimming(a: Version, b: Version, page: Article) -> Shift | None:
    cut = dropped_qualifier(a, b) if len(b.words) >= _GIVEN_WORDS else None
    if cut is None:
        return None
    dropped = a.words[cut[0] : cut[1]]
    content = [w for w in dropped if w.form not in STOPWORDS]
    # the other article may give the rest in its own sentence, or in the next quotation
    start, end = _sentences_around(page, max(0, b.start - 200), min(len(page.page.body), b.end + 300))
    near = {w.stem for w in tokens(page.page.body, start, end)}
    if content and sum(w.stem in near for w in content) * 3 > len(content) * 2:
        return None
    at = b.words[-1].end if cut[0] else b.words[0].start
    return Shift(
        "trimming",
        dropped[0].start,
        dropped[-1].end,
        at,
        at,
        0.8,
        f"what {'follows' if cut[0] else 'comes before'} in one, and qualifies it, is left out of the other",
    )
