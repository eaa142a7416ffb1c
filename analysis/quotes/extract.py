"""Quotations: the runs between marks, and whom the article gives them to."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from analysis.articles import as_articles
from analysis.quotes.tables import QUOTATIONS
from analysis.text import paragraphs

_RUN = re.compile(r"[\"“”«„]([^\"“”«»„]{1,20000})[\"“”»]")
_AFTER = re.compile(
    r"\W{0,3}(?:(said|says|added|told)\s+((?:[A-Z][\w.'’-]+\s?)+|he|she|they)|"
    r"((?:[A-Z][\w.'’-]+\s?)+|he|she|they)\s(said|says|added|told))"
)


def extract_quotations(articles: pd.DataFrame) -> pd.DataFrame:
    """Find every run between quotation marks, its kind and its printed speaker."""
    rows: list[dict[str, Any]] = []
    for article_id, body in as_articles(articles)[["article_id", "body"]].itertuples(index=False):
        for rank, (a, b) in enumerate(paragraphs(body)):
            for m in _RUN.finditer(body, a, b):
                name = f"{article_id}:q{len(rows)}"
                row: dict[str, Any] = {
                    "quotation_id": name, "article_id": article_id, "start": m.start(1), "end": m.end(1),
                    "text": m.group(1), "kind": "direct" if " " in m.group(1) else "term", "chain": name,
                    "attribution": "none", "flags": "", "paragraph": rank,
                }  # fmt: skip
                after = _AFTER.match(body, m.end(), min(b, m.end() + 100))
                if after:
                    who = 2 if after.group(2) else 3
                    row |= {
                        "speaker_mention": after.group(who).strip(),
                        "speaker_start": after.start(who),
                        "speaker_end": after.start(who) + len(after.group(who).rstrip()),
                        "cue": after.group(1) or after.group(4),
                        "attribution": "after",
                    }
                rows.append(row)
    return QUOTATIONS.frame(rows)
