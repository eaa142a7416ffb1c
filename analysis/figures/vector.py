"""SVG as matplotlib writes it, made small, and made part of a page. What it shows stays the same."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

from analysis.figures.palette import variables

_PLACES = re.compile(r'(?<= )(d|x|y|width|height|transform)="([^"]*)"')
_LOOK = re.compile(r' style="([^"]*)"')
_TAG = re.compile(r"<[^>]+>")  # a label can hold anything but these brackets
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")


def compact(svg: str) -> str:
    """Return an SVG without what draws nothing, with a look that is said once and places no finer than a screen shows."""
    text = re.sub(r"<!DOCTYPE[^>]*>\s*|<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.S)
    asked = set(re.findall(r"(?:xlink:href=\"#|url\(#)([^\")]+)", text))
    text = _TAG.sub(lambda m: _said(m.group(), asked), text)
    while (
        less := re.sub(r"<g>\s*</g>|<g/>|<defs>\s*</defs>|(?<=>)\s+(?=<)|(?<=\") (?=/>)", "", text)
    ) != text:
        text = less
    text = re.sub(r"<g>((?:<(?:path|use) [^<>]*/>){2,})</g>", _shared_look, text)
    return _named_looks(_ungrouped(text))


def inline(svg: str, name: str) -> str:
    """Fit an SVG into a page: no XML prologue, own identifiers, colours as variables, the page's own font."""
    mark = f"f{hashlib.sha256(name.encode()).hexdigest()[:4]}"
    inner = re.sub(
        r"<style.*?</style>", lambda m: _own_rules(m.group(), mark), svg[svg.index("<svg") :], flags=re.S
    )
    inner = re.sub(r'<svg [^>]*?viewBox="([^"]+)"[^>]*>', r'<svg xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="\1" aria-hidden="true" focusable="false">', inner, count=1)  # fmt: skip
    inner = re.sub(r'\bid="([^"]+)"', rf'id="{mark}-\1"', inner)
    inner = re.sub(r'(xlink:href="#|url\(#)', rf"\1{mark}-", inner)
    inner = re.sub(r' class="(s\d+)"', rf' class="{mark}\1"', inner)
    inner = re.sub(r"font-family:[^;}\"]*;?", "", inner)
    for colour, variable in variables().items():
        inner = inner.replace(colour, f"var({variable})")
    inner = re.sub(r"\s*\n\s*", " ", inner)  # a line break would end the HTML block for a Markdown reader
    inner = inner.replace("</text>", "</text> ")  # for the search index, which takes the tags out
    return inner.replace("{", "&#123;").replace("}", "&#125;")


def _said(tag: str, asked: set[str]) -> str:
    """A tag without a name that nothing asks for, without a turn by nothing, and with no more spaces and digits than it needs."""
    tag = re.sub(r'\s\bid="([^"]+)"', lambda m: m.group() if m.group(1) in asked else "", tag)
    tag = re.sub(r' transform="rotate\(-?0 [^"]*\)"', "", tag)
    tag = re.sub(r'(?<= style=")[^"]*', lambda m: re.sub(r"([;:]) ", r"\1", m.group()).strip("; "), tag)
    return _PLACES.sub(_placed, tag)


def _placed(found: re.Match[str]) -> str:
    """Places to a tenth of a point; a line along an axis is told by where it ends."""
    name, value = found.groups()
    value = re.sub(r"-?\d+\.\d+", lambda m: f"{round(float(m.group()), 1) + 0:g}", value)
    return f'{name}="{_path(value) if name == "d" else value}"'


def _path(value: str) -> str:
    out, at = "", ["", ""]
    for step, numbers in _STEP.findall(value):
        to = numbers.split()
        if step == "L" and to[0] == at[0]:
            out += f"V{to[1]}"
        elif step == "L" and to[1] == at[1]:
            out += f"H{to[0]}"
        else:
            out += step + " ".join(to)
        at = to[-2:] or ["", ""]
    return out


def _shared_look(group: re.Match[str]) -> str:
    """Say once, for a group of shapes, what is the same for all of them: style and clipping."""
    inner, said = group.group(1), ""
    n = len(re.findall(r"<(?:path|use) ", inner))
    for name in ("style", "clip-path"):
        given = re.findall(rf' {name}="[^"]*"', inner)
        if len(given) == n and len(set(given)) == 1:
            inner, said = inner.replace(given[0], ""), said + given[0]
    return f"<g{said}>{inner}</g>"


def _ungrouped(svg: str) -> str:
    """Take away the groups that say nothing of what they hold."""
    out: list[str] = []
    said: list[bool] = []
    for part in re.split(r"(<g(?: [^>]*)?>|</g>)", svg):
        if part == "</g>":
            out.append(part if said.pop() else "")
        elif part.startswith("<g") and part[2:3] in (" ", ">"):
            said.append(part != "<g>")
            out.append(part if said[-1] else "")
        else:
            out.append(part)
    return "".join(out)


def _named_looks(svg: str) -> str:
    """Give every look that more than one shape has a name, and say it once, beside the rules of matplotlib."""
    seen = Counter(look for tag in _TAG.findall(svg) for look in _LOOK.findall(tag))
    names = {look: f"s{number}" for number, look in enumerate(look for look, n in seen.items() if n > 1)}

    def named(found: re.Match[str]) -> str:
        return f' class="{names[found.group(1)]}"' if found.group(1) in names else found.group()

    text = _TAG.sub(lambda m: _LOOK.sub(named, m.group()), svg)
    rules = "".join(f".{name}{{{look}}}" for look, name in names.items())
    return text.replace("</style>", f"{rules}</style>", 1)


def _own_rules(style: str, mark: str) -> str:
    """The rules of a figure for a page that holds others; those of matplotlib for all shapes are in the book's style sheet."""
    rules = re.findall(r"\.(s\d+\{[^}]*\})", style)
    return f"<style>{''.join(f'.{mark}{rule}' for rule in rules)}</style>" if rules else ""
