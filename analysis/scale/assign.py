"""Which article belongs to which event, and which events go to one worker: decided in one process, on numbers alone."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.scale.engine import ScaleError
from analysis.scale.events import UNDATED, cluster, part_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


def assign(
    articles: pd.DataFrame, linked: pd.DataFrame, parts: int, limit: int, size: int
) -> tuple[list[pd.DataFrame], int]:
    """Give each article an event and a partition.

    Args:
        articles: row, day, given, id, and article_id, event as the input has them.
        linked: as `events.links` makes it.
        parts: number of parts of the articles.
        limit: articles an event; a larger one is split in the order of days, so that no worker is swamped.
        size: articles a partition; an event is never torn apart by it.

    Returns:
        For each part: row, event, whole, partition; and the number of partitions.
    """
    twice = articles.loc[articles["id"].duplicated(keep=False), "article_id"]
    doubled = twice[twice.duplicated()]
    if len(doubled):
        raise ScaleError(
            f"stage 'events': the id {doubled.iloc[0]!r} stands on more than one article; ids must be unique."
        )
    first = cluster(articles, linked)
    names = _names(articles, first)
    whole = names[first]
    order = np.lexsort((articles["id"].to_numpy(np.int64), articles["day"].to_numpy(np.int64), first))
    rank = np.zeros(len(order), dtype=np.int64)
    begin = np.flatnonzero(np.diff(first[order], prepend=-1))
    count = np.diff(begin, append=len(order))
    rank[order] = np.arange(len(order)) - np.repeat(begin, count)
    total = np.zeros(len(order), dtype=np.int64)
    total[order] = np.repeat(count, count)
    pieces = -(-total // limit)
    piece = rank * pieces // np.maximum(total, 1)
    event = whole.copy()
    for k in np.flatnonzero(pieces > 1).tolist():
        event[k] = f"{whole[k]} ({piece[k] + 1} of {pieces[k]})"
    table = pd.DataFrame(
        {
            "row": articles["row"].to_numpy(np.int64),
            "event": event,
            "whole": [name if split else None for name, split in zip(whole, pieces > 1, strict=True)],
        }
    )
    partition, number = _partitions(articles["day"].to_numpy(np.int64), first, piece, event, size)
    table["partition"] = partition
    table = table.sort_values("row", ignore_index=True)
    part = part_of(table["row"].to_numpy(np.int64))
    bounds = np.searchsorted(part, np.arange(parts + 1))
    return [table.iloc[low:high].reset_index(drop=True) for low, high in pairwise(bounds)], number


def _names(articles: pd.DataFrame, first: Ints) -> NDArray[Any]:
    """Name each event: as the input does, else by day and a hash of its earliest article."""
    given, days, ids = (articles[name].tolist() for name in ("event", "day", "id"))
    names = np.empty(len(first), dtype=object)
    for k in np.unique(first).tolist():
        day = pd.Timestamp.fromordinal(days[k]).date().isoformat() if days[k] != UNDATED else "undated"
        names[k] = (
            given[k] if isinstance(given[k], str) and given[k] else f"{day}-{ids[k] & 0xFFFFFFFFFF:010x}"
        )
    return names


def _partitions(days: Ints, first: Ints, piece: Ints, event: NDArray[Any], size: int) -> tuple[Ints, int]:
    """Fill partitions with whole events, in the order of days."""
    names, inverse, count = np.unique(event.astype(str), return_inverse=True, return_counts=True)
    earliest = np.full(len(names), np.iinfo(np.int64).max, dtype=np.int64)
    np.minimum.at(earliest, inverse, days)
    number, held = 0, 0
    of_event = np.zeros(len(names), dtype=np.int64)
    for k in np.lexsort((names, earliest)).tolist():
        if held and held + count[k] > size:
            number, held = number + 1, 0
        of_event[k] = number
        held += int(count[k])
    return of_event[inverse], number + 1
