"""How right and how fast are quotations and their speakers, beside what else a reader could use?

    python benchmarks/quotes.py --gold FOLDER [--model SPACY_MODEL] [--limit N]

FOLDER holds JSON Lines files of {"id", "text", "quotes": [...], "not_quotes"?, "ignore"?}; every file with such lines is
scored (`quote_scores.py`). All systems run in this process on the same texts, so their speeds compare. Beside the package
stand two baselines (every pair of marks; one regular expression) and, where they are installed, textacy's direct quotations
and patterns in the manner of the Gender Gap Tracker (Asr et al. 2021) over a spaCy parse.
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
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))

from quote_scores import Doc, Quotes, score
from record import OURS, Result, Role, f1_interval, share_interval, show

from analysis.quotes import extract_quotations, resolve_speakers

System = Callable[[list[Doc]], dict[str, Quotes]]

_PAIR = re.compile(r"[\"“]([^\"“”\n]+)[\"”]")
_NAME = r"(?:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)*|he|she|they)"
_TAGGED = re.compile(
    rf"[\"“]([^\"“”\n]+)[\"”](?:[ ,]*(?:(?:said|says|added|told|wrote) (?P<a>{_NAME})|(?P<b>{_NAME}) (?:said|says|added|told|wrote)))?"
)
ALARMS = "terms taken for speech"
_QUOTATIVE = frozenset(
    "say tell add claim argue note state report ask write announce explain warn believe insist suggest".split()
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path, required=True, help="folder with .jsonl files, searched in full")
    parser.add_argument(
        "--model", default="en_core_web_sm", help="spaCy model of the peers: a package or a path"
    )
    parser.add_argument("--limit", type=int, default=0, help="read only the first N texts of each file")
    options = parser.parse_args()
    show(results(options.gold, options.model, options.limit))


def results(folder: Path, model: str = "en_core_web_sm", limit: int = 0) -> list[Result]:
    """Measure every system on every file of quotations in a folder."""
    systems: dict[str, tuple[Role, System]] = {
        OURS: ("ours", ours), "every pair of marks": ("baseline", pairs), "one regular expression": ("baseline", regex),
    }  # fmt: skip
    systems |= {name: ("peer", system) for name, system in _peers(model)}
    out: list[Result] = []
    for path in sorted(folder.rglob("*.jsonl")):
        docs = _docs(path)
        if docs:
            gold = path.name.split(".")[0] if path.name != "quotes.jsonl" else "seeds"
            out += _measured(gold, docs[: limit or None], systems)
    return out


def _measured(gold: str, docs: list[Doc], systems: dict[str, tuple[Role, System]]) -> list[Result]:
    out: list[Result] = []
    speed: dict[str, float] = {}
    for name, (role, system) in systems.items():
        begin = time.process_time()
        found = system(docs)
        speed[name] = sum(len(d["text"]) for d in docs) / max(1e-9, time.process_time() - begin)
        counts = [score(d, found[d["id"]]) for d in docs]
        figures = {
            ("quotations", "exact F1"): f1_interval([c.exact for c in counts]),
            ("attribution", "F1 of span and printed speaker"): f1_interval([c.mention for c in counts]),
            ("attribution", "right of those found"): share_interval([c.speaker for c in counts]),
        }
        if sum(c.who[1] for c in counts):
            figures["who", "share found with the right name"] = share_interval([c.who for c in counts])
        if sum(c.alarms[1] for c in counts):
            figures["quotations", ALARMS] = share_interval([c.alarms for c in counts])
        out += [
            Result(
                measure,
                gold,
                metric,
                name,
                role,
                *figure,
                n=len(docs),
                unit="articles",
                aim="low" if metric == ALARMS else "high",
            )
            for (measure, metric), figure in figures.items()
        ]
        if role == "peer" and len(docs) >= 10:
            ratio = speed[name] / speed[OURS]
            out.append(Result("speed", gold, "quotations: speed beside ours", name, role, ratio, n=len(docs), unit="articles",
                              note="characters a CPU second, in one run"))  # fmt: skip
    return out


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


def _docs(path: Path) -> list[Doc]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if not rows or not all(isinstance(r.get("quotes"), list) and "text" in r for r in rows):
        return []
    # texts of one small set tell one event; a large set holds many
    return [{**r, "event": "one" if len(rows) <= 5 else r["id"]} for r in rows]


if __name__ == "__main__":
    main()
