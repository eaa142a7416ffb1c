"""Pages of the documentation that are written from the code: functions, tables, and who imports whom.

A comment in a page, `<!-- functions analysis.quotes -->`, `<!-- tables -->` or `<!-- architecture -->`, is replaced by Markdown
before the page is parsed. So a page is never older than the code, and nothing that is generated is kept.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

_PLACE = re.compile(r"^<!-- (functions|tables|architecture)(?: ([\w. ]+))? -->$", re.M)
_SECTION = re.compile(r"^(Args|Returns|Raises|Attributes|Yields):\s*$")
_SECTION_NAMES = {
    "Args": "Takes",
    "Returns": "Gives",
    "Raises": "Raises",
    "Attributes": "Holds",
    "Yields": "Gives",
}
_IMPORT = re.compile(r"^( *)(?:from analysis(?:\.(\w+))?[\w.]* import (.+)|import analysis\.(\w+))", re.M)
_ONLY_TYPES = re.compile(r"^if TYPE_CHECKING:\n(?: .*\n|\n)+", re.M)


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("source-read", _fill)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _fill(app: Sphinx, page: str, source: list[str]) -> None:
    if page.startswith("docs/"):
        source[0] = _PLACE.sub(lambda m: _MAKERS[m.group(1)](m.group(2) or ""), source[0])


def functions(modules: str) -> str:
    """Markdown for the public functions and classes of modules, from their docstrings."""
    tables = _tables_by_function()
    out = []
    for module in modules.split():
        for name, thing in public(module):
            out += [
                f"### {name}",
                "",
                "```text",
                f"{name}{_signature(thing)}",
                "```",
                "",
                described(inspect.getdoc(thing) or ""),
            ]
            if name in tables:
                out += ["", "Table: " + ", ".join(f"{{ref}}`{t} <table-{t}>`" for t in tables[name]) + "."]
            out.append("")
    return "\n".join(out)


def public(module: str) -> Iterator[tuple[str, Any]]:
    """The functions and classes that a module offers, in the order of their names."""
    home, package = import_module(module), import_module("analysis")
    names = getattr(home, "__all__", None) or [n for n in package.__all__ if package.home_of(n) == module]
    for name in sorted(names, key=str.casefold):
        thing = getattr(home, name)
        if inspect.isfunction(thing) or inspect.isclass(thing):
            yield name, thing


def described(doc: str) -> str:
    """A docstring in the manner of Google as Markdown: prose as it is, sections as lists."""
    out: list[str] = []
    lines = doc.splitlines()
    at = 0
    while at < len(lines):
        found = _SECTION.match(lines[at])
        if found:
            at += 1
            body: list[str] = []
            while at < len(lines) and (not lines[at].strip() or lines[at].startswith(" ")):
                body.append(lines[at])
                at += 1
            out += [
                "",
                f"**{_SECTION_NAMES[found.group(1)]}**",
                "",
                *_entries(body, named=found.group(1) != "Returns"),
            ]
        elif lines[at].rstrip().endswith("::"):
            out += [_plain(lines[at].rstrip()[:-1]), "", "```text"]
            at += 1
            while at < len(lines) and not lines[at].strip():
                at += 1
            while at < len(lines) and (not lines[at].strip() or lines[at].startswith("    ")):
                out.append(lines[at][4:])
                at += 1
            while not out[-1].strip():
                out.pop()
            out += ["```", ""]
        else:
            out.append(_plain(lines[at]))
            at += 1
    return "\n".join(out)


def _entries(body: list[str], named: bool) -> list[str]:
    """The lines of a section: `name: what` as items, anything else as a paragraph."""
    out: list[str] = []
    for line in body:
        text = line.strip()
        item = re.match(r"(\w[\w, *]*): (.*)", text) if named and re.match(r" {4}\S", line) else None
        if item:
            out.append(f"- `{item.group(1)}`: {_plain(item.group(2))}")
        elif text:
            out.append(("  " if named else "") + _plain(text))
    return out


def _plain(text: str) -> str:
    """Text that Markdown leaves alone outside of its code spans."""
    parts = re.split(r"(``?[^`]+``?)", text)
    return "".join(
        part if part.startswith("`") else re.sub(r"([<*_{\[$|#])", r"\\\1", part) for part in parts
    )


def _signature(thing: Any) -> str:
    """What a function takes and gives, one argument a line where it would be long."""
    try:
        found = inspect.signature(thing)
    except (TypeError, ValueError):
        return "(...)"
    short = [
        p.replace(default=_Unsaid()) if len(repr(p.default)) > 30 else p for p in found.parameters.values()
    ]
    text = re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(found.replace(parameters=short)))
    text = re.sub(
        r"(?:pandas\.core\.\w+\.|pd\.|pathlib\.|collections\.abc\.|analysis\.\w+\.(?:\w+\.)?)", "", text
    )
    return text if len(text) < 70 else _on_lines(text)


class _Unsaid:
    """A default that is too long to be printed."""

    def __repr__(self) -> str:
        return "..."


def _on_lines(signature: str) -> str:
    out, depth, quoted = "", 0, False
    for mark in signature:
        quoted ^= mark == "'"
        depth += (mark in "([{") - (mark in ")]}")
        if mark == ")" and depth == 0:
            out += ",\n"
        out += mark
        if depth == 1 and mark in "(," and not quoted:
            out += "\n   " if mark == "," else "\n    "
    return out


def _tables_by_function() -> dict[str, list[str]]:
    """Function -> names of the declared tables that its code makes."""
    from analysis.exports import schemas

    made: dict[str, list[str]] = {}
    names = {schema.name for schema in schemas().values()}
    package = import_module("analysis")
    for name in package.__all__:
        thing = getattr(package, name)
        if inspect.isfunction(thing):
            home = vars(inspect.getmodule(thing))
            used = re.findall(r"\b([A-Z][A-Z_]+)\.frame\(", inspect.getsource(thing))
            found = [
                home[u].name
                for u in dict.fromkeys(used)
                if u in home and getattr(home[u], "name", "") in names
            ]
            if found:
                made[name] = found
    return made


def tables(_: str = "") -> str:
    """Markdown for every table: what a row is, and its columns with types and meanings."""
    from analysis.exports import schemas
    from analysis.recipes import RECIPES

    declared = schemas()
    out = [
        "## Tables of a corpus",
        "",
        "As `open_tables` gives them and `tellings analyse` writes them, in the order in which they are made.",
        "",
    ]
    for name, recipe in RECIPES.items():
        out += _table(name, recipe.about, declared.get(name))
    out += ["## Tables that functions give", "", "Besides those of a corpus.", ""]
    for name in sorted(declared.keys() - RECIPES.keys()):
        out += _table(name, declared[name].about, declared[name])
    return "\n".join(out)


def _table(name: str, about: str, schema: Any) -> list[str]:
    out = [f"(table-{name})=", f"### {name}", "", _plain(about[:1].upper() + about[1:]).rstrip(".") + ".", ""]
    if schema is None:
        return out
    if schema.key:
        out += ["One row is known by " + ", ".join(f"`{column}`" for column in schema.key) + ".", ""]
    out += ["| column | type | meaning |", "| --- | --- | --- |"]
    out += [
        f"| {_plain(column)} | {kind} | {_plain(meaning)} |"
        for column, (kind, meaning) in schema.columns.items()
    ]
    return [*out, ""]


def architecture(_: str = "") -> str:
    """A diagram of the package as SVG, and the same as a list for those who do not see it."""
    needs = imports(Path(import_module("analysis").__file__ or "").parent)
    floors = layered(needs)
    listed = [
        f"- **{room}** stands on {', '.join(sorted(needs[room])) or 'nothing of this package'}"
        for floor in reversed(floors)
        for room in floor
    ]
    return "\n".join([_diagram(needs, floors), "", *listed, ""])


def imports(package: Path) -> dict[str, set[str]]:
    """Room -> rooms that it imports, read from the sources: when it is loaded, or when a function of it is first called.

    Of the late ones those are left out that lead back to where they come from.
    """
    rooms = {p.stem for p in package.glob("*.py")} | {p.parent.name for p in package.glob("*/__init__.py")}
    rooms -= {"__init__", "__main__", "home"}
    needs: dict[str, set[str]] = {room: set() for room in sorted(rooms)}
    late: set[tuple[str, str]] = set()
    for path in sorted(package.rglob("*.py")):
        room = path.relative_to(package).parts[0].removesuffix(".py")
        if room not in rooms:
            continue
        source = _ONLY_TYPES.sub("", path.read_text(encoding="utf-8"))
        for indent, module, names, plain in _IMPORT.findall(source):
            named = [module or plain] if module or plain else re.findall(r"\w+", names)
            for name in set(named) & rooms - {room}:
                late.add((room, name)) if indent else needs[room].add(name)
    for room, name in sorted(late):
        if room not in _reached(name, needs):
            needs[room].add(name)
    return needs


def layered(needs: dict[str, set[str]]) -> list[list[str]]:
    """Rooms by floor: each stands one above the highest of those that it needs."""
    height = dict.fromkeys(needs, 0)
    for _ in needs:
        for room, below in needs.items():
            height[room] = max((height[b] + 1 for b in below), default=0)
    return [sorted(r for r in height if height[r] == floor) for floor in range(max(height.values()) + 1)]


def _diagram(needs: dict[str, set[str]], floors: list[list[str]]) -> str:
    width, step, tall = 760, 74, 30
    at: dict[str, tuple[float, float]] = {}
    for floor, rooms in enumerate(reversed(floors)):
        for k, room in enumerate(rooms):
            at[room] = ((k + 0.5) * width / len(rooms), 24 + floor * step)
    lines = [
        f'<line x1="{at[a][0]:.0f}" y1="{at[a][1] + tall / 2:.0f}" x2="{at[b][0]:.0f}" y2="{at[b][1] - tall / 2:.0f}"/>'
        for a in needs
        for b in sorted(_nearest(a, needs))
    ]
    boxes = [
        f'<rect x="{x - 46:.0f}" y="{y - tall / 2:.0f}" width="92" height="{tall}" rx="4"/>'
        f'<text x="{x:.0f}" y="{y + 4:.0f}">{escape(room)}</text>'
        for room, (x, y) in at.items()
    ]
    style = (
        "<style>.t-rooms line{stroke:var(--pst-color-border,#999)}.t-rooms rect{fill:var(--pst-color-surface,#eee);"
        "stroke:var(--pst-color-border,#999)}.t-rooms text{fill:var(--pst-color-text-base,#222);font:12px sans-serif;text-anchor:middle}</style>"
    )
    drawn = f'<svg viewBox="0 0 {width} {len(floors) * step}" class="t-rooms" role="img" aria-label="Rooms of the package by floor; the list below says the same">'
    return f"<div>{style}{drawn}{''.join(lines)}{''.join(boxes)}</svg></div>"


def _nearest(room: str, needs: dict[str, set[str]]) -> set[str]:
    """What a room needs, without what it would reach through another that it needs."""
    return {b for b in needs[room] if not any(b in _reached(other, needs) for other in needs[room] - {b})}


def _reached(room: str, needs: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    todo = [room]
    while todo:
        for below in needs[todo.pop()] - seen:
            seen.add(below)
            todo.append(below)
    return seen


_MAKERS: dict[str, Callable[[str], str]] = {
    "functions": functions,
    "tables": tables,
    "architecture": architecture,
}
