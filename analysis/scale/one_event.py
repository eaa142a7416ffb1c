"""The tables of one event out of the tables of many, as `tellings build` reads them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd

from analysis import cache
from analysis.corpus import Corpus
from analysis.corpus.describe import EVIDENCE
from analysis.corpus.errors import did_you_mean
from analysis.recipes import RECIPES
from analysis.scale.checkpoints import write_whole
from analysis.scale.engine import ScaleError
from analysis.tables import Settings, Tables

CODEBOOK = "codebook.yml"
_LISTING = "tables.json"


def list_events(folder: str | Path) -> pd.DataFrame:
    """Return the `events` table of a folder that `scale.analyse` wrote.

    Raises:
        ScaleError: there are no tables of events in the folder.
    """
    place = Path(folder) / "events"
    if not (Path(folder) / _LISTING).is_file() or not place.is_dir():
        raise ScaleError(
            f"{folder}: holds no tables of events; `tellings analyse --engine pandas` writes them."
        )
    table: pd.DataFrame = pd.read_parquet(place)
    return table


def event_tables(folder: str | Path, event: str) -> Path:
    """Put the tables of one event in a folder of their own, kept in the cache, and return it.

    What is read off other tables is made here, and what is said of the event as a whole: its findings, and which of
    them stand when choices are changed, page furniture left in among them.

    Raises:
        ScaleError: there is no such event; the message names the nearest.
    """
    home = Path(folder).resolve()
    known = list_events(home)["event"].tolist()
    if event not in known:
        mend = did_you_mean(event, known) or f"there are {len(known):,}, such as {known[0]!r}."
        raise ScaleError(f"{folder}: there is no event {event!r}; {mend}")
    state = (home / _LISTING).stat()
    target = cache.folder("events", str(home), state.st_mtime_ns, state.st_size, event) / "tables"
    if not (target / _LISTING).is_file():
        shutil.rmtree(target, ignore_errors=True)
        write_whole(target, lambda draft: _write(home, event, draft))
    return target


def _write(home: Path, event: str, draft: Path) -> None:
    listing = json.loads((home / _LISTING).read_text(encoding="utf-8"))
    made = {name: _rows(home / name, event) for name in listing["tables"] if name in RECIPES}
    # the pages as they came, for what is asked of them: what would page furniture have changed?
    columns = ["article_id", "outlet", "title", "date", "language", "event"]
    pages = made["articles"][columns].merge(
        _rows(home / "pages", event)[["article_id", "text"]], on="article_id"
    )
    pages.to_json(draft / "pages.jsonl", orient="records", lines=True, force_ascii=False)
    corpus = Corpus(
        articles=made["articles"],
        furniture=made["furniture"],
        problems=made["problems"],
        evidence=EVIDENCE.frame([]),
        root=draft / "pages.jsonl",
        event=event,
        codebook_path=home / CODEBOOK,
    )
    tables = Tables(corpus, Settings(), None)
    tables._made.update(made)
    made |= {name: tables[name] for name in RECIPES if name not in made}
    for name, table in made.items():
        (draft / name).mkdir()
        table.to_parquet(draft / name / f"{name}.parquet", index=False)
    listing |= {"tables": list(made), "event": event}
    (draft / _LISTING).write_text(json.dumps(listing, indent=1), encoding="utf-8")


def _rows(folder: Path, event: str) -> pd.DataFrame:
    if folder.name == "topics":
        whole: pd.DataFrame = pd.read_parquet(folder)
        return whole
    table: pd.DataFrame = pd.read_parquet(folder, filters=[("event", "==", event)])
    return table
