"""Findings about topics, wording, openings and facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from analysis.findings.model import Finding, Place, Value, amount, count, listed, name, outlet, share, words
from analysis.framing import only_most_told
from analysis.render import interval
from analysis.schema import rows

if TYPE_CHECKING:
    from analysis.tables import Tables

_LEVEL = {-1: 0.1, 0: 0.05, 1: 0.01}  # by how strict the reader wants to be


def largest_topic(t: Tables) -> Iterator[Finding]:
    """The topic that takes most room overall."""
    shares = t["topic_shares"]
    labels = t.labels
    named = shares[shares["topic"] != "unassigned"]
    if not len(named):
        yield Finding("largest_topic", "topics", "No topic could be told from these texts.", "{n} read.",
                      {"n": count(len(t["units"]), "paragraph", "units")}, "none", 0.05, status="unknown",
                      needs="paragraphs")  # fmt: skip
        return
    mean = named.groupby("topic")["share"].mean().sort_values(ascending=False)
    first = str(mean.index[0])
    here = named[named["topic"] == first].sort_values("share", ascending=False)
    top = rows(here.head(1))[0]
    yield Finding(
        "largest_topic", "topics",
        "{topic} takes most room: {mean} of the paragraphs on average, most in {outlet} with {share} ({interval}).",
        "{units} coded; the interval speaks of this text, not of the outlet’s other reporting.",
        {
            "topic": name(labels.get(first, first), "topic_shares"),
            "mean": share(float(mean.iloc[0]), "topic_shares"),
            "outlet": outlet(str(top["outlet"]), "topic_shares"),
            "share": share(top["share"], "topic_shares"),
            "interval": Value(interval(top["low"], top["high"]), "number", "topic_shares"),
            "units": count(len(t["units"]), "paragraph", "units"),
        },
        f"topic:{first}", 0.5, needs="paragraphs",
    )  # fmt: skip


def topics_apart(t: Tables) -> Iterator[Finding]:
    """Whether outlets differ in topics by more than chance."""
    distances = t["topic_distances"]
    if not len(distances):
        yield Finding("topics_apart", "topics", "Whether outlets differ in their topics cannot be said of one outlet.",
                      "It takes two.", {}, "one", 0.05, status="unknown", needs="two outlets")  # fmt: skip
        return
    able = distances[distances["sufficient"].astype(bool)]
    held = able[able["p_holm"] < _LEVEL[t.settings.strictness]]
    pairs = {"n": count(len(distances), "pair of outlets", "topic_distances", "pairs of outlets"),
             "able": amount(len(able), "topic_distances")}  # fmt: skip
    if not len(able):
        yield Finding(
            "topics_apart", "topics",
            "Whether outlets differ in their topics cannot be said: no pair of them has text enough.",
            "{n} looked at.", pairs, "insufficient", 0.3, status="unknown", needs="enough paragraphs in two outlets",
        )  # fmt: skip
    elif not len(held):
        yield Finding(
            "topics_apart", "topics",
            "No two outlets differ in topics by more than chance would give for texts of this length."
            if len(able) == len(distances)
            else "Only {able} of {n} can be tested for a difference in topics, and there it is no more than chance would give.",
            "For the others the texts are too short; p-values are corrected for looking at all that can be tested."
            if len(able) < len(distances)
            else "{n} looked at; p-values corrected for looking at all of them.",
            pairs, "none", 0.55 if len(able) == len(distances) else 0.35, needs="enough paragraphs in two outlets",
        )  # fmt: skip
    else:
        far = rows(held.sort_values("jsd", ascending=False).head(1))[0]
        yield Finding(
            "topics_apart", "topics",
            "{k} differ in topics by more than chance; {a} and {b} lie farthest apart.",
            "{n} looked at, {able} with enough text; p-values corrected for looking at all of them.",
            {
                **pairs,
                "k": count(len(held), "pair of outlets", "topic_distances", "pairs of outlets"),
                "a": outlet(str(far["outlet_a"]), "topic_distances"),
                "b": outlet(str(far["outlet_b"]), "topic_distances"),
            },
            f"{far['outlet_a']}+{far['outlet_b']}", 0.75, needs="enough paragraphs in two outlets",
        )  # fmt: skip


def key_words(t: Tables) -> Iterator[Finding]:
    """Words that an outlet uses more than the rest, beyond chance."""
    table = t["keyness"]
    if not len(table):
        return
    level = _LEVEL[t.settings.strictness]
    held = table[(table["p_familywise"] <= level) & (table["z"] > 0)].sort_values("z", ascending=False)
    n = {"n": count(len(table), "word and outlet", "keyness", "pairs of word and outlet")}
    if not len(held):
        yield Finding(
            "key_words", "framing",
            "No word is used so much more by one outlet than by the rest that chance does not explain it.",
            "{n} looked at; the bar allows for looking at all of them.", n, "none", 0.45, needs="two outlets",
        )  # fmt: skip
        return
    top = rows(held.head(1))[0]
    per = held.groupby("outlet").size().sort_values(ascending=False)
    yield Finding(
        "key_words", "framing",
        "{k} stand out beyond chance, most of them in {outlet}; the most telling is {term}, in {where}."
        if len(held) > 1
        else "{k} stands out beyond chance: {term}, in {where}.",
        "{n} looked at; the bar allows for looking at all of them.",
        {
            **n,
            "k": count(len(held), "word", "keyness"),
            "outlet": outlet(str(per.index[0]), "keyness"),
            "term": words(str(top["term"]), "keyness"),
            "where": outlet(str(top["outlet"]), "keyness"),
        },
        f"top:{per.index[0]}", 0.6, needs="two outlets",
    )  # fmt: skip


def bent_words(t: Tables) -> Iterator[Finding]:
    """Wordings of the same statement that differ."""
    shifts = t["wording_shifts"]
    if not len(shifts):
        yield Finding("bent_words", "framing", "No statement was found whose wording bends between outlets.",
                      "{n} compared.", {"n": count(t["utterances"]["utterance_id"].nunique(), "utterance", "utterances")},
                      "none", 0.2, needs="two outlets")  # fmt: skip
        return
    kinds = shifts["kind"].value_counts()
    yield Finding(
        "bent_words", "framing",
        "{n} in which outlets word one statement differently; most often it is {kind}.",
        "Each stands with both passages side by side.",
        {
            "n": count(len(shifts), "place", "wording_shifts"),
            "kind": name(_KINDS.get(str(kinds.index[0]), str(kinds.index[0])), "wording_shifts"),
        },
        f"kind:{kinds.index[0]}", 0.5, needs="two outlets",
    )  # fmt: skip


_KINDS = {
    "marks_lost": "quotation marks that are lost",
    "modality": "how certain a thing is made to sound",
    "intensity": "how strong a word is",
    "attribution": "who is given the words",
    "trimming": "a qualifier that is dropped",
    "jargon": "jargon written out or shortened",
}


def shared_core(t: Tables) -> Iterator[Finding]:
    """How many facts everybody tells, and how many only one."""
    coverage, articles = t["coverage"], t["articles"]
    outlets = articles["outlet"].nunique()
    if outlets < 2 or not len(coverage):
        return
    told = coverage[coverage["status"].isin(["told", "partly"])]
    spread = told.groupby("fact_id")["outlet"].nunique()
    doubtful = set(coverage[coverage["status"] == "uncertain"]["fact_id"])
    alone = spread[spread == 1].index.difference(list(doubtful))
    core = int((spread == outlets).sum())
    if only_most_told(t["facts"], articles):
        yield Finding(
            "shared_core", "facts",
            "Of the {n} that most articles make, {core} can be found in every outlet."
            if core
            else "Of the {n} that most articles make, none could be found in every outlet.",
            "In an event of so many articles others are not followed: what one outlet alone tells is not counted.",
            {"n": count(len(spread), "statement", "coverage"), "core": amount(core, "coverage")},
            "most told", 0.4, needs="two outlets",
        )  # fmt: skip
        return
    yield Finding(
        "shared_core", "facts",
        "Of {n}, {core} can be found in every outlet and {alone} in one alone."
        if core
        else "Of {n}, none could be found in every outlet and {alone} in one alone.",
        "Where a telling is uncertain the fact is counted as neither; not found in these articles does not mean untrue.",
        {
            "n": count(len(spread), "statement", "coverage"),
            "core": amount(core, "coverage"),
            "alone": amount(len(alone), "coverage"),
        },
        "mostly alone" if len(alone) * 2 > len(spread) else "mostly shared", 0.65, needs="two outlets",
    )  # fmt: skip


def alone_most(t: Tables) -> Iterator[Finding]:
    """The outlet that tells most that nobody else tells."""
    coverage = t["coverage"]
    if (
        t["articles"]["outlet"].nunique() < 2
        or not len(coverage)
        or only_most_told(t["facts"], t["articles"])
    ):
        return
    told = coverage[coverage["status"].isin(["told", "partly"])]
    near = coverage[coverage["status"] != "not found"].groupby("fact_id")["outlet"].nunique()
    alone = told[told["fact_id"].map(near) == 1]  # where a telling is uncertain nobody is alone
    per = alone.groupby("outlet")["fact_id"].nunique().sort_values(ascending=False)
    all_told = told.groupby("outlet")["fact_id"].nunique()
    if not len(per):
        return
    first = str(per.index[0])
    yield Finding(
        "alone_most", "facts",
        "{outlet} tells most that no other outlet here tells: {k} of its {n}.",
        "A statement counts as alone when no other article comes near it.",
        {
            "outlet": outlet(first, "coverage"),
            "k": amount(int(per.iloc[0]), "coverage"),
            "n": count(int(all_told[first]), "statement", "coverage"),
        },
        f"most:{first}", 0.6, needs="two outlets",
    )  # fmt: skip


def openings_differ(t: Tables) -> Iterator[Finding]:
    """Who acts in the first sentence."""
    openings = t["openings"]
    if openings["outlet"].nunique() < 2 or not len(openings):
        return
    whose = canonical_names(t)
    acting = openings.assign(who=[acting_name(str(a), whose) for a in openings["actor"].fillna("")])
    acting = acting[acting["who"] != ""]
    if not len(acting):
        return
    by = acting.groupby("who")["outlet"].nunique().sort_values(ascending=False, kind="stable")
    yield Finding(
        "openings_differ", "framing",
        "The first sentences put {n} in front: {who}."
        if len(by) > 1
        else "Where a first sentence has somebody act, it is the same in all: {who}.",
        "The grammatical subject of each article’s first sentence, found in {found} of {all}; a pronoun counts for nobody.",
        {
            "n": count(len(by), "actor", "openings"),
            "who": listed([str(a) for a in by.index], "name", "openings"),
            "found": amount(len(acting), "openings"),
            "all": count(len(openings), "article", "openings"),
        },
        f"actors:{len(by) > 1}", 0.4,
        tuple(Place(r["article_id"], int(r["start"]), int(r["end"])) for r in rows(acting.head(2))),
        needs="two outlets",
    )  # fmt: skip


_OPENERS = frozenset(
    "a an the this that these those his her its their our two three several many some".split()
)
_NOBODY = frozenset("it there this that he she they we i you one".split())


def canonical_names(t: Tables) -> dict[str, str]:
    """Every name and office of the event, folded, and who it is."""
    return {
        str(a).casefold(): str(c) for a, c in zip(t["roles"]["alias"], t["roles"]["canonical"], strict=True)
    }


def acting_name(actor: str, whose: Mapping[str, str]) -> str:
    """The person that a grammatical subject names, whatever title stands before; nothing for a pronoun."""
    parts = actor.casefold().split()
    if not parts or (len(parts) == 1 and parts[0] in _NOBODY) or parts[0] in ("nobody", "nothing", "none"):
        return ""
    known = (" ".join(parts[n:]) for n in range(len(parts)))
    shown = actor[0].lower() + actor[1:] if parts[0] in _OPENERS else actor  # it no longer opens a sentence
    return next((whose[part] for part in known if part in whose), shown)


def contradicted(t: Tables) -> Iterator[Finding]:
    """Passages that do not agree."""
    table = t["contradictions"]
    if t["articles"]["outlet"].nunique() < 2:
        return
    if not len(table):
        yield Finding("contradicted", "facts", "No two articles were found to differ on a date, a number or who met whom.",
                      "{n} compared.", {"n": count(len(t["facts"]), "statement", "facts")}, "none", 0.25,
                      needs="two outlets")  # fmt: skip
        return
    best = rows(table.sort_values("score", ascending=False).head(1))[0]
    outlets = t["articles"].set_index("article_id")["outlet"]
    yield Finding(
        "contradicted", "facts",
        "In {n} two articles differ on the same matter, and a person must judge; the clearest: {a} has {a_says}, {b} has {b_says}.",
        "Listed with both passages; which of them is right is not said here.",
        {
            "n": count(len(table), "place", "contradictions"),
            "a": outlet(str(outlets[best["a"]])), "b": outlet(str(outlets[best["b"]])),
            "a_says": words(str(best["a_detail"]), "contradictions", 60),
            "b_says": words(str(best["b_detail"]), "contradictions", 60),
        },
        "some", 0.72,
        (Place(best["a"], int(best["a_start"]), int(best["a_end"])), Place(best["b"], int(best["b_start"]), int(best["b_end"]))),
        needs="two outlets",
    )  # fmt: skip
