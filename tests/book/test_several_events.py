"""Several events in one corpus: a book of each, kept apart, and a page that leads to them."""

import html
import re

import pandas as pd
import pytest
from small_book import PARAMETERS, cell, notebook

from analysis.book.errors import InputError

pytestmark = pytest.mark.book

CHAPTER = notebook(
    cell(
        "# Who writes\n\nThe articles are {glue:text}`ids`, the seed is {glue:text}`n_articles`.", "markdown"
    ),
    cell(
        PARAMETERS["source"] + '\nevent: str = ""  # one event of the corpus',
        tags=["parameters", "hide-input"],
    ),
    cell(
        "from myst_nb import glue\nfrom analysis import open_tables\nfrom analysis.tables import Settings\n"
        "articles = open_tables(corpus, settings=Settings(event=event))['articles']"
    ),
    cell(
        "glue('ids', ' '.join(articles['article_id']), display=False)\nglue('n_articles', seed, display=False)"
    ),
)
ROWS = [
    ("a", "Post", "The bridge", "The bridge opened on Monday."),
    ("b", "Mail", "The bridge", "Nobody crossed the bridge."),
    ("c", "Echo", "The bridge", "The bridge is open."),
    ("d", "Post", "<b>{{7*7}}</b>/../x", "The school burned down."),
    ("e", "Mail", "<b>{{7*7}}</b>/../x", "A fire destroyed the school."),
    ("f", "Mail", "Rain", "It rained for a week."),
]


@pytest.fixture
def shelf(bench):
    """A bench with one chapter over three events of three, two and one articles."""
    bench.write("who", CHAPTER)
    bench.write("words", notebook(cell("# Words", "markdown"), PARAMETERS))
    bench.corpus = bench.folder / "articles.csv"
    write(bench, ROWS)
    return bench


def write(bench, rows):
    pd.DataFrame(rows, columns=["id", "outlet", "event", "text"]).to_csv(bench.corpus, index=False)


def plain(path):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", path.read_text(encoding="utf-8"))).split())


def test_every_event_has_its_book_and_the_index_leads_to_the_largest(shelf):
    book = shelf.build(books=2)
    assert list(book.events) == ["The bridge", "<b>{{7*7}}</b>/../x"]
    assert all(path.is_relative_to(shelf.output) and path.is_file() for path in book.events.values())
    index = html.unescape(shelf.page("index"))
    for path in book.events.values():
        assert f'href="{path.relative_to(shelf.output).as_posix()}"' in index
        assert "The articles are" in plain(path.parent / "chapters" / "who.html")
        assert 'href="../index.html"' in html.unescape(path.read_text(encoding="utf-8"))
    first, second = (plain(path.parent / "chapters" / "who.html") for path in book.events.values())
    assert "The articles are a b c" in first
    assert "The articles are d e" in second
    assert "<b>{{" not in shelf.page("index")
    assert "<b>{{7*7}}</b>/../x" in plain(shelf.output / "index.html"), "it is shown as it is written"
    assert "tellings build articles.csv --event NAME" in plain(shelf.output / "index.html")
    assert "Rain" in plain(shelf.output / "index.html"), "an event without a book is named"
    table = pd.read_csv(shelf.output / "_static" / "events.csv", keep_default_na=False)
    assert table["articles"].tolist() == [3, 2, 1]


def test_an_article_more_makes_the_book_of_its_event_alone_again(shelf):
    shelf.build()
    assert shelf.build().ran == {}
    write(shelf, [*ROWS, ("g", "Echo", "Rain", "The rain has stopped.")])
    ran = shelf.build().ran
    assert {name.split("/")[0].split("-")[0] for name in ran} == {"rain"}
    assert set(ran.values()) == {"the corpus changed (changed: articles.csv)"}


def test_one_event_is_one_book(shelf):
    book = shelf.build(event="Rain")
    assert book.events == {}
    assert "The articles are f" in plain(shelf.output / "chapters" / "who.html")
    assert "All events" not in shelf.page("index")


def test_an_event_that_is_not_there(shelf):
    with pytest.raises(InputError, match=r"no event 'The brige'\. Did you mean 'The bridge'"):
        shelf.build(event="The brige")
    with pytest.raises(InputError, match="name the event with --event"):
        shelf.build(parameters={"event": "Rain"})


def test_a_corpus_that_names_no_event_says_so(bench):
    with pytest.raises(InputError, match="name no event; leave --event out"):
        bench.build(event="Rain")
