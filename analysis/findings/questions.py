"""Questions for a class: each made from a difference that these articles really show, with its answer and its passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.findings import content, pages, speech
from analysis.findings.model import Finding, Place, Value, count, name, outlet, words
from analysis.naming import same_name
from analysis.schema import rows
from analysis.text import count_words

if TYPE_CHECKING:
    from analysis.tables import Tables


@dataclass(frozen=True)
class Question:
    """A question and its answer; both are sentences of ours with places for values, as in `Finding`."""

    question: str
    answer: str
    values: Mapping[str, Value]
    evidence: tuple[Place, ...]


def questions(tables: Tables, most: int = 8) -> list[Question]:
    """Return questions about differences that are there; none is asked that the tables give no answer to."""
    made: list[Question] = []
    for rule in (_one_text, _whose_words, _marks, _cut, _disagree, _alone, _who_acts):
        made.extend(rule(tables))
    return made[:most]


def _from(finding: Finding, question: str, answer: str) -> Question:
    return Question(question, answer, finding.values, finding.evidence)


def _one_text(t: Tables) -> Iterator[Question]:
    for f in pages.witnesses(t):
        if f.claim.startswith("families:"):
            yield _from(
                f,
                "Not all of the {n} were written by different hands. Which of them count as one, and what tells you so?",
                "{members}: of the words of each, {low} to {high} also stand in the one closest to it. Look for the same order of"
                " the same sentences, not for the same subject.",
            )


def _whose_words(t: Tables) -> Iterator[Question]:
    for f in speech.conflicts(t):
        yield _from(
            f,
            "Who said {words}? Compare {outlet_a} with {outlet_b}.",
            "{outlet_a} says {a}; {outlet_b} says {b}. The articles alone cannot settle it: ask for the recording, the transcript or the"
            " written statement.",
        )
        return


def _marks(t: Tables) -> Iterator[Question]:
    for f in speech.marks_lost(t):
        if f.claim == "some":
            yield _from(
                f,
                "{outlet} prints words as its own that {other} prints as a quotation. Find them. What changes for a reader?",
                "They are {words}. Without the marks the claim is the newspaper’s, and nobody can be asked about it.",
            )


def _cut(t: Tables) -> Iterator[Question]:
    pairs, quotations = t["quotation_pairs"], t["quotations"].set_index("quotation_id")
    outlets = t["articles"].set_index("article_id")["outlet"]
    trimmed = pairs[pairs["relation"] == "trimmed"]
    for p in rows(trimmed.head(1)):
        a, b = quotations.loc[p["a"]], quotations.loc[p["b"]]
        long, short = (a, b) if len(a["text"]) >= len(b["text"]) else (b, a)
        yield Question(
            "{short} quotes fewer words of one statement than {long} does. What is left out, and does the meaning change?",
            "{long} has {full}; {short} has {part}.",
            {
                "long": outlet(str(outlets[long["article_id"]])),
                "short": outlet(str(outlets[short["article_id"]])),
                "full": words(str(long["text"]), "quotations", 400),
                "part": words(str(short["text"]), "quotations", 400),
            },
            tuple(Place(q["article_id"], int(q["start"]), int(q["end"])) for q in (long, short)),
        )


def _disagree(t: Tables) -> Iterator[Question]:
    for f in content.contradicted(t):
        if f.claim == "some":
            yield _from(
                f,
                "{a} and {b} do not agree on one matter: one has {a_says}, the other {b_says}. Can both be true?",
                "Read both passages before you answer: two dates, two counts or “new” and “agreed before” can be about different steps of one"
                " thing. Which further source would decide it?",
            )


def _alone(t: Tables) -> Iterator[Question]:
    facts, coverage = t["facts"], t["coverage"]
    if not len(coverage) or coverage["outlet"].nunique() < 2:
        return
    near = coverage[coverage["status"] != "not found"].groupby("fact_id")["outlet"].nunique()
    single = facts[facts["fact_id"].map(near).fillna(0) == 1]
    lengths = single["text"].map(count_words)
    clear = single[lengths.between(10, 35) & (single["kind"] == "sentence")]
    outlets = t["articles"].set_index("article_id")["outlet"]
    for f in rows(clear.head(1)):
        yield Question(
            "Only one of these articles says: {fact} Which one, and could the others have known it?",
            "{outlet}. That the others do not print it shows neither that they did not know it nor that it is untrue.",
            {"fact": words(str(f["text"]), "facts", 300), "outlet": outlet(str(outlets[f["article_id"]]))},
            (Place(f["article_id"], int(f["start"]), int(f["end"])),),
        )


def _who_acts(t: Tables) -> Iterator[Question]:
    acting = t["openings"]
    whose = content.canonical_names(t)
    acting = acting.assign(actor=[content.acting_name(str(a), whose) for a in acting["actor"].fillna("")])
    acting = acting[acting["actor"] != ""]
    if acting["actor"].nunique() < 2 or acting["outlet"].nunique() < 2:
        return
    first, *others = rows(acting.drop_duplicates("actor"))
    # one person under two names is no difference
    other = next((o for o in others if o["outlet"] != first["outlet"] and _differ(first, o)), None)
    if other is None:
        return
    a, b = first, other
    yield Question(
        "Read only the first sentences. Who acts in each of the {n}, and what does the choice suggest the event was about?",
        "{a} lets {who_a} act, {b} lets {who_b} act.",
        {
            "n": count(len(acting), "opening", "openings"),
            "a": outlet(str(a["outlet"])),
            "b": outlet(str(b["outlet"])),
            "who_a": name(str(a["actor"]), "openings"),
            "who_b": name(str(b["actor"]), "openings"),
        },
        tuple(Place(r["article_id"], int(r["start"]), int(r["end"])) for r in (a, b)),
    )


def _differ(a: Mapping[str, object], b: Mapping[str, object]) -> bool:
    return not same_name(str(a["actor"]), str(b["actor"]))
