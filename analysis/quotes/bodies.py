"""One body under several names: "the Tarsian Foreign Ministry", "Tarsia's foreign ministry", "its Foreign Ministry".

A name is taken apart into whose body it is and which one it is. Bodies of one kind are the same when they have one owner,
whether it is printed as an adjective or as a possessor; one that is printed without its owner is the same when the event
knows a single owner of such a body.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from analysis.quotes.lexicon import CLOSED, DETERMINERS
from analysis.quotes.names import Names
from analysis.quotes.people import COUNTRY_OF

Key = frozenset[str]
_POSSESSIVE = ("'s", "’s")
_STEM = 4  # letters that a place's name and its adjective have in common, at the least
_ENDINGS = 3  # letters that an adjective may have more than the name it is made of


def body_key(shown: str) -> Key:
    """Reduce a body's name so that "Ministry of External Affairs" and "External Affairs Ministry" are one."""
    words = (_plain(word) for word in shown.lower().split())
    return frozenset(word for word in words if word and word not in CLOSED and word not in DETERMINERS)


def _plain(word: str) -> str:
    bare = word.strip("’'.,")
    return bare[:-2] if bare.endswith(_POSSESSIVE) else bare


@dataclass
class Bodies:
    """The bodies that the articles of an event name, each under all its names.

    Attributes:
        forms: key of a name -> the forms that it is printed in, and how often.
        places: the first letters of single words that stand as names -> those words; they may own a body.
        owners: key of a body without its owner -> its owners.
        named: key of a body without its owner -> keys of all its names.
    """

    forms: dict[Key, Counter[str]] = field(default_factory=dict)
    places: dict[str, set[str]] = field(default_factory=dict)
    owners: dict[Key, set[str]] = field(default_factory=dict)
    named: dict[Key, list[Key]] = field(default_factory=dict)
    _apart: dict[Key, tuple[str, Key]] = field(default_factory=dict)

    @classmethod
    def of(cls, articles: Iterable[Names]) -> Bodies:
        """Collect the bodies of an event from the names of every article."""
        found = cls()
        owned: list[Key] = []
        for names in articles:
            ends: dict[int, str] = {}
            for mention in names.mentions:
                if len(mention.words) == 1:
                    found._place(mention.words[0].lower())
                    ends[mention.end] = mention.shown
            for start, end, shown in names.bodies:
                key = body_key(shown)
                found.forms.setdefault(key, Counter())[shown] += 1
                for word in key if len(key) == 1 else ():
                    found._place(word)
                before = ends.get(start - len("'s "))  # "Japan" and, right before "Defence Ministry", its 's
                if before:
                    owned.append(body_key(f"{before} {shown}"))
                ends[end] = shown
        for key in found.forms:
            found.named.setdefault(found.apart(key)[1], []).append(key)
        for key in (*found.forms, *owned):
            owner, rest = found.apart(key)
            if owner:
                found.owners.setdefault(rest, set()).add(owner)
        return found

    def _place(self, word: str) -> None:
        self.places.setdefault(word[:_STEM], set()).add(word)

    def apart(self, key: Key) -> tuple[str, Key]:
        """Take a name apart: whose body it is, or "", and which."""
        if key not in self._apart:
            owners = [(word, owner) for word in key if (owner := self._owner(word))] if len(key) > 1 else []
            self._apart[key] = (owners[0][1], key - {owners[0][0]}) if len(owners) == 1 else ("", key)
        return self._apart[key]

    def _owner(self, word: str) -> str:
        """The country or place that a word names, as itself or as an adjective; "" if it names none."""
        if word in COUNTRY_OF:
            return COUNTRY_OF[word]
        kin = [place for place in self.places.get(word[:_STEM], ()) if _kin(place, word)]
        return min(kin, key=lambda place: (len(place), place)) if kin else ""

    def name(self, shown: str) -> str:
        """Return the name that a body is known by in all articles: with its owner where it is printed so, the commonest."""
        owner, rest = self.apart(body_key(shown))
        known = self.owners.get(rest, set())
        one = len(known) == 1 and len(rest) > 1  # the event knows one such body, so that it needs no owner
        same = [key for key in self.named.get(rest, ()) if one or self.apart(key)[0] == owner]
        forms = [
            (bool(self.apart(key)[0]), n, len(form), form)
            for key in same
            for form, n in self.forms[key].items()
        ]
        return max(forms)[-1].replace("\u00a0", " ") if forms else shown


def _kin(place: str, word: str) -> bool:
    """Whether a word is a place's name or an adjective made of it: Tarsia, Tarsian."""
    if place == word:
        return True
    stem = place[:-1] if place[-1] in "aeiouy" else place
    return len(stem) >= _STEM and word.startswith(stem) and 0 < len(word) - len(stem) <= _ENDINGS
