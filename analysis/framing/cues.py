"""Finding the terms of a codebook of frames in running text: one pass, with offsets, negation and quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any, Literal, NamedTuple

from analysis.text import NEGATIONS, fold

Scheme = Literal["policy", "news"]

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_VOWELS = "aeiou"
_NEGATION_REACH = 3  # words before a term
_PREFIX_LEAST = 3


class Cue(NamedTuple):
    """A term of a frame in a text.

    Attributes:
        start: offset of its first character.
        end: one past its last character.
        frame: index of the frame in the codebook.
        weight: the term's weight.
        term: the term as the codebook writes it.
        negated: a negation stands within three words before it.
    """

    start: int
    end: int
    frame: int
    weight: float
    term: str
    negated: bool


class _Entry(NamedTuple):
    rest: tuple[str, ...]  # what must follow the first word
    frame: int
    weight: float
    term: str


@dataclass(frozen=True)
class FrameBook:
    """A codebook of frames, ready to match.

    Attributes:
        frames: ids in the order of the file.
        labels: what a reader sees.
        abouts: one sentence each.
        decisions: per frame the density of cues that scores .5, and how steeply scores rise there.
    """

    frames: tuple[str, ...]
    labels: tuple[str, ...]
    abouts: tuple[str, ...]
    decisions: tuple[tuple[float, float], ...]
    exact: dict[str, tuple[str, ...]]  # form -> elements of terms that it fits
    prefixes: dict[str, str]  # beginning -> element
    longest: int
    starts: dict[str, list[_Entry]]
    seen: dict[str, tuple[tuple[_Entry, ...], frozenset[str]]] = field(default_factory=dict, compare=False)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Cue]:
        """Yield the cues of `text[start:end]`; a word counts once for a frame, in the longest term that holds it."""
        spans = [m.span() for m in _TOKEN.finditer(text, start, len(text) if end is None else end)]
        looked = [self._look(text[a:b]) for a, b in spans]
        covered: dict[int, int] = {}
        for i, (entries, _) in enumerate(looked):
            for rest, frame, weight, term in entries:  # longest first
                last = i + len(rest)
                if last >= len(spans) or covered.get(frame, -1) >= i:
                    continue
                if all(part in looked[i + k][1] for k, part in enumerate(rest, 1)):
                    covered[frame] = last
                    before = text[spans[max(0, i - _NEGATION_REACH)][0] : spans[i][0]]
                    yield Cue(spans[i][0], spans[last][1], frame, weight, term, _negates(before))

    def _look(self, token: str) -> tuple[tuple[_Entry, ...], frozenset[str]]:
        known = self.seen.get(token)
        if known is None:
            if len(self.seen) > 200_000:
                self.seen.clear()
            word = fold(token)
            elements = set(self.exact.get(word, ()))
            for length in range(_PREFIX_LEAST, min(self.longest, len(word)) + 1):
                if word[:length] in self.prefixes:
                    elements.add(self.prefixes[word[:length]])
            entries = [entry for element in sorted(elements) for entry in self.starts.get(element, ())]
            # per frame the longest term first, then the heaviest
            entries.sort(key=lambda e: (-len(e.rest), -e.weight, e.frame, e.term))
            known = self.seen[token] = (tuple(entries), frozenset(elements))
        return known


def _negates(before: str) -> bool:
    tokens = [fold(m.group()) for m in _TOKEN.finditer(before)]
    return any(t in NEGATIONS or t.endswith("n't") for t in tokens)


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
    for number, frame in enumerate(data["frames"].values()):
        entered: set[str] = set()
        for weight, listed in sorted(frame["terms"].items(), reverse=True):
            for term in filter(None, (" ".join(t.split()) for t in listed.split(","))):
                if term in entered:
                    continue  # the heavier entry stands
                entered.add(term)
                elements = [part for part in re.split(r"[ \-]", term) if part]
                for element in elements:
                    if element.endswith("*"):
                        prefixes[element[:-1]] = element
                    else:
                        for form in _forms(element):
                            exact.setdefault(form, []).append(element)
                starts.setdefault(elements[0], []).append(
                    _Entry(tuple(elements[1:]), number, float(weight), term)
                )
    frames = data["frames"]
    return FrameBook(
        tuple(frames),
        tuple(f["label"] for f in frames.values()),
        tuple(f["about"] for f in frames.values()),
        tuple(
            (float(middle), float(slope))
            for middle, slope in (data["decisions"].get(f, (3, 1)) for f in frames)
        ),
        {form: tuple(dict.fromkeys(elements)) for form, elements in exact.items()},
        prefixes,
        max(map(len, prefixes), default=0),
        starts,
    )


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
