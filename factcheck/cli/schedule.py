"""`factcheck schedule`: editions at their times, or units for another scheduler."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace
from pathlib import Path

from factcheck import api
from factcheck.cli import console
from factcheck.cli.digest import edition, settings_place
from factcheck.digest.due import RunOptions
from factcheck.digest.schedule.runner import Scheduler
from factcheck.digest.schedule.units import Kind, render_units
from factcheck.errors import FactcheckError
from factcheck.run import now
from factcheck.settings.loader import ENVIRONMENT, Settings

HEARTBEAT = ".factcheck-heartbeat.json"


def schedule(args: Namespace) -> int:
    """Make editions at their times until a signal comes, or print units for another scheduler."""
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
    return Scheduler(job, settings.schedule, heartbeat, console.tell, now).run()


def make_units(kind: Kind, settings: Settings, config: Path) -> str:
    """Ready units that run `factcheck digest` at the times of the schedule."""
    home = config.absolute().parent
    program = Path(sys.argv[0]).absolute()
    command = (str(program), "digest", "--config", str(config.absolute()))
    return render_units(
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
    """The environment variables that an edition needs, those that set something here too."""
    mail = settings.delivery.mail
    names = [
        *(name for name, _ in ENVIRONMENT if os.environ.get(name)),
        settings.model.api_key_env,
        *settings.model.headers.values(),
        *((mail.password_env,) if mail and mail.password_env else ()),
        *settings.delivery.chat.urls_env,
    ]
    return tuple(dict.fromkeys(names))
