"""Tell the article from the page around it.

A page is read as a list of blocks (paragraphs as `analysis.text.paragraphs` finds them). A block goes for its form alone
(`line_rules`), for its place (what stands above the first paragraph, what trails after the last), or for its density of
cues (an author's biography, a list of key words). Within the first and last paragraph, date lines and credits are cut.
A paragraph in which somebody is quoted is never removed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.corpus.biography import is_biography
from analysis.corpus.datelines import dateline, scrape_header
from analysis.corpus.line_rules import LONGEST_LINE, headline_with_short_form, line_matcher
from analysis.corpus.sourcemap import IDENTITY, Edit, SourceMap, apply_edits
from analysis.schema import Schema
from analysis.text import count_words, paragraphs

FURNITURE = Schema(
    "furniture",
    "Page furniture that was taken out of the articles.",
    {
        "article_id": ("str", "the article"),
        "start": ("int", "first character, in the decoded text of the article's source"),
        "end": ("int", "one after the last character"),
        "kind": ("str", "headline, dateline, byline, ad, photo_caption, author_bio, copyright, ..."),
        "text": ("str", "what was taken out"),
        "reason": ("str", "the rule that took it out, in words"),
    },
    key=("article_id", "start", "kind"),
)


class Removal(NamedTuple):
    """A span of the text that is no article text."""

    start: int
    end: int
    kind: str
    reason: str


@dataclass(frozen=True)
class Cleaned:
    """A cleaned text: the body, the way back, what went, and what the furniture gave away."""

    body: str
    back: SourceMap = IDENTITY
    removals: tuple[Removal, ...] = ()
    title: str | None = None
    date: str | None = None
    kept_all: bool = field(default=False)


_SAYS = re.compile(
    r"\b(?:said|says|say|told|tells|added|adds|asked|wrote|writes|stated|states|noted|tweeted|posted|announced|argued|"
    r"insisted|explained|warned|claimed|called|replied|continued|saying|according to|declared|remarked|underlined)\b"
)
_QUOTE = re.compile(r"[\"“”„«»]|(?<!\w)['‘]\w")
# Marks right beside a verb of speaking.
_SPOKE = (
    r"(?:said|says|told|added|adds|asked|stated|tweeted|argued|insisted|explained|warned|replied|continued)\b"
)
_SPEECH = re.compile(rf"[\"”’']\s*,?\s*(?:\w+\s+){{0,3}}{_SPOKE}|\b{_SPOKE}[,:]?\s+[\"“‘]")
_MARKS = "\"”’'»"
# A sentence in marks that ends the line, or a comma before the closing mark: somebody is quoted, this is no headline.
_SPOKEN = re.compile(r"[.!?…][\"”]$|,[\"”’]\s")
_SECTION_WORDS = frozenset(
    """affairs analysis art arts asia africa americas australia books breaking britain business campaign celebrity cities city
    climate comment commentary companies cricket crime culture defence defense diplomacy earth economic economics economy
    editorial education elections energy entertainment environment europe exclusive explained fashion features film
    finance financial football foreign global green government health headlines home homepage industry international investigations
    justice law latest life lifestyle local markets media middle money movies music nation national nature news opinion
    opinions politics policy population property religion report research science security society sport sports stories
    story strategic stocks tech technology tennis top topics trade travel trending tv uk us usa video world weather women""".split()
)
# " | Quay Courier" after a headline
_SITE = re.compile(r"\s+[|]\s+[^|]{2,40}$")
_BREADCRUMB = re.compile(r"\s*[>»/|›]\s*")
_SUFFIXES: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("aggregator_junk", "link to the rest of the page", re.compile(r"(?:\s*(?:\.\.\.|…))?\s*\b(?:Read [Mm]ore|READ MORE|Continue [Rr]eading|Read full (?:story|article))\W*$")),
    ("credit_line", "agency credit", re.compile(r"(?<=[.!?\"”'’])\s*[(\[](?:[A-Z]{2,6}|Reuters|Bloomberg|Agencies|Xinhua|Kyodo|Yonhap|With (?:agency )?inputs[^()]{0,40}|[A-Z][\w/& ]{1,30} (?:News|Service|Agency))[)\]]\W*$")),
    ("credit_line", "agency credit", re.compile(r"(?<=[.!?\"”'’])\s+(?:PTI|ANI|IANS|UNI|AFP|AP|DPA|UPI)(?:\s+[A-Z/]{2,7}){0,4}\W*$")),
    ("credit_line", "agency credit", re.compile(r"(?<=[.!?\"”'’])\s+[-–—]+\s*(?:[A-Z]{2,6}|Reuters|Bloomberg|Xinhua|Agencies)\W*$")),
)  # fmt: skip
# Furniture that closes an article; a short line right above it belongs to it.
_CLOSING = frozenset({"byline", "copyright", "credit_line", "separator", "author_bio", "contact", "tags"})
_SIGNED = re.compile(r"^[-–—]+\s*[A-Z][\w.’'-]*(?:\s+(?:(?:de|van|von|al|bin|and)\s+)?[A-Z][\w.’'-]*){0,4}$")
_CODES = re.compile(r"^(?:[-–—]*\s*[A-Z]{2,5}|(?:[a-z]{2,5}[/-]){1,3}[a-z]{2,5}/?)$")
_OPENING = frozenset({"metadata_date", "byline", "share"})
_NAME_ALONE = re.compile(r"^[A-Z][\w.’'-]*(?:\s+(?:(?:de|van|von|al|bin|and|&)\s+)?[A-Z][\w.’'-]*){1,4}$")
_BRACKETED = re.compile(r"^[(\[]\s*[^()\[\]]{2,80}[)\]]$")
_INLINE = re.compile(r"\((?:RELATED|ALSO READ|READ MORE|READ ALSO|SEE ALSO|WATCH|READ)\s*:[^()]{3,200}\)")
_LONGEST_LIST, _LIST_COMMAS = 3_000, 5
_ENDS = ".!?…\"”'’:;,"
_LIST_GLUE = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]+\b)")
_FUNCTION = frozenset(
    "the a an of in on at to and that is was were has have had will would which who as by from with for but be been he she it they his her their".split()
)


def clean_text(text: str, title: str | None = None) -> Cleaned:
    """Take the page furniture out of one text.

    Args:
        text: the text of a page, repaired.
        title: the headline, where it is known already; a first line that repeats it is taken out.

    Returns:
        The body and all that went. Where nothing would be left, the text comes back whole with `kept_all` set.
    """
    blocks = paragraphs(text)
    if not blocks:
        return Cleaned(text)
    page = _Page(text, blocks)
    date = page.header()
    page.lines()
    page.top(title)
    page.tail()
    page.inside()
    removals = sorted(page.removals)
    if not page.body_left():
        return Cleaned(text, kept_all=bool(removals))
    body, back = apply_edits(text, _cuts(text, removals))
    return Cleaned(body, back, tuple(removals), page.title, date)


class _Page:
    """The state of one page while it is read: which blocks are furniture, and where each block's text now starts and ends."""

    def __init__(self, text: str, blocks: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.blocks = [list(block) for block in blocks]
        self.gone: list[str] = [""] * len(blocks)
        self.removals: list[Removal] = []
        self.title: str | None = None

    def take(self, i: int, kind: str, reason: str) -> None:
        start, end = self.blocks[i]
        self.gone[i] = kind
        self.removals.append(Removal(start, end, kind, reason))

    def block(self, i: int) -> str:
        start, end = self.blocks[i]
        return self.text[start:end]

    def kept(self) -> list[int]:
        return [i for i, kind in enumerate(self.gone) if not kind]

    def body_left(self) -> bool:
        return not self.removals or any(
            count_words(self.text, start, min(end, start + 200)) >= 3
            for (start, end), kind in zip(self.blocks, self.gone, strict=True)
            if not kind
        )

    def header(self) -> str | None:
        """A scraper's header in front of the text: its date is evidence."""
        found = scrape_header(self.block(0))
        if not found:
            return None
        end, date = found
        start = self.blocks[0][0]
        self.removals.append(
            Removal(start, start + len(self.block(0)[:end].rstrip()), "metadata_date", "a scraper's header")
        )
        self.blocks[0][0] = start + end
        if self.blocks[0][0] >= self.blocks[0][1]:
            self.gone[0] = "metadata_date"
        return date

    def lines(self) -> None:
        """Blocks that are furniture by their form alone."""
        match = line_matcher(self.text)
        for i, (start, end) in enumerate(self.blocks):
            if self.gone[i] or start >= end:
                continue
            if end - start > _LONGEST_LIST:
                continue
            line = self.text[start:end]
            if (line.count(",") >= _LIST_COMMAS and self.keyword_list(i)) or len(line) > LONGEST_LINE:
                continue
            found = match(line)
            if found and not _somebody_speaks(line):
                kind, reason = found
                self.take(i, kind.removesuffix("_heading"), reason)
                if kind.endswith("_heading"):
                    self.list_below(i, match)

    def list_below(self, i: int, match: Callable[[str], tuple[str, str] | None]) -> None:
        """The short lines below a heading such as "Related stories" or "Tags"."""
        most = 20 if self.gone[i] == "related" else 5
        for j in range(i + 1, min(i + 13, len(self.blocks))):
            line = self.block(j)
            if (
                self.gone[j]
                or len(line) > 160
                or line[-1] in ".,;:"
                or count_words(line) > most
                or match(line)
            ):
                break
            self.take(j, self.gone[i], "in a list below a heading of the page")

    def keyword_list(self, i: int) -> bool:
        """Key words strung together with commas, as search engines are fed; a caption may be glued to their end."""
        start, end = self.blocks[i]
        if i + 1 < len(self.blocks) and self.text[self.blocks[i + 1][0]].islower():
            return False  # a line broken in the middle of a sentence
        line = self.text[start:end]
        if sum(word in _FUNCTION for word in line[:120].split()) > 2:
            return False  # it opens like a sentence
        head, caption = line, ""
        for m in _LIST_GLUE.finditer(line):
            if line.count(",", 0, m.start()) >= 4 and "." not in line[: m.start()]:
                head, caption = line[: m.start()], line[m.start() :]
                break
        if not _is_keyword_list(head):
            return False
        self.gone[i] = "photo_tags"
        self.removals.append(
            Removal(start, start + len(head.rstrip()), "photo_tags", "key words strung together")
        )
        if caption:
            reason = "picture caption glued to a list of key words"
            self.removals.append(Removal(start + len(head), end, "photo_caption", reason))
        return True

    def top(self, title: str | None) -> None:
        """Headline, section label and date line above or at the start of the first paragraph."""
        kept = self.kept()
        while len(kept) > 1 and _is_section_label(self.block(kept[0])):
            self.take(kept.pop(0), "section_label", "label of a section above the article")
        if (
            len(kept) > 1
            and not (title and _same(self.block(kept[0]), title))
            and self.is_headline(kept[0], kept[1:])
        ):
            title = self.block(kept[0])
            self.take(kept.pop(0), "headline", "first line, no sentence, followed by running text")
        while len(kept) > 1 and title and _same(self.block(kept[0]), title):
            self.take(kept.pop(0), "headline", "repeats the title")
        self.title = _SITE.sub("", title) if title else None
        self.bylines()
        for i in self.kept()[:5]:
            if self.cut_dateline(i) or self.blocks[i][1] - self.blocks[i][0] > 160:
                break

    def bylines(self) -> None:
        """A name alone on its line above the article, beside a time stamp, a byline or share buttons."""
        for i, kind in enumerate(self.gone[:8]):
            if kind:
                continue
            if self.blocks[i][1] - self.blocks[i][0] > 120:
                break
            beside = {self.gone[j] for j in (i - 1, i + 1) if 0 <= j < len(self.gone)}
            if (
                beside & _OPENING
                and _NAME_ALONE.match(self.block(i))
                and any(not gone for gone in self.gone[i + 1 :])
            ):
                self.take(i, "byline", "a name alone, beside a time stamp or share buttons")

    def cut_dateline(self, i: int) -> bool:
        line = self.block(i)
        end = dateline(line)
        if not end:
            return False
        start = self.blocks[i][0]
        shown = line[:end].rstrip()
        self.removals.append(
            Removal(start, start + len(shown), "dateline", "place, date or agency before the first sentence")
        )
        self.blocks[i][0] = start + end
        if end >= len(line):
            self.gone[i] = "dateline"
        return True

    def is_headline(self, i: int, below: Sequence[int]) -> bool:
        line = self.block(i)
        if not 8 <= len(line) <= 200 or "\n" in line or line.endswith("…"):
            return False
        if line[-1] in ".,;:" and not headline_with_short_form(line):
            return False
        n = count_words(line)
        if not 3 <= n <= 25 or dateline(line):
            return False
        if _SPOKEN.search(line):
            return False
        longest = max((self.blocks[j][1] - self.blocks[j][0] for j in below[:4]), default=0)
        return longest >= 60 and longest > len(line) and any(self.block(j)[-1] in '.!?"”’' for j in below[:4])

    def tail(self) -> None:
        """What trails after the last paragraph: biography, credits, short lines among furniture."""
        below = ""
        for i in range(len(self.blocks) - 1, 0, -1):
            if self.gone[i]:
                below = self.gone[i]
                continue
            line = self.block(i)
            if is_biography(line) and not _SPEECH.search(line):
                self.take(i, "author_bio", "about the author, after the article")
            elif _somebody_speaks(line):
                break
            elif _BRACKETED.match(line) and count_words(line) <= 8 and not _SAYS.search(line):
                self.take(i, "credit_line", "credit in brackets after the article")
            elif (_SIGNED.match(line) and self.block(i - 1)[-1] not in _MARKS) or _CODES.match(line):
                # "— Ada Lindqvist" below a sentence in marks says who spoke
                self.take(i, "byline", "signed after the article")
            elif below in _CLOSING and count_words(line) <= 5 and line[-1] not in _ENDS and len(line) <= 60:
                self.take(i, "credit_line", "short line among page furniture")
            else:
                break
            below = self.gone[i]

    def inside(self) -> None:
        """Cut furniture that stands within paragraphs."""
        kept = self.kept()
        if kept:
            i = kept[-1]
            for kind, reason, pattern in _SUFFIXES:
                first, end = self.blocks[i]
                m = pattern.search(self.text[max(first, end - 200) : end])
                start = max(first, end - 200) + m.start() if m else 0
                if m and start > first + 20:
                    self._cut(start, self.blocks[i][1], kind, reason)
                    self.blocks[i][1] = start
        for i in kept:
            start, end = self.blocks[i]
            if "(" in self.text[start:end] and ":" in self.text[start:end]:
                for m in _INLINE.finditer(self.text, start, end):
                    self._cut(m.start(), m.end(), "related", "link to another story")

    def _cut(self, start: int, end: int, kind: str, reason: str) -> None:
        while start < end and self.text[start].isspace():
            start += 1
        self.removals.append(Removal(start, end, kind, reason))


def _somebody_speaks(line: str) -> bool:
    return bool(_QUOTE.search(line)) and bool(_SAYS.search(line))


def _same(a: str, b: str) -> bool:
    fold = re.compile(r"\W+")
    return fold.sub(" ", a).strip().casefold() == fold.sub(" ", b).strip().casefold()


def _is_section_label(line: str) -> bool:
    if len(line) > 80 or line[-1] in _ENDS:
        return False
    steps = _BREADCRUMB.split(line)
    if len(steps) > 1 and all(0 < len(step.split()) <= 5 for step in steps) and len(steps[0]) <= 20:
        words = re.findall(r"[^\W\d_]+", steps[0].casefold())
        return bool(words) and (words[0] == "home" or all(word in _SECTION_WORDS for word in words))
    words = [w for w in re.findall(r"[^\W\d_]+", line.casefold()) if w not in ("and", "of", "the", "in")]
    if len(words) <= 3 and words[-1:] == ["news"]:
        return True
    known = sum(w in _SECTION_WORDS for w in words)
    return 0 < len(words) <= 6 and known >= 0.6 * len(words)


def _is_keyword_list(line: str) -> bool:
    items = [item.strip() for item in line.split(",")]
    items = [item for item in items if item]
    if len(items) < 6 or line.rstrip()[-1:] in '.!?"”':
        return False
    words = [w for item in items for w in item.split()]
    if len(words) > 5 * len(items) or any(len(item.split()) > 8 for item in items):
        return False
    function = sum(w.casefold() in _FUNCTION for w in words)
    folded = [w.casefold() for w in words]
    return function <= 0.05 * len(words) and (len(set(folded)) <= 0.8 * len(folded) or line == line.lower())


def _cuts(text: str, removals: Sequence[Removal]) -> list[Edit]:
    """Deletions that take the white space after a removal along, so that paragraph breaks stay single."""
    cuts: list[Edit] = []
    for start, end, _, _ in removals:
        floor = cuts[-1][1] if cuts else 0
        start = max(start, floor)
        while start > floor and text[start - 1] in " \t\u00a0":
            start -= 1
        if start == 0 or start == floor or text[start - 1] == "\n":
            # a whole line, or the start of one: what follows moves up
            while end < len(text) and text[end].isspace():
                end += 1
        if end > start:
            cuts.append((start, end, ""))
    return cuts
