"""Words and pairs of words counted by stem, sentence by sentence, for the comparison of groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.text import MODALS, NEGATIONS, STOPWORDS, Span, fold, sentences, stem, word_forms, words

_LEAST = 3  # occurrences in the event below which a term cannot be told from chance and is not tested
_KEPT = STOPWORDS - NEGATIONS - MODALS
_GLUE = frozenset("'s n't s t re ve ll d m".split())


class Counts(NamedTuple):
    """Occurrences of terms by sentence, as pairs of row and column, and what the sentences belong to.

    The last two columns stand for all words and all pairs that are too rare to be tested: they count in the totals.
    """

    rows: NDArray[np.int32]
    columns: NDArray[np.int32]
    article: NDArray[np.int32]  # of each sentence
    terms: list[str]
    sizes: NDArray[np.int32]  # words in each term, the two last columns included


def count_by_sentence(
    texts: list[tuple[str, str]],
    inside: dict[str, list[Span]],
    outside: dict[str, list[Span]],
    *,
    only: bool,
) -> Counts:
    """Count stems and pairs of stems by sentence; keep those that occur often enough to be tested."""
    printed: dict[str, int] = defaultdict(count().__next__)  # a word as printed -> its number
    stream: list[int] = []
    masks: list[tuple[int, NDArray[np.bool_]]] = []  # where in the stream some words do not count
    lengths: list[int] = []
    article_of: list[int] = []
    for number, (article_id, body) in enumerate(texts):
        counted = _mask(len(body), inside.get(article_id, []), outside.get(article_id, []), only)
        mask = b"" if counted is None else counted.tobytes()  # soon searched
        for a, b in sentences(body):
            first_word = len(stream)
            stream.extend(map(printed.__getitem__, word_forms(body, a, b)))
            if counted is not None and mask.find(0, a, b) >= 0:
                masks.append((first_word, counted[[i for i, _ in words(body, a, b)]]))
            lengths.append(len(stream) - first_word)
            article_of.append(number)
    word = np.array(stream, dtype=np.int64)
    row = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    ids: dict[str, int] = {}
    roots = [_stem(token) for token in printed]
    stem_of = np.array(
        [-1 if root is None else ids.setdefault(root, len(ids)) for root in roots], dtype=np.int64
    )
    flow = stem_of[word] if len(word) else word
    for start, counted in masks:
        flow[start : start + len(counted)][~counted] = -1
    first = np.flatnonzero(flow >= 0)
    second = np.flatnonzero((flow[:-1] >= 0) & (flow[1:] >= 0) & (row[:-1] == row[1:]))

    single, n_single, surfaces = _columns(flow[first], word[first][:, None], 0)
    pairs = flow[second] * max(1, len(ids)) + flow[second + 1]
    double, n_double, more = _columns(pairs, np.column_stack([word[second], word[second + 1]]), n_single)
    n_terms = n_single + n_double
    single[single < 0] = n_terms
    double[double < 0] = n_terms + 1
    tokens = list(printed)
    return Counts(
        np.concatenate([row[first], row[second]]),
        np.concatenate([single, double]).astype(np.int32),
        np.array(article_of, dtype=np.int32),
        [_readable({" ".join(tokens[w] for w in form): n for form, n in f.items()}) for f in surfaces + more],
        np.array([1] * n_single + [2] * n_double + [1, 2], dtype=np.int32),
    )


def _columns(
    keys: NDArray[np.int64], forms: NDArray[np.int64], offset: int
) -> tuple[NDArray[np.int64], int, list[dict[tuple[int, ...], int]]]:
    """Number the keys that occur often enough from `offset`, -1 for the others; count the printed forms of each."""
    distinct, inverse, times = np.unique(keys, return_inverse=True, return_counts=True)
    often = np.flatnonzero(times >= _LEAST)
    number = np.full(len(distinct), -1, dtype=np.int64)
    number[often] = np.arange(len(often))
    local = number[inverse]
    used = local >= 0
    # column and forms as one number: far quicker to sort than rows, and small enough up to two million printed words
    base = int(forms.max(initial=0)) + 1
    packed = local[used]
    for form in forms[used].T:
        packed = packed * base + form
    seen, n_seen = np.unique(packed, return_counts=True)
    surfaces: list[dict[tuple[int, ...], int]] = [{} for _ in often]
    parts: list[list[int]] = []
    for _ in range(forms.shape[1]):
        seen, part = np.divmod(seen, base)
        parts.insert(0, part.tolist())
    for column, n, *form in zip(seen.tolist(), n_seen.tolist(), *parts, strict=True):
        surfaces[column][tuple(form)] = n
    local[used] += offset
    return local, len(often), surfaces


def _mask(length: int, inside: list[Span], outside: list[Span], only: bool) -> NDArray[np.bool_] | None:
    if not only and not outside:
        return None
    counted = np.zeros(length, dtype=bool) if only else np.ones(length, dtype=bool)
    for a, b in inside:
        counted[max(0, a) : max(0, b)] = True
    for a, b in outside:
        counted[max(0, a) : max(0, b)] = False
    return counted


@lru_cache(maxsize=100_000)
def _stem(token: str) -> str | None:
    """The stem of a printed word; None if it does not count."""
    folded = fold(token)
    if folded in _KEPT or folded in _GLUE or not any(c.isalpha() for c in folded):
        return None
    return stem(folded)


def _readable(forms: dict[str, int]) -> str:
    """The commonest form; lower case wins a draw, so that the start of a sentence does not make a name."""
    if len(forms) == 1:
        return next(iter(forms))
    lowered: Counter[str] = Counter()
    for form, n in forms.items():
        lowered[form.casefold()] += n
    best = max(lowered, key=lambda w: (lowered[w], -len(w), w))
    same = [form for form in forms if form.casefold() == best]
    return max(same, key=lambda f: (forms[f], f.casefold() == f, f))
