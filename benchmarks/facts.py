"""How far does `reports` agree with people, and `align_sentences` with a reader?

    python benchmarks/facts.py claims.jsonl [--texts FOLDER]     # agreement on claims, and on passages where the gold has them
    python benchmarks/facts.py --speed                           # articles a second, no gold needed

A gold file has one JSON object a line: {"id", "claims": [...], "labels": [0 | 1, ...], "text"?, "system"?, "claim_ids"?,
"evidence"?: [[start, end] | null, ...]}. Without "text" it is read from FOLDER/id. Beside the measure stand two baselines:
the share of a claim's stems that the best window of two sentences holds, and difflib's longest matching blocks.

Some published judgements have lost their order: a text's labels are all ones first, then all zeros. No measure can agree
with these, so the table has two rows for each method: all texts, and texts of those systems whose labels are so sorted in
fewer than a quarter of the cases.
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import rankdata

sys.path.insert(0, str(Path(__file__).parent))

from record import OURS, Result, Role, bootstrap, show

from analysis.framing import align_sentences, coverage, find_facts, reports
from analysis.text import STOPWORDS, fold, sentences, stem, words

Gold = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--texts", type=Path, help="where the texts are that the gold does not hold")
    parser.add_argument("--speed", action="store_true")
    options = parser.parse_args()
    for path in options.gold:
        show(results(path, options.texts))
    if options.speed or not options.gold:
        print(_speed().round(2).to_string(index=False))


def _load(path: Path, texts: Path | None) -> list[Gold]:
    rows: list[Gold] = [
        json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    for row in rows:
        if "text" not in row:
            if texts is None:
                raise SystemExit(f"{path.name}: the gold has no texts; give their folder with --texts.")
            row["text"] = (texts / row["id"]).read_bytes().decode("utf-8")
    return rows


def results(path: Path, texts: Path | None = None) -> list[Result]:
    """Measure `reports` and two baselines on one set of claims, and `align_sentences` where it says what states them."""
    rows = _load(path, texts)
    gold = "seeds" if path.name == "claims.jsonl" else path.name.split(".")[0]
    kept = {id(row) for row in _ordered(rows)}
    sets = [("", rows)]
    if 0 < len(kept) < len(rows):
        sets.append((", labels in order", [row for row in rows if id(row) in kept]))
    out = []
    for name, (role, measure) in METHODS.items():
        started = time.process_time()
        scores = {id(row): np.array([measure(claim, row["text"]) for claim in row["claims"]]) for row in rows}
        seconds = time.process_time() - started
        for which, chosen in sets:
            pairs = [np.column_stack([scores[id(row)], row["labels"]]) for row in chosen]
            least = 0.5 if role == "ours" else _best(np.concatenate(pairs))
            out += [
                Result("facts", gold, f"area under the curve{which}", name, role, *bootstrap(len(pairs), lambda c, p=pairs: _area(p, c), draws=200),
                       n=len(pairs), unit="texts"),
                Result("facts", gold, f"F1{which}", name, role, *bootstrap(len(pairs), lambda c, p=pairs, t=least: _f1(p, c, t), draws=200),
                       n=len(pairs), unit="texts", note="" if role == "ours" else "threshold chosen on these labels"),
            ]  # fmt: skip
        if role == "ours":
            own = seconds
        else:
            out.append(Result("speed", gold, "facts: speed beside ours", name, role, own / max(seconds, 1e-9), n=len(rows), unit="texts"))  # fmt: skip
    if all("evidence" in r for r in rows):
        out.append(Result("facts", gold, "average precision of sentence pairs", OURS, "ours", _alignment(rows), n=len(rows), unit="texts"))  # fmt: skip
    return out


def _ordered(rows: list[Gold]) -> list[Gold]:
    """The texts of systems whose labels are not mostly ones first, then zeros."""
    is_sorted: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        labels = row["labels"]
        if 0 < sum(labels) < len(labels):
            is_sorted[row.get("system", "")].append(labels == sorted(labels, reverse=True))
    return [row for row in rows if np.mean(is_sorted[row.get("system", "")] or [0]) < 0.25]


def _area(pairs: list[np.ndarray], chosen: np.ndarray) -> float:
    """Area under the curve over all decisions of the chosen texts."""
    scores, labels = np.concatenate([pairs[k] for k in chosen]).T
    ranks = rankdata(scores)
    positive = int(labels.sum())
    return float(
        (ranks[labels == 1].sum() - positive * (positive + 1) / 2)
        / max(1, positive * (len(labels) - positive))
    )


def _f1(pairs: list[np.ndarray], chosen: np.ndarray, least: float) -> float:
    scores, labels = np.concatenate([pairs[k] for k in chosen]).T
    return float(2 * labels[scores >= least].sum() / max(1, (scores >= least).sum() + labels.sum()))


def _best(pairs: np.ndarray) -> float:
    """The threshold that suits a baseline best."""
    return float(max(np.unique(pairs[:, 0]), key=lambda t: _f1([pairs], np.array([0]), t)))


def _reports(claim: str, text: str) -> float:
    return reports(claim, text).score


def _recall(claim: str, text: str) -> float:
    wanted = _stems(claim)
    each = [_stems(text[a:b]) for a, b in sentences(text)] or [set()]
    return max(len(wanted & set().union(*each[n : n + 2])) for n in range(len(each))) / max(1, len(wanted))


def _stems(text: str) -> set[str]:
    found = (fold(text[a:b]) for a, b in words(text))
    return {stem(word) for word in found if word not in STOPWORDS}


def _fuzzy(claim: str, text: str) -> float:
    from rapidfuzz import fuzz

    return (
        fuzz.token_set_ratio(claim.lower(), text.lower()) / 200
        + fuzz.partial_ratio(claim.lower(), text.lower()) / 200
    )


def _difflib(claim: str, text: str) -> float:
    matcher = difflib.SequenceMatcher(None, claim.casefold(), text.casefold(), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks() if block.size > 3) / max(1, len(claim))


METHODS: dict[str, tuple[Role, Callable[[str, str], float]]] = {
    OURS: ("ours", _reports),
    "share of stems in the best two sentences": ("peer", _recall),
    "rapidfuzz, token set and partial ratio": ("peer", _fuzzy),
    "difflib, matching blocks": ("baseline", _difflib),
}


def _alignment(rows: list[Gold]) -> float:
    """Average precision over all pairs of sentences of two texts; right are those that touch evidence of one claim."""
    where = {
        r["id"]: [(c, *e) for c, e in zip(r["claim_ids"], r["evidence"], strict=True) if e] for r in rows
    }
    spans = {r["id"]: sentences(r["text"]) for r in rows}

    def right(a: str, p: tuple[int, int], b: str, q: tuple[int, int]) -> bool:
        mine = {c for c, s, e in where[a] if s < p[1] and p[0] < e}
        return any(c in mine for c, s, e in where[b] if s < q[1] and q[0] < e)

    total = sum(right(a, p, b, q) for a, b in combinations(spans, 2) for p in spans[a] for q in spans[b])
    ranked = align_sentences(pd.DataFrame({"article_id": list(spans), "body": [r["text"] for r in rows]}))
    hits = [right(r.a, (r.a_start, r.a_end), r.b, (r.b_start, r.b_end)) for r in ranked.itertuples()]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float((precision * hits).sum() / max(1, total))


def _speed() -> pd.DataFrame:
    """One event told by more and more articles, of sentences drawn from a growing stock, with one word in twenty lost."""
    rng = np.random.default_rng(0)
    nouns = [f"{a}{b}" for a in ("har", "tun", "vel", "mor", "pel", "sid", "lan", "cor") for b in
             ("bour", "nel", "don", "ter", "gate", "wick", "mere", "ford", "ston", "by")]  # fmt: skip
    verbs = "opened closed visited praised blamed repaired promised refused counted painted".split()
    out = []
    for n in (5, 20, 100, 500):
        stock = [
            " ".join(
                [
                    "The",
                    *rng.choice(nouns, 3),
                    rng.choice(verbs),
                    "the",
                    *rng.choice(nouns, 4),
                    "on day",
                    str(k),
                ]
            )
            for k in range(20 * n)
        ]
        bodies = []
        for _ in range(n):
            drawn = rng.choice(len(stock), 30) ** 2 // len(stock)
            kept = [" ".join(w for w in stock[k].split() if rng.random() > 0.05) for k in drawn]
            bodies.append(". ".join(kept) + ".")
        articles = pd.DataFrame({"article_id": [f"a{k}" for k in range(n)], "body": bodies})
        start = time.perf_counter()
        facts = find_facts(articles)
        middle = time.perf_counter()
        covered = coverage(facts, articles)
        out.append(
            {
                "articles": n,
                "facts": len(facts),
                "cells": len(covered),
                "find_facts s": middle - start,
                "coverage s": time.perf_counter() - middle,
            }
        )
    return pd.DataFrame(out)


if __name__ == "__main__":
    main()
