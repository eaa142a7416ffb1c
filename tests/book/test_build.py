"""Builds of a small book through papermill and Jupyter Book."""

import json
import re
import shutil

import pytest
from small_book import WHO, WORDS, Workbench, cell, notebook

from analysis.book import execute
from analysis.book.build import build_book
from analysis.book.errors import ChapterError, InputError, RenderError
from analysis.book.execute import Job, run_chapters, workers
from analysis.cache import file_digest, tree_files

pytestmark = pytest.mark.book


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A book that is built once, for the tests that change nothing or put back what they change."""
    folder = tmp_path_factory.mktemp("built {with} braces")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TELLINGS_CACHE", str(folder / "cache"))
        bench = Workbench(folder)
        bench.book = bench.build()
        yield bench


def hashes(folder):
    return {path.relative_to(folder).as_posix(): file_digest(path) for path in tree_files(folder)}


def test_a_book_is_built_with_its_numbers_on_every_page(built):
    assert built.book.path == built.output / "index.html"
    assert built.book.pages == 3
    assert set(built.book.ran) == {"chapters/who", "chapters/words"}
    assert "There are 2 articles." in re.sub(r"<[^>]+>", "", built.page("index"))
    assert "There are 2 articles; the seed is 0." in re.sub(r"<[^>]+>", "", built.page("chapters/who"))
    assert 'id="counts"' in built.page("chapters/words")


def test_nothing_of_the_machine_or_the_moment_reaches_the_output(built):
    for path in tree_files(built.output):
        text = path.read_bytes()
        assert str(built.folder).encode() not in text, path
        assert b"papermill" not in text.replace(b"application/papermill.record", b""), path
        assert b"tellings-" + b"tmp" not in text
        assert b"/tmp/" not in text, path


def test_the_parameters_of_this_book_are_shown_folded_with_the_name_of_the_corpus(built):
    page = built.page("chapters/who")
    cell = page.split('<div class="cell tag_injected-parameters', 1)[1].split("</pre>", 1)[0]
    folded, given = cell.split("<pre>")
    assert "<details" in folded and "</details" not in folded
    assert 'corpus = "articles"' in re.sub(r"<[^>]+>", "", given).replace("&quot;", '"')


def test_nothing_changed_means_nothing_done(built):
    before = (built.output / "index.html").stat().st_ino
    again = built.build()
    assert (again.ran, again.pages) == ({}, 3)
    assert (built.output / "index.html").stat().st_ino == before


def test_a_page_that_someone_changed_is_made_again_without_running_a_chapter(built):
    whole = hashes(built.output)
    (built.output / "index.html").write_text("tampered")
    assert built.build().ran == {}
    assert hashes(built.output) == whole


def test_an_edit_of_prose_shows_without_running_a_chapter(built):
    changed = json.loads(json.dumps(WORDS))
    changed["cells"][0]["source"] = "# Words\n\nBetter prose."
    built.write("words", changed)
    assert built.build().ran == {}
    assert "Better prose." in built.page("chapters/words")


def test_an_edit_of_code_runs_that_chapter_alone(built, capsys):
    changed = json.loads(json.dumps(WORDS))
    changed["cells"][2]["source"] += "  # more"
    built.write("words", changed)
    book = built.build(quiet=False, explain=True)
    assert book.ran == {"chapters/words": "its code cells changed"}
    told = capsys.readouterr().err
    assert "chapters/words: runs: its code cells changed" in told
    assert "chapters/who: as kept" in told


def test_a_warning_of_the_code_is_told_in_the_terminal_and_not_on_the_page(built, capsys):
    changed = json.loads(json.dumps(WORDS))
    changed["cells"][2]["source"] += "\nimport warnings\nwarnings.warn('few texts')"
    built.write("words", changed)
    built.build(quiet=False)
    assert "chapters/words: warned: " in (told := capsys.readouterr().err)
    assert "UserWarning: few texts" in told
    assert "UserWarning" not in built.page("chapters/words")


def test_another_parameter_or_corpus_says_so(built):
    book = built.build(parameters={"seed": "5"})
    assert set(book.ran.values()) == {"its parameters changed (seed: its default -> 5)"}
    assert "the seed is 5" in re.sub(r"<[^>]+>", "", built.page("chapters/who"))
    extra = built.corpus / "c.txt"
    extra.write_text("One more. It rained.\n")
    assert set(built.build(parameters={"seed": 5}).ran.values()) == {"the corpus changed (new: c.txt)"}
    extra.unlink()
    built.write("words", WORDS)
    assert built.build().ran == {}, "what was made before is still kept"


def test_two_fresh_builds_are_identical_to_the_byte(built, tmp_path, monkeypatch):
    built.build()
    first = hashes(built.output)
    monkeypatch.setenv("TELLINGS_CACHE", str(tmp_path / "other cache"))
    elsewhere = tmp_path / "deeper" / "articles"
    shutil.copytree(built.corpus, elsewhere)
    build_book(elsewhere, tmp_path / "book", home=built.home, fresh=True, quiet=True)
    assert hashes(tmp_path / "book") == first


def test_a_title_is_text_whatever_it_holds(built):
    built.build(title='{{ 7*7 }} <script>alert(1)</script> "Quoted" & more')
    page = built.page("index")
    assert "<script>alert(1)" not in page
    assert "49" not in re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]
    assert "‹script›alert(1)‹/script›" in page


def test_a_damaged_entry_is_made_again(bench, capsys):
    bench.build()
    for entry in (bench.folder / "cache" / "chapters").glob("*.json"):
        entry.write_bytes(entry.read_bytes()[:-30] + b"}" * 30)
    (bench.output / "index.html").unlink()
    book = bench.build()
    assert set(book.ran.values()) == {"its cache entry was damaged"}
    assert "There are 2 articles." in re.sub(r"<[^>]+>", "", bench.page("index"))


def test_a_failing_chapter_leaves_the_last_good_book_and_the_others_done(bench):
    bench.build()
    good = hashes(bench.output)
    changed = json.loads(json.dumps(WORDS))
    changed["cells"][3]["source"] = "# draw\nraise RuntimeError('no ink')"
    bench.write("words", changed)
    with pytest.raises(ChapterError) as raised:
        bench.build(parameters={"seed": 2})
    message = str(raised.value)
    assert "chapters/words, cell 4: RuntimeError: no ink" in message
    assert "1 of 2 chapters failed, 1 are done and kept" in message
    assert "no ink" in raised.value.saved["chapters/words"].read_text()
    assert hashes(bench.output) == good
    bench.write("words", WORDS)
    assert list(bench.build(parameters={"seed": 2}).ran) == ["chapters/words"]
    assert not raised.value.saved["chapters/words"].exists()


def test_a_kernel_that_is_killed_is_a_failure_with_its_cell(bench):
    killed = notebook(
        cell("# Words", "markdown"),
        cell("1 + 1"),
        cell("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"),
        cell("2 + 2"),
    )
    bench.write("words", killed)
    with pytest.raises(ChapterError, match=r"chapters/words, cell 3: DeadKernelError") as raised:
        bench.build()
    assert "chapters/who" not in str(raised.value)
    assert not bench.output.exists()


def test_a_worker_that_is_killed_is_a_failure_and_the_other_chapters_finish(bench):
    told = []

    def report(chapter, what):
        told.append((chapter, what))
        if (chapter, what) == ("words", "cell 1"):
            next(
                worker for worker in pool.alive if worker.job and worker.job.chapter == "words"
            ).process.kill()

    given = {"corpus": str(bench.corpus)}
    jobs = [
        Job(name, bench.home / "chapters" / f"{name}.ipynb", bench.folder / "made" / f"{name}.ipynb", given)
        for name in ("words", "who")
    ]
    with workers(bench.folder / "work") as pool:
        outcomes = run_chapters(jobs, pool, 1, report)
    assert outcomes["words"].kind == "Killed"
    assert outcomes["words"].cell >= 1
    assert outcomes["who"].kind == ""
    assert told[-1] == ("who", "finished")


def test_without_a_nursery_kernels_start_in_the_ordinary_way(bench, monkeypatch):
    monkeypatch.setattr(execute, "possible", lambda: False)
    bench.build()
    slow = hashes(bench.output)
    monkeypatch.undo()
    monkeypatch.setenv("TELLINGS_CACHE", str(bench.folder / "cache"))
    bench.build(fresh=True)
    assert hashes(bench.output) == slow


def test_a_nursery_that_is_killed_costs_at_most_the_chapters_that_run(bench):
    def report(chapter, what):
        if what == "finished" and pool.nursery.poll() is None:
            pool.nursery.kill()

    given = {"corpus": str(bench.corpus)}
    jobs = [
        Job(name, bench.home / "chapters" / f"{name}.ipynb", bench.folder / "made" / f"{name}.ipynb", given)
        for name in ("words", "who")
    ]
    with workers(bench.folder / "work") as pool:
        outcomes = run_chapters(jobs, pool, 1, report)
    assert [outcome.kind for outcome in outcomes.values()] == ["", ""]


def test_what_a_chapter_promises_it_must_produce(bench):
    promises = {"tables": ["counts", "names"], "figures": ["lengths", "show"], "glue": ["total"]}
    bench.write("words", {**WORDS, "metadata": {**WORDS["metadata"], "tellings": promises}})
    with pytest.raises(ChapterError) as raised:
        bench.build()
    message = str(raised.value)
    assert "the table 'names' was not produced" in message
    assert "the figure 'show' was not produced" in message
    assert "the glue key 'total' was not produced" in message
    assert "'counts'" not in message
    assert "'lengths'" not in message


def test_a_warning_of_the_pages_stops_the_publication(bench):
    changed = json.loads(json.dumps(WHO))
    changed["cells"][0]["source"] += "\n\n{glue:text}`nowhere` and [a link](missing.md)"
    bench.write("who", changed)
    with pytest.raises(RenderError) as raised:
        bench.build()
    assert "chapters/who.ipynb" in str(raised.value)
    assert "nowhere" in str(raised.value)
    assert str(bench.folder) not in str(raised.value)
    assert not bench.output.exists()
    assert [path.name for path in bench.output.parent.iterdir()] in ([".html.lock"], [])


def test_an_output_that_holds_other_things_is_refused(bench):
    bench.output.mkdir(parents=True)
    (bench.output / "thesis.docx").write_text("years of work")
    with pytest.raises(InputError, match="holds files that are not a book made here"):
        bench.build()
    assert (bench.output / "thesis.docx").read_text() == "years of work"
