"""Bad and malicious corpora: each is read safely or refused with a message that says what, where and how to mend it."""

import io
import json
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.corpus import CorpusError, Limits, articles_from_texts, check_corpus, load_corpus

TEXT = "The harbour board voted on Monday to rebuild the old pier after two winters of storm damage.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "corpus"
    inside.mkdir()
    (inside / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "secret.txt").write_text(
        "The secret stands outside the corpus and must not be read.", encoding="utf-8"
    )
    return inside


def problems(path: Path) -> dict[str, str]:
    corpus = load_corpus(path)
    assert not corpus.articles["body"].str.contains("secret").any()
    return dict(zip(corpus.problems["code"], corpus.problems["message"], strict=True))


# what is not there


@pytest.mark.parametrize("name", ["nowhere", "corpu", "corpus/b.txt", "a\x00b", "x" * 5000])
def test_paths_that_lead_nowhere(folder, name):
    with pytest.raises(CorpusError, match="no such folder or file"):
        load_corpus(folder.parent / name)


def test_near_names_are_offered(folder):
    with pytest.raises(CorpusError, match="Did you mean 'corpus'"):
        load_corpus(folder.parent / "corpsu")


@pytest.mark.parametrize(
    "content", [b"", b" \n\r\n\t", b"\xef\xbb\xbf", b"\x00\x00", "\u200b\ufeff".encode()]
)
def test_a_file_without_text(tmp_path, content):
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(CorpusError, match=r"a\.txt: there is no text"):
        load_corpus(tmp_path)


def test_an_empty_folder_is_a_named_error(tmp_path):
    with pytest.raises(CorpusError, match="holds no article"):
        load_corpus(tmp_path)
    assert check_corpus(tmp_path).exit_code == 2


# links, devices, permissions


def test_links_out_of_the_corpus_are_refused(folder):
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "folder").symlink_to(folder.parent, target_is_directory=True)
    corpus = load_corpus(folder)
    assert list(corpus.articles["article_id"]) == ["a"]
    said = list(corpus.problems.query("code == 'outside'")["message"])
    assert len(said) == 2
    assert all("leads out of the corpus" in message for message in said)


def test_links_out_are_refused_when_listed(folder):
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "corpus.yml").write_text("articles:\n  - {file: link.txt}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"link\.txt"):
        load_corpus(folder)


@pytest.mark.parametrize("name", ["corpus.yml", "metadata.csv"])
def test_descriptions_are_not_read_through_links(folder, name):
    (folder.parent / "other").write_text("title: secret\n", encoding="utf-8")
    (folder / name).symlink_to(folder.parent / "other")
    assert load_corpus(folder).title is None


def test_loops_and_dead_links(folder):
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "dead.txt").symlink_to(folder / "gone.txt")
    corpus = load_corpus(folder)
    assert list(corpus.articles["article_id"]) == ["a"]
    assert sorted(corpus.problems["code"])[:2] == ["bad_link", "bad_link"]


def test_a_link_that_is_named_itself_is_read(folder):
    (folder / "link.csv").symlink_to(folder.parent / "table.csv")
    (folder.parent / "table.csv").write_text(f'text\n"{TEXT}"\n', encoding="utf-8")
    assert len(load_corpus(folder / "link.csv").articles) == 1


def test_links_inside_the_corpus_are_read(folder):
    (folder / "b.txt").symlink_to(folder / "a.txt")
    corpus = load_corpus(folder)
    assert list(corpus.articles["article_id"]) == ["a", "b"]
    assert "same_text" in set(corpus.problems["code"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_does_not_hang(folder):
    os.mkfifo(folder / "pipe.txt")
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(problems(folder)), daemon=True)
    thread.start()
    thread.join(timeout=20)
    assert found
    assert "not_a_file" in found[0]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files_are_reported(folder):
    (folder / "b.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.txt").chmod(0)
    assert "cannot be read" in problems(folder)["unreadable"]


def test_files_that_cannot_be_opened_are_reported(folder, monkeypatch):
    (folder / "b.txt").write_text(TEXT + TEXT, encoding="utf-8")
    real = os.open

    def fail(path, *args, **kwargs):
        if str(path).endswith("b.txt"):
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", fail)
    assert problems(folder)["unreadable"].startswith("b.txt: cannot be read (Permission denied).")


# sizes


def test_files_above_the_limit_are_left_out_and_said(folder):
    (folder / "b.txt").write_text(TEXT * 100, encoding="utf-8")
    corpus = load_corpus(folder, limits=Limits(file_bytes=1000))
    assert list(corpus.articles["article_id"]) == ["a"]
    assert "more than the limit of 1,000" in corpus.problems.query("code == 'too_large'")["message"].iloc[0]


def test_too_many_files(folder):
    for i in range(5):
        (folder / f"{i}.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(CorpusError, match="more than 3 files"):
        load_corpus(folder, limits=Limits(entries=3))


ENDLESS = [
    "a", "word ", " ", "\t", "?", "“", '"', "(", "a,", "A, ", "Photo: ", "&amp;", "\u0301", "Ã©", "©", "1 ", ". ", "-", "|", "\n", "By A ", "п", "aа",
]  # fmt: skip


def test_one_endless_line_ends():
    """A step that is quadratic in the length of a line would take hours here and is stopped."""
    script = (
        "import sys, json\n"
        "from analysis.corpus.furniture import clean_text\n"
        "from analysis.corpus.repair import repair\n"
        "for unit in json.load(sys.stdin):\n"
        "    clean_text(repair(unit * (500_000 // len(unit)))[0])\n"
        "    print(json.dumps(unit), flush=True)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps(ENDLESS),
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    )
    assert [json.loads(line) for line in done.stdout.splitlines()] == ENDLESS


def test_ten_million_characters_in_one_line(tmp_path):
    (tmp_path / "a.txt").write_text("The board voted for the pier. " * 340_000, encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert len(corpus.articles["body"].iloc[0]) == 10_200_000


# archives


def archive(path: Path, *members: tuple[str, bytes], links: tuple[str, ...] = ()) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if name in links:
                info.external_attr = 0o120777 << 16
            file.writestr(info, data)
    return path


def test_names_that_lead_out_of_an_archive(tmp_path):
    path = archive(
        tmp_path / "c.zip",
        ("a.txt", TEXT.encode()), ("../b.txt", b"x"), ("/etc/c.txt", b"x"), ("C:\\d.txt", b"x"), ("link.txt", b"/etc/hostname"),
        links=("link.txt",),
    )  # fmt: skip
    corpus = load_corpus(path)
    assert list(corpus.articles["article_id"]) == ["a"]
    assert (corpus.problems["code"] == "outside").sum() == 4
    assert sorted(p.name for p in tmp_path.iterdir()) == ["c.zip"]  # nothing is unpacked to disk


def test_zip_bombs(tmp_path):
    with pytest.raises(CorpusError, match="zip bomb"):
        load_corpus(archive(tmp_path / "a.zip", ("a.txt", b"\0" * 5_000_000)))
    path = archive(tmp_path / "b.zip", *((f"{i}.txt", os.urandom(2000)) for i in range(10)))
    with pytest.raises(CorpusError, match="unpacks to more than"):
        load_corpus(path, limits=Limits(archive_bytes=10_000))


def test_an_archive_that_lies_about_its_sizes(tmp_path):
    path = archive(tmp_path / "c.zip", ("a.txt", b"The pier. " * 10_000))
    data = bytearray(path.read_bytes())
    true = len(b"The pier. " * 10_000).to_bytes(4, "little")
    data = data.replace(true, (50).to_bytes(4, "little"))
    path.write_bytes(data)
    with pytest.raises(CorpusError, match=r"larger than the archive says|cannot be unpacked"):
        load_corpus(path)


def test_archives_in_archives_are_not_opened(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("x.txt", TEXT)
    path = archive(tmp_path / "c.zip", ("a.txt", TEXT.encode()), ("b.zip", inner.getvalue()))
    assert "not opened" in problems(path)["archive_inside"]


def test_damaged_archives(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(CorpusError, match="cannot be opened as a zip archive"):
        load_corpus(tmp_path / "a.zip")


# documents


def office(path: Path, part: str, data: bytes) -> Path:
    return archive(path, ("[Content_Types].xml", b"<Types/>"), (part, data))


def test_entities_in_office_files_are_refused(tmp_path):
    pytest.importorskip("docx")
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    with pytest.raises(CorpusError, match="XML entities"):
        load_corpus(office(tmp_path / "a.docx", "word/document.xml", bomb))
    with pytest.raises(CorpusError, match="XML entities"):
        load_corpus(office(tmp_path / "a.xlsx", "xl/workbook.xml", bomb))


def test_office_files_that_are_bombs_or_no_office_files(tmp_path):
    pytest.importorskip("docx")
    with pytest.raises(CorpusError, match="refused"):
        load_corpus(office(tmp_path / "a.docx", "word/document.xml", b"<a>" * 10_000_000))
    for name in ("b.docx", "b.xlsx", "b.pdf", "b.rtf", "b.parquet", "b.warc"):
        (tmp_path / name).write_bytes(b"no such thing" * 10)
        with pytest.raises(CorpusError) as error:
            load_corpus(tmp_path / name)
        assert name in str(error.value)


def test_entities_in_web_pages_are_not_expanded(tmp_path):
    pytest.importorskip("trafilatura")
    page = f'<!DOCTYPE html [<!ENTITY s SYSTEM "file:///etc/hostname">]><html><body><article><p>{TEXT * 5}</p><p>&s;</p></article></body></html>'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    body = load_corpus(tmp_path / "a.html").articles["body"].iloc[0]
    hostname = Path("/etc/hostname")
    assert not hostname.exists() or hostname.read_text(encoding="utf-8").strip() not in body


DEEP = {
    "a.html": "<html><body>" + "<div>" * 100_000 + TEXT,
    "b.html": "<table>" * 20_000,
    "c.md": "[" * 100_000 + "**" * 100_000,
    "d.json": '{"text":' * 50_000,
    "e.jsonl": "[" * 100_000,
    "f.rtf": "{\\rtf1 " + "{" * 100_000 + "x}",
}


@pytest.mark.parametrize("name", DEEP)
def test_deep_nesting_is_read_or_refused(tmp_path, name):
    (tmp_path / name).write_text(DEEP[name], encoding="utf-8")
    report = check_corpus(tmp_path / name)
    assert report.exit_code in (0, 1, 2)
    assert bool(report.error) == (report.exit_code == 2 and not report.found)


# text that wants to be code stays text

INJECTIONS = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }} was written on the pier by night, the board said.",
    "{include} /etc/passwd\n```{eval} 1+1\n```\nThe board voted for the pier on Monday evening.",
    "<script>alert(1)</script> The board voted for the pier on Monday evening after the meeting.",
    "$\\input{/etc/passwd}$ The board voted for the pier on Monday evening after the meeting.",
    "=HYPERLINK(\"http://example.org\") The board voted for the pier on Monday evening.",
]  # fmt: skip


@pytest.mark.parametrize("text", INJECTIONS)
def test_injections_come_through_unchanged(tmp_path, text):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert corpus.articles["body"].iloc[0] == text


def test_names_of_files_cannot_drive_a_terminal(tmp_path):
    (tmp_path / "a\x1b[2J\n.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b\x1b.jpg").write_bytes(b"x")
    report = check_corpus(tmp_path)
    assert "\x1b" not in report.to_text()
    assert report.exit_code == 1


def test_names_and_values_that_are_no_unicode_can_be_stored(tmp_path):
    if sys.platform != "linux":
        pytest.skip("file names are bytes on Linux only")
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(TEXT, encoding="utf-8")
    half = "\\ud800"
    row = f'{{"id": "i{half}", "text": "{TEXT.strip()}", "outlet": "o{half}", "title": "t{half}", "more{half}": "m{half}"}}'
    (tmp_path / "t.jsonl").write_text(row, encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert len(corpus.articles) == 2
    for table in (corpus.articles, corpus.furniture, corpus.problems):
        table.to_parquet(io.BytesIO())
    for article_id in corpus.articles["article_id"]:
        assert corpus.source_text(article_id)
    check_corpus(tmp_path).to_json().encode("utf-8")
    check_corpus(tmp_path).to_text().encode("utf-8")


# anything at all

TEXTS = st.text(max_size=80)


@given(st.dictionaries(TEXTS, TEXTS, max_size=4), TEXTS)
@settings(max_examples=60, deadline=None)
def test_any_strings_make_articles(texts, name):
    plain = articles_from_texts(texts, outlet=dict.fromkeys(texts, name))
    assert list(plain["body"]) == list(texts.values())
    cleaned = articles_from_texts(texts, outlet=dict.fromkeys(texts, name), clean=True)
    assert list(cleaned["article_id"]) == list(texts)


@given(data=st.one_of(st.binary(max_size=120), TEXTS.map(lambda t: t.encode("utf-8", "surrogatepass"))), suffix=st.sampled_from([".txt", ".md", ".csv", ".tsv", ".jsonl", ".json"]))  # fmt: skip
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(tmp_path, data, suffix):
    path = tmp_path / f"x{suffix}"
    path.write_bytes(data)
    try:
        corpus = load_corpus(path)
    except CorpusError as error:
        assert str(error)
        return
    corpus.articles.to_parquet(io.BytesIO())
    for article in corpus.articles.itertuples():
        start, end = corpus.to_source(article.article_id, 0, len(article.body))
        assert 0 <= start <= end <= len(corpus.source_text(article.article_id))


@given(data=st.one_of(st.binary(max_size=80), st.text(alphabet="articles:\n -{}[]'\"&*!|>file,outlet#%@`\t?~0", max_size=80).map(str.encode)), name=st.sampled_from(["corpus.yml", "metadata.csv"]))  # fmt: skip
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_description_is_read_or_refused(tmp_path, data, name):
    for other in ("corpus.yml", "metadata.csv"):
        (tmp_path / other).unlink(missing_ok=True)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / name).write_bytes(data)
    try:
        load_corpus(tmp_path)
    except CorpusError as error:
        assert str(error)
