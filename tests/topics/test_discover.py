import pandas as pd
import pytest

from analysis import assign_topics, discover_topics, load_codebook, units
from analysis.topics import codebook_yaml, main_topics

SEA = [
    "The ship left the harbour at high tide with cargo for the islands.",
    "Its captain had waited in the harbour for the tide and a pilot.",
    "Two ships lay at anchor while the crew loaded the cargo by hand.",
    "The harbour master said every ship must wait for the pilot and the tide.",
]
LAW = [
    "The court heard the first witness, who told the judge about the contract.",
    "A lawyer asked the judge to dismiss the contract as void.",
    "The judge said the court would hear another witness on the contract.",
    "Witness and lawyer argued in court until the judge called a break.",
]


def corpus(**columns):
    rows = [
        {"article_id": "s", "body": "\n".join(SEA), "outlet": "Harbour News"},
        {"article_id": "l", "body": "\n".join(LAW), "outlet": "Harbour News"},
    ]
    return units(pd.DataFrame(rows).assign(**columns))


def test_two_subjects_are_told_apart_and_named_by_their_words():
    table = corpus()
    book = discover_topics(table, n_topics=2)
    main = main_topics(assign_topics(table, book))
    assert main[:4].nunique() == 1 and main[4:].nunique() == 1 and main.iloc[0] != main.iloc[4]
    labels = {topic.id: topic.label.lower() for topic in book.topics}
    assert any(word in labels[main.iloc[0]] for word in ("ship", "harbour", "tide", "cargo"))
    assert any(word in labels[main.iloc[4]] for word in ("court", "judge", "witness", "contract"))


def test_examples_are_sentences_of_the_text():
    book = discover_topics(corpus(), n_topics=2)
    assert all(set(topic.examples) <= {*SEA, *LAW} and topic.examples for topic in book.topics)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_seed_does_not_change_the_topics(seed):
    assert discover_topics(corpus(), n_topics=2, seed=seed) == discover_topics(corpus(), n_topics=2)


def test_a_draft_is_a_codebook_that_can_be_written_and_read(tmp_path):
    book = discover_topics(corpus())
    path = tmp_path / "codebook.yml"
    path.write_text(codebook_yaml(book), encoding="utf-8")
    assert load_codebook(path) == book and book.topics


def test_names_of_outlets_are_no_topic():
    rows = [
        {"article_id": f"{i}", "body": f"Westport Echo: {t}", "outlet": "Westport Echo"}
        for i, t in enumerate(SEA)
    ]
    book = discover_topics(units(pd.DataFrame(rows)), n_topics=2)
    words = {term.text for topic in book.topics for term in topic.terms}
    assert not words & {"westport", "echo"}


@pytest.mark.parametrize(
    "texts", [[], ["Rain."], ["and the of"], ["", "x"], ["...", "???"], ["rain", "rain"]]
)
def test_too_little_text_gives_few_or_no_topics(texts):
    table = units(
        pd.DataFrame({"article_id": [f"{i}" for i in range(len(texts))], "body": texts}, dtype="str")
    )
    book = discover_topics(table)
    assert len(book.topics) <= 1
    assert set(assign_topics(table, book)["unit_id"]) == set(table["unit_id"])


def test_more_topics_than_text_are_not_made_up():
    assert 1 <= len(discover_topics(corpus(), n_topics=50).topics) <= 8


def test_below_one_topic_is_an_error():
    with pytest.raises(ValueError, match="at least 1"):
        discover_topics(corpus(), n_topics=0)


def label_of(texts, n_topics=1):
    table = units(pd.DataFrame([{"article_id": f"{i}", "body": text} for i, text in enumerate(texts)]))
    return [topic.label for topic in discover_topics(table, n_topics=n_topics).topics]


def test_a_label_prints_words_as_they_stand_together():
    texts = [
        "The store managers asked Judge Antonin Salis for a same-day hearing.",
        "Store managers said that Judge Antonin Salis held a same-day hearing.",
        "Two store managers thanked Judge Antonin Salis.",
    ]
    label = label_of(texts)[0]
    assert "tore managers" in label and "stores managers" not in label
    assert "Judge Antonin Salis" in label


def test_words_of_any_subject_label_nothing():
    texts = [
        "Asked on Monday, they called the pier a risk to every ferry.",
        "They called it late: the ferry missed the pier years ago.",
        "Asked again, the pilot called for a longer pier.",
    ]
    label = label_of(texts)[0].lower()
    assert "pier" in label and not {"called", "monday", "ago", "asked", "years"} & set(label.split(", "))
