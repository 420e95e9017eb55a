"""The commands and their options: the arguments of a process in, their values out.

An option that stands for a setting is kept under the key of that setting ("model.name"), and
`flags_of` gives all of these to the loader.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from factcheck import __version__, errors

ABOUT = (
    "Compare several articles about one event: what independent sources agree on, what they "
    "dispute, and what rests on one voice."
)
EXIT_CODES = (
    "Exit codes: 0 whole report or reading, 1 bug, 2 unusable arguments, 3 no article, "
    "4 a report or edition that lacks an article or a stage, 5 no model, 6 recording does not "
    "fit, 7 not delivered everywhere, 8 no store, 9 another run goes on, 130, 143, 129 interrupted."
)

NEEDED = {"articles": "ARTICLES", "report_json": "REPORT"}
"""Arguments without which a command does nothing, and how they are shown."""


class Parser(ArgumentParser):
    """A parser that tells what is wrong in a line, and knows options by their whole names."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self.add_argument("-h", "--help", action="help", help="Show this message and exit.")

    def error(self, message: str) -> NoReturn:
        """End the process with the exit code of unusable arguments."""
        from factcheck.language.visible import shorten  # noqa: PLC0415 (start-up)

        told = f"Try '{self.prog} --help' for help.\n\nError: {shorten(message)}\n"
        self.exit(errors.USAGE, told)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """End the process, whether or not anybody listens to why."""
        with suppress(OSError):
            self._print_message(message or "", sys.stderr)
        sys.exit(status)

    def _print_message(self, message: str, file: Any = None) -> None:
        """Write at once, and raise the `OSError` that argparse would pass over."""
        stream = file or sys.stderr
        stream.write(message)
        stream.flush()


def parse(arguments: Sequence[str]) -> Namespace:
    """The name of the command, as `command`, and the values of its options.

    Ends the process where help is asked for, and where arguments cannot be used.
    """
    top, commands = make_parsers()
    if not arguments:
        top.print_help()
        top.exit(errors.USAGE)
    name, *rest = arguments
    if name not in commands:
        if name.startswith("-"):
            top.parse_known_args([name])  # ends for --help and --version
        top.error(describe_unknown(name, "No such command"))
    found, unknown = commands[name].parse_known_intermixed_args(protect_names(rest))
    if unknown:
        commands[name].error(describe_unknown(unknown[0], "Unexpected argument"))
    # Not told by argparse, which would not come to tell an unknown option.
    for needed, shown in NEEDED.items():
        if getattr(found, needed, True) in (None, []):
            commands[name].error(f"Missing argument {shown}")
    found.command = name
    return found


def protect_names(arguments: Sequence[str]) -> list[str]:
    """The arguments with what stands behind "--" as paths, which no parser takes for options."""
    if "--" not in arguments:
        return [*arguments]
    at = arguments.index("--")
    names = (f"./{name}" if name.startswith("-") else name for name in arguments[at + 1 :])
    return [*arguments[:at], *names]


def describe_unknown(argument: str, kind: str) -> str:
    """What is wrong with an argument that no parser takes; `kind` says it of one without "-"."""
    return f"{'No such option:' if argument.startswith('-') else kind} {argument}"


def flags_of(args: Namespace) -> dict[str, object]:
    """The options that stand for settings, by the key of the setting; None if not given."""
    return {key: value for key, value in vars(args).items() if "." in key}


def make_parsers() -> tuple[Parser, dict[str, Parser]]:
    """The parser of what stands before a command, and those of the commands by name."""
    top = Parser(
        prog="factcheck", usage="%(prog)s COMMAND [OPTIONS]", description=ABOUT, epilog=EXIT_CODES
    )
    version = f"factcheck {__version__}"
    top.add_argument("--version", action="version", version=version, help="Show the version.")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", prog="factcheck")

    def command(name: str, takes: str, about: str, more: str = "") -> Parser:
        usage = f"%(prog)s [OPTIONS] {takes}".rstrip()
        return commands.add_parser(name, usage=usage, help=about, description=f"{about} {more}")

    report = command(
        "report",
        "ARTICLES...",
        "Compare ARTICLES, write a report.",
        "It lists every claim with its evidence: which independent sources agree, which dispute "
        "it, and what rests on one voice. Without a model: a side-by-side reading.",
    )
    add_report_options(report)
    render = command(
        "render",
        "REPORT",
        "Write a report or reading again from its JSON.",
        "The other formats go beside it, or to --output. No model is asked.",
    )
    told = "A report.json or reading.json written earlier."
    render.add_argument("report_json", nargs="?", type=Path, metavar="REPORT", help=told)
    add_target(render)
    schema = command(
        "schema",
        "[report|reading|edition]",
        "Print the JSON Schema of what factcheck writes, with every field described.",
    )
    told = "report.json, reading.json, or the JSON of an edition."
    documents = ("report", "reading", "edition")
    schema.add_argument("document", nargs="?", choices=documents, default="report", help=told)
    digest = command(
        "digest",
        "[FOLDER]",
        "Make one edition of the newsroom's digest: what changed in each story since the last.",
    )
    add_digest_options(digest)
    schedule = command(
        "schedule", "", "Make an edition at each of the times in [schedule], in the foreground."
    )
    told = "Print ready units for another scheduler, and stop."
    schedule.add_argument("--print", dest="units", choices=("systemd", "cron", "github"), help=told)
    doctor = command(
        "doctor",
        "",
        "Check settings, model, store, sources and delivery, and say what to fix.",
        "Nothing is sent but one small question to the model.",
    )
    for one in (report, render, digest, schedule, doctor):
        add_common_options(one)
    return top, commands.choices


def add_common_options(to: Parser) -> None:
    """The settings file and the log, which all commands but `schema` take."""
    told = "Settings file; else factcheck.toml here."
    to.add_argument("--config", type=Path, metavar="FILE", help=told)
    told = "Tell of retries, cached answers, what is flagged; -vv: in which words."
    to.add_argument("-v", "--verbose", action="count", default=0, help=told)
    told = "Log there what -v tells, or -vv."
    to.add_argument("--log-file", type=Path, metavar="FILE", help=told)


def add_report_options(to: Parser) -> None:
    """What `factcheck report` takes."""
    told = "Files (.txt, .md, .html, .eml), folders of them, or URLs."
    to.add_argument("articles", nargs="*", metavar="ARTICLES", help=told)
    told = (
        "A fact-check by a model, or a side-by-side reading without a model and without "
        "verdicts; auto: by the model if one is set."
    )
    engines = ("auto", "model", "reading")
    to.add_argument("--engine", choices=engines, default="auto", help=told)
    add_target(to)
    told = "Keep all requests and answers in this file."
    to.add_argument("--record", type=Path, metavar="FILE", help=told)
    told = "Answer from a recording: no model, no key."
    to.add_argument("--replay", type=Path, metavar="FILE", help=told)
    to.add_argument("--model", dest="model.name", metavar="NAME", help="Model name.")
    told = "Endpoint, such as http://localhost:11434/v1."
    to.add_argument("--base-url", dest="model.base_url", metavar="URL", help=told)
    told = "Time to wait for one answer."
    to.add_argument("--timeout", dest="model.timeout", type=float, metavar="SECONDS", help=told)
    told = "Calls at the same time."
    to.add_argument(
        "--concurrency", dest="model.concurrency", type=int, metavar="NUMBER", help=told
    )
    told = "Keep answers on disk and use kept ones, as is done unless this says no."
    to.add_argument("--cache", action=BooleanOptionalAction, default=True, help=told)
    add_limits(to, "report")
    told = "Estimate calls, tokens and cost only."
    to.add_argument("--dry-run", action="store_true", help=told)


def add_digest_options(to: Parser) -> None:
    """What `factcheck digest` takes."""
    told = "With --init: where articles lie, by default inbox."
    to.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help=told)
    one = to.add_mutually_exclusive_group()
    told = "Write a commented settings file, and stop."
    one.add_argument("--init", action="store_true", help=told)
    told = "Make the edition aside: nothing is sent, no edition kept."
    one.add_argument("--preview", action="store_true", help=told)
    told = "Make one more edition where that of now is made."
    one.add_argument("--extra", action="store_true", help=told)
    told = "Send again what may not have arrived."
    one.add_argument("--resend", action="store_true", help=told)
    told = "A preview of what changed since then: 2026-11-20T17:00."
    one.add_argument("--since", metavar="TIME", help=told)
    told = "Take an edition back, such as 2026-11-22T0700."
    one.add_argument("--forget", metavar="EDITION", help=told)
    told = "Add the feeds of an OPML file as sources, and stop."
    one.add_argument("--import", dest="feeds", type=Path, metavar="FILE", help=told)
    told = "Make the edition of this moment: 2026-11-22T07:00."
    to.add_argument("--at", metavar="TIME", help=told)
    add_limits(to, "digest")


def add_target(to: Parser) -> None:
    """What is written, and where."""
    told = "Where the report goes, or - for stdout (with one --format)."
    to.add_argument("-o", "--output", dest="report.output", metavar="FOLDER", help=told)

    def split(given: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.strip() for part in given.split(",") if part.strip()))

    told = "What to write: html, md, json, with commas."
    to.add_argument("--format", dest="report.formats", type=split, metavar="LIST", help=told)
    told = "Write the whole audit as Markdown too, not its top alone."
    to.add_argument("--full", action="store_true", help=told)


def add_limits(to: Parser, table: str) -> None:
    """How the model is asked, and what may be taken of it; `table` is that of the settings."""
    told = "Ask by batches: half price, takes hours."
    to.add_argument("--batch", dest="model.batch", action=BooleanOptionalAction, help=told)
    told = "Stop before a call beyond so many."
    to.add_argument("--max-calls", dest=f"{table}.max_calls", type=int, metavar="NUMBER", help=told)
    told = "Stop before a call that would cost more."
    to.add_argument(
        "--max-cost", dest=f"{table}.max_cost", type=float, metavar="DOLLARS", help=told
    )
    told = "Stop before a call beyond so many tokens, in and out."
    to.add_argument(
        "--max-tokens", dest=f"{table}.max_tokens", type=int, metavar="NUMBER", help=told
    )
