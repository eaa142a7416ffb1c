"""How do accuracy and cost grow with the number of articles?

    python benchmarks/scale.py --sizes 1000 10000                     # generate, analyse, measure, print the growth
    python benchmarks/scale.py --sizes 100000 --engine dask --workers 2
    python benchmarks/scale.py --viral 50000                          # one press release in 50,000 outlets: finding events
    python benchmarks/scale.py --events 1000000                       # finding events alone, without the analysis
    python benchmarks/scale.py --sizes 1000 10000 --store --figure growth.svg   # keep the growth table, and draw it
    python benchmarks/scale.py --project 1000000 --processors 64      # what a large archive costs, by the table that is kept

Articles come from `scale_corpus`: invented events with planted quotations and planted copies. Measured are wall and CPU
seconds of all processes, the largest memory of any one process, and how much of what was planted is found: pairs of articles
that share a passage, quotations word for word, events (purity: share of articles in an event whose events are mostly the
same true one; inverse purity the other way round). Precision counts a pair as right when anything planted is in both:
a passage or a statement. Everything is written below --folder and can be resumed.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))

from record import OURS, RESULTS, Result, write
from scale_corpus import chunks, viral

COST, SPEED, MEMORY = "CPU milliseconds an article", "articles a second", "GB, largest process"
GROWTH = RESULTS / "archive.csv"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[])
    parser.add_argument("--viral", type=int, help="outlets that print one press release")
    parser.add_argument(
        "--events", type=int, nargs="*", default=[], help="find events among so many articles"
    )
    parser.add_argument("--engine", choices=("pandas", "dask", "spark"), default="pandas")
    parser.add_argument("--scheduler")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder by default")
    parser.add_argument("--store", action="store_true", help="keep the growth table in benchmarks/results")
    parser.add_argument(
        "--figure", type=Path, help="draw the growth: of this run, or of the table that is kept"
    )
    parser.add_argument(
        "--project", type=int, help="say what so many articles cost, by the table that is kept"
    )
    parser.add_argument("--processors", type=int, default=2)
    options = parser.parse_args()
    if options.project:
        project(GROWTH, options.project, options.processors)
    if not (options.sizes or options.viral or options.events):
        if options.figure:
            figure(kept_growth(GROWTH), options.figure)
        elif not options.project:
            parser.error("nothing to do: give --sizes, --viral, --events, --project or --figure")
        return
    folder = options.folder or Path(tempfile.mkdtemp(prefix="tellings-scale-"))
    try:
        rows = [measure(n, folder, options) for n in options.sizes]
        if rows:
            show(rows)
            growth(rows)
            if options.store:
                print(write("archive", stored(rows)))
            if options.figure:
                figure(
                    pd.DataFrame(rows).rename(columns={"CPU ms/article": COST, "peak GB": MEMORY}),
                    options.figure,
                )
        some = [events_alone(viral(options.viral), "viral")] if options.viral else []
        some += [events_alone(pd.concat([p.articles for p in chunks(n)]), "archive") for n in options.events]
        if some:
            show(some)
    finally:
        if not options.folder:
            shutil.rmtree(folder, ignore_errors=True)


def results(sizes: tuple[int, ...]) -> list[Result]:
    """What is found of what was planted, and how the cost of an article grows with their number."""
    options = argparse.Namespace(engine="pandas", scheduler=None, workers=None)
    with tempfile.TemporaryDirectory(prefix="tellings-scale-") as folder:
        return stored([measure(n, Path(folder), options) for n in sizes])


def stored(rows: list[dict[str, Any]]) -> list[Result]:
    """The growth table in the form in which results are kept."""
    out = []
    for r in rows:
        at = f"{r['articles']:,} articles"
        beside = r["CPU ms/article"] / rows[0]["CPU ms/article"]
        where = f"{r['engine']}, {r['workers']} processes"
        for metric, value, aim, note in (
            (f"{at}: pairs that share a passage, found", r["recall"], "high", ""),
            (f"{at}: pairs rightly found", r["precision"], "high", ""),
            (f"{at}: quotations found word for word", r["quotations"], "high", ""),
            (f"{at}: purity of events", r["purity"], "high", ""),
            (f"cost of an article among {r['articles']:,}, beside {rows[0]['articles']:,}", beside, "low", "CPU time"),
            (f"{at}: {COST}", r["CPU ms/article"], "low", where),
            (f"{at}: {SPEED}", r["articles/s"], "high", where),
            (f"{at}: {MEMORY}", r["peak GB"], "low", where),
        ):  # fmt: skip
            if r is rows[0] and metric.startswith("cost"):
                continue  # beside itself
            out.append(
                Result(
                    "archive", "simulated", metric, OURS, "ours", value, n=r["articles"], unit="articles",
                    note=note, aim=aim,
                )
            )  # fmt: skip
    return out


def kept_growth(path: Path) -> pd.DataFrame:
    """Read articles, CPU milliseconds an article, articles a second and memory of the growth table that is kept."""
    table = pd.read_csv(path)
    columns = {}
    for what in (COST, SPEED, MEMORY):
        mine = table[table["metric"].str.endswith(f": {what}")]
        columns[what] = pd.Series(mine["value"].to_numpy(), index=mine["n"].to_numpy())
    return pd.DataFrame(columns).rename_axis("articles").reset_index().sort_values("articles")


def project(path: Path, articles: int, processors: int) -> None:
    """Say what an archive costs by the growth table that is kept, with the arithmetic."""
    last = kept_growth(path).iloc[-1]
    hours = articles * last[COST] / 1000 / 3600
    print(
        f"measured on {last['articles']:,.0f} articles: {last[COST]:.1f} {COST}, {last[MEMORY]:.2f} GB a process"
    )
    print(f"{articles:,} articles x {last[COST]:.1f} ms / 3,600,000 = {hours:,.1f} CPU hours")
    print(f"{hours:,.1f} CPU hours / {processors} processors = {hours / processors:,.2f} h on the wall")
    print(
        f"{processors} processes x {last[MEMORY]:.2f} GB = {processors * last[MEMORY]:,.0f} GB of memory at most"
    )


def figure(table: pd.DataFrame, path: Path) -> None:
    """Draw how cost and memory grow with the number of articles."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    drawn, axes = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    for ax, column, said in zip(
        axes, (COST, MEMORY), ("CPU milliseconds an article", "GB, largest process"), strict=True
    ):
        ax.plot(table["articles"], table[column], marker="o", color="#1b4f72")
        ax.set(xscale="log", xlabel="articles", ylabel=said, ylim=(0, None))
        ax.grid(alpha=0.3)
    drawn.savefig(path)


def measure(n: int, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Generate, analyse and score one archive."""
    from analysis import scale

    inputs, out = folder / f"articles-{n}", folder / f"tables-{n}"
    inputs.mkdir(parents=True, exist_ok=True)
    event: dict[str, str] = {}
    pairs: set[frozenset[str]] = set()
    quotations: set[tuple[str, str]] = set()
    by_text: dict[tuple[str, str], list[str]] = {}
    for number, part in enumerate(chunks(n)):
        part.articles.to_parquet(inputs / f"{number:04d}.parquet", index=False)
        event |= part.event
        pairs |= {frozenset(pair) for pair in part.pairs}
        for name, text in part.quotations:
            quotations.add((name, _bare(text)))
            by_text.setdefault((part.event[name], _bare(text)), []).append(name)
    before, started = _cpu(), time.monotonic()
    listing = scale.analyse(inputs, out, options.scheduler, options.engine, workers=options.workers)
    seconds = time.monotonic() - started
    cpu = max(_cpu() - before, sum(stage["cpu_seconds"] for stage in listing["stages"].values()))
    for name, stage in listing["stages"].items():
        print(
            f"  {name:16s} {stage['parts']:6.0f} parts {stage['seconds']:8.1f} s {stage['cpu_seconds']:8.1f} CPU s"
        )
    passages = pd.read_parquet(out / "passages", columns=["a", "b", "class"])
    told = passages[passages["class"] != "formulaic"]
    found = {frozenset(pair) for pair in zip(told["a"], told["b"], strict=True)}
    shared = pairs | {frozenset((a, b)) for names in by_text.values() for a in names for b in names if a != b}
    spoken = pd.read_parquet(out / "quotations", columns=["article_id", "text"])
    heard = set(zip(spoken["article_id"], map(_bare, spoken["text"]), strict=True))
    articles = pd.read_parquet(out / "articles", columns=["article_id", "event"])
    pure, whole = purity(articles["article_id"].map(event), articles["event"])
    return {
        "articles": len(articles), "engine": options.engine,
        "workers": options.workers or os.cpu_count(), "wall s": seconds, "CPU s": cpu,
        "articles/s": len(articles) / seconds, "CPU ms/article": 1000 * cpu / len(articles), "peak GB": _peak(),
        "pairs": len(pairs), "recall": len(pairs & found) / max(len(pairs), 1),
        "precision": len(shared & found) / max(len(found), 1),
        "quotations": len(quotations & heard) / max(len(quotations), 1), "purity": pure, "inverse": whole,
    }  # fmt: skip


def events_alone(articles: pd.DataFrame, name: str) -> dict[str, Any]:
    """Find events in one process, and count what it costs."""
    from analysis.scale import events
    from analysis.scale.assign import assign

    started = time.process_time()
    parts = []
    for number, low in enumerate(range(0, len(articles), 1000)):
        part = articles.iloc[low : low + 1000].rename(columns={"text": "body"})
        parts.append(
            events.features(part.assign(event="", row=events.row_numbers(number, len(part))))["features"]
        )
    features = pd.concat(parts, ignore_index=True)
    described = time.process_time() - started
    linked = pd.concat([events.links(block)["links"] for _, block in features.groupby("block")])
    at_links = time.process_time() - started
    rows = features.drop_duplicates("row").drop(columns=["terms", "weights", "sketch"])
    rows = rows.assign(article_id=articles["article_id"].to_numpy(), event="")
    assigned, partitions = assign(rows, linked, len(parts), 1000, 250)
    total = time.process_time() - started
    return {
        "what": name, "articles": len(articles), "links": len(linked), "per article": len(linked) / len(articles),
        "events": pd.concat(assigned)["event"].nunique(), "partitions": partitions, "describe s": described,
        "link s": at_links - described, "group s": total - at_links, "peak GB": _peak(),
    }  # fmt: skip


def purity(true: pd.Series[str], found: pd.Series[str]) -> tuple[float, float]:
    """Share of articles in the majority of their found event, and of their true one."""
    table = pd.DataFrame({"true": true.to_numpy(), "found": found.to_numpy()})
    counts = table.value_counts().reset_index(name="n")
    return tuple(counts.groupby(by)["n"].max().sum() / len(table) for by in ("found", "true"))  # type: ignore[return-value]


def growth(rows: list[dict[str, Any]]) -> None:
    """Say how cost grew between sizes, and what that comes to for a million articles."""
    for one, two in pairwise(rows):
        ratio = two["CPU ms/article"] / one["CPU ms/article"]
        print(f"{one['articles']:,} -> {two['articles']:,} articles: cost per article x {ratio:.2f}")
    last = rows[-1]
    hours = last["CPU ms/article"] * 1e6 / 1000 / 3600
    print(f"at {last['CPU ms/article']:.0f} CPU ms an article, 1,000,000 take {hours:.1f} CPU hours: "
          f"{hours / 2:.1f} h on 2 processors, {60 * hours / 64:.0f} min on 64")  # fmt: skip


def _bare(text: str) -> str:
    return text.strip(" ,.")


def _cpu() -> float:
    own, gone = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + gone.ru_utime + gone.ru_stime


def _peak() -> float:
    """Largest memory of this process or of any that has ended, GB."""
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return most / (1e9 if sys.platform == "darwin" else 1e6)


def show(rows: list[dict[str, Any]]) -> None:
    frame = pd.DataFrame(rows)
    print(frame.to_string(index=False, float_format=lambda x: f"{x:.3f}" if x < 10 else f"{x:,.0f}"))


if __name__ == "__main__":
    main()
