"""Make editions at their times: the scheduler that stays in the foreground.

The job runs in the main thread, so that it may use asyncio and so that a second signal can
break it off. Nothing that a job does ends the scheduler, and no traceback is shown: each run
is one line of the log.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Literal

from factcheck.digest.schedule.windows import find_next, require_times, to_local
from factcheck.errors import BUG, INTERRUPTED, FactcheckError, UsageError
from factcheck.files import write_files
from factcheck.language.visible import shorten
from factcheck.models import DataModel
from factcheck.settings.redaction import redact
from factcheck.settings.schedule import ScheduleSettings

BEAT = 60
"""Seconds between two signs of life."""
NAP = 0.5
"""Seconds between two looks at the clock: a machine that slept, or a signal, is soon noticed."""
STDERR = 2
State = Literal["starting", "running", "waiting", "stopped"]


class Run(DataModel):
    """One run of the job, with the exit code that it gave."""

    started: datetime
    finished: datetime
    exit_code: int


class Beat(DataModel):
    """One sign of life in the heartbeat file: who, when, doing what, the last run, the next one.

    A `time` older than a few minutes, with a `state` other than "stopped", tells a monitor that
    the scheduler is gone or hangs.
    """

    pid: int
    state: State
    time: datetime
    last: Run | None = None
    next_run: datetime | None = None


@dataclass
class SchedulerState:
    """What the loop, the heartbeat and the signal handlers share while the scheduler runs."""

    job: Callable[[], int]
    settings: ScheduleSettings
    heartbeat: Path
    log: Callable[[str], None]
    clock: Callable[[], datetime]
    sleep: Callable[[float], None] = time.sleep
    lock: threading.Lock = field(default_factory=threading.Lock)
    state: State = "starting"
    last: Run | None = None
    in_job: bool = False
    signalled: int = 0
    beat_failed: bool = False


def run_schedule(
    job: Callable[[], int],
    settings: ScheduleSettings,
    *,
    heartbeat: Path,
    log: Callable[[str], None],
    clock: Callable[[], datetime],
) -> int:
    """Run the job now and whenever a window opens, until SIGTERM or SIGHUP (0) or SIGINT (130).

    The job makes the edition of the open window, or nothing if that is made, and returns an
    exit code. It runs at once, which catches up on a missed window; windows that open while
    it runs become one run afterwards. The first signal lets a running job finish, a second
    raises KeyboardInterrupt in it. `heartbeat` is a file for monitors, see `Beat`.
    `log` gets one line a run; `clock` gives aware moments. Only for the main thread. Raises
    `UsageError` without times, or if the heartbeat cannot be written at the start.
    """
    require_times(settings)
    shift = SchedulerState(job, settings, heartbeat, log, clock)
    try:
        _write_beat(shift)
    except OSError as error:
        raise UsageError(
            f"cannot write the heartbeat {heartbeat}: {error.strerror}", "Choose another folder."
        ) from error
    with _signals(shift), _beating(shift):
        # The second signal may also come just after the job.
        with suppress(KeyboardInterrupt):
            _work(shift)
        shift.state = "stopped"
        _pulse(shift)
    log(f"{_stamp(shift)} stopped by {signal.Signals(shift.signalled).name}")
    return INTERRUPTED if shift.signalled == signal.SIGINT else 0


def _work(shift: SchedulerState) -> None:
    """Run the job at once and then whenever a window opens, until a signal.

    Windows that opened meanwhile, also while the machine slept, become one run.
    """
    while True:
        seen = shift.clock()
        _run(shift)
        if not _wait(shift, seen):
            return


def _wait(shift: SchedulerState, seen: datetime) -> bool:
    """Wait for the next window after a moment; False where a signal comes first.

    After the present, if the clock was set back before that moment.
    """
    due = find_next(seen, shift.settings)
    while not shift.signalled and (now := shift.clock()) < due:
        if now < seen:
            seen, due = now, find_next(now, shift.settings)
        shift.sleep(NAP)
    return not shift.signalled


def _run(shift: SchedulerState) -> None:
    started = shift.clock()
    shift.state = "running"
    _pulse(shift)
    exit_code, outcome = _outcome(shift)
    finished = shift.clock()
    shift.last = Run(started=started, finished=finished, exit_code=exit_code)
    shift.state = "waiting"
    _pulse(shift)
    seconds = (finished - started).total_seconds()
    shift.log(f"{_stamp(shift)} edition {outcome} after {seconds:.0f} s; {_next(shift)}")


def _outcome(shift: SchedulerState) -> tuple[int, str]:
    """The exit code of one run of the job, and how it ended in a few words."""
    try:
        shift.in_job = True
        exit_code = shift.job()
    except KeyboardInterrupt:
        return INTERRUPTED, "broken off"
    except FactcheckError as error:
        return error.exit_code, f"failed: {_line(error)}"
    except (Exception, SystemExit) as error:  # noqa: BLE001 (no fault of a job ends the scheduler)
        return BUG, f"failed: {type(error).__name__}: {_line(error)}"
    else:
        return exit_code, f"ended with exit code {exit_code}" if exit_code else "made"
    finally:
        shift.in_job = False


def _line(error: BaseException) -> str:
    """What an error says, in one line that a terminal can show."""
    return shorten(redact(str(error))) or "no message"


def _write_beat(shift: SchedulerState) -> None:
    """Replace the heartbeat file atomically. Raises `OSError`."""
    now = shift.clock()
    stopped = shift.state == "stopped"
    beat = Beat(
        pid=os.getpid(),
        state=shift.state,
        time=now,
        last=shift.last,
        next_run=None if stopped else find_next(now, shift.settings),
    )
    write_files({shift.heartbeat: beat.model_dump_json(indent=2) + "\n"})


def _pulse(shift: SchedulerState) -> None:
    """Write the heartbeat; an error, such as a full disk, is logged once and ends nothing."""
    with shift.lock:
        try:
            _write_beat(shift)
        except OSError as error:
            if not shift.beat_failed:
                shift.log(f"{_stamp(shift)} cannot write {shift.heartbeat}: {error.strerror}")
            shift.beat_failed = True
        else:
            shift.beat_failed = False


def _stamp(shift: SchedulerState) -> str:
    return f"{to_local(shift.clock(), shift.settings):%Y-%m-%d %H:%M:%S}"


def _next(shift: SchedulerState) -> str:
    if shift.signalled:
        return "none follows"
    return f"next {find_next(shift.clock(), shift.settings):%Y-%m-%d %H:%M}"


@contextmanager
def _beating(shift: SchedulerState) -> Iterator[None]:
    """Write the heartbeat every minute, also while the job runs."""
    ended = threading.Event()

    def beat() -> None:
        if hasattr(signal, "pthread_sigmask"):  # not on Windows
            # A signal that this thread took would not break off what the main thread waits for.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
        while not ended.wait(BEAT):
            _pulse(shift)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@contextmanager
def _signals(shift: SchedulerState) -> Iterator[None]:
    """End the schedule at SIGINT, SIGTERM and SIGHUP; earlier handlers are restored afterwards."""

    def on_signal(number: int, _frame: FrameType | None) -> None:
        again, shift.signalled = bool(shift.signalled), number
        if shift.in_job and again:
            raise KeyboardInterrupt
        if shift.in_job:
            # `log` may be in the middle of a line and must not be entered again from here.
            with suppress(OSError):  # nobody has to listen
                os.write(STDERR, b"finishing this edition; a second signal breaks it off\n")

    hangup = getattr(signal, "SIGHUP", signal.SIGTERM)  # not on Windows
    before = {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM, hangup)}
    for number in before:
        signal.signal(number, on_signal)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
