import json
import os
import shutil
import threading

import pandas as pd
import pytest

from analysis import cache, open_tables
from analysis.exports import write_tables
from analysis.recipes import RECIPES
from analysis.schema import TableError
from analysis.tables import Settings, find_corpus


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("TELLINGS_CACHE", str(tmp_path / "cache"))


def test_every_table_is_made_and_made_once(event, monkeypatch):
    tables = open_tables(event, keep=False)
    for name in tables.names:
        assert isinstance(tables[name], pd.DataFrame), name
        assert tables[name] is tables[name]


def test_a_kept_table_is_the_computed_one(event):
    first = open_tables(event)
    made = first["quotations"]
    again = open_tables(event)["quotations"]
    pd.testing.assert_frame_equal(made, again, check_dtype=False)


def test_a_damaged_entry_is_made_again(event, tmp_path):
    made = open_tables(event)["voices"]
    for path in (tmp_path / "cache").rglob("voices.parquet"):
        path.write_bytes(path.read_bytes()[:40])
    pd.testing.assert_frame_equal(open_tables(event)["voices"], made, check_dtype=False)


def test_a_cache_that_cannot_be_written_is_no_error(event, tmp_path, monkeypatch):
    blocked = tmp_path / "a-file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("TELLINGS_CACHE", str(blocked))
    assert len(open_tables(event)["articles"])


def test_two_at_once_make_a_table_once(event, monkeypatch):
    made = []
    recipe = RECIPES["openings"]
    slow = type(recipe)("openings", lambda t: made.append(os.getpid()) or recipe.make(t), "")
    monkeypatch.setitem(RECIPES, "openings", slow)
    threads = [threading.Thread(target=lambda: open_tables(event)["openings"]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_settings_have_tables_of_their_own(event):
    tables = open_tables(event)
    outlet = tables["articles"]["outlet"].iloc[0]
    less = tables.variant(without=(outlet,))
    assert outlet not in set(less["articles"]["outlet"])
    assert outlet in set(open_tables(event)["articles"]["outlet"])
    assert Settings() == Settings(seed=0)


def test_furniture_can_be_left_in_for_comparison(event):
    tables = open_tables(event, keep=False)
    whole = tables.variant(keep_furniture=True)
    assert not len(whole["furniture"])
    assert whole["articles"]["body"].str.len().sum() >= tables["articles"]["body"].str.len().sum()


def test_an_unknown_table_is_named_with_those_there_are(event):
    with pytest.raises(KeyError, match=r"quotatons.*quotations"):
        open_tables(event, keep=False)["quotatons"]


def test_the_shipped_corpus_is_found_from_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert find_corpus("seeds").is_dir()
    assert find_corpus("nowhere").name == "nowhere"


def test_parts_of_a_key_do_not_run_together():
    assert cache.digest("ab", "c") != cache.digest("a", "bc")


def test_names_of_one_event_do_not_count_in_another(tmp_path):
    """Two events in one corpus: "the mayor" is Ada Brandt in one and Nils Holm in the other."""
    told = {
        "bridge": "Mayor Ada Brandt opened the new bridge on Monday. Ada Brandt praised the engineers of the new bridge.",
        "school": "Mayor Nils Holm closed the old school on Friday. Nils Holm praised the teachers of the old school.",
    }
    rows = [
        {"id": f"{event}-{n}", "outlet": f"Outlet {n}", "event": event, "text": body}
        for event, body in told.items()
        for n in (1, 2)
    ]
    (tmp_path / "two.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    tables = open_tables(tmp_path / "two.jsonl", keep=False)
    coverage = tables["coverage"].merge(tables["articles"][["article_id", "event"]], on="article_id")
    assert set(coverage["event"]) == {"bridge", "school"}
    for event, stranger in (("bridge", "Holm"), ("school", "Brandt")):
        searched = coverage.loc[coverage["event"] == event, "searched"]
        assert len(searched) and not searched.str.contains(stranger).any()
    assert (coverage["fact_id"].str.split("/").str[0] == coverage["event"]).all()


@pytest.fixture
def two_events(tmp_path):
    """Three articles on a bridge and two on a school, in one table."""
    rows = [
        ("a", "Post", "bridge", 'The mayor opened the bridge. "It is safe," she said.'),
        ("b", "Mail", "bridge", 'The bridge is open. "It is safe," said the mayor.'),
        ("c", "Echo", "bridge", "Nobody crossed the bridge on Monday."),
        ("d", "Post", "school", "The school burned down in the night."),
        ("e", "Mail", "school", "A fire destroyed the school."),
    ]
    path = tmp_path / "articles.csv"
    pd.DataFrame(rows, columns=["id", "outlet", "event", "text"]).to_csv(path, index=False)
    return path


@pytest.mark.parametrize("keep", [True, False])
@pytest.mark.parametrize(
    ("event", "ids"), [("", "abc"), ("bridge", "abc"), ("school", "de"), (None, "abcde")]
)
def test_one_event_of_several_is_a_corpus_of_its_own(two_events, event, ids, keep):
    for _ in range(2):  # read, and then as it was kept
        tables = open_tables(two_events, settings=Settings(event=event), keep=keep)
        assert "".join(tables["articles"]["article_id"]) == ids
        assert set(tables["units"]["article_id"]) == set(ids)
        assert set(tables["furniture_effect"]["outlet"]) <= set(tables["articles"]["outlet"])


def test_an_event_that_is_not_there_is_named_with_the_nearest(two_events):
    with pytest.raises(TableError, match="no event 'brige'; did you mean 'bridge'"):
        open_tables(two_events, settings=Settings(event="brige"))


def test_tables_of_an_event_stay_when_another_event_changes(two_events, tmp_path):
    made = open_tables(two_events, settings=Settings(event="school"))["articles"]
    kept = set((tmp_path / "cache" / "tables").rglob("articles.parquet"))
    two_events.write_text(two_events.read_text() + "f,Mail,bridge,The toll is two pounds.\n")
    again = open_tables(two_events, settings=Settings(event="school"))["articles"]
    pd.testing.assert_frame_equal(made, again)
    assert kept == set((tmp_path / "cache" / "tables").rglob("articles.parquet"))


def test_a_new_problem_is_told_although_the_articles_stay(event, tmp_path):
    folder = tmp_path / "corpus"
    shutil.copytree(event, folder) if event.is_dir() else pytest.skip("a folder is needed")
    before = open_tables(folder)["problems"]
    (folder / "empty.txt").write_text("")
    assert len(open_tables(folder)["problems"]) == len(before) + 1


def test_a_kept_corpus_still_knows_the_way_back(two_events):
    for _ in range(2):
        corpus = open_tables(two_events, settings=Settings(event="school")).corpus
        start, end = corpus.to_source("d", 4, 10)
        assert corpus.source_text("d")[start:end] == "school"


def test_stored_tables_of_several_events_make_no_page(two_events, tmp_path):
    write_tables(open_tables(two_events), tmp_path / "tables")
    assert len(open_tables(tmp_path / "tables")["articles"]) == 5
    with pytest.raises(TableError, match=r"2 events in one\. Build the corpus itself"):
        open_tables(tmp_path / "tables", settings=Settings(event=""))
