"""Finding the terms of a codebook of frames in running text: one pass, with offsets, negation and quotation marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any, Literal, NamedTuple

from analysis.text import NEGATIONS, fold

Scheme = Literal["policy", "news"]

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_VOWELS = "aeiou"
_NEGATION_REACH = 3  # words before a term
# What a word that no term fits may lose: "unholy", "antiwar", "lawfully", "ruthlessness".
_AFFIX = re.compile(r"^(?:un|non|anti)(?=.{4})|(?<=.{4})(?:ly|ness)$")
_PREFIX_LEAST = 3
_KNOWN_WORDS = 200_000  # looked-up words kept, so that a long run does not fill the memory


class Cue(NamedTuple):
    """A term of a frame in a text.

    Attributes:
        start: offset of its first character.
        end: one past its last character.
        frame: index of the frame in the codebook.
        weight: the term's weight.
        term: the term as the codebook writes it.
        negated: a negation stands within three words before it.
        shared: how many frames list the term.
    """

    start: int
    end: int
    frame: int
    weight: float
    term: str
    negated: bool
    shared: int


class _Entry(NamedTuple):
    rest: tuple[str, ...]  # what must follow the first word
    frame: int
    weight: float
    term: str
    shared: int


class _Word(NamedTuple):
    entries: tuple[_Entry, ...]  # terms that begin with this word, the longest first, then the heaviest
    elements: frozenset[str]  # elements of terms that this word fits
    negates: bool


_NOTHING, _DENIES = _Word((), frozenset(), False), _Word((), frozenset(), True)  # what most words are


class _Seen(dict[str, _Word]):
    """Looks every new word up, and keeps it."""

    def __init__(self, look: Callable[[str], _Word]) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, token: str) -> _Word:
        if len(self) > _KNOWN_WORDS:
            self.clear()
        self[token] = found = self._look(token)
        return found


@dataclass(frozen=True)
class FrameBook:
    """A codebook of frames, ready to match.

    Attributes:
        frames: ids in the order of the file.
        labels: what a reader sees.
        decisions: per frame the density of cues that scores .5, and how steeply scores rise there.
    """

    frames: tuple[str, ...]
    labels: tuple[str, ...]
    decisions: tuple[tuple[float, float], ...]
    exact: dict[str, tuple[str, ...]]  # form -> elements of terms that it fits
    prefixes: dict[str, str]  # beginning -> element
    longest: int
    starts: dict[str, list[_Entry]]

    @cached_property
    def seen(self) -> _Seen:
        """The words looked up so far."""
        return _Seen(self.look)

    def find(self, text: str) -> Iterator[Cue]:
        """Yield the cues of a sentence; a word counts once for a frame, in the longest term that holds it."""
        looked = list(map(self.seen.__getitem__, _TOKEN.findall(text)))
        begins = [i for i, word in enumerate(looked) if word.entries]
        if not begins:
            return
        spans = [m.span() for m in _TOKEN.finditer(text)]
        covered: dict[int, int] = {}
        for i in begins:
            for rest, frame, weight, term, shared in looked[i].entries:  # longest first
                last = i + len(rest)
                # of most terms the second word is not there
                if rest and (last >= len(looked) or rest[0] not in looked[i + 1].elements):
                    continue
                if covered.get(frame, -1) >= i:
                    continue
                if len(rest) > 1 and not all(
                    part in looked[k].elements for k, part in enumerate(rest, i + 1)
                ):
                    continue
                covered[frame] = last
                negated = any(word.negates for word in looked[max(0, i - _NEGATION_REACH) : i])
                yield Cue(spans[i][0], spans[last][1], frame, weight, term, negated, shared)

    def look(self, token: str) -> _Word:
        """Find what a printed word may be of any term."""
        word = fold(token)
        elements = self._elements(word)
        if not elements and (bare := _AFFIX.sub("", word, count=1)) != word:
            elements = self._elements(bare)
        negates = word in NEGATIONS or word.endswith("n't")
        if not elements:
            return _DENIES if negates else _NOTHING
        entries = [entry for element in sorted(elements) for entry in self.starts.get(element, ())]
        entries.sort(key=lambda e: (-len(e.rest), -e.weight, e.frame, e.term))
        return _Word(tuple(entries), frozenset(elements), negates)

    def _elements(self, word: str) -> set[str]:
        elements = set(self.exact.get(word, ()))
        for length in range(_PREFIX_LEAST, min(self.longest, len(word)) + 1):
            if word[:length] in self.prefixes:
                elements.add(self.prefixes[word[:length]])
        return elements


@lru_cache(maxsize=20_000)  # the tables of frames all look into the same sentences
def sentence_cues(scheme: Scheme, sentence: str) -> tuple[Cue, ...]:
    """Find the cues of a sentence; offsets count from its first character.

    Raises:
        ValueError: there is no such scheme.
    """
    return tuple(frame_book(scheme).find(sentence))


@lru_cache(maxsize=4)
def frame_book(scheme: Scheme) -> FrameBook:
    """Load the codebook of a scheme that ships with the package.

    Raises:
        ValueError: there is no such scheme.
    """
    if scheme not in ("policy", "news"):
        raise ValueError(f"scheme={scheme!r} is not known; use 'policy' or 'news'.")
    import yaml

    source = resources.files("analysis").joinpath("data", f"frames_{scheme}.yml").read_text(encoding="utf-8")
    # the C loader, where there is one: the file is read at the first call in every process
    return _compile(yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def _compile(data: dict[str, Any]) -> FrameBook:
    exact: dict[str, list[str]] = {}
    prefixes: dict[str, str] = {}
    starts: dict[str, list[_Entry]] = {}
    listed = [_terms(frame["terms"]) for frame in data["frames"].values()]
    shared = Counter(term for weights in listed for term in weights)
    for number, weights in enumerate(listed):
        for term, weight in weights.items():
            elements = [part for part in re.split(r"[ \-]", term) if part]
            for element in elements:
                if element.endswith("*"):
                    prefixes[element[:-1]] = element
                else:
                    for form in _forms(element):
                        exact.setdefault(form, []).append(element)
            entry = _Entry(tuple(elements[1:]), number, weight, term, shared[term])
            starts.setdefault(elements[0], []).append(entry)
    frames = data["frames"]
    return FrameBook(
        tuple(frames),
        tuple(f["label"] for f in frames.values()),
        tuple(
            (float(middle), float(slope))
            for middle, slope in (data["decisions"].get(f, (3, 1)) for f in frames)
        ),
        {form: tuple(dict.fromkeys(elements)) for form, elements in exact.items()},
        prefixes,
        max(map(len, prefixes), default=0),
        starts,
    )


def _terms(by_weight: dict[int, str]) -> dict[str, float]:
    """The terms of a frame with their weights; of two entries the heavier one stands."""
    out: dict[str, float] = {}
    for weight, listed in sorted(by_weight.items(), reverse=True):
        for term in listed.split(","):
            if term.strip():
                out.setdefault(" ".join(term.split()), float(weight))
    return out


def _forms(element: str) -> set[str]:
    """The word and its regular inflections; `=word` is the word alone."""
    if element.startswith("="):
        return {element[1:]}
    word = element
    forms = {word}
    if len(word) < 3 or not word.isalpha():
        return forms
    if word[-1] == "y" and word[-2] not in _VOWELS:
        return forms | {word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    forms.add(word + ("es" if word.endswith(("s", "sh", "ch", "x", "z")) else "s"))
    if word[-1] == "e":
        return forms | {word + "d", word[:-1] + "ing"}
    short = word[-1] not in _VOWELS + "wxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS
    if short:
        forms |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    if not short or len(word) > 4:
        forms |= {word + "ed", word + "ing"}
    return forms
