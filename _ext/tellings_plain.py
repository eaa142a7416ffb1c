"""Pages, style sheet and scripts in fewer words: nothing that is seen, read out or found is touched.

`tellings_weight` takes out what a page does not use; this says what stays without repeating itself.
"""

from __future__ import annotations

import re
from pathlib import Path

_CLASS = re.compile(r'\sclass="([^"]*)"')
_WORD = re.compile(r"[A-Za-z_-][\w-]*")
_STYLED = re.compile(r"\.((?:\\.|[\w-])+)")
_OURS = {"notranslate", "pst-js-only"}  # for those who translate a page, and for those without scripts
_LEFT = "<span\0>"
_BARE = re.compile(r"<span\0>([^<]*)</span>|<span></span>")
_CELL = re.compile(r"(<t[dh]\b[^>]*>)<p>((?:(?!</?(?:p|ul|ol|div|pre)\b).)*?)</p>(?=</t[dh]>)", re.S)
_VARIABLE = re.compile(r"(?<=[{;])(--[\w-]+):(?![^;}]*url\()[^;{}\"']*(?:;|(?=\}))")
_PARTS = re.compile(r"(<pre\b.*?</pre>|<script\b.*?</script>|<style\b.*?</style>|<[^>]*>)", re.S)
_VALUE = re.compile(r'="[^"]*"')
_CODE = re.compile(r"&#(\d+);")

# What the theme writes on every page and nothing in this book asks for.
_IDLE = re.compile(
    r'<link rel="preload" as="script"[^>]*/>\n?|<meta name="docsearch:[^>]*/>\n?|\s+data-bs-(?:placement|toggle)="[^"]*"'
    r'|<div class="sidebar-primary-items__end[^>]*>\s*<div class="sidebar-primary-item">\s*<div id="ethical-ad-placement"[^>]*>\s*</div>\s*</div>\s*</div>\n?'
    r'|<div class="footer-item">\s*</div>\n?|<div class="sidebar-header-items sidebar-primary__section">\s*</div>\n?'
    r"|<script>kernelName = '[^']*'</script>\n?"
)
# The theme's menus need a library of 80 kB; a browser has one that needs no script at all.
_MENU = re.compile(
    r'<div class="dropdown dropdown-download-buttons">\s*<button class="[^"]*"[^>]*?( aria-label="[^"]*")[^>]*>(.*?)</button>\s*'
    r'<ul class="dropdown-menu">(.*?)</ul>\s*</div>', re.S
)  # fmt: skip
_SOURCE = re.compile(r'<li><a href="[^"]*_sources/[^"]*\.md".*?</li>\s*', re.S)


def plain_page(page: str) -> str:
    """Return a page without the theme's idle parts, its menu opened by the browser, its attributes written plainly."""
    page = _IDLE.sub("", page).replace(' data-bs-title="', ' title="')
    page = _MENU.sub(r'<details class="dropdown t-menu"><summary class="btn"\1>\2</summary><ul class="dropdown-menu show">\3</ul></details>', page)  # fmt: skip
    page = _CELL.sub(r"\1\2", _SOURCE.sub("", page)).replace('class="docutils literal ', 'class="literal ')
    parts = _PARTS.split(page)
    return "".join(_tag(part) if number % 2 else part for number, part in enumerate(parts))


def _tag(part: str) -> str:
    """A tag on one line, the harmless punctuation of its attributes written plainly; code and scripts as they are."""
    if part.startswith(("<pre", "<script", "<style")):
        return part
    plain = _VALUE.sub(lambda value: _CODE.sub(_decoded, value.group()), part)
    return re.sub(r"\s*\n\s*", " ", plain)


def _decoded(found: re.Match[str]) -> str:
    mark = chr(int(found.group(1)))
    return mark if mark in ".,-:;()/!?%+*#@_~^|[]" else found.group()


def plain_classes(page: str, asked: set[str], beginnings: tuple[str, ...]) -> str:
    """Return a page without the classes that no style and no script asks for, and without spans that then say nothing.

    Args:
        page: its HTML.
        asked: the classes that style sheets name, and every word of the scripts.
        beginnings: of classes that styles ask for by how they begin.
    """
    here = asked.union(*(_WORD.findall(part) for part in re.findall(r"<style\b.*?</style>", page, re.S)))

    def kept(found: re.Match[str]) -> str:
        names = [name for name in found.group(1).split() if name in here or name.startswith(beginnings)]
        return f' class="{" ".join(names)}"' if names else ""

    def tag(found: re.Match[str]) -> str:
        less = _CLASS.sub(kept, found.group())
        return _LEFT if less == "<span>" != found.group() else less

    parts = _PARTS.split(page)
    for number in range(1, len(parts), 2):
        if not parts[number].startswith(("<script", "<style")):
            parts[number] = re.sub(r"<[^>]*>", tag, parts[number])
    page = "".join(parts)
    while (less := _BARE.sub(r"\1", page)) != page:
        page = less
    return page.replace(_LEFT, "<span>")


def plain_styles(css: str, others: str) -> str:
    """Return a style sheet without idle spaces and without the variables that nothing reads.

    Args:
        css: the style sheet.
        others: pages and scripts, which may read variables too.
    """
    parts = re.split(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|/\*!.*?\*/|url\([^)]*\))""", css, flags=re.S)
    for number in range(0, len(parts), 2):
        parts[number] = re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", parts[number]))
    css = _coloured_code("".join(parts).replace(";}", "}"))
    css = re.sub(r"(/\*!.*?\*/)(?=.*\1)", "", css, flags=re.S)  # a licence is said once
    while (less := _used_variables(css, others)) != css:
        css = less
    return css


def _coloured_code(css: str) -> str:
    """Without the colours of code that are those of all code: most marks around words of code say no more than that."""
    for scheme, colour in re.findall(r"([^{};]*\.highlight)\{[^}]*?\bcolor: ?(#\w+)[^}]*\}", css):
        css = re.sub(rf"{re.escape(scheme)} \.\w+\{{ ?color: ?{colour} ?\}}", "", css)
    return css


def _used_variables(css: str, others: str) -> str:
    read = {*re.findall(r"var\(\s*(--[\w-]+)", css), *re.findall(r"--[\w-]+", others)}
    less = _VARIABLE.sub(lambda m: m.group() if m.group(1) in read else "", css)
    return re.sub(r"(?:^|(?<=[{};]))[^{}@;]+\{\}", "", less)


def plain_script(text: str) -> str:
    """Return a script without lines that are comments; licences stay. What stands inside a line is left alone."""
    text = re.sub(r"^[ \t]*/\*.*?\*/[ \t]*\n", _licence, text, flags=re.S | re.M)
    return re.sub(r"^[ \t]*(?://.*)?\n", _licence, text, flags=re.M)


def _licence(comment: re.Match[str]) -> str:
    return comment.group() if re.search(r"licen[cs]e|copyright|/\*!", comment.group(), re.I) else ""


def plain_files(out: Path) -> None:
    """Write the book in `out` with all of it done, when its style sheets have become one."""
    pages = {page: page.read_text(encoding="utf-8") for page in sorted(out.rglob("*.html"))}
    scripts = sorted(out.glob("_static/**/*.js"))
    for script in scripts:
        script.write_text(plain_script(script.read_text(encoding="utf-8")), encoding="utf-8")
    said = "".join(script.read_text(encoding="utf-8") for script in scripts)
    looks = ""
    for style in sorted(out.glob("_static/**/*.css")):
        whole = plain_styles(style.read_text(encoding="utf-8"), "".join(pages.values()) + said)
        style.write_text(whole, encoding="utf-8")
        looks += whole
    # a letter or two in a script are its variables, not classes
    asked = {word for word in _WORD.findall(said) if len(word) > 2} | _OURS
    asked.update(re.sub(r"\\(.)", r"\1", name) for name in _STYLED.findall(looks))
    beginnings = ("t-", *re.findall(r"\[class[*^]=\"?([\w-]+)", looks))
    for page, text in pages.items():
        page.write_text(plain_classes(text, asked, beginnings), encoding="utf-8")
