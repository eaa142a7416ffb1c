import csv
import io
import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import open_tables
from analysis.articles import ARTICLES
from analysis.exports import csv_text, describe, formula_safe, ro_crate, schemas, write_tables
from analysis.schema import TableError


class Tables(dict):
    @property
    def names(self):
        return list(self)


TABLES = Tables(
    articles=ARTICLES.frame(
        [{"article_id": "007", "outlet": "NA", "body": "Rain fell.", "title": '=HYPERLINK("x")'}]
    ),
    notes=pd.DataFrame({"share": [-0.5], "terms": [["a", "b"]], "@note": ["-1+1"]}),
)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert formula_safe(text) == "'" + text


@pytest.mark.parametrize("value", ["Rain", "", " =1", "'=1", -1, -0.5, None])
def test_everything_else_stays(value):
    assert formula_safe(value) == value


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_no_cell_of_a_csv_file_is_a_formula_and_none_is_lost(texts):
    rows = list(csv.reader(io.StringIO(csv_text(pd.DataFrame({"text": texts})), newline=""), strict=True))
    read = [row[0] if row else "" for row in rows[1:]]
    assert read == [formula_safe(text) for text in texts]


def test_tables_are_written_in_every_form_and_read_back_as_they_were(tmp_path):
    assert write_tables(TABLES, tmp_path / "out") == ["articles", "notes"]
    back = pd.read_parquet(tmp_path / "out" / "articles")
    pd.testing.assert_frame_equal(back, TABLES["articles"])
    assert back["title"][0] == '=HYPERLINK("x")', "Parquet holds the text as it is"
    text = (tmp_path / "out" / "csv" / "notes.csv").read_bytes()
    assert text == b"share,terms,'@note\r\n-0.5,a; b,'-1+1\r\n"
    rows = list(csv.reader((tmp_path / "out" / "csv" / "articles.csv").open()))
    assert rows[1][:2] == ["007", "NA"]
    assert json.loads((tmp_path / "out" / "tables.json").read_text())["tables"] == ["articles", "notes"]


def test_the_dictionary_gives_every_column_its_type_and_meaning():
    found = describe("articles", TABLES["articles"], schemas())
    assert found["key"] == ["article_id"]
    assert found["rows"] == 1
    assert {"name": "body", "type": "str", "meaning": ARTICLES.columns["body"][1]} in found["columns"]
    taken = describe("notes", TABLES["notes"].assign(outlet="A"), {"articles": ARTICLES})["columns"]
    assert taken[0] == {"name": "share", "type": "float64", "meaning": ""}
    assert taken[-1]["meaning"] == ARTICLES.columns["outlet"][1]


def test_the_crate_lists_every_file_that_is_there(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    write_tables(TABLES, tmp_path / "out")
    graph = json.loads((tmp_path / "out" / "ro-crate-metadata.json").read_text())["@graph"]
    by_id = {entry["@id"]: entry for entry in graph}
    assert by_id["./"]["datePublished"] == "1970-01-01"
    assert by_id["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    files = {entry["@id"] for entry in graph if entry["@type"] == "File"}
    assert {part["@id"] for part in by_id["./"]["hasPart"]} == files
    assert all((tmp_path / "out" / name).is_file() for name in files)
    assert ro_crate({})["@graph"][1]["hasPart"]


def test_a_folder_that_holds_other_things_is_refused_and_one_of_ours_is_written_again(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(TableError, match="name a new or empty folder"):
        write_tables(TABLES, tmp_path)
    write_tables(TABLES, tmp_path / "out")
    write_tables(TABLES, tmp_path / "out", names=["notes"])
    assert json.loads((tmp_path / "out" / "tables.json").read_text())["tables"] == ["notes"]


def test_the_dictionary_describes_a_table_as_it_is_opened(tmp_path):
    """Speakers are added to quotations by a second function; the dictionary must have them."""
    declared = schemas()
    assert {"speaker", "confidence", "cue"} <= set(declared["quotations"].columns)
    (tmp_path / "a.txt").write_text(
        'Mayor Ana Brandt said: "We will rebuild the bridge."\n\nIt rained on Monday.\n'
    )
    tables = open_tables(tmp_path, keep=False)
    for name in ("quotations", "reported", "units", "families"):
        table = tables[name]
        schema = declared[name]
        assert set(schema.columns) <= set(table.columns), name
