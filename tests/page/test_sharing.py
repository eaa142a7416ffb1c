"""How a link to a page is shown elsewhere, and the list of pages."""

import xml.etree.ElementTree as ElementTree

import pytest
import tellings_sharing as sharing

PAGE = """<html><head></head><body><h1>Who gets to speak<a class="headerlink" href="#x">#</a></h1>
<p class="t-question">Whose words are printed, “quoted” or &amp; reported?</p></body></html>"""


def tags(base, tmp_path, name="chapters/voices.html", page=PAGE):
    (tmp_path / "_static" / "figures").mkdir(parents=True)
    (tmp_path / "_static" / "figures" / "preview.png").write_bytes(b"png")
    return sharing.social_tags(page, name, 'A "port" & strike', base, tmp_path, "Bars")


def test_addresses_are_whole_where_the_book_knows_its_own(tmp_path):
    page = tags("https://example.org/book/", tmp_path)
    assert (
        '<meta property="og:image" content="https://example.org/book/_static/figures/preview.png"/>' in page
    )
    assert '<meta property="og:url" content="https://example.org/book/chapters/voices.html"/>' in page
    assert 'content="summary_large_image"' in page


def test_addresses_are_relative_where_it_does_not(tmp_path):
    page = tags("", tmp_path)
    assert '<meta property="og:image" content="../_static/figures/preview.png"/>' in page
    assert "og:url" not in page


def test_a_link_is_shown_with_the_question_of_its_page(tmp_path):
    page = tags("", tmp_path)
    assert 'content="Who gets to speak: A &quot;port&quot; &amp; strike"' in page
    assert 'content="Whose words are printed, “quoted” or &amp; reported?"' in page


def test_without_a_picture_the_card_is_small(tmp_path):
    page = sharing.social_tags(PAGE, "index.html", "A strike", "", tmp_path, "")
    assert 'content="summary"' in page
    assert "og:image" not in page


@pytest.mark.parametrize("base", ["", "https://example.org/a&b/"])
def test_the_sitemap_lists_the_pages_in_order(tmp_path, base):
    sharing.write_sitemap(tmp_path, ["index.html", "chapters/voices.html"], base)
    found = ElementTree.parse(tmp_path / "sitemap.xml").getroot()
    places = [loc.text for loc in found.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert places == [base + "index.html", base + "chapters/voices.html"]
    assert (tmp_path / "robots.txt").exists() == bool(base)
