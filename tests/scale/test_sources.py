"""Tables of articles as they come, and what is said of those that cannot be read."""

from __future__ import annotations

import gzip
import json

import pandas as pd
import pytest

from analysis.corpus import CorpusError
from analysis.scale import ScaleError, analyse
from analysis.scale.checkpoints import read_part
from analysis.scale.sources import find_sources, kind_of, read_source, wants_cleaning

ROWS = [
    {"id": "7", "text": "The ferry was late.", "publisher": "The Quay", "date": "4 March 2024", "clean": "false"},
    {"id": "8", "text": "It was not.", "publisher": None, "date": "no day", "clean": None},
    {"id": None, "text": "Nobody came.", "publisher": "Harbour Post", "date": None, "clean": "yes"},
]  # fmt: skip


def raw(tmp_path, path, rows: int = 100) -> pd.DataFrame:
    target = tmp_path / "part"
    read_source(target, source=str(path), rows=rows)
    return pd.concat([read_part(str(p), "raw") for p in sorted(target.iterdir())], ignore_index=True)


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl", "a.csv", "a.tsv", "a.jsonl.gz", "a.csv.gz"])
def test_every_format_gives_the_same_articles(tmp_path, name):
    frame, path = pd.DataFrame(ROWS), tmp_path / name
    if name.endswith("parquet"):
        frame.to_parquet(path)
    elif "jsonl" in name:
        text = "".join(json.dumps(row) + "\n\n" for row in ROWS)
        path.write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
    else:
        frame.to_csv(path, index=False, sep="\t" if "tsv" in name else ",")
    table = raw(tmp_path, path, rows=2)
    assert table["article_id"].tolist() == ["7", "8", "a:3"]
    assert table["body"].tolist() == [row["text"] for row in ROWS]
    assert table["outlet"].fillna("-").tolist() == ["The Quay", "-", "Harbour Post"]
    assert table["date"].fillna("-").tolist() == ["2024-03-04", "-", "-"]
    assert wants_cleaning(table) == [False, True, True]


def test_files_are_found_in_folders_by_pattern_and_at_addresses(tmp_path):
    fsspec = pytest.importorskip("fsspec")
    (tmp_path / "deep").mkdir()
    for name in ("b.jsonl", "a.csv", "deep/c.parquet", "readme.txt", ".hidden.csv"):
        (tmp_path / name).write_bytes(b"x")
    names = [path.rsplit("/", 1)[-1] for path, _ in find_sources(tmp_path)]
    assert names == ["a.csv", "b.jsonl", "c.parquet"]
    assert [p.rsplit("/", 1)[-1] for p, _ in find_sources(str(tmp_path / "*.jsonl"))] == ["b.jsonl"]
    with fsspec.open("memory://news/one.jsonl", "wt") as file:
        file.write(json.dumps(ROWS[0]))
    assert [p.rsplit("/", 1)[-1] for p, _ in find_sources(f"file://{tmp_path}/*.csv")] == ["a.csv"]
    (tmp_path / "real.jsonl").write_text(json.dumps(ROWS[0]))
    ((address, _),) = find_sources(f"file://{tmp_path}/real.jsonl")
    assert raw(tmp_path / "read", address)["body"].tolist() == ["The ferry was late."]
    ((address, _),) = find_sources("memory://news")
    assert raw(tmp_path, address)["body"].tolist() == ["The ferry was late."]


def test_a_file_that_changes_is_another_source(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text\none\n")
    before = find_sources(path)
    path.write_text("text\none\ntwo\n")
    assert find_sources(path) != before


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.parquet", b"PAR1 cut short", "a.parquet"),
        ("a.jsonl", b'{"text": "x"}\n{"text": ', "line 2"),
        ("a.jsonl", b'{"text": "x"}\n[1]\n', "line 2"),
        ("a.csv", b"text,outlet\n\xff\xfe\x00,b\n", "a.csv"),
        ("a.csv", b'text,outlet\n"never closed,b\n', "a.csv"),
        ("a.csv", b"headline,outlet\nx,b\n", "no column with the text"),
        ("a.csv.gz", b"\x1f\x8b cut short", "a.csv.gz"),
        ("a.jsonl", b"\n\n", "no article"),
    ],
)
def test_a_damaged_file_is_named_and_leaves_no_part(tmp_path, name, data, said):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(CorpusError, match=said):
        raw(tmp_path, path)
    assert not (tmp_path / "part").exists()


def test_nothing_to_read_is_an_error(tmp_path):
    with pytest.raises(ScaleError, match="no Parquet"):
        find_sources(tmp_path)
    assert kind_of("x.PARQUET") == "parquet"
    assert kind_of("x.docx") is None


def test_a_folder_with_other_things_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    source = tmp_path / "a.csv"
    source.write_text("text\none\n")
    with pytest.raises(ScaleError, match="holds files"):
        analyse(source, tmp_path)
