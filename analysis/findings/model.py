"""What a finding is: a sentence of ours, bound to the values that it states, with what it rests on.

The words of a sentence are fixed here in the package; every number, name and quoted word comes from a table and is
carried beside the sentence, so that a test can take a sentence apart and a page can encode what is not ours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import pandas as pd

from analysis.render import number
from analysis.schema import Schema

# Choices that findings are tested by, as a reader is told them.
FURNITURE = "with the page furniture left in"
MERGED = "with dependent outlets merged into one"

Status = Literal["holds", "fragile", "unknown"]


class Value(NamedTuple):
    """A value in a sentence: as it is printed, what it is, and the table it was read from."""

    shown: str
    kind: Literal["number", "outlet", "name", "words"]
    source: str


class Place(NamedTuple):
    """A stretch of an article's body that bears a finding out."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True)
class Finding:
    """One thing the tables say, or one thing they do not let anybody say.

    Attributes:
        finding_id: its name, the same for every corpus.
        chapter: the chapter it belongs to.
        template: the sentence, with `{names}` where values stand.
        basis: what it rests on, a sentence with `{names}` too.
        values: name -> value, for both.
        claim: the part that must come out the same in every counterfactual run for the finding to hold.
        strength: how much the evidence bears, from 0 to 1; ranks findings.
        evidence: where to look.
        status: holds, fragile (another defensible choice turns it over) or unknown (too little to say).
        flips: the choices that turn it over.
        needs: what it needs to be said at all, in words.
        about: the choices that it is itself about, and so is not tested by.
        tried: the choices that it was tested by.
    """

    finding_id: str
    chapter: str
    template: str
    basis: str
    values: Mapping[str, Value]
    claim: str
    strength: float
    evidence: tuple[Place, ...] = ()
    status: Status = "holds"
    flips: tuple[str, ...] = ()
    needs: str = ""
    about: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The sentence with its values, as plain text."""
        return fill(self.template, self.values)

    @property
    def ground(self) -> str:
        """What it rests on, as plain text."""
        return fill(self.basis, self.values)


FINDINGS = Schema(
    "findings",
    "One row a finding: the sentence, what it rests on, and whether it stands when choices are changed.",
    {
        "finding_id": ("str", "name of the finding, the same for every corpus"),
        "chapter": ("str", "chapter it belongs to"),
        "sentence": ("str", "the finding in words"),
        "basis": ("str", "what it rests on"),
        "status": ("str", "holds, fragile or unknown"),
        "flips": ("list", "the choices that turn it over"),
        "tried": ("list", "the choices that it was tested by"),
        "needs": ("str", "what it needs to be said at all"),
        "strength": ("float", "how much the evidence bears, 0 to 1"),
        "claim": ("str", "what must stay the same for it to hold"),
        "template": ("str", "the sentence with the names of its values"),
        "values": ("str", "the values as JSON: name -> [as printed, kind, source table]"),
        "evidence": ("str", "places as JSON: [[article_id, start, end], ...]"),
    },
    key=("finding_id",),
)

_NAME = re.compile(r"\{(\w+)\}")


def fill(template: str, values: Mapping[str, Value]) -> str:
    """Put values into a template; only names in braces are looked at, and values are never read as templates."""
    return _NAME.sub(lambda m: values[m.group(1)].shown, template)


def parts(template: str) -> list[tuple[str, bool]]:
    """Cut a template into our words (False) and names of values (True)."""
    out: list[tuple[str, bool]] = []
    end = 0
    for m in _NAME.finditer(template):
        if m.start() > end:
            out.append((template[end : m.start()], False))
        out.append((m.group(1), True))
        end = m.end()
    if end < len(template):
        out.append((template[end:], False))
    return out


def findings_table(findings: Iterable[Finding]) -> pd.DataFrame:
    """Lay findings out as the table `findings`, the strongest first."""
    rows = [
        {
            "finding_id": f.finding_id,
            "chapter": f.chapter,
            "sentence": f.sentence,
            "basis": f.ground,
            "status": f.status,
            "flips": list(f.flips),
            "tried": list(f.tried),
            "needs": f.needs,
            "strength": f.strength,
            "claim": f.claim,
            "template": f.template,
            "values": json.dumps({k: list(v) for k, v in f.values.items()}, ensure_ascii=False),
            "evidence": json.dumps([list(p) for p in f.evidence], ensure_ascii=False),
        }
        for f in sorted(findings, key=lambda f: (-f.strength, f.finding_id))
    ]
    return FINDINGS.frame(rows)


def read_findings(table: pd.DataFrame) -> list[Finding]:
    """Read findings back from their table; the sentences come out the same."""
    out = []
    for row in table.to_dict("records"):
        values = {k: Value(*v) for k, v in json.loads(row["values"]).items()}
        out.append(
            Finding(
                row["finding_id"],
                row["chapter"],
                row["template"],
                row["basis"].replace("{", "(").replace("}", ")"),
                values,
                row["claim"],
                row["strength"],
                tuple(Place(*p) for p in json.loads(row["evidence"])),
                row["status"],
                tuple(row["flips"]),
                row["needs"],
                tried=tuple(row["tried"]),
            )
        )
    return out


def count(n: float, one: str, source: str, many: str | None = None) -> Value:
    """A number of things, in words that fit it: "1 article", "12 articles"."""
    whole = int(n)
    return Value(f"{whole:,} {one if whole == 1 else many or one + 's'}", "number", source)


def share(value: float, source: str, places: int = 0) -> Value:
    """A share in per cent."""
    return Value(number(value, places, percent=True), "number", source)


def amount(value: float, source: str, places: int = 0) -> Value:
    """A bare number."""
    return Value(number(value, places), "number", source)


def outlet(name: str, source: str = "articles") -> Value:
    """The name of an outlet."""
    return Value(name, "outlet", source)


def name(text: str, source: str) -> Value:
    """The name of a speaker, a topic or another thing that a table names."""
    return Value(text, "name", source)


def words(text: str, source: str, length: int = 140) -> Value:
    """Words of an article, cut at a word's end and set in quotation marks."""
    plain = " ".join(text.split()).rstrip(
        " ,;"
    )  # a comma before the closing mark belongs to the sentence around it
    if len(plain) > length:
        plain = plain[:length].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
    return Value(f"“{plain}”", "words", source)


def listed(names: Iterable[str], kind: Literal["outlet", "name"], source: str, most: int = 4) -> Value:
    """Several names in a row: "A, B and C"; beyond `most`, "and 3 others"."""
    given = list(dict.fromkeys(names))
    if len(given) > most:
        given = [*given[: most - 1], f"{len(given) - most + 1} others"]
    shown = given[0] if len(given) == 1 else ", ".join(given[:-1]) + (f" and {given[-1]}" if given else "")
    return Value(shown, kind, source)
