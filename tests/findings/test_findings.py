import re
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis import open_tables, views
from analysis.findings import content, counterfactuals, find, findings_table, gated, pages, read_findings
from analysis.findings.content import acting_name
from analysis.findings.model import MERGED, Finding, Value, fill, listed, parts
from analysis.findings.questions import questions
from analysis.framing import find_facts
from analysis.recipes import RECIPES
from analysis.tables import Settings


@pytest.fixture(scope="module")
def tables(event):
    return open_tables(event, keep=False)


@pytest.fixture(scope="module")
def found(tables):
    return find(tables)


def test_an_event_has_findings_of_several_kinds(found):
    assert len({f.chapter for f in found}) >= 5


def test_every_number_and_name_in_a_sentence_is_a_value(found, tables):
    outlets = set(tables["articles"]["outlet"])
    for f in found:
        ours = re.sub(r"\{\w+\}", "", f.template + f.basis)
        assert not re.search(r"\d", ours), f.template
        assert not any(outlet in ours for outlet in outlets), f.template
        assert set(re.findall(r"\{(\w+)\}", f.template + f.basis)) <= set(f.values), f.finding_id


def test_values_name_a_table_that_there_is(found, tables):
    for f in found:
        for value in f.values.values():
            assert value.source in tables.names


def test_evidence_lies_in_the_articles(found, tables):
    bodies = tables["articles"].set_index("article_id")["body"]
    for f in found:
        for place in f.evidence:
            assert 0 <= place.start < place.end <= len(bodies[place.article_id])


def test_findings_come_back_from_their_table(found):
    again = {f.finding_id: f for f in read_findings(findings_table(found))}
    for f in found:
        assert again[f.finding_id].sentence == f.sentence
        assert again[f.finding_id].evidence == f.evidence


def test_a_changed_corpus_changes_the_sentences(tables):
    outlet = tables["articles"]["outlet"].iloc[0]
    before = {f.sentence for f in find(tables)}
    after = {f.sentence for f in find(tables.variant(without=(outlet,)))}
    assert before != after
    assert not any(outlet in sentence for sentence in after)


def test_what_another_choice_turns_over_is_fragile(tables, found):
    outlet = tables["articles"]["outlet"].iloc[-1]
    other = tables.variant(without=(outlet,))
    claims = {f.finding_id: f.claim for f in find(other)}
    for f in gated(tables, {f"without {outlet}": other}):
        said = any(v.kind == "outlet" and outlet in v.shown for v in f.values.values())
        shown = any(
            tables["articles"].set_index("article_id")["outlet"][p.article_id] == outlet for p in f.evidence
        )
        turned = claims.get(f.finding_id) != f.claim and not said and not shown and f.status != "unknown"
        assert bool(f.flips) == turned
        assert (f.status == "fragile") == bool(f.flips)


def test_one_article_makes_no_comparison(tmp_path):
    (tmp_path / "only.txt").write_text(
        "The mayor opened the bridge on Monday.\n\nShe said it was late.\n", encoding="utf-8"
    )
    for f in find(open_tables(tmp_path, keep=False)):
        assert f.needs in ("", "paragraphs") or f.status == "unknown", f.sentence


def test_values_are_never_read_as_templates():
    f = Finding(
        "x", "c", "{a} and {b}", "", {"a": Value("{b}", "name", "t"), "b": Value("two", "name", "t")}, "", 0
    )
    assert f.sentence == "{b} and two"
    assert fill("{a}", {"a": Value("{a}", "name", "t")}) == "{a}"
    assert parts("In {x}.") == [("In ", False), ("x", True), (".", False)]


def test_long_lists_are_counted():
    assert listed(["A", "B", "C", "D", "E"], "name", "t").shown == "A, B, C and 2 others"
    assert listed(["A"], "name", "t").shown == "A"


def test_questions_come_from_differences_that_are_there(tables):
    asked = questions(tables)
    assert len(asked) >= 3
    bodies = tables["articles"].set_index("article_id")["body"]
    for q in asked:
        assert set(re.findall(r"\{(\w+)\}", q.question + q.answer)) <= set(q.values)
        assert not re.search(r"\d", re.sub(r"\{\w+\}", "", q.question + q.answer))
        assert all(0 <= p.start < p.end <= len(bodies[p.article_id]) for p in q.evidence)


def test_one_article_is_asked_nothing(tmp_path):
    (tmp_path / "only.txt").write_text(
        "The mayor opened the bridge on Monday.\n\nShe said it was late.\n", encoding="utf-8"
    )
    assert questions(open_tables(tmp_path, keep=False)) == []


def test_of_very_many_articles_fewer_choices_are_tried_and_that_is_said(tables, monkeypatch):
    assert "with another random seed" in counterfactuals(tables)
    assert "untried" not in {f.finding_id for f in find(tables)}
    n = len(tables["articles"])
    for most, tried, said in ((n - 1, True, "only two were tried"), (0, False, "was not tried")):
        monkeypatch.setattr(pages, "ALL_TRIED", 0)
        monkeypatch.setattr(pages, "SOME_TRIED", n if tried else most)
        assert "with another random seed" not in counterfactuals(tables)
        assert bool(counterfactuals(tables)) == tried
        (untried,) = (f for f in find(tables) if f.finding_id == "untried")
        assert said in untried.sentence
        assert untried.status == "unknown"


def test_where_only_the_most_told_statements_are_followed_nothing_is_said_of_what_one_tells(
    tables, found, monkeypatch
):
    monkeypatch.setattr(sys.modules[find_facts.__module__], "most_facts", lambda n_articles: 1)
    cut = {f.finding_id: f for f in (*content.shared_core(tables), *content.alone_most(tables))}
    assert list(cut) == ["shared_core"]
    assert (
        "that most articles make" in cut["shared_core"].sentence
        and "alone" not in cut["shared_core"].sentence
    )
    assert "in one alone" in next(f.sentence for f in found if f.finding_id == "shared_core")
    facts, places = tables["facts"], views.Places.of(tables)
    page = views.told_alone(facts, tables["coverage"], tables["articles"], places)
    assert f"only the {len(facts):,} statements that most of them make are followed" in str(page)


def test_a_family_is_one_witness_without_its_outlets_other_articles(tmp_path):
    """The Mail copies the Post on Monday and writes for itself on Tuesday: only the copy is left out."""
    copy = (
        "The mayor opened the long bridge over the river on Monday morning before a crowd of four hundred people. "
        * 3
    )
    own = "Shopkeepers near the market complained on Tuesday that nobody had asked them about the new tram line at all."
    rows = [("a", "Post", copy), ("b", "Mail", copy), ("c", "Mail", own)]
    pd.DataFrame(rows, columns=["id", "outlet", "text"]).to_csv(tmp_path / "three.csv", index=False)
    runs = counterfactuals(open_tables(tmp_path / "three.csv", keep=False))
    assert runs[MERGED]["articles"]["article_id"].tolist() == ["a", "c"]


def test_one_person_under_two_names_is_no_question(tmp_path):
    rows = [
        ("a", "Post", "President Ada Lind opened the bridge on Monday. Nobody else was there that morning."),
        ("b", "Mail", "Ada Lind opened the old bridge early on Monday. It had been closed for a year."),
    ]
    pd.DataFrame(rows, columns=["id", "outlet", "text"]).to_csv(tmp_path / "two.csv", index=False)
    asked = [q.question for q in questions(open_tables(tmp_path / "two.csv", keep=False))]
    assert not any("first sentences" in question for question in asked)


@pytest.mark.parametrize("choice", ["with stricter thresholds", "with laxer thresholds"])
def test_thresholds_are_tried(event, choice):
    tables = open_tables(event, keep=False)
    tried = {choice for f in read_findings(tables["findings"]) for choice in f.tried}
    assert choice in tried


def test_what_a_threshold_does_not_touch_is_not_made_again():
    """A table that is kept for other thresholds must come out the same when it is made under them."""
    event = Path(__file__).parents[1] / "events" / "port-strike"
    usual = open_tables(event, keep=False)
    strict = open_tables(event, keep=False, settings=Settings(strictness=1))
    judged = {name for name, recipe in RECIPES.items() if recipe.judged}
    assert {"families", "coverage", "claims"} <= judged
    for name in set(RECIPES) - judged:
        pd.testing.assert_frame_equal(usual[name], strict[name])
    assert not usual["coverage"].equals(strict["coverage"])


def test_an_actor_no_longer_opens_a_sentence():
    assert acting_name("A pending suit", {}) == "a pending suit"
    assert acting_name("Ada Brandt", {}) == "Ada Brandt"
    assert acting_name("Mayor Brandt", {"brandt": "Ada Brandt"}) == "Ada Brandt"
    assert acting_name("It", {}) == "" == acting_name("", {})
