"""Verbs of saying told from the nouns and names of the same form: "he claims", "her claims"."""

from __future__ import annotations

from analysis.quotes.frames import PUNCT, QUOTE, WORD, Token
from analysis.quotes.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CLOSED,
    CUE_VERBS,
    DETERMINERS,
    NEEDS_AFTER,
    NOUN_FORMS,
    PREPOSITIONS,
    SAY_VERBS,
)

_BEFORE_ADJECTIVES = ADVERBS | frozenset("more most less very some several many few such".split())


def is_verb(tokens: list[Token], i: int, low: int, high: int) -> bool:
    """Tell the verb from the noun or name of the same form."""
    token = tokens[i]
    word = token.low
    before = tokens[i - 1] if i > low else None
    after = tokens[i + 1] if i + 1 < high else None
    base = SAY_VERBS.get(word) or CUE_VERBS.get(word, "")
    needed = NEEDS_AFTER.get(base)
    if needed is not None and (after is None or after.low not in needed):
        return False
    if (
        token.cap
        and before is None
        and word in SAY_VERBS
        and after is not None
        and after.cap
        and not word.endswith("ing")
    ):
        return True  # "Said Jane Lee, who ..."
    if token.cap and before is not None and before.kind != QUOTE and before.text not in (":", "“", "—", "–"):
        return False
    if (
        word == "say"
        and before is not None
        and before.text == ","
        and after is not None
        and after.text == ","
    ):
        return False  # "a tax of, say, ten percent"
    if before is not None and before.kind == QUOTE and word == base and word in NOUN_FORMS:
        return False  # 'his "great people" remark'
    if before is None or before.kind != WORD:
        return not (
            word in NOUN_FORMS and (before is None or before.kind == PUNCT) and not _introduces(after)
        )
    if before.low.endswith("ly") and word.endswith("ed") and _opens_noun(tokens, i - 2, low):
        return False  # "its newly announced policy", "more racially charged remarks"
    if before.low in DETERMINERS and before.low not in (
        "that",
        "all",
        "both",
        "some",
        "many",
        "one",
        "others",
        "another",
    ):
        return False
    if before.owns and before.low not in ("he", "she", "it", "who", "that", "there"):
        return word not in NOUN_FORMS and word.endswith("ing")
    if word in NOUN_FORMS:
        if before.low.endswith("ing") or (before.low.endswith("ed") and _described(tokens, i, low)):
            return False
        if _introduces(after):
            plain = word == base and word not in ("read", "put", "cast")
            return not (plain and not _takes_base_form(before)) and not _deep_noun(tokens, i, low)
        if before.low in PREPOSITIONS and before.low != "to":
            return False
        if _governed(tokens, i, low):
            return False
        if word == base and word not in ("read", "put", "cast") and not _takes_base_form(before):
            return False
        for k in range(i - 1, max(low, i - 4) - 1, -1):
            t = tokens[k]
            if t.kind != WORD or t.low in CLOSED or t.cap:
                break
            if t.owns or t.low in DETERMINERS:
                return False
    elif before.low in PREPOSITIONS and before.low != "to" and not word.endswith("ing"):
        return False
    return True


def _opens_noun(tokens: list[Token], k: int, low: int) -> bool:
    return (
        k >= low
        and tokens[k].kind == WORD
        and (
            tokens[k].low in DETERMINERS - {"that", "some", "all", "many", "both"}
            or tokens[k].low in ("more", "most")
        )
    )


def _described(tokens: list[Token], i: int, low: int) -> bool:
    """Say whether a participle describes what tokens[i] names: "more heated comments", "some pointed remarks"."""
    if i - 2 < low or tokens[i - 2].kind != WORD:
        return False
    return tokens[i - 2].low in _BEFORE_ADJECTIVES or tokens[i - 2].low.endswith("ly")


def _governed(tokens: list[Token], i: int, low: int) -> bool:
    """Say whether the nouns up to tokens[i] hang on a preposition: "a series of Twitter posts"."""
    k = i - 1
    while (
        k >= max(low, i - 4)
        and tokens[k].kind == WORD
        and tokens[k].low not in CLOSED
        and tokens[k].low not in DETERMINERS
    ):
        k -= 1
    return (
        k >= low
        and k < i - 1
        and tokens[k].kind == WORD
        and tokens[k].low in ("of", "with", "from", "for", "between", "after")
    )


def _deep_noun(tokens: list[Token], i: int, low: int) -> bool:
    """Say whether tokens[i] ends an object: "calling the two long reports 'wrong'"."""
    for k in range(i - 1, max(low, i - 5), -1):
        token = tokens[k]
        if token.kind != WORD or token.low in CLOSED:
            return False
        if token.low in DETERMINERS or token.owns:
            return tokens[k - 1].low in CUE_VERBS
    return False


def _takes_base_form(before: Token) -> bool:
    """Say whether a bare verb may follow: after "to", an auxiliary, a plural, "they"; never after a singular noun."""
    low = before.low
    return (
        low in AUXILIARIES or low in ADVERBS or low in ("they", "we", "i", "you", "who", "and", "or", "that", "people", "some", "many")
        or (low.endswith("s") and not before.owns) or low.endswith("ly")
    )  # fmt: skip


def _introduces(after: Token | None) -> bool:
    return after is not None and (
        after.kind == QUOTE or after.text == ":" or after.low in ("that", "how", "whether")
    )
