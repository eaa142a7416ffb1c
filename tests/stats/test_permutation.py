import numpy as np
import pytest

from analysis.stats import holm, krippendorff_alpha, max_z_permutation


def test_holm_by_hand():
    # smallest times three, next times two, largest as it is, never below the one before
    assert holm([0.01, 0.04, 0.03]).tolist() == pytest.approx([0.03, 0.06, 0.06])


def test_holm_leaves_out_what_was_not_tested():
    adjusted = holm([float("nan"), 0.02, 0.5])
    assert np.isnan(adjusted[0]) and adjusted[1:].tolist() == pytest.approx([0.04, 0.5])
    assert holm([]).tolist() == []


def difference(values):
    """A statistic: standardised difference of means of each column between groups a and b."""

    def one(groups):
        a, b = values[groups == "a"], values[groups == "b"]
        spread = np.sqrt(a.var(axis=0) / len(a) + b.var(axis=0) / len(b)) + 1e-9
        return (a.mean(axis=0) - b.mean(axis=0)) / spread

    return lambda arrangements: [one(groups) for groups in arrangements]


def test_one_true_difference_among_twenty_columns_is_found():
    rng = np.random.default_rng(0)
    groups = np.repeat(["a", "b"], 30)
    values = rng.normal(size=(60, 20))
    values[groups == "a", 7] += 2.0
    result = max_z_permutation(difference(values), groups, permutations=199)
    assert result.p.argmin() == 7 and result.p[7] == pytest.approx(1 - 0.05 ** (1 / 199))
    assert (np.abs(result.z[result.p <= 0.05]) > 0.99 * result.critical).all()


def test_under_the_null_an_analysis_rarely_shows_anything():
    rng = np.random.default_rng(4)
    groups = np.repeat(["a", "b"], 15)
    any_found = [
        (
            max_z_permutation(difference(rng.normal(size=(30, 10))), groups, permutations=59, seed=s).p
            <= 0.05
        ).any()
        for s in range(100)
    ]
    assert np.mean(any_found) <= 0.1


def test_every_arrangement_deals_the_same_labels_and_blocks_change_nothing():
    seen = []

    def statistic(arrangements):
        seen.extend("".join(sorted(row)) for row in arrangements)
        return [[float(row[0] == "a")] for row in arrangements]

    one = max_z_permutation(statistic, list("aabb"), permutations=20)
    many = max_z_permutation(statistic, list("aabb"), permutations=20, together=7)
    assert set(seen) == {"aabb"}
    assert one.p == many.p


def test_one_group_cannot_be_compared():
    result = max_z_permutation(lambda arrangements: [[3.0]], ["a", "a"])
    assert result.p.tolist() == [1.0] and np.isnan(result.critical)


def test_alpha_of_full_agreement_and_of_a_textbook_case():
    assert krippendorff_alpha({"x": {1: "a", 2: "b"}, "y": {1: "a", 2: "b"}}) == 1
    # two coders, ten units, Krippendorff's "Computing alpha" (2011), section A: alpha = 0.095
    one = dict(enumerate("0 1 0 0 0 0 0 0 1 0".split()))
    two = dict(enumerate("1 1 1 0 0 1 0 0 0 0".split()))
    assert krippendorff_alpha({"one": one, "two": two}) == pytest.approx(0.095, abs=0.001)


def test_alpha_without_overlap_or_variation_is_unknown():
    assert np.isnan(krippendorff_alpha({"x": {1: "a"}, "y": {2: "a"}}))
    assert np.isnan(krippendorff_alpha({"x": {1: "a"}, "y": {1: "a"}}))
