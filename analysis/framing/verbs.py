"""The verbs that report speech and the words that hedge a statement, by class: descriptive only.

The classes follow the usual distinction between verbs that leave the speech alone and those that judge it (Geis 1987;
Recasens, Danescu-Niculescu-Mizil and Jurafsky 2013 on assertive and factive verbs), and Hyland's (2005) hedges and
boosters. A count says which words stand in the text. It does not say what the writer meant by them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

import pandas as pd

from analysis.articles import as_articles
from analysis.schema import Schema
from analysis.text import count_words, fold, word_forms, words

REPORTING = Schema(
    "reporting_words",
    "One row a reporting verb, hedge or booster: which word, of which class, where.",
    {
        "article_id": ("str", "the article"),
        "outlet": ("str", "who published it"),
        "start": ("int", "first character in the body"),
        "end": ("int", "one past the last character in the body"),
        "text": ("str", "body[start:end]"),
        "lemma": ("str", "the verb's infinitive, or the phrase as listed"),
        "family": ("str", "verb, hedge or booster"),
        "class": (
            "str",
            "verbs: neutral, assertive, admitting, doubting, criticising, praising, urging, revealing; others as family",
        ),
    },
    key=("article_id", "start"),
)

WORD_RATES = Schema(
    "reporting_rates",
    "One row an outlet and class: how often its articles use reporting verbs, hedges and boosters.",
    {
        "outlet": ("str", "who published the articles"),
        "family": ("str", "verb, hedge or booster"),
        "class": ("str", "class of the word"),
        "count": ("int", "how many"),
        "rate_per_1000": ("float", "per thousand words of the outlet's articles"),
        "share": ("float", "of the words of its family, 0 to 1"),
        "words": ("str", "the commonest, with their counts"),
    },
    key=("outlet", "family", "class"),
)

_VERBS = {
    "neutral": """say tell:told state:stated speak:spoke:spoken remark comment note add reply:replied answer respond announce report write:wrote:written
        explain describe mention observe recall describe ask""",
    "assertive": """claim insist assert argue maintain contend declare stress emphasise emphasize underline underscore reiterate reaffirm
        affirm swear:swore:sworn vow pledge promise assure highlight""",
    "admitting": "admit:admitted acknowledge concede confess deny:denied",
    "doubting": "allege suggest speculate suspect question doubt dispute purport",
    "criticising": """criticise criticize condemn denounce blast slam:slammed accuse blame attack warn caution complain lament decry:decried
        rebuke lambast lambaste scold ridicule mock reject""",
    "praising": "praise welcome hail applaud commend laud thank congratulate",
    "urging": "urge demand call_for:called_for:calls_for:calling_for appeal insist_on exhort implore recommend advise propose",
    "revealing": "reveal disclose confirm point_out:pointed_out:points_out:pointing_out divulge leak clarify:clarified",
}
_HEDGES = """may might could perhaps possibly probably maybe apparently seemingly reportedly allegedly supposedly presumably likely unlikely
    seems seem seemed appears appear appeared suggests tends tended roughly approximately about_to sort_of kind_of in_part to_some_extent
    according_to is_said_to are_said_to was_said_to were_said_to is_believed_to are_believed_to is_expected_to are_expected_to so-called
    potentially conceivably arguably ostensibly purportedly unconfirmed rumoured rumored"""
_BOOSTERS = """clearly certainly obviously undoubtedly definitely indeed surely of_course no_doubt without_doubt undeniably evidently
    decisively unquestionably absolutely completely totally utterly extremely highly particularly especially paramount crucial crucially vital
    very strongly firmly unequivocally always never"""

# What stands before a noun, at the end of the word before it or of the one before its adjective.
_DETERMINER = re.compile(
    r"\b(?:a|an|the|this|that|these|those|his|her|its|their|our|my|your|no|any|some|such|each|every|of|in|on|for|with|by|under|first|"
    r"new|\w+['’]s?)$",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    r"new|old|false|further|own|main|key|late|big|bold|strong|second|\w+(?:al|ive|ous|ful|less|ent|ant|ic|ed|ing|ary|able)",
    re.IGNORECASE,
)
# Forms that are more often a noun or an adjective: they count as verbs only where no determiner stands before them.
_AMBIGUOUS = frozenset(
    """report reports state states note notes claim claims question questions doubt doubts answer answers comment comments
    remark remarks address addresses demand demands appeal appeals promise promises pledge pledges vow vows praise attack attacks blame
    dispute disputes stress highlight highlights welcome warning reply replies response leak leaks caution lament blast hail
    proposed written told alleged suggested reported suspect suspects reporting writing speaking saying announcing""".split()
)


def reporting_words(articles: pd.DataFrame) -> pd.DataFrame:
    """List the reporting verbs, hedges and boosters of the articles.

    English only. A form that may be a noun ("claims", "report") counts where no determiner or adjective stands before it.

    Args:
        articles: article_id, body; outlet if there is one.

    Returns:
        article_id, outlet, start, end, text, lemma, family, class, in reading order.
    """
    frame = as_articles(articles)
    found = [
        (article_id, outlet, start, end, body[start:end], lemma, family, kind)
        for article_id, outlet, body in zip(
            frame["article_id"].tolist(), frame["outlet"].tolist(), frame["body"].tolist(), strict=True
        )
        for start, end, lemma, family, kind in _find(body)
    ]
    columns = zip(*found, strict=True) if found else ((),) * len(REPORTING.columns)
    return REPORTING.frame(
        {name: list(values) for name, values in zip(REPORTING.columns, columns, strict=True)}
    )


def reporting_verbs(articles: pd.DataFrame) -> pd.DataFrame:
    """Count reporting verbs, hedges and boosters by outlet and class.

    Args:
        articles: article_id, body; outlet if there is one.

    Returns:
        outlet, family, class, count, rate_per_1000, share, words: every class for every outlet, zeros included.
    """
    frame = as_articles(articles)
    found = reporting_words(frame)
    length: dict[str, int] = defaultdict(int)
    for outlet, body in zip(frame["outlet"].tolist(), frame["body"].tolist(), strict=True):
        length[outlet] += count_words(body)
    lemmas: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for outlet, family, kind, lemma in zip(
        found["outlet"], found["family"], found["class"], found["lemma"], strict=True
    ):
        lemmas[outlet, family, kind][lemma] += 1
    classes = [("verb", kind) for kind in _VERBS] + [("hedge", "hedge"), ("booster", "booster")]
    rows = []
    for outlet, n_words in length.items():
        total = {
            family: sum(sum(lemmas[outlet, f, kind].values()) for f, kind in classes if f == family)
            for family in ("verb", "hedge", "booster")
        }
        for family, kind in classes:
            counts = lemmas[outlet, family, kind]
            count = sum(counts.values())
            top = sorted(counts, key=lambda w: (-counts[w], w))[:5]
            rows.append(
                {
                    "outlet": outlet,
                    "family": family,
                    "class": kind,
                    "count": count,
                    "rate_per_1000": 1000 * count / max(1, n_words),
                    "share": count / max(1, total[family]),
                    "words": ", ".join(f"{w} ({counts[w]})" for w in top),
                }
            )
    return WORD_RATES.frame(rows)


_folded = lru_cache(maxsize=50_000)(fold)


def _find(body: str) -> Iterator[tuple[int, int, str, str, str]]:
    single, pairs, beginnings = _lexicon()
    spans = words(body)
    taken = -1
    tokens = [_folded(form) for form in word_forms(body)]
    for i in [i for i, token in enumerate(tokens) if token in beginnings]:
        if i <= taken:
            continue
        token, (start, end) = tokens[i], spans[i]
        followed = beginnings[token]
        hit = None
        following = tokens[i + 1] if followed and i + 1 < len(spans) else ""
        for length in (3, 2) if following in followed else ():
            if i + length <= len(spans):
                hit = pairs.get(" ".join(tokens[i : i + length]))
                if hit:
                    taken = i + length - 1
                    yield (start, spans[taken][1], *hit)
                    break
        if hit:
            continue
        hit = single.get(token)
        if hit is None:
            continue
        if (
            hit[1] == "verb"
            and token in _AMBIGUOUS
            and (body[start].isupper() or _before_a_noun(body[max(0, start - 40) : start]))
        ):
            continue
        if token in {"may", "might"} and body[start].isupper() and start:
            continue  # the month, or a name
        yield (start, end, *hit)


def _before_a_noun(text: str) -> bool:
    """Say whether a determiner ends a text, with or without an adjective behind it."""
    if not text[-1:].isspace():
        return False
    *before, last = text.split()[-2:] or [""]
    if _DETERMINER.search(last):
        return True
    return bool(before and _ADJECTIVE.fullmatch(last) and _DETERMINER.search(before[0]))


@lru_cache(maxsize=1)
def _lexicon() -> tuple[
    dict[str, tuple[str, str, str]], dict[str, tuple[str, str, str]], dict[str, set[str]]
]:
    """The listed words, the listed phrases, and the words that either begin with -> what follows them in a phrase."""
    single: dict[str, tuple[str, str, str]] = {}
    pairs: dict[str, tuple[str, str, str]] = {}
    for kind, listed in _VERBS.items():
        for entry in listed.split():
            lemma, *given = entry.split(":")
            for form in {lemma, *given, *_regular(lemma, given)}:
                home = pairs if "_" in form else single
                home.setdefault(form.replace("_", " "), (lemma.replace("_", " "), "verb", kind))
    for family, listed in (("hedge", _HEDGES), ("booster", _BOOSTERS)):
        for entry in listed.split():
            home = pairs if "_" in entry else single
            phrase = entry.replace("_", " ")
            home.setdefault(phrase, (phrase, family, family))
    beginnings: dict[str, set[str]] = {word: set() for word in single}
    for phrase in pairs:
        first, second, *_ = phrase.split()
        beginnings.setdefault(first, set()).add(second)
    return single, pairs, beginnings


def _regular(lemma: str, given: list[str]) -> list[str]:
    if "_" in lemma:
        return []
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        third, past = lemma[:-1] + "ies", lemma[:-1] + "ied"
    elif lemma.endswith(("s", "sh", "ch", "x")):
        third, past = lemma + "es", stem + "ed"
    else:
        third, past = lemma + "s", stem + "ed"
    doubled = any(form.endswith(lemma[-1] * 2 + "ed") for form in given)
    ing = lemma + lemma[-1] + "ing" if doubled else stem + "ing"
    if lemma == "say":
        return ["says", "said", "saying"]
    return [third, ing, *([] if given else [past])]
