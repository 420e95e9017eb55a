"""Which edition a moment belongs to, also in nights in which the clocks change."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from factcheck.digest.schedule.windows import find_next, window
from factcheck.digest.zones import warn_of_zone
from factcheck.errors import UsageError
from factcheck.settings.schedule import WEEKDAYS, ScheduleSettings

ZONES = (
    "Europe/Berlin",
    "America/Santiago",  # southern; the clock jumps at midnight
    "Australia/Lord_Howe",  # southern; by half an hour
    "Antarctica/Troll",  # by two hours
    "America/Havana",  # the hour after midnight occurs twice
    "Africa/Casablanca",  # twice a year around Ramadan
    "Asia/Kolkata",
    "Pacific/Kiritimati",
    "UTC",
)
YEAR = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))

clocks = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
schedules = st.builds(
    ScheduleSettings,
    times=st.lists(clocks, min_size=1, max_size=6).map(tuple),
    timezone=st.sampled_from(ZONES),
    weekdays=st.lists(st.sampled_from(WEEKDAYS), max_size=4).map(tuple),
)
moments = st.datetimes(*(edge.replace(tzinfo=None) for edge in YEAR), timezones=st.just(UTC))


def settings(
    *times: str, zone: str = "Europe/Berlin", days: tuple[str, ...] = ()
) -> ScheduleSettings:
    return ScheduleSettings.model_validate({"times": times, "timezone": zone, "weekdays": days})


def ids(schedule: ScheduleSettings, start: datetime, end: datetime) -> list[str]:
    """The windows that open from `start` until `end`, in their order."""
    found = []
    while (start := find_next(start, schedule).astimezone(UTC)) < end:
        found.append(window(start, schedule).id)
    return found


def around(day: str, schedule: ScheduleSettings) -> list[str]:
    noon = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
    return ids(schedule, noon - timedelta(days=1), noon)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-22T05:59:59Z", "2026-11-21T1730"),
        ("2026-11-22T06:00:00Z", "2026-11-22T0700"),
        ("2026-11-22T16:29:00Z", "2026-11-22T0700"),
        ("2026-11-22T23:30:00Z", "2026-11-22T1730"),  # past midnight in Berlin
    ],
)
def test_a_window_lasts_until_the_next_time(now: str, expected: str) -> None:
    assert window(datetime.fromisoformat(now), settings("07:00", "17:30")).id == expected


def test_a_window_starts_at_its_time_however_late_the_run_is() -> None:
    found = window(datetime.fromisoformat("2026-11-22T15:12:09Z"), settings("07:00"))
    assert found.start == datetime(2026, 11, 22, 7, tzinfo=ZoneInfo("Europe/Berlin"))


def test_a_time_that_a_night_skips_opens_when_the_clock_jumps() -> None:
    schedule = settings("01:59", "02:30", "07:00")
    assert around("2026-03-29", schedule) == [
        "2026-03-29T0159",
        "2026-03-29T0300",
        "2026-03-29T0700",
    ]


def test_times_that_meet_where_the_clock_jumps_are_one_window() -> None:
    schedule = settings("02:00", "02:30", "02:59", "03:00", "03:15")
    assert around("2026-03-29", schedule) == ["2026-03-29T0300", "2026-03-29T0315"]


def test_a_time_that_a_night_has_twice_counts_once_and_first() -> None:
    schedule = settings("02:30", "07:00")
    assert around("2026-10-25", schedule) == ["2026-10-25T0230", "2026-10-25T0700"]
    second_pass = datetime.fromisoformat("2026-10-25T01:40:00Z")
    assert window(second_pass, schedule).start.astimezone(UTC).hour == 0


def test_southern_zones_change_their_clocks_in_their_own_seasons() -> None:
    skipped = settings("00:30", zone="America/Santiago")
    assert around("2026-09-06", skipped) == ["2026-09-06T0100"]
    twice = settings("01:45", zone="Australia/Lord_Howe")
    assert around("2026-04-05", twice) == ["2026-04-05T0145"]
    half_an_hour_on = settings("02:10", zone="Australia/Lord_Howe")
    assert around("2026-10-04", half_an_hour_on) == ["2026-10-04T0230"]


def test_the_times_of_a_day_that_a_zone_left_out_open_when_it_is_over() -> None:
    schedule = settings("07:00", "19:00", zone="Pacific/Apia")
    week = (datetime(2011, 12, 29, 12, tzinfo=UTC), datetime(2011, 12, 31, tzinfo=UTC))
    assert ids(schedule, *week) == [
        "2011-12-29T0700",
        "2011-12-29T1900",
        "2011-12-31T0000",
        "2011-12-31T0700",
    ]


def test_on_other_weekdays_no_window_opens() -> None:
    schedule = settings("07:00", days=("fri", "mon", "fri"))
    assert schedule.weekdays == ("mon", "fri")
    start = datetime(2026, 11, 22, tzinfo=UTC)  # a Sunday
    assert ids(schedule, start, start + timedelta(days=8)) == [
        "2026-11-23T0700",
        "2026-11-27T0700",
    ]


@given(schedule=schedules, now=moments)
def test_a_moment_lies_in_its_window(schedule: ScheduleSettings, now: datetime) -> None:
    found, after = window(now, schedule), find_next(now, schedule).astimezone(UTC)
    assert found.start.astimezone(UTC) <= now < after


@given(schedule=schedules, now=moments)
def test_every_moment_of_a_window_gives_the_same(schedule: ScheduleSettings, now: datetime) -> None:
    found = window(now, schedule)
    last = find_next(now, schedule).astimezone(UTC) - timedelta(microseconds=1)
    assert window(found.start, schedule) == found == window(last, schedule)


@pytest.mark.parametrize("zone", ZONES[:4])
def test_ids_rise_through_a_year_and_each_day_has_its_windows(zone: str) -> None:
    schedule = settings("00:30", "01:45", "02:15", "03:00", zone=zone)
    found = ids(schedule, *YEAR)
    assert all(one < other for one, other in pairwise(found))
    # One window less for each time that meets another where the clock jumps.
    assert 365 * 4 - 3 <= len(found) <= 365 * 4


@given(schedule=schedules, moments=st.lists(moments, min_size=2, max_size=5, unique=True))
def test_a_later_window_has_a_greater_id(
    schedule: ScheduleSettings, moments: list[datetime]
) -> None:
    found = [window(moment, schedule) for moment in sorted(moments)]
    for one, other in pairwise(found):
        assert (one.id < other.id) == (one.start.astimezone(UTC) < other.start.astimezone(UTC))


def test_without_times_each_run_is_its_own_window() -> None:
    found = window(datetime.fromisoformat("2026-11-22T07:12:30.25Z"), settings())
    assert found.id == "2026-11-22T081230"
    assert found.start.astimezone(UTC) == datetime(2026, 11, 22, 7, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", ZONES[:5])
def test_runs_without_times_keep_their_order_when_an_hour_occurs_twice(zone: str) -> None:
    starts = [YEAR[0] + timedelta(minutes=29 * n) for n in range(365 * 24 * 60 // 29)]
    found = [window(start, settings(zone=zone)).id for start in starts]
    assert len(set(found)) == len(found)
    # Only where two hours occur twice do ids of that night stand out of order.
    assert found == sorted(found) or zone == "Antarctica/Troll"


def test_without_times_there_is_no_next_window() -> None:
    with pytest.raises(UsageError, match="no time is set") as caught:
        find_next(YEAR[0], settings())
    assert "times = [" in caught.value.hint


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose own zone is Berlin's."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("berlin")
def test_the_zone_of_the_machine_follows_the_same_rules() -> None:
    own, named = (settings("02:30", "03:15", "07:00", zone=zone) for zone in ("", "Europe/Berlin"))
    for day in ("2026-03-29", "2026-10-25", "2026-11-22"):
        assert around(day, own) == around(day, named)
    for minute in range(0, 240, 7):
        now = datetime(2026, 10, 24, 23, tzinfo=UTC) + timedelta(minutes=minute)
        assert window(now, settings(zone="")).id == window(now, settings()).id


def test_times_are_sorted_and_each_stands_once() -> None:
    assert settings("17:30", "7:00", "07:00").times == ("07:00", "17:30")


@pytest.mark.parametrize(
    "wrong",
    [
        {"times": ["24:00"]},
        {"times": ["07:60"]},
        {"times": ["7"]},
        {"times": ["07:00:00"]},
        {"times": ["٠٧:٠٠"]},
        {"timezone": "Europe"},
        {"timezone": "Mars/Olympus"},
        {"timezone": "../../etc/passwd"},
        {"timezone": "Europe/Berlin\nUser=root"},
        {"timezone": "x" * 300},
        {"weekdays": ["someday"]},
    ],
    ids=str,
)
def test_what_no_clock_can_show_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ScheduleSettings.model_validate(wrong)


@pytest.mark.parametrize(
    ("machine", "timezone", "warned"),
    [
        ("CET-1CEST,M3.5.0,M10.5.0/3", "", True),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Berlin", False),
        ("UTC", "", False),
    ],
)
def test_a_machine_whose_zone_has_no_name_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, machine: str, timezone: str, *, warned: bool
) -> None:
    monkeypatch.setattr("factcheck.digest.zones.get_localzone_name", lambda: "Etc/UTC")
    monkeypatch.setenv("TZ", machine)
    time.tzset()
    told = warn_of_zone(ScheduleSettings(timezone=timezone))
    monkeypatch.undo()
    time.tzset()
    assert ("set schedule.timezone" in told) == warned
