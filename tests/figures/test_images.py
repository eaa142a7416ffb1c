"""Figures look as they did: compared with pictures that a person has looked at.

Fonts come with matplotlib, so the pictures are the same on every machine but for a pixel here and there. After a change that
is meant, look at the new picture that the failure names, and copy it over the old one in `baseline/`.
"""

from pathlib import Path

import pytest
from many import figures_of
from matplotlib.testing.compare import compare_images

BASELINE = Path(__file__).parent / "baseline"
TOLERANCE = 8  # root mean square of the difference, of 255
NAMES = [
    "article_bars",
    "page_parts",
    "share_matrix",
    "voice_words",
    "keyness",
    "facts_told",
    "topic_shares",
    "preview",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_looks_as_it_did(name, tmp_path):
    made = tmp_path / f"{name}.png"
    made.write_bytes(figures_of(4)[name]().png)
    known = BASELINE / f"{name}.png"
    assert known.is_file(), f"look at {made}, and keep it as {known}"
    assert compare_images(str(known), str(made), tol=TOLERANCE) is None


def test_the_comparison_sees_a_difference(tmp_path):
    made = tmp_path / "topic_shares.png"
    made.write_bytes(figures_of(5)["topic_shares"]().png)
    known = tmp_path / "four.png"
    known.write_bytes((BASELINE / "topic_shares.png").read_bytes())
    assert compare_images(str(known), str(made), tol=TOLERANCE)
