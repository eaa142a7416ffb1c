"""Hundreds of articles on every engine: the same tables, found truth, and one event's tables out of all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from analysis import open_tables, scale
from analysis.recipes import RECIPES
from analysis.scale import ScaleError, event_tables, list_events
from analysis.scale.stages import TABLES

CODEBOOK = "topics:\n- {id: talks, label: Talks, terms: [minister, council, company, ministry]}\n- {id: law, label: Law, terms: [lawyer, prosecutor, police]}\n"
SIZES = {"part": 60, "partition": 40}


@pytest.fixture(scope="module")
def made(archive, tmp_path_factory):
    return archive(220, seed=3, sentences=(4, 8))


@pytest.fixture(scope="module")
def inputs(made, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("input")
    articles = made.articles
    articles.iloc[:90].to_parquet(folder / "one.parquet")
    articles.iloc[90:160].to_json(folder / "two.jsonl", orient="records", lines=True)
    articles.iloc[160:].to_csv(folder / "three.csv.gz", index=False)
    (folder / "notes.md").write_text("not an article")
    (folder.parent / "codebook.yml").write_text(CODEBOOK)
    return folder


@pytest.fixture(scope="module")
def here(inputs, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("pandas") / "tables"
    scale.analyse(inputs, out, workers=2, codebook=inputs.parent / "codebook.yml", **SIZES)
    return out


def test_a_distributed_scheduler_makes_the_same_tables(inputs, here, tmp_path):
    """Scheduler and workers are processes of their own, started here."""
    pytest.importorskip("distributed")
    address = tmp_path / "scheduler.json"
    run = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--scheduler-file", str(address), "--port", "0",
           "--no-dashboard", "--host", "127.0.0.1"]  # fmt: skip
    work = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(address), "--nthreads", "1",
            "--no-dashboard", "--no-nanny"]  # fmt: skip
    processes = [
        subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path),
        *(
            subprocess.Popen(work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path)
            for _ in range(2)
        ),
    ]
    try:
        out = tmp_path / "tables"
        scale.analyse(
            inputs, out, _address(address, processes[0]), codebook=inputs.parent / "codebook.yml", **SIZES
        )
    finally:
        for process in reversed(
            processes
        ):  # a worker that is asked to end would first look for its scheduler
            process.kill()
            process.wait(timeout=20)
    listed = json.loads((here / "tables.json").read_text())["tables"]
    assert json.loads((out / "tables.json").read_text())["tables"] == listed
    for name in listed:
        pd.testing.assert_frame_equal(pd.read_parquet(here / name), pd.read_parquet(out / name), obj=name)


def _address(file: Path, process: subprocess.Popen[bytes]) -> str:
    import time

    for _ in range(600):
        if file.is_file() and file.stat().st_size:
            return str(json.loads(file.read_text())["address"])
        assert process.poll() is None, "the scheduler ended"
        time.sleep(0.1)
    raise AssertionError("no scheduler in a minute")


def test_every_article_is_there_once_and_cleaned(made, here):
    articles = pd.read_parquet(here / "articles")
    assert sorted(articles["article_id"]) == sorted(made.articles["article_id"])
    assert not articles["body"].str.contains("All rights reserved").any()
    furniture = pd.read_parquet(here / "furniture")
    assert furniture["text"].str.contains("All rights reserved").any()
    assert set(furniture["event"]) <= set(articles["event"])


def test_what_was_planted_is_found(made, here):
    quotations = pd.read_parquet(here / "quotations")
    found = set(zip(quotations["article_id"], quotations["text"].str.strip(" ,."), strict=True))
    planted = {(name, text.strip(" ,.")) for name, text in made.quotations}
    assert len(planted & found) >= 0.97 * len(planted)
    passages = pd.read_parquet(here / "passages")
    pairs = set(map(frozenset, zip(passages["a"], passages["b"], strict=True)))
    missed = [strength for pair, strength in made.pairs.items() if frozenset(pair) not in pairs]
    assert set(missed) <= {"heavy"}
    assert len(missed) <= 0.1 * len(made.pairs)


def test_every_row_belongs_to_one_event(here):
    events = set(list_events(here)["event"])
    for name in TABLES:
        table = pd.read_parquet(here / name)
        assert set(table["event"]) <= events, name
        if name.endswith("pairs") or name == "passages":
            assert len(table), name


def test_ids_are_unique_over_all_partitions(here):
    for name, key in (("quotations", "quotation_id"), ("facts", "fact_id"), ("passages", "passage_id")):
        assert not pd.read_parquet(here / name)[key].duplicated().any(), name
    utterances = pd.read_parquet(here / "utterances")
    assert (utterances.groupby("utterance_id")["event"].nunique() == 1).all()


def test_an_event_is_the_same_alone_and_in_company(made, here, inputs, tmp_path):
    """Comparisons stay inside the event: what else is in the archive changes nothing."""
    articles = pd.read_parquet(here / "articles")
    event = articles["event"].value_counts().index[0]
    mine = articles[articles["event"] == event]
    alone = tmp_path / "alone.parquet"
    mine[["article_id", "outlet", "title", "date", "event", "body"]].to_parquet(alone)
    scale.analyse(alone, tmp_path / "tables", workers=1, clean=False, codebook=inputs.parent / "codebook.yml")
    for name in ("quotations", "passages", "utterances", "facts", "coverage", "topic_shares", "keyness"):
        many = pd.read_parquet(here / name, filters=[("event", "==", event)])
        one = pd.read_parquet(tmp_path / "tables" / name)
        pd.testing.assert_frame_equal(_sorted(many), _sorted(one), obj=name)


def _sorted(table: pd.DataFrame) -> pd.DataFrame:
    """In an order of the rows' own: outlets stand as they are first met, which is another order in company."""
    order = table.astype("str").sort_values(list(table.columns)).index
    return table.loc[order].reset_index(drop=True)


def test_open_tables_reads_them(here):
    tables = open_tables(here)
    assert {"articles", "quotations", "passages", "events", "keyness_months", "topics"} <= set(tables.names)
    assert len(tables["events"]) == tables["articles"]["event"].nunique()


def test_one_event_has_every_table(here, monkeypatch, tmp_path):
    monkeypatch.setenv("TELLINGS_CACHE", str(tmp_path / "cache"))
    events = list_events(here).sort_values(["articles", "event"])
    event = events[events["articles"] == 3]["event"].iloc[0]
    folder = event_tables(here, event)
    tables = open_tables(folder)
    assert set(tables.names) >= set(RECIPES)
    effect = tables["furniture_effect"]
    assert (effect["words_with"] > effect["words"]).all()
    assert len(tables["articles"]) == 3
    assert len(tables["findings"])
    assert event_tables(here, event) == folder
    with pytest.raises(ScaleError, match="no event 'nothing'"):
        event_tables(here, "nothing")


def test_an_engine_of_ones_own(made, tmp_path):
    from analysis.scale.engine import LocalEngine

    class Counting(LocalEngine):
        parts, closed = 0, False

        def run(self, tasks):
            self.parts += len(tasks)
            yield from super().run(tasks)

        def close(self):
            self.closed = True

    made.articles.iloc[:12].to_csv(tmp_path / "few.csv", index=False)
    (tmp_path / "codebook.yml").write_text(CODEBOOK)
    mine = Counting(1)
    book = tmp_path / "codebook.yml"
    listing = scale.analyse(tmp_path / "few.csv", tmp_path / "out", engine=mine, codebook=book)
    assert mine.parts == sum(stage["parts"] for stage in listing["stages"].values())
    assert not mine.closed


def test_the_book_of_an_event_is_named_by_its_headline(here, monkeypatch, tmp_path):
    from analysis.book.plan import make_plans

    monkeypatch.setenv("TELLINGS_CACHE", str(tmp_path / "cache"))
    events = list_events(here)
    found = events[events["event"].str.fullmatch(r"\d{4}-\d\d-\d\d-[0-9a-f]{10}")].iloc[0]
    plans = make_plans(here, tmp_path / "book", {}, None, None, [found["event"]], None)
    assert plans.books[0].overrides["html_title"] == found["label"]


def test_the_command_says_what_is_wrong(tmp_path, here):
    from analysis.cli import main

    run = CliRunner()
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 and then nothing")
    said = run.invoke(main, ["analyse", str(broken), "--out", str(tmp_path / "out"), "--engine", "pandas"])
    assert said.exit_code == 2
    assert "stage 'read'" in said.output
    assert "broken.parquet" in said.output
    said = run.invoke(main, ["build", str(here), "--event", "nothing", "--output", str(tmp_path / "book")])
    assert said.exit_code == 2
    assert "no event 'nothing'" in said.output


def test_an_archive_taken_for_one_corpus_is_pointed_out(tmp_path, monkeypatch):
    from analysis import cli, exports

    monkeypatch.setattr(exports, "write_tables", lambda tables, out, report: [])
    frame = pd.DataFrame({"text": [f"Report {n} of the day has words of its own." for n in range(3)]})
    frame.to_csv(tmp_path / "articles.csv", index=False)
    command = ["analyse", str(tmp_path / "articles.csv"), "--out", str(tmp_path / "out")]
    assert "--engine pandas" not in CliRunner().invoke(cli.main, command).output
    monkeypatch.setattr(cli, "_MANY", 2)
    assert "3 articles are taken here as one corpus" in (said := CliRunner().invoke(cli.main, command).output)
    assert "--engine pandas" in said
