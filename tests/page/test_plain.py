"""What is said in fewer words, and what is left as it stands."""

import pytest
import tellings_plain as plain


def test_a_menu_opens_without_a_script_and_keeps_its_name_and_entries():
    page = plain.plain_page(
        '<div class="dropdown dropdown-download-buttons">\n<button class="btn dropdown-toggle" type="button" data-bs-toggle="dropdown" '
        'aria-label="Download this page">\n<i class="fas"></i>\n</button>\n<ul class="dropdown-menu">'
        '<li><a href="../_sources/a.md" class="x">.md</a></li>\n<li><button>print</button></li></ul>\n</div>'
    )
    assert page == (
        '<details class="dropdown t-menu"><summary class="btn" aria-label="Download this page">\n<i class="fas"></i>\n</summary>'
        '<ul class="dropdown-menu show"><li><button>print</button></li></ul></details>'
    )


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ('<a href="&#46;&#46;&#47;a&#95;b">x</a>', '<a href="../a_b">x</a>'),
        ('<p title="&#34;&#60;&#38;&#61;">', '<p title="&#34;&#60;&#38;&#61;">'),
        ('<p\n   title="a">&#46;</p>', '<p title="a">&#46;</p>'),
        ("<td><p>one</p></td>", "<td>one</td>"),
        ("<td><p>one</p>\n<p>two</p></td>", "<td><p>one</p>\n<p>two</p></td>"),
        ('<pre title="&#46;">\n\n</pre>', '<pre title="&#46;">\n\n</pre>'),
    ],
)
def test_attributes_and_cells(given, left):
    assert plain.plain_page(given) == left


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ('<p class="card never">a</p>', '<p class="card">a</p>'),
        ('<p id="x" class="never">a</p>', '<p id="x">a</p>'),
        ('<span class="never">a<span class="other">b</span></span>', "ab"),
        ("<p><strong>a</strong><span>b</span></p>", "<p><strong>a</strong><span>b</span></p>"),
        ('<span class="never">a<b>c</b></span>', "<span>a<b>c</b></span>"),
        ('<p class="toctree-l9 t-own">a</p>', '<p class="toctree-l9 t-own">a</p>'),
        ("<script>x = '<i class=\"never\">'</script>", "<script>x = '<i class=\"never\">'</script>"),
        ('<style>.here{a:b}</style><p class="here">', '<style>.here{a:b}</style><p class="here">'),
        ('<pre><i class="never">a</i>\n</pre>', "<pre><i>a</i>\n</pre>"),
    ],
)
def test_only_classes_that_nothing_asks_for_go(given, left):
    assert plain.plain_classes(given, {"card"}, ("toctree-l", "t-")) == left


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("a , b {\n  c: d;\n  e: f;\n}\n", "a,b{c: d;e: f}"),
        ("p{--used:1;--idle:2;c:var(--used)}", "p{--used:1;c:var(--used)}"),
        ("p{--idle:2}q{c:d}", "q{c:d}"),
        ("p{--first:1;--second:var(--first);c:d}", "p{c:d}"),
        ("p{--script:1;c:d}", "p{--script:1;c:d}"),
        ('p:before{content:" ;  } "}', 'p:before{content:" ;  } "}'),
        ("p{--icon:url(data:a;b,c);c:d}", "p{--icon:url(data:a;b,c);c:d}"),
        (
            ".a .highlight{ color: #080 }.a .highlight .n{ color: #080 }.a .highlight .k{ color: #f80 }.b .highlight .n{ color: #080 }",
            ".a .highlight{color: #080}.a .highlight .k{color: #f80}.b .highlight .n{color: #080}",
        ),
        ("/*! MIT */a{b:c}/*! MIT */", "a{b:c}/*! MIT */"),
    ],
)
def test_a_style_sheet_says_the_same(given, left):
    assert plain.plain_styles(given, "getPropertyValue('--script')").strip() == left


def test_a_script_loses_its_comments_and_not_its_licence_or_its_strings():
    script = '/* MIT licence */\n/**\n * what it does\n */\n\n// a note\nlet a = "//b"; // c\n  /* x */\n'
    assert plain.plain_script(script) == '/* MIT licence */\nlet a = "//b"; // c\n'
