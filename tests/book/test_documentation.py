"""The documentation stands in the book that ships, and in no book about somebody's own event."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import yaml

from analysis.book.home import find_home
from analysis.book.plan import make_plans
from analysis.book.stage import stage


def planned(corpus, tmp_path):
    return make_plans(corpus, tmp_path / "html", {}, None, None, (), None).books[0].home


def test_only_the_book_that_ships_has_it(seeds, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "a.txt").write_text("The bridge was closed. The council met on Monday.\n")
    assert "docs/tutorial" in planned(seeds, tmp_path).pages
    assert planned(None, tmp_path).pages == planned(seeds, tmp_path).pages
    assert not [page for page in planned(mine, tmp_path).pages if page.startswith("docs/")]


def test_what_is_left_out_is_neither_staged_nor_named(tmp_path):
    home = replace(find_home(), documented=False)
    executed = {name: json.loads(path.read_text(encoding="utf-8")) for name, path in home.chapters.items()}
    stage(home, tmp_path / "book", executed)
    assert not (tmp_path / "book" / "docs").exists()
    contents = yaml.safe_load((tmp_path / "book" / "_toc.yml").read_text(encoding="utf-8"))
    assert "docs/" not in json.dumps(contents)
    assert len(contents["parts"]) == len(find_home().contents["parts"]) - 1


@pytest.mark.parametrize("page", [p for p in find_home().pages if not p.startswith("docs/")])
def test_no_other_page_leads_into_it(page):
    root = find_home().root
    path = next(path for path in (root / f"{page}.md", root / f"{page}.ipynb") if path.is_file())
    assert "docs/" not in path.read_text(encoding="utf-8").replace("docs/book.png", "")


def test_every_page_of_it_is_in_the_contents():
    home = find_home()
    written = {path.relative_to(home.root).with_suffix("").as_posix() for path in home.root.glob("docs/*.md")}
    assert written == {page for page in home.pages if page.startswith("docs/")}
