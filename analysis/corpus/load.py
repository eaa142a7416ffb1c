"""From a folder of anything to a `Corpus`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from analysis.articles import ARTICLES
from analysis.corpus.dates import DateError, iso_day
from analysis.corpus.declared import CORPUS_FILES, METADATA_FILES, Declared, read_declared
from analysis.corpus.document import Document
from analysis.corpus.errors import PROBLEMS, CorpusError, Problem, did_you_mean, printable
from analysis.corpus.files import DEFAULT_LIMITS, Archive, Files, Folder, Limits
from analysis.corpus.formats import holds_many, is_readable, read_documents, why_not
from analysis.corpus.furniture import FURNITURE, Cleaned, clean_text
from analysis.corpus.language import guess_language
from analysis.corpus.model import Corpus, Origin
from analysis.corpus.repair import repair
from analysis.corpus.sourcemap import chain
from analysis.corpus.twins import twins

_CODEBOOKS = ("codebook.yml", "codebook.yaml")
_NOT_ARTICLES = frozenset(
    {"readme", "license", "licence", "changelog", "notice", "thumbs", "desktop", "claims"}
)


def load_corpus(path: str | Path, *, clean: bool | None = None, limits: Limits = DEFAULT_LIMITS) -> Corpus:
    """Read articles from a folder, a file or a zip archive; repair and clean them; keep the way back.

    Args:
        path: a folder (with corpus.yml, metadata.csv, or neither), a zip of one, or a single file in any format.
        clean: take page furniture out; None does what corpus.yml says (`clean: false`), which is yes by default.
        limits: sizes beyond which files are refused.

    Returns:
        A `Corpus`. What was guessed, repaired or left out stands in its `problems`.

    Raises:
        CorpusError: there is nothing to read, or what describes the corpus is wrong; the message says what, where and
            how to mend it.
    """
    files = _open(Path(path), limits)
    declared = read_declared(files)
    problems: list[Problem] = [*files.problems, *declared.problems]
    documents = _documents(files, declared, limits, problems)
    if not documents:
        said = (
            "; ".join(p.message for p in problems if p.severity == "error")
            or "no file in a format that is read."
        )
        raise CorpusError(
            f"holds no article: {said}",
            where=Path(path),
            mend="Put .txt files there, or a .csv with the columns text and outlet.",
            code="empty",
        )
    whether = declared.clean if clean is None else clean
    return _assemble(files, declared, documents, whether, problems)


def _open(path: Path, limits: Limits) -> Files:
    try:
        if path.is_dir():
            return Folder(path, limits=limits)
        if path.is_file():
            if path.suffix.casefold() == ".zip":
                return Archive(path, limits)
            if path.name in CORPUS_FILES:
                return Folder(path.parent, limits=limits)
            return Folder(path.parent, only=path.name, limits=limits)
    except (OSError, ValueError) as error:
        raise CorpusError(f"cannot be opened ({error}).", where=path) from None
    near = did_you_mean(path.name, _siblings(path))
    raise CorpusError("there is no such folder or file.", where=path, mend=near, code="missing_file")


def _siblings(path: Path) -> list[str]:
    try:
        return [other.name for other in path.parent.iterdir()]
    except (OSError, ValueError):
        return []


def _documents(
    files: Files, declared: Declared, limits: Limits, problems: list[Problem]
) -> list[tuple[Document, dict[str, Any]]]:
    """Read every article with what is declared about it, in the order of corpus.yml or by name."""
    names = files.names()
    chosen = _chosen(names, declared, problems)
    out: list[tuple[Document, dict[str, Any]]] = []
    for name, entry in chosen:
        try:
            if name.casefold().endswith(".zip"):
                raise CorpusError(
                    "an archive inside a corpus is not opened; unpack it.", where=name, code="archive_inside"
                )
            data = files.read(name, limits.table_bytes if holds_many(name) else limits.file_bytes)
            documents = read_documents(name, data)
        except CorpusError as error:
            if declared.listed and entry is not None and error.code in ("missing_file", "outside"):
                raise
            if len(chosen) == 1:
                raise
            problems.append(Problem("error", error.code, str(error)))
            continue
        for document in documents:
            if not document.text.strip("\ufeff \t\r\n\x00\u200b"):
                place = name if document.row is None else f"{name}, row {document.row}"
                problems.append(
                    Problem("error", "empty_text", f"{printable(place)}: there is no text; left out.")
                )
                continue
            out.append((document, entry or {}))
    return out


def _chosen(
    names: list[str], declared: Declared, problems: list[Problem]
) -> list[tuple[str, dict[str, Any] | None]]:
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
    for name in names:
        if name not in candidates and not _belongs(name, declared) and PurePosixPath(name).suffix:
            problems.append(
                Problem(
                    "warning",
                    "not_read",
                    f"{printable(name)}: {why_not(name)}"
                    if not is_readable(name)
                    else f"{printable(name)}: taken for a description, not for an article.",
                )
            )
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
        and not _belongs(n, declared)
        and PurePosixPath(n).stem.casefold() not in _NOT_ARTICLES
    ]


def _belongs(name: str, declared: Declared) -> bool:
    """Is this file part of the description of the corpus rather than an article?"""
    folder = declared.commentary or "commentary"
    return (
        name in (*CORPUS_FILES, *METADATA_FILES, *_CODEBOOKS, declared.codebook)
        or name == folder
        or name.startswith(folder + "/")
    )


def _some(names: Iterable[str], limit: int = 5) -> str:
    shown = [printable(name) for name in names]
    return ", ".join(shown[:limit]) + (f" and {len(shown) - limit} more" if len(shown) > limit else "")


def _assemble(
    files: Files,
    declared: Declared,
    documents: list[tuple[Document, dict[str, Any]]],
    clean: bool,
    problems: list[Problem],
) -> Corpus:
    ids = _ids(documents)
    rows: list[dict[str, Any]] = []
    removed: list[dict[str, Any]] = []
    sources: dict[str, str] = {}
    origins: dict[str, Origin] = {}
    for article_id, (document, entry) in zip(ids, documents, strict=True):
        said = list(document.problems)
        text, maps, repairs = repair(document.text)
        said += repairs
        given = {**document.meta, **{k: v for k, v in entry.items() if v is not None}}
        wanted = entry["clean"] if entry.get("clean") is not None else clean
        cleaned = clean_text(text, given.get("title")) if wanted else Cleaned(text)
        if cleaned.kept_all:
            said.append(
                Problem(
                    "warning",
                    "all_furniture",
                    "everything looks like page furniture; the text is kept whole.",
                )
            )
        row = _describe(article_id, document, given, declared, cleaned, said)
        rows.append(row)
        key = (
            document.source
            if document.source_text is not document.text or document.row is None
            else f"{document.source}#{article_id}"
        )
        sources[key] = document.source_text
        way = (*maps, document.back)
        origins[article_id] = Origin(key, (cleaned.back, *way), len(cleaned.body))
        for piece in cleaned.removals:
            start, end = chain(way, piece.start, piece.end)
            removed.append(
                {
                    "article_id": article_id,
                    "start": start,
                    "end": end,
                    "kind": piece.kind,
                    "text": text[piece.start : piece.end],
                    "reason": piece.reason,
                }
            )
        said += _evidence(entry.get("evidence"), document.source_text)
        problems += [replace(problem, article_id=article_id) for problem in said]
    articles = ARTICLES.frame(rows)
    problems += twins(dict(zip(articles["article_id"], articles["body"], strict=True)))
    codebook, commentary = _companions(files, declared, problems)
    return Corpus(
        articles=articles,
        furniture=FURNITURE.frame(removed),
        problems=PROBLEMS.frame([vars(problem) for problem in problems]),
        root=files.root,
        title=declared.title,
        event=declared.event,
        language=declared.language,
        commentary=commentary,
        codebook_path=codebook,
        declared=declared.raw,
        sources=sources,
        origins=origins,
    )


def _ids(documents: list[tuple[Document, dict[str, Any]]]) -> list[str]:
    """Ids as given; else the path without its suffix, with it where two clash; else file and row."""
    many = len({document.source for document, _ in documents}) > 1
    stems: dict[str, set[str]] = {}
    for document, _ in documents:
        stems.setdefault(_stem(document.source), set()).add(document.source)
    ids: list[str] = []
    seen: dict[str, Document] = {}
    for document, entry in documents:
        given = entry.get("id") or document.id
        if given:
            article_id = str(given)
        elif document.row is not None:
            article_id = f"{_stem(document.source)}:{document.row}" if many else str(document.row)
        else:
            stem = _stem(document.source)
            article_id = stem if len(stems[stem]) == 1 else document.source
        if article_id in seen:
            raise CorpusError(
                f"the id {article_id!r} stands twice: {_place(seen[article_id])} and {_place(document)}.",
                mend="Ids must be unique.",
                code="doubled_id",
            )
        seen[article_id] = document
        ids.append(article_id)
    return ids


def _stem(source: str) -> str:
    return str(PurePosixPath(source).with_suffix(""))


def _place(document: Document) -> str:
    return printable(document.source) + (f", row {document.row}" if document.row is not None else "")


def _describe(
    article_id: str,
    document: Document,
    given: Mapping[str, Any],
    declared: Declared,
    cleaned: Cleaned,
    said: list[Problem],
) -> dict[str, Any]:
    """One row of `articles`: what is declared first, then what the page says, each guess reported."""

    def guess(name: str, value: str, basis: str) -> str:
        said.append(Problem("info", f"guessed_{name}", f"{name} {value!r} taken from {basis}."))
        return value

    row: dict[str, Any] = {
        **document.extra,
        **given.get("extra", {}),
        "article_id": article_id,
        "body": cleaned.body,
        "source": document.source,
    }
    row["event"] = given.get("event") or declared.event
    row["title"] = given.get("title")
    if not row["title"]:
        hint = document.hints.get("title") or ((cleaned.title, "the first line") if cleaned.title else None)
        row["title"] = guess("title", *hint) if hint else None
    row["outlet"] = given.get("outlet")
    if not row["outlet"]:
        path = PurePosixPath(document.source)
        by_name = (path.parts[0], "the folder") if len(path.parts) > 1 else (path.stem, "the file's name")
        hint = document.hints.get("outlet") or (
            by_name if document.row is None else (article_id, "the id, for want of an outlet")
        )
        row["outlet"] = guess("outlet", *hint)
    row["date"] = _date(given.get("date"), declared, said)
    if row["date"] is None and not given.get("date"):
        hint = document.hints.get("date") or (
            (cleaned.date, "a header in the text") if cleaned.date else None
        )
        row["date"] = _date(guess("date", *hint), declared, said) if hint else None
    row["language"] = given.get("language") or declared.language
    if not row["language"]:
        code, confidence = guess_language(cleaned.body)
        row["language"] = guess(
            "language",
            code or "en",
            "the text" if code else "nothing: too little text, so English is assumed",
        )
        if code and confidence < 0.2:
            said.append(
                Problem(
                    "warning", "doubtful_language", f"the language {code!r} is a close guess; declare it."
                )
            )
    return row


def _date(value: Any, declared: Declared, said: list[Problem]) -> str | None:
    if not value or not str(value).strip():
        return None
    try:
        return iso_day(str(value), declared.date_format)
    except DateError as error:
        said.append(Problem("warning", error.code, f"date left out: {error}."))
        return None


def _evidence(evidence: Any, source: str) -> list[Problem]:
    """Check that every quote given as evidence stands in the file where it is said to stand."""
    said: list[Problem] = []
    for name, item in evidence.items() if isinstance(evidence, dict) else ():
        quote = item.get("quote") if isinstance(item, dict) else None
        if not isinstance(quote, str):
            continue
        at = item.get("at")
        found = source.startswith(quote, int(at)) if isinstance(at, str) and at.isdigit() else quote in source
        if not found:
            said.append(
                Problem(
                    "warning",
                    "evidence",
                    f"the evidence for {name!r} ({quote!r}) does not stand in the text{f' at {at}' if at else ''}.",
                )
            )
    return said


def _companions(
    files: Files, declared: Declared, problems: list[Problem]
) -> tuple[Path | None, tuple[Path, ...]]:
    names = files.names()
    wanted = declared.codebook or next((name for name in _CODEBOOKS if name in names), None)
    codebook = None
    if wanted:
        codebook = files.path(wanted) if wanted in names else None
        if codebook is None:
            problems.append(
                Problem(
                    "warning",
                    "no_codebook",
                    f"the codebook {wanted!r} is not there or not in a folder; topics are discovered instead.",
                )
            )
    folder = declared.commentary or "commentary"
    paths = [
        files.path(n) for n in names if (n.startswith(folder + "/") or n == folder) and n.endswith(".md")
    ]
    return codebook, tuple(path for path in paths if path is not None)


def empty_articles() -> pd.DataFrame:
    """Return an empty `articles` table."""
    return ARTICLES.frame([])
