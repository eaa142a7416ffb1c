"""The words of an article that stand in no other."""

from __future__ import annotations

import pandas as pd

from analysis.articles import as_articles
from analysis.passages.templates import templates
from analysis.schema import Schema

OWN_WORDS = Schema(
    "own_words",
    "One row a stretch of an article that no other article of the event shares.",
    {
        "article_id": ("str", "the article"),
        "start": ("int", "start of the stretch in its body"),
        "end": ("int", "end of the stretch in its body"),
    },
    key=("article_id", "start"),
)


def own_words(articles: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Cut the shared passages, and the lines that its outlet repeats, out of each article.

    Args:
        articles: an `articles` table.
        passages: a `passages` table made from it; formulas, which belong to everybody, are not cut out.

    Returns:
        The `OWN_WORDS` table in reading order; white space at both ends of a stretch is left out.
    """
    frame = as_articles(articles)
    taken: dict[str, list[tuple[int, int]]] = {}
    if "class" in passages.columns:
        passages = passages[passages["class"] != "formulaic"]
    lines = templates(frame)
    for name, start, end in zip(lines["article_id"], lines["start"], lines["end"], strict=True):
        taken.setdefault(name, []).append((int(start), int(end)))
    for side in "ab":
        columns = (passages[side], passages[f"{side}_start"], passages[f"{side}_end"])
        for name, start, end in zip(*columns, strict=True):
            taken.setdefault(name, []).append((int(start), int(end)))
    rows = []
    for name, body in zip(frame["article_id"], frame["body"], strict=True):
        for start, end in _gaps(sorted(taken.get(name, [])), len(body)):
            text = body[start:end]
            start += len(text) - len(text.lstrip())
            end -= len(text) - len(text.rstrip())
            if any(character.isalnum() for character in body[start:end]):
                rows.append({"article_id": name, "start": start, "end": end})
    return OWN_WORDS.frame(rows)


def _gaps(spans: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    out, at = [], 0
    for start, end in spans:
        if start > at:
            out.append((at, start))
        at = max(at, end)
    if at < length:
        out.append((at, length))
    return out
