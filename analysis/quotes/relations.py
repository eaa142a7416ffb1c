"""Do two quotations report the same utterance, and how does one differ from the other?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from analysis.text import NEGATIONS, STOPWORDS, sentences
from analysis.worddiff import Match, Token, align, chain_value, tokens

RelationKind = Literal["verbatim", "trimmed", "spliced", "overlap", "fragment", "reworded", "different"]

# What must be shared for two quotations to be the same. Each is a plateau: on half of 50 real events in three outlets the
# decision on no pair turns within a tenth of it.
_OF_SHORTER = 0.68  # of the shorter quotation,
_OF_FEW = 0.8  # or, if that has four words at most, of those
_OF_SENTENCE = 0.78  # or of one sentence of either
_FEW_WORDS = 4
_SENTENCE_WORDS = 5
_MANY_WORDS = 7  # or so many words, which are
_OF_MANY = 0.4  # such a share of the shorter one
_VERY_MANY_WORDS = 10  # or so many words, whatever the rest
_DENIED = 1.5  # words that a negation costs which only the shorter one has
_FRAGMENT_WORDS = 10
_CUT_WORDS = 3  # so many words left out of the middle are a cut, fewer another wording
_ELLIPSIS = re.compile(r"…|\.\s?\.")
_STOP = re.compile(r"[.!?…;:]")
_JOINTS = frozenset("and but so or because yet".split())


class Relation(NamedTuple):
    """How two quotations relate.

    Attributes:
        kind: "verbatim" the same words; "trimmed" one holds the other, which is a statement of its own; "fragment" the
            other is less than a clause; "overlap" they share a part and each goes on elsewhere; "spliced" one runs
            together in one sentence what the other keeps apart, or drops words from the middle and does not show it;
            "reworded" the same utterance in partly other words; "different" not the same utterance.
        score: in [0, 1], at least .5 exactly when `kind` is not "different".
    """

    kind: RelationKind
    score: float


class Shared(NamedTuple):
    """What two quotations share: the relation and a range of tokens on each side (empty when different)."""

    relation: Relation
    a_from: int
    a_to: int
    b_from: int
    b_to: int


def relation(a: str, b: str) -> Relation:
    """Say whether two quoted texts report the same utterance and how they differ.

    The words that both hold in the same order are found by local alignment (Smith and Waterman 1981, over words); the
    quotations are the same when the shared words make up enough of the shorter one, or are many.

    Args:
        a: a quotation, without its marks.
        b: another.
    """
    return compare(a, tokens(a), b, tokens(b)).relation


def compare(a: str, a_tokens: Sequence[Token], b: str, b_tokens: Sequence[Token]) -> Shared:
    """Compare two texts whose tokens are known."""
    chain = align(a_tokens, b_tokens)
    score = _score(a, a_tokens, b, b_tokens, chain)
    if score < 0.5:
        return Shared(Relation("different", score), 0, 0, 0, 0)
    first, last = chain[0], chain[-1]
    return Shared(
        Relation(_kind(a, a_tokens, b, b_tokens, chain), score),
        first.a,
        last.a + last.size,
        first.b,
        last.b + last.size,
    )


def may_be_same(a_stems: frozenset[str], b_stems: frozenset[str], shorter: int) -> bool:
    """Say cheaply whether texts with these distinct stems can be the same; `shorter` counts the shorter one's tokens."""
    few = min(_OF_SHORTER * shorter, _OF_SENTENCE * _SENTENCE_WORDS)
    # half, since a stem may stand more than once
    return 2 * len(a_stems & b_stems) >= few


def _score(a: str, at: Sequence[Token], b: str, bt: Sequence[Token], chain: Sequence[Match]) -> float:
    """Score what is shared against what must be; .5 is the line between same and different."""
    if not chain:
        return 0.0
    value = chain_value(chain)
    shorter, longer = sorted((at, bt), key=len)
    if {w.form for w in shorter} & NEGATIONS and not {w.form for w in longer} & NEGATIONS:
        value -= _DENIED
    share = value / max(2, len(shorter))
    evidence = max(
        share / (_OF_FEW if len(shorter) <= _FEW_WORDS else _OF_SHORTER),
        min(value / _MANY_WORDS, share / _OF_MANY),
        value / _VERY_MANY_WORDS,
        0.0,
    )
    if evidence < 1:
        least = evidence * _OF_SENTENCE
        held = max(_best_sentence(a, at, bt, least), _best_sentence(b, bt, at, least))
        evidence = max(evidence, held / _OF_SENTENCE)
    if evidence >= 1 and not _telling(at, bt, chain):
        evidence = 0.95
    if evidence < 1:
        return 0.5 * evidence
    # of two equally close pairs the longer is the surer
    return 0.5 + 0.5 * min(1.0, evidence * _OF_SHORTER) * value / (value + 2) if value > 0 else 0.5


def _telling(at: Sequence[Token], bt: Sequence[Token], chain: Sequence[Match]) -> bool:
    """Can the shared words be more than chance: three of any kind, or two in the same form with content?"""
    if sum(m.size for m in chain) > 2 and min(len(at), len(bt)) > 2:
        return True
    m = chain[0]
    shared = at[m.a : m.a + m.size]
    return (
        len(chain) == 1
        and (m.size == 2 or m.size == len(at) == len(bt))
        and any(w.form not in STOPWORDS for w in shared)
        and [w.form for w in shared] == [w.form for w in bt[m.b : m.b + m.size]]
    )


def _best_sentence(text: str, line: Sequence[Token], other: Sequence[Token], least: float) -> float:
    """The largest share of a sentence of `text` that the other text holds; 0 when there is but one sentence.

    Shares of no more than `least` are of no interest, and may be given as 0.
    """
    spans = sentences(text)
    if len(spans) < 2:
        return 0.0
    best = 0.0
    stems = {w.stem for w in other}
    for start, end in spans:
        part = [w for w in line if start <= w.start < end]
        # an alignment holds no word that the other text has not
        if len(part) >= _SENTENCE_WORDS and sum(w.stem in stems for w in part) > least * len(part):
            best = max(best, chain_value(align(part, other)) / len(part))
    return best


def _kind(a: str, at: Sequence[Token], b: str, bt: Sequence[Token], chain: Sequence[Match]) -> RelationKind:
    first, last = chain[0], chain[-1]
    a_whole = first.a == 0 and last.a + last.size == len(at)
    b_whole = first.b == 0 and last.b + last.size == len(bt)
    if any(at[m.a + k].form != bt[m.b + k].form for m in chain for k in range(m.size)):
        return "reworded"
    if len(chain) > 1:
        if not (a_whole or b_whole):
            return "reworded"
        return (
            _cut_inside(a, at, chain)
            if a_whole
            else _cut_inside(b, bt, [Match(m.b, m.a, m.size) for m in chain])
        )
    if a_whole and b_whole:
        return "verbatim"
    if a_whole or b_whole:
        inner, outer, held, whole = (at, bt, b, a) if a_whole else (bt, at, a, b)
        begin = first.b if a_whole else first.a
        if _run_on(held, outer, begin, whole):
            return "spliced"
        return "fragment" if _is_fragment(whole, held, inner, outer, begin) else "trimmed"
    if _joined(a, at, b, bt, first, last):
        return "spliced"
    return "reworded" if _edges_differ(at, bt, first, last) else "overlap"


def _cut_inside(text: str, line: Sequence[Token], chain: Sequence[Match]) -> RelationKind:
    """Name what a text has that leaves words out of the middle of the other and keeps all of its own.

    Args:
        text: the shorter text.
        line: its tokens.
        chain: the alignment, with the shorter text as `a`.
    """
    cuts = [(right.a, right.b - left.b - left.size) for left, right in pairwise(chain)]
    if any(m.a + m.size != n.a for m, n in pairwise(chain)) or max(size for _, size in cuts) < _CUT_WORDS:
        return "reworded"
    if all(_ELLIPSIS.search(text, line[at - 1].end, line[at].start) for at, _ in cuts):
        return "trimmed"
    return "spliced"


def _edges_differ(at: Sequence[Token], bt: Sequence[Token], first: Match, last: Match) -> bool:
    """Do both have a few other words at the same end, and the rest in common?"""
    heads = first.a, first.b
    tails = len(at) - last.a - last.size, len(bt) - last.b - last.size
    few = all(max(ends) <= _CUT_WORDS for ends in (heads, tails))
    return few and (min(heads) > 0 or min(tails) > 0)


def _is_fragment(whole: str, held: str, inner: Sequence[Token], outer: Sequence[Token], begin: int) -> bool:
    """Is the contained text less than a statement: short, and begun inside a sentence?"""
    if len(inner) <= 3:
        return True
    inside = begin > 0 and not _stop_between(held, outer, begin)
    return inside and len(inner) <= _FRAGMENT_WORDS and whole[inner[0].start].islower()


def _stop_between(text: str, line: Sequence[Token], at: int) -> bool:
    """Does a sentence end between token `at` - 1 and token `at`?"""
    return bool(_STOP.search(text, line[at - 1].end, line[at].start))


def _run_on(held: str, outer: Sequence[Token], begin: int, whole: str) -> bool:
    """Does the longer text join, inside a sentence, what the shorter one has as a sentence of its own?"""
    start = re.search(r"[^\W_]", whole)
    if start is None or not start.group().isupper() or begin < 4:
        return False
    return (
        outer[begin].form in _JOINTS
        and held[outer[begin].start].islower()
        and not _stop_between(held, outer, begin)
    )


def _joined(a: str, at: Sequence[Token], b: str, bt: Sequence[Token], first: Match, last: Match) -> bool:
    """Two texts that share a part: does one go on in the same sentence where the other stops?"""
    for text, line, end, other in (
        (a, at, last.a + last.size, len(bt) - last.b - last.size),
        (b, bt, last.b + last.size, len(at) - last.a - last.size),
    ):
        left = len(line) - end
        if other == 0 and left >= 4 and line[end].form in _JOINTS and not _stop_between(text, line, end):
            return True
    return False
