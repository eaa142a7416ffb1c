"""Names, titles and scare quotes: marks around words that nobody is quoted with.

A run of three words or more that is not written like a title is nearly always somebody's words; a shorter one needs a verb
that gives it to somebody. Measured on news text, length and capitals decide before any other feature does.
"""

from __future__ import annotations

from analysis.quotes.attribute import Place
from analysis.quotes.frames import PUNCT, QUOTE, WORD, Token
from analysis.quotes.lexicon import (
    ADVERBS,
    CALLING,
    CLOSED,
    CUE_VERBS,
    DETERMINERS,
    DOCUMENTS,
    INDEFINITE,
    NAMING_VERBS,
    PREPOSITIONS,
    PRONOUNS,
    WORKS,
)
from analysis.quotes.marks import Run
from analysis.quotes.people import PARTIES
from analysis.quotes.sentence import Attribution
from analysis.text import words

_UTTERED = frozenset("chant chants shout shouts cry cries words word answer reply".split())


def why_term(
    body: str, run: Run, given: Attribution, place: Place, n: int, singles: bool = False
) -> str | None:
    """Say why a run is a term, or None if it is a quotation.

    Args:
        body: the text.
        run: the run between marks.
        given: whom it is given to.
        place: where it stands.
        n: its words.
        singles: the article quotes in single marks, as British papers do.
    """
    if "transcript" in run.flags:
        return None
    if n == 0:
        return "no words"
    if "never_opened" in run.flags and (
        given.how not in ("after", "inverted", "continued") or not given.near
    ):
        return "a closing mark without an opening one"
    tokens, i = place.tokens, place.i
    before = tokens[i - 1] if i > place.low else None
    after = tokens[i + 1] if i + 1 < place.high else None
    said = given.near and given.strong and given.cue is not None
    if run.single and not singles and (n < 4 or not (said or (given.strong and n > 7))):
        return "single marks without a verb of saying beside them"
    whole = _is_sentence(body, run, before, after)
    if n <= 10 and given.how in ("floating", "reported") and body[run.start : run.end].isupper():
        return "a heading"
    if n <= 10 and is_title(body, run):
        return _title(given, before, after, said, n)
    if n <= 2 and whole and n > 1 and given.how in ("chained", "continued", "following", "reported"):
        return None
    if n <= 2:
        return "named" if _go_by(body, given, before, place) else _short(given, before, after, said)
    if n <= 7 and (given.mention is None or (given.how == "following" and not whole)):
        return "nobody to give it to"
    if (
        n <= 7
        and not (given.strong or given.near)
        and (given.how == "after" or (given.how == "subject" and (before is None or before.kind == PUNCT)))
    ):
        return "no verb of saying"
    if n <= 4 and given.cue is None and _modifies(before, after):
        return "part of a name for a thing"
    if n <= 7 and before is not None and before.low in ("so-called", "titled", "entitled", "nicknamed"):
        return "named"
    return None


def _is_sentence(body: str, run: Run, before: Token | None, after: Token | None) -> bool:
    """Say whether a run is a sentence of its own, as the first of two are in: "It held." "Yes," she said."""
    alone = all(token is None or token.kind == QUOTE for token in (before, after))
    return alone and body[run.start].isupper() and body[run.end - 1] in ".!?…"


def is_title(body: str, run: Run) -> bool:
    """Say whether a run is written like a title: capitals on all words but those of grammar."""
    capitals = others = 0
    for a, b in words(body, run.start, min(run.end, run.start + 200)):
        if body[a].isupper() or body[a].isdigit():
            capitals += 1
        elif body[a:b] in CLOSED or body[a:b] in DETERMINERS:
            others += 1
        else:
            return False
    return capitals > 0 and capitals >= others and (capitals > 1 or others == 0)


def _title(given: Attribution, before: Token | None, after: Token | None, said: bool, n: int) -> str | None:
    if before is None or before.kind == QUOTE:
        if after is None or said:
            return None if n > 1 or said else "title"
        return "title"
    if given.verb in CALLING and before.low == "the":
        return "named"  # "described as the 'Harbour Way'"
    if before.low in _UTTERED or (before.low == "as" and given.verb not in NAMING_VERBS):
        return None
    if before.kind == PUNCT:
        told = said and given.how != "after"
        return None if told or (before.text == ":" and after is None) else "title"
    if given.near and given.verb not in NAMING_VERBS and given.cue is not None and n > 1:
        if before.owns or before.low in PREPOSITIONS or before.low in WORKS or before.low in DOCUMENTS:
            return "title"
        if given.how == "inverted" or (given.how == "after" and not said) or given.verb == "tell":
            return "title"
        return None
    return "title"


def _short(given: Attribution, before: Token | None, after: Token | None, said: bool) -> str | None:
    if said and given.how in ("after", "inverted"):
        return None
    if before is None or before.kind == QUOTE:
        return "one or two words without a verb of saying"
    if given.near and given.how == "after" and not given.strong:
        return "one or two words without a verb of saying"
    if given.near and given.cue is not None and given.verb not in NAMING_VERBS:
        noun = after is not None and after.kind == WORD and not after.cap and after.low not in CLOSED
        return "part of a name for a thing" if noun and before.low in DETERMINERS else None
    if given.verb in NAMING_VERBS and given.near:
        return "named"
    if before.low == "to" and after is not None and after.kind == WORD and after.low not in CLOSED:
        return "one or two words without a verb of saying"
    if _modifies(before, after) or given.cue is None or given.how not in ("before", "according_to"):
        return "one or two words without a verb of saying"
    if (
        before.kind == WORD
        and (before.low in CLOSED or before.low in ADVERBS)
        and (given.strong or before.low == "as")
    ):
        return None
    return "one or two words without a verb of saying"


def _go_by(body: str, given: Attribution, before: Token | None, place: Place) -> bool:
    """Say whether a thing goes by a name among many: "fishers call the new buoy a 'tall hat'", but not "they call it"."""
    if before is None or before.low not in ("a", "an", "the") or given.mention is None or given.cue is None:
        return False
    mention, verb = body[slice(*given.mention)], body[slice(*given.cue)].lower()
    first = given.mention[0] == place.tokens[place.low].start
    named = any(word[0].isupper() for word in mention.split()[1 if first else 0 :])
    low = {word.lower() for word in mention.split()}
    return (
        given.verb in CALLING
        and verb == given.verb  # the many, and as a habit
        and not named
        and not low & (INDEFINITE | PRONOUNS | set(PARTIES))
    )


def _modifies(before: Token | None, after: Token | None) -> bool:
    """Say whether a run stands like an adjective: "the 'law and order' issue"."""
    if before is None or after is None or before.kind != WORD or after.kind != WORD:
        return False
    if (
        after.cap
        or after.low in CLOSED
        or after.low in DETERMINERS
        or after.low in ADVERBS
        or after.low.endswith("ly")
    ):
        return False
    if before.low in ("that", "him", "her", "them") or before.low in CUE_VERBS or after.low in CUE_VERBS:
        return False
    return (
        before.low in DETERMINERS or before.owns or (before.low not in CLOSED and before.low not in ADVERBS)
    )
