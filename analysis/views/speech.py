"""Quotations on a page: the table with speakers, the ledger of who prints which words, versions side by side."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.framing.voices import NOT_NAMED
from analysis.recipes import spoken
from analysis.render import Column, Html, details, first_few, join, number, plural, table, tag
from analysis.schema import rows
from analysis.views.differences import pair
from analysis.views.places import MOST_OUTLETS, Places, with_most

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


_MOST_NAMED = 8  # outlets named in a line


def voice_cards(voices: pd.DataFrame, quotations: pd.DataFrame, places: Places, most: int = 6) -> Html:
    """Show the most heard speakers: how many words, in which outlets, and a quotation of each in its place."""
    named = voices[(voices["words"] > 0) & (voices["speaker"] != NOT_NAMED)]
    heard = named.groupby("speaker")["words"].sum().sort_values(ascending=False, kind="stable").head(most)
    said = spoken(quotations).assign(length=lambda q: q["end"] - q["start"])
    cards = []
    for speaker, total in heard.items():
        outlets = dict.fromkeys(named.loc[named["speaker"] == speaker, "outlet"])
        words = f"{number(total)} words quoted or reported in "
        shown = join([places.outlet(name) for name in list(outlets)[:_MOST_NAMED]], ", ")
        more = f" and {len(outlets) - _MOST_NAMED:,} others" if len(outlets) > _MOST_NAMED else ""
        line = join([words, shown, more, "."])
        mine = said[said["speaker"] == speaker].sort_values("length", ascending=False, kind="stable")
        sample = [places.quoted(q["article_id"], q["start"], q["end"]) for q in rows(mine.head(1))]
        cards.append(
            tag("div", tag("h3", speaker), tag("p", line, class_="t-more"), *sample, class_="t-card")
        )
    return tag("div", *cards, class_="t-cards") if cards else tag("p", "No speaker is named.")


def quotation_table(quotations: pd.DataFrame, places: Places, limit: int = 120) -> Html:
    """Show every quotation with its speaker, as printed and as resolved; folded."""
    said = spoken(quotations)
    shown = table(
        said,
        {
            "article_id": Column("outlet", lambda r: places.outlet_of(r["article_id"])),
            "text": Column(
                "words", lambda r: places.link(r["article_id"], r["start"], _cut(r["text"])), class_="t-wide"
            ),
            "speaker": Column("speaker", _speaker_cell),
        },
        "Quotations and their speakers",
        limit,
        name="quotations",
    )
    return details(f"All {len(said):,} quotations and their speakers", shown)


def _speaker_cell(row: Any) -> Html:
    mention = _or(row["speaker_mention"], "no mention")
    basis = _BASIS.get(str(row["basis"]), _or(row["basis"], "").replace("_", " "))
    printed = f"printed as “{mention}”" if mention != "no mention" else mention
    return join([
        _or(row["speaker"], "not found"),
        tag("span", printed + (f" ({basis})" if basis else ""), class_="t-under"),
    ])  # fmt: skip


def ledger(
    corroboration: pd.DataFrame,
    utterances: pd.DataFrame,
    articles: pd.DataFrame,
    places: Places,
    limit: int = 40,
) -> Html:
    """Show utterance by article how the words stand there; then, folded, the utterances that stand in one article only.

    Each sign links to the passage; a person who hears it read hears the words for the sign.
    """
    present = corroboration[corroboration["status"] != "absent"]
    present = present[present["utterance_id"].isin(utterances["utterance_id"])]
    order = present.groupby("utterance_id").size().sort_values(ascending=False, kind="stable")
    several, single = order[order > 1].index, order[order == 1].index
    ids = with_most(present[present["utterance_id"].isin(several)]["article_id"], articles["article_id"])
    full = utterances.drop_duplicates("utterance_id").set_index("utterance_id")
    cells = {(r["utterance_id"], r["article_id"]): r for r in rows(present[present["article_id"].isin(ids)])}
    found = present.groupby("utterance_id")
    witnesses, conflicts = found["witnesses"].max(), found["speaker_conflict"].any()
    lines = []
    for utterance in several:
        line: dict[str, Any] = {
            "words": full.loc[utterance, "utterance"],
            "speaker": full.loc[utterance, "speaker"],
        }
        line |= {article: cells.get((utterance, article)) for article in ids}
        line |= {"witnesses": int(witnesses[utterance]), "conflict": bool(conflicts[utterance])}
        lines.append(line)
    columns: dict[str, Column | str] = {
        "words": Column("words", _utterance_cell, class_="t-wide"),
        **{article: _status_column(article, places) for article in ids},
        "witnesses": Column(
            "tellings",
            lambda r: r["witnesses"],
            numeric=True,
            note="independent tellings that have it in marks",
        ),
    }
    shown = [
        table(lines, columns, "Which outlet prints which words", limit, name="corroboration"),
        _legend(),
    ]
    if len(articles) > len(ids):
        note = f"Of {len(articles)} articles the {len(ids)} that share most utterances have a column; the table’s download has all."
        shown.append(tag("p", note, class_="t-more"))
    if len(single):
        alone = present[present["utterance_id"].isin(single)]
        shown.append(
            details(f"{plural(len(single), 'utterance')} in one article only", _alone(alone, places))
        )
    return join(shown)


def _utterance_cell(row: Any) -> Html:
    disputed = " (disputed)" if row["conflict"] else ""
    return join([
        _cut(row["words"], 130),
        tag("span", _or(row["speaker"], "speaker not found") + disputed, class_="t-under"),
    ])  # fmt: skip


def _alone(cells: pd.DataFrame, places: Places, most: int = 20) -> Html:
    """Utterances of one article only, by outlet."""
    shown = []
    names = with_most(cells["outlet"], cells["outlet"], MOST_OUTLETS)
    for outlet, mine in cells[cells["outlet"].isin(names)].groupby("outlet", sort=False):
        inner = [
            tag("li", places.link(r["article_id"], r["start"], _cut(r["text"])),
                tag("span", _or(r["speaker"], "speaker not found"), class_="t-under"))
            for r in rows(mine.head(most))
        ]  # fmt: skip
        more = f" and {len(mine) - most} more, in the table’s download" if len(mine) > most else ""
        shown.append(join([tag("p", places.outlet(str(outlet)), more), tag("ul", *inner)]))
    if (n := cells["outlet"].nunique()) > len(names):
        note = f"Of {n:,} outlets the {len(names)} with most; the table’s download has all."
        shown.append(tag("p", note, class_="t-more"))
    return join(shown)


def _status_column(article: str, places: Places) -> Column:
    def cell(row: Any) -> Html:
        found = row[article]
        status = str(found["status"]) if found else "absent"
        sign, meaning = STATUSES.get(status, ("?", status))
        shown = join([tag("span", sign, aria_hidden="true"), tag("span", meaning, class_="visually-hidden")])
        shown = tag("span", shown, title=meaning, class_="t-off" if status == "absent" else None)
        return shown if status == "absent" or not found else places.link(article, found["start"], shown)

    return Column(places.outlet_of(article), cell, class_="t-cell")


def _legend() -> Html:
    return tag(
        "ul", *(tag("li", f"{sign} {meaning}") for sign, meaning in STATUSES.values()), class_="t-legend"
    )


def version_pairs(
    pairs: pd.DataFrame, quotations: pd.DataFrame, places: Places, most: int = 12, open_: int = 4
) -> Html:
    """Show quotations of the same words that do not agree to the letter, side by side, the first few unfolded."""
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
        first_few(shown, open_, "pairs")
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
    return (
        first_few(shown, 4, "such utterances")
        if shown
        else tag("p", "No words are given to different speakers.")
    )


def _place(row: Any) -> tuple[str, int, int]:
    return row["article_id"], int(row["start"]), int(row["end"])


def _or(value: object, otherwise: str) -> str:
    return value if isinstance(value, str) and value else otherwise


def _cut(text: str, length: int = 180) -> str:
    plain = " ".join(str(text).split())
    return plain if len(plain) <= length else plain[:length].rsplit(" ", 1)[0] + " …"
