"""Find articles that are the same text, or nearly.

Nearly: at least 80 % of the five-word runs of the shorter text stand in the longer one, estimated from a sample of the
runs that depends on their content alone (modulo sketches; Broder 1997, "On the resemblance and containment of documents").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from hashlib import blake2b
from itertools import combinations

import numpy as np

from analysis.corpus.errors import Problem, printable

_WORD = re.compile(r"\w+")
_RUN = 5
_ONE_IN = 8  # share of the runs that is kept
_ALIKE = 0.8
_COMMON = 50  # a run in more texts than this is a formula and joins nobody
_MOST = 20_000  # beyond this many articles only equal texts are sought


def twins(bodies: Mapping[str, str]) -> list[Problem]:
    """Report articles whose text is that of an earlier one, word for word or nearly; all are kept."""
    nearly = len(bodies) <= _MOST
    numbers: dict[str, int] = {}
    first: dict[bytes, str] = {}
    sketches: dict[str, set[int]] = {}
    said: list[Problem] = []
    for article_id, body in bodies.items():
        # one article at a time: the words of a large corpus would not fit
        words = _WORD.findall(body.lower())
        digest = blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=16).digest()
        original = first.setdefault(digest, article_id)
        if original != article_id:
            message = f"the same text as {printable(original)!r}; both are kept."
            said.append(Problem("warning", "same_text", message, article_id))
        elif nearly:
            sketches[article_id] = _sketch([numbers.setdefault(word, len(numbers)) for word in words])
    if not nearly:
        message = f"more than {_MOST:,} articles: near-duplicates were not sought, only equal texts."
        said.append(Problem("info", "twins_skipped", message))
    for a, b, share in _nearly(sketches):
        message = f"{share:.0%} of its word runs stand in {printable(a)!r} as well; both are kept."
        said.append(Problem("warning", "near_duplicate", message, b))
    return said


def _nearly(sketches: Mapping[str, set[int]]) -> list[tuple[str, str, float]]:
    names = list(sketches)
    holders: dict[int, list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        for run in sketches[name]:
            holders[run].append(i)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for texts in holders.values():
        if 1 < len(texts) <= _COMMON:
            for pair in combinations(texts, 2):
                shared[pair] += 1
    out = []
    for (i, j), count in sorted(shared.items()):
        share = count / min(len(sketches[names[i]]), len(sketches[names[j]]))
        if count >= 5 and share >= _ALIKE:
            out.append((names[i], names[j], share))
    return out


def _sketch(numbers: list[int]) -> set[int]:
    if len(numbers) < _RUN:
        return set()
    array = np.asarray(numbers, dtype=np.uint64)
    runs = np.zeros(len(array) - _RUN + 1, dtype=np.uint64)
    for k in range(_RUN):
        runs = (runs ^ array[k : k + len(runs)]) * np.uint64(0x9E3779B97F4A7C15)
        runs ^= runs >> np.uint64(29)
    return set(runs[runs % np.uint64(_ONE_IN) == 0].tolist())
