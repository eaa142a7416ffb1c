"""Reading of the invented events, for every test that wants them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import yaml

HERE = Path(__file__).parent
SLUGS = sorted(path.parent.name for path in HERE.glob("*/corpus.yml"))


def load_event(slug: str) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The articles of an event, bodies as in the files, and what a careful reader finds in them."""
    folder = HERE / slug
    corpus = yaml.safe_load((folder / "corpus.yml").read_text(encoding="utf-8"))
    truth = yaml.safe_load((folder / "truth.yml").read_text(encoding="utf-8"))
    articles = pd.DataFrame(
        {
            "article_id": row["file"],
            "outlet": row["outlet"],
            "title": row["title"],
            "date": str(row["date"]),
            "event": slug,
            "body": (folder / row["file"]).read_text(encoding="utf-8"),
        }
        for row in corpus["articles"]
    )
    return articles, truth


def true_quotations(articles: pd.DataFrame, truth: dict[str, Any]) -> pd.DataFrame:
    """The quotations of the truth as a table like that of `resolve_speakers`."""
    bodies = dict(zip(articles["article_id"], articles["body"], strict=True))
    rows = []
    for row in truth["quotations"]:
        body = bodies[row["file"]]
        start = min(body.find(mark + row["text"]) + 1 for mark in '"“‘' if mark + row["text"] in body)
        rows.append(
            {
                "quotation_id": row["id"],
                "article_id": row["file"],
                "start": start,
                "end": start + len(row["text"]),
                "text": row["text"],
                "kind": row["kind"],
                "speaker": row["speaker"],
                "speaker_mention": row["mention"],
                "unnamed": row["speaker"] is None,
            }
        )
    return pd.DataFrame(rows)
