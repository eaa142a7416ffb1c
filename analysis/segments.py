"""Units of analysis: the paragraphs, sentences or whole texts that measures count, with their place and heading."""

from __future__ import annotations

import re
from typing import Any, Literal

import pandas as pd

from analysis.articles import as_articles
from analysis.schema import Schema
from analysis.text import DOUBLE_MARKS, STOPWORDS, Span, paragraphs, sentences, words

By = Literal["paragraph", "sentence", "article"]

UNITS = Schema(
    "units",
    "One row a unit of text, in reading order; headings are no units of their own but stand beside those below them.",
    {
        "unit_id": ("str", "name of the unit, unique in the corpus"),
        "article_id": ("str", "the article it is from"),
        "outlet": ("str", "who published it"),
        "position": ("int", "place in the article, from 0"),
        "start": ("int", "first character in the body"),
        "end": ("int", "one past the last character in the body"),
        "text": ("str", "body[start:end]"),
        "heading": ("str", "the heading it stands under, or an empty text"),
        "paragraph": ("int", "number of the paragraph it belongs to, from 0, headings not counted"),
        "event": ("str", "what the article is about"),
    },
    key=("unit_id",),
)
SENTENCES = Schema(
    "sentences",
    "One row a sentence, in reading order, with the paragraph and the heading it stands in.",
    UNITS.columns,
    key=UNITS.key,
)

_MARK = {"paragraph": "p", "sentence": "s", "article": "a"}
_LONGEST_HEADING = 12  # words
_LONGEST_PLAIN_HEADING = 8  # words, where the words are not capitalised
_NO_HEADING_END = re.compile(r"[.!…:;,\"'”’»)\]\-–—]$|\.\s|[!?…]\s")
_LIST_MARK = re.compile(r"[-*•·–—▪◦○●\d(\[]")


def units(articles: pd.DataFrame, by: By = "paragraph") -> pd.DataFrame:
    """Cut articles into paragraphs, sentences or whole texts.

    Nothing is dropped but headings: short lines like a title, without an end mark, above a paragraph. They are handed
    down in `heading` to everything until the next one. No sentence crosses a paragraph.

    Args:
        articles: article_id, body; outlet and event if there are any.
        by: "paragraph", "sentence" or "article" (one unit a text, headings included).

    Returns:
        unit_id, article_id, outlet, position, start, end, text, heading, paragraph, event. An article without any
        text has no units.

    Raises:
        ValueError: `by` is something else.
        TableError: `articles` lacks a column.
    """
    if by not in _MARK:
        raise ValueError(f"units: by={by!r} is not known; use {', '.join(map(repr, _MARK))}.")
    columns: dict[str, list[Any]] = {name: [] for name in UNITS.columns}
    frame = as_articles(articles)
    for article_id, outlet, body, event in zip(
        *(frame[name].tolist() for name in ("article_id", "outlet", "body", "event")), strict=True
    ):
        for position, (start, end, heading, paragraph) in enumerate(_cut(body, by)):
            columns["unit_id"].append(f"{article_id}#{_MARK[by]}{position}")
            columns["article_id"].append(article_id)
            columns["outlet"].append(outlet)
            columns["position"].append(position)
            columns["start"].append(start)
            columns["end"].append(end)
            columns["text"].append(body[start:end])
            columns["heading"].append(heading)
            columns["paragraph"].append(paragraph)
            columns["event"].append(event)
    return (SENTENCES if by == "sentence" else UNITS).frame(columns)


def headings(body: str, spans: list[Span] | None = None) -> list[Span]:
    """Find the paragraphs of `body` that are headings.

    A heading has at most twelve words, starts like a title, ends without a mark and stands above running text. More
    than two such lines in a row are taken for a list, a table or verse.

    Args:
        body: the text.
        spans: its paragraphs, if they are known already.
    """
    spans = paragraphs(body) if spans is None else spans
    found: list[Span] = []
    run: list[Span] = []
    for span in spans:
        if _like_heading(body, span):
            run.append(span)
            continue
        if run and len(run) <= 2 and _running_text(body, span):
            found += run
        run = []
    return found


def _cut(body: str, by: By) -> list[tuple[int, int, str, int]]:
    spans = paragraphs(body)
    if not spans:
        return []
    if by == "article":
        return [(spans[0][0], spans[-1][1], "", 0)]
    above = set(headings(body, spans))
    out: list[tuple[int, int, str, int]] = []
    heading, paragraph = "", 0
    for span in spans:
        if span in above:
            heading = body[span[0] : span[1]]
            continue
        parts = [span] if by == "paragraph" else sentences(body, [span])
        out += [(start, end, heading, paragraph) for start, end in parts]
        paragraph += 1
    return out


def _like_heading(body: str, span: Span) -> bool:
    start, end = span
    if end - start > 120:
        return False
    text = body[start:end]
    first = text[0]
    if first in DOUBLE_MARKS or _LIST_MARK.match(text) or not first.isupper() or _NO_HEADING_END.search(text):
        return False
    parts = [text[a:b] for a, b in words(text)]
    if not 0 < len(parts) <= _LONGEST_HEADING:
        return False
    content = [word for word in parts if word.casefold() not in STOPWORDS]
    titled = sum(word[0].isupper() or word[0].isdigit() for word in content) >= 0.75 * max(1, len(content))
    return titled or (len(parts) <= _LONGEST_PLAIN_HEADING and not text.endswith("?"))


def _running_text(body: str, span: Span) -> bool:
    start, end = span
    return len(words(body, start, end)) >= _LONGEST_HEADING or body[end - 1] in ".!?…\"'”’"
