"""A corpus with known reuse: invented articles, outlets that repeat their footers, passages planted in other articles.

Every article is generated from a small grammar over invented content words, so nothing is shared but what is planted,
the names and stock phrases that all reporters use, and the lines that outlets repeat.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import pandas as pd

STRENGTHS = {
    "verbatim": 0.0,
    "light": 0.08,
    "medium": 0.2,
    "heavy": 0.38,
}  # share of words that an editor changes
_ONSETS = "b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sh sk sl sp st str t th tr v w".split()
_VOWELS = "a e i o u ai ea ee oa oo ou".split()
_CODAS = "b ck d g l ll m n nd ng nt p r rd rk rn s sh st t th".split()
_CLAUSES = (
    "the {n} {v} a {a} {n} {p} the {n}",
    "{name} {v} the {n} {p} {t}",
    "{f} {n} {v} the {a} {n}",
    "a {n} {p} the {n} had {v}",
    "the {a} {n} of {name} would {w} {n}",
    "they {v} {n} and {n} {p} {a} {n}",
    "{name} , {title} , {v} {p} the {n}",
)
_LINKS = (", and", ", but", "because", ", although", "while", ", saying", ", which {v} , as", "after")
_SAID = (
    "{name} said",
    "according to {title}",
    "{title} said on {t}",
    "it was not clear {p} {t}",
    "{name} told reporters",
)
_PREPOSITIONS = "at by for from in near on over through under with against before after".split()
_TIMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January March June October last_week this_year".split()
_TITLES = (
    "a spokesman for the ministry",
    "the head of the regional council",
    "a lawyer for the company",
    "the prime minister",
    "officials familiar with the matter",
)
_STOCK = (
    "A spokeswoman for the company did not respond to a request for comment .",
    "The talks are expected to continue until the end of the week .",
    "The story has been updated with additional details .",
)


@dataclass(frozen=True)
class Planted:
    """A corpus and the pairs of article ids that share a planted passage, with how strongly it was edited."""

    articles: pd.DataFrame
    pairs: dict[tuple[str, str], str]


def planted_corpus(n: int, seed: int = 0, one_in: int = 12) -> Planted:
    """Make `n` articles of about 450 words, one planted passage for every `one_in` articles."""
    chance = random.Random(seed)
    words = _Words(chance)
    texts = [[words.sentence() for _ in range(chance.randint(16, 30))] for _ in range(n)]
    outlets = [f"Outlet {chance.randrange(40)}" for _ in range(n)]
    footers = {outlet: words.footer(outlet) for outlet in sorted(set(outlets))}
    pairs: dict[tuple[str, str], str] = {}
    taken: set[int] = set()
    for k in range(n // one_in):
        source, target = chance.sample(range(n), 2)
        if source in taken or target in taken:
            continue
        taken |= {source, target}
        strength = list(STRENGTHS)[k % len(STRENGTHS)]
        start = chance.randrange(len(texts[source]) - 3)
        passage = texts[source][start : start + chance.randint(1, 3)]
        edited = [words.edit(sentence, STRENGTHS[strength]) for sentence in passage]
        at = chance.randrange(len(texts[target]))
        texts[target][at:at] = edited
        pairs[f"a{min(source, target)}", f"a{max(source, target)}"] = strength
    bodies = []
    for sentences, outlet in zip(texts, outlets, strict=True):
        if chance.random() < 0.3:
            sentences.append(chance.choice(_STOCK))
        lines = [" ".join(sentences[k : k + 3]) for k in range(0, len(sentences), 3)]
        bodies.append("\n".join(_print(line) for line in [*lines, *footers[outlet]]))
    frame = pd.DataFrame({"article_id": [f"a{k}" for k in range(n)], "outlet": outlets, "body": bodies})
    return Planted(frame, pairs)


class _Words:
    """Invented words with frequencies like those of a language (Zipf), and names that everybody prints."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.content = [self._word() for _ in range(12_000)]
        self.names = [f"{self._word().title()} {self._word().title()}" for _ in range(150)]

    def _word(self) -> str:
        syllables = self.chance.choice((1, 2, 2, 2, 3))
        pick = self.chance.choice
        return "".join(pick(_ONSETS) + pick(_VOWELS) for _ in range(syllables)) + pick(_CODAS)

    def pick(self) -> str:
        # uniform on a logarithmic scale: the frequency of a word falls with its rank
        return self.content[int(len(self.content) ** (0.25 + 0.75 * self.chance.random())) - 1]

    def sentence(self) -> str:
        pick = self.chance.choice
        parts = [pick(_CLAUSES), pick(_LINKS), pick(_CLAUSES)]
        if self.chance.random() < 0.4:
            parts += [",", pick(_SAID)]
        if self.chance.random() < 0.2:
            parts = ['"', *parts, ', "', pick(_SAID)]
        return " ".join(self._fill(token) for token in " ".join(parts).split()) + " ."

    def _fill(self, token: str) -> str:
        if token in ("{n}", "{a}", "{w}"):
            return self.pick()
        if token == "{v}":
            return self.pick() + "ed"
        if token == "{f}":
            return str(self.chance.randrange(2, 900))
        if token == "{name}":
            return self.names[int(150 ** self.chance.random()) - 1]
        if token == "{t}":
            return self.chance.choice(_TIMES).replace("_", " ")
        if token == "{p}":
            return self.chance.choice(_PREPOSITIONS)
        return self.chance.choice(_TITLES) if token == "{title}" else token

    def edit(self, sentence: str, rate: float) -> str:
        """Drop, replace and insert words; the stop stays."""
        out = []
        for word in sentence.split()[:-1]:
            luck = self.chance.random()
            if luck < rate / 3:
                continue
            out.append(self.pick() if luck < 2 * rate / 3 else word)
            if 2 * rate / 3 <= luck < rate:
                out.append(self.pick())
        return " ".join([*out, "."])

    def footer(self, outlet: str) -> list[str]:
        return [
            f"Sign up for the {outlet} letter and read the {self.pick()} {self.pick()} of the day first .",
            f"Copyright {outlet} Media Group . All rights reserved . This {self.pick()} may not be rewritten or sold .",
        ]


def _print(line: str) -> str:
    for mark in ".,":
        line = line.replace(f" {mark}", mark)
    return line[:1].upper() + line[1:]
