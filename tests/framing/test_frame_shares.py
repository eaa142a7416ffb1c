import pandas as pd
import pytest

from analysis.framing import frame_baseline, frame_cues, frame_shares
from analysis.segments import units

COST = "The new tax will raise prices and cost the economy millions in lost trade."
PLAIN = "It was a long grey afternoon and the gulls sat on the roof."
LAW = "The court ruled that the law was unconstitutional, the judge said."


def searched(**bodies: list[str]) -> pd.DataFrame:
    return units(
        pd.DataFrame(
            {
                "article_id": list(bodies),
                "outlet": list(bodies),
                "body": [" ".join(b) for b in bodies.values()],
            }
        ),
        by="sentence",
    )


def test_shares_count_sentences_and_stand_beside_the_corpus() -> None:
    sentences = searched(A=[COST] * 8 + [PLAIN] * 12, B=[PLAIN] * 20)
    table = frame_shares(frame_cues(sentences), sentences, "policy").set_index(["outlet", "frame"])
    costly = table.loc[("A", "economic")]
    assert (costly["cued"], costly["sentences"], costly["share"]) == (8, 20, 0.4)
    assert costly["corpus_share"] == 0.2
    assert costly["low"] < 0.4 < costly["high"]
    assert table.loc[("B", "no cue"), "share"] == 1.0
    assert table.loc[("B", "economic"), "share"] == 0.0


def test_only_a_clear_difference_lies_apart() -> None:
    clear = searched(A=[COST] * 90, B=[PLAIN] * 90)
    slight = searched(A=[COST, *[PLAIN] * 19], B=[PLAIN] * 20)
    for sentences, apart in ((clear, True), (slight, False)):
        table = frame_shares(frame_cues(sentences), sentences, "policy").set_index(["outlet", "frame"])
        assert bool(table.loc[("A", "economic"), "apart"]) is apart


def test_few_sentences_are_said_to_be_few() -> None:
    sentences = searched(A=[COST] * 3, B=[PLAIN] * 3)
    table = frame_shares(frame_cues(sentences), sentences, "policy")
    assert not table["sufficient"].any() and not table["apart"].any()


def test_the_baseline_is_what_guessing_gives() -> None:
    sentences = searched(A=[COST] * 3 + [LAW] + [PLAIN] * 4)
    everything = frame_baseline(frame_cues(sentences), sentences, "policy").set_index("outlet").loc["all"]
    assert everything["no_cue"] == 0.5
    assert everything["frame"] == "economic"
    assert everything["guess_cued"] == pytest.approx(0.75)
    assert everything["guess"] == pytest.approx(0.375)


def test_without_sentences_or_cues_nothing_is_claimed() -> None:
    none = searched(A=[])
    assert frame_shares(frame_cues(none), none, "news").empty
    assert frame_baseline(frame_cues(none), none, "news").empty
    plain = searched(A=[PLAIN] * 2)
    row = frame_baseline(frame_cues(plain), plain, "news").iloc[0]
    assert row["no_cue"] == 1.0 and pd.isna(row["frame"]) and pd.isna(row["guess_cued"])
