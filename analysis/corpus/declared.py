"""What the user says about a corpus: corpus.yml and metadata.csv, checked key by key."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from analysis.corpus.columns import DECLARED, match_columns, near_misses
from analysis.corpus.decode import decode
from analysis.corpus.errors import CorpusError, Problem, did_you_mean
from analysis.corpus.files import Files, inside

CORPUS_FILES = ("corpus.yml", "corpus.yaml")
METADATA_FILES = ("metadata.csv", "metadata.tsv")
_CORPUS_KEYS = frozenset(
    "title event language articles codebook commentary clean date_format columns".split()
)
_ARTICLE_KEYS = frozenset({"file", "id", "outlet", "title", "date", "language", "event", "evidence", "clean"})
_YML_LIMIT = 50_000_000


@dataclass
class Declared:
    """What corpus.yml or metadata.csv says.

    `articles` is by file name, in the order given; `columns` are ours -> those of the user's tables.
    """

    articles: dict[str, dict[str, Any]] = field(default_factory=dict)
    listed: bool = False
    title: str | None = None
    event: str = ""
    language: str | None = None
    codebook: str | None = None
    commentary: str | None = None
    clean: bool = True
    date_format: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class _Strings(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Everything a string as it is written, so that the outlet `007` stays `007` and `no` is not False.

    Plain `null`, `~` and nothing at all mean "missing". Anchors are refused: no corpus needs them and a few lines of
    them unfold to gigabytes.
    """

    def construct_scalar(self, node: Any) -> Any:
        if (
            isinstance(node, yaml.ScalarNode)
            and node.style is None
            and node.value in ("", "~", "null", "Null", "NULL")
        ):
            return None
        return super().construct_scalar(node)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise yaml.MarkedYAMLError(
                        problem=f"the key {key.value!r} stands twice", problem_mark=key.start_mark
                    )
                seen.add(key.value)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=True)
        return mapping


def load_yaml(text: str, where: str) -> Any:
    """Parse YAML in which every value is a string, a list or a mapping.

    Raises:
        CorpusError: no YAML, a key twice, an anchor, or nested too deeply.
    """
    if "\x00" in text:
        raise CorpusError("holds NUL characters; it is no YAML file.", where=where, code="bad_yaml")
    try:
        for token in yaml.scan(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
                raise CorpusError(
                    "anchors and aliases (& and *) are not allowed; write the value out.",
                    where=f"{where}, line {token.start_mark.line + 1}",
                    mend="A value that starts with & or * must stand in quotes.",
                    code="bad_yaml",
                )
        return yaml.load(text, Loader=_Strings)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{where}, line {mark.line + 1}, column {mark.column + 1}" if mark else where
        raise CorpusError(
            f"{error.problem or error.context}.",
            where=place,
            mend="A value with ': ' or a leading quote, bracket or dash must stand in quotes.",
            code="bad_yaml",
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise CorpusError(
            f"is no YAML ({' '.join(str(error).split())[:200] or type(error).__name__}).",
            where=where,
            code="bad_yaml",
        ) from None


def read_declared(files: Files) -> Declared:
    """Read corpus.yml, or else metadata.csv, or else nothing.

    Raises:
        CorpusError: an unknown or wrong key, a value of the wrong kind, a file listed twice.
    """
    names = set(files.names())
    found = [name for name in CORPUS_FILES if name in names]
    if len(found) > 1:
        raise CorpusError(f"both {found[0]} and {found[1]} are here.", mend="Keep one.", code="bad_yaml")
    declared = _from_yaml(files, found[0]) if found else Declared()
    tables = [name for name in METADATA_FILES if name in names]
    if tables and not declared.articles:
        _from_table(files, tables[0], declared)
    elif tables:
        declared.problems.append(
            Problem("info", "metadata_unused", f"{tables[0]} was not read: corpus.yml lists the articles.")
        )
    return declared


def _from_yaml(files: Files, name: str) -> Declared:
    raw = load_yaml(decode(files.read(name, _YML_LIMIT)).text, name)
    if raw is None:
        return Declared()
    if not isinstance(raw, dict):
        raise CorpusError(
            "must be keys with values (title: ...), found a " + _kind(raw) + ".", where=name, code="bad_yaml"
        )
    _check_keys(raw, _CORPUS_KEYS, name)
    declared = Declared(raw=raw)
    declared.title = _text(raw, "title", name)
    declared.event = _text(raw, "event", name) or ""
    declared.language = _language(_text(raw, "language", name), name)
    declared.date_format = _text(raw, "date_format", name)
    declared.clean = _yes_no(raw, "clean", name)
    for key in ("codebook", "commentary"):
        value = _text(raw, key, name)
        if value is not None:
            setattr(declared, key, str(_inside(value, f"{name}, {key}")))
    declared.columns = _columns(raw.get("columns"), f"{name}, columns")
    articles = raw.get("articles")
    if articles is None:
        return declared
    if not isinstance(articles, list):
        raise CorpusError(
            f"'articles' must be a list of '- file: ...', found a {_kind(articles)}.",
            where=name,
            code="bad_yaml",
        )
    declared.listed = True
    for number, entry in enumerate(articles, start=1):
        where = f"{name}, article {number}"
        if not isinstance(entry, dict):
            raise CorpusError(
                f"must be keys with values (file: ...), found a {_kind(entry)}.", where=where, code="bad_yaml"
            )
        _check_keys(entry, _ARTICLE_KEYS, where)
        file = _text(entry, "file", where)
        if not file:
            raise CorpusError(
                "has no 'file'.", where=where, mend="Every article needs file: NAME.", code="bad_yaml"
            )
        file = str(_inside(file, where))
        if file in declared.articles:
            raise CorpusError(f"{file!r} is listed twice.", where=where, code="listed_twice")
        row: dict[str, Any] = {
            key: _text(entry, key, where) for key in ("id", "outlet", "title", "date", "event")
        }
        row["language"] = _language(_text(entry, "language", where), where)
        row["clean"] = _yes_no(entry, "clean", where) if "clean" in entry else None
        row["evidence"] = entry.get("evidence")
        declared.articles[file] = row
    return declared


def _from_table(files: Files, name: str, declared: Declared) -> None:
    from analysis.corpus.formats.delimited import read_rows

    decoded = decode(files.read(name, _YML_LIMIT))
    header, rows = read_rows(decoded.text, name)
    columns = match_columns(
        header, ("file", "outlet", "title", "date", "language", "event", "article_id"), name
    )
    if "file" not in columns:
        raise CorpusError(
            f"has no column 'file'; it has {', '.join(header)}.",
            where=name,
            mend="The column 'file' names each article's file.",
            code="missing_column",
        )
    declared.problems += near_misses(header, columns, name)
    for row in rows:
        values = row.values
        file = values[columns["file"]]
        where = f"{name}, row {row.number}"
        if not file.strip():
            raise CorpusError("has no file name.", where=f"{where}, column 'file'", code="bad_row")
        file = str(_inside(file.strip(), where))
        if file in declared.articles:
            raise CorpusError(f"{file!r} is listed twice.", where=where, code="listed_twice")
        entry: dict[str, Any] = {
            ("id" if key == "article_id" else key): values[column] or None
            for key, column in columns.items()
            if key != "file"
        }
        if entry.get("language"):
            entry["language"] = _language(entry["language"], where)
        used = set(columns.values())
        entry["extra"] = {header[i]: value for i, value in enumerate(values) if i not in used}
        entry["where"] = where
        declared.articles[file] = entry


def _columns(raw: Any, where: str) -> dict[str, str]:
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise CorpusError(
            f"must be names with names (text: ...), found a {_kind(raw)}.", where=where, code="bad_yaml"
        )
    _check_keys(raw, frozenset(DECLARED), where)
    return {DECLARED[key]: value for key in raw if (value := _text(raw, key, where))}


def _check_keys(raw: Mapping[Any, Any], known: frozenset[str], where: str) -> None:
    for key in raw:
        if key not in known:
            mend = did_you_mean(str(key), known) or f"Known keys: {', '.join(sorted(known))}."
            raise CorpusError(f"unknown key {key!r}.", where=where, mend=mend, code="unknown_key")


def _text(raw: Mapping[Any, Any], key: str, where: str) -> str | None:
    value = raw.get(key)
    if value is None or isinstance(value, str):
        return value
    raise CorpusError(
        f"'{key}' must be text, found a {_kind(value)}.",
        where=where,
        mend=f'Write {key}: "...".',
        code="bad_yaml",
    )


def _yes_no(raw: Mapping[Any, Any], key: str, where: str) -> bool:
    value = _text(raw, key, where)
    if value is None:
        return True
    if value.casefold() in ("true", "yes", "on"):
        return True
    if value.casefold() in ("false", "no", "off"):
        return False
    raise CorpusError(f"'{key}' must be true or false, found {value!r}.", where=where, code="bad_yaml")


def _language(value: str | None, where: str) -> str | None:
    if value is None:
        return None
    m = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*", value.strip())
    if not m:
        raise CorpusError(
            f"'language' must be an ISO 639-1 code such as en, found {value!r}.",
            where=where,
            code="bad_language",
        )
    return m[1].casefold()


def _inside(value: str, where: str) -> object:
    try:
        return inside(value)
    except CorpusError as error:
        raise CorpusError(error.what, where=where, mend=error.mend, code=error.code) from None


def _kind(value: object) -> str:
    return {"list": "list", "dict": "mapping", "str": "text", "NoneType": "missing value"}.get(
        type(value).__name__, "value"
    )
