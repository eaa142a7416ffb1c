"""Quotations on a page: the table with speakers, the ledger of who prints which words, versions side by side."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.recipes import spoken
from analysis.render import Column, Html, join, table, tag
from analysis.schema import rows
from analysis.views.differences import pair
from analysis.views.places import Places

# status of an utterance in an article -> sign, words for it
STATUSES = {
    "verbatim": ("●", "word for word"),
    "trimmed": ("◐", "shortened"),
    "spliced": ("◍", "spliced with other words"),
    "overlap": ("◑", "in part"),
    "fragment": ("◔", "a fragment"),
    "reworded": ("◒", "in other words"),
    "unquoted": ("○", "without quotation marks"),
    "absent": ("·", "not found"),
}
_BASIS = {
    "name": "named there", "last_name": "last name", "pronoun": "pronoun", "role": "office", "acronym": "short form",
    "document": "a document of theirs", "floating": "from the sentence before", "chained": "same speech",
}  # fmt: skip


def quotation_table(quotations: pd.DataFrame, places: Places, limit: int = 120) -> Html:
    """Show every quotation with its speaker, as printed and as resolved."""
    return table(
        spoken(quotations),
        {
            "article_id": Column("outlet", lambda r: places.outlet_of(r["article_id"])),
            "text": Column(
                "words", lambda r: places.link(r["article_id"], r["start"], _cut(r["text"])), class_="t-wide"
            ),
            "speaker_mention": Column("printed as", lambda r: _or(r["speaker_mention"], "no mention")),
            "speaker": Column("speaker", lambda r: _or(r["speaker"], "not found")),
            "basis": Column(
                "known by", lambda r: _BASIS.get(str(r["basis"]), _or(r["basis"], "–").replace("_", " "))
            ),
        },
        "Quotations and their speakers",
        limit,
        name="quotations",
    )


def ledger(
    corroboration: pd.DataFrame,
    utterances: pd.DataFrame,
    articles: pd.DataFrame,
    places: Places,
    limit: int = 60,
) -> Html:
    """Show utterance by article how the words stand there; utterances of most articles first.

    Each sign links to the passage; a person who hears it read hears the words for the sign.
    """
    ids = list(articles["article_id"])[:12]
    present = corroboration[corroboration["status"] != "absent"]
    order = present.groupby("utterance_id").size().sort_values(ascending=False, kind="stable")
    order = order[order.index.isin(utterances["utterance_id"])]
    full = utterances.drop_duplicates("utterance_id").set_index("utterance_id")
    cells = {(r["utterance_id"], r["article_id"]): r for r in rows(corroboration)}
    lines = []
    for utterance in order.index:
        line: dict[str, Any] = {
            "words": full.loc[utterance, "utterance"],
            "speaker": full.loc[utterance, "speaker"],
        }
        line |= {article: cells.get((utterance, article)) for article in ids}
        line["witnesses"] = max((c["witnesses"] for c in line.values() if isinstance(c, dict)), default=0)
        line["conflict"] = any(c["speaker_conflict"] for c in line.values() if isinstance(c, dict))
        lines.append(line)
    columns: dict[str, Column | str] = {
        "words": Column("words", lambda r: _cut(r["words"], 110), class_="t-wide"),
        "speaker": Column(
            "speaker",
            lambda r: join([_or(r["speaker"], "not found"), " (disputed)" if r["conflict"] else ""]),
        ),
        **{article: _status_column(article, places) for article in ids},
        "witnesses": Column(
            "tellings",
            lambda r: r["witnesses"],
            numeric=True,
            note="independent tellings that have it in marks",
        ),
    }
    return join(
        [table(lines, columns, "Which outlet prints which words", limit, name="corroboration"), _legend()]
    )


def _status_column(article: str, places: Places) -> Column:
    def cell(row: Any) -> Html:
        found = row[article]
        status = str(found["status"]) if found else "absent"
        sign, meaning = STATUSES.get(status, ("?", status))
        shown = join([tag("span", sign, aria_hidden="true"), tag("span", meaning, class_="visually-hidden")])
        shown = tag("span", shown, title=meaning)
        return shown if status == "absent" or not found else places.link(article, found["start"], shown)

    return Column(places.outlet_of(article), cell, class_="t-cell")


def _legend() -> Html:
    return tag(
        "ul", *(tag("li", f"{sign} {meaning}") for sign, meaning in STATUSES.values()), class_="t-legend"
    )


def version_pairs(pairs: pd.DataFrame, quotations: pd.DataFrame, places: Places, most: int = 12) -> Html:
    """Show quotations of the same words that do not agree to the letter, side by side."""
    by_id = {r["quotation_id"]: r for r in rows(quotations)}
    apart = pairs[pairs["relation"] != "verbatim"].sort_values("score", ascending=False, kind="stable")
    shown = [
        pair(
            places,
            _place(by_id[p["a"]]),
            _place(by_id[p["b"]]),
            STATUSES.get(p["relation"], ("", p["relation"]))[1],
        )
        for p in rows(apart.head(most))
    ]
    return (
        join(shown)
        if shown
        else tag("p", "Where two outlets quote the same words, they agree to the letter.")
    )


def conflict_cards(corroboration: pd.DataFrame, utterances: pd.DataFrame, places: Places) -> Html:
    """Show the words that outlets give to different speakers."""
    flagged = corroboration[corroboration["speaker_conflict"].astype(bool)]["utterance_id"].unique()
    shown = []
    for utterance in flagged:
        told = utterances[
            (utterances["utterance_id"] == utterance) & utterances["speaker"].notna()
        ].drop_duplicates("speaker")
        if len(told) > 1:
            a, b = rows(told.head(2))
            heading = join([a["speaker"], " or ", b["speaker"], "?"])
            shown.append(pair(places, _place(a), _place(b), heading))
    return join(shown) if shown else tag("p", "No words are given to different speakers.")


def _place(row: Any) -> tuple[str, int, int]:
    return row["article_id"], int(row["start"]), int(row["end"])


def _or(value: object, otherwise: str) -> str:
    return value if isinstance(value, str) and value else otherwise


def _cut(text: str, length: int = 180) -> str:
    plain = " ".join(str(text).split())
    return plain if len(plain) <= length else plain[:length].rsplit(" ", 1)[0] + " …"
