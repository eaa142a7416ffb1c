"""What comes first: how prominent topics, actors and facts are in an article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Container
from math import log2
from typing import NamedTuple

import pandas as pd

from analysis.articles import as_articles
from analysis.schema import Schema, TableError
from analysis.segments import headings
from analysis.text import STOPWORDS, Span, fold, paragraphs, sentences, straighten

PROMINENCE = Schema(
    "prominence",
    "One row an article and label (a name, topic or fact): where it first stands and how much of the weight of the text it has.",
    {
        "event": ("str", "what the article is about"),
        "article_id": ("str", "the article"),
        "outlet": ("str", "who published it"),
        "label": ("str", "the name, topic, actor or fact"),
        "count": ("int", "how often it is marked in the article"),
        "in_headline": ("bool", "the title names it"),
        "in_first_sentence": ("bool", "the first sentence holds it"),
        "in_first_paragraph": ("bool", "the first paragraph holds it"),
        "first": ("float", "place of the first mark, 0 (first character) to 1; missing where there is none"),
        "rank": ("int", "order of first appearance in the article, from 1; 0 where it does not appear"),
        "share": ("float", "of all marks of the article, 0 to 1"),
        "weighted_share": ("float", "the same with marks discounted by the rank of their sentence, 0 to 1"),
    },
    key=("article_id", "label"),
)


def prominence(articles: pd.DataFrame, marks: pd.DataFrame | None = None) -> pd.DataFrame:
    """Say how prominently each article places each label.

    The discount of a mark in the sentence of rank r (from 0) is 1 / log2(r + 2) (Järvelin and Kekäläinen 2002): the
    tenth sentence weighs three tenths of the first. Headings are sentences of their own.

    Args:
        articles: article_id, body; title, outlet and event if there are any.
        marks: article_id, start, label: topics, actors or facts with the place where they stand; `weight` where they do
            not all count alike, and `in_title` for a row that marks the headline instead of the body. Without `in_title`
            a headline names what it prints. Without `marks`, the names that the texts print are the labels, the hundred
            commonest of each event.

    Returns:
        event, article_id, outlet, label, count, in_headline, in_first_sentence, in_first_paragraph, first, rank, share,
        weighted_share: within an event each label for each article, zeros included. Of an event with very many labels
        and articles, its commonest labels.

    Raises:
        TableError: `marks` lacks a column.
    """
    frame = as_articles(articles)
    given = _names(frame) if marks is None else _given(marks)
    titles = _titled(marks)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for article_id, event in zip(frame["article_id"], frame["event"], strict=True):
        counts[event].update(mark.label for mark in given.get(article_id, []))
        counts[event].update(dict.fromkeys(titles.get(article_id, ()) if titles else (), 0))
    sizes = Counter(frame["event"])
    kept = {event: _NAMES if marks is None else max(_FEWEST, _CELLS // size) for event, size in sizes.items()}
    labels = {
        event: [(label, _as_printed(label)) for label in _ranked(n)[: kept[event]]]
        for event, n in counts.items()
    }
    rows = []
    for row in frame.to_dict("records"):
        title = straighten(row["title"]).casefold() if isinstance(row["title"], str) else ""
        starts, opening, lead = landmarks(row["body"])
        places: dict[str, list[int]] = defaultdict(list)
        plain: dict[str, float] = defaultdict(float)
        weights: dict[str, float] = defaultdict(float)
        for start, label, weight in given.get(row["article_id"], []):
            places[label].append(start)
            plain[label] += weight
            weights[label] += weight * _discount(starts, start)
        total, heavy = sum(plain.values()), sum(weights.values())
        rank = {label: i for i, label in enumerate(sorted(places, key=lambda name: min(places[name])), 1)}
        for label, printed in labels.get(row["event"], []):
            at = places.get(label, [])
            rows.append(
                {
                    **{name: row[name] for name in ("event", "article_id", "outlet")},
                    "label": label,
                    "count": len(at),
                    "in_headline": bool(printed.search(title))
                    if titles is None
                    else label in titles.get(row["article_id"], ()),
                    "in_first_sentence": any(lead[0] <= a < lead[1] for a in at),
                    "in_first_paragraph": any(opening[0] <= a < opening[1] for a in at),
                    "first": min(at) / max(1, len(row["body"])) if at else float("nan"),
                    "rank": rank.get(label, 0),
                    "share": plain[label] / total if total else 0.0,
                    "weighted_share": weights[label] / heavy if heavy else 0.0,
                }
            )
    return PROMINENCE.frame(rows)


def discounts(articles: pd.DataFrame, marks: pd.DataFrame) -> list[float]:
    """Return how much each mark counts for standing where it stands: 1 in the first sentence, less in each that follows.

    Args:
        articles: article_id, body.
        marks: article_id, start.
    """
    frame = as_articles(articles)
    bodies = dict(zip(frame["article_id"], frame["body"], strict=True))
    starts = {a: [s for s, _ in sentences(bodies[a])] for a in set(marks["article_id"]) & bodies.keys()}
    return [
        _discount(starts.get(a, []), int(start))
        for a, start in zip(marks["article_id"], marks["start"], strict=True)
    ]


def _discount(starts: list[int], at: int) -> float:
    return 1 / log2(max(0, bisect_right(starts, at) - 1) + 2)


def landmarks(body: str) -> tuple[list[int], Span, Span]:
    """Where sentences start, the first paragraph that is no heading, and its first sentence."""
    spans = paragraphs(body)
    return [a for a, _ in sentences(body, spans)], *opening_of(body, spans)


def opening_of(body: str, spans: list[Span]) -> tuple[Span, Span]:
    """The first of the paragraphs that is no heading, and its first sentence."""
    above = set(headings(body, spans[:3]))  # no more than two are headings of what follows, see `headings`
    opening = next((s for s in spans if s not in above), spans[0] if spans else (0, 0))
    return opening, next(iter(sentences(body, [opening])), opening)


def _ranked(counts: Counter[str]) -> list[str]:
    return sorted(counts, key=lambda label: (-counts[label], label))


def _as_printed(label: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(straighten(label).casefold())}(?!\w)")


# --- names -----------------------------------------------------------------------------------------------------------

_NAMES = 100  # of an event, so that the table grows with the articles and not with their square
_CELLS = 200_000  # labels times articles of an event, at most
_FEWEST = 20  # labels, whatever the number of articles
_NAME = re.compile(r"[A-Z][\w'’.&-]*(?: (?:(?:of|the|de|von|van|al|bin) (?=[A-Z]))?[A-Z][\w'’.&-]*)*")


class _Mark(NamedTuple):
    start: int
    label: str
    weight: float = 1.0


def _titled(marks: pd.DataFrame | None) -> dict[str, set[str]] | None:
    """What each headline names, where the marks say so."""
    if marks is None or "in_title" not in marks.columns:
        return None
    out: dict[str, set[str]] = defaultdict(set)
    named = marks[marks["in_title"].astype(bool)]
    for article_id, label in zip(named["article_id"], named["label"], strict=True):
        out[str(article_id)].add(str(label))
    return out


def _given(marks: pd.DataFrame) -> dict[str, list[_Mark]]:
    missing = [c for c in ("article_id", "start", "label") if c not in marks.columns]
    if missing:
        raise TableError(f"prominence: marks lack {', '.join(missing)}; they need article_id, start, label.")
    out: dict[str, list[_Mark]] = defaultdict(list)
    if "in_title" in marks.columns:
        marks = marks[~marks["in_title"].astype(bool)]
    weights = marks["weight"] if "weight" in marks.columns else [1.0] * len(marks)
    for article_id, start, label, weight in zip(
        marks["article_id"], marks["start"], marks["label"], weights, strict=True
    ):
        if pd.notna(start) and pd.notna(label) and int(start) >= 0:
            out[str(article_id)].append(_Mark(int(start), str(label), float(weight)))
    return out


def printed_names(
    articles: pd.DataFrame, known: Container[str] = frozenset()
) -> dict[str, list[tuple[int, str]]]:
    """Where each article prints which name: article_id -> (start, name), in reading order.

    Args:
        articles: article_id, body.
        known: names in small letters that are known to be names, wherever in a sentence they stand.
    """
    found = _names(as_articles(articles), known)
    return {article: [(mark.start, mark.label) for mark in marks] for article, marks in found.items()}


def endings(name: str) -> list[str]:
    """A name in small letters, whole and without its first words: "mayor ada brandt", "ada brandt", "brandt"."""
    parts = name.casefold().split()
    return [" ".join(parts[n:]) for n in range(len(parts))]


def _names(frame: pd.DataFrame, known: Container[str] = frozenset()) -> dict[str, list[_Mark]]:
    """Names as printed: capitalised runs that stand capitalised inside a sentence at least once in the corpus."""
    found: list[tuple[str, int, str, bool]] = []
    for article_id, body in zip(frame["article_id"], frame["body"], strict=True):
        for a, b in sentences(body):
            for m in _NAME.finditer(body, a, b):
                name, start = m.group(), m.start()
                first = fold(name.split()[0])
                if start == a and first in STOPWORDS:
                    rest = name.partition(" ")[2]
                    if not rest:
                        continue
                    start, name = m.end() - len(rest), rest
                name = re.sub(r"['’]s?$", "", name).rstrip(".-&'’")
                if len(name) > 1 and fold(name) not in STOPWORDS:
                    found.append((article_id, start, name, start > a))
    inside = {name for _, _, name, within in found if within}
    out: dict[str, list[_Mark]] = defaultdict(list)
    for article_id, start, name, _ in found:
        if name in inside or any(part in known for part in endings(name)):
            out[article_id].append(_Mark(start, name))
    return out
