"""Does a text report a claim, and where?

The claim's words are looked for in windows of one, two and four sentences. What counts is how much of the claim's weight
a window holds, whether it holds the claim's last content word (English puts what is new at the end), and whether the
figures of the claim are there. A logistic function of these numbers gives the score. Its eight coefficients were fitted
on crowd judgements of whether summaries of news articles state given facts (REALSumm: Bhandari et al. 2020; 9,720
judgements on 62 articles, cross-validated by article; systems whose labels had lost their order were left aside). They are
rounded, hold no word of that set, and are all that was taken from it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import exp, log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.framing.equivalents import spellings
from analysis.framing.particulars import denied, figures, figures_clash
from analysis.framing.terms import Term, terms
from analysis.text import Span, sentences

_INTERCEPT = -3.66
_ONE, _TWO, _FOUR = (
    1.5,
    1.3,
    3.2,
)  # weight held in one sentence, and in the best two and four that it stands in
_LAST = 1.26  # last content word held
_SIZE = -0.54  # log of the claim's weight
_FIGURES_MISSING, _FIGURES_THERE = -2.1, 1.8  # shares of the claim's figures
_TOO_LITTLE = 0.25  # a text that holds less of the claim's content anywhere is not searched
_LEAST = 0.1  # and scores below this
_WORTH_A_SENTENCE = 0.15  # what a second sentence has to add to be shown
_COMMON_HERE = 0.5  # how far a word counts less for standing in many sentences of the text
_INFLECTED = 0.9  # credit for a whole common beginning; less, the more two words part
_PREFIX = 4
_OTHER_NAME = 0.9  # credit for another name of the same person or body
_OPPOSITE = 0.45  # highest score where negation or a figure stands against it: a person has to look
_SLASH = re.compile(r"\s?/\s?")
_ACRONYM = re.compile(r"[A-Z]{2,6}")

Floats = NDArray[np.float64]
Aliases = Mapping[str, Sequence[str]]


class Report(NamedTuple):
    """What was found of a claim in a text.

    Attributes:
        score: in [0, 1]; at least .5 means that the text reports the claim.
        start: offset of the passage that comes nearest, -1 where nothing does.
        end: offset behind it, -1 where nothing does.
    """

    score: float
    start: int
    end: int


class Claim:
    """A claim made ready to be looked for in many texts.

    Attributes:
        units: what has to be found: each a tuple of keys of which one is enough ("agreed/launched").
        weights: the weight of each unit.
        content: the terms that carry content.
        last: number of the unit with the last of them.
        figures: numbers of the units that count something.
        acronyms: capitals that may stand for other words, with their keys.
        names: names of persons and bodies in the claim, with their other names.
    """

    def __init__(self, text: str, aliases: Aliases | None = None) -> None:
        self.text = text
        self.terms = terms(text)
        found: dict[tuple[str, ...], float] = {}
        at = 0
        while at < len(self.terms):
            stop = at + 1
            while stop < len(self.terms) and _SLASH.fullmatch(
                text, self.terms[stop - 1].end, self.terms[stop].start
            ):
                stop += 1
            unit = tuple(dict.fromkeys(term.key for term in self.terms[at:stop]))
            found[unit] = max(found.get(unit, 0.0), *(term.weight for term in self.terms[at:stop]))
            at = stop
        self.units = list(found)
        self.weights = np.array([found[unit] for unit in self.units], dtype=float)
        self.number = {key: n for n, unit in enumerate(self.units) for key in unit}
        content = [term for term in self.terms if term.kind != "grammar"]
        self.content = content
        self._weights = {term.key: term.weight for term in content or self.terms}
        self._total = sum(self._weights.values())
        self.last = self.number[content[-1].key] if content else -1
        self.figures = sorted({self.number[key] for key in figures(self.terms)})
        self.acronyms = {
            text[t.start : t.end]: t.key for t in self.terms if _ACRONYM.fullmatch(text, t.start, t.end)
        }
        self.names = _named(self, aliases or {})

    def share(self, where: Searchable) -> float:
        """How much of the content's weight stands anywhere in a text, inflections and other names left aside."""
        held = self._weights.keys() & where.places.keys()
        return sum(self._weights[key] for key in held) / self._total

    def forms(self) -> list[str]:
        """List what counts as found, for a reader: each content word, with the other forms that are taken for it."""
        out = []
        for term in self.content:
            word = self.text[term.start : term.end]
            out.append(
                " / ".join([word, *(w for w in spellings(term.key) if w.casefold() != word.casefold())])
            )
        out += [f"{acronym} / {words}" for words, acronym in _acronyms(self)]
        out += [" / ".join(" ".join(name) for name in (own, *others)) for own, others in self.names]
        return list(dict.fromkeys(out))


class Searchable:
    """A text made ready to be searched for many claims."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences: list[Span] = sentences(text)
        self.terms: list[list[Term]] = [terms(text, start, end) for start, end in self.sentences]
        self.places: dict[str, list[int]] = {}
        self.beginnings: dict[str, list[str]] = defaultdict(list)
        self.acronyms: dict[str, list[int]] = defaultdict(list)
        for number, found in enumerate(self.terms):
            for term in found:
                places = self.places.get(term.key)
                if places is None:
                    self.places[term.key] = [number]
                    if len(term.key) >= _PREFIX and term.key[0].isalpha():
                        self.beginnings[term.key[:_PREFIX]].append(term.key)
                elif places[-1] != number:
                    places.append(number)
                if _ACRONYM.fullmatch(text, term.start, term.end):
                    self.acronyms[text[term.start : term.end]].append(number)
        self._initials: list[str] | None = None

    def within(self, start: int, end: int) -> list[Term]:
        """List the terms of the sentences that have a part in [start, end)."""
        return [
            term
            for (a, b), found in zip(self.sentences, self.terms, strict=True)
            if a < end and start < b
            for term in found
        ]

    def spelled_out(self, acronym: str) -> list[int]:
        """List the sentences that hold a run of content words with these initials."""
        if self._initials is None:
            self._initials = [
                "".join(self.text[t.start].upper() for t in found if t.kind != "grammar")
                for found in self.terms
            ]
        return [number for number, letters in enumerate(self._initials) if acronym in letters]


def reports(claim: str, text: str) -> Report:
    """Say how far `text` reports `claim`.

    Args:
        claim: a statement in words; "a/b" stands for either word.
        text: any text, from a sentence to a long article.

    Returns:
        A `Report`; an empty claim or text gives (0.0, -1, -1).
    """
    return look_up(Claim(claim), Searchable(text))


def look_up(claim: Claim, where: Searchable) -> Report:
    """Find the passage of a text that comes nearest to a claim, and score it."""
    if not claim.units or not where.sentences:
        return Report(0.0, -1, -1)
    share = claim.share(where)
    if share < _TOO_LITTLE and not claim.acronyms and not claim.names:
        return Report(_LEAST * share / _TOO_LITTLE, -1, -1)
    held = _held(claim, where)
    # A word that runs through the whole text says little about where a statement stands.
    weights = claim.weights / (1 + _COMMON_HERE * np.log(np.maximum(1, (held == 1).sum(axis=1))))
    total = float(weights.sum())
    one = weights @ held / total
    pairs = _joined(held, 1)
    two = weights @ pairs / total
    fours = _joined(pairs, 2)
    four = weights @ fours / total
    # For each sentence the best windows that hold it, so that all measures speak of one place.
    two_at = _best_start(two, len(one), 2)
    four_at = _best_start(four, len(one), 4)
    logit = _INTERCEPT + _ONE * one + _TWO * two[two_at] + _FOUR * four[four_at] + _SIZE * log(total)
    if claim.last >= 0:
        logit = logit + _LAST * fours[claim.last, four_at]
    if claim.figures:
        there = (pairs[claim.figures][:, two_at] > 0.99).mean(axis=0)
        logit = logit + _FIGURES_THERE * there + _FIGURES_MISSING * (1 - there)
    at = int(logit.argmax())
    score = 1 / (1 + exp(-float(logit[at])))
    if _opposed(claim, where.terms[at]):
        score = min(score, _OPPOSITE)
    # One sentence is the evidence, unless a neighbour holds much of what it lacks.
    first = last_sentence = at
    if two[two_at[at]] > one[at] + _WORTH_A_SENTENCE:
        first = int(two_at[at])
        last_sentence = min(first + 1, len(one) - 1)
    return Report(score, where.sentences[first][0], where.sentences[last_sentence][1])


def _joined(held: Floats, shift: int) -> Floats:
    """Windows that begin at each column, joined with those `shift` columns on; as many columns as before."""
    out = held.copy()
    out[:, :-shift] = np.maximum(out[:, :-shift], held[:, shift:])
    return out


def _best_start(scores: Floats, n: int, size: int) -> NDArray[np.intp]:
    """For each sentence the start of the best window of `size` sentences that holds it; the latest of equals."""
    starts = np.maximum(0, np.arange(n)[:, None] - np.arange(size))
    best: NDArray[np.intp] = starts[np.arange(n), scores[starts].argmax(axis=1)]
    return best


def _held(claim: Claim, where: Searchable) -> Floats:
    """How far (0 to 1) each unit of the claim stands in each sentence."""
    held = np.zeros((len(claim.units), len(where.sentences)))
    for key, row in claim.number.items():
        places = where.places.get(key)
        if places:
            held[row, places] = 1.0
        if len(key) >= _PREFIX and key[0].isalpha():
            for other in where.beginnings.get(key[:_PREFIX], ()):
                if other != key:
                    credit = _INFLECTED * _common_beginning(key, other) / max(len(key), len(other))
                    close = where.places[other]
                    held[row, close] = np.maximum(held[row, close], credit)
    for acronym, key in claim.acronyms.items():
        if key not in where.places:
            held[claim.number[key], where.spelled_out(acronym)] = 1.0
    if where.acronyms:
        letters = "".join(claim.text[t.start].upper() for t in claim.content)
        for acronym, numbers in where.acronyms.items():
            at = letters.find(acronym)
            if at >= 0:
                for term in claim.content[at : at + len(acronym)]:
                    held[claim.number[term.key], numbers] = 1.0
    for own, others in claim.names:
        for name in others:
            common = set.intersection(*(set(where.places.get(key, ())) for key in name))
            rows = [claim.number[key] for key in own]
            for place in sorted(common):
                held[rows, place] = np.maximum(held[rows, place], _OTHER_NAME)
    return held


@lru_cache(maxsize=100_000)
def _common_beginning(a: str, b: str) -> int:
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    return n


def _opposed(claim: Claim, sentence: list[Term]) -> bool:
    """Is a word that both have negated on one side only, or another figure in a figure's place?"""
    return bool(denied(claim.terms, sentence)) or figures_clash(claim.terms, sentence)


def _acronyms(claim: Claim) -> list[tuple[str, str]]:
    """Runs of three or more capitalised words, with their initials."""
    out = []
    run: list[Term] = []
    for term in [*claim.content, None]:
        if (
            term is not None
            and (not run or term.start - run[-1].end <= 5)
            and claim.text[term.start].isupper()
        ):
            run.append(term)
            continue
        if len(run) >= 3:
            out.append((claim.text[run[0].start : run[-1].end], "".join(claim.text[t.start] for t in run)))
        run = [term] if term is not None and claim.text[term.start].isupper() else []
    return out


def _named(claim: Claim, aliases: Aliases) -> list[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """Names of the claim with the other names of the same person or body, as keys of their words."""
    out = []
    for canonical, others in aliases.items():
        names = [_name_keys(name) for name in dict.fromkeys([canonical, *others])]
        for name in names:
            if name and all(key in claim.number for key in name):
                out.append((name, [other for other in dict.fromkeys(names) if other and other != name]))
                break
    return out


def _name_keys(name: str) -> tuple[str, ...]:
    return tuple(term.key for term in terms(name) if term.kind != "grammar")
