"""Noun phrases by closed word classes: where one that ends or begins at a word reaches.

No tagger: the words of grammar, capital letters and a list of role nouns delimit a phrase. All walks are bounded.
"""

from __future__ import annotations

from analysis.quotes.frames import PUNCT, QUOTE, WORD, Token
from analysis.quotes.lexicon import (
    ADVERBS,
    BODY_NOUNS,
    CLOSED,
    CONJUNCTIONS,
    CUE_VERBS,
    DETERMINERS,
    DOCUMENTS,
    INDEFINITE,
    NOUN_FORMS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    SAY_VERBS,
    TIME_WORDS,
    TITLES,
    WEEKDAYS,
    is_role,
)

NounPhrase = tuple[int, int]

REACH = 40

_OF = frozenset("of for at from in with to".split())

_PARTICIPLES = frozenset("made given taken held led sent won born seen known sold built written put".split())

_PARTICLES = frozenset("de da di del della van von der den al el bin ibn la le du dos das ter y".split())


def is_name(token: Token) -> bool:
    """Say whether a token looks like part of a name."""
    return token.kind == WORD and token.cap and token.low not in CLOSED and token.low not in DETERMINERS


def is_adverb(low: str) -> bool:
    """Say whether a folded word is an adverb."""
    return low in ADVERBS or (
        low.endswith("ly") and low not in ("family", "ally", "rally", "assembly", "italy", "july")
    )


def phrase_ending(tokens: list[Token], k: int, low: int) -> NounPhrase | None:
    """Find the noun phrase whose last word is tokens[k]."""
    return grow(tokens, k, low)


def grow(tokens: list[Token], k: int, low: int) -> NounPhrase | None:
    """Grow a noun phrase leftwards from its last word."""
    stop = max(low, k - REACH)
    start = k
    lower_seen = not tokens[k].cap
    role_seen = is_role(tokens[k].low) if not tokens[k].cap else False
    i = k - 1
    if tokens[k].low in DETERMINERS and tokens[k].low in POSSESSIVES:
        i = stop - 1
    while i >= stop:
        token = tokens[i]
        if token.kind == PUNCT:
            if (
                token.text == "."
                and i - 1 >= stop
                and tokens[i - 1].cap
                and tokens[i - 1].end == token.start
                and (len(tokens[i - 1].text) <= 4 or tokens[i - 1].low in TITLES)
                and tokens[i - 1].low not in CLOSED
            ):
                i -= 1  # Mr. / J.
                continue
            if token.text in ("/", "&") and i > stop:
                i -= 1
                continue
            break
        if token.kind == QUOTE:
            break
        word = token.low
        if len(word) == 1 and token.cap and i < k and tokens[i + 1].text == "." and i > stop:
            start = i  # "Samuel A. Hill"
            i -= 1
            continue
        if word in DETERMINERS and word not in ("what", "that"):
            start = i
            if (
                word
                in (
                    "one",
                    "two",
                    "three",
                    "other",
                    "many",
                    "several",
                    "all",
                    "both",
                    "some",
                    "any",
                    "no",
                    "such",
                )
                and i - 1 >= stop
                and tokens[i - 1].low in DETERMINERS | {"of"}
            ):
                i -= 1
                continue
            break
        if token.cap and word not in CLOSED:
            if word in WEEKDAYS or (word in ADVERBS):
                break
            start = i
            i -= 1
            continue
        if word in _PARTICLES and i - 1 >= stop and tokens[i - 1].cap:
            start = i
            i -= 1
            continue
        if word in CLOSED or is_adverb(word):
            break
        if word in CUE_VERBS and word not in NOUN_FORMS and not word.endswith("ed"):
            break
        if (word.endswith(("ing", "ed")) or word in _PARTICIPLES) and not (
            i - 1 >= stop and tokens[i - 1].low in DETERMINERS
        ):
            break
        if not lower_seen and not (is_role(word) or role_seen or token.owns):
            break  # "the debate Trump said": two phrases, unless a role stands before the name
        if (
            word in CUE_VERBS
            and i - 1 >= stop
            and tokens[i - 1].kind == WORD
            and tokens[i - 1].low in PRONOUNS
        ):
            break
        lower_seen = True
        role_seen = role_seen or is_role(word)
        start = i
        i -= 1
    if tokens[start].low in ("and", "or", "&"):
        return None
    return _extend(tokens, start, k + 1, low)


def _extend(tokens: list[Token], start: int, end: int, low: int) -> NounPhrase:
    """Add what the phrase hangs on: "a spokesman | for | Mr. Trump", "Clinton | and | Kaine", "Smith, | an aide"."""
    before = start - 1
    if before - 1 < low or tokens[before].kind == QUOTE:
        return (start, end)
    token = tokens[before]
    prior = tokens[before - 1]
    if (
        token.kind == WORD
        and before - 2 >= low
        and _participle(prior)
        and token.low in PREPOSITIONS
        and _is_nominal(tokens[before - 2])
    ):
        # "a source | speaking to Fox News", "emails | released by the group"
        found = grow(tokens, before - 2, low)
        if found is not None and heads_phrase(tokens, found, low):
            return (found[0], end)
    elif token.kind == WORD and token.low in _OF and _is_nominal(prior):
        found = grow(tokens, before - 1, low)
        if found is not None and heads_phrase(tokens, found, low):
            return (found[0], end)
    elif token.kind == WORD and token.low in ("and", "&") and is_name(prior) and is_name(tokens[start]):
        found = grow(tokens, before - 1, low)
        if found is not None and (found[0] <= low or tokens[found[0] - 1].kind != WORD):
            return (found[0], end)
    elif (
        token.kind == PUNCT
        and token.text == ","
        and is_name(prior)
        and tokens[start].low in DETERMINERS
        and not tokens[end - 1].cap
    ):
        found = grow(tokens, before - 1, low)
        if (
            found is not None
            and (found[0] <= low or tokens[found[0] - 1].low in CONJUNCTIONS)
            and is_name(tokens[found[0]])
        ):
            return (found[0], end)
    return (start, end)


def _is_nominal(token: Token) -> bool:
    return token.kind == WORD and token.low not in CLOSED and not is_adverb(token.low) and token.low not in TIME_WORDS and (
        token.cap or token.low not in CUE_VERBS or token.low in NOUN_FORMS
    ) and not _participle(token)  # fmt: skip


def _participle(token: Token) -> bool:
    return (
        token.kind == WORD
        and not token.cap
        and (token.low.endswith(("ing", "ed")) or token.low in _PARTICIPLES)
    )


def heads_phrase(tokens: list[Token], found: NounPhrase, low: int) -> bool:
    """Say whether a noun before "of" may be the subject: nothing governs it as an object of place or time."""
    before = found[0] - 1
    if before < low:
        return True
    token = tokens[before]
    if token.kind != WORD:
        return True
    return token.low not in PREPOSITIONS and not (token.low.endswith("ing") and not token.cap)


def phrase_at(tokens: list[Token], i: int, high: int) -> NounPhrase | None:
    """Find the noun phrase that begins at tokens[i]."""
    if i >= high or tokens[i].kind != WORD:
        return None
    first = tokens[i]
    if first.low in PRONOUNS:
        return (i, i + 1)
    end = i
    lower_only = True
    after_name = False
    limit = min(high, i + 16)
    while end < limit:
        token = tokens[end]
        word = token.low
        if token.kind == PUNCT:
            if (
                token.text == "."
                and end > i
                and tokens[end - 1].cap
                and tokens[end - 1].end == token.start
                and end + 1 < limit
                and tokens[end + 1].cap
                and (
                    tokens[end - 1].low in TITLES
                    or len(tokens[end - 1].text) == 1
                    or tokens[end - 1].low in ("jr", "st", "gen")
                )
            ):
                end += 1
                continue
            break
        if token.kind == QUOTE:
            break
        if word in DETERMINERS:
            if end > i and tokens[end - 1].low not in DETERMINERS and word not in ("one", "two", "other"):
                break
            end += 1
            if token.low in POSSESSIVES:
                lower_only = True
            continue
        if word in CLOSED and not (word in _PARTICLES and after_name):
            if (
                word in ("and", "&")
                and after_name
                and end + 1 < limit
                and is_name(tokens[end + 1])
                and tokens[end + 1].low not in WEEKDAYS
            ):
                end += 1
                continue
            break
        if token.cap:
            if word in WEEKDAYS or (word in TIME_WORDS and after_name):
                break
            lower_only = False
            after_name = True
            end += 1
            if token.owns and end < limit:
                after_name = False
                lower_only = True
            continue
        if (
            after_name
            and word not in DOCUMENTS
            and word not in BODY_NOUNS
            and not is_role(word)
            and word not in _PARTICLES
            and word not in ("campaign", "administration", "team", "office", "aides", "camp")
        ):
            break
        if (
            (is_adverb(word) and not (end > i and word.endswith("ly") and tokens[end - 1].low in DETERMINERS))
            or (word in CUE_VERBS and end > i and (word not in NOUN_FORMS or not lower_only))
            or word in TIME_WORDS
        ):
            break
        if (
            word in CUE_VERBS
            and end > i
            and word in NOUN_FORMS
            and tokens[end - 1].low not in DETERMINERS
            and word in SAY_VERBS
            and end + 1 < high
            and tokens[end + 1].kind == PUNCT
        ):
            break
        if end > i and (
            word.endswith("ing")
            or word in _PARTICIPLES
            or (word.endswith("ed") and tokens[end - 1].low not in DETERMINERS)
        ):
            break
        if end > i + 1 and _third_person(tokens, end, high):
            break
        after_name = False
        end += 1
    if end == i:
        return None
    if all(t.low in DETERMINERS for t in tokens[i:end]) and not (
        tokens[i].low in INDEFINITE or (tokens[i].low in ("this", "that", "all", "both", "some", "many"))
    ):
        return None
    named = _apposed_name(tokens, end, high)
    return (i, named if named > end else _with_complement(tokens, i, end, high))


def _with_complement(tokens: list[Token], i: int, end: int, high: int) -> int:
    """Take in what a role belongs to: "the mayor | of Port Ellis", "a spokesman | for Mr. Hill"."""
    last = tokens[end - 1]
    if last.cap or last.kind != WORD or not (is_role(last.low) or last.low in BODY_NOUNS) or end + 1 >= high:
        return end
    if tokens[end].kind != WORD or tokens[end].low not in ("of", "for", "at", "from"):
        return end
    if tokens[end + 1].kind != WORD or tokens[end + 1].low in TIME_WORDS or tokens[end + 1].low in PRONOUNS:
        return end
    inner = phrase_at(tokens, end + 1, high) if high - i < 400 and end - i < 12 else None
    return inner[1] if inner is not None else end


def _apposed_name(tokens: list[Token], end: int, high: int) -> int:
    """Take in the name after a role: "the head of the bank (B.), | Jane Lee"."""
    if not is_role(tokens[end - 1].low) and tokens[end - 1].low not in TITLES:
        return end
    k = end
    limit = min(high, end + 16)
    while (
        k < limit
        and tokens[k].kind == WORD
        and tokens[k].low in ("of", "for", "at", "to", "in", "the", "and")
    ) or (k < limit and k > end and is_name(tokens[k])):
        k += 1
    if k < limit and tokens[k].text == "(":
        while k < limit and tokens[k].text != ")":
            k += 1
        k += 1
    if k + 2 >= limit or tokens[k].text != "," or not is_name(tokens[k + 1]) or not is_name(tokens[k + 2]):
        return end
    k += 1
    while k < limit and is_name(tokens[k]):
        k += 1
    return k if k == high or tokens[k].text in (",", ".") or tokens[k].kind == WORD else end


def _third_person(tokens: list[Token], k: int, high: int) -> bool:
    """Say whether tokens[k] looks like a verb in -s: after a noun and before an object or a preposition."""
    word = tokens[k].low
    if (
        not word.endswith("s")
        or word.endswith("ss")
        or is_role(word)
        or tokens[k - 1].low in DETERMINERS
        or tokens[k - 1].low.endswith("s")
    ):
        return False
    if k + 1 >= high or tokens[k + 1].kind != WORD:
        return False
    after = tokens[k + 1].low
    return (
        after in DETERMINERS
        or after in PRONOUNS
        or (after in PREPOSITIONS and after not in ("of", "for", "at", "in", "from"))
    )


def is_document(tokens: list[Token], phrase: NounPhrase) -> bool:
    """Say whether a phrase names a thing with words in it, such as a statement."""
    return any(t.low in DOCUMENTS for t in tokens[phrase[0] : phrase[1]] if not t.cap) and not any(
        is_role(t.low) for t in tokens[phrase[0] : phrase[1]]
    )
