"""Runs of text between quotation marks.

Marks are paired inside a paragraph. Which way a mark opens is read off its neighbours first and off its shape second,
because typewriter marks have no shape and word processors turn curly ones the wrong way. An opener without a closer
runs to the end of its paragraph (the convention for speeches of several paragraphs); a closer without an opener is
reported, not guessed over more than its sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

from analysis.text import Span

_OPENING = "“„‟«"
_CLOSING = "”»"
# begins with one set of characters, which a search finds at once; what of them is a double mark alone is told then
_DOUBLE = re.compile(r"[\"“”„‟«»＂'`‘’](?:(?<=[\"“”„‟«»＂])|(?<=')'|(?<=`)`|(?<=‘)‘|(?<=’)’)")
_SINGLE = re.compile(r"['‘’‚‛‹›`]")
_BEFORE_OPENER = " \t\n\r\u00a0\u2009\u202f([{<-–—―/:=…\u200b\ufeff\u202a\u200e\u200f"
_AFTER_CLOSER = " \t\n\r\u00a0\u2009\u202f.,;:!?)]}>-–—―/…\u200b\ufeff\u202c\u200e\u200f"
_ELISION = re.compile(
    r"(?:\d0s?\b|\d\ds?\b|(?:tis|twas|em|til|till|cause|n|bout|round|cuz|tude|kay|er)\b)", re.I
)
_TEXT = re.compile(r"\S")
_LABEL = re.compile(r"((?:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]+ ?){1,4})(?:\([^)\n]{1,30}\))?:\s+(?=\S)")
_NO_SPEAKERS = frozenset(
    "RELATED READ WATCH UPDATE UPDATED MORE PHOTO PHOTOS VIDEO IMAGE NOTE CREDIT SOURCE SEE ALSO Q A".split()
)
_TAG = re.compile(
    r"[,!?] (?:(?:said|says|added|wrote) (?:[A-Z][\w'’.-]+ ){0,3}[A-Z][\w'’-]+(?:, [^,.\"“”]{3,60})?|(?:he|she) (?:said|says|added))"
    r"(?: (?:on|in) [\w ]{2,20})?\.$"
)
_WORDS = re.compile(r"[^\W_]+(?:['’.\-&][^\W_]+)*")


@dataclass(slots=True)
class Run:
    """One run between marks.

    Attributes:
        start: first character inside the marks.
        end: end of the inside.
        outer: the run with its marks.
        paragraph: rank of the paragraph.
        single: it stands in single marks.
        parent: index of the enclosing run in the list, or -1.
        flags: what is unusual about the marks.
    """

    start: int
    end: int
    outer: Span
    paragraph: int
    single: bool = False
    parent: int = -1
    flags: list[str] = field(default_factory=list)


def find_runs(body: str, spans: list[Span]) -> list[Run]:
    """Find the runs between marks, in order of their start; a nested run follows the run it stands in.

    Args:
        body: the text.
        spans: its paragraphs.
    """
    runs: list[Run] = []
    turns = _transcript(body, spans)
    for rank, (a, b) in enumerate(spans):
        doubles = _double_runs(body, a, b, rank)
        if rank in turns:
            whole = Run(turns[rank], b, (turns[rank], b), rank, flags=["transcript"])
            runs.extend(_parents([whole, *(run for run in doubles if run.outer[0] >= whole.start)]))
            continue
        singles = _single_runs(body, a, b, rank)
        runs.extend(_nest(doubles, singles))
    base = 0
    for i, run in enumerate(runs):  # parents were counted inside the paragraph
        if i and run.paragraph != runs[i - 1].paragraph:
            base = i
        if run.parent >= 0:
            run.parent += base
    return runs


def _transcript(body: str, spans: list[Span]) -> dict[int, int]:
    """Find the paragraphs of a transcript, "COLE: Thank you.", and where their speech begins.

    A text is a transcript where at least four lines begin with a name in capitals, and names recur.
    """
    found: dict[int, int] = {}
    labels: Counter[str] = Counter()
    for rank, (a, b) in enumerate(spans):
        m = _LABEL.match(body, a, min(b, a + 60))
        if m and m.group(1) not in _NO_SPEAKERS and m.end() < b:
            found[rank] = m.end()
            labels[m.group(1)] += 1
    again = sum(n > 1 for n in labels.values())
    return found if len(found) >= 4 and (again >= 2 or (again and len(labels) >= 3)) else {}


def _side(body: str, a: int, b: int, start: int, end: int) -> int:
    """Say which way a mark at [start, end) points: 1 opens, -1 closes, 0 either."""
    before = body[start - 1] if start > a else " "
    after = body[end] if end < b else " "
    can_open = before in _BEFORE_OPENER or before.isspace()
    can_close = after in _AFTER_CLOSER or after.isspace()
    if can_open and not can_close:
        return 1
    if can_close and not can_open:
        return -1
    return 0


def _double_runs(body: str, a: int, b: int, rank: int) -> list[Run]:
    marks = _directed(body, a, b)
    stack: list[Span] = []
    out: list[Run] = []
    for k, (start, end, side) in enumerate(marks):
        if side < 0:
            if stack:
                opener = stack.pop()
                if _TEXT.search(body, opener[1], start):
                    out.append(Run(opener[1], start, (opener[0], end), rank))
            else:
                _never_opened(a, start, end, rank, out)
        elif stack and (len(stack) > 3 or not _goes_inside(body, stack[-1], start, marks, k)):
            opener = stack.pop()
            stop = _last_letter(body, opener[1], start)
            if stop > opener[1]:
                out.append(Run(opener[1], stop, (opener[0], stop), rank, flags=["unclosed"]))
            stack = [(start, end)]
        else:
            stack.append((start, end))
    for opener in stack:
        if _TEXT.search(body, opener[1], b):
            tag = _TAG.search(body, max(opener[1], b - 120), b)
            stop = (
                tag.start() + 1 if tag and len(stack) == 1 else b
            )  # "We won, said Lee": the mark was lost before the tag
            out.append(Run(opener[1], stop, (opener[0], stop), rank, flags=["unclosed"]))
    return _parents(sorted(out, key=lambda run: (run.outer[0], -run.outer[1])))


def _directed(body: str, a: int, b: int) -> list[tuple[int, int, int]]:
    """Find the double marks with their direction; marks that may go either way alternate."""
    out: list[tuple[int, int, int]] = []
    depth = 0
    block = _is_block(body, a, b)
    for m in _DOUBLE.finditer(body, a, b):
        start, end = m.span()
        mark = m.group()
        side = _side(body, a, b, start, end)
        if block and mark != '"':
            side = 1 if mark in _OPENING else -1
            out.append((start, end, side))
            continue
        shape = 1 if mark[0] in _OPENING + "`‘" else -1 if mark[0] in _CLOSING + "’" else 0
        if side <= 0 and not depth and mark == '"' and start > a and body[start - 1].isdigit():
            continue  # inches, seconds
        if not side:
            # between two letters or two blanks: the shape, or the mark that is due
            side = shape or (-1 if depth else 1)
        if shape > 0 and side < 0 and not depth:
            side = 1
        out.append((start, end, side))
        depth = max(0, depth + side)
    return out


def _is_block(body: str, a: int, b: int) -> bool:
    """Say whether a paragraph is quoted whole: a straight mark at its start, and curly pairs of its source inside."""
    if body[a] != '"' or "“" not in body[a:b]:
        return False
    straight = body.count('"', a, b)
    return (
        straight <= 2
        and (straight == 1 or body[b - 1] == '"')
        and body.count("“", a, b) == body.count("”", a, b)
    )


def _goes_inside(body: str, opener: Span, start: int, marks: list[tuple[int, int, int]], k: int) -> bool:
    """Say whether the opener at `start` begins a run inside the open one, rather than betraying a lost closer.

    It does in mid-sentence, when a closer for both follows or nothing follows its own.
    """
    if body[opener[0]] == '"' and body[start] == "“":
        return True  # see _is_block
    inside = body[max(opener[1], start - 12) : start].rstrip()
    if not inside or (
        inside[-1] in ".!?…—–-,:;" and not inside.endswith(("...", "Mr.", "Mrs.", "Ms.", "Dr."))
    ):
        # after a stop or colon, only if it closes twice in a row
        return k + 2 < len(marks) and marks[k + 1][2] < 0 and marks[k + 2][2] < 0 and bool(inside)
    depth = 2
    for _, _, side in marks[k + 1 : k + 9]:
        depth += side
        if not depth:
            return True
    return len(marks) == k + 2 and marks[k + 1][2] < 0 and len(body) > start and marks[k + 1][0] - start < 60


def _parents(runs: list[Run]) -> list[Run]:
    """Mark the runs that stand inside another of the same paragraph."""
    top = -1
    for i, run in enumerate(runs):
        if top >= 0 and run.outer[1] <= runs[top].outer[1]:
            run.parent = top
            run.flags.append("nested")
        else:
            top = i
    return runs


def _last_letter(body: str, start: int, limit: int) -> int:
    while limit > start and body[limit - 1].isspace():
        limit -= 1
    return limit


def _never_opened(a: int, start: int, end: int, rank: int, out: list[Run]) -> None:
    """Keep a run that was closed but never opened if it holds the first words of a paragraph."""
    if not out and start - a >= 20:
        out.append(Run(a, start, (a, end), rank, flags=["never_opened"]))


def _single_runs(body: str, a: int, b: int, rank: int) -> list[Run]:
    openers: list[int] = []
    closers: list[int] = []
    firm: list[int] = []
    last = -2
    for m in _SINGLE.finditer(body, a, b):
        i = m.start()
        neighbour = body[i + 1] if i + 1 < b else " "
        if (neighbour in "'‘’`" and i + 1 < b) or i == last + 1:
            last = i
            if neighbour in "'‘’`" and not (neighbour == "’" and body[i] == "’"):
                continue  # two single marks are one double mark
        before = body[i - 1] if i > a else " "
        if (before in _BEFORE_OPENER or before.isspace() or before in '"“„«') and (
            neighbour.isalnum() or neighbour in "$£€[(…#@"
        ):
            if body[i] != "’" and not _ELISION.match(body, i + 1):
                openers.append(i)
        elif not before.isspace() and not neighbour.isalnum():
            closers.append(i)
            if before in ".,!?…" or neighbour in ".,;:!?)" or i + 1 >= b or before.lower() != "s":
                firm.append(i)
    out: list[Run] = []
    done = a - 1
    for k, i in enumerate(openers):
        if i <= done:
            continue
        limit = openers[k + 1] if k + 1 < len(openers) else b
        close = _next(firm, i, limit)
        if close < 0:
            close = _next(closers, i, limit)
        if close < 0:  # the next opener may stand inside this run
            close = _next(firm, i, b) if b - i < 5000 else -1
            if close >= 0 and close - i > 1500:
                close = -1
        if close > i + 1:
            out.append(Run(i + 1, close, (i, close + 1), rank, single=True, flags=["single_marks"]))
            done = close
    return out


def _next(places: list[int], after: int, limit: int) -> int:
    k = bisect_right(places, after)
    return places[k] if k < len(places) and places[k] < limit else -1


def _nest(doubles: list[Run], singles: list[Run]) -> list[Run]:
    """Merge both kinds: a run inside another becomes its child; a single run that crosses a double one is dropped."""
    if not singles:
        return doubles
    both = sorted([*doubles, *singles], key=lambda run: (run.outer[0], -run.outer[1]))
    out: list[Run] = []
    reach = -1
    for k, run in enumerate(both):
        if run.single and (run.outer[0] < reach < run.outer[1] or _crosses(both, k)):
            continue
        reach = max(reach, run.outer[1])
        run.parent = -1
        run.flags = [flag for flag in run.flags if flag != "nested"]
        out.append(run)
    return _parents(out)


def _crosses(runs: list[Run], k: int) -> bool:
    """Say whether a later double run begins inside the single run k and ends outside."""
    for run in runs[k + 1 : k + 20]:
        if run.outer[0] >= runs[k].outer[1]:
            return False
        if not run.single and run.outer[1] > runs[k].outer[1]:
            return True
    return False


def count_inside(body: str, run: Run) -> int:
    """Count the words of a run, up to twenty."""
    n = 0
    for _ in _WORDS.finditer(body, run.start, run.end):
        n += 1
        if n >= 20:
            break
    return n
