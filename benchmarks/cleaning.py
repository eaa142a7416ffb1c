"""How well is page furniture told from article text, and how fast?

    python benchmarks/cleaning.py furniture.jsonl --texts FOLDER      # agreement with hand labels, by characters
    python benchmarks/cleaning.py --pages articles.jsonl              # what would go from texts that are articles already
    python benchmarks/cleaning.py --pages articles.jsonl --show       # the same, every removal printed to be read

A gold file has one JSON object a line: {"file", "start", "end", "kind"}; kinds given with --keep are labels that must stay
(subheads). Characters are compared, white space aside. Texts of curated sets hold little furniture, so nearly every removal
from them is an error, a headline or a date line: the share of paragraphs that goes bounds the rate of false removals.
Peers, where they are installed, are asked which lines of the same page are article text.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from html import escape
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))

from record import OURS, Result, Role, f1_interval, share_interval, show

from analysis.corpus.decode import decode
from analysis.corpus.furniture import clean_text
from analysis.corpus.repair import repair
from analysis.text import paragraphs

_HARMLESS = frozenset({"headline", "dateline", "metadata_date"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", nargs="?", type=Path)
    parser.add_argument("--texts", type=Path, help="the folder of the files that the gold names")
    parser.add_argument(
        "--keep", default="subhead,encoding_artifact", help="kinds of the gold that must stay"
    )
    parser.add_argument(
        "--pages", type=Path, action="append", default=[], help="JSON Lines with a field text"
    )
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    if options.gold:
        if options.texts is None:
            parser.error("give the folder of the texts with --texts")
        show(results(options.gold, options.texts, options.keep))
    if options.pages:
        print(pd.DataFrame([_pages(path, options.show) for path in options.pages]).to_string(index=False))


def results(gold: Path, folder: Path, keep: str = "subhead,encoding_artifact") -> list[Result]:
    """F1 of the characters that are removed, for this package, the peers that are installed and the baseline."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] not in keep.split(","):
            wanted[row["file"]].update(range(row["start"], row["end"]))
    counts: dict[str, list[list[int]]] = defaultdict(list)
    methods = _methods()
    for name in sorted(path.name for path in folder.glob("*.txt")):
        text = decode((folder / name).read_bytes()).text
        solid = {i for i, c in enumerate(text) if not c.isspace()}
        truth = wanted[name] & solid
        for method, (_, find) in methods.items():
            found = find(text) & solid
            counts[method].append([len(found & truth), len(found), len(truth)])
    return [
        Result(
            "page furniture", "seeds", metric, method, role, *figure, n=len(counts[method]), unit="articles"
        )
        for method, (role, _) in methods.items()
        for metric, figure in (
            ("character F1", f1_interval(counts[method])),
            ("of what was removed, rightly", share_interval([c[:2] for c in counts[method]])),
            ("of the furniture, removed", share_interval([[c[0], c[2]] for c in counts[method]])),
        )
    ]


def _methods() -> dict[str, tuple[Role, Callable[[str], set[int]]]]:
    methods: dict[str, tuple[Role, Callable[[str], set[int]]]] = {
        OURS: ("ours", _ours), "everything removed": ("baseline", lambda text: set(range(len(text)))),
    }  # fmt: skip
    try:
        import trafilatura
    except ImportError:
        print("trafilatura is not installed; left out.")
        return methods

    def peer(text: str) -> set[int]:
        spans = paragraphs(text)
        page = "".join(f"<p>{escape(text[a:b])}</p>" for a, b in spans)
        kept = trafilatura.extract(f"<html><body><article>{page}</article></body></html>") or ""
        lines = {" ".join(line.split()) for line in kept.split("\n")}
        return {i for a, b in spans if " ".join(text[a:b].split()) not in lines for i in range(a, b)}

    return {**methods, "trafilatura on the lines": ("peer", peer)}


def _ours(text: str) -> set[int]:
    # offsets are those of the file as long as nothing was repaired, which the gold requires
    return {i for removal in clean_text(text).removals for i in range(removal.start, removal.end)}


def _pages(path: Path, show: bool) -> dict[str, object]:
    texts = [
        json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    start = time.process_time()
    cleaned = [(text, clean_text(text)) for text in (repair(text)[0] for text in texts)]
    seconds = time.process_time() - start
    kinds = Counter(removal.kind for _, page in cleaned for removal in page.removals)
    for text, page in cleaned if show else ():
        for removal in page.removals:
            print(f"{removal.kind:16}{text[removal.start : removal.end][:160]!r}")
    blocks = sum(len(paragraphs(text)) for text, _ in cleaned)
    return {
        "texts": path.name,
        "articles": len(texts),
        "paragraphs": blocks,
        "removed": sum(n for kind, n in kinds.items() if kind not in _HARMLESS),
        "headlines and stamps": sum(n for kind, n in kinds.items() if kind in _HARMLESS),
        "articles / CPU-second": round(len(texts) / max(seconds, 1e-9)),
    }


if __name__ == "__main__":
    main()
