"""The shipped book as its readers meet it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.book, pytest.mark.browser]

CHAPTERS = sorted(
    f"chapters/{p.stem}.html"
    for p in (Path(__file__).resolve().parents[2] / "chapters").glob("*.*")
    if p.suffix in (".md", ".ipynb")
)
PAGES = ["index.html", "search.html", *CHAPTERS]
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"label-content-name-mismatch": {"enabled": True}},
}


def visit(page, site, name):
    """Open a page; what its console said and which other hosts it asked."""
    said, asked = [], []
    page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: said.append(str(e)))
    page.on("request", lambda r: asked.append(r.url) if not r.url.startswith((site, "data:")) else None)
    page.on("response", lambda r: said.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    page.goto(site + name)
    page.wait_for_load_state("networkidle")
    return said, asked


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_quiet_and_asks_nobody_else(page, site, name):
    said, asked = visit(page, site, name)
    assert said == []
    assert asked == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"][:3]]) for v in found] == []


def test_the_documentation_is_accessible_too(desktop, site, book):
    pages = sorted(path.relative_to(book).as_posix() for path in (book / "docs").glob("*.html"))
    assert pages
    for name in pages:
        said, asked = visit(desktop, site, name)
        assert (said, asked) == ([], []), name
        found = Axe().run(desktop, options=RULES).response["violations"]
        assert [(v["id"], [n["target"] for n in v["nodes"][:3]]) for v in found] == [], name


@pytest.mark.parametrize("name", CHAPTERS)
def test_figures_have_words_and_tables_have_captions(desktop, site, name):
    visit(desktop, site, name)
    for label in desktop.eval_on_selector_all(
        "figure.t-figure [role=img]", "all => all.map(e => e.getAttribute('aria-label'))"
    ):
        assert len(label.split()) > 6
    assert desktop.locator("figure img:not([alt])").count() == 0
    assert desktop.locator("table.t-table:not(:has(caption))").count() == 0


def test_every_link_leads_somewhere(book):
    pages = {p.relative_to(book).as_posix(): p.read_text(encoding="utf-8") for p in book.rglob("*.html")}
    anchors = {name: set(re.findall(r'\bid="([^"]+)"', text)) for name, text in pages.items()}
    broken = []
    for name, text in pages.items():
        for href in re.findall(r'<a [^>]*?href="([^"]*)"', text):
            plain = unquote(re.sub(r"&#(\d+);", lambda m: chr(int(m.group(1))), href))
            if plain.startswith(("http:", "https:", "mailto:")):
                continue
            target, anchor = urldefrag(urljoin(name, plain) if plain.split("#")[0] else name + plain)
            if not (book / target).is_file() or (
                anchor and target in anchors and anchor not in anchors[target]
            ):
                broken.append((name, href))
    assert broken == []


def test_the_phone_menu_opens(chromium, site):
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    visit(page, site, "index.html")
    entry = page.locator(".bd-sidebar-primary a", has_text="The articles").first
    assert not entry.is_visible()
    page.locator(".primary-toggle").first.click()
    entry.wait_for(state="visible")
    context.close()


def test_search_finds_a_chapter(desktop, site):
    desktop.goto(site + "search.html?q=corroboration")
    desktop.locator("ul.search a").first.wait_for()
    found = desktop.locator("ul.search a").evaluate_all("all => all.map(a => a.href)")
    assert any("quotations.html" in address for address in found)


def test_search_finds_a_word_that_only_an_article_has(desktop, site):
    desktop.goto(site + "chapters/articles.html")
    words = desktop.locator(".t-edition .t-article p").last.inner_text()
    longest = max(re.findall(r"[a-z]+", words), key=len)
    desktop.goto(f"{site}search.html?q={longest}")
    desktop.locator("ul.search a").first.wait_for()
    found = desktop.locator("ul.search a").evaluate_all("all => all.map(a => a.href)")
    assert any("articles.html" in address for address in found)


def test_evidence_is_one_click_away_and_opens_in_place(desktop, site):
    visit(desktop, site, "chapters/quotations.html")
    link = desktop.locator("table.t-table a.t-link").first
    link.click()
    desktop.wait_for_url("**/articles.html#*")
    anchor = desktop.url.split("#")[1]
    desktop.locator(f"[id='{anchor}']").wait_for(state="visible")
    assert desktop.locator(f"[id='{anchor}']").inner_text().strip()


def test_the_colour_scheme_can_be_turned(desktop, site):
    visit(desktop, site, "chapters/topics.html")
    ground = "getComputedStyle(document.body).backgroundColor"
    before = desktop.evaluate(ground)
    for _ in range(3):
        desktop.locator(".theme-switch-button").first.click()
        if desktop.evaluate("document.documentElement.dataset.theme") == "dark":
            break
    desktop.wait_for_timeout(400)
    assert desktop.evaluate(ground) != before


def test_pages_read_without_scripts(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "chapters/voices.html")
    assert page.locator("article h1").first.inner_text().startswith("Who gets to speak")
    assert page.locator(".t-findings li").count() > 0
    assert page.locator("figure.t-figure svg").first.is_visible()
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_menu_of_downloads_opens_in_sight(chromium, site, scripts):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(site + "chapters/topics.html")
    entry = page.locator(".t-menu a")
    assert not entry.is_visible()
    page.locator(".t-menu summary").click()
    entry.wait_for(state="visible")
    box = page.locator(".t-menu ul").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    if scripts:
        page.keyboard.press("Escape")
        entry.wait_for(state="hidden")
    context.close()


def test_figures_and_notebooks_can_be_downloaded(desktop, site, book):
    visit(desktop, site, "chapters/topics.html")
    for href in desktop.eval_on_selector_all(".t-downloads a", "all => all.map(a => a.href)"):
        answer = desktop.request.get(href)
        assert answer.ok
        assert answer.body()[:5] in (b"<?xml", b"\x89PNG\r")
    assert list((book / "_sources" / "chapters").glob("topics.ipynb*"))


def test_the_site_is_light(book):
    assert sum(p.stat().st_size for p in book.rglob("*") if p.is_file()) <= 2_500_000
