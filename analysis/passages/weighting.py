"""How telling a word is in its event, where the fixed background of English does not know.

In an event of many articles every one of them prints the event's own words, so a word that most print says little about
copying. In a language other than English the background knows no word at all; the words that make up much of a text are
its grammar in every language (Zipf 1949).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.passages.candidates import HANDFUL
from analysis.passages.wordtable import Floats64, Words, mix

RARE = 0.05  # times an article: a word that is used no more often keeps its weight ...
COMMON = 2.5  # ... and one that is used this often loses it
GRAMMAR = 0.01  # share of all words, in a language that the background does not know
LEAST = 0.05
_BUCKETS = 20  # bits: words are counted by hash, and the rare collision only damps a little


def weigh_in_events(words: Words, articles: pd.DataFrame) -> Words:
    """Lower the weights of words that are common in their event.

    Args:
        words: the words of the bodies.
        articles: an `articles` table; `event` and `language` are read.

    Returns:
        The same words. Events of English articles of no more than 64 articles are left as they are.
    """
    event = pd.factorize(articles["event"])[0].astype(np.int64)
    foreign = (articles["language"].str[:2].str.lower() != "en").to_numpy()
    size = np.bincount(event, minlength=1)
    crowd = size[event] > HANDFUL if len(event) else foreign
    touched = crowd | foreign
    if not touched.any():
        return words
    article = np.repeat(np.arange(len(event)), np.diff(words.first))
    at = np.flatnonzero(touched[article])
    article = article[at]
    bucket = (mix(words.hash[at] ^ mix(event[article].astype(np.uint64))) >> np.uint64(64 - _BUCKETS)).astype(
        np.int64
    )
    used = np.log(np.maximum(np.bincount(bucket, minlength=1 << _BUCKETS), 1))[bucket]
    factor: Floats64 = np.ones(len(at))
    if crowd.any():
        known = np.log(COMMON * np.maximum(size, 1)) / np.log(COMMON / RARE)
        in_crowd = known[event][article] - used / np.log(COMMON / RARE)
        factor = np.where(crowd[article], in_crowd, factor)
    if foreign.any():
        total = np.bincount(event[article], minlength=len(size))
        known = 0.1 + 0.5 * np.log10(GRAMMAR * np.maximum(total, 1))
        in_language = known[event][article] - 0.5 / np.log(10) * used
        factor = np.where(foreign[article], np.minimum(factor, in_language), factor)
    factor = np.maximum(factor, LEAST)
    weight = words.weight.copy()
    weight[at] = np.minimum(weight[at], factor)
    return words._replace(weight=weight)
