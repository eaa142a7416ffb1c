"""Codebooks: which words speak for which topic, read from YAML or a mapping, with errors that name the place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from os import PathLike
from pathlib import Path
from typing import Any

import yaml

from analysis.topics.tokens import keys

UNASSIGNED = "unassigned"

_Path = tuple[str | int, ...]
_Where = Callable[[_Path], str]

_CODEBOOK_KEYS = ("title", "description", "topics")
_TOPIC_KEYS = ("id", "label", "description", "terms", "phrases", "prefixes", "exclude", "examples")
_TERM_KEYS = ("term", "weight")


class CodebookError(ValueError):
    """A codebook that cannot be used; the message names file, line, topic and mend."""


@dataclass(frozen=True)
class Term:
    """A word, a phrase or the beginning of a word that speaks for a topic.

    Attributes:
        text: as the codebook has it. Words match in all their inflections (by stem), a phrase as a sequence of words, a
            text that ends in `*` everything that begins so.
        weight: how strongly it speaks for the topic; 1 is ordinary.
    """

    text: str
    weight: float = 1.0


@dataclass(frozen=True)
class Topic:
    """One topic of a codebook.

    Attributes:
        id: any non-empty text; tables carry it unchanged.
        label: what readers see.
        description: what belongs to it and what does not.
        terms: the words, phrases and beginnings of words that speak for it.
        exclude: phrases in which a term does not count ("in order to" for the term "order").
        examples: sentences that stand for the topic, for a person to judge it by.
    """

    id: str
    label: str
    description: str = ""
    terms: tuple[Term, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """Topics and the terms that speak for them.

    Attributes:
        topics: in the order in which they are shown.
        title: what the codebook is about.
        description: how and from what it was written.
    """

    topics: tuple[Topic, ...]
    title: str = ""
    description: str = ""
    _by_id: dict[str, Topic] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_id.update({topic.id: topic for topic in self.topics})

    @property
    def ids(self) -> list[str]:
        """The topic ids in order."""
        return [topic.id for topic in self.topics]

    def label(self, topic_id: str) -> str:
        """What readers see for a topic id; the id itself where it is not in the codebook."""
        return self._by_id[topic_id].label if topic_id in self._by_id else topic_id.capitalize()


def load_codebook(source: str | PathLike[str] | Mapping[str, Any] | Codebook) -> Codebook:
    """Read and check a codebook.

    Args:
        source: a path to a YAML file, or its content as a mapping. Either the full form, `{title, description, topics: [{id,
            label, description, terms, phrases, prefixes, exclude, examples}]}`, or just `{topic id: [terms]}`. A term
            is a text, `{term, weight}`, or a key of a mapping `{term: weight}`.

    Raises:
        CodebookError: no such file, no YAML, an unknown key (with a suggestion), a topic id that stands twice or is
            "unassigned", a topic without terms, a term in two topics, a weight that is not a positive number.
    """
    if isinstance(source, Codebook):
        return source
    if isinstance(source, Mapping):
        return _read(source, lambda path: "codebook: ")
    data, where = _parse(Path(source))
    return _read(data, where)


def codebook_yaml(codebook: Codebook) -> str:
    """Write a codebook as YAML that `load_codebook` reads back to an equal one; a draft for a person to edit."""
    topics = [
        {
            "id": topic.id,
            "label": topic.label,
            "description": topic.description,
            "terms": [t.text if t.weight == 1 else {"term": t.text, "weight": t.weight} for t in topic.terms],
            "exclude": list(topic.exclude),
            "examples": list(topic.examples),
        }
        for topic in codebook.topics
    ]
    document: dict[str, Any] = {"title": codebook.title, "description": codebook.description}
    document = {k: v for k, v in document.items() if v}
    document["topics"] = [{k: v for k, v in topic.items() if v} for topic in topics]
    return str(yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100))


def _parse(path: Path) -> tuple[Any, _Where]:
    """Read YAML together with the line of every key, so that errors can name it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CodebookError(f"{path}: cannot be read ({error.strerror or error}).") from error
    except UnicodeDecodeError as error:
        raise CodebookError(f"{path}: is not UTF-8 text; save it as UTF-8.") from error
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or type(error).__name__
        raise CodebookError(f"{path}{line}: is not valid YAML ({problem}).") from error
    lines: dict[_Path, int] = {}
    for at, line_number, doubled in _lines(node, ()):
        if doubled:
            raise CodebookError(f"{path}:{line_number}: the key {at[-1]!r} stands twice; keep one of them.")
        lines[at] = line_number

    def where(at: _Path) -> str:
        while at and at not in lines:
            at = at[:-1]
        return f"{path}:{lines.get(at, 1)}: "

    return data, where


def _lines(node: Any, at: _Path) -> Iterator[tuple[_Path, int, bool]]:
    if node is None or len(at) > 5:  # deeper than any codebook; also ends the walk through a recursive anchor
        return
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            below = (*at, str(key.value))
            yield below, key.start_mark.line + 1, str(key.value) in seen
            seen.add(str(key.value))
            yield from _lines(value, below)
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            yield (*at, i), value.start_mark.line + 1, False
            yield from _lines(value, (*at, i))


def _read(data: Any, where: _Where) -> Codebook:
    if not isinstance(data, Mapping):
        raise CodebookError(
            f"{where(())}expected topics, found {_kind(data)}; write {{topic id: [terms]}} or topics: [...]."
        )
    full = isinstance(data.get("topics"), Mapping) or any(
        isinstance(entry, Mapping) and "id" in entry for entry in _list(data.get("topics"))
    )
    if full:
        _check_keys(data, _CODEBOOK_KEYS, (), where)
        entries = data["topics"]
    else:
        entries = data
    base: _Path = ("topics",) if full else ()
    topics: list[Topic] = []
    listed = (
        [((*base, str(key)), key, value) for key, value in entries.items()]
        if isinstance(entries, Mapping)
        else [((*base, i), None, value) for i, value in enumerate(entries)]
    )
    for at, topic_id, entry in listed:
        topics.append(_topic(topic_id, entry, at, where))
    if not topics:
        raise CodebookError(f"{where(())}has no topics.")
    _check_unique(topics, [at for at, _, _ in listed], where)
    return Codebook(
        tuple(topics),
        _text(data.get("title"), ("title",), where) if full else "",
        _text(data.get("description"), ("description",), where) if full else "",
    )


def _topic(topic_id: Any, entry: Any, at: _Path, where: _Where) -> Topic:
    if isinstance(entry, Mapping) and (topic_id is None or not _is_weights(entry)):
        _check_keys(entry, _TOPIC_KEYS, at, where)
        name = _text(entry.get("id", topic_id), (*at, "id"), where)
    else:
        name, entry = _text(topic_id, at, where), {"terms": entry}
    if not name.strip():
        raise CodebookError(f"{where(at)}a topic needs an id that is not empty.")
    if name == UNASSIGNED:
        raise CodebookError(
            f"{where(at)}the id {UNASSIGNED!r} is kept for units without a topic; use another."
        )
    terms: dict[str, Term] = {}
    for key, mend in (("terms", _as_is), ("phrases", _as_is), ("prefixes", _as_prefix)):
        for term in _terms(entry.get(key), name, (*at, key), where):
            text = mend(term.text)
            if not keys(text):
                raise CodebookError(
                    f"{where((*at, key))}topic {name!r}: the term {term.text!r} has no letter or digit."
                )
            terms.setdefault(text, Term(text, term.weight))
    if not terms:
        raise CodebookError(f"{where(at)}topic {name!r} has no terms; without any it can never be found.")
    label = _text(entry.get("label"), (*at, "label"), where)
    return Topic(
        id=name,
        label=label or name.replace("_", " ").strip().capitalize(),
        description=_text(entry.get("description"), (*at, "description"), where),
        terms=tuple(terms.values()),
        exclude=tuple(t.text for t in _terms(entry.get("exclude"), name, (*at, "exclude"), where)),
        examples=tuple(_text(e, (*at, "examples"), where) for e in _list(entry.get("examples"))),
    )


def _terms(value: Any, topic: str, at: _Path, where: _Where) -> Iterator[Term]:
    if value is None:
        return
    if isinstance(value, Mapping):
        pairs = [((*at, str(term)), term, weight) for term, weight in value.items()]
    else:
        pairs = []
        for i, entry in enumerate(_list(value)):
            if isinstance(entry, Mapping):
                _check_keys(entry, _TERM_KEYS, (*at, i), where)
                pairs.append(((*at, i), entry.get("term"), entry.get("weight", 1.0)))
            else:
                pairs.append(((*at, i), entry, 1.0))
    for place, term, weight in pairs:
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight < float("inf"):
            raise CodebookError(
                f"{where(place)}topic {topic!r}, term {term!r}: the weight {weight!r} is not a positive number."
            )
        text = _text(term, place, where).strip()
        if not text:
            raise CodebookError(f"{where(place)}topic {topic!r}: a term is empty.")
        yield Term(text, float(weight))


def _check_unique(topics: list[Topic], places: list[_Path], where: _Where) -> None:
    ids: dict[str, _Path] = {}
    terms: dict[tuple[str, ...], str] = {}
    for topic, at in zip(topics, places, strict=True):
        if topic.id in ids:
            raise CodebookError(
                f"{where(at)}the topic id {topic.id!r} stands twice; give one of them another id."
            )
        ids[topic.id] = at
        for term in topic.terms:
            other = terms.setdefault(keys(term.text), topic.id)
            if other != topic.id:
                raise CodebookError(
                    f"{where(at)}the term {term.text!r} stands in two topics, {other!r} and {topic.id!r};"
                    " keep it where it decides, or use a longer phrase."
                )


def _check_keys(entry: Mapping[Any, Any], known: tuple[str, ...], at: _Path, where: _Where) -> None:
    for key in entry:
        if key not in known:
            close = get_close_matches(str(key), known, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"known keys are {', '.join(known)}."
            raise CodebookError(f"{where((*at, str(key)))}unknown key {key!r}; {hint}")


def _is_weights(entry: Mapping[Any, Any]) -> bool:
    """Tell `{term: weight}` from the keys of a topic."""
    return all(isinstance(v, int | float) for v in entry.values()) and not any(
        k in _TOPIC_KEYS for k in entry
    )


def _text(value: Any, at: _Path, where: _Where) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise CodebookError(f"{where(at)}expected text, found {_kind(value)}; put it between quotation marks.")


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]


def _kind(value: Any) -> str:
    names = {dict: "a mapping", list: "a list", bool: "yes/no", type(None): "nothing", str: "text"}
    return names.get(type(value), type(value).__name__)


def _as_is(text: str) -> str:
    return text


def _as_prefix(text: str) -> str:
    return text if text.endswith("*") else text + "*"
