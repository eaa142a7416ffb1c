import re

import pandas as pd
import pytest

from analysis import figures
from analysis.figures.canvas import blank, finish, panel_title, short

OUTLETS = ["Morning Post", "Evening $tar <b>", "{{ 7*7 }}"]
STYLES = figures.outlet_styles(OUTLETS)


def shares(outlets=OUTLETS):
    return pd.DataFrame(
        [
            {"outlet": o, "topic": t, "share": s, "low": s / 2, "high": min(1, s * 2)}
            for o in outlets
            for t, s in (("roads", 0.5), ("money", 0.25), ("unassigned", 0.25))
        ]
    )


def test_the_alt_text_says_what_the_figure_shows():
    picture = figures.topic_shares(shares(), STYLES, {"roads": "Roads and bridges"})
    assert "Morning Post: Roads and bridges 50 %" in picture.alt


def test_hostile_names_stay_text():
    page = figures.topic_shares(shares(), STYLES, {}).html()
    assert "<b>" not in page
    assert "{{" not in page
    assert "$tar" in page or "&#36;tar" in page


def test_a_figure_is_the_same_every_time():
    one, two = (figures.topic_shares(shares(), STYLES, {}) for _ in range(2))
    assert one.svg == two.svg
    assert one.png == two.png


def test_text_stays_text_and_colours_follow_the_scheme():
    page = figures.topic_shares(shares(), STYLES, {}).html()
    assert re.search(r"<text[^>]*>roads</text>", page)
    assert "var(--t-o0)" in page
    assert STYLES["Morning Post"].light not in page


@pytest.mark.parametrize("n", [1, 2, 5, 50])
def test_from_one_outlet_to_fifty(n):
    names = [f"Outlet {i}" for i in range(n)]
    picture = figures.topic_shares(shares(names), figures.outlet_styles(names), {})
    assert picture.svg.count("<svg") == 1


def test_nothing_to_draw_is_drawn_as_nothing():
    empty = shares().head(0)
    assert figures.topic_shares(empty, STYLES, {}).svg
    told = pd.DataFrame({"outlet": [], "most": [], "some": [], "alone": []})
    assert figures.facts_told(told, STYLES).svg


def test_identifiers_of_two_figures_do_not_meet():
    pages = []
    for name in ("one", "two"):
        figure, ax = blank()
        ax.plot([1, 2])
        pages.append(finish(figure, name, "a line").html())
    ids = [set(re.findall(r'\bid="([^"]+)"', page)) for page in pages]
    assert not ids[0] & ids[1]


def test_labels_are_cut_at_words():
    assert short("The Northern Courier and Advertiser", 22) == "The Northern Courier…"
    assert panel_title("The Northern Courier and Advertiser of the Coast").count("\n") == 1


@pytest.mark.parametrize(
    "rows", [[], [("a", "b", 0.0), ("b", "a", 0.0)], [("a", "b", 0.5), ("b", "a", 0.25)]]
)
def test_a_matrix_of_one_article_or_of_strangers_says_so(rows):
    overlap = pd.DataFrame(rows, columns=["article_id", "other_id", "share"])
    outlets = {"a": OUTLETS[0], "b": OUTLETS[1]} if rows else {"a": OUTLETS[0]}
    alt = figures.share_matrix(overlap, outlets, STYLES).alt
    assert ("no two articles share any" in alt) == (not any(share for *_, share in rows))


def placed(outlets=OUTLETS):
    return pd.DataFrame(
        [
            {
                "kind": "actor",
                "outlet": o,
                "label": n,
                "share": s,
                "weighted_share": s / 2,
                "low": 0.0,
                "high": s,
                "sufficient": o != OUTLETS[1],
            }
            for o in outlets
            for n, s in (("Ada <i>Brandt</i>", 0.8), ("Lund", 0.2))
        ]
    )


def test_first_places_say_who_comes_first_and_where_mentions_are_few():
    picture = figures.first_places(placed(), STYLES, "actor", {"Lund": "the town of Lund"})
    assert "Morning Post: Ada <i>Brandt</i> 40 %" in picture.alt
    assert "<i>" not in picture.html()
    assert picture.svg.count("(too few)") == 1
    assert figures.first_places(placed().head(0), STYLES, "actor", {}).svg


def test_frame_cues_stand_beside_the_corpus_and_only_what_lies_apart_is_named():
    rows = [
        {"scheme": "news", "outlet": o, "frame": f, "share": 0.4, "low": 0.2, "high": 0.6, "corpus_share": 0.3,
         "apart": apart and o == OUTLETS[0] and f == "conflict", "sufficient": True}
        for o in OUTLETS for f in ("conflict", "no cue") for apart in (True,)
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    said = figures.frame_shares(table, STYLES, "news", {"conflict": "Conflict"}).alt
    assert "Morning Post: Conflict 40 % against 30 %" in said
    said = figures.frame_shares(table.assign(apart=False), STYLES, "news", {}).alt
    assert "No outlet stands apart" in said
    assert figures.frame_shares(table.head(0), STYLES, "news", {}).svg


@pytest.mark.parametrize("n", [0, 1, 3])
def test_shared_facts_are_counted_pair_by_pair(n):
    outlets = {str(i): OUTLETS[i] for i in range(n)}
    pairs = [(a, b) for a in outlets for b in outlets if a < b]
    overlap = pd.DataFrame(
        [
            {
                "a": a,
                "b": b,
                "outlet_a": outlets[a],
                "outlet_b": outlets[b],
                "both": 7,
                "uncertain": 2,
                "share": 0.5,
                "sufficient": b != "2",
            }
            for a, b in pairs
        ],
        columns=["a", "b", "outlet_a", "outlet_b", "both", "uncertain", "share", "sufficient"],
    )
    picture = figures.fact_overlap(overlap, outlets, STYLES)
    assert ("share 7, 50 %" in picture.alt) == (n > 1)
    assert ("too few" in picture.svg) == (n > 2)
    assert ("7 (+2?)" in picture.svg) == (n > 1)


def test_a_label_is_drawn_without_what_turns_a_page_around():
    assert short("\u202eGazette\u202c \ufeffof\x00 Dole") == "Gazette of Dole"
    assert panel_title("\u2066Gazette\u2069") == "Gazette"


def test_of_many_articles_those_that_share_facts_are_drawn():
    ids = {f"a{n}": f"Outlet {n}" for n in range(30)}
    overlap = pd.DataFrame(
        [
            {"a": "a1", "b": "a2", "both": 1},
            {"a": "a20", "b": "a29", "both": 9},
            {"a": "a3", "b": "a20", "both": 4},
        ]
    ).assign(outlet_a="x", outlet_b="y", uncertain=0, share=0.4, sufficient=True)
    drawn = figures.fact_overlap(overlap, ids, {}).svg
    assert "Outlet 29" in drawn and "Outlet 20" in drawn and "Outlet 3" in drawn
