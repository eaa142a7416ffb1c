"""Who acts: the subject and the first finite verb of a sentence or a headline, by rules on word forms (no parser)."""

from __future__ import annotations

import re
from typing import NamedTuple

from analysis.text import STOPWORDS, Span, fold, straighten, words


class Clause(NamedTuple):
    """Who acts and the verb group, as character ranges, and whether it is passive."""

    actor: Span
    verb: Span
    passive: bool


_BE = frozenset("is are was were be been being am 's 're".split())
_HELPERS = _BE | frozenset(
    "has have had will would can could may might must shall should do does did is are was were".split()
)
# Common irregular and base forms that a word's ending does not give away.
_FINITE = frozenset(
    """said says told tells made makes met meets took takes gave gives held holds came comes went goes saw sees began begins
    became becomes led leads left leaves put puts set sets sent sends spoke speaks struck strikes won wins lost loses
    fell falls rose rises grew grows kept keeps got gets knew knows thought thinks found finds felt feels stood stands
    broke breaks brought brings built builds bought buys sought seeks sold sells shot shoots sat sits ran runs hit hits
    cut cuts let lets paid pays read reads rejects drew draws drove drives flew flies forced forces fought fights
    laid lays meant means overtook spent spends stuck swore swept swung threw throws underwent understood withdrew
    wrote writes vowed vows wants urges warns backs calls plans seeks faces hopes asks""".split()
)
_NOT_FINITE_ED = frozenset(
    "united indeed hundred need speed wed red bed shed united armed related aged".split()
)
_ENDING = re.compile(r"(?:ed|[^su'’i]s)$")
_PREPOSITIONS = frozenset(
    """in on at after before during amid following as while when since with despite under by for from through
    because if although though according speaking citing over until upon against among between based""".split()
)
_DATELINE = re.compile(r"[A-Z][^!?\"“”]{0,50}?(?:\)\s*[-–—―:]|\s[-–—―]{1,2}\s)|[A-Z][^.!?\"“”]{0,40}?:\s")
_TRAILING = frozenset(
    """also on monday tuesday wednesday thursday friday saturday sunday has have had today yesterday now again once just
    then still never always often at in this last next week month year night morning evening afternoon early late""".split()
)
_TIMES = frozenset(
    f"{noun}{end}" for noun in "minute hour day week month year decade moment".split() for end in ("", "s")
)
_RELATIVES = frozenset("who which that whose whom where".split())
_DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your some many several two three four five one no all both".split()
)


def clause_of(text: str, start: int, end: int) -> Clause | None:
    """Find the subject and the first finite verb of the main clause in `text[start:end]`."""
    spans = words(text, start, end)
    tokens = [fold(text[a:b]) for a, b in spans]
    if not tokens:
        return None
    at = _after_introduction(text, spans, tokens)
    # "It looks like the mayor is leaving": the mayor does not act in the main clause
    i, head_end, depth = at, at + 1 if tokens[at] in ("it", "there") else -1, 0
    while i < len(tokens):
        gap = text[spans[i - 1][1] : spans[i][0]] if i > at else ""
        if i > at and ("," in gap or " - " in straighten(gap) or "(" in gap) and depth == 0:
            closing = _closing(text, spans, i)
            if closing is not None and not _is_finite(text, spans, tokens, i, at):
                head_end = head_end if head_end >= 0 else i
                i = closing
                continue
        if tokens[i] in _RELATIVES and i > at:
            head_end = head_end if head_end >= 0 else i
            inner = next(
                (j for j in range(i + 1, len(tokens)) if _is_finite(text, spans, tokens, j, at)), None
            )
            if inner is None:
                return None
            i = inner + 1
            while i < len(tokens) and tokens[i] in _HELPERS:
                i += 1
            i += 1 if i < len(tokens) and tokens[i - 1] in _HELPERS else 0
            continue
        if i > at and _is_finite(text, spans, tokens, i, at):
            return _made(text, spans, tokens, at, head_end if head_end >= 0 else i, i)
        i += 1
    return None


_NEXT_NAME = re.compile(r"(?:,| and|, and) (?:the )?(?:[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*)*)")


_UNDER = re.compile(
    r"\b(?:of|in|on|at|to|with|from|by|for|between|against|under|over|near|into)\s+(?:the\s+)?$", re.I
)


def acts(text: str, start: int, end: int) -> bool:
    """Does a finite verb follow the name at [start, end), or the names that are joined to it?"""
    if _UNDER.search(text, max(0, start - 12), start):
        return False
    joined = _NEXT_NAME.match(text, end)
    while joined:
        end = joined.end()
        joined = _NEXT_NAME.match(text, end)
    spans = words(text, end, min(len(text), end + 60))[:4]
    tokens = [fold(text[a:b]) for a, b in spans]
    for i, (a, _) in enumerate(spans[:2]):
        if text[spans[i - 1][1] if i else end : a].strip():
            return False  # a mark or an apposition: too far for a guess
        if _is_finite(text, spans, tokens, i, 0):
            return True
        if not tokens[i].endswith("ly") and tokens[i] not in ("also", "now", "once"):
            return False
    return False


def _after_introduction(text: str, spans: list[Span], tokens: list[str]) -> int:
    """Skip a dateline ("PARIS — "), and "On Monday," and the like: a phrase that opens with a preposition up to a comma."""
    at = 0
    dateline = _DATELINE.match(text, spans[0][0], spans[-1][1])
    if dateline:
        at = next((j for j, (a, _) in enumerate(spans) if a >= dateline.end()), 0)
    for _ in range(2):
        if (
            tokens[at] not in _PREPOSITIONS
            and not tokens[at].endswith(("ly", "ing"))
            and not _opens_with_time(tokens, at)
        ):
            break
        comma = next(
            (j for j in range(at + 1, len(tokens)) if "," in text[spans[j - 1][1] : spans[j][0]]), None
        )
        if comma is None:
            break
        at = comma
    return at


def _opens_with_time(tokens: list[str], at: int) -> bool:
    """Is this "Two days after ...", "Hours before ...", "A week ago ..."?"""
    noun = next((k for k in range(at, min(at + 3, len(tokens))) if tokens[k] in _TIMES), None)
    return (
        noun is not None
        and all(token in _DETERMINERS or token.isdigit() for token in tokens[at:noun])
        and noun + 1 < len(tokens)
        and tokens[noun + 1] in ("after", "before", "since", "ago", "later", "earlier", "into")
    )


def _closing(text: str, spans: list[Span], i: int) -> int | None:
    """The word after the comma, dash or bracket that closes what opens before word `i`, or None."""
    for j in range(i + 1, min(len(spans), i + 25)):
        gap = straighten(text[spans[j - 1][1] : spans[j][0]])
        if "," in gap or " - " in gap or ")" in gap:
            return j
    return None


def _is_finite(text: str, spans: list[Span], tokens: list[str], i: int, at: int) -> bool:
    token, before = tokens[i], tokens[i - 1] if i > at else ""
    if before in _DETERMINERS or before == "to":
        return False
    if token in _HELPERS:
        return True
    if text[spans[i][0]].isupper():
        return False  # a name
    if token in _FINITE:
        return True
    if token == "used":
        return True
    if (
        token in _NOT_FINITE_ED
        or not _ENDING.search(token)
        or len(token) < 4
        or token in STOPWORDS
        or "-" in token
    ):
        return False
    following = tokens[i + 1] if i + 1 < len(tokens) else ""
    if token.endswith("ed"):
        return following != "by" or before in _BE
    # a word in -s is a verb rather than a plural if a noun phrase, preposition or infinitive follows a singular
    return following in _DETERMINERS | {"to", "that"} and not before.endswith(("s", "ing"))


def _made(
    text: str, spans: list[Span], tokens: list[str], at: int, head_end: int, verb: int
) -> Clause | None:
    last = head_end - 1
    while last >= at and (tokens[last].endswith("ly") or tokens[last] in _TRAILING):
        last -= 1
    if last < at:
        return None
    stop = verb
    while stop + 1 < len(tokens) and (
        tokens[stop] in _HELPERS or tokens[stop] in {"not", "also"} or tokens[stop].endswith("ly")
    ):
        stop += 1
    be = any(t in _BE for t in tokens[verb:stop])
    passive = be and (
        tokens[stop].endswith(("ed", "en")) or tokens[stop] in {"held", "made", "told", "hit", "found"}
    )
    return Clause((spans[at][0], spans[last][1]), (spans[verb][0], spans[stop][1]), passive)


# --- headlines -------------------------------------------------------------------------------------------------------

# Verbs that headlines are made with; a headline writes nouns with capitals too, so that an ending alone says nothing.
_HEADLINE_VERBS = frozenset(
    """accept accuse acquit add address admit adopt agree aim allow announce apologise apologize appeal appear appoint
    approve argue arrest arrive ask assail attack avoid back ban bar beat become begin believe bet bid blame blast block
    boost bow break bring build buy call cancel capture challenge charge chide claim clear close collapse come condemn
    confirm consider continue convict criticise criticize cut decide declare decline defeat defend delay demand deny
    deploy detail detain die discuss dismiss dodge doubt drop ease elect embrace end endorse enter escape evacuate expand
    expect expel explain expose extend eye face fail fall fear fight file find finish fire flee focus follow force free
    get give go grant grill grow halt head hear help hint hit hold honour honor hope hurt ignore impose indict injure insist
    intensify introduce investigate invite join keep kick kill land lash launch lead learn leave lift link lose make mark meet mock
    mourn move name near need nominate offer open oppose order oust outline overturn overhaul override pardon pass pay plan play pledge praise
    predict prepare press probe promise propose protest prove push put question quit raise rally reach react read reaffirm
    rebuke recall receive recommend refuse reject release remain remove repeal replace report rescue resign respond retire
    return reveal reverse review rip rise rule rush sack sanction say scold see seek seem seize sell send sentence set shake share show negotiate
    shoot shut sign slam slow soar speak spend spark split spur stage stall stand start stay stop stress strike struggle
    submit sue suffer suggest summon support surge survive suspend take talk target taunt tell test thank think threaten
    tie tout trade try tumble turn underscore unveil urge use veto visit vote vow voice walk want warn watch weigh welcome win
    withdraw wonder work worry wow""".split()
)  # fmt: skip
_NOUNS_TOO = frozenset(
    """address aim appeal attack ban bid blast call charge claim cut deal delay demand end face fall fear fight file fire
    focus force hit hold hope kick land lead link mark meet move name need offer open order pass plan pledge press probe
    promise protest push question rally report rescue return review rise rule rush sentence set share shot sign spark split
    stage stand start strike support surge talk target test tie trade turn use veto visit voice vote watch work worry""".split()
)
_READY = frozenset("willing set open poised ready unlikely likely due expected about still not never".split())
_PASSIVE_BY = frozenset("by over at in on for as after amid from during with to following".split())
_LONG_NAME = 4  # words before a colon that name a speaker, at the most


def headline_clause(text: str) -> Clause | None:
    """Find who acts in a headline, and the verb, by its own grammar: no articles, the present tense, "X: ..." for speech.

    A past participle without a helper is passive ("Chief Fired Over Leak"); "to" before a verb stands for the future.
    """
    spans = words(text)
    tokens = [fold(text[a:b]) for a, b in spans]
    if not tokens:
        return None
    at = _after_introduction(text, spans, tokens) if tokens[0] in _PREPOSITIONS else 0
    if tokens[0] in ("who", "what", "which"):
        return None
    at += tokens[0] in ("why", "how", "when", "where") and len(tokens) > 1
    under_way = -1
    for i in range(at + 1, len(tokens)):
        gap = text[spans[i - 1][1] : spans[i][0]]
        if ":" in gap:
            said_by = text[spans[at][0] : spans[i - 1][1]]
            titled = all(text[a].isupper() for a, _ in spans[at:i]) and not tokens[at].endswith("ing")
            named = titled and i - at <= _LONG_NAME and not set('“"‘') & set(said_by)
            return Clause((spans[at][0], spans[i - 1][1]), (spans[i][0],) * 2, False) if named else None
        if ";" in gap or "?" in gap or tokens[i] == "that":
            break
        if tokens[i] in _RELATIVES:
            return _after_relative(text, spans, tokens, at, i)
        helper = tokens[i] in _HELPERS or (tokens[i] == "to" and _base(tokens, i + 1) != "")
        if helper or _headline_verb(text, spans, tokens, i, at):
            return _headline_made(text, spans, tokens, at, i, helper)
        if under_way < 0 and tokens[i].endswith("ing") and _in_progress(tokens[i]):
            under_way = i
    return _headline_made(text, spans, tokens, at, under_way, False) if under_way > 0 else None


def _in_progress(token: str) -> bool:
    """Is it a verb of headlines in -ing: "Ryan facing complaints"?"""
    cut = token.removesuffix("ing")
    return {cut, cut + "e", cut[:-1] if cut[-1:] == cut[-2:-1] else cut} & _HEADLINE_VERBS != set()


def _after_relative(text: str, spans: list[Span], tokens: list[str], at: int, i: int) -> Clause | None:
    """Pass over "…, who …," and look for the verb behind it."""
    for j in range(i + 1, len(tokens)):
        if "," in text[spans[j - 1][1] : spans[j][0]]:
            helper = tokens[j] in _HELPERS
            if helper or _headline_verb(text, spans, tokens, j, at):
                made = _headline_made(text, spans, tokens, at, j, helper)
                return made._replace(actor=(spans[at][0], spans[i - 1][1])) if made else None
    return None


def _base(tokens: list[str], i: int) -> str:
    """The verb of a headline that a word is a form of, or nothing."""
    if i >= len(tokens):
        return ""
    token = tokens[i]
    for cut, put in (("", ""), ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("d", "")):
        if token.endswith(cut) and token[: len(token) - len(cut)] + put in _HEADLINE_VERBS:
            return token[: len(token) - len(cut)] + put
    doubled = re.sub(r"(.)\1(?:ed)$", r"\1", token)
    return doubled if doubled != token and doubled in _HEADLINE_VERBS else ""


def _headline_verb(text: str, spans: list[Span], tokens: list[str], i: int, at: int) -> bool:
    token, before = tokens[i], tokens[i - 1]
    if before in _DETERMINERS or before in _PREPOSITIONS or before in ("to", "of") or "-" in token:
        return False
    base = _base(tokens, i)
    if not base:
        return token in _FINITE
    if token == base and not (
        before.endswith("s") or "and" in tokens[at:i] or "," in text[spans[at][0] : spans[i][0]]
    ):
        return False  # one actor takes an -s
    if base in _NOUNS_TOO:  # "Tax Talks Stall": the verb is the other one
        after = _base(tokens, i + 1)
        follows = i + 1 < len(tokens) and (tokens[i + 1] in _HELPERS or tokens[i + 1] in _FINITE)
        return (
            i + 1 < len(tokens)
            and not follows
            and (not after or (after in _NOUNS_TOO and tokens[i + 1] != after))
        )
    return True


def _headline_made(
    text: str, spans: list[Span], tokens: list[str], at: int, i: int, helper: bool
) -> Clause | None:
    last = i - 1
    while last > at and (tokens[last] in _READY or tokens[last] in _TRAILING or tokens[last].endswith("ly")):
        last -= 1
    commas = [j for j in range(at + 1, last + 1) if "," in text[spans[j - 1][1] : spans[j][0]]]
    if commas and (last - commas[-1] >= 2 or (not helper and tokens[i] != _base(tokens, i))):
        last = commas[0] - 1  # an apposition; "A, B launch" is two who act
    stop = i
    while helper and stop + 1 < len(tokens) and (tokens[stop] in _HELPERS or tokens[stop] in ("to", "not")):
        stop += 1
    participle = tokens[stop].endswith("ed") or tokens[stop] in (
        "shot",
        "held",
        "hit",
        "found",
        "told",
        "sent",
    )
    following = tokens[stop + 1] if stop + 1 < len(tokens) else ""
    be = any(t in _BE for t in tokens[i:stop])
    alone = not helper and (following in _PASSIVE_BY or (not following and text[spans[stop][0]].isupper()))
    passive = participle and (be or alone)
    return Clause((spans[at][0], spans[last][1]), (spans[i][0], spans[stop][1]), passive)
