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

sys.path.insert(0, str(Path(__file__).parent))

from record import OURS, Result, Role, bootstrap, show

from analysis.framing import frame_cues, frame_scores
from analysis.framing.cues import frame_book
from analysis.framing.frames import raw_strengths

Row = dict[str, Any]
TRAINED = "tf-idf and logistic regression"
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


def several(name: str, rows: list[Row], scheme: str, names: dict[str, str]) -> list[Result]:
    """Several labels a text: macro- and micro-F1 over the frames of a set."""
    articles = pd.DataFrame({"article_id": [str(r["id"]) for r in rows], "body": [r["text"] for r in rows]})
    table = frame_scores(articles, scheme=scheme).pivot(index="article_id", columns="frame", values="score")  # type: ignore[arg-type]
    gold = np.array([[label in r["labels"] for label in names] for r in rows])
    made: dict[str, tuple[Role, np.ndarray]] = {
        OURS: ("ours", np.array(table.loc[articles["article_id"], list(names.values())] >= 0.5)),
        TRAINED: ("peer", trained([r["text"] for r in rows], gold) >= 0.5),
        "the commonest labels": ("baseline", np.tile(gold.mean(axis=0) > 0.5, (len(rows), 1))),
    }
    out = []
    for method, (role, found) in made.items():

        def macro(chosen: np.ndarray, found: np.ndarray = found) -> float:
            return float(np.mean([f1(gold[chosen, j], found[chosen, j]) for j in range(len(names))]))

        def micro(chosen: np.ndarray, found: np.ndarray = found) -> float:
            return f1(gold[chosen].ravel(), found[chosen].ravel())

        for metric, figure in (("macro-F1", macro), ("micro-F1", micro)):
            out.append(Result("frames", name, metric, method, role, *bootstrap(len(rows), figure, draws=200), n=len(rows),
                              unit="texts", note="trained on four fifths of these labels" if role == "peer" else ""))  # fmt: skip
    return out


def single(name: str, rows: list[Row]) -> list[Result]:
    """One label a sentence: macro-F1 and accuracy."""
    sentences = pd.DataFrame({"unit_id": [str(r["id"]) for r in rows], "text": [r["text"] for r in rows]})
    label_of = {frame: label for label, frames in FRAC.items() for frame in frames}
    cues = frame_cues(sentences).sort_values("score", ascending=False, kind="stable")
    best = cues.drop_duplicates("sentence_id").set_index("sentence_id")["frame"]
    gold = np.array([str(r["labels"][0]) for r in rows])
    labels = sorted(set(gold))
    strengths = trained([r["text"] for r in rows], np.array([gold == k for k in labels]).T)
    made: dict[str, tuple[Role, np.ndarray]] = {
        OURS: ("ours", np.array([label_of[best.get(str(r["id"]), "other")] for r in rows])),
        TRAINED: ("peer", np.array(labels)[strengths.argmax(axis=1)]),
        "the commonest label": ("baseline", np.full(len(rows), max(labels, key=gold.tolist().count))),
    }
    out = []
    for method, (role, found) in made.items():

        def macro(chosen: np.ndarray, found: np.ndarray = found) -> float:
            return float(np.mean([f1(gold[chosen] == k, found[chosen] == k) for k in labels]))

        def accuracy(chosen: np.ndarray, found: np.ndarray = found) -> float:
            return float((gold[chosen] == found[chosen]).mean())

        for metric, figure in (("macro-F1", macro), ("accuracy", accuracy)):
            out.append(Result("frames", name, metric, method, role, *bootstrap(len(rows), figure, draws=200), n=len(rows),
                              unit="sentences", note="trained on four fifths of these labels" if role == "peer" else ""))  # fmt: skip
    return out


def trained(texts: list[str], gold: np.ndarray) -> np.ndarray:
    """What someone with labels would do: tf-idf and logistic regression, five folds, each predicted by the other four."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import KFold

    features = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True).fit_transform(texts)
    out = np.zeros(gold.shape)
    for seen, unseen in KFold(5, shuffle=True, random_state=0).split(texts):
        for j in range(gold.shape[1]):
            if 0 < gold[seen, j].sum() < len(seen):
                model = LogisticRegression(C=10, class_weight="balanced", max_iter=1000).fit(
                    features[seen], gold[seen, j]
                )
                out[unseen, j] = model.predict_proba(features[unseen])[:, 1]
    return out


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
        if options.fit:
            rows = read(path)
            fit(rows, *scheme_of(rows))
        else:
            show(results(path))


def results(path: Path) -> list[Result]:
    """Measure the package, a trained peer and the baseline on one set; which set it is, its labels tell."""
    rows, name = read(path), path.name.split(".")[0]
    if any(str(label) in FRAC for r in rows for label in r["labels"]):
        return single(name, [r for r in rows if r["labels"]])
    return several(name, rows, *scheme_of(rows))


def read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def scheme_of(rows: list[Row]) -> tuple[str, dict[str, str]]:
    labels = {str(label) for r in rows for label in r["labels"]}
    for scheme, names in (("policy", SEMEVAL), ("news", NARRATIVE)):
        if labels & set(names):
            return scheme, names
    sys.exit(f"no label of a known set; found {', '.join(sorted(labels)[:5])}.")


if __name__ == "__main__":
    main()
