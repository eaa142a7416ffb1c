"""Hand coding of a corpus beside what the program makes of it: agreement, and every place where they differ.

A corpus may bring codings of its own in `coding/CODER/`, one folder a coder, each with some of three tables:

    quotations.csv   file, start, end, kind (speech | term), speaker, text
    topics.csv       file, start, end, topic, and whatever helps a person to find the paragraph
    facts.csv        fact, file, told (yes | no), text

Offsets are characters in the file as it came. All codings, the program's included, become one long table of units and codes;
agreement is Krippendorff's alpha over the units that two coders share.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.schema import Schema, rows
from analysis.stats import krippendorff_alpha
from analysis.text import STOPWORDS, fold, stem, words

if TYPE_CHECKING:
    from analysis.corpus import Corpus
    from analysis.tables import Tables

PROGRAM = "program"
NOBODY = "no quotation"

CODINGS = Schema(
    "codings",
    "One row for what one coder makes of one unit.",
    {
        "what": ("str", "quotations (a unit is a word), speakers (a stretch of speech), topics (a paragraph) or facts"),
        "unit": ("str", "name of the unit, the same for all coders"),
        "article_id": ("str", "the article"),
        "start": ("int?", "first character of the unit in the body; missing for facts"),
        "end": ("int?", "one after its last character"),
        "about": ("str", "the fact, in words; empty for other units"),
        "coder": ("str", "folder of the coding, or 'program'"),
        "code": ("str", "what the coder made of it"),
    },
    key=("what", "unit", "coder"),
)  # fmt: skip
AGREEMENT = Schema(
    "agreement",
    "One row for what was coded and two coders, the program among them.",
    {
        "what": ("str", "quotations, speakers, topics or facts"),
        "coder_a": ("str", "one coder"),
        "coder_b": ("str", "the other"),
        "units": ("int", "units that both have coded"),
        "same": ("float", "share of the units with the same code, 0 to 1"),
        "alpha": ("float", "Krippendorff's alpha for nominal codes; NaN where the codes do not vary"),
    },
    key=("what", "coder_a", "coder_b"),
)
DISAGREEMENTS = Schema(
    "disagreements",
    "One row for every stretch, paragraph or fact to which the program gives another code than a coder.",
    {
        "what": ("str", "quotations, speakers, topics or facts"),
        "article_id": ("str", "the article"),
        "start": ("int?", "first character in the body; missing for facts"),
        "end": ("int?", "one after the last"),
        "about": ("str", "the fact, in words; empty for other units"),
        "coder": ("str", "whose code the program's is compared with"),
        "code": ("str", "the coder's"),
        "program": ("str", "the program's"),
    },
)
_COLUMNS = {
    "quotations": ("file", "start", "end", "kind", "speaker", "text"),
    "topics": ("file", "start", "end", "topic"),
    "facts": ("fact", "file", "told", "text"),
}


class CodingError(ValueError):
    """A coding that cannot be used; the message names the file, the row and the mend."""


def codings(tables: Tables) -> pd.DataFrame:
    """All codings of a corpus and the program's own, in one table; no rows where the corpus brings none.

    Args:
        tables: of a corpus that was read from files; tables that were read from a folder bring no codings.

    Raises:
        CodingError: a file lacks a column, names an unknown article, or its text does not stand at its offsets.
    """
    corpus = tables.corpus
    if corpus is None:
        return CODINGS.frame([])
    folder = corpus.root / "coding"
    coders = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    if not coders:
        return CODINGS.frame([])
    places = _Places(corpus)
    found = _one_name_each([row for coder in coders for row in _read(coder, places)])
    return CODINGS.frame(found + list(_program(tables, found, places)))


def agreement(coded: pd.DataFrame) -> pd.DataFrame:
    """Agreement of every two coders (Krippendorff, Content analysis, 2004), the program among them."""
    out: list[dict[str, Any]] = []
    for what, part in coded.groupby("what", sort=False):
        given = {str(name): dict(zip(own["unit"], own["code"], strict=True)) for name, own in part.groupby("coder", sort=False)}  # fmt: skip
        for a, b in combinations(given, 2):
            both = given[a].keys() & given[b].keys()
            if both:
                same = sum(given[a][unit] == given[b][unit] for unit in both) / len(both)
                pair = {name: {unit: given[name][unit] for unit in sorted(both)} for name in (a, b)}
                out.append(
                    {"what": what, "coder_a": a, "coder_b": b, "units": len(both), "same": same, "alpha": krippendorff_alpha(pair)}
                )  # fmt: skip
    return AGREEMENT.frame(out)


def disagreements(coded: pd.DataFrame) -> pd.DataFrame:
    """Where the program's code is not a coder's; words that differ in the same way and stand side by side are one row."""
    own = coded[coded["coder"] == PROGRAM][["what", "unit", "code"]].rename(columns={"code": "program"})
    both = coded[coded["coder"] != PROGRAM].merge(own, on=["what", "unit"])
    out: list[dict[str, Any]] = []
    for row in rows(both[both["code"] != both["program"]]):
        last = out[-1] if out else None
        if last and row["what"] == last["what"] == "quotations" and _goes_on(last, row):
            last["end"], last["unit"] = row["end"], row["unit"]
        else:
            out.append(dict(row))
    return DISAGREEMENTS.frame(pd.DataFrame(out).drop(columns="unit") if out else [])


def same_speaker(a: str, b: str) -> bool:
    """Two names for one speaker: all telling words of the shorter stand in the longer."""
    one, two = _telling(a), _telling(b)
    return bool(one and two) and (one <= two or two <= one)


def _one_name_each(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Coders may write one speaker differently; the name that comes first stands for all."""
    known: list[str] = []
    for row in found:
        if row["what"] == "speakers":
            name = next((other for other in known if same_speaker(other, row["code"])), row["code"])
            known.append(name)
            row["code"] = name
    return found


def _telling(name: str) -> frozenset[str]:
    found = (fold(name[s:e]).removesuffix("'s").removesuffix("’s") for s, e in words(name))
    return frozenset(stem(word) for word in found if word not in STOPWORDS and len(word) > 1)


def _goes_on(last: dict[str, Any], row: dict[str, Any]) -> bool:
    article, number = str(row["unit"]).rsplit("#w", 1)
    same = all(last[k] == row[k] for k in ("article_id", "coder", "code", "program"))
    return same and last["unit"] == f"{article}#w{int(number) - 1}"


class _Places:
    """Words and paragraphs of a corpus by where they stand in the files."""

    def __init__(self, corpus: Corpus) -> None:
        articles = corpus.articles
        self.corpus = corpus
        self.article = dict(zip(articles["source"], articles["article_id"], strict=True))
        self.body = dict(zip(articles["article_id"], articles["body"], strict=True))
        self.words = {name: words(body) for name, body in self.body.items()}
        self.in_file = {
            name: [corpus.to_source(name, s, e) for s, e in spans] for name, spans in self.words.items()
        }

    def body_span(self, name: str, start: int, end: int) -> tuple[int, int] | None:
        """The stretch of body words that a stretch of the file holds."""
        inside = [k for k, (s, e) in enumerate(self.in_file[name]) if s < end and start < e]
        return (self.words[name][inside[0]][0], self.words[name][inside[-1]][1]) if inside else None

    def quoted(self, name: str, spans: list[tuple[int, int, str]]) -> Iterator[dict[str, Any]]:
        """One row a word of the body: the kind of the stretch it stands in, else `NOBODY`."""
        for k, (s, e) in enumerate(self.words[name]):
            code = next((kind for start, end, kind in spans if start <= s and e <= end), NOBODY)
            yield {
                "what": "quotations",
                "unit": f"{name}#w{k}",
                "article_id": name,
                "start": s,
                "end": e,
                "code": code,
            }


def _read(folder: Path, places: _Places) -> Iterator[dict[str, Any]]:
    """The rows of one coder."""
    base = {"coder": folder.name, "about": ""}
    quoted = _located(folder / "quotations.csv", "quotations", places)
    if quoted is not None:
        for name in places.body:
            mine = quoted[quoted["article_id"] == name]
            spans = list(zip(mine["start"], mine["end"], mine["kind"], strict=True))
            yield from (base | row for row in places.quoted(name, spans))
        for row in rows(quoted[quoted["kind"] == "speech"]):
            unit = f"{row['article_id']}#{row['start']}"
            yield base | {
                "what": "speakers",
                "unit": unit,
                "code": row["speaker"] or "nobody named",
                **_span(row),
            }
    paragraphs = _located(folder / "topics.csv", "topics", places)
    for row in rows(paragraphs) if paragraphs is not None else ():
        yield base | {
            "what": "topics",
            "unit": f"{row['article_id']}#{row['start']}",
            "code": row["topic"],
            **_span(row),
        }
    facts = _table(folder / "facts.csv", "facts")
    for row in rows(facts) if facts is not None else ():
        name = _article(folder / "facts.csv", row["file"], places)
        yield base | {"what": "facts", "unit": f"{row['fact']}@{name}", "article_id": name, "about": row["text"], "code": row["told"]}  # fmt: skip


def _span(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("article_id", "start", "end")}


def _table(path: Path, kind: str) -> pd.DataFrame | None:
    if not path.is_file():
        return None
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    missing = [name for name in _COLUMNS[kind] if name not in table.columns]
    if missing:
        raise CodingError(f"{path}: there is no column {missing[0]!r}; it needs {', '.join(_COLUMNS[kind])}.")
    return table


def _located(path: Path, kind: str, places: _Places) -> pd.DataFrame | None:
    """A table of stretches with offsets in bodies instead of files."""
    table = _table(path, kind)
    if table is None:
        return None
    out = []
    for number, row in enumerate(rows(table), start=2):
        name = _article(path, row["file"], places)
        start, end = int(row["start"]), int(row["end"])
        text = places.corpus.source_text(name)[start:end]
        if "text" in row and row["text"] != text:
            raise CodingError(f"{path}, line {number}: {row['text'][:40]!r} does not stand at {start} of {row['file']}; there is {text[:40]!r}.")  # fmt: skip
        span = places.body_span(name, start, end)
        if span is not None:
            out.append({**row, "article_id": name, "start": span[0], "end": span[1]})
    return pd.DataFrame(out, columns=[*table.columns, "article_id"])


def _article(path: Path, file: str, places: _Places) -> str:
    if file not in places.article:
        raise CodingError(
            f"{path}: there is no article in {file!r}; there are {', '.join(sorted(places.article))}."
        )
    return str(places.article[file])


def _program(tables: Tables, coded: list[dict[str, Any]], places: _Places) -> Iterator[dict[str, Any]]:
    """What the program makes of the units that people have coded."""
    from analysis.framing import reports
    from analysis.topics import main_topics

    base = {"coder": PROGRAM, "about": ""}
    kinds = {row["what"] for row in coded}
    quotations = tables["quotations"][tables["quotations"]["kind"] != "nested"]
    if "quotations" in kinds:
        for name in places.body:
            mine = quotations[quotations["article_id"] == name]
            codes = mine["kind"].map(lambda kind: "term" if kind == "term" else "speech")
            yield from (
                base | row
                for row in places.quoted(name, list(zip(mine["start"], mine["end"], codes, strict=True)))
            )
    done: set[tuple[str, str]] = set()
    topics = main_topics(tables["topic_assignments"]) if "topics" in kinds else None
    for row in coded:
        what, unit = row["what"], row["unit"]
        if what == "quotations" or (what, unit) in done:
            continue
        done.add((what, unit))
        own = base | {name: row.get(name) for name in ("what", "unit", "article_id", "start", "end", "about")}
        if what == "speakers":
            speaker = _most(quotations, row, "speaker")
            agreed = speaker is not None and same_speaker(speaker, row["code"])
            yield own | {"code": row["code"] if agreed else speaker or "nobody named"}
        elif what == "topics" and topics is not None:
            yield own | {"code": topics.get(_most(tables["units"], row, "unit_id"), "unassigned")}
        elif what == "facts":
            yield own | {"code": "yes" if reports(row["about"], places.body[row["article_id"]]).score >= 0.5 else "no"}  # fmt: skip


def _most(table: pd.DataFrame, row: dict[str, Any], column: str) -> Any:
    """The value of the row of a table that shares most characters with a stretch; None where none does."""
    mine = table[table["article_id"] == row["article_id"]]
    common = mine["end"].clip(upper=row["end"]) - mine["start"].clip(lower=row["start"])
    if not len(common) or common.max() <= 0:
        return None
    value = mine.loc[common.idxmax(), column]
    return None if pd.isna(value) else value
