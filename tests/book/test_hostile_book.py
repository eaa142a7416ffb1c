"""A book of a corpus that was written to break out of it: everything in it is shown as text, and nothing runs."""

import html
import json
import os
import re
from html.parser import HTMLParser

import pytest

from analysis.cache import tree_files

pytestmark = pytest.mark.book

SECRET = "the-secret-outside-of-the-corpus"


def payloads(folder):
    """One hostile text a kind; those that run leave a file called `ran`, those that read show the secret."""
    ran, secret = folder / "ran", folder / "secret.txt"
    return {
        "jinja": f"{{{{ cycler.__init__.__globals__.os.popen('touch {ran}').read() }}}} {{% for x in [1] %}}J{{% endfor %}}",
        "role": f"{{eval}}`open('{ran}', 'w')` and {{download}}`{secret}` and {{glue:text}}`n_articles`",
        "directive": f"```{{include}} {secret}\n```",
        "colons": f":::{{literalinclude}} {secret}\n:::",
        "raw": "```{raw} html\n<script>document.title = 'ran'</script>\n```",
        "html": "<script>document.title = 'ran'</script><img src=x onerror=\"document.title='ran'\"><iframe src='//a.example'>",
        "attribute": "\"><svg onload=\"document.title='ran'\"> ' onfocus='x' autofocus=''",
        "latex": "It cost $5 and then $6; \\input{/etc/passwd} \\(x^2\\) $$y$$",
        "link": "[click](javascript:alert(1)) ![x](file:///etc/passwd) <javascript:alert(1)>",
        "entity": "&lt;script&gt;alert(1)&lt;/script&gt; &#60;b&#62;",
        "comment": "--> ]]> */ </style></script></textarea><b>bold</b>",
    }


# characters that texts break on, each as an outlet's name, a title and a part of an article
STRANGE = {
    "nothing": "\x00\x1b[2J\x7f",
    "half a pair": "\ud83d and \udc00",
    "no character": "\ufffe\uffff\ufdd0",
    "turned around": "\u202egnirts\u202c \u2066x\u2069",
    "not to be seen": "\u200b\u200d\ufeff\u00ad\U000e0041",
    "lines": "a\u2028b\u2029c\x85d\x0be",
    "piled up": "e" + "\u0301\u0316\u0334" * 40,
    "families": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1ee\U0001f1f3",
    "scripts": "हिन्दी العربية 日本語 한국어 ελληνικά עברית ไทย",
    "changing length": "İstanbul ßtraße ﬁnal ŉ",
    "long": "x" * 3000,
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The shipped chapters over the hostile corpus: (folder, book)."""
    from analysis import build_book

    folder = tmp_path_factory.mktemp("hostile")
    (folder / "secret.txt").write_text(SECRET)
    corpus = folder / "corpus"
    corpus.mkdir()
    kinds = payloads(folder)
    shared = '"We will rebuild the old pier before the winter storms return," said Ada Lind, the harbour master, on Monday.'
    outlets = ["../../../escape", "{{ 7*7 }}<script>alert(1)</script>", "=HYPERLINK(0)|`x`"]
    listed = []
    for number, outlet in enumerate(outlets):
        parts = [shared, *(f"The paper printed this: {text}" for text in list(kinds.values())[number:])]
        (corpus / f"{number}.txt").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
        title = kinds["html"] if number else kinds["jinja"]
        listed.append({"file": f"{number}.txt", "outlet": outlet, "title": title})
    rows = [
        {"outlet": text, "title": text, "text": f"{shared}\n\nThe paper printed {text} on its pages. {text}"}
        for text in STRANGE.values()
    ]
    (corpus / "strange.jsonl").write_text("\n".join(map(json.dumps, rows)))
    listed.append({"file": "strange.jsonl"})
    (corpus / "corpus.yml").write_text(
        json.dumps({"title": kinds["html"] + kinds["jinja"], "articles": listed})
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TELLINGS_CACHE", str(folder / "cache"))
        build_book(corpus, folder / "out" / "book", quiet=True)
    return folder, folder / "out" / "book"


class Tags(HTMLParser):
    """The names of all elements of a page, and all attributes, as a browser reads them."""

    def __init__(self, text):
        super().__init__()
        self.names, self.attributes = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes += attrs


def pages(book):
    return [path for path in tree_files(book) if path.suffix == ".html"]


def test_nothing_ran_and_nothing_outside_was_read_or_written(hostile):
    folder, book = hostile
    assert not (folder / "ran").exists()
    assert {path.name for path in folder.iterdir()} == {"secret.txt", "corpus", "cache", "out"}
    assert {path.name for path in book.parent.iterdir()} == {"book", ".book.lock"}
    for path in tree_files(book):
        assert SECRET.encode() not in path.read_bytes(), path
        assert b"root:x:0:0" not in path.read_bytes(), path


def test_no_markup_of_an_article_is_markup_of_a_page(hostile):
    _, book = hostile
    for path in pages(book):
        text = path.read_text(encoding="utf-8")
        scripts = "".join(re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL))
        assert "document.title" not in scripts, path
        assert "alert(1)" not in scripts, path
        found = Tags(text)
        assert {"iframe", "b"}.isdisjoint(found.names), path
        for name, value in found.attributes:
            assert name not in ("onerror", "onload", "onfocus"), path
            assert not (name.startswith("on") and re.search("title|alert", value or "")), (path, value)
            assert name != "autofocus", path
            assert not re.match(r"\s*(?:javascript|file):", value or ""), (path, value)
        assert "math notranslate" not in text, path
        assert "mathjax" not in text.lower(), path


def test_what_was_printed_is_what_is_shown(hostile):
    folder, book = hostile
    page = (book / "chapters" / "articles.html").read_text(encoding="utf-8")
    shown = " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())
    for kind, text in payloads(folder).items():
        for line in text.splitlines():
            plain = " ".join(
                html.unescape(line).split()
            )  # reading a corpus resolves entities that pages left behind
            assert plain in shown or kind in ("directive", "colons", "raw"), (kind, plain)
    assert "{{ 7*7 }}" in shown


def test_any_characters_come_through_or_are_left_out(hostile):
    _, book = hostile
    page = (book / "chapters" / "articles.html").read_bytes().decode("utf-8")
    assert page.count("<article") == 3 + len(STRANGE) + 1, "one is the page's own"
    text = html.unescape(re.sub(r"<[^>]+>", "", page))
    assert not re.search(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]", text
    )
    for kind in ("scripts", "families", "changing length"):
        assert STRANGE[kind] in text, kind


def test_downloads_are_named_by_us_and_run_nothing(hostile):
    _, book = hostile
    tables = list((book / "_static" / "tables").glob("*.csv"))
    assert tables
    for path in tables:
        assert re.fullmatch(r"[a-z_]+\.csv", path.name)
        for line in path.read_text(encoding="utf-8").splitlines():
            assert not line.startswith(("=", "+", "@")), path
            assert ",=HYPERLINK" not in line
    assert not [path for path in tree_files(book) if "escape" in path.name and os.sep in path.name]
