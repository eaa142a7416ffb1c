"""Who stands before a verb of saying, and who the subject of a sentence is.

Appositives, relative clauses and brackets between a name and its verb are stepped over, and so are date lines and fronted
clauses. All walks are bounded, so cost is linear.
"""

from __future__ import annotations

from analysis.quotes.frames import PUNCT, QUOTE, WORD, Token
from analysis.quotes.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CLOSED,
    CONJUNCTIONS,
    DETERMINERS,
    INDEFINITE,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    TIME_WORDS,
    TITLES,
    WEEKDAYS,
    is_role,
)
from analysis.quotes.phrases import REACH, NounPhrase, grow, heads_phrase, is_adverb, is_name, phrase_at

_DASHES = "-–—―"


def skip_back(tokens: list[Token], k: int, low: int) -> int:
    """Step left over auxiliaries and adverbs; return the index of the first other token (or low - 1)."""
    while k >= low:
        token = tokens[k]
        if token.kind != WORD or not (token.low in AUXILIARIES or is_adverb(token.low)):
            break
        if token.low == "to" or (token.cap and token.low not in ADVERBS):
            break
        k -= 1
    return k


def phrase_before(tokens: list[Token], j: int, low: int) -> NounPhrase | None:
    """Find the subject that ends right before tokens[j], stepping over appositives, clauses and brackets."""
    return _ending_at(tokens, skip_back(tokens, j - 1, low), low, 0)


def _ending_at(tokens: list[Token], k: int, low: int, depth: int) -> NounPhrase | None:
    if k < low or depth > 3:
        return None
    token = tokens[k]
    if token.kind == PUNCT:
        if token.text in ")]":
            opener = _back_to(tokens, k, low, "([")
            return _ending_at(tokens, opener - 1, low, depth + 1) if opener > low else None
        if token.text == ",":
            return _over_commas(tokens, k, low, depth)
        if token.text[0] in _DASHES:
            opener = _back_to(tokens, k, low, _DASHES)
            return _ending_at(tokens, opener - 1, low, depth + 1) if opener > low else None
        if token.text == "." and k - 1 >= low and tokens[k - 1].kind == WORD and tokens[k - 1].cap:
            return _ending_at(tokens, k - 1, low, depth + 1)  # Jr. said
        return None
    if token.kind == QUOTE:
        return None
    if token.low in RELATIVES:
        k -= 1
        if k >= low and tokens[k].kind == PUNCT and tokens[k].text == ",":
            k -= 1
        if k >= low and tokens[k].low in PREPOSITIONS:
            k -= 1
        return _ending_at(tokens, k, low, depth + 1)
    if token.low in PRONOUNS:
        return (k, k + 1)
    if is_adverb(token.low):
        return None
    if token.low in INDEFINITE and not (k > low and is_name(tokens[k - 1])):
        return grow(tokens, k, low)
    if token.low in POSSESSIVES:
        return None  # "its newly announced policy": nobody announces there
    if token.low in CLOSED or (token.low in TIME_WORDS and not _name_like_time(tokens, k, low)):
        if token.low in TIME_WORDS and k - 1 >= low:
            back = k - 1
            while back >= low and tokens[back].low in TIME_WORDS | {"on", "this", "last", "the", "in"}:
                back -= 1
            if back >= low and (tokens[back].kind == WORD and tokens[back].low not in CLOSED):
                return _ending_at(tokens, back, low, depth + 1)
        return None
    found = grow(tokens, k, low)
    if found is not None and tokens[found[0]].low == "whose" and found[0] > low:
        return _ending_at(tokens, found[0] - 1, low, depth + 1)  # "the firm whose ship sank said"
    return found


def _name_like_time(tokens: list[Token], k: int, low: int) -> bool:
    """Tell Mrs. May and April Jones from the months."""
    word = tokens[k]
    if word.low in WEEKDAYS or not word.cap:
        return False
    return k > low and (tokens[k - 1].cap or tokens[k - 1].text == ".")


def _back_to(tokens: list[Token], k: int, low: int, marks: str) -> int:
    for i in range(k - 1, max(low, k - REACH) - 1, -1):
        if tokens[i].kind == PUNCT and tokens[i].text[0] in marks:
            return i
    return -1


def _over_commas(tokens: list[Token], k: int, low: int, depth: int) -> NounPhrase | None:
    """Step from the comma at k over what stands between a name and its verb."""
    stop = max(low, k - REACH)
    for i in range(k - 1, stop - 1, -1):
        token = tokens[i]
        if token.kind == PUNCT and token.text in ";:.!?" and not (token.text == "." and tokens[i - 1].cap):
            return None
        if token.kind == PUNCT and token.text == "," and i > low and _named_after_role(tokens, i, k, low):
            role = grow(tokens, i - 1, low)
            if role is not None:
                return (role[0], k)
        if (
            token.kind == PUNCT
            and token.text == ","
            and i > low
            and i + 1 < k
            and _may_interrupt(tokens[i + 1], tokens, i + 1, k)
        ):
            found = _ending_at(tokens, i - 1, low, depth + 1)
            if found is not None and heads_phrase(tokens, found, low):
                return found
    if k - 1 >= low and tokens[k - 1].text == ")":
        return _ending_at(tokens, k - 1, low, depth + 1)  # "Gov. Jane Lee (R-Ohio), said"
    return None


def _named_after_role(tokens: list[Token], i: int, k: int, low: int) -> bool:
    """Say whether a role, the comma at i and nothing but a name up to k stand here: "her adviser, Jane Lee, said"."""
    if k - i > 6 or not all(is_name(t) or t.text == "." for t in tokens[i + 1 : k]) or i + 1 >= k:
        return False
    role = grow(tokens, i - 1, low) if tokens[i - 1].kind == WORD else None
    if role is None or any(t.text == "," for t in tokens[role[0] : i]):
        return False
    return any(is_role(t.low) for t in tokens[role[0] : i] if t.kind == WORD and not t.cap)


def _may_interrupt(token: Token, tokens: list[Token], i: int, k: int) -> bool:
    """Say whether a stretch between commas that begins here may stand between a subject and its verb."""
    if token.kind == QUOTE:
        return False
    if token.kind == PUNCT:
        return token.text == "("
    low = token.low
    if low in (
        "who",
        "whose",
        "which",
        "whom",
        "himself",
        "herself",
        "then",
        "now",
        "once",
        "formerly",
        "himself",
        "like",
    ):
        return True
    if low in DETERMINERS or is_role(low) or low in TITLES or token.text[:1].isdigit() or is_adverb(low):
        return True
    if low in CONJUNCTIONS:
        return False
    if low in PREPOSITIONS or low in ("when", "while", "asked", "as"):
        return True
    if token.cap:
        first = low.partition("-")[0]
        if (first in ("r", "d", "i") and "-" in token.text) or low in ("jr", "sr", "ii", "iii", "iv"):
            return True
        # a role in capitals somewhere: "President of the Board", "Republican of Florida"
        return any(is_role(t.low) or t.low in TITLES for t in tokens[i : min(k, i + 6)] if t.kind == WORD)
    return low.endswith(("ing", "ed")) or low in (
        "born",
        "known",
        "a.k.a",
        "aka",
        "co-founder",
        "not",
        "long",
        "still",
    )


def main_subject(tokens: list[Token], low: int, j: int) -> NounPhrase | None:
    """Find the subject of the main clause of a sentence that begins at `low`, looking no further than j."""
    i = _after_dateline(tokens, low, j)
    while i < j and (tokens[i].kind == PUNCT or tokens[i].low in ("but", "and", "so", "yet", "still", "or")):
        i += 1
    for _ in range(8):
        if i >= j:
            break
        token = tokens[i]
        if token.kind == QUOTE:
            i += 1
            while i < j and tokens[i].kind == PUNCT:
                i += 1
            continue
        if (
            (is_adverb(token.low) or token.low in TIME_WORDS)
            and i + 1 < j
            and (
                tokens[i + 1].text == ","
                or tokens[i + 1].cap
                or tokens[i + 1].low in PRONOUNS
                or tokens[i + 1].low in DETERMINERS
            )
            and token.low not in ("last", "this", "earlier", "later")
        ):
            i += 1
            while i < j and tokens[i].kind == PUNCT:
                i += 1
            continue
        if (
            token.low in ("about", "around", "over", "nearly", "almost", "roughly")
            and i + 1 < j
            and tokens[i + 1].text[:1].isdigit()
        ):
            i += 1  # "about 200 people"
            token = tokens[i]
        fronted = token.low in PREPOSITIONS or token.low in SUBORDINATORS or is_adverb(token.low) or token.low in (
            "asked", "speaking", "according", "there", "pressed", "when", "to", "not", "even", "faced", "given", "describing",
        ) or token.low.endswith("ing") or token.low in TIME_WORDS  # fmt: skip
        if not fronted:
            found = phrase_at(tokens, i, j)
            if found is not None and not _is_time(tokens, found, j):
                return found
        comma = _next_comma(tokens, i, j)
        if comma < 0:
            return _first_person(tokens, i, j)
        i = comma + 1
        while i < j and tokens[i].kind == PUNCT:
            i += 1
        while i < j and tokens[i].low in ("and", "but", "then"):
            i += 1
    return None


def _is_time(tokens: list[Token], found: NounPhrase, j: int) -> bool:
    """Say whether a phrase counts time: "a few days later", "two weeks ago"."""
    if tokens[found[1] - 1].low.rstrip("s") not in (
        "day",
        "week",
        "month",
        "year",
        "hour",
        "minute",
        "moment",
        "time",
    ):
        return False
    return found[1] >= j or tokens[found[1]].low in ("later", "ago", "earlier", "before", "after", ",")


def _after_dateline(tokens: list[Token], low: int, j: int) -> int:
    """Step over "PARIS, May 5 (Agency) -": places, dates and an agency before a dash or colon."""
    for k in range(low, min(j, low + 14)):
        token = tokens[k]
        if token.kind == QUOTE or (token.kind == WORD and not token.cap and not token.text[:1].isdigit()):
            return low
        if (
            token.kind == PUNCT
            and k > low
            and token.text[0] in "-–—―:"
            and token.start > tokens[k - 1].end - 1
        ):
            agency = tokens[k - 1].text == ")"
            shouted = tokens[low].text.isupper() and len(tokens[low].text) > 2 and token.text != ":"
            return k + 1 if agency or shouted else low
    return low


def _next_comma(tokens: list[Token], i: int, j: int) -> int:
    for k in range(i, min(j, i + 60)):
        if tokens[k].kind == PUNCT and (tokens[k].text == "," or tokens[k].text[0] in "–—―;"):
            return k
    return -1


def _first_person(tokens: list[Token], i: int, j: int) -> NounPhrase | None:
    """Fall back on the first personal pronoun or the last name before j that no preposition governs."""
    best: NounPhrase | None = None
    k = i
    limit = min(j, i + 60)
    while k < limit:
        token = tokens[k]
        if token.kind == WORD and token.low in ("he", "she", "they"):
            return (k, k + 1)
        if is_name(token) and token.low not in TIME_WORDS:
            found = phrase_at(tokens, k, j)
            if found is not None:
                governed = k > 0 and tokens[k - 1].kind == WORD and tokens[k - 1].low in PREPOSITIONS
                if best is None or not governed:
                    best = found
                k = found[1]
                continue
        k += 1
    return best
