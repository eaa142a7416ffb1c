"""Frame cues by outlet, beside what guessing would give: the share of sentences, the corpus, the commonest frame."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.schema import Schema
from analysis.stats import share_interval, stickiness, upper_stickiness

FRAME_SHARES = Schema(
    "frame_shares",
    "One row an outlet and frame: the share of its sentences that hold a cue of the frame, beside all other outlets'.",
    {
        "scheme": ("str", "policy or news"),
        "outlet": ("str", "who published the sentences"),
        "frame": ("str", "id of the frame; 'no cue' for sentences without any"),
        "cued": ("int", "sentences with a cue that no negation denies; a sentence may cue several frames"),
        "sentences": ("int", "sentences of the outlet"),
        "share": ("float", "cued / sentences"),
        "low": ("float", "lower end of the 95% interval, widened because neighbouring sentences are alike"),
        "high": ("float", "its upper end"),
        "in_quotation": ("float", "share of the cued sentences whose cues stand mostly in quoted words"),
        "corpus_share": ("float", "the same share of the sentences of all outlets"),
        "corpus_low": ("float", "lower end of its interval"),
        "corpus_high": ("float", "its upper end"),
        "apart": (
            "bool",
            "the outlet's interval and the others' do not meet, at a level that allows for all comparisons of the scheme",
        ),
        "sufficient": ("bool", "there are sentences enough for a statement"),
    },
    key=("scheme", "outlet", "frame"),
)

FRAME_BASELINE = Schema(
    "frame_baseline",
    "One row a scheme and outlet, and one for all outlets together: how far always guessing the same would get.",
    {
        "scheme": ("str", "policy or news"),
        "outlet": ("str", "the outlet; 'all' for all together"),
        "sentences": ("int", "sentences"),
        "no_cue": ("float", "share of sentences without a cue: how often 'no cue' would be right"),
        "frame": ("str", "the frame that is cued most strongly in most sentences, or missing"),
        "guess": ("float", "share of all sentences whose strongest cue is of this frame"),
        "guess_cued": ("float", "the same share of the sentences that hold a cue"),
        "low": ("float", "lower end of the 95% interval of guess_cued"),
        "high": ("float", "its upper end"),
    },
    key=("scheme", "outlet"),
)

NO_CUE = "no cue"
_ENOUGH = 15  # sentences
_LEVEL = 0.95


def frame_shares(cues: pd.DataFrame, sentences: pd.DataFrame, scheme: str) -> pd.DataFrame:
    """Compare each outlet's frame cues with those of the others.

    Args:
        cues: a table of `frame_cues` of one scheme.
        sentences: unit_id, article_id, outlet: all sentences that were searched.
        scheme: name of the scheme.

    Returns:
        A `FRAME_SHARES` table, "no cue" included: every frame that is cued anywhere for every outlet.
    """
    if not len(sentences):
        return FRAME_SHARES.frame([])
    held = cues[~cues["negated"].astype(bool)]
    frames = [NO_CUE, *sorted(set(held["frame"]))]
    by_unit = held.groupby("sentence_id")["frame"].agg(set).to_dict()
    quoted = set(zip(held["sentence_id"], held["frame"], strict=True)) - set(
        held.loc[~held["in_quotation"].astype(bool), ["sentence_id", "frame"]].itertuples(
            index=False, name=None
        )
    )
    outlets = list(dict.fromkeys(sentences["outlet"]))
    main = _strongest(held)
    rho = upper_stickiness(_sticky(sentences, main), len(sentences))
    level = 1 - (1 - _LEVEL) / (len(frames) * len(outlets))
    has = np.array(
        [[f in by_unit.get(u, {NO_CUE}) for f in frames] for u in sentences["unit_id"]], dtype=float
    )
    said_by = sentences["outlet"].to_numpy()
    n = len(sentences)
    whole = has.mean(axis=0)
    whole_low, whole_high = share_interval(whole, n, rho)
    rows = []
    for outlet in outlets:
        mine = said_by == outlet
        size = int(mine.sum())
        share = has[mine].mean(axis=0)
        low, high = share_interval(share, size, rho)
        least, most = share_interval(share, size, rho, level)
        others = has[~mine].mean(axis=0) if size < n else np.full(len(frames), np.nan)
        their_low, their_high = share_interval(others, n - size, rho, level)
        units = sentences.loc[mine, "unit_id"]
        for i, frame in enumerate(frames):
            cued = int(has[mine, i].sum())
            rows.append(
                {
                    "scheme": scheme,
                    "outlet": outlet,
                    "frame": frame,
                    "cued": cued,
                    "sentences": size,
                    "share": share[i],
                    "low": low[i],
                    "high": high[i],
                    "in_quotation": sum((u, frame) in quoted for u in units) / cued if cued else float("nan"),
                    "corpus_share": whole[i],
                    "corpus_low": whole_low[i],
                    "corpus_high": whole_high[i],
                    "apart": size >= _ENOUGH and bool(their_high[i] < least[i] or their_low[i] > most[i]),
                    "sufficient": size >= _ENOUGH,
                }
            )
    return FRAME_SHARES.frame(rows)


def frame_baseline(cues: pd.DataFrame, sentences: pd.DataFrame, scheme: str) -> pd.DataFrame:
    """Say what always guessing "no cue", or the commonest frame, would give: the bar that any reading of cues has to pass.

    Args:
        cues: a table of `frame_cues` of one scheme.
        sentences: unit_id, article_id, outlet: all sentences that were searched.
        scheme: name of the scheme.
    """
    main = _strongest(cues[~cues["negated"].astype(bool)])
    rho = upper_stickiness(_sticky(sentences, main), len(sentences))
    rows = []
    for outlet in ["all", *dict.fromkeys(sentences["outlet"])] if len(sentences) else []:
        here = sentences if outlet == "all" else sentences[sentences["outlet"] == outlet]
        named = here["unit_id"].map(main).dropna()
        counts = named.value_counts()
        best = sorted(counts.index, key=lambda f: (-counts[f], f))[0] if len(counts) else None
        right = int(counts[best]) if best is not None else 0
        low, high = share_interval(right / max(1, len(named)), len(named), rho)
        rows.append(
            {
                "scheme": scheme,
                "outlet": outlet,
                "sentences": len(here),
                "no_cue": 1 - len(named) / len(here),
                "frame": best,
                "guess": right / len(here),
                "guess_cued": right / len(named) if len(named) else float("nan"),
                "low": float(low),
                "high": float(high),
            }
        )
    return FRAME_BASELINE.frame(rows)


def _strongest(cues: pd.DataFrame) -> dict[str, str]:
    """Sentence -> the frame that it cues most."""
    best = cues.sort_values("score", ascending=False, kind="stable").drop_duplicates("sentence_id")
    return dict(zip(best["sentence_id"], best["frame"], strict=True))


def _sticky(sentences: pd.DataFrame, main: dict[str, str]) -> float:
    labels = pd.Series(
        [main.get(u, NO_CUE) for u in sentences["unit_id"]], index=sentences.index, dtype="object"
    )
    return stickiness([part.tolist() for _, part in labels.groupby(sentences["article_id"], sort=False)])
