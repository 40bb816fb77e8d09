"""The commands: the only place that prints or sets an exit status."""

from __future__ import annotations

import io
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from functools import wraps
from pathlib import Path
from typing import Any, Literal

import click

from builder import __version__
from builder.problems import Problem, Problems, Unfinished
from builder.program import Program
from builder.work.collector import no_collector
from builder.work.told import Ahead

# What an editor's file holds must not steer the terminal that shows it.
CONTROLS = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {0x0A}, "\N{REPLACEMENT CHARACTER}")
ARCHIVE_HELP = "The archive's folder: the one that holds content/. Default: here, or the nearest folder above."


class Failure(click.ClickException):
    """Problems an editor can mend, shown one under the other; exit status 1."""

    def __init__(self, problems: Iterable[Problem], after: str = "Nothing was changed.") -> None:
        self.problems = sorted(problems)
        self.after = after
        super().__init__("\n".join(str(p) for p in self.problems))

    def show(self, file: Any = None) -> None:
        for problem in self.problems:
            click.echo(_shown(problem), err=True)
        count = len(self.problems)
        click.echo(f"{count} problem{'s' * (count != 1)}. {self.after}", err=True)


def _shown(problem: Problem) -> str:
    word = click.style(problem.severity, fg="red" if problem.severity == "error" else "yellow")
    return f"{word}: {str(problem).translate(CONTROLS)}"


def _mendable(command: Callable[..., None]) -> Callable[..., None]:
    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except (Problems, OSError, sqlite3.Error) as error:
            raise _failure(error) from None

    return wrapped


def _failure(error: Problems | OSError | sqlite3.Error) -> Failure:
    """What to show for an error of the input or of the disk; a reader who hangs up (`| head`) is neither."""
    if isinstance(error, BrokenPipeError):
        raise error
    if isinstance(error, Unfinished):
        return Failure(error.problems, "The site is between old and new.")
    if isinstance(error, Problems):
        return Failure(error.problems)
    if isinstance(error, OSError):
        return Failure([Problem(str(error.filename or "the disk"), (error.strerror or str(error)).lower())])
    return Failure([Problem("the cache", str(error), "Is the disk full, or not to be written to?")])


def _root(given: Path | None) -> Path:
    if given:
        return given
    here = Path.cwd()
    return next((p for p in (here, *here.parents) if (p / "content" / "archive.toml").is_file()), here)


archive_option = click.option(
    "--archive", "-C", "root", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help=ARCHIVE_HELP
)
output_option = click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Default: site/ in the archive.",
)


def workforce_options(command: Callable[..., None]) -> Callable[..., None]:
    """Who reads the texts that are new."""
    for option in (
        click.option("--scheduler", default="", metavar="ADDRESS",
                     help="With --engine dask: the cluster's scheduler. Default: a cluster on this machine."),
        click.option("--engine", type=click.Choice(["processes", "dask"]), default="processes", show_default=True,
                     help="What reads new texts: processes of this machine, or a Dask cluster (glossator[dask])."),
        click.option("--jobs", "-j", type=click.IntRange(0), default=0, metavar="N",
                     help="How many read new texts at once. Default: as many as processors and free memory bear."),
    ):  # fmt: skip
        command = option(command)
    return command


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="glossator")
def main() -> None:
    """Turn a folder of articles into a static documentary archive.

    \b
    A first archive in four commands:
      glossator init my-archive && cd my-archive
      glossator import article.txt --published 2014-09-09 --publisher "The Paper"
      glossator build
      glossator serve --open

    Everything an editor decides stands in text files under content/; the site is published to site/ and
    needs no server. “glossator COMMAND --help” tells more.
    """
    for stream in (sys.stdout, sys.stderr):  # a terminal without curly quotation marks is no reason to end
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@_mendable
def init(folder: Path) -> None:
    """Start a new archive in FOLDER, with commented starter files."""
    from builder.read.starting import init as start

    for path in start(folder):
        click.echo(f"  {path}")
    click.echo(f"A new archive. Next: cd {folder} && glossator import FILE")


@main.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@archive_option
@click.option("--title", help="Default: what the file itself gives as its title.")
@click.option("--dek", help="The line under the title.")
@click.option("--byline", help="Who wrote it.")
@click.option("--publisher", help="Where it was published.")
@click.option("--published", metavar="EDTF", help="When: 2014-09-09, 2014-09, 2015-03-02/2015-03-03, 2014~ …")
@click.option("--captured", metavar="EDTF", help="When the file was taken from there.")
@click.option("--url", help="The address it was published at.")
@click.option("--archived-url", help="The address of an archived copy.")
@click.option("--language", metavar="TAG", help="Like en or pt-BR. Default: the archive's.")
@click.option("--rights", help="Who may do what with the text.")
@click.option("--tag", "tags", multiple=True, help="A keyword; can be given several times.")
@click.option("--slug", help="The article's name in addresses. Default: made of the title.")
@click.option("--sensitive", metavar="WARNING", help="Fold the text behind this warning; “true”: the archive's own.")
@click.option("--encoding", help="The file's encoding, where it cannot be told from its bytes.")
@_mendable
def import_(files: tuple[Path, ...], root: Path | None, **metadata: Any) -> None:
    """Bring articles in: .txt, .md or .html FILES.

    The bytes are kept as they are in content/originals/ and hashed. Page furniture and other debris is taken out of
    the text, and every such change is written into the article's front matter, where it can be seen and undone.
    Nothing is written unless all files can be imported; a file whose bytes are in the archive already is left alone.
    """
    from builder import config
    from builder.read.importing import import_files

    archive = _root(root)
    config.load(archive)
    metadata["tags"] = metadata["tags"] or None
    for done in import_files(archive, files, metadata):
        click.echo(f"{done.source} -> {done.article}" if done.new else f"{done.source}: {done.messages[0]}")
        for message in done.messages if done.new else ():
            click.echo(f"    {message}")


@main.command()
@archive_option
@output_option
@workforce_options
@_mendable
def build(root: Path | None, output: Path | None, **workforce: Any) -> None:
    """Read what is new, join it, and publish the site.

    Only files that changed are written. When something in content/ is wrong, nothing is published and the site
    stays as it was. Ctrl-C ends a build at any time: what was read is kept, and the next build goes on from there.
    """
    started = time.monotonic()
    _build(_root(root), output, started, **workforce)


def _build(root: Path, output: Path | None, started: float, show: Ahead | None = None, **workforce: Any) -> None:
    from builder.publish import OUTPUT, Sweep

    output = output or root / OUTPUT

    def ahead(files: Mapping[str, str]) -> None:
        assert show
        show(files)
        if pages := sum(path.endswith(".html") for path in files):
            shown.clear()
            click.echo(f"{pages} pages to be seen after {time.monotonic() - started:.1f} s; the rest follows")

    with Shown() as shown, closing(Sweep(output)) as sweep:
        with no_collector():  # what is imported is no garbage; it takes a while, so the look goes on already
            from builder import pipeline
            from builder.reading import Workforce

        done = pipeline.build(root, output, shown, Workforce(**workforce), ahead if show else None, sweep)
    p = done.published
    click.echo(
        f"{done.articles} articles ({done.read} read anew): {p.written} files written, {p.removed} removed,"
        f" {p.unchanged} unchanged, in {time.monotonic() - started:.1f} s"
    )
    click.echo(f"Open {output / 'index.html'}")


class Shown:
    """Progress: one line that is rewritten on a terminal, a plain line now and then elsewhere."""

    EVERY = 10.0  # seconds between plain lines
    SOON = 2.0  # seconds after which a rate says something

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._last = time.monotonic()
        self._stage, self._began = "", (0.0, 0)

    def __enter__(self) -> Shown:
        return self

    def __exit__(self, type_: type[BaseException] | None, *_: object) -> None:
        self.clear()
        if type_ is KeyboardInterrupt:
            click.echo("Stopped. What was read is kept, and the next build goes on from there.", err=True)

    def clear(self) -> None:
        """Takes the line away, so that another can be written."""
        if self._terminal:
            click.echo("\r\x1b[K", nl=False, err=True)

    def __call__(self, stage: str, done: int, of: int) -> None:
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._began = stage, (now, done)
        if now - self._last < (0.1 if self._terminal else self.EVERY):
            return
        self._last = now
        line = f"{stage} {done:,}" + (f" of {of:,}{self._rate(now, done, of)}" if of else "")
        click.echo(f"\r\x1b[K{line}" if self._terminal else line, nl=not self._terminal, err=True)

    def _rate(self, now: float, done: int, of: int) -> str:
        """How many a second since the stage began, and how long the rest takes at that rate."""
        seconds, steps = now - self._began[0], done - self._began[1]
        if seconds < self.SOON or not steps:
            return ""
        left = round((of - done) * seconds / steps)
        minutes = f"{left // 60:,} min" if left >= 100 else f"{left} s"
        return f", {steps / seconds:,.1f} a second, {minutes} left"


@main.command()
@archive_option
@output_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option("--open", "open_", is_flag=True, help="Open the archive in the browser.")
@workforce_options
@_mendable
def serve(root: Path | None, output: Path | None, port: int, open_: bool, **workforce: Any) -> None:
    """Build, serve on 127.0.0.1, and rebuild and reload when a file changes.

    Pages are shown as soon as they are made; data files and search follow when the site is published. Press Ctrl-C to
    stop. While something in content/ is wrong, the last good site stays on show.
    """
    from builder import config, pipeline
    from builder import serve as serving
    from builder.publish import OUTPUT
    from builder.reading import get_ready

    pipeline.load_all()
    root = _root(root)
    _build(root, output, time.monotonic(), **workforce)

    def rebuild(paths: list[str], show: Ahead) -> bool:
        started = time.monotonic()
        click.echo(f"Changed: {', '.join(paths[:5])}{' …' if len(paths) > 5 else ''}")
        try:
            _build(root, output, started, show, **workforce)
        except (Problems, OSError, sqlite3.Error) as error:
            _failure(error).show()
            return False
        except Exception:  # a defect, or a template with a mistake in it: the editor saves again
            import traceback

            traceback.print_exc()
            return False
        return True

    def ready(address: str) -> None:
        click.echo(f"Serving {address} (Ctrl-C stops)")
        if open_:
            import webbrowser

            webbrowser.open(address)

    def idle() -> None:
        with suppress(Problems):  # the next build tells
            settings = config.load(root)
            get_ready(settings.model, settings.language)

    serving.run(root, output or root / OUTPUT, port, rebuild, ready, idle)


@main.command()
@archive_option
@output_option
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@_mendable
def check(root: Path | None, output: Path | None, strict: bool) -> None:
    """Tell everything that is wrong or missing, in content/ and in the published site.

    The exit status is 1 when there is an error (with --strict: or a warning), so that CI can ask.
    """
    from builder.check import check as look

    found = look(_root(root), output)
    for problem in found:
        click.echo(_shown(problem))
    errors = sum(p.severity == "error" for p in found)
    click.echo(f"{errors} errors, {len(found) - errors} warnings")
    sys.exit(1 if errors or (strict and found) else 0)


@main.command()
@archive_option
@click.option("--authority", "files", multiple=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="CSV or TSV with columns name, kind, scheme, id, aliases; can be given several times.")  # fmt: skip
@click.option("--service", "url", default="", metavar="URL", help="An OpenRefine reconciliation service to ask.")
@click.option("--kind", "kinds", multiple=True, help="Only names of this kind; can be given several times.")
@click.option("--write", "file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write the proposals to this new file instead of printing them.")  # fmt: skip
@_mendable
def reconcile(root: Path | None, files: tuple[Path, ...], url: str, kinds: tuple[str, ...], file: Path | None) -> None:
    """Propose identifiers for names without them, as YAML to paste into content/entities.yaml.

    They come from a local authority file, or from a reconciliation service; a service is asked only when its
    address is given, and is told the names. Nothing in the archive is changed.
    """
    from builder.reconcile import reconcile as look
    from builder.reconcile import write, written

    if not files and not url:
        raise click.UsageError("give --authority FILE or --service URL")
    found = look(_root(root), files, url, kinds)
    decided = sum(1 for p in found if p.chosen)
    if file:
        write(file, written(found))
    else:
        click.echo(written(found), nl=False)
    click.echo(f"{decided} proposals, {len(found) - decided} undecided", err=True)


@main.group(invoke_without_command=True)
@archive_option
@click.pass_context
@_mendable
def cache(context: click.Context, root: Path | None) -> None:
    """Show what builds have kept, so as not to do it twice; prune it, or make it anew.

    \b
      glossator cache            what is kept, how much of it, and what earlier versions left behind
      glossator cache prune      drop what no article of the archive uses now
      glossator cache rebuild    drop everything, and read every article anew

    It lies in .glossator/ and can be deleted at any time. Everything in it is made again, which costs time
    and nothing else.
    """
    context.obj = _root(root)
    if context.invoked_subcommand is None:
        _show_cache(context.obj)


def _show_cache(root: Path) -> None:
    from builder import keeping

    file, size, kept = keeping.show(root)
    click.echo(f"{file}: nothing is kept yet" if kept == [] else f"{file}: {_megabytes(size)}")
    if kept is None:
        click.echo("  spoilt, or of another version: the next build begins it anew")
    for kind in kept or ():
        older = f", {kind.older:,} of them by another version or model" if kind.older else ""
        click.echo(f"  {kind.what}: {kind.current + kind.older:,} ({_megabytes(kind.size)}){older}")
    for part in keeping.others(root):
        click.echo(f"{part.path}: {_megabytes(part.size)}")
        click.echo(f"  {part.what}" + ("" if part.count is None else f": {part.count:,}"))
    if any(kind.older for kind in kept or ()):
        click.echo("“glossator cache prune” drops what the archive no longer uses.")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


@cache.command("prune")
@archive_option
@click.pass_obj
@_mendable
def cache_prune(archive: Path, root: Path | None) -> None:
    """Drop what no article of the archive uses now, of this version and all earlier ones.

    A text that comes back later, or a model that is named again, is then read anew.
    """
    from builder import keeping

    root = root or archive
    dropped = keeping.prune(root)
    click.echo("Dropped: " + ", ".join(f"{count:,} {what}" for what, count in dropped.items()))
    _show_cache(root)


@cache.command("rebuild")
@archive_option
@workforce_options
@click.pass_obj
@_mendable
def cache_rebuild(archive: Path, root: Path | None, **workforce: Any) -> None:
    """Drop everything, and convert and read every article anew; nothing is published."""
    from builder import keeping
    from builder.reading import Workforce

    root = root or archive
    with Shown() as shown:
        click.echo(f"{keeping.rebuild(root, shown, Workforce(**workforce)):,} articles read anew")
    _show_cache(root)


@main.command()
@click.option("--jsonl", is_flag=True, required=True, help="Read and write JSON Lines.")
@click.option(
    "--profile",
    type=click.Choice(["speech", "attribution"]),
    default="speech",
    show_default=True,
    help="Which quotations count: what was said or written, or beliefs, plans and intentions too.",
)
@click.option("--model", default="en_core_web_sm", show_default=True, help="The language model to read with.")
@click.option("--jobs", "-j", type=click.IntRange(1), default=1, show_default=True, metavar="N",
              help="How many processes read, each with a model of its own (some 300 MB).")  # fmt: skip
@_mendable
def annotate(jsonl: bool, profile: Literal["speech", "attribution"], model: str, jobs: int) -> None:
    """Annotate texts: one JSON object a line on standard input, one a line out, in the same order.

    \b
    In:  {"id": "d1", "text": "…", "published": "2015-03-02"}
    Out: {"id": "d1", "annotations": [ … ]}

    A line that cannot be read gives {"id": …, "error": "…"} in its place; the exit status is then 1.
    """
    from builder.annotate.jsonl import annotate_lines

    if sys.stdin is None or sys.stdout is None:  # closed by whoever started this
        raise click.UsageError("standard input and output must be open")
    failed = False
    # A file of our own: Python cannot end while another thread waits in the one it opened itself.
    lines = open(sys.stdin.fileno(), "rb", closefd=False)  # noqa: SIM115
    with closing(annotate_lines(lines, profile, model, jobs)) as answers:
        for answer in answers:
            failed |= answer.failed
            sys.stdout.buffer.write(answer.line + b"\n")
            sys.stdout.buffer.flush()
    sys.exit(1 if failed else 0)
