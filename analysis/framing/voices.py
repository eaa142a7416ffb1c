"""Whose words an outlet prints: words by speaker and side, quoted and reported, with the zeros."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import pandas as pd

from analysis.articles import as_articles
from analysis.quotes.lexicon import DETERMINERS, STARTERS
from analysis.schema import Schema, TableError
from analysis.text import Span, count_words, word_forms

VOICES = Schema(
    "voices",
    "One row a speaker, outlet and kind of speech: how many words the outlet gives to whom. Speakers that an outlet leaves out stand with 0.",
    {
        "event": ("str", "what the articles are about"),
        "outlet": ("str", "who published them"),
        "speaker": (
            "str",
            "person, office or body; 'not named' where the text keeps it back, it is unknown, or nothing in it is a name",
        ),
        "side": (
            "str",
            "country, party or organisation of the speaker, or an empty text where no article gives it",
        ),
        "group": ("str", "official (speaks for a state or public office), other, or not named"),
        "kind": ("str", "quoted (in marks) or reported (without)"),
        "words": ("int", "words given"),
        "share": ("float", "of all words of this kind that the outlet gives to anybody, 0 to 1"),
        "share_of_text": ("float", "of all words of the outlet's articles on the event, 0 to 1"),
        "passages": ("int", "quotations or statements"),
    },
    key=("event", "outlet", "speaker", "kind"),
)

NOT_NAMED = "not named"
KINDS = ("quoted", "reported")

# Offices and bodies of states: what an official is called before or after the name, or instead of it.
_OFFICE = re.compile(
    r"\b(?:(?:prime|foreign|deputy|home|cabinet|state|external affairs|defen[cs]e|finance|health|chief) )?"
    r"(?:minist(?:er|ers|ry|ries)|president|vice[- ]president|premier|chancellor|secretary(?: general|[- ]of[- ]state)?|"
    r"ambassadors?|envoys?|consul|diplomats?|senators?|sen\.|congress(?:man|woman|men)|representative|rep\.|governors?|gov\.|"
    r"mayors?|councillors?|council(?:man|woman)|lawmakers?|legislators?|parliament|mps?|mp|attorney general|prosecutors?|"
    r"judges?|justices?|court|sheriffs?|police|officers?|generals?|gen\.|admirals?|adm\.|colonel|col\.|army|navy|military|"
    r"(?:majority|minority) leaders?|house speaker|officials?|governments?|administration|white house|kremlin|embassy|pentagon|state department|department|commission|commissioner|"
    r"agency|authorit(?:y|ies)|kings?|queen|emperor|crown prince|speaker of|spokes(?:man|woman|person|people) for the (?:government|minister|president|ministry|army|police))(?:(?<=\.)|\b)",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(rf"(?i:{_OFFICE.pattern})(?: [^\W\d_a-z][\w.'’-]*){{0,3}} $")
_APPOSITION = re.compile(r",([^,.;]{3,50})[,.]")
_BEFORE_NAMES = STARTERS | DETERMINERS
_SUFFIXES = frozenset(("Jr", "Sr", "II", "III", "IV"))
_NEAR = 60  # characters between an office and the name it belongs to


_CELLS = 50_000  # speakers times outlets of an event, up to which every zero is listed


def voices(
    quotations: pd.DataFrame, articles: pd.DataFrame, reported: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Count the words that each outlet gives to each speaker.

    Terms in marks are nobody's words; a quotation inside another is counted once, for the outer speaker; a reported
    statement counts without the quotations in it. Quotations of articles that are not in `articles` are left out.

    Args:
        quotations: article_id, start, end, kind, and speaker, side, unnamed as `resolve_speakers` adds them.
        articles: article_id, body; outlet and event if there are any.
        reported: statements without marks, as `indirect_speech` finds them, with the same columns but kind.

    Returns:
        event, outlet, speaker, side, group, kind, words, share, share_of_text, passages: within an event every speaker
        of any outlet for every outlet, most words first. `share` is 0 where the outlet gives nobody any words. Of an event
        with very many speakers and outlets the zeros of the speakers least heard are left out.

    Raises:
        TableError: a table lacks a column.
    """
    frame = as_articles(articles)
    ids, events, outlets, bodies = (
        frame[name].tolist() for name in ("article_id", "event", "outlet", "body")
    )
    body = dict(zip(ids, bodies, strict=True))
    place = dict(zip(ids, zip(events, outlets, strict=True), strict=True))
    spoken = _outermost(_speech("quotations", quotations, body, drop=("term", "nested")))
    tables = {"quoted": spoken, "reported": []}
    if reported is not None:
        tables["reported"] = _outermost(_speech("reported", reported, body))
    inside: dict[str, list[Span]] = defaultdict(list)
    for row in spoken:
        inside[row["article_id"]].append((row["start"], row["end"]))

    words: dict[tuple[str, str, str, str], int] = defaultdict(int)
    passages: dict[tuple[str, str, str, str], int] = defaultdict(int)
    sides: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    mentions: dict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, rows in tables.items():
        for row in rows:
            article_id, start, end = row["article_id"], row["start"], row["end"]
            event, outlet = place[article_id]
            text = body[article_id]
            count = len(word_forms(text, start, end))
            if kind == "reported":
                count -= sum(
                    len(word_forms(text, max(a, start), min(b, end)))
                    for a, b in inside[article_id]
                    if a < end and b > start
                )
            key = (event, outlet, row["speaker"], kind)
            words[key] += max(0, count)
            passages[key] += 1
            mentions[event, row["speaker"]].update(row["mentions"])
            if row["side"]:
                sides[event, row["speaker"]][row["side"]] += count
    groups = _groups(frame, mentions)
    return _with_zeros(frame, words, passages, sides, groups)


def _speech(
    name: str, table: pd.DataFrame, body: dict[str, str], drop: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    missing = [c for c in ("article_id", "start", "end") if c not in table.columns]
    if missing:
        raise TableError(
            f"voices: the table '{name}' lacks {', '.join(missing)}; it has {', '.join(map(str, table.columns))}."
        )
    names = ("article_id", "start", "end", "kind", "speaker", "speaker_mention", "side", "unnamed")
    columns = [table[name].tolist() if name in table.columns else [None] * len(table) for name in names]
    rows = []
    for given_id, first, last, kind, said_by, mentioned, of_side, unnamed in zip(*columns, strict=True):
        article_id = str(given_id)
        if article_id not in body or kind in drop:
            continue
        start, end = max(0, int(first)), min(len(body[article_id]), int(last))
        if end <= start:
            continue
        speaker, mention = _text(said_by), _text(mentioned)
        kept_back = unnamed is True or not _is_name(speaker)
        rows.append(
            {
                "article_id": article_id,
                "start": start,
                "end": end,
                "speaker": NOT_NAMED if kept_back else speaker,
                "side": _text(of_side) if not kept_back else "",
                "mentions": {m for m in (mention, speaker) if m},
            }
        )
    return rows


def _is_name(speaker: str) -> bool:
    """Say whether anything in a speaker is a name: "Two lower courts" and "company" are not, nor is "The"."""
    return any(
        word[:1] == "@" or (word[:1].isalpha() and not word[:1].islower())
        for k, word in enumerate(speaker.split())
        if k or word.lower() not in _BEFORE_NAMES
    )


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _outermost(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Drop passages that lie inside an earlier, longer one, so that no word counts twice."""
    kept: list[dict[str, Any]] = []
    reach: dict[str, int] = {}
    for row in sorted(rows, key=lambda r: (r["article_id"], r["start"], -r["end"])):
        before = reach.get(row["article_id"], 0)
        if row["end"] <= before:
            continue
        kept.append({**row, "start": max(row["start"], before)})
        reach[row["article_id"]] = row["end"]
    return kept


def _groups(frame: pd.DataFrame, mentions: dict[tuple[str, str], set[str]]) -> dict[tuple[str, str], str]:
    """Tell officials from others by the office that any article of the event gives them, in or near the name."""
    texts: dict[str, list[str]] = defaultdict(list)
    for event, text in zip(frame["event"].tolist(), frame["body"].tolist(), strict=True):
        texts[event].append(text)
    out = {}
    for (event, speaker), names in mentions.items():
        if speaker == NOT_NAMED:
            out[event, speaker] = NOT_NAMED
            continue
        official = any(_OFFICE.search(name) for name in names) or any(
            _office_near(text, speaker) for text in texts[event]
        )
        out[event, speaker] = "official" if official else "other"
    return out


def _office_near(text: str, speaker: str) -> bool:
    last = next((word for word in reversed(speaker.split()) if word.strip(".") not in _SUFFIXES), speaker)
    if not last[:1].isupper():
        return False
    at = text.find(last)
    while at >= 0:
        before = text[max(0, at - _NEAR) : at]
        after = text[at + len(last) : at + len(last) + _NEAR]
        # "Foreign Minister Jane Doe" or "Jane Doe, the foreign minister,": nothing but the name or a comma between
        if before.endswith((" ", " \n")) and _BEFORE_NAME.search(before):
            return True
        apposition = _APPOSITION.match(after)
        if apposition and _OFFICE.search(apposition.group(1)):
            return True
        at = text.find(last, at + 1)
    return False


def _with_zeros(
    frame: pd.DataFrame,
    words: dict[tuple[str, str, str, str], int],
    passages: dict[tuple[str, str, str, str], int],
    sides: dict[tuple[str, str], dict[str, int]],
    groups: dict[tuple[str, str], str],
) -> pd.DataFrame:
    length: dict[tuple[str, str], int] = defaultdict(int)
    for event, outlet, text in zip(
        frame["event"].tolist(), frame["outlet"].tolist(), frame["body"].tolist(), strict=True
    ):
        length[event, outlet] += count_words(text)
    total: dict[tuple[str, str, str], int] = defaultdict(int)
    heard: dict[tuple[str, str], int] = defaultdict(int)
    for (event, outlet, speaker, kind), count in words.items():
        total[event, outlet, kind] += count
        heard[event, speaker] += count
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for event, outlet in length:
        places[event] += [(outlet, kind) for kind in KINDS]
    columns: dict[str, list[Any]] = {name: [] for name in VOICES.columns}
    listed: dict[str, int] = defaultdict(int)
    for event, speaker in sorted(heard, key=lambda k: (k[0], -heard[k], k[1])):
        listed[event] += len(places[event]) // len(KINDS)
        known = sides[event, speaker]
        keys = [(event, outlet, speaker, kind) for outlet, kind in places[event]]
        if listed[event] > _CELLS:
            keys = [key for key in keys if key in words]
        counts = [words.get(key, 0) for key in keys]
        columns["event"] += [event] * len(keys)
        columns["outlet"] += [outlet for _, outlet, _, _ in keys]
        columns["speaker"] += [speaker] * len(keys)
        columns["side"] += [max(known, key=lambda s: (known[s], s)) if known else ""] * len(keys)
        columns["group"] += [groups[event, speaker]] * len(keys)
        columns["kind"] += [kind for _, _, _, kind in keys]
        columns["words"] += counts
        columns["share"] += [
            n / max(1, total[event, outlet, kind])
            for n, (_, outlet, _, kind) in zip(counts, keys, strict=True)
        ]
        columns["share_of_text"] += [
            n / max(1, length[event, outlet]) for n, (_, outlet, _, _) in zip(counts, keys, strict=True)
        ]
        columns["passages"] += [passages.get(key, 0) for key in keys]
    return VOICES.frame(columns)
