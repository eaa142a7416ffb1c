"""Reported statements without quotation marks: "The minister said that talks would go on"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.articles import as_articles
from analysis.quotes.attribute import Frame
from analysis.quotes.cues import Cue
from analysis.quotes.extract import Reading, read
from analysis.quotes.frames import PUNCT, QUOTE, WORD, Token, frame_sentences, frame_tokens
from analysis.quotes.lexicon import ADVERBS, CUE_VERBS, DETERMINERS, PREPOSITIONS, SPEECH_NOUNS, TIME_WORDS
from analysis.quotes.phrases import phrase_at
from analysis.quotes.sentence import mention_span
from analysis.quotes.speakers import resolve_mentions
from analysis.quotes.tables import STATEMENTS
from analysis.quotes.tags import is_tag
from analysis.text import Span

# Verbs whose clause may follow without "that".
_BARE = frozenset(
    """say add tell claim believe think insist note suggest admit write argue report warn state acknowledge assert announce stress
    agree reiterate estimate fear hope predict allege maintain contend confirm concede declare conclude tweet explain
    complain remark observe reveal assure inform emphasize emphasise underline recall boast joke""".split()
)
# Verbs that report a clause after "that", "whether" or "how", or an intention after "to".
_CLAUSE = _BARE | frozenset(
    """point highlight underscore promise vow pledge deny recommend caution mention advise recount assess reason quip wonder
    guarantee propose urge demand decide determine find learn know feel hint imply indicate argue attest affirm testify question
    disclose clarify lament speculate swear decline quote opine theorize surmise proclaim signal ask respond reply counter
    show rule""".split()
)
_INTENT = frozenset("promise vow pledge urge demand propose decline recommend advise swear threaten".split())
# A sentence reports only with one of these, see `_piece`.
_REPORTING = frozenset(
    ("according", *SPEECH_NOUNS, *(form for form, base in CUE_VERBS.items() if base in _CLAUSE))
)
_OBJECT_FIRST = frozenset("tell assure inform remind advise warn".split())
_OPENERS = frozenset("whether how why if what when".split())
_SHORTEST = 3


def indirect_speech(articles: pd.DataFrame) -> pd.DataFrame:
    """Find what is reported as somebody's statement without quotation marks.

    Four forms: a clause after a verb of saying ("said that ..."), a clause before one ("..., he said"), "according to",
    and a headline's "Name: ...". The quoted part of a sentence is left to `extract_quotations`; the words that lead up to
    it are a statement here.

    Args:
        articles: article_id and body (or id and text). Speakers are resolved inside an event.

    Returns:
        One row a statement, see `STATEMENTS`; `text` is body[start:end], without "that" and the final stop.
    """
    table = as_articles(articles)
    rows: list[dict[str, Any]] = []
    for article_id, body in table[["article_id", "body"]].itertuples(index=False):
        reading = read(body)
        found = [_row(article_id, body, *entry) for entry in _statements(body, reading)]
        for rank, row in enumerate(sorted(found, key=lambda row: (row["start"], row["end"]))):
            rows.append({"statement_id": f"{article_id}:s{rank + 1}", **row})
    answers = resolve_mentions([{**row, "kind": "indirect"} for row in rows], table)
    for row, answer in zip(rows, answers, strict=True):
        row |= {
            "speaker": answer.speaker, "side": answer.side, "confidence": round(answer.confidence, 3),
            "basis": answer.basis, "unnamed": answer.unnamed,
        }  # fmt: skip
    return STATEMENTS.frame(rows)


def _row(article_id: str, body: str, span: Span, sentence: Span, mention: Span, cue: Span) -> dict[str, Any]:
    return {
        "article_id": article_id, "start": span[0], "end": span[1], "text": body[span[0] : span[1]],
        "sentence_start": sentence[0], "sentence_end": sentence[1],
        "speaker_mention": body[mention[0] : mention[1]], "speaker_start": mention[0], "speaker_end": mention[1],
        "cue": body[cue[0] : cue[1]],
    }  # fmt: skip


def _statements(body: str, reading: Reading) -> list[tuple[Span, Span, Span, Span]]:
    out: list[tuple[Span, Span, Span, Span]] = []
    for number, (span, frame) in enumerate(zip(reading.spans, _frames(body, reading), strict=True)):
        tokens = frame.tokens
        headline = _headline(tokens) if number < 3 or body[span[1] - 1] not in '.!?…"”’' else None
        if headline is not None:
            a, mention = headline
            content = _content(tokens, a, len(tokens))
            if content is not None:
                out.append(
                    (content, span, mention_span(tokens, mention), (tokens[a - 1].start, tokens[a - 1].end))
                )
            continue
        for low, high in frame.sentences:
            if _REPORTING.isdisjoint([token.low for token in tokens[low:high]]):
                continue
            cues = [cue for cue in frame.cues(low, high) if cue.subject is not None]
            if cues:
                out.extend(_in_sentence(tokens, low, high, cues))
    return out


def _frames(body: str, reading: Reading) -> Iterator[Frame]:
    """Cut every paragraph: a term is part of the narrator's sentence, a quotation is not."""
    by_paragraph: dict[int, list[int]] = {}
    anew: set[int] = set()  # as it was read, each run is one token; with a term among them they are others
    for rank, run in enumerate(reading.runs):
        if run.parent < 0 and reading.kinds[rank] != "term":
            by_paragraph.setdefault(run.paragraph, []).append(rank)
        elif run.parent < 0:
            anew.add(run.paragraph)
    for number, span in enumerate(reading.spans):
        if number in reading.frames and number not in anew:
            yield reading.frames[number]
            continue
        tokens = frame_tokens(body, span, reading.runs, by_paragraph.get(number, []))
        yield Frame(tokens, frame_sentences(body, tokens, reading.runs, is_tag))


def _headline(tokens: list[Token]) -> tuple[int, tuple[int, int]] | None:
    """Read "Minister: talks to go on": at most four capitalised words, a colon, and no quotation after it."""
    for k, token in enumerate(tokens[:6]):
        if token.kind == PUNCT and token.text == ":":
            if not 0 < k <= 4 or k + 4 >= len(tokens) or tokens[k + 1].kind != WORD or len(tokens) > 40:
                return None
            return k + 1, (0, k)
        if (
            token.kind != WORD
            or not token.cap
            or token.low in DETERMINERS
            or token.low in TIME_WORDS
            or token.text[:1].isdigit()
        ):
            return None
    return None


def _in_sentence(
    tokens: list[Token], low: int, high: int, cues: list[Cue]
) -> list[tuple[Span, Span, Span, Span]]:
    found: list[list[int]] = []  # first and last token of the content, index of the cue
    for rank, cue in enumerate(cues):
        if cue.subject is None or (
            tokens[cue.subject[0]].low in ("i", "you") and cue.subject[1] - cue.subject[0] == 1
        ):
            continue
        inside = bool(found) and found[-1][0] <= cue.i < found[-1][1]
        starts_anew = cue.how == "participle" and cue.i > low and tokens[cue.i - 1].text == ","
        with_voice = (
            cue.how == "with" and cue.subject[0] > low and tokens[cue.subject[0] - 1].low in ("with", "as")
        )
        restarts = (
            cue.subject[0] > low
            and tokens[cue.subject[0] - 1].low in ("but", "while", "though", "although")
            and cue.how == "before"
        )
        if inside and not (starts_anew or restarts or with_voice):
            continue
        piece = _piece(tokens, low, high, cue)
        if piece is None:
            continue
        if inside:
            found[-1][1] = cue.i - 1 if starts_anew else cue.subject[0] - 1
        found.append([*piece, rank])
    out: list[tuple[Span, Span, Span, Span]] = []
    sentence = (tokens[low].start, tokens[high - 1].end)
    for a, b, rank in found:
        cue = cues[rank]
        content = _content(tokens, a, b)
        if content is not None and cue.subject is not None:
            out.append(
                (
                    content,
                    sentence,
                    mention_span(tokens, cue.subject),
                    (tokens[cue.i].start, tokens[cue.end - 1].end),
                )
            )
    return out


def _piece(tokens: list[Token], low: int, high: int, cue: Cue) -> tuple[int, int] | None:
    """Find the tokens that a cue reports."""
    if cue.subject is None:
        return None
    if cue.base == "according to":
        if cue.i <= low + 1:
            k = _comma(tokens, cue.subject[1], high)
            return (k + 1, high) if k >= 0 else None
        return (low, cue.i)
    if cue.base == "noun":
        return (cue.end + 1, high) if cue.end < high and tokens[cue.end].low == "that" else None
    if cue.base not in _CLAUSE or cue.how == "inverted":
        return None
    first = cue.subject[0]
    if first > low and tokens[first - 1].low == "as" and first - 1 <= low + 1:
        k = _comma(tokens, cue.end, high)
        return (k + 1, high) if k >= 0 else None
    j = cue.end
    if cue.base == "point" and j < high and tokens[j].low == "out":
        j += 1
    while j < high and tokens[j].kind == WORD and tokens[j].low in ADVERBS:
        j += 1
    if cue.base in _OBJECT_FIRST and j < high and tokens[j].low not in ("that", "how", "whether"):
        person = phrase_at(tokens, j, high)
        j = person[1] if person is not None else j + 1
    k = _after_adjuncts(tokens, j, high)
    if k < high and tokens[k].low == "that" and tokens[k].kind == WORD:
        return (k + 1, high)
    if j < high and tokens[j].kind == WORD:
        word = tokens[j].low
        if word in _OPENERS:
            return (j, high)
        if word == "to":
            return (j, high) if cue.base in _INTENT else None
        if cue.base in _BARE and word not in PREPOSITIONS and word not in ("and", "or", "but", "so"):
            if tokens[j].low in TIME_WORDS:
                j = k
            return (j, high) if j < high and tokens[j].kind == WORD else None
        if cue.base in _BARE and word in (
            "under",
            "as",
            "after",
            "over",
            "in",
            "at",
            "during",
            "with",
            "since",
            "despite",
            "before",
        ):
            inner = _comma(tokens, j, high)
            if 0 <= inner < j + 16 and inner + 3 < high:
                return (j, high)
    if (
        k > j
        and k < high
        and cue.base in _BARE
        and tokens[k].kind == WORD
        and (tokens[k].cap or tokens[k].low in DETERMINERS)
    ):
        return (k, high)
    if any(t.kind == QUOTE for t in tokens[k : k + 3]):
        return None
    if (k >= high or tokens[k].kind == PUNCT) and first > low and tokens[first - 1].text == ",":
        begin = low
        if any(t.kind == QUOTE for t in tokens[begin : first - 1]):
            return None
        if first - 1 - begin >= 5:
            return (begin, first - 1)
        return (k + 1, high) if k < high else None
    return None


def _after_adjuncts(tokens: list[Token], j: int, high: int) -> int:
    """Step over "on Friday", "in a statement", "to reporters" and the like."""
    for _ in range(3):
        if j < high and tokens[j].kind == WORD and tokens[j].low in TIME_WORDS:
            j += 1
        elif j + 1 < high and tokens[j].low in (
            "on",
            "in",
            "at",
            "during",
            "to",
            "from",
            "before",
            "after",
            "via",
            "through",
        ):
            inner = phrase_at(tokens, j + 1, high) if tokens[j + 1].low not in TIME_WORDS else (j, j + 2)
            if inner is None:
                break
            j = inner[1]
            while j < high and tokens[j].low in TIME_WORDS:
                j += 1
        else:
            break
    return j


def _comma(tokens: list[Token], i: int, high: int) -> int:
    for k in range(i, min(high, i + 40)):
        if tokens[k].text == "," and tokens[k].kind == PUNCT:
            return k
    return -1


def _content(tokens: list[Token], a: int, b: int) -> Span | None:
    """Trim a range of tokens to what is reported: up to the first quotation, without stops at its ends."""
    stop = a
    while stop < b and tokens[stop].kind != QUOTE:
        stop += 1
    while stop > a and tokens[stop - 1].kind == PUNCT and tokens[stop - 1].text not in ")]%’'\"”":
        stop -= 1
    while a < stop and tokens[a].kind == PUNCT:
        a += 1
    if sum(1 for t in tokens[a:stop] if t.kind == WORD) < _SHORTEST:
        return None
    return tokens[a].start, tokens[stop - 1].end
