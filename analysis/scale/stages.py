"""What is done to a part: cleaning, joining articles with their events, every table of `analysis.recipes`.

Each is a plain function from frames to frames by name; the pipeline reads and writes.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.articles import as_articles
from analysis.corpus import FURNITURE, PROBLEMS, Corpus, clean_articles
from analysis.corpus.describe import EVIDENCE
from analysis.events import describe_events
from analysis.recipes import spoken
from analysis.scale import events
from analysis.scale.sources import wants_cleaning
from analysis.schema import Schema

if TYPE_CHECKING:
    from analysis.exports import TablesLike

Frames = dict[str, pd.DataFrame]

# made event by event; all others are of one event as a whole or read off these in a moment: made when it is asked for
TABLES = tuple(
    """articles furniture problems units sentences roles quotations reported passages families quotation_pairs utterances
    corroboration topic_assignments topic_shares topic_distances voices openings keyness facts coverage contradictions
    wording_shifts frame_scores frame_cues reporting_words""".split()
)

PAGES = Schema(
    "pages",
    "One row an article: its page as it came, before cleaning.",
    {
        "article_id": ("str", "the article"),
        "event": ("str", "its event"),
        "text": ("str", "the page"),
    },
    key=("article_id",),
)
# the columns through which a row is of an article
_ARTICLE_COLUMNS = ("article_id", "a_article", "a")


def clean(frame: pd.DataFrame, number: int, cleaning: bool, window: int) -> Frames:
    """Repair and clean the articles of a part as `load_corpus` does, and describe them for the search for events.

    Returns:
        articles (with row, the page as it came, and what was removed and found in `removed` and `said`), features.
    """
    wanted = pd.Series(wants_cleaning(frame) if cleaning else [False] * len(frame), index=frame.index)
    frame = frame.drop(columns=["clean"], errors="ignore")
    frame = frame.assign(row=events.row_numbers(number, len(frame)))
    given, pages = frame["event"], frame["body"]
    if wanted.any():
        cleaned, removed, said = clean_articles(frame[wanted])
        frame = pd.concat([cleaned, as_articles(frame[~wanted])] if not wanted.all() else [cleaned])
        frame = frame.sort_values("row").reset_index(drop=True)
    else:
        frame, removed, said = as_articles(frame), FURNITURE.frame([]), PROBLEMS.frame([])
    frame["event"] = given.fillna("").tolist()
    frame["page"] = pages.tolist()
    frame["removed"] = _packed(frame, removed)
    frame["said"] = _packed(frame, said)
    return {"articles": frame, **events.features(frame, window)}


def attach(frame: pd.DataFrame, assigned: pd.DataFrame) -> Frames:
    """Give each article its event and partition."""
    joined = frame.drop(columns=["event"]).merge(
        assigned[["row", "event", "whole", "partition"]], on="row", validate="one_to_one"
    )
    return {"articles": joined}


def analyse_events(frame: pd.DataFrame, codebook: str) -> Frames:
    """Make every table of the events in one partition.

    Args:
        frame: articles with row, page, removed, said, whole, partition.
        codebook: path of the codebook that all partitions share.
    """
    from analysis.tables import Settings, Tables

    frame = frame.sort_values("row").reset_index(drop=True)
    removed, said = _unpacked(frame, "removed"), _unpacked(frame, "said")
    articles = as_articles(frame.drop(columns=["row", "page", "removed", "said", "whole", "partition"]))
    corpus = Corpus(
        articles=articles,
        furniture=FURNITURE.frame(removed),
        problems=PROBLEMS.frame(said),
        evidence=EVIDENCE.frame([]),
        root=Path(),
    )
    tables = Tables(corpus, Settings(), None)
    tables.__dict__["codebook"] = _codebook(codebook)
    made = _numbered_by_event({name: with_event(tables[name], tables) for name in TABLES})
    made["events"] = describe_events(frame)
    made["pages"] = PAGES.frame(frame[["article_id", "event"]].assign(text=frame["page"]))
    made["terms"] = _terms(articles, made["quotations"])
    return made


def with_event(table: pd.DataFrame, tables: TablesLike) -> pd.DataFrame:
    """Add the column `event` to a table that knows it only through its articles or sentences."""
    if "event" in table.columns:
        return table
    articles = tables["articles"]
    for column in _ARTICLE_COLUMNS:
        if column in table.columns:
            return table.assign(event=_looked_up(table[column], articles["article_id"], articles["event"]))
    units = tables["units"]
    return table.assign(event=_looked_up(table["unit_id"], units["unit_id"], units["event"]))


def keyness_of_month(frame: pd.DataFrame) -> Frames:
    """Compare the words of each outlet with those of all others in one month; see `keyness.by_month`."""
    from analysis.scale.months import by_month

    return {"keyness_months": by_month(frame)}


@lru_cache(maxsize=1)
def _codebook(path: str) -> Any:
    from analysis.topics import load_codebook

    return load_codebook(path)


def _looked_up(column: pd.Series[Any], ids: pd.Series[Any], events_of: pd.Series[Any]) -> pd.Series[Any]:
    places = pd.Index(ids).get_indexer(pd.Index(column))
    found = events_of.array.take(places, allow_fill=True, fill_value="")
    return pd.Series(found, index=column.index, dtype="str")


def _numbered_by_event(made: Frames) -> Frames:
    """Number utterances inside their event, so that their names do not depend on which events share a partition."""
    utterances = made["utterances"]
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for name, event in zip(utterances["utterance_id"].tolist(), utterances["event"].tolist(), strict=True):
        if name not in names:
            counts[event] = counts.get(event, 0) + 1
            names[name] = f"{event}/u{counts[event]}"
    out = dict(made)
    for table in ("utterances", "corroboration", "wording_shifts"):
        old = made[table]["utterance_id"].tolist()
        out[table] = (
            made[table]
            .assign(utterance_id=[names.get(name, name) if isinstance(name, str) else name for name in old])
            .astype({"utterance_id": "str"})
        )
    return out


def _terms(articles: pd.DataFrame, quotations: pd.DataFrame) -> pd.DataFrame:
    from analysis.scale.months import count_terms

    return count_terms(articles, spoken(quotations))


def _packed(frame: pd.DataFrame, rows: pd.DataFrame) -> list[str | None]:
    """Rows of another table as JSON beside the article they belong to, so that one shuffle moves both."""
    by_article: dict[str, list[dict[str, Any]]] = {}
    for row in rows.astype("object").where(rows.notna(), None).to_dict("records"):
        by_article.setdefault(str(row["article_id"]), []).append({str(k): v for k, v in row.items()})
    return [
        json.dumps(by_article[name], ensure_ascii=False) if name in by_article else None
        for name in frame["article_id"]
    ]


def _unpacked(frame: pd.DataFrame, column: str) -> list[dict[str, Any]]:
    return [row for text in frame[column] if isinstance(text, str) for row in json.loads(text)]
