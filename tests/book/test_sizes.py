"""The real chapters on the smallest corpora there are."""

import html
import json
import re

import pytest

from analysis import build_book
from analysis.views.places import ARTICLES_A_PAGE

pytestmark = pytest.mark.book


@pytest.mark.parametrize(
    "texts",
    [
        ["The mayor opened the bridge on Monday.\n\nNobody knew who would pay."],
        ["Rain."],
        ["The mayor opened the bridge.", "The bridge was opened by the mayor on Monday."],
    ],
    ids=["one article", "one word", "two sentences"],
)
def test_a_tiny_corpus_gives_a_book(texts, tmp_path, monkeypatch):
    monkeypatch.setenv("TELLINGS_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"paper-{number}.txt").write_text(text, encoding="utf-8")
    book = build_book(folder, output=tmp_path / "html", quiet=True)
    assert (book.path).is_file()
    page = (tmp_path / "html" / "chapters" / "shared_text.html").read_text(encoding="utf-8")
    assert "NaN" not in page


def test_more_articles_than_a_page_holds_get_pages_of_their_own(tmp_path, monkeypatch):
    monkeypatch.setenv("TELLINGS_CACHE", str(tmp_path / "cache"))
    rows = [
        f'a{n},Outlet {n},"Rain fell on day {n}.\n\nMayor Ana Brandt said: ""We saw {n} floods in the valley."""'
        for n in range(ARTICLES_A_PAGE + 2)
    ]
    (tmp_path / "articles.csv").write_text("\n".join(["id,outlet,text", *rows]), encoding="utf-8")
    build_book(tmp_path / "articles.csv", output=tmp_path / "html", quiet=True)
    chapters = tmp_path / "html" / "chapters"
    pages = {path.name: path.read_text(encoding="utf-8") for path in chapters.glob("*.html")}
    assert "Articles 25 to 26" in pages["articles-2.html"]
    assert "Articles 25 to 26" in pages["voices.html"], "the contents lead to it"
    links = {
        link
        for text in pages.values()
        for link in re.findall(r'href="(articles[^"#]*)#([^"]+)"', html.unescape(text))
    }
    assert any(page == "articles-2.html" for page, _ in links)
    for page, anchor in links:
        assert f'id="{anchor}"' in html.unescape(pages[page])
    pages = json.loads((tmp_path / "html" / ".tellings.json").read_text())["pages"]
    assert "chapters/articles-2" not in pages, "a printed book holds the chapters"
