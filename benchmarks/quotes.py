"""How right and how fast are quotations and their speakers, beside what else a reader could use?

    python benchmarks/quotes.py --gold FOLDER --scorers FOLDER [--peers] [--limit N]

FOLDER of gold holds JSON Lines files of {"id", "text", "quotes": [...], "not_quotes"?, "ignore"?}; every file with such
lines is scored. The folder of scorers holds score_quotes.py, whose `score_doc`, `add` and `summary` define the measures.
All systems run in this process on the same texts, so their speeds compare. Beside the package stand two baselines (every
pair of marks; one regular expression) and, with --peers, textacy's direct quotations and patterns in the manner of the
Gender Gap Tracker (Asr et al. 2021) over a spaCy parse. A peer that is not installed is left out with a message.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from analysis.quotes import extract_quotations, resolve_speakers

Doc = dict[str, Any]
Quotes = list[dict[str, Any]]
System = Callable[[list[Doc]], dict[str, Quotes]]

_PAIR = re.compile(r"[\"“]([^\"“”\n]+)[\"”]")
_NAME = r"(?:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)*|he|she|they)"
_TAGGED = re.compile(
    rf"[\"“]([^\"“”\n]+)[\"”](?:[ ,]*(?:(?:said|says|added|told|wrote) (?P<a>{_NAME})|(?P<b>{_NAME}) (?:said|says|added|told|wrote)))?"
)
_QUOTATIVE = frozenset(
    "say tell add claim argue note state report ask write announce explain warn believe insist suggest".split()
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, help="folder with .jsonl files, searched in full")
    parser.add_argument("--scorers", type=Path, required=True, help="folder with score_quotes.py")
    parser.add_argument(
        "--peers", action="store_true", help="run textacy and parse patterns too, if installed"
    )
    parser.add_argument(
        "--model", default="en_core_web_sm", help="spaCy model of the peers: a package or a path"
    )
    parser.add_argument("--limit", type=int, default=0, help="read only the first N texts of each file")
    options = parser.parse_args()
    scorer = _load_scorer(options.scorers / "score_quotes.py")
    systems: dict[str, System] = {"five-tellings": ours, "every pair of marks": pairs, "one regex": regex}
    if options.peers:
        systems |= dict(_peers(options.model))
    for path in sorted(options.gold.rglob("*.jsonl")):
        docs = _docs(path)
        if docs:
            docs = docs[: options.limit] if options.limit else docs
            print(f"\n{path.name}: {len(docs)} texts, {sum(len(d['quotes']) for d in docs)} quotations")
            print(_table(docs, systems, scorer).to_string(index=False))


def ours(docs: list[Doc]) -> dict[str, Quotes]:
    articles = pd.DataFrame(
        {
            "article_id": [d["id"] for d in docs],
            "body": [d["text"] for d in docs],
            "event": [d["event"] for d in docs],
        }
    )
    table = resolve_speakers(extract_quotations(articles), articles)
    out: dict[str, Quotes] = {d["id"]: [] for d in docs}
    for row in table[~table["kind"].isin(["term", "nested"])].to_dict("records"):
        given = not pd.isna(row["speaker_start"])
        out[row["article_id"]].append(
            {
                "start": row["start"],
                "end": row["end"],
                "speaker": row["speaker_mention"] if given else None,
                "speaker_start": int(row["speaker_start"]) if given else None,
                "speaker_end": int(row["speaker_end"]) if given else None,
                "speaker_name": None if pd.isna(row["speaker"]) else row["speaker"],
            }
        )
    return out


def pairs(docs: list[Doc]) -> dict[str, Quotes]:
    return {
        d["id"]: [{"start": m.start(1), "end": m.end(1)} for m in _PAIR.finditer(d["text"])] for d in docs
    }


def regex(docs: list[Doc]) -> dict[str, Quotes]:
    out: dict[str, Quotes] = {}
    for doc in docs:
        found: Quotes = []
        last: dict[str, Any] = {}
        for m in _TAGGED.finditer(doc["text"]):
            group = "a" if m.group("a") else "b"
            if m.group(group):
                last = dict(zip(("speaker_start", "speaker_end"), m.span(group), strict=True)) | {
                    "speaker": m.group(group)
                }
            if m.group(group) or len(m.group(1).split()) > 3:
                found.append({"start": m.start(1), "end": m.end(1), **last})
        out[doc["id"]] = found
    return out


def _peers(model: str) -> Iterator[tuple[str, System]]:
    try:
        import spacy

        nlp = spacy.load(model)
    except (ImportError, OSError) as error:
        print(f"textacy and parse patterns left out: {error} (pip install textacy, and a spaCy model)")
        return
    if importlib.util.find_spec("textacy") is None:
        print("textacy left out: it is not installed (pip install textacy)")
    else:
        from textacy.extract import direct_quotations

        def textacy(docs: list[Doc]) -> dict[str, Quotes]:
            """Textacy, paragraph by paragraph: whole texts make it raise on unbalanced marks."""
            out: dict[str, Quotes] = {}
            for doc in docs:
                found: Quotes = []
                for m in re.finditer(r"[^\n]+", doc["text"]):
                    try:
                        for triple in direct_quotations(nlp(m.group())):
                            start = m.start() + triple.content.start_char
                            speaker = triple.speaker
                            found.append(
                                {
                                    "start": start,
                                    "end": m.start() + triple.content.end_char,
                                    "speaker": " ".join(t.text for t in speaker),
                                    "speaker_start": m.start() + speaker[0].idx,
                                    "speaker_end": m.start() + speaker[-1].idx + len(speaker[-1]),
                                }
                            )
                    except ValueError:
                        continue
                out[doc["id"]] = found
            return out

        yield "textacy, by paragraph", textacy

    def gender_gap(docs: list[Doc]) -> dict[str, Quotes]:
        out: dict[str, Quotes] = {}
        for doc in docs:
            parsed = nlp(doc["text"])
            found: Quotes = []
            for m in _PAIR.finditer(doc["text"]):
                span = parsed.char_span(*m.span(1), alignment_mode="expand")
                verb = _verb_near(parsed, span) if span is not None else None
                if verb is None:
                    continue
                subject = next((t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass")), None)
                entry: dict[str, Any] = {"start": m.start(1), "end": m.end(1)}
                if subject is not None:
                    last = subject.right_edge
                    entry |= {
                        "speaker_start": subject.left_edge.idx,
                        "speaker_end": last.idx + len(last),
                        "speaker": doc["text"][subject.left_edge.idx : last.idx + len(last)],
                    }
                found.append(entry)
            out[doc["id"]] = found
        return out

    yield "gender gap patterns", gender_gap


def _verb_near(parsed: Any, span: Any) -> Any:
    """Find the quotative verb nearest to a quotation, within fifteen tokens."""
    best = None
    for k in range(max(0, span.start - 15), min(len(parsed), span.end + 15)):
        if span.start <= k < span.end or parsed[k].lemma_ not in _QUOTATIVE or parsed[k].pos_ != "VERB":
            continue
        distance = span.start - k if k < span.start else k - span.end
        if best is None or distance < best[0]:
            best = (distance, parsed[k])
    return best[1] if best else None


def _table(docs: list[Doc], systems: dict[str, System], scorer: ModuleType) -> pd.DataFrame:
    size = sum(len(d["text"]) for d in docs)
    rows: list[dict[str, Any]] = []
    for name, system in systems.items():
        begin = time.process_time()
        found = system(docs)
        rate = size / max(1e-9, time.process_time() - begin)
        counts = [scorer.score_doc(d, {"quotes": found[d["id"]]}, 0.8) for d in docs]
        score = scorer.summary(scorer.add(counts))
        alarms, terms = score["scare_false_alarms"]
        rows.append(
            {
                "system": name,
                "exact F1": score["exact"][2],
                "span+mention F1": score["end_to_end"][2],
                "speaker accuracy": score["speaker_accuracy"],
                "resolved": score["resolved_accuracy"],
                "who F1": score["who"][2] if score["who"] else None,
                "scare alarms": f"{alarms}/{terms}",
                "characters/s": round(rate),
            }
        )
    table = pd.DataFrame(rows)
    table["speed of ours"] = (table["characters/s"].iloc[0] / table["characters/s"]).round(1)
    return table.round(3)


def _docs(path: Path) -> list[Doc]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if not rows or not all(isinstance(r.get("quotes"), list) and "text" in r for r in rows):
        return []
    # texts of one small set tell one event; a large set holds many
    return [{**r, "event": "one" if len(rows) <= 5 else r["id"]} for r in rows]


def _load_scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_quotes", path)
    if spec is None or spec.loader is None or not path.exists():
        sys.exit(f"{path}: no scorer there; give the folder that holds score_quotes.py with --scorers.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
