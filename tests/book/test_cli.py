"""The command line: what it prints, what it refuses, and its exit codes."""

import gzip
import json
import re
import threading
import urllib.error
import urllib.request
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from small_book import cell, notebook

import analysis.book
import analysis.book.build
from analysis.book.errors import BookError, ChapterError, InputError, RenderError
from analysis.book.serve import server
from analysis.cli import main


def tellings(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.parametrize("command", ["", "new", "check", "build", "analyse", "codebook", "serve", "pdf"])
def test_help_teaches_by_example(command):
    told = tellings(*command.split(), "--help")
    assert told.exit_code == 0
    assert re.search(r"Examples?:\n +tellings ", told.output)


def test_commands_stand_in_the_order_of_use_and_say_all_in_a_line():
    listed = tellings("--help").output.split("Commands:")[1].split("Examples:")[0].strip().splitlines()
    assert [line.split()[0] for line in listed] == [
        "new",
        "check",
        "build",
        "analyse",
        "codebook",
        "serve",
        "pdf",
    ]
    assert not [line for line in listed if line.endswith("...")]


def test_exit_codes_and_completion_are_documented():
    told = tellings("--help").output
    assert "130 interrupted" in told
    assert "_TELLINGS_COMPLETE=bash_source" in told


def test_completion_answers(monkeypatch):
    told = CliRunner().invoke(
        main,
        prog_name="tellings",
        env={"_TELLINGS_COMPLETE": "bash_complete", "COMP_WORDS": "tellings co", "COMP_CWORD": "1"},
    )
    assert "codebook" in told.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build", "nowhere"], "there is no such file or folder"),
        (["build", "-p", "seed"], "write NAME=VALUE"),
        (["build", "-p", "a=1", "-p", "a=2"], "given twice"),
        (["build", "-p", "sed=1"], "Did you mean 'seed'"),
        (["build", "-p", "seed=x"], "is not an int"),
        (["build", "-p", "x=1; import os=2"], "unknown parameter"),
        (["build", "--jobs", "0"], "0 is not in the range"),
        (["biuld"], "No such command"),
        (["serve", "nowhere"], "no book here"),
        (["pdf", "nowhere"], "no book here"),
    ],
)
def test_a_users_mistake_is_one_message_and_exit_code_2(bench, monkeypatch, words, said):
    monkeypatch.chdir(bench.folder)
    monkeypatch.setenv("TELLINGS_HOME", str(bench.home))
    told = tellings(*words)
    assert told.exit_code == 2
    assert said in told.output
    assert "Traceback" not in told.output


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError("x"), 2),
        (ChapterError("x", {}), 3),
        (RenderError("x"), 4),
        (BookError("x"), 1),
        (OSError("x"), 1),
        (ZeroDivisionError("x"), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_every_error_has_its_exit_code(monkeypatch, error, code):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(analysis.book, "build_book", fail)
    told = tellings("build")
    assert told.exit_code == code
    assert "Traceback" not in told.output
    if isinstance(error, ZeroDivisionError):
        assert "--debug" in told.output
        assert isinstance(tellings("build", "--debug").exception, ZeroDivisionError)


def test_build_passes_on_what_was_given_and_ends_with_path_pages_and_seconds(monkeypatch, tmp_path):
    def build(corpus, output, parameters, fresh, **more):
        given.update(corpus=corpus, output=output, parameters=parameters, fresh=fresh, **more)
        return SimpleNamespace(path=tmp_path / "index.html", pages=12, seconds=3.14, events={})

    given = {}
    monkeypatch.setattr(analysis.book, "build_book", build)
    monkeypatch.chdir(tmp_path)
    told = tellings("build", "mine", "-o", "out", "-p", "seed=7", "--title", "A strike", "--fresh", "-j", "1")
    assert told.output.splitlines()[-1] == "index.html: 12 pages in 3.1 seconds"
    assert (str(given["corpus"]), str(given["output"])) == ("mine", "out")
    assert given["parameters"] == {"seed": "7"}
    assert (given["fresh"], given["title"], given["jobs"]) == (True, "A strike", 1)


def test_parameters_can_be_listed(bench, monkeypatch):
    monkeypatch.setenv("TELLINGS_HOME", str(bench.home))
    told = tellings("build", "-p", "help").output
    assert "seed = 0: int from 0 to 1000; seed of every random draw" in told
    assert "scheme = 'policy': one of policy, news" in told


def test_new_writes_a_corpus_that_reads_without_a_problem(tmp_path):
    from analysis import load_corpus

    folder = tmp_path / "my event"
    told = tellings("new", folder)
    assert told.exit_code == 0
    corpus = load_corpus(folder)
    assert list(corpus.articles["outlet"]) == ["The Courier", "Evening Post"]
    assert corpus.codebook is not None
    assert not (corpus.problems["severity"] == "error").any()
    assert tellings("new", folder).exit_code == 2, "and never over something that is there"


def test_no_book_in_a_home_without_contents(tmp_path, monkeypatch):
    monkeypatch.setenv("TELLINGS_HOME", str(tmp_path))
    told = tellings("build")
    assert told.exit_code == 1
    assert "_config.yml and _toc.yml are needed" in told.output


@pytest.fixture
def running(tmp_path):
    book = tmp_path / "book"
    (book / "chapters").mkdir(parents=True)
    (book / "index.html").write_text("<h1>A book</h1>")
    (book / ".tellings.json").write_text("{}")
    (tmp_path / "secret.txt").write_text("secret")
    (book / "link.txt").symlink_to(tmp_path / "secret.txt")
    with server(book, 0) as served:
        thread = threading.Thread(target=served.serve_forever, daemon=True)
        thread.start()
        yield served
        served.shutdown()


def fetch(served, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{served.server_port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


def test_serve_shows_the_book_to_this_machine_only(running):
    assert running.server_address[0] == "127.0.0.1"
    assert fetch(running, "/") == (200, "<h1>A book</h1>")


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1, gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("br", False),
        ("", False),
    ],
)
@pytest.mark.parametrize("path", ["/", "/index.html"])
def test_serve_packs_text_for_those_who_take_it(running, path, accepted, packed):
    asked = urllib.request.Request(
        f"http://127.0.0.1:{running.server_port}{path}", headers={"Accept-Encoding": accepted}
    )
    with urllib.request.urlopen(asked, timeout=5) as answer:
        sent = answer.read()
        assert (answer.headers["Content-Encoding"] == "gzip") == packed
        assert answer.headers["Content-Type"].startswith("text/html")
        assert answer.headers["Cache-Control"] == "no-store"
        assert int(answer.headers["Content-Length"]) == len(sent)
    assert (gzip.decompress(sent) if packed else sent) == b"<h1>A book</h1>"


def test_serve_packs_no_picture_and_shows_nothing_hidden_packed(running, tmp_path):
    (tmp_path / "book" / "a.png").write_bytes(b"pixels")
    for path, status in (("/a.png", 200), ("/.tellings.json", 404), ("/link.txt", 404)):
        asked = urllib.request.Request(
            f"http://127.0.0.1:{running.server_port}{path}", headers={"Accept-Encoding": "gzip"}
        )
        try:
            with urllib.request.urlopen(asked, timeout=5) as answer:
                assert (answer.status, answer.headers["Content-Encoding"]) == (status, None)
        except urllib.error.HTTPError as error:
            assert error.code == status


@pytest.mark.parametrize(
    "path", ["/.tellings.json", "/chapters/", "/../secret.txt", "/%2e%2e/secret.txt", "/link.txt"]
)
def test_serve_shows_nothing_else(running, path):
    assert fetch(running, path)[0] == 404


def test_serve_takes_the_next_port_if_one_is_taken(running, tmp_path):
    with server(tmp_path / "book", running.server_port) as second:
        assert second.server_port > running.server_port


def test_the_notebooks_of_the_book_declare_what_can_be_checked():
    from analysis.book.home import find_home
    from analysis.book.parameters import declared_parameters

    declared = declared_parameters(find_home().chapters)
    assert declared
    for chapter, parameters in declared.items():
        assert "corpus" in parameters, chapter
        assert all(parameter.about for parameter in parameters.values()), chapter


def test_the_printed_book_is_one_document_whose_links_stay_inside(tmp_path):
    from bs4 import BeautifulSoup

    from analysis.book.pdf import one_document
    from analysis.book.publish import write_manifest

    (tmp_path / "chapters").mkdir()
    (tmp_path / "index.html").write_text(
        '<html><head></head><body><article><a href="chapters/who.html#a">who</a><a href="#a">here</a><i id="a"></i>'
        '<a href="https://example.org/">out</a></article><script>1</script></body></html>'
    )
    (tmp_path / "chapters" / "who.html").write_text(
        '<html><body><nav>menu</nav><article><i id="a"></i><img src="../_images/x.svg"><a href="../index.html">up</a>'
        "<details><summary>More</summary>inside</details></article></body></html>"
    )
    write_manifest(tmp_path, "key", ["index", "chapters/who"])
    whole = BeautifulSoup(one_document(tmp_path), "html.parser")
    identifiers = [element["id"] for element in whole.find_all(id=True)]
    assert len(identifiers) == len(set(identifiers)) == 4
    inside = [link["href"][1:] for link in whole.find_all("a") if link["href"].startswith("#")]
    assert len(inside) == 3
    assert set(inside) <= set(identifiers)
    assert whole.img["src"] == "_images/x.svg"
    assert whole.details.has_attr("open")
    assert "menu" not in whole.text
    assert whole.script is None


def test_json_of_a_notebook_without_parameters_is_fine():
    from analysis.book.parameters import read_parameters

    assert read_parameters(json.loads(json.dumps(notebook(cell("1")))), "x") == {}
