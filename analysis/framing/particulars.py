"""The particulars of a statement: figures, dates, days and negations, on which two versions of it agree or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from analysis.framing.terms import Term

_DAY = re.compile(r"[1-9]|[12]\d|3[01]")
_YEAR = re.compile(r"(?:19|20)\d\d")


def figures(found: Sequence[Term]) -> set[str]:
    """The numbers that count something: no years and no days of a month, for texts give dates in many ways."""
    return {
        term.key
        for n, term in enumerate(found)
        if term.kind == "number" and not _YEAR.fullmatch(term.key) and not _of_date(found, n)
    }


def dates(found: Sequence[Term]) -> set[str]:
    """Months, days of a month and years."""
    return {
        term.key
        for n, term in enumerate(found)
        if term.kind == "month"
        or (term.kind == "number" and (_YEAR.fullmatch(term.key) or _of_date(found, n)))
    }


def weekdays(found: Sequence[Term]) -> set[str]:
    """Days of the week."""
    return {term.key for term in found if term.kind == "weekday"}


def negated(found: Sequence[Term]) -> set[str]:
    """Keys of the words that a negation stands before wherever they occur."""
    under = {term.key for term in found if term.negated}
    return under - {term.key for term in found if not term.negated} if under else under


def denied(a: Sequence[Term], b: Sequence[Term]) -> set[str]:
    """Keys that one passage has under a negation only, and the other has without any."""
    mine, theirs = negated(a), negated(b)
    if not mine and not theirs:
        return set()
    here, there = {t.key for t in a}, {t.key for t in b}
    in_a, in_b = {t.key for t in a if t.negated}, {t.key for t in b if t.negated}
    return ((mine & there) - in_b) | ((theirs & here) - in_a)


def counted(found: Sequence[Term]) -> dict[str, Term]:
    """The figures by the content word that follows right after, where that word follows one figure only.

    Of "90 of 300 seats" the first counts the seats that are spoken of.
    """
    counting = figures(found)
    out: dict[str, Term] = {}
    if not counting:
        return out
    twice: set[str] = set()
    for n, (term, after) in enumerate(pairwise(found)):
        if term.kind == "number" and term.key in counting and after.kind == "word":
            twice |= {after.key} & out.keys()
            part = n > 1 and found[n - 1].key == "of" and found[n - 2].kind == "number"
            out[after.key] = found[n - 2] if part else term
    return {key: term for key, term in out.items() if key not in twice}


def figures_clash(a: Sequence[Term], b: Sequence[Term]) -> bool:
    """Do both count the same thing, with figures that the other does not have?"""
    mine = counted(a)
    theirs = counted(b) if mine else mine
    common = mine.keys() & theirs.keys()
    if not common:
        return False
    here, there = figures(a), figures(b)
    return any(mine[k].key not in there and theirs[k].key not in here for k in common)


def _of_date(found: Sequence[Term], n: int) -> bool:
    beside = (found[m].kind for m in (n - 1, n + 1) if 0 <= m < len(found))
    return _DAY.fullmatch(found[n].key) is not None and "month" in beside
