"""The loop, the heartbeat and the scheduler's options, without waiting for a clock."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Empty

import pytest

from factcheck.digest.schedule.runner import (
    DUE,
    STOP,
    Beat,
    Shift,
    WindowTrigger,
    _pulse,
    _work,
    build_scheduler,
    run_schedule,
)
from factcheck.digest.schedule.windows import window
from factcheck.errors import ModelError, UsageError
from factcheck.settings.schedule import ScheduleSettings

NOW = datetime(2026, 11, 22, 6, 0, 40, tzinfo=UTC)
TWICE_A_DAY = ScheduleSettings(times=("07:00", "17:30"), timezone="Europe/Berlin")


@pytest.fixture
def shift(tmp_path: Path) -> Shift:
    """A shift whose job makes an edition and is then told to stop."""
    log: list[str] = []
    made = Shift(lambda: 0, TWICE_A_DAY, tmp_path / "beat.json", log.append, lambda: NOW)
    made.job = script(made, lambda: 0)
    return made


def script(shift: Shift, *outcomes: Callable[[], int]) -> Callable[[], int]:
    """A job with an outcome for each run; the next is due at once, and three times over."""
    left = list(outcomes)

    def job() -> int:
        outcome = left.pop(0)
        for message in (DUE, DUE, DUE) if left else (STOP,):
            shift.inbox.put(message)
        return outcome()

    return job


def failing(error: BaseException) -> Callable[[], int]:
    def outcome() -> int:
        raise error

    return outcome


def lines(shift: Shift) -> list[str]:
    found = getattr(shift.log, "__self__", None)
    assert isinstance(found, list)
    return found


def beat(shift: Shift) -> Beat:
    return Beat.model_validate_json(shift.heartbeat.read_text(encoding="utf-8"))


def test_a_made_edition_is_one_line_with_the_time_and_the_next(shift: Shift) -> None:
    _work(shift)
    assert lines(shift) == [
        "2026-11-22 07:00:40 edition made after 0 s; next 2026-11-22 17:30",
    ]


def test_a_failing_job_ends_nothing_and_is_one_line(shift: Shift) -> None:
    shift.job = script(
        shift,
        lambda: 4,
        failing(ValueError("no\nsuch \x1b[31mthing")),
        failing(ModelError("the endpoint is down", "Start it.")),
        failing(SystemExit(2)),
        failing(KeyboardInterrupt()),
        lambda: 0,
    )
    _work(shift)
    told = [line.removeprefix("2026-11-22 07:00:40 edition ") for line in lines(shift)]
    after = " after 0 s; next 2026-11-22 17:30"
    assert told == [
        f"ended with exit code 4{after}",
        f"failed: ValueError: no such [31mthing{after}",
        f"failed: the endpoint is down{after}",
        f"failed: SystemExit: 2{after}",
        f"broken off{after}",
        f"made{after}",
    ]


def test_a_key_in_an_error_does_not_reach_the_log(shift: Shift) -> None:
    shift.job = script(shift, failing(RuntimeError("sent sk-abcdefgh12345678 away")))
    _work(shift)
    assert "sk-abc" not in lines(shift)[0]


def test_windows_that_open_during_a_run_become_one_run(shift: Shift) -> None:
    shift.job = script(shift, lambda: 0, lambda: 0)
    _work(shift)
    assert len(lines(shift)) == 2


def test_the_heartbeat_tells_the_last_exit_code_and_the_next_run(shift: Shift) -> None:
    seen: list[Beat] = []

    def look() -> int:
        seen.append(beat(shift))
        return 7

    shift.job = script(shift, look)
    _work(shift)
    assert seen[0].state == "running"
    assert seen[0].last is None
    after = beat(shift)
    assert after.state == "waiting"
    assert after.last is not None
    assert after.last.exit_code == 7
    assert after.next_run == datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    assert [path.name for path in shift.heartbeat.parent.glob("*beat*")] == ["beat.json"]


def test_a_heartbeat_that_cannot_be_written_is_said_once_and_ends_nothing(shift: Shift) -> None:
    (shift.heartbeat.parent / "file").touch()
    shift.heartbeat = shift.heartbeat.parent / "file" / "beat.json"
    _work(shift)
    _pulse(shift)
    assert [line for line in lines(shift) if "cannot write" in line] == lines(shift)[:1]
    assert "edition made" in lines(shift)[1]


def test_an_unwritable_heartbeat_is_told_before_anything_runs(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "beat.json"
    with pytest.raises(UsageError, match="cannot write the heartbeat"):
        run_schedule(lambda: 0, TWICE_A_DAY, heartbeat=path, log=print, clock=lambda: NOW)


def test_without_times_nothing_runs(tmp_path: Path) -> None:
    path = tmp_path / "beat.json"
    with pytest.raises(UsageError, match="no time is set"):
        run_schedule(lambda: 0, ScheduleSettings(), heartbeat=path, log=print, clock=lambda: NOW)
    assert not path.exists()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_the_shift_after_its_edition(
    number: int, code: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(number)
    log: list[str] = []
    path = tmp_path / "new" / "folder" / "beat.json"

    def job() -> int:
        signal.raise_signal(number)
        return 0

    assert code == run_schedule(job, TWICE_A_DAY, heartbeat=path, log=log.append, clock=lambda: NOW)
    assert "edition made" in log[0]
    assert log[1] == f"2026-11-22 07:00:40 stopped by {signal.Signals(number).name}"
    assert "a second signal" in capfd.readouterr().err
    last = Beat.model_validate_json(path.read_text(encoding="utf-8"))
    assert (last.state, last.next_run) == ("stopped", None)
    assert signal.getsignal(number) is before


def test_each_window_is_coalesced_and_runs_once_at_a_time(shift: Shift) -> None:
    scheduler = build_scheduler(shift)
    scheduler.start(paused=True)
    try:
        for name, grace in (("edition", 720 * 60), ("beat", None)):
            job = scheduler.get_job(name)
            assert job.coalesce
            assert job.max_instances == 1
            assert job.misfire_grace_time == grace
        edition = scheduler.get_job("edition").next_run_time
        assert window(edition, TWICE_A_DAY).start == edition
        until_beat = scheduler.get_job("beat").next_run_time - datetime.now(UTC)
        assert until_beat <= timedelta(minutes=1)
    finally:
        scheduler.shutdown()


def overslept(shift: Shift, *, grace: int) -> int:
    """How often the edition is due where four windows were missed, the last six hours ago."""
    then = datetime.now(UTC) - timedelta(hours=6)
    shift.settings = ScheduleSettings(times=(f"{then:%H:%M}",), timezone="UTC", grace=grace)
    scheduler = build_scheduler(shift)
    scheduler.start(paused=True)
    oldest = window(then - timedelta(days=3), shift.settings).start
    scheduler.modify_job("edition", next_run_time=oldest)
    scheduler.resume()
    due = 0
    try:
        assert shift.inbox.get(timeout=2 if grace > 360 else 0.2) == DUE
        due = 1
    except Empty:
        pass
    finally:
        scheduler.shutdown()
    return due + shift.inbox.qsize()


def test_missed_windows_within_the_grace_become_one_run(shift: Shift) -> None:
    assert overslept(shift, grace=720) == 1
    assert lines(shift) == []


def test_a_window_missed_by_more_than_the_grace_is_left_out_and_said(shift: Shift) -> None:
    assert overslept(shift, grace=30) == 0
    assert "left out: more than 30 minutes late" in lines(shift)[0]


def test_the_trigger_fires_where_windows_open_also_when_an_hour_occurs_twice() -> None:
    settings = ScheduleSettings(times=("02:30", "07:00"), timezone="Europe/Berlin")
    trigger = WindowTrigger(settings)
    fired: datetime | None = None
    ids = []
    for _ in range(3):
        fired = trigger.get_next_fire_time(fired, datetime(2026, 10, 24, 12, tzinfo=UTC))
        assert fired is not None
        ids.append(window(fired, settings).id)
    assert ids == ["2026-10-25T0230", "2026-10-25T0700", "2026-10-26T0230"]
