"""Articles in other languages: read and compared; what knows English only is skipped, and that is said."""

import pytest

from analysis import open_tables
from analysis.findings import find

FRENCH = (
    "Les dockers du port ont cessé le travail lundi matin. « Nous ne chargerons plus aucun navire », a déclaré Rosa Lind, la "
    "secrétaire du syndicat, devant les journalistes.\n\nLe ministre des transports a appelé à des négociations avec les parties. "
    "Selon lui, le port restera fermé pendant toute la semaine."
)
ENGLISH = (
    'The dockers stopped work on Monday morning. "We will not load another ship," said Rosa Lind, who leads the union.\n\n'
    "The transport minister called for talks with all the parties. According to him the port will stay closed all week."
)


@pytest.fixture(scope="module", params=[("journal", "gazette"), ("journal", "post")], ids=["French", "both"])
def tables(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("languages")
    for name in request.param:
        text = ENGLISH if name == "post" else FRENCH
        (folder / f"{name}.txt").write_text(
            text if name != "gazette" else text.replace("lundi", "mardi"), encoding="utf-8"
        )
    return open_tables(folder, keep=False)


def test_the_language_is_found_and_the_article_is_compared(tables):
    languages = dict(zip(tables["articles"]["article_id"], tables["articles"]["language"], strict=True))
    assert languages["journal"] == "fr"
    assert set(tables["quotations"]["article_id"]) == set(languages), "guillemets are quotation marks"


def test_measures_of_english_skip_it_and_say_so(tables):
    foreign = set(tables["articles"].loc[tables["articles"]["language"] != "en", "article_id"])
    for name in ("reported", "openings", "frame_scores", "reporting_words"):
        assert not foreign & set(tables[name]["article_id"]) if "article_id" in tables[name] else True, name
    (said,) = (f for f in find(tables) if f.finding_id == "other_languages")
    assert said.sentence.startswith(f"{len(foreign)} article")
    assert "know English only" in said.sentence
    assert said.status == "unknown"


def test_every_table_is_made(tables):
    tables.make_all()
    assert not tables["findings"]["sentence"].str.contains("nan|None", regex=True).any()
