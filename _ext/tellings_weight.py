"""What a page loads and does not use, taken out: style rules, icons, scripts.

A rule goes when a class or an id that its selector asks for stands on no page and in no script; whatever could become true
while a page is read (states, attributes, anything in brackets) is taken to be true. So the pages look the same, with less.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

_WORD = re.compile(r"[A-Za-z_][\w-]*")
_CLASSES = re.compile(r"""\b(?:class|id)=["']([^"']*)["']""")
_NAME = re.compile(r"[.#]((?:\\.|[\w-])+)")
_WHOLE = ("@font-face", "@keyframes", "@-webkit-keyframes", "@page", "@property", "@layer")
_OWN = ("tellings.css", "tellings-palette.css")

# Scripts and style sheets -> what a page must hold to need them.
_ONLY_FOR = {
    "togglebutton": re.compile(r'class="[^"]*\b(?:admonition[^"]* dropdown|(?<!-)toggle(?!-))\b'),
    "design-tabs|sphinx-design": re.compile(r'class="[^"]*\bsd-'),
    "clipboard|copybutton": re.compile(r'class="highlight\b'),
    "searchtools|language_data|searchindex": re.compile(r'id="search-results"'),
}
_ASK = r'<script(?:\s[^>]*)?\ssrc="[^"]*(?:{0})[^"]*"[^>]*></script>|<link[^>]*href="[^"]*(?:{0})[^"]*\.css[^"]*"[^>]*/?>'
# Read by scripts that need not be there before the page is.
_LATER = re.compile(r'<script(?![^>]*\b(?:defer|async|type)\b)([^>]*\ssrc=")')
_INLINE = re.compile(
    r"<script>(?:let toggle\w+ = '[^']*';|var togglebuttonSelector = '[^']*';|DOCUMENTATION_OPTIONS\.\w+ = [^<]*)</script>"
)
_FIELDS = re.compile(r'(<meta name="viewport"[^>]*>)(.*?)(?=</head>)', re.S)
_SHEET = re.compile(r'<link(?=[^>]*\bstylesheet\b)[^>]*\shref="([^"]*_static/[^"]+\.css[^"]*)"[^>]*/>\n?')
_NUMBER = re.compile(r"\d{1,3}|\d{5,}\w*|\d+[a-z]\w{12,}")
_SAFE = frozenset(".,-:;()/!?%+*#@_=~^|[]")


def light_page(page: str) -> str:
    """Return a page without what it asks for and does not use, its scripts deferred, its plain punctuation written plainly."""
    for names, need in _ONLY_FOR.items():
        if not need.search(page):
            page = re.sub(_ASK.format(names), "", page)
    page = re.sub(r'<span class="pre">([^<]*)</span>', r"\1", page)
    # a sheet that does nothing but ask for another one
    page = re.sub(r'(href="[^"]*_static/)styles/theme\.css[^"]*"', r'\1basic.css"', page)
    page = _LATER.sub(r"<script defer\1", _INLINE.sub("", page))
    # ours is loaded twice, by Jupyter Book and by the extension
    for ours in (r'<link[^>]*/tellings\.css[^>]*/>', r'<script[^>]*/tellings\.js[^>]*></script>'):  # fmt: skip
        first = re.search(ours, page)
        if first:
            page = page[: first.end()] + re.sub(ours, "", page[first.end() :])
    page = _FIELDS.sub(
        lambda m: m.group(1) + re.sub(r'<meta name="viewport"[^>]*>', "", m.group(2)), page, count=1
    )
    parts = re.split(r"(<pre\b.*?</pre>|<script\b.*?</script>|<style\b.*?</style>|<[^>]*>)", page, flags=re.S)
    return "".join(_plainer(parts))


def _plainer(parts: list[str]) -> Iterator[str]:
    """Text with its harmless punctuation decoded; what could mean anything in HTML stays encoded, and so do attributes."""
    for number, part in enumerate(parts):
        if number % 2:
            yield part
        elif part.isspace():
            yield "\n" if "\n" in part else part
        else:
            yield re.sub(r"&#(\d+);", _decoded, part)


def _decoded(found: re.Match[str]) -> str:
    mark = chr(int(found.group(1)))
    return mark if mark in _SAFE else found.group()


def light_index(text: str) -> str:
    """Return the search index without numbers that nobody looks for: codes of punctuation, and numbers grown together."""
    head, body, tail = re.split(r"(?<=setIndex\()(.*)(?=\))", text, maxsplit=1, flags=re.S)
    index = json.loads(body)
    index["terms"] = {
        term: where for term, where in index["terms"].items() if term and not _NUMBER.fullmatch(term)
    }
    return head + json.dumps(index, ensure_ascii=False, separators=(",", ":")) + tail


def unasked_scripts(out: Path) -> None:
    """Take away the scripts that no page of the book in `out` asks for."""
    pages = "".join(page.read_text(encoding="utf-8") for page in out.rglob("*.html"))
    for script in out.glob("_static/**/*.js"):
        if f"/{script.name}" not in pages:
            script.unlink()


def lighten_styles(out: Path) -> None:
    """Take out of every style sheet of the theme what no page of the book in `out` uses, and of the icons too."""
    used = _used_names(out)
    sheets = [sheet for sheet in sorted(out.glob("_static/**/*.css")) if sheet.name not in _OWN]
    for sheet in sheets:
        text = re.sub(r"/\*(?!!).*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)
        sheet.write_text(_pruned(text, used, sheet.parent), encoding="utf-8")
    _lighten_icons(out, "".join(sheet.read_text(encoding="utf-8") for sheet in sheets))


def one_sheet(out: Path) -> None:
    """Put all style sheets, in their order, into one file: a browser shows nothing before it has the last of them."""
    pages = {page: page.read_text(encoding="utf-8") for page in out.rglob("*.html")}
    asked = {page: [m.group(1) for m in _SHEET.finditer(text)] for page, text in pages.items()}
    order: list[str] = []
    for page in sorted(asked, key=lambda page: (-len(asked[page]), page)):
        names = [re.sub(r"^.*_static/", "", address) for address in asked[page]]
        for number, name in enumerate(names):
            if name not in order:  # where its neighbours stand, it stands
                before = [order.index(other) for other in names[:number] if other in order]
                order.insert(max(before, default=-1) + 1, name)
    static = out / "_static"
    together = "".join(_settled(static / name.partition("?")[0], static) for name in order)
    mark = hashlib.sha256(together.encode()).hexdigest()[:8]
    (static / "book.css").write_text(together, encoding="utf-8")
    for sheet in static.rglob("*.css"):  # those that no page asks for too
        if sheet.name != "book.css":
            sheet.unlink()
    for page, text in pages.items():
        if asked[page]:
            root = "../" * len(page.relative_to(out).parts[1:])
            link = f'<link rel="stylesheet" href="{root}_static/book.css?v={mark}" />'
            first = _SHEET.search(text)
            assert first is not None
            rest = _SHEET.sub("", text[first.end() :])
            page.write_text(f"{text[: first.start()]}{link}\n{rest}", encoding="utf-8")


def _settled(sheet: Path, static: Path) -> str:
    """A style sheet with its addresses seen from `_static`, and with its fonts inside it: they are small."""

    def address(found: re.Match[str]) -> str:
        given = found.group(1)
        file = (sheet.parent / given.partition("?")[0]).resolve()
        if given.startswith(("data:", "#", "http")) or not file.is_relative_to(static.resolve()):
            return found.group()
        if file.suffix == ".woff" and file.is_file():
            return f"url(data:font/woff;base64,{base64.b64encode(file.read_bytes()).decode()})"
        return f"url({file.relative_to(static.resolve()).as_posix()})"

    text = sheet.read_text(encoding="utf-8").replace('@charset "UTF-8";', "")
    return re.sub(r"""url\(["']?([^)"']+)["']?\)""", address, text).strip() + "\n"


def _used_names(out: Path) -> set[str]:
    names: set[str] = set()
    for page in out.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for found in _CLASSES.findall(text):
            names.update(found.split())
        for script in re.findall(r"<script\b[^>]*>(.*?)</script>", text, re.S):
            names.update(_WORD.findall(script))
    for script in out.glob("_static/**/*.js"):
        names.update(_WORD.findall(script.read_text(encoding="utf-8")))
    return names


def _pruned(css: str, used: set[str], folder: Path) -> str:
    kept = []
    for head, block in _rules(css):
        name = head.strip()
        if block is None:
            kept.append(head)
        elif name.startswith("@font-face"):
            files = re.findall(r"url\(([^)?#\"']+)", block)
            if not files or any((folder / file).is_file() for file in files):
                kept.append(f"{head}{{{block}}}")
        elif name.startswith(_WHOLE):
            kept.append(f"{head}{{{block}}}")
        elif name.startswith("@"):
            if inner := _pruned(block, used, folder).strip():
                kept.append(f"{head}{{{inner}}}")
        else:
            selectors = [s for s in _selectors(head) if _could_match(s, used)]
            if selectors:
                kept.append(f"{','.join(selectors)}{{{block}}}")
    return "".join(kept)


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Cut a style sheet into (what stands before a block, the block), or (a statement or comment, None)."""
    start = at = 0
    while at < len(css):
        if css.startswith("/*", at):
            end = css.find("*/", at)
            end = len(css) if end < 0 else end + 2
            if not css[start:at].strip():
                yield css[start:end], None
                start = end
            at = end
        elif css[at] in "\"'":
            at = _string_end(css, at)
        elif css[at] == ";":
            yield css[start : at + 1], None
            start = at = at + 1
        elif css[at] == "{":
            end = _block_end(css, at)
            yield css[start:at], css[at + 1 : end]
            start = at = end + 1
        elif css[at] == "\\":
            at += 2
        else:
            at += 1


def _block_end(css: str, at: int) -> int:
    depth = 0
    while at < len(css):
        if css[at] in "\"'":
            at = _string_end(css, at)
            continue
        if css[at] == "\\":
            at += 2
            continue
        depth += {"{": 1, "}": -1}.get(css[at], 0)
        if depth == 0:
            return at
        at += 1
    return len(css)


def _string_end(css: str, at: int) -> int:
    end = at + 1
    while end < len(css) and css[end] != css[at]:
        end += 2 if css[end] == "\\" else 1
    return end + 1


def _selectors(head: str) -> list[str]:
    """The selectors of a rule, cut at the commas that stand in no bracket."""
    out, depth, start = [], 0, 0
    for at, mark in enumerate(head):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(mark, 0)
        if mark == "," and depth == 0:
            out.append(head[start:at].strip())
            start = at + 1
    return [*out, head[start:].strip()]


def _could_match(selector: str, used: set[str]) -> bool:
    plain = selector
    while True:
        shorter = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", plain)
        if shorter == plain:
            break
        plain = shorter
    return all(re.sub(r"\\(.)", r"\1", name) in used for name in _NAME.findall(plain))


def _lighten_icons(out: Path, styles: str) -> None:
    """Replace the theme's icon font by one of the icons that are used. The new font has a name of its own, as its licence asks."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    folder = out / "_static" / "vendor" / "fontawesome" / "webfonts"
    whole = folder / "fa-solid-900.ttf"
    if not whole.is_file():
        return
    points = {int(code, 16) for code in re.findall(r'content:\s*"\\([0-9a-f]{2,5})"', styles)}
    points |= {int(code, 16) for code in re.findall(r'--[\w-]+:\s*"\\([0-9a-f]{2,5})"', styles)}
    font = TTFont(whole, recalcTimestamp=False)
    options = Options()
    options.flavor = "woff"
    options.name_IDs = []
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    for number, text in ((1, "Tellings Icons"), (2, "Regular"), (4, "Tellings Icons"), (6, "TellingsIcons")):
        font["name"].setName(text, number, 3, 1, 0x409)
    font.flavor = "woff"
    font.save(folder / "tellings-icons.woff")
    for file in folder.glob("fa-*"):
        file.unlink()
    for sheet in out.glob("_static/**/*.css"):
        text = sheet.read_text(encoding="utf-8")
        if "fa-solid-900" in text:
            source = r"src:\s*url\([^)]*fa-solid-900\.woff2\)[^;}]*"
            new = 'src:url(../vendor/fontawesome/webfonts/tellings-icons.woff) format("woff")'
            sheet.write_text(re.sub(source, new, text), encoding="utf-8")
