"""`factcheck digest`, `schedule` and `doctor`: options in, lines for the eyes and an exit code out.

Everything here is about the outside of a run: files that are written for people, what is
said on the way, and how a run in the foreground ends. The run itself is `digest.run`.
"""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

from factcheck import api
from factcheck.cli import console
from factcheck.cli.options import flags_of
from factcheck.digest.due import RunOptions
from factcheck.digest.run import Outcome, forget
from factcheck.digest.run import digest as make_edition
from factcheck.digest.schedule.windows import local
from factcheck.errors import FactcheckError, UsageError
from factcheck.files import write_files
from factcheck.language.visible import clean_line
from factcheck.settings.loader import FILE_NAME, Settings

MARKS = {"fine": "ok   ", "note": "note ", "fault": "FAULT"}
INBOX = Path("inbox")
ALONE = ("--init", "--import", "--forget", "--resend")
"""What is done instead of an edition of now, by its own settings."""
KEPT = (
    "What was fetched and answered so far is kept in the store: the same command goes on from here."
)
HEARTBEAT = ".factcheck-heartbeat.json"


def digest(args: Namespace) -> int:
    """Make one edition, or do the one other thing that an option asks for."""
    place, flags = where(args.config), flags_of(args)
    refuse_idle_options(args, flags)
    if args.init:
        sys.stdout.write(f"{init(place, args.folder or INBOX)}\n")
        return 0
    if args.feeds is not None:
        sys.stdout.write(f"{import_feeds(place, args.feeds)}\n")
        return 0
    settings = api.settings(config=args.config, flags=flags)
    if args.forget is not None:
        console.tell(forget(settings, place.absolute().parent, args.forget))
        return 0
    console.announce_batch(settings.model)
    at = moment("--at", args.at, settings)
    since = moment("--since", args.since, settings)
    if since is not None and since > (at or api.now()):
        raise UsageError(f"--since {args.since}: lies in the future", "Name an earlier moment.")
    options = RunOptions(args.preview, since, args.extra, args.resend)
    with console.saying_what_is_kept(lambda: KEPT):
        outcome = edition(settings, place, options, at)
    if outcome.edition is not None:
        sys.stdout.write(f"{outcome.site / 'index.html'}\n")
    return outcome.exit_code


def refuse_idle_options(args: Namespace, flags: Mapping[str, object]) -> None:
    """Raise `UsageError` for an option that would do nothing beside another."""
    options = {
        "--init": args.init,
        "--import": args.feeds,
        "--forget": args.forget,
        "--resend": args.resend,
        "--preview": args.preview,
        "--since": args.since,
        "--extra": args.extra,
        "--at": args.at,
        **{f"--{key.partition('.')[2].replace('_', '-')}": flags[key] for key in flags},
    }
    given = [option for option, value in options.items() if value not in (None, False)]
    if given and given[0] in ALONE and given[1:]:
        raise UsageError(f"{given[0]} stands alone.", f"Leave out {', '.join(given[1:])}.")
    if args.extra and (args.preview or args.since):
        raise UsageError("--extra and a preview exclude each other.", "Give one of them.")
    if args.folder is not None and not args.init:
        raise UsageError(
            f"{args.folder}: a folder is named beside --init only",
            f"Name it as a source in {where(args.config)}, or add --init.",
        )


def init(config: Path, articles: Path) -> Path:
    """Write a commented settings file, and the folder that it names; raises if there is one."""
    from factcheck.resources import folder  # noqa: PLC0415 (start-up)

    if config.exists():
        raise UsageError(
            f"{config} exists already", "Add [digest] to it by hand, or name another with --config."
        )
    api.check_folder(config.parent)
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 (start-up)

    text = (folder("templates") / "factcheck.toml.j2").read_text("utf-8")
    plain = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701 (TOML)
    from tomlkit import item  # noqa: PLC0415 (start-up)

    place = item(articles.as_posix()).as_string()[1:-1]  # without its quotation marks
    values = {"inbox": place, "output": "digest"}
    (config.parent / articles).mkdir(parents=True, exist_ok=True)
    write_files({config: plain.from_string(text).render(values)})
    return config


def import_feeds(config: Path, opml: Path) -> Path:
    """Add the feeds of an OPML file to the settings file, and say what came of each."""
    from factcheck.digest.feed_list import import_feeds as add  # noqa: PLC0415 (start-up)

    done = add(config, opml)
    added = console.count(len(done.added), "feed")
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
        from factcheck.digest.publish.phrases import headline, notices  # noqa: PLC0415 (start-up)

        console.tell(f"edition {made.id}: {headline(made)}")
        for line in (*notices(made), *outcome.hints):
            console.tell(line)
    for one in outcome.deliveries:
        console.tell(
            f"{one.channel} {one.target}: {one.state}{': ' + one.detail if one.detail else ''}"
        )
    return outcome


def moment(option: str, value: str | None, settings: Settings) -> datetime | None:
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
        zone = local(api.now(), settings.schedule).tzinfo
        found = found.replace(tzinfo=zone) if settings.schedule.timezone else found.astimezone()
    return found


# --- the schedule ---------------------------------------------------------------------


def schedule(args: Namespace) -> int:
    """Make editions at their times until a signal comes, or print units for another scheduler."""
    from factcheck.digest.schedule.runner import run_schedule  # noqa: PLC0415 (start-up)

    settings, config = api.settings(config=args.config), where(args.config)
    if args.units is not None:
        sys.stdout.write(units(args.units, settings, config))
        return 0

    def job() -> int:
        try:
            return edition(settings, config, RunOptions(), None).exit_code
        except FactcheckError as error:
            console.tell(f"{error.message} {error.hint}".strip())
            return error.exit_code

    heartbeat = config.absolute().parent / HEARTBEAT
    log, clock = console.tell, api.now
    return run_schedule(job, settings.schedule, heartbeat=heartbeat, log=log, clock=clock)


def units(kind: Literal["systemd", "cron", "github"], settings: Settings, config: Path) -> str:
    """Ready units that run `factcheck digest` at the times of the schedule."""
    from factcheck.digest.schedule.units import units as text  # noqa: PLC0415 (start-up)

    home = config.absolute().parent
    program = Path(sys.argv[0]).absolute()
    command = (str(program), "digest", "--config", str(config.absolute()))
    return text(
        kind,
        settings.schedule,
        command=command,
        folder=home,
        environment_names=secrets(settings),
        user=find_user(),
        site=settings.digest.output.as_posix(),
    )


def find_user() -> str:
    """The name of who runs this, or the number where the system knows no name."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return str(os.getuid())


def secrets(settings: Settings) -> tuple[str, ...]:
    """The environment variables that an edition needs."""
    mail = settings.delivery.mail
    names = [
        settings.model.api_key_env,
        *settings.model.headers.values(),
        *((mail.password_env,) if mail and mail.password_env else ()),
        *settings.delivery.chat.urls_env,
    ]
    return tuple(dict.fromkeys(names))


def where(config: Path | None) -> Path:
    """The settings file that is read, or that would be."""
    return config or Path(FILE_NAME)


# --- the doctor -----------------------------------------------------------------------


def doctor(args: Namespace) -> int:
    """Look at everything, print it, and return the exit code of the first fault."""
    from factcheck.digest.doctor import Check, examine  # noqa: PLC0415 (start-up)

    settings, place = api.settings(config=args.config), where(args.config)
    said = f"{place} is read" if place.is_file() else f"no {place} here: defaults are used"
    folder = place.absolute().parent
    checks = [Check("settings", said), *examine(settings, folder, os.environ, api.now())]
    for one in checks:
        sys.stdout.write(f"{MARKS[one.state]} {clean_line(f'{one.about}: {one.said}')}\n")
        if one.fix and one.state != "fine":
            sys.stdout.write(f"      {clean_line(one.fix)}\n")
    faults = [one for one in checks if one.state == "fault"]
    sys.stdout.write(f"{len(faults)} to fix\n" if faults else "nothing to fix\n")
    return faults[0].exit_code if faults else 0
