"""Everything that can be said about a corpus before it is analysed: found, guessed, repaired, stripped, doubtful."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.corpus.errors import CorpusError, printable
from analysis.corpus.files import DEFAULT_LIMITS, Limits
from analysis.corpus.load import load_corpus
from analysis.text import count_words

_REPAIRS = frozenset(
    {
        "mojibake",
        "control",
        "surrogate",
        "invisible",
        "direction",
        "reference",
        "ligature",
        "composed",
        "markup",
        "unwrapped",
        "extracted",
    }
)
_MANY = 200


@dataclass(frozen=True)
class Report:
    """What `check_corpus` found.

    Attributes:
        path: what was checked, as given.
        error: why the corpus cannot be read, or None.
        found: one entry an article: article_id, outlet, date, language, words, source.
        guessed: what was not declared, with the basis of the guess.
        repaired: what was repaired in which article.
        stripped: page furniture by kind: how often, how many characters, examples.
        doubtful: warnings and errors.
        counts: articles, outlets, events, words, share of the characters that was furniture.
    """

    path: str
    error: str | None = None
    found: list[dict[str, Any]] = field(default_factory=list)
    guessed: list[dict[str, Any]] = field(default_factory=list)
    repaired: list[dict[str, Any]] = field(default_factory=list)
    stripped: list[dict[str, Any]] = field(default_factory=list)
    doubtful: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """0: ready; 1: something to look at; 2: something is left out, or nothing can be read."""
        if self.error or any(row["severity"] == "error" for row in self.doubtful):
            return 2
        return 1 if self.doubtful else 0

    def to_json(self) -> str:
        """Return the report as JSON, the same for the same corpus."""
        return json.dumps({**vars(self), "exit_code": self.exit_code}, ensure_ascii=False, indent=2)

    def to_text(self) -> str:
        """Return the report as text for a terminal."""
        if self.error:
            return f"{printable(self.path)}\n\nCannot be read\n  {self.error}\n"
        c = self.counts
        lines = [
            printable(self.path),
            "",
            f"Found: {c['articles']} article(s), {c['outlets']} outlet(s), {c['events']} event(s), {c['words']:,} words;"
            f" {c['furniture_share']:.0%} of the characters were page furniture",
        ]
        for row in self.found[:_MANY]:
            title = f"  {row['title']}" if row["title"] else ""
            lines.append(
                f"  {row['article_id']}  {row['outlet']}  {row['date'] or 'no date'}  {row['language']}  {row['words']:,} words{title}"
            )
        lines += _more(self.found)
        lines += _section("Guessed (declare it in corpus.yml to overrule)", self.guessed)
        lines += _section("Repaired", self.repaired)
        if self.stripped:
            lines += ["", "Stripped as page furniture"]
            for row in self.stripped:
                lines.append(
                    f"  {row['kind']}: {row['count']}, {row['characters']:,} characters, such as {row['example']!r}"
                )
        lines += _section("Doubtful", self.doubtful)
        if not self.doubtful:
            lines += ["", "Nothing doubtful."]
        return "\n".join(_line(line) for line in lines) + "\n"


def check_corpus(path: str | Path, *, limits: Limits = DEFAULT_LIMITS) -> Report:
    """Read a corpus and report on it; never raises for what is wrong with the corpus.

    Args:
        path: as for `load_corpus`.
        limits: as for `load_corpus`.
    """
    try:
        corpus = load_corpus(path, limits=limits)
    except CorpusError as error:
        return Report(str(path), error=str(error))
    articles, furniture = corpus.articles, corpus.furniture
    found = [
        {
            "article_id": row["article_id"],
            "outlet": row["outlet"],
            "title": _or_none(row["title"]),
            "date": _or_none(row["date"]),
            "language": row["language"],
            "event": row["event"],
            "words": count_words(row["body"]),
            "source": row["source"],
        }
        for row in articles.to_dict("records")
    ]
    guessed, repaired, doubtful = [], [], []
    for row in corpus.problems.to_dict("records"):
        entry = {key: _or_none(row[key]) for key in ("article_id", "severity", "code", "message")}
        if row["code"].startswith("guessed_"):
            guessed.append(entry)
        elif row["severity"] != "info":
            doubtful.append(entry)
        elif row["code"] in _REPAIRS or row["code"] == "encoding":
            repaired.append(entry)
    try:
        _ = corpus.codebook
    except ValueError as error:
        doubtful.append({"article_id": None, "severity": "error", "code": "codebook", "message": str(error)})
    sizes: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for kind, text in zip(furniture["kind"], furniture["text"], strict=True):
        counts[kind] += 1
        sizes[kind] += len(text)
        examples.setdefault(kind, text if len(text) <= 60 else text[:57] + "...")
    stripped = [
        {"kind": kind, "count": n, "characters": sizes[kind], "example": examples[kind]}
        for kind, n in sorted(counts.items(), key=lambda item: (-sizes[item[0]], item[0]))
    ]
    kept = int(articles["body"].str.len().sum())
    return Report(
        str(path),
        found=found,
        guessed=guessed,
        repaired=repaired,
        stripped=stripped,
        doubtful=doubtful,
        counts={
            "articles": len(articles),
            "outlets": int(articles["outlet"].nunique()),
            "events": int(articles["event"].nunique()),
            "words": sum(row["words"] for row in found),
            "furniture_share": round(sum(sizes.values()) / max(1, kept + sum(sizes.values())), 4),
        },
    )


def _or_none(value: Any) -> Any:
    return value if isinstance(value, str) else None


def _section(title: str, rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return []
    lines = ["", title]
    for row in rows[:_MANY]:
        sign = {"error": "ERROR ", "warning": "", "info": ""}[row["severity"]]
        lines.append(f"  {sign}{row['article_id'] + ': ' if row['article_id'] else ''}{row['message']}")
    return lines + _more(rows)


def _more(rows: list[dict[str, Any]]) -> list[str]:
    return (
        [f"  ... and {len(rows) - _MANY} more (all of them in the JSON report)"] if len(rows) > _MANY else []
    )


def _line(line: str) -> str:
    """Keep what comes from the corpus from driving the terminal."""
    return printable(line)
