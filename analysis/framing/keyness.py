"""Keyness: the words and pairs of words that one outlet uses more than the others.

Log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words"), one group against the
rest, and the largest |z| over all terms and groups under random exchange of texts as the yardstick (Westfall and Young
1993), so that the chance of any false find within an event is at most .05.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from math import lgamma, log
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from analysis.articles import as_articles
from analysis.framing.termcounts import Counts, count_by_sentence
from analysis.schema import Schema, TableError
from analysis.stats import max_z_permutation
from analysis.text import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

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
            "chance of so large a |z| for any term and group, were the texts exchanged at random; upper bound",
        ),
        "significant": ("bool", "p_familywise at most .05"),
        "size": ("int", "words in the term: 1 or 2"),
        "exchanged": ("str", "what the permutation exchanges: sentence or article"),
    },
    key=("event", "outlet", "term"),
)
QUOTED_KEYNESS = replace(
    KEYNESS,
    name="quoted_keyness",
    about="One row a group and term, as in keyness, counted in what is quoted alone.",
)

_ALPHA = 0.05
_PRIOR_WORDS = 500.0  # weight of the prior in words, as in Monroe et al.; less where the groups are smaller
_REACH = 2.0  # |z| that a term must be able to reach to be tested
_ENOUGH_ARTICLES = (
    1000  # distinct ways to deal the articles to the groups, above which articles are exchanged
)
_CELLS = 100_000  # numbers held at once while permuting: more leave the processor's cache

Exchange = Literal["auto", "sentence", "article"]


def keyness(
    articles: pd.DataFrame,
    by: str = "outlet",
    *,
    spans: pd.DataFrame | None = None,
    exclude: pd.DataFrame | None = None,
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
        permutations: how many random exchanges; with 400 the smallest p is .0075.
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
    group_names = frame[by].astype("str").fillna("").tolist()
    texts = list(zip(frame["article_id"], frame["body"], strict=True))
    by_event: dict[str, list[int]] = defaultdict(list)
    for row, event in enumerate(frame["event"]):
        by_event[event].append(row)
    tables = []
    for event, rows in by_event.items():
        groups = [group_names[row] for row in rows]
        names = list(dict.fromkeys(groups))
        if len(names) < 2:
            continue
        counts = count_by_sentence([texts[row] for row in rows], inside, outside, only=spans is not None)
        if not counts.terms:
            continue
        number = {name: i for i, name in enumerate(names)}
        group_of = np.array([number[g] for g in groups], dtype=np.int32)
        tables.append(_compare(event, names, group_of, counts, exchange, permutations, seed))
    # one frame in the end: one for each event costs more than what it holds
    columns: dict[str, Any] = {name: [] for name in KEYNESS.columns}
    if tables:
        columns = {name: np.concatenate([table[name] for table in tables]) for name in columns}
    return KEYNESS.frame(columns)


def _by_article(table: pd.DataFrame | None) -> dict[str, list[Span]]:
    out: dict[str, list[Span]] = defaultdict(list)
    if table is not None:
        missing = [c for c in ("article_id", "start", "end") if c not in table.columns]
        if missing:
            raise TableError(f"keyness: spans lack {', '.join(missing)}; they need article_id, start, end.")
        for article_id, start, end in zip(table["article_id"], table["start"], table["end"], strict=True):
            out[str(article_id)].append((int(start), int(end)))
    return out


def _compare(
    event: str,
    names: list[str],
    group_of: NDArray[np.int32],
    counts: Counts,
    exchange: Exchange,
    permutations: int,
    seed: int,
) -> dict[str, NDArray[Any]]:
    from scipy import sparse

    n_groups, n_terms = len(names), len(counts.terms)
    if exchange == "auto":
        exchange = "article" if _arrangements(group_of) >= _ENOUGH_ARTICLES else "sentence"
    by_article = exchange == "article"
    labels = group_of if by_article else group_of[counts.article]
    rows = counts.article[counts.rows] if by_article else counts.rows
    size_of = counts.sizes[counts.columns]
    lengths = np.array(
        [np.bincount(rows[size_of == k], minlength=len(labels)) for k in (1, 2)], dtype=np.float32
    )

    # terms too rare to stand out whatever their place are left aside: this rests on totals, which no exchange changes
    sizes = counts.sizes[:n_terms]
    totals = np.bincount(counts.columns, minlength=n_terms)[:n_terms].astype(np.float32)
    tested = np.flatnonzero(_reach(totals, sizes, labels, lengths, n_groups) >= _REACH)
    line = np.full(n_terms + 2, -1)
    line[tested] = np.arange(len(tested))
    line = line[counts.columns]
    held = line >= 0
    ones = np.ones(np.count_nonzero(held), dtype=np.float32)
    matrix = sparse.csr_matrix((ones, (line[held], rows[held])), shape=(len(tested), len(labels)))
    by_unit = sparse.csr_matrix(lengths)
    sizes, totals = sizes[tested], totals[tested]
    terms = np.array(counts.terms, dtype=object)[tested]

    chosen = _one_hot(labels[None, :], n_groups)
    used = (matrix @ chosen).reshape(len(tested), 1, n_groups)
    log_odds, observed = _log_odds(used, totals, sizes, (by_unit @ chosen).reshape(2, 1, n_groups))

    def scores(arrangements: NDArray[np.int32]) -> Floats:
        n = len(arrangements)
        dealt = _one_hot(arrangements, n_groups)
        uses, words = (m @ dealt for m in (matrix, by_unit))
        z = _log_odds(uses.reshape(-1, n, n_groups), totals, sizes, words.reshape(2, n, n_groups))[1]
        return z.transpose(1, 0, 2)

    if np.bincount(labels).max() == 1:
        # one text a group: any exchange gives the same texts other names, and reaches the same largest |z|
        z, p = observed[:, 0, :].astype(np.float64), np.ones((len(tested), n_groups))
    else:
        together = max(1, _CELLS // (n_groups * max(1, *matrix.shape)))
        z, p, _ = max_z_permutation(scores, labels, permutations=permutations, together=together, seed=seed)
    shown = (used[:, 0, :] > 0) | (p <= _ALPHA)
    group, term = np.nonzero(shown.T)
    order = np.lexsort((term, -z[term, group], group))
    group, term = group[order], term[order]
    times = used[term, 0, group].astype(np.int64)
    columns = {
        "outlet": np.array(names, dtype=object)[group],
        "term": terms[term],
        "count": times,
        "count_rest": totals[term].astype(np.int64) - times,
        "log_odds": log_odds[term, 0, group].astype(np.float64),
        "z": z[term, group].astype(np.float64),
        "p_familywise": p[term, group],
        "significant": p[term, group] <= _ALPHA,
        "size": sizes[term],
    }
    same = {"event": event, "exchanged": exchange}
    return columns | {name: np.full(len(term), value, dtype=object) for name, value in same.items()}


def _arrangements(group_of: NDArray[np.int32]) -> float:
    """How many ways there are to deal the articles to groups of these sizes (multinomial coefficient, capped)."""
    sizes = np.bincount(group_of)
    ways = lgamma(len(group_of) + 1) - sum(lgamma(n + 1) for n in sizes)
    return float(np.exp(min(ways, log(1e12))))


def _one_hot(labels: NDArray[np.int32], n_groups: int) -> Floats:
    """Columns that add up the units of each group, for each arrangement: (units, arrangements x groups)."""
    n, units = labels.shape
    out = np.zeros((units, n * n_groups), dtype=np.float32)
    out[np.arange(units)[:, None], (labels + np.arange(n)[:, None] * n_groups).T] = 1
    return out


def _log_odds(used: Floats, totals: Floats, sizes: NDArray[np.int32], words: Floats) -> tuple[Floats, Floats]:
    """Log odds-ratios against the rest, and their z-scores (Monroe et al. 2008, eq. 16-22).

    Args:
        used: occurrences by term, arrangement and group.
        totals: occurrences of each term.
        sizes: 1 for words, 2 for pairs: two vocabularies, each compared within its own total.
        words: words and pairs altogether, by arrangement and group.
    """
    log_odds, z = np.zeros_like(used), np.zeros_like(used)
    for size in (1, 2):
        here = slice(*np.searchsorted(sizes, [size, size + 1]))  # terms are sorted by size
        n = words[size - 1][None]
        whole = np.float32(n[0, 0].sum())
        if not len(totals[here]):
            continue
        strength = np.float32(min(_PRIOR_WORDS, whole / n.shape[-1]))
        y, total = used[here], totals[here, None, None]
        prior = total * (strength / whole)
        mine, rest = y + prior, total + prior - y
        mine_other, rest_other = n + strength - mine, whole - n + strength - rest
        with np.errstate(divide="ignore", invalid="ignore"):  # a vocabulary of one word has no other
            delta = np.log(mine * rest_other / (mine_other * rest))
            score = delta / np.sqrt(1 / mine + 1 / rest)
        usable = np.isfinite(score)
        log_odds[here], z[here] = np.where(usable, delta, 0), np.where(usable, score, 0)
    return log_odds, z


def _reach(
    totals: Floats, sizes: NDArray[np.int32], labels: NDArray[np.int32], lengths: Floats, n_groups: int
) -> Floats:
    """The largest |z| that a term of each total could get, if one group had all of it, or none."""
    # of many terms few totals differ; sorted by size, as `_log_odds` wants them
    keys = sizes * (totals.max(initial=0) + 1.0) + totals
    _, first, term = np.unique(keys, return_index=True, return_inverse=True)
    sizes, totals = sizes[first], totals[first]
    share = np.bincount(labels, minlength=n_groups).astype(np.float32) / len(labels)
    words = lengths.sum(axis=1)[:, None, None] * share
    every = np.broadcast_to(totals[:, None, None], (len(totals), 1, n_groups)).astype(np.float32)
    best = [
        np.abs(_log_odds(y, totals, sizes, words)[1]).max(axis=(1, 2)) for y in (every, np.zeros_like(every))
    ]
    reach: Floats = np.maximum(*best)[term]
    return reach
