"""The reading edition, deep links, the printed page and what others see of the book."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ElementTree

import pytest

pytestmark = [pytest.mark.book, pytest.mark.browser]

EDITION = "chapters/articles.html"


@pytest.fixture
def edition(desktop, site):
    """The page with the articles side by side."""
    desktop.goto(site + EDITION)
    desktop.locator(".t-layers").wait_for(state="visible")
    return desktop


def shared_quotation(page):
    """A quotation whose utterance stands in another article too: its anchor, and the anchors of the others."""
    found = page.evaluate("""() => {
      const all = [...document.querySelectorAll('.t-edition .t-q[id][data-u]')].filter(q => q.dataset.u);
      for (const one of all) {
        const others = all.filter(o => o.dataset.u === one.dataset.u && o.closest('.t-article') !== one.closest('.t-article'));
        if (others.length) return [one.id, others.map(o => o.id)];
      }
      return null;
    }""")
    assert found, "the shipped articles quote the same words"
    return found


@pytest.mark.parametrize(
    ("layer", "mark", "style"),
    [
        ("q", ".t-q", "borderBottomStyle"),
        ("s", ".t-s", "backgroundColor"),
        ("t", ".t-topic", "display"),
        ("f", ".t-f", "textDecorationLine"),
    ],
)
def test_a_layer_can_be_switched_off_and_on(edition, layer, mark, style):
    look = f"getComputedStyle(document.querySelector('.t-edition {mark}')).{style}"
    box = edition.locator(f".t-layers input[data-layer={layer}]")
    before = edition.evaluate(look)
    box.uncheck()
    off = edition.evaluate(look)
    box.check()
    assert off != before
    assert edition.evaluate(look) == before


@pytest.mark.parametrize("how", ["pointed at", "reached by the keyboard"])
def test_the_same_utterance_is_lit_in_other_articles(edition, how):
    one, others = shared_quotation(edition)
    quotation = edition.locator(f"[id='{one}']")
    if how == "pointed at":
        quotation.scroll_into_view_if_needed()
        quotation.hover()
    else:
        quotation.focus()
    for other in others:
        assert "t-same" in edition.locator(f"[id='{other}']").get_attribute("class")
    told = edition.locator(".t-who").inner_text()
    assert told.startswith(quotation.get_attribute("data-who"))
    assert "lit in" in told
    quotation.blur()
    edition.mouse.move(2, 2)
    assert "t-same" not in edition.locator(f"[id='{others[0]}']").get_attribute("class")


def test_a_quotation_can_be_reached_by_the_tab_key(edition):
    edition.locator(".t-edition").focus()
    edition.keyboard.press("Tab")
    assert "t-q" in edition.evaluate("document.activeElement.className")


def test_a_link_to_a_quotation_opens_it_in_place(desktop, site):
    desktop.goto(site + EDITION)
    last = desktop.locator(".t-edition .t-article").last.locator(".t-q[id]").last.get_attribute("id")
    assert last.startswith("q-")
    desktop.goto("about:blank")
    desktop.goto(f"{site}{EDITION}#{last}")
    desktop.wait_for_timeout(700)
    place = desktop.locator(f"[id='{last}']").bounding_box()
    size = desktop.viewport_size
    assert 0 <= place["x"] <= size["width"]
    assert 0 <= place["y"] <= size["height"]


def test_a_link_into_a_fold_opens_it(desktop, site):
    desktop.goto(site + "chapters/quotations.html")
    inside = desktop.evaluate("""() => {
      const one = document.querySelector('details.t-details:not([open]) .t-pair');
      one.id = 'inside'; return one.id;
    }""")
    desktop.evaluate(f"location.hash = '{inside}'")
    desktop.locator("#inside").wait_for(state="visible")


def test_without_scripts_the_articles_are_readable_text(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + EDITION)
    assert not page.locator(".t-layers").is_visible()
    assert page.locator(".t-edition .t-article p").last.inner_text().strip()
    fold = page.locator("details.t-details").first
    assert not fold.locator("table").is_visible()
    fold.locator("summary").click()
    assert fold.locator("table").is_visible()
    context.close()


def test_on_a_phone_a_row_is_a_card_that_names_its_cells(chromium, site):
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(site + EDITION)
    cell = page.locator("table.t-table td[data-label]").first
    label = cell.evaluate("e => getComputedStyle(e, '::before').content")
    assert cell.get_attribute("data-label") in label
    assert cell.bounding_box()["width"] > 250
    context.close()


def test_what_is_folded_is_printed(desktop, site):
    """Chromium's own print of a page holds the text of every fold."""
    pypdf = pytest.importorskip("pypdf")
    desktop.goto(site + "chapters/quotations.html")
    hidden = desktop.locator("details.t-details:not([open])").last.evaluate(
        "e => e.querySelector('blockquote, li').textContent"
    )
    desktop.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(desktop.pdf())).pages)
    squeezed = re.sub(r"\W+", "", text)
    assert re.sub(r"\W+", "", hidden)[:60] in squeezed
    assert "Copy as text" not in text


def test_the_citation_can_be_copied(chromium, site):
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(site + "index.html")
    page.locator(".t-copy", has_text="BibTeX").click()
    page.locator(".t-copy", has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("@misc{")
    assert "urldate" in copied
    assert copied.count("{") == copied.count("}")
    assert page.locator(".t-copy").count() == 2
    context.close()


def test_the_first_page_ranks_findings_and_links_each_to_its_chapter(desktop, site):
    desktop.goto(site + "index.html")
    entries = desktop.locator(".t-ranked > li")
    assert 5 <= entries.count() <= 6
    for entry in entries.all():
        assert entry.locator("strong, .t-claim").first.inner_text()
        link = entry.locator("a[href^='chapters/']").last
        assert desktop.request.get(site + link.get_attribute("href").split("#")[0]).ok


def test_the_sitemap_and_the_card_are_there(book):
    places = [
        e.text for e in ElementTree.parse(book / "sitemap.xml").getroot().iter() if e.tag.endswith("loc")
    ]
    assert places[0] == "index.html"
    assert all((book / place).is_file() for place in places)
    page = (book / EDITION).read_text(encoding="utf-8")
    card = re.search(r'property="og:image" content="([^"]+)"', page).group(1)
    assert (book / "chapters" / card).resolve().is_file()
    for needed in ("og:title", "og:description", "twitter:card", 'name="description"'):
        assert needed in page
