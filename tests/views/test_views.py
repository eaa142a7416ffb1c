"""What a chapter shows of articles that were written to harm."""

import html
import re

import pytest

from analysis import open_tables, views

HOSTILE = '{{ 7*7 }} <script>alert(1)</script> `x` $a$ {eval}`1` "quoted"'


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text(
            f"The bridge {HOSTILE} was opened on Monday by the mayor of the town.\n\n"
            'Mayor Ana Brandt said: "We will {{ build }} the <b>bridge</b> again before the winter comes to the valley."\n\n'
            f"Nobody {HOSTILE} knew in the {name} newsroom who would pay for all of it.\n",
            encoding="utf-8",
        )
    (folder / "metadata.csv").write_text(
        'file,outlet,title,date\none.txt,"<img src=x onerror=alert(1)>",{{ config }},2026-01-01\ntwo.txt,../../etc,=1+1,\n',
        encoding="utf-8",
    )
    return open_tables(folder, keep=False)


@pytest.fixture(scope="module")
def places(tables):
    return views.Places.of(tables)


def shown(tables, places):
    t = tables
    yield views.article_cards(t["articles"], t["furniture"], places)
    yield views.reading_edition(t, places)
    yield views.furniture_table(t["furniture"], places)
    yield views.problem_table(t["problems"], places)
    yield views.quotation_table(t["quotations"], places)
    yield views.ledger(t["corroboration"], t["utterances"], t["articles"], places)
    yield views.version_pairs(t["quotation_pairs"], t["quotations"], places)
    yield views.conflict_cards(t["corroboration"], t["utterances"], places)
    yield views.family_table(t["families"], places)
    yield views.passage_pairs(t["passages"], places)
    yield views.codebook_table(t["topics"])
    yield views.distance_table(t["topic_distances"], places)
    yield views.evidence_paragraphs(t["topic_assignments"], t["units"], places, t.labels)
    yield views.opening_cards(t["openings"], places)
    yield views.shift_pairs(t["wording_shifts"], places)
    yield views.reporting_table(t["reporting_words"], places)
    yield views.fact_matrix(t["facts"], t["coverage"], t["articles"], places)
    yield views.told_alone(t["facts"], t["coverage"], t["articles"], places)
    yield views.contradiction_pairs(t["contradictions"], places)
    for kind in ("topic", "actor", "fact"):
        yield views.first_place_table(t["emphasis"], places, kind, t.labels)
    for scheme, cues in (("policy", t["frame_cues"]), ("news", t["news_frame_cues"])):
        yield views.baseline_table(t["frame_baseline"], places, scheme, t.frame_labels)
        marks = t["cue_marks"][t["cue_marks"]["scheme"] == scheme]
        yield views.cue_sentences(cues, marks, t["sentences"], places, t.frame_labels)
    yield views.overlap_table(t["fact_overlap"], t["facts"], t["coverage"], places)
    yield views.fact_places(t["fact_order"], t["facts"], t["articles"], places)
    yield views.finding_list(t["findings"], places)
    yield views.gate_table(t["findings"], places)
    yield views.gate_summary(t["findings"])
    yield views.choice_table(t["findings"])
    yield views.voice_cards(t["voices"], t["quotations"], places)
    yield views.citation(t)
    yield views.event_heading(t)
    yield views.outlet_line(t["articles"], places)
    yield views.notes(t["commentary"], "topics")
    yield views.notes_left_out(t["commentary"])


def test_nothing_of_an_article_is_markup(tables, places):
    for page in shown(tables, places):
        assert "<script" not in page
        assert "<img" not in page
        assert "<b>" not in page
        assert "{" not in page
        assert "$" not in page
        assert "`" not in page


def test_every_view_is_well_formed(tables, places):
    for page in shown(tables, places):
        opened = []
        for closing, name in re.findall(r"<(/?)(\w+)[^>]*>", page):
            if name in ("input", "br"):
                continue
            if closing:
                assert opened.pop() == name
            else:
                opened.append(name)
        assert opened == []


def test_the_text_of_the_articles_is_all_there(tables, places):
    page = html.unescape(re.sub(r"<[^>]+>", "", views.reading_edition(tables, places)))
    for unit in tables["units"]["text"]:
        assert " ".join(unit.split()) in page


def test_links_lead_to_anchors_that_the_edition_has(tables, places):
    anchors = set(re.findall(r'id="([^"]+)"', views.reading_edition(tables, places)))
    for page in shown(tables, places):
        for anchor in re.findall(r'href="articles\.html#([^"]+)"', page):
            assert anchor in anchors


def test_the_first_page_puts_what_stands_before_what_turns_over(tables, places):
    from dataclasses import replace

    from analysis.findings import findings_table, read_findings

    first, *others = read_findings(tables["findings"])
    fragile = replace(first, status="fragile", flips=("with another random seed",), strength=1.0)
    page = views.finding_list(findings_table([fragile, *others]), places, most=3, only_said=True, ranked=True)
    assert page.count("<li") == 3
    assert "Fragile" not in page
    assert page.count('href="chapters/') == 3
