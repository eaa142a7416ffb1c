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
from collections.abc import Collection, Mapping, Sequence
from math import exp
from typing import NamedTuple

import numpy as np

from analysis.framing.equivalents import spellings
from analysis.framing.particulars import denied, figures, figures_clash
from analysis.framing.searchable import ACRONYM, Floats, Ints, Searchable
from analysis.framing.terms import Term, terms

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
_MOST_NAMES = 12  # other names of one person or body that a reader is told
_OTHER_NAME = 0.9  # credit for another name of the same person or body
_OPPOSITE = 0.45  # highest score where negation or a figure stands against it: a person has to look
_DIGITS = 12
_SLASH = re.compile(r"\s?/\s?")

Aliases = Mapping[str, Sequence[str]]
Name = tuple[str, ...]


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


class Names:
    """Names of persons and bodies made ready to be looked for in many claims."""

    def __init__(self, aliases: Aliases) -> None:
        self._groups = [
            [keys for name in dict.fromkeys([canonical, *others]) if (keys := _name_keys(name))]
            for canonical, others in aliases.items()
        ]
        self._by_first: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for group, names in enumerate(self._groups):
            for rank, name in enumerate(names):
                self._by_first[name[0]].append((group, rank))

    def of(self, keys: Collection[str]) -> list[tuple[Name, list[Name]]]:
        """List the names that these keys make up, each with the other names of the same person or body."""
        first: dict[int, int] = {}
        for key in keys:
            for group, rank in self._by_first.get(key, ()):
                if rank < first.get(group, rank + 1) and all(k in keys for k in self._groups[group][rank]):
                    first[group] = rank
        out = []
        for group in sorted(first):
            names = self._groups[group]
            own = names[first[group]]
            out.append((own, [other for other in dict.fromkeys(names) if other != own]))
        return out


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

    def __init__(self, text: str, aliases: Aliases | Names | None = None) -> None:
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
            text[t.start : t.end]: t.key for t in self.terms if ACRONYM.fullmatch(text, t.start, t.end)
        }
        known = aliases if isinstance(aliases, Names) else Names(aliases or {})
        self.names = known.of(self.number)

    def share(self, where: Searchable) -> Floats:
        """How much of the content's weight stands anywhere in each text, inflections and other names left aside."""
        held = np.zeros(len(where.texts))
        standing = [where.standing(key).texts for key in self._weights]
        if standing:
            weights = np.repeat(list(self._weights.values()), [len(texts) for texts in standing])
            held = np.bincount(np.concatenate(standing), weights, len(held)).astype(np.float64)
        return held / self._total if self._total else held

    def forms(self) -> list[str]:
        """List what counts as found, for a reader: each content word, with the other forms that are taken for it."""
        out = []
        for term in self.content:
            word = self.text[term.start : term.end]
            out.append(
                " / ".join([word, *(w for w in spellings(term.key) if w.casefold() != word.casefold())])
            )
        out += [f"{acronym} / {words}" for words, acronym in _acronyms(self)]
        for own, others in self.names[:_MOST_NAMES]:
            more = ["other names"] if len(others) > _MOST_NAMES else []
            out.append(" / ".join([*(" ".join(name) for name in (own, *others[:_MOST_NAMES])), *more]))
        if len(self.names) > _MOST_NAMES:
            out.append(f"the names of {len(self.names) - _MOST_NAMES} others")
        return list(dict.fromkeys(out))


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
    """Find the passage of one text that comes nearest to a claim, and score it."""
    return search(claim, where)[0]


def search(claim: Claim, where: Searchable) -> list[Report]:
    """Find the passage of each text that comes nearest to a claim, and score it."""
    share = claim.share(where)
    out = [Report(_LEAST * value / _TOO_LITTLE, -1, -1) for value in share.tolist()]
    named = bool(claim.acronyms or claim.names)
    chosen = (where.sizes > 0) & (named | (share >= _TOO_LITTLE))
    if not claim.units or not chosen.any():
        return out
    columns, texts = where.layout(chosen)
    held = _held(claim, where)[:, columns]
    here = texts.home
    # A word that runs through a whole text says little about where a statement stands.
    through = np.add.reduceat(held == 1, texts.first, axis=1, dtype=np.intp)
    weights = claim.weights[:, None] / (1 + _COMMON_HERE * np.log(np.maximum(1, through)))
    totals = weights.sum(axis=0)
    weights, total = weights[:, here], totals[here]
    one = np.einsum("us,us->s", weights, held) / total
    pairs = np.maximum(held, held[:, texts.after_one])
    # rounded, so that equals are equal in whatever order they were summed
    two = np.round(np.einsum("us,us->s", weights, pairs) / total, _DIGITS)
    fours = np.maximum(pairs, pairs[:, texts.after_two])
    four = np.round(np.einsum("us,us->s", weights, fours) / total, _DIGITS)
    # For each sentence the best windows that hold it, so that all measures speak of one place.
    two_at, four_at = _best_start(two, texts.two), _best_start(four, texts.four)
    logit = _INTERCEPT + _ONE * one + _TWO * two[two_at] + _FOUR * four[four_at] + _SIZE * np.log(total)
    if claim.last >= 0:
        logit = logit + _LAST * fours[claim.last, four_at]
    if claim.figures:
        there = (pairs[claim.figures][:, two_at] > 0.99).mean(axis=0)
        logit = logit + _FIGURES_THERE * there + _FIGURES_MISSING * (1 - there)
    logit = np.round(logit, _DIGITS)
    best = np.flatnonzero(logit == np.maximum.reduceat(logit, texts.first)[here])
    best = best[np.searchsorted(here[best], np.arange(len(texts.first)))]
    # One sentence is the evidence, unless a neighbour holds much of what it lacks.
    wide = two[two_at[best]] > one[best] + _WORTH_A_SENTENCE
    first = np.where(wide, two_at[best], best)
    last = np.where(wide, texts.after_one[first], best)
    number = np.arange(len(where.sentences))[columns]
    for text, value, at, begin, end in zip(
        np.flatnonzero(chosen).tolist(),
        logit[best].tolist(),
        *(number[places].tolist() for places in (best, first, last)),
        strict=True,
    ):
        score = 1 / (1 + exp(-value))
        if score > _OPPOSITE and _opposed(claim, where.terms[at]):
            score = _OPPOSITE
        out[text] = Report(score, where.sentences[begin][0], where.sentences[end][1])
    return out


def _best_start(scores: Floats, starts: Ints) -> Ints:
    """For each sentence the start of the best window that holds it; the latest of equals."""
    best: Ints = starts[np.arange(len(starts)), scores[starts].argmax(axis=1)]
    return best


def _held(claim: Claim, where: Searchable) -> Floats:
    """How far (0 to 1) each unit of the claim stands in each sentence."""
    held = np.zeros((len(claim.units), len(where.sentences)))
    for key, row in claim.number.items():
        places, credit, _ = where.standing(key)
        if not len(places):
            continue
        at = held[row]
        at[places] = np.maximum(at[places], credit) if len(claim.units[row]) > 1 else credit
    for acronym, key in claim.acronyms.items():
        spelled = np.array(where.spelled_out(acronym), dtype=np.intp)
        held[claim.number[key], spelled[~np.isin(where.home[spelled], where.standing(key).texts)]] = 1.0
    if where.acronyms:
        letters = "".join(claim.text[t.start].upper() for t in claim.content)
        for acronym, numbers in where.acronyms.items():
            at = letters.find(acronym)
            if at >= 0:
                for term in claim.content[at : at + len(acronym)]:
                    held[claim.number[term.key], numbers] = 1.0
    for own, others in claim.names:
        rows = [claim.number[key] for key in own]
        for name in others:
            common = sorted(set.intersection(*(set(where.places.get(key, ())) for key in name)))
            if common:
                place = np.ix_(rows, common)
                held[place] = np.maximum(held[place], _OTHER_NAME)
    return held


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


def _name_keys(name: str) -> tuple[str, ...]:
    return tuple(term.key for term in terms(name) if term.kind != "grammar")
