"""How far do frame cues agree with coders?

    python benchmarks/frames.py semeval.jsonl narrative.jsonl frac.jsonl     # one table a file
    python benchmarks/frames.py semeval.jsonl --fit                          # decisions for the codebook
    python benchmarks/frames.py --speed                                      # sentences a second, no gold needed

A gold file has one JSON object a line: {"id", "text", "labels": [...]}. Labels are matched to frames by the names below;
which set a file is from is told by its labels. Beside the scores stands the majority baseline: for every text the labels
that more than half of the texts have (several labels), or the commonest label (one label a text).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.framing import frame_cues, frame_scores
from analysis.framing.cues import frame_book
from analysis.framing.frames import raw_strengths

SEMEVAL = {
    "Economic": "economic",
    "Capacity_and_resources": "capacity_and_resources",
    "Morality": "morality",
    "Fairness_and_equality": "fairness_and_equality",
    "Legality_Constitutionality_and_jurisprudence": "legality",
    "Policy_prescription_and_evaluation": "policy_prescription",
    "Crime_and_punishment": "crime_and_punishment",
    "Security_and_defense": "security_and_defense",
    "Health_and_safety": "health_and_safety",
    "Quality_of_life": "quality_of_life",
    "Cultural_identity": "cultural_identity",
    "Public_opinion": "public_opinion",
    "Political": "political",
    "External_regulation_and_reputation": "external_regulation_and_reputation",
}
NARRATIVE = {
    "RE": "responsibility",
    "HI": "human_interest",
    "CO": "conflict",
    "MO": "morality",
    "EC": "economic",
}
# One label a sentence; several frames share a label.
FRAC = {
    "1": ("economic", "capacity_and_resources"),
    "3": ("morality",),
    "4": ("fairness_and_equality",),
    "5": ("legality", "crime_and_punishment"),
    "6": ("political", "policy_prescription", "external_regulation_and_reputation"),
    "8": ("security_and_defense",),
    "9": ("health_and_safety", "quality_of_life"),
    "11": ("cultural_identity",),
    "12": ("public_opinion",),
    "15": ("other",),
}


def f1(gold: np.ndarray, found: np.ndarray) -> float:
    total = gold.sum() + found.sum()
    return float(2 * (gold & found).sum() / total) if total else 0.0


def several(rows: list[dict[str, Any]], scheme: str, names: dict[str, str]) -> None:
    articles = pd.DataFrame({"article_id": [str(r["id"]) for r in rows], "body": [r["text"] for r in rows]})
    table = frame_scores(articles, scheme=scheme).pivot(index="article_id", columns="frame", values="score")  # type: ignore[arg-type]
    table = table.loc[articles["article_id"]]
    gold = np.array([[label in r["labels"] for label in names] for r in rows])
    found = np.array(table[list(names.values())] >= 0.5)
    usual = np.tile(gold.mean(axis=0) > 0.5, (len(rows), 1))
    print(f"{'frame':36s} texts     F1  majority")
    for j, frame in enumerate(names.values()):
        print(
            f"{frame:36s} {gold[:, j].sum():5d}  {f1(gold[:, j], found[:, j]):.3f}  {f1(gold[:, j], usual[:, j]):.3f}"
        )
    for name, made in (("frame_scores", found), ("majority", usual)):
        macro = np.mean([f1(gold[:, j], made[:, j]) for j in range(len(names))])
        print(f"{name:14s} micro-F1 {f1(gold.ravel(), made.ravel()):.3f}  macro-F1 {macro:.3f}")


def single(rows: list[dict[str, Any]]) -> None:
    sentences = pd.DataFrame({"unit_id": [str(r["id"]) for r in rows], "text": [r["text"] for r in rows]})
    label_of = {frame: label for label, frames in FRAC.items() for frame in frames}
    cues = frame_cues(sentences).sort_values("score", ascending=False, kind="stable")
    best = cues.drop_duplicates("sentence_id").set_index("sentence_id")["frame"]
    gold = [str(r["labels"][0]) for r in rows]
    found = [label_of[best.get(str(r["id"]), "other")] for r in rows]
    common = max(set(gold), key=gold.count)
    for name, made in (("frame_cues", found), ("majority", [common] * len(gold))):
        scores = [
            f1(np.array([g == k for g in gold]), np.array([m == k for m in made])) for k in sorted(set(gold))
        ]
        hits = np.mean([g == m for g, m in zip(gold, made, strict=True)])
        print(f"{name:14s} accuracy {hits:.3f}  macro-F1 {np.mean(scores):.3f}")


def fit(rows: list[dict[str, Any]], scheme: str, names: dict[str, str]) -> None:
    """Print middle and slope of each frame: a logistic curve, moved so that .5 is where expected F1 is largest."""
    from scipy.optimize import minimize

    strengths = raw_strengths([r["text"] for r in rows], scheme)  # type: ignore[arg-type]
    frames = frame_book(scheme).frames  # type: ignore[arg-type]
    for label, frame in names.items():
        x = strengths[:, frames.index(frame)]
        y = np.array([label in r["labels"] for r in rows])
        mean, spread = x.mean(), x.std() + 1e-9
        z = (x - mean) / spread

        def loss(p: np.ndarray, z: np.ndarray = z, y: np.ndarray = y) -> float:
            t = p[0] + p[1] * z
            return float(np.sum(np.logaddexp(0, t) - y * t) + (p[1] - 0.8) ** 2)

        a, b = minimize(loss, [0.0, 0.5]).x
        p = np.sort(1 / (1 + np.exp(-(a + b * z))))[::-1]
        expected = 2 * np.cumsum(p) / (np.arange(1, len(p) + 1) + p.sum())
        cut = (
            expected.max() / 2
        )  # Lipton, Elkan and Naryanaswamy 2014: the best threshold is half the best F1
        middle = mean + spread * (np.log(cut / (1 - cut)) - a) / b
        print(f"  {frame}: [{middle:.2f}, {b / spread:.2f}]")


def speed() -> None:
    text = "The minister said on Tuesday that the court would not raise taxes on the hospitals near the border this year."
    sentences = pd.DataFrame(
        {"unit_id": [str(i) for i in range(10_000)], "text": [f"{text} {i}" for i in range(10_000)]}
    )
    frame_cues(sentences.head(10))
    start = time.process_time()
    frame_cues(sentences)
    print(f"frame_cues: 10,000 sentences of 20 words in {time.process_time() - start:.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--fit", action="store_true", help="print decisions in place of scores")
    parser.add_argument("--speed", action="store_true")
    options = parser.parse_args()
    if options.speed:
        speed()
    for path in options.gold:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        labels = {str(label) for r in rows for label in r["labels"]}
        print(f"\n{path.name}: {len(rows)} texts")
        for scheme, names in (("policy", SEMEVAL), ("news", NARRATIVE)):
            if labels & set(names):
                (fit if options.fit else several)(rows, scheme, names)
                break
        else:
            if not labels & set(FRAC):
                sys.exit(f"{path}: no label of a known set; found {', '.join(sorted(labels)[:5])}.")
            single([r for r in rows if r["labels"]])


if __name__ == "__main__":
    main()
