"""`factcheck doctor`: what it looked at, a line each, and the exit code of the first fault."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from factcheck import api
from factcheck.cli.digest import settings_place
from factcheck.digest.doctor import Check, examine
from factcheck.language.visible import clean_line
from factcheck.run import now

MARKS = {"fine": "ok   ", "note": "note ", "fault": "FAULT"}


def doctor(args: Namespace) -> int:
    """Check everything that an edition needs, and return the exit code of the first fault."""
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
