"""A small book to build: two chapters that glue, draw and show a table, and a corpus of two articles."""

import json
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def cell(source, kind="code", tags=(), **more):
    extra = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {"tags": list(tags)}, "source": source, **extra, **more}


def notebook(*cells, promises=None):
    numbered = [{**one, "id": one.get("id", f"c{number}")} for number, one in enumerate(cells)]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    if promises:
        metadata["tellings"] = promises
    return {"cells": numbered, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


PARAMETERS = cell(
    'corpus: str = "seeds"  # folder of articles\n'
    "seed: int = 0  # seed of every random draw [0..1000]\n"
    'scheme: str = "policy"  # which frames [policy | news]\n'
    "level: float = 0.05  # level of significance [0..1]",
    tags=["parameters", "hide-input"],
)

WHO = notebook(
    cell(
        "# Who speaks\n\nThere are {glue:text}`n_articles` articles; the seed is {glue:text}`given_seed`.",
        "markdown",
    ),
    PARAMETERS,
    cell(
        "from pathlib import Path\nfrom myst_nb import glue\ntexts = sorted(Path(corpus).glob('*.txt'))",
        tags=["hide-input"],
    ),
    cell("glue('n_articles', len(texts), display=False)\nglue('given_seed', seed, display=False)"),
    promises={"glue": ["n_articles", "given_seed"]},
)

WORDS = notebook(
    cell("# Words\n\nSome prose.", "markdown"),
    PARAMETERS,
    cell(
        "import matplotlib.pyplot as plt\nfrom pathlib import Path\ntexts = sorted(Path(corpus).glob('*.txt'))"
    ),
    cell(
        "fig, ax = plt.subplots()\nax.bar([p.name for p in texts], [len(p.read_text()) for p in texts]);",
        id="lengths",
    ),
    cell(
        "from IPython.display import HTML\nHTML('<table id=\"counts\"><tr><td>1</td></tr></table>')",
        id="show",
    ),
    promises={"tables": ["counts"], "figures": ["lengths"]},
)


class Workbench:
    """A corpus, a home with two chapters, and a place for the output."""

    def __init__(self, folder):
        self.folder = folder
        self.home = folder / "home"
        self.corpus = folder / "articles"
        self.output = folder / "out" / "html"
        shutil.copytree(ROOT / "tests" / "book" / "home", self.home)
        shutil.copyfile(ROOT / "_config.yml", self.home / "_config.yml")
        for part in ("_ext", "_static"):
            shutil.copytree(ROOT / part, self.home / part, ignore=shutil.ignore_patterns("__pycache__"))
        (self.home / "chapters").mkdir()
        self.write("who", WHO)
        self.write("words", WORDS)
        self.corpus.mkdir()
        (self.corpus / "a.txt").write_text('The minister said: "Trade will grow." She left at noon.\n')
        (self.corpus / "b.txt").write_text('"Trade will grow," the minister told reporters. Rain fell.\n')

    def write(self, name, content):
        (self.home / "chapters" / f"{name}.ipynb").write_text(json.dumps(content))

    def read(self, name):
        return json.loads((self.home / "chapters" / f"{name}.ipynb").read_text())

    def page(self, name):
        return (self.output / f"{name}.html").read_text(encoding="utf-8")

    def build(self, **more):
        from analysis import build_book

        return build_book(self.corpus, **{"output": self.output, "home": self.home, "quiet": True, **more})
