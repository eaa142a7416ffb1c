"""What was planted in the invented events is found."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from invented import SLUGS, load_event, true_quotations

from analysis import (
    align_quotations,
    corroboration,
    extract_quotations,
    families,
    load_corpus,
    reports,
    resolve_speakers,
    shared_passages,
    wording_shifts,
)

HERE = Path(__file__).parent


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


@pytest.mark.parametrize("slug", SLUGS)
def test_exactly_the_planted_pairs_are_found_with_their_relations(slug: str) -> None:
    articles, truth = load_event(slug)
    pairs, _ = align_quotations(true_quotations(articles, truth), articles)
    found = {frozenset((row.a, row.b)): row.relation for row in pairs.itertuples()}
    unsure = {frozenset((row["a"], row["b"])) for row in truth["unsure"]}
    planted = {
        frozenset((row["a"], row["b"])): row["relation"]
        if isinstance(row["relation"], list)
        else [row["relation"]]
        for row in truth["pairs"]
    }
    assert set(found) - unsure == set(planted)
    assert {k: found[k] for k in planted if found[k] not in planted[k]} == {}
    assert not set(found) & {frozenset((row["a"], row["b"])) for row in truth["near_misses"]}


@pytest.mark.parametrize("slug", SLUGS)
def test_speaker_conflicts_are_found_and_no_others(slug: str) -> None:
    articles, truth = load_event(slug)
    pairs, _ = align_quotations(true_quotations(articles, truth), articles)
    conflicts = {
        frozenset((row.a, row.b)) for row in pairs[pairs["same_speaker"].eq(False).fillna(False)].itertuples()
    }
    assert conflicts == {frozenset((row["a"], row["b"])) for row in truth["speaker_conflicts"]}


@pytest.mark.parametrize("slug", SLUGS)
def test_words_without_marks_are_found(slug: str) -> None:
    articles, truth = load_event(slug)
    _, utterances = align_quotations(true_quotations(articles, truth), articles)
    ledger = corroboration(utterances, articles)
    bodies = dict(zip(articles["article_id"], articles["body"], strict=True))
    bare = ledger[ledger["status"] == "unquoted"]
    missed = []
    for row in truth["marks_lost"]:
        start = bodies[row["file"]].find(row["text"])
        place = (start, start + len(row["text"]))
        here = bare[bare["article_id"] == row["file"]]
        if not any(2 * _overlap(place, (r.start, r.end)) > len(row["text"]) for r in here.itertuples()):
            missed.append(row["text"])
    # a phrase of five common words inside a paraphrase may go unseen
    assert len(missed) <= len(truth["marks_lost"]) // 3, missed
    for row in truth["uncorroborated"]:
        said = set(utterances.loc[utterances["quotation_id"] == row, "utterance_id"])
        assert set(ledger.loc[ledger["utterance_id"].isin(said), "witnesses"]) == {1}


@pytest.mark.parametrize("slug", SLUGS)
def test_planted_shifts_of_wording_are_found_end_to_end(slug: str) -> None:
    articles, truth = load_event(slug)
    quotations = resolve_speakers(extract_quotations(articles), articles)
    shifts = wording_shifts(align_quotations(quotations, articles)[1], None, articles)
    found = {(row.kind, frozenset((row.a_article, row.b_article))) for row in shifts.itertuples()}
    planted = {(row["kind"], frozenset((row["a"], row["b"]))) for row in truth["wording"]}
    assert len(planted & found) >= 0.8 * len(planted), planted - found


@pytest.mark.parametrize("slug", SLUGS)
def test_quotations_are_extracted_with_their_speakers(slug: str) -> None:
    articles, truth = load_event(slug)
    wanted = true_quotations(articles, truth)
    found = resolve_speakers(extract_quotations(articles), articles)
    at = {(row.article_id, row.start): row for row in found[found["kind"] != "term"].itertuples()}
    hits = [
        (row, at[row.article_id, row.start])
        for row in wanted.itertuples()
        if (row.article_id, row.start) in at
    ]
    assert len(hits) >= 0.9 * len(wanted)
    named = [(row.speaker, hit.speaker) for row, hit in hits if isinstance(row.speaker, str)]
    right = [
        isinstance(b, str)
        and bool({w for w in a.split() if w[0].isupper()} & {w for w in b.split() if w[0].isupper()})
        for a, b in named
    ]
    assert sum(right) >= 0.85 * len(right)
    for row in truth["terms"]:
        assert row["text"] not in set(found.loc[found["kind"].isin(["direct", "mixed"]), "text"])


@pytest.mark.parametrize("slug", SLUGS)
def test_planted_passages_are_found(slug: str) -> None:
    articles, truth = load_event(slug)
    bodies = dict(zip(articles["article_id"], articles["body"], strict=True))
    passages = shared_passages(articles)
    for row in truth["shared"]:
        if row["kind"] != "verbatim":
            continue
        start = bodies[row["a"]].find(row["a_text"])
        place = (start, start + len(row["a_text"]))
        covered = 0
        for p in passages.itertuples():
            if {p.a, p.b} == {row["a"], row["b"]}:
                covered += _overlap(place, (p.a_start, p.a_end) if p.a == row["a"] else (p.b_start, p.b_end))
        assert covered >= 0.7 * len(row["a_text"]), row["a_text"]
    family = families(passages, articles).set_index("article_id")["family_id"]
    for group in truth["dependent"]:
        assert family[group].nunique() == 1
    for name in truth["independent"]:
        assert (family == family[name]).sum() == 1, name


@pytest.mark.parametrize("slug", SLUGS)
def test_facts_told_and_left_out(slug: str) -> None:
    articles, truth = load_event(slug)
    bodies = dict(zip(articles["article_id"], articles["body"], strict=True))
    judged = [
        (reports(fact["text"], bodies[name]).score >= 0.5) == told
        for fact in truth["facts"]
        for told, names in ((True, fact["told"]), (False, fact["not_found"]))
        for name in names
    ]
    assert sum(judged) >= 0.8 * len(judged)


@pytest.mark.parametrize("slug", SLUGS)
def test_page_furniture_is_stripped_and_nothing_else(slug: str) -> None:
    corpus = load_corpus(HERE / slug)
    _, truth = load_event(slug)
    bodies = {Path(str(row.source)).name: row.body for row in corpus.articles.itertuples()}
    left = [row["text"] for row in truth["furniture"] if row["text"] in bodies[row["file"]]]
    assert len(left) <= 0.25 * len(truth["furniture"]), left
    for row in truth["quotations"]:
        # a headline that stands apart may go to the title
        assert row["text"] in bodies[row["file"]] or pd.notna(row.get("note")) or row["kind"] == "fragment", (
            row["text"]
        )
