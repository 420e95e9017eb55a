"""The window of an edition at a moment: when it opened, and its id.

A window opens at a scheduled local time and lasts until the next. Whoever asks within it
gets the same id, so a repeated or late run makes the same edition. In nights in which the
clocks change, a time that occurs twice means the first; a time that is skipped opens when
the clock jumps (02:30 at 03:00, as cron and GitHub run it), and two that thus meet are one.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from factcheck.errors import UsageError
from factcheck.settings.schedule import WEEKDAYS, ScheduleSettings

DAYS_AROUND = 8
"""Days to look back and ahead: the same weekday, and a date that a zone skips."""


@dataclass(frozen=True)
class Window:
    """The window of one edition: when it opened, in the zone of the schedule, and its id."""

    start: datetime
    id: str


def window(now: datetime, settings: ScheduleSettings) -> Window:
    """The window that is open at an aware moment: that of the latest time not after it.

    Its id is the wall clock at its start, "2026-11-22T0700". Without times each run is its
    own window, "2026-11-22T081230"; in an hour that occurs twice the second pass has a "b"
    after the hour ("2026-10-25T02b3015"), so that ids neither repeat nor go backwards.
    """
    if not settings.times:
        return _make_unscheduled(now, settings)
    start = to_local(max(start for start in _starts(now, settings) if start <= now), settings)
    return Window(start=start, id=f"{start:%Y-%m-%dT%H%M}")


def find_next(now: datetime, settings: ScheduleSettings) -> datetime:
    """When the next window after an aware moment opens. Raises `UsageError` without times."""
    require_times(settings)
    return to_local(min(start for start in _starts(now, settings) if start > now), settings)


def require_times(settings: ScheduleSettings) -> None:
    """Raise a `UsageError` if no time is set: there is nothing to schedule."""
    if not settings.times:
        raise UsageError(
            "schedule.times: no time is set",
            'Set for example times = ["07:00", "17:00"] under [schedule] in factcheck.toml.',
        )


def to_local(moment: datetime, settings: ScheduleSettings) -> datetime:
    """An aware moment on the wall clock of the schedule's zone."""
    return moment.astimezone(settings.zone)


def _starts(now: datetime, settings: ScheduleSettings) -> set[datetime]:
    """The windows around an aware moment, in UTC: some before and some after it."""
    today = to_local(now, settings).date()
    days = (today + timedelta(days=n) for n in range(-DAYS_AROUND, DAYS_AROUND + 1))
    clocks = [time.fromisoformat(clock) for clock in settings.times]
    return {
        _opening(datetime.combine(day, clock, tzinfo=settings.zone), settings)
        for day in days
        if not settings.weekdays or WEEKDAYS[day.weekday()] in settings.weekdays
        for clock in clocks
    }


def _opening(wall: datetime, settings: ScheduleSettings) -> datetime:
    """When a wall clock first shows a time, in UTC; for a skipped one, when it jumps over it.

    Without tzinfo it is the wall clock of this machine.
    """
    # PEP 495: in a gap, and only there, fold=0 is the later of the two. (`astimezone` would
    # get a skipped time of a machine's clock wrong.)
    first, second = (int(wall.replace(fold=fold).timestamp()) for fold in (0, 1))
    if first > second:
        minutes = range(second, first + 1, 60)
        before = _offset(second, settings)
        first = minutes[bisect(minutes, 0, key=lambda t: _offset(t, settings) != before)]
    return datetime.fromtimestamp(first, UTC)


def _offset(timestamp: float, settings: ScheduleSettings) -> timedelta | None:
    return to_local(datetime.fromtimestamp(timestamp, UTC), settings).utcoffset()


def _make_unscheduled(now: datetime, settings: ScheduleSettings) -> Window:
    start = to_local(now, settings).replace(microsecond=0)
    # A fixed offset, as the machine's zone gives, knows no fold: ask the wall clock itself.
    first = start.replace(tzinfo=settings.zone, fold=0)
    second_pass = first.timestamp() < start.timestamp()
    return Window(start=start, id=f"{start:%Y-%m-%dT%H}{'b' * second_pass}{start:%M%S}")
