"""Keyness: the words and pairs of words that one outlet uses more than the others.

Log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words"), one group against the
rest, and the largest |z| over all terms and groups under random exchange of texts as the yardstick (Westfall and Young
1993), so that the chance of any false find within an event is at most .05.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import lgamma, log
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from analysis.articles import as_articles
from analysis.schema import Schema, TableError
from analysis.text import MODALS, NEGATIONS, STOPWORDS, Span, fold, sentences, stem, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

KEYNESS = Schema(
    "keyness",
    "One row a group and term: how much more often the group uses it than the other groups do, and how sure that is.",
    {
        "event": ("str", "what the articles are about"),
        "outlet": ("str", "the group: an outlet, or what `by` names"),
        "term": ("str", "word or pair of words, in the form that is commonest in the corpus"),
        "count": ("int", "how often the group uses it"),
        "count_rest": ("int", "how often the others use it"),
        "log_odds": (
            "float",
            "log odds-ratio against the others, shrunk by the prior; above 0: more than the others",
        ),
        "z": ("float", "log_odds by its standard error"),
        "p_familywise": (
            "float",
            "chance of so large a |z| for any term and group, were the texts exchanged at random",
        ),
        "significant": ("bool", "p_familywise at most .05"),
        "size": ("int", "words in the term: 1 or 2"),
        "exchanged": ("str", "what the permutation exchanges: sentence or article"),
    },
    key=("event", "outlet", "term"),
)

_ALPHA = 0.05
_PRIOR_WORDS = 500.0  # weight of the prior in words, as in Monroe et al.; less where the groups are smaller
_LEAST = 3  # occurrences in the event below which a term cannot be told from chance and is not tested
_ENOUGH_ARTICLES = (
    1000  # distinct ways to deal the articles to the groups, above which articles are exchanged
)
_CELLS = 4_000_000  # numbers held at once while permuting
_KEPT = STOPWORDS - NEGATIONS - MODALS
_GLUE = frozenset("'s n't s t re ve ll d m".split())

Exchange = Literal["auto", "sentence", "article"]
Spans = pd.DataFrame


class _Counts(NamedTuple):
    """Occurrences of terms by sentence, as triplets, and what the sentences belong to."""

    rows: NDArray[np.int32]
    columns: NDArray[np.int32]
    article: NDArray[np.int32]  # of each sentence
    terms: list[str]
    sizes: NDArray[np.int32]


def keyness(
    articles: pd.DataFrame,
    by: str = "outlet",
    *,
    spans: Spans | None = None,
    exclude: Spans | None = None,
    exchange: Exchange = "auto",
    permutations: int = 400,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the words of each group with those of all others, inside each event.

    Words are counted by stem and shown in their commonest form; pairs are neighbours in a sentence. Stop words do not
    count, negations and modal verbs do. To compare the outlets' own words, hand the quotations to `exclude`.

    Where the groups have so few articles that dealing them out anew gives fewer than 1,000 arrangements, sentences are
    exchanged in place of articles: the result then speaks of these texts, not of the outlets. Exchanging articles is
    stricter, as it must be when names and topics cling to single articles.

    Args:
        articles: article_id, body and the column `by`.
        by: the column that names the groups.
        spans: article_id, start, end: if given, only words inside count (own words, say).
        exclude: article_id, start, end: words inside do not count (quotations, shared passages).
        exchange: "article", "sentence", or "auto" for the rule above.
        permutations: how many random exchanges; the smallest p is 1 / (permutations + 1).
        seed: start of the random numbers.

    Returns:
        event, outlet (the group), term, count, count_rest, log_odds, z, p_familywise, significant, size, exchanged; the
        terms that a group uses, and those it significantly avoids, largest z first. Groups of an event without a
        second one have no rows. No significant row is a result: the texts do not differ by more than chance.

    Raises:
        TableError: a column is missing.
        ValueError: `exchange` is something else.
    """
    if exchange not in ("auto", "sentence", "article"):
        raise ValueError(f"keyness: exchange={exchange!r} is not known; use 'auto', 'sentence' or 'article'.")
    frame = as_articles(articles)
    if by not in frame.columns:
        raise TableError(
            f"keyness: there is no column {by!r}; articles have {', '.join(map(str, frame.columns))}."
        )
    inside, outside = _by_article(spans), _by_article(exclude)
    tables = []
    for event, part in frame.groupby("event", sort=False):
        groups = part[by].astype("str").fillna("")
        names = list(dict.fromkeys(groups))
        if len(names) < 2:
            continue
        counts = _count(part, inside, outside, only=spans is not None)
        if not counts.terms:
            continue
        group_of = np.array([names.index(g) for g in groups], dtype=np.int32)
        tables.append(_compare(str(event), names, group_of, counts, exchange, permutations, seed))
    return KEYNESS.frame(pd.concat(tables, ignore_index=True) if tables else [])


def _by_article(table: pd.DataFrame | None) -> dict[str, list[Span]]:
    out: dict[str, list[Span]] = defaultdict(list)
    if table is not None:
        missing = [c for c in ("article_id", "start", "end") if c not in table.columns]
        if missing:
            raise TableError(f"keyness: spans lack {', '.join(missing)}; they need article_id, start, end.")
        for article_id, start, end in zip(table["article_id"], table["start"], table["end"], strict=True):
            out[str(article_id)].append((int(start), int(end)))
    return out


def _count(
    part: pd.DataFrame, inside: dict[str, list[Span]], outside: dict[str, list[Span]], *, only: bool
) -> _Counts:
    """Count stems and pairs of stems by sentence; keep those that occur often enough to be tested."""
    ids: dict[str, int] = {}
    forms: list[Counter[str]] = []
    surface: dict[str, int] = {}  # a word as printed -> its stem's number, -1 for words that do not count
    stream: list[int] = []
    printed: list[str] = []
    row_of: list[int] = []
    article_of: list[int] = []
    for number, (article_id, body) in enumerate(zip(part["article_id"], part["body"], strict=True)):
        counted = _mask(len(body), inside.get(article_id, []), outside.get(article_id, []), only)
        for a, b in sentences(body):
            row = len(article_of)
            article_of.append(number)
            for start, end in words(body, a, b):
                token = body[start:end]
                key = surface.get(token)
                if key is None:
                    key = _stem_number(token, ids)
                    surface[token] = key
                if counted is not None and not counted[start]:
                    key = -1
                stream.append(key)
                printed.append(token)
                row_of.append(row)
    flow = np.array(stream, dtype=np.int64)
    rows = np.array(row_of, dtype=np.int32)
    kept = flow >= 0
    n_words = len(ids)
    pair = kept[:-1] & kept[1:] & (rows[:-1] == rows[1:]) if len(flow) > 1 else np.zeros(0, dtype=bool)
    pairs = flow[:-1][pair] * n_words + flow[1:][pair] if len(flow) > 1 else np.zeros(0, dtype=np.int64)
    first = np.flatnonzero(kept)
    second = np.flatnonzero(pair)

    total = np.bincount(flow[kept], minlength=n_words) if n_words else np.zeros(0, dtype=np.int64)
    often = np.flatnonzero(total >= _LEAST)
    distinct, inverse, n_pairs = np.unique(pairs, return_inverse=True, return_counts=True)
    often_pairs = np.flatnonzero(n_pairs >= _LEAST)
    column = np.full(n_words, -1, dtype=np.int64)
    column[often] = np.arange(len(often))
    column_pair = np.full(len(distinct), -1, dtype=np.int64)
    column_pair[often_pairs] = len(often) + np.arange(len(often_pairs))

    single, double = column[flow[kept]], column_pair[inverse]
    forms = [Counter() for _ in range(len(often) + len(often_pairs))]
    for c, i in zip(single.tolist(), first.tolist(), strict=True):
        if c >= 0:
            forms[c][printed[i]] += 1
    for c, i in zip(double.tolist(), second.tolist(), strict=True):
        if c >= 0:
            forms[c][f"{printed[i]} {printed[i + 1]}"] += 1
    all_columns = np.concatenate([single, double])
    all_rows = np.concatenate([rows[kept], rows[:-1][pair]]) if len(flow) > 1 else rows[kept]
    used = all_columns >= 0
    sizes = np.array([1] * len(often) + [2] * len(often_pairs), dtype=np.int32)
    return _Counts(
        all_rows[used].astype(np.int32),
        all_columns[used].astype(np.int32),
        np.array(article_of, dtype=np.int32),
        [_readable(f) for f in forms],
        sizes,
    )


def _mask(length: int, inside: list[Span], outside: list[Span], only: bool) -> NDArray[np.bool_] | None:
    if not only and not outside:
        return None
    counted = np.zeros(length, dtype=bool) if only else np.ones(length, dtype=bool)
    for a, b in inside:
        counted[max(0, a) : max(0, b)] = True
    for a, b in outside:
        counted[max(0, a) : max(0, b)] = False
    return counted


def _stem_number(token: str, ids: dict[str, int]) -> int:
    folded = fold(token)
    if folded in _KEPT or folded in _GLUE or not any(c.isalpha() for c in folded):
        return -1
    return ids.setdefault(stem(folded), len(ids))


def _readable(forms: Counter[str]) -> str:
    """The commonest form; lower case wins a draw, so that the start of a sentence does not make a name."""
    lowered: Counter[str] = Counter()
    for form, n in forms.items():
        lowered[form.casefold()] += n
    best = max(lowered, key=lambda w: (lowered[w], -len(w), w))
    same = [form for form in forms if form.casefold() == best]
    return max(same, key=lambda f: (forms[f], f.casefold() == f, f))


def _compare(
    event: str,
    names: list[str],
    group_of: NDArray[np.int32],
    counts: _Counts,
    exchange: Exchange,
    permutations: int,
    seed: int,
) -> pd.DataFrame:
    from scipy import sparse

    n_sentences, n_terms, n_groups = len(counts.article), len(counts.terms), len(names)
    if exchange == "auto":
        exchange = "article" if _arrangements(group_of) >= _ENOUGH_ARTICLES else "sentence"
    rows = counts.article[counts.rows] if exchange == "article" else counts.rows
    labels = group_of if exchange == "article" else group_of[counts.article]
    ones = np.ones(len(rows), dtype=np.float32)
    n_rows = len(group_of) if exchange == "article" else n_sentences
    matrix = sparse.csr_matrix((ones, (rows, counts.columns)), shape=(n_rows, n_terms))
    # words and pairs are two vocabularies: each is compared within its own total
    sizes = counts.sizes
    totals = np.asarray(matrix.sum(axis=0), dtype=np.float32).ravel()

    observed = _group_counts(matrix, labels[None, :], n_groups)
    log_odds, z = _log_odds(observed, totals, sizes, n_groups)
    p = _familywise(np.abs(z[0]), matrix, labels, totals, sizes, n_groups, permutations, seed)
    group, term = np.nonzero((observed[0] > 0) | (p <= _ALPHA))
    order = np.lexsort((term, -z[0][group, term], group))
    group, term = group[order], term[order]
    count = observed[0][group, term].astype(np.int64)
    words_of = np.array(counts.terms, dtype=object)
    return pd.DataFrame(
        {
            "event": event,
            "outlet": np.array(names, dtype=object)[group],
            "term": words_of[term],
            "count": count,
            "count_rest": totals[term].astype(np.int64) - count,
            "log_odds": log_odds[0][group, term].astype(np.float64),
            "z": z[0][group, term].astype(np.float64),
            "p_familywise": p[group, term],
            "significant": p[group, term] <= _ALPHA,
            "size": sizes[term],
            "exchanged": exchange,
        }
    )


def _arrangements(group_of: NDArray[np.int32]) -> float:
    """How many ways there are to deal the articles to groups of these sizes (multinomial coefficient, capped)."""
    sizes = np.bincount(group_of)
    ways = lgamma(len(group_of) + 1) - sum(lgamma(n + 1) for n in sizes)
    return float(np.exp(min(ways, log(1e12))))


def _group_counts(matrix: Any, labels: NDArray[np.int32], n_groups: int) -> NDArray[np.float32]:
    """Add up the rows of `matrix` by group for each arrangement of labels: (arrangements, groups, terms)."""
    from scipy import sparse

    n, rows = labels.shape
    index = (labels + np.arange(n, dtype=np.int32)[:, None] * n_groups).ravel()
    chosen = sparse.csr_matrix(
        (np.ones(len(index), dtype=np.float32), (index, np.tile(np.arange(rows), n))),
        shape=(n * n_groups, rows),
    )
    out: NDArray[np.float32] = (chosen @ matrix).toarray().reshape(n, n_groups, matrix.shape[1])
    return out


def _log_odds(
    counts: NDArray[np.float32], totals: NDArray[np.float32], sizes: NDArray[np.int32], n_groups: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Log odds-ratios of (arrangements, groups, terms) against the rest, and their z-scores (Monroe et al., eq. 16-22)."""
    log_odds, z = np.empty_like(counts), np.empty_like(counts)
    for size in (1, 2):
        here = np.flatnonzero(sizes == size)
        if not len(here):
            continue
        part = slice(int(here[0]), int(here[-1]) + 1)
        y, total = counts[:, :, part], totals[part]
        whole = float(total.sum())
        strength = min(_PRIOR_WORDS, whole / n_groups)
        prior = total * np.float32(strength / whole)
        n = y.sum(axis=2, keepdims=True)
        mine = y + prior
        rest = (total + prior) - y
        mine_other = (n + np.float32(strength)) - mine
        rest_other = np.float32(whole + strength) - n - rest
        delta = np.log((mine * rest_other) / (mine_other * rest))
        log_odds[:, :, part] = delta
        z[:, :, part] = delta / np.sqrt(1 / mine + 1 / rest)
    return log_odds, z


def _familywise(
    observed: NDArray[np.float32],
    matrix: Any,
    labels: NDArray[np.int32],
    totals: NDArray[np.float32],
    sizes: NDArray[np.int32],
    n_groups: int,
    permutations: int,
    seed: int,
) -> NDArray[np.float64]:
    """P of each |z| against the largest |z| of each random exchange, the observed arrangement counted as one of them."""
    rng = np.random.default_rng(seed)
    largest: list[NDArray[np.float32]] = []
    step = max(1, _CELLS // max(1, n_groups * len(totals)))
    for start in range(0, permutations, step):
        n = min(step, permutations - start)
        shuffled = rng.permuted(np.tile(labels, (n, 1)), axis=1)
        z = _log_odds(_group_counts(matrix, shuffled, n_groups), totals, sizes, n_groups)[1]
        largest.append(np.abs(z).max(axis=(1, 2)))
    null = np.sort(np.concatenate(largest)) if largest else np.zeros(0, dtype=np.float32)
    above = len(null) - np.searchsorted(null, observed.ravel() - 1e-6, side="left")
    p: NDArray[np.float64] = ((above + 1) / (len(null) + 1)).reshape(observed.shape)
    return p
