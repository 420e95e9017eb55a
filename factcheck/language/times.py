"""Find the moments that a text names, as intervals where they can be resolved.

Relative moments ("Tuesday night") are read from the publication time, which the
caller passes in; no clock is read here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

from factcheck.language.calendar import Clock, Date, blot, clocks, dates
from factcheck.language.number_words import WORD_VALUES
from factcheck.language.words import WEEKDAYS, split_table, straight

_DAY_LENGTH = timedelta(days=1)
_WIDEST_ZONE = timedelta(hours=14)  # as far ahead of UTC as any is
_PARTS = {
    # Hours from the midnight that opens the day; a night runs into the next day.
    "early hours": (0, 6),
    "early morning": (0, 9),
    "morning": (4, 12),
    "afternoon": (12, 18),
    "evening": (17, 24),
    "night": (18, 30),
    "early": (0, 9),
    "late": (18, 26),
}
_PART = r"(?:early morning|morning|afternoon|evening|night)"
_RELATIVE = re.compile(
    rf"\b(?:(?P<early>early|late) (?:on )?)?"
    rf"(?:(?P<which>last|next|this|the previous|the following) )?"
    rf"(?P<day>{'|'.join(WEEKDAYS)}|today|yesterday|tomorrow)(?:'s)?(?: (?P<part>{_PART}))?\b"
    rf"|\b(?P<near>this|last|yesterday) (?P<near_part>{_PART})\b"
    r"|\b(?P<word>overnight|tonight)\b"
    r"|\b(?P<span_which>last|this|next) (?P<span>week|month|year)\b"
    r"|\b(?P<count>\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
    r" (?P<unit>minute|hour|day|week)s? (?:ago|earlier)\b"
    r"|\b(?:in|since|during|until|of|by) (?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_COUNTS = {"a": 1, "an": 1, **WORD_VALUES}
# What may stand between a clock time and its day: "at 2:30 a.m. on Wednesday".
_JOINT = re.compile(
    r"[,\s(]*(?:(?:at|on|of|around|about|as of|by|local time|gmt|utc|et|moscow time)[,\s]*)*",
    re.IGNORECASE,
)
# What may stand beside a clock time that is of the day of the article: "shortly after midnight".
_BARE = split_table(
    """at on of around about as by local moscow time gmt utc et cet cest bst est edt pst pdt msk ist
    the a little just shortly soon nearly almost after before from since until till no later than
    approximately roughly exactly close to update updated"""
)

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that a text names, with its place; `earliest` to `latest` where resolved."""

    text: str
    start: int
    end: int
    earliest: datetime | None
    latest: datetime | None


class _Named(NamedTuple):
    """Where a text names a moment, and its interval, None if that is open."""

    start: int
    end: int
    span: Span | None


def moments(text: str, published: datetime | None = None) -> tuple[Moment, ...]:
    """The clock times, dates, weekdays and relative days of a text, in order.

    A clock time beside a day is one moment with it; alone it belongs to the day of
    publication, or to the day before if it had not come yet. Weekdays are the last
    such day up to publication. Without a publication time only full dates are
    resolved, in UTC.
    """
    flat = straight(text)
    days = _find_days(flat, published)
    found: list[_Named] = []
    for told in clocks(blot(flat, [(date.start, date.end) for date in dates(flat)])):
        day = next((day for day in days if _are_adjacent(flat, told, day)), None)
        if day is None:
            found.append(_Named(told.start, told.end, _resolve_clock(told, None, published)))
            continue
        days.remove(day)
        span = _resolve_clock(told, day.span, published) if day.span else None
        found.append(_Named(min(told.start, day.start), max(told.end, day.end), span))
    return tuple(
        Moment(text[one.start : one.end], one.start, one.end, *(one.span or (None, None)))
        for one in sorted([*found, *days], key=lambda one: one.start)
    )


def resolve(text: str, published: datetime | None = None) -> Span | None:
    """Earliest and latest time of the first moment that a text names, None if that is open.

    A clock time whose day other words tell ("18:00 on the day of the vote") is open.
    """
    found = moments(text, published)
    for moment in found:
        has_day = bool(_find_days(straight(moment.text), published))
        bare = len(found) == 1 and _is_bare(f"{text[: moment.start]} {text[moment.end :]}")
        if moment.earliest and moment.latest and (has_day or bare):
            return _make_aware(moment.earliest), _make_aware(moment.latest)
    return None


def _is_bare(beside: str) -> bool:
    """Whether what stands beside a clock time tells no other day."""
    return _BARE.issuperset(re.findall(r"\w+", beside.lower()))


def _make_aware(when: datetime) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _are_adjacent(flat: str, clock: Clock, day: _Named) -> bool:
    end, start = min(clock.end, day.end), max(clock.start, day.start)
    # "Ten on Monday evening" is a time with the part of its day.
    return start < end or bool(_JOINT.fullmatch(flat, end, start))


def _find_days(flat: str, now: datetime | None) -> list[_Named]:
    """What names a day or longer in a text."""
    told = [_Named(date.start, date.end, _resolve_date(date, now)) for date in dates(flat)]
    rest = blot(flat, ((day.start, day.end) for day in told))
    relative = (_Named(*m.span(), _resolve_relative(m, now)) for m in _RELATIVE.finditer(rest))
    return [*told, *relative]


def _resolve_date(date: Date, now: datetime | None) -> Span | None:
    zone = now.tzinfo if now else UTC
    if not date.day:
        opening = datetime(date.year or 1, date.month, 1, tzinfo=zone)
        return opening, (opening + timedelta(days=31)).replace(day=1)
    years = [date.year] if date.year else [now.year + n for n in (-1, 0, 1)] if now else []
    days = [made for year in years if (made := _make_date(year, date.month, date.day, zone))]
    if not days:
        return None
    nearest = min(days, key=lambda day: abs(day - now)) if now else days[0]
    return nearest, nearest + _DAY_LENGTH


def _make_date(year: int, month: int, day: int, zone: tzinfo | None) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=zone)
    except ValueError:  # 30 February
        return None


def _resolve_relative(match: re.Match[str], now: datetime | None) -> Span | None:
    got = {name: (value or "").lower() for name, value in match.groupdict().items()}
    if got["year"]:
        zone = now.tzinfo if now else UTC
        year = int(got["year"])
        return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    if now is None:
        return None
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if got["span"]:
        return _resolve_longer(got["span"], got["span_which"], today)
    if got["unit"]:
        return _resolve_ago(got["count"], got["unit"], now)
    day, part = _find_day_and_part(got, today)
    opening, closing = _PARTS.get(part, (0, 24))
    return day + timedelta(hours=opening), day + timedelta(hours=closing)


def _find_day_and_part(got: Mapping[str, str], today: datetime) -> tuple[datetime, str]:
    """The day that a match names, at midnight, and the part of it ("" for the whole day)."""
    if got["word"]:
        return today - _DAY_LENGTH * (got["word"] == "overnight"), "night"
    if got["near"]:
        # "Last night" was yesterday's, "this morning" is today's.
        return today - _DAY_LENGTH * (got["near"] in ("last", "yesterday")), got["near_part"]
    part = got["part"] or got["early"]
    if got["early"] and got["part"] in ("morning", "night"):
        part = "early morning" if got["early"] == "early" else "night"
    return _resolve_day(got["day"], got["which"], today), part


def _resolve_day(name: str, which: str, today: datetime) -> datetime:
    if name in ("today", "yesterday", "tomorrow"):
        return today + _DAY_LENGTH * (("yesterday", "today", "tomorrow").index(name) - 1)
    back = (today.weekday() - WEEKDAYS.index(name)) % 7
    if which in ("next", "the following"):
        return today + _DAY_LENGTH * ((7 - back) if back else 7)
    if which in ("last", "the previous") and not back:
        back = 7
    return today - _DAY_LENGTH * back


def _resolve_longer(unit: str, which: str, today: datetime) -> Span:
    step = ("last", "this", "next").index(which) - 1
    if unit == "week":
        monday = today + timedelta(days=7 * step - today.weekday())
        return monday, monday + timedelta(days=7)
    size, before = (12, 0) if unit == "year" else (1, today.month - 1)
    first = today.year * 12 + before + step * size
    opening, closing = (
        today.replace(year=count // 12, month=count % 12 + 1, day=1)
        for count in (first, first + size)
    )
    return opening, closing


def _resolve_ago(count: str, unit: str, now: datetime) -> Span:
    """The moment so long ago, give or take half a unit."""
    step = timedelta(**{f"{unit}s": 1})
    amount = int(count) if count.isdigit() else _COUNTS[count]
    return now - step * (amount + 0.5), now - step * (amount - 0.5)


def _resolve_clock(told: Clock, day: Span | None, now: datetime | None) -> Span | None:
    """The minute on its day; None where the half of the day is open or no day is known."""
    opening = day[0] if day else now
    if opening is None or (day is None and told.either):
        return None
    midnight = opening.replace(hour=0, minute=0, second=0, microsecond=0)
    first = midnight + timedelta(hours=told.hour, minutes=told.minute)
    options = [first, first + _DAY_LENGTH / 2] if told.either else [first]
    if day:
        within = [when for when in _add_nights(options, day) if day[0] <= when <= day[1]]
        options = within or options
    if len(set(options)) != 1:
        return None
    [when] = set(options)
    if day is None and now and when > now:
        if not now.utcoffset() and when - now < _WIDEST_ZONE:
            return None  # a time of publication by UTC, or of no known zone, tells no local day
        when -= _DAY_LENGTH
    return when, when + timedelta(minutes=1)


def _add_nights(options: Sequence[datetime], day: Span) -> list[datetime]:
    """The options, and the next morning's too where the day is a night."""
    overlong = day[1].date() != day[0].date() and day[1].hour > 0
    return [*options, *(when + _DAY_LENGTH for when in options if overlong)]
