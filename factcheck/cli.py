"""The command: arguments in, exit code out. One function a command, all work elsewhere.

Files that were written go to stdout, one path a line; everything for the eyes goes
to stderr. Exit codes are those of `errors.py`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from factcheck import __version__, errors

app = typer.Typer(
    name="factcheck",
    help="Compare several articles about one event: what independent sources agree on, "
    "what they dispute, and what rests on one voice.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Formats = Annotated[
    str | None, typer.Option("--format", help="What to write: html, md, json, with commas.")
]
Config = Annotated[
    Path | None, typer.Option("--config", help="Settings file; else factcheck.toml here.")
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Folder for the report [report].")
]


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


@app.command()
def report(  # noqa: PLR0913 (one parameter an option)
    articles: Annotated[
        list[Path], typer.Argument(help="Files (.txt, .md, .html) or folders with them.")
    ],
    *,
    output: Output = None,
    formats: Formats = None,
    record: Annotated[
        Path | None, typer.Option(help="Keep all requests and answers in this file.")
    ] = None,
    replay: Annotated[
        Path | None, typer.Option(help="Answer from a recording: no network, no key.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="Model name.")] = None,
    base_url: Annotated[
        str | None, typer.Option(help="Endpoint, such as http://localhost:11434/v1.")
    ] = None,
    timeout: Annotated[float | None, typer.Option(help="Seconds to wait for one answer.")] = None,
    concurrency: Annotated[int | None, typer.Option(help="Calls at the same time.")] = None,
    config: Config = None,
    cache: Annotated[bool, typer.Option(help="Keep answers on disk, and use kept ones.")] = True,
    dry_run: Annotated[bool, typer.Option(help="Estimate calls, tokens and cost only.")] = False,
) -> None:
    """Compare ARTICLES and write a report that lists every claim with its evidence."""
    from factcheck import run, show  # noqa: PLC0415 (start-up)

    flags = {
        "model.name": model,
        "model.base_url": base_url,
        "model.timeout": timeout,
        "model.concurrency": concurrency,
        "report.formats": split(formats),
        "report.output": output,
    }
    settings = run.settings(config=config, flags=flags)
    if dry_run:
        show.plan(run.dry_run(articles, settings))
        return
    run.check_options(record=record, replay=replay)
    with show.progress() as progress:
        result = run.report(
            articles, settings, record=record, replay=replay, cache=cache, progress=progress
        )
    finish(result, settings.report.output, settings.report.formats)


@app.command()
def render(
    report_json: Annotated[Path, typer.Argument(help="A report.json written earlier.")],
    *,
    output: Output = None,
    formats: Formats = None,
    config: Config = None,
) -> None:
    """Write the other formats of a report again, without a model."""
    from factcheck import run  # noqa: PLC0415 (start-up)
    from factcheck.render import load_report, write_report  # noqa: PLC0415 (start-up)

    flags = {"report.formats": split(formats) or ("html", "md"), "report.output": output}
    settings = run.settings(config=config, flags=flags)
    folder = output or report_json.parent
    for path in write_report(load_report(report_json), folder, settings.report.formats):
        typer.echo(path)


def split(formats: str | None) -> tuple[str, ...] | None:
    """The formats of an option with commas."""
    if formats is None:
        return None
    return tuple(dict.fromkeys(part.strip() for part in formats.split(",") if part.strip()))


def finish(result: Any, folder: Path, formats: tuple[Any, ...]) -> None:
    """Write the report, say where and what is in it, and exit by what it lacks."""
    from factcheck import show  # noqa: PLC0415 (start-up)
    from factcheck.check import degraded  # noqa: PLC0415 (start-up)
    from factcheck.render import write_report  # noqa: PLC0415 (start-up)

    for path in write_report(result, folder, formats):
        typer.echo(path)
    show.summary(result)
    if degraded(result):
        raise typer.Exit(errors.PARTIAL)


def main() -> None:
    """Run the command; every foreseen error is one line with a hint and its exit code."""
    try:
        app(standalone_mode=True)
    except errors.FactcheckError as error:
        complain(error.message, error.hint)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        complain("Interrupted.", "Answers so far are kept: the same command goes on from here.")
        sys.exit(errors.INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(errors.OK)
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        complain(f"{name}{error.strerror or error}", "Check the path, its rights and the disk.")
        sys.exit(errors.USAGE)


def complain(message: str, hint: str) -> None:
    """One line on what is wrong, one on how to go on."""
    typer.echo(f"factcheck: {message}", err=True)
    if hint:
        typer.echo(hint, err=True)
