"""Whom a run between marks is given to inside its own sentence: a label, the saying that governs it, a tag after it."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.quotes.cues import Cue
from analysis.quotes.frames import PUNCT, QUOTE, WORD, Token
from analysis.quotes.lexicon import ADVERBS, CALLING, CUE_VERBS, SAY_VERBS, SAYING, THINKING
from analysis.quotes.marks import Run
from analysis.quotes.phrases import NounPhrase, phrase_at
from analysis.quotes.subjects import main_subject
from analysis.quotes.tags import tag_after
from analysis.text import Span

_TERMINAL = ".!?…"
_DASHES = "-–—―"
_FRONTING = frozenset(
    "when while as after before if although though because since unless until once whereas".split()
)
_BETWEEN = frozenset(
    "that it out on a an the him her them us me himself herself his its their as of to".split()
)


@dataclass(slots=True)
class Attribution:
    """Whom a run is given to.

    Attributes:
        mention: characters of the speaker as printed.
        cue: characters of the cue.
        verb: base form of the cue.
        how: the pattern.
        strong: the cue is a verb of saying.
        near: the cue or the speaker stands right beside the run.
    """

    mention: Span | None = None
    cue: Span | None = None
    verb: str = ""
    how: str = "none"
    strong: bool = False
    near: bool = False


def in_sentence(
    body: str, tokens: list[Token], i: int, low: int, high: int, cues: list[Cue], run: Run
) -> Attribution | None:
    """Find the speaker of the run at tokens[i] in its own sentence."""
    label = _label(tokens, i, low)
    if label is not None:
        return Attribution(mention_span(tokens, label), None, "", "colon", False, True)
    nearest = _left_cue(tokens, i, cues)
    left = governing(tokens, i, low, cues)
    if nearest is None or left is None:
        nearest = left = None
    beside = nearest is not None and _adjacent(tokens, nearest.end, i)
    from_left: Attribution | None = None
    if nearest is not None and left is not None and left.subject is not None:
        from_left = give(tokens, left.subject, left.i, _how(left, "before"), beside, left.end)
        if nearest is not left:
            from_left.verb = nearest.base
            from_left.strong = from_left.strong or nearest.strong
        if beside and nearest.strong and tokens[i - 1].text in (":", ","):
            return from_left
        if beside and nearest.base in CALLING and nearest.end == i:
            return from_left
    tag = _right_tag(body, tokens, i, high, run, cues)
    if tag is not None and (tag.strong or not beside):
        return tag
    if from_left is not None:
        return from_left
    right = next((cue for cue in cues if cue.i > i and cue.subject is not None), None)
    if right is not None and right.subject is not None:
        return give(tokens, right.subject, right.i, _how(right, "after"), False, right.end)
    if _signature(tokens, i, high):
        k = i + 1
        while k < high and tokens[k].kind == PUNCT:
            k += 1
        phrase = phrase_at(tokens, k, high)
        if phrase is not None:
            return Attribution(mention_span(tokens, phrase), None, "", "dash", False, True)
    if i > low and tokens[i - 1].text == ":":
        phrase = main_subject(tokens, low, i)
        if phrase is not None:
            return Attribution(mention_span(tokens, phrase), None, "", "colon", False, True)
    if _ends_open(body, run) and i + 1 < high:
        k = i + 1
        while k < high and tokens[k].kind == PUNCT and tokens[k].text[0] in "," + _DASHES:
            k += 1
        phrase = phrase_at(tokens, k, high)
        past = phrase is not None and phrase[1] < high and tokens[phrase[1]].low.endswith(("ed", "s"))
        if phrase is not None and (tokens[k].cap or past or tokens[k].low in ("he", "she", "they")):
            return Attribution(mention_span(tokens, phrase), None, "", "after", False, True)
    phrase = main_subject(tokens, low, i)
    if phrase is not None:
        return Attribution(mention_span(tokens, phrase), None, "", "subject", False, False)
    return None


def governing(tokens: list[Token], i: int, low: int, cues: list[Cue]) -> Cue | None:
    """Find the cue that governs tokens[i] from the left: the outermost verb of saying whose clause it stands in.

    "Lee said she would leave because she felt 'tired'" is Lee's statement; a clause of its own after "but" or a semicolon
    starts anew.
    """
    current: Cue | None = None
    for cue in cues:
        if cue.i >= i:
            break
        if cue.subject is None or _vague(tokens, cue.subject):
            continue
        if (
            current is None
            or current.subject is None
            or cue.subject[0] < current.i
            or not _embeds(tokens, current, low)
            or (cue.strong and not current.strong and cue.base != "noun")
            or cue.how == "with"
            or current.base in ("quote", "cite")
            or _restarts(tokens, current.end, cue.subject[0])
        ):
            current = cue
    return current


def mention_span(tokens: list[Token], phrase: NounPhrase) -> Span:
    """Return the characters of a noun phrase, without a possessive ending or a contracted verb."""
    last = tokens[phrase[1] - 1]
    end = last.end
    if last.owns:
        end -= 2 if last.text[-2:-1] in "'’" else 0
    elif last.low != last.text.lower().replace("’", "'") and "'" in last.text.replace("’", "'"):
        end = last.start + len(last.low)  # he's -> he
    return tokens[phrase[0]].start, end


def give(
    tokens: list[Token], phrase: NounPhrase, cue: int, how: str, near: bool, end: int = 0
) -> Attribution:
    """Give a run to a noun phrase by the cue at tokens[cue], which goes on to `end` if it is more than a word."""
    verb = CUE_VERBS.get(tokens[cue].low, "")
    return Attribution(
        mention_span(tokens, phrase),
        (tokens[cue].start, tokens[max(cue, end - 1)].end),
        verb,
        how,
        tokens[cue].low in SAY_VERBS or end > cue + 1,
        near,
    )


def _label(tokens: list[Token], i: int, low: int) -> NounPhrase | None:
    """Find a bare name before a colon: "Voters agree - Ann Lee and Tom Hill: '...'"."""
    if i - 2 < low or tokens[i - 1].text != ":":
        return None
    k = i - 2
    while k >= max(low, i - 9) and tokens[k].kind == WORD and (tokens[k].cap or tokens[k].low == "and"):
        k -= 1
    if k == i - 2 or i - 2 - k > 6:
        return None
    if k < low or tokens[k].low == "from" or (tokens[k].kind == PUNCT and tokens[k].text[0] in _DASHES):
        return (k + 1, i - 1)
    return None


def _how(cue: Cue, side: str) -> str:
    return cue.how if cue.how in ("inverted", "according_to") else side


def _left_cue(tokens: list[Token], i: int, cues: list[Cue]) -> Cue | None:
    """Find the cue nearest to the left of tokens[i]."""
    best: Cue | None = None
    for cue in cues:
        if cue.i >= i:
            break
        if cue.subject is not None and not _vague(tokens, cue.subject):
            best = cue
    return best


def _vague(tokens: list[Token], phrase: NounPhrase) -> bool:
    return phrase[1] - phrase[0] == 1 and tokens[phrase[0]].low in ("we", "you", "i")


def _embeds(tokens: list[Token], cue: Cue, low: int) -> bool:
    """Say whether what follows a cue is what it reports."""
    if cue.subject is not None and cue.subject[0] - 1 >= low and tokens[cue.subject[0] - 1].low in _FRONTING:
        return False
    if cue.base not in SAYING and cue.base not in THINKING and cue.base != "according to":
        return False
    if cue.base == "according to" or cue.how == "inverted" or cue.end >= len(tokens):
        return cue.base == "according to"
    if tokens[cue.end].low in _FRONTING:
        return False
    if tokens[cue.end].text == ",":
        start = cue.subject[0] if cue.subject is not None else cue.i
        return (
            start > low
            and tokens[start - 1].text == ","
            and not (start - 2 >= low and tokens[start - 2].kind == QUOTE)
        )
    return True


def _restarts(tokens: list[Token], a: int, b: int) -> bool:
    """Say whether a new main clause begins at tokens[b]."""
    if b > a and tokens[b - 1].low in ("but", "while", "whereas", "though", "although"):
        return True
    if b > a + 3 and tokens[b - 1].low == "and" and tokens[a].low != "that":
        return True
    return any(t.kind == PUNCT and t.text == ";" for t in tokens[a:b])


def _adjacent(tokens: list[Token], k: int, i: int) -> bool:
    """Say whether nothing but an adverb, a comma, a colon or "that" stands between a cue and a run, or what is called so."""
    if i - k <= 6 and k and CUE_VERBS.get(tokens[k - 1].low) in CALLING:
        return all(
            t.kind == WORD and t.low not in CUE_VERBS and t.low not in ("who", "for", "and")
            for t in tokens[k:i]
        ) and (i - k == 1 or tokens[k].low != "that")
    return i - k <= 3 and all(t.kind == PUNCT or t.low in _BETWEEN or t.low in ADVERBS for t in tokens[k:i])


def _ends_open(body: str, run: Run) -> bool:
    stop = run.end
    while stop > run.start and (body[stop - 1].isspace() or body[stop - 1] in "'’\"”"):
        stop -= 1
    return stop > run.start and body[stop - 1] in ",?!—–-…"


def _right_tag(
    body: str, tokens: list[Token], i: int, high: int, run: Run, cues: list[Cue]
) -> Attribution | None:
    k = i + 1
    stop = False
    while (
        k < high and tokens[k].kind == PUNCT and tokens[k].text[0] in ",)" + _DASHES + _TERMINAL and k < i + 4
    ):
        stop = True
        k += 1
    if k >= high:
        return None
    for cue in cues:
        if cue.how == "inverted" and k <= cue.i <= k + 2 and cue.subject is not None:
            return give(tokens, cue.subject, cue.i, "inverted", True)
        if cue.i > k + 2:
            break
    if not stop and not _ends_open(body, run) and not body[: run.end].endswith((".", "'", "’")):
        return None
    found = tag_after(tokens, k, high)
    if found is None:
        return None
    return give(tokens, found[0], found[1], "after", True)


def _signature(tokens: list[Token], i: int, high: int) -> bool:
    """Say whether a dash and a short name follow the run to the end of its sentence."""
    return (
        i + 2 < high
        and tokens[i + 1].kind == PUNCT
        and tokens[i + 1].text[0] in _DASHES
        and high - i < 16
        and tokens[i + 2].cap
    )
