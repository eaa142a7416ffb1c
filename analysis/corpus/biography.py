"""Recognise the note about its author that follows an article."""

from __future__ import annotations

import re

_ROLE = re.compile(
    r"\b(?:journalist|reporter|correspondent|editor|columnist|writer|author|producer|anchor|broadcaster|intern|fellow|"
    r"contributor|photographer|blogger|commentator|analyst|professor|lecturer|historian|consultant|co-founder|founder)\b",
    re.IGNORECASE,
)
_CUES = re.compile(
    r"\b(?:for (?:more than |over |nearly |almost )?(?:\w+ )?(?:\d+|two|three|four|five|ten|twenty) years|years of experience|"
    r"(?:has|have) (?:been|worked|written|reported|covered|contributed|won|edited|received|got)|previously|formerly|"
    r"joined|based in|covers|covering|covered|reports on|reporting on|writes (?:about|for|on|a)|specialis\w+|specializ\w+|"
    r"awards?|prizes?|fellowship|graduat\w+|alumn\w+|degree|studied|university|school of journalism|newsrooms?|bureau|beat|"
    r"author of|book|bestselling|freelance\w*|staff|senior|deputy|assistant|associate|contributing|newspaper|magazine|"
    r"published (?:in|by)|work has appeared|lives in|born in|passionate|in (?:his|her|their) (?:spare|free) time|when not)\b",
    re.IGNORECASE,
)
_REACH = re.compile(
    r"@\w{2,}|\b[\w.+-]+@[\w-]+\.\w+|\b(?:follow|reach|contact|email|e-mail)\s+(?:him|her|them|me|\w+ \w+)\b|"
    r"\bcan be (?:reached|contacted|followed)\b|\bon (?:Twitter|X|Instagram|LinkedIn)\b"
)
_OPENS = re.compile(
    r"^(?:About (?:the )?(?:author|writer|reporter)s?\b|The (?:author|writer|columnist)s?\b|"
    r"(?:Dr|Prof|Mr|Ms|Mrs)\.? |[A-Z][\w.’'-]+(?: (?:[a-z]{2,3} )?[A-Z][\w.’'-]*){0,4}(?:,| (?:is|are|was|has|covers|writes|reports|works|joined)\b))"
)
_WORKS = re.compile(r"^[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]*){0,4} (?:covers|writes|reports)\b")
_SELF = re.compile(
    r"^[A-Z][\w.’'-]+(?: (?:[a-z]{2,3} )?[A-Z][\w.’'-]*){0,4} (?:is|are|was) (?:an? |the |our )?(?:[\w’'-]+ ){0,6}?"
    r"(?:journalist|reporter|correspondent|editor|columnist|writer|author|producer|contributor|fellow|intern)\b"
)


def is_biography(paragraph: str) -> bool:
    """Is this paragraph, found after the article, about the person who wrote it?

    It must open with a name and speak of the trade: two cues from a career beside a role, or a way to reach the author.
    """
    if len(paragraph) > 2_000 or not _OPENS.match(paragraph):
        return False
    reach = bool(_REACH.search(paragraph))
    if not _ROLE.search(paragraph) and not (reach and _WORKS.match(paragraph)):
        return False
    cues = len({m.group().casefold() for m in _CUES.finditer(paragraph)})
    return cues >= 3 or (reach and cues >= 1) or (bool(_SELF.match(paragraph)) and len(paragraph) <= 400)
