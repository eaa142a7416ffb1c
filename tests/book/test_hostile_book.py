"""A book of a corpus that was written to break out of it: everything in it is shown as text, and nothing runs."""

import html
import json
import os
import re

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
    (corpus / "corpus.yml").write_text(
        json.dumps({"title": kinds["html"] + kinds["jinja"], "articles": listed})
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TELLINGS_CACHE", str(folder / "cache"))
        build_book(corpus, folder / "out" / "book", quiet=True)
    return folder, folder / "out" / "book"


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
        tags = " ".join(
            re.findall(r"<[a-zA-Z!/][^<>]*>", re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL))
        )
        tags = re.sub(
            r' content="[^"]*"', "", tags
        )  # what a shared link says of the page: a value, never run
        for sign in (
            " onerror",
            " onload=",
            " onfocus",
            "javascript:",
            "file://",
            "<iframe",
            "<b>",
            "autofocus",
        ):
            assert sign not in tags, (path, sign)
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
