"""How far does the hand coding that ships agree with another reader, and the program with both?

    python benchmarks/coding.py FOLDER

FOLDER holds that reader's labels on the shipped articles: quotes.jsonl ({"id", "quotes", "not_quotes"}, in the order of the
files) and topics.jsonl ({"file", "start", "end", "topic", "kind"}). They are turned into a coding beside the shipped one, in a
temporary copy of the corpus; nothing of them is kept but the agreement.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))

from record import OURS, Result, bootstrap, show

from analysis import open_tables
from analysis.coding import PROGRAM, agreement, codings
from analysis.schema import rows
from analysis.stats import krippendorff_alpha

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
READER = "another reader"
UNITS = {"quotations": "words", "speakers": "quotations", "topics": "paragraphs", "facts": "decisions"}
# the other reader's names of topics -> those of the shipped codebook
TOPICS = {
    "econ_security_supply": "economic_security",
    "ai_tech": "ai_technology",
    "bilateral_ties": "bilateral_relations",
    "diplomacy_protocol": "visit_protocol",
    "trade_invest": "trade_investment",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    show(results(parser.parse_args().folder))


def results(folder: Path) -> list[Result]:
    """Krippendorff's alpha between the shipped coding, the other reader and the program."""
    with tempfile.TemporaryDirectory() as made:
        corpus = Path(made) / "seeds"
        shutil.copytree(SEEDS, corpus)
        place = corpus / "coding" / READER
        place.mkdir(parents=True)
        files = sorted(path.name for path in SEEDS.glob("*.txt"))
        quoted = zip(files, read(folder / "quotes.jsonl"), strict=True)
        write(
            place / "quotations.csv", ("file", "start", "end", "kind", "speaker", "text"), quotations(quoted)
        )
        labelled = [r for r in read(folder / "topics.jsonl") if r["kind"] == "body"]
        write(place / "topics.csv", ("file", "start", "end", "topic"),
              ((r["file"], r["start"], r["end"], TOPICS.get(r["topic"], r["topic"])) for r in labelled))  # fmt: skip
        coded = codings(open_tables(corpus, keep=False))
    out = []
    for row in rows(agreement(coded)):
        pair = (row["coder_a"], row["coder_b"])
        who = OURS if PROGRAM in pair else "the shipped coding"
        other = READER if READER in pair else "the shipped coding"
        out.append(
            Result("hand coding", "coding", f"alpha of {row['what']}, beside {other}", who, "ours" if who == OURS else "peer",
                   row["alpha"], *interval(coded, row["what"], pair), n=row["units"], unit=UNITS[row["what"]])
        )  # fmt: skip
    return out


def interval(coded: pd.DataFrame, what: str, pair: tuple[str, str]) -> tuple[float, float]:
    """The interval of an alpha over units drawn again; none for words, which are too many and not independent."""
    part = coded[(coded["what"] == what) & coded["coder"].isin(pair)]
    codes = part.pivot(index="unit", columns="coder", values="code").dropna()
    if what == "quotations":
        return float("nan"), float("nan")

    def alpha(chosen: np.ndarray) -> float:
        drawn = codes.iloc[chosen]
        return krippendorff_alpha({name: dict(enumerate(drawn[name])) for name in pair})

    _, low, high = bootstrap(len(codes), alpha, draws=200)
    return (low, high) if low < high else (float("nan"), float("nan"))


def quotations(texts: Iterable[tuple[str, dict[str, Any]]]) -> Iterable[Sequence[Any]]:
    for file, doc in texts:
        for kind, found in (("speech", doc["quotes"]), ("term", doc.get("not_quotes", ()))):
            for q in found:
                inside = kind == "term" and any(
                    s["start"] <= q["start"] and q["end"] <= s["end"] for s in doc["quotes"]
                )
                if not inside:  # a name inside a quotation is no unit of its own in the shipped coding
                    yield (
                        file,
                        q["start"],
                        q["end"],
                        kind,
                        q.get("speaker_name") or "",
                        doc["text"][q["start"] : q["end"]],
                    )


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def write(path: Path, head: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(lines)


if __name__ == "__main__":
    main()
