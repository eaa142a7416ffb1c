"""What is taken out of pages and style sheets, and what must stay."""

import pytest
import tellings_weight as weight

USED = {"card", "bd-main", "show", "fa-xmark"}


def pruned(css, folder=None):
    return weight._pruned(css, USED, folder)


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".card{color:red}", ".card{color:red}"),
        (".never{color:red}", ""),
        (".card,.never{color:red}", ".card{color:red}"),
        (".card .never{a:b}p{c:d}", "p{c:d}"),
        ("#bd-main>.card:hover{a:b}", "#bd-main>.card:hover{a:b}"),
        (".card:not(.never){a:b}", ".card:not(.never){a:b}"),
        (":is(.never,.other) p{a:b}", ":is(.never,.other) p{a:b}"),
        ('.card[data-x="a,b{c}"]{a:b}', '.card[data-x="a,b{c}"]{a:b}'),
        ("@media print{.never{a:b}}", ""),
        ("@media print{.never{a:b}.card{c:d}}", "@media print{.card{c:d}}"),
        ('@import "../basic.css";.never{a:b}', '@import "../basic.css";'),
        ("@keyframes turn{from{a:b}to{c:d}}", "@keyframes turn{from{a:b}to{c:d}}"),
        ('.fa-xmark:before{content:"\\f00d"}', '.fa-xmark:before{content:"\\f00d"}'),
        ('.card:before{content:"}{"}.never{a:b}', '.card:before{content:"}{"}'),
        (".sm\\:show{a:b}.card{a:b}", ".card{a:b}"),
    ],
)
def test_only_rules_that_nothing_can_match_go(css, left):
    assert pruned(css) == left


def test_a_licence_stays(tmp_path):
    (tmp_path / "_static").mkdir()
    sheet = tmp_path / "_static" / "theme.css"
    sheet.write_text("/*! MIT */.never{a:b}/* a note */.card{c:d}")
    (tmp_path / "index.html").write_text('<p class="card">')
    weight.lighten_styles(tmp_path)
    assert sheet.read_text() == "/*! MIT */.card{c:d}"


def test_names_that_only_a_script_knows_are_used(tmp_path):
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static" / "a.js").write_text('e.classList.add("scrolled")')
    (tmp_path / "_static" / "a.css").write_text(".scrolled{a:b}")
    (tmp_path / "index.html").write_text("<p>")
    weight.lighten_styles(tmp_path)
    assert (tmp_path / "_static" / "a.css").read_text() == ".scrolled{a:b}"


def test_a_font_face_without_its_file_goes(tmp_path):
    (tmp_path / "there.woff").write_bytes(b"x")
    css = "@font-face{src:url(there.woff)}@font-face{src:url(gone.woff)}"
    assert pruned(css, tmp_path) == "@font-face{src:url(there.woff)}"


def test_plain_punctuation_is_written_plainly_in_text_and_nowhere_else():
    page = weight.light_page(
        '<p title="a&#58;b">a&#58; &#60;b&#62; &#123;c&#125; &#38;amp</p><pre>1&#46;\n\n2</pre>'
    )
    assert page == '<p title="a&#58;b">a: &#60;b&#62; &#123;c&#125; &#38;amp</p><pre>1&#46;\n\n2</pre>'


def test_a_page_asks_for_what_it_uses_and_once():
    head = (
        '<script src="_static/tellings.js?v=1"></script><script defer="defer" src="_static/tellings.js?v=1"></script>'
        '<script src="_static/clipboard.min.js"></script><script src="searchindex.js"></script>'
    )
    plain = weight.light_page(head + "<p>text</p>")
    assert plain == '<script defer src="_static/tellings.js?v=1"></script><p>text</p>'
    code = weight.light_page(head + '<div class="highlight-python">')
    assert "clipboard" in code
    assert "searchindex" in weight.light_page(head + '<div id="search-results">')


def test_the_search_index_loses_numbers_but_no_words_and_no_years():
    index = 'Search.setIndex({"terms": {"": 1, "39": [0, 1], "2026": 3, "0100200300word": 2, "ledger": [1]}, "titles": ["39"]})'
    assert weight.light_index(index) == 'Search.setIndex({"terms":{"2026":3,"ledger":[1]},"titles":["39"]})'


def test_all_style_sheets_become_one_in_their_order(tmp_path):
    static = tmp_path / "_static"
    (static / "deep").mkdir(parents=True)
    (static / "a.css").write_text("a{b:c}")
    (static / "deep" / "b.css").write_text(
        '@charset "UTF-8";b{src:url(../i.woff);m:url("data:image/svg+xml,x")}'
    )
    (static / "c.css").write_text("c{m:url(i.png)}")
    (static / "i.woff").write_bytes(b"font")
    link = '<link rel="stylesheet" type="text/css" href="{}_static/{}?v=1" />\n'
    (tmp_path / "index.html").write_text(link.format("", "a.css") + link.format("", "c.css"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.html").write_text(
        "".join(link.format("../", n) for n in ("a.css", "deep/b.css", "c.css")) + "<p>"
    )
    weight.one_sheet(tmp_path)
    whole = (static / "book.css").read_text()
    assert (
        whole
        == 'a{b:c}\nb{src:url(data:font/woff;base64,Zm9udA==);m:url("data:image/svg+xml,x")}\nc{m:url(i.png)}\n'
    )
    assert not list(static.rglob("[abc].css"))
    assert '"../_static/book.css?v=' in (tmp_path / "in" / "x.html").read_text()
    assert (tmp_path / "index.html").read_text().count("<link") == 1
