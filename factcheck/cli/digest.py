"""`factcheck digest`, `schedule` and `doctor`: options in, messages and an exit code out.

This is the console side of a run: settings files and units that are written for people,
messages, and how a run in the foreground ends. The run itself is `digest.run`.
"""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import Literal

from factcheck import api
from factcheck.cli import console
from factcheck.cli.options import flags_of
from factcheck.digest.due import RunOptions
from factcheck.digest.publish.phrases import headline, notices
from factcheck.digest.run import Outcome, forget
from factcheck.digest.run import digest as make_edition
from factcheck.digest.schedule.windows import to_local
from factcheck.errors import FactcheckError, UsageError
from factcheck.files import check_folder, write_files
from factcheck.language.visible import clean_line
from factcheck.report.words import many
from factcheck.resources import text_environment
from factcheck.run import now
from factcheck.settings.loader import Settings
from factcheck.settings.table import FILE_NAME

MARKS = {"fine": "ok   ", "note": "note ", "fault": "FAULT"}
INBOX = Path("inbox")
KEPT = (
    "What was fetched and answered so far is kept in the store: the same command goes on from here."
)
HEARTBEAT = ".factcheck-heartbeat.json"


def digest(args: Namespace) -> int:
    """Make one edition, or do the one other thing that an option asks for."""
    place, flags = settings_place(args.config), flags_of(args)
    if args.folder is not None and not args.init:
        raise UsageError(
            f"{args.folder}: a folder is named beside --init only",
            f"Name it as a source in {place}, or add --init.",
        )
    if args.init:
        sys.stdout.write(f"{init(place, args.folder or INBOX)}\n")
        return 0
    if args.feeds is not None:
        sys.stdout.write(f"{import_feeds(place, args.feeds)}\n")
        return 0
    settings = api.read_settings(config=args.config, flags=flags)
    if args.forget is not None:
        console.tell(forget(settings, place.absolute().parent, args.forget))
        return 0
    console.announce_batch(settings.model)
    at = parse_moment("--at", args.at, settings)
    since = parse_moment("--since", args.since, settings)
    if since is not None and since > (at or now()):
        raise UsageError(f"--since {args.since}: lies in the future", "Name an earlier moment.")
    options = RunOptions(args.preview, since, args.extra, args.resend)
    with console.saying_what_is_kept(lambda: KEPT):
        outcome = edition(settings, place, options, at)
    if outcome.edition is not None:
        sys.stdout.write(f"{outcome.site / 'index.html'}\n")
    return outcome.exit_code


def init(config: Path, articles: Path) -> Path:
    """Write a commented settings file, and the folder that it names; raises if there is one."""
    if config.exists():
        raise UsageError(
            f"{config} exists already", "Add [digest] to it by hand, or name another with --config."
        )
    from tomlkit import item  # noqa: PLC0415 (start-up)

    check_folder(config.parent)
    place = item(articles.as_posix()).as_string()[1:-1]  # without its quotation marks
    template = text_environment("templates").get_template("factcheck.toml.j2")
    text = template.render(inbox=place, output="digest") + "\n"
    (config.parent / articles).mkdir(parents=True, exist_ok=True)
    write_files({config: text})
    return config


def import_feeds(config: Path, opml: Path) -> Path:
    """Add the feeds of an OPML file to the settings file, and say what came of each."""
    from factcheck.digest.feed_list import import_feeds as add  # noqa: PLC0415 (start-up)

    done = add(config, opml)
    added = many(len(done.added), "feed")
    console.tell(f"{added} added, {done.known} known already, {len(done.refused)} refused")
    for line in done.refused:
        console.tell(line)
    return config


def edition(settings: Settings, config: Path, options: RunOptions, at: datetime | None) -> Outcome:
    """Make one edition, and say in a few lines what it holds, what it lacks, where it went."""
    outcome = make_edition(
        settings,
        config.absolute().parent,
        environ=os.environ,
        say=console.tell,
        options=options,
        at=at,
    )
    if outcome.remark:
        console.tell(outcome.remark)
    made = outcome.edition
    if made is not None:
        console.tell(f"edition {made.id}: {headline(made)}")
        for line in (*notices(made), *outcome.hints):
            console.tell(line)
    for one in outcome.deliveries:
        console.tell(
            f"{one.channel} {one.target}: {one.state}{': ' + one.detail if one.detail else ''}"
        )
    return outcome


def parse_moment(option: str, value: str | None, settings: Settings) -> datetime | None:
    """A moment such as 2026-11-22T07:00, in the zone of the schedule unless it says another."""
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError as error:
        raise UsageError(
            f"{option} {value}: not a moment",
            "Write it as 2026-11-22T07:00, or with +01:00 behind.",
        ) from error
    if not 1970 < found.year < 9999:
        raise UsageError(f"{option} {value}: out of range", "Write it as 2026-11-22T07:00.")
    if found.tzinfo is None:
        zone = to_local(now(), settings.schedule).tzinfo
        found = found.replace(tzinfo=zone) if settings.schedule.timezone else found.astimezone()
    return found


# --- the schedule ---------------------------------------------------------------------


def schedule(args: Namespace) -> int:
    """Make editions at their times until a signal comes, or print units for another scheduler."""
    from factcheck.digest.schedule.runner import run_schedule  # noqa: PLC0415 (start-up)

    settings, config = api.read_settings(config=args.config), settings_place(args.config)
    if args.units is not None:
        sys.stdout.write(make_units(args.units, settings, config))
        return 0

    def job() -> int:
        try:
            return edition(settings, config, RunOptions(), None).exit_code
        except FactcheckError as error:
            console.tell(f"{error.message} {error.hint}".strip())
            return error.exit_code

    heartbeat = config.absolute().parent / HEARTBEAT
    log, clock = console.tell, now
    return run_schedule(job, settings.schedule, heartbeat=heartbeat, log=log, clock=clock)


def make_units(kind: Literal["systemd", "cron", "github"], settings: Settings, config: Path) -> str:
    """Ready units that run `factcheck digest` at the times of the schedule."""
    from factcheck.digest.schedule.units import render_units as text  # noqa: PLC0415 (start-up)

    home = config.absolute().parent
    program = Path(sys.argv[0]).absolute()
    command = (str(program), "digest", "--config", str(config.absolute()))
    return text(
        kind,
        settings.schedule,
        command=command,
        folder=home,
        environment_names=list_variables(settings),
        user=find_user(),
        site=settings.digest.output.as_posix(),
    )


def find_user() -> str:
    """The name of who runs this, or the number where the system knows no name."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return str(os.getuid())


def list_variables(settings: Settings) -> tuple[str, ...]:
    """The environment variables that an edition needs."""
    mail = settings.delivery.mail
    names = [
        settings.model.api_key_env,
        *settings.model.headers.values(),
        *((mail.password_env,) if mail and mail.password_env else ()),
        *settings.delivery.chat.urls_env,
    ]
    return tuple(dict.fromkeys(names))


def settings_place(config: Path | None) -> Path:
    """The settings file that is read, or that would be."""
    return config or Path(FILE_NAME)


# --- the doctor -----------------------------------------------------------------------


def doctor(args: Namespace) -> int:
    """Check everything that an edition needs, and return the exit code of the first fault."""
    from factcheck.digest.doctor import Check, examine  # noqa: PLC0415 (start-up)

    settings, place = api.read_settings(config=args.config), settings_place(args.config)
    said = f"{place} is read" if place.is_file() else f"no {place} here: defaults are used"
    folder = place.absolute().parent
    checks = [Check("settings", said), *examine(settings, folder, os.environ, now())]
    for one in checks:
        sys.stdout.write(f"{MARKS[one.state]} {clean_line(f'{one.about}: {one.said}')}\n")
        if one.fix and one.state != "fine":
            sys.stdout.write(f"      {clean_line(one.fix)}\n")
    faults = [one for one in checks if one.state == "fault"]
    sys.stdout.write(f"{len(faults)} to fix\n" if faults else "nothing to fix\n")
    return faults[0].exit_code if faults else 0
