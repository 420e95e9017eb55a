"""Rules of moments: how the times that texts name are resolved."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.language.times import moments, resolve

WEDNESDAY = datetime(2024, 6, 12, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("on 9 June 2024", "2024-06-09 00:00", "2024-06-10 00:00"),
        ("on June 9", "2024-06-09 00:00", "2024-06-10 00:00"),
        ("on 2024-06-09", "2024-06-09 00:00", "2024-06-10 00:00"),
        ("in February 2022", "2022-02-01 00:00", "2022-03-01 00:00"),
        ("since 2014", "2014-01-01 00:00", "2015-01-01 00:00"),
        ("on Tuesday", "2024-06-11 00:00", "2024-06-12 00:00"),
        ("on Wednesday", "2024-06-12 00:00", "2024-06-13 00:00"),
        ("on Thursday", "2024-06-06 00:00", "2024-06-07 00:00"),
        ("next Thursday", "2024-06-13 00:00", "2024-06-14 00:00"),
        ("on Tuesday night", "2024-06-11 18:00", "2024-06-12 06:00"),
        ("early Wednesday", "2024-06-12 00:00", "2024-06-12 09:00"),
        ("last night", "2024-06-11 18:00", "2024-06-12 06:00"),
        ("overnight", "2024-06-11 18:00", "2024-06-12 06:00"),
        ("yesterday evening", "2024-06-11 17:00", "2024-06-12 00:00"),
        ("this morning", "2024-06-12 04:00", "2024-06-12 12:00"),
        ("last month", "2024-05-01 00:00", "2024-06-01 00:00"),
        ("last year", "2023-01-01 00:00", "2024-01-01 00:00"),
        ("last week", "2024-06-03 00:00", "2024-06-10 00:00"),
        ("two hours ago", "2024-06-12 12:30", "2024-06-12 13:30"),
        ("as of 13:00", "2024-06-12 13:00", "2024-06-12 13:01"),
        ("at 9 a.m.", "2024-06-12 09:00", "2024-06-12 09:01"),
        ("at 2:30 a.m. on Tuesday", "2024-06-11 02:30", "2024-06-11 02:31"),
        ("on June 9 at 14:00", "2024-06-09 14:00", "2024-06-09 14:01"),
        ("at 2:30 on Tuesday night", "2024-06-12 02:30", "2024-06-12 02:31"),
    ],
)
def test_a_moment_is_resolved_against_publication(text: str, earliest: str, latest: str) -> None:
    [moment] = moments(text, WEDNESDAY)
    assert (str(moment.earliest)[:16], str(moment.latest)[:16]) == (earliest, latest)


def test_a_date_without_a_year_is_the_nearest_one() -> None:
    [moment] = moments("on Dec. 30", datetime(2024, 1, 3, tzinfo=UTC))
    assert moment.earliest == datetime(2023, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["on Tuesday", "at 13:00", "last night", "on June 9"])
def test_without_publication_only_full_dates_are_resolved(text: str) -> None:
    [moment] = moments(text)
    assert moment.earliest is moment.latest is None


@pytest.mark.parametrize(
    "text", ["it may 12 times", "a plain text", "30 boats", "30 February 2021"]
)
def test_what_is_no_moment_is_not_resolved(text: str) -> None:
    assert all(moment.earliest is None for moment in moments(text, WEDNESDAY))


@given(st.text(alphabet="0123456789: apm.onMaytuesdlghr", max_size=40), st.booleans())
def test_every_moment_stands_where_it_says_and_does_not_end_before_it_begins(
    text: str,
    known: bool,  # noqa: FBT001 - drawn
) -> None:
    for moment in moments(text, WEDNESDAY if known else None):
        assert text[moment.start : moment.end] == moment.text
        if moment.earliest and moment.latest:
            assert moment.earliest <= moment.latest


def test_a_clock_time_is_of_the_day_of_the_article_only_where_no_words_tell_another() -> None:
    noon = datetime(2024, 6, 12, 12, 0, tzinfo=UTC)
    for told in ("noon", "at about noon local time", "shortly after noon", "noon on Wednesday"):
        assert resolve(told, WEDNESDAY) == (noon, noon.replace(minute=1)), told
    for told in ("noon on the day of the vote", "when the train came, at noon"):
        assert resolve(told, WEDNESDAY) is None, told


@pytest.mark.parametrize(("hour", "clock"), [(1, "6.40am"), (1, "2.30 p.m."), (15, "9 p.m.")])
def test_a_clock_after_a_time_by_utc_is_of_no_known_day(hour: int, clock: str) -> None:
    published = datetime(2026, 5, 12, hour, 0, tzinfo=UTC)  # may be nine hours later where it is
    [told] = moments(f"Fourteen wagons left the track at about {clock}.", published)
    assert told.earliest is None
    local = published.replace(tzinfo=timezone(timedelta(hours=-4)))
    [told] = moments(f"Fourteen wagons left the track at about {clock}.", local)
    assert told.earliest
    assert told.earliest.day == 11


def test_a_clock_that_no_zone_has_had_yet_is_of_the_day_before() -> None:
    published = datetime(2026, 5, 12, 1, 0, tzinfo=UTC)
    [told] = moments("The boat left at 4 p.m.", published)
    assert told.earliest
    assert told.earliest.day == 11
