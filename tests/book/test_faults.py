"""What happens to the last good book when a build is interrupted, killed, starved of room or raced."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from small_book import WORDS, cell, notebook

from analysis.book import kept, publish
from analysis.book.errors import BookError, InputError
from analysis.cache import file_digest, tree_files, write_file

pytestmark = pytest.mark.book


def hashes(folder):
    return {path.relative_to(folder).as_posix(): file_digest(path) for path in tree_files(folder)}


def tellings(bench, *options, output=None):
    """Start `tellings build` on the bench in a process of its own."""
    environment = {**os.environ, "TELLINGS_HOME": str(bench.home)}
    command = [
        sys.executable,
        "-m",
        "analysis.cli",
        "build",
        bench.corpus,
        "--output",
        output or bench.output,
        *options,
    ]
    return subprocess.Popen(
        [str(part) for part in command], env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        start_new_session=True,
        # as from a terminal, though the tests themselves may run in the background of a shell, where it is ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip


def waiting_chapter(mark):
    """A chapter that writes its process's number to a file and then sleeps far longer than a test may take."""
    return notebook(
        cell("# Words", "markdown"),
        cell(f"import os, time\nopen({str(mark)!r}, 'w').write(str(os.getpid()) + '\\n')\ntime.sleep(600)"),
    )


def wait_for(condition, seconds=90):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def gone(pid):
    """Whether a process has ended; one that ended but was not yet waited for by its parent counts."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.fixture
def sleeping(bench):
    """A bench with a good book, and a chapter that will sleep in the next build: (bench, hashes, kernel's pid)."""
    bench.build()
    good = hashes(bench.output)
    mark = bench.folder / "kernel.pid"
    bench.write("words", waiting_chapter(mark))

    def kernel():
        wait_for(lambda: mark.exists() and mark.read_text().endswith("\n"))
        return int(mark.read_text())

    yield bench, good, kernel
    assert hashes(bench.output) == good, "the last good book is as it was"
    assert not list(bench.output.parent.glob("*.failed"))
    bench.write("words", WORDS)
    assert bench.build().ran == {}, "and the next build succeeds"


def test_ctrl_c_ends_everything_with_130(sleeping):
    bench, _, kernel = sleeping
    build = tellings(bench)
    pid = kernel()
    build.send_signal(signal.SIGINT)
    told, _ = build.communicate(timeout=30)
    assert build.returncode == 130
    assert "interrupted" in told
    assert "Traceback" not in told
    wait_for(lambda: gone(pid), 10)
    assert {path.name for path in bench.output.parent.iterdir()} == {"html", ".html.lock"}


def test_a_polite_kill_ends_everything_too(sleeping):
    bench, _, kernel = sleeping
    build = tellings(bench)
    pid = kernel()
    build.terminate()
    build.communicate(timeout=30)
    assert build.returncode == 130
    wait_for(lambda: gone(pid), 10)


def test_a_build_that_is_killed_takes_its_kernels_along_and_frees_the_lock(sleeping):
    bench, _, kernel = sleeping
    build = tellings(bench)
    pid = kernel()
    build.kill()
    build.communicate(timeout=30)
    wait_for(lambda: gone(pid), 15)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_build_that_is_killed_while_pages_are_rendered_leaves_the_last_good_book(bench, number):
    bench.build()
    good = hashes(bench.output)
    mark, extension = bench.folder / "renderer.pid", bench.home / "_ext" / "tellings_page.py"
    sound = extension.read_text()
    wait = f"\nimport os, time\nopen({str(mark)!r}, 'w').write(str(os.getpid()) + '\\n')\ntime.sleep(600)\n"
    extension.write_text(sound + wait)
    build = tellings(bench)
    wait_for(lambda: mark.exists() and mark.read_text().endswith("\n"))
    build.send_signal(number)
    build.communicate(timeout=30)
    wait_for(lambda: gone(int(mark.read_text())), 15)
    assert hashes(bench.output) == good
    extension.write_text(sound)
    assert bench.build().ran == {}
    assert not (bench.output.parent / ".html.new").exists(), "what it left is cleared away"


def test_a_cache_of_another_version_is_left_alone(bench):
    bench.build()
    cache = bench.folder / "cache"
    entries = {path: path.read_bytes() for path in (cache / "chapters").glob("*.json")}
    stranger = cache / "chapters" / ("0" * 40 + ".json")
    write_file(stranger, b'{"of": "another version"}')
    for note in (cache / "runs").glob("*.json"):
        write_file(note, b'{"chapters/who": {"parts": {}, "seconds": 1}}')  # as an earlier version wrote it
    for note in (cache / "corpora").rglob("events.json"):
        write_file(note, b'[{"event": "", "of": "another version"}]')
    (bench.output / "index.html").unlink()
    assert bench.build().ran == {}
    assert stranger.read_bytes() == b'{"of": "another version"}'
    assert {path: path.read_bytes() for path in entries} == entries
    for path, entry in entries.items():  # under the right name, but of other inputs
        write_file(path, json.dumps({**json.loads(entry), "parts": {}}).encode())
    (bench.output / "index.html").unlink()
    assert set(bench.build().ran.values()) == {"its cache entry was damaged"}


def test_a_file_called_like_a_library_is_not_imported(bench):
    for name in ("pandas", "papermill", "yaml", "sphinx", "json"):
        (bench.corpus / f"{name}.py").write_text(f"open({str(bench.folder / 'ran')!r}, 'w')")
    command = [Path(sys.executable).with_name("tellings"), "build", ".", "--output", bench.output]
    done = subprocess.run(
        command, cwd=bench.corpus, env={**os.environ, "TELLINGS_HOME": str(bench.home)}, capture_output=True, text=True
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not (bench.folder / "ran").exists()


def test_what_a_killed_swap_left_is_put_right(bench):
    bench.build()
    good = hashes(bench.output)
    aside, half = bench.output.parent / ".html.old", bench.output.parent / ".html.new"
    bench.output.rename(aside)  # killed between the two renames, where folders cannot be exchanged
    (half / "html").mkdir(parents=True)
    (half / "html" / "index.html").write_text("<html>")
    assert bench.build().ran == {}
    aside.mkdir()  # killed after them
    assert bench.build().ran == {}
    assert hashes(bench.output) == good
    assert not aside.exists()
    assert not half.exists()


def test_folders_that_cannot_be_exchanged_are_swapped_by_renaming(tmp_path, monkeypatch):
    monkeypatch.setattr(publish, "_exchange", lambda new, output: False)
    for name in ("html", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name)
    publish.swap_in(tmp_path / "new", tmp_path / "html")
    assert (tmp_path / "html" / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["html"]


def test_two_builds_at_once_take_turns(bench):
    first, second = tellings(bench), tellings(bench)
    told = [build.communicate(timeout=180)[0] for build in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], told
    assert sum("waiting for it to end" in text for text in told) == 1
    said = json.loads((bench.output / ".tellings.json").read_text())
    assert publish.intact(bench.output, said["key"])


def test_a_clock_that_goes_backwards_changes_nothing(bench):
    bench.build()
    for path in tree_files(bench.output) + tree_files(bench.folder / "cache"):
        os.utime(path, (4e9, 4e9))
    assert bench.build().ran == {}


@contextmanager
def mounted(place, options):
    """A small disk of its own, where the system lets us have one."""
    place.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    if (
        sys.platform != "linux"
        or os.geteuid() != 0
        or subprocess.run(command, capture_output=True).returncode
    ):
        pytest.skip("needs the right to mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_told_and_leaves_nothing(bench):
    bench.build()
    with mounted(bench.folder / "small", "size=200k") as disk:
        with pytest.raises(BookError, match="make room or name another --output"):
            bench.build(output=disk / "book")
        assert not (disk / "book").exists()
        assert not (disk / ".book.new").exists()


def test_a_full_disk_for_scratch_is_told(bench, monkeypatch):
    bench.build()
    good = hashes(bench.output)
    with mounted(bench.folder / "small", "size=40k") as disk:
        monkeypatch.setenv("TMPDIR", str(disk))
        monkeypatch.setattr("tempfile.tempdir", None)
        with pytest.raises(BookError) as raised:
            bench.build(fresh=True)
        assert "full" in str(raised.value) or "No space left" in str(raised.value)
    assert hashes(bench.output) == good


def test_a_full_disk_for_the_cache_costs_nothing_but_time(bench, monkeypatch):
    with mounted(bench.folder / "small", "size=8k") as disk:
        monkeypatch.setenv("TELLINGS_CACHE", str(disk / "cache"))
        assert len(bench.build().ran) == 2
    assert (bench.output / "index.html").is_file()


def test_a_read_only_output_is_refused_before_anything_runs(bench):
    with (
        mounted(bench.folder / "fixed", "ro") as disk,
        pytest.raises(InputError, match="name another --output"),
    ):
        bench.build(output=disk / "book")


def test_a_file_in_the_way_of_the_output_is_refused(bench):
    (bench.folder / "file").write_text("x")
    with pytest.raises(InputError, match="is a file; name a folder"):
        bench.build(output=bench.folder / "file")
    with pytest.raises(InputError, match="cannot write into"):
        bench.build(output=bench.folder / "file" / "book")


def test_a_cache_that_cannot_be_written_is_no_error(bench, monkeypatch):
    (bench.folder / "file").write_text("x")
    monkeypatch.setenv("TELLINGS_CACHE", str(bench.folder / "file" / "cache"))
    assert len(bench.build().ran) == 2
    assert (bench.output / "index.html").is_file()


@pytest.mark.parametrize("where", ["the corpus", "inside the corpus", "around the corpus"])
def test_the_corpus_is_never_in_the_way_of_the_output(bench, where):
    output = {
        "the corpus": bench.corpus,
        "inside the corpus": bench.corpus / "html",
        "around the corpus": bench.folder,
    }[where]
    before = hashes(bench.corpus)
    with pytest.raises(InputError, match="corpus"):
        bench.build(output=output)
    assert hashes(bench.corpus) == before


def test_a_folder_behind_a_link_is_swapped_and_the_link_stays(bench):
    real = bench.folder / "real"
    real.mkdir()
    bench.output.parent.mkdir(parents=True)
    bench.output.symlink_to(real)
    bench.build()
    assert bench.output.is_symlink()
    assert (real / "index.html").is_file()


def test_a_cache_does_not_grow_without_end(tmp_path, monkeypatch):
    monkeypatch.setenv("TELLINGS_CACHE", str(tmp_path))
    monkeypatch.setattr(kept, "LARGEST", 250)
    for age, name in enumerate(("tables/new", "tables/used", "corpora/older", "tables/oldest")):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "x.parquet").write_bytes(bytes(100))
        when = time.time() - 7200 * age
        os.utime(tmp_path / name / "x.parquet", (when, when))
    kept.prune()
    assert {path.parent.name for path in tmp_path.rglob("*.parquet")} == {"new", "used"}
    monkeypatch.setattr(kept, "LARGEST", 0)
    kept.prune()
    assert {path.parent.name for path in tmp_path.rglob("*.parquet")} == {"new"}, "it may be in use"
