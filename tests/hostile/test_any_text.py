"""Articles of any characters through every table and every view: nothing raises, nothing gets out of its place."""

import html
import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import CorpusError, load_corpus, open_tables, views
from analysis.tables import Settings

# any character, lone surrogates included, and those that texts break on more often than chance would bring them
NASTY = (
    "\x00", "\r", "\u2028", "\u200b", "\u202e", "\ufeff", "\ufffe", "\U000e0041", "e\u0301\u0316\u0334", "\U0001f468\u200d\U0001f469",
    "\ud800", "İ", "ß", "ﬁ", "‘’“”«»„", '"""', "' '", "{{x}}", "<b>", "$a$", "`", "|", "\\", "=1+1", "../", "%s", "{", "हिन्दी", "日本語。", "العربية",
)  # fmt: skip
WORDS = (
    "The mayor",
    "said",
    '"We will rebuild,"',
    "Ana Brandt",
    "told reporters",
    "on Monday",
    "9 million",
    ".",
    "?",
    "\n\n",
)
CHARACTERS = st.characters()
NAMES = st.lists(CHARACTERS | st.sampled_from(NASTY), max_size=12).map("".join)
BODIES = st.lists(st.text(CHARACTERS, max_size=30) | st.sampled_from(NASTY + WORDS * 3), max_size=60).map(
    " ".join
)
ARTICLES = st.lists(
    st.fixed_dictionaries({"text": BODIES}, optional={"outlet": NAMES, "title": NAMES, "date": NAMES, "event": st.sampled_from(["", "A", "<b>"])}),
    min_size=1, max_size=4,
)  # fmt: skip
QUICK = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def write(folder, articles):
    """The articles as JSON Lines, in which every character, and every lone surrogate, can be written."""
    path = folder / "articles.jsonl"
    path.write_text("\n".join(json.dumps(article) for article in articles), encoding="utf-8")
    return path


def whole(tables):
    """Every table can be stored, and every offset lies in its article."""
    sizes = dict(zip(tables["articles"]["article_id"], tables["articles"]["body"].str.len(), strict=True))
    for name in ("quotations", "units", "sentences", "facts"):
        for row in tables[name].to_dict("records"):
            assert 0 <= row["start"] <= row["end"] <= sizes[row["article_id"]], name
            assert str(tables["articles"].set_index("article_id")["body"][row["article_id"]])[
                row["start"] : row["end"]
            ] == row.get("text", ""), name
    for row in tables["passages"].to_dict("records"):
        assert row["a_end"] <= sizes[row["a"]]
        assert row["b_end"] <= sizes[row["b"]]
    for name in tables.names:
        tables[name].to_json(orient="records").encode("utf-8")


@settings(QUICK, max_examples=40)
@given(articles=ARTICLES)
def test_any_characters_are_read_and_told_apart(tmp_path_factory, articles):
    path = write(tmp_path_factory.mktemp("any"), articles)
    try:
        corpus = load_corpus(path)
    except CorpusError as error:
        assert str(error).isprintable()
        return
    assert corpus.articles["article_id"].is_unique
    for column in ("outlet", "body", "event"):
        assert corpus.articles[column].str.encode("utf-8").notna().all()


@pytest.mark.book
@settings(QUICK, max_examples=12)
@given(articles=ARTICLES)
def test_any_characters_pass_through_every_table_and_view(tmp_path_factory, articles):
    path = write(tmp_path_factory.mktemp("any"), articles)
    try:
        tables = open_tables(path, settings=Settings(event=""), keep=False)
    except CorpusError:
        return
    tables.make_all()
    whole(tables)
    places = views.Places.of(tables)
    shown = [
        views.reading_edition(tables, places),
        views.article_cards(tables["articles"], tables["furniture"], places),
        views.quotation_table(tables["quotations"], places),
        views.fact_matrix(tables["facts"], tables["coverage"], tables["articles"], places),
        views.finding_list(tables["findings"], places),
        views.event_heading(tables),
    ]
    for page in shown:
        text = re.sub(r"<[^<>]*>", "", page)
        assert not re.search(r"[{}`$\\<>]", text), "every sign that could mean anything is encoded"
        assert "\n" not in page
        html.unescape(page).encode("utf-8")
