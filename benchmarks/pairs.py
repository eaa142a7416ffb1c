"""Do two quotations report the same words? Agreement with a reader, beside measures of likeness.

    python benchmarks/pairs.py basil_pairs.jsonl ...

A gold file has one JSON object a line: {"event", "a": {"text"}, "b": {"text"}, "label": "same" | "different" | "unsure" |
"ignore", "judged": "read" | "rule"}; the last two labels are not counted. Each peer is given the threshold that suits it best
on these very pairs, which flatters it; the package's decision is its own.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from record import OURS, Result, Role, f1_interval, show

from analysis.quotes import relation
from analysis.text import fold, words

Pair = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", nargs="+", type=Path)
    show([result for path in parser.parse_args().gold for result in results(path)])


def results(path: Path) -> list[Result]:
    """Measure the package, three peers and a baseline on one file."""
    rows: list[Pair] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [r for r in rows if r["label"] in ("same", "different")]
    gold = "seeds" if path.name == "quote_pairs.jsonl" else path.name.split(".")[0]
    truth = np.array([r["label"] == "same" for r in rows])
    out: list[Result] = []
    for name, (role, measure) in methods().items():
        started = time.process_time()
        scores = np.array([measure(r["a"]["text"], r["b"]["text"]) for r in rows])
        seconds = time.process_time() - started
        least = 0.5 if role == "ours" else _best(scores, truth)
        for metric, kept in (
            ("F1", np.full(len(rows), True)),
            ("F1, pairs that were read", read_by_a_person(rows)),
        ):
            if 0 < kept.sum() < len(rows) or metric == "F1":
                counts = _by_event(rows, truth, scores >= least, kept)
                out.append(Result("same words", gold, metric, name, role, *f1_interval(counts), n=len(counts), unit="events",
                                  note="" if role == "ours" else "threshold chosen on these pairs"))  # fmt: skip
        if role == "ours":
            own = seconds
        else:
            out.append(Result("speed", gold, "pairs: speed beside ours", name, role, own / max(seconds, 1e-9), n=len(rows), unit="pairs"))  # fmt: skip
    return out


def methods() -> dict[str, tuple[Role, Callable[[str, str], float]]]:
    """The package, what stands in for it elsewhere, and the trivial baseline."""
    from rapidfuzz import fuzz

    return {
        OURS: ("ours", lambda a, b: float(relation(a, b).kind != "different")),
        "rapidfuzz, token set ratio": ("peer", lambda a, b: fuzz.token_set_ratio(a.lower(), b.lower()) / 100),
        "rapidfuzz, partial ratio": ("peer", lambda a, b: fuzz.partial_ratio(a.lower(), b.lower()) / 100),
        "shared runs of three words": ("peer", _containment),
        "one contains the other": ("baseline", lambda a, b: float(a.lower() in b.lower() or b.lower() in a.lower())),
    }  # fmt: skip


def read_by_a_person(rows: list[Pair]) -> np.ndarray:
    return np.array([r["judged"] == "read" for r in rows])


def _containment(a: str, b: str) -> float:
    one, two = (_runs(text) for text in (a, b))
    return len(one & two) / max(1, min(len(one), len(two)))


def _runs(text: str) -> set[tuple[str, ...]]:
    found = [fold(text[s:e]) for s, e in words(text)]
    return {tuple(found[k : k + 3]) for k in range(max(1, len(found) - 2))}


def _best(scores: np.ndarray, truth: np.ndarray) -> float:
    def f1(least: float) -> float:
        found = scores >= least
        return 2 * (found & truth).sum() / (found.sum() + truth.sum())

    return float(max(np.unique(scores), key=f1))


def _by_event(rows: list[Pair], truth: np.ndarray, found: np.ndarray, kept: np.ndarray) -> list[list[int]]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row, t, f, k in zip(rows, truth, found, kept, strict=True):
        if k:
            counts[row["event"]] = [
                c + int(x) for c, x in zip(counts[row["event"]], (t and f, f, t), strict=True)
            ]
    return list(counts.values())


if __name__ == "__main__":
    main()
