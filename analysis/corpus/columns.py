"""Which column of a user's table is which of ours: as it is declared, by its name, or, for the text, by what it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analysis.corpus.errors import CorpusError, Problem, did_you_mean

# Names under which other tools keep our columns.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "article_id": ("article_id", "id", "articleid", "doc_id", "docid", "document_id", "uid", "guid", "stories_id", "key"),
    "body": ("body", "text", "content", "full_text", "fulltext", "article_text", "article", "article_body", "maintext", "main_text", "plain_text", "story_text", "document"),
    "outlet": ("outlet", "publisher", "outlet_name", "source_name", "media_name", "media", "newspaper", "publication", "publication_name", "source", "site", "site_name", "domain"),
    "title": ("title", "headline", "head", "article_title", "hl"),
    "date": ("date", "published", "publish_date", "publication_date", "pub_date", "pubdate", "published_at", "publishedat", "date_published", "date_publish", "datetime", "published_date", "timestamp", "day"),
    "language": ("language", "lang", "language_code"),
    "event": ("event", "event_id", "story_id", "cluster", "cluster_id"),
    "file": ("file", "filename", "file_name", "path", "filepath"),
}  # fmt: skip
OURS = ("article_id", "body", "outlet", "title", "date", "language", "event")
# what a user may call them in `columns:` of corpus.yml
DECLARED = {"id": "article_id", "text": "body", **{name: name for name in OURS}}
_LEAST_TEXT = 60  # characters that the texts of articles have in the middle, at the least
_LEAD = 3  # times as long as those of any other column
_LOOKED_AT = 200  # rows


def match_columns(
    header: Iterable[str],
    wanted: Iterable[str],
    where: str,
    given: Mapping[str, str] | None = None,
) -> dict[str, int]:
    """Find our columns among those of a table, as declared, by name or by a name that other tools use.

    Args:
        header: names of the table's columns.
        wanted: our names.
        where: the file, for messages.
        given: our name -> the table's, as corpus.yml declares it.

    Raises:
        CorpusError: a column stands twice, or a declared one is not there.
    """
    names = list(header)
    folded: dict[str, int] = {}
    for i, name in enumerate(names):
        key = re.sub(r"[\s.-]+", "_", name.strip()).casefold()
        if key in folded and key:
            raise CorpusError(
                f"the column {name!r} stands twice (columns {folded[key] + 1} and {i + 1}).",
                where=where,
                code="doubled_column",
            )
        folded[key] = i
    found: dict[str, int] = {}
    for ours, theirs in (given or {}).items():
        if theirs not in names:
            mend = did_you_mean(theirs, names) or f"It has {', '.join(names)}."
            raise CorpusError(
                f"has no column {theirs!r}, which corpus.yml names for {ours!r}.",
                where=where,
                mend=mend,
                code="missing_column",
            )
        found[ours] = names.index(theirs)
    taken = set(found.values())
    for name in wanted:
        for synonym in SYNONYMS[name] if name not in found else ():
            at = folded.get(synonym)
            if at is not None and at not in taken:
                found[name] = at
                taken.add(at)
                break
    return found


def with_text(
    columns: dict[str, int],
    header: Sequence[str],
    rows: Sequence[Sequence[Any]],
    where: str,
    what: str = "column",
) -> tuple[dict[str, int], list[Problem]]:
    """Return the columns with the one that holds the text, and what there is to say about it.

    A column that is not called what texts are called is taken when its cells are by far the longest; that is said.

    Raises:
        CorpusError: no column can be taken for the text.
    """
    if "body" in columns:
        return columns, []
    used = set(columns.values())
    lengths = sorted(
        ((_middle(rows, i), i) for i in range(len(header)) if i not in used and header[i]), reverse=True
    )
    longest, runner_up = [*(length for length, _ in lengths), 0, 0][:2]
    if longest < _LEAST_TEXT or longest < _LEAD * runner_up:
        raise CorpusError(
            f"has no {what} with the text; it has {', '.join(filter(None, header))[:300]}.",
            where=where,
            mend="Name it 'text' (or body, content, article), or put the file into a folder with a corpus.yml that says "
            "`columns: {text: NAME, outlet: NAME, date: NAME}`.",
            code="missing_column",
        )
    at = lengths[0][1]
    others = [header[i] for i in range(len(header)) if header[i] and i not in used and i != at]
    more = f" {', '.join(map(repr, others[:8]))} are kept and not used; `columns:` in corpus.yml says what they are." if others else ""  # fmt: skip
    message = (
        f"{where}: {what} {header[at]!r} taken for the text, because its cells are by far the longest.{more}"
    )
    return columns | {"body": at}, [Problem("warning", "guessed_column", message)]


def _middle(rows: Sequence[Sequence[Any]], column: int) -> int:
    """The median length of a column's cells."""
    found = sorted(
        len(row[column]) if column < len(row) and isinstance(row[column], str) else 0
        for row in rows[:_LOOKED_AT]
    )
    return found[len(found) // 2] if found else 0


def near_misses(header: Iterable[str], columns: Mapping[str, int], where: str) -> list[Problem]:
    """Report columns that look like a misspelt one of ours."""
    said = []
    used = set(columns.values())
    for i, name in enumerate(header):
        missing = [key for key in ("outlet", "title", "date", "language", "event") if key not in columns]
        hint = did_you_mean(name, missing) if i not in used and len(name) > 3 else ""
        if hint:
            said.append(
                Problem(
                    "warning",
                    "unknown_column",
                    f"{where}: column {name!r} is kept as a further column. {hint}",
                )
            )
    return said
