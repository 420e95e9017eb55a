"""The loop and the heartbeat, without waiting for a clock."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from factcheck.digest.schedule import runner
from factcheck.digest.schedule.runner import Beat, Scheduler
from factcheck.digest.schedule.windows import window
from factcheck.errors import ModelError, UsageError
from factcheck.settings.schedule import ScheduleSettings
from tests.shell import wait_for

NOW = datetime(2026, 11, 22, 6, 0, 40, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
TWICE_A_DAY = ScheduleSettings(times=("07:00", "17:30"), timezone="Europe/Berlin")


class Clock:
    """A clock that stands still but for what is waited, and for what it is moved on."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, _: float) -> None:
        """The time of many naps at once."""
        self.now += timedelta(minutes=1)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def shift(tmp_path: Path, clock: Clock) -> Scheduler:
    """A shift whose job makes an edition and is then told to stop."""
    log: list[str] = []
    made = Scheduler(lambda: 0, TWICE_A_DAY, tmp_path / "beat.json", log.append, clock, clock.sleep)
    made.job = script(made, lambda: 0)
    return made


def script(shift: Scheduler, *outcomes: Callable[[], int]) -> Callable[[], int]:
    """A job with an outcome for each run; in the last one a signal comes."""
    left = list(outcomes)

    def job() -> int:
        outcome = left.pop(0)
        shift.signalled = 0 if left else signal.SIGTERM
        return outcome()

    return job


def failing(error: BaseException) -> Callable[[], int]:
    def outcome() -> int:
        raise error

    return outcome


def lines(shift: Scheduler) -> list[str]:
    found = getattr(shift.log, "__self__", None)
    assert isinstance(found, list)
    return found


def beat(shift: Scheduler) -> Beat:
    return Beat.model_validate_json(shift.heartbeat.read_text(encoding="utf-8"))


def made_at(shift: Scheduler, clock: Clock, *runs: timedelta) -> list[str]:
    """When the job ran, in the zone of the schedule, if its runs take so long."""
    found: list[str] = []

    def lasting(long: timedelta) -> Callable[[], int]:
        def outcome() -> int:
            found.append(f"{window(clock.now, shift.settings).id}, {clock.now:%d %H:%M}")
            clock.now += long
            return 0

        return outcome

    shift.job = script(shift, *map(lasting, runs))
    shift.work()
    return found


def test_a_made_edition_is_one_line_with_the_time_and_the_next(shift: Scheduler) -> None:
    shift.job = script(shift, lambda: 0, lambda: 0)
    shift.work()
    assert lines(shift) == [
        "2026-11-22 07:00:40 edition made after 0 s; next 2026-11-22 17:30",
        "2026-11-22 17:30:40 edition made after 0 s; none follows",
    ]


def test_a_job_that_a_second_signal_ends_is_broken_off(shift: Scheduler) -> None:
    def job() -> int:
        shift.signalled = signal.SIGINT
        raise KeyboardInterrupt

    shift.job = job
    shift.work()
    assert "edition broken off after 0 s; none follows" in lines(shift)[0]


def test_an_interruption_from_before_any_signal_was_looked_for_ends_the_schedule(
    shift: Scheduler,
) -> None:
    shift.job = failing(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        shift.run()
    assert lines(shift) == []


def test_a_failing_job_ends_nothing_and_is_one_line(shift: Scheduler) -> None:
    shift.job = script(
        shift,
        lambda: 4,
        failing(ValueError("no\nsuch \x1b[31mthing")),
        failing(ModelError("the endpoint is down", "Start it.")),
        failing(SystemExit(2)),
        lambda: 0,
    )
    shift.work()
    told = [line.partition(" edition ")[2].partition(" after 0 s; ")[0] for line in lines(shift)]
    assert told == [
        "ended with exit code 4",
        "failed: ValueError: no such [31mthing",
        "failed: the endpoint is down",
        "failed: SystemExit: 2",
        "made",
    ]


def test_a_key_in_an_error_does_not_reach_the_log(shift: Scheduler) -> None:
    shift.job = script(shift, failing(RuntimeError("sent sk-abcdefgh12345678 away")))
    shift.work()
    assert "sk-abc" not in lines(shift)[0]


def test_a_run_follows_whenever_a_window_opens(shift: Scheduler, clock: Clock) -> None:
    assert made_at(shift, clock, HOUR, HOUR, HOUR) == [
        "2026-11-22T0700, 22 06:00",
        "2026-11-22T1730, 22 16:30",
        "2026-11-23T0700, 23 06:00",
    ]


def test_a_clock_that_is_set_back_ends_no_schedule(shift: Scheduler, clock: Clock) -> None:
    clock.now = NOW + 1000 * DAY

    def correct() -> int:
        clock.now = NOW
        return 0

    shift.job = script(shift, correct, lambda: 0)
    shift.work()
    assert clock.now < NOW + 2 * DAY


def test_windows_that_open_during_a_run_become_one_run(shift: Scheduler, clock: Clock) -> None:
    shift.settings = TWICE_A_DAY
    made = made_at(shift, clock, 2 * DAY + HOUR, HOUR, HOUR)
    assert made == [
        "2026-11-22T0700, 22 06:00",
        "2026-11-24T0700, 24 07:00",
        "2026-11-24T1730, 24 16:30",
    ]


def test_the_heartbeat_tells_the_last_exit_code_and_the_next_run(shift: Scheduler) -> None:
    seen: list[Beat] = []

    def look() -> int:
        seen.append(beat(shift))
        return 7

    shift.job = script(shift, look)
    shift.work()
    assert seen[0].state == "running"
    assert seen[0].last is None
    after = beat(shift)
    assert after.state == "waiting"
    assert after.last is not None
    assert after.last.exit_code == 7
    assert after.next_run == datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    assert [path.name for path in shift.heartbeat.parent.glob("*beat*")] == ["beat.json"]


def test_a_heartbeat_that_cannot_be_written_is_said_once_and_ends_nothing(
    shift: Scheduler,
) -> None:
    (shift.heartbeat.parent / "file").touch()
    shift.heartbeat = shift.heartbeat.parent / "file" / "beat.json"
    shift.work()
    shift.pulse()
    assert [line for line in lines(shift) if "cannot write" in line] == lines(shift)[:1]
    assert "edition made" in lines(shift)[1]


def test_the_heart_beats_while_the_job_runs(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "BEAT", 0.01)
    path = tmp_path / "beat.json"

    def job() -> int:
        clock.now += HOUR
        later = f'"time":"{clock.now:%Y-%m-%dT%H}'
        wait_for(lambda: later in path.read_text("utf-8").replace(" ", ""), 10)
        assert Beat.model_validate_json(path.read_text("utf-8")).state == "running"
        signal.raise_signal(signal.SIGTERM)
        return 0

    assert Scheduler(job, TWICE_A_DAY, path, print, clock).run() == 0


def test_an_unwritable_heartbeat_is_told_before_anything_runs(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "beat.json"
    with pytest.raises(UsageError, match="cannot write the heartbeat"):
        Scheduler(lambda: 0, TWICE_A_DAY, path, print, lambda: NOW).run()


def test_without_times_nothing_runs(tmp_path: Path) -> None:
    path = tmp_path / "beat.json"
    with pytest.raises(UsageError, match="no time is set"):
        Scheduler(lambda: 0, ScheduleSettings(), path, print, lambda: NOW).run()
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

    assert code == Scheduler(job, TWICE_A_DAY, path, log.append, lambda: NOW).run()
    assert "edition made" in log[0]
    assert log[1] == f"2026-11-22 07:00:40 stopped by {signal.Signals(number).name}"
    assert "a second signal" in capfd.readouterr().err
    last = Beat.model_validate_json(path.read_text(encoding="utf-8"))
    assert (last.state, last.next_run) == ("stopped", None)
    assert signal.getsignal(number) is before


def test_windows_that_open_while_the_machine_sleeps_become_one_run(
    shift: Scheduler, clock: Clock
) -> None:
    shift.settings, waking = TWICE_A_DAY, iter([timedelta(hours=30)])

    def sleep(_: float) -> None:
        clock.now += next(waking, timedelta(minutes=1))

    shift.sleep = sleep
    assert made_at(shift, clock, HOUR, HOUR)[1:] == ["2026-11-23T0700, 23 13:00"]


def test_a_time_that_a_night_has_twice_is_one_run(shift: Scheduler, clock: Clock) -> None:
    shift.settings = ScheduleSettings(times=("02:30", "07:00"), timezone="Europe/Berlin")
    clock.now = datetime(2026, 10, 24, 12, tzinfo=UTC)
    made = made_at(shift, clock, *[timedelta(minutes=1)] * 4)
    ids = [one.partition(",")[0] for one in made[1:]]
    assert ids == ["2026-10-25T0230", "2026-10-25T0700", "2026-10-26T0230"]
