"""Findings about the pages as they came, and about shared text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.findings.model import FURNITURE, MERGED, Finding, Place, count, listed, outlet, share
from analysis.schema import rows
from analysis.text import count_words

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

_FURNITURE_WORTH_SAYING = 0.05  # share of a page's words
_EFFECT_WORTH_SAYING = 0.05  # change of the share of an article's words that stand elsewhere

# Each run under another choice computes nearly every table again. Of more articles than the first number only the two choices
# that turn most findings over are tried, of more than the second none, and a finding says so.
ALL_TRIED, SOME_TRIED = 300, 1500


def furniture(t: Tables) -> Iterator[Finding]:
    """How much of a page is no article."""
    articles, stripped = t["articles"], t["furniture"]
    counted = stripped["text"].map(count_words).groupby(stripped["article_id"]).sum()
    own = articles.set_index("article_id")["body"].map(count_words).astype("int64")
    removed = counted.reindex(own.index).astype("float64").fillna(0.0)
    parts = (removed / (removed + own).clip(lower=1)).sort_values()
    if not len(parts) or parts.iloc[-1] <= 0:
        yield Finding("furniture", "articles", "Nothing on these pages had to be stripped: they hold the article alone.",
                      "{n} read.", {"n": count(len(articles), "page", "articles")}, "none", 0.1)  # fmt: skip
        return
    worst = str(parts.index[-1])
    named = str(articles.set_index("article_id").loc[worst, "outlet"])
    heavy = int((parts > _FURNITURE_WORTH_SAYING).sum())
    yield Finding(
        "furniture", "articles",
        "{share} of the words on {outlet}’s page are no part of the text: {kinds}.",
        "{n} stripped from {pages}; every one is listed with its reason.",
        {
            "share": share(float(parts.iloc[-1]), "furniture"),
            "outlet": outlet(named),
            "kinds": listed(_kinds(stripped[stripped["article_id"] == worst]), "name", "furniture"),
            "n": count(len(stripped), "stretch", "furniture", "stretches"),
            "pages": count(int(stripped["article_id"].nunique()), "page", "furniture"),
        },
        f"most:{named}", min(0.75, 0.3 + float(parts.iloc[-1])) if heavy else 0.15,
        about=(FURNITURE,),
    )  # fmt: skip


def _kinds(stripped: pd.DataFrame) -> list[str]:
    """What was stripped from a page, the kind with most words first."""
    words = stripped["text"].map(count_words).groupby(stripped["kind"].astype(str)).sum()
    return [str(kind).replace("_", " ") for kind in words.sort_values(ascending=False, kind="stable").index]


def furniture_effect(t: Tables) -> Iterator[Finding]:
    """What the furniture would have done to the shared text, had it been left in."""
    effect = t["furniture_effect"]
    change = (effect["shared_share_with"] - effect["shared_share"]).abs()
    if len(effect) < 2 or not change.max() > _EFFECT_WORTH_SAYING:
        return
    most = rows(effect.loc[[change.idxmax()]])[0]
    falls = most["shared_share_with"] < most["shared_share"]
    moved = int((effect["family_size_with"] != effect["family_size"]).sum())
    yield Finding(
        "furniture_effect", "articles",
        "Left in, page furniture would have hidden shared text: of {outlet}’s words {with} would seem to stand elsewhere too, where it is {without}."
        if falls
        else "Left in, page furniture would have made strangers look related: of {outlet}’s words {with} would seem to stand elsewhere too, where it is {without}.",
        "{moved} would have changed family." if moved else "No article would have changed its family.",
        {
            "outlet": outlet(str(most["outlet"]), "furniture_effect"),
            "with": share(float(most["shared_share_with"]), "furniture_effect"),
            "without": share(float(most["shared_share"]), "furniture_effect"),
            "moved": count(moved, "article", "furniture_effect"),
        },
        f"{'falls' if falls else 'rises'}:{most['outlet']}", 0.45, needs="two articles", about=(FURNITURE,),
    )  # fmt: skip


def witnesses(t: Tables) -> Iterator[Finding]:
    """How many independent witnesses the mastheads are."""
    articles, table = t["articles"], t["families"]
    if len(articles) < 2:
        yield Finding("witnesses", "shared_text", "Whether outlets share text cannot be said of {n}: it takes two.",
                      "{n} read.", {"n": count(len(articles), "article", "articles")}, "one", 0.05,
                      status="unknown", needs="two articles")  # fmt: skip
        return
    sizes = table.groupby("family_id")["article_id"].agg(list)
    big = sizes[sizes.map(len) > 1]
    names = articles.set_index("article_id")["outlet"]
    if not len(big):
        best = table["shared_share"].max()
        yield Finding(
            "witnesses", "shared_text",
            "No two of the {n} share so much text that they count as one witness.",
            "The largest shared part of any article is {share} of its words.",
            {"n": count(len(articles), "article", "articles"), "share": share(float(best), "families")},
            "no family", 0.5, needs="two articles",
        )  # fmt: skip
        return
    largest = max(big, key=len)
    between = t["overlap"]
    inside = between[between["article_id"].isin(largest) & between["other_id"].isin(largest)]
    closest = inside.groupby("article_id")["share"].max()
    yield Finding(
        "witnesses", "shared_text",
        "{n} are {sources}: {members} share so much text that they count as one witness.",
        "Of the words of each, {low} to {high} also stand in the other."
        if len(largest) == 2
        else "Of the words of each, {low} to {high} also stand in the one of the group that is closest to it.",
        {
            "n": count(len(articles), "article", "articles"),
            "sources": count(len(sizes), "independent telling", "families"),
            "members": listed([str(names[m]) for m in largest], "outlet", "families"),
            "low": share(float(closest.min()), "overlap"),
            "high": share(float(closest.max()), "overlap"),
        },
        "families:" + ";".join("+".join(sorted(m)) for m in sorted(big, key=str)), 0.95, needs="two articles",
        about=(MERGED,),
    )  # fmt: skip


def longest_passage(t: Tables) -> Iterator[Finding]:
    """The longest passage that two articles share outside quotations."""
    passages = t["passages"]
    copied = passages[~passages["class"].isin(["quotation", "formulaic"])] if len(passages) else passages
    if not len(copied):
        return
    best = rows(copied.sort_values("words", ascending=False).head(1))[0]
    pair = sorted([str(best["a_outlet"]), str(best["b_outlet"])])
    yield Finding(
        "longest_passage", "shared_text",
        "The longest passage that two articles share, quotations on their own aside, runs to {words}; it stands in {a} and in {b}.",
        "{n} found between {pairs}.",
        {
            "words": count(best["words"], "word", "passages"),
            "a": outlet(str(best["a_outlet"]), "passages"),
            "b": outlet(str(best["b_outlet"]), "passages"),
            "n": count(len(passages), "shared passage", "passages"),
            "pairs": count(len(passages[["a", "b"]].drop_duplicates()), "pair of articles", "passages", "pairs of articles"),
        },
        "+".join(pair), min(0.8 if t["families"]["size"].max() == 1 else 0.58, 0.35 + best["words"] / 150),
        (Place(best["a"], int(best["a_start"]), int(best["a_end"])), Place(best["b"], int(best["b_start"]), int(best["b_end"]))),
        needs="two articles",
    )  # fmt: skip


def other_languages(t: Tables) -> Iterator[Finding]:
    """Articles that measures with English word lists leave out."""
    articles = t["articles"]
    foreign = articles[articles["language"] != "en"]
    if not len(foreign):
        return
    yield Finding(
        "other_languages", "articles",
        "{n} in other languages cannot be measured for reported speech, frame cues, reporting words and openings, which know English only.",
        "The languages found: {languages}.",
        {
            "n": count(len(foreign), "article", "articles"),
            "languages": listed(sorted(set(foreign["language"])), "name", "articles", most=8),
        },
        "some", 0.3, status="unknown",
    )  # fmt: skip


def untried(t: Tables) -> Iterator[Finding]:
    """Say which other choices were not tried because the event has too many articles."""
    n = len(t["articles"])
    if n <= ALL_TRIED:
        return
    yield Finding(
        "untried", "findings",
        "How the findings would stand under other choices was not tried: there are {n}."
        if n > SOME_TRIED
        else "Of other choices only two were tried, page furniture and dependent outlets: there are {n}.",
        "Each choice takes the computation of nearly everything again.",
        {"n": count(n, "article", "articles")}, "too many", 0.1, status="unknown", needs="fewer articles in one event",
    )  # fmt: skip
