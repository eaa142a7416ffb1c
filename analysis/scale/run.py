"""From files of articles to a folder of tables, stage by stage."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

import analysis
from analysis import cache
from analysis.scale import events, stages
from analysis.scale.assign import assign
from analysis.scale.checkpoints import Dataset, publish, write_part
from analysis.scale.engine import ClusterError, Engine, EngineName, ScaleError, open_engine, writing
from analysis.scale.one_event import CODEBOOK
from analysis.scale.pipeline import Pipeline, Report
from analysis.scale.sources import find_sources, read_source

LISTING = "tables.json"
STAGES = "_stages"
PART = 1000  # articles that are read and cleaned at a time
PARTITION = 250  # articles whose events are analysed at a time
LIMIT = 1000  # articles an event, beyond which it is split
_SAMPLE = 200  # articles in which topics are discovered


def analyse(
    inputs: str | Path | Sequence[str | Path],
    out: str | Path,
    scheduler: str | None = None,
    engine: EngineName | Engine | None = None,
    *,
    workers: int | None = None,
    clean: bool = True,
    codebook: str | Path | None = None,
    window: int = events.WINDOW,
    event_limit: int = LIMIT,
    part: int = PART,
    partition: int = PARTITION,
    report: Report | None = None,
) -> dict[str, Any]:
    """Make every table of any number of articles.

    Articles are read, cleaned, grouped into events, and analysed event by event. What is finished is kept in
    `OUT/_stages`: after a kill, a full disk or a damaged file the same call goes on where the last one stopped.

    Args:
        inputs: Parquet, JSON Lines or CSV with a column text (or body) and, as far as known, article_id, outlet, title,
            date, language, event, clean: a file, folder, pattern or fsspec address, or several. An article with `event`
            belongs to that event; one with `clean` "false" is taken as it is.
        out: folder for the tables; on a cluster one that all workers see.
        scheduler: address of a Dask scheduler or a Spark master; None for processes on this machine.
        engine: pandas, dask or spark; by default dask where a scheduler is named, else pandas. Or an engine of your own,
            which is not closed here.
        workers: local processes; one a processor by default.
        clean: take page furniture out.
        codebook: topics to count; without it topics are discovered once, in a sample of the articles.
        window: days within which articles can be of one event.
        event_limit: articles an event; a larger one is split in the order of days, and `events.whole` says so.
        part: articles read and cleaned in one task.
        partition: articles analysed in one task; events stay whole.
        report: hears (stage, parts done, parts in all); by default progress goes to standard error.

    Returns:
        What is written to `OUT/tables.json`: the names of the tables, counts, and what each stage cost.

    Raises:
        ScaleError: an input that cannot be used; the message names file and stage.
        ClusterError: a full disk, or workers that die again and again.
    """
    started = time.monotonic()
    folder = Path(out).resolve()
    if folder.exists() and not _ours(folder):
        raise ScaleError(f"{out} holds files that are not tables written here; name a new or empty folder.")
    sources = find_sources(inputs)
    book = _given_codebook(codebook)
    running = open_engine(engine, scheduler, workers) if engine is None or isinstance(engine, str) else engine
    try:
        pipeline = Pipeline(running, folder / STAGES, report or Progress())
        made = _stages(pipeline, sources, clean, book, window, event_limit, part, partition)
        with writing("stage 'publish'"):
            listing = _publish(pipeline, folder, *made)
    except OSError as error:
        if isinstance(error, ClusterError):
            raise
        raise ClusterError(f"{error}. What is done is kept; the same command goes on from there.") from error
    finally:
        if running is not engine:
            running.close()
    pipeline.clear(everything=True)
    listing["seconds"] = round(time.monotonic() - started, 2)
    return listing


def _ours(folder: Path) -> bool:
    """Is it an empty folder, or one with tables or the beginnings of them?"""
    return folder.is_dir() and (
        not any(folder.iterdir()) or (folder / LISTING).is_file() or (folder / STAGES).is_dir()
    )


class Progress:
    """Says how far each stage is and how long it still takes: on one line in a terminal, else now and then."""

    def __init__(self, every: float = 30.0) -> None:
        """`every`: seconds between two lines where no terminal listens; the end of a stage is always told."""
        self._every = every
        self._said = time.monotonic()
        self._begun: dict[
            str, tuple[float, int]
        ] = {}  # when a stage began here, and the parts that were there

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Hear of progress."""
        now = time.monotonic()
        begun, there = self._begun.setdefault(stage, (now, done))
        line = f"  {stage:16s} {done:6,d} of {total:,} parts  {now - begun:7.1f} s"
        if there < done < total:
            line += f", about {_spoken((now - begun) * (total - done) / (done - there))} left"
        if sys.stderr.isatty():
            print(f"\r\x1b[K{line}", end="\n" if done == total else "", file=sys.stderr, flush=True)
        elif done == total or (done > there and now - self._said >= self._every):
            self._said = now
            print(line, file=sys.stderr, flush=True)


def _spoken(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def _given_codebook(codebook: str | Path | None) -> str | None:
    if codebook is None:
        return None
    from analysis.topics import codebook_yaml, load_codebook

    return codebook_yaml(load_codebook(codebook))


def _stages(
    pipeline: Pipeline,
    sources: list[tuple[str, str]],
    clean: bool,
    book: str | None,
    window: int,
    limit: int,
    part: int,
    partition: int,
) -> tuple[Dataset, Dataset, str]:
    raw = pipeline.read("read", sources, read_source, rows=part)
    cleaned = pipeline.map("clean", raw, "raw", stages.clean, cleaning=clean, window=window)
    described = cleaned.read("features", ["row", "block", "day", "given", "id"])
    blocks = sorted(set(described["block"].tolist()))
    linked = pipeline.shuffle_map("link", cleaned, "features", "block", blocks, events.links, window=window)
    articles = described.drop_duplicates("row", ignore_index=True).merge(
        cleaned.read("articles", ["row", "article_id", "event"]), on="row"
    )
    assigned, partitions = assign(articles, linked.read("links"), len(cleaned.parts), limit, partition)
    given = pipeline.keep(
        "events", linked, [{"assigned": frame} for frame in assigned], str(limit), str(partition)
    )
    joined = pipeline.join("attach", cleaned, "articles", given, "assigned", stages.attach)
    path = _shared_codebook(pipeline, cleaned, articles, book)
    analysed = pipeline.shuffle_map(
        "analyse", joined, "articles", "partition", range(partitions), stages.analyse_events, codebook=path
    )
    months = sorted(set(analysed.read("terms", ["month"])["month"].tolist()))
    compared = pipeline.shuffle_map("months", analysed, "terms", "month", months, stages.keyness_of_month)
    return analysed, compared, path


def _shared_codebook(pipeline: Pipeline, cleaned: Dataset, articles: pd.DataFrame, book: str | None) -> str:
    """Write the codebook that all workers read: the one that was given, or topics of a sample that depends on ids alone."""
    from analysis.segments import units
    from analysis.topics import codebook_yaml, discover_topics

    folder = pipeline.folder / f"codebook-{cache.digest(book or cleaned.key)[:16]}"
    path = folder / "codebook.yml"
    if not path.is_file():
        if book is None:
            chosen = set(articles.nsmallest(_SAMPLE, "id", keep="first")["row"].tolist())
            texts = [cleaned_part for k in range(len(cleaned.parts))
                     if len(cleaned_part := _chosen(cleaned.place(k), chosen))]  # fmt: skip
            sample = pd.concat(texts).sort_values("row", ignore_index=True).drop(columns=["row"])
            book = codebook_yaml(discover_topics(units(sample)))
        with writing("stage 'codebook'"):
            folder.mkdir(parents=True, exist_ok=True)
            cache.write_file(path, book.encode())
    pipeline.use(folder)
    return str(path)


def _chosen(place: str, rows: set[int]) -> pd.DataFrame:
    frame: pd.DataFrame = pd.read_parquet(
        Path(place) / "articles.parquet", filters=[("row", "in", rows)],
        columns=["row", "article_id", "outlet", "body", "language", "title"],
    )  # fmt: skip
    return frame.assign(event="")


def _publish(
    pipeline: Pipeline, folder: Path, analysed: Dataset, months: Dataset, codebook: str
) -> dict[str, Any]:
    """Move the finished parts where readers look for tables; the listing is written last."""
    from analysis.recipes import RECIPES
    from analysis.tables import Settings, Tables
    from analysis.topics import load_codebook

    (folder / LISTING).unlink(missing_ok=True)
    topics = Tables(None, Settings(), None)
    topics.__dict__["codebook"] = load_codebook(codebook)
    shared = pipeline.folder / "shared" / "000000"
    if not shared.is_dir():
        write_part(shared, {"topics": RECIPES["topics"].make(topics)})
    names = [*stages.TABLES, "events", "pages"]
    publish(analysed, names, folder)
    publish(months, ["keyness_months"], folder)
    publish(Dataset(str(shared.parent), (shared.name,), ""), ["topics"], folder)
    shutil.copyfile(codebook, folder / CODEBOOK)
    listing = {
        "tables": [*names, "keyness_months", "topics"],
        "program": analysis.__version__,
        "versions": cache.versions(),
        "events": True,
        "stages": pipeline.costs,
    }
    text = json.dumps(listing, indent=1) + "\n"
    draft = folder / f".{LISTING}"
    draft.write_text(text, encoding="utf-8")
    draft.replace(folder / LISTING)
    return listing
