"""Guess the language of a text from its script and its most frequent words.

Scripts that belong to one language decide alone; the others are told apart by function words, which make up a third
of any running text (after Grefenstette 1995, "Comparing two language identification schemes").
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

_SAMPLE = 4_000
_ENOUGH = 1_500  # characters of an alphabet
_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u3040-\ud7ff]")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

_WORDS = {
    "en": "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which you were her she there their been has will would said who its",
    "fr": "le la les de des du et en un une que qui dans pour pas est au aux sur par plus avec ce cette il elle sont ont mais ne se son ses leur nous vous été être comme",
    "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über",
    "es": "el la los las de que y en un una por con no para es se del al lo como más su sus pero ha este esta son entre sobre fue también hay desde cuando muy",
    "it": "il lo la i gli le di che e in un una per con non è si del della dei delle da al alla sono ha come più nel nella anche ma questo questa dal suo sua",
    "pt": "o a os as de que e em um uma para com não é do da dos das no na por se mais ao como foi são seu sua mas pelo pela também ele ela à às",
    "nl": "de het een en van in is dat op te zijn voor met die niet aan er om ook als bij door naar maar hij zij heeft werd wordt over uit nog worden dit haar ze",
    "sv": "och i att det som en på är av för med den till inte har de ett om var men sig från vi kan när så han hon eller vid efter också under",
    "da": "og i at det som en på er af for med den til ikke har de et om var men sig fra vi kan når så han hun eller ved efter også blev",
    "no": "og i at det som en på er av for med den til ikke har de et om var men seg fra vi kan når så han hun eller ved etter også ble",
    "fi": "ja on ei se että hän oli mutta kun ovat myös joka tai niin kuin mukaan hänen sen ole ollut olisi sekä jo vain jos voi nyt tämä mitä",
    "pl": "w i na z się do że nie jest to o jak po od za przez ale co dla są ma być tym jego tego oraz jej który która które został",
    "cs": "a v se na je že s z o k do i ve to za by pro jako po ale od jsou bylo byl která který které však také podle jeho při",
    "ro": "și de în la a că cu pe nu este din pentru un o care mai să se au fost ca sau prin dar după ale lui fi ce sunt",
    "hu": "a az és hogy nem is egy volt ez meg de csak mint már vagy el van még kell azt szerint után lesz ha pedig amely ki",
    "tr": "ve bir bu da de için ile olarak daha çok en gibi olan kadar sonra ise ancak var ne göre olduğu değil her yeni veya tarafından",
    "id": "yang dan di dari untuk dengan ini itu pada dalam tidak akan ke oleh juga adalah ada sebagai telah tersebut mereka bisa karena lebih kata",
    "vi": "và của là có trong được cho các với không một những này đã người để khi ở từ về đến ra tại nhiều sẽ",
}  # fmt: skip
_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("hi", "[\u0900-\u097f]"),
    ("bn", "[\u0980-\u09ff]"),
    ("pa", "[\u0a00-\u0a7f]"),
    ("gu", "[\u0a80-\u0aff]"),
    ("ta", "[\u0b80-\u0bff]"),
    ("te", "[\u0c00-\u0c7f]"),
    ("kn", "[\u0c80-\u0cff]"),
    ("ml", "[\u0d00-\u0d7f]"),
    ("th", "[\u0e00-\u0e7f]"),
    ("ka", "[\u10a0-\u10ff]"),
    ("ko", "[\uac00-\ud7af]"),
    ("ja", "[\u3040-\u30ff]"),
    ("zh", "[\u4e00-\u9fff]"),
    ("he", "[\u0590-\u05ff]"),
    ("ar", "[\u0600-\u06ff]"),
    ("el", "[\u0370-\u03ff]"),
    ("hy", "[\u0530-\u058f]"),
    ("ru", "[\u0400-\u04ff]"),
)
# Letters that only some languages of a script have.
_TELLING = {
    "ar": (("ur", "ٹڈڑےں"), ("fa", "پچژگ")),
    "ru": (("uk", "іїєґ"), ("bg", "ъ")),
    "hi": (("mr", "ळ"),),
}


@lru_cache(maxsize=1)
def _profiles() -> dict[str, tuple[tuple[str, float], ...]]:
    """For every word the languages that have it; a word of several counts less for each."""
    owners: dict[str, list[str]] = {}
    for code, words in _WORDS.items():
        for word in words.split():
            owners.setdefault(word, []).append(code)
    return {word: tuple((code, 1 / len(codes)) for code in codes) for word, codes in owners.items()}


@lru_cache(maxsize=1)
def _any_script() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, re.compile(pattern)) for code, pattern in _SCRIPTS)


def guess_language(text: str) -> tuple[str | None, float]:
    """Return the ISO 639-1 code and a confidence in [0, 1]; None where there is too little to go by.

    The confidence is the lead of the best language over the next.
    """
    sample = text[:_SAMPLE]
    if not sample.isascii() and len(_OTHER_SCRIPT.findall(sample)) > 0.2 * len(sample):
        by_script = _by_script(sample)
        if by_script:
            return by_script
    profiles = _profiles()
    scores: Counter[str] = Counter()
    total = 0
    for word in _LETTERS.findall(sample[:_ENOUGH].casefold()):
        total += 1
        for code, weight in profiles.get(word, ()):
            scores[code] += weight  # type: ignore[assignment]
    if total < 8 or not scores:
        return None, 0.0
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    lead = best[0][1]
    second = best[1][1] if len(best) > 1 else 0.0
    if lead < 0.08 * total:
        return None, 0.0
    return best[0][0], (lead - second) / lead


def _by_script(sample: str) -> tuple[str, float] | None:
    letters = sum(c.isalpha() for c in sample) or 1
    counts = {code: len(pattern.findall(sample)) for code, pattern in _any_script()}
    code, count = max(counts.items(), key=lambda item: item[1])
    if counts["ja"] > 0.05 * letters and counts["ja"] + counts["zh"] > 0.4 * letters:
        return "ja", 1.0
    if count < 0.4 * letters:
        return None
    for other, telling in _TELLING.get(code, ()):
        if sum(map(sample.count, telling)) > 0.01 * letters:
            return other, 0.8
    return code, count / letters if count < letters else 1.0
