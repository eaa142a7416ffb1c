"""Contradictions: passages on one matter that do not go together as they stand, for a person to judge.

Two passages of different articles are compared when they say much the same, and listed when a detail of the one stands
in the place of another detail of the other. The rules ask for much, so that few are listed and most deserve a look; two
passages may differ because one was written later, rounds, or speaks of something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.articles import as_articles
from analysis.framing.candidates import ROUNDING, weighed
from analysis.framing.claims import Claim
from analysis.framing.likeness import Wording, names, sameness, shared_information, spread
from analysis.framing.particulars import counted, dates, denied, figures, negated, weekdays
from analysis.framing.reports import search
from analysis.framing.searchable import Searchable
from analysis.framing.statements import Statement, statements
from analysis.framing.terms import Term, is_negation
from analysis.schema import Schema

CONTRADICTIONS = Schema(
    "contradictions",
    "One row a pair of passages that differ in a detail; a proposal for a reader, not a verdict.",
    {
        "event": ("str", "event of both articles"),
        "kind": ("str", "number, date, weekday, name, negation or novelty"),
        "a": ("str", "the one article"),
        "a_start": ("int", "offset of the passage in its body"),
        "a_end": ("int", "offset behind it"),
        "a_text": ("str", "the passage"),
        "a_detail": ("str", "what it says on the point of difference"),
        "b": ("str", "the other article"),
        "b_start": ("int", "offset of the passage in its body"),
        "b_end": ("int", "offset behind it"),
        "b_text": ("str", "the passage"),
        "b_detail": ("str", "what it says on the point of difference"),
        "differs": ("str", "the difference in one sentence"),
        "score": ("float", "how surely both passages are about one matter, in [0, 1]"),
    },
    key=("a", "a_start", "b", "b_start", "kind"),
)

_CLOSE = 0.33  # shared information from which figures of the same thing are about one matter
_NAMED = 0.6  # how surely a text is about what another calls new
_SAME = 0.42  # sameness that a different day, name or negation needs
_VERY_SAME = 0.55  # names and negations stand in many places: they need more
_TIMES = frozenset(
    "second minut hour day week month year time percent per cent".split()
)  # anything is counted in these
_VAGUE = re.compile(
    r"\b(?:about|around|nearly|almost|roughly|some|more than|over|at least|up to|fewer than|less than|under|dozens|hundreds)\s+\W?$",
    re.IGNORECASE,
)
_WORDINGS = 20_000  # that are held in memory
_CLAUSE_END = re.compile(r"[.!?;:]|\b(?:but|and|because|although|while|which|that|who)\b", re.IGNORECASE)
_NEW = re.compile(r"\bnew\s+(?=[^\W\d_])", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:last (?:year|month|week|summer|autumn|fall|winter|spring)|(?:years?|months?|weeks?) ago|previously|"
    r"earlier this (?:year|month)|in (?:19|20)\d\d|since (?:19|20)\d\d|already)\b",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"\b(?:agreed|decided|set up|launched|signed|formed|created|established|founded|announced|introduced|began|started)\b"
)  # in a text in lower case, which is searched in half the time
_NEW_WORDS = 6  # content words after "new" that name what is new
_LEAST_NAMED = 3  # of them at least, or "a new agreement" would meet every agreement

_SLIGHTLY = 0.1  # sameness below which two passages are not compared in earnest
_AROUND = 5  # content words on each side of a figure that say what it counts

Detail = tuple[str, str, str]


def contradictions(facts: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """List passages of different articles of one event that differ in a detail.

    Args:
        facts: a facts table; its tellings say which passages were compared already (they agree), so it may be empty.
        articles: an articles table.

    Returns:
        A `CONTRADICTIONS` table, surest first within an event. Kinds: "number" (different figures before the same word),
        "date" and "weekday" (different days for the same), "name" (different persons in the same place, both known to
        both articles), "negation", "novelty" ("new" here, of an earlier date there).
    """
    frame = as_articles(articles)
    agreed = _agreed(facts)
    rows: list[dict[str, object]] = []
    for event, group in frame[["event", "article_id", "body"]].groupby("event", sort=True):
        made = statements(group)
        found = [
            (score, a, b, detail)
            for score, a, b, details in _differing(made)
            if (_place(a), _place(b)) not in agreed
            for detail in details
        ]
        found += _novelties(made)
        found.sort(key=lambda f: (-f[0], f[1].article_id, f[1].start, f[2].article_id, f[2].start, f[3]))
        rows += [_row(str(event), *item) for item in _once(found)]
    return CONTRADICTIONS.frame(rows).drop_duplicates(
        ["kind", "a", "a_start", "b", "b_start"], ignore_index=True
    )


def _differing(
    made: Sequence[Statement],
) -> Iterator[tuple[float, Statement, Statement, list[Detail]]]:
    """Pairs about one matter that differ, with the score of that; few differ, and only these are scored."""
    known = _known(made)
    differing = [
        (i, j, details)
        for i, j in _comparable(made)
        if (details := list(_differences(made[i], made[j], known)))
    ]
    if not differing:
        return
    wording = _wordings(made)
    for i, j, details in differing:
        score = shared_information(wording(i), wording(j))
        if score >= _CLOSE:
            yield score, made[i], made[j], details


def _comparable(made: Sequence[Statement]) -> Iterator[tuple[int, int]]:
    """Numbers of two statements of different articles in which `_differences` may find something."""
    counts = [counted(s.terms).keys() for s in made]
    some = np.array([bool(nouns) for nouns in counts], dtype=bool)
    for first, second, same in weighed(made, least=_SLIGHTLY):
        alike = same >= _SAME - ROUNDING
        worth = alike | (some[first] & some[second])
        for i, j, anyhow in zip(
            first[worth].tolist(), second[worth].tolist(), alike[worth].tolist(), strict=True
        ):
            if anyhow or not counts[i].isdisjoint(counts[j]):
                yield i, j


def _wordings(made: Sequence[Statement]) -> Callable[[int], Wording]:
    """A function from the number of a statement to its wording; of a large event only some are held in memory."""
    stands_in = spread(made)
    return lru_cache(maxsize=_WORDINGS)(lambda n: Wording(made[n].terms, stands_in))


def _once(
    found: Sequence[tuple[float, Statement, Statement, Detail]],
) -> list[tuple[float, Statement, Statement, Detail]]:
    """Keep the surest of those that set the same details of two articles against each other."""
    seen: set[tuple[str, str, Detail]] = set()
    kept = []
    for item in found:
        key = (item[1].article_id, item[2].article_id, item[3])
        if key not in seen:
            seen.add(key)
            kept.append(item)
    return kept


def _row(event: str, score: float, a: Statement, b: Statement, detail: Detail) -> dict[str, object]:
    kind, here, there = detail
    return {
        "event": event,
        "kind": kind,
        "a": a.article_id,
        "a_start": a.start,
        "a_end": a.end,
        "a_text": a.text,
        "a_detail": here,
        "b": b.article_id,
        "b_start": b.start,
        "b_end": b.end,
        "b_text": b.text,
        "b_detail": there,
        "differs": f"The one has “{here}”, the other “{there}”.",
        "score": score,
    }


def _differences(a: Statement, b: Statement, known: Mapping[str, set[str]]) -> Iterator[Detail]:
    same = sameness(a, b)
    yield from _numbers(a, b, same)
    if same < _SAME:
        return
    for kind, pick in (("date", dates), ("weekday", weekdays)):
        here, there = pick(a.terms), pick(b.terms)
        if here and there and not (here & there):
            yield kind, _words(a, here), _words(b, there)
    if same < _VERY_SAME:
        return
    here, there = _persons(a) - b.weights.keys(), _persons(b) - a.weights.keys()
    if len(here) == len(there) == 1 and here <= known[b.article_id] and there <= known[a.article_id]:
        x, y = here.pop(), there.pop()
        if _beside(a, x) & _beside(b, y):
            yield "name", _words(a, {x}), _words(b, {y})
    keys = {
        key for key in denied(a.terms, b.terms) if not (_within_denial(a, key) and _within_denial(b, key))
    }
    if keys:
        here_not = bool(keys & negated(a.terms))
        yield "negation", _words(a, keys, here_not), _words(b, keys, not here_not)


def _within_denial(s: Statement, key: str) -> bool:
    """Does a negation stand before the word in its clause? "They are not signed, sealed" denies both."""
    for term in s.terms:
        if term.key != key:
            continue
        before = s.text[: term.start]
        cut = max((m.end() for m in _CLAUSE_END.finditer(before)), default=0)
        if any(is_negation(word) for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", before[cut:])):
            return True
    return False


def _persons(s: Statement) -> set[str]:
    return {term.key for term in s.terms if term.kind == "name"} & names(s)


def _around(s: Statement, at: Term) -> set[str]:
    """The content words around a figure."""
    content = [term for term in s.terms if term.kind != "grammar"]
    n = content.index(at)
    return {term.key for term in content[max(0, n - _AROUND) : n + _AROUND + 1] if term is not at}


def _beside(s: Statement, key: str) -> set[tuple[int, str]]:
    """The content words before and after a word: two words with one of them in common stand in one place."""
    content = [term.key for term in s.terms if term.kind != "grammar"]
    out = set()
    for n, at in enumerate(content):
        if at == key:
            out |= {(side, content[n + side]) for side in (-1, 1) if 0 <= n + side < len(content)}
    return out


def _numbers(a: Statement, b: Statement, same: float) -> Iterator[Detail]:
    """Different figures before the same word, where neither figure stands on the other side."""
    mine, theirs = counted(a.terms), counted(b.terms)
    for noun in sorted(mine.keys() & theirs.keys()):
        x, y = mine[noun], theirs[noun]
        if x.key in figures(b.terms) or y.key in figures(a.terms) or (noun in _TIMES and same < _SAME):
            continue
        if noun not in _TIMES and not _around(a, x) & _around(b, y) - {noun}:
            continue
        if _rounds(x.key, y.key) or _vague(a, x) or _vague(b, y):
            continue
        yield "number", _phrase(a, x), _phrase(b, y)


def _rounds(x: str, y: str) -> bool:
    """Is one figure the other, rounded to as many digits as it shows?"""
    return any(float(f"{float(a):.{max(0, _digits(b) - 1)}e}") == float(b) for a, b in ((x, y), (y, x)))


def _digits(figure: str) -> int:
    """How many digits of a figure say something: 1 for 400, 2 for 4.1."""
    return min(15, len(figure.replace(".", "").strip("0")))


def _vague(s: Statement, term: Term) -> bool:
    return _VAGUE.search(s.text, max(0, term.start - 20), term.start) is not None


def _phrase(s: Statement, term: Term) -> str:
    following = [t.end for t in s.terms if t.start > term.start and t.kind != "grammar"][:1]
    return s.text[term.start : following[-1] if following else term.end]


def _novelties(made: Sequence[Statement]) -> list[tuple[float, Statement, Statement, Detail]]:
    """What one article calls new, and another says was made before."""
    fresh = [s for s in made if "new" in s.text.lower() and _NEW.search(s.text)]
    if not fresh:
        return []
    earlier = [
        s for s in made if _MADE.search(s.text.lower()) and _BEFORE.search(s.text) and not _NEW.search(s.text)
    ]
    if not earlier:
        return []
    ready = Searchable(*(s.text for s in earlier))
    out = []
    for s in fresh:
        for match in _NEW.finditer(s.text):
            named = _named_after(s, match.end())
            if not named:
                continue
            scores = search([Claim(named)], ready).score[0]
            for place in np.flatnonzero(scores >= _NAMED).tolist():
                score, other = float(scores[place]), earlier[place]
                if other.article_id != s.article_id:
                    before = _BEFORE.search(other.text)
                    out.append(
                        (score, s, other, ("novelty", f"new {named}", before.group() if before else ""))
                    )
    return out


def _named_after(s: Statement, at: int) -> str:
    """The words that name what is new: up to a mark or the sentence's end, at most `_NEW_WORDS` content words."""
    stop = re.compile(r"[,;:()“”\"]|\s(?:that|which|to|this|in|for|as|by|at|and)\s|$").search(s.text, at)
    limit = stop.start() if stop else len(s.text)
    content = [t for t in s.terms if at <= t.start < limit and t.kind != "grammar"][:_NEW_WORDS]
    return s.text[at : content[-1].end] if len(content) >= _LEAST_NAMED else ""


def _known(made: Sequence[Statement]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for s in made:
        out.setdefault(s.article_id, set()).update(s.weights)
    return out


def _words(s: Statement, keys: set[str], not_before: bool = False) -> str:
    found = dict.fromkeys(s.text[t.start : t.end] for t in s.terms if t.key in keys)
    return ("not " if not_before else "") + " ".join(found)


def _place(s: Statement) -> str:
    return f"{s.article_id}:{s.start}:{s.end}"


def _agreed(facts: pd.DataFrame) -> set[tuple[str, str]]:
    """Pairs of passages that are tellings of one fact."""
    out: set[tuple[str, str]] = set()
    for tellings in facts["tellings"] if "tellings" in facts.columns else ():
        if isinstance(tellings, list) and len(tellings) <= 50:
            out |= {(x, y) for x in tellings for y in tellings if x != y}
    return out
