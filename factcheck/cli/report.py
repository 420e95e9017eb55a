"""`factcheck report` and `render`: options in; files, their paths and an exit code out."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from factcheck import api, errors
from factcheck.articles.inputs import Url, to_path_or_url
from factcheck.boundary import is_failure, log_failure
from factcheck.cli import console
from factcheck.cli.app import ClosedStream
from factcheck.cli.options import flags_of
from factcheck.files import check_folder
from factcheck.llm.discovery import setup_hints
from factcheck.models import Report
from factcheck.pipeline.assemble import is_degraded
from factcheck.report import load_report, write_report
from factcheck.report import render as to_text
from factcheck.run import Run
from factcheck.settings.loader import Settings
from factcheck.settings.report import ReportFormat
from factcheck.sidebyside import SideBySide

STDOUT = Path("-")


def report(args: Namespace) -> int:
    """Compare articles, or set them side by side where no model is set or wanted."""
    inputs = [to_path_or_url(one) for one in args.articles]
    flags = flags_of(args)
    settings = api.read_settings(config=args.config, flags=flags)
    given = list_model_options(args, flags)
    if args.engine == "reading" and given:
        raise errors.UsageError(
            f"--engine reading and {', '.join(given)} exclude each other: no model is asked.",
            f"Leave out {', '.join(given)}, or --engine reading.",
        )
    asked = bool(given or flags["model.name"] or flags["model.base_url"])
    engine = api.choose_engine(args.engine, settings.model, asked=asked)
    if args.dry_run and (engine == "reading" or args.replay is not None):
        what = "A side-by-side reading" if engine == "reading" else "A replay"
        console.tell(f"{what} asks no model: nothing is sent, and it is free.")
        return 0
    if args.dry_run:
        console.show_estimate(api.dry_run(inputs, settings))
        return 0
    check_target(settings.report.output, settings.report.formats, inputs)
    if engine == "reading":
        return read(inputs, settings, full=args.full)
    if args.replay is None:
        console.announce_batch(settings.model)
    kept = console.describe_kept(args.record, args.replay, cache=args.cache)
    with console.saying_what_is_kept(kept), console.progress() as progress:
        run = Run(settings, args.record, args.replay, args.cache, progress, say=console.tell)
        result = run.report(inputs)
    write_result(result, settings.report.output, settings.report.formats, full=args.full)
    console.show_summary(result)
    return errors.PARTIAL if is_degraded(result) else 0


def list_model_options(args: Namespace, flags: dict[str, object]) -> list[str]:
    """The options given that only a model has a use for."""
    options = {
        "--record": args.record,
        "--replay": args.replay,
        "--no-batch" if flags["model.batch"] is False else "--batch": flags["model.batch"],
        "--max-calls": flags["report.max_calls"],
        "--max-cost": flags["report.max_cost"],
        "--max-tokens": flags["report.max_tokens"],
    }
    return [option for option, value in options.items() if value is not None]


def read(articles: Sequence[Path | Url], settings: Settings, *, full: bool) -> int:
    """Write the side-by-side reading, and tell how to get the fact-check."""
    servers = api.find_servers(settings)
    with console.progress():
        result = api.make_reading(articles, settings, servers=servers)
    write_result(result, settings.report.output, settings.report.formats, full=full)
    names = [one if isinstance(one, Path) else one.url for one in articles]
    console.show_reading(result, setup_hints(settings.model, servers, names))
    return 0


def render(args: Namespace) -> int:
    """Write a report or reading again from its JSON, in formats beside it or in a folder."""
    flags = flags_of(args)
    flags["report.formats"] = flags["report.formats"] or ("html", "md")
    chosen = api.read_settings(config=args.config, flags=flags).report
    place: Path = args.report_json
    folder = place.parent if flags["report.output"] is None else chosen.output
    check_target(folder, chosen.formats)
    result = load_report(place)
    try:
        write_result(result, folder, chosen.formats, full=args.full)
    except Exception as error:
        if isinstance(error, OSError) or not is_failure(error):
            raise
        log_failure(error, f"rendering {place}")
        raise errors.UsageError(
            f"{place.name} is damaged: its parts do not fit together ({type(error).__name__})",
            "Give the report.json that an earlier run wrote.",
        ) from error
    return 0


def check_target(
    folder: Path, formats: tuple[ReportFormat, ...], articles: Sequence[Path | Url] = ()
) -> None:
    """Find out before anything is paid for whether the report can be written there."""
    if folder == STDOUT and isinstance(sys.stdout, ClosedStream):
        raise errors.UsageError("stdout is closed", "Choose a folder with -o.")
    if folder == STDOUT:
        if len(formats) > 1:
            names = ", ".join(formats)
            raise errors.UsageError(f"-o - takes one format, not {names}.", "Add --format md.")
        return
    check_folder(folder)
    places = [folder / f"{name}.{form}" for name in ("report", "reading") for form in formats]
    for path in (one for one in places if one.is_dir()):
        raise errors.UsageError(
            f"{path} is a folder, and no file can replace it.", "Choose another folder with -o."
        )
    for path in (one for one in articles if isinstance(one, Path) and one.is_dir()):
        if Path(os.path.realpath(folder)).is_relative_to(
            os.path.realpath(path)
        ):  # links in a circle, too
            raise errors.UsageError(
                f"{folder} lies in {path}: the next run would read the report as an article.",
                "Choose a folder elsewhere with -o, such as ../report.",
            )


def write_result(
    result: Report | SideBySide, folder: Path, formats: tuple[ReportFormat, ...], *, full: bool
) -> None:
    """Write files and print their paths, or the one document itself for `-o -`."""
    if folder == STDOUT:
        sys.stdout.write(to_text(result, formats[0], full=full))
        return
    for path in write_report(result, folder, formats, full=full):
        sys.stdout.write(f"{path}\n")
