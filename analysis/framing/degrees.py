"""Small general word lists that say how strong, how sure and how qualified a wording is. Written for this project."""

from __future__ import annotations

# How much a word adds to the one that follows.
INTENSIFIERS = {
    word: level
    for level, words in (
        (-1, "somewhat slightly fairly relatively moderately mildly partly partially"),
        (1, "very particularly especially highly deeply strongly greatly particularly quite seriously"),
        (
            2,
            "extremely enormously hugely exceptionally incredibly extraordinarily absolutely totally completely utterly",
        ),
    )
    for word in words.split()
}

# Words that name more or less of one thing: word -> (what, level).
SCALES = {
    word: (name, level)
    for name, levels in {
        "importance": ("notable relevant", "important significant key major", "essential vital crucial critical", "paramount"),
        "size": ("small slight minor modest", "large big great high considerable substantial",
                 "huge enormous immense massive vast tremendous", "highest greatest largest biggest utmost"),
        "gravity": ("worrying concerning troubling", "serious", "grave severe", "dire catastrophic disastrous"),
        "anger": ("concerned unhappy displeased", "angry upset", "furious outraged livid"),
        "approval": ("acceptable adequate", "good fine", "excellent great wonderful", "outstanding perfect"),
        "disapproval": ("bad wrong", "terrible awful", "horrible appalling horrific"),
    }.items()
    for level, words in enumerate(levels, 1)
    for word in words.split()
}  # fmt: skip

# What a speaker commits to. Reported speech turns "will" into "would" and "can" into "could" by grammar alone, so these
# stand in one class, and "could" in two.
MODALITY = {
    "will": "future", "would": "future", "shall": "future",
    "may": "possible", "might": "possible", "could": "possible able", "can": "able",
    "must": "duty", "should": "duty", "ought": "duty",
}  # fmt: skip

# What begins a condition, a concession or an exception, and what makes a statement less than certain.
QUALIFIERS = frozenset(
    """if unless until till provided although though but however except despite only whenever while without perhaps maybe probably possibly hopefully""".split()
)
HEDGING = frozenset("think believe hope guess suppose suspect perhaps maybe probably possibly".split())

# What limits a statement from inside: it may be left out without a gap.
LIMITS = tuple(
    tuple(phrase.split("_"))
    for phrase in """in_many_cases in_some_cases in_most_cases in_part to_some_extent to_a_degree at_least so_far for_now at_the_moment
    in_principle in_theory i_think i_believe i_hope we_hope we_believe i_guess perhaps probably possibly maybe allegedly
    reportedly almost nearly often sometimes usually generally mostly largely partly temporarily potentially""".split()
)

# Short forms that every reader knows: to write them out is no change of register.
EVERYDAY = frozenset(
    "us usa uk eu un pm mp mps tv id ceo cfo gdp km mph am dc ny la fbi cia nato mr mrs dr st no ai fm gop bbc covid".split()
)
