"""Tables of an invented event with any number of outlets, for figures that must bear it."""

from __future__ import annotations

import numpy as np
import pandas as pd

_WORDS = [
    "Courier",
    "Evening Post",
    "Observer",
    "Morning Ledger of the Northern Coast",
    "Radio",
    "Times",
    "Herald",
]
TOPICS = {"roads": "Roads and bridges", "money": "Who pays for the harbour and its new breakwater", "law": "Law", "unassigned": "no topic of the codebook"}  # fmt: skip
FRAMES = {
    "economic": "Economic",
    "legality": "Legality, constitutionality and jurisprudence",
    "no cue": "no cue",
}


def outlets(n):
    return [f"{_WORDS[i % len(_WORDS)]} {i}" if i >= len(_WORDS) else _WORDS[i] for i in range(n)]


class Many:
    """Every table that a figure is drawn from, the same each time."""

    def __init__(self, n):
        self.names = names = outlets(n)
        draw = np.random.default_rng(0).random
        self.ids = dict(zip([f"a{i}" for i in range(n)], names, strict=True))
        rows, parts, places, frames = [], [], [], []
        for o in names:
            shares = draw(len(TOPICS))
            for topic, share in zip(TOPICS, shares / shares.sum(), strict=True):
                rows.append(
                    {
                        "outlet": o,
                        "topic": topic,
                        "share": share,
                        "low": share / 2,
                        "high": min(1, share * 1.6),
                        "n_units": 9,
                    }
                )
            for frame, share in zip(FRAMES, draw(3), strict=True):
                frames.append({"scheme": "policy", "outlet": o, "frame": frame, "share": share, "low": share / 2,
                               "high": min(1, share * 1.4), "corpus_share": 0.4, "apart": share > 0.9, "sufficient": True})  # fmt: skip
                places.append({"kind": "actor", "outlet": o, "label": f"Actor {frame}", "share": share, "weighted_share": share**2,
                               "low": share / 3, "high": min(1, share * 1.2), "sufficient": share > 0.2})  # fmt: skip
        self.shares, self.frames, self.emphasis = map(pd.DataFrame, (rows, frames, places))
        for article, o in self.ids.items():
            at = 0
            for layer, words in zip(
                ("own", "wire copy", "quotation", "own", "furniture"),
                (60 + 240 * draw(5)).astype(int),
                strict=True,
            ):
                parts.append(
                    {"article_id": article, "outlet": o, "start": at, "end": at + words, "layer": layer}
                )
                at += words
        self.layers = pd.DataFrame(parts)
        self.overlap = pd.DataFrame(
            [{"article_id": a, "other_id": b, "share": float(draw() ** 2)} for a in self.ids for b in self.ids if a != b],
            columns=["article_id", "other_id", "share"],
        )  # fmt: skip
        self.voices = pd.DataFrame(
            [{"outlet": o, "speaker": f"{who} of the Harbour Board", "kind": kind, "words": int(300 * draw() ** 3)}
             for o in names for who in ("Ada Lind", "Bo Marr", "The spokeswoman", "Cy Dane") for kind in ("quoted", "reported")]
        )  # fmt: skip
        self.keyness = pd.DataFrame(
            [{"outlet": o, "term": f"breakwater repair {k}", "z": 3 * draw() + 0.2, "p_familywise": 0.5, "significant": k == 0}
             for o in names for k in range(6)]
        )  # fmt: skip
        self.told = pd.DataFrame(
            [
                {"outlet": o, "most": 9, "some": 1 + int(6 * draw()), "alone": 1 + int(9 * draw())}
                for o in names
            ]
        )
        self.distances = pd.DataFrame(
            [{"outlet_a": a, "outlet_b": b, "jsd": 0.4 * draw(), "null_low": 0.0, "null_high": 0.25, "p_holm": 0.2, "sufficient": True}
             for i, a in enumerate(names) for b in names[i + 1 :]]
        )  # fmt: skip
        self.facts = pd.DataFrame(
            [{"a": a, "b": b, "outlet_a": self.ids[a], "outlet_b": self.ids[b], "both": int(12 * draw()), "uncertain": int(3 * draw()), "share": float(draw()), "sufficient": True}
             for i, a in enumerate(self.ids) for b in list(self.ids)[i + 1 :]]
        )  # fmt: skip
        self.units = pd.DataFrame(
            [{"unit_id": f"{a}:{k}", "article_id": a, "outlet": o, "position": k} for a, o in self.ids.items() for k in range(12)]
        )  # fmt: skip
        self.assignments = pd.DataFrame(
            [
                {"unit_id": u, "topic": list(TOPICS)[int(3 * draw())], "share": 1.0}
                for u in self.units["unit_id"]
            ]
        )


def figures_of(n):
    """Name -> a call that draws the figure with `n` outlets."""
    from analysis import figures

    t, styles = Many(n), figures.outlet_styles(outlets(n))
    return {
        "article_bars": lambda: figures.article_bars(t.layers, styles),
        "page_parts": lambda: figures.page_parts(t.layers, styles),
        "share_matrix": lambda: figures.share_matrix(t.overlap, t.ids, styles),
        "preview": lambda: figures.preview(t.layers, styles, "The harbour board and its new breakwater: who pays for the repair?"),
        "voice_words": lambda: figures.voice_words(t.voices, styles),
        "keyness": lambda: figures.keyness(t.keyness, styles),
        "facts_told": lambda: figures.facts_told(t.told, styles),
        "fact_overlap": lambda: figures.fact_overlap(t.facts, t.ids, styles),
        "first_places": lambda: figures.first_places(t.emphasis, styles, "actor", {}),
        "frame_shares": lambda: figures.frame_shares(t.frames, styles, "policy", FRAMES),
        "topic_shares": lambda: figures.topic_shares(t.shares, styles, TOPICS),
        "topic_flow": lambda: figures.topic_flow(t.assignments, t.units, styles, TOPICS),
        "topic_distances": lambda: figures.topic_distances(t.distances),
    }  # fmt: skip
