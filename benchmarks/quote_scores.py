"""How right are quotations and speakers in one text, as counts that can be added up.

Spans are compared without their marks, white space and edge punctuation, and cut at line breaks, so it does not matter
whether a tool keeps the marks or joins the paragraphs of one long quotation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

Doc = dict[str, Any]
Quotes = list[dict[str, Any]]
Piece = tuple[int, int]

_EDGE = " \t\xa0\"'`‘’‚“”„«»,.;:!?-–—…"
_ENOUGH = 0.8  # characters in common / characters in either


@dataclass(frozen=True)
class Counts:
    """Counts of one text: (right, found, wanted) for F1, (hits, of how many) for shares."""

    exact: tuple[int, int, int]
    mention: tuple[int, int, int]
    speaker: tuple[int, int]
    who: tuple[int, int]
    alarms: tuple[int, int]


def score(doc: Doc, found: Quotes) -> Counts:
    """Compare what was found in a text with what is there.

    Args:
        doc: the gold: "text", "quotes", and perhaps "not_quotes" and "ignore".
        found: each with "start" and "end", and as far as known "speaker_start", "speaker_end", "speaker_name".
    """
    text = doc["text"]
    gold = [(piece, q) for q in doc["quotes"] for piece in pieces(text, q["start"], q["end"])]
    left_out = [(i["start"], i["end"]) for i in doc.get("ignore", ())]
    made = [(piece, q) for q in found for piece in pieces(text, q["start"], q["end"])]
    pairs = _matched([g for g, _ in gold], [m for m, _ in made])
    taken = {b for _, b in pairs}
    made = [
        m for k, m in enumerate(made) if k in taken or not any(2 * _common(m[0], i) >= _size(m[0]) for i in left_out)
    ]  # fmt: skip
    pairs = _matched([g for g, _ in gold], [m for m, _ in made])
    exact = len({g for g, _ in gold} & {m for m, _ in made})
    named = [q for _, q in gold if q.get("speaker_name")]
    said = [(gold[a][1], made[b][1]) for a, b in pairs]
    printed = [(g, m) for g, m in said if g.get("speaker_start") is not None]
    right = sum(_touches(g, m) for g, m in printed)
    terms = doc.get("not_quotes", ())
    wrong = [m for k, (m, _) in enumerate(made) if k not in {b for _, b in pairs}]
    alarms = sum(
        any(2 * _common(m, (t["start"], t["end"])) >= t["end"] - t["start"] for m in wrong) for t in terms
    )
    with_mention = sum(q.get("speaker_start") is not None for _, q in gold)
    silent = len(said) - len(printed)  # quotations found that nobody is printed beside: not asked for here
    return Counts(
        (exact, len(made), len(gold)),
        (right, len(made) - silent, with_mention),
        (right, len(printed)),
        (sum(_same_name(g.get("speaker_name"), m) for g, m in said), len(named)),
        (alarms, len(terms)),
    )


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """A span line by line, its edges trimmed."""
    out = []
    for line in re.finditer(r"[^\r\n]+", text[start:end]):
        bare = line.group().strip(_EDGE)
        if bare:
            at = start + line.start() + line.group().index(bare)
            out.append((at, at + len(bare)))
    return out


def _matched(gold: list[Piece], made: list[Piece]) -> list[tuple[int, int]]:
    """Pairs of indices, one to one, best overlap first."""
    close = []
    for a, g in enumerate(gold):
        for b, m in enumerate(made):
            common = _common(g, m)
            if common and common / (_size(g) + _size(m) - common) >= _ENOUGH:
                close.append((-common / (_size(g) + _size(m) - common), a, b))
    pairs, used_a, used_b = [], set(), set()
    for _, a, b in sorted(close):
        if a not in used_a and b not in used_b:
            pairs.append((a, b))
            used_a.add(a)
            used_b.add(b)
    return pairs


def _common(a: Piece, b: Piece) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _size(a: Piece) -> int:
    return a[1] - a[0]


def _touches(gold: dict[str, Any], made: dict[str, Any]) -> bool:
    """The printed speaker is the same: the spans touch, or the last names are equal."""
    if made.get("speaker_start") is None:
        return False
    span = (made["speaker_start"], made["speaker_end"])
    near = _common((gold["speaker_start"], gold["speaker_end"]), span) > 0
    return near or _last(gold.get("speaker")) == _last(made.get("speaker")) != ""


def _same_name(name: str | None, made: dict[str, Any]) -> bool:
    return bool(name) and _last(name) == _last(made.get("speaker_name") or made.get("speaker"))


def _last(name: str | None) -> str:
    """The last word of a name, without a possessive."""
    words = re.findall(r"\w+", re.sub(r"['’]s?\b", "", str(name or "")).lower())
    return words[-1] if words else ""
