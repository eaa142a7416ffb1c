"""Corpora as they were read, kept event by event, so that a book's chapters need not read the same files again and again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis import cache
from analysis.articles import ARTICLES
from analysis.corpus.declared import CORPUS_FILES
from analysis.corpus.describe import EVIDENCE
from analysis.corpus.errors import PROBLEMS
from analysis.corpus.furniture import FURNITURE
from analysis.corpus.load import load_corpus
from analysis.corpus.model import Corpus
from analysis.events import choose_event, describe_events, largest_first
from analysis.schema import rows

_PARTS = {"articles": ARTICLES, "furniture": FURNITURE, "problems": PROBLEMS, "evidence": EVIDENCE}
_LISTING = "events.json"


@dataclass(frozen=True)
class Event:
    """One event of a corpus.

    Attributes:
        event: its name; "" where the corpus names none.
        label: headline or first words of its earliest article.
        first_day, last_day: days of its earliest and latest article, or None.
        articles, outlets: how many.
        digest: hash of everything in the corpus that this event's book is made of.
        doubtful: problems in it that a person should look at.
    """

    event: str
    label: str
    first_day: str | None
    last_day: str | None
    articles: int
    outlets: int
    digest: str = ""
    doubtful: int = 0

    @classmethod
    def of(cls, row: Mapping[str, Any], digest: str = "", doubtful: int = 0) -> Event:
        """The event of a row of `EVENTS`."""
        first, last = (day if isinstance(day, str) else None for day in (row["first_day"], row["last_day"]))
        size = int(row["articles"]), int(row["outlets"])
        return cls(str(row["event"]), str(row["label"]), first, last, *size, digest, doubtful)


def corpus_events(path: Path) -> list[Event]:
    """Return the events of a corpus, the largest first; the corpus is read, cleaned and kept if that was not done yet.

    Raises:
        CorpusError: it cannot be read.
    """
    home = _home(path)
    return _listed(home) or _keep(load_corpus(path), home)


def open_corpus(path: Path, event: str | None = None) -> Corpus:
    """Read a corpus, or take it as it was kept.

    Args:
        path: what `load_corpus` takes.
        event: only its articles; "" for the only or the largest event, None for all.

    Raises:
        CorpusError: it cannot be read.
        TableError: there is no such event.
    """
    home = _home(path)
    known = _listed(home)
    if known:
        names = [one.event for one in known]
        wanted = names[0] if event == "" or (event is None and len(names) == 1) else event
        if wanted in names:
            kept = _read(home, names.index(wanted), path)
            if kept is not None:
                return kept
    corpus = load_corpus(path)
    if not known:
        _keep(corpus, home)
    return corpus if event is None else of_event(corpus, event)


def of_event(corpus: Corpus, event: str) -> Corpus:
    """Return a corpus with the articles of one event only; "" for the largest.

    Raises:
        TableError: there is no such event.
    """
    events = describe_events(corpus.articles)
    name = choose_event(events, event)
    if len(events) < 2:
        return corpus
    ids = set(corpus.articles.loc[corpus.articles["event"] == name, "article_id"])
    here: dict[str, Any] = {part: _of_articles(getattr(corpus, part), ids) for part in _PARTS}
    return replace(corpus, **here, event=name, of_several=True)


def _of_articles(table: pd.DataFrame, ids: set[str]) -> pd.DataFrame:
    """Rows of some articles, and those of none in particular."""
    chosen = table["article_id"].isin(ids) | table["article_id"].isna()
    here: pd.DataFrame = table[chosen].reset_index(drop=True)
    return here


def unstripped(corpus: Corpus) -> Corpus:
    """Return the articles of a corpus with every page as it came, furniture and all."""
    # of a corpus that is one file, the root is the folder around it
    files = {str(source) for source in corpus.articles["source"].dropna()}
    alone = corpus.root / next(iter(files)) if len(files) == 1 else corpus.root
    path = corpus.path or (alone if alone.is_file() else corpus.root)
    home = _home(path)
    pages = cache.read_table(home, "pages")
    if pages is None:
        pages = load_corpus(path, clean=False).articles
        with suppress(OSError, pa.ArrowException, TypeError, ValueError):
            cache.write_table(home, "pages", pages)
    here = pages["article_id"].isin(set(corpus.articles["article_id"]))
    return replace(
        corpus, articles=ARTICLES.frame(pages[here].reset_index(drop=True)), furniture=FURNITURE.frame([])
    )


def content_digest(corpus: Corpus) -> str:
    """Hash of everything in a corpus that tables are made from."""
    codebook = corpus.codebook
    return cache.digest(
        *(getattr(corpus, part).to_json(orient="split") for part in ("articles", "furniture", "problems")),
        repr(codebook) if codebook is not None else "",
        *(path.read_bytes() for path in corpus.commentary),
    )


def _home(path: Path) -> Path:
    whole = path.parent if path.name in CORPUS_FILES else path
    return cache.folder("corpora", str(path.resolve()), cache.tree_digest(whole.resolve()))


def _listed(home: Path) -> list[Event]:
    try:
        return [Event(**one) for one in json.loads(cache.read_file(home / _LISTING) or b"[]")]
    except (ValueError, TypeError):
        return []


def _keep(corpus: Corpus, home: Path) -> list[Event]:
    """Keep each event of a corpus; a cache that cannot be written, or cannot hold it, is no error."""
    events = []
    for row in rows(largest_first(describe_events(corpus.articles))):
        part = of_event(corpus, row["event"])
        whole = cache.digest(content_digest(part), str(corpus.title), part.evidence.to_json(orient="split"))
        events.append(Event.of(row, whole, int((part.problems["severity"] != "info").sum())))
        # what a table of the user's held beside our columns may be nothing that Parquet can store
        with suppress(OSError, pa.ArrowException, TypeError, ValueError):
            _write(part, home, len(events) - 1)
    with suppress(OSError):
        cache.write_file(home / _LISTING, json.dumps([asdict(one) for one in events]).encode())
    return events


def _write(corpus: Corpus, home: Path, number: int) -> None:
    said = {
        "title": corpus.title, "event": corpus.event, "of_several": corpus.of_several,
        "language": corpus.language, "declared": dict(corpus.declared),
        "commentary": [str(place) for place in corpus.commentary],
        "codebook_path": str(corpus.codebook_path) if corpus.codebook_path else None,
        "codebook_data": corpus.codebook_data.hex() if corpus.codebook_data is not None else None,
        "root": str(corpus.root),
    }  # fmt: skip
    for name in _PARTS:
        table: pd.DataFrame = getattr(corpus, name)
        cache.write_table(home, f"{number}-{name}", table, forgiving=False)
    cache.write_file(home / f"{number}.json", json.dumps(said).encode())


def _read(home: Path, number: int, path: Path) -> Corpus | None:
    parts = {name: cache.read_table(home, f"{number}-{name}") for name in _PARTS}
    data = cache.read_file(home / f"{number}.json")
    if data is None or any(part is None for part in parts.values()):
        return None
    said = json.loads(data)
    return Corpus(
        **{name: _PARTS[name].frame(part) for name, part in parts.items() if part is not None},
        root=Path(said["root"]),
        path=path,
        title=said["title"],
        event=said["event"],
        of_several=said["of_several"],
        language=said["language"],
        commentary=tuple(map(Path, said["commentary"])),
        codebook_path=Path(said["codebook_path"]) if said["codebook_path"] else None,
        codebook_data=bytes.fromhex(said["codebook_data"]) if said["codebook_data"] is not None else None,
        declared=said["declared"],
        sources=_Later(path, lambda corpus: corpus.sources),
        origins=_Later(path, lambda corpus: corpus.origins),
    )


class _Later(Mapping[str, Any]):
    """The way back to the files, which is read again when somebody asks for it."""

    def __init__(self, path: Path, part: Callable[[Corpus], Mapping[str, Any]]) -> None:
        self._path, self._part = path, part

    @cached_property
    def _whole(self) -> Mapping[str, Any]:
        return self._part(load_corpus(self._path))

    def __getitem__(self, key: str) -> Any:
        return self._whole[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __len__(self) -> int:
        return len(self._whole)
