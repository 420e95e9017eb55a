"""The scheduler as a process of its own, with real signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factcheck.digest.schedule.runner import Beat

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parents[2]
PATIENCE = 120
"""Seconds for a process on a busy machine; a good run takes far less."""

# The job ends when a line comes in; "asyncio" waits for ever.
PROGRAM = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from factcheck.digest.schedule.runner import Scheduler
from factcheck.settings.schedule import ScheduleSettings

async def forever():
    try:
        print("started", flush=True)
        await asyncio.Event().wait()
    finally:
        print("cleaned up", flush=True)

def waiting():
    print("started", flush=True)
    print("read", sys.stdin.readline().strip(), flush=True)
    return 0

def raising():
    raise ValueError("first line\\nsecond line")

jobs = {"waiting": waiting, "raising": raising, "asyncio": lambda: asyncio.run(forever())}
hour = (datetime.now(UTC).hour + 12) % 24
sys.exit(Scheduler(
    jobs[sys.argv[1]],
    ScheduleSettings(times=(f"{hour:02}:00",), timezone="UTC"),
    heartbeat=Path(sys.argv[2]),
    log=lambda line: print(line, file=sys.stderr, flush=True),
    clock=lambda: datetime.now(UTC),
).run())
"""


@contextmanager
def scheduler(job: str, heartbeat: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(  # noqa: S603 (our own code)
        [sys.executable, "-c", PROGRAM, job, str(heartbeat)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    guard = threading.Timer(6 * PATIENCE, process.kill)  # a test that waits in vain must end
    guard.start()
    try:
        yield process
    finally:
        guard.cancel()
        process.kill()
        process.communicate()


def line(process: subprocess.Popen[str], stream: str = "stdout") -> str:
    found = getattr(process, stream).readline()
    assert isinstance(found, str)
    return found.strip()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def beat(path: Path) -> Beat:
    return Beat.model_validate_json(path.read_text(encoding="utf-8"))


def ended(process: subprocess.Popen[str], number: int) -> tuple[int, float]:
    """The exit code after a signal, and the seconds it took.

    Again each second: Python cannot see one that comes just before a read begins to block.
    """
    start = time.monotonic()
    while process.poll() is None and time.monotonic() - start < PATIENCE:
        process.send_signal(number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(1)
    return process.wait(0), time.monotonic() - start


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 0), (signal.SIGHUP, 0), (signal.SIGINT, 130)]
)
def test_a_waiting_scheduler_stops_at_once(number: int, code: int, tmp_path: Path) -> None:
    path = tmp_path / "beat.json"
    with scheduler("raising", path) as process:
        assert "failed: ValueError: first line second line after" in line(process, "stderr")
        until(lambda: beat(path).state == "waiting")
        assert beat(path).pid == process.pid
        exit_code, seconds = ended(process, number)
        assert exit_code == code
        assert seconds < 10
        assert beat(path).state == "stopped"
        assert "Traceback" not in process.communicate()[1]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_running_edition_is_finished_first(number: int, code: int, tmp_path: Path) -> None:
    path = tmp_path / "beat.json"
    with scheduler("waiting", path) as process:
        assert line(process) == "started"
        process.send_signal(number)
        assert "finishing this edition" in line(process, "stderr")
        assert beat(path).state == "running"
        out, err = process.communicate("go on\n", timeout=PATIENCE)
        assert out == "read go on\n"
        assert "edition made" in err
        assert process.returncode == code


@pytest.mark.parametrize("job", ["waiting", "asyncio"])
def test_a_second_signal_breaks_the_edition_off(job: str, tmp_path: Path) -> None:
    path = tmp_path / "beat.json"
    with scheduler(job, path) as process:
        assert line(process) == "started"
        process.send_signal(signal.SIGTERM)
        assert "finishing this edition" in line(process, "stderr")
        exit_code, seconds = ended(process, signal.SIGTERM)
        assert exit_code == 0
        assert seconds < 10
        out, err = process.communicate()
        assert "edition broken off" in err
        assert "Traceback" not in err
        assert ("cleaned up" in out) == (job == "asyncio")
        last = beat(path).last
        assert last is not None
        assert last.exit_code == 130


def test_windows_are_light() -> None:
    code = "import sys, factcheck.digest.schedule.windows; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 (our own code)
    assert not {"jinja2", "sqlalchemy"} & set(run.stdout.split())


@pytest.mark.parametrize("after", [0.2, 0.4, 0.6, 0.8, 1.0])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_one_signal_ends_the_command_also_while_it_starts(
    tmp_path: Path, number: int, after: float
) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "one.txt").write_text("Fire\n\nThe mill burned down, the mayor said.\n")
    hour = (datetime.now(UTC).hour + 12) % 24
    (tmp_path / "factcheck.toml").write_text(
        '[[digest.sources]]\nfolder = "inbox"\n\n[schedule]\ntimezone = "UTC"\n'
        f'times = ["{hour:02}:00"]\n'
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "factcheck", "schedule"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        time.sleep(after)
        process.send_signal(number)
        _, told = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    assert "Traceback" not in told
    assert process.returncode in {0, 128 + number, -number}
