"""Undo hard line breaks in texts that have no blank lines between paragraphs.

`analysis.text.paragraphs` joins the lines of blocks that blank lines separate. Where there is no blank line, every line
would count as a paragraph and every sentence would be cut in pieces; here the breaks inside a paragraph become spaces.
"""

from __future__ import annotations

from itertools import pairwise

from analysis.corpus.sourcemap import Edit

_NARROW, _WIDE = 45, 110
_LINES = 8
_ENDS = ".!?…:;\"”’')]"


def line_breaks(text: str) -> list[Edit]:
    """Return the edits that turn line breaks inside paragraphs into spaces; none where the lines are paragraphs.

    Lines count as broken when nearly all are about as wide as the widest, most full ones end in the middle of a sentence,
    and many go on in lower case. A line that stops short ends its paragraph.
    """
    if len(text) > _LINES * _NARROW and text.count("\n") < len(text) // (2 * _WIDE):
        return []
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    if len(filled) < _LINES or len(filled) < 0.9 * len(text.rstrip("\n").split("\n")):
        return []
    width = sorted(map(len, filled))[int(0.9 * (len(filled) - 1))]
    full = [line for line in filled if len(line) >= 0.75 * width]
    if not _NARROW <= width <= _WIDE or max(map(len, filled)) > 1.3 * width or len(full) < 0.6 * len(filled):
        return []
    cut = sum(line.rstrip()[-1] not in _ENDS for line in full)
    goes_on = sum(line.lstrip()[0].islower() for line in filled[1:])
    if cut < 0.6 * len(full) or goes_on < 0.3 * len(filled):
        return []
    widest = max(map(len, filled))
    edits: list[Edit] = []
    at = 0
    for line, following in pairwise(lines):
        at += len(line)
        first = following.split(" ", 1)[0]
        # the break was forced if the next word did not fit; a line with room for it ends its paragraph
        if line.strip() and first and len(line) + 1 + len(first) > widest:
            edits.append((at, at + 1, " "))
        at += 1
    return edits
