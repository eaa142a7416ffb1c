"""Roles that people hold: taken apart into noun and qualifiers, and whether one that is asked for fits one that is held."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from analysis.quotes.lexicon import BODY_NOUNS, CLOSED, DETERMINERS, TITLES, is_role

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
