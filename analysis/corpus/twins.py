"""Find articles that are the same text, or nearly."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from analysis.corpus.errors import Problem, printable

_FOLD = re.compile(r"\W+")


def twins(bodies: Mapping[str, str]) -> list[Problem]:
    """Report groups of articles whose texts are the same but for case, marks and spaces."""
    same: dict[str, list[str]] = defaultdict(list)
    for article_id, body in bodies.items():
        same[_FOLD.sub(" ", body).strip().casefold()].append(article_id)
    return [
        Problem("warning", "same_text", f"the same text as {printable(ids[0])!r}; both are kept.", other)
        for ids in same.values()
        for other in ids[1:]
    ]
