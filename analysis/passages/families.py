"""Articles that depend on one text: families.

Two articles are of one family when a good part of either one is copy that both print: the narrator's sentences, which one
newsroom wrote. Words that a speaker or an office gave to everybody make no family as long as they are not most of either
article: two reporters who quote one briefing are two witnesses. Families are the connected groups of such pairs. Who
copied from whom cannot be seen in the texts; what dates and credits suggest is marked as an inference.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

import pandas as pd

from analysis.articles import as_articles
from analysis.schema import Schema
from analysis.text import count_words
from analysis.text import words as words_of

FAMILIES = Schema(
    "families",
    "One row an article: the group of articles it shares copy with, and how much of it is shared.",
    {
        "article_id": ("str", "the article"),
        "family_id": (
            "str",
            "article_id of the first member in the table of articles; alone, the article itself",
        ),
        "shared_share": (
            "float",
            "share of its words that stand in another article as well, formulas left out",
        ),
        "own_share": ("float", "share of its words that stand in no other article"),
        "size": ("int", "articles in the family"),
        "shares": ("str", "the class of most words that the members share; missing for a family of one"),
        "copy_share": ("float", "share of its words that is copy shared with another member of the family"),
        "closest": ("str", "article_id of the member it shares most words with, or missing"),
        "direction": (
            "str",
            "an inference, not a finding: source, derived or unknown; missing for a family of one",
        ),
        "direction_basis": ("str", "what the inference rests on"),
    },
    key=("article_id",),
)

COPIED = 0.15  # of the words of either article, in copy that both print: they are of one family
COPIED_WORDS = 25  # and at least so many words
MOSTLY = 0.6  # of the words of either article, of whatever class
_COPY = ("wire copy", "headline")
_AGENCIES = r"""Reuters|Bloomberg|Xinhua|Kyodo|Yonhap|Anadolu|Jiji|Bernama|Interfax|Associated\ Press|Agence\ France-Presse
|AP|AFP|PTI|ANI|IANS|UNI|UPI|DPA|EFE|ANSA|TASS|PA|AAP|CP|KUNA|WAM|MENA|SAPA|Belga|ANP|TT|NTB|Ritzau""".replace(
    "\n", ""
)
_CREDIT = re.compile(
    rf"\((?P<place>{_AGENCIES})\b[^)\n]{{0,30}}\)"  # a place line: "Geneva (AFP) -"
    rf"|\b(?:inputs?|reporting|copy)\s+(?:from|by)\s+(?:the\s+)?(?P<inputs>{_AGENCIES})\b"
    rf"|(?:^|\n)\W*(?P<line>{_AGENCIES})\W*(?=\n|$)"
)
_EDGE = 300  # a credit stands this near the beginning or the end


def families(passages: pd.DataFrame, articles: pd.DataFrame, enough: float = COPIED) -> pd.DataFrame:
    """Group the articles that share copy.

    Args:
        passages: a `passages` table.
        articles: the articles that it was made from; `date` and agency credits in `body` serve the inferred direction.
        enough: share of either article's words in common copy from which they are of one family.

    Returns:
        The `FAMILIES` table, one row an article in the order given. Families do not cross events.
    """
    frame = as_articles(articles)
    bodies = dict(zip(frame["article_id"].tolist(), frame["body"].tolist(), strict=True))
    sizes = {name: count_words(body) for name, body in bodies.items()}
    shared, links, classes = _shared_words(passages, bodies)
    root = {name: name for name in sizes}
    order = {name: k for k, name in enumerate(sizes)}

    def find(name: str) -> str:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    copied: dict[str, float] = {}
    for (a, b), (in_a, in_b, copy_a, copy_b) in links.items():
        least = max(min(sizes[a], sizes[b]), 1)
        copy = max(copy_a / max(sizes[a], 1), copy_b / max(sizes[b], 1))
        most = max(in_a / max(sizes[a], 1), in_b / max(sizes[b], 1))
        if (copy >= enough and max(copy_a, copy_b) >= min(COPIED_WORDS, least)) or most >= MOSTLY:
            first, second = sorted((find(a), find(b)), key=order.__getitem__)
            root[second] = first
            for name, words in ((a, copy_a), (b, copy_b)):
                copied[name] = max(copied.get(name, 0.0), words / max(sizes[name], 1))
    members: dict[str, list[str]] = {}
    for name in sizes:
        members.setdefault(find(name), []).append(name)
    dates = dict(zip(frame["article_id"].tolist(), frame["date"].tolist(), strict=True))
    totals: dict[str, Counter[str]] = {}
    for (a, b), counted in classes.items():
        if find(a) == find(b):
            totals.setdefault(find(a), Counter()).update(counted)
    inside = {pair: words for pair, words in links.items() if find(pair[0]) == find(pair[1])}
    nearest = _nearest(inside)
    rows = []
    for name, size in sizes.items():
        family = members[find(name)]
        share = shared.get(name, 0) / size if size else 0.0
        row = {
            "article_id": name,
            "family_id": find(name),
            "shared_share": min(share, 1.0),
            "own_share": max(1.0 - share, 0.0) if size else 0.0,
            "size": len(family),
            "copy_share": min(copied.get(name, 0.0), 1.0),
        }
        if len(family) > 1:
            total = totals[find(name)]
            row["shares"] = min(total, key=lambda kind: (-total[kind], kind))
            row["closest"] = nearest.get(name)
            row["direction"], row["direction_basis"] = _direction(name, family, dates, bodies)
        rows.append(row)
    return FAMILIES.frame(rows)


Pair = tuple[str, str]


def _shared_words(
    passages: pd.DataFrame, bodies: dict[str, str]
) -> tuple[dict[str, int], dict[Pair, tuple[int, int, int, int]], dict[Pair, Counter[str]]]:
    """Count shared words: of each article; of each pair on both sides, all and copy only; of each pair by class."""
    spans: dict[str, list[tuple[int, int]]] = {}
    sides: dict[Pair, tuple[list[tuple[int, int]], ...]] = {}
    classes: dict[Pair, Counter[str]] = {}
    columns = ("a", "a_start", "a_end", "b", "b_start", "b_end", "class", "words")
    for a, a_start, a_end, b, b_start, b_end, kind, words in zip(
        *(passages[name].tolist() for name in columns), strict=True
    ):
        if kind == "formulaic" or a not in bodies or b not in bodies:
            continue
        spans.setdefault(a, []).append((a_start, a_end))
        spans.setdefault(b, []).append((b_start, b_end))
        lists = sides.setdefault((a, b), ([], [], [], []))
        lists[0].append((a_start, a_end))
        lists[1].append((b_start, b_end))
        if kind in _COPY:
            lists[2].append((a_start, a_end))
            lists[3].append((b_start, b_end))
        classes.setdefault((a, b), Counter())[kind] += int(words)
    starts = {name: [start for start, _ in words_of(bodies[name])] for name in spans}
    shared = {name: _count(starts[name], found) for name, found in spans.items()}
    links = {
        (a, b): (
            _count(starts[a], lists[0]),
            _count(starts[b], lists[1]),
            _count(starts[a], lists[2]),
            _count(starts[b], lists[3]),
        )
        for (a, b), lists in sides.items()
    }
    return shared, links, classes


def _count(starts: list[int], spans: list[tuple[int, int]]) -> int:
    """Count the words, given by where they start, in the union of some spans."""
    total, at = 0, 0
    for start, end in sorted(spans):
        total += bisect_left(starts, max(end, at)) - bisect_left(starts, max(start, at))
        at = max(at, end)
    return total


def _nearest(links: dict[Pair, tuple[int, int, int, int]]) -> dict[str, str]:
    """For each article the one that it shares most words with; the first by name if several."""
    best: dict[str, tuple[int, str]] = {}
    for (a, b), words in links.items():
        for name, other, shared in ((a, b, words[0]), (b, a, words[1])):
            best[name] = min(best.get(name, (1, "")), (-shared, other))
    return {name: other for name, (_, other) in best.items()}


def _direction(
    name: str, family: list[str], dates: dict[str, object], bodies: dict[str, str]
) -> tuple[str, str]:
    """Infer a place in the family from agency credits and dates; the texts alone cannot tell."""
    body = bodies[name]
    credit = _CREDIT.search(body[:_EDGE]) or _CREDIT.search(body[-_EDGE:])
    if credit:
        agency = credit.group("place") or credit.group("inputs") or credit.group("line")
        return "derived", f"credits {agency}"
    days = {other: day for other in family if isinstance(day := dates.get(other), str)}
    if name in days and len(days) == len(family) and len(set(days.values())) > 1:
        first = min(days.values())
        if days[name] > first:
            return "derived", f"dated {days[name]}, another member {first}"
        if sum(day == first for day in days.values()) == 1:
            return "source", f"dated {first}, before every other member"
    return "unknown", "no credit, and dates do not decide"
