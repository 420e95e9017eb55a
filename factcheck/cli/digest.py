"""`factcheck digest`: options in, messages and an exit code out; the run itself is `digest.run`."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path

from factcheck import api
from factcheck.cli import console
from factcheck.cli.options import flags_of
from factcheck.digest.due import RunOptions
from factcheck.digest.publish.phrases import headline, notices
from factcheck.digest.run import Outcome, forget
from factcheck.digest.run import digest as make_edition
from factcheck.errors import UsageError
from factcheck.files import check_folder, write_files
from factcheck.report.words import many
from factcheck.resources import text_environment
from factcheck.run import now
from factcheck.settings.loader import Settings
from factcheck.settings.table import FILE_NAME

INBOX = Path("inbox")
KEPT = (
    "What was fetched and answered so far is kept in the store: the same command goes on from here."
)


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
    from factcheck.digest.feed_list import write_string  # noqa: PLC0415 (start-up)

    check_folder(config.parent)
    place = write_string(articles.as_posix())[1:-1]  # without its quotation marks
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
        joint = " " if one.detail.startswith("(") else ": "
        told = joint.join(filter(None, (one.state, one.detail)))
        console.tell(f"{one.channel} {one.target}: {told}")
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
        zone = settings.schedule.zone
        found = found.replace(tzinfo=zone) if zone else found.astimezone()
    return found


def settings_place(config: Path | None) -> Path:
    """The settings file that is read, or that would be."""
    return config or Path(FILE_NAME)
