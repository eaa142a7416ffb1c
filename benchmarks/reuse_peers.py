"""Other ways to find shared passages, each behind one function; those that are not installed say so.

A passage aligner takes two texts and gives (a_start, a_end, b_start, b_end) in characters. A corpus method takes a frame of
articles and gives the pairs of ids that it holds for reuse.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import re
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

Passage = tuple[int, int, int, int]
Aligner = Callable[[str, str], list[Passage]]

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def _tokens(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    found = list(_WORD.finditer(text))
    return [m.group().lower() for m in found], [m.span() for m in found]


def _spans(a: list[tuple[int, int]], b: list[tuple[int, int]], i: int, j: int, n: int) -> Passage:
    return a[i][0], a[i + n - 1][1], b[j][0], b[j + n - 1][1]


def exact_runs(a_text: str, b_text: str, least: int = 8) -> list[Passage]:
    """Give every maximal run of `least` or more equal words: the trivial baseline."""
    a, a_at = _tokens(a_text)
    b, b_at = _tokens(b_text)
    places: dict[tuple[str, ...], list[int]] = {}
    for i in range(len(a) - least + 1):
        places.setdefault(tuple(a[i : i + least]), []).append(i)
    out = []
    for j in range(len(b) - least + 1):
        for i in places.get(tuple(b[j : j + least]), ()):
            if i and j and a[i - 1] == b[j - 1]:
                continue
            n = least
            while i + n < len(a) and j + n < len(b) and a[i + n] == b[j + n]:
                n += 1
            out.append(_spans(a_at, b_at, i, j, n))
    return out


def difflib_blocks(a_text: str, b_text: str, least: int = 5) -> list[Passage]:
    """Give the matching blocks of difflib over words."""
    a, a_at = _tokens(a_text)
    b, b_at = _tokens(b_text)
    blocks = difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return [_spans(a_at, b_at, m.a, m.b, m.size) for m in blocks if m.size >= least]


def rapidfuzz_sentences(a_text: str, b_text: str, least: float = 75.0) -> list[Passage]:
    """Look for each sentence of one text in the other (rapidfuzz, partial ratio)."""
    from rapidfuzz import fuzz

    out = []
    for m in _SENTENCE.finditer(a_text):
        if len(m.group().split()) < 6:
            continue
        found = fuzz.partial_ratio_alignment(m.group().lower(), b_text.lower(), score_cutoff=least)
        if found:
            out.append((m.start(), m.end(), found.dest_start, found.dest_end))
    return out


def text_matcher(a_text: str, b_text: str) -> list[Passage]:
    """Use text-matcher (Reeve), with its defaults; stop words are kept, because its list needs a download."""
    from text_matcher.matcher import Matcher, Text

    with contextlib.redirect_stdout(io.StringIO()):
        _, a, b = Matcher(
            Text(a_text, "a", removeStopwords=False),
            Text(b_text, "b", removeStopwords=False),
            removeStopwords=False,
        ).match()
    return [(*x, *y) for x, y in zip(a, b, strict=True)]


def aligners() -> tuple[dict[str, Aligner], list[str]]:
    """List the aligners that can be run here, and a line on each that cannot."""
    found: dict[str, Aligner] = {"exact runs of 8 words": exact_runs, "difflib, 5 words": difflib_blocks}
    missing = []
    for name, module, function in (
        ("rapidfuzz, by sentence", "rapidfuzz", rapidfuzz_sentences),
        ("text-matcher", "text_matcher", text_matcher),
    ):
        if find_spec(module):
            found[name] = function
        else:
            missing.append(f"{name}: skipped, not installed (pip install {module.replace('_', '-')})")
    return found, missing


def minhash_pairs(articles: pd.DataFrame, threshold: float = 0.1) -> set[tuple[str, str]]:
    """Pair articles by MinHash and locality-sensitive hashing of runs of five words (datasketch)."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=threshold, num_perm=128)
    order = {name: k for k, name in enumerate(articles["article_id"])}
    pairs: set[tuple[str, str]] = set()
    for name, body in zip(articles["article_id"], articles["body"], strict=True):
        tokens = _tokens(body)[0]
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(tokens[k : k + 5]).encode() for k in range(max(len(tokens) - 4, 1))])
        pairs |= {
            (other, name) if order[other] < order[name] else (name, other) for other in index.query(sketch)
        }
        index.insert(name, sketch)
    return pairs


def passim_pairs(articles: pd.DataFrame) -> set[tuple[str, str]]:
    """Pair articles that passim 2 puts into one cluster; needs `passim` (github.com/dasmiq/passim) and Java on the path."""
    import shutil
    import subprocess

    if not shutil.which("passim"):
        raise FileNotFoundError(
            "passim is not on the path (github.com/dasmiq/passim; the name on PyPI is another tool)"
        )
    order = {name: k for k, name in enumerate(articles["article_id"])}
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "in.json", Path(folder) / "out"
        rows = articles.rename(columns={"article_id": "id", "body": "text"})[["id", "text"]]
        rows.to_json(source, orient="records", lines=True)
        subprocess.run(["passim", str(source), str(out)], check=True, capture_output=True)
        found = pd.concat([pd.read_json(path, lines=True) for path in sorted(out.glob("out.json/part-*"))])
    pairs: set[tuple[str, str]] = set()
    for _, members in found.groupby("cluster")["id"]:
        names = sorted(set(members), key=order.__getitem__)
        pairs |= {(a, b) for k, a in enumerate(names) for b in names[k + 1 :]}
    return pairs
