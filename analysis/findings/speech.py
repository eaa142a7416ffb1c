"""Findings about who speaks and whether everybody heard the same words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from analysis.findings.model import Finding, Place, amount, count, listed, name, outlet, share, words
from analysis.schema import rows

if TYPE_CHECKING:
    from analysis.tables import Tables

_NOBODY = "not named"
_MOST_CONFLICTS = 4


def top_voice(t: Tables) -> Iterator[Finding]:
    """Who gets most of the quoted words."""
    voices = t["voices"]
    quoted = voices[(voices["kind"] == "quoted") & (voices["words"] > 0)]
    named = quoted[quoted["speaker"] != _NOBODY]
    total = int(quoted["words"].sum())
    if not total or not len(named):
        yield Finding("top_voice", "voices", "Nobody is quoted by name in these articles.", "{n} stand in quotation marks.",
                      {"n": count(total, "word", "voices")}, "nobody", 0.3)  # fmt: skip
        return
    by = named.groupby("speaker")["words"].sum().sort_values(ascending=False)
    first = str(by.index[0])
    where = named[named["speaker"] == first]["outlet"].nunique()
    outlets = t["articles"]["outlet"].nunique()
    yield Finding(
        "top_voice", "voices",
        "{speaker} gets {share} of all quoted words, and is quoted by {outlets} of {all}."
        if where < outlets
        else "{speaker} gets {share} of all quoted words, and is quoted by all {outlets}.",
        "{words} stand in quotation marks as somebody’s; {speakers} can be named.",
        {
            "speaker": name(first, "voices"),
            "share": share(float(by.iloc[0]) / total, "voices"),
            "outlets": count(where, "outlet", "voices"),
            "all": amount(outlets, "articles"),
            "words": count(total, "word", "voices"),
            "speakers": count(len(by), "speaker", "voices"),
        },
        f"top:{first}", min(0.85, 0.45 + 0.4 * float(by.iloc[0]) / total),
    )  # fmt: skip


def officials(t: Tables) -> Iterator[Finding]:
    """How much of what is quoted or reported belongs to those who speak for a state or a public office."""
    voices = t["voices"]
    total = int(voices["words"].sum())
    if not total:
        return
    mine = int(voices.loc[voices["group"] == "official", "words"].sum())
    other = voices[(voices["group"] == "other") & (voices["words"] > 0) & (voices["speaker"] != _NOBODY)]
    speakers = other.groupby("speaker")["words"].sum().sort_values(ascending=False)
    yield Finding(
        "officials", "voices",
        "{share} of the words given to anybody are given to people and bodies that speak for a state or a public office; {others} of another kind can be heard."
        if len(speakers)
        else "{share} of the words given to anybody are given to people and bodies that speak for a state or a public office, and no named voice of another kind can be heard.",
        "{words} quoted or reported. Who holds an office is read from how the articles call them.",
        {
            "share": share(mine / total, "voices"),
            "others": count(len(speakers), "named voice", "voices"),
            "words": count(total, "word", "voices"),
        },
        f"mostly official:{mine * 2 > total}; others:{len(speakers) > 0}", 0.6,
    )  # fmt: skip


def one_outlet_voices(t: Tables) -> Iterator[Finding]:
    """Voices that only one outlet lets be heard."""
    voices = t["voices"]
    heard = voices[(voices["words"] > 0) & (voices["speaker"] != _NOBODY)]
    outlets = t["articles"]["outlet"].nunique()
    if outlets < 2 or not len(heard):
        return
    spread = heard.groupby("speaker")["outlet"].nunique()
    alone = spread[spread == 1].index
    yield Finding(
        "one_outlet_voices", "voices",
        "{alone} of {all} are heard in one outlet only: {who}."
        if len(alone)
        else "Each of the {all} is heard in more than one outlet.",
        "A voice is heard when words of it are quoted or reported.",
        {
            "alone": amount(len(alone), "voices"),
            "all": count(len(spread), "named speaker", "voices"),
            "who": listed([str(s) for s in alone] or ["nobody"], "name", "voices"),
        },
        f"alone:{len(alone) > 0}", 0.5,
        needs="two outlets",
    )  # fmt: skip


def corroborated(t: Tables) -> Iterator[Finding]:
    """How many utterances more than one independent telling prints."""
    utterances, ledger = t["utterances"], t["corroboration"]
    if not len(utterances) or t["articles"]["article_id"].nunique() < 2:
        yield Finding("corroborated", "quotations", "Whether outlets heard the same words cannot be said here.",
                      "It takes quotations in two articles; there are {n} with words to compare.",
                      {"n": count(len(utterances), "quotation", "utterances")}, "too little", 0.05,
                      status="unknown", needs="quotations in two articles")  # fmt: skip
        return
    witnesses = ledger.groupby("utterance_id")["witnesses"].max()
    n, several = len(witnesses), int((witnesses > 1).sum())
    yield Finding(
        "corroborated", "quotations",
        "Of {n}, {several} can be read in more than one independent telling and {alone} in one only.",
        "Outlets that share most of their words count once. Not found here does not mean not said.",
        {
            "n": count(n, "quoted utterance", "utterances"),
            "several": amount(several, "corroboration"),
            "alone": amount(n - several, "corroboration"),
        },
        "some" if several else "none", 0.7, needs="quotations in two articles",
    )  # fmt: skip


def alone_outlets(t: Tables) -> Iterator[Finding]:
    """Outlets none of whose quotations stands anywhere else."""
    utterances, ledger = t["utterances"], t["corroboration"]
    if not len(utterances):
        return
    outlets = t["articles"].set_index("article_id")["outlet"]
    present = ledger[~ledger["status"].isin(["absent"])]
    spread = present.groupby("utterance_id")["article_id"].nunique()
    mine = utterances.assign(
        outlet=utterances["article_id"].map(outlets), spread=utterances["utterance_id"].map(spread)
    )
    per = mine.groupby("outlet")["spread"].agg(["max", "size"])
    lonely = per[(per["max"] <= 1) & (per["size"] >= 2)]
    for who, row in zip(lonely.index, rows(lonely), strict=True):
        first = rows(mine[mine["outlet"] == who].head(1))[0]
        yield Finding(
            f"alone:{who}", "quotations",
            "None of the {n} in {outlet} is found in any other article here: uncorroborated, which is not the same as false.",
            "The words were looked for in every other article, with and without quotation marks.",
            {"n": count(row["size"], "quotation", "utterances"), "outlet": outlet(str(who))},
            "alone", 0.88, (Place(first["article_id"], int(first["start"]), int(first["end"])),),
            needs="quotations in two articles",
        )  # fmt: skip


def conflicts(t: Tables) -> Iterator[Finding]:
    """The same words, two speakers."""
    utterances = t["utterances"]
    ledger = t["corroboration"]
    if not len(ledger):
        return
    flagged = ledger[ledger["speaker_conflict"].astype(bool)]["utterance_id"].unique()
    outlets = t["articles"].set_index("article_id")["outlet"]
    seen: set[str] = set()
    for utterance in flagged:
        told = utterances[(utterances["utterance_id"] == utterance) & utterances["speaker"].notna()]
        pair = _two_outlets(
            rows(told.drop_duplicates(["speaker", "article_id"])),
            {str(a): str(o) for a, o in outlets.items()},
        )
        if pair is None:
            continue
        a, b = pair
        between = "+".join(sorted({_who(a), _who(b)}))
        if between in seen or len(seen) >= _MOST_CONFLICTS:
            continue
        seen.add(between)
        shorter = min(a["text"], b["text"], key=len)
        yield Finding(
            f"conflict:{between}", "quotations",
            "{outlet_a} gives the words {words} to {a}; {outlet_b} gives them to {b}.",
            "Both passages are linked; the texts do not show who is right.",
            {
                "outlet_a": outlet(str(outlets[a["article_id"]])),
                "outlet_b": outlet(str(outlets[b["article_id"]])),
                "words": words(shorter, "utterances", 110),
                "a": name(_who(a), "utterances"),
                "b": name(_who(b), "utterances"),
            },
            "conflict", 0.86 if _who(b).startswith("an unnamed ") else 0.9,
            (Place(a["article_id"], int(a["start"]), int(a["end"])), Place(b["article_id"], int(b["start"]), int(b["end"]))),
            needs="the same words in two articles",
        )  # fmt: skip


def _two_outlets(
    told: list[dict[str, Any]], outlets: dict[str, str]
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Two tellings of different outlets that name different speakers, named ones first."""
    ordered = sorted(told, key=lambda row: str(row["speaker"])[:1].islower())
    for number, a in enumerate(ordered):
        for b in ordered[number + 1 :]:
            if a["speaker"] != b["speaker"] and outlets[a["article_id"]] != outlets[b["article_id"]]:
                return a, b
    return None


def _who(row: dict[str, Any]) -> str:
    """A speaker in a sentence; one whose name is kept back is somebody's description, in lower case."""
    speaker = str(row["speaker"])
    return f"an unnamed {speaker}" if speaker[:1].islower() else speaker


def marks_lost(t: Tables) -> Iterator[Finding]:
    """Words that one outlet quotes and another prints as its own."""
    ledger, utterances = t["corroboration"], t["utterances"]
    if not len(ledger):
        return
    lost = ledger[ledger["status"] == "unquoted"]
    if not len(lost):
        yield Finding("marks_lost", "quotations",
                      "No outlet prints words without marks that another prints as a quotation.",
                      "{n} searched for.", {"n": count(ledger["utterance_id"].nunique(), "utterance", "corroboration")},
                      "none", 0.2, needs="quotations in two articles")  # fmt: skip
        return
    best = rows(
        lost.assign(length=lost["end"] - lost["start"]).sort_values("length", ascending=False).head(1)
    )[0]
    said = rows(utterances[utterances["utterance_id"] == best["utterance_id"]].head(1))[0]
    outlets = t["articles"].set_index("article_id")["outlet"]
    yield Finding(
        "marks_lost", "quotations",
        "{n} that one outlet prints in quotation marks stand in another without them; {outlet} so prints {words}, "
        "which {other} quotes.",
        "Found by looking for the words of every quotation in every other article.",
        {
            "n": count(lost["utterance_id"].nunique(), "utterance", "corroboration"),
            "outlet": outlet(str(best["outlet"])),
            "other": outlet(str(outlets[said["article_id"]])),
            "words": words(str(said["text"]), "utterances", 120),
        },
        "some", 0.8,
        (Place(best["article_id"], int(best["start"]), int(best["end"])), Place(said["article_id"], int(said["start"]), int(said["end"]))),
        needs="quotations in two articles",
    )  # fmt: skip
