"""A reading edition of more articles than one page holds: every passage stays one click away, and no page is drowned."""

import html
import re
from types import MappingProxyType

import pandas as pd
import pytest

from analysis import articles_from_texts, views
from analysis.corpus import FURNITURE
from analysis.passages.shared import PASSAGES
from analysis.render import Mark
from analysis.segments import units
from analysis.views.events import MOST_LISTED
from analysis.views.places import ARTICLES_A_PAGE, with_most
from analysis.views.reading import _mark_shared, further_editions

N = 2 * ARTICLES_A_PAGE + 3


@pytest.fixture(scope="module")
def tables():
    """51 articles in which a person speaks; no two share anything else."""
    from analysis import extract_quotations
    from analysis.quotes.align import align_quotations

    texts = {f"a{n}": f'Word{n} happened.\n\n"It is {n} o\'clock in the town," said Ana.' for n in range(N)}
    articles = articles_from_texts(texts, outlet={f"a{n}": f"Outlet <{n}>" for n in range(N)})
    quotations = extract_quotations(articles).assign(speaker="Ana")
    made = {"articles": articles, "units": units(articles), "quotations": quotations,
            "passages": PASSAGES.frame([]), "utterances": align_quotations(quotations, articles)[1]}  # fmt: skip
    none = {"facts": ["fact_id", "article_id", "start", "end"], "coverage": ["fact_id", "status", "outlet"],
            "topic_assignments": ["topic", "share", "unit_id"]}  # fmt: skip

    return Fixed(made | {name: pd.DataFrame(columns=columns) for name, columns in none.items()})


class Fixed(dict):
    """Tables that need no corpus."""

    labels = MappingProxyType({})


@pytest.fixture(scope="module")
def pages(tables):
    """Page of the reading edition -> its content."""
    places = views.Places.of(tables)
    found = {"articles.html": views.reading_edition(tables, places)}
    for number, (title, content) in enumerate(further_editions(tables, places), start=2):
        found[f"articles-{number}.html"] = f"<h1>{title}</h1>{content}"
    return {name: html.unescape(text) for name, text in found.items()}


def test_every_article_stands_on_one_page(pages):
    assert list(pages) == ["articles.html", "articles-2.html", "articles-3.html"]
    assert [text.count("<article") for text in pages.values()] == [ARTICLES_A_PAGE, ARTICLES_A_PAGE, 3]
    assert "Articles 49 to 51" in pages["articles-3.html"]
    assert "All 51 articles, page by page" in pages["articles.html"]


def test_every_quotation_is_one_click_away(tables, pages):
    places = views.Places.of(tables)
    for q in tables["quotations"].to_dict("records"):
        link = html.unescape(places.link(q["article_id"], q["start"], "x", "chapters/articles.html"))
        page, anchor = re.search(r'href="chapters/(articles[^#"]*)#([^"]+)"', link).groups()
        assert f'id="{anchor}"' in pages[page]


def test_every_link_between_the_pages_leads_somewhere(pages):
    for name, text in pages.items():
        for page, anchor in re.findall(r'href="(articles[^"#]*)?(?:#([^"]+))?"', text):
            assert (page or name) in pages
            assert not anchor or f'id="{anchor}"' in pages[page or name]


def test_a_card_leads_to_the_page_of_its_article(tables):
    cards = html.unescape(
        views.article_cards(tables["articles"], FURNITURE.frame([]), views.Places.of(tables))
    )
    assert 'href="#article-a0"' in cards
    assert 'href="articles-3.html#article-a50"' in cards


def test_a_text_that_stands_everywhere_is_marked_once(tables):
    row = {"class": "wire copy", "kind": "verbatim", "a": "a0", "a_start": 0, "b_start": 0, "b_end": 20}
    others = [{**row, "b": f"a{n}", "a_end": 10 + n % 3} for n in range(1, 40)]
    marks = {f"a{n}": [] for n in range(N)}
    _mark_shared(marks, PASSAGES.frame(others), views.Places.of(tables))
    (mark,) = marks["a0"]
    assert isinstance(mark, Mark)
    assert (mark.start, mark.end) == (0, 12)
    assert mark.title.endswith("and 35 other outlets")
    assert [m.title for m in marks["a1"]] == ["also in Outlet <0> (wire copy, verbatim)"]


def test_passages_beside_each_other_keep_a_mark_each(tables):
    row = {"class": "wire copy", "kind": "verbatim", "a": "a0", "b_start": 0, "b_end": 1}
    others = [{**row, "b": f"a{n}", "a_start": n, "a_end": n + 1} for n in range(1, 10)]
    marks = {f"a{n}": [] for n in range(N)}
    _mark_shared(marks, PASSAGES.frame(others), views.Places.of(tables))
    assert len(marks["a0"]) == 9


def test_the_page_of_events_stays_readable():
    events = [
        {"event": f"e{n}", "label": "A <b>fire</b>", "first_day": None, "last_day": None, "articles": 9, "outlets": 2}
        for n in range(MOST_LISTED + 12)
    ]  # fmt: skip
    page = html.unescape(
        views.event_index(events, {"e0": "e0/index.html"}, {"e0": ["Who <i>"]}, "tellings build x")
    )
    assert "312 events" in page
    assert page.count("<tr>") == MOST_LISTED + 1 + 2
    assert "11 more are in the table" in page
    raw = views.event_index(events[:1], {}, {}, "tellings build x")
    assert "<b>" not in raw


@pytest.mark.parametrize(
    ("event", "shown"),
    [("A strike", "A strike"), ("2024-03-05-0a1b2c3d4e", "Port closed"), ("", "Port closed")],
)
def test_an_event_that_was_found_is_shown_by_its_headline(event, shown):
    row = {
        "event": event,
        "label": "Port closed",
        "first_day": "2024-03-05",
        "last_day": "2024-03-05",
        "articles": 2,
        "outlets": 2,
    }
    page = html.unescape(views.event_index([row], {event: "x/index.html"}, {}, ""))
    assert f'<a href="x/index.html">{shown}</a>' in page


def test_a_table_gives_columns_to_those_with_most_in_their_own_order():
    order = [f"a{n}" for n in range(20)]
    assert with_most(["a9", "a9", "a3"], order, 2) == ["a3", "a9"]
    assert with_most([], order, 3) == ["a0", "a1", "a2"]
    assert with_most(["a1"], ["a0", "a1", "a0"]) == ["a0", "a1"]


def test_a_family_of_many_names_a_few(tables):
    family = pd.DataFrame(
        {
            "article_id": [f"a{n}" for n in range(40)],
            "family_id": "f",
            "size": 40,
            "shared_share": 0.9,
            "own_share": 0.1,
            "shares": "wire copy",
        }
    )
    page = views.family_table(family, views.Places.of(tables))
    assert html.unescape(page).count("and 31 others") == 40


def test_a_voice_that_is_heard_everywhere_names_a_few_outlets(tables):
    heard = pd.DataFrame([{"outlet": f"Outlet <{n}>", "speaker": "Ana", "words": 6} for n in range(N)])
    page = html.unescape(views.voice_cards(heard, tables["quotations"], views.Places.of(tables)))
    assert f"and {N - 8} others." in page
