"""The narrator's text around quotations, as tokens in sentences.

A sentence of a news article goes on through the quotation that it frames: '"Why?" she asked.' is one sentence, however
many the quotation holds. So sentences are cut here on the narrator's tokens, with every run between marks as one token.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from analysis.quotes.lexicon import ABBREVIATIONS, CONTRACTED, STARTERS
from analysis.quotes.marks import Run
from analysis.text import Span

WORD, PUNCT, QUOTE = 0, 1, 2
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:’s|'s)?"  # U.S., J.D.
    r"|[@#]?[^\W_]+(?:['’.&\-‐‑_][^\W_]+)*"  # words
    r"|--+|\.\.+|[^\w\s]|_"
)
_LONGEST = (
    240  # tokens of a sentence; what is longer is no sentence, and is cut so that all work stays linear
)
_NOT_PRONOUNS = {"US": "u.s", "IT": "i.t", "WHO": "w.h.o"}
_TERMINAL = ".!?…"
_APOSTROPHES = frozenset("'’")
_CLOSERS = "\"'”’»)]"


@dataclass(slots=True)
class Token:
    """A word, a punctuation mark or a whole quotation.

    Attributes:
        start: first character.
        end: end.
        kind: WORD, PUNCT or QUOTE.
        text: as printed; "" for a quotation.
        low: lower case, without a possessive ending.
        cap: begins with a capital letter.
        owns: has a possessive ending.
        run: index of the run for a quotation, else -1.
    """

    start: int
    end: int
    kind: int
    text: str
    low: str
    cap: bool = False
    owns: bool = False
    run: int = -1


TagTest = Callable[[list[Token], int], bool]


def tokenize(body: str, start: int, end: int) -> list[Token]:
    """Cut plain text into tokens."""
    out: list[Token] = []
    last: Token | None = None
    for m in _TOKEN.finditer(body, start, end):
        text = m[0]
        a, b = m.span()
        if text in _APOSTROPHES and last is not None and last.end == a and last.low.endswith("s"):
            last.owns = True  # the senators' plan
        else:
            last = Token(a, b, *_shape(text))
            out.append(last)
    return out


@lru_cache(maxsize=50_000)
def _shape(text: str) -> tuple[int, str, str, bool, bool]:
    """Read off a token what does not hang on its place: kind, text, low, cap and owns of `Token`."""
    first = text[0]
    if not (first.isalnum() or first in "@#"):
        return PUNCT, text, text, False, False
    low = text.lower().replace("’", "'")
    if text in _NOT_PRONOUNS:
        low = _NOT_PRONOUNS[text]
    owns = low.endswith("'s")
    if "'" in low:
        base = low.partition("'")[0]
        if base in CONTRACTED:
            low, owns = base, False
        elif owns:
            low = low[:-2]
    return WORD, text, low, first.isupper() or first == "@", owns


def frame_tokens(body: str, span: Span, runs: list[Run], ranks: list[int]) -> list[Token]:
    """Cut a paragraph into tokens, each of the runs named by `ranks` (in order, none inside another) as one."""
    out: list[Token] = []
    at = span[0]
    for rank in ranks:
        a, b = runs[rank].outer
        if a > at:
            out.extend(tokenize(body, at, a))
        out.append(Token(a, b, QUOTE, "", "", run=rank))
        at = max(at, b)
    if at < span[1]:
        out.extend(tokenize(body, at, span[1]))
    return out


def frame_sentences(
    body: str, tokens: list[Token], runs: list[Run], is_tag: TagTest | None = None
) -> list[tuple[int, int]]:
    """Cut a paragraph's tokens into sentences, as half-open token ranges.

    Args:
        body: the text.
        tokens: from `frame_tokens`.
        runs: the runs that quotation tokens name.
        is_tag: says whether the tokens from an index on are a tag ("Trump said.") of the quotation before them.
    """
    out: list[tuple[int, int]] = []
    first = 0
    n = len(tokens)
    for i, token in enumerate(tokens[:-1]):
        if i - first >= _LONGEST:
            out.append((first, i + 1))
            first = i + 1
            continue
        if token.kind == WORD:
            if token.text[-1] != ".":
                continue
            ends = tokens[i + 1].cap and tokens[i + 1].low in STARTERS
        elif token.kind == QUOTE:
            alone = i == first or all(t.kind == PUNCT for t in tokens[max(first, i - 3) : i])
            ends = _quote_ends(body, tokens, i, runs, is_tag if alone else None)
        elif token.text[0] in _TERMINAL or (
            token.text in "”’»)]" and i and tokens[i - 1].text[:1] in tuple(_TERMINAL)
        ):
            ends = _stop_ends(tokens, i)
        else:
            continue
        if ends:
            out.append((first, i + 1))
            first = i + 1
    if first < n:
        out.append((first, n))
    return out


def _stop_ends(tokens: list[Token], i: int) -> bool:
    following = tokens[i + 1]
    token = tokens[i]
    if following.kind == PUNCT:
        return following.text in "([“\"'‘-–—•*" and following.start > token.end
    if following.kind == WORD and not following.cap and not following.text[:1].isdigit():
        return False
    before = tokens[i - 1] if i else None
    if token.text == "." and before is not None and before.kind == WORD and before.end == token.start:
        if following.start == token.end and following.kind == WORD:
            return False
        if len(before.text) == 1 and before.cap and before.text != "I":
            return following.kind == WORD and following.low in STARTERS
        if before.low in ABBREVIATIONS:
            return (
                following.kind == WORD
                and following.low in STARTERS
                and before.low not in ("mr", "mrs", "ms", "dr")
            )
    return True


def _quote_ends(body: str, tokens: list[Token], i: int, runs: list[Run], is_tag: TagTest | None) -> bool:
    run = runs[tokens[i].run]
    stop = run.end
    while stop > run.start and (body[stop - 1].isspace() or body[stop - 1] in _CLOSERS):
        stop -= 1
    last = body[stop - 1] if stop > run.start else ""
    following = tokens[i + 1]
    if following.kind == QUOTE:
        return True
    if following.kind == PUNCT:
        return False
    if not following.cap or last not in _TERMINAL:
        # U.S. at the start of a sentence has a capital; '"...," Trump said' has one too, but no stop
        return False
    return not (is_tag is not None and is_tag(tokens, i + 1))
