"""What to call a topic that was discovered: a few of its words, as they stand together in the texts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import numpy as np
from numpy.typing import NDArray

from analysis.text import STOPWORDS, fold, stem, words
from analysis.topics.features import Features

_WORDS = 3  # in a label
_CONSIDERED = 12  # of a topic's words
_LONGEST = 3  # words of a phrase
_READ = 60  # units of a topic, in which its phrases are sought
_NAME = 0.6  # what a name weighs beside a word: a label says what is spoken of before it says who speaks
_OWNER = re.compile(r"['’]s$")
_HYPHEN = re.compile(r"[\-‐‑–]")  # "same-sex" is two words to the measures, and one to a reader
# Days and months, and words that stand in news of any subject, label no topic.
_TELLING_NOTHING = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec
    day days week weeks month months year years time times today yesterday tomorrow morning evening night ago later earlier
    say said says tell told tells ask asked asks call called calls add added adds reply replied respond responded response
    explain explained announce announced report reported reporter reporters statement tweet news press remark remarks
    make made makes making take taken takes taking get got give given gives giving go goes going come came comes coming
    keep kept remain remains remained try tries tried trying seek seeks seeking want wants wanted use used uses using
    include includes included including different several many other others another first second last next new number
    people man men woman women thing things way ways part parts mr mrs ms dr know known think thought believe believes
    available particular possible recent recently really likely longer still even also just absolutely""".split()
)


def label_words(
    features: Features, mine: NDArray[np.int64], members: NDArray[np.int64], texts: list[str]
) -> list[str]:
    """Name a topic by three of its words, or by phrases where they mostly stand together, as printed in its units.

    Args:
        features: the words of all units.
        mine: columns of the topic's words, the one that sets it apart most first.
        members: rows of the units that belong to it.
        texts: all units.
    """
    read = [texts[i] for i in members[:_READ].tolist()]
    inside = np.asarray((features.counts[members] > 0).sum(axis=0)).ravel()
    stems = [features.names[j][0] for j in mine.tolist()]
    printed = _forms(read, {features.stems[s] for s in stems})
    weight: dict[str, float] = {}
    for rank, (s, j) in enumerate(zip(stems, mine.tolist(), strict=True)):
        root = features.stems[s]
        form = printed[root].most_common(1)[0][0] if printed[root] else features.surface[s]
        if _labels(form):
            weight[root] = (
                (len(stems) - rank) * float(np.sqrt(inside[j])) * (_NAME if form[0].isupper() else 1.0)
            )
    if not weight:  # better an empty word than no label
        weight = {features.stems[s]: 1.0 for s in stems[:_WORDS]}
    leading = dict(sorted(weight.items(), key=lambda item: -item[1])[:_CONSIDERED])
    phrases = _phrases(read, set(leading))
    names: list[str] = []
    covered: set[str] = set()
    for root in leading:
        if root in covered:
            continue
        alone = sum(printed[root].values())
        held = [
            (len(key), n, key)
            for key, (n, _) in phrases.items()
            if root in key and not covered & set(key) and n >= 2 and 2 * n >= alone
        ]
        if held:
            key = max(held)[2]
            names.append(phrases[key][1])
            covered.update(key)
        else:
            names.append(printed[root].most_common(1)[0][0] if printed[root] else root)
            covered.add(root)
        if len(names) == _WORDS:
            break
    return names


def _labels(form: str) -> bool:
    low = fold(form)
    if len(low) < 3 and not form.isupper():
        return False
    return not (
        low in _TELLING_NOTHING
        or low in STOPWORDS
        or low.endswith("ly")
        or (low.endswith("ed") and form.islower())
    )


def _forms(texts: list[str], wanted: set[str]) -> dict[str, Counter[str]]:
    """How each wanted word is printed, with what a hyphen joins to it, and capitals at the start of a sentence aside."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for a, b in words(text):
            form = _OWNER.sub("", text[a:b])
            before = text[max(0, a - 4) : a].rstrip(" \"“‘'(")
            opens = (not before or before[-1] in ".!?:\n") and form.lower() in text
            for root in _roots(text[a:b]):
                if root in wanted:
                    found[root][form.lower() if opens else form] += 1
    return found


def _phrases(texts: list[str], wanted: set[str]) -> dict[tuple[str, ...], tuple[int, str]]:
    """Wanted words that stand side by side: their stems -> how often, and how they are printed most."""
    seen: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for text in texts:
        run: list[tuple[int, list[str]]] = []
        last = -1
        for a, b in words(text):
            known = [root for root in _roots(text[a:b]) if root in wanted]
            if text[last:a] not in (" ", "\u00a0"):
                run = []
            run = [*run, (a, known)][-_LONGEST:] if known else []
            last = b
            for first in range(len(run) - 1):
                key = tuple(root for _, roots in run[first:] for root in roots)
                if len(set(key)) == len(key):
                    seen[key][_OWNER.sub("", text[run[first][0] : b])] += 1
    return {key: (sum(forms.values()), forms.most_common(1)[0][0]) for key, forms in seen.items()}


def _roots(word: str) -> list[str]:
    return [stem(fold(part)) for part in _HYPHEN.split(word) if part]
