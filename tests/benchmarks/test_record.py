"""The figures that are stored must be right themselves."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture(scope="module", autouse=True)
def _benchmarks_on_the_path():
    sys.path.append(str(BENCHMARKS))
    yield
    sys.path.remove(str(BENCHMARKS))


def test_f1_of_added_counts_with_its_interval():
    from record import f1_interval

    value, low, high = f1_interval([(1, 1, 1)] * 5 + [(0, 1, 1)] * 5)
    assert value == pytest.approx(0.5)
    assert 0.1 < low < 0.5 < high < 0.9


def test_a_handful_of_units_has_no_interval():
    from record import share_interval

    value, low, high = share_interval([(1, 2), (0, 2)])
    assert value == 0.25
    assert np.isnan([low, high]).all()


def test_a_perfect_figure_is_not_certain():
    from record import f1_interval, share_interval

    for value, low, high in (f1_interval([(2, 2, 2)] * 5), share_interval([(2, 2)] * 5)):
        assert value == high == 1
        assert 0.7 < low < 0.95


def test_a_table_is_written_with_what_made_it(tmp_path, monkeypatch):
    from record import Result, write

    monkeypatch.setattr(sys, "argv", ["/somewhere/benchmarks/bench.py", "--gold", "/private/labels"])
    path = write("facts", [Result("facts", "simulated", "F1", "us", "ours", 0.51234)], tmp_path)
    row = pd.read_csv(path).iloc[0]
    assert row["command"] == "python benchmarks/bench.py --gold labels"
    assert row["licence"] == "MIT, like the project"
    assert row["value"] == 0.5123
    assert "pandas" in row["versions"]


def test_nothing_measured_leaves_the_old_table(tmp_path):
    from record import write

    (tmp_path / "facts.csv").write_text("old")
    with pytest.raises(SystemExit, match="nothing was measured"):
        write("facts", [], tmp_path)
    assert (tmp_path / "facts.csv").read_text() == "old"


DOC = {
    "text": 'Ana said: "It rains." She called it "grey". "It pours," she said.',
    "quotes": [
        {
            "start": 11,
            "end": 20,
            "speaker": "Ana",
            "speaker_start": 0,
            "speaker_end": 3,
            "speaker_name": "Ana Brandt",
        },
        {
            "start": 45,
            "end": 54,
            "speaker": "she",
            "speaker_start": 56,
            "speaker_end": 59,
            "speaker_name": "Ana Brandt",
        },
    ],
    "not_quotes": [{"start": 37, "end": 41}],
}


def test_perfect_quotations_score_one_with_or_without_their_marks():
    from quote_scores import score

    wide = [{**q, "start": q["start"] - 1, "end": q["end"] + 1} for q in DOC["quotes"]]
    for found in (DOC["quotes"], wide):
        counts = score(DOC, found)
        assert counts.exact == counts.mention == (2, 2, 2)
        assert counts.speaker == counts.who == (2, 2)
        assert counts.alarms == (0, 1)


def test_a_term_that_is_taken_for_speech_is_counted_against():
    from quote_scores import score

    counts = score(DOC, [*DOC["quotes"], {"start": 37, "end": 41}])
    assert counts.exact == (2, 3, 2)
    assert counts.alarms == (1, 1)


def test_the_wrong_speaker_is_no_speaker():
    from quote_scores import score

    wrong = [
        {**q, "speaker": "Bo Lind", "speaker_start": 25, "speaker_end": 28, "speaker_name": "Bo Lind"}
        for q in DOC["quotes"]
    ]
    counts = score(DOC, wrong)
    assert counts.exact == (2, 2, 2)
    assert (counts.speaker, counts.who) == ((0, 2), (0, 2))
