"""Which files of a folder are articles, and which describe the corpus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from analysis.corpus.declared import CORPUS_FILES, METADATA_FILES, Declared
from analysis.corpus.errors import CorpusError, Problem, Severity, did_you_mean, printable
from analysis.corpus.formats import is_readable, why_not

CODEBOOKS = ("codebook.yml", "codebook.yaml")
_NOT_ARTICLES = frozenset(
    {"readme", "license", "licence", "changelog", "notice", "thumbs", "desktop", "claims"}
)


def chosen_files(
    names: list[str], declared: Declared, problems: list[Problem]
) -> list[tuple[str, dict[str, Any] | None]]:
    """Return the files that hold articles, each with what corpus.yml or metadata.csv says about it.

    Args:
        names: all files of the corpus.
        declared: what describes it.
        problems: what is left out is reported here.

    Raises:
        CorpusError: a file that is listed is not there, or a row of metadata.csv could mean several.
    """
    known = set(names)
    if declared.listed:
        for name in declared.articles:
            if name not in known:
                raise CorpusError(
                    "is listed and not there.",
                    where=f"corpus.yml, {name}",
                    mend=did_you_mean(name, names),
                    code="missing_file",
                )
        skipped = [n for n in _candidates(names, declared) if n not in declared.articles]
        if skipped:
            problems.append(
                Problem(
                    "info",
                    "not_listed",
                    f"{len(skipped)} file(s) not listed in corpus.yml and not read: {_some(skipped)}.",
                )
            )
        return list(declared.articles.items())
    candidates = _candidates(names, declared)
    problems += _left_out(sorted(known.difference(candidates)), declared)
    rows = _matched(declared.articles, candidates)
    out: list[tuple[str, dict[str, Any] | None]] = [(name, rows.get(name)) for name in candidates]
    if declared.articles:
        missing = [name for name, _ in out if name not in rows]
        if missing:
            problems.append(
                Problem(
                    "warning",
                    "not_described",
                    f"{len(missing)} file(s) without a row in metadata.csv: {_some(missing)}.",
                )
            )
    return out


def _left_out(names: list[str], declared: Declared) -> list[Problem]:
    """Say what is not read, one line for each kind of file."""
    kinds: dict[tuple[Severity, str], list[str]] = {}
    for name in names:
        if belongs(name, declared):
            continue
        if PurePosixPath(name).stem.casefold() in _NOT_ARTICLES:
            kinds.setdefault(("info", "taken for a description, not for an article."), []).append(name)
        else:
            kinds.setdefault(("warning", why_not(name)), []).append(name)
    return [
        Problem(severity, "not_read", f"{_some(found)}: {why}") for (severity, why), found in kinds.items()
    ]


def _matched(rows: Mapping[str, dict[str, Any]], candidates: list[str]) -> dict[str, dict[str, Any]]:
    """Match rows of metadata.csv with files: by path, without the suffix, or by a base name that stands once."""
    by: dict[str, list[str]] = {}
    for name in candidates:
        path = PurePosixPath(name)
        for key in {name, str(path.with_suffix("")), path.name, path.stem}:
            by.setdefault(key, []).append(name)
    out: dict[str, dict[str, Any]] = {}
    for file, row in rows.items():
        found = [file] if file in candidates else by.get(file, [])
        if len(found) != 1:
            what = f"there is no file {file!r}." if not found else f"{file!r} could be {_some(found)}."
            raise CorpusError(
                what, where=row.get("where", ""), mend=did_you_mean(file, candidates), code="missing_file"
            )
        out[found[0]] = row
    return out


def _candidates(names: list[str], declared: Declared) -> list[str]:
    return [
        n
        for n in names
        if (is_readable(n) or n.casefold().endswith(".zip"))
        and not belongs(n, declared)
        and PurePosixPath(n).stem.casefold() not in _NOT_ARTICLES
    ]


def belongs(name: str, declared: Declared) -> bool:
    """Is this file part of the description of the corpus rather than an article?"""
    folder = declared.commentary or "commentary"
    return (
        name in (*CORPUS_FILES, *METADATA_FILES, *CODEBOOKS, declared.codebook)
        or name == folder
        or name.startswith(folder + "/")
        or PurePosixPath(name).match("coding/*/*.csv")
    )


def _some(names: Iterable[str], limit: int = 5) -> str:
    shown = [printable(name) for name in names]
    return ", ".join(shown[:limit]) + (f" and {len(shown) - limit} more" if len(shown) > limit else "")
