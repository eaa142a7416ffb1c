"""Who is who in an event: persons with all their names, roles and sides, and bodies with their acronyms.

The register is built from all articles of one event together: an appositive in any outlet ("Foreign Minister Jane Lee")
tells who "the minister" is in every other.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from analysis.quotes.bodies import Bodies
from analysis.quotes.names import SUFFIXES, Mention, side_of
from analysis.quotes.people import NICKNAMES
from analysis.quotes.roles import BROADER, role_head
from analysis.quotes.sightings import Person, last_name, sight

# the roles of a person, each taken apart, with the articles that give it
Held = list[tuple[tuple[str, frozenset[str]], set[str]]]


@dataclass(slots=True)
class Register:
    """Everybody in an event: persons by last name, bodies by their words and acronyms."""

    persons: list[Person] = field(default_factory=list)
    by_last: dict[str, list[Person]] = field(default_factory=dict)
    by_words: dict[tuple[str, ...], Person] = field(default_factory=dict)
    bodies: Bodies = field(default_factory=Bodies)
    acronyms: dict[str, tuple[str, str, int, int]] = field(default_factory=dict)
    _by_noun: dict[str, list[tuple[int, Person, Held]]] = field(default_factory=dict)

    def holders(self, noun: str) -> list[tuple[int, Person, Held]]:
        """Return the persons who hold a role that a noun may stand for, in their order, each with all roles held."""
        if not self._by_noun:
            for number, person in enumerate(self.persons):
                held: dict[tuple[str, frozenset[str]], set[str]] = {}
                for role, article, *_ in person.roles:
                    held.setdefault(role_head(role), set()).add(article)
                for other in {head for head, _ in held}:
                    self._by_noun.setdefault(other, []).append((number, person, list(held.items())))
        wanted = {noun, *BROADER.get(noun, ())}
        found = {entry[0]: entry for other in wanted for entry in self._by_noun.get(other, ())}
        return [found[number] for number in sorted(found)]

    def find(self, mention: Mention, article: str) -> Person | None:
        """Find the person that a mention in an article names."""
        exact = self.by_words.get(mention.words)
        if exact is not None and (len(mention.words) > 1 or len(self.by_last.get(mention.words[0], ())) <= 1):
            return exact
        options = self.by_last.get(last_name(mention.words), [])
        if len(mention.words) > 1:
            options = [p for p in options if _same_first(p.words, mention.words, p.namesake)]
        else:
            options = [p for p in options if not p.namesake]
        if mention.gender and len(options) > 1:
            options = [p for p in options if p.gender in ("", mention.gender)] or options
        if not options:
            return None
        return max(options, key=lambda p: (p.articles[article], sum(p.articles.values()), -p.rank))


def _same_first(a: tuple[str, ...], b: tuple[str, ...], namesakes: bool = False) -> bool:
    """Say whether two names of one last name may be one person's; "Jr." may be left out unless there are namesakes."""
    if len(a) == 1 or len(b) == 1:
        return True
    one, two = a[0].rstrip("."), b[0].rstrip(".")
    ends = set(a) & SUFFIXES, set(b) & SUFFIXES
    if ends[0] != ends[1] and (namesakes or (ends[0] and ends[1])):
        return False
    if one == two or (min(len(one), len(two)) == 1 and one[:1] == two[:1]):
        return True
    if two in NICKNAMES.get(one, ()) or one in NICKNAMES.get(two, ()):
        return True
    return min(len(one), len(two)) >= 3 and (one.startswith(two) or two.startswith(one))


def build_register(bodies: dict[str, str], speaking: dict[str, set[int]]) -> Register:
    """Build the register of an event.

    Args:
        bodies: the text of every article.
        speaking: for every article, where a name starts that somebody's words are given to.
    """
    sighted = sight(bodies)
    register = Register(bodies=sighted.bodies, acronyms=sighted.acronyms)
    evidence = {words: person.evidence for words, person in sighted.seen.items()}
    for article, starts in speaking.items():
        for start in starts:
            words = sighted.places[article].get(start)
            if words is not None:
                evidence[words] += 3
    _merge(register, sighted.seen, evidence)
    for person in register.persons:
        for role, *_ in person.roles:
            side = side_of(" ".join(role))
            if side:
                person.parties[side] += 1
    return register


def _merge(
    register: Register, seen: dict[tuple[str, ...], Person], evidence: dict[tuple[str, ...], int]
) -> None:
    """Take those in who are persons, the forms of one together, fullest first; `seen` stays as it is."""

    def add(person: Person) -> None:
        own = person.copy()
        register.persons.append(own)
        register.by_last.setdefault(own.last, []).append(own)
        register.by_words[own.words] = own

    for words in evidence:
        if len(words) > 1 and evidence.get((last_name(words),)):
            evidence[words] += 2  # called by the last name alone elsewhere, as persons are
    full = [p for p in seen.values() if len(p.words) > 1 and evidence[p.words] >= 2]
    for person in sorted(full, key=lambda p: (-sum(p.articles.values()), p.rank)):
        twin = next(
            (
                p
                for p in register.by_last.get(person.last, [])
                if _same_first(p.words, person.words, p.namesake or person.namesake)
            ),
            None,
        )
        if twin is None:
            add(person)
        else:
            _absorb(twin, person)
            register.by_words[person.words] = twin
    for person in seen.values():
        if len(person.words) != 1:
            continue
        options = [p for p in register.by_last.get(person.last, ()) if not p.namesake]
        if not options and evidence[person.words] >= 3:
            options = _misspelt(register, person)
        if len(options) == 1:
            _absorb(options[0], person)
            register.by_words[person.words] = options[0]
        elif not options and evidence[person.words] >= 3:
            add(person)


def _misspelt(register: Register, person: Person) -> list[Person]:
    """Find who a long last name that stands nowhere in full may be, two letters off and in the same article."""
    word = person.words[0]
    if len(word) < 7:
        return []
    return [
        other
        for other in register.persons
        if len(other.words) > 1
        and abs(len(other.last) - len(word)) <= 2
        and other.last[0] == word[0]
        and any(other.articles[article] for article in person.articles)
        and Levenshtein.distance(other.last, word, score_cutoff=2) <= 2
    ]


def _absorb(person: Person, other: Person) -> None:
    person.forms.update(other.forms)
    person.genders.update(other.genders)
    person.roles.extend(other.roles)
    person.parties.update(other.parties)
    person.articles.update(other.articles)
