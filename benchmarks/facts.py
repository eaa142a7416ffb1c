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
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

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
        rows = _load(path, options.texts)
        print(f"\n{path.name}: {len(rows)} texts, {sum(len(r['claims']) for r in rows)} decisions")
        print(_claims(rows).round(4).to_string(index=False))
        if all("evidence" in r for r in rows):
            print(f"sentence pairs, average precision: {_alignment(rows):.4f}")
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


def _claims(rows: list[Gold]) -> pd.DataFrame:
    ordered = _ordered(rows)
    out = []
    for name, measure in (("reports", _reports), ("stem recall", _recall), ("difflib", _difflib)):
        scores = [[measure(claim, row["text"]) for claim in row["claims"]] for row in rows]
        for which, kept in (("all", rows), ("order kept", ordered)):
            ids = {id(row) for row in kept}
            pairs = [
                (s, y) for row, found in zip(rows, scores, strict=True) if id(row) in ids
                for s, y in zip(found, row["labels"], strict=True)
            ]  # fmt: skip
            out.append(
                {"method": name, "texts": which, **_agreement(np.array(pairs), fixed=name == "reports")}
            )
    return pd.DataFrame(out)


def _ordered(rows: list[Gold]) -> list[Gold]:
    """The texts of systems whose labels are not mostly ones first, then zeros."""
    is_sorted: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        labels = row["labels"]
        if 0 < sum(labels) < len(labels):
            is_sorted[row.get("system", "")].append(labels == sorted(labels, reverse=True))
    return [row for row in rows if np.mean(is_sorted[row.get("system", "")] or [0]) < 0.25]


def _agreement(pairs: np.ndarray, fixed: bool) -> dict[str, float]:
    """AUC, and F1 at .5 for a calibrated score or at its best threshold for a baseline."""
    if not len(pairs):
        return {"auc": float("nan"), "f1": float("nan")}
    scores, labels = pairs[:, 0], pairs[:, 1]
    ranks = pd.Series(scores).rank().to_numpy()
    positive = int(labels.sum())
    area = (ranks[labels == 1].sum() - positive * (positive + 1) / 2) / max(
        1, positive * (len(labels) - positive)
    )
    thresholds = [0.5] if fixed else np.unique(scores)
    f1 = max(2 * labels[scores >= t].sum() / ((scores >= t).sum() + positive) for t in thresholds)
    return {"auc": float(area), "f1": float(f1)}


def _reports(claim: str, text: str) -> float:
    return reports(claim, text).score


def _recall(claim: str, text: str) -> float:
    wanted = _stems(claim)
    each = [_stems(text[a:b]) for a, b in sentences(text)] or [set()]
    return max(len(wanted & set().union(*each[n : n + 2])) for n in range(len(each))) / max(1, len(wanted))


def _stems(text: str) -> set[str]:
    found = (fold(text[a:b]) for a, b in words(text))
    return {stem(word) for word in found if word not in STOPWORDS}


def _difflib(claim: str, text: str) -> float:
    matcher = difflib.SequenceMatcher(None, claim.casefold(), text.casefold(), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks() if block.size > 3) / max(1, len(claim))


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
