"""Tables of the texts themselves: articles, units, quotations, shared passages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import pandas as pd

from analysis.recipes.registry import corpus_of, in_english, recipe, spoken

if TYPE_CHECKING:
    from analysis.tables import Tables


# What `Settings.strictness` does to the share of copy that makes a family.
_TIMES = {-1: 2 / 3, 0: 1.0, 1: 4 / 3}


@recipe("the articles as they are analysed")
def _articles(t: Tables) -> pd.DataFrame:
    return corpus_of(t).articles


@recipe("what was stripped from the pages, and why")
def _furniture(t: Tables) -> pd.DataFrame:
    return corpus_of(t).furniture


@recipe("what was found wrong, repaired or doubtful while reading")
def _problems(t: Tables) -> pd.DataFrame:
    return corpus_of(t).problems


@recipe("paragraphs, in reading order, with the heading they stand under")
def _units(t: Tables) -> pd.DataFrame:
    from analysis.segments import units

    return units(t["articles"])


@recipe("sentences, in reading order")
def _sentences(t: Tables) -> pd.DataFrame:
    from analysis.segments import units

    return units(t["articles"], by="sentence")


@recipe("who is who: offices, short forms and names, learned from all articles together")
def _roles(t: Tables) -> pd.DataFrame:
    from analysis.quotes.roletable import role_table

    return role_table(t["articles"])


@recipe("quotations with their speakers; terms and scare quotes have the kind 'term'")
def _quotations(t: Tables) -> pd.DataFrame:
    from analysis.quotes.extract import extract_quotations
    from analysis.quotes.speakers import resolve_speakers

    return resolve_speakers(extract_quotations(t["articles"]), t["articles"])


@recipe("reported statements without quotation marks, with their speakers")
def _reported(t: Tables) -> pd.DataFrame:
    from analysis.quotes.indirect import indirect_speech

    return indirect_speech(in_english(t["articles"]))


@recipe("passages that two articles share, and of what kind the sharing is")
def _passages(t: Tables) -> pd.DataFrame:
    from analysis.passages import shared_passages

    return shared_passages(t["articles"], t["quotations"])


@recipe("lines that an outlet prints under many articles, left out when passages are compared")
def _templates(t: Tables) -> pd.DataFrame:
    from analysis.passages import templates

    return templates(t["articles"])


@recipe("articles that are one witness because they share most of their words", judged=True)
def _families(t: Tables) -> pd.DataFrame:
    from analysis.passages import families
    from analysis.passages.families import COPIED

    return families(t["passages"], t["articles"], COPIED * _TIMES[t.settings.strictness])


@recipe("what the page furniture would have done to the sharing, had it been left in", judged=True)
def _furniture_effect(t: Tables) -> pd.DataFrame:
    from analysis.passages.overlap import furniture_effect

    whole = t.variant(keep_furniture=True)
    return furniture_effect(t["families"], t["articles"], whole["families"], whole["articles"])


@recipe("stretches that no other article shares")
def _own_words(t: Tables) -> pd.DataFrame:
    from analysis.passages import own_words

    return own_words(t["articles"], t["passages"])


@recipe("which share of each article's words stands in each other article")
def _overlap(t: Tables) -> pd.DataFrame:
    from analysis.passages.overlap import overlap

    return overlap(t["passages"], t["articles"])


@recipe("every page cut into stretches by whose words they are, in reading order")
def _layers(t: Tables) -> pd.DataFrame:
    from analysis.passages.overlap import layers

    return layers(t["passages"], t["articles"], t["furniture"])


@recipe("pairs of quotations that report the same words, and how they differ")
def _quotation_pairs(t: Tables) -> pd.DataFrame:
    return _aligned(t)[0]


@recipe("utterances: quotations of the same words, taken together")
def _utterances(t: Tables) -> pd.DataFrame:
    return _aligned(t)[1]


_ALIGNED: WeakKeyDictionary[Tables, tuple[pd.DataFrame, pd.DataFrame]] = WeakKeyDictionary()


def _aligned(t: Tables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pairs and utterances come from one comparison."""
    from analysis.quotes.align import align_quotations

    if t not in _ALIGNED:
        _ALIGNED[t] = align_quotations(spoken(t["quotations"]), t["articles"])
    return _ALIGNED[t]


@recipe("for every utterance and article: how the words stand there", judged=True)
def _corroboration(t: Tables) -> pd.DataFrame:
    from analysis.quotes.corroborate import corroboration

    return corroboration(t["utterances"], t["articles"], t["families"])
