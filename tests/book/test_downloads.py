"""The tables that the pages offer, beside them."""

import io
import zipfile

import pandas as pd
import pytest

from analysis import views
from analysis.book import downloads


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A page that offers two tables, the second of which is large."""
    monkeypatch.setenv("TELLINGS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(downloads, "LARGE_CSV", 400)
    (tmp_path / "a.txt").write_text("The mayor opened the bridge. " * 30)
    (tmp_path / "html" / "chapters").mkdir(parents=True)
    page = f"<p>{views.downloads('furniture', 'topic_shares', 'articles')}</p>"
    (tmp_path / "html" / "chapters" / "page.html").write_text(page, encoding="utf-8")
    names = ["furniture", "topic_shares", "articles"]
    downloads.write_downloads(
        str(tmp_path / "a.txt"), names, {"seed": 0}, tmp_path / "html" / downloads.FOLDER
    )
    return tmp_path / "html"


def test_a_large_table_is_packed_and_reads_the_same(site):
    names = {path.name for path in (site / downloads.FOLDER).iterdir()}
    assert names == {"furniture.csv", "topic_shares.csv", "articles.csv.zip", "tables.zip"}
    packed = site / downloads.FOLDER / "articles.csv.zip"
    assert pd.read_csv(packed, dtype="str")["article_id"].tolist() == ["a"]
    with zipfile.ZipFile(packed) as archive:
        assert [(one.filename, one.date_time[0]) for one in archive.infolist()] == [("articles.csv", 1980)]


def test_one_archive_holds_all_tables(site):
    with zipfile.ZipFile(site / downloads.FOLDER / "tables.zip") as archive:
        assert archive.namelist() == ["furniture.parquet", "topic_shares.parquet", "articles.parquet"]
        table = pd.read_parquet(io.BytesIO(archive.read("articles.parquet")))
    assert table["article_id"].tolist() == ["a"]
    assert downloads.open_offered(site, "articles").equals(table)
    assert downloads.open_offered(site, "never") is None
    assert downloads.open_offered(site / "chapters", "articles") is None


def test_its_link_leads_to_the_packed_file_and_the_others_stay(site):
    before = (site / "chapters" / "page.html").read_text(encoding="utf-8")
    downloads.link_packed(site)
    page = (site / "chapters" / "page.html").read_text(encoding="utf-8")
    packed = 'csv.zip" download="articles.csv.zip">CSV (zip)<'
    assert f"articles&#46;{packed}" in page
    assert page.replace(packed, 'csv" download="articles.csv">CSV<') == before
