"""The command: arguments in, exit code out. One function a command, all work elsewhere.

Files that were written go to stdout, one path a line (or the report itself, with
`-o -`); everything for the eyes goes to stderr. Exit codes are those of `errors.py`.
"""

from __future__ import annotations

import errno
import functools
import gc
import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from factcheck import __version__, errors
from factcheck.boundary import is_failure, log_failure
from factcheck.cli.logs import logging_to
from factcheck.language.visible import clean_text
from factcheck.tracing import export_spans

if TYPE_CHECKING:
    from factcheck.articles.inputs import Url
    from factcheck.models import Report
    from factcheck.settings.loader import ReportFormat, Settings
    from factcheck.sidebyside import SideBySide

DEBUG = "FACTCHECK_DEBUG"
STDOUT = Path("-")
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What writing to a stream fails with, which tells no file name."""

app = typer.Typer(
    name="factcheck",
    help="Compare several articles about one event: what independent sources agree on, "
    "what they dispute, and what rests on one voice.",
    epilog="Exit codes: 0 whole report or reading, 1 bug, 2 unusable arguments, 3 no article, "
    "4 a report or edition that lacks an article or a stage, 5 no model, 6 recording does not "
    "fit, 7 not delivered everywhere, 8 no store, 9 another run goes on, 130 interrupted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Formats = Annotated[
    str | None,
    typer.Option("--format", metavar="LIST", help="What to write: html, md, json, with commas."),
]
Full = Annotated[
    bool, typer.Option("--full", help="Write the whole audit as Markdown too, not its top alone.")
]
Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Settings file; else factcheck.toml here."),
]
Verbose = Annotated[
    int,
    typer.Option(
        "-v",
        "--verbose",
        count=True,
        show_default=False,
        metavar="",
        help="Tell of retries, cached answers, what is flagged; -vv: in which words.",
    ),
]
LogFile = Annotated[
    Path | None,
    typer.Option("--log-file", metavar="FILE", help="Log there what -v tells, or -vv."),
]
Batch = Annotated[
    bool | None,
    typer.Option(
        "--batch/--no-batch", show_default=False, help="Ask by batches: half price, takes hours."
    ),
]
MaxCalls = Annotated[
    int | None, typer.Option(metavar="NUMBER", help="Stop before a call beyond so many.")
]
MaxCost = Annotated[
    float | None, typer.Option(metavar="DOLLARS", help="Stop before a call that would cost more.")
]
MaxTokens = Annotated[
    int | None,
    typer.Option(metavar="NUMBER", help="Stop before a call beyond so many tokens, in and out."),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FOLDER",
        help="Where the report goes, or - for stdout (with one --format).",
    ),
]


def command(function: Callable[..., None], extra: str = "") -> Callable[..., None]:
    """Register a command whose errors end as a line, a hint and an exit code.

    It logs as its parameters `_verbose` and `_log_file` ask for, if it has them. `extra` is the
    optional part of the program that it needs.
    """

    @functools.wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> None:
        try:
            if extra:
                from factcheck.cli.extras import require_extra  # noqa: PLC0415 (start-up)

                require_extra(extra)
            with logging_to(kwargs.get("_verbose", 0), kwargs.get("_log_file")):
                function(*args, **kwargs)
            sys.stdout.flush()
        except typer.Exit:
            raise
        except BrokenPipeError:
            # Whoever read stdout has enough; the interpreter must not complain at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        except (Exception, KeyboardInterrupt) as error:
            if isinstance(error, Exception) and os.environ.get(DEBUG) == "1":
                raise
            code, message, hint = ending(error)
            complain(message, hint)
            raise typer.Exit(code) from error

    return app.command()(guarded)


command_of_digest = functools.partial(command, extra="digest")


def ending(error: BaseException) -> tuple[int, str, str]:
    """Exit code, what happened, and how to go on."""
    if isinstance(error, errors.FactcheckError):
        return error.exit_code, error.message, error.hint
    if isinstance(error, KeyboardInterrupt):
        return errors.INTERRUPTED, "interrupted", "The same command begins anew."
    if isinstance(error, OSError) and (error.filename is not None or error.errno in NO_ROOM):
        message = f"{error.filename or 'cannot write'}: {error.strerror or error}"
        return errors.USAGE, message, "Check the path, its rights and the disk."
    from factcheck.language.visible import shorten  # noqa: PLC0415 (start-up)
    from factcheck.settings.redaction import redact  # noqa: PLC0415 (start-up)

    what = shorten(redact(f"{type(error).__name__}: {error}"))
    return errors.BUG, f"internal error: {what}", f"Please report it; {DEBUG}=1 shows where it is."


def complain(message: str, hint: str) -> None:
    """One line on what is wrong, one on how to go on."""
    with suppress(OSError):  # nobody has to listen
        typer.echo(clean_text(f"factcheck: {message}"), err=True)
        if hint:
            typer.echo(clean_text(hint), err=True)


def version(show: bool) -> None:  # noqa: FBT001 (typer's callback)
    """Print the version and stop."""
    if show:
        typer.echo(f"factcheck {__version__}")
        raise typer.Exit


@app.callback()
def root(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Compare several articles about one event."""


@command
def report(  # noqa: PLR0913 (one parameter an option)
    articles: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLES", help="Files (.txt, .md, .html), folders of them, or URLs."
        ),
    ],
    *,
    engine: Annotated[
        Literal["auto", "model", "reading"],
        typer.Option(
            help="A fact-check by a model, or a side-by-side reading without a model and "
            "without verdicts; auto: by the model if one is set."
        ),
    ] = "auto",
    output: Output = None,
    formats: Formats = None,
    record: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Keep all requests and answers in this file."),
    ] = None,
    replay: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Answer from a recording: no model, no key."),
    ] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="Model name.")] = None,
    base_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Endpoint, such as http://localhost:11434/v1."),
    ] = None,
    timeout: Annotated[
        float | None, typer.Option(metavar="SECONDS", help="Time to wait for one answer.")
    ] = None,
    concurrency: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="Calls at the same time.")
    ] = None,
    config: Config = None,
    cache: Annotated[
        bool, typer.Option("--cache/--no-cache", help="Keep answers on disk, and use kept ones.")
    ] = True,
    full: Full = False,
    batch: Batch = None,
    max_calls: MaxCalls = None,
    max_cost: MaxCost = None,
    max_tokens: MaxTokens = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Estimate calls, tokens and cost only.")
    ] = False,
    _verbose: Verbose = 0,
    _log_file: LogFile = None,
) -> None:
    """Compare ARTICLES, write a report.

    It lists every claim with its evidence: which independent sources agree, which
    dispute it, and what rests on one voice. Without a model: a side-by-side reading.
    """
    from factcheck import api  # noqa: PLC0415 (start-up)
    from factcheck.articles.inputs import to_path_or_url  # noqa: PLC0415 (start-up)
    from factcheck.cli import console  # noqa: PLC0415 (start-up)
    from factcheck.pipeline.check import is_degraded  # noqa: PLC0415 (start-up)

    inputs = [to_path_or_url(one) for one in articles]
    flags = {
        "model.name": model,
        "model.base_url": base_url,
        "model.timeout": timeout,
        "model.concurrency": concurrency,
        "report.formats": split(formats),
        "report.output": output,
        "model.batch": batch,
        "report.max_calls": max_calls,
        "report.max_cost": max_cost,
        "report.max_tokens": max_tokens,
    }
    settings = api.settings(config=config, flags=flags)
    only_model = {
        "--record": record,
        "--replay": replay,
        "--no-batch" if batch is False else "--batch": batch,
        "--max-calls": max_calls,
        "--max-cost": max_cost,
        "--max-tokens": max_tokens,
    }
    given = [option for option, value in only_model.items() if value is not None]
    if engine == "reading" and given:
        raise errors.UsageError(
            f"--engine reading and {', '.join(given)} exclude each other: no model is asked.",
            f"Leave out {', '.join(given)}, or --engine reading.",
        )
    if dry_run and engine == "reading":
        console.tell("A side-by-side reading asks no model: nothing is sent, and it is free.")
        return
    if dry_run:
        console.plan(api.dry_run(inputs, settings))
        return
    check_target(settings.report.output, settings.report.formats, inputs)
    asked = bool(given) or model is not None or base_url is not None
    if api.engine(engine, settings.model, asked=asked) == "reading":
        read(inputs, settings, full=full)
        return
    if replay is None:
        console.announce_batch(settings.model)
    kept = console.kept_of_report(record, replay, cache=cache)
    with console.saying_what_is_kept(kept), console.progress() as progress:
        run = api.Run(settings, record, replay, cache, progress, say=console.tell)
        result = run.report(inputs)
    write(result, settings.report.output, settings.report.formats, full=full)
    console.summary(result)
    if is_degraded(result):
        raise typer.Exit(errors.PARTIAL)


@command
def render(
    report_json: Annotated[
        Path,
        typer.Argument(metavar="REPORT", help="A report.json or reading.json written earlier."),
    ],
    *,
    output: Output = None,
    formats: Formats = None,
    full: Full = False,
    config: Config = None,
) -> None:
    """Write a report or reading again from its JSON.

    The other formats go beside it, or to --output. No model is asked.
    """
    from factcheck import api  # noqa: PLC0415 (start-up)
    from factcheck.report import load_report  # noqa: PLC0415 (start-up)

    flags = {"report.formats": split(formats) or ("html", "md")}
    chosen = api.settings(config=config, flags=flags).report.formats
    folder = output or report_json.parent
    check_target(folder, chosen)
    result = load_report(report_json)
    try:
        write(result, folder, chosen, full=full)
    except Exception as error:
        if isinstance(error, OSError) or not is_failure(error):
            raise
        log_failure(error, f"rendering {report_json}")
        raise errors.UsageError(
            f"{report_json.name} is damaged: its parts do not fit together "
            f"({type(error).__name__})",
            "Give the report.json that an earlier run wrote.",
        ) from error


@command
def schema(
    document: Annotated[
        Literal["report", "reading", "edition"],
        typer.Argument(help="report.json, reading.json, or the JSON of an edition."),
    ] = "report",
) -> None:
    """Print the JSON Schema of what factcheck writes, with every field described."""
    from factcheck.cli.schema import schema_text  # noqa: PLC0415 (start-up)

    typer.echo(schema_text(document), nl=False)


def read(articles: Sequence[Path | Url], settings: Settings, *, full: bool) -> None:
    """Write the side-by-side reading, and tell how to get the fact-check."""
    from factcheck import api  # noqa: PLC0415 (start-up)
    from factcheck.cli import console  # noqa: PLC0415 (start-up)
    from factcheck.llm.discovery import setup_hints  # noqa: PLC0415 (start-up)

    servers = api.servers(settings)
    with console.progress():
        result = api.reading(articles, settings, servers=servers)
    write(result, settings.report.output, settings.report.formats, full=full)
    names = [one if isinstance(one, Path) else one.url for one in articles]
    console.reading(result, setup_hints(settings.model, servers, names))


@command_of_digest
def digest(  # noqa: PLR0913 (one parameter an option)
    articles: Annotated[
        str, typer.Argument(metavar="[FOLDER]", help="With --init: where articles lie.")
    ] = "inbox",
    *,
    init: Annotated[
        bool, typer.Option("--init", help="Write a commented settings file, and stop.")
    ] = False,
    preview: Annotated[
        bool,
        typer.Option("--preview", help="Make the edition aside: nothing is sent, no edition kept."),
    ] = False,
    extra: Annotated[
        bool, typer.Option("--extra", help="Make one more edition where that of now is made.")
    ] = False,
    resend: Annotated[
        bool, typer.Option("--resend", help="Send again what may not have arrived.")
    ] = False,
    at: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Make the edition of this moment: 2026-11-22T07:00."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="TIME", help="A preview of what changed since then: 2026-11-20T17:00."
        ),
    ] = None,
    forget: Annotated[
        str | None,
        typer.Option(metavar="EDITION", help="Take an edition back, such as 2026-11-22T0700."),
    ] = None,
    batch: Batch = None,
    max_calls: MaxCalls = None,
    max_cost: MaxCost = None,
    max_tokens: MaxTokens = None,
    feeds: Annotated[
        Path | None,
        typer.Option(
            "--import", metavar="FILE", help="Add the feeds of an OPML file as sources, and stop."
        ),
    ] = None,
    config: Config = None,
    _verbose: Verbose = 0,
    _log_file: LogFile = None,
) -> None:
    """Make one edition of the newsroom's digest: what changed in each story since the last."""
    from factcheck import api  # noqa: PLC0415 (start-up)
    from factcheck.cli import console  # noqa: PLC0415 (start-up)
    from factcheck.cli import digest as digest_command  # noqa: PLC0415 (start-up)
    from factcheck.digest.due import RunOptions  # noqa: PLC0415 (start-up)
    from factcheck.digest.run import forget as forget_edition  # noqa: PLC0415 (start-up)

    place = digest_command.where(config)
    if init:
        typer.echo(digest_command.init(place, Path(articles)))
        return
    if feeds is not None:
        typer.echo(digest_command.import_feeds(place, feeds))
        return
    flags = {
        "model.batch": batch,
        "digest.max_calls": max_calls,
        "digest.max_cost": max_cost,
        "digest.max_tokens": max_tokens,
    }
    settings = api.settings(config=config, flags=flags)
    if forget is not None:
        console.tell(forget_edition(settings, place.absolute().parent, forget))
        return
    console.announce_batch(settings.model)
    moment = digest_command.moment("--at", at, settings)
    start = digest_command.moment("--since", since, settings)
    options = RunOptions(preview, start, extra, resend)
    with console.saying_what_is_kept(console.describe_kept_edition):
        outcome = digest_command.edition(settings, place, options, moment)
    if outcome.edition is not None:
        typer.echo(outcome.site / "index.html")
    raise typer.Exit(outcome.exit_code)


@command_of_digest
def schedule(
    *,
    units: Annotated[
        Literal["systemd", "cron", "github"] | None,
        typer.Option("--print", help="Print ready units for another scheduler, and stop."),
    ] = None,
    config: Config = None,
    _verbose: Verbose = 0,
    _log_file: LogFile = None,
) -> None:
    """Make an edition at each of the times in [schedule], in the foreground."""
    from factcheck import api  # noqa: PLC0415 (start-up)
    from factcheck.cli import digest as digest_command  # noqa: PLC0415 (start-up)

    settings, place = api.settings(config=config), digest_command.where(config)
    if units is not None:
        typer.echo(digest_command.units(units, settings, place), nl=False)
        return
    raise typer.Exit(digest_command.schedule(settings, place))


@command_of_digest
def doctor(*, config: Config = None, _verbose: Verbose = 0, _log_file: LogFile = None) -> None:
    """Check settings, model, store, sources and delivery, and say what to fix.

    Nothing is sent but one small question to the model.
    """
    from factcheck.cli import digest as digest_command  # noqa: PLC0415 (start-up)

    raise typer.Exit(digest_command.doctor(config))


def split(formats: str | None) -> tuple[str, ...] | None:
    """The formats of an option with commas, each once."""
    if formats is None:
        return None
    return tuple(dict.fromkeys(part.strip() for part in formats.split(",") if part.strip()))


def check_target(
    folder: Path, formats: tuple[ReportFormat, ...], articles: Sequence[Path | Url] = ()
) -> None:
    """Find out before anything is paid for whether the report can be written there."""
    from factcheck import api  # noqa: PLC0415 (start-up)

    if folder == STDOUT and isinstance(sys.stdout, ClosedStream):
        raise errors.UsageError("stdout is closed", "Choose a folder with -o.")
    if folder == STDOUT:
        if len(formats) > 1:
            names = ", ".join(formats)
            raise errors.UsageError(f"-o - takes one format, not {names}.", "Add --format md.")
        return
    api.check_folder(folder)
    for path in (one for one in articles if isinstance(one, Path) and one.is_dir()):
        if folder.resolve().is_relative_to(path.resolve()):
            raise errors.UsageError(
                f"{folder} lies in {path}: the next run would read the report as an article.",
                "Choose a folder elsewhere with -o, such as ../report.",
            )


def write(
    result: Report | SideBySide,
    folder: Path,
    formats: tuple[ReportFormat, ...],
    *,
    full: bool = False,
) -> None:
    """Write files and print their paths, or the one document itself for `-o -`."""
    from factcheck.report import render as to_text  # noqa: PLC0415 (start-up)
    from factcheck.report import write_report  # noqa: PLC0415 (start-up)

    if folder == STDOUT:
        typer.echo(to_text(result, formats[0], full=full), nl=False)
        return
    for path in write_report(result, folder, formats, full=full):
        typer.echo(path)


class ClosedStream(io.TextIOWrapper):
    """What stands in for a stream that was closed before the run: it takes and gives nothing."""


def open_streams() -> None:
    """Put something in the place of closed streams, so that the run goes on without a word.

    And so that no file that it opens takes their place.
    """
    for name, mode in (("stdin", "rb"), ("stdout", "wb"), ("stderr", "wb")):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)
            nothing: Any = open(number, mode, closefd=False)  # noqa: SIM115 (to the end)
            setattr(sys, name, ClosedStream(nothing, encoding="utf-8"))


def main() -> None:
    """Run the command on the arguments of this process."""
    open_streams()
    gc.set_threshold(100_000)  # start-up makes many lasting objects; looking for garbage is vain
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Reports are UTF-8 under any locale; a path may hold bytes that are no UTF-8.
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
    export_spans(os.environ)
    app(prog_name="factcheck")
