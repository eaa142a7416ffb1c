"""What the articles of an event say of persons and bodies, before it is asked who is one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from analysis.quotes.bodies import Bodies
from analysis.quotes.names import SUFFIXES, Names, scan
from analysis.quotes.people import COUNTRY_OF


@dataclass(slots=True)
class Person:
    """Somebody named in an event.

    Attributes:
        words: the fullest name, folded.
        forms: names as printed, counted.
        genders: how often titles and given names said m or f.
        roles: role as folded words, article, and where it stands.
        parties: parties and countries named with them, counted.
        evidence: how sure what stands with the name makes that this is a person.
        articles: mentions an article.
        rank: order of first sight.
        namesake: another of the name is in the event, and this one needs "Jr." to be told from them.
    """

    words: tuple[str, ...]
    forms: Counter[str] = field(default_factory=Counter)
    genders: Counter[str] = field(default_factory=Counter)
    roles: list[tuple[tuple[str, ...], str, int, int]] = field(default_factory=list)
    parties: Counter[str] = field(default_factory=Counter)
    evidence: int = 0
    articles: Counter[str] = field(default_factory=Counter)
    rank: int = 0
    namesake: bool = False

    def copy(self) -> Person:
        """Return a person of their own, to whom other names may be added."""
        return Person(
            self.words, self.forms.copy(), self.genders.copy(), list(self.roles), self.parties.copy(), self.evidence,
            self.articles.copy(), self.rank, self.namesake,
        )  # fmt: skip

    @property
    def last(self) -> str:
        """Return the last name, folded."""
        return last_name(self.words)

    @property
    def name(self) -> str:
        """Return the canonical name: the commonest of the fullest forms."""
        full = [form for form in self.forms if len(form.split()) > 1] or list(self.forms)
        return max(full, key=lambda form: (self.forms[form], len(form), form)).replace("\u00a0", " ")

    @property
    def gender(self) -> str:
        """Return m, f or nothing."""
        male, female = self.genders["m"], self.genders["f"]
        return "" if male == female else ("m" if male > female else "f")

    @property
    def side(self) -> str:
        """Return country or party, or nothing."""
        return max(self.parties, key=lambda side: (self.parties[side], side)) if self.parties else ""


def last_name(words: tuple[str, ...]) -> str:
    """Return the last word of a name that is no suffix."""
    for word in reversed(words):
        if word not in SUFFIXES:
            return word
    return words[-1] if words else ""


@dataclass(slots=True)
class Sighted:
    """What the articles of an event say of persons and bodies, before it is asked who is one.

    Attributes:
        seen: words of a name -> what stands with that very name.
        places: article -> where a name begins -> its words.
        bodies: the bodies that are named.
        acronyms: acronym -> the body that explains it, and where.
    """

    seen: dict[tuple[str, ...], Person]
    places: dict[str, dict[int, tuple[str, ...]]]
    bodies: Bodies
    acronyms: dict[str, tuple[str, str, int, int]]


def sight(bodies: dict[str, str]) -> Sighted:
    """Gather what the articles of an event, named with their texts, say of every name; kept, and not to be changed."""
    texts = tuple(bodies.items())
    return _kept_sight(texts) if len(texts) <= _KEPT_ARTICLES else _sight(texts)


def _sight(texts: tuple[tuple[str, str], ...]) -> Sighted:
    """Gather what the articles of an event say of every name."""
    names = {article: scan(body) for article, body in texts}
    seen: dict[tuple[str, ...], Person] = {}
    places: dict[str, dict[int, tuple[str, ...]]] = {}
    acronyms: dict[str, tuple[str, str, int, int]] = {}
    short_names = {short.lower() for short in _known_initials(names)}
    for article, found in names.items():
        here = places[article] = {}
        for mention in found.mentions:
            if len(mention.words) == 1 and mention.words[0] in short_names and mention.shown.isupper():
                continue  # an acronym
            here[mention.start] = mention.words
            person = seen.get(mention.words)
            if person is None:
                person = seen[mention.words] = Person(mention.words, rank=len(seen))
            person.forms[mention.shown] += 1
            if mention.gender:
                person.genders[mention.gender] += 1
            if mention.role and mention.role_span is not None:
                person.roles.append((mention.role, article, *mention.role_span))
            if mention.party:
                person.parties[mention.party] += 3
            person.evidence += mention.evidence
            person.articles[article] += 1
        for short, (shown, start, end) in found.acronyms.items():
            acronyms.setdefault(short, (shown, article, start, end))
    for words in _namesakes(names):
        seen[words].namesake = True
    for short, explained in _acronyms(names).items():
        acronyms.setdefault(short, explained)
    return Sighted(seen, places, Bodies.of(names.values()), acronyms)


def _namesakes(names: dict[str, Names]) -> set[tuple[str, ...]]:
    """Find the names with "Jr." that belong to another than the bare last name does.

    An article that means the younger one alone gives the whole name first; one that has the last name before it, or the
    name without "Jr." anywhere, knows two.
    """
    found: set[tuple[str, ...]] = set()
    for article in names.values():
        if all(SUFFIXES.isdisjoint(mention.words) for mention in article.mentions):
            continue
        earlier: set[str] = set()
        whole: set[str] = set()  # last names that stood with "Jr." first
        plain = {mention.words for mention in article.mentions if not set(mention.words) & SUFFIXES}
        for mention in article.mentions:
            last = last_name(mention.words)
            if len(mention.words) > 2 and set(mention.words) & SUFFIXES:
                bare = tuple(word for word in mention.words if word not in SUFFIXES)
                if last in earlier or bare in plain:
                    found.add(mention.words)
                whole.add(last)
            elif last not in whole:
                earlier.add(last)
    return found


def _initials(shown: str) -> str:
    """Return the initials of the content words of a name: MEA for Ministry of External Affairs."""
    return "".join(word[0] for word in shown.split() if word and word[0].isupper()).upper()


def _known_initials(names: dict[str, Names]) -> set[str]:
    """List the acronyms that some body in the event explains."""
    out: set[str] = set()
    for found in names.values():
        out.update(found.acronyms)
        out.update(_initials(shown) for _, _, shown in found.bodies)
    return {short for short in out if len(short) > 1}


def _acronyms(names: dict[str, Names]) -> dict[str, tuple[str, str, int, int]]:
    """Read capital-letter names as the initials of a body named in full anywhere in the event."""
    by_initials: dict[str, tuple[str, str, int, int]] = {}
    for article, found in names.items():
        for start, end, shown in found.bodies:
            short = _initials(shown)
            if len(short) > 2:
                by_initials.setdefault(short, (shown, article, start, end))
            owner, _, rest = shown.partition(" ")
            if len(_initials(rest)) > 2 and owner.lower().rstrip(".") in COUNTRY_OF:
                by_initials.setdefault(_initials(rest), (shown, article, start, end))  # "U.S. Fisheries ..."
    return by_initials


# Articles of an event whose names are kept: roles, quotations and reported statements ask for them.
_KEPT_ARTICLES = 64
_kept_sight = lru_cache(maxsize=256)(_sight)
