"""How well, and how fast, are shared passages found?

    python benchmarks/shared_text.py --gold DIR            # accuracy on gold, beside the peers that are installed
    python benchmarks/shared_text.py --growth              # planted reuse among 100, 1,000 and 10,000 generated articles
    python benchmarks/shared_text.py --gold DIR --peers no # this project alone

DIR holds pairs of files: NAME_docs*.jsonl with {"id", "text", "event_id"?}, and NAME_spans*.jsonl or NAME_verbatim*.jsonl
with {"a_id", "b_id", "a_start", "a_end", "b_start", "b_end"}; NAME_pairs*.jsonl, where there is one, lists the pairs to
compare, else all pairs of an event, or all pairs of the spans. Files with {"id", "a_text", "b_text", "score"} rank pairs of
texts by how much of one is taken from the other.

The measures are those of the PAN text alignment task (Potthast et al. 2010): character F1 over both sides, plagdet, and the
share of gold passages of which half is found on both sides. CPU seconds are of this process.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))

import record
from reuse_corpus import planted_corpus
from reuse_peers import Aligner, Passage, aligners, difflib_blocks, exact_runs, minhash_pairs, passim_pairs

from analysis.passages import reuse_score, shared_passages
from analysis.passages.alignment import align, spans
from analysis.passages.wordtable import read_words

Pair = tuple[str, str]
Found = dict[Pair, list[Passage]]
SLOW = 2_500_000  # characters of a set from which the slowest peer is left out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path, help="folder with gold files")
    parser.add_argument("--growth", action="store_true", help="planted reuse in generated corpora")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--peers", choices=("yes", "no"), default="yes")
    options = parser.parse_args()
    if not options.gold and not options.growth:
        parser.error("nothing to do: give --gold DIR, --growth, or both")
    peers = options.peers == "yes"
    if options.gold:
        record.show(results(options.gold, peers))
    if options.growth:
        show(growth(options.sizes, peers))


def results(folder: Path, peers: bool = True) -> list[record.Result]:
    """Score every aligner on every gold set of a folder."""
    methods, missing = aligners() if peers else ({"exact runs of 8 words": exact_runs}, [])
    print("\n".join(missing), file=sys.stderr)
    out: list[record.Result] = []
    for docs_file in sorted(folder.glob("*_docs*.jsonl")):
        name = docs_file.name.split("_docs")[0]
        texts, pairs, gold = gold_set(folder, name, docs_file)
        out += compared(name, texts, pairs, gold, methods)
    return out + ranking(folder)


def seed_results(path: Path, texts: Path, peers: bool = True) -> list[record.Result]:
    """The same for hand-labelled passages of files: {"a_file", "a_start", ..., "weak"?} a line; weak ones are not counted."""
    rows = read(path)
    bodies = {p.stem: p.read_bytes().decode("utf-8") for p in sorted(texts.glob("*.txt"))}
    gold, weak = passages_of(rows, weak=False), passages_of(rows, weak=True)
    methods = aligners()[0] if peers else {"exact runs of 8 words": exact_runs}
    return compared("seeds", bodies, list(combinations(bodies, 2)), gold, methods, weak)


def passages_of(rows: Iterable[dict[str, Any]], weak: bool) -> Found:
    out: Found = defaultdict(list)
    for r in rows:
        if bool(r.get("weak")) == weak:
            out[Path(r["a_file"]).stem, Path(r["b_file"]).stem].append(
                (r["a_start"], r["a_end"], r["b_start"], r["b_end"])
            )
    return dict(out)


def compared(
    name: str,
    texts: dict[str, str],
    pairs: Sequence[Pair],
    gold: Found,
    methods: dict[str, Aligner],
    weak: Found | None = None,
) -> list[record.Result]:
    """Run this package, the peers and the baseline on the same pairs."""
    out: list[record.Result] = []
    started = time.process_time()
    runs: dict[str, tuple[record.Role, Found, float]] = {}
    runs[record.OURS] = ("ours", align_here(texts, pairs), time.process_time() - started)
    for method, function in methods.items():
        if method == "text-matcher" and sum(map(len, texts.values())) > SLOW:
            print(f"{method}: skipped on {name}, it would take too long", file=sys.stderr)
            continue
        started = time.process_time()
        found = {pair: function(texts[pair[0]], texts[pair[1]]) for pair in pairs}
        role: record.Role = "baseline" if function is exact_runs else "peer"
        runs[method] = (role, found, time.process_time() - started)
    mechanical = name in ("basil", "pac")  # their gold lists exact runs only: what else is found is not wrong
    own = runs[record.OURS][2]
    for method, (role, found, seconds) in runs.items():
        if weak:
            found = {
                pair: [p for p in ps if _any(p, gold.get(pair, ())) or not _any(p, weak.get(pair, ()))]
                for pair, ps in found.items()
            }
        counts = [pair_counts(gold.get(pair, []), found.get(pair, [])) for pair in pairs]
        note = "the labels are such runs" if mechanical and role == "baseline" else ""
        at: dict[str, Any] = {"n": len(pairs), "unit": "pairs of texts", "note": note}
        recall = record.share_interval([c[3:] for c in counts])
        out.append(record.Result("shared text", name, "passages found", method, role, *recall, **at))
        if not mechanical:
            f1 = record.f1_interval([c[:3] for c in counts])
            out.append(record.Result("shared text", name, "character F1", method, role, *f1, **at))
            out.append(
                record.Result(
                    "shared text", name, "plagdet", method, role, score(gold, found)["plagdet"], **at
                )
            )
        if role != "ours":
            ratio = own / max(seconds, 1e-9)
            out.append(
                record.Result("speed", name, "shared text: speed beside ours", method, role, ratio, **at)
            )
    return out


def pair_counts(gold: list[Passage], found: list[Passage]) -> tuple[int, int, int, int, int]:
    """Characters right, found and wanted on both sides; passages of which half is found on both sides, and passages."""
    right = n_found = n_gold = half = 0
    for side in (0, 2):
        want, got = _cover(gold, side), _cover(found, side)
        right, n_found, n_gold = right + len(want & got), n_found + len(got), n_gold + len(want)
    for c in gold:
        near = [p for p in found if _meet(p, c)]
        half += all(2 * len(_cover([c], s) & _cover(near, s)) >= c[s + 1] - c[s] for s in (0, 2))
    return right, n_found, n_gold, half, len(gold)


def _any(p: Passage, others: Iterable[Passage]) -> bool:
    return any(_meet(p, c) for c in others)


def align_here(texts: dict[str, str], pairs: Sequence[Pair]) -> Found:
    """Align the pairs with this project."""
    ids = {name: k for k, name in enumerate(texts)}
    words = read_words(list(texts.values()))
    left, right = (np.array([ids[pair[side]] for pair in pairs], dtype=np.int64) for side in (0, 1))
    found: Found = {pair: [] for pair in pairs}
    for match in align(words, left, right):
        found[pairs[match.pair]].append(spans(words, match))
    return found


def gold_set(folder: Path, name: str, docs_file: Path) -> tuple[dict[str, str], list[Pair], Found]:
    docs = read(docs_file)
    texts = {doc["id"]: doc["text"] for doc in docs}
    rows = [
        r
        for kind in ("spans", "verbatim")
        for path in folder.glob(f"{name}_{kind}*.jsonl")
        for r in read(path)
    ]
    gold: Found = defaultdict(list)
    for r in rows:
        gold[r["a_id"], r["b_id"]].append((r["a_start"], r["a_end"], r["b_start"], r["b_end"]))
    listed = [r for path in folder.glob(f"{name}_pairs*.jsonl") for r in read(path)]
    events: dict[str, list[str]] = defaultdict(list)
    for doc in docs:
        if "event_id" in doc:
            events[doc["event_id"]].append(doc["id"])
    if listed:
        pairs = [(r["a_id"], r["b_id"]) for r in listed]
    elif events:
        pairs = [pair for members in events.values() for pair in combinations(members, 2)]
    else:
        pairs = sorted(gold)
    return texts, pairs, dict(gold)


def ranking(folder: Path) -> list[record.Result]:
    """Rank pairs of texts by reuse: area under the curve (any against none) and Spearman's rho with the grades."""
    from scipy.stats import rankdata, spearmanr

    out: list[record.Result] = []
    for path in sorted(folder.glob("*.jsonl")):
        rows = read(path)
        if not rows or not {"a_text", "b_text", "score"} <= rows[0].keys():
            continue
        grade = np.array([r["score"] for r in rows], dtype=float)
        scorers: dict[str, tuple[record.Role, Any]] = {
            record.OURS: ("ours", reuse_score),
            "difflib, share of words": ("peer", _difflib_share),
            "length of the shorter over the longer": ("baseline", lambda a, b: min(len(a), len(b)) / max(len(a), len(b), 1)),
        }  # fmt: skip
        for method, (role, measure) in scorers.items():
            scores = np.array([measure(r["a_text"], r["b_text"]) for r in rows])

            def auc(chosen: np.ndarray, scores: np.ndarray = scores, grade: np.ndarray = grade) -> float:
                some, ranks = grade[chosen] > 0, rankdata(scores[chosen])
                if some.all() or not some.any():
                    return float("nan")
                return float(
                    (ranks[some].sum() - some.sum() * (some.sum() + 1) / 2) / (some.sum() * (~some).sum())
                )

            def rho(chosen: np.ndarray, scores: np.ndarray = scores, grade: np.ndarray = grade) -> float:
                return float(spearmanr(scores[chosen], grade[chosen]).statistic)

            for metric, figure in (("area under the curve", auc), ("rank correlation", rho)):
                out.append(record.Result("shared text", path.name.split(".")[0], metric, method, role,
                                         *record.bootstrap(len(rows), figure), n=len(rows), unit="pairs of texts"))  # fmt: skip
    return out


def _difflib_share(a: str, b: str) -> float:
    return sum(e - s for s, e, _, _ in difflib_blocks(a, b, 2)) / max(1, len(a) + len(b))


def growth(sizes: Iterable[int], peers: bool) -> list[dict[str, Any]]:
    """Find planted reuse in generated corpora of growing size."""
    shared_passages(planted_corpus(80).articles)  # tables are made once a process
    rows = []
    for n in sizes:
        planted = planted_corpus(n)
        methods: dict[str, Any] = {
            "analysis.passages": lambda frame: set(
                shared_passages(frame)[["a", "b", "class"]]
                .query("`class` != 'formulaic'")[["a", "b"]]
                .itertuples(index=False, name=None)
            )
        }
        if peers:
            methods |= {"datasketch MinHash": minhash_pairs, "passim": passim_pairs}
            if n <= 100:
                methods["difflib, all pairs"] = _all_pairs
        for method, function in methods.items():
            started = time.process_time()
            try:
                found = function(planted.articles)
            except (ImportError, FileNotFoundError) as error:
                print(f"{method}: skipped, {error}", file=sys.stderr)
                continue
            seconds = time.process_time() - started
            hit = {pair: strength for pair, strength in planted.pairs.items() if pair in found}
            by_strength = {
                f"{strength} recall": np.mean([p in found for p, s in planted.pairs.items() if s == strength])
                for strength in ("verbatim", "light", "medium", "heavy")
                if strength in planted.pairs.values()
            }
            rows.append(
                {
                    "articles": n,
                    "method": method,
                    "planted": len(planted.pairs),
                    "recall": len(hit) / len(planted.pairs),
                    **by_strength,
                    "precision": len(hit) / len(found) if found else 0.0,
                    "CPU s": seconds,
                    "articles per CPU s": n / seconds,
                }
            )
    return rows


def growth_results(sizes: Iterable[int]) -> list[record.Result]:
    """The same as figures: recall, precision, and articles a second beside ours."""
    rows = growth(sizes, peers=True)
    own = {r["articles"]: r["articles per CPU s"] for r in rows if r["method"] == "analysis.passages"}
    out = []
    for r in rows:
        ours = r["method"] == "analysis.passages"
        role: record.Role = "ours" if ours else "peer"
        name = record.OURS if ours else r["method"]
        at = {"n": r["articles"], "unit": "articles"}
        out += [
            record.Result("shared text", "simulated", f"planted pairs found among {r['articles']:,}", name, role, r["recall"], **at),
            record.Result("shared text", "simulated", f"rightly paired among {r['articles']:,}", name, role, r["precision"], **at),
        ]  # fmt: skip
        if not ours:
            ratio = r["articles per CPU s"] / own[r["articles"]]
            out.append(record.Result("speed", "simulated", f"shared text among {r['articles']:,}: speed beside ours", name, role, ratio, **at))  # fmt: skip
    return out


def _all_pairs(articles: pd.DataFrame) -> set[Pair]:
    texts = dict(zip(articles["article_id"], articles["body"], strict=True))
    return {(a, b) for a, b in combinations(texts, 2) if difflib_blocks(texts[a], texts[b], 8)}


def score(gold: Found, found: Found) -> dict[str, float]:
    """Character F1, plagdet and case recall."""
    hit = n_found = n_gold = 0
    precision, recall, parts = [], [], []
    cases = half = 0
    for pair in gold.keys() | found.keys():
        g, f = gold.get(pair, []), found.get(pair, [])
        for side in (0, 2):
            want, got = _cover(g, side), _cover(f, side)
            hit, n_found, n_gold = hit + len(want & got), n_found + len(got), n_gold + len(want)
        for p in f:
            near = [c for c in g if _meet(p, c)]
            precision.append(sum(len(_cover([p], s) & _cover(near, s)) for s in (0, 2)) / _length(p))
        for c in g:
            near = [p for p in f if _meet(p, c)]
            shares = [len(_cover([c], s) & _cover(near, s)) / max(1, c[s + 1] - c[s]) for s in (0, 2)]
            recall.append(sum(len(_cover([c], s) & _cover(near, s)) for s in (0, 2)) / _length(c))
            parts += [len(near)] if near else []
            cases, half = cases + 1, half + (min(shares) >= 0.5)
    p, r = (sum(v) / len(v) if v else 0.0 for v in (precision, recall))
    granularity = sum(parts) / len(parts) if parts else 1.0
    f1 = 2 * hit / max(n_found + n_gold, 1)
    plagdet = 2 * p * r / max(p + r, 1e-9) / math.log2(1 + granularity)
    return {"F1": f1, "plagdet": plagdet, "case recall": half / max(cases, 1)}


def _cover(passages: Sequence[Passage], side: int) -> set[int]:
    return {k for p in passages for k in range(p[side], p[side + 1])}


def _length(p: Passage) -> int:
    return max(1, p[1] - p[0] + p[3] - p[2])


def _meet(p: Passage, c: Passage) -> bool:
    return min(p[1], c[1]) > max(p[0], c[0]) and min(p[3], c[3]) > max(p[2], c[2])


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def show(rows: list[dict[str, Any]]) -> None:
    frame = pd.DataFrame(rows)
    print(
        frame.to_string(index=False, float_format=lambda x: f"{x:.3f}" if x < 10 else f"{x:,.0f}"), end="\n\n"
    )


if __name__ == "__main__":
    main()
