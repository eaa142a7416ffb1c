"""Verbs and phrases that attribute words to somebody, in the tokens of one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.quotes.frames import PUNCT, QUOTE, WORD, Token
from analysis.quotes.lexicon import (
    ADVERBS,
    AUXILIARIES,
    BE,
    CLOSED,
    CUE_VERBS,
    DETERMINERS,
    PREPOSITIONS,
    SAY_VERBS,
    SPEECH_NOUNS,
    SUBORDINATORS,
    TIME_WORDS,
)
from analysis.quotes.phrases import NounPhrase, is_document, phrase_at, phrase_ending
from analysis.quotes.subjects import main_subject, phrase_before, skip_back
from analysis.quotes.verbs import is_verb

OBJECT_FIRST = frozenset("tell assure inform remind advise".split())
_SIGNS = frozenset(("according", *SPEECH_NOUNS, *CUE_VERBS))  # without one of these there is no cue


@dataclass(slots=True)
class Cue:
    """One attributing verb or phrase.

    Attributes:
        i: index of its token.
        end: index after its last token.
        base: base form of the verb, or "according to".
        strong: a verb of saying; otherwise a verb that frames words ("called").
        subject: token range of the speaker, if one was found.
        how: how the speaker was found.
    """

    i: int
    end: int
    base: str
    strong: bool
    subject: NounPhrase | None
    how: str


def find_cues(tokens: list[Token], low: int, high: int) -> list[Cue]:
    """Find the cues of a sentence, tokens[low:high], from left to right."""
    out: list[Cue] = []
    main: list[NounPhrase | None] = []
    for i in [i for i, token in enumerate(tokens[low:high], low) if token.low in _SIGNS]:
        token = tokens[i]
        word = token.low
        if word == "according" and i + 2 < high and tokens[i + 1].low == "to":
            out.append(Cue(i, i + 2, "according to", True, phrase_at(tokens, i + 2, high), "according_to"))
            continue
        if word in SPEECH_NOUNS and not token.cap and low < i < high - 1 and _names_words(tokens, i, high):
            owner = _owner(tokens, i, low)
            if owner is not None:
                out.append(Cue(i, i + 1, "noun", True, owner, "possessive"))
                continue
        base = SAY_VERBS.get(word) or CUE_VERBS.get(word)
        if base is None or token.owns or not is_verb(tokens, i, low, high):
            continue
        subject, how = _subject(tokens, i, low, high, main, out)
        out.append(Cue(i, i + 1, base, word in SAY_VERBS, subject, how))
    return out


def _names_words(tokens: list[Token], i: int, high: int) -> bool:
    """Say whether words follow a noun of speech: a quotation, "that", or "about" and a quotation."""
    after = tokens[i + 1]
    if after.kind == QUOTE or after.text == ":" or after.low == "that":
        return True
    return (
        after.low in ("about", "of", "as")
        and i + 2 < high
        and any(t.kind == QUOTE for t in tokens[i + 2 : i + 4])
    )


def _owner(tokens: list[Token], i: int, low: int) -> NounPhrase | None:
    """Find whose words a noun of speech names: "Lee's repeated claim", "her warning"."""
    for k in range(i - 1, max(low, i - 4) - 1, -1):
        token = tokens[k]
        if token.kind != WORD:
            return None
        if token.low in ("his", "her", "their"):
            return (k, k + 1)
        if token.owns and token.cap:
            return phrase_ending(tokens, k, low)
        if token.low in CLOSED or token.low in DETERMINERS or token.cap:
            return None
    return None


def _subject(
    tokens: list[Token], i: int, low: int, high: int, main: list[NounPhrase | None], earlier: list[Cue]
) -> tuple[NounPhrase | None, str]:
    word = tokens[i].low
    before = tokens[i - 1] if i > low else None
    if i == low and word.endswith("ing"):
        return main_subject(tokens, low, high), "participle"
    if i == low and tokens[i].cap and i + 1 < high and not tokens[i + 1].cap:
        return None, "fronted"  # "Asked what it cost, Lee said ..."
    if i == low and tokens[i].cap:
        return phrase_at(tokens, i + 1, high), "before"
    inverted = _inverted(tokens, i, low, high)
    if inverted is not None:
        return inverted, "inverted"
    if before is not None and before.kind == WORD and before.low == "as" and i - 2 >= low:
        quoted = _quoted_as(tokens, i, low, high, earlier)
        if quoted is not None:
            return quoted, "before"
    if word.endswith("ing") and (before is None or before.low not in BE):
        found = None
        k = skip_back(tokens, i - 1, low)
        if k >= low and tokens[k].kind == WORD and tokens[k].low not in PREPOSITIONS:
            found = phrase_before(tokens, i, low)
            if found is not None and not _with_phrase(tokens, found, low):
                found = None
        if found is not None:
            return found, "with"
        return _main(tokens, low, i, main, earlier), "participle"
    if _passive(tokens, i, low, high):
        return _agent(tokens, i, high), "passive"
    k = skip_back(tokens, i - 1, low)
    if k >= low and tokens[k].kind == WORD and tokens[k].low == "to":
        return _main(tokens, low, i, main, earlier), "infinitive"
    if (k >= low and tokens[k].kind == WORD and tokens[k].low in ("and", "but", "or", "then")) or (
        k >= low and tokens[k].text == "," and k - 1 >= low and tokens[k - 1].low == "and"
    ):
        return _main(tokens, low, i, main, earlier), "shared"
    found = phrase_before(tokens, i, low)
    if found is not None:
        if k >= low and tokens[k].low == "that" and is_document(tokens, found):
            issuer = _main(tokens, low, found[0], [], earlier)  # "released a letter that says"
            if issuer is not None and issuer != found:
                return issuer, "document"
        return found, "before"
    if (
        k >= low
        and tokens[k].text == ","
        and word in SAY_VERBS
        and any(t.kind == QUOTE for t in tokens[low:k])
    ):
        found = phrase_at(tokens, i + 1, high)  # '"We are happy" about it, said Lee'
        if found is not None and SAY_VERBS[word] not in OBJECT_FIRST and _may_follow(tokens, found, high):
            return found, "inverted"
    if k < low or tokens[k].kind != WORD:
        shared = _main(tokens, low, i, main, earlier)
        if shared is not None:
            return shared, "shared"
    return None, "none"


def _passive(tokens: list[Token], i: int, low: int, high: int) -> bool:
    """Say whether tokens[i] is a passive participle: "was called", "agreed by both", but not "was saying"."""
    word = tokens[i].low
    if word.endswith("ing") or word in ("say", "says", "tells", "asked"):
        return False
    if i + 1 < high and tokens[i + 1].low == "by" and word.endswith(("ed", "en", "n")):
        return True
    k = i - 1
    while k >= low and tokens[k].kind == WORD and (tokens[k].low in ADVERBS or tokens[k].low.endswith("ly")):
        k -= 1
    return (
        k >= low
        and tokens[k].kind == WORD
        and tokens[k].low in BE
        and (
            word.endswith("ed")
            or word in ("known", "said", "told", "seen", "written", "cast", "held", "found")
        )
    )


def _agent(tokens: list[Token], i: int, high: int) -> NounPhrase | None:
    """Find the "by" phrase of a passive, if one follows soon."""
    for k in range(i + 1, min(high, i + 10)):
        if tokens[k].kind == WORD and tokens[k].low == "by" and k + 1 < high:
            found = phrase_at(tokens, k + 1, high)
            if found is not None and tokens[found[0]].low not in TIME_WORDS:
                return found
        if tokens[k].kind == PUNCT and tokens[k].text in ".;:":
            break
    return None


def _inverted(tokens: list[Token], i: int, low: int, high: int) -> NounPhrase | None:
    """Find the speaker after the verb: the verb follows a quotation and a noun phrase follows the verb."""
    word = tokens[i].low
    base = SAY_VERBS.get(word)
    if base is None or base in OBJECT_FIRST or word.endswith("ing"):
        return None
    k = i - 1
    while k >= low and (
        tokens[k].low in ADVERBS or (tokens[k].kind == PUNCT and tokens[k].text[0] in ",—–-―")
    ):
        k -= 1
    if k < low or tokens[k].kind != QUOTE:
        return None
    j = i + 1
    while (
        j < high
        and tokens[j].kind == WORD
        and tokens[j].low in ADVERBS
        and tokens[j].low not in ("both", "all")
    ):
        j += 1
    found = phrase_at(tokens, j, high)
    return found if found is not None and _may_follow(tokens, found, high) else None


def _may_follow(tokens: list[Token], found: NounPhrase, high: int) -> bool:
    """Say whether a phrase after a verb may be its subject: not a time, not the subject of a clause of its own."""
    first = tokens[found[0]].low
    if first in TIME_WORDS or first in ("it", "that", "this", "you"):
        return False
    if first in ("he", "she", "they", "i") and found[1] < high and tokens[found[1]].kind == WORD:
        # 'Lee, who called it "odd," said he would stay'
        after = tokens[found[1]].low
        return after in TIME_WORDS or after in PREPOSITIONS or after in ADVERBS
    return True


def _quoted_as(tokens: list[Token], i: int, low: int, high: int, earlier: list[Cue]) -> NounPhrase | None:
    """Find the speaker of "quoted X as saying" and "X was quoted as saying"."""
    for cue in reversed(earlier):
        if i - cue.i > 14:
            break
        if cue.base in ("quote", "cite", "hear", "describe", "report"):
            after = phrase_at(tokens, cue.i + 1, i)
            if after is not None and tokens[cue.i + 1].low not in PREPOSITIONS:
                return after
            return phrase_before(tokens, cue.i, low)
    return None


def _with_phrase(tokens: list[Token], found: NounPhrase, low: int) -> bool:
    """Say whether a phrase right before a participle is its subject: "with the minister saying", not "a letter saying"."""
    if is_document(tokens, found):
        return False
    k = found[0] - 1
    if k < low or not (tokens[k].kind == WORD or tokens[k].text in ("–", "—")):
        return False
    if tokens[k].low in ("with", "as", "by", "from", "of", "at", "like"):
        return True
    # "- Ann saying she was glad and Tom calling it odd"
    return (
        (tokens[k].low == "and" or tokens[k].kind == PUNCT)
        and tokens[found[0]].cap
        and not tokens[found[1] - 1].owns
    )


def _main(
    tokens: list[Token], low: int, i: int, main: list[NounPhrase | None], earlier: list[Cue]
) -> NounPhrase | None:
    """Give a verb without a subject of its own that of the clause before it."""
    # a clause of its own: ", but she ... and said"
    for k in range(i - 1, max(low, i - 30) - 1, -1):
        token = tokens[k]
        if token.kind == PUNCT and token.text in ";:":
            found = phrase_at(tokens, k + 1, i)
            if found is not None:
                return found
            break
        if token.low in ("but", "while", "and") and k > low and tokens[k - 1].text == "," and k + 1 < i:
            found = phrase_at(tokens, k + 1, i)
            if found is not None and found[1] < i and _opens_clause(tokens, found, i):
                return found
    for cue in reversed(earlier):
        if cue.how in ("inverted", "before", "after") and cue.subject is not None and cue.strong:
            k = cue.subject[0] - 1
            if k < low or tokens[k].kind != WORD or tokens[k].low not in SUBORDINATORS | PREPOSITIONS:
                return cue.subject
    if not main:
        main.append(main_subject(tokens, low, i))
    return main[0]


def _opens_clause(tokens: list[Token], found: NounPhrase, i: int) -> bool:
    k = found[1]
    return k < i and tokens[k].kind == WORD and (
        tokens[k].low in AUXILIARIES or tokens[k].low in CUE_VERBS or tokens[k].low.endswith("ed") or tokens[k].low in ADVERBS
    )  # fmt: skip
