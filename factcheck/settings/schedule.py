"""The settings of the schedule: times of day, time zone, weekdays."""

from __future__ import annotations

import re
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator

from factcheck.settings.table import Table

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)

CLOCK = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
ZONE = re.compile(r"[A-Za-z0-9_+/-]{0,60}")


def clock_times(values: tuple[str, ...]) -> tuple[str, ...]:
    """Times of day as "07:00", sorted, each once; else a ValueError."""
    return tuple(sorted({_clock_time(value) for value in values}))


def zone_name(value: str) -> str:
    """A name of the IANA time zone database, or "" for the machine's zone; else a ValueError."""
    try:
        known = not value or (ZONE.fullmatch(value) is not None and bool(ZoneInfo(value)))
    except (ValueError, OSError, ZoneInfoNotFoundError):
        known = False
    if not known:
        raise ValueError("not a time zone such as Europe/Berlin")
    return value


def week_order(values: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
    """Weekdays from Monday on, each once."""
    return tuple(day for day in WEEKDAYS if day in values)


class ScheduleSettings(Table):
    """`[schedule]`: at which local times an edition is made.

    `timezone` is an IANA name, "" the zone of this machine. Without `weekdays` it is every
    day.
    """

    times: Annotated[tuple[str, ...], AfterValidator(clock_times)] = ()
    timezone: Annotated[str, AfterValidator(zone_name)] = ""
    weekdays: Annotated[tuple[Weekday, ...], AfterValidator(week_order)] = ()

    @property
    def zone(self) -> ZoneInfo | None:
        """The time zone, None for that of this machine."""
        return ZoneInfo(self.timezone) if self.timezone else None


def _clock_time(value: str) -> str:
    found = CLOCK.fullmatch(value)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError(f'times look like "07:00", not {value!r}')
    return f"{int(found[1]):02}:{found[2]}"
