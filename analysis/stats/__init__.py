"""Statistics for a handful of texts: intervals, divergences and tests that stay honest at twelve paragraphs.

Written once for the whole package. Every function names its source, and `benchmarks/simulation.py` measures by simulation
what each promises (coverage, type-I error, power).
"""

from analysis.stats.agreement import krippendorff_alpha
from analysis.stats.divergence import jackknife_jsd, jensen_shannon
from analysis.stats.intervals import (
    design_effect,
    jeffreys_interval,
    share_interval,
    stickiness,
    stickiness_error,
    upper_stickiness,
)
from analysis.stats.mixtures import Comparison, compare_mixtures, compare_pairs
from analysis.stats.permutation import MaxZ, holm, max_z_permutation

__all__ = [
    "Comparison",
    "MaxZ",
    "compare_mixtures",
    "compare_pairs",
    "design_effect",
    "holm",
    "jackknife_jsd",
    "jeffreys_interval",
    "jensen_shannon",
    "krippendorff_alpha",
    "max_z_permutation",
    "share_interval",
    "stickiness",
    "stickiness_error",
    "upper_stickiness",
]
