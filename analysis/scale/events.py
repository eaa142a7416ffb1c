"""Find events: articles that tell of the same thing within a few days.

Comparing all pairs is out of the question. An article is described by its most telling words, rare ones and names, as
numbers; articles of a window of days that share several of them meet in an inverted index, and the cosine of their
tf-idf vectors decides (Allan et al. 1998, "Topic detection and tracking"). Copies of one text are folded first: the first
stands for all, so that a press release in thousands of outlets costs one comparison each. Stars make the events (Aslam,
Pelekhov and Rus 2004): the article with most neighbours takes them along, then the next that is still free; stars that
are linked as closely as they are within are one event.

Text takes no part in the shuffle, only numbers do. Every step is bounded: telling words an article, articles a word,
neighbours an article.
"""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from analysis.passages.wordtable import Words

    Ints = NDArray[np.int64]

WINDOW = 3  # days between two articles that are compared
TERMS = 40  # telling words that describe an article
SKETCH = 24  # hashes of runs of words that tell copies
ALIKE = 0.8  # share of a sketch that copies have in common
LINKED = 0.2  # cosine from which two articles tell of the same event
LEAST_TERMS = 3  # and so many words in common
MOST_HOLDERS = 400  # articles of a window; a word in more of them is not rare there
MOST_LINKS = 60  # neighbours of an article
MERGED = 0.35  # share of the possible links between two stars, from which they are one event
UNDATED = -1
_ROWS = 1000  # articles multiplied at once
_PART_BITS = 24  # row numbers: part << 24 | place in the part


def row_numbers(part: int, size: int) -> Ints:
    """Number the articles of a part over the whole corpus."""
    return (np.int64(part) << _PART_BITS) + np.arange(size, dtype=np.int64)


def part_of(rows: Ints) -> Ints:
    """The part that each numbered article stands in."""
    return rows >> _PART_BITS


def features(frame: pd.DataFrame, window: int = WINDOW) -> dict[str, pd.DataFrame]:
    """Describe articles by numbers.

    Args:
        frame: row, title, body, date, event, article_id.
        window: days.

    Returns:
        features: row, block, day, given (hash of the event that the input names, or 0), id (hash of the article's
        name), digest (hash of its words), terms, weights, sketch. A dated article stands in two blocks of days, so
        that any two within the window meet in one.
    """
    from analysis.passages.wordtable import read_words

    texts = [
        f"{title}\n{body}" if isinstance(title, str) else body
        for title, body in zip(frame["title"], frame["body"], strict=True)
    ]
    terms, weights = _telling(read_words(texts))
    sketches, digests = _sketches(read_words(frame["body"].tolist()))
    days = [_ordinal(value) for value in frame["date"]]
    table = pd.DataFrame(
        {
            "row": frame["row"].astype("int64"),
            "day": np.array(days, dtype=np.int64),
            "given": np.array(
                [_number(e) if isinstance(e, str) and e else 0 for e in frame["event"]], dtype=np.int64
            ),
            "id": np.array([_number(name) for name in frame["article_id"]], dtype=np.int64),
            "digest": digests,
            "terms": terms,
            "weights": weights,
            "sketch": sketches,
        }
    )
    block = np.where(table["day"] < 0, UNDATED, table["day"] // window)
    first = table.assign(block=block)
    again = first[first["day"] >= 0].assign(block=lambda t: t["block"] - 1)
    return {"features": pd.concat([first, again], ignore_index=True)}


def links(block: pd.DataFrame, window: int = WINDOW) -> dict[str, pd.DataFrame]:
    """Link the articles of one block of days: a, b (rows, the smaller first), score, copy.

    A pair is reported by one block only, the later of the two in which both may stand.
    """
    table = block[block["given"] == 0].sort_values(["day", "id"], kind="stable").reset_index(drop=True)
    if not len(table):
        return {"links": _link_rows([], [], [], False)}
    rows, days = table["row"].to_numpy(np.int64), table["day"].to_numpy(np.int64)
    original = _fold(table)
    kept = np.flatnonzero(original == np.arange(len(table)))
    copies = np.flatnonzero(original != np.arange(len(table)))
    a, b, score = _similar(table.iloc[kept])
    a, b = kept[a], kept[b]
    here = int(block["block"].iloc[0])
    found = [
        _link_rows(rows[copies], rows[original[copies]], np.ones(len(copies)), True),
        _link_rows(rows[a], rows[b], score, False),
    ]
    pairs = [(copies, original[copies]), (a, b)]
    out = []
    for part, (left, right) in zip(found, pairs, strict=True):
        near = np.abs(days[left] - days[right]) <= window
        mine = np.minimum(days[left], days[right]) // window == here if here != UNDATED else near
        out.append(part[near & mine])
    return {"links": pd.concat(out, ignore_index=True)}


def cluster(table: pd.DataFrame, linked: pd.DataFrame) -> Ints:
    """Group articles into events.

    Args:
        table: row, day, given, id; one row an article.
        linked: as `links` makes it, of all blocks.

    Returns:
        For each article the place in `table` of the one that its event is named after.
    """
    rows = table["row"].to_numpy(np.int64)
    order = np.argsort(rows)
    size = len(rows)

    def places(values: pd.Series[Any]) -> Ints:
        return order[np.searchsorted(rows[order], values.to_numpy(np.int64))]

    root = np.arange(size, dtype=np.int64)
    a, b = places(linked["a"]), places(linked["b"])
    copied = linked["copy"].to_numpy(bool)
    _unite(root, a[copied], b[copied])
    a, b, score = root[a[~copied]], root[b[~copied]], linked["score"].to_numpy(np.float64)[~copied]
    keep = a != b
    _stars(root, a[keep], b[keep], score[keep], table["id"].to_numpy(np.int64))
    given = table["given"].to_numpy(np.int64)
    named = np.flatnonzero(given)
    if len(named):
        _, first, inverse = np.unique(given[named], return_index=True, return_inverse=True)
        root[named] = named[first[inverse]]
    return _first_member(root, table)


def _first_member(root: Ints, table: pd.DataFrame) -> Ints:
    """Name each event after its earliest article."""
    order = np.lexsort((table["id"].to_numpy(np.int64), table["day"].to_numpy(np.int64)))
    events, first = np.unique(root[order], return_index=True)
    return order[first][np.searchsorted(events, root)]


def _unite(root: Ints, a: Ints, b: Ints) -> None:
    def find(k: int) -> int:
        while root[k] != k:
            root[k] = root[root[k]]
            k = int(root[k])
        return k

    for left, right in zip(a.tolist(), b.tolist(), strict=True):
        one, other = find(left), find(right)
        if one != other:
            root[max(one, other)] = min(one, other)
    for k in range(len(root)):
        root[k] = find(k)


def _stars(root: Ints, a: Ints, b: Ints, score: NDArray[np.float64], ids: Ints) -> None:
    """Let articles with many neighbours take them along; then unite stars that are linked closely."""
    size = len(root)
    left, right, weight = np.concatenate([a, b]), np.concatenate([b, a]), np.concatenate([score, score])
    order = np.lexsort((right, left))
    left, right, weight = left[order], right[order], weight[order]
    bounds = np.searchsorted(left, np.arange(size + 1))
    strength = np.bincount(left, weights=np.round(weight, 6), minlength=size)
    centre = np.full(size, -1, dtype=np.int64)
    for k in np.lexsort((ids, -np.round(strength, 3))).tolist():
        if strength[k] <= 0:
            break
        if centre[k] < 0:
            near = right[bounds[k] : bounds[k + 1]]
            centre[near[centre[near] < 0]] = k
            centre[k] = k
    linked = centre >= 0
    members = np.bincount(centre[linked], minlength=size)
    ca, cb = centre[a], centre[b]
    across = ca != cb
    low, high = np.minimum(ca, cb)[across], np.maximum(ca, cb)[across]
    if len(low):
        pairs, count = np.unique(low * np.int64(size) + high, return_counts=True)
        low, high = pairs // size, pairs % size
        possible = np.minimum(
            members[low] * members[high], MOST_LINKS * np.minimum(members[low], members[high])
        )
        close = count >= MERGED * possible
        joined = np.arange(size, dtype=np.int64)
        _unite(joined, low[close], high[close])
        centre[linked] = joined[centre[linked]]
    star = np.where(linked, centre, np.arange(size))
    root[:] = star[root]


def _similar(table: pd.DataFrame) -> tuple[Ints, Ints, NDArray[np.float64]]:
    """Pair the articles whose vectors of telling words are alike; places in `table`, the earlier first."""
    from scipy.sparse import csr_matrix

    size = len(table)
    counts = np.array([len(terms) for terms in table["terms"]], dtype=np.int64)
    if size < 2 or not counts.sum():
        none = np.zeros(0, dtype=np.int64)
        return none, none, np.zeros(0)
    holder = np.repeat(np.arange(size), counts)
    term = np.concatenate(table["terms"].tolist()).astype(np.int64)
    weight = np.concatenate(table["weights"].tolist()).astype(np.float64)
    _, column, holders = np.unique(term, return_inverse=True, return_counts=True)
    rare = (holders >= 2) & (holders <= max(MOST_HOLDERS, 2))
    weight = weight * np.log((size + 1.0) / holders)[column]
    norm = np.sqrt(np.bincount(holder, weights=weight**2, minlength=size))
    weight = weight / np.maximum(norm[holder], 1e-9)
    used = rare[column]
    shape = (size, len(holders))
    matrix = csr_matrix((weight[used], (holder[used], column[used])), shape=shape)
    flags = csr_matrix((np.ones(int(used.sum())), (holder[used], column[used])), shape=shape)
    found: list[tuple[Ints, Ints, NDArray[np.float64]]] = []
    for low in range(0, size, _ROWS):
        product = (matrix[low : low + _ROWS] @ matrix.T).tocoo()
        likely = product.data >= LINKED
        i, j, score = product.row[likely] + low, product.col[likely], product.data[likely]
        i, j, score = i[i != j], j[i != j], score[i != j]
        together = np.asarray(flags[i].multiply(flags[j]).sum(axis=1)).ravel()
        i, j, score = (v[together >= LEAST_TERMS] for v in (i, j, score))
        found.append(_strongest(i.astype(np.int64), j.astype(np.int64), score))
    i, j, score = (np.concatenate([f[k] for f in found]) for k in range(3))
    low_end, high_end = np.minimum(i, j), np.maximum(i, j)
    _, first = np.unique(low_end * np.int64(size) + high_end, return_index=True)
    return low_end[first], high_end[first], score[first]


def _strongest(i: Ints, j: Ints, score: NDArray[np.float64]) -> tuple[Ints, Ints, NDArray[np.float64]]:
    order = np.lexsort((j, -np.round(score, 9), i))
    i, j, score = i[order], j[order], score[order]
    begin = np.flatnonzero(np.diff(i, prepend=-1))
    rank = np.arange(len(i)) - np.repeat(begin, np.diff(begin, append=len(i)))
    kept = rank < MOST_LINKS
    return i[kept], j[kept], score[kept]


def _fold(table: pd.DataFrame) -> Ints:
    """For each article the earliest that it is a copy of, or itself."""
    size = len(table)
    original = np.arange(size, dtype=np.int64)
    digest = table["digest"].to_numpy(np.int64)
    _, first, inverse = np.unique(digest, return_index=True, return_inverse=True)
    original = np.where(digest == 0, original, first[inverse])
    sketches = table["sketch"].tolist()
    alone = np.flatnonzero(original == np.arange(size))
    holders: dict[int, int] = {}
    for k in alone.tolist():
        mine = sketches[k]
        if len(mine) < SKETCH:
            continue
        seen = {int(original[holders[h]]) for h in mine[:6].tolist() if h in holders}
        for other in sorted(seen):
            theirs = sketches[other]
            union = np.sort(np.unique(np.concatenate([mine, theirs])))[:SKETCH]
            both = np.intersect1d(mine, theirs, assume_unique=True)
            if np.isin(union, both).mean() >= ALIKE:
                original[k] = other
                break
        for h in mine[:6].tolist():
            holders.setdefault(h, k)
    return original[original]


def _telling(words: Words) -> tuple[list[Ints], list[NDArray[np.float32]]]:
    """The most telling words of each article, names first, with their weights."""
    size = len(words.first) - 1
    article = np.repeat(np.arange(size), np.diff(words.first))
    chosen = np.flatnonzero(words.weight >= 0.5)
    article, hashed = article[chosen], words.hash[chosen].view(np.int64)
    weight = words.weight[chosen] * np.where(words.name[chosen], 1.5, 1.0)
    order = np.lexsort((hashed, article))
    article, hashed, weight = article[order], hashed[order], weight[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (article[1:] != article[:-1]) | (hashed[1:] != hashed[:-1])
    group = np.cumsum(new) - 1
    count = np.bincount(group)
    heavy = np.zeros(len(count))
    np.maximum.at(heavy, group, weight)
    article, hashed, heavy = article[new], hashed[new], heavy * (1 + np.log(np.maximum(count, 1)))
    order = np.lexsort((hashed, -heavy, article))
    bounds = np.searchsorted(article[order], np.arange(size + 1))
    terms, weights = [], []
    for k in range(size):
        mine = order[bounds[k] : min(bounds[k] + TERMS, bounds[k + 1])]
        terms.append(hashed[mine])
        weights.append(heavy[mine].astype(np.float32))
    return terms, weights


def _sketches(words: Words) -> tuple[list[Ints], Ints]:
    """The smallest hashes of runs of five words of each article (Broder 1997), and a hash of all its words in order."""
    from analysis.passages.wordtable import mix, shingles

    size = len(words.first) - 1
    hashed, usable = shingles(words, 5)
    article = np.repeat(np.arange(size), np.diff(words.first))[: len(hashed)]
    runs, article = (hashed[usable] >> np.uint64(1)).view(np.int64), article[usable]
    order = np.lexsort((runs, article))
    runs, article = runs[order], article[order]
    bounds = np.searchsorted(article, np.arange(size + 1))
    sketches = [
        np.unique(runs[bounds[k] : min(bounds[k] + 2 * SKETCH, bounds[k + 1])])[:SKETCH] for k in range(size)
    ]
    place = np.arange(len(words.hash)) - np.repeat(words.first[:-1], np.diff(words.first))
    total = np.zeros(len(words.hash) + 1, dtype=np.uint64)
    np.cumsum(mix(words.hash ^ mix(place.astype(np.uint64))), out=total[1:])
    digest = (total[words.first[1:]] - total[words.first[:-1]]).view(np.int64)
    return sketches, digest


def _link_rows(a: Any, b: Any, score: Any, copy: bool) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "a": np.asarray(a, dtype=np.int64),
            "b": np.asarray(b, dtype=np.int64),
            "score": np.asarray(score, dtype=np.float64),
            "copy": np.full(len(a), copy, dtype=bool),
        }
    )


def _ordinal(value: Any) -> int:
    try:
        return date.fromisoformat(value).toordinal()
    except (TypeError, ValueError):
        return UNDATED


def _number(text: str) -> int:
    raw = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(raw, "big", signed=True) or 1
