"""Folders, tables and single files, with what is declared about them."""

import json
import shutil
from pathlib import Path

import pytest

from analysis.corpus import Corpus, CorpusError, articles_from_texts, clean_articles, load_corpus

A = "OSLO (Reuters) - The harbour board voted on Monday to rebuild the old pier after the storm.\n\nWork starts in May and will cost four million crowns.\n"
B = "Board votes for pier\n\nThe board has voted for the pier, the mayor said on Monday evening after the meeting.\n\n© 2031 Quay Courier\n"
SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(A, encoding="utf-8")
    (tmp_path / "b.txt").write_text(B, encoding="utf-8")
    return tmp_path


def codes(corpus: Corpus) -> set[str]:
    return set(corpus.problems["code"])


def row(corpus: Corpus, article_id: str) -> dict[str, object]:
    return corpus.articles.set_index("article_id").loc[article_id].to_dict()


def test_bare_folder_takes_file_names_for_outlets(folder):
    corpus = load_corpus(folder)
    assert list(corpus.articles["article_id"]) == ["a", "b"]
    assert list(corpus.articles["outlet"]) == ["a", "b"]
    assert list(corpus.articles["source"]) == ["a.txt", "b.txt"]
    assert row(corpus, "b")["title"] == "Board votes for pier"
    assert {"guessed_outlet", "guessed_title", "guessed_language"} <= codes(corpus)
    assert row(corpus, "a")["body"].startswith("The harbour board")


def test_one_file(folder):
    corpus = load_corpus(folder / "a.txt")
    assert list(corpus.articles["article_id"]) == ["a"]


def test_the_way_back(folder):
    (folder / "c.txt").write_bytes(
        B.replace("\n", "\r\n").replace("mayor", "mayorâ€™s man").encode("utf-8-sig")
    )
    corpus = load_corpus(folder)
    for article in corpus.articles.itertuples():
        source = corpus.source_text(article.article_id)
        assert source == (folder / article.source).read_bytes().decode("utf-8-sig")
        at = article.body.index("board")
        start, end = corpus.to_source(article.article_id, at, at + 5)
        assert source[start:end] == "board"
    for piece in corpus.furniture.itertuples():
        assert corpus.source_text(piece.article_id)[piece.start : piece.end] == piece.text


def test_offsets_outside_the_body_are_refused(folder):
    corpus = load_corpus(folder)
    with pytest.raises(CorpusError, match="outside the body"):
        corpus.to_source("a", 0, 100_000)
    with pytest.raises(CorpusError, match=r"no article 'aa'.*Did you mean 'a'"):
        corpus.to_source("aa", 0, 1)


def test_corpus_yml(folder):
    (folder / "corpus.yml").write_text(
        """
title: The pier
event: pier-2031
articles:
  - {file: b.txt, outlet: "007", date: 2031-03-03, language: en-GB}
  - file: a.txt
    outlet: null
    title: "NA"
    date: 03/04/2031
    evidence: {outlet: {quote: "Reuters", at: 6}, title: {quote: not there}}
""",
        encoding="utf-8",
    )
    corpus = load_corpus(folder)
    assert corpus.title == "The pier"
    assert list(corpus.articles["article_id"]) == ["b", "a"]
    assert row(corpus, "b") | {"body": ""} == {
        "outlet": "007", "title": "Board votes for pier", "date": "2031-03-03", "language": "en",
        "body": "", "source": "b.txt", "event": "pier-2031",
    }  # fmt: skip
    assert row(corpus, "a")["title"] == "NA"
    assert {"ambiguous_date", "evidence"} <= codes(corpus)
    evidence = corpus.problems.query("code == 'evidence'")["message"]
    assert list(evidence) == ["the evidence for 'title' ('not there') does not stand in the text."]


@pytest.mark.parametrize(
    ("yml", "said"),
    [
        ("titel: x", "unknown key 'titel'. Did you mean 'title'?"),
        ("articles:\n  - {file: a.txt, oulet: x}", "article 1: unknown key 'oulet'. Did you mean 'outlet'?"),
        ("articles:\n  - {file: aa.txt}", "Did you mean 'a.txt'?"),
        ("articles:\n  - {file: a.txt}\n  - {file: a.txt}", "listed twice"),
        ("articles:\n  - {outlet: x}", "has no 'file'"),
        ("articles: a.txt", "must be a list"),
        ("title: [a, b]", "'title' must be text, found a list"),
        ("title: a\ntitle: b", "line 2, column 1: the key 'title' stands twice"),
        ("title: a: b", "line 1"),
        ("title: 'open", "corpus.yml, line"),
        ("- a\n- b", "found a list"),
        ("language: English language", "ISO 639-1"),
        ("clean: perhaps", "true or false"),
        ("articles:\n  - {file: ../outside.txt}", "not a path inside the corpus"),
        ("articles:\n  - {file: /etc/hostname}", "not a path inside the corpus"),
        ("codebook: /etc/hostname", "corpus.yml, codebook: '/etc/hostname' is not a path inside the corpus"),
        ("commentary: ../..", "not a path inside the corpus"),
        ("a: &x [1]\nb: *x", "anchors and aliases"),
        ("[" * 5000, "corpus.yml"),
        ("title: a pier and a \x00", "NUL"),
    ],
)
def test_mistakes_in_corpus_yml_are_named(folder, yml, said):
    (folder / "corpus.yml").write_text(yml, encoding="utf-8")
    with pytest.raises(CorpusError) as error:
        load_corpus(folder)
    assert said in str(error.value)


def test_metadata_csv(folder):
    (folder / "metadata.csv").write_text(
        'file,outlet,title,date,desk\na,NA,"The ""old"" pier, again",2031-03-03,ports\nb.txt,null,,3 March 2031,\n',
        encoding="utf-8",
    )
    corpus = load_corpus(folder)
    assert list(corpus.articles["outlet"]) == ["NA", "null"]
    assert list(corpus.articles["date"]) == ["2031-03-03", "2031-03-03"]
    assert list(corpus.articles["desk"]) == ["ports", ""]
    assert row(corpus, "a")["title"] == 'The "old" pier, again'


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("file,outlet\na.txt,X,Y\n", "metadata.csv, row 2: has 3 cells where the header has 2"),
        ("file,outlet\nb.txt,X\na.txt\n", "metadata.csv, row 3: has 1 cells where the header has 2; column 'outlet' is missing"),
        ("file,outlet,Outlet\na.txt,X,Y\n", "stands twice (columns 2 and 3)"),
        ("name,outlet\na.txt,X\n", "has no column 'file'"),
        ("file,outlet\naa.txt,X\n", "Did you mean 'a.txt'"),
        ("file,outlet\n../a.txt,X\n", "not a path inside the corpus"),
        ('file,outlet\na.txt,"X\n', "never closed"),
        ("file,outlet\n,X\n", "has no file name"),
        ("", "is empty"),
    ],
)  # fmt: skip
def test_mistakes_in_metadata_csv_name_row_and_column(folder, table, said):
    (folder / "metadata.csv").write_text(table, encoding="utf-8")
    with pytest.raises(CorpusError) as error:
        load_corpus(folder)
    assert said in str(error.value)


def test_misspelt_column_is_pointed_out(folder):
    (folder / "metadata.csv").write_text("file,oulet\na.txt,X\n", encoding="utf-8")
    corpus = load_corpus(folder)
    assert any("Did you mean 'outlet'" in m for m in corpus.problems["message"])
    assert "not_described" in codes(corpus)


def test_cleaning_can_be_switched_off(folder):
    assert list(load_corpus(folder, clean=False).articles["body"]) == [A, B]
    (folder / "corpus.yml").write_text("clean: false\n", encoding="utf-8")
    corpus = load_corpus(folder)
    assert list(corpus.articles["body"]) == [A, B]
    assert corpus.furniture.empty
    assert list(corpus.furniture.columns) == ["article_id", "start", "end", "kind", "text", "reason"]


def test_subfolders_name_outlets_and_ids_stay_unique(tmp_path):
    for name in ("Courier/one.txt", "Courier/two.txt", "Post/one.txt", "Post/one.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(A + name, encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert list(corpus.articles["article_id"]) == [
        "Courier/one",
        "Courier/two",
        "Post/one.md",
        "Post/one.txt",
    ]
    assert list(corpus.articles["outlet"]) == ["Courier", "Courier", "Post", "Post"]


def test_what_belongs_to_a_corpus_is_no_article(folder):
    (folder / "commentary").mkdir()
    (folder / "commentary" / "first.md").write_text("A note.", encoding="utf-8")
    (folder / "codebook.yml").write_text("topics: []\n", encoding="utf-8")
    (folder / "README.md").write_text("About this folder.", encoding="utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    (folder / ".hidden.txt").write_text("x", encoding="utf-8")
    corpus = load_corpus(folder)
    assert len(corpus.articles) == 2
    assert [path.name for path in corpus.commentary] == ["first.md"]
    assert corpus.codebook_path == folder / "codebook.yml"
    assert any("photo.jpg" in m for m in corpus.problems["message"])


def test_same_text_twice_is_reported_and_kept(folder):
    (folder / "c.txt").write_text(B.upper(), encoding="utf-8")
    (folder / "d.txt").write_text(A * 1, encoding="utf-8")
    long = " ".join(f"word{i} stands here and there" for i in range(80))
    (folder / "e.txt").write_text(long, encoding="utf-8")
    (folder / "f.txt").write_text(long.replace("word40", "another"), encoding="utf-8")
    corpus = load_corpus(folder)
    assert len(corpus.articles) == 6
    said = corpus.problems.set_index("article_id")["code"]
    assert said["d"].tolist().count("same_text") == 1
    assert "near_duplicate" in said["f"].tolist()
    assert "near_duplicate" not in set(said["b"])


def test_the_five_articles_are_what_they_were():
    corpus = load_corpus(SEEDS)
    assert len(corpus.articles) == 5
    assert list(corpus.articles["article_id"]) == sorted(path.stem for path in SEEDS.glob("*.txt"))
    assert corpus.problems.query("severity != 'info'")["code"].tolist() == ["lost_mark"]
    assert corpus.furniture["kind"].nunique() >= 10
    for article in corpus.articles.itertuples():
        source = (SEEDS / article.source).read_text(encoding="utf-8")
        start, end = corpus.to_source(article.article_id, 0, len(article.body))
        assert source[start : start + 20] == article.body[:20]
        assert source[end - 20 : end] == article.body[-20:]


def test_evidence_stands_where_it_is_said_to_stand():
    corpus = load_corpus(SEEDS)
    quoted = corpus.evidence.query("start >= 0")
    assert len(quoted) >= 8
    assert set(corpus.evidence["about"]) == {"outlet", "title", "date", "language"}
    for row_ in quoted.itertuples():
        assert corpus.source_text(row_.article_id)[row_.start : row_.end] == row_.quote


def test_read_only_copy_gives_the_same_tables(tmp_path):
    shutil.copytree(SEEDS, tmp_path / "copy")
    one, two = load_corpus(SEEDS), load_corpus(tmp_path / "copy")
    assert one.articles.equals(two.articles)
    assert one.furniture.equals(two.furniture)
    assert one.problems.equals(two.problems)


def test_articles_from_texts():
    texts = {"x": B, "7": A}
    plain = articles_from_texts(texts)
    assert dict(zip(plain["article_id"], plain["body"], strict=True)) == texts
    cleaned = articles_from_texts(texts, outlet={"7": "Quay"}, clean=True)
    assert list(cleaned["outlet"]) == ["x", "Quay"]
    assert cleaned["title"].iloc[0] == "Board votes for pier"
    assert "©" not in cleaned["body"].iloc[0]


def test_clean_articles_works_on_any_subset():
    articles = articles_from_texts({"a": A, "b": B, "c": "A line."})
    whole, furniture, problems = clean_articles(articles)
    for i in range(3):
        part, some, _ = clean_articles(articles.iloc[i : i + 1])
        assert part["body"].iloc[0] == whole["body"].iloc[i]
        assert len(some) == (furniture["article_id"] == part["article_id"].iloc[0]).sum()
    assert {"article_id", "code"} <= set(problems.columns)
    empty, none, _ = clean_articles(articles.iloc[:0])
    assert len(empty) == len(none) == 0
    assert "kind" in none.columns


def test_declared_keys_survive_as_json(folder):
    (folder / "corpus.yml").write_text(
        "title: T\narticles:\n  - {file: a.txt, evidence: {date: none}}\n", encoding="utf-8"
    )
    corpus = load_corpus(folder)
    assert json.loads(json.dumps(dict(corpus.declared)))["articles"][0]["evidence"] == {"date": "none"}
    assert "not_listed" in codes(corpus)


def test_days_in_file_names(tmp_path):
    (tmp_path / "2031-03-03_Quay Courier.txt").write_text(A, encoding="utf-8")
    (tmp_path / "Harbour Post 2031-03-04.txt").write_text(B, encoding="utf-8")
    articles = load_corpus(tmp_path).articles
    assert list(articles["outlet"]) == ["Quay Courier", "Harbour Post"]
    assert list(articles["date"]) == ["2031-03-03", "2031-03-04"]


def test_one_folder_is_no_outlet(tmp_path):
    (tmp_path / "texts").mkdir()
    for name in ("one", "two"):
        (tmp_path / "texts" / f"{name}.txt").write_text(A + name, encoding="utf-8")
    assert list(load_corpus(tmp_path).articles["outlet"]) == ["one", "two"]


def test_languages_by_name_and_code(tmp_path):
    (tmp_path / "t.csv").write_text(
        f'text,lang\n"{A}x",French\n"{A}y",pt-BR\n"{A}z",Elvish\n', encoding="utf-8"
    )
    corpus = load_corpus(tmp_path / "t.csv")
    assert list(corpus.articles["language"]) == ["fr", "pt", "en"]
    assert {"bad_language", "language_mismatch", "short_text"} <= codes(corpus)


def test_a_page_that_is_mostly_furniture_is_pointed_out(tmp_path):
    lines = [
        "The board voted for the pier on Monday.",
        *(f"Also read: Ferry line {i} to close for the winter" for i in range(9)),
    ]
    (tmp_path / "a.txt").write_text("\n\n".join(lines), encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert "much_stripped" in codes(corpus)
    assert corpus.articles["body"].iloc[0].strip() == lines[0]


def test_files_of_one_kind_are_reported_once(folder):
    for i in range(7):
        (folder / f"{i}.jpg").write_bytes(b"x")
    said = load_corpus(folder).problems.query("code == 'not_read'")["message"]
    assert list(said) == ["0.jpg, 1.jpg, 2.jpg, 3.jpg, 4.jpg and 2 more: .jpg files are not read."]


def test_the_codebook_is_read_when_it_is_asked_for(folder, tmp_path):
    (folder / "topics.yml").write_text("pier: [pier, harbour]\nmoney: [crowns]\n", encoding="utf-8")
    (folder / "corpus.yml").write_text("codebook: topics.yml\n", encoding="utf-8")
    corpus = load_corpus(folder)
    assert [topic.id for topic in corpus.codebook.topics] == ["pier", "money"]
    shutil.make_archive(str(tmp_path / "packed"), "zip", folder)
    assert load_corpus(tmp_path / "packed.zip").codebook == corpus.codebook
    (folder / "topics.yml").unlink()
    assert load_corpus(folder).codebook is None
    assert "no_codebook" in codes(load_corpus(folder))


def test_events_are_named_counted_and_their_size_is_said(tmp_path):
    rows = [f"{n},Post,{'Bridge' if n < 402 else ''},Rain fell on day {n} of the year." for n in range(404)]
    path = tmp_path / "many.csv"
    path.write_text("\n".join(["id,outlet,event,text", *rows]))
    corpus = load_corpus(path)
    said = dict(zip(corpus.problems["code"], corpus.problems["message"], strict=True))
    assert corpus.articles["event"].value_counts().to_dict() == {"Bridge": 402, "no event named": 2}
    assert said["no_event"].startswith("2 article(s) name no event")
    assert said["several_events"].startswith("2 events, which are kept apart")
    assert said["large_event"].startswith("402 articles of one event")
