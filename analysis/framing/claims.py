"""Claims made ready to be looked for: their words with weights, what must be found of them, and the names that stand for others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

import numpy as np

from analysis.framing.equivalents import spellings
from analysis.framing.particulars import figures
from analysis.framing.searchable import ACRONYM
from analysis.framing.terms import Term, terms

_MOST_NAMES = 5  # persons and bodies, and other names of one of them, that a reader is told
_SLASH = re.compile(r"\s?/\s?")

Aliases = Mapping[str, Sequence[str]]
Name = tuple[str, ...]


class Names:
    """Names of persons and bodies made ready to be looked for in many claims."""

    def __init__(self, aliases: Aliases) -> None:
        self.printed: dict[Name, str] = {}  # as a reader knows the name
        self._groups = [
            [keys for name in dict.fromkeys([canonical, *others]) if (keys := self._keys(name))]
            for canonical, others in aliases.items()
        ]
        self._by_first: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for group, names in enumerate(self._groups):
            for rank, name in enumerate(names):
                self._by_first[name[0]].append((group, rank))

    def _keys(self, name: str) -> Name:
        keys = tuple(term.key for term in terms(name) if term.kind != "grammar")
        self.printed.setdefault(keys, name)
        return keys

    def of(self, keys: Collection[str]) -> list[tuple[Name, list[Name]]]:
        """List the names that these keys make up, each with the other names of the same person or body."""
        first: dict[int, int] = {}
        for key in keys:
            for group, rank in self._by_first.get(key, ()):
                if rank < first.get(group, rank + 1) and all(k in keys for k in self._groups[group][rank]):
                    first[group] = rank
        out = []
        for group in sorted(first):
            names = self._groups[group]
            own = names[first[group]]
            out.append((own, [other for other in dict.fromkeys(names) if other != own]))
        return out


class Claim:
    """A claim made ready to be looked for in many texts.

    Attributes:
        units: what has to be found: each a tuple of keys of which one is enough ("agreed/launched").
        weights: the weight of each unit.
        number: key -> number of the unit that it belongs to.
        content: the terms that carry content.
        held: key -> weight of what a text has to hold somewhere: the content, or where there is none, all words.
        last: number of the unit with the last of them.
        figures: numbers of the units that count something.
        acronyms: capitals that may stand for other words, with their keys.
        names: names of persons and bodies in the claim, with their other names.
    """

    def __init__(self, text: str, aliases: Aliases | Names | None = None) -> None:
        self.text = text
        self.terms = terms(text)
        found: dict[tuple[str, ...], float] = {}
        for unit, weight in _units(text, self.terms):
            if found.get(unit, 0.0) < weight:
                found[unit] = weight
        self.units = list(found)
        self.weights = np.array([found[unit] for unit in self.units], dtype=float)
        self.number = {key: n for n, unit in enumerate(self.units) for key in unit}
        content = [term for term in self.terms if term.kind != "grammar"]
        self.content = content
        self.held = {term.key: term.weight for term in content or self.terms}
        self.last = self.number[content[-1].key] if content else -1
        self.figures = sorted({self.number[key] for key in figures(self.terms)})
        self.acronyms = {
            text[t.start : t.end]: t.key
            for t in self.terms
            if text[t.start].isupper() and ACRONYM.fullmatch(text, t.start, t.end)
        }
        known = aliases if isinstance(aliases, Names) else Names(aliases or {})
        self.names = known.of(self.number)
        self._printed = known.printed

    def forms(self) -> list[str]:
        """List what counts as found, for a reader: each content word, with the other forms that are taken for it."""
        out = [_spelled(self.text[term.start : term.end], term.key) for term in self.content]
        out += [f"{acronym} / {words}" for words, acronym in _acronyms(self)]
        for own, others in self.names[:_MOST_NAMES]:
            more = ["other names"] if len(others) > _MOST_NAMES else []
            out.append(" / ".join([*(self._printed[name] for name in (own, *others[:_MOST_NAMES])), *more]))
        if len(self.names) > _MOST_NAMES:
            out.append(f"the names of {len(self.names) - _MOST_NAMES} others")
        return list(dict.fromkeys(out))


@lru_cache(maxsize=100_000)
def _spelled(word: str, key: str) -> str:
    """A word with the other forms that are taken for it."""
    return " / ".join([word, *(other for other in spellings(key) if other.casefold() != word.casefold())])


def _units(text: str, found: Sequence[Term]) -> list[tuple[tuple[str, ...], float]]:
    """List what has to be found: a word, or several of which one is enough ("agreed/launched")."""
    if "/" not in text:
        return [((term.key,), term.weight) for term in found]
    out = []
    at = 0
    while at < len(found):
        stop = at + 1
        while stop < len(found) and _SLASH.fullmatch(text, found[stop - 1].end, found[stop].start):
            stop += 1
        one = found[at:stop]
        out.append((tuple(dict.fromkeys(term.key for term in one)), max(term.weight for term in one)))
        at = stop
    return out


def _acronyms(claim: Claim) -> list[tuple[str, str]]:
    """Runs of three or more capitalised words, with their initials."""
    out = []
    run: list[Term] = []
    for term in [*claim.content, None]:
        if (
            term is not None
            and (not run or term.start - run[-1].end <= 5)
            and claim.text[term.start].isupper()
        ):
            run.append(term)
            continue
        if len(run) >= 3:
            out.append((claim.text[run[0].start : run[-1].end], "".join(claim.text[t.start] for t in run)))
        run = [term] if term is not None and claim.text[term.start].isupper() else []
    return out
