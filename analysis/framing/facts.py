"""Facts: what a set of articles states, each statement once however many articles make it."""

from __future__ import annotations

import pandas as pd

from analysis.articles import as_articles
from analysis.framing.candidates import candidates
from analysis.framing.likeness import Wording, agree, sameness, shared_information, spread
from analysis.framing.statements import Statement, statements
from analysis.schema import Schema

FACTS = Schema(
    "facts",
    "One row a fact: a statement that one or more articles of an event make.",
    {
        "fact_id": ("str", "name of the fact, unique in the corpus"),
        "text": ("str", "the statement in the words of the article that puts it most typically"),
        "article_id": ("str", "that article"),
        "start": ("int", "offset of the statement in its body"),
        "end": ("int", "offset behind it"),
        "score": ("float", "how alike its tellings are, in [0, 1]; 1 where only one article has it"),
        "event": ("str", "event of the article"),
        "kind": ("str", "sentence, quotation (mostly quoted words) or reported (credited to a speaker)"),
        "n_articles": ("int", "articles that have the statement in a like form"),
        "n_outlets": ("int", "outlets of these articles"),
        "tellings": ("list", "the like forms, as article_id:start:end"),
    },
    key=("fact_id",),
)

ALIGNED = Schema(
    "aligned_sentences",
    "One row a pair of sentences in two articles of one event that have something in common.",
    {
        "a": ("str", "article of the one sentence"),
        "a_start": ("int", "offset in its body"),
        "a_end": ("int", "offset behind it"),
        "b": ("str", "article of the other"),
        "b_start": ("int", "offset in its body"),
        "b_end": ("int", "offset behind it"),
        "score": ("float", "likeness in [0, 1]"),
    },
    key=("a", "a_start", "b", "b_start"),
)

_SAME = 0.36  # sameness from which two statements are tellings of one fact
_SLIGHT = 0.2  # pairs that share less are not listed
_JUDGED = 30  # tellings among which the typical one is sought
_CELLS = 100_000  # facts times articles of an event, at most: what a reader's matrix and `coverage` can bear


def find_facts(articles: pd.DataFrame, limit: int | None = None) -> pd.DataFrame:
    """Find the statements that articles make, and put the tellings of one statement together.

    A statement is a sentence, or a clause of a long one. Two are tellings of one fact when most of their words' weight is
    shared and their figures, dates, names and negations do not conflict; a group is made by complete linkage, because
    single linkage chains unlike things together.

    Args:
        articles: an articles table; one article gives its own statements.
        limit: most facts an event, the most told first, then by position in their articles. Without it, as many as
            make 100,000 cells with the articles of the event, and at least 100.

    Returns:
        A `FACTS` table, ordered by event, number of articles and position.
    """
    frame = as_articles(articles)
    outlet = dict(zip(frame["article_id"], frame["outlet"], strict=True))
    rows: list[dict[str, object]] = []
    for event, group in frame[["event", "article_id", "body"]].groupby("event", sort=True):
        made = statements(group)
        groups = _tellings(made)
        groups.sort(
            key=lambda g: (-len({made[m].article_id for m in g}), min(made[m].position for m in g), g)
        )
        most = most_facts(len(group)) if limit is None else limit
        for number, members in enumerate(groups[:most], 1):
            fact_id = f"{event!s}/f{number:04d}" if event else f"f{number:04d}"
            rows.append({"fact_id": fact_id, "event": event} | _fact([made[m] for m in members], outlet))
    return FACTS.frame(rows)


def most_facts(n_articles: int) -> int:
    """Most facts that are kept of an event of so many articles, unless a limit is given."""
    return max(100, _CELLS // max(1, n_articles))


def only_most_told(facts: pd.DataFrame, articles: pd.DataFrame) -> bool:
    """Do some facts of a large event stand for many that were left out: those that fewest articles tell?

    Then nothing can be said of what one outlet alone tells.
    """
    if "event" not in facts.columns or "event" not in articles.columns:
        return False
    kept = facts["event"].value_counts()
    sizes = articles["event"].value_counts()
    return any(n >= most_facts(int(sizes.get(event, 1))) for event, n in kept.items())


def _fact(told: list[Statement], outlet: dict[str, str]) -> dict[str, object]:
    """Describe a group of tellings by the one that is most like the others."""
    few = told[:_JUDGED]
    likeness = [sum(sameness(a, b) for b in few if b is not a) for a in few]
    chosen = few[max(range(len(few)), key=lambda n: (likeness[n], -n))]
    n_pairs = len(few) * (len(few) - 1)
    held = {s.article_id for s in told}
    return {
        "text": chosen.text,
        "article_id": chosen.article_id,
        "start": chosen.start,
        "end": chosen.end,
        "score": sum(likeness) / n_pairs if n_pairs else 1.0,
        "kind": chosen.kind,
        "n_articles": len(held),
        "n_outlets": len({outlet[a] for a in held}),
        "tellings": [f"{s.article_id}:{s.start}:{s.end}" for s in told],
    }


def align_sentences(articles: pd.DataFrame) -> pd.DataFrame:
    """Score pairs of sentences from two articles of one event by how far they state the same.

    Returns:
        An `ALIGNED` table, best pairs first; pairs that share no telling term are left out.
    """
    frame = as_articles(articles)
    rows: list[dict[str, object]] = []
    for _, group in frame.groupby("event", sort=True):
        made = statements(group, clauses=False)
        stands_in = spread(made)
        wordings = [Wording(s.terms, stands_in) for s in made]
        for i, j in candidates(made):
            a, b = made[i], made[j]
            score = shared_information(wordings[i], wordings[j])
            if score < _SLIGHT:
                continue
            rows.append(
                {"a": a.article_id, "a_start": a.start, "a_end": a.end, "b": b.article_id, "b_start": b.start,
                 "b_end": b.end, "score": score}
            )  # fmt: skip
    out = ALIGNED.frame(rows)
    return out.sort_values(
        ["score", "a", "a_start", "b", "b_start"],
        ascending=[False, True, True, True, True],
        ignore_index=True,
    )


def _tellings(made: list[Statement]) -> list[list[int]]:
    """Group the numbers of statements that tell the same."""
    # Statements in the same words are one from the start: a report that an agency sent to fifty outlets is compared once.
    folded: dict[tuple[str, ...], list[int]] = {}
    for number, statement in enumerate(made):
        folded.setdefault(tuple(sorted(statement.weights)) + _negations(statement), []).append(number)
    same = list(folded.values())
    groups = _complete_link([made[numbers[0]] for numbers in same])
    return [sorted(number for member in group for number in same[member]) for group in groups]


def _negations(statement: Statement) -> tuple[str, ...]:
    return tuple(sorted(f"not {term.key}" for term in statement.terms if term.negated))


def _complete_link(made: list[Statement]) -> list[list[int]]:
    """Merge best pairs first; two groups merge only when every pair across them is alike."""
    known: dict[tuple[int, int], float] = {}

    def compared(i: int, j: int) -> float:
        a, b = made[i].total, made[j].total
        if min(a, b) < _SAME * max(a, b):
            return 0.0  # the longer has too much that the shorter cannot share
        score = sameness(made[i], made[j])
        return score if score >= _SAME and agree(made[i], made[j]) else 0.0

    def alike(i: int, j: int) -> float:
        pair = (i, j) if i < j else (j, i)
        if pair not in known:
            known[pair] = compared(*pair)
        return known[pair]

    # most pairs that are proposed are not alike, and are not kept: in a large event they would fill the memory
    for i, j in candidates(made, within=True, least=_SAME):
        if score := compared(i, j):
            known[i, j] = score
    near = sorted((-score, i, j) for (i, j), score in known.items())
    home = list(range(len(made)))
    groups = {i: [i] for i in home}
    for _, i, j in near:
        a, b = home[i], home[j]
        if a != b and all(alike(x, y) for x in groups[a] for y in groups[b]):
            for member in groups[b]:
                home[member] = a
            groups[a] += groups.pop(b)
    return [sorted(members) for members in groups.values()]
