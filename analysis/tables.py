"""Which table is made from which, by which function; computed when asked for, once, and kept.

The chapters, `tellings analyse` and a cluster all go through `analysis.recipes`, so a table means the same wherever it
was made.
A computed table is kept as Parquet under a hash of everything that made it: the corpus, the settings, the source of this
package and the versions of what it counts with.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from analysis import cache
from analysis.recipes import RECIPES
from analysis.schema import TableError

if TYPE_CHECKING:
    from analysis.corpus import Corpus
    from analysis.topics import Codebook


@dataclass(frozen=True)
class Settings:
    """What changes the tables of a corpus, apart from the corpus.

    Attributes:
        seed: of everything that draws at random.
        n_topics: how many topics discovery makes when there is no codebook; None lets stability decide.
        keep_furniture: leave page furniture in the text; for the counterfactual that shows what it would have done.
        own_words: count words, topics and frames in what no other article shares.
        without: outlets left out; for the counterfactual that shows what hangs on one of them.
        without_articles: articles left out; for the counterfactual that takes each family for one witness.
        event: the tables of one event only; "" for the only or the largest event, None for all of them.
        strictness: 1 asks for more before articles are one witness, a fact is told or outlets differ; -1 for less.
    """

    seed: int = 0
    n_topics: int | None = None
    keep_furniture: bool = False
    own_words: bool = False
    without: tuple[str, ...] = ()
    without_articles: tuple[str, ...] = ()
    event: str | None = None
    strictness: Literal[-1, 0, 1] = 0


class Tables:
    """The tables of one corpus, by name: `tables["quotations"]`.

    Each is computed when it is first asked for and kept; asking again is free. Iterating gives the names.
    """

    def __init__(
        self,
        corpus: Corpus | None,
        settings: Settings,
        keep: Path | None,
        stored: Mapping[str, Path] | None = None,
        only: frozenset[str] | None = None,
    ) -> None:
        self.corpus = corpus
        self.settings = settings
        self._keep = keep
        self._only = only
        self._stored = dict(stored or {})
        self._made: dict[str, pd.DataFrame] = {}

    @property
    def names(self) -> list[str]:
        """Names of all tables there are."""
        return sorted(self._stored) if self.corpus is None else list(RECIPES)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._made:
            self._made[name] = self._find(name)
        return self._made[name]

    def make_all(self, report: Callable[[str], None] | None = None) -> Tables:
        """Compute every table now; `report` hears each name before its turn."""
        for name in self.names:
            if report:
                report(name)
            self[name]
        return self

    def variant(self, **changes: Any) -> Tables:
        """Return the tables of the same corpus under other settings, for a counterfactual."""
        settings = replace(self.settings, **changes)
        if self.corpus is None:
            raise ValueError(
                "tables read from a folder cannot be computed again; open the corpus that they were made from."
            )
        # of a counterfactual only its claims are kept: the rest is soon made again, and would be many files
        tables = _computed(self.corpus, settings, self._keep is not None, only=frozenset({"claims"}))
        # what the change does not touch need not be made again
        if set(changes) == {"seed"}:
            tables._made = {name: made for name, made in self._made.items() if not RECIPES[name].random}
        if set(changes) == {"strictness"}:
            tables._made = {name: made for name, made in self._made.items() if not RECIPES[name].judged}
        return tables

    @cached_property
    def codebook(self) -> Codebook:
        """The corpus's codebook, or the one that is discovered in it."""
        from analysis.topics import discover_topics

        given = self.corpus.codebook if self.corpus is not None else None
        book: Codebook = given or discover_topics(
            self["units"], n_topics=self.settings.n_topics, seed=self.settings.seed
        )
        return book

    @property
    def labels(self) -> dict[str, str]:
        """Topic -> its label for readers."""
        topics = self["topics"]
        return dict(zip(topics["topic"], topics["label"], strict=True)) | {
            "unassigned": "no topic of the codebook"
        }

    @property
    def frame_labels(self) -> dict[str, str]:
        """Generic frame of either scheme -> its label for readers."""
        from analysis.framing.cues import frame_book

        books = (frame_book("news"), frame_book("policy"))
        return {frame: label for book in books for frame, label in zip(book.frames, book.labels, strict=True)}

    def _find(self, name: str) -> pd.DataFrame:
        if name in self._stored:
            return pd.read_parquet(self._stored[name])
        if self.corpus is None or name not in RECIPES:
            known = ", ".join(self.names)
            raise KeyError(f"there is no table {name!r}; there are {known}")
        where = self._keep if self._only is None or name in self._only else None
        if where is None:
            return RECIPES[name].make(self)
        kept = cache.read_table(where, name)
        if kept is None and RECIPES[name].together:
            return self._make(where, name)
        if kept is None:
            with cache.alone(
                where, name
            ):  # chapters run side by side: the first makes the table, the others wait for it
                kept = cache.read_table(where, name)
                if kept is None:
                    kept = self._make(where, name)
        return kept

    def offer(self, name: str) -> bool:
        """Make a table now unless another process is making it; say whether it is there."""
        if name not in self._made and self._keep is not None:
            with cache.alone(self._keep, name, wait=False) as mine:
                if not mine:
                    return False
                kept = cache.read_table(self._keep, name)
                self._made[name] = kept if kept is not None else self._make(self._keep, name)
        return self[name] is not None

    def _make(self, where: Path, name: str) -> pd.DataFrame:
        made = RECIPES[name].make(self)
        cache.write_table(where, name, made)
        return made


def open_tables(
    source: str | Path | Corpus,
    *,
    settings: Settings | None = None,
    keep: bool = True,
) -> Tables:
    """Open every table of a corpus, or the tables that `tellings analyse` wrote.

    Args:
        source: a corpus (anything `load_corpus` takes, or what it returned), or a folder with `tables.json`.
        settings: see `Settings`.
        keep: keep computed tables in the cache (`TELLINGS_CACHE`, else the user's cache folder) and take them from there.

    Raises:
        CorpusError: the corpus cannot be read; the message says what, where and how to mend it.
        TableError: there is no such event.
    """
    from analysis.corpus import load_corpus
    from analysis.corpus.kept import of_event, open_corpus

    settings = settings or Settings()
    if isinstance(source, str | Path):
        listing = Path(source) / "tables.json"
        if listing.is_file():
            return _stored_tables(Path(source), listing, settings)
        found = find_corpus(source)
        source = open_corpus(found, settings.event) if keep and found.exists() else load_corpus(found)
    if settings.event is not None:
        source = of_event(source, settings.event)
    return _computed(source, settings, keep)


def _computed(corpus: Corpus, settings: Settings, keep: bool, only: frozenset[str] | None = None) -> Tables:
    """Tables that are computed from a corpus; `only` names those that are kept, None all."""
    from analysis.corpus.kept import content_digest

    adjusted = _adjusted(corpus, settings)
    # an event is known by its articles, however it was asked for
    where = (
        cache.folder("tables", content_digest(adjusted), asdict(replace(settings, event=None)))
        if keep
        else None
    )
    return Tables(adjusted, settings, where, only=only)


def find_corpus(path: str | Path) -> Path:
    """Find a corpus: from the working directory, else beside the book that this package belongs to.

    So a notebook finds `seeds` from whichever folder papermill was started in.
    """
    given = Path(path)
    if given.is_absolute() or given.exists():
        return given
    package = Path(__file__).resolve().parent
    for home in (package.parent, package / "home"):
        if (home / given).exists():
            return home / given
    return given


def content_hash(tables: Tables) -> str:
    """Twelve hexadecimal digits that say which articles, as analysed, and which settings the tables were made from."""
    articles = tables["articles"][["article_id", "outlet", "title", "date", "body"]]
    return cache.digest(articles.to_json(orient="split"), repr(asdict(tables.settings)))[:12]


def _stored_tables(folder: Path, listing: Path, settings: Settings) -> Tables:
    declared = json.loads(listing.read_text(encoding="utf-8"))
    names = declared["tables"]
    if settings.event is not None and "events" in names:
        raise TableError(
            f"{folder}: holds the tables of many events; `tellings build {folder}` makes a book of each of the largest, "
            "and `--event NAME` of one."
        )
    stored = {name: folder / name for name in names if (folder / name).exists()}
    missing = sorted(set(names) - set(stored))
    if missing:
        raise ValueError(
            f"{folder}: tables.json names {missing[0]!r}, but there is no folder of that name; write the tables again."
        )
    tables = Tables(None, settings, None, stored)
    if (
        settings.event is not None
        and "articles" in stored
        and (n := tables["articles"]["event"].nunique()) > 1
    ):
        raise TableError(
            f"{folder}: holds the tables of {n} events in one. Build the corpus itself, which keeps them apart, or write the "
            "tables with `tellings analyse --engine pandas`."
        )
    return tables


def _adjusted(corpus: Corpus, settings: Settings) -> Corpus:
    """Apply the settings that change the articles themselves."""
    from analysis.corpus.kept import unstripped

    if settings.keep_furniture:
        corpus = unstripped(corpus)
    if settings.without:
        left = corpus.articles[~corpus.articles["outlet"].isin(settings.without)].reset_index(drop=True)
        corpus = replace(corpus, articles=left)
    if settings.without_articles:
        gone = corpus.articles["article_id"].isin(settings.without_articles)
        corpus = replace(corpus, articles=corpus.articles[~gone].reset_index(drop=True))
    return corpus
