"""Tables of frame cues and of reporting words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import pandas as pd

from analysis.recipes.registry import in_english, recipe

if TYPE_CHECKING:
    from analysis.tables import Tables


@recipe("generic frame cues by article")
def _frame_scores(t: Tables) -> pd.DataFrame:
    from analysis.framing import frame_scores

    return frame_scores(in_english(t["articles"]))


@recipe("rate of generic frame cues by outlet, with intervals")
def _frame_rates(t: Tables) -> pd.DataFrame:
    from analysis.framing import frame_rates

    return frame_rates(t["frame_scores"])


@recipe("sentences that carry a generic frame cue, with the words that do")
def _frame_cues(t: Tables) -> pd.DataFrame:
    from analysis.framing import frame_cues

    return frame_cues(_english_sentences(t))


@recipe("sentences that carry a cue of a news frame (the second scheme), with the words that do")
def _news_frame_cues(t: Tables) -> pd.DataFrame:
    from analysis.framing import frame_cues

    return frame_cues(_english_sentences(t), scheme="news")


@recipe("every cue word with its place, for both schemes")
def _cue_marks(t: Tables) -> pd.DataFrame:
    from analysis.framing import cue_marks

    articles = in_english(t["articles"])
    return pd.concat(
        [cue_marks(articles, scheme).assign(scheme=scheme) for scheme in SCHEMES], ignore_index=True
    )


@recipe("share of each outlet's sentences that cue each frame, beside the whole corpus, for both schemes")
def _frame_shares(t: Tables) -> pd.DataFrame:
    from analysis.framing import frame_shares

    return _by_scheme(t, frame_shares)


@recipe("how far always guessing no cue, or the commonest frame, would get")
def _frame_baseline(t: Tables) -> pd.DataFrame:
    from analysis.framing import frame_baseline

    return _by_scheme(t, frame_baseline)


SCHEMES: dict[Literal["policy", "news"], str] = {"policy": "frame_cues", "news": "news_frame_cues"}


def _by_scheme(t: Tables, measure: Callable[[pd.DataFrame, pd.DataFrame, str], pd.DataFrame]) -> pd.DataFrame:
    searched = _english_sentences(t)
    return pd.concat(
        [measure(t[name], searched, scheme) for scheme, name in SCHEMES.items()], ignore_index=True
    )


def _english_sentences(t: Tables) -> pd.DataFrame:
    sentences = t["sentences"]
    kept = sentences["article_id"].isin(in_english(t["articles"])["article_id"])
    return sentences[kept].reset_index(drop=True)


@recipe("reporting verbs and hedges by class; descriptive only")
def _reporting_words(t: Tables) -> pd.DataFrame:
    from analysis.framing import reporting_words

    return reporting_words(in_english(t["articles"]))
