"""Which function makes which table, from which others: one entry a table, in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

import pandas as pd

if TYPE_CHECKING:
    from analysis.corpus import Corpus
    from analysis.tables import Tables

Make = Callable[["Tables"], pd.DataFrame]


@dataclass(frozen=True)
class Recipe:
    """How one table is made, and what a reader should know of it."""

    name: str
    make: Make
    about: str
    together: bool = False  # processes may make it side by side, sharing the work among them
    random: bool = False  # it, or what it is made from, draws at random
    judged: bool = False  # it, or what it is made from, hangs on a threshold that `Settings.strictness` moves


RECIPES: dict[str, Recipe] = {}


def _recipe(
    about: str, together: bool = False, random: bool = False, judged: bool = False
) -> Callable[[Make], Make]:
    def register(make: Make) -> Make:
        name = make.__name__.strip("_")
        RECIPES[name] = Recipe(name, make, about, together, random, judged)
        return make

    return register


# What `Settings.strictness` does: the share of copy that makes a family, times this; and what counts as told.
_TIMES = {-1: 2 / 3, 0: 1.0, 1: 4 / 3}
_JUDGED: dict[int, dict[str, str]] = {
    -1: {"uncertain": "partly"},
    0: {},
    1: {"partly": "uncertain", "uncertain": "not found"},
}


def spoken(quotations: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows that are somebody's words: not terms, and not what stands inside another quotation."""
    return quotations[~quotations["kind"].isin(["term", "nested"])].reset_index(drop=True)


def in_english(articles: pd.DataFrame) -> pd.DataFrame:
    """Keep the articles that measures with English word lists can read; what is left out, the findings say."""
    return articles[articles["language"] == "en"].reset_index(drop=True)


def _corpus(t: Tables) -> Corpus:
    assert t.corpus is not None, "only tables that are computed are asked for here"
    return t.corpus


@_recipe("the articles as they are analysed")
def _articles(t: Tables) -> pd.DataFrame:
    return _corpus(t).articles


@_recipe("what was stripped from the pages, and why")
def _furniture(t: Tables) -> pd.DataFrame:
    return _corpus(t).furniture


@_recipe("what was found wrong, repaired or doubtful while reading")
def _problems(t: Tables) -> pd.DataFrame:
    return _corpus(t).problems


@_recipe("paragraphs, in reading order, with the heading they stand under")
def _units(t: Tables) -> pd.DataFrame:
    from analysis.segments import units

    return units(t["articles"])


@_recipe("sentences, in reading order")
def _sentences(t: Tables) -> pd.DataFrame:
    from analysis.segments import units

    return units(t["articles"], by="sentence")


@_recipe("who is who: offices, short forms and names, learned from all articles together")
def _roles(t: Tables) -> pd.DataFrame:
    from analysis.quotes.roletable import role_table

    return role_table(t["articles"])


@_recipe("quotations with their speakers; terms and scare quotes have the kind 'term'")
def _quotations(t: Tables) -> pd.DataFrame:
    from analysis.quotes.extract import extract_quotations
    from analysis.quotes.speakers import resolve_speakers

    return resolve_speakers(extract_quotations(t["articles"]), t["articles"])


@_recipe("reported statements without quotation marks, with their speakers")
def _reported(t: Tables) -> pd.DataFrame:
    from analysis.quotes.indirect import indirect_speech

    return indirect_speech(in_english(t["articles"]))


@_recipe("passages that two articles share, and of what kind the sharing is")
def _passages(t: Tables) -> pd.DataFrame:
    from analysis.passages import shared_passages

    return shared_passages(t["articles"], t["quotations"])


@_recipe("lines that an outlet prints under many articles, left out when passages are compared")
def _templates(t: Tables) -> pd.DataFrame:
    from analysis.passages import templates

    return templates(t["articles"])


@_recipe("articles that are one witness because they share most of their words", judged=True)
def _families(t: Tables) -> pd.DataFrame:
    from analysis.passages import families
    from analysis.passages.families import COPIED

    return families(t["passages"], t["articles"], COPIED * _TIMES[t.settings.strictness])


@_recipe("what the page furniture would have done to the sharing, had it been left in", judged=True)
def _furniture_effect(t: Tables) -> pd.DataFrame:
    from analysis.passages.overlap import furniture_effect

    whole = t.variant(keep_furniture=True)
    return furniture_effect(t["families"], t["articles"], whole["families"], whole["articles"])


@_recipe("stretches that no other article shares")
def _own_words(t: Tables) -> pd.DataFrame:
    from analysis.passages import own_words

    return own_words(t["articles"], t["passages"])


@_recipe("which share of each article's words stands in each other article")
def _overlap(t: Tables) -> pd.DataFrame:
    from analysis.passages.overlap import overlap

    return overlap(t["passages"], t["articles"])


@_recipe("every page cut into stretches by whose words they are, in reading order")
def _layers(t: Tables) -> pd.DataFrame:
    from analysis.passages.overlap import layers

    return layers(t["passages"], t["articles"], t["furniture"])


@_recipe("pairs of quotations that report the same words, and how they differ")
def _quotation_pairs(t: Tables) -> pd.DataFrame:
    return _aligned(t)[0]


@_recipe("utterances: quotations of the same words, taken together")
def _utterances(t: Tables) -> pd.DataFrame:
    return _aligned(t)[1]


_ALIGNED: WeakKeyDictionary[Tables, tuple[pd.DataFrame, pd.DataFrame]] = WeakKeyDictionary()


def _aligned(t: Tables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pairs and utterances come from one comparison."""
    from analysis.quotes.align import align_quotations

    if t not in _ALIGNED:
        _ALIGNED[t] = align_quotations(spoken(t["quotations"]), t["articles"])
    return _ALIGNED[t]


@_recipe("for every utterance and article: how the words stand there", judged=True)
def _corroboration(t: Tables) -> pd.DataFrame:
    from analysis.quotes.corroborate import corroboration

    return corroboration(t["utterances"], t["articles"], t["families"])


@_recipe("the topics that are counted, and the words that speak for them", random=True)
def _topics(t: Tables) -> pd.DataFrame:
    rows = [
        {
            "topic": topic.id,
            "label": topic.label,
            "description": topic.description,
            "terms": [term.text for term in topic.terms],
            "examples": list(topic.examples),
        }
        for topic in t.codebook.topics
    ]
    return pd.DataFrame(rows, columns=["topic", "label", "description", "terms", "examples"])


@_recipe("topic shares of each paragraph, with the terms that decided", random=True)
def _topic_assignments(t: Tables) -> pd.DataFrame:
    from analysis.topics import assign_topics

    return assign_topics(t["units"], t.codebook)


@_recipe("topic shares by outlet, with intervals", random=True)
def _topic_shares(t: Tables) -> pd.DataFrame:
    from analysis.topics import topic_shares

    return topic_shares(t["topic_assignments"], t["units"])


@_recipe("how far outlets' topic shares lie apart, against what chance would give", random=True)
def _topic_distances(t: Tables) -> pd.DataFrame:
    from analysis.topics import topic_distances

    return topic_distances(t["topic_assignments"], t["units"])


@_recipe("words given to each speaker by each outlet, zeros included")
def _voices(t: Tables) -> pd.DataFrame:
    from analysis.framing import voices

    return voices(spoken(t["quotations"]), t["articles"], t["reported"])


@_recipe("first sentences and headlines, and who acts in them")
def _openings(t: Tables) -> pd.DataFrame:
    from analysis.framing import openings

    return openings(in_english(t["articles"]))


@_recipe("every place where a topic, a named actor or a fact stands, in bodies and headlines", random=True)
def _marks(t: Tables) -> pd.DataFrame:
    from analysis.framing.marks import actor_marks, fact_marks, topic_marks
    from analysis.topics import assign_topics

    articles = t["articles"]
    titled = articles[articles["title"].fillna("").str.strip() != ""]
    headlines = pd.DataFrame(
        {
            "unit_id": titled["article_id"],
            "article_id": titled["article_id"],
            "text": titled["title"],
            "heading": "",
        }
    )
    above = assign_topics(headlines, t.codebook).rename(columns={"unit_id": "article_id"})
    kinds = {
        "topic": topic_marks(t["topic_assignments"], t["units"], above),
        "actor": actor_marks(in_english(articles), t["roles"]),  # names are told by English capitals
        "fact": fact_marks(t["coverage"], articles),
    }
    return pd.concat([marks.assign(kind=kind) for kind, marks in kinds.items()], ignore_index=True)


@_recipe(
    "where topics, named actors and facts stand: in the headline, the first sentence, how early", random=True
)
def _prominence(t: Tables) -> pd.DataFrame:
    from analysis.framing import prominence

    parts = [prominence(t["articles"], _marks_of(t, kind)).assign(kind=kind) for kind in MARKED]
    return pd.concat(parts, ignore_index=True)


@_recipe(
    "share of each outlet's first places that topics, actors and kinds of facts have, with intervals",
    random=True,
)
def _emphasis(t: Tables) -> pd.DataFrame:
    from analysis.framing.emphasis import emphasis, fact_roles_of

    marks = {kind: _marks_of(t, kind) for kind in MARKED}
    marks["fact"] = fact_roles_of(marks["fact"], t["fact_roles"])
    return pd.concat(
        [emphasis(t["articles"], given, kind) for kind, given in marks.items()], ignore_index=True
    )


MARKED = ("topic", "actor", "fact")


def _marks_of(t: Tables, kind: str) -> pd.DataFrame:
    marks = t["marks"]
    return marks[marks["kind"] == kind].reset_index(drop=True)


@_recipe("words that an outlet uses more than the rest, outside quotations", random=True)
def _keyness(t: Tables) -> pd.DataFrame:
    from analysis.framing import keyness

    if t.settings.own_words:
        return keyness(t["articles"], spans=t["own_words"], seed=t.settings.seed)
    return keyness(t["articles"], exclude=spoken(t["quotations"]), seed=t.settings.seed)


@_recipe("words that are quoted more by one outlet than by the rest", random=True)
def _quoted_keyness(t: Tables) -> pd.DataFrame:
    from analysis.framing import keyness

    return keyness(t["articles"], spans=spoken(t["quotations"]), seed=t.settings.seed)


@_recipe("facts that the articles state, each with one sentence that stands for it")
def _facts(t: Tables) -> pd.DataFrame:
    from analysis.framing import find_facts

    return find_facts(t["articles"])


@_recipe(
    "for every fact and article: told, partly, uncertain or not found, and what was searched for", judged=True
)
def _coverage(t: Tables) -> pd.DataFrame:
    from analysis.framing import coverage

    facts, articles, roles = t["facts"], t["articles"], t["roles"]
    parts = []
    for event, here in articles.groupby("event", sort=True):  # "the mayor" of one event is nobody in another
        named = roles[roles["event"] == event]
        aliases = {str(name): list(given) for name, given in named.groupby("canonical")["alias"]}
        parts.append(coverage(facts[facts["event"] == event], here, aliases))
    found = pd.concat(parts, ignore_index=True) if parts else coverage(facts, articles)
    return found.assign(status=found["status"].replace(_JUDGED[t.settings.strictness]))


@_recipe("who reports each fact: all, several, one, or nobody can say", judged=True)
def _fact_roles(t: Tables) -> pd.DataFrame:
    from analysis.framing import fact_roles

    return fact_roles(t["coverage"])


@_recipe("how many facts every two articles share", judged=True)
def _fact_overlap(t: Tables) -> pd.DataFrame:
    from analysis.framing import fact_overlap

    return fact_overlap(t["coverage"])


@_recipe("where in each article each fact comes up", judged=True)
def _fact_order(t: Tables) -> pd.DataFrame:
    from analysis.framing import fact_order

    return fact_order(t["coverage"], t["articles"])


@_recipe("facts by outlet: told by most, by some, by it alone", judged=True)
def _told(t: Tables) -> pd.DataFrame:
    from analysis.framing.told import told_counts

    return told_counts(t["coverage"])


@_recipe("passages of two articles that do not agree, for a person to judge")
def _contradictions(t: Tables) -> pd.DataFrame:
    from analysis.framing import contradictions

    return contradictions(t["facts"], t["articles"])


@_recipe("wordings of one statement that differ, both passages")
def _wording_shifts(t: Tables) -> pd.DataFrame:
    from analysis.framing import wording_shifts

    return wording_shifts(t["utterances"], t["facts"], t["articles"])


@_recipe("generic frame cues by article")
def _frame_scores(t: Tables) -> pd.DataFrame:
    from analysis.framing import frame_scores

    return frame_scores(in_english(t["articles"]))


@_recipe("rate of generic frame cues by outlet, with intervals")
def _frame_rates(t: Tables) -> pd.DataFrame:
    from analysis.framing import frame_rates

    return frame_rates(t["frame_scores"])


@_recipe("sentences that carry a generic frame cue, with the words that do")
def _frame_cues(t: Tables) -> pd.DataFrame:
    from analysis.framing import frame_cues

    return frame_cues(_english_sentences(t))


@_recipe("sentences that carry a cue of a news frame (the second scheme), with the words that do")
def _news_frame_cues(t: Tables) -> pd.DataFrame:
    from analysis.framing import frame_cues

    return frame_cues(_english_sentences(t), scheme="news")


@_recipe("every cue word with its place, for both schemes")
def _cue_marks(t: Tables) -> pd.DataFrame:
    from analysis.framing import cue_marks

    articles = in_english(t["articles"])
    return pd.concat(
        [cue_marks(articles, scheme).assign(scheme=scheme) for scheme in SCHEMES], ignore_index=True
    )


@_recipe("share of each outlet's sentences that cue each frame, beside the whole corpus, for both schemes")
def _frame_shares(t: Tables) -> pd.DataFrame:
    from analysis.framing import frame_shares

    return _by_scheme(t, frame_shares)


@_recipe("how far always guessing no cue, or the commonest frame, would get")
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


@_recipe("reporting verbs and hedges by class; descriptive only")
def _reporting_words(t: Tables) -> pd.DataFrame:
    from analysis.framing import reporting_words

    return reporting_words(in_english(t["articles"]))


@_recipe("what every finding claims, before it is tested", random=True, judged=True)
def _claims(t: Tables) -> pd.DataFrame:
    from analysis.findings import claims

    return claims(t)


@_recipe(
    "what can be said of this corpus, and what cannot; and which choices turn it over",
    together=True,
    random=True,
    judged=True,
)
def _findings(t: Tables) -> pd.DataFrame:
    from analysis.findings import counterfactuals, findings_table, gated

    return findings_table(gated(t, counterfactuals(t)))


@_recipe("notes on the event, and whether the tables bear them out", random=True, judged=True)
def _commentary(t: Tables) -> pd.DataFrame:
    from analysis.commentary import commentary, read_note

    return commentary([read_note(path) for path in _corpus(t).commentary], t)
