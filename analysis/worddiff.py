"""Word-level differences of two passages, with offsets into both.

Two outlets print one sentence in different marks, spellings and cuts. `tokens` folds what is not a difference (case,
marks, contractions, `&` and "and", "two" and 2, "O.K." and "okay", British and American endings), `align` finds the
stretches that two passages share in the same order, and `changes` names what stands between them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from analysis.text import STOPWORDS, stem, straighten

_TOKEN = re.compile(r"[^\W_]+(?:['.][^\W_]+)*|[&%$€£₹¥]")
_EDITORIAL = re.compile(r"\[[^\[\]]{1,40}\]")
_NUMBERS = {
    word: str(n)
    for n, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty""".split()
    )
} | {
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
}
_NUMBERS.pop("one")  # "one" is more often a pronoun than a number
_SAME = {
    "&": "and", "ok": "okay", "%": "percent", "pct": "percent", "versus": "vs", "gonna": "going", "wanna": "want",
    "gotta": "got", "yeah": "yes", "cannot": "can not", "can't": "can not", "won't": "will not", "shan't": "shall not",
    "ain't": "is not", "let's": "let us", "'em": "them", "til": "until", "till": "until", "thru": "through",
    "'cause": "because", "cos": "because", "whilst": "while", "amongst": "among", "towards": "toward",
    "afterwards": "afterward", "programme": "program", "programmes": "programs", "centre": "center",
    "gen": "general", "sen": "senator", "sens": "senators", "rep": "representative", "reps": "representatives",
    "gov": "governor", "govt": "government", "sec": "secretary", "lt": "lieutenant", "sgt": "sergeant", "st": "saint",
    "prof": "professor", "dept": "department",
    "defence": "defense", "grey": "gray", "cheque": "check", "tyre": "tire", "metre": "meter", "metres": "meters",
}  # fmt: skip
# Words of texts that are no longer than this, in characters, are kept.
_SHORT = 1000
# Breaks longer than this are not searched for words of grammar.
_NEAR = 8
_FILLERS = frozenset("uh um er ah eh hmm".split())
_CONTRACTED = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'m": "am", "'d": "would"}
_IS = frozenset("it he she that there what who here where how this".split())
_DOUBLED = re.compile(r"(?<=[aeiou])ll(?=(?:ed|ing|er|ers|or)$)")


class Token(NamedTuple):
    """One word: its folded form, its stem, and where it stands."""

    form: str
    stem: str
    start: int
    end: int


class Match(NamedTuple):
    """A run of equal words: token positions on both sides and how many."""

    a: int
    b: int
    size: int


class Change(NamedTuple):
    """What differs between two passages: token ranges and character ranges on both sides."""

    op: Literal["equal", "replace", "delete", "insert"]
    a_from: int
    a_to: int
    b_from: int
    b_to: int
    a_start: int
    a_end: int
    b_start: int
    b_end: int


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Fold `text[start:end]` into tokens with offsets into `text`.

    A contraction gives two tokens over one span; hyphenated words give one token a part. Words that an editor put into
    square brackets and fillers ("uh") are left out: they are not the speaker's.
    """
    limit = len(text) if end is None else end
    return list(_kept(text, start, limit)) if limit - start <= _SHORT else _read(text, start, limit)


@lru_cache(maxsize=4096)  # several tables compare the same quotations
def _kept(text: str, start: int, limit: int) -> list[Token]:
    return _read(text, start, limit)


def _read(text: str, start: int, limit: int) -> list[Token]:
    return [
        Token(form, root, start + a, start + b)
        for m in _TOKEN.finditer(_flat(text[start:limit]))
        for a, b in [m.span()]
        for form, root in _folded(m.group())
    ]


@lru_cache(maxsize=512)  # several tables look into the same articles
def folded(text: str) -> tuple[Sequence[str], Sequence[str]]:
    """The forms and the stems of `tokens(text)`, in order: a third of the work where offsets are not needed."""
    words = [word for printed in _TOKEN.findall(_flat(text)) for word in _folded(printed)]
    forms, stems = zip(*words, strict=True) if words else ((), ())
    return forms, stems


def _flat(text: str) -> str:
    """Straighten the marks and blank what an editor put into brackets; same length, same offsets."""
    flat = straighten(text)
    return _EDITORIAL.sub(lambda m: " " * len(m.group()), flat) if "[" in flat else flat


@lru_cache(maxsize=200_000)
def _folded(word: str) -> tuple[tuple[str, str], ...]:
    """Fold one printed word into (form, stem) of each token that it holds."""
    spelt = (form if form in STOPWORDS else _spelling(form) for form in _forms(word))
    return tuple((form, stem(form)) for form in spelt)


def _forms(word: str) -> list[str]:
    form = word.casefold().replace(".", "")
    if form in _FILLERS or not form:
        return []
    if form in _SAME:
        return _SAME[form].split()
    if form in _NUMBERS:
        return [_NUMBERS[form]]
    if "'" in form:
        for tail, full in _CONTRACTED.items():
            if form.endswith(tail) and len(form) > len(tail):
                return [form[: -len(tail)], full]
        if form.endswith("'s"):
            return [form[:-2], "is"] if form[:-2] in _IS else [form[:-2]]
        return [form.replace("'", "")]
    return [form]


def _spelling(form: str) -> str:
    """Write British endings the American way; the result need not be a word, it only has to be the same."""
    if len(form) < 5 or not form.isascii():
        return form
    for tail, other in (("isation", "ization"), ("isations", "izations"), ("ise", "ize"), ("ised", "ized"),
                        ("ises", "izes"), ("ising", "izing"), ("yse", "yze"), ("ysed", "yzed"), ("our", "or"),
                        ("ours", "ors"), ("oured", "ored")):  # fmt: skip
        if form.endswith(tail):
            return form[: -len(tail)] + other
    return _DOUBLED.sub("l", form)


def align(a: Sequence[Token], b: Sequence[Token]) -> list[Match]:
    """Find the best chain of equal runs that stand in the same order on both sides.

    Runs of equal stems are found on the diagonals and chained by dynamic programming; a word counts one, a break costs
    `break_cost` (local alignment after Smith and Waterman 1981, with runs for cells). Words of grammar that stand alone
    do not start a run; those next to the chain are added to it afterwards.
    """
    runs = _runs(a, b)
    if not runs:
        return []
    runs.sort()
    best = [float(run.size) for run in runs]
    back = [-1] * len(runs)
    trim = [0] * len(runs)
    for i, (ai, bi, size) in enumerate(runs):
        for j in range(i):
            aj, bj, other = runs[j]
            if best[j] + size <= best[i]:
                continue
            # two runs may overlap by a few words on one side: the later one gives them up
            cut = max(0, aj + other - ai, bj + other - bi)
            if cut >= size or aj >= ai or bj >= bi:
                continue
            value = best[j] + size - cut - break_cost(ai + cut - aj - other, bi + cut - bj - other)
            if value > best[i]:
                best[i], back[i], trim[i] = value, j, cut
    at = max(range(len(runs)), key=lambda k: (best[k], -k))
    chain: list[Match] = []
    while at >= 0:
        run, cut = runs[at], trim[at]
        chain.append(Match(run.a + cut, run.b + cut, run.size - cut))
        at = back[at]
    return _fill(a, b, chain[::-1])


def break_cost(a_skipped: int, b_skipped: int) -> float:
    """Price a break in a chain, in words: a word replaced .3, a word left out .5, a leap of any length at most 4."""
    return min(0.3 * min(a_skipped, b_skipped) + 0.5 * abs(a_skipped - b_skipped), 4.0)


def chain_value(chain: Sequence[Match]) -> float:
    """Count the words of a chain less the cost of its breaks."""
    value = float(sum(m.size for m in chain))
    for left, right in pairwise(chain):
        value -= break_cost(right.a - left.a - left.size, right.b - left.b - left.size)
    return value


def _fill(a: Sequence[Token], b: Sequence[Token], chain: Sequence[Match]) -> list[Match]:
    """Add equal words that stand in the breaks of a chain, or within two words of its ends."""
    first, last = chain[0], chain[-1]
    head = Match(max(0, first.a - 3), max(0, first.b - 3), 0)
    tail = Match(min(len(a), last.a + last.size + 3), min(len(b), last.b + last.size + 3), 0)
    out: list[Match] = []
    for left, right in pairwise([head, *chain, tail]):
        i, j = left.a + left.size, left.b + left.size
        inner: list[Match] = []
        if right.a - i <= _NEAR and right.b - j <= _NEAR:
            for x in range(i, right.a):
                for y in range(j, right.b):
                    if a[x].stem == b[y].stem:
                        inner.append(Match(x, y, 1))
                        j = y + 1
                        break
        if left is head and inner:  # only what pays for the break after it
            inner = [m for m in inner[-1:] if break_cost(right.a - m.a - 1, right.b - m.b - 1) < 1]
        if right is tail and inner:
            inner = [
                m for m in inner[:1] if break_cost(m.a - left.a - left.size, m.b - left.b - left.size) < 1
            ]
        out += [left, *inner] if left.size else inner
    return _joined(out)


def _joined(chain: Sequence[Match]) -> list[Match]:
    """Write neighbouring matches as one."""
    out: list[Match] = []
    for match in chain:
        if out and out[-1].a + out[-1].size == match.a and out[-1].b + out[-1].size == match.b:
            out[-1] = out[-1]._replace(size=out[-1].size + match.size)
        else:
            out.append(match)
    return out


def _runs(a: Sequence[Token], b: Sequence[Token]) -> list[Match]:
    """Every maximal diagonal run of equal stems, single stopwords left out where they have no neighbour."""
    here, there = [token.stem for token in a], [token.stem for token in b]
    places: dict[str, list[int]] = defaultdict(list)
    for j, root in enumerate(there):
        places[root].append(j)
    runs: list[Match] = []
    for i, root in enumerate(here):
        for j in places.get(root, ()):
            if i and j and here[i - 1] == there[j - 1]:
                continue  # not the first of its run
            size, most = 1, min(len(a) - i, len(b) - j)
            while size < most and here[i + size] == there[j + size]:
                size += 1
            if size > 1 or a[i].form not in STOPWORDS:
                runs.append(Match(i, j, size))
    return runs


def changes(a: Sequence[Token], b: Sequence[Token], matches: Sequence[Match] | None = None) -> list[Change]:
    """Name what is equal, replaced, deleted (only in `a`) and inserted (only in `b`), in order.

    Args:
        a: tokens of one passage.
        b: tokens of the other.
        matches: their alignment, if it is known already.
    """
    out: list[Change] = []
    i = j = 0
    ends = Match(len(a), len(b), 0)
    for match in [*(align(a, b) if matches is None else matches), ends]:
        if i < match.a or j < match.b:
            op: Literal["replace", "delete", "insert"]
            op = "replace" if i < match.a and j < match.b else "delete" if i < match.a else "insert"
            out.append(_change(op, a, b, i, match.a, j, match.b))
        if match.size:
            out.append(_change("equal", a, b, match.a, match.a + match.size, match.b, match.b + match.size))
        i, j = match.a + match.size, match.b + match.size
    return out


def _change(
    op: Literal["equal", "replace", "delete", "insert"],
    a: Sequence[Token],
    b: Sequence[Token],
    a_from: int,
    a_to: int,
    b_from: int,
    b_to: int,
) -> Change:
    return Change(op, a_from, a_to, b_from, b_to, *_span(a, a_from, a_to), *_span(b, b_from, b_to))


def _span(line: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    if first < last:
        return line[first].start, line[last - 1].end
    here = line[first - 1].end if first else line[0].start if line else 0
    return here, here


def word_diff(a: str, b: str) -> list[Change]:
    """Compare two texts word by word; offsets count characters of `a` and of `b`."""
    return changes(tokens(a), tokens(b))
