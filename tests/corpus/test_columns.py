"""Which column of a user's table is which of ours."""

import json

import pandas as pd
import pytest

from analysis import CorpusError, load_corpus
from analysis.corpus.columns import match_columns, with_text

LONG = "The harbour workers walked out on Monday, and no ship was loaded in the port all day long."
ROWS = {
    "Nr": ["1", "2"],
    "Zeitung": ["Post", "Mail"],
    "Tag": ["03.04.2024", "04.04.2024"],
    "Volltext": [LONG, f"{LONG} {LONG}"],
}


def write(folder, kind):
    frame = pd.DataFrame(ROWS)
    path = folder / f"export.{kind}"
    if kind == "csv":
        frame.to_csv(path, index=False, sep=";", encoding="utf-8")
    elif kind == "jsonl":
        path.write_text("\n".join(json.dumps(row) for row in frame.to_dict("records")), encoding="utf-8")
    elif kind == "json":
        path.write_text(json.dumps(frame.to_dict("records")), encoding="utf-8")
    elif kind == "parquet":
        frame.to_parquet(path, index=False)
    else:
        pytest.importorskip("openpyxl")
        with pd.ExcelWriter(path) as book:
            pd.DataFrame([["Export of the archive"]]).to_excel(book, index=False, header=False)
            frame.to_excel(book, index=False, startrow=2)
    return path


@pytest.mark.parametrize("kind", ["csv", "jsonl", "json", "parquet", "xlsx"])
def test_columns_are_what_corpus_yml_says(tmp_path, kind):
    write(tmp_path, kind)
    (tmp_path / "corpus.yml").write_text(
        'columns: {id: Nr, text: Volltext, outlet: Zeitung, date: Tag}\ndate_format: "%d.%m.%Y"\n'
    )
    articles = load_corpus(tmp_path).articles
    assert articles["article_id"].tolist() == ["1", "2"]
    assert articles["outlet"].tolist() == ["Post", "Mail"]
    assert articles["date"].tolist() == ["2024-04-03", "2024-04-04"]
    assert articles["body"].iloc[0] == LONG


@pytest.mark.parametrize("kind", ["csv", "jsonl", "json", "parquet"])
def test_the_longest_column_is_taken_for_the_text_and_said(tmp_path, kind):
    corpus = load_corpus(write(tmp_path, kind))
    assert corpus.articles["body"].iloc[0] == LONG
    (said,) = corpus.problems[corpus.problems["code"] == "guessed_column"]["message"]
    assert "'Volltext' taken for the text" in said
    assert "'Zeitung'" in said
    assert "columns:" in said


def test_no_guess_where_two_columns_could_be_the_text():
    rows = [["a", LONG, LONG + LONG], ["b", LONG, LONG + LONG]]
    with pytest.raises(
        CorpusError, match=r"has no column with the text; it has id, lead, rest.*columns: \{text: NAME"
    ):
        with_text({"article_id": 0}, ["id", "lead", "rest"], rows, "x.csv")
    with pytest.raises(CorpusError, match="no column with the text"):
        with_text({}, ["a", "b"], [["short", ""], ["short", ""]], "x.csv")


def test_a_declared_column_that_is_not_there_is_named_with_the_nearest():
    with pytest.raises(
        CorpusError, match=r"no column 'Voltext', which corpus.yml names for 'body'.*'Volltext'"
    ):
        match_columns(["Nr", "Volltext"], ["body"], "x.csv", {"body": "Voltext"})


@pytest.mark.parametrize(
    ("yml", "said"),
    [("columns: [a]", "must be names with names"), ("columns: {texte: a}", "Did you mean 'text'"), ("columns: {text: [a]}", "must be text")],
)  # fmt: skip
def test_mistakes_in_the_declaration_are_named(tmp_path, yml, said):
    write(tmp_path, "csv")
    (tmp_path / "corpus.yml").write_text(yml)
    with pytest.raises(CorpusError, match=said):
        load_corpus(tmp_path)


def test_an_outlet_as_news_services_give_it(tmp_path):
    articles = [
        {"content": LONG, "source": {"id": None, "name": "Post"}, "publishedAt": "2024-04-03T08:00:00Z"}
    ]
    (tmp_path / "answer.json").write_text(json.dumps({"status": "ok", "articles": articles}))
    (row,) = load_corpus(tmp_path / "answer.json").articles.to_dict("records")
    assert (row["outlet"], row["date"]) == ("Post", "2024-04-03")


def test_a_file_of_addresses_says_that_nothing_is_fetched(tmp_path):
    (tmp_path / "urls.txt").write_text("https://example.org/a\nhttps://example.org/b\n")
    with pytest.raises(
        CorpusError, match=r"addresses of pages only, and no page is fetched\. Save the pages"
    ):
        load_corpus(tmp_path / "urls.txt")
    (tmp_path / "post.txt").write_text(LONG)
    corpus = load_corpus(tmp_path)
    assert len(corpus.articles) == 1
    assert "addresses_only" in set(corpus.problems["code"])


def test_a_folder_of_files_that_are_not_read_says_why(tmp_path):
    (tmp_path / "a.doc").write_bytes(b"old")
    with pytest.raises(CorpusError, match=r"a\.doc: \.doc files are not read; save it as \.docx\."):
        load_corpus(tmp_path)
