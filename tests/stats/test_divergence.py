import numpy as np
import pytest

from analysis.stats import compare_mixtures, compare_pairs, jackknife_jsd, jensen_shannon

ONE = np.eye(4)


def draw(rng, mix, n):
    return ONE[rng.choice(4, size=n, p=mix)]


def test_divergence_of_the_same_and_of_nothing_in_common():
    assert jensen_shannon([0.5, 0.5], [0.5, 0.5]) == 0
    assert jensen_shannon([1, 0], [0, 1]) == 1
    # half of one is the other: H(3/4, 1/4) - 1/2 H(1/2, 1/2)
    assert jensen_shannon([1, 0], [0.5, 0.5]) == pytest.approx(0.8112781 - 0.5)


def test_the_jackknife_takes_most_of_the_bias_off():
    rng = np.random.default_rng(0)
    mix = [0.4, 0.3, 0.2, 0.1]
    pairs = [(draw(rng, mix, 12), draw(rng, mix, 12)) for _ in range(200)]
    plain = np.mean([jensen_shannon(a.mean(axis=0), b.mean(axis=0)) for a, b in pairs])
    corrected = np.mean([jackknife_jsd(a, b) for a, b in pairs])
    assert corrected < 0.6 * plain


def test_the_jackknife_leaves_out_one_unit_at_a_time():
    rng = np.random.default_rng(3)
    a, b = (np.concatenate([ONE[rng.choice(4, size=5)], rng.dirichlet([0.5] * 4, size=n)]) for n in (3, 6))

    def bias(x, y):
        without = [
            jensen_shannon(np.delete(x, i, axis=0).mean(axis=0), y.mean(axis=0)) for i in range(len(x))
        ]
        return (len(x) - 1) * (np.mean(without) - jensen_shannon(x.mean(axis=0), y.mean(axis=0)))

    plain = jensen_shannon(a.mean(axis=0), b.mean(axis=0))
    assert jackknife_jsd(a, b) == pytest.approx(max(0.0, plain - bias(a, b) - bias(b, a)), abs=1e-12)
    assert jackknife_jsd(a[:1], b[:1]) == pytest.approx(jensen_shannon(a[0], b[0]))  # nothing can be left out


def test_pairs_compared_together_are_as_compared_one_by_one():
    rng = np.random.default_rng(4)
    sides = [[draw(rng, [0.25] * 4, n) for n in lengths] for lengths in ([5], [], [12, 1], [30, 40], [151])]
    pairs = [(i, j) for i in range(5) for j in range(i)]
    drawn = [99 if 0 in pair else 199 for pair in pairs]
    together = compare_pairs(sides, pairs, rho=0.3, replicates=drawn, seed=7)
    for (i, j), n, found in zip(pairs, drawn, together, strict=True):
        alone = compare_mixtures(sides[i], sides[j], rho=0.3, replicates=n, seed=7)
        np.testing.assert_allclose(found, alone, atol=1e-12)


def test_a_true_difference_is_found_and_the_band_holds_the_null():
    rng = np.random.default_rng(1)
    a, b = draw(rng, [0.7, 0.1, 0.1, 0.1], 40), draw(rng, [0.1, 0.1, 0.1, 0.7], 40)
    apart = compare_mixtures([a], [b], rho=0.0, replicates=199)
    assert apart.jsd > apart.null_high and apart.p < 0.01
    same = compare_mixtures([a], [draw(rng, [0.7, 0.1, 0.1, 0.1], 40)], rho=0.0, replicates=199)
    assert same.null_low <= same.jsd <= same.null_high and same.p > 0.05


def test_rejections_of_a_true_null_are_rare_even_with_sticky_paragraphs():
    rng = np.random.default_rng(5)
    rejected = 0
    for s in range(120):
        sides = []
        for _ in range(2):
            rows = rng.choice(4, size=20, p=[0.4, 0.3, 0.2, 0.1])
            for i in range(1, 20):
                if rng.random() < 0.4:
                    rows[i] = rows[i - 1]
            sides.append(ONE[rows])
        rejected += compare_mixtures([sides[0]], [sides[1]], rho=0.4, replicates=99, seed=s).p <= 0.05
    assert rejected / 120 <= 0.1  # the benchmark measures it with more runs


def test_long_texts_take_the_short_way_to_the_same_band():
    rng = np.random.default_rng(2)
    a, b = draw(rng, [0.4, 0.3, 0.2, 0.1], 149), draw(rng, [0.4, 0.3, 0.2, 0.1], 149)
    exact = compare_mixtures([a], [b], rho=0.2, replicates=399)
    normal = compare_mixtures([np.tile(a, (2, 1))], [np.tile(b, (2, 1))], rho=0.2, replicates=399)
    assert normal.null_high == pytest.approx(exact.null_high / 2, rel=0.35)


def test_an_empty_side_gives_nothing():
    assert all(np.isnan(compare_mixtures([], [ONE], rho=0.1)))
    assert np.isnan(jackknife_jsd(np.empty((0, 4)), ONE))


def test_the_same_seed_gives_the_same_numbers():
    rng = np.random.default_rng(9)
    a, b = draw(rng, [0.25] * 4, 20), draw(rng, [0.25] * 4, 20)
    assert compare_mixtures([a], [b], rho=0.3) == compare_mixtures([a], [b], rho=0.3)
