"""Sentences that come near a fact without telling it as far as `reports` can see: where absence must not be claimed.

To say that one outlet alone tells something is the heaviest thing that coverage says, so it is asked twice. Here every
sentence of the event is compared with every fact by the cosine of their words (rare words of the event weigh most) and,
where that is not small, by the information that they share, in all and as a part of what the shorter of them holds.
A fact that quotes somebody is looked for by the quoted words too, for these may be plain ones ("I will not go").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.framing.claims import Claim
from analysis.framing.degrees import INTENSIFIERS, SCALES
from analysis.framing.likeness import Wording, shared_information
from analysis.framing.searchable import Searchable
from analysis.framing.terms import Term
from analysis.text import DOUBLE_MARKS, stem, straighten

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

# From here on a reader has to look. Chosen by reading 170 statements of 50 events of three outlets each that nobody else
# seemed to tell: of the 39 above it another outlet told 22, wholly or in part; of the 131 below, 7.
NEAR = 0.42
_PART = 0.3  # weight of the shared part
_LEAST_COSINE = 0.12  # below it two sentences share next to nothing, and the second measure is not asked

_FEWEST_QUOTED = 4  # words in quotation marks that are looked for as they stand
_MARKED = re.compile(f"[{DOUBLE_MARKS}]([^{DOUBLE_MARKS}]+)(?=[{DOUBLE_MARKS}])")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_CLAIMS = 256  # facts compared with all sentences at once


def nearby(
    claims: Sequence[Claim],
    texts: Searchable,
    stands_in: Mapping[str, int],
    where: NDArray[np.bool_] | None = None,
) -> Iterator[tuple[int, int, int, int]]:
    """Find the sentence of each text that comes nearest to each claim, if it comes near.

    Args:
        claims: the facts, ready to be looked for.
        texts: the texts of an event, or some of them.
        stands_in: in how many sentences of the event each key stands.
        where: for each claim and text, is it asked for? All are by default.

    Yields:
        Numbers of the claim and of the text, start and end of the sentence in the text.
    """
    if not len(texts.sentences) or not claims:
        return
    spread = _spread(stands_in)
    there = list(texts.terms)
    for number in {number for key in _levelled() for number in texts.places.get(key, ())}:
        there[number] = _level(there[number])
    asked = [_level(claim.terms) for claim in claims]
    # most claims are sentences of these texts, and have the very terms that are read there
    distinct = {id(found): found for found in chain(there, asked)}
    number_of = {name: number for number, name in enumerate(distinct)}
    rows = _rows(distinct.values(), spread, len(there))
    sentences = rows[[number_of[id(found)] for found in there]].T
    known: dict[int, tuple[Wording, set[str]]] = {}

    def read(found: Sequence[Term]) -> tuple[Wording, set[str]]:
        if id(found) not in known:
            known[id(found)] = Wording(found, spread), _content(found)
        return known[id(found)]

    names = {term.key for found in texts.terms for term in found if term.kind in ("name", "country")}
    for low in range(0, len(claims), _CLAIMS):
        here = asked[low : low + _CLAIMS]
        likeness = _cosines(rows[[number_of[id(found)] for found in here]] @ sentences)
        wanted = None if where is None else where[low : low + _CLAIMS]
        for number, place, cosine in _best(*likeness, texts.home, wanted):
            (ours, words), (theirs, others) = read(here[number]), read(there[place])
            if names.issuperset(words & others):
                continue  # who is spoken of is not what is said
            shared = shared_information(ours, theirs)
            if shared and sqrt(cosine * shared) + _PART * shared / min(ours.whole, theirs.whole) >= NEAR:
                yield low + number, int(texts.home[place]), *texts.sentences[place]


def printed(
    claims: Sequence[Claim], texts: Searchable, where: NDArray[np.bool_]
) -> Iterator[tuple[int, int, int, int]]:
    """Find the words that a claim has in quotation marks, four or more of them, printed in a text, in marks or not.

    Args:
        claims: the facts, ready to be looked for.
        texts: the texts of an event, or some of them.
        where: for each claim and text, is it asked for?

    Yields:
        Numbers of the claim and of the text, start and end of the sentences that have the words.
    """
    asked = [(number, quoted) for number, claim in enumerate(claims) if (quoted := _quoted_words(claim.text))]
    if not asked:
        return
    for text in np.flatnonzero(where[[number for number, _ in asked]].any(axis=0)).tolist():
        first, behind = texts.begins[text : text + 2].tolist()
        lines = [_bare(texts.texts[text][start:end]) for start, end in texts.sentences[first:behind]]
        ends = np.cumsum([len(line) + 1 for line in lines])  # each with the space behind it
        whole = f" {' '.join(lines)} "
        for number, quoted in asked:
            at = whole.find(f" {quoted} ") if where[number, text] else -1
            if at >= 0:
                low, high = np.searchsorted(ends, [at, at + len(quoted) - 1], side="right").tolist()
                yield number, text, texts.sentences[first + low][0], texts.sentences[first + high][1]


def _quoted_words(text: str) -> str:
    """The longest passage in quotation marks, as bare words; empty where it has few."""
    runs = [_bare(run) for run in _MARKED.findall(text)]
    longest = max(runs, key=len, default="")
    return longest if longest.count(" ") >= _FEWEST_QUOTED - 1 else ""


def _bare(text: str) -> str:
    """Words in small letters with one space between them."""
    return " ".join(_WORD.findall(straighten(text).lower()))


def _spread(stands_in: Mapping[str, int]) -> dict[str, int]:
    """In how many sentences each key stands, words that name more or less of one thing taken together."""
    keys = _levelled()
    spread = dict(stands_in)
    for key in stands_in.keys() & keys.keys():
        spread[keys[key]] = spread.get(keys[key], 0) + stands_in[key]
    return spread


def _content(found: Sequence[Term]) -> set[str]:
    return {term.key for term in found if term.kind != "grammar"}


def _cosines(product: Any) -> tuple[Ints, Ints, Floats]:
    found = product.tocoo()
    kept = found.data >= _LEAST_COSINE
    return found.row[kept], found.col[kept], found.data[kept]


def _best(
    claims: Ints, places: Ints, cosines: Floats, homes: Ints, where: NDArray[np.bool_] | None
) -> Iterator[tuple[int, int, float]]:
    """Keep for each claim and text that is asked for the sentence with the largest cosine, of equals the first."""
    home = homes[places]
    order = np.lexsort((places, -cosines, home, claims))
    claims, places, cosines, home = claims[order], places[order], cosines[order], home[order]
    kept = np.ones(len(order), dtype=bool)
    kept[1:] = (claims[1:] != claims[:-1]) | (home[1:] != home[:-1])
    if where is not None:
        kept &= where[claims, home]
    yield from zip(claims[kept].tolist(), places[kept].tolist(), cosines[kept].tolist(), strict=True)


@lru_cache(maxsize=1)
def _levelled() -> dict[str, str]:
    """Stem of a word that names more or less of something -> what it names; "" for words that only add degree."""
    return {stem(word): f"={name}" for word, (name, _) in SCALES.items()} | {
        stem(w): "" for w in INTENSIFIERS
    }


def _level(found: Sequence[Term]) -> Sequence[Term]:
    """Take "paramount" and "very important" for the same: how strongly a thing is put is no other thing."""
    keys = _levelled()
    if keys.keys().isdisjoint([term.key for term in found]):
        return found
    return [t._replace(key=keys[t.key]) if t.key in keys else t for t in found if keys.get(t.key, t.key)]


def _rows(found: Collection[Sequence[Term]], spread: Mapping[str, int], n: int) -> Any:
    """Passages as sparse rows of words with weights, each of length 1, for `n` sentences in all."""
    from scipy.sparse import csr_matrix

    data: list[float] = []
    columns: list[int] = []
    ends = [0]
    keys: dict[str, int] = {}
    rarity: dict[str, float] = {}
    for terms in found:
        weights: dict[str, float] = {}
        for term in terms:
            if term.kind != "grammar":
                key = term.key
                if key not in rarity:
                    rarity[key] = log(1 + n / max(1, spread.get(key, 1)))
                    keys[key] = len(keys)
                weights[key] = term.weight * rarity[key]
        length = sqrt(sum(w * w for w in weights.values())) or 1.0
        data += [weight / length for weight in weights.values()]
        columns += [keys[key] for key in weights]
        ends.append(len(columns))
    return csr_matrix((data, columns, ends), shape=(len(found), len(keys)), dtype=np.float64)
