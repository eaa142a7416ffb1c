"""What a difference of words does: one function a kind of shift, from the alignment of two versions of a statement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from analysis.framing.degrees import HEDGING, INTENSIFIERS, LIMITS, MODALITY, QUALIFIERS, SCALES
from analysis.text import NEGATIONS, STOPWORDS
from analysis.worddiff import Change, Token, align, chain_value, changes

ShiftKind = Literal["marks_lost", "modality", "intensity", "attribution", "trimming", "jargon"]


class Version(NamedTuple):
    """One article's version of a statement: where it stands, its words, and whether they stand in marks."""

    article_id: str
    body: str
    start: int
    end: int
    words: list[Token]
    marked: bool


class Shift(NamedTuple):
    """A difference that matters: the words on both sides as character ranges of the bodies."""

    kind: ShiftKind
    a_from: int
    a_to: int
    b_from: int
    b_to: int
    confidence: float
    note: str


class _Gap(NamedTuple):
    """A change with the number of equal words that stand right before and right after it."""

    change: Change
    before: int
    after: int


_RUN = 3  # equal words that must follow a modal so that both sides speak of the same act
_DENIAL = 8
_HELD = 0.85  # of the words of a cut version must stand in the full one
_COPULAS = frozenset(
    "is are was were be been has have had become becomes became remain remains remained of a an".split()
)
_BE = frozenset("is are was were be been become becomes became remain remains remained".split())
_PAST = re.compile(r"\w{2,}ed|held|met|spoke|took|gave|began|went|came|made")
_SAID = frozenset(
    """said told added noted stated asked replied answered remarked observed explained stressed underlined emphasised
    emphasized insisted claimed argued warned admitted announced declared posted tweeted wrote concluded continued
    called described united based need needed red""".split()
)


def word_shifts(a: Version, b: Version, *, least: float = 0.5) -> list[Shift]:
    """Find shifts of modality, intensity and limits between two versions of one statement.

    Args:
        a: one version.
        b: the other.
        least: share of the shorter version that must be the same words.
    """
    if [word.stem for word in a.words] == [word.stem for word in b.words]:
        return []  # as of most pairs: the alignment would hold all words
    chain = align(a.words, b.words)
    if not chain or chain_value(chain) < least * min(len(a.words), len(b.words)):
        return []
    steps = changes(a.words, b.words, chain)
    apart = (
        {k for step in steps if step.op != "equal" for k in range(step.a_from, step.a_to)},
        {k for step in steps if step.op != "equal" for k in range(step.b_from, step.b_to)},
    )
    found: list[Shift] = []
    for gap in _gaps(steps):
        shift = _modality(a, b, gap) or _done(a, b, gap, apart) or _intensity(a, b, gap) or _limit(a, b, gap)
        if shift:
            found.append(shift)
    return found


def _gaps(steps: Sequence[Change]) -> Iterator[_Gap]:
    for k, step in enumerate(steps):
        if step.op != "equal":
            before = steps[k - 1].a_to - steps[k - 1].a_from if k else 0
            after = steps[k + 1].a_to - steps[k + 1].a_from if k + 1 < len(steps) else 0
            yield _Gap(step, before, after)


def _side(line: Sequence[Token], first: int, last: int) -> list[str]:
    return [w.form for w in line[first:last]]


def _shift(kind: ShiftKind, a: Version, b: Version, change: Change, confidence: float, note: str) -> Shift:
    return Shift(kind, change.a_start, change.a_end, change.b_start, change.b_end, confidence, note)


def _modality(a: Version, b: Version, gap: _Gap) -> Shift | None:
    """Another modal before the same act, a modal of doubt or duty that goes, or a denial that does."""
    change = gap.change
    if gap.after < _RUN or change.a_to - change.a_from > 8 or change.b_to - change.b_from > 8:
        return None
    left, right = (
        _last_modal(a.words, change.a_from, change.a_to),
        _last_modal(b.words, change.b_from, change.b_to),
    )
    if left and right:
        if set(MODALITY[left].split()) & set(MODALITY[right].split()):
            return None
        here, there = _act(a, change.a_from, change.a_to), _act(b, change.b_from, change.b_to)
        return Shift("modality", *here, *there, 0.85, f"“{left}” in one, “{right}” in the other")
    denied = [
        bool(set(_side(v.words, first, last)) & NEGATIONS)
        for v, first, last in ((a, change.a_from, change.a_to), (b, change.b_from, change.b_to))
    ]
    sizes = (change.a_to - change.a_from, change.b_to - change.b_from)
    if gap.before < 2 or max(sizes) > 3:
        return None
    if denied[0] != denied[1] and a.marked and b.marked:
        return _shift("modality", a, b, change, 0.8, "one denies what the other says")
    modal = left or right
    if modal and MODALITY[modal] not in ("future", "able") and denied[0] == denied[1] and min(sizes) == 0:
        return _shift("modality", a, b, change, 0.7, f"“{modal}” in one only")
    return None


def _last_modal(words: Sequence[Token], first: int, last: int) -> str | None:
    """The modal that governs what follows: the last word of the range, or before "be", "have", "also", "not"."""
    for k in range(last - 1, max(first, last - 4) - 1, -1):
        form = words[k].form
        if form in MODALITY:
            return form
        if form not in ("be", "have", "also", "not", "now", "then", "soon", "still"):
            return None
    return None


def _done(a: Version, b: Version, gap: _Gap, apart: tuple[set[int], set[int]]) -> Shift | None:
    """What one announces ("will be asking") the other reports as done, without marks ("asked")."""
    change = gap.change
    for one, other, first, last, rest, turned in (
        (a, b, change.a_from, change.a_to, apart[1], False),
        (b, a, change.b_from, change.b_to, apart[0], True),
    ):
        modal = _last_modal(one.words, first, last)
        if (
            not modal
            or MODALITY[modal] != "future"
            or other.marked
            or gap.after < _RUN
            or last >= len(one.words)
        ):
            continue
        act = one.words[last]
        forms = [w.form for w in other.words]
        if (
            act.form in STOPWORDS
            or any(form in MODALITY for form in forms)
            or ("to", act.form) in pairwise(forms)
        ):
            continue
        past = [
            k
            for k, w in enumerate(other.words)
            if _PAST.fullmatch(w.form) and w.form not in _SAID and (k in rest or w.stem == act.stem)
        ]
        if not past:
            continue
        here, there = _act(one, first, last + 1), (other.words[past[-1]].start, other.words[past[-1]].end)
        spans = (*there, *here) if turned else (*here, *there)
        return Shift("modality", *spans, 0.7, "announced in one, reported as done in the other")
    return None


def _act(version: Version, first: int, last: int) -> tuple[int, int]:
    """Characters from the modal in a range of tokens to the end of the range."""
    start = max((k for k in range(first, last) if version.words[k].form in MODALITY), default=first)
    return version.words[start].start, version.words[last - 1].end


def _intensity(a: Version, b: Version, gap: _Gap) -> Shift | None:
    """A degree word that one version lacks, or another step of the same scale."""
    change = gap.change
    left, right = _side(a.words, change.a_from, change.a_to), _side(b.words, change.b_from, change.b_to)
    if not left or not right:
        extra = left or right
        following = a.words[change.a_to].form if change.a_to < len(a.words) else ""
        if (
            gap.after
            and following not in STOPWORDS
            and len(extra) <= 2
            and all(w in INTENSIFIERS for w in extra)
        ):
            return _shift("intensity", a, b, change, 0.85, f"“{' '.join(extra)}” in one only")
        return None
    here, there = degree(left), degree(right)
    if gap.before < 2 or here is None or there is None or here[0] != there[0] or here[1] == there[1]:
        return None
    return _shift("intensity", a, b, change, 0.75, f"another degree of {here[0]}")


def _limit(a: Version, b: Version, gap: _Gap) -> Shift | None:
    """A limiting word or phrase inside the statement that one version leaves out, though both stand in marks."""
    change = gap.change
    left, right = _side(a.words, change.a_from, change.a_to), _side(b.words, change.b_from, change.b_to)
    extra = tuple(left or right)
    if (
        (left and right)
        or not (a.marked and b.marked)
        or extra not in LIMITS
        or gap.before < 2
        or gap.after < 2
    ):
        return None
    return _shift("trimming", a, b, change, 0.85, f"“{' '.join(extra)}” in one only")


def degree(forms: Sequence[str]) -> tuple[str, int] | None:
    """The scale and the step of a predicate or attribute that the range begins with."""
    level = 0
    for form in forms[:5]:
        if form in SCALES:
            name, step = SCALES[form]
            return name, step + level
        if form in INTENSIFIERS:
            level += INTENSIFIERS[form]
        elif form not in _COPULAS and form not in ("today", "now", "also"):
            return None
    return None


def dropped_qualifier(full: Version, cut: Version) -> tuple[int, int] | None:
    """Find a qualifying clause that follows or precedes the shared words in the same sentence of the fuller version.

    Returns:
        The tokens of `full` that the cut version lacks, or None when nothing that qualifies was dropped.
    """
    chain = align(full.words, cut.words)
    if not chain:
        return None
    if sum(m.size for m in chain) < _HELD * len(cut.words):
        return None
    first, last = chain[0].a, chain[-1].a + chain[-1].size
    tail = _clause(full, last)
    if tail > last and _qualifies(_side(full.words, last, tail)):
        return last, tail
    head = _opening(full, first)
    opening = _side(full.words, head, first)
    if 2 <= len(opening) <= 4 and set(opening[:3]) & HEDGING:
        return head, first
    return None


def _clause(version: Version, at: int) -> int:
    """The token after the end of the sentence that token `at` continues."""
    k = at
    while k < len(version.words):
        gap = version.body[version.words[k - 1].end : version.words[k].start] if k else ""
        if re.search(r"[.!?…]", gap):
            break
        k += 1
    return k


def _opening(version: Version, at: int) -> int:
    k = at
    while k > 0 and not re.search(r"[.!?…]", version.body[version.words[k - 1].end : version.words[k].start]):
        k -= 1
    return k


def _qualifies(forms: Sequence[str]) -> bool:
    """Is it a clause that limits or turns what stands before: a condition, or a short denial."""
    opening = set(forms[:6])
    return len(forms) >= 3 and bool(opening & QUALIFIERS or (opening & NEGATIONS and len(forms) <= _DENIAL))


def subject_degrees(
    forms: Sequence[str], stems: Sequence[str]
) -> Iterator[tuple[tuple[str, str, str], int, int, int]]:
    """Find what is said to be how much of something: "cheap bread is very important".

    Args:
        forms: the forms of the words of a text.
        stems: their stems.

    Yields:
        (two words of the subject, scale), step on the scale, and the range of tokens from the copula to the degree.
    """
    for k, form in enumerate(forms):
        if form not in SCALES:
            continue
        name, level = SCALES[form]
        at = k - 1
        while at >= 0 and forms[at] in INTENSIFIERS:
            level += INTENSIFIERS[forms[at]]
            at -= 1
        last = at
        while at >= 0 and (forms[at] in _BE or forms[at] in ("today", "now", "also", "have", "has")):
            at -= 1
        if (
            at >= 1
            and not _BE.isdisjoint(forms[at + 1 : last + 1])
            and STOPWORDS.isdisjoint(forms[at - 1 : at + 1])
        ):
            yield (stems[at - 1], stems[at], name), level, at + 1, k + 1
