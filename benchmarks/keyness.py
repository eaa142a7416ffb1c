"""Keyness: false finds under a true null, power, and speed.

    python benchmarks/keyness.py                     # generated text
    python benchmarks/keyness.py texts.jsonl         # {"text"} a line: sentences of real texts, dealt out at random

Under the null all outlets draw from one source, so that any significant term is a false find. `sentences`: sentences of
one pool dealt to the outlets. `articles`: whole articles with topics of their own dealt to the outlets; here exchanging
sentences is wrong and exchanging articles is right, which is what `keyness` chooses when there are enough of them.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))

from record import OURS, Result, proportion

from analysis.framing import keyness
from analysis.text import sentences, words


@lru_cache(maxsize=2)
def vocabulary(size: int) -> tuple[np.ndarray, np.ndarray]:
    letters = np.array(list("bcdfglmnprstv"))
    vowels = np.array(list("aeiou"))
    rng = np.random.default_rng(1)
    made = {
        "".join(np.ravel(np.column_stack([rng.choice(letters, 3), rng.choice(vowels, 3)])))
        for _ in range(3 * size)
    }
    words = np.array(sorted(made)[:size])
    words = rng.permutation(words)
    weight = 1 / np.arange(2, len(words) + 2)
    return words, weight / weight.sum()


def sentence_pool(rng: np.random.Generator, n: int, topic: np.ndarray | None = None) -> list[str]:
    drawn, weight = vocabulary(3000)
    if topic is not None:  # an article's own names and themes
        weight = weight.copy()
        weight[topic] += 0.01
        weight /= weight.sum()
    flat = rng.choice(drawn, size=n * 18, p=weight)
    return [" ".join(flat[i : i + 18]).capitalize() + "." for i in range(0, len(flat), 18)]


def deal(pool: list[str], n_groups: int, rng: np.random.Generator) -> pd.DataFrame:
    parts = np.array_split(rng.permutation(len(pool)), n_groups)
    return pd.DataFrame(
        {
            "article_id": [str(i) for i in range(n_groups)],
            "outlet": [f"O{i}" for i in range(n_groups)],
            "body": ["\n".join(pool[j] for j in part) for part in parts],
        }
    )


def corpus(rng: np.random.Generator, n_articles: int, n_groups: int, n_sentences: int) -> pd.DataFrame:
    bodies = ["\n".join(sentence_pool(rng, n_sentences, rng.integers(0, 3000, 8))) for _ in range(n_articles)]
    return pd.DataFrame(
        {
            "article_id": [str(i) for i in range(n_articles)],
            "outlet": [f"O{i % n_groups}" for i in range(n_articles)],
            "body": bodies,
        }
    )


def report(name: str, false_finds: list[bool]) -> None:
    n, k = len(false_finds), sum(false_finds)
    rate = k / n
    margin = 1.96 * np.sqrt(max(rate, 1 / n) * (1 - rate) / n)
    print(f"{name:58s} {k:3d} of {n} runs  {rate:.3f} ± {margin:.3f}")


def results(runs: int = 60) -> list[Result]:
    """False finds under the null, beside the usual bar on each word alone; power; seconds a thousand articles."""
    rng = np.random.default_rng(0)
    out: list[Result] = []
    for size in (20, 100):
        tables = [keyness(deal(sentence_pool(rng, size * 2), 2, rng)) for _ in range(runs)]
        for name, role, hits in (
            (OURS, "ours", sum(bool(t["significant"].any()) for t in tables)),
            ("each word alone, |z| > 1.96", "peer", sum(bool((t["z"].abs() > 1.96).any()) for t in tables)),
        ):
            out.append(Result("keyness", "simulated", f"runs with a false find, {size} sentences an outlet", name, role,  # type: ignore[arg-type]
                              hits / runs, *proportion(hits, runs), n=runs, unit="runs", aim="0.05"))  # fmt: skip
    for share in (0.1, 0.2):
        hits = sum(planted_is_found(rng, share) for _ in range(runs))
        out.append(Result("keyness", "simulated", f"a word in {share:.0%} of 60 sentences, found", OURS, "ours",
                          hits / runs, *proportion(hits, runs), n=runs, unit="runs"))  # fmt: skip
    return out


def planted_is_found(rng: np.random.Generator, share: float) -> bool:
    """One outlet uses a word in a share of its 60 sentences that no other uses; is it found?"""
    table = deal(sentence_pool(rng, 180), 3, rng)
    lines = table.loc[0, "body"].split("\n")
    chosen = rng.random(len(lines)) < share
    table.loc[0, "body"] = "\n".join(
        line[:-1] + " zzplanted." if c else line for line, c in zip(lines, chosen, strict=True)
    )
    k = keyness(table)
    return bool(k.loc[k["term"] == "zzplanted", "significant"].any())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=200)
    options = parser.parse_args()
    rng = np.random.default_rng(0)
    runs = range(options.runs)

    print("false finds under the null (family-wise, level .05)")
    for n_groups in (2, 5):
        for size in (20, 100):
            found = [
                bool(keyness(deal(sentence_pool(rng, size * n_groups), n_groups, rng))["significant"].any())
                for _ in runs
            ]
            report(f"sentences: {n_groups} outlets, {size} sentences each", found)
    found = [bool(keyness(corpus(rng, 24, 3, 15))["significant"].any()) for _ in runs]
    report("articles: 3 outlets, 8 articles each", found)
    found = [
        bool(keyness(corpus(rng, 24, 3, 15), exchange="sentence")["significant"].any())
        for _ in runs[: options.runs // 4]
    ]
    report("  the same, sentences exchanged (wrong here)", found)
    for path in options.texts:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        texts = [r["text"] for r in rows]
        found = []
        for _ in runs:
            text = texts[int(rng.integers(len(texts)))]
            pool = [text[a:b] for a, b in sentences(text)]
            if len(pool) >= 20:
                found.append(bool(keyness(deal(pool, 2, rng))["significant"].any()))
        report(f"{path.name}: one text, sentences dealt to 2 outlets", found)

    print("power: one outlet uses a word in a share of its 60 sentences that no other uses")
    for share in (0.05, 0.1, 0.2, 0.4):
        hits = [planted_is_found(rng, share) for _ in runs[: options.runs // 4]]
        print(f"  {share:.2f}: found in {np.mean(hits):.2f} of the runs")

    print("speed (cpu seconds, 400 permutations included)")
    for n_articles in (100, 1000):
        table = corpus(rng, n_articles, 5, 25)
        keyness(table.head(20))  # what is made ready once is ready
        start = time.process_time()
        for body in table["body"]:
            for a, b in sentences(body):
                words(body, a, b)
        tokenised = time.process_time()
        rows = len(keyness(table))
        alone, whole = tokenised - start, time.process_time() - tokenised
        print(
            f"  {n_articles} articles of 450 words, 5 outlets: {whole:.2f} s, of which tokenising {alone:.2f} s and the rest"
            f" {whole - alone:.2f} s; {rows} rows"
        )


if __name__ == "__main__":
    main()
