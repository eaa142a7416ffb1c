"""Shared text on a page: families, and passages side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.render import Column, Html, first_few, join, number, table, tag
from analysis.schema import rows
from analysis.views.differences import pair
from analysis.views.places import Places

# class of a shared passage -> words for it; that it came over a wire is more than the texts show
SHARED_AS = {"wire copy": "shared copy"}
_MOST_NAMED = 8  # articles of a family that are named in a row
_KINDS = {"verbatim": "word for word"}


def family_table(families: pd.DataFrame, places: Places) -> Html:
    """Show which articles count as one witness, and how much of each stands elsewhere."""
    return table(
        families.sort_values(["size", "family_id"], ascending=[False, True], kind="stable"),
        {
            "article_id": Column("outlet", lambda r: places.outlet_of(r["article_id"])),
            "family_id": Column("counts as one with", lambda r: _others(families, r, places)),
            "shared_share": Column(
                "also elsewhere", lambda r: number(r["shared_share"], percent=True), numeric=True
            ),
            "own_share": Column("own words", lambda r: number(r["own_share"], percent=True), numeric=True),
            "shares": Column("shares mostly", lambda r: _shared_as(r["shares"])),
        },
        "Articles by the words they share",
        name="families",
    )


def _shared_as(kind: object) -> str:
    return SHARED_AS.get(kind, kind) if isinstance(kind, str) else "–"


def _others(families: pd.DataFrame, row: object, places: Places) -> Html:
    assert isinstance(row, dict)
    same = families[
        (families["family_id"] == row["family_id"]) & (families["article_id"] != row["article_id"])
    ]
    names = [places.outlet_of(article) for article in same["article_id"][:_MOST_NAMED]]
    more = f" and {len(same) - len(names):,} others" if len(same) > len(names) else ""
    return join([join(names, ", "), more]) if names else tag("span", "nobody")


def passage_pairs(passages: pd.DataFrame, places: Places, most: int = 12, open_: int = 3) -> Html:
    """Show the longest shared passages side by side, the first few unfolded; quotations are left to the chapter about them."""
    longest = (
        passages[passages["class"] != "quotation"]
        .sort_values("words", ascending=False, kind="stable")
        .head(most)
    )
    shown = [
        pair(
            places,
            (p["a"], int(p["a_start"]), int(p["a_end"])),
            (p["b"], int(p["b_start"]), int(p["b_end"])),
            f"{p['words']} words in common",
            f"{_shared_as(p['class'])}, {_KINDS.get(p['kind'], p['kind'])}",
        )
        for p in rows(longest)
    ]
    return (
        first_few(shown, open_, "shared passages")
        if shown
        else tag("p", "No passage outside quotations is shared.")
    )


def furniture_effect_table(effect: pd.DataFrame, places: Places) -> Html:
    """Show what the page furniture would have done to the sharing, had it been left in."""
    return table(
        effect,
        {
            "outlet": Column("outlet", lambda r: places.outlet(r["outlet"])),
            "words": Column("words", lambda r: _change(r, "words"), numeric=True),
            "shared_share": Column(
                "also elsewhere", lambda r: _change(r, "shared_share", True), numeric=True
            ),
            "family_size": Column(
                "articles in its family", lambda r: _change(r, "family_size"), numeric=True
            ),
        },
        "Each article → the same with its page furniture left in",
        name="furniture_effect",
    )


def _change(row: Mapping[str, Any], name: str, percent: bool = False) -> str:
    return f"{number(row[name], percent=percent)} → {number(row[f'{name}_with'], percent=percent)}"
