"""Facts: what a set of articles states, each statement once however many articles make it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pandas as pd

from analysis.articles import as_articles
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

_SAME = 0.5  # two sentences that are at least so alike state the same
_POSTINGS = (
    60  # a term that stands in more sentences than this proposes no pairs: it is what the event is about
)


def find_facts(articles: pd.DataFrame, limit: int = 1000) -> pd.DataFrame:
    """Find the statements that articles make, and put like ones of different articles together.

    Args:
        articles: an articles table; one article gives its own statements.
        limit: most facts an event; those with most articles come first, then by position.

    Returns:
        A `FACTS` table, ordered by event, number of articles and position.
    """
    frame = as_articles(articles)
    outlet = dict(zip(frame["article_id"], frame["outlet"], strict=True))
    rows: list[dict[str, object]] = []
    for event, group in frame.groupby("event", sort=True):
        made = statements(group)
        pairs = _pairs(made)
        clusters = _complete_link(len(made), pairs)
        found = []
        for members in clusters:
            chosen = max(members, key=lambda m: (sum(pairs.get(_key(m, o), 0.0) for o in members), -m))
            held = sorted({made[m].article_id for m in members})
            scores = [pairs.get(_key(m, o), 0.0) for m in members for o in members if m < o]
            found.append(
                (
                    -len(held),
                    min(made[m].position for m in members),
                    min(members),
                    chosen,
                    members,
                    held,
                    scores,
                )
            )
        found.sort()
        for number, (_, _, _, chosen, members, held, scores) in enumerate(found[:limit], 1):
            s = made[chosen]
            rows.append(
                {
                    "fact_id": f"{event}/f{number:04d}" if event else f"f{number:04d}",
                    "text": s.text,
                    "article_id": s.article_id,
                    "start": s.start,
                    "end": s.end,
                    "score": sum(scores) / len(scores) if scores else 1.0,
                    "event": event,
                    "kind": s.kind,
                    "n_articles": len(held),
                    "n_outlets": len({outlet[a] for a in held}),
                    "tellings": [
                        f"{made[m].article_id}:{made[m].start}:{made[m].end}" for m in sorted(members)
                    ],
                }
            )
    return FACTS.frame(rows)


def align_sentences(articles: pd.DataFrame) -> pd.DataFrame:
    """Score pairs of sentences from two articles of one event by how far they state the same.

    Returns:
        An `ALIGNED` table, best pairs first; pairs that share no telling term are left out.
    """
    frame = as_articles(articles)
    rows: list[dict[str, object]] = []
    for _, group in frame.groupby("event", sort=True):
        made = statements(group)
        for (i, j), score in _pairs(made).items():
            a, b = made[i], made[j]
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


def _key(i: int, j: int) -> tuple[int, int]:
    return (i, j) if i < j else (j, i)


def _pairs(made: list[Statement]) -> dict[tuple[int, int], float]:
    """Likeness of statements of different articles that share a term which few statements have."""
    postings: dict[str, list[int]] = defaultdict(list)
    for number, statement in enumerate(made):
        for key in statement.weights:
            postings[key].append(number)
    candidates: set[tuple[int, int]] = set()
    for holders in postings.values():
        if len(holders) <= _POSTINGS:
            candidates.update((i, j) for n, i in enumerate(holders) for j in holders[n + 1 :])
    out = {}
    for i, j in sorted(candidates):
        if made[i].article_id != made[j].article_id:
            score = _likeness(made[i], made[j])
            if score > 0.1:
                out[i, j] = score
    return out


def _likeness(a: Statement, b: Statement) -> float:
    shared = sum(weight for key, weight in a.weights.items() if key in b.weights)
    return shared / (sum(a.weights.values()) + sum(b.weights.values()) - shared)


def _complete_link(n: int, pairs: dict[tuple[int, int], float]) -> list[list[int]]:
    """Merge best pairs first; two groups merge only when every pair across them is alike (single link chains)."""
    home = list(range(n))
    groups: dict[int, list[int]] = {i: [i] for i in range(n)}
    for (i, j), score in sorted(pairs.items(), key=lambda item: (-item[1], item[0])):
        if score < _SAME:
            break
        a, b = home[i], home[j]
        if a != b and _all_alike(groups[a], groups[b], pairs):
            for member in groups[b]:
                home[member] = a
            groups[a] += groups.pop(b)
    return [sorted(members) for members in groups.values()]


def _all_alike(a: Iterable[int], b: Iterable[int], pairs: dict[tuple[int, int], float]) -> bool:
    return all(pairs.get(_key(i, j), 0.0) >= _SAME for i in a for j in b)
