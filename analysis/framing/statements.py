"""Statements: sentences, and the clauses of long ones, with their terms, ready to be compared."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analysis.corpus.datelines import dateline
from analysis.framing.terms import Term, terms
from analysis.segments import headings
from analysis.text import DOUBLE_MARKS, Span, paragraphs, sentences

_REPORTING = re.compile(
    r"\b(?:said|says|told|adds|added|adding|state[ds]|note[ds]|announce[ds]|claim(?:s|ed)|argue[ds]|wrote|writes|tweeted|posted|"
    r"insist(?:s|ed)|explain(?:s|ed)|warn(?:s|ed)|denie[ds]|stress(?:es|ed)|emphasi[sz]e[ds]|underline[ds]|reiterate[ds]|"
    r"assert(?:s|ed|ing)|saying|suggest(?:s|ed)|acknowledge[ds]|admit(?:s|ted)|testified|according to)\b"
)  # in a text in lower case: to ignore case takes four times as long
_MARK = re.compile(f"[{DOUBLE_MARKS}]")
# Where a sentence hands over to a further statement: what follows can be told, and left out, by itself.
_SEAM = re.compile(
    r";\s+|"
    r",\s+(?:and\s+)?(?:adding|saying|noting|stressing|claiming|arguing|warning)(?:\s+that)?\s+(?!(?:they|he|she|we|i)\s)(?=[^\W\d_])|"
    r",\s+(?=(?:while|whereas|but|although|though)\s+(?:the|an?|some|many|most|[A-Z]\S*)\s)|"
    r",\s+with\s+(?=(?:\S+\s+){1,8}?(?:saying|asserting|adding|telling)\s)"
)
# “Is it true?” Judge Ana Kerr asked.
_ASKED = re.compile(r"[?!…][”\"’']$")
_TAG = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr)\. )?(?:[^\W\d_a-z][\w’'-]*\.? |the |[a-z]+ ){1,4}(?:said|asked|added|wrote|replied|responded|told|tweeted)\b[^“”\"]{0,40}[.]"
)
_FEWEST = 3  # content words; a shorter part ("he said") states nothing that stands by itself


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, or a clause of one, that states something.

    Attributes:
        article_id: its article.
        start: offset in the body.
        end: offset behind it.
        text: the words.
        kind: sentence, quotation (mostly quoted words) or reported (credited to a speaker).
        position: number of the sentence in its article, from 0.
        terms: its terms in order, with offsets in `text`.
        content: keys of its different terms that carry content.
        weights: key -> weight of each different term.
        total: sum of these weights.
    """

    article_id: str
    start: int
    end: int
    text: str
    kind: str
    position: int
    terms: Sequence[Term]
    content: tuple[str, ...]
    weights: dict[str, float]
    total: float


def statements(articles: pd.DataFrame, *, clauses: bool = True) -> list[Statement]:
    """List the statements of articles in the order of the rows; headings state nothing by themselves.

    Args:
        articles: a full articles table.
        clauses: part long sentences where they hand over to a further statement.
    """
    return [
        statement
        for article_id, body in zip(articles["article_id"], articles["body"], strict=True)
        for statement in _statements(article_id, body, clauses)
    ]


@lru_cache(maxsize=512)
def _statements(article_id: str, body: str, clauses: bool) -> tuple[Statement, ...]:
    """The statements of one article; kept, for facts and contradictions are made of the same."""
    out: list[Statement] = []
    blocks = paragraphs(body)
    titles = set(headings(body, blocks))
    blocks = [block for block in blocks if block not in titles]
    quoted = _quoted(body, blocks)
    spans = sentences(body)  # of the whole body, as others ask for them; none crosses a paragraph
    if titles:
        spans = [span for span in spans if not any(a <= span[0] < b for a, b in titles)]
    for position, (start, end) in _told(body, spans):
        whole = terms(body[start:end])
        for a, b in _clauses(body, start, end, quoted, whole) if clauses else [(start, end)]:
            found = _part(whole, a - start, b - start) if (a, b) != (start, end) else whole
            content = [term.key for term in found if term.kind != "grammar"]
            if len(content) < _FEWEST:
                continue
            weights = {term.key: term.weight for term in found}
            out.append(
                Statement(
                    article_id=article_id,
                    start=a,
                    end=b,
                    text=body[a:b],
                    kind=_kind(body, a, b, quoted),
                    position=position,
                    terms=found,
                    content=tuple(dict.fromkeys(content)),
                    weights=weights,
                    total=sum(weights.values()),
                )
            )
    return tuple(out)


def _told(body: str, spans: list[Span]) -> Iterator[tuple[int, Span]]:
    """The sentences with their numbers, date lines left out; who asked belongs to what was asked."""
    held: tuple[int, Span] | None = None
    for position, (start, end) in enumerate(spans):
        if end - start <= 80 and dateline(body[start:end]) == end - start:
            continue
        if (
            held is not None
            and _ASKED.search(body, held[1][0], held[1][1])
            and _TAG.fullmatch(body, start, end)
        ):
            held = (held[0], (held[1][0], end))
            continue
        if held is not None:
            yield held
        held = (position, (start, end))
    if held is not None:
        yield held


def _quoted(body: str, blocks: list[Span]) -> list[Span]:
    """Find what stands between double marks, paragraph by paragraph; an open quotation runs to its paragraph's end."""
    out: list[Span] = []
    for start, end in blocks:
        opened = -1
        for match in _MARK.finditer(body, start, end):
            if opened < 0:
                opened = match.end()
            else:
                out.append((opened, match.start()))
                opened = -1
        if 0 <= opened < end:
            out.append((opened, end))
    return out


def _kind(body: str, start: int, end: int, quoted: list[Span]) -> str:
    inside = sum(max(0, min(b, end) - max(a, start)) for a, b in _touching(quoted, start, end))
    if inside >= 0.5 * (end - start):
        return "quotation"
    return "reported" if inside or _REPORTING.search(body[start:end].lower()) else "sentence"


def _touching(spans: list[Span], start: int, end: int) -> list[Span]:
    """The spans, of an ordered list, that may have a part in [start, end)."""
    first = bisect_right(spans, (start, -1))
    return spans[max(0, first - 1) : bisect_right(spans, (end, -1))]


def _clauses(body: str, start: int, end: int, quoted: list[Span], found: Sequence[Term]) -> Iterator[Span]:
    """Part a sentence at its seams, outside quotation marks, where both parts state something."""
    seams = [
        seam
        for seam in _SEAM.finditer(body, start, end)
        if not any(a < seam.start() < b for a, b in _touching(quoted, seam.start(), seam.end()))
    ]
    content = [start + term.start for term in found if term.kind != "grammar"] if seams else []
    at = start
    for seam in seams:
        before = bisect_left(content, seam.start()) - bisect_left(content, at)
        after = len(content) - bisect_left(content, seam.end())
        if before > _FEWEST and after > _FEWEST:
            yield at, seam.start()
            at = seam.end()
    yield at, end


def _part(found: Sequence[Term], start: int, end: int) -> Sequence[Term]:
    """The terms from `start` to `end`, with offsets from `start` on."""
    inside = found[bisect_left(found, start, key=_start) : bisect_left(found, end, key=_start)]
    return [Term(key, a - start, b - start, kind, weight, no) for key, a, b, kind, weight, no in inside]


def _start(term: Term) -> int:
    return term.start
