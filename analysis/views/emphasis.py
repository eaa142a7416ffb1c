"""What comes first and what is shared, on a page: first places, frame cues with their words, facts two outlets have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.render import Column, Html, Mark, details, interval, join, marked, number, table, tag
from analysis.schema import rows
from analysis.views.places import MOST_COLUMNS, Places, with_most

_HEADINGS = {"topic": "topic", "actor": "actor", "fact": "facts told by"}
FACT_ROLES = {
    "core": "every outlet",
    "shared": "several outlets",
    "own": "this one alone",
    "open": "perhaps one other",
}


def first_place_table(
    emphasis: pd.DataFrame, places: Places, kind: str, labels: Mapping[str, str], most: int = 12
) -> Html:
    """Show where each outlet first has a label, and its share of the first places, folded; every cell leads to the passage.

    Args:
        emphasis: the table of that name.
        places: for links and colours.
        kind: topic, actor or fact.
        labels: label -> what a reader is shown.
        most: labels shown, the heaviest first.
    """
    here = emphasis[emphasis["kind"] == kind]
    cells = {(r["label"], r["outlet"]): r for r in rows(here.drop_duplicates(["label", "outlet"]))}
    names = [{"label": name} for name in dict.fromkeys(here["label"])][:most]
    columns: dict[str, Column | str] = {
        "label": Column(_HEADINGS.get(kind, kind), lambda r: labels.get(r["label"], r["label"])),
        **{o: _place_column(o, cells, places) for o in list(dict.fromkeys(here["outlet"]))[:MOST_COLUMNS]},
    }
    legend = tag("p", "H: in the headline; S: in the first sentence; P: in the first paragraph; the share is that of the first"
                 " places, with its 95 % interval.", class_="t-more")  # fmt: skip
    caption = f"Where each outlet puts which {_HEADINGS.get(kind, kind)}"
    return details(f"{caption}, in numbers", table(names, columns, caption, name=f"emphasis-{kind}"), legend)


def _place_column(outlet: str, cells: Mapping[tuple[str, str], dict[str, Any]], places: Places) -> Column:
    def cell(row: Any) -> object:
        found = cells.get((row["label"], outlet))
        if found is None or (found["count"] == 0 and found["headlines"] == 0):
            return "–"
        signs = [
            sign
            for sign, n in (
                ("H", found["headlines"]),
                ("S", found["first_sentences"]),
                ("P", found["first_paragraphs"]),
            )
            if n
        ]
        if "S" in signs and "P" in signs:
            signs.remove("P")
        share = number(found["weighted_share"], percent=True)
        shown = join([f"{' '.join(signs)} " if signs else "", share])
        where = places.link(found["article_id"], found["start"], shown) if found["start"] >= 0 else shown
        said = interval(found["low"], found["high"]) if found["sufficient"] else "too few"
        return join([where, tag("div", said.replace(" ", "\u00a0"), class_="t-more")])

    return Column(places.outlet(outlet), cell)


def baseline_table(baseline: pd.DataFrame, places: Places, scheme: str, labels: Mapping[str, str]) -> Html:
    """Show how far always guessing "no cue", or the commonest frame, would get: what a reading of cues has to beat."""
    shown = table(
        baseline[baseline["scheme"] == scheme],
        {
            "outlet": Column("outlet", lambda r: "all together" if r["outlet"] == "all" else places.outlet(r["outlet"])),
            "sentences": Column("sentences", lambda r: number(r["sentences"]), numeric=True),
            "no_cue": Column("no cue", lambda r: number(r["no_cue"], percent=True), numeric=True,
                             note="how often “no cue” would be right"),
            "frame": Column("commonest", lambda r: labels.get(r["frame"], r["frame"]) if isinstance(r["frame"], str) else "–"),
            "guess_cued": Column("guessing it is right", lambda r: number(r["guess_cued"], percent=True), numeric=True,
                                 note="of the sentences that hold a cue: how often their strongest cue is of that frame"),
            "low": Column("interval", lambda r: interval(r["low"], r["high"]), numeric=True),
        },
        "What always guessing the same would give",
        name=f"frame_baseline-{scheme}",
    )  # fmt: skip
    return details("What always guessing the same would give", shown)


def cue_sentences(
    cues: pd.DataFrame,
    marks: pd.DataFrame,
    sentences: pd.DataFrame,
    places: Places,
    labels: Mapping[str, str],
    most: int = 4,
) -> Html:
    """Show for each frame the sentences that cue it most, with the cue words marked, folded.

    Args:
        cues: frame cues of one scheme (sentence_id, frame, score, negated, in_quotation).
        marks: cue words of the same scheme (article_id, start, end, label).
        sentences: the sentences.
        places: for links and colours.
        labels: frame -> what a reader is shown.
        most: sentences a frame.
    """
    held = cues[~cues["negated"].astype(bool)].merge(
        sentences[["unit_id", "start", "end"]], left_on="sentence_id", right_on="unit_id"
    )
    words = dict(iter(marks.groupby(["article_id", "label"])))
    shown = []
    for frame, group in sorted(held.groupby("frame"), key=lambda item: (-len(item[1]), str(item[0]))):
        inner = []
        for c in rows(group.sort_values("score", ascending=False, kind="stable").head(most)):
            found = words.get((c["article_id"], frame))
            spans = [] if found is None else [
                Mark(int(m["start"]), int(m["end"]), "t-here", title=str(labels.get(str(frame), frame)))
                for m in rows(found[(found["start"] >= c["start"]) & (found["end"] <= c["end"])])
            ]  # fmt: skip
            text = marked(places.bodies[c["article_id"]], spans, int(c["start"]), int(c["end"]))
            quoted = tag("p", "mostly in quoted words", class_="t-more") if c["in_quotation"] else ""
            inner.append(
                tag(
                    "div",
                    places.outlet_of(c["article_id"]),
                    tag("blockquote", places.link(c["article_id"], c["start"], text)),
                    quoted,
                )
            )
        n = len(group)
        summary = f"{labels.get(str(frame), frame)}: {n} sentence{'s' if n != 1 else ''}"
        shown.append(details(summary, tag("div", *inner, class_="t-cards")))
    return join(shown) if shown else tag("p", "No sentence holds a cue of these frames.")


def overlap_table(
    overlap: pd.DataFrame, facts: pd.DataFrame, coverage: pd.DataFrame, places: Places, limit: int = 60
) -> Html:
    """Show for every two articles how many facts they share, in how far in the same order, and which, with both passages."""
    text = dict(zip(facts["fact_id"], facts["text"], strict=True))
    told = coverage[coverage["status"].isin(["told", "partly"])]
    at = {(r["fact_id"], r["article_id"]): int(r["start"]) for r in rows(told)}

    def pair(r: Any) -> Html:
        return join([places.outlet_of(r["a"]), " and ", places.outlet_of(r["b"])])

    def share(r: Any) -> str:
        if not r["sufficient"]:
            return "too few facts"
        return f"{number(r['share'], percent=True)} ({interval(r['low'], r['high'])})"

    def order(r: Any) -> str:
        if not r["order_known"]:
            return "too few to say"
        return f"{number(r['tau'], 2)} ({number(r['tau_low'], 2)} to {number(r['tau_high'], 2)})"

    def which(r: Any) -> object:
        items = [
            tag("li", _cut(str(text.get(f, f)), 120), " ",
                places.link(r["a"], at.get((f, r["a"]), 0), places.outlet_of(r["a"])), " ",
                places.link(r["b"], at.get((f, r["b"]), 0), places.outlet_of(r["b"])))
            for f in list(r["shared"])
        ]  # fmt: skip
        return details("which", tag("ul", *items)) if items else "–"

    shown = table(
        overlap.sort_values(["share", "both"], ascending=False, kind="stable", na_position="last"),
        {
            "a": Column("articles", pair),
            "both": Column("facts both tell", lambda r: r["both"], numeric=True),
            "only_a": Column("only the first", lambda r: r["only_a"], numeric=True),
            "only_b": Column("only the second", lambda r: r["only_b"], numeric=True),
            "uncertain": Column("uncertain", lambda r: r["uncertain"], numeric=True),
            "share": Column(
                "shared part", share, note="of the facts that either tells, with the 95 % interval"
            ),
            "tau": Column("same order?", order, note="Kendall’s tau: 1 the same order, 0 none, -1 reversed"),
            "shared": Column("which", which),
        },
        "Facts that two articles share",
        limit,
        name="fact_overlap",
    )
    return details("The same in numbers, and which facts they are", shown)


def fact_places(
    order: pd.DataFrame, facts: pd.DataFrame, articles: pd.DataFrame, places: Places, limit: int = 40
) -> Html:
    """Show in which sentence each article comes to the facts that several tell; the most prominent first, each cell a link."""
    ids = with_most(order["article_id"], articles["article_id"])
    cells = {(r["fact_id"], r["article_id"]): r for r in rows(order[order["article_id"].isin(ids)])}
    outlets = order.groupby("fact_id")["outlet"].nunique()
    weight = order.groupby("fact_id")["weight"].sum() / max(1, len(articles))
    several = facts[facts["fact_id"].map(outlets).fillna(0) > 1]
    lines = sorted(rows(several), key=lambda f: (-weight.get(f["fact_id"], 0.0), f["fact_id"]))

    def column(article: str) -> Column:
        def cell(fact: Any) -> object:
            found = cells.get((fact["fact_id"], article))
            return places.link(article, found["start"], f"{found['sentence']}") if found else "–"

        return Column(places.outlet_of(article), cell, class_="t-cell")

    columns: dict[str, Column | str] = {
        "text": Column("statement", lambda f: places.link(f["article_id"], f["start"], _cut(f["text"], 150)), class_="t-wide"),
        **{article: column(article) for article in ids},
        "weight": Column("prominence", lambda f: number(weight.get(f["fact_id"], 0.0), 2), numeric=True,
                         note="mean over all articles: 1 in the first sentence, less in each later one, 0 where it is not told"),
    }  # fmt: skip
    caption = "In which sentence each article comes to a shared fact"
    return details(caption, table(lines, columns, caption, limit, name="fact_order"))


def _cut(text: str, length: int) -> str:
    plain = " ".join(str(text).split())
    return plain if len(plain) <= length else plain[:length].rsplit(" ", 1)[0] + " …"
