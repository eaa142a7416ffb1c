"""The real chapters on the smallest corpora there are."""

import pytest

from analysis import build_book

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
