"""Whom each run between marks is given to, paragraph by paragraph: by its sentence, or by the voice before it."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.quotes.cues import Cue, find_cues
from analysis.quotes.frames import QUOTE, WORD, Token, frame_sentences, frame_tokens
from analysis.quotes.marks import Run
from analysis.quotes.sentence import Attribution, give, governing, in_sentence, mention_span
from analysis.quotes.subjects import main_subject
from analysis.quotes.tags import is_tag
from analysis.text import Span


@dataclass(slots=True)
class Place:
    """Where a run stands: its paragraph's tokens, its index in them, and its sentence."""

    tokens: list[Token]
    i: int
    low: int
    high: int


@dataclass(slots=True)
class Frame:
    """A paragraph cut into tokens and sentences."""

    tokens: list[Token]
    sentences: list[tuple[int, int]]
    _cues: dict[tuple[int, int], list[Cue]] = field(default_factory=dict)

    def cues(self, low: int, high: int) -> list[Cue]:
        """Return the cues of a sentence; kept, for reported statements are read off the same ones."""
        if (low, high) not in self._cues:
            self._cues[low, high] = find_cues(self.tokens, low, high)
        return self._cues[low, high]


def attribute(
    body: str, spans: list[Span], runs: list[Run]
) -> tuple[list[Attribution], list[Place | None], dict[int, Frame]]:
    """Find the speaker as printed of every run that stands in no other.

    Returns:
        One attribution and one place for every run (empty ones for nested runs); the paragraphs that hold runs, by rank.
    """
    given = [Attribution() for _ in runs]
    places: list[Place | None] = [None] * len(runs)
    frames: dict[int, Frame] = {}
    by_paragraph: dict[int, list[int]] = {}
    for rank, run in enumerate(runs):
        if run.parent < 0:
            by_paragraph.setdefault(run.paragraph, []).append(rank)
    previous: int | None = None  # the last run with a speaker
    for paragraph, ranks in by_paragraph.items():
        frame = _frame(body, spans[paragraph], runs, ranks)
        frames[paragraph] = frame
        waiting: list[int] = []
        said: Attribution | None = None  # the voice of the paragraph so far
        heard = "chained"  # whether that voice was quoted, or reported without marks
        for low, high in frame.sentences:
            here = [i for i in range(low, high) if frame.tokens[i].kind == QUOTE]
            if not here:
                voice = _voice(frame, low, high)
                if voice is not None:
                    said, heard = voice, "reported"
                continue
            cues = frame.cues(low, high)
            alone = not any(t.kind == WORD for t in frame.tokens[low:high])
            for i in here:
                rank = frame.tokens[i].run
                places[rank] = Place(frame.tokens, i, low, high)
                found = None if alone else in_sentence(body, frame.tokens, i, low, high, cues, runs[rank])
                if found is not None:
                    given[rank] = found
                    tagged = found.strong or found.cue is None or found.how in ("after", "inverted")
                    if said is None or tagged:
                        said, heard = found, "chained"
                    for other in waiting:
                        given[other] = _inherit(found, "following")
                    waiting = []
                elif said is not None:
                    given[rank] = _inherit(said, heard)
                    heard = "chained"
                else:
                    waiting.append(rank)
        for rank in waiting:
            given[rank] = _from_before(body, spans, runs, rank, given, previous, frames)
            if given[rank].mention is not None:
                previous = rank
        for rank in ranks:
            if given[rank].mention is not None:
                previous = rank
    return given, places, frames


def _frame(body: str, span: Span, runs: list[Run], ranks: list[int]) -> Frame:
    tokens = frame_tokens(body, span, runs, ranks)
    return Frame(tokens, frame_sentences(body, tokens, runs, is_tag))


def _inherit(found: Attribution, how: str) -> Attribution:
    return Attribution(found.mention, found.cue, found.verb, how, False, False)


def _voice(frame: Frame, low: int, high: int) -> Attribution | None:
    """Find who speaks in, or else is the subject of, a sentence without quotations."""
    tokens = frame.tokens
    cue = governing(tokens, high, low, frame.cues(low, high))
    if cue is not None and cue.subject is not None and cue.strong:
        return give(tokens, cue.subject, cue.i, "reported", False, cue.end)
    phrase = main_subject(tokens, low, high)
    if phrase is None or not any(
        t.cap or t.low in ("he", "she", "they") for t in tokens[phrase[0] : phrase[1]]
    ):
        return None
    return Attribution(mention_span(tokens, phrase), None, "", "subject", False, False)


def _from_before(
    body: str,
    spans: list[Span],
    runs: list[Run],
    rank: int,
    given: list[Attribution],
    previous: int | None,
    frames: dict[int, Frame],
) -> Attribution:
    """Give a floating run to the voice before it: an unclosed run, a colon, the last quotation or the last subject."""
    paragraph = runs[rank].paragraph
    last = given[previous] if previous is not None else None
    gap = paragraph - runs[previous].paragraph if previous is not None else 99
    if last is not None and previous is not None and "unclosed" in runs[previous].flags and gap == 1:
        return _inherit(last, "continued")
    if paragraph and paragraph - 1 not in frames:
        a, b = spans[paragraph - 1]
        frame = _frame(body, (max(a, b - 800), b), runs, [])
        if frame.sentences:
            low, high = frame.sentences[-1]
            colon = body[b - 1] == ":"
            voice = _voice(frame, low, high)
            if voice is not None and (colon or voice.cue is not None or gap > 2):
                voice.how = "colon" if colon else "reported"
                return voice
    elif paragraph:
        frame = frames[paragraph - 1]
        low, high = frame.sentences[-1]
        if frame.tokens[high - 1].text == ":":
            voice = _voice(frame, low, high)
            if voice is not None:
                voice.how = "colon"
                return voice
    if last is not None and gap <= 3:
        return _inherit(last, "floating")
    return Attribution()
