import numpy as np
import pytest

from analysis.stats import design_effect, jeffreys_interval, share_interval, stickiness, upper_stickiness


def chain(rng, mix, n, rho):
    """Topics of n paragraphs that keep to the one before with probability rho."""
    topics = rng.choice(len(mix), size=n, p=mix)
    for i in range(1, n):
        if rng.random() < rho:
            topics[i] = topics[i - 1]
    return topics


def test_jeffreys_interval_is_that_of_the_paper():
    # Brown, Cai and DasGupta 2001, table 5: n = 10, x = 3
    low, high = jeffreys_interval(3, 10)
    assert (round(float(low), 3), round(float(high), 3)) == (0.093, 0.606)


def test_no_success_begins_at_zero_and_no_failure_ends_at_one():
    low, high = jeffreys_interval([0, 5], [5, 5])
    assert low[0] == 0 and high[0] < 0.45
    assert high[1] == 1 and low[1] > 0.55


def test_nothing_tried_nothing_known():
    assert np.isnan(jeffreys_interval(0, 0)).all()


def test_sticky_units_widen_the_interval():
    narrow = share_interval(0.4, 20, rho=0.0)
    wide = share_interval(0.4, 20, rho=0.5)
    assert wide[0] < narrow[0] < 0.4 < narrow[1] < wide[1]


def test_design_effect():
    assert design_effect(0.0) == 1
    assert design_effect(0.5) == pytest.approx(3)


def test_stickiness_is_seen_in_long_texts_and_expected_in_short_ones():
    rng = np.random.default_rng(3)
    mix = [0.4, 0.3, 0.3]
    assert stickiness([chain(rng, mix, 2000, 0.5)]) == pytest.approx(0.5, abs=0.06)
    assert stickiness([chain(rng, mix, 2000, 0.0)]) == pytest.approx(0.0, abs=0.06)
    assert stickiness([["a", "b"]]) == pytest.approx(0.3)
    assert stickiness([]) == pytest.approx(0.3)


def test_one_topic_throughout_says_nothing_of_stickiness():
    assert stickiness([["a"] * 30]) == pytest.approx(0.3)


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.5])
@pytest.mark.parametrize("mix", [(0.4, 0.3, 0.2, 0.1), (0.1,) * 10])
def test_intervals_cover_the_true_share(rho, mix):
    rng = np.random.default_rng(11)
    covered = []
    for _ in range(250):
        topics = chain(rng, mix, 18, rho)
        share = np.bincount(topics, minlength=len(mix)) / 18
        low, high = share_interval(share, 18, upper_stickiness(stickiness([topics]), 18))
        covered.append((low <= mix) & (mix <= high))
    assert np.mean(covered) >= 0.94
