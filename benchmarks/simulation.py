"""What the statistics promise, by simulation: coverage of intervals, type-I error and power of topic distances.

    python benchmarks/simulation.py                 # a few minutes on one core
    python benchmarks/simulation.py --runs 2000     # closer

Texts are Markov chains: with probability rho a paragraph keeps the topic of the one before, else it draws from the text's
mix, which is itself drawn evenly from all mixes of eight topics. Stickiness is estimated from the same few texts, as in use.
Beside the intervals and the test that the package uses stand those that are usual: the percentile bootstrap, Jeffreys
without a design effect, and the permutation of paragraphs.
"""

from __future__ import annotations

import argparse

import numpy as np
import record

from analysis.stats import (
    compare_mixtures,
    jackknife_jsd,
    jeffreys_interval,
    share_interval,
    stickiness,
    upper_stickiness,
)

TOPICS = 8
ONE = np.eye(TOPICS)


def chain(rng: np.random.Generator, mix: np.ndarray, n: int, rho: float) -> np.ndarray:
    drawn = rng.choice(len(mix), size=n, p=mix)
    fresh = rng.random(n) >= rho
    fresh[0] = True
    return drawn[np.maximum.accumulate(np.where(fresh, np.arange(n), -1))]


def coverage(rng: np.random.Generator, n: int, rho: float, texts: int, runs: int) -> list[float]:
    """Part of the true shares inside the intervals: bootstrap, plain Jeffreys, the package's."""
    held = np.zeros(3)
    for _ in range(runs):
        mixes = rng.dirichlet(np.ones(TOPICS), size=texts)
        topics = [chain(rng, mix, n, rho) for mix in mixes]
        mix, first = mixes[0], topics[0]
        share = np.bincount(first, minlength=TOPICS) / n
        again = ONE[first[rng.integers(0, n, size=(200, n))]].mean(axis=1)
        intervals = (
            tuple(np.quantile(again, [0.025, 0.975], axis=0)),
            jeffreys_interval(share * n, n),
            share_interval(share, n, upper_stickiness(stickiness(topics), n * texts)),
        )
        held += [np.mean((low <= mix) & (mix <= high)) for low, high in intervals]
    return (held / runs).tolist()


def rejections(rng: np.random.Generator, n: int, rho: float, apart: bool, runs: int) -> list[float]:
    """How often two texts are called different: permuting paragraphs, the package's test."""
    rejected = np.zeros(2)
    for run in range(runs):
        mix = rng.dirichlet(np.ones(TOPICS))
        other = rng.dirichlet(np.ones(TOPICS)) if apart else mix
        a, b = chain(rng, mix, n, rho), chain(rng, other, n, rho)
        both, seen = np.concatenate([a, b]), jackknife_jsd(ONE[a], ONE[b])
        permuted = [rng.permutation(both) for _ in range(99)]
        p = (1 + sum(jackknife_jsd(ONE[x[:n]], ONE[x[n:]]) >= seen - 1e-12 for x in permuted)) / 100
        result = compare_mixtures([ONE[a]], [ONE[b]], rho=stickiness([a, b]), replicates=199, seed=run)
        rejected += [p <= 0.05, result.p <= 0.05]
    return (rejected / runs).tolist()


def bias(rng: np.random.Generator, n: int, runs: int) -> list[float]:
    """Mean divergence in bits of two texts of one mix: plug-in, jackknife."""
    total = np.zeros(2)
    for _ in range(runs):
        mix = rng.dirichlet(np.ones(TOPICS))
        a, b = ONE[chain(rng, mix, n, 0.0)], ONE[chain(rng, mix, n, 0.0)]
        middle = (a.mean(axis=0) + b.mean(axis=0)) / 2

        def entropy(p: np.ndarray) -> float:
            return float(-(p * np.log2(np.where(p > 0, p, 1))).sum())

        total += [
            entropy(middle) - (entropy(a.mean(axis=0)) + entropy(b.mean(axis=0))) / 2,
            jackknife_jsd(a, b),
        ]
    return (total / runs).tolist()


def results(runs: int = 200, seed: int = 0) -> list[record.Result]:
    """Coverage, type-I error and power as figures, at the hardest settings that the package promises to stand."""
    rng = np.random.default_rng(seed)
    out: list[record.Result] = []
    names: tuple[tuple[str, record.Role], ...] = (
        ("percentile bootstrap", "baseline"), ("Jeffreys, no design effect", "peer"), (record.OURS, "ours"),
    )  # fmt: skip
    for n, texts, rho in ((12, 5, 0.0), (12, 5, 0.5), (25, 5, 0.5)):
        for (name, role), value in zip(names, coverage(rng, n, rho, texts, runs), strict=True):
            metric = f"coverage of 95 % intervals, {n} paragraphs, stickiness {rho}"
            out.append(record.Result("statistics", "simulated", metric, name, role, value, n=runs, unit="simulated texts", aim="0.95"))  # fmt: skip
    for n, rho in ((25, 0.0), (25, 0.4)):
        values = rejections(rng, n, rho, False, runs)
        for (name, role), value in zip(
            (("permuted paragraphs", "peer"), (record.OURS, "ours")), values, strict=True
        ):
            metric = f"false alarms at .05, {n} paragraphs, stickiness {rho}"
            low, high = record.proportion(round(value * runs), runs)
            out.append(record.Result("statistics", "simulated", metric, name, role, value, low, high, runs, "simulated pairs", aim="0.05"))  # fmt: skip
        _, power = rejections(rng, n, rho, True, runs)
        low, high = record.proportion(round(power * runs), runs)
        out.append(record.Result("statistics", "simulated", f"differences found, {n} paragraphs, stickiness {rho}", record.OURS, "ours",
                                 power, low, high, runs, "simulated pairs"))  # fmt: skip
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)

    print("Coverage of nominal 95 per cent intervals of a topic share")
    print("  n  texts   rho   bootstrap  Jeffreys  ours")
    for n, texts in ((12, 1), (25, 1), (12, 5), (25, 5)):
        for rho in (0.0, 0.3, 0.5):
            boot, plain, ours = coverage(rng, n, rho, texts, options.runs)
            print(f"{n:4d} {texts:5d} {rho:6.1f} {boot:10.3f} {plain:9.3f} {ours:6.3f}")

    print("\nTwo texts of one mix called different at p <= .05 (type-I error); of two mixes (power)")
    print("  n   rho   permutation  ours    power of ours")
    for n in (15, 25):
        for rho in (0.0, 0.2, 0.4):
            permuted, ours = rejections(rng, n, rho, False, options.runs)
            _, power = rejections(rng, n, rho, True, max(50, options.runs // 4))
            print(f"{n:4d} {rho:5.1f} {permuted:12.3f} {ours:6.3f} {power:12.2f}")

    print("\nMean divergence of two texts of one mix, bits (should be 0)")
    for n in (12, 25):
        plug_in, jackknife = bias(rng, n, options.runs)
        print(f"{n:4d}  plug-in {plug_in:.3f}  jackknife {jackknife:.3f}")


if __name__ == "__main__":
    main()
