"""Who is who in an event: persons with all their names, roles and sides, and bodies with their acronyms.

The register is built from all articles of one event together: an appositive in any outlet ("Foreign Minister Jane Lee")
tells who "the minister" is in every other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from analysis.quotes.bodies import Bodies
from analysis.quotes.lexicon import BODY_NOUNS, CLOSED, DETERMINERS, TITLES, is_role
from analysis.quotes.names import Mention, Names, scan, side_of
from analysis.quotes.people import COUNTRY_OF, NICKNAMES

_SUFFIXES = frozenset("jr sr ii iii iv".split())
# Titles and the nouns they stand for.
TITLE_NOUNS = {
    "sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "col": "colonel", "lt": "lieutenant",
    "capt": "captain", "sgt": "sergeant", "adm": "admiral", "pres": "president", "amb": "ambassador", "prof": "professor",
    "rev": "reverend", "maj": "major", "cmdr": "commander", "det": "detective", "supt": "superintendent",
    "congresswoman": "representative", "congressman": "representative", "spokeswoman": "spokesperson",
    "spokesman": "spokesperson", "chairwoman": "chair", "chairman": "chair", "chairperson": "chair", "pm": "prime minister",
    "fm": "foreign minister", "cm": "chief minister", "eam": "external affairs minister", "lawmaker": "legislator",
    "businesswoman": "businessman", "actress": "actor", "attorney": "lawyer", "front-runner": "frontrunner",
}  # fmt: skip
# Roles that include others: a senator may be called a lawmaker.
BROADER = {
    "legislator": frozenset(("senator", "representative", "mp", "councilman", "councilwoman")),
    "official": frozenset(("spokesperson", "secretary", "director", "commissioner")),
    "leader": frozenset(("president", "chair", "premier", "chancellor", "director")),
    "minister": frozenset(("premier",)),
    "executive": frozenset(("ceo", "president", "director")),
}  # fmt: skip


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
        if word not in _SUFFIXES:
            return word
    return words[-1] if words else ""


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
    ends = set(a) & _SUFFIXES, set(b) & _SUFFIXES
    if ends[0] != ends[1] and (namesakes or (ends[0] and ends[1])):
        return False
    if one == two or (min(len(one), len(two)) == 1 and one[:1] == two[:1]):
        return True
    if two in NICKNAMES.get(one, ()) or one in NICKNAMES.get(two, ()):
        return True
    return min(len(one), len(two)) >= 3 and (one.startswith(two) or two.startswith(one))


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


def build_register(bodies: dict[str, str], speaking: dict[str, set[int]]) -> Register:
    """Build the register of an event.

    Args:
        bodies: the text of every article.
        speaking: for every article, where a name starts that somebody's words are given to.
    """
    texts = tuple(bodies.items())
    sighted = _kept_sight(texts) if len(texts) <= _KEPT_ARTICLES else _sight(texts)
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


# Articles of an event whose names are kept: roles, quotations and reported statements ask for them.
_KEPT_ARTICLES = 64
_kept_sight = lru_cache(maxsize=256)(_sight)


def _namesakes(names: dict[str, Names]) -> set[tuple[str, ...]]:
    """Find the names with "Jr." that belong to another than the bare last name does.

    An article that means the younger one alone gives the whole name first; one that has the last name before it, or the
    name without "Jr." anywhere, knows two.
    """
    found: set[tuple[str, ...]] = set()
    for article in names.values():
        if all(_SUFFIXES.isdisjoint(mention.words) for mention in article.mentions):
            continue
        earlier: set[str] = set()
        whole: set[str] = set()  # last names that stood with "Jr." first
        plain = {mention.words for mention in article.mentions if not set(mention.words) & _SUFFIXES}
        for mention in article.mentions:
            last = last_name(mention.words)
            if len(mention.words) > 2 and set(mention.words) & _SUFFIXES:
                bare = tuple(word for word in mention.words if word not in _SUFFIXES)
                if last in earlier or bare in plain:
                    found.add(mention.words)
                whole.add(last)
            elif last not in whole:
                earlier.add(last)
    return found


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


def initials(shown: str) -> str:
    """Return the initials of the content words of a name: MEA for Ministry of External Affairs."""
    return "".join(word[0] for word in shown.split() if word and word[0].isupper()).upper()


def _known_initials(names: dict[str, Names]) -> set[str]:
    """List the acronyms that some body in the event explains."""
    out: set[str] = set()
    for found in names.values():
        out.update(found.acronyms)
        out.update(initials(shown) for _, _, shown in found.bodies)
    return {short for short in out if len(short) > 1}


def _acronyms(names: dict[str, Names]) -> dict[str, tuple[str, str, int, int]]:
    """Read capital-letter names as the initials of a body named in full anywhere in the event."""
    by_initials: dict[str, tuple[str, str, int, int]] = {}
    for article, found in names.items():
        for start, end, shown in found.bodies:
            short = initials(shown)
            if len(short) > 2:
                by_initials.setdefault(short, (shown, article, start, end))
            owner, _, rest = shown.partition(" ")
            if len(initials(rest)) > 2 and owner.lower().rstrip(".") in COUNTRY_OF:
                by_initials.setdefault(initials(rest), (shown, article, start, end))  # "U.S. Fisheries ..."
    return by_initials


def role_head(words: Iterable[str]) -> tuple[str, frozenset[str]]:
    """Split a role into its head noun, normalised, and the other content words.

    "external affairs minister" -> ("minister", {"external", "affairs"}); "chairman of the board" -> ("chair", {"board"}).
    """
    return _role_head(tuple(words))


@lru_cache(maxsize=50_000)
def _role_head(words: tuple[str, ...]) -> tuple[str, frozenset[str]]:
    expanded: list[str] = []
    for word in words:
        expanded.extend(TITLE_NOUNS.get(word, word).split())
    head = -1
    for k, word in enumerate(expanded):
        if is_role(word) or word in TITLES:
            head = k
            if k + 1 < len(expanded) and (expanded[k + 1] in CLOSED or expanded[k + 1] in DETERMINERS):
                break
    if head < 0:
        return "", frozenset()
    rest = frozenset(
        word.rstrip("'")
        for k, word in enumerate(expanded)
        if k != head
        and word not in CLOSED
        and word not in DETERMINERS
        and word not in ("former", "then", "ex", "current")
    )
    noun = TITLE_NOUNS.get(expanded[head], expanded[head])
    return noun, rest


def fits(asked: tuple[str, frozenset[str]], held: tuple[str, frozenset[str]]) -> float:
    """Say how well a role that is asked for fits one that a person holds, from 0 (not) up."""
    noun, qualifiers = asked
    other, has = held
    if not noun or not other:
        return 0.0
    if noun != other and other not in BROADER.get(noun, frozenset()):
        return 0.0
    base = 1.0 if noun == other else 0.6
    missing = len(qualifiers - has)
    return base + len(qualifiers & has) - 0.45 * missing


def body_like(words: Iterable[str]) -> bool:
    """Say whether folded words name a body."""
    listed = list(words)
    for k, word in enumerate(listed):
        if word in CLOSED and k:
            listed = listed[:k]
            break
    return bool(listed) and (listed[-1] in BODY_NOUNS or listed[0] in BODY_NOUNS)
