"""Cues of generic frames: per sentence with the evidence, per article with a score and an interval.

Two schemes: the fifteen dimensions of the Policy Frames Codebook (Boydstun, Card, Gross, Resnik and Smith 2014) and the
five news frames of Semetko and Valkenburg (2000). The terms were written for this project. They are cues: a text that
names costs may still be framed as a matter of fairness. `benchmarks/frames.py` measures how far they agree with coders.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from math import exp, log2, sqrt
from typing import Any

import numpy as np
import pandas as pd

from analysis.articles import as_articles
from analysis.framing.cues import Cue, Scheme, frame_book, sentence_cues
from analysis.schema import Schema, TableError
from analysis.text import DOUBLE_MARKS, Span, count_words, paragraphs, sentences

FRAME_CUES = Schema(
    "frame_cues",
    "One row a sentence and frame of which it holds a cue.",
    {
        "sentence_id": ("str", "the sentence: unit_id of `units(articles, by='sentence')`"),
        "frame": ("str", "id of the frame in the scheme"),
        "score": ("float", "strength of the cues, 0 to 1; the largest of a sentence is its likeliest frame"),
        "evidence": ("str", "the matched words as printed, joined by '; '"),
        "negated": ("bool", "a negation stands before every cue"),
        "in_quotation": ("bool", "most of the weight stands between quotation marks"),
        "article_id": ("str", "the article"),
        "outlet": ("str", "who published it"),
    },
    key=("sentence_id", "frame"),
)
NEWS_FRAME_CUES = replace(
    FRAME_CUES,
    name="news_frame_cues",
    about="One row a sentence and frame of the second scheme, on how news is made, of which it holds a cue.",
)

FRAME_SCORES = Schema(
    "frame_scores",
    "One row an article and frame: how strongly its words cue the frame.",
    {
        "article_id": ("str", "the article"),
        "outlet": ("str", "who published it"),
        "frame": ("str", "id of the frame in the scheme"),
        "score": ("float", "0 to 1; at least .5 is the decision that the frame is present"),
        "rate_per_1000": ("float", "cues per thousand words"),
        "low": ("float", "lower end of the 95% interval of the rate (Jeffreys)"),
        "high": ("float", "upper end of the 95% interval of the rate (Jeffreys)"),
        "cues": ("int", "cues found"),
        "words": ("int", "words of the article"),
    },
    key=("article_id", "frame"),
)

FRAME_RATES = Schema(
    "frame_rates",
    "One row an outlet and generic frame: how many of its cues there are in a thousand words.",
    {
        "outlet": ("str", "who published the articles"),
        "frame": ("str", "id of the frame"),
        "rate_per_1000": ("float", "cues in 1,000 words of all the outlet's articles"),
        "low": ("float", "lower end of its 95 % interval (Jeffreys)"),
        "high": ("float", "upper end of its 95 % interval"),
        "cues": ("int", "cues found"),
        "words": ("int", "words of the outlet's articles"),
    },
    key=("outlet", "frame"),
)

CUE_MARKS = Schema(
    "cue_marks",
    "One row a cue: which words of an article point to which frame.",
    {
        "article_id": ("str", "the article"),
        "start": ("int", "first character in the body"),
        "end": ("int", "one past the last character in the body"),
        "text": ("str", "body[start:end]"),
        "label": ("str", "id of the frame"),
        "weight": ("float", "weight of the term in the codebook, 1 to 3"),
        "negated": ("bool", "a negation stands within three words before it"),
        "in_quotation": ("bool", "between quotation marks"),
    },
)

_MARK = re.compile(f"[{DOUBLE_MARKS}]")
_PSEUDO_WORDS = 100  # a text of few words says little, whatever its rate
_ARTICLE_WORDS = 150  # from here on a text is scored as an article
_SENTENCE_SCALE = 4.0  # strength at which a sentence scores .63: one term of the highest weight
_LATER = 1e-6  # a draw goes to the frame that is cued first in the sentence
_OTHER = 0.5  # most that 'other' can score
_LEAST = 1.01  # a single term of the lowest weight is no cue of a sentence


def frame_cues(sentences: pd.DataFrame, scheme: Scheme = "policy") -> pd.DataFrame:
    """Find the cues of each frame in each sentence.

    Args:
        sentences: unit_id (or sentence_id) and text, as `units(articles, by="sentence")` gives them.
        scheme: "policy" or "news".

    Returns:
        sentence_id, frame, score, evidence, negated, in_quotation, article_id, outlet; only sentences and frames with a
        cue, the strongest frame of a sentence first. English only.

    Raises:
        TableError: a column is missing.
        ValueError: there is no such scheme.
    """
    book = frame_book(scheme)
    name = "sentence_id" if "sentence_id" in sentences.columns else "unit_id"
    missing = [c for c in (name, "text") if c not in sentences.columns]
    if missing:
        raise TableError(
            f"frame_cues: sentences lack {', '.join(missing)}; see units(articles, by='sentence')."
        )
    empty = [""] * len(sentences)
    article_ids = list(sentences["article_id"]) if "article_id" in sentences.columns else empty
    outlets = list(sentences["outlet"]) if "outlet" in sentences.columns else empty
    paragraphs = list(sentences["paragraph"]) if "paragraph" in sentences.columns else empty
    columns: dict[str, list[Any]] = {name: [] for name in FRAME_CUES.columns}
    before: tuple[Any, Any] | None = (
        None  # the paragraph, if a quotation is open at the end of the last sentence
    )
    for sentence_id, text, article_id, outlet, paragraph in zip(
        sentences[name], sentences["text"], article_ids, outlets, paragraphs, strict=True
    ):
        if not isinstance(text, str):
            continue
        quoted, still_open = _quoted(text, open_before=before == (article_id, paragraph))
        before = (article_id, paragraph) if still_open else None
        by_frame: dict[int, list[Cue]] = defaultdict(list)
        for cue in sentence_cues(scheme, text):
            by_frame[cue.frame].append(cue)
        found = [(_sentence_strength(c) - _LATER * c[0].start, frame, c) for frame, c in by_frame.items()]
        for strength, frame, cues in sorted(found, key=lambda item: (-item[0], item[1])):
            if strength < _LEAST:
                continue
            columns["sentence_id"].append(sentence_id)
            columns["frame"].append(book.frames[frame])
            columns["score"].append(_sentence_score(strength))
            columns["evidence"].append("; ".join(dict.fromkeys([text[c.start : c.end] for c in cues])))
            columns["negated"].append(all(c.negated for c in cues))
            columns["in_quotation"].append(bool(quoted) and _mostly_within(cues, quoted))
            columns["article_id"].append(article_id)
            columns["outlet"].append(outlet)
    return FRAME_CUES.frame(columns)


def cue_marks(articles: pd.DataFrame, scheme: Scheme = "policy") -> pd.DataFrame:
    """List every cue with its place, for highlighting and for `prominence`.

    Args:
        articles: article_id, body.
        scheme: "policy" or "news".

    Returns:
        article_id, start, end, text, label, weight, negated, in_quotation, in reading order.
    """
    book = frame_book(scheme)
    rows = []
    frame = as_articles(articles)
    for article_id, body in zip(frame["article_id"], frame["body"], strict=True):
        for a, b in sentences(body):
            quoted, _ = _quoted(body[a:b], open_before=False)
            for cue in sentence_cues(scheme, body[a:b]):
                rows.append(
                    {
                        "article_id": article_id,
                        "start": a + cue.start,
                        "end": a + cue.end,
                        "text": body[a + cue.start : a + cue.end],
                        "label": book.frames[cue.frame],
                        "weight": cue.weight,
                        "negated": cue.negated,
                        "in_quotation": _within(cue.start, quoted),
                    }
                )
    return CUE_MARKS.frame(rows)


def frame_scores(articles: pd.DataFrame, scheme: Scheme = "policy") -> pd.DataFrame:
    """Score each frame of a scheme for each article.

    Args:
        articles: article_id, body; title and outlet if there are any.
        scheme: "policy" or "news".

    Returns:
        article_id, outlet, frame, score, rate_per_1000, low, high, cues, words: every frame for every article. English
        only.

    Raises:
        TableError: a column is missing.
        ValueError: there is no such scheme.
    """
    book = frame_book(scheme)
    frame = as_articles(articles)
    n_frames = len(book.frames)
    strengths, in_sentence = np.zeros((len(frame), n_frames)), np.zeros((len(frame), n_frames))
    counts = np.zeros((len(frame), n_frames), dtype=np.int64)
    lengths = np.zeros(len(frame), dtype=np.int64)
    for row, (title, body) in enumerate(zip(frame["title"], frame["body"], strict=True)):
        text = _with_title(title, body)
        lengths[row] = count_words(text)
        for number, cues in _by_frame(scheme, text, _sentences(text, body)).items():
            counts[row, number] = len(cues)
            strengths[row, number] = _strength(cues)
            in_sentence[row, number] = _sentence_strength(cues)
    scores = _article_scores(strengths, in_sentence, lengths, book.decisions)
    if "other" in book.frames:
        others = [i for i, name in enumerate(book.frames) if name != "other"]
        scores[:, book.frames.index("other")] = _OTHER * (1 - scores[:, others].max(axis=1))
    low, high = _interval(counts, lengths)
    table = pd.DataFrame(
        {
            "article_id": np.repeat(np.array(frame["article_id"], dtype=object), n_frames),
            "outlet": np.repeat(np.array(frame["outlet"], dtype=object), n_frames),
            "frame": np.tile(np.array(book.frames, dtype=object), len(frame)),
            "score": scores.ravel(),
            "rate_per_1000": (1000 * counts / np.maximum(1, lengths)[:, None]).ravel(),
            "low": low.ravel(),
            "high": high.ravel(),
            "cues": counts.ravel(),
            "words": np.repeat(lengths, n_frames),
        }
    )
    return FRAME_SCORES.frame(table)


def frame_rates(scores: pd.DataFrame) -> pd.DataFrame:
    """Pool the cues of all articles of an outlet.

    Args:
        scores: a table of `frame_scores`.

    Returns:
        outlet, frame, rate_per_1000, low, high (95 %, Jeffreys), cues, words.
    """
    pooled = scores.groupby(["outlet", "frame"], sort=False)[["cues", "words"]].sum().reset_index()
    counts, lengths = pooled["cues"].to_numpy(dtype=np.int64), pooled["words"].to_numpy(dtype=np.int64)
    low, high = _interval(counts[:, None], lengths)
    rate = 1000 * counts / np.maximum(1, lengths)
    return FRAME_RATES.frame(pooled.assign(rate_per_1000=rate, low=low.ravel(), high=high.ravel()))


def _with_title(title: Any, body: str) -> str:
    """The title counts as the first sentence, unless the body begins with it."""
    if not isinstance(title, str) or not title.strip() or body.lstrip().startswith(title.strip()):
        return body
    return f"{title.strip()}\n{body}"


def raw_strengths(texts: Sequence[str], scheme: Scheme) -> np.ndarray:
    """The density of cues that scores are made of, by text and frame: what decisions are fitted to."""
    strengths = np.zeros((len(texts), len(frame_book(scheme).frames)))
    for row, text in enumerate(texts):
        for number, cues in _by_frame(scheme, text, sentences(text)).items():
            strengths[row, number] = _strength(cues)
    return _density(strengths, np.array([count_words(text) for text in texts]))


def _sentences(text: str, body: str) -> list[Span]:
    """The sentences of a body with its title before it; those of the body, which are known, if the title changes nothing."""
    before = len(text) - len(body)
    if not before:
        return sentences(body)
    title, *others = paragraphs(text)
    if [(a - before, b - before) for a, b in others] != paragraphs(body):
        return sentences(text)
    return sentences(text, [title]) + [(a + before, b + before) for a, b in sentences(body)]


def _by_frame(scheme: Scheme, text: str, spans: list[Span]) -> dict[int, list[Cue]]:
    """The cues of each frame that a text has any of; offsets count from the beginning of their sentence."""
    cues: dict[int, list[Cue]] = defaultdict(list)
    for a, b in spans:
        for cue in sentence_cues(scheme, text[a:b]):
            cues[cue.frame].append(cue)
    return cues


def _strength(cues: list[Cue]) -> float:
    """Add up the weights of the terms; one that comes back counts less each time."""
    times = Counter([(cue.term, cue.weight) for cue in cues])
    return sum(weight * log2(1 + n) for (_, weight), n in times.items())


def _sentence_strength(cues: list[Cue]) -> float:
    """The same where one frame is to stand out: a term that several frames list says less about each."""
    if len(cues) == 1:
        return cues[0].weight / sqrt(cues[0].shared)
    times = Counter([(cue.term, cue.weight, cue.shared) for cue in cues])
    return sum(weight / sqrt(shared) * log2(1 + n) for (_, weight, shared), n in times.items())


def _density(strengths: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """The root of strength over the root of length: it varies alike in short and long texts."""
    density: np.ndarray = np.sqrt(strengths / np.sqrt(lengths + _PSEUDO_WORDS)[:, None])
    return density


def _article_scores(
    strengths: np.ndarray,
    in_sentence: np.ndarray,
    lengths: np.ndarray,
    decisions: Sequence[tuple[float, float]],
) -> np.ndarray:
    """Turn the strengths of cues into scores that are .5 where presence becomes the better guess.

    Middle and slope are the frame's own (see `benchmarks/frames.py --fit`). They hold for articles. The shorter the text,
    the more the score is that of a sentence, where the strongest frame should win whatever is common in articles.

    Args:
        strengths: by article and frame.
        in_sentence: the same strengths as they count in a sentence.
        lengths: words of the articles.
        decisions: middle and slope of each frame.
    """
    middle, slope = np.array(decisions).T
    logit = slope * (_density(strengths, lengths) - middle)
    article = 1 / (1 + np.exp(-np.clip(logit, -30, 30)))
    weight = np.minimum(1.0, lengths / _ARTICLE_WORDS)[:, None]
    scores: np.ndarray = weight * article + (1 - weight) * (1 - np.exp(-in_sentence / _SENTENCE_SCALE))
    return scores


def _sentence_score(strength: float) -> float:
    return 1 - exp(-strength / _SENTENCE_SCALE)


def _interval(counts: np.ndarray, lengths: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Jeffreys interval of a Poisson rate, per thousand words."""
    from scipy.special import gammaincinv

    per = 1000 / np.maximum(1, lengths)[:, None]
    known, at = np.unique(counts, return_inverse=True)  # of many articles few counts differ
    low = np.where(known > 0, gammaincinv(known + 0.5, 0.025), 0.0)
    high = gammaincinv(known + 0.5, 0.975)
    return low[at].reshape(counts.shape) * per, high[at].reshape(counts.shape) * per


def _quoted(text: str, *, open_before: bool) -> tuple[list[Span], bool]:
    """Find what stands between double marks; a mark without a partner opens to the end."""
    spans: list[Span] = []
    start = 0 if open_before else -1
    for mark in _MARK.finditer(text):
        if start < 0 and mark[0] not in "”»":
            start = mark.start()
        elif start >= 0 and mark[0] not in "“„«":
            spans.append((start, mark.start()))
            start = -1
    if start >= 0:
        spans.append((start, len(text)))
    return spans, start >= 0


def _within(at: int, spans: list[Span]) -> bool:
    return any(a <= at < b for a, b in spans)


def _mostly_within(cues: list[Cue], spans: list[Span]) -> bool:
    inside = sum(c.weight for c in cues if _within(c.start, spans))
    return inside > 0.5 * sum(c.weight for c in cues)
