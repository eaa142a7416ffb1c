"""Sphinx extension of the book: its colours, and a page that is lighter and reads better aloud than the theme's own.

The theme is left as it is; what it writes is mended after the build, each mend with its reason beside it.
"""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from tellings_plain import plain_files, plain_page
from tellings_sharing import social_tags, write_sitemap
from tellings_weight import light_index, light_page, lighten_styles, one_sheet, unasked_scripts

from analysis.figures.palette import css

_HOME = Path(__file__).resolve().parent.parent

# Not used by any page of the book: a second copy of the icons, maps for debugging, a service on another host.
_UNUSED_FILES = ("**/*.map", "**/fontawesome.js", "**/fontawesome.js.LICENSE.txt", "**/sphinx-thebe.*",
                 "**/fa-brands-400.*", "**/fa-regular-400.*", "**/webpack-macros.html", "**/sbt-webpack-macros.html",
                 "**/locales", "_static/*plus.png", "_static/*minus.png", "_static/file.png", "_static/styles/theme.css", "_static/play-solid.svg",
                 "_static/scripts/bootstrap.js*", "_static/images/logo_*", "_sources/**/*.md")  # fmt: skip
_UNUSED_MARKUP = re.compile(
    r"<script[^>]*(?:fontawesome|sphinx-thebe|bootstrap)[^>]*></script>|<link[^>]*sphinx-thebe[^>]*/?>"
    r'|<script>const THEBE_JS_URL[^<]*</script>|<script type="text/x-thebe-config">.*?</script>',
    re.S,
)
_MENDS: tuple[tuple[re.Pattern[str], str], ...] = (
    # A name that is read out must hold the words that are seen (WCAG 2.5.3).
    (re.compile(r'(<button class="btn search-button-field[^>]*) title="Search" aria-label="Search"'), r"\1"),
    (re.compile(r'(<i class="theme-switch [^>]*) title="[^"]*"'), r'\1 aria-hidden="true"'),
    (re.compile(r'(<summary) aria-label="Toggle hidden content"'), r"\1"),
    # The book's title in the side bar stands outside every landmark.
    (re.compile(r'(<div class="sidebar-primary-items__start sidebar-primary__section")>'), r'\1 role="region" aria-label="Book">'),
)  # fmt: skip
_CARD = "preview"  # the figure that is no page's, but stands for the book
_BUILD_PATHS = re.compile(r"<!--.*?-->", re.S)


def _icon(app: Sphinx, config: Any) -> None:
    config.html_favicon = str(_HOME / "_static" / "favicon.svg")


def _styles(app: Sphinx) -> None:
    app.config.html_static_path.append(str(_HOME / "_static"))
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    (static / "tellings-palette.css").write_text(css(), encoding="utf-8")


def _context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    context["default_mode"] = "auto"
    if not context.get("title"):
        context["title"] = app.config.html_title


def _mend(app: Sphinx, failure: Exception | None) -> None:
    if failure is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for pattern in _UNUSED_FILES:
        for path in sorted(out.glob(pattern), reverse=True):
            if path.is_file():
                path.unlink()
            else:
                for inner in sorted(path.rglob("*"), reverse=True):
                    inner.unlink() if inner.is_file() else inner.rmdir()
                path.rmdir()
    card = _figures(Path(app.srcdir), out / "_static" / "figures")
    for notebook in sorted(out.glob("_sources/**/*.ipynb")):
        notebook.write_text(_without_outputs(notebook.read_text(encoding="utf-8")), encoding="utf-8")
    meanings = _meanings(out / "chapters" / "glossary.html")
    base = _address(app.config.html_baseurl)
    for page in sorted(out.rglob("*.html")):
        name = page.relative_to(out).as_posix()
        text = plain_page(light_page(_explained(mended(page.read_text(encoding="utf-8")), meanings)))
        page.write_text(social_tags(text, name, app.config.html_title, base, out, card), encoding="utf-8")
    for sheet in sorted(out.glob("_static/**/*.css")):
        text = sheet.read_text(encoding="utf-8")
        sheet.write_text(re.sub(r"/\*# sourceMappingURL=.*?\*/", "", text), encoding="utf-8")
    index = out / "searchindex.js"
    index.write_text(light_index(index.read_text(encoding="utf-8")), encoding="utf-8")
    unasked_scripts(out)
    lighten_styles(out)
    one_sheet(out)
    plain_files(out)
    write_sitemap(out, [f"{name}.html" for name in _in_order(app)], base)


def _address(given: str) -> str:
    return f"{given.rstrip('/')}/" if given else ""


def _in_order(app: Sphinx) -> list[str]:
    """The pages in reading order."""
    inside = app.env.toctree_includes
    order: list[str] = []

    def visit(page: str) -> None:
        if page not in order:
            order.append(page)
            for child in inside.get(page, ()):
                visit(child)

    visit(app.config.root_doc)
    return order


def _figures(source: Path, target: Path) -> str:
    """Write every figure that the chapters drew as files to download; return what the picture for shared links shows."""
    card = ""
    for notebook in sorted(source.rglob("*.ipynb")):
        for cell in json.loads(notebook.read_text(encoding="utf-8")).get("cells", ()):
            for output in cell.get("outputs", ()):
                name = output.get("metadata", {}).get("tellings", {}).get("figure")
                if name and re.fullmatch(r"[a-z0-9-]+", name):
                    target.mkdir(parents=True, exist_ok=True)
                    data = output["data"]
                    if name == _CARD:
                        card = "".join(data["text/plain"])
                    else:
                        (target / f"{name}.svg").write_text("".join(data["image/svg+xml"]), encoding="utf-8")
                    (target / f"{name}.png").write_bytes(base64.b64decode("".join(data["image/png"])))
    return card


def _without_outputs(notebook: str) -> str:
    """A notebook for download is there to be run; what it showed is on the page, and its tables and figures are beside it."""
    content = json.loads(notebook)
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def _meanings(glossary: Path) -> dict[str, str]:
    """Anchor of a term -> what it means."""
    if not glossary.is_file():
        return {}
    page = glossary.read_text(encoding="utf-8")
    found = re.findall(r'<dt id="(term-[^"]+)">.*?</dt>\s*<dd>\s*<p>(.*?)</p>', page, re.S)
    return {anchor: " ".join(re.sub(r"<[^>]+>", "", text).split()) for anchor, text in found}


def _explained(page: str, meanings: dict[str, str]) -> str:
    """Give every link to the glossary its meaning as a title, so that pointing at it is enough."""
    return re.sub(
        r'(<a class="reference internal" href="[^"]*#(term-[^"]+)")',
        lambda m: f'{m.group(1)} title="{meanings[m.group(2)]}"' if m.group(2) in meanings else m.group(1),
        page,
    )


def mended(page: str) -> str:
    """Return a page of the theme without what it does not use and with what it lacks."""
    text = _UNUSED_MARKUP.sub("", page)
    for pattern, better in _MENDS:
        text = pattern.sub(better, text)
    return _BUILD_PATHS.sub("", text)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("config-inited", _icon)
    app.connect("builder-inited", _styles)
    app.connect("html-page-context", _context)
    app.connect(
        "build-finished", _mend, priority=900
    )  # the theme writes its own colours of code when the build is over
    app.add_css_file("tellings-palette.css")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
