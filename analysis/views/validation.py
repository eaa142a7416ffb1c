"""Validation on a page: figures beside peers and baselines, agreement with hand coding, and where the program differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.render import Column, Html, details, interval, join, number, table, tag
from analysis.schema import rows
from analysis.views.places import Places


def standing(compared: pd.DataFrame) -> Html:
    """Say in how many figures this package is ahead of the best peer, and in which it is not."""
    against = [row for row in rows(compared) if row["aim"] in ("high", "low") and row["peer"] == row["peer"]]
    if not against:
        return tag("p", "No peer was measured beside this package.", class_="t-more")
    ahead = [row for row in against if _better(row, row["ours"])]
    sure = [row for row in ahead if _better(row, row["low" if row["aim"] == "high" else "high"])]
    behind = [f"{row['measure']}, {row['metric']}, on {row['set']}" for row in against if row not in ahead]
    said = [
        "Of ", tag("strong", f"{number(len(against))} figures"), " that were taken of the best peer as well, this package is ahead in ",
        tag("strong", number(len(ahead))), "; in ", tag("strong", number(len(sure))),
        " the peer’s figure lies outside this package’s interval.",
    ]  # fmt: skip
    if behind:
        said.append(f" Not ahead: {'; '.join(behind)}.")
    return tag("p", join(said))


def _better(row: Mapping[str, Any], value: float) -> bool:
    return bool(value > row["peer"] if row["aim"] == "high" else value < row["peer"])


def measured_table(compared: pd.DataFrame, caption: str) -> Html:
    """Show each figure with its interval, the best peer's and the best baseline's; folded."""
    return _folded(
        compared,
        {
            "metric": Column("figure", _figure),
            "set": Column("on", lambda r: join([r["set"], " ", _small(f"{number(r['n'])} {r['unit']}")])),
            "ours": Column("this package", _own, numeric=True),
            "peer": Column("best peer", lambda r: _other(r, "peer")),
            "baseline": Column("baseline", lambda r: _other(r, "baseline")),
        },
        caption,
        name="measured",
    )


def cost_table(results: pd.DataFrame) -> Html:
    """Show speeds and costs as ratios; folded."""
    return _folded(
        results,
        {
            "metric": "what",
            "method": "whose",
            "set": "on",
            "value": Column(
                "ratio", lambda r: number(r["value"], 3 if r["value"] < 0.1 else 2), numeric=True
            ),
            "note": "note",
            "date": "measured",
        },
        "Speeds and costs, as ratios in one run",
        name="costs",
    )


def agreement_table(agreement: pd.DataFrame) -> Html:
    """Show how far the coders and the program agree."""
    return table(
        agreement,
        {
            "what": "coded",
            "coder_a": Column("between", lambda r: f"{r['coder_a']} and {r['coder_b']}"),
            "units": Column("units", lambda r: number(r["units"]), numeric=True),
            "same": Column("same code", lambda r: number(r["same"], percent=True), numeric=True),
            "alpha": Column("alpha", lambda r: number(r["alpha"], 2), numeric=True),
        },
        "Agreement on the articles of this book",
        name="agreement",
    )


def difference_table(disagreements: pd.DataFrame, places: Places, labels: Mapping[str, str]) -> Html:
    """Show every place where the program's code is not a coder's, with a link to it and every such coder's code; folded."""

    def where(row: Mapping[str, Any]) -> Html:
        outlet = places.outlet_of(row["article_id"])
        if pd.isna(row["start"]):
            return join([outlet, " ", row["about"]])
        text = places.words(row["article_id"], row["start"], min(row["end"], row["start"] + 90))
        return join([outlet, " ", places.link(row["article_id"], row["start"], f"{text} …")])

    def code(row: Mapping[str, Any]) -> str:
        return " / ".join(dict.fromkeys(labels.get(each, each) for each in row["code"]))

    if not len(disagreements):
        return tag("p", "The program's codes and the coders' do not differ.", class_="t-more")
    unit = ["what", "article_id", "start", "end", "about", "program"]
    joined = disagreements.groupby(unit, sort=False, dropna=False, as_index=False).agg(list)
    return _folded(
        joined,
        {
            "what": "coded",
            "start": Column("where", where),
            "code": Column("coded by hand", code),
            "coder": Column("by", lambda row: ", ".join(row["coder"])),
            "program": Column("the program", lambda row: labels.get(row["program"], row["program"])),
        },
        "Where the program and a coder differ",
        name="disagreements",
    )


def source_table(sources: pd.DataFrame) -> Html:
    """Show where each set of labels is from and under which terms; folded."""
    return _folded(
        sources,
        {"set": "set", "source": "from", "licence": "terms", "measures": "used for", "date": "measured"},
        "The sets of labels; their texts do not ship with this book",
        name="label-sets",
    )


def _folded(data: pd.DataFrame, columns: Mapping[str, Column | str], caption: str, name: str) -> Html:
    return details(f"{caption}: {number(len(data))}", table(data, columns, caption, name=name))


def _figure(row: Mapping[str, Any]) -> Html:
    aim = {"high": "", "low": "less is better"}.get(row["aim"], f"{row['aim']} would be right")
    return join([f"{row['measure']}: {row['metric']} ", _small(aim)])


def _own(row: Mapping[str, Any]) -> Html:
    held = row["low"] == row["low"]
    return join(
        [
            number(row["ours"], 3),
            " ",
            _small(interval(row["low"], row["high"], percent=False) if held else ""),
        ]
    )


def _other(row: Mapping[str, Any], which: str) -> Html | str:
    value = row[which]
    if value != value:
        return "–"
    note = row["note"] if which == "peer" and isinstance(row["note"], str) and row["note"] else ""
    return join([number(value, 3), " ", _small(row[f"{which}_name"] + (f"; {note}" if note else ""))])


def _small(text: str) -> Html:
    return tag("span", text, class_="t-more")
