"""Tags: the "Lee said" and "Mr. Lee, a farmer, told reporters" that follow a quotation."""

from __future__ import annotations

from analysis.quotes.cues import OBJECT_FIRST
from analysis.quotes.frames import PUNCT, QUOTE, WORD, Token
from analysis.quotes.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CUE_VERBS,
    NEEDS_AFTER,
    PREPOSITIONS,
    SAY_VERBS,
    SUBORDINATORS,
    TIME_WORDS,
)
from analysis.quotes.phrases import NounPhrase, phrase_at

_NEEDS_AUXILIARY = frozenset("written spoken sung sworn known seen gone shown forbidden learnt".split())


def tag_after(tokens: list[Token], i: int, high: int) -> tuple[NounPhrase, int] | None:
    """Find "Trump said" or "Mr. Lee, a farmer, said" beginning at tokens[i]: the phrase and the index of its verb."""
    found = phrase_at(tokens, i, high)
    if found is None:
        return None
    k = found[1]
    for _ in range(3):
        verb = _verb_from(tokens, k, high)
        if verb >= 0:
            return found, verb
        if k >= high:
            return None
        token = tokens[k]
        if token.kind == WORD and token.low in PREPOSITIONS and token.low not in SUBORDINATORS:
            inner = phrase_at(tokens, k + 1, high)
            if inner is None:
                return None
            k = inner[1]
        elif token.kind == WORD and token.low in ("who", "whose"):
            return None
        elif token.kind == PUNCT and token.text in "(,–—-―":
            closer = ")" if token.text == "(" else token.text
            for j in range(k + 1, min(high, k + 36)):
                if (
                    tokens[j].kind == PUNCT
                    and tokens[j].text == closer
                    and _verb_from(tokens, j + 1, high) >= 0
                ):
                    return found, _verb_from(tokens, j + 1, high)
                if tokens[j].kind == QUOTE:
                    break
            return None
        else:
            return None
    return None


def _verb_from(tokens: list[Token], k: int, high: int) -> int:
    limit = min(high, k + 4)
    first = k
    while k < limit and tokens[k].kind == WORD and (
        (tokens[k].low in AUXILIARIES and tokens[k].low != "to") or tokens[k].low in ADVERBS or tokens[k].low.endswith("ly")
    ):  # fmt: skip
        k += 1
    if k < high and tokens[k].kind == WORD and tokens[k].low in CUE_VERBS and not tokens[k].cap:
        if (k == first and tokens[k].low in _NEEDS_AUXILIARY) or (k + 1 < high and tokens[k + 1].low == "by"):
            return -1
        needed = NEEDS_AFTER.get(CUE_VERBS[tokens[k].low])
        if needed is None or (k + 1 < high and tokens[k + 1].low in needed):
            return k
    return -1


def is_tag(tokens: list[Token], i: int) -> bool:
    """Say whether tokens from i on are a tag that closes the sentence of a quotation: "Trump said." or "Lee said on Monday"."""
    high = min(len(tokens), i + 48)
    found = tag_after(tokens, i, high)
    if found is None:
        return False
    _, verb = found
    if tokens[verb].low not in SAY_VERBS:
        return False
    k = verb + 1
    if k >= high:
        return True
    token = tokens[k]
    if token.text == ":" and k + 1 < high and tokens[k + 1].kind == QUOTE:
        return False
    if SAY_VERBS[tokens[verb].low] in NEEDS_AFTER and token.low == "to":
        return False
    if token.kind == PUNCT:
        return token.text[0] in ".,;:—–―-!?"
    if token.kind == QUOTE:
        return False
    if SAY_VERBS[tokens[verb].low] in OBJECT_FIRST:
        return token.low != "that"
    return (
        token.low.endswith("ly")
        or token.low in TIME_WORDS
        or token.low in ADVERBS
        or (token.low in PREPOSITIONS and token.low not in ("as",))
    )
