import io

from analysis.book.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def run(stream, quiet=False):
    progress = Progress(stream, quiet=quiet)
    progress.total = 2
    for chapter, what in (
        ("chapters/a", "started"),
        ("chapters/a", "cell 1"),
        ("chapters/a", "finished"),
        ("chapters/b", "started"),
        ("chapters/b", "failed"),
    ):
        progress(chapter, what)
    progress.step("rendering the pages")
    progress.step("")
    return stream.getvalue()


def test_a_file_gets_a_line_a_chapter():
    assert run(io.StringIO()) == "[1/2] a: finished\n[2/2] b: failed\n"


def test_a_terminal_gets_one_line_that_is_cleared_in_the_end():
    told = run(Terminal())
    assert "\n" not in told
    assert "[1/2] b" in told
    assert told.endswith("\r\x1b[K")


def test_quiet_says_nothing():
    assert run(io.StringIO(), quiet=True) == run(Terminal(), quiet=True) == ""
