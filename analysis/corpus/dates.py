"""Days, read only where they can be read in one way."""

from __future__ import annotations

import re
from datetime import date, datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?!\d)(?:[T ].*)?$")
_DAY_FIRST = re.compile(
    r"(?:[A-Za-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})(?!\d).*$"
)
_MONTH_FIRST = re.compile(
    r"(?:[A-Za-z]+,?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d).*$"
)
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d).*$")


class DateError(ValueError):
    """A date that cannot be read; `code` is "ambiguous_date" or "bad_date"."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def iso_day(text: str, declared: str | None = None) -> str:
    """Return the day that `text` names as YYYY-MM-DD.

    Args:
        text: ISO 8601, a day with its month in English words, or numbers in an order that can only be read one way.
        declared: a `strptime` format; where it is given nothing else but ISO 8601 is tried.

    Raises:
        DateError: it is no date, or 03/04/2026, which is March or April.
    """
    shown = text.strip()
    if declared:
        try:
            return datetime.strptime(shown, declared).date().isoformat()
        except ValueError:
            pass
    m = _ISO.match(shown)
    if m and (m[2] or len(m[3]) == len(m[4]) == 2):
        return _day(shown, int(m[1]), int(m[3]), int(m[4]))
    if declared:
        raise DateError("bad_date", f"{text!r} is not in the declared format {declared!r}")
    for pattern, order in ((_DAY_FIRST, (3, 2, 1)), (_MONTH_FIRST, (3, 1, 2))):
        m = pattern.match(shown)
        if m and m[order[1]].casefold() in _MONTHS:
            return _day(shown, int(m[order[0]]), _MONTHS[m[order[1]].casefold()], int(m[order[2]]))
    m = _NUMBERS.match(shown)
    if m:
        first, second, year = int(m[1]), int(m[2]), int(m[3])
        if first <= 12 and second <= 12 and first != second:
            raise DateError(
                "ambiguous_date", f"{text!r} can be read as two days; write YYYY-MM-DD or declare date_format"
            )
        return _day(shown, year, second, first) if second <= 12 else _day(shown, year, first, second)
    raise DateError("bad_date", f"{text!r} is no date; write YYYY-MM-DD or declare date_format")


def _day(shown: str, year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise DateError("bad_date", f"{shown!r} is no day of the calendar") from None
