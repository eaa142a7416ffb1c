"""A news archive with known truth: invented events over many days, each told by several outlets.

Words, names and footers come from `reuse_corpus`. An event has people, places and rare words of its own; its articles quote
the same statements, and some copy a passage from another, edited more or less. Nothing in it was written by anyone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
from reuse_corpus import STRENGTHS, _print, _Words

OUTLETS = 60
_OFFICES = (
    "transport minister", "police chief", "mayor", "company spokesman", "opposition leader", "union leader",
    "regional governor", "health secretary", "chief prosecutor", "party chairman",
)  # fmt: skip
_FRAMES = (
    '"{q}," said {o} {n}.',
    '"{q}," {n} said.',
    '{n} said: "{q}."',
    '"{q}," {o} {n} told reporters.',
    'The {o}, {n}, said: "{q}."',
)
_SOURCE = re.compile(r"\b(?:said|saying|according to|told)\b|not clear")
_START = date(2024, 1, 1)


@dataclass(frozen=True)
class Archive:
    """Articles and what is known of them.

    Attributes:
        articles: article_id, outlet, title, date, text.
        event: true event by article.
        pairs: pairs of articles of one event that share a planted passage -> how strongly it was edited.
        quotations: article_id and text of every planted quotation.
    """

    articles: pd.DataFrame
    event: dict[str, str]
    pairs: dict[tuple[str, str], str]
    quotations: list[tuple[str, str]]


def archive(n: int, seed: int = 0, sentences: tuple[int, int] = (10, 20)) -> Archive:
    """Make about `n` articles (never fewer), in events of 1 to 14.

    Args:
        n: how many.
        seed: of everything.
        sentences: the fewest and most sentences of an article, quotations apart; some 350 words by default.
    """
    chance = random.Random(seed)
    words = _Words(chance)
    outlets = [f"Outlet {k}" for k in range(OUTLETS)]
    footers = {outlet: words.footer(outlet) for outlet in outlets}
    days = max(20, n // 120)
    rows: list[dict[str, str]] = []
    event_of: dict[str, str] = {}
    pairs: dict[tuple[str, str], str] = {}
    quoted: list[tuple[str, str]] = []
    number = 0
    while len(rows) < n:
        name = f"e{number}"
        number += 1
        first = chance.randrange(days)
        size = min(1 + int(chance.expovariate(1 / 5)), 14)
        texts, said = _event(words, chance, size, sentences)
        planted = _copy(words, chance, texts)
        tellers = chance.sample(outlets, size)
        ids = [f"a{len(rows) + k}" for k in range(size)]
        pairs |= {(ids[a], ids[b]): strength for (a, b), strength in planted.items()}
        for article_id, outlet, text, quotes in zip(ids, tellers, texts, said, strict=True):
            lines = [" ".join(_sentence(s) for s in text[k : k + 3]) for k in range(1, len(text), 3)]
            rows.append(
                {
                    "article_id": article_id,
                    "outlet": outlet,
                    "title": _sentence(text[0]).rstrip("."),
                    "date": (_START + timedelta(days=first + chance.randrange(2))).isoformat(),
                    "text": "\n".join([*lines, *(_print(line) for line in footers[outlet])]),
                }
            )
            event_of[article_id] = name
            quoted += [(article_id, quote) for quote in quotes]
    chance.shuffle(rows)
    return Archive(pd.DataFrame(rows), event_of, pairs, quoted)


def viral(n: int, seed: int = 0) -> pd.DataFrame:
    """Make one press release in `n` outlets on one day, cut to length by each."""
    chance = random.Random(seed)
    words = _Words(chance)
    text = [_sentence(s) for s in _event(words, chance, 1)[0][0]]
    return pd.DataFrame(
        {
            "article_id": [f"v{k}" for k in range(n)],
            "outlet": [f"Outlet {k}" for k in range(n)],
            "title": text[0],
            "date": _START.isoformat(),
            "text": ["\n".join(text[1 : len(text) - chance.randrange(3)]) for _ in range(n)],
        }
    )


def _event(
    words: _Words, chance: random.Random, size: int, length: tuple[int, int] = (10, 20)
) -> tuple[list[list[str]], list[list[str]]]:
    """Tell one event `size` times; return sentences by article, the headline first, and the quotations in them."""
    own = [words._word() for _ in range(14)]
    people = [(f"{words._word().title()} {words._word().title()}", chance.choice(_OFFICES)) for _ in range(3)]
    place = words._word().title()
    statements = [
        (words.edit(_plain(words, spoken=True), 0.0)[:-2], *chance.choice(people)) for _ in range(5)
    ]
    headline = f"{place} {own[0]} {own[1]} {chance.choice(_OFFICES)} {own[2]} ."
    texts, said = [], []
    for _ in range(size):
        sentences = [_about(words, chance, own, people, place) for _ in range(chance.randint(*length))]
        quotes = []
        for text, name, office in chance.sample(statements, chance.randint(1, 4)):
            frame = chance.choice(_FRAMES)
            printed = _print(text)
            sentences.insert(
                chance.randint(2, len(sentences)), frame.format(q=printed, n=name, o=office) + "\x00"
            )
            quotes.append(printed)
        texts.append([words.edit(headline, 0.3), *sentences])
        said.append(quotes)
    return texts, said


def _plain(words: _Words, *, spoken: bool = False) -> str:
    """A sentence without marks; one that somebody speaks names no source of its own."""
    while '"' in (sentence := words.sentence()) or (spoken and _SOURCE.search(sentence)):
        pass
    return sentence


def _about(
    words: _Words, chance: random.Random, own: list[str], people: list[tuple[str, str]], place: str
) -> str:
    """A sentence of the grammar with words, people and the place of the event in it."""
    out = _plain(words).split()
    for k, word in enumerate(out):
        if word.isalpha() and word.islower() and len(word) > 4 and chance.random() < 0.15:
            out[k] = chance.choice(own)
    luck = chance.random()
    if luck < 0.2:
        out[-1:] = [",", chance.choice(people)[0].split()[-1], "added", "."]
    elif luck < 0.4:
        out[-1:] = ["in", place, "."]
    return " ".join(out)


def _copy(words: _Words, chance: random.Random, texts: list[list[str]]) -> dict[tuple[int, int], str]:
    """Copy a passage from one telling into another, in three events of five."""
    if len(texts) < 2 or chance.random() < 0.4:
        return {}
    a, b = sorted(chance.sample(range(len(texts)), 2))
    strength = chance.choice(list(STRENGTHS))
    own = [sentence for sentence in texts[a][1:] if not sentence.endswith("\x00")]
    start = chance.randrange(len(own) - 3)
    copied = [words.edit(sentence, STRENGTHS[strength]) for sentence in own[start : start + 3]]
    at = chance.randint(1, len(texts[b]))
    texts[b][at:at] = copied
    return {(a, b): strength}


def _sentence(sentence: str) -> str:
    return sentence[:-1] if sentence.endswith("\x00") else _print(sentence)


def chunks(n: int, seed: int = 0, size: int = 10_000) -> Iterator[Archive]:
    """Make very many articles, so many at a time; ids of different chunks differ."""
    made = 0
    while made < n:
        part = archive(min(size, n - made), seed + made)
        prefix = f"{seed + made}-"
        yield Archive(
            part.articles.assign(article_id=prefix + part.articles["article_id"]),
            {prefix + k: prefix + v for k, v in part.event.items()},
            {(prefix + a, prefix + b): s for (a, b), s in part.pairs.items()},
            [(prefix + a, text) for a, text in part.quotations],
        )
        made += len(part.articles)
