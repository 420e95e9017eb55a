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
class Scheduler:
    """Runs a job now and whenever a window opens: what its loop, heartbeat and signals share.

    The job makes the edition of the open window, or nothing if that is made, and returns an
    exit code. `heartbeat` is a file for monitors, see `Beat`; `log` gets one line a run;
    `clock` gives aware moments.
    """

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

    def run(self) -> int:
        """Run the job until SIGTERM or SIGHUP (0) or SIGINT (130); only for the main thread.

        It runs at once, which catches up on a missed window. The first signal lets a running
        job finish, a second raises KeyboardInterrupt in it. Raises `UsageError` without times,
        or if the heartbeat cannot be written at the start.
        """
        require_times(self.settings)
        try:
            self._write_beat()
        except OSError as error:
            raise UsageError(
                f"cannot write the heartbeat {self.heartbeat}: {error.strerror}",
                "Choose another folder.",
            ) from error
        with self._signals(), self._beating():
            try:
                self.work()
            except KeyboardInterrupt:  # the second signal may also come just after the job
                if not self.signalled:
                    raise
            self.state = "stopped"
            self.pulse()
        self.log(f"{self._stamp()} stopped by {signal.Signals(self.signalled).name}")
        return INTERRUPTED if self.signalled == signal.SIGINT else 0

    def work(self) -> None:
        """Run the job at once and then whenever a window opens, until a signal.

        Windows that opened meanwhile, also while the machine slept, become one run.
        """
        while True:
            seen = self.clock()
            self._run_job()
            if not self._wait(seen):
                return

    def _wait(self, seen: datetime) -> bool:
        """Wait for the next window after a moment; False where a signal comes first.

        After the present, if the clock was set back before that moment.
        """
        due = find_next(seen, self.settings)
        while not self.signalled and (now := self.clock()) < due:
            if now < seen:
                seen, due = now, find_next(now, self.settings)
            self.sleep(NAP)
        return not self.signalled

    def _run_job(self) -> None:
        started = self.clock()
        self.state = "running"
        self.pulse()
        exit_code, outcome = self._outcome()
        finished = self.clock()
        self.last = Run(started=started, finished=finished, exit_code=exit_code)
        self.state = "waiting"
        self.pulse()
        seconds = (finished - started).total_seconds()
        self.log(f"{self._stamp()} edition {outcome} after {seconds:.0f} s; {self._next()}")

    def _outcome(self) -> tuple[int, str]:
        """The exit code of one run of the job, and how it ended in a few words."""
        try:
            self.in_job = True
            exit_code = self.job()
        except KeyboardInterrupt:
            if not self.signalled:  # by a signal that came before this looked for any
                raise
            return INTERRUPTED, "broken off"
        except FactcheckError as error:
            return error.exit_code, f"failed: {_line(error)}"
        except (Exception, SystemExit) as error:  # noqa: BLE001 (no fault of a job ends the scheduler)
            return BUG, f"failed: {type(error).__name__}: {_line(error)}"
        else:
            return exit_code, f"ended with exit code {exit_code}" if exit_code else "made"
        finally:
            self.in_job = False

    def _write_beat(self) -> None:
        """Replace the heartbeat file atomically. Raises `OSError`."""
        now = self.clock()
        stopped = self.state == "stopped"
        beat = Beat(
            pid=os.getpid(),
            state=self.state,
            time=now,
            last=self.last,
            next_run=None if stopped else find_next(now, self.settings),
        )
        write_files({self.heartbeat: beat.model_dump_json(indent=2) + "\n"})

    def pulse(self) -> None:
        """Write the heartbeat; an error, such as a full disk, is logged once and ends nothing."""
        with self.lock:
            try:
                self._write_beat()
            except OSError as error:
                if not self.beat_failed:
                    self.log(f"{self._stamp()} cannot write {self.heartbeat}: {error.strerror}")
                self.beat_failed = True
            else:
                self.beat_failed = False

    def _stamp(self) -> str:
        return f"{to_local(self.clock(), self.settings):%Y-%m-%d %H:%M:%S}"

    def _next(self) -> str:
        if self.signalled:
            return "none follows"
        return f"next {find_next(self.clock(), self.settings):%Y-%m-%d %H:%M}"

    @contextmanager
    def _beating(self) -> Iterator[None]:
        """Write the heartbeat every minute, also while the job runs."""
        ended = threading.Event()

        def beat() -> None:
            if hasattr(signal, "pthread_sigmask"):  # not on Windows
                # A signal that this thread took would not break off what the main thread waits for.
                signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
            while not ended.wait(BEAT):
                self.pulse()

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """End the schedule at SIGINT, SIGTERM and SIGHUP; restore earlier handlers afterwards."""

        def on_signal(number: int, _frame: FrameType | None) -> None:
            again, self.signalled = bool(self.signalled), number
            if self.in_job and again:
                raise KeyboardInterrupt
            if self.in_job:
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


def _line(error: BaseException) -> str:
    """What an error says, in one line that a terminal can show."""
    return shorten(redact(str(error))) or "no message"
