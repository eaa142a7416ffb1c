"""The command line: `tellings new | check | build | analyse | codebook | serve | pdf`.

Exit codes, for scripts: 0 done; 1 something failed that is nobody's mistake here, such as a full disk; 2 the corpus, a
parameter or an option cannot be used as given; 3 a chapter failed; 4 the pages could not be rendered cleanly; 130
interrupted. `tellings check` says 0 for a clean corpus, 1 for one with warnings, 2 for one with errors.

Everything heavy is imported when a command needs it, so that `--help` and completion answer at once.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from analysis.scale import EngineName

_MANY = 500  # articles of one corpus beyond which people may rather mean an archive
_EPILOG = """\b
Examples:
  tellings build                              the book of the five articles that come with it
  tellings new my-event                       a folder to fill with your own articles
  tellings check my-event                     what was found, guessed, repaired, stripped
  tellings build my-event --output book       your own book in book/index.html
  tellings serve book                         read it on http://127.0.0.1:8000

\b
Exit codes: 0 done, 1 failed, 2 wrong input, 3 a chapter failed, 4 pages not clean, 130 interrupted.
\b
Completion in the shell:
  bash  eval "$(_TELLINGS_COMPLETE=bash_source tellings)"    in ~/.bashrc
  zsh   eval "$(_TELLINGS_COMPLETE=zsh_source tellings)"     in ~/.zshrc
  fish  _TELLINGS_COMPLETE=fish_source tellings | source     in ~/.config/fish/completions/tellings.fish
"""


class Commands(click.Group):
    """A group that tells people what they can mend, and shows a traceback only when asked to."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which they are used."""
        return list(self.commands)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> NoReturn:
        """Run a command and leave with its documented exit code."""
        options["standalone_mode"] = False
        given = list(sys.argv[1:] if args is None else args)
        try:
            code = super().main(given, *rest, **options)
        except (click.Abort, KeyboardInterrupt):
            click.echo("interrupted; nothing was published, and what was finished is kept", err=True)
            sys.exit(130)
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except Exception as error:
            if _DEBUG in given:
                raise
            known = _exit_code(error)
            words = str(error) if known is not None else f"{type(error).__name__}: {error}"
            hint = "" if known is not None else "\nThis is not your mistake. --debug shows where it happened."
            click.echo(f"error: {words}{hint}", err=True)
            sys.exit(1 if known is None else known)
        sys.exit(code if isinstance(code, int) else 0)


_DEBUG = "--debug"


def _exit_code(error: Exception) -> int | None:
    """The exit code of an error whose message already says what to do; None for any other."""
    from analysis.book.errors import BookError
    from analysis.schema import TableError

    if isinstance(error, BookError):
        return error.exit_code
    names = {kind.__name__ for kind in type(error).__mro__}
    if isinstance(error, TableError) or names & {"CorpusError", "CodebookError"}:
        return 2
    return 1 if isinstance(error, OSError) else None


def _with_debug(command: Any) -> Any:
    return click.option(_DEBUG, is_flag=True, expose_value=False, help="Show the traceback of an error.")(
        command
    )


@click.group(cls=Commands, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="five-tellings", prog_name="tellings")
@_with_debug
def main() -> None:
    """See how news outlets tell one event, and publish it as a book."""


@main.command(
    short_help="Start a corpus in a new folder.",
    epilog="\b\nExample:\n  tellings new my-event && tellings build my-event --output my-book",
)
@click.argument("folder", type=click.Path(path_type=Path))
@_with_debug
def new(folder: Path) -> None:
    """Start a corpus in FOLDER: a commented corpus.yml and codebook.yml, and two example articles."""
    from analysis.book.starter import start_corpus

    for path in start_corpus(folder):
        click.echo(f"wrote {path}")
    click.echo(f"Now put your articles beside them, name them in {folder / 'corpus.yml'}, and run:")
    click.echo(f"  tellings check {folder}\n  tellings build {folder} --output {folder}-book")


@main.command(
    short_help="Report what was found, guessed, repaired, stripped and doubtful.",
    epilog="\b\nExamples:\n  tellings check my-event\n  tellings check my-event --json | jq .problems",
)
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@_with_debug
def check(corpus: Path, as_json: bool) -> int:
    """Read CORPUS and report what was found, guessed, repaired, stripped and doubtful.

    Exit code 0: clean; 1: warnings; 2: errors.
    """
    from analysis.corpus import check_corpus

    report = check_corpus(corpus)
    click.echo(report.to_json() if as_json else report.to_text())
    return int(report.exit_code)


@main.command(
    short_help="Build the book of a corpus.",
    epilog="""\b
Examples:
  tellings build                                       the shipped articles, into build/html
  tellings build my-event --output my-book             your own
  tellings build my-event -p seed=7 --title "A strike" other parameters, another title
  tellings build archive.csv --event "Harbour strike"   one event of a corpus with a column `event`
  tellings build archive.csv --books all               a book of every event, and a page that leads to them
  tellings build --explain                             why each chapter runs again, or does not
""",
)
@click.argument("corpus", required=False, type=click.Path(path_type=Path))
@click.option("-o", "--output", default=Path("build/html"), show_default=True, type=click.Path(path_type=Path),
              help="Folder of the pages; replaced whole when the new book is complete.")  # fmt: skip
@click.option("-p", "--parameter", "pairs", multiple=True, metavar="NAME=VALUE",
              help="Set a parameter of the chapters; may be given again. `-p help` lists them.")  # fmt: skip
@click.option("--title", help="Title of the book; the corpus's own by default.")
@click.option(
    "--url", help="Address at which the book will stand: for its sitemap, and for how links to it are shown."
)
@click.option("--event", "events", multiple=True, metavar="NAME",
              help="Of several events, the book of this one alone; given again, books of these.")  # fmt: skip
@click.option("--books", default="10", show_default=True, metavar="N|all",
              help="Of several events, books of so many of the largest; a page leads to them and names the others.")  # fmt: skip
@click.option(
    "--fresh", is_flag=True, help="Run every chapter again, also those that nothing has changed for."
)
@click.option("--explain", is_flag=True, help="Say why each chapter runs or does not.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 64), help="Chapters that run at a time; one a processor."
)
@click.option("-q", "--quiet", is_flag=True, help="Print the last line only.")
@_with_debug
def build(
    corpus: Path | None,
    output: Path,
    pairs: tuple[str, ...],
    title: str | None,
    url: str | None,
    events: tuple[str, ...],
    books: str,
    fresh: bool,
    explain: bool,
    jobs: int | None,
    quiet: bool,
) -> None:
    """Build the book of CORPUS: a folder of articles, one file of them, or tables that `tellings analyse` wrote.

    Articles of several events (a column or key `event`) are kept apart: each of the largest events gets a book of its
    own, under one page that leads to them. --event builds the book of one.

    Only what a change touches is run again. The last good book stays until the new one is complete. Results are kept
    in the user's cache folder, or in TELLINGS_CACHE; both may be deleted at any time.
    """
    if "help" in pairs:
        _list_parameters()
        return
    from analysis.book import build_book

    signal.signal(signal.SIGTERM, _terminated)
    if books != "all" and not (books.isascii() and books.isdigit() and int(books)):
        raise click.BadParameter(f"{books!r}: write a number from 1, or all", param_hint="--books")
    most = None if books == "all" else int(books)
    book = build_book(
        corpus, output, _pairs(pairs), fresh, title=title, event=events, books=most, url=url, jobs=jobs,
        explain=explain, quiet=quiet,
    )  # fmt: skip
    try:
        shown = book.path.relative_to(Path.cwd())
    except ValueError:
        shown = book.path
    several = f"{len(book.events)} books, " if book.events else ""
    click.echo(f"{shown}: {several}{book.pages} pages in {book.seconds:.1f} seconds")


@main.command(
    short_help="Write every table of a corpus, or of an archive, without the book.",
    epilog="""\b
Examples:
  tellings analyse my-event --out tables && tellings build tables --output my-book
  tellings analyse "archive/*.parquet" --out tables --engine pandas
  tellings analyse s3://news/2024 --out /shared/tables --scheduler tcp://head:8786
  tellings build /shared/tables --event 2024-03-05-0a1b2c3d4e --output one-event
""",
)
@click.argument("corpus")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Folder for the tables.")
@click.option("--engine", type=click.Choice(["pandas", "dask", "spark"]),
              help="For any number of articles (Parquet, JSON Lines, CSV): events are found first, work is shared out.")  # fmt: skip
@click.option(
    "--scheduler", metavar="ADDRESS", help="Of a Dask cluster or a Spark master; implies an engine."
)
@click.option("-j", "--jobs", type=click.IntRange(1, 512), help="Local processes; one a processor.")
@_with_debug
def analyse(
    corpus: str, out: Path, engine: EngineName | None, scheduler: str | None, jobs: int | None
) -> None:
    """Write every table of CORPUS without the book: Parquet, and for one corpus CSV, a data dictionary and an RO-Crate.

    With --engine or --scheduler, CORPUS is an archive of any size: a file, folder, pattern or address. A run that was
    stopped goes on where it was when the same command is given again.
    """
    if engine or scheduler:
        from analysis import scale

        signal.signal(signal.SIGTERM, _terminated)
        listing = scale.analyse(corpus, out, scheduler, engine, workers=jobs)
        click.echo(f"{out}: {len(listing['tables'])} tables in {listing['seconds']:.0f} seconds")
        return
    from analysis.exports import write_tables
    from analysis.tables import open_tables

    tables = open_tables(corpus)
    if len(tables["articles"]) > _MANY:
        click.echo(
            f"{len(tables['articles']):,} articles are taken here as one corpus, in one process; for an archive, "
            "--engine pandas finds its events first and works with every processor.",
            err=True,
        )
    written = write_tables(tables, out, report=lambda name: click.echo(f"  {name}", err=True))
    click.echo(f"{out}: {len(written)} tables")


@main.command(
    short_help="Discover topics and print them as a codebook to edit.",
    epilog="\b\nExample:\n  tellings codebook my-event > my-event/codebook.yml",
)
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "-n", "--topics", type=click.IntRange(2, 100), help="How many topics; found by stability if not given."
)
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0), help="Seed of the resampling.")
@_with_debug
def codebook(corpus: Path, topics: int | None, seed: int) -> None:
    """Discover topics in CORPUS and print them as a codebook to be edited."""
    from analysis import discover_topics, load_corpus, units
    from analysis.topics import codebook_yaml

    found = discover_topics(units(load_corpus(corpus).articles), n_topics=topics, seed=seed)
    click.echo(codebook_yaml(found), nl=False)


@main.command(
    short_help="Show a built book to this machine.",
    epilog="\b\nExample:\n  tellings serve my-book --port 9000",
)
@click.argument("book", default=Path("build/html"), type=click.Path(path_type=Path))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535),
              help="Port on 127.0.0.1; the next free one if it is taken.")  # fmt: skip
@_with_debug
def serve(book: Path, port: int) -> None:
    """Show the built BOOK to this machine only, on http://127.0.0.1."""
    from analysis.book.serve import server

    with server(book, port) as running:
        click.echo(f"http://127.0.0.1:{running.server_port}/ shows {book}; Ctrl-C ends it")
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            click.echo("ended")


@main.command(
    short_help="Print a built book into one PDF, several into one each.",
    epilog="\b\nExample:\n  tellings pdf my-book --output my-book.pdf",
)
@click.argument("book", default=Path("build/html"), type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The PDF, of several books the folder for theirs; beside BOOK by default.",
)
@_with_debug
def pdf(book: Path, output: Path | None) -> None:
    """Print the whole built BOOK into one PDF with Chromium: tagged, with an outline.

    A folder with the books of several events becomes a PDF a book.
    """
    from analysis.book.pdf import print_books

    for made in print_books(book, output):
        click.echo(f"{made}: {made.stat().st_size / 1e6:.1f} MB")


def _pairs(pairs: tuple[str, ...]) -> dict[str, str]:
    given: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.BadParameter(f"{pair!r}: write NAME=VALUE", param_hint="-p")
        if name in given:
            raise click.BadParameter(f"{name!r} is given twice", param_hint="-p")
        given[name] = value
    return given


def _list_parameters() -> None:
    from analysis.book.home import find_home
    from analysis.book.parameters import RESERVED, declared_parameters, describe

    shown: set[str] = set(RESERVED)
    for parameters in declared_parameters(find_home().chapters).values():
        for name, parameter in parameters.items():
            if name not in shown:
                shown.add(name)
                click.echo(f"{name} = {parameter.default!r}: {describe(parameter)}; {parameter.about}")


def _terminated(number: int, frame: Any) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
