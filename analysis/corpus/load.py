"""From a folder of anything to a `Corpus`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from analysis.articles import ARTICLES
from analysis.corpus.choose import CODEBOOKS, chosen_files
from analysis.corpus.declared import CORPUS_FILES, Declared, read_declared
from analysis.corpus.describe import EVIDENCE, describe, evidence_rows
from analysis.corpus.document import Document
from analysis.corpus.errors import PROBLEMS, CorpusError, Problem, did_you_mean, printable, storable
from analysis.corpus.files import DEFAULT_LIMITS, Archive, Files, Folder, Limits
from analysis.corpus.formats import holds_many, read_documents
from analysis.corpus.furniture import FURNITURE, Cleaned, clean_text
from analysis.corpus.model import Corpus, Origin
from analysis.corpus.repair import repair
from analysis.corpus.sourcemap import SourceMap, chain
from analysis.corpus.twins import twins
from analysis.text import count_words

_CODEBOOK_LIMIT = 20_000_000
UNNAMED = "no event named"
LARGE = 400  # articles of an event, from which the cost of comparing them is said
_SHORT, _GLANCE = 30, 1_000  # words, characters
_Entry = dict[str, Any]
_BLANK = "\ufeff\u200b\x00 \t\r\n\x0b\x0c\xa0"


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
            " ".join(p.message for p in problems if p.severity == "error" or p.code == "not_read")
            or "no file in a format that is read."
        )
        mend = "Put .txt files there, or a .csv with the columns text and outlet."
        raise CorpusError(f"holds no article: {said}", where=Path(path), mend=mend, code="empty")
    made = _assemble(files, declared, documents, declared.clean if clean is None else clean, problems)
    return replace(made, path=Path(path))


def _open(path: Path, limits: Limits) -> Files:
    try:
        if path.is_dir():
            return Folder(path, limits=limits)
        if path.is_file():
            if path.suffix.casefold() == ".zip":
                return Archive(path, limits)
            if path.name in CORPUS_FILES:
                return Folder(path.parent, limits=limits)
            real = path.resolve()  # a link that the user names is the user's wish
            return Folder(real.parent, only=real.name, limits=limits)
        if path.exists() or path.is_symlink():
            raise CorpusError("is no folder and no regular file.", where=path, code="not_a_file")
        near = did_you_mean(path.name, [other.name for other in path.parent.iterdir()])
    except (OSError, ValueError, RuntimeError) as error:
        if isinstance(error, CorpusError):
            raise
        near = ""
    raise CorpusError("there is no such folder or file.", where=path, mend=near, code="missing_file")


def _documents(
    files: Files, declared: Declared, limits: Limits, problems: list[Problem]
) -> list[tuple[Document, _Entry]]:
    """Read every article with what is declared about it, in the order of corpus.yml or by name."""
    chosen = chosen_files(files.names(), declared, problems)
    out: list[tuple[Document, _Entry]] = []
    for name, entry in chosen:
        try:
            if name.casefold().endswith(".zip"):
                raise CorpusError(
                    "an archive inside a corpus is not opened; unpack it.", where=name, code="archive_inside"
                )
            data = files.read(name, limits.table_bytes if holds_many(name) else limits.file_bytes)
            documents = read_documents(name, data, declared.columns)
        except CorpusError as error:
            # what the user asked for by name is an error; what merely lies in the folder is reported and left out
            if (entry is not None and error.code in ("missing_file", "outside")) or len(chosen) == 1:
                raise
            problems.append(Problem("error", error.code, str(error)))
            continue
        for document in documents:
            if document.text.strip(_BLANK):
                out.append((document, entry or {}))
            else:
                place = printable(name) + (f", row {document.row}" if document.row is not None else "")
                problems.append(Problem("error", "empty_text", f"{place}: there is no text; left out."))
    return out


def _assemble(
    files: Files,
    declared: Declared,
    documents: list[tuple[Document, _Entry]],
    clean: bool,
    problems: list[Problem],
) -> Corpus:
    rows: list[dict[str, Any]] = []
    furniture: list[dict[str, Any]] = []
    evidence: list[dict[str, Any]] = []
    sources: dict[str, str] = {}
    origins: dict[str, Origin] = {}
    by_folder = len({PurePosixPath(document.source).parent for document, _ in documents}) > 1
    for article_id, (document, entry) in zip(_ids(documents), documents, strict=True):
        given = {**document.meta, **{key: value for key, value in entry.items() if value is not None}}
        text, maps, said = repair(document.text)
        wanted = clean if entry.get("clean") is None else bool(entry["clean"])
        cleaned = clean_text(text, given.get("title")) if wanted else Cleaned(text)
        if cleaned.kept_all:
            said.append(
                Problem("warning", "all_furniture", "everything looks like page furniture; it is kept.")
            )
        elif len(cleaned.body) < 0.5 * len(text) and cleaned.removals:
            share = 1 - len(cleaned.body) / len(text)
            message = (
                f"{share:.0%} of the text was taken for page furniture; look at it, or set clean: false."
            )
            said.append(Problem("warning", "much_stripped", message))
        if count_words(cleaned.body[:_GLANCE]) < _SHORT:
            said.append(
                Problem("info", "short_text", f"fewer than {_SHORT} words; shares and rates say little.")
            )
        way = (*maps, document.back)
        furniture += removed_rows(article_id, text, cleaned, way)
        rows.append(describe(article_id, document, given, declared, cleaned, said, by_folder))
        found, doubts = evidence_rows(article_id, entry.get("evidence"), document.source_text)
        evidence += found
        said += doubts
        problems += [replace(problem, article_id=article_id) for problem in (*document.problems, *said)]
        # articles of one table share its text
        shared = document.source_text is not document.text or document.row is None
        key = document.source if shared else f"{document.source}#{article_id}"
        sources[key] = document.source_text
        origins[article_id] = Origin(key, (cleaned.back, *way), len(cleaned.body))
    articles = _events_named(ARTICLES.frame(rows), problems)
    problems += twins(dict(zip(articles["article_id"], articles["body"], strict=True)))
    codebook, codebook_data, commentary = _companions(files, declared, problems)
    return Corpus(
        articles=articles,
        furniture=FURNITURE.frame(furniture),
        problems=PROBLEMS.frame(
            [{key: storable(value) for key, value in vars(problem).items()} for problem in problems]
        ),
        evidence=EVIDENCE.frame([{key: storable(value) for key, value in row.items()} for row in evidence]),
        root=files.root,
        title=declared.title,
        event=declared.event,
        language=declared.language,
        commentary=commentary,
        codebook_path=codebook,
        codebook_data=codebook_data,
        declared=declared.raw,
        sources=sources,
        origins=origins,
    )


def _events_named(articles: pd.DataFrame, problems: list[Problem]) -> pd.DataFrame:
    """Give the articles of no event a name of their own where others have one; say what there is to say of events."""
    none = articles["event"] == ""
    if none.any() and not none.all():
        message = f"{int(none.sum())} article(s) name no event and are taken together as {UNNAMED!r}."
        problems.append(Problem("warning", "no_event", message))
        articles["event"] = articles["event"].mask(none, UNNAMED)
    sizes = articles["event"].value_counts()
    if len(sizes) > 1:
        message = f"{len(sizes)} events, which are kept apart: each is compared within itself and has a book of its own."
        problems.append(Problem("info", "several_events", message))
    if sizes.max() > LARGE:
        message = (
            f"{sizes.max():,} articles of one event are compared with one another, which takes minutes. If they tell of several "
            "events, name them in a column `event`, or let `tellings analyse --engine pandas` find them."
        )
        problems.append(Problem("info", "large_event", message))
    return articles


def removed_rows(
    article_id: str, text: str, cleaned: Cleaned, way: tuple[SourceMap, ...]
) -> list[dict[str, Any]]:
    """Return the rows of `furniture` for one article; `way` leads from the repaired text to the source."""
    rows = []
    for piece in cleaned.removals:
        start, end = chain(way, piece.start, piece.end)
        rows.append(
            {
                "article_id": article_id,
                "start": start,
                "end": end,
                "kind": piece.kind,
                "text": text[piece.start : piece.end],
                "reason": piece.reason,
            }
        )
    return rows


def _ids(documents: list[tuple[Document, _Entry]]) -> list[str]:
    """Ids as given; else the path without its suffix, with it where two clash; else file and row."""
    stems: dict[str, set[str]] = {}
    for document, _ in documents:
        stems.setdefault(_stem(document.source), set()).add(document.source)
    ids: list[str] = []
    seen: dict[str, Document] = {}
    for document, entry in documents:
        stem = _stem(document.source)
        name = stem if len(stems[stem]) == 1 else document.source
        given = entry.get("id") or document.id
        if given:
            article_id = str(given)
        elif document.row is None:
            article_id = name
        else:
            article_id = f"{name}:{document.row}" if len(stems) > 1 else str(document.row)
        article_id = str(storable(article_id))
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


def _companions(
    files: Files, declared: Declared, problems: list[Problem]
) -> tuple[Path | None, bytes | None, tuple[Path, ...]]:
    """Find the codebook (as a path, or as bytes in an archive) and the commentary."""
    names = files.names()
    wanted = declared.codebook or next((name for name in CODEBOOKS if name in names), None)
    path: Path | None = None
    data: bytes | None = None
    if wanted in names:
        path = files.path(wanted)
        data = files.read(wanted, _CODEBOOK_LIMIT) if path is None else None
    elif wanted:
        mend = did_you_mean(wanted, names) or "topics are discovered instead."
        problems.append(Problem("warning", "no_codebook", f"the codebook {wanted!r} is not there; {mend}"))
    folder = declared.commentary or "commentary"
    chosen = [name for name in names if name.startswith(f"{folder}/") or name == folder]
    paths = [files.path(name) for name in chosen if name.endswith(".md")]
    return path, data, tuple(path for path in paths if path is not None)
