"""The doctor as a command: what was looked at on stdout, how to fix it, and an exit code."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import typer

from factcheck import api
from factcheck.digest.doctor import Check, examine
from factcheck.language.visible import clean_line
from factcheck.settings.loader import FILE_NAME

MARKS = {"fine": "ok   ", "note": "note ", "fault": "FAULT"}


def doctor(config: Path | None) -> int:
    """Look at everything, print it, and return the exit code of the first fault."""
    settings = api.settings(config=config)
    place = config or Path(FILE_NAME)
    said = f"{place} is read" if place.is_file() else f"no {place} here: defaults are used"
    folder = place.absolute().parent
    checks = [Check("settings", said), *examine(settings, folder, os.environ, api.now())]
    for line in lines(checks):
        typer.echo(line)
    return next((one.exit_code for one in checks if one.state == "fault"), 0)


def lines(checks: Sequence[Check]) -> list[str]:
    """Each check in a line, below it how to fix what is not fine; last the count of faults."""
    shown = []
    for one in checks:
        shown.append(f"{MARKS[one.state]} {clean_line(f'{one.about}: {one.said}')}")
        if one.fix and one.state != "fine":
            shown.append(f"      {clean_line(one.fix)}")
    faults = sum(one.state == "fault" for one in checks)
    return [*shown, f"{faults} to fix" if faults else "nothing to fix"]
