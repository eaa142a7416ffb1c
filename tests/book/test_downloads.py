"""The tables that the pages offer, beside them."""

import gzip
import io

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
    assert {"furniture.csv", "articles.csv.gz", "articles.parquet"} <= names
    assert "articles.csv" not in names
    packed = (site / downloads.FOLDER / "articles.csv.gz").read_bytes()
    assert packed[4:8] == bytes(4), "no time of its making"
    read = pd.read_csv(io.BytesIO(gzip.decompress(packed)), dtype="str")
    assert read["article_id"].tolist() == ["a"]


def test_its_link_leads_to_the_packed_file_and_the_others_stay(site):
    before = (site / "chapters" / "page.html").read_text(encoding="utf-8")
    downloads.link_packed(site)
    page = (site / "chapters" / "page.html").read_text(encoding="utf-8")
    assert 'articles&#46;csv.gz" download="articles.csv.gz"' in page
    assert page.replace('csv.gz" download="articles.csv.gz"', 'csv" download="articles.csv"') == before
