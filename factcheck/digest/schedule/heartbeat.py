"""What a running scheduler says about itself: a `Beat` in, a small JSON file out.

A monitor reads it: a `time` older than a few minutes, with a `state` other than
"stopped", means that the scheduler is gone or hangs.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from factcheck.files import write_files
from factcheck.models import DataModel

State = Literal["starting", "running", "waiting", "stopped"]


class Run(DataModel):
    """One run of the job, with the exit code that it gave."""

    started: datetime
    finished: datetime
    exit_code: int


class Beat(DataModel):
    """One sign of life: who, when, doing what, the last run, and the next opening."""

    pid: int
    state: State
    time: datetime
    last: Run | None = None
    next_run: datetime | None = None


def write_beat(path: Path, beat: Beat) -> None:
    """Put the beat in place of the one before, at once. Raises `OSError`."""
    write_files({path: beat.model_dump_json(indent=2) + "\n"})
