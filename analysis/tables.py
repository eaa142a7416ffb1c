"""Which table is made from which, by which function; computed when asked for, once, and kept.

The chapters, `tellings analyse` and a cluster all go through `RECIPES`, so a table means the same wherever it was made.
A computed table is kept as Parquet under a hash of everything that made it: the corpus, the settings, the source of this
package and the versions of what it counts with.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis import cache

if TYPE_CHECKING:
    from analysis.corpus import Corpus
    from analysis.topics import Codebook


@dataclass(frozen=True)
class Settings:
    """What changes the tables of a corpus, apart from the corpus.

    Attributes:
        seed: of everything that draws at random.
        n_topics: how many topics discovery makes when there is no codebook; None lets stability decide.
        keep_furniture: leave page furniture in the text; for the counterfactual that shows what it would have done.
        own_words: count words, topics and frames in what no other article shares.
        without: outlets left out; for the counterfactual that shows what hangs on one of them.
        draws: how many times a permutation or bootstrap draws.
    """

    seed: int = 0
    n_topics: int | None = None
    keep_furniture: bool = False
    own_words: bool = False
    without: tuple[str, ...] = ()
    draws: int = 1000


Make = Callable[["Tables"], pd.DataFrame]


@dataclass(frozen=True)
class Recipe:
    """How one table is made, and what a reader should know of it."""

    name: str
    make: Make
    about: str


class Tables:
    """The tables of one corpus, by name: `tables["quotations"]`.

    Each is computed when it is first asked for and kept; asking again is free. Iterating gives the names.
    """

    def __init__(
        self,
        corpus: Corpus | None,
        settings: Settings,
        keep: Path | None,
        stored: Mapping[str, Path] | None = None,
    ) -> None:
        self.corpus = corpus
        self.settings = settings
        self._keep = keep
        self._stored = dict(stored or {})
        self._made: dict[str, pd.DataFrame] = {}
        self._codebook: Codebook | None = None

    @property
    def names(self) -> list[str]:
        """Names of all tables there are."""
        return sorted(self._stored) if self.corpus is None else list(RECIPES)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._made:
            self._made[name] = self._find(name)
        return self._made[name]

    def make_all(self, report: Callable[[str], None] | None = None) -> Tables:
        """Compute every table now; `report` hears each name before its turn."""
        for name in self.names:
            if report:
                report(name)
            self[name]
        return self

    def variant(self, **changes: Any) -> Tables:
        """Return the tables of the same corpus under other settings, for a counterfactual."""
        settings = replace(self.settings, **changes)
        if self.corpus is None:
            raise ValueError(
                "tables read from a folder cannot be computed again; open the corpus that they were made from."
            )
        return open_tables(self.corpus, settings=settings, keep=self._keep is not None)

    @property
    def codebook(self) -> Codebook:
        """The corpus's codebook, or the one that was discovered in it."""
        if self._codebook is None:
            from analysis.topics import discover_topics

            given = self.corpus.codebook if self.corpus else None
            self._codebook = given or discover_topics(
                self["units"], n_topics=self.settings.n_topics, seed=self.settings.seed
            )
        return self._codebook

    def _find(self, name: str) -> pd.DataFrame:
        if name in self._stored:
            return pd.read_parquet(self._stored[name])
        if self.corpus is None or name not in RECIPES:
            known = ", ".join(self.names)
            raise KeyError(f"there is no table {name!r}; there are {known}")
        if self._keep is not None:
            kept = cache.read_table(self._keep, name)
            if kept is not None:
                return kept
        made = RECIPES[name].make(self)
        if self._keep is not None:
            cache.write_table(self._keep, name, made)
        return made


def open_tables(
    source: str | Path | Corpus,
    *,
    settings: Settings | None = None,
    keep: bool = True,
) -> Tables:
    """Open every table of a corpus, or the tables that `tellings analyse` wrote.

    Args:
        source: a corpus (anything `load_corpus` takes, or what it returned), or a folder with `tables.json`.
        settings: see `Settings`.
        keep: keep computed tables in the cache (`TELLINGS_CACHE`, else the user's cache folder) and take them from there.

    Raises:
        CorpusError: the corpus cannot be read; the message says what, where and how to mend it.
    """
    from analysis.corpus import load_corpus

    settings = settings or Settings()
    if isinstance(source, str | Path):
        listing = Path(source) / "tables.json"
        if listing.is_file():
            return _stored_tables(Path(source), listing, settings)
        source = load_corpus(find_corpus(source))
    corpus = _adjusted(source, settings)
    where = cache.folder("tables", corpus_digest(corpus), asdict(settings)) if keep else None
    return Tables(corpus, settings, where)


def find_corpus(path: str | Path) -> Path:
    """Find a corpus: from the working directory, else beside the book that this package belongs to.

    So a notebook finds `seeds` from whichever folder papermill was started in.
    """
    given = Path(path)
    if given.is_absolute() or given.exists():
        return given
    package = Path(__file__).resolve().parent
    for home in (package.parent, package / "home"):
        if (home / given).exists():
            return home / given
    return given


def corpus_digest(corpus: Corpus) -> str:
    """Hash of everything in a corpus that tables are made from."""
    articles = corpus.articles
    codebook = corpus.codebook
    return cache.digest(
        articles.to_json(orient="split"),
        corpus.furniture.to_json(orient="split"),
        repr(codebook) if codebook is not None else "",
    )


def _stored_tables(folder: Path, listing: Path, settings: Settings) -> Tables:
    declared = json.loads(listing.read_text(encoding="utf-8"))
    names = declared["tables"]
    stored = {name: folder / name for name in names if (folder / name).exists()}
    missing = sorted(set(names) - set(stored))
    if missing:
        raise ValueError(
            f"{folder}: tables.json names {missing[0]!r}, but there is no folder of that name; write the tables again."
        )
    return Tables(None, settings, None, stored)


def _adjusted(corpus: Corpus, settings: Settings) -> Corpus:
    """Apply the settings that change the articles themselves."""
    if settings.keep_furniture:
        corpus = corpus.with_furniture()
    if settings.without:
        left = corpus.articles[~corpus.articles["outlet"].isin(settings.without)].reset_index(drop=True)
        corpus = replace(corpus, articles=left)
    return corpus


RECIPES: dict[str, Recipe] = {}


def _recipe(about: str) -> Callable[[Make], Make]:
    def register(make: Make) -> Make:
        name = make.__name__.strip("_")
        RECIPES[name] = Recipe(name, make, about)
        return make

    return register


def _corpus(t: Tables) -> Corpus:
    assert t.corpus is not None
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
    from analysis.quotes import role_table

    return role_table(t["articles"])


@_recipe("quotations with their speakers; terms and scare quotes have the kind 'term'")
def _quotations(t: Tables) -> pd.DataFrame:
    from analysis.quotes import extract_quotations, resolve_speakers

    return resolve_speakers(extract_quotations(t["articles"]), t["articles"])


@_recipe("reported statements without quotation marks, with their speakers")
def _reported(t: Tables) -> pd.DataFrame:
    from analysis.quotes import indirect_speech

    return indirect_speech(t["articles"])


@_recipe("pairs of quotations that report the same words, and how they differ")
def _quotation_pairs(t: Tables) -> pd.DataFrame:
    from analysis.quotes import align_quotations

    return align_quotations(spoken(t["quotations"]), t["articles"])[0]


@_recipe("utterances: quotations of the same words, taken together")
def _utterances(t: Tables) -> pd.DataFrame:
    from analysis.quotes import align_quotations

    return align_quotations(spoken(t["quotations"]), t["articles"])[1]


@_recipe("for every utterance and article: how the words stand there")
def _corroboration(t: Tables) -> pd.DataFrame:
    from analysis.quotes import corroboration

    return corroboration(t["utterances"], t["articles"], t["families"])


@_recipe("passages that two articles share")
def _passages(t: Tables) -> pd.DataFrame:
    from analysis.passages import shared_passages

    return shared_passages(t["articles"])


@_recipe("articles that are one witness because they share most of their words")
def _families(t: Tables) -> pd.DataFrame:
    from analysis.passages import families

    return families(t["passages"], t["articles"])


@_recipe("stretches that no other article shares")
def _own_words(t: Tables) -> pd.DataFrame:
    from analysis.passages import own_words

    return own_words(t["articles"], t["passages"])


@_recipe("topic shares of each paragraph, with the terms that decided")
def _topic_assignments(t: Tables) -> pd.DataFrame:
    from analysis.topics import assign_topics

    return assign_topics(t["units"], t.codebook)


@_recipe("topic shares by outlet, with intervals")
def _topic_shares(t: Tables) -> pd.DataFrame:
    from analysis.topics import topic_shares

    return topic_shares(t["topic_assignments"], t["units"])


@_recipe("how far outlets' topic shares lie apart, against what chance would give")
def _topic_distances(t: Tables) -> pd.DataFrame:
    from analysis.topics import topic_distances

    return topic_distances(t["topic_assignments"], t["units"])


@_recipe("words given to each speaker by each outlet, zeros included")
def _voices(t: Tables) -> pd.DataFrame:
    from analysis.framing import voices

    return voices(spoken(t["quotations"]), t["articles"])


@_recipe("words that an outlet uses more than the rest")
def _keyness(t: Tables) -> pd.DataFrame:
    from analysis.framing import keyness

    return keyness(t["articles"])


@_recipe("facts that the articles state, each with one sentence that stands for it")
def _facts(t: Tables) -> pd.DataFrame:
    from analysis.framing import find_facts

    return find_facts(t["articles"])


@_recipe("for every fact and article: told, partly, uncertain or not found, and what was searched for")
def _coverage(t: Tables) -> pd.DataFrame:
    from analysis.framing import coverage

    return coverage(t["facts"], t["articles"])


@_recipe("wordings of one statement that differ, both passages")
def _wording_shifts(t: Tables) -> pd.DataFrame:
    from analysis.framing import wording_shifts

    return wording_shifts(t["utterances"], t["facts"], t["articles"])


@_recipe("generic frame cues by article")
def _frame_scores(t: Tables) -> pd.DataFrame:
    from analysis.framing import frame_scores

    return frame_scores(t["articles"])


@_recipe("sentences that carry a generic frame cue, with the words that do")
def _frame_cues(t: Tables) -> pd.DataFrame:
    from analysis.framing import frame_cues

    return frame_cues(t["sentences"])


def spoken(quotations: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows that are somebody's words: not terms, and not what stands inside another quotation."""
    return quotations[~quotations["kind"].isin(["term", "nested"])].reset_index(drop=True)
