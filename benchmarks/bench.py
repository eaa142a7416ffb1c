"""Measure everything that can be measured here, and store the figures in benchmarks/results.

    python benchmarks/bench.py                          # what needs no labels: simulated texts and the shipped articles
    python benchmarks/bench.py --gold FOLDER            # accuracy too, on every set that is found below FOLDER
    python benchmarks/bench.py --only quotes facts      # some measures

A set that is not there and a peer that is not installed are left out with a message; tables of earlier days stay as they
were. `sources.yml` names the sets, `README.md` how their files look.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from record import Result, show, write

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parent / "seeds"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, help="folder with labelled sets, searched in full")
    parser.add_argument("--only", nargs="*", choices=[*FREE, *LABELLED], help="measures; all by default")
    parser.add_argument("--model", default="en_core_web_sm", help="spaCy model of the peers that need one")
    options = parser.parse_args()
    wanted = options.only or [*FREE, *LABELLED]
    for name in (name for name in FREE if name in wanted):
        found = FREE[name]()
        if found:
            store(name, found)
    for name in (name for name in LABELLED if name in wanted):
        found = LABELLED[name](options) if options.gold else []
        if found:
            store(name, found)
        else:
            print(f"{name}: skipped, no labels for it; give their folder with --gold.")


def store(name: str, results: list[Result]) -> None:
    print(f"\n== {name}")
    show(results)
    print(f"written to {write(name, results).relative_to(HERE.parent)}")


def files(options: argparse.Namespace, *patterns: str) -> list[Path]:
    return [path for pattern in patterns for path in sorted(options.gold.rglob(pattern))]


def statistics() -> list[Result]:
    import simulation

    return simulation.results()


def keyness() -> list[Result]:
    import keyness

    return keyness.results()


def growth() -> list[Result]:
    import shared_text

    return shared_text.growth_results((100, 1_000, 5_000))


def archive() -> list[Result]:
    import scale

    sizes = (200, 1_000)
    kept = int(scale.kept_growth(scale.GROWTH)["articles"].max()) if scale.GROWTH.is_file() else 0
    if kept > max(sizes):
        print(
            f"archive: skipped, a table of {kept:,} articles is kept; benchmarks/scale.py --store makes another."
        )
        return []
    return scale.results(sizes)


def book() -> list[Result]:
    import book

    return book.results()


def quotes(options: argparse.Namespace) -> list[Result]:
    import quotes

    return quotes.results(options.gold, options.model)


def same_words(options: argparse.Namespace) -> list[Result]:
    import pairs

    return [r for path in files(options, "*_pairs*.jsonl") if is_judged(path) for r in pairs.results(path)]


def is_judged(path: Path) -> bool:
    with path.open(encoding="utf-8") as file:
        return '"judged"' in file.readline()


def shared_text(options: argparse.Namespace) -> list[Result]:
    import shared_text

    folders = sorted({path.parent for path in files(options, "*_docs*.jsonl")})
    out = [r for folder in folders for r in shared_text.results(folder)]
    return out + [r for path in files(options, "reuse.jsonl") for r in shared_text.seed_results(path, SEEDS)]


def topics(options: argparse.Namespace) -> list[Result]:
    import topics

    return [r for path in files(options, "bbc_news*.jsonl") for r in topics.results(path)]


def frames(options: argparse.Namespace) -> list[Result]:
    import frames

    sets = files(options, "semeval23*.jsonl", "narrative_frames*.jsonl", "frac*.jsonl")
    return [r for path in sets for r in frames.results(path)]


def facts(options: argparse.Namespace) -> list[Result]:
    import facts

    return [
        r for path in files(options, "realsumm*.jsonl", "claims.jsonl") for r in facts.results(path, SEEDS)
    ]


def furniture(options: argparse.Namespace) -> list[Result]:
    import cleaning

    return [r for path in files(options, "boilerplate.jsonl") for r in cleaning.results(path, SEEDS)]


def coding(options: argparse.Namespace) -> list[Result]:
    import coding

    folders = sorted({path.parent for path in files(options, "quotes_detail.jsonl")})
    return [r for folder in folders for r in coding.results(folder)]


FREE: dict[str, Callable[[], list[Result]]] = {
    "statistics": statistics, "keyness": keyness, "growth": growth, "archive": archive, "book": book,
}  # fmt: skip
LABELLED: dict[str, Callable[[argparse.Namespace], list[Result]]] = {
    "quotes": quotes, "same_words": same_words, "shared_text": shared_text, "topics": topics, "frames": frames,
    "facts": facts, "furniture": furniture, "coding": coding,
}  # fmt: skip

if __name__ == "__main__":
    main()
