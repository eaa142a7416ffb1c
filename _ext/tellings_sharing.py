"""What others see of the book: the card of a shared link, and the list of pages for search engines.

Both want full addresses. Where the book's is not known (`tellings build --url`, or `html: baseurl:` in `_config.yml`), addresses
are relative: the files are right, and complete once the book is built again with its address.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import Path

_QUESTION = re.compile(r'<p class="[^"]*\bt-question\b[^"]*">(.*?)</p>', re.S)
_HEADING = re.compile(r"<h1>(.*?)(?:<a class=\"headerlink\".*?)?</h1>", re.S)
_CARD = "_static/figures/preview.png"


def social_tags(page: str, name: str, title: str, base: str, out: Path, card_text: str) -> str:
    """Return a page with the tags that say how a link to it is shown.

    Args:
        page: its HTML.
        name: its path in the book, such as `chapters/voices.html`.
        title: the book's title.
        base: the book's address, with a slash at its end, or "".
        out: folder of the book.
        card_text: what the card's picture shows.
    """
    heading, question = _text(_HEADING, page), _text(_QUESTION, page)
    root = base or "../" * name.count("/")
    whole = title if not heading or name == "index.html" else f"{heading}: {title}"
    tags = {"og:type": "article", "og:site_name": title, "og:title": whole, "og:description": question}
    if base:
        tags["og:url"] = base + name
    if (out / _CARD).is_file():
        tags |= {
            "og:image": root + _CARD, "og:image:type": "image/png", "og:image:width": "1200", "og:image:height": "630",
            "og:image:alt": card_text,
        }  # fmt: skip
    written = [
        f'<meta property="{key}" content="{_attribute(value)}"/>' for key, value in tags.items() if value
    ]
    size = "summary_large_image" if "og:image" in tags else "summary"
    written.append(f'<meta name="twitter:card" content="{size}"/>')
    if question and '<meta name="description"' not in page:
        written.append(f'<meta name="description" content="{_attribute(question)}"/>')
    return page.replace("</head>", "".join(f"  {line}\n" for line in written) + "</head>", 1)


def write_sitemap(out: Path, pages: Sequence[str], base: str) -> None:
    """Write `sitemap.xml`, and `robots.txt` that names it where the book's address is known."""
    note = (
        ""
        if base
        else "<!-- Addresses are relative: search engines want them whole; build with the book's address. -->\n"
    )
    entries = "".join(f"<url><loc>{html.escape(base + page)}</loc></url>\n" for page in pages)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{note}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    (out / "sitemap.xml").write_text(text, encoding="utf-8")
    if base:
        (out / "robots.txt").write_text(
            f"User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n", encoding="utf-8"
        )


def _text(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    return (
        " ".join(html.unescape(re.sub(r"<[^>]+>", "", found.group(1))).split()).rstrip("#¶ ") if found else ""
    )


def _attribute(value: str) -> str:
    return html.escape(value, quote=True)
