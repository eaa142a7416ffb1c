"""The words of many articles as flat arrays: where each stands, a hash of its folded form, and how telling it is.

One pass over the code points of all texts at once, in numpy, costs a tenth of a regular expression in a loop. Folding
takes marks, case, accents on Latin letters and the possessive s away, so that "India's" and "INDIA" are one word. Offsets
are those of the body as it was given.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.passages.background import common_words

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]
Floats64 = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

DAMPED = np.float32(0.4)  # names and figures, which independent reporters all print
_LETTER, _ALONE, _SEPARATOR, _APOSTROPHE, _SENTENCE_END, _LINE_END = range(
    6
)  # kinds of code points; two are of words
_BLOCK = 1 << 18  # code points handled at once
_PLACES = 64  # letters after the 64th of one word repeat its multipliers
_BMP = 1 << 16
_SENTENCE_ENDS = ".!?…。！？"
_LINE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
_APOSTROPHES = "'’‘ʼ`´＇"


class Words(NamedTuple):
    """Flat arrays over all words of all articles, and where each article begins.

    Attributes:
        first: index of the first word of each article, and the number of words at the end.
        start: offset of each word in its body.
        end: end of each word in its body.
        hash: hash of the folded word.
        weight: how telling the word is, in (0, 1].
        name: the word is capitalised or opens with a digit.
        opens: 2 where a line begins, 1 where a sentence may begin, else 0.
    """

    first: Ints
    start: Ints
    end: Ints
    hash: Hashes
    weight: Floats
    name: Flags
    opens: npt.NDArray[np.uint8]


def read_words(bodies: Sequence[str]) -> Words:
    """Find the words of each body."""
    parts: list[tuple[Any, ...]] = []
    block: list[str] = []
    size = 0
    for body in bodies:
        block.append(body)
        size += len(body)
        if size >= _BLOCK:
            parts.append(_read_block(block))
            block, size = [], 0
    parts.append(_read_block(block))
    counts = np.concatenate([part[0] for part in parts])
    first = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=first[1:])
    start, end, hashed, name, opens = (np.concatenate([part[k] for part in parts]) for k in range(1, 6))
    opens[first[:-1][counts > 0]] = 2
    return Words(first, start, end, hashed, _weigh(hashed), name, opens)


def mix(values: Hashes) -> Hashes:
    """Spread the bits of sums of products (the finaliser of splitmix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def keep_words(words: Words, kept: Flags) -> Words:
    """Leave words out; the offsets of those that stay do not change."""
    count = np.zeros(len(kept) + 1, dtype=np.int64)
    np.cumsum(kept, out=count[1:])
    return Words(
        count[words.first],
        words.start[kept],
        words.end[kept],
        words.hash[kept],
        words.weight[kept],
        words.name[kept],
        words.opens[kept],
    )


def shingles(words: Words, n: int) -> tuple[Hashes, Flags]:
    """Hash every run of `n` words; the flags say which runs stay inside one article."""
    size = max(len(words.hash) - n + 1, 0)
    hashed = np.zeros(size, dtype=np.uint64)
    inside = np.ones(size, dtype=np.bool_)
    if size:
        for k, odd in enumerate(_multipliers()[:n]):
            hashed += words.hash[k : k + size] * odd
        for k in range(1, n):
            crossing = words.first[1:-1] - k
            inside[crossing[(crossing >= 0) & (crossing < size)]] = False
        # an article shorter than n words is crossed by runs that begin before it
    return mix(hashed), inside


def distinct(values: Ints) -> Ints:
    """Sort and leave out what stands twice (numpy's `unique` hashes, which is slower on large arrays)."""
    values = np.sort(values)
    new = np.ones(len(values), dtype=np.bool_)
    new[1:] = values[1:] != values[:-1]
    return values[new]


def spread(starts: Ints, lengths: Ints) -> Ints:
    """Concatenate arange(start, start + length) for each start."""
    total = int(lengths.sum())
    if not total:
        return np.zeros(0, dtype=np.int64)
    ends = np.cumsum(lengths)
    return np.arange(total) + np.repeat(starts - ends + lengths, lengths)


def _read_block(texts: list[str]) -> tuple[Ints, Ints, Ints, Hashes, Flags, npt.NDArray[np.uint8]]:
    """Return the number of words of each text, then start, end, hash, name and opening of each word."""
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.intp)
    kind, low = _look_up(codes)
    # the possessive s: an apostrophe after a letter, then an s that ends the word
    marks = np.flatnonzero(kind == _APOSTROPHE)
    marks = marks[(marks > 0) & (marks < len(codes) - 2)]
    marks = marks[(kind[marks - 1] == _LETTER) & (low[marks + 1] == ord("s")) & (kind[marks + 2] > _ALONE)]
    kind[marks + 1] = _SEPARATOR

    word = kind <= _ALONE
    alone = kind == _ALONE
    edge = word[1:] != word[:-1]
    if alone.any():
        edge |= alone[1:] | alone[:-1]
    edge = np.concatenate((word[:1], edge))  # a word or a gap begins
    starts = np.flatnonzero(edge & word)
    ends = (
        np.flatnonzero(edge[1:] & word[:-1]) + 1
    )  # a text ends with a line end, so no word is open at the end
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    text_ends = np.cumsum(lengths)
    counts = np.diff(np.searchsorted(starts, text_ends), prepend=0)
    if not len(starts):
        empty, none = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_)
        return counts, empty, empty, np.zeros(0, dtype=np.uint64), none, none.view(np.uint8)
    size = ends - starts
    first = np.cumsum(size) - size
    place = np.arange(int(size.sum())) - np.repeat(first, size)
    values = low[word].astype(np.uint64) * _multipliers().take(place, mode="wrap")
    hashed = mix(np.add.reduceat(values, first))
    hashed[(size == 1) & (low[starts] == ord("&"))] = _and()
    opens = np.zeros(len(starts) + 1, dtype=np.uint8)
    for rank, mark in ((1, _SENTENCE_END), (2, _LINE_END)):
        opens[np.searchsorted(starts, np.flatnonzero(kind == mark))] = rank
    offset = np.repeat(text_ends - lengths, counts)
    name = _table().upper.take(codes[starts], mode="clip")
    return counts, starts - offset, ends - offset, hashed, name, opens[:-1]


def _look_up(codes: Ints) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint32]]:
    """Give the kind and the folded form of each code point."""
    table = _table()
    kind, low = table.kind.take(codes, mode="clip"), table.low.take(codes, mode="clip")
    wide = np.flatnonzero(codes >= _BMP)
    if len(wide):  # emoji separate, letters of the higher planes stand alone
        values, inverse = np.unique(codes[wide], return_inverse=True)
        kinds = [_ALONE if chr(code).isalnum() else _SEPARATOR for code in values.tolist()]
        kind[wide] = np.array(kinds, dtype=np.uint8)[inverse]
        low[wide] = codes[wide]
    return kind, low


class _Table(NamedTuple):
    """What is known of each code point of the basic plane."""

    kind: npt.NDArray[np.uint8]
    low: npt.NDArray[np.uint32]  # folded form
    upper: Flags  # opens a name or a figure


@cache
def _table() -> _Table:
    kind = np.full(_BMP, _SEPARATOR, dtype=np.uint8)
    low = np.arange(_BMP, dtype=np.uint32)
    upper = np.zeros(_BMP, dtype=np.bool_)
    for code in range(_BMP):
        character = chr(code)
        category = unicodedata.category(character)
        if category[0] not in "LNM" and character != "&":
            continue
        kind[code] = (
            _ALONE if category == "Lo" and code >= 0x2E80 and not 0xAC00 <= code < 0xD7A4 else _LETTER
        )
        upper[code] = category in ("Lu", "Lt", "Nd")
        folded = character.lower()
        if code < 0x250 or 0x1E00 <= code < 0x1F00:
            folded = unicodedata.normalize("NFD", folded)[:1]
        if len(folded) == 1 and ord(folded) < _BMP:
            low[code] = ord(folded)
    for mark, characters in (
        (_APOSTROPHE, _APOSTROPHES),
        (_SENTENCE_END, _SENTENCE_ENDS),
        (_LINE_END, _LINE_ENDS),
    ):
        kind[[ord(character) for character in characters]] = mark
    kind[-1] = _SEPARATOR  # what lies beyond the plane is clipped to its end
    return _Table(kind, low, upper)


@cache
def _multipliers() -> Hashes:
    return mix(np.arange(1, _PLACES + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) | np.uint64(1)


@cache
def _and() -> np.uint64:
    letters = np.frombuffer("and".encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    hashed: np.uint64 = mix(np.array([(letters * _multipliers()[:3]).sum()], dtype=np.uint64))[0]
    return hashed


class _Background(NamedTuple):
    """The weights of common words by hash, and which first 16 bits of a hash occur among them."""

    hash: Hashes
    weight: Floats
    occurs: Flags


@cache
def _background() -> _Background:
    weights = common_words()
    plain = [word for word in weights if word.isalpha()]
    hashed = _read_block([" ".join(plain)])[3]
    order = np.argsort(hashed)
    hashed = hashed[order]
    occurs = np.zeros(1 << 16, dtype=np.bool_)
    occurs[hashed >> np.uint64(48)] = True
    return _Background(hashed, np.array([weights[word] for word in plain], dtype=np.float32)[order], occurs)


def _weigh(hashed: Hashes) -> Floats:
    known = _background()
    weighed: Floats = np.ones(len(hashed), dtype=np.float32)
    maybe = np.flatnonzero(known.occurs[hashed >> np.uint64(48)])
    asked = hashed[maybe]
    at = np.minimum(np.searchsorted(known.hash, asked), len(known.hash) - 1)
    found = known.hash[at] == asked
    weighed[maybe[found]] = known.weight[at[found]]
    return weighed
