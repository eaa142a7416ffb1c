"""Lines that an outlet repeats from article to article: footers, appeals, standing notes.

They are the outlet's furniture, not the article's words. Left in, they make every two articles of an outlet, and of
outlets under one publisher, look like copies of each other.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.articles import as_articles
from analysis.passages.wordtable import Flags, Hashes, Ints, Words, distinct, mix, read_words
from analysis.schema import Schema

TEMPLATES = Schema(
    "templates",
    "One row a line or sentence of an article that its outlet repeats in many articles.",
    {
        "article_id": ("str", "article in which the line stands"),
        "start": ("int", "start of the line in its body"),
        "end": ("int", "end of the line in its body"),
        "outlet": ("str", "outlet that repeats it"),
        "text": ("str", "the line"),
        "articles": ("int", "articles of the outlet that hold the line"),
        "of": ("int", "articles of the outlet"),
    },
    key=("article_id", "start"),
)

LEAST_ARTICLES = 3  # two articles of one outlet may be two states of one story
LEAST_SHARE = 0.1  # of the outlet's articles ...
SURELY = 20  # ... or this many of them
EDGE_LINES = 3  # the first and last lines of an article, where furniture stands ...
LEAST_EDGE_SHARE = 0.5  # ... and is known already when it is in two articles that are half of the outlet's
_SENTENCE_WORDS = 8  # a sentence inside a line needs this many words, a whole line needs none


def templates(articles: pd.DataFrame) -> pd.DataFrame:
    """Find the lines and sentences that an outlet repeats.

    Args:
        articles: an `articles` table; only articles of the same outlet are compared, over all events.

    Returns:
        The `TEMPLATES` table, in reading order.
    """
    frame = as_articles(articles)
    words = read_words(frame["body"].tolist())
    return template_rows(frame, words)


def template_rows(frame: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Do the work of `templates` on words that are read already."""
    article, first, last, count, total = find_templates(words, pd.factorize(frame["outlet"])[0])
    bodies, ids, outlets = frame["body"].tolist(), frame["article_id"].tolist(), frame["outlet"].tolist()
    rows = [
        {
            "article_id": ids[k],
            "start": int(words.start[a]),
            "end": int(words.end[b]),
            "outlet": outlets[k],
            "text": bodies[k][words.start[a] : words.end[b]],
            "articles": n,
            "of": of,
        }
        for k, a, b, n, of in zip(
            article.tolist(), first.tolist(), last.tolist(), count.tolist(), total.tolist(), strict=True
        )
    ]
    return TEMPLATES.frame(rows)


def find_templates(words: Words, outlet: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Find repeated lines as flat word indices.

    Returns:
        For each: the article's row, first word, last word, articles that hold the line, articles of the outlet.
    """
    found = [_repeated(words, outlet, least) for least in (2, 1)]
    article, first, last, count, total = (np.concatenate([f[k] for f in found]) for k in range(5))
    order = np.lexsort((-last, first))
    article, first, last, count, total = (v[order] for v in (article, first, last, count, total))
    if len(first):  # sentences of a line that is found already are left out
        reach = np.maximum.accumulate(last)
        fresh = np.ones(len(first), dtype=np.bool_)
        fresh[1:] = last[1:] > reach[:-1]
        article, first, last, count, total = (v[fresh] for v in (article, first, last, count, total))
    return article, first, last, count, total


def _repeated(words: Words, outlet: Ints, least: int) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    first = np.flatnonzero(words.opens >= least)
    if not len(first):
        none = np.zeros(0, dtype=np.int64)
        return none, none, none, none, none
    length = np.diff(first, append=len(words.hash))
    article = np.searchsorted(words.first, first, side="right") - 1
    line = _line_hashes(words, first) + outlet[article].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    if least == 1:
        long = length >= _SENTENCE_WORDS
        first, length, article, line = first[long], length[long], article[long], line[long]
    in_outlet = np.bincount(outlet, minlength=1)[outlet[article]] if len(article) else article
    kind = _number(line)
    once = distinct(kind * np.int64(len(outlet)) + article) // max(len(outlet), 1)
    holders = np.bincount(once, minlength=1)[kind] if len(kind) else article
    share = holders >= LEAST_SHARE * in_outlet
    kept = (holders >= LEAST_ARTICLES) & (share | (holders >= SURELY))
    if least == 2:
        kept |= _at_an_edge(article, (holders >= 2) & (holders >= LEAST_EDGE_SHARE * in_outlet))
    return article[kept], first[kept], (first + length - 1)[kept], holders[kept], in_outlet[kept]


def _at_an_edge(article: Ints, repeated: Flags) -> Flags:
    """Of the repeated lines, which form the first or last few of an article that is otherwise not repeated?

    So a footer is known in an outlet of two articles, while two states of one story are left alone.
    """
    own = np.flatnonzero(~repeated)
    if not len(own):
        return np.zeros(len(repeated), dtype=np.bool_)
    place = np.arange(len(article))
    begin = np.flatnonzero(np.diff(article, prepend=-1))
    size = np.diff(begin, append=len(article))
    low, high = np.repeat(begin, size), np.repeat(begin + size, size)
    before, after = np.searchsorted(own, place), np.searchsorted(own, place, side="right")
    last_own = np.where(
        before > 0, own[np.maximum(before - 1, 0)], -1
    )  # the nearest line that is not repeated
    next_own = np.where(after < len(own), own[np.minimum(after, len(own) - 1)], len(article))
    foot = (next_own >= high) & (last_own >= low) & (high - last_own - 1 <= EDGE_LINES)
    head = (last_own < low) & (next_own < high) & (next_own - low <= EDGE_LINES)
    unique = np.repeat(np.add.reduceat(~repeated, begin), size)
    edge: Flags = repeated & (foot | head) & (2 * unique >= high - low)
    return edge


def _number(line: Hashes) -> Ints:
    """Number the distinct hashes."""
    order = np.argsort(line)
    new = np.diff(line[order], prepend=line[order[:1]]) != 0
    number = np.zeros(len(line), dtype=np.int64)
    number[order] = np.cumsum(new)
    return number


def _line_hashes(words: Words, first: Ints) -> Hashes:
    """Hash the words of each line in order."""
    place = np.arange(len(words.hash)) - np.repeat(first, np.diff(first, append=len(words.hash)))
    odd = (2 * place + 1).astype(np.uint64)
    return mix(np.add.reduceat(words.hash * odd, first))
