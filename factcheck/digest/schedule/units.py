"""Write a schedule as units for another scheduler: systemd, cron or GitHub.

Every value is quoted here by the rules of its format, so templates only place it; what a
format cannot hold raises a `UsageError`. No text holds a secret: only the names of
environment variables are written.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from factcheck.digest.schedule.windows import require_times
from factcheck.errors import PARTIAL, UNDELIVERED, UsageError
from factcheck.resources import text_environment
from factcheck.settings.schedule import WEEKDAYS, ScheduleSettings

Kind = Literal["systemd", "cron", "github"]

PARTIAL_CODES = (PARTIAL, UNDELIVERED)
"""Exit codes of an edition that was written but lacks something, or reached not everybody."""

STORE = "factcheck.db*"
"""The files of the store in the folder."""

HOURS = 2
"""How long one edition may take before it is ended."""

VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


def render_units(
    kind: Kind,
    settings: ScheduleSettings,
    *,
    command: Sequence[str],
    folder: Path,
    environment_names: Sequence[str] = (),
    user: str = "factcheck",
    site: str = "digest",
) -> str:
    """The text of ready units that run `command`, a program with arguments, in `folder`.

    For systemd and cron the program and the folder are absolute. On GitHub the folder is
    the repository: arguments within it are written relative to it, and the program by its
    name. `environment_names` are variables that hold secrets, `user` is the account for
    systemd; `site` is what GitHub carries from run to run beside the store, and has ready for
    download. Raises `UsageError` without times, for what a format cannot hold, and for GitHub
    without a time zone.
    """
    require_times(settings)
    if bad := [name for name in environment_names if not VARIABLE.fullmatch(name)]:
        raise UsageError(f"{bad[0]!r} is no name of an environment variable", "Fix it.")
    common = {
        "names": tuple(environment_names),
        "partial": PARTIAL_CODES,
        "hours": HOURS,
        "zone": settings.timezone,
    }
    if kind == "github":
        values = _github(settings, command, folder, site)
    elif kind == "cron":
        values = _cron(settings, command, folder)
    else:
        values = _systemd(settings, command, folder, user)
    template = text_environment("templates").get_template(f"schedule/{kind}.j2")
    text = template.render(common | values)
    return text.strip() + "\n"


def systemd_text(text: str) -> str:
    """Text for a setting that systemd does not split: only specifiers are escaped."""
    return text.replace("%", "%%")


def systemd_word(text: str) -> str:
    """One word of a list of paths (systemd.syntax(7)): quoted, specifiers escaped."""
    return '"' + systemd_text(text).replace('"', '\\"') + '"'


def cron_shell(text: str) -> str:
    """A piece of a command in a crontab (crontab(5)): a bare % would end the line."""
    return text.replace("%", "\\%")


def _systemd(
    settings: ScheduleSettings, command: Sequence[str], folder: Path, user: str
) -> dict[str, object]:
    _check_here(command, folder)
    _check(user)
    if set(command[0]) & {'"', "'"}:
        raise UsageError("systemd runs no program with a quote in its path", "Rename that path.")
    days = ",".join(day.capitalize() for day in settings.weekdays)
    # No variable is put into an argument (systemd.service(5)); one in the path of the program is
    # never replaced, so its $ stands alone.
    program, *arguments = map(systemd_word, command)
    words = (program, *(word.replace("$", "$$") for word in arguments))
    return {
        "calendar": tuple(
            " ".join(filter(None, (days, "*-*-*", f"{clock}:00", settings.timezone)))
            for clock in settings.times
        ),
        "command": " ".join(words),
        "folder": systemd_text(str(folder)),
        "writable": systemd_word(str(folder)),
        "user": systemd_text(user),
    }


def _cron(settings: ScheduleSettings, command: Sequence[str], folder: Path) -> dict[str, object]:
    _check_here(command, folder)
    return {
        "lines": _cron_times(settings),
        "command": cron_shell(shlex.join(command)),
        "folder": cron_shell(shlex.quote(str(folder))),
    }


def _github(
    settings: ScheduleSettings, command: Sequence[str], folder: Path, site: str
) -> dict[str, object]:
    if not settings.timezone:
        raise UsageError(
            "schedule.timezone: GitHub's machines stand in UTC, so a time zone is needed",
            'Set for example timezone = "Europe/Berlin" under [schedule] in factcheck.toml.',
        )
    words = [Path(command[0]).name, *(_relative(word, folder) for word in command[1:])]
    _check(*words, site)
    if any("${{" in text for text in (*words, site)):
        raise UsageError("${{ in a path would be read as an expression", "Rename that path.")
    return {
        "lines": _cron_times(settings),
        "command": shlex.join(words),
        "keep": (STORE, site),
        # A JSON string is one of YAML, too.
        "site": json.dumps(site, ensure_ascii=False),
    }


def _cron_times(settings: ScheduleSettings) -> tuple[str, ...]:
    """The five fields of each time, as in crontab(5): Sunday is 0."""
    days = ",".join(sorted(str((WEEKDAYS.index(day) + 1) % 7) for day in settings.weekdays)) or "*"
    return tuple(f"{int(clock[3:])} {int(clock[:2])} * * {days}" for clock in settings.times)


def _relative(word: str, folder: Path) -> str:
    path = Path(word)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else word


def _check_here(command: Sequence[str], folder: Path) -> None:
    """Require absolute paths, as a unit on this machine needs them."""
    _check(*command, str(folder))
    if not (Path(command[0]).is_absolute() and folder.is_absolute()):
        raise UsageError("a unit needs absolute paths", "Name program and folder from / on.")


def _check(*texts: str) -> None:
    """Refuse texts that no format can hold safely in every place."""
    for text in texts:
        if not text.isprintable() or "\\" in text or text != text.strip():
            raise UsageError(f"{text!r} cannot stand in a unit", "Rename that path.")
