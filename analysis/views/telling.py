"""How the event is told, on a page: openings, facts, wordings that bend, passages that do not agree."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.framing import only_most_told
from analysis.render import Column, Html, Mark, details, first_few, join, marked, plural, table, tag
from analysis.schema import rows
from analysis.views.differences import pair
from analysis.views.places import MOST_OUTLETS, Places, with_most

_FACT = {"told": "told", "partly": "told in part", "uncertain": "uncertain", "not found": "not found"}
_DOT = {"told": "t-full", "partly": "t-partly", "uncertain": "t-uncertain", "not found": "t-absent"}
_SHIFT = {
    "marks_lost": "quotation marks lost", "modality": "how certain", "intensity": "how strong", "attribution": "whose words",
    "trimming": "a qualifier dropped", "jargon": "jargon",
}  # fmt: skip


def opening_cards(openings: pd.DataFrame, places: Places) -> Html:
    """Show headlines and first sentences side by side, the one who acts marked."""
    cards = []
    for o in rows(openings.head(24)):
        body = places.bodies[o["article_id"]]
        marks = (
            [Mark(int(o["actor_start"]), int(o["actor_end"]), "t-diff-add", title="who acts")]
            if o["actor_start"] >= 0
            else []
        )
        title = tag("h3", _headline(o)) if isinstance(o["title"], str) else ""
        sentence = tag(
            "blockquote",
            places.link(o["article_id"], o["start"], marked(body, marks, int(o["start"]), int(o["end"]))),
        )
        style = places.styles[o["outlet"]]
        cards.append(tag("div", places.outlet(o["outlet"]), title, sentence, class_=f"t-card {style.css}"))
    return tag("div", *cards, class_="t-cards")


def _headline(opening: Any) -> Html:
    """A headline with the one who acts in it marked."""
    if opening["headline_start"] < 0:
        return marked(opening["title"], [])
    actor = Mark(int(opening["headline_start"]), int(opening["headline_end"]), "t-diff-add", title="who acts")
    return marked(opening["title"], [actor])


def fact_matrix(
    facts: pd.DataFrame, coverage: pd.DataFrame, articles: pd.DataFrame, places: Places, limit: int = 60
) -> Html:
    """Show which article tells which statement, those that most tell first; every dot links to the passage.

    Statements that one outlet tells and another only comes near are folded; what one alone tells is left to `told_alone`.
    """
    spread, near = (
        facts["fact_id"].map(part.groupby("fact_id")["outlet"].nunique()).fillna(0)
        for part in (
            coverage[coverage["status"].isin(["told", "partly"])],
            coverage[coverage["status"] != "not found"],
        )
    )
    every, doubtful, facts = facts, facts[(spread <= 1) & (near > 1)], facts[spread > 1]
    missing = coverage[coverage["status"] == "not found"].drop_duplicates("fact_id")
    searched = dict(zip(missing["fact_id"], missing["searched"], strict=True))
    told = coverage[coverage["status"].isin(["told", "partly"])]
    ids = with_most(told[told["fact_id"].isin(facts["fact_id"])]["article_id"], articles["article_id"])
    weight = {"told": 2, "partly": 1}
    order = coverage.assign(w=coverage["status"].map(weight).fillna(0)).groupby("fact_id")["w"].sum()
    first = {article: i for i, article in enumerate(ids)}

    def in_order(chosen: pd.DataFrame) -> list[dict[str, Any]]:
        return sorted(
            rows(chosen),
            key=lambda f: (-order.get(f["fact_id"], 0), first.get(f["article_id"], 99), f["start"]),
        )

    lines, open_lines = in_order(facts), in_order(doubtful)
    seen = coverage["fact_id"].isin([f["fact_id"] for f in (*lines[:limit], *open_lines[:limit])])
    cells = {
        (r["fact_id"], r["article_id"]): r for r in rows(coverage[seen & coverage["article_id"].isin(ids)])
    }
    columns: dict[str, Column | str] = {
        "text": Column(
            "statement",
            lambda f: tag(
                "span",
                places.link(f["article_id"], f["start"], _cut(f["text"], 150)),
                title=f"searched for: {searched[f['fact_id']]}" if f["fact_id"] in searched else None,
            ),
            class_="t-wide",
        ),
        **{article: _fact_column(article, cells, places) for article in ids},
    }
    legend = tag(
        "ul",
        *(tag("li", _dot(status), f" {meaning}") for status, meaning in _FACT.items()),
        class_="t-legend",
    )
    shown = [table(lines, columns, "Which outlet tells what", limit, name="coverage"), legend]
    if len(articles) > len(ids):
        note = f"Of {len(articles):,} articles the {len(ids)} that tell most of these have a column; the table’s download has all."
        shown.append(tag("p", note, class_="t-more"))
    if only_most_told(every, articles):
        shown.append(_most_told(every, articles))
    if len(doubtful):
        caption = "Told by one, and another comes near: a reader must decide"
        summary = f"{len(doubtful)} statements that one outlet tells and another comes near"
        shown.append(details(summary, table(open_lines, columns, caption, limit)))
    return join(shown)


def _fact_column(article: str, cells: dict[tuple[str, str], dict[str, Any]], places: Places) -> Column:
    style = places.styles[places.outlets[article]]

    def cell(fact: Any) -> Html:
        found = cells.get((fact["fact_id"], article))
        status = str(found["status"]) if found else "not found"
        meaning = _FACT.get(status, status)
        said = tag("span", meaning, class_="visually-hidden")
        if not found or status == "not found":
            return tag("span", said, title=meaning, class_=f"t-dot {_DOT[status]} t-off")
        dot = tag("span", said, title=meaning, class_=f"t-dot {_DOT.get(status, '')} {style.css}")
        return places.link(article, found["start"], dot)

    return Column(places.outlet_of(article), cell, class_="t-cell")


def _dot(status: str) -> Html:
    return tag("span", class_=f"t-dot {_DOT.get(status, '')}", aria_hidden="true")


def told_alone(
    facts: pd.DataFrame, coverage: pd.DataFrame, articles: pd.DataFrame, places: Places, most: int = 6
) -> Html:
    """Show for each outlet the statements that no other outlet here comes near, and what was searched for."""
    told = coverage[coverage["status"].isin(["told", "partly", "uncertain"])]
    spread = told.groupby("fact_id")["outlet"].nunique()
    single = facts[facts["fact_id"].map(spread).fillna(0) <= 1]
    outlets = articles.set_index("article_id")["outlet"]
    searched = (
        coverage[coverage["status"] == "not found"]
        .drop_duplicates("fact_id")
        .set_index("fact_id")["searched"]
    )
    shown = []
    by_outlet = dict(iter(single.groupby(single["article_id"].map(outlets), sort=False)))
    names = with_most(single["article_id"].map(outlets), outlets, MOST_OUTLETS)
    for name in names:
        mine = by_outlet.get(name, single.head(0))
        if not len(mine):
            continue
        inner = [
            tag("li", places.link(f["article_id"], f["start"], _cut(f["text"], 260)),
                tag("p", f"searched for elsewhere: {searched.get(f['fact_id'], '–')}", class_="t-more"))
            for f in rows(mine.sort_values("start").head(most))
        ]  # fmt: skip
        more = f", {most} shown" if len(mine) > most else ""
        shown.append(
            details(
                join([places.outlet(name), f" {plural(len(mine), 'statement')}{more}"]), tag("ul", *inner)
            )
        )
    if only_most_told(facts, articles):
        shown.append(_most_told(facts, articles))
    elif not shown:
        return tag("p", "No outlet tells anything that another does not.")
    if len(by_outlet) > len(shown):
        note = f"Of {len(by_outlet):,} outlets the {len(shown)} with most; the table’s download has all."
        shown.append(tag("p", note, class_="t-more"))
    return join(shown)


def _most_told(facts: pd.DataFrame, articles: pd.DataFrame) -> Html:
    note = (
        f"Of {len(articles):,} articles only the {len(facts):,} statements that most of them make are followed; "
        "what one outlet alone tells is not among them, or only in part."
    )
    return tag("p", note, class_="t-more")


def contradiction_pairs(contradictions: pd.DataFrame, places: Places, most: int = 10, open_: int = 4) -> Html:
    """Show passages that do not agree, for a person to judge."""
    shown = [
        pair(
            places,
            (c["a"], int(c["a_start"]), int(c["a_end"])),
            (c["b"], int(c["b_start"]), int(c["b_end"])),
            c["kind"],
            c["differs"],
        )
        for c in rows(contradictions.sort_values("score", ascending=False, kind="stable").head(most))
    ]
    return (
        first_few(shown, open_, "pairs")
        if shown
        else tag("p", "No such passages were found; that is no proof that there are none.")
    )


def shift_pairs(shifts: pd.DataFrame, places: Places, most: int = 14, open_: int = 4) -> Html:
    """Show wordings of one statement that bend, with the words that differ marked."""
    shown = []
    for s in rows(shifts.sort_values("confidence", ascending=False, kind="stable").head(most)):
        sides = []
        for side, colour in (("a", "t-here"), ("b", "t-there")):
            article, start, end = s[f"{side}_article"], int(s[f"{side}_start"]), int(s[f"{side}_end"])
            marks = [Mark(int(s[f"{side}_word_start"]), int(s[f"{side}_word_end"]), colour)]
            text = marked(places.bodies[article], marks, start, end)
            sides.append(
                tag("div", places.link(article, start, places.outlet_of(article)), tag("blockquote", text))
            )
        heading = tag("header", _SHIFT.get(s["kind"], s["kind"]), tag("span", ": ", s["note"]))
        shown.append(tag("div", heading, *sides, class_="t-pair"))
    if not shown:
        return tag("p", "No statement was found whose wording bends.")
    return first_few(shown, open_, "places")


def reporting_table(words: pd.DataFrame, places: Places) -> Html:
    """Show reporting verbs, hedges and boosters, a row an outlet and a column a class: which words, and how often each."""
    lines: dict[Any, dict[Any, Any]] = {}
    for (outlet, kind), group in words.groupby(["outlet", "class"], sort=False):
        counts = group["lemma"].str.lower().value_counts()
        said = ", ".join(f"{lemma} {n}" if n > 1 else str(lemma) for lemma, n in counts.items())
        lines.setdefault(outlet, {"outlet": outlet})[kind] = f"{len(group)}: {said}"
    columns: dict[str, Column | str] = {"outlet": Column("outlet", lambda r: places.outlet(r["outlet"]))}
    for kind in dict.fromkeys(words["class"]):
        label = _CLASSES.get(kind, str(kind).replace("_", " "))
        columns[kind] = Column(label, lambda r, kind=kind: r.get(kind, "–"))  # type: ignore[misc]
    return table(
        list(lines.values()), columns, "How speech is introduced, and hedged", 80, name="reporting_words"
    )


_CLASSES = {"neutral": "plain verbs of saying", "hedge": "hedges", "booster": "words that strengthen"}


def _cut(text: str, length: int) -> str:
    plain = " ".join(str(text).split())
    return plain if len(plain) <= length else plain[:length].rsplit(" ", 1)[0] + " …"
