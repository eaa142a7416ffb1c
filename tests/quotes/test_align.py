"""Pairs, utterances and the ledger on three small articles."""

from __future__ import annotations

import re

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.quotes import align_quotations, corroboration

BODIES = {
    "a": 'Mora said: "The pumps had failed at noon. Nobody from the ministry came to look at them." He left.',
    "b": 'The engineer told us that "the pumps had failed at noon, nobody from the ministry came to look at them".',
    "c": "Nobody from the ministry came to look at them, villagers complained. It rained.",
    "d": '"The gates were opened by hand at two," said Ana Vell, who lives below.',
}
MARKED = re.compile('"([^"]*)"')


def _articles(bodies: dict[str, str] = BODIES, event: str = "flood") -> pd.DataFrame:
    rows = [{"article_id": k, "outlet": k.upper(), "body": v, "event": event} for k, v in bodies.items()]
    return pd.DataFrame(rows, columns=["article_id", "outlet", "body", "event"])


def _quotations(articles: pd.DataFrame, speakers: dict[str, str] | None = None) -> pd.DataFrame:
    rows = [
        {
            "quotation_id": f"{article}-{n}",
            "article_id": article,
            "start": m.start(1),
            "end": m.end(1),
            "text": m.group(1),
            "kind": "direct",
            "speaker": (speakers or {}).get(article),
        }
        for article, body in zip(articles["article_id"], articles["body"], strict=True)
        for n, m in enumerate(MARKED.finditer(body), 1)
    ]
    return pd.DataFrame(
        rows, columns=["quotation_id", "article_id", "start", "end", "text", "kind", "speaker"]
    )


def test_two_sentences_that_one_outlet_runs_together_are_one_utterance() -> None:
    articles = _articles()
    pairs, utterances = align_quotations(_quotations(articles, {"a": "Ana Mora", "b": "Leo Ruiz"}), articles)
    (pair,) = pairs.to_dict("records")
    assert (pair["a"], pair["b"]) == ("a-1", "b-1")
    assert not pair["same_speaker"]
    assert BODIES["b"][pair["b_start"] : pair["b_end"]].startswith("the pumps had failed")
    assert BODIES["b"][pair["b_start"] : pair["b_end"]].endswith("look at them")
    assert utterances.groupby("utterance_id").size().max() == 2


def test_a_splice_belongs_to_two_utterances_that_others_keep_apart() -> None:
    bodies = {
        "x": '"The pumps had failed at noon," he said. "Nobody from the ministry came to look at them," he added.',
        "y": 'He said "the pumps had failed at noon, nobody from the ministry came to look at them".',
        "z": '"The pumps had failed at noon," he said.',
    }
    articles = _articles(bodies)
    pairs, utterances = align_quotations(_quotations(articles), articles)
    spliced = utterances[utterances["quotation_id"] == "y-1"]
    assert list(spliced["text"]) == [
        "the pumps had failed at noon,",
        "nobody from the ministry came to look at them",
    ]
    assert set(spliced["relation"]) == {"spliced"}
    assert utterances["utterance_id"].nunique() == 2
    relations = pairs.set_index(["a", "b"])["relation"].to_dict()
    assert relations["x-1", "y-1"] == relations["x-2", "y-1"] == "spliced"
    assert relations["x-1", "z-1"] == "verbatim"
    assert pairs["same_speaker"].isna().all()


def test_likeness_is_not_handed_on_along_a_chain() -> None:
    bodies = {
        "x": '"We will not sell the harbour to anybody and that is my last word on it," he said.',
        "y": '"That is my last word on it and on every other thing this council has ever asked," she said.',
        "z": '"Every other thing this council has ever asked was granted before the winter came," he said.',
    }
    articles = _articles(bodies)
    _, utterances = align_quotations(_quotations(articles), articles)
    homes = utterances.groupby("utterance_id")["article_id"].agg(set)
    assert not any({"x", "z"} <= home for home in homes)


def test_terms_and_inner_quotations_are_no_utterances() -> None:
    articles = _articles()
    quotations = _quotations(articles).assign(kind=["term", "nested", "direct"])
    pairs, utterances = align_quotations(quotations, articles)
    assert len(pairs) == 0
    assert list(utterances["quotation_id"]) == ["d-1"]


def test_events_are_kept_apart() -> None:
    articles = _articles()
    apart = articles.assign(event=["one", "two", "two", "two"])
    assert len(align_quotations(_quotations(articles))[0]) == 1
    assert len(align_quotations(_quotations(articles), apart)[0]) == 0
    assert len(align_quotations(_quotations(articles).assign(event=["one", "two", "two"]))[0]) == 0


def test_an_unnamed_source_is_somebody_else_than_a_minister() -> None:
    articles = _articles()
    quotations = _quotations(articles, {"a": "Mora"}).assign(
        speaker_mention=["Mora", "an official", None], unnamed=[False, True, False]
    )
    pairs, _ = align_quotations(quotations, articles)
    assert not pairs["same_speaker"].iloc[0]


def test_a_viral_quotation_does_not_grow_with_the_square() -> None:
    bodies = {
        f"p{n}": '"The pumps had failed at noon and nobody came to look at them," he said.'
        for n in range(300)
    }
    articles = _articles(bodies)
    pairs, utterances = align_quotations(_quotations(articles), articles)
    assert len(pairs) == 299
    assert utterances["utterance_id"].nunique() == 1


def test_the_ledger_says_how_every_article_has_it() -> None:
    articles = _articles()
    _, utterances = align_quotations(_quotations(articles, {"a": "Ana Mora", "b": "Leo Ruiz"}), articles)
    ledger = corroboration(utterances, articles)
    first = ledger[ledger["utterance_id"] == "u1"].set_index("article_id")
    assert first.loc["a", "status"] == "verbatim"
    assert first.loc["b", "status"] == "verbatim"
    assert first.loc["c", "status"] == "unquoted"
    assert first.loc["c", "text"] == "Nobody from the ministry came to look at them"
    assert first.loc["d", "status"] == "absent"
    assert pd.isna(first.loc["d", "start"])
    assert first["speaker_conflict"].all()
    assert set(first["witnesses"]) == {2}
    assert len(ledger) == 4 * ledger["utterance_id"].nunique()


def test_dependent_articles_are_one_witness() -> None:
    articles = _articles()
    _, utterances = align_quotations(_quotations(articles), articles)
    families = pd.DataFrame({"article_id": ["a", "b", "c", "d"], "family_id": ["f1", "f1", "f2", "f3"]})
    assert set(corroboration(utterances, articles, families).query("utterance_id == 'u1'")["witnesses"]) == {
        1
    }


def test_empty_tables_keep_their_columns() -> None:
    nothing = _quotations(_articles({}))
    pairs, utterances = align_quotations(nothing, _articles({}))
    ledger = corroboration(utterances, _articles({}))
    assert {"a", "b", "relation", "score", "same_speaker"} <= set(pairs.columns)
    assert {"utterance_id", "quotation_id"} <= set(utterances.columns)
    assert {"utterance_id", "article_id", "outlet", "status", "start", "end", "score"} <= set(ledger.columns)


SAID = st.lists(st.text(st.sampled_from("ab cd.,'’…\n é!"), max_size=50), max_size=3)


@settings(max_examples=60, deadline=None)
@given(st.lists(SAID, max_size=4))
def test_offsets_point_at_the_words_in_any_text(texts: list[list[str]]) -> None:
    bodies = {str(n): " he said ".join(f'"{t}"' for t in said) for n, said in enumerate(texts)}
    articles = _articles(bodies)
    quotations = _quotations(articles)
    pairs, utterances = align_quotations(quotations, articles)
    for row in utterances.itertuples():
        assert bodies[row.article_id][row.start : row.end] == row.text
    for row in pairs.itertuples():
        assert 0 <= row.a_start < row.a_end <= len(bodies[row.a_article])
        assert 0.5 <= row.score <= 1
    ledger = corroboration(utterances, articles)
    for row in ledger[ledger["status"] != "absent"].itertuples():
        assert bodies[row.article_id][row.start : row.end] == row.text
