"""One article told in every format that is read; files are made here."""

import gzip
import io
import json
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from analysis.corpus import CorpusError, load_corpus

P1 = "The harbour board voted on Monday to rebuild the old pier after two winters of storm damage."
P2 = "Work starts in May, and it will cost “four million” crowns, half of it from the regional fund."
TEXT = f"{P1}\n\n{P2}"


def table(path: Path):
    return load_corpus(path).articles


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_delimited(tmp_path, delimiter, newline):
    cells = [["id", "text", "publisher", "headline", "published", "desk"], ["007", TEXT.replace("“", '"').replace("”", '"'), "NA", "null", "2031-03-03", "=1+1"], ["x y", P2, "", "", "", "null"]]  # fmt: skip
    lines = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells]
    path = tmp_path / ("t.tsv" if delimiter == "\t" else "t.csv")
    path.write_bytes(newline.join([*lines, "", ""]).encode("utf-8-sig"))
    corpus = load_corpus(path)
    articles = corpus.articles
    assert list(articles["article_id"]) == ["007", "x y"]
    assert articles["outlet"].iloc[0] == "NA"
    assert articles["title"].iloc[0] == "null"
    assert articles["date"].iloc[0] == "2031-03-03"
    assert list(articles["desk"]) == ["=1+1", "null"]
    assert articles["body"].iloc[0] == TEXT.replace("“", '"').replace("”", '"')
    # the way back leads into the file itself, past doubled quotes
    source = corpus.source_text("007")
    assert source == path.read_bytes().decode("utf-8-sig")
    body = articles["body"].iloc[0]
    start, end = corpus.to_source("007", body.index('"four'), len(body))
    assert source[start:end].startswith('""four million""')
    assert source[start:end].endswith("regional fund.")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("id,text\n", "header and no rows"),
        ("id,title\n1,x\n", "no column with the text; it has id, title"),
        ("id,text,text\n1,x,y\n", "stands twice (columns 2 and 3)"),
        ("id,text\n1,a,b\n", "row 2: has 3 cells where the header has 2; there is something after column 'text'"),
        ("id,text\n1,ok\n2\n", "row 3: has 1 cells"),
        ('id,text\n1,"a"b\n', "row 2, column 2: 'b' stands after a closing quote"),
        ('id,text\n1,"a\n', "row 2, column 2: a double quote is opened and never closed"),
        ("id,text\n1,x\n1,y\n", "the id '1' stands twice: t.csv, row 2 and t.csv, row 3"),
        ("id,text\n1,\n", "there is no text"),
    ],
)  # fmt: skip
def test_mistakes_in_tables_name_row_and_column(tmp_path, content, said):
    path = tmp_path / "t.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError) as error:
        load_corpus(path)
    assert said in str(error.value)


def test_empty_rows_are_reported_not_dropped_in_silence(tmp_path):
    (tmp_path / "t.csv").write_text(f'text,outlet\n"{P1}",A\n,B\n', encoding="utf-8")
    corpus = load_corpus(tmp_path / "t.csv")
    assert list(corpus.articles["article_id"]) == ["2"]
    assert "t.csv, row 3: there is no text; left out." in set(corpus.problems["message"])


def test_jsonl(tmp_path):
    rows = [{"meta": {"text": "no"}, "id": 7, "text": TEXT + ' \\ "x" é 🙂', "source": "NA", "n": 1.5}, {"id": "b", "text": P2, "source": None}]  # fmt: skip
    path = tmp_path / "t.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    corpus = load_corpus(path)
    assert list(corpus.articles["article_id"]) == ["7", "b"]
    assert corpus.articles["outlet"].iloc[0] == "NA"
    body = corpus.articles["body"].iloc[0]
    assert body == rows[0]["text"]
    source = corpus.source_text("7")
    assert source == path.read_text(encoding="utf-8")
    for piece in ("“four", "🙂", '"x"', "é"):
        at = body.index(piece)
        start, end = corpus.to_source("7", at, at + len(piece))
        assert json.loads(f'"{source[start:end]}"') == piece


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"text": "a"}\n\n{"text": \n', "t.jsonl, line 3"),
        ('{"text": "a"}\n[1]\n', "t.jsonl, line 2: must be an object"),
        ("", "is empty"),
        ('{"title": "a"}', "no field with the text; it has title"),
        ("[" * 100_000, "t.jsonl, line 1"),
    ],
)
def test_mistakes_in_jsonl_name_the_line(tmp_path, content, said):
    path = tmp_path / "t.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError) as error:
        load_corpus(path)
    assert said in str(error.value)


def test_lone_surrogates_in_jsonl_can_be_written(tmp_path):
    (tmp_path / "t.jsonl").write_text('{"text": "The board met \\ud800 on Monday."}', encoding="utf-8")
    corpus = load_corpus(tmp_path / "t.jsonl")
    assert corpus.articles["body"].iloc[0] == "The board met \ufffd on Monday."
    corpus.articles.to_parquet(io.BytesIO())


def test_parquet(tmp_path):
    frame = pd.DataFrame({"id": [1, 2], "text": [TEXT, None], "outlet": ["A", "B"], "score": [0.5, 1.0]})
    frame.to_parquet(tmp_path / "t.parquet")
    corpus = load_corpus(tmp_path / "t.parquet")
    assert list(corpus.articles["article_id"]) == ["1"]
    assert corpus.articles["body"].iloc[0] == TEXT
    assert "empty_text" in set(corpus.problems["code"])
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(CorpusError, match="no Parquet file"):
        load_corpus(tmp_path / "bad.parquet")


def test_markdown_with_front_matter(tmp_path):
    text = f"---\ntitle: 'The pier'\nsource: 007\ndate: 2031-03-03\nurl: https://example.org\n---\n\n# The pier\n\n**{P1}** See [the plan](https://example.org/p).\n\n> {P2}\n"  # fmt: skip
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    corpus = load_corpus(tmp_path / "a.md")
    article = corpus.articles.iloc[0]
    assert (article["title"], article["outlet"], article["date"]) == ("The pier", "007", "2031-03-03")
    assert article["body"].strip() == f"{P1} See the plan.\n\n{P2}"
    assert article["url"] == "https://example.org"
    at = article["body"].index("the plan")
    start, end = corpus.to_source("a", at, at + 8)
    assert corpus.source_text("a")[start:end] == "the plan"


def test_zip_of_a_folder(tmp_path):
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("sub/b.txt", P2)
        archive.writestr("__MACOSX/a.txt", "x")
        archive.writestr("metadata.csv", "file,outlet\na.txt,Courier\nsub/b.txt,Post\n")
    corpus = load_corpus(tmp_path / "c.zip")
    assert list(corpus.articles["article_id"]) == ["a", "sub/b"]
    assert list(corpus.articles["outlet"]) == ["Courier", "Post"]
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.writestr("corpus/a.txt", TEXT)
        archive.writestr("corpus/corpus.yml", "articles: [{file: a.txt, outlet: Courier}]")
    assert list(table(tmp_path / "d.zip")["source"]) == ["a.txt"]


def test_html(tmp_path):
    pytest.importorskip("trafilatura")
    more = " ".join([P1, P2] * 3)
    page = f"""<html><head><title>Pier vote</title><meta property="og:site_name" content="Quay Courier">
    <meta property="article:published_time" content="2021-03-03T10:00:00Z"><script>alert('no')</script></head>
    <body><nav><a href="/">Home</a></nav><article><h1>Pier vote</h1><p>{P1}</p><p>{more}</p><p>ADVERTISEMENT</p><p>{P2}</p></article>
    <footer>© 2031</footer></body></html>"""
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    corpus = load_corpus(tmp_path / "a.html")
    article = corpus.articles.iloc[0]
    assert article["outlet"] == "Quay Courier"
    assert article["date"] == "2021-03-03"
    assert P1 in article["body"]
    assert "alert" not in article["body"]
    assert "ADVERTISEMENT" not in article["body"]
    assert "guessed_outlet" in set(corpus.problems["code"])
    (tmp_path / "b.html").write_text("<html><body></body></html>", encoding="utf-8")
    with pytest.raises(CorpusError, match="no article text"):
        load_corpus(tmp_path / "b.html")


def test_warc(tmp_path):
    pytest.importorskip("trafilatura")
    pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    more = " ".join([P1, P2] * 3)
    with (tmp_path / "a.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for kind, content in (("text/html", f"<html><body><article><h1>Pier</h1><p>{more}</p><p>{P1}</p></article></body></html>"), ("image/png", "x")):  # fmt: skip
            headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.0")
            record = writer.create_warc_record(
                "http://news.example.org/pier",
                "response",
                payload=io.BytesIO(content.encode()),
                http_headers=headers,
            )
            writer.write_record(record)
    articles = table(tmp_path / "a.warc.gz")
    assert len(articles) == 1
    assert "news.example.org" in articles["url"].iloc[0]
    (tmp_path / "b.warc.gz").write_bytes(gzip.compress(b"not a record"))
    with pytest.raises(CorpusError):
        load_corpus(tmp_path / "b.warc.gz")


def nexis(*bodies: str) -> list[str]:
    lines: list[str] = []
    for number, body in enumerate(bodies, start=1):
        lines += [f"Pier vote {number}", "Quay Courier", "March 3, 2031 Monday", "Copyright 2031 Quay", "Section: NEWS", "Length: 40 words", "Body", body, "Load-Date: March 4, 2031", "End of Document"]  # fmt: skip
    return lines


def test_docx_and_nexis_export(tmp_path):
    docx = pytest.importorskip("docx")
    one = docx.Document()
    for line in (P1, P2):
        one.add_paragraph(line)
    one.save(str(tmp_path / "one.docx"))
    assert table(tmp_path / "one.docx")["body"].iloc[0] == f"{P1}\n{P2}"
    many = docx.Document()
    for line in ["User Name: Nils Holm", "Documents (2)", "1. Pier vote 1", "2. Pier vote 2", *nexis(P1, P2)]:
        many.add_paragraph(line)
    many.save(str(tmp_path / "many.docx"))
    articles = table(tmp_path / "many.docx")
    assert list(articles["title"]) == ["Pier vote 1", "Pier vote 2"]
    assert list(articles["outlet"]) == ["Quay Courier"] * 2
    assert list(articles["date"]) == ["2031-03-03"] * 2
    assert list(articles["body"]) == [P1, P2]


def test_rtf(tmp_path):
    pytest.importorskip("striprtf")
    body = (
        "\\par\n".join(nexis(P1, P1.replace("Monday", "Friday"))).replace("“", "\\'93").replace("”", "\\'94")
    )
    (tmp_path / "a.rtf").write_text("{\\rtf1\\ansi\\ansicpg1252 " + body + "}", encoding="latin-1")
    articles = table(tmp_path / "a.rtf")
    assert [words(b)[:5] for b in articles["body"]] == [words(P1)[:5]] * 2
    (tmp_path / "b.rtf").write_text("no rtf at all", encoding="utf-8")
    with pytest.raises(CorpusError, match="no RTF file"):
        load_corpus(tmp_path / "b.rtf")


def test_xlsx(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["notes"])
    sheet = book.create_sheet("articles")
    for row in (
        ["id", "text", "outlet", "date"],
        [1, TEXT, "NA", pd.Timestamp("2031-03-03").to_pydatetime()],
        [2, P2, "007", None],
    ):
        sheet.append(row)
    book.save(tmp_path / "t.xlsx")
    articles = table(tmp_path / "t.xlsx")
    assert list(articles["article_id"]) == ["1", "2"]
    assert list(articles["outlet"]) == ["NA", "007"]
    assert articles["date"].iloc[0] == "2031-03-03"


def pdf(lines: list[str]) -> bytes:
    """The smallest PDF with a text layer."""
    content = "BT /F1 10 Tf 50 780 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    table_at = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(
        f"{place:010} 00000 n \n" for place in places
    )
    return (
        out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table_at}\n%%EOF"
    ).encode()


def test_pdf(tmp_path):
    pytest.importorskip("pypdf")
    lines = [
        "The harbour board voted on Monday to re-",
        "build the old pier after two winters of storm,",
        "and work starts in May.",
    ]
    (tmp_path / "a.pdf").write_bytes(pdf(lines))
    body = table(tmp_path / "a.pdf")["body"].iloc[0]
    assert words(body) == words(
        "The harbour board voted on Monday to rebuild the old pier after two winters of storm, and work starts in May."
    )
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    with pytest.raises(CorpusError, match="no PDF that can be read"):
        load_corpus(tmp_path / "b.pdf")
    (tmp_path / "c.pdf").write_bytes(pdf([]))
    with pytest.raises(CorpusError, match="no text layer"):
        load_corpus(tmp_path / "c.pdf")


@pytest.mark.parametrize(("name", "package"), [("a.pdf", "pypdf"), ("a.docx", "docx"), ("a.html", "trafilatura"), ("a.rtf", "striprtf.striprtf"), ("a.xlsx", "openpyxl"), ("a.warc", "warcio.archiveiterator")])  # fmt: skip
def test_missing_package_is_one_line_with_the_command(tmp_path, monkeypatch, name, package):
    monkeypatch.setitem(sys.modules, package, None)
    (tmp_path / name).write_bytes(b"{\\rtf1 x}" if name == "a.rtf" else b"x")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert list(corpus.articles["article_id"]) == ["b"]
    said = corpus.problems.query("code == 'missing_package'")["message"].iloc[0]
    assert "pip install 'five-tellings[formats]'" in said
    assert "\n" not in said


def test_formats_that_are_not_read_are_named(tmp_path):
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "old.doc").write_bytes(b"x")
    corpus = load_corpus(tmp_path)
    assert any("save it as .docx" in message for message in corpus.problems["message"])
