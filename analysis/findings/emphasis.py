"""Findings about what comes first, frame cues, and how much two outlets tell alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.findings.model import Finding, Place, Value, amount, count, name, outlet, share
from analysis.render import interval
from analysis.schema import rows

if TYPE_CHECKING:
    from analysis.tables import Tables


def first_named(t: Tables) -> Iterator[Finding]:
    """The named actor that stands first, and in how many outlets it is that one."""
    actors = t["emphasis"]
    actors = actors[actors["kind"] == "actor"]
    if not len(actors):
        return
    able = actors[actors["sufficient"].astype(bool)]
    n_able = able["outlet"].nunique()
    if not n_able:
        yield Finding(
            "first_named", "framing", "Which actor stands first cannot be said: no outlet names anybody often enough.",
            "{n} of named actors were found.", {"n": count(int(actors["count"].sum()), "mention", "emphasis")},
            "insufficient", 0.1, status="unknown", needs="more text",
        )  # fmt: skip
        return
    mean = able.groupby("label")["weighted_share"].mean().sort_values(ascending=False, kind="stable")
    first = str(mean.index[0])
    tops = able.sort_values("weighted_share", ascending=False, kind="stable").drop_duplicates("outlet")
    here = able[able["label"] == first]
    best = rows(here.sort_values("weighted_share", ascending=False, kind="stable").head(1))[0]
    yield Finding(
        "first_named", "framing",
        "Of the named actors, {who} has most of the first places: {mean} on average, and more than any other in {k} of {n}; most in"
        " {outlet} with {share} ({interval}).",
        "{found} counted, an early one more than a late one; this actor stands in {headlines} of {titled} and in the first sentence of"
        " {openings} of {articles}. The interval speaks of that text only.",
        {
            "who": name(first, "emphasis"),
            "mean": share(float(mean.iloc[0]), "emphasis"),
            "k": amount(int((tops["label"] == first).sum()), "emphasis"),
            "n": count(n_able, "outlet", "emphasis"),
            "outlet": outlet(str(best["outlet"]), "emphasis"),
            "share": share(best["weighted_share"], "emphasis"),
            "interval": Value(interval(best["low"], best["high"]), "number", "emphasis"),
            "found": count(int(actors["count"].sum()), "mention", "emphasis"),
            "headlines": amount(int(here["headlines"].sum()), "emphasis"),
            "titled": count(int(here["titled"].sum()), "headline", "emphasis"),
            "openings": amount(int(here["first_sentences"].sum()), "emphasis"),
            "articles": count(int(here["articles"].sum()), "article", "emphasis"),
        },
        f"actor:{first}", 0.45,
        (Place(str(best["article_id"]), int(best["start"]), int(best["start"]) + 1),) if best["start"] >= 0 else (),
    )  # fmt: skip


def cues_apart(t: Tables) -> Iterator[Finding]:
    """Whether an outlet's frame cues lie apart from the others'."""
    shares = t["frame_shares"]
    if shares["outlet"].nunique() < 2:
        return
    able = shares[shares["sufficient"].astype(bool) & (shares["frame"] != "no cue")]
    compared = {"n": count(len(able), "share", "frame_shares")}
    if not len(able):
        yield Finding(
            "cues_apart", "framing", "Whether outlets cue frames differently cannot be said: no outlet has sentences enough.",
            "{n} cued.", {"n": count(int(shares["cued"].sum()), "sentence", "frame_shares")}, "insufficient", 0.1,
            status="unknown", needs="more sentences",
        )  # fmt: skip
        return
    apart = able[able["apart"].astype(bool)].copy()
    if not len(apart):
        yield Finding(
            "cues_apart", "framing",
            "No outlet’s cues of generic frames lie apart from the others’ by more than their intervals allow.",
            "{n} of sentences compared with those of all other outlets; the bar allows for that many.", compared, "none", 0.35,
            needs="two outlets",
        )  # fmt: skip
        return
    apart["far"] = (apart["share"] - apart["corpus_share"]).abs()
    best = rows(apart.sort_values("far", ascending=False, kind="stable").head(1))[0]
    yield Finding(
        "cues_apart", "framing",
        "{outlet} uses words that cue the frame “{frame}” in {share} of its sentences ({interval}); in all articles together it is {corpus}.",
        "{k} of {n} lie apart from all other outlets beyond their intervals. Cues are hints: which frame a text has, a reader must say.",
        {
            **compared,
            "k": amount(len(apart), "frame_shares"),
            "outlet": outlet(str(best["outlet"]), "frame_shares"),
            "frame": name(t.frame_labels.get(str(best["frame"]), str(best["frame"])), "frame_shares"),
            "share": share(best["share"], "frame_shares"),
            "interval": Value(interval(best["low"], best["high"]), "number", "frame_shares"),
            "corpus": share(best["corpus_share"], "frame_shares"),
        },
        f"{best['outlet']}:{best['frame']}:{best['share'] > best['corpus_share']}", 0.4, needs="two outlets",
    )  # fmt: skip


def facts_alike(t: Tables) -> Iterator[Finding]:
    """Which two articles tell most alike, and whether shared facts come in the same order."""
    overlap = t["fact_overlap"]
    overlap = overlap[overlap["outlet_a"] != overlap["outlet_b"]]
    if not len(overlap):
        return
    able = overlap[overlap["sufficient"].astype(bool)]
    pairs = {"n": count(len(overlap), "pair of articles", "fact_overlap", "pairs of articles")}
    if not len(able):
        yield Finding("facts_alike", "facts", "How much two outlets tell alike cannot be said: no two tell facts enough.",
                      "{n} compared.", pairs, "insufficient", 0.1, status="unknown", needs="more facts")  # fmt: skip
        return
    best = rows(able.sort_values("share", ascending=False, kind="stable").head(1))[0]
    yield Finding(
        "facts_alike", "facts",
        "{a} and {b} tell most alike: {both} that both tell, {share} of all that either tells ({interval}).",
        "{n} compared, {able} with facts enough; {median} is the middle of their shares.",
        {
            **pairs,
            "able": amount(len(able), "fact_overlap"),
            "a": outlet(str(best["outlet_a"]), "fact_overlap"),
            "b": outlet(str(best["outlet_b"]), "fact_overlap"),
            "both": count(int(best["both"]), "fact", "fact_overlap"),
            "share": share(best["share"], "fact_overlap"),
            "interval": Value(interval(best["low"], best["high"]), "number", "fact_overlap"),
            "median": share(float(able["share"].median()), "fact_overlap"),
        },
        "+".join(sorted([str(best["outlet_a"]), str(best["outlet_b"])])), 0.5, needs="two outlets",
    )  # fmt: skip


def facts_in_order(t: Tables) -> Iterator[Finding]:
    """In how many pairs of articles the shared facts come in the same order."""
    overlap = t["fact_overlap"]
    overlap = overlap[(overlap["outlet_a"] != overlap["outlet_b"]) & (overlap["both"] > 1)]
    if not len(overlap):
        return
    able = overlap[overlap["order_known"].astype(bool)]
    pairs = {"n": count(len(overlap), "pair of articles", "fact_overlap", "pairs of articles")}
    if not len(able):
        yield Finding(
            "facts_in_order", "facts", "Whether outlets tell the same facts in the same order cannot be said: no two share enough of them.",
            "{n} with two shared facts or more.", pairs, "insufficient", 0.1, status="unknown", needs="more shared facts",
        )  # fmt: skip
        return
    alike = able[able["tau_low"] > 0]
    yield Finding(
        "facts_in_order", "facts",
        "The facts that two articles share come in the same order more than by chance in {k} of {able}."
        if len(alike)
        else "In none of {able} do shared facts come in the same order more than chance would give.",
        "{n} share two facts or more; the others share too few for a statement about order.",
        {
            **pairs,
            "able": count(len(able), "pair of articles", "fact_overlap", "pairs of articles"),
            "k": amount(len(alike), "fact_overlap"),
        },
        "some" if len(alike) else "none", 0.3, needs="two outlets",
    )  # fmt: skip
