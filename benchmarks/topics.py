"""Topics: accuracy with ten words a class, discovery on five articles, the switch to learning, agreement, speed.

    python benchmarks/topics.py classes news.jsonl words.json     # {"id", "text", "labels": [one]} a line; {class: [words]}
    python benchmarks/topics.py five news.jsonl                   # five articles of five classes, their paragraphs clustered
    python benchmarks/topics.py switch news.jsonl words.json      # when does learning help? (LEAST_AGREEMENT in refine.py)
    python benchmarks/topics.py corpus CORPUS gold.jsonl names.json   # a corpus' codebook against {"file", "start", "topic"}
    python benchmarks/topics.py speed                             # generated text, no gold needed

`words.json` may hold a list of such mappings; each is measured. `names.json` maps ids of the codebook to names in the gold.
Unassigned counts as wrong.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))

from record import OURS, Result, Role, bootstrap, show

from analysis import articles_from_texts, assign_topics, discover_topics, load_corpus, units
from analysis.topics import codebook_agreement, load_codebook, main_topics
from analysis.topics.assign import term_scores
from analysis.topics.features import count_features
from analysis.topics.refine import held_out_agreement


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def word_lists(path: Path) -> list[dict[str, list[str]]]:
    found = json.loads(path.read_text(encoding="utf-8"))
    return found if isinstance(found, list) else [found]


def texts_and_labels(path: Path) -> tuple[pd.DataFrame, np.ndarray]:
    rows = read(path)
    table = units(articles_from_texts({str(r["id"]): r["text"] for r in rows}, clean=False), by="article")
    label = {str(r["id"]): r["labels"][0] for r in rows}
    return table, table["article_id"].map(label).to_numpy()


def main_topic(table: pd.DataFrame, codebook: Any, method: str) -> np.ndarray:
    return main_topics(assign_topics(table, codebook, method=method)).reindex(table["unit_id"]).to_numpy()


def classes(news: Path, words: Path) -> None:
    table, truth = texts_and_labels(news)
    print(f"{len(table)} texts; majority {pd.Series(truth).value_counts(normalize=True).max():.3f}")
    for book in word_lists(words):
        scores = {
            m: float((main_topic(table, book, m) == truth).mean()) for m in ("terms", "refined", "auto")
        }
        print("  ".join(f"{name} {value:.4f}" for name, value in scores.items()))


def matched(truth: np.ndarray, found: np.ndarray) -> float:
    from scipy.optimize import linear_sum_assignment

    joint = pd.crosstab(truth, found).to_numpy()
    return float(joint[linear_sum_assignment(-joint)].sum() / len(truth))


def pieces(text: str, least: int) -> list[str]:
    """Sentences joined until a piece has `least` words: paragraphs where a text has none."""
    out, current = [], ""
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        current = f"{current} {sentence}".strip()
        if len(current.split()) >= least:
            out.append(current)
            current = ""
    return [*out, current] if len(current.split()) > 10 else out


def five(news: Path, runs: int = 30) -> None:
    for least in (1, 25, 40):
        show(results(news, runs, least))


def results(news: Path, runs: int = 30, least: int = 25) -> list[Result]:
    """Five articles of five classes, their paragraphs grouped into five topics without being told which is which."""
    from sklearn.metrics import adjusted_rand_score

    rows = read(news)
    labels = np.asarray([r["labels"][0] for r in rows])
    rng = np.random.default_rng(0)
    accuracy: dict[str, list[float]] = defaultdict(list)
    same: dict[str, list[float]] = defaultdict(list)
    for _ in range(runs):
        texts: dict[str, str] = {}
        for name in sorted(set(labels)):
            row = rows[rng.choice(np.flatnonzero(labels == name))]
            texts[name] = "\n".join(pieces(row["text"], least))
        table = units(articles_from_texts(texts, clean=False))
        truth = table["article_id"].to_numpy()
        for method, group in GROUPERS.items():
            found = [group(table, len(texts), seed) for seed in (0, 1)]
            accuracy[method].append(matched(truth, found[0]))
            same[method].append(float(adjusted_rand_score(found[0], found[1])))
    out = []
    for method in GROUPERS:
        role: Role = "ours" if method == OURS else "baseline" if method == ONE else "peer"
        for metric, values in (
            ("paragraphs in the right group", accuracy),
            ("agreement between two seeds", same),
        ):
            drawn = np.array(values[method])
            figure = bootstrap(runs, lambda chosen, drawn=drawn: float(drawn[chosen].mean()))
            if not (method == ONE and metric.startswith("agreement")):
                out.append(Result("topics", news.name.split(".")[0], metric, method, role, *figure, n=runs, unit="draws of five articles"))  # fmt: skip
    return out


def _ours(table: pd.DataFrame, n: int, seed: int) -> np.ndarray:
    return main_topic(table, discover_topics(table, n, seed=seed), "auto")


def _counts(table: pd.DataFrame, idf: bool) -> Any:
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

    return (TfidfVectorizer if idf else CountVectorizer)(stop_words="english").fit_transform(table["text"])


def _lda(table: pd.DataFrame, n: int, seed: int) -> np.ndarray:
    from sklearn.decomposition import LatentDirichletAllocation

    model = LatentDirichletAllocation(n, random_state=seed, max_iter=20)
    return model.fit_transform(_counts(table, idf=False)).argmax(axis=1)


def _k_means(table: pd.DataFrame, n: int, seed: int) -> np.ndarray:
    from sklearn.cluster import KMeans

    return KMeans(n, n_init=10, random_state=seed).fit_predict(_counts(table, idf=True))


def _nmf(table: pd.DataFrame, n: int, seed: int) -> np.ndarray:
    from sklearn.decomposition import NMF

    return (
        NMF(n, init="nndsvd", random_state=seed, max_iter=400)
        .fit_transform(_counts(table, idf=True))
        .argmax(axis=1)
    )


ONE = "all in one group"
GROUPERS = {
    OURS: _ours,
    "latent Dirichlet allocation (scikit-learn)": _lda,
    "non-negative factors (scikit-learn)": _nmf,
    "k-means (scikit-learn)": _k_means,
    ONE: lambda table, n, seed: np.zeros(len(table), dtype=int),
}


def switch(news: Path, words: Path) -> None:
    table, truth = texts_and_labels(news)
    rng = np.random.default_rng(0)
    rows = []
    for n in (40, 80, 150, 300, 600, 1200, 4000):
        for _ in range(3 if n < 1000 else 1):
            if n > len(table):
                continue
            chosen = rng.permutation(len(table))[:n]
            part, gold = table.iloc[chosen], truth[chosen]
            for book in map(load_codebook, word_lists(words)):
                tokens, patterns, shares = term_scores(part["text"].tolist(), book)
                agreement = held_out_agreement(tokens, count_features(tokens), patterns, shares, np.arange(n))
                terms = main_topic(part, book, "terms") == gold
                learned = main_topic(part, book, "refined") == gold
                placed = shares.sum(axis=1) > 0
                rows.append(
                    (n, agreement, terms[placed].mean(), learned[placed].mean(), terms.mean(), learned.mean())
                )
    found = pd.DataFrame(
        rows, columns=["n", "agreement", "terms, placed", "learned, placed", "terms", "learned"]
    )
    found["gain, placed"] = found["learned, placed"] - found["terms, placed"]
    print(found.groupby("n").mean().round(3).to_string())
    bins = pd.cut(found["agreement"], [-1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0])
    print(
        found.groupby(bins, observed=True)["gain, placed"].agg(["min", "mean", "size"]).round(3).to_string()
    )


def corpus(path: Path, gold: Path, names: Path) -> None:
    loaded = load_corpus(path)
    table = units(loaded.articles)
    book = loaded.codebook or discover_topics(table)
    name = json.loads(names.read_text(encoding="utf-8"))
    main = main_topics(assign_topics(table, book))
    source = dict(zip(loaded.articles["article_id"], loaded.articles["source"], strict=True))
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for row in table.itertuples():
        span = loaded.to_source(row.article_id, row.start, row.end)
        spans.setdefault(source[row.article_id], []).append((*span, row.unit_id))
    human, first, second = [], [], []
    for row in (r for r in read(gold) if r.get("kind", "body") == "body"):
        shared = [
            (min(b, row["end"]) - max(a, row["start"]), unit) for a, b, unit in spans.get(row["file"], ())
        ]
        size, unit = max(shared, default=(0, None))
        unit = unit if size > 0 else None
        topic = name.get(main.get(unit), main.get(unit))
        first.append(topic == row["topic"])
        second.append(topic == row["topic"] or topic in (row.get("secondary") or ()))
        if unit is not None:
            human.append({"unit_id": unit, "topic": row["topic"]})
    print(
        f"{len(first)} paragraphs: main topic {np.mean(first):.4f}, main or secondary {np.mean(second):.4f}"
    )
    renamed = assign_topics(table, book).assign(topic=lambda a: a["topic"].map(lambda t: name.get(t, t)))
    print(codebook_agreement(renamed, pd.DataFrame(human)).round(3).to_string(index=False))


def speed(n: int = 10_000) -> None:
    rng = np.random.default_rng(0)
    vocabulary = np.asarray([f"{a}{b}{c}" for a in "bdfgklmnprst" for b in ("an", "er", "ol", "it") for c in
                             ("dex", "mal", "tor", "sin", "bo", "kar", "len", "pus", "rif", "gon")])  # fmt: skip
    weight = 1 / np.arange(5, len(vocabulary) + 5)
    drawn = rng.choice(vocabulary, size=(n, 60), p=weight / weight.sum())
    texts = [" ".join(row).capitalize() + "." for row in drawn]
    table = pd.DataFrame({"unit_id": [f"u{i}" for i in range(n)], "text": texts, "heading": ""})
    book = {f"topic {k}": vocabulary[k::48][:10].tolist() for k in range(8)}
    assign_topics(table.head(100), book)  # imports
    for method in ("terms", "auto", "refined"):
        start = time.process_time()
        assign_topics(table, book, method=method)
        print(f"{method}: {n} paragraphs of 60 words in {time.process_time() - start:.2f} s of one core")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["classes", "five", "switch", "corpus", "speed"])
    parser.add_argument("paths", type=Path, nargs="*")
    options = parser.parse_args()
    {"classes": classes, "five": five, "switch": switch, "corpus": corpus, "speed": speed}[options.what](
        *options.paths
    )


if __name__ == "__main__":
    main()
