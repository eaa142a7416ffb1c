"""The way back: from offsets in an edited text to offsets in the text it was made from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Edit = tuple[int, int, str]
"""Replace [start, end) of a text by a string; "" deletes."""


@dataclass(frozen=True)
class SourceMap:
    """Maps spans of an edited text back to the original.

    Characters outside the edits are copies, one for one. A character inside a replacement maps to the whole of what it
    replaced, so the way back never cuts a repaired character in two.

    Attributes:
        new_ends: where each edit ends in the edited text, ascending.
        edits: (new start, new end, old start, old end) of each edit.
        base: where the original starts in a larger text (a cell in a table); added to every result.
    """

    new_ends: tuple[int, ...] = ()
    edits: tuple[tuple[int, int, int, int], ...] = ()
    base: int = field(default=0)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map the half-open span [start, end); an empty span maps to an empty span."""
        first = self._char(start)[0]
        if end <= start:
            return self.base + first, self.base + first
        return self.base + first, self.base + self._char(end - 1)[1]

    def _char(self, position: int) -> tuple[int, int]:
        i = bisect_right(self.new_ends, position) - 1
        if i + 1 < len(self.edits):
            new_start, _, old_start, old_end = self.edits[i + 1]
            if new_start <= position:
                return old_start, old_end
        if i >= 0:
            _, new_end, _, old_end = self.edits[i]
            position += old_end - new_end
        return position, position + 1


IDENTITY = SourceMap()


def apply_edits(text: str, edits: Iterable[Edit], base: int = 0) -> tuple[str, SourceMap]:
    """Apply ascending edits that do not overlap, and return the edited text with the way back."""
    parts: list[str] = []
    rows: list[tuple[int, int, int, int]] = []
    at = length = 0
    for start, end, replacement in edits:
        parts += (text[at:start], replacement)
        length += start - at
        rows.append((length, length + len(replacement), start, end))
        length += len(replacement)
        at = end
    if not rows:
        return text, SourceMap(base=base) if base else IDENTITY
    parts.append(text[at:])
    return "".join(parts), SourceMap(tuple(row[1] for row in rows), tuple(rows), base)


def chain(maps: Sequence[SourceMap], start: int, end: int) -> tuple[int, int]:
    """Map a span through several maps, the last edit first."""
    for one in maps:
        start, end = one.span(start, end)
    return start, end
