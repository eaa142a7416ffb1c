"""Does a text report a claim, and where?

The claim's words are looked for in windows of one, two and four sentences. What counts is how much of the claim's weight
a window holds, whether it holds the claim's last content word (English puts what is new at the end), and whether the
figures of the claim are there. A logistic function of these numbers gives the score. Its eight coefficients were fitted
on crowd judgements of whether summaries of news articles state given facts (REALSumm: Bhandari et al. 2020; 9,720
judgements on 62 articles, cross-validated by article; systems whose labels had lost their order were left aside). They are
rounded, hold no word of that set, and are all that was taken from it.

Many claims are scored by the same array operations: below each other lie, for each claim, the sentences of the texts in
which it may stand, and column `u` of an array is the `u`-th unit of whatever claim a row belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.framing.candidates import ranges
from analysis.framing.claims import Claim
from analysis.framing.particulars import denied, figures_clash
from analysis.framing.searchable import Floats, Ints, Searchable, lay_out
from analysis.framing.standing import Asked, Standing, asked, shares, standing
from analysis.framing.terms import Term

_INTERCEPT = -3.66
# weight held in one sentence, and in the best two and four that it stands in
_ONE, _TWO, _FOUR = 1.5, 1.3, 3.2
_LAST = 1.26  # last content word held
_SIZE = -0.54  # log of the claim's weight
_FIGURES_MISSING, _FIGURES_THERE = -2.1, 1.8  # shares of the claim's figures
_TOO_LITTLE = 0.25  # a text that holds less of the claim's content anywhere is not searched
_LEAST = 0.1  # and scores below this
_WORTH_A_SENTENCE = 0.15  # what a second sentence has to add to be shown
_COMMON_HERE = 0.5  # how far a word counts less for standing in many sentences of the text
_OTHER_NAME = 0.9  # credit for another name of the same person or body
_OPPOSITE = 0.45  # highest score where negation or a figure stands against it: a person has to look
_DIGITS = 12
_CELLS = 50_000  # units times sentences that are scored at once; they fit into a processor's cache


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


class Found(NamedTuple):
    """What was found of some claims in some texts, one row a claim and one column a text; as in `Report`.

    The passage goes from the sentence numbered `first` to the one before `behind`.
    """

    score: Floats
    start: Ints
    end: Ints
    first: Ints
    behind: Ints


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
    found = search([claim], where)
    return Report(found.score[0, 0].item(), found.start[0, 0].item(), found.end[0, 0].item())


def search(claims: Sequence[Claim], where: Searchable) -> Found:
    """Find the passage of each text that comes nearest to each claim, and score it."""
    words = asked(claims)
    there = standing(words.keys, where)
    share = shares(words, there, where)
    out = Found(_LEAST * share / _TOO_LITTLE, *(np.full(share.shape, -1) for _ in range(4)))
    named = np.array([bool(claim.acronyms or claim.names) for claim in claims], dtype=bool)
    some = np.array([bool(claim.units) for claim in claims], dtype=bool)
    chosen = some[:, None] & (where.sizes > 0) & (named[:, None] | (share >= _TOO_LITTLE))
    for batch in _batches(claims, chosen @ where.sizes):
        some_claims = [claims[n] for n in batch]
        rows = np.array(batch)
        held = _held(some_claims, rows, words, there, chosen[rows], where)
        _score(some_claims, rows, chosen[rows], held, where, out)
    return out


def _batches(claims: Sequence[Claim], sentences: Ints) -> Iterator[list[int]]:
    """Numbers of the claims that are scored together: claims of like size, so that rows are filled."""
    batch: list[int] = []
    columns = 0
    for n in sorted(np.flatnonzero(sentences).tolist(), key=lambda n: len(claims[n].units)):
        columns += int(sentences[n])
        if batch and columns * len(claims[n].units) > _CELLS:
            yield batch
            batch, columns = [], int(sentences[n])
        batch.append(n)
    if batch:
        yield batch


def _score(
    claims: Sequence[Claim],
    rows: Ints,
    chosen: NDArray[np.bool_],
    held: Floats,
    where: Searchable,
    out: Found,
) -> None:
    """Score some claims in the texts that are chosen for each, and write into their `rows` of `out`."""
    owner, text = np.nonzero(chosen)  # of each text that is laid out: whose it is, and which
    texts = lay_out(where.sizes[text])
    here = texts.home
    columns = ranges(where.begins[text], where.sizes[text])
    weights = np.zeros((len(claims), held.shape[1]))
    for n, claim in enumerate(claims):
        weights[n, : len(claim.weights)] = claim.weights
    # A word that runs through a whole text says little about where a statement stands.
    through = np.add.reduceat(held == 1, texts.first, axis=0, dtype=np.intp)
    weights = weights[owner] / (1 + _COMMON_HERE * np.log(np.maximum(1, through)))
    total = weights.sum(axis=1)[here]
    weights = weights[here]
    one = np.einsum("su,su->s", weights, held) / total
    pairs = np.maximum(held, held[texts.after_one])
    # rounded, so that equals are equal in whatever order they were summed
    two = np.round(np.einsum("su,su->s", weights, pairs) / total, _DIGITS)
    fours = np.maximum(pairs, pairs[texts.after_two])
    four = np.round(np.einsum("su,su->s", weights, fours) / total, _DIGITS)
    # For each sentence the best windows that hold it, so that all measures speak of one place.
    two_at, four_at = _best_start(two, texts.two), _best_start(four, texts.four)
    logit = _INTERCEPT + _ONE * one + _TWO * two[two_at] + _FOUR * four[four_at] + _SIZE * np.log(total)
    last = np.array([claim.last for claim in claims])[owner][here]
    logit += np.where(last >= 0, _LAST * fours[four_at, last], 0.0)
    ends = np.cumsum(chosen @ where.sizes).tolist()
    for claim, begin, end in zip(claims, [0, *ends], ends, strict=False):
        if claim.figures:
            there = (pairs[two_at[begin:end]][:, claim.figures] > 0.99).mean(axis=1)
            logit[begin:end] += _FIGURES_THERE * there + _FIGURES_MISSING * (1 - there)
    logit = np.round(logit, _DIGITS)
    best = np.flatnonzero(logit == np.maximum.reduceat(logit, texts.first)[here])
    best = best[np.searchsorted(here[best], np.arange(len(texts.first)))]
    # One sentence is the evidence, unless a neighbour holds much of what it lacks.
    wide = two[two_at[best]] > one[best] + _WORTH_A_SENTENCE
    begin_at = np.where(wide, two_at[best], best)
    end_at = np.where(wide, texts.after_one[begin_at], best)
    score = 1 / (1 + np.exp(-logit[best]))
    for n in np.flatnonzero(score > _OPPOSITE).tolist():
        if _opposed(claims[owner[n]], where.terms[columns[best[n]]]):
            score[n] = _OPPOSITE
    spans = where.spans
    place = rows[owner], text
    out.score[place] = score
    out.start[place] = spans[columns[begin_at], 0]
    out.end[place] = spans[columns[end_at], 1]
    out.first[place], out.behind[place] = columns[begin_at], columns[end_at] + 1


def _best_start(scores: Floats, starts: Ints) -> Ints:
    """For each sentence the start of the best window that holds it; the latest of equals."""
    best: Ints = starts[np.arange(len(starts)), scores[starts].argmax(axis=1)]
    return best


def _held(
    claims: Sequence[Claim],
    rows: Ints,
    words: Asked,
    there: Standing,
    chosen: NDArray[np.bool_],
    where: Searchable,
) -> Floats:
    """How far (0 to 1) each sentence of the texts that are chosen for a claim has each unit of it: sentences x units."""
    sizes = np.where(chosen, where.sizes, 0)
    begins = (np.cumsum(sizes) - sizes.ravel()).reshape(sizes.shape)

    def laid(claim: Ints, sentences: Ints) -> tuple[Ints, NDArray[np.bool_]]:
        text = where.home[sentences]
        return begins[claim, text] + sentences - where.begins[text], chosen[claim, text]

    held = np.zeros((int(sizes.sum()), max(len(claim.units) for claim in claims)))
    mine = ranges(words.begin[rows], words.size[rows])
    times = there.size[words.word[mine]]
    found = there.of(words.word[mine])
    line, kept = laid(
        np.repeat(np.repeat(np.arange(len(rows)), words.size[rows]), times), there.sentence[found]
    )
    cells = line[kept], np.repeat(words.unit[mine], times)[kept]
    credit = there.credit[found][kept]
    if all(len(claim.number) == len(claim.units) for claim in claims):
        held[cells] = credit
    else:
        np.maximum.at(held, cells, credit)
    others = [
        (n, *form)
        for n, claim in enumerate(claims)
        if claim.names or claim.acronyms or where.acronyms
        for form in _other_forms(claim, where)
    ]
    if others:
        many = [len(places) for _, _, places, _ in others]
        line, kept = laid(
            np.repeat([n for n, *_ in others], many), np.concatenate([places for _, _, places, _ in others])
        )
        units, worth = (np.repeat([form[k] for form in others], many)[kept] for k in (1, 3))
        np.maximum.at(held, (line[kept], units), worth)
    return held


def _other_forms(claim: Claim, where: Searchable) -> Iterator[tuple[int, Ints, float]]:
    """Units of a claim, sentences in which something else stands for them, and what that is worth."""
    for acronym, key in claim.acronyms.items():
        spelled = np.array(where.spelled_out(acronym), dtype=np.intp)
        as_it_is = where.home[np.array(where.places.get(key, ()), dtype=np.intp)]
        yield claim.number[key], spelled[~np.isin(where.home[spelled], as_it_is)], 1.0
    if where.acronyms:
        letters = "".join(claim.text[t.start].upper() for t in claim.content)
        for acronym, numbers in where.acronyms.items():
            at = letters.find(acronym)
            if at >= 0:
                for term in claim.content[at : at + len(acronym)]:
                    yield claim.number[term.key], np.array(numbers, dtype=np.intp), 1.0
    for own, others in claim.names:
        for name in others:
            common = where.together(name)
            for key in own if len(common) else ():
                yield claim.number[key], common, _OTHER_NAME


def _opposed(claim: Claim, sentence: Sequence[Term]) -> bool:
    """Is a word that both have negated on one side only, or another figure in a figure's place?"""
    return bool(denied(claim.terms, sentence)) or (
        bool(claim.figures) and figures_clash(claim.terms, sentence)
    )
