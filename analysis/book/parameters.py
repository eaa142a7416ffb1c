"""Parameters of the chapters, read from their `parameters` cells and checked before any kernel starts.

Papermill only warns about an unknown name and injects names unescaped, so a name such as `x = 1; import os` would run.
Here a name must be one that a chapter declares, and a value must have the declared type and lie in the declared range.
A declaration reads `name: type = default  # meaning [low..high]` or `# meaning [one | other]`; the brackets are optional.
"""

from __future__ import annotations

import ast
import difflib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.book.errors import BookError, InputError

RESERVED = {
    "corpus": "give the corpus as the argument: tellings build CORPUS",
    "event": "name the event with --event: tellings build CORPUS --event NAME",
}
_TYPES = {"str": str, "int": int, "float": float, "bool": bool, "list[str]": list}
_RANGE = re.compile(r"\[\s*(-?[\d.]+(?:e-?\d+)?)?\s*\.\.\s*(-?[\d.]+(?:e-?\d+)?)?\s*\]")
_CHOICES = re.compile(r"\[([^\[\]|]+(?:\|[^\[\]|]+)+)\]")
_TRUE, _FALSE = {"true", "yes", "on", "1"}, {"false", "no", "off", "0"}


@dataclass(frozen=True)
class Parameter:
    """One declared parameter.

    Attributes:
        type: "str", "int", "float", "bool" or "list[str]".
        optional: whether None is allowed.
        low, high: the range of a number, both ends included; None where open.
        choices: the allowed texts; empty where any is allowed.
        chapter: the first chapter that declares it.
    """

    name: str
    type: str
    default: Any
    about: str
    optional: bool
    low: float | None
    high: float | None
    choices: tuple[str, ...]
    chapter: str


def read_parameters(notebook: Mapping[str, Any], chapter: str) -> dict[str, Parameter]:
    """Read what one notebook declares in its cell tagged `parameters`.

    Args:
        notebook: the notebook as parsed JSON.
        chapter: its name, for messages.

    Raises:
        BookError: the cell holds something else than `name: type = literal`.
    """
    found: dict[str, Parameter] = {}
    for cell in notebook.get("cells", ()):
        if "parameters" in cell.get("metadata", {}).get("tags", ()):
            source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
            for parameter in _declarations(source, chapter):
                found[parameter.name] = parameter
    return found


def declared_parameters(chapters: Mapping[str, Path]) -> dict[str, dict[str, Parameter]]:
    """Read every chapter's parameters: chapter -> name -> declaration.

    Raises:
        BookError: two chapters declare one name with different types.
    """
    declared = {
        chapter: read_parameters(json.loads(path.read_text(encoding="utf-8")), chapter)
        for chapter, path in chapters.items()
    }
    first: dict[str, Parameter] = {}
    for parameters in declared.values():
        for name, parameter in parameters.items():
            other = first.setdefault(name, parameter)
            if other.type != parameter.type:
                raise BookError(
                    f"parameter {name!r} is {other.type} in {other.chapter} but {parameter.type} in {parameter.chapter}; "
                    "one name must have one type through the whole book."
                )
    return declared


def check_parameters(
    given: Mapping[str, Any], declared: Mapping[str, Mapping[str, Parameter]]
) -> dict[str, Any]:
    """Return the given values with their declared types, or refuse them.

    Args:
        given: name -> value; text is converted as the command line needs it.
        declared: chapter -> name -> declaration, from `declared_parameters`.

    Raises:
        InputError: a name that no chapter declares, a value of the wrong type or out of range.
    """
    known: dict[str, Parameter] = {}
    for parameters in declared.values():
        known = {**parameters, **known}
    checked: dict[str, Any] = {}
    for name, value in given.items():
        if name in RESERVED:
            raise InputError(f"parameter {name!r}: {RESERVED[name]}.")
        if name not in known:
            names = sorted(set(known) - set(RESERVED))
            near = difflib.get_close_matches(str(name), names, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise InputError(f"unknown parameter {name!r}.{hint} The book has: {', '.join(names) or 'none'}.")
        checked[name] = convert(known[name], value)
    return checked


def convert(parameter: Parameter, value: Any) -> Any:
    """Return `value` as the parameter's type, or raise `InputError` saying what would be accepted."""
    if value is None or (isinstance(value, str) and parameter.optional and value.strip().lower() == "none"):
        if not parameter.optional:
            raise _refused(parameter, value)
        return None
    try:
        typed = _typed(parameter.type, value)
    except (ValueError, TypeError) as error:
        raise _refused(parameter, value) from error
    texts = typed if isinstance(typed, list) else [typed]
    if any(isinstance(text, str) and not _printable(text) for text in texts):
        raise InputError(
            f"parameter {parameter.name!r}: the value holds control characters or broken Unicode."
        )
    if parameter.choices and any(str(text) not in parameter.choices for text in texts):
        raise _refused(parameter, value)
    if isinstance(typed, int | float) and not isinstance(typed, bool):
        below = parameter.low is not None and typed < parameter.low
        above = parameter.high is not None and typed > parameter.high
        if below or above:
            raise _refused(parameter, value)
    return typed


def describe(parameter: Parameter) -> str:
    """What the parameter accepts, in words: `int from 1 to 10`, `one of policy, news`."""
    words = parameter.type
    if parameter.choices:
        words = "one of " + ", ".join(parameter.choices)
    elif parameter.low is not None and parameter.high is not None:
        words += f" from {parameter.low:g} to {parameter.high:g}"
    elif parameter.low is not None:
        words += f" of at least {parameter.low:g}"
    elif parameter.high is not None:
        words += f" of at most {parameter.high:g}"
    return words + (" or none" if parameter.optional else "")


def _refused(parameter: Parameter, value: Any) -> InputError:
    return InputError(
        f"parameter {parameter.name!r}: {value!r} is not {_article(describe(parameter))} "
        f"(default {parameter.default!r}: {parameter.about or 'no description'})."
    )


def _article(words: str) -> str:
    return words if words.startswith("one of") else f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _printable(text: str) -> bool:
    return not any((ord(mark) < 32 and mark not in "\n\t") or 0xD800 <= ord(mark) <= 0xDFFF for mark in text)


def _typed(kind: str, value: Any) -> Any:
    if kind == "bool":
        word = str(value).strip().lower()
        if isinstance(value, bool) or (isinstance(value, str) and word in _TRUE | _FALSE):
            return word in _TRUE
        raise ValueError(value)
    if isinstance(value, bool):
        raise TypeError(value)
    if kind == "int":
        if isinstance(value, int):
            return value
        if isinstance(value, str) and re.fullmatch(r"\s*[+-]?[0-9]{1,18}\s*", value):
            return int(value)
        raise ValueError(value)
    if kind == "float":
        if not isinstance(value, int | float | str) or not math.isfinite(float(value)):
            raise ValueError(value)
        return float(value)
    if kind == "list[str]":
        if isinstance(value, str):
            text = value.strip()
            value = json.loads(text) if text.startswith("[") else [part.strip() for part in text.split(",")]
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            raise ValueError(value)
        return [item for item in value if item]
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _declarations(source: str, chapter: str) -> list[Parameter]:
    lines = source.splitlines()
    found = []
    for statement in ast.parse(source).body:
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and statement.value
        ):
            name, kind, value = statement.target.id, ast.unparse(statement.annotation), statement.value
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue  # a text that explains the cell
        else:
            raise BookError(
                f"{chapter}: the parameters cell may hold only `name: type = default  # meaning`; "
                f"found `{ast.unparse(statement)}`."
            )
        kind = kind.strip("'\"")
        plain = kind.replace("Optional[str]", "str | None").replace(" ", "")
        optional = plain.endswith("|None")
        plain = plain.removesuffix("|None")
        if plain not in _TYPES:
            raise BookError(
                f"{chapter}: parameter {name!r} has the type {kind}; use one of {', '.join(_TYPES)}."
            )
        try:
            default = ast.literal_eval(value)
        except ValueError as error:
            raise BookError(f"{chapter}: the default of parameter {name!r} must be a plain value.") from error
        last = lines[(statement.end_lineno or 1) - 1][statement.end_col_offset :]
        about = last.partition("#")[2].strip()
        low, high, choices = _limits(about)
        found.append(Parameter(name, plain, default, about, optional, low, high, choices, chapter))
    return found


def _limits(about: str) -> tuple[float | None, float | None, tuple[str, ...]]:
    if match := _RANGE.search(about):
        low, high = (float(end) if end else None for end in match.groups())
        return low, high, ()
    if match := _CHOICES.search(about):
        return None, None, tuple(choice.strip().strip("\"'") for choice in match[1].split("|"))
    return None, None, ()
