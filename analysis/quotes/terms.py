"""Names, titles and scare quotes: marks around words that nobody is quoted with."""

from __future__ import annotations

from analysis.quotes.attribute import Attribution, Place
from analysis.quotes.frames import PUNCT, WORD
from analysis.quotes.lexicon import CLOSED, DOCUMENTS, NAMING
from analysis.quotes.marks import Run
from analysis.text import words


def why_term(body: str, run: Run, given: Attribution, place: Place, n: int) -> str | None:
    """Say why a run is a term, or None if it is a quotation."""
    if n == 0:
        return "no words"
    tokens, i = place.tokens, place.i
    before = tokens[i - 1] if i > place.low else None
    after = tokens[i + 1] if i + 1 < place.high else None
    if run.single and (n < 4 or given.cue is None):
        return "single marks without a cue"
    tagged = given.near and given.cue is not None
    if tagged and given.strong:
        return None
    title = _title_case(body, run)
    if before is not None and before.kind == WORD and before.low in NAMING and title:
        return "named"
    if title and n <= 10 and not tagged and before is not None:
        return "title"
    if (
        n <= 4
        and after is not None
        and after.kind == WORD
        and not after.cap
        and after.low not in CLOSED
        and before is not None
        and before.kind == WORD
    ):
        return "modifies a noun"
    if given.how in ("subject", "chained", "floating", "following") and before is not None and n <= 7:
        return "no cue"
    if given.cue is None and n <= 7 and before is not None and before.kind != PUNCT:
        return "no cue"
    if before is not None and before.low in DOCUMENTS and title:
        return "named"
    return None


def _title_case(body: str, run: Run) -> bool:
    spans = words(body, run.start, min(run.end, run.start + 200))
    low = [body[a:b] for a, b in spans if not body[a].isupper() and not body[a].isdigit()]
    return all(word in CLOSED or word in ("the", "a", "an") for word in low)
