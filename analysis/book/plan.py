"""Everything that a book is made of, checked and hashed before anything runs."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.book.errors import InputError
from analysis.book.hashing import chapter_parts, files_digest, page_versions
from analysis.book.home import Home, find_home, shipped_corpus
from analysis.book.parameters import check_parameters, declared_parameters
from analysis.book.publish import check_output
from analysis.book.verify import Notebook
from analysis.cache import digest, tree_digest
from analysis.corpus.declared import CORPUS_FILES
from analysis.corpus.errors import did_you_mean
from analysis.corpus.kept import Event, corpus_events
from analysis.events import largest_first, shown_name
from analysis.render import slug
from analysis.schema import rows
from analysis.tables import Settings, open_tables


@dataclass(frozen=True)
class Plan:
    """One book: of a corpus, or of one of its events.

    Attributes:
        home: the book's own files.
        corpus: the corpus, or the tables, as the user named it.
        event: what is known of the event.
        several: whether it is one of several events.
        place: the folder that is published whole.
        output: where this book's first page is: `place`, or a folder in it.
        notebooks: chapter -> notebook.
        values: the checked parameters.
        hashed: hash of everything in the corpus that this book is made of.
        overrides: settings of the pages.
    """

    home: Home
    corpus: Path
    event: Event
    several: bool
    place: Path
    output: Path
    notebooks: Mapping[str, Notebook]
    declared: Mapping[str, Mapping[str, Any]]
    values: Mapping[str, Any]
    hashed: str
    overrides: Mapping[str, Any]

    @cached_property
    def source(self) -> Path:
        """What the chapters are given: the corpus, or the tables of this event alone."""
        if (self.corpus / "events").is_dir() and is_tables(self.corpus):
            from analysis.scale import event_tables

            return event_tables(self.corpus, self.event.event)
        return self.corpus

    @cached_property
    def given(self) -> dict[str, dict[str, Any]]:
        """Chapter -> its parameters."""
        return {chapter: self._given(chapter, str(self.source)) for chapter in self.notebooks}

    @cached_property
    def parts(self) -> dict[str, dict[str, str]]:
        """Chapter -> the parts of the key under which its result is kept."""
        return {
            chapter: chapter_parts(notebook, self.hashed, self._given(chapter, None))
            for chapter, notebook in self.notebooks.items()
        }

    @cached_property
    def key(self) -> str:
        """Hash of everything that the pages depend on."""
        return digest(
            files_digest(self.home.root, self.home.files()),
            json.dumps(self.parts, sort_keys=True),
            json.dumps(dict(self.overrides), sort_keys=True),
            json.dumps(page_versions(), sort_keys=True),
            str(self.several),
        )

    def _given(self, chapter: str, source: str | None) -> dict[str, Any]:
        names = self.declared[chapter]
        given = {name: value for name, value in self.values.items() if name in names}
        if self.several and not is_tables(self.corpus) and "event" in names:
            given["event"] = self.event.event
        if source is not None and "corpus" in names:
            given["corpus"] = source
        return given


@dataclass(frozen=True)
class Plans:
    """The books that are to be made, and all events that there are.

    Attributes:
        corpus: the corpus or the tables.
        place: the folder that is published whole.
        title: the title that the user or the corpus gives.
        events: all events, the largest first.
        books: one for the only event; else one each for those that are wanted.
    """

    corpus: Path
    place: Path
    title: str
    events: tuple[Event, ...]
    books: tuple[Plan, ...]

    @property
    def alone(self) -> bool:
        """Whether it is one book, and no page of events leads to it."""
        return len(self.books) == 1 and self.books[0].output == self.place

    @cached_property
    def key(self) -> str:
        """Hash of everything that the published folder depends on."""
        if self.alone:
            return self.books[0].key
        listed = json.dumps([asdict(event) for event in self.events])
        return digest(self.title, listed, *(book.key for book in self.books))


def make_plans(
    corpus: str | os.PathLike[str] | None,
    output: str | os.PathLike[str],
    parameters: Mapping[str, Any],
    title: str | None,
    home: str | os.PathLike[str] | None,
    wanted: Sequence[str],
    most: int | None,
    url: str | None = None,
) -> Plans:
    """Check what was given and plan one book, or one for each of several events.

    Args:
        corpus: a folder or file of articles, or tables that `tellings analyse` wrote; the shipped articles if None.
        output: the folder of the pages.
        parameters: values for what the chapters declare.
        title: the book's title; the corpus's own if None.
        home: the folder with the book's own files; the installed one if None.
        wanted: names of events; where one is named its book alone is made.
        most: of several events, books of so many of the largest; None for all.
        url: the address at which the book, or the page that leads to several, will stand.

    Raises:
        InputError: the corpus, an event, the address, a parameter or the output cannot be used as given.
        CorpusError: the corpus cannot be read.
    """
    source = _source(corpus)
    shipped = source == shipped_corpus().resolve()
    found = replace(find_home(Path(home) if home is not None else None), documented=shipped)
    declared = declared_parameters(found.chapters)
    values = check_parameters(parameters, declared)
    address = _address(url)
    place = Path(output).absolute()
    place = place.resolve() if place.is_symlink() else place.parent.resolve() / place.name
    check_output(place, source)
    events = _events(source)
    chosen = _chosen(source, events, wanted, most)
    several = len(events) > 1
    alone = not several or len(wanted) == 1
    notebooks = {page: json.loads(path.read_text(encoding="utf-8")) for page, path in found.chapters.items()}
    whole = harmless(title if title is not None else _own_title(source))
    tables = "" if not is_tables(source) else _tables_digest(source)
    books = []
    for event in chosen:
        name = whole if title is not None or not several else harmless(shown_name(event.event, event.label))
        books.append(Plan(
            home=found, corpus=source, event=event, several=several, place=place,
            output=place if alone else place / slug(event.event), notebooks=notebooks, declared=declared, values=values,
            hashed=digest(tables, event.event) if tables else event.digest,
            overrides=({"html_title": name} if name else {})
            | ({"html_baseurl": address + ("" if alone else f"{slug(event.event)}/")} if address else {}),
        ))  # fmt: skip
    return Plans(source, place, whole, events, tuple(books))


def is_tables(source: Path) -> bool:
    """Whether a folder holds tables instead of articles."""
    return (source / "tables.json").is_file()


def harmless(title: str | None) -> str:
    """A title in a form that no template can mistake for markup."""
    text = " ".join(str(title or "").split())
    instead = {"<": "‹", ">": "›", "{": "(", "}": ")", '"': "”", "\\": "/"}
    return "".join(instead.get(mark, mark) for mark in text if mark.isprintable())[:200]


def _address(url: str | None) -> str:
    """An address of a folder on the web, with a slash at its end; "" if none is given."""
    if url is None:
        return ""
    if not re.fullmatch(r"https?://[^\s\"'<>{}]+", url):
        raise InputError(
            f"url {url!r}: give the whole address of the book, such as https://example.org/my-book/"
        )
    return url.rstrip("/") + "/"


def _source(corpus: str | os.PathLike[str] | None) -> Path:
    source = Path(corpus) if corpus is not None else shipped_corpus()
    if not source.exists():
        raise InputError(f"corpus {source}: there is no such file or folder. `tellings new DIR` starts one.")
    source = source.resolve()
    return source.parent if source.name in CORPUS_FILES else source


def _events(source: Path) -> tuple[Event, ...]:
    if not is_tables(source):
        return tuple(corpus_events(source))
    if not (source / "events").is_dir():
        open_tables(source, settings=Settings(event=""))  # refuses those of several events in one
        return (Event("", "", None, None, 0, 0),)  # one corpus, of one event
    from analysis.scale import list_events

    return tuple(Event.of(row) for row in rows(largest_first(list_events(source))))


def _chosen(source: Path, events: Sequence[Event], wanted: Sequence[str], most: int | None) -> list[Event]:
    known = {event.event: event for event in events}
    for name in wanted:
        if name not in known:
            named = [name for name in known if name]
            if not named:
                raise InputError(f"{source.name}: its articles name no event; leave --event out.")
            mend = did_you_mean(name, named) or f"there are {len(named):,}, such as {named[0]!r}."
            raise InputError(f"{source.name}: there is no event {name!r}. {mend}")
    chosen = [known[name] for name in dict.fromkeys(wanted)]
    return chosen or list(events[:most])


def _tables_digest(source: Path) -> str:
    """Hash tables: all their bytes where they are one corpus's; those of an archive, which may be vast, by their listing."""
    if not (source / "events").is_dir():
        open_tables(source, settings=Settings(event=""))  # refuses those of several events in one
        return tree_digest(source)
    listing = source / "tables.json"
    return digest(str(source), str(listing.stat().st_mtime_ns), listing.read_bytes())


def _own_title(corpus: Path) -> str | None:
    import yaml

    with contextlib.suppress(OSError, ValueError, yaml.YAMLError):
        said = yaml.safe_load((corpus / "corpus.yml").read_text(encoding="utf-8"))
        title = said.get("title") if isinstance(said, dict) else None
        return str(title) if title is not None else None
    return None
