"""Find a publication time in a line, and say what is left of the line.

Own code because of the rest: "Published 3 May 2023 14:05 GMT" is nothing but a time, "The
law of 3 May 2023 fell" is a sentence. A `Stamp` says how much of the time is known: a day
is not midnight, and a clock without a zone is kept as UTC with `zone_known` false.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from factcheck.articles.language import count_words
from factcheck.language.calendar import months, weekdays
from factcheck.language.words import split_table
from factcheck.models import Precision

# The languages whose names of months and days are known.
_LANGUAGES = "en fr de es it pt nl uk ru pl da sv nb fi cs hu tr el ar".split()  # noqa: SIM905
_NUMBERS = dict(item for code in reversed(_LANGUAGES) for item in months(code).items())
"""The numbers of months by their names in any of these languages; the first of them counts."""
# Names of months that mean another one in another language: "listopada" is October in Croatian.
_UNSURE = frozenset(("listopad", "listopada", "lip", "lis"))
_MONTH = r"(?P<month>[^\W\d_]{3,12})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_ORDINAL = r"(?:st|nd|rd|th|er|º|\.)?"
_DATES = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)(?=\b|T)T?"),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)\. (?P<m>\d\d)\. (?P<day>\d\d)\b\.?"),
    re.compile(
        rf"\b(?P<day>\d{{1,2}}){_ORDINAL}\s+(?:(?:of|de)\s+)?{_MONTH},?\s+(?:del?\s+)?{_YEAR}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}}){_ORDINAL},?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?<!-)\b(?P<day>\d{{1,2}})(?P<by>[/.-])(?P<m>\d{{1,2}})(?P=by){_YEAR}"),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?P<day>\d{1,2})日"),
)
_CLOCK = re.compile(
    r"(?P<said>\b(?:ore|kl\.?|klo|klokken)\s+)?"
    r"\b(?P<hour>\d{1,2})(?:(?:[:.時时]|\s?[hH]|(?=\d\d\s?(?:UTC|GMT|Z)\b))\s?"
    r"(?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?)?"
    r"\s*(?P<half>(?i:[ap]\.?\s?m\b)\.?)?(?P<full>\s*(?:Uhr|heures|horas|uur|hrs|h|分)\b)?"
    r"\s*\(?(?P<zone>Z\b|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d\d)?\b|[A-Z]{2,5}\b"
    r"|(?:Moscow|Kyiv|Eastern|Eastern Daylight) [Tt]ime)?\)?"
)
_YEARLESS = re.compile(
    rf"\(?\bprint edition of .{{0,40}}$|\b\d{{1,2}}{_ORDINAL}\s+{_MONTH}(?=\W|$)", re.IGNORECASE
)
# The stamp of an agency, with a year of two digits: "21-05-26 0112 GMT".
_WIRE_STAMP = re.compile(
    r"\b(\d\d)([-/.])(\d\d)\2(\d\d) ([01]\d|2[0-3]):?([0-5]\d)(?= [A-Z]{2,5}\b)"
)
# In all of the dates: a line without one holds no date.
_YEARLIKE = re.compile(r"(?:19|20)\d\d")
_AMERICAN = re.compile(r"\d\s?(?i:[ap]\.?m)\b|\d[:.]\d\d\s?[ECMP][SD]?T\b")
"""A clock as in the United States, where the month stands before the day; "et" is French."""
_OPENING = 48  # characters in which the clock of an entry stands
_SECONDS = re.compile(r"1\d{9}(?:\d{3})?")  # since 1970, or thousandths of them
_LONGEST = 160  # a longer line is a paragraph
_ELSEWHERE = re.compile(r"\s*\([^()]*\d[.:hH]?\d\d[^()]*\)\s*$")
_PARTS = re.compile(r"\s[·•|/]\s")
_SENTENCES = re.compile(r"(?<=\w\w)\. (?=[^\W\d_])")
_OFFSETS = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "TRT": 3, "SGT": 8, "HKT": 8, "JST": 9, "KST": 9, "AEST": 10,
    "AEDT": 11, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
_ZONES = {
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver",
    "PT": "America/Los_Angeles", "EASTERN TIME": "America/New_York",
    "MOSCOW TIME": "Europe/Moscow", "KYIV TIME": "Europe/Kyiv",
}  # fmt: skip
ZONE_NAMES = tuple(name for name in (*_OFFSETS, *_ZONES) if name.isupper() and " " not in name)
YEARS = range(1_000, 9_000)
"""No article is of another; at the ends of the calendar a time has none in some zones."""
_UPDATED = re.compile(
    r"updat|modifi|amended|aktualis|aktualiz|mis à jour|actualiz|aggiorn|оновл|обновл"
    r"|opdater|uppdater|oppdater|päivit",
    re.IGNORECASE,
)
_APART = re.compile(rf"\||{_UPDATED.pattern}", re.IGNORECASE)
_MARKS = re.compile(r"\blate final\b|[-–—|,:;·•()/@.]", re.IGNORECASE)
_FILLER = split_table(
    """first last originally published posted updated modified issued created date time on at am um
    uhr le à el a las the publié mis jour modifié publicado actualizado veröffentlicht aktualisiert
    stand pubblicato опубликовано обновлено опубліковано оновлено den kl klokken
    publiceret opdateret publicerad uppdaterad publisert oppdatert klo julkaistu päivitetty
    publikováno aktualizováno v
    mon tue tues wed thu thurs fri sat sun"""
).union(*(day.split("-") for day in weekdays(*_LANGUAGES)))
_WEEKDAYS = {
    **weekdays(*_LANGUAGES),
    **{day: i for i, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
}
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# A day without its year, which can only be told apart beside a clock, a weekday or such a word.
_DAYS = (
    re.compile(rf"\b\d{{1,2}}{_ORDINAL}\s+(?:(?:of|de)\s+)?{_MONTH}(?!\w)", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+\d{{1,2}}{_ORDINAL}(?![\w:]|\.\d)", re.IGNORECASE),
)
_PUBLISHED = re.compile(r"publi|pubbl|julkaist|opubl|опубл|veröff|posted", re.IGNORECASE)
_DAY_WORDS = _FILLER | split_table("de del of update")


@dataclass(frozen=True)
class Stamp:
    """A time and how precise it is; `unsure` is a month name that differs by language."""

    time: datetime
    precision: Precision = "minute"
    zone_known: bool = True
    unsure: str = ""


@dataclass(frozen=True)
class Told:
    """A time that a line tells, whether as an update, and the words beside it.

    `changed` is the first time that it tells as that of an update.
    """

    stamp: Stamp
    updated: bool
    rest: str
    changed: Stamp | None


def read_time(line: str) -> Told | None:
    """The first date (with its time, if any) in a short line; None where it has none.

    `rest` is the line without dates, times, weekdays and words such as "Published on".
    Numeric dates are read day first, as everywhere but in the US; month first if the day
    would be impossible, or if the line has "pm" or a US zone.
    """
    if len(line) > _LONGEST:
        return None
    line = _WIRE_STAMP.sub(r"20\4-\3-\1 \5:\6", line)
    if not _YEARLIKE.search(line):
        return None
    rest, stamps = line, list[tuple[Stamp, bool]]()
    while (found := _find_date(rest)) is not None:
        day, start, end = found
        clock, place, between = _choose_clock(rest, start, end)
        clock = None if _UPDATED.search(between) else clock
        unsure = _UNSURE.intersection(re.findall(r"[^\W\d_]+", rest[start:end].lower()))
        updated = _UPDATED.search(rest[:start]) is not None
        stamps.append((_to_moment(day, clock, "".join(unsure)), updated))
        gone = {*range(start, end), *place}
        rest = "".join(" " if i in gone else char for i, char in enumerate(rest))
    if not stamps:
        return None
    (first, updated), *more = stamps
    rest = _YEARLESS.sub(
        lambda said: said[0] if said["month"] and not _find_month(said["month"]) else " ", rest
    )
    left = (word for word in _MARKS.sub(" ", rest).split() if word.lower() not in _FILLER)
    later = next((stamp for stamp, changed in more if changed), None)
    return Told(first, updated, " ".join(left), first if updated else later)


def add_year(line: str, sure: Collection[int], told: Collection[int]) -> str:
    """A line that is a stamp but for its year, with the one year that fits; "" for any other line.

    Of the `told` years one fits where the line names a weekday, of the `sure` ones also where not.
    """
    if len(line) > _LONGEST or _YEARLIKE.search(line):
        return ""
    for part in _PARTS.split(line):
        days = (match for pattern in _DAYS for match in pattern.finditer(part))
        day = next((match for match in days if _find_month(match["month"])), None)
        if day is None:
            continue
        names = (_WEEKDAYS.get(word.lower()) for word in _WORD.findall(part))
        weekday = next((name for name in names if name is not None), None)
        for years in (sure, () if weekday is None else told):
            dated = (f"{part[: day.end()]} {year}{part[day.end() :]}" for year in years)
            found = [text for text in dated if _is_stamp_of(text, weekday)]
            if len(found) == 1:
                return line.replace(part, found[0], 1)
    return ""


def _is_stamp_of(text: str, weekday: int | None) -> bool:
    """Whether a text is a stamp and nothing else, of that day of the week where one is named."""
    read = read_time(text)
    if read is None or read.rest or read.stamp.unsure:
        return False
    sure = read.stamp.precision == "minute" or _UPDATED.search(text) or _PUBLISHED.search(text)
    return bool(sure) if weekday is None else read.stamp.time.weekday() == weekday


def settle_month(stamp: Stamp, language: str) -> Stamp | None:
    """The time with its month as the language has it; None if only that could tell, and cannot."""
    if not stamp.unsure:
        return stamp
    month = months(language).get(stamp.unsure)
    try:
        return replace(stamp, time=stamp.time.replace(month=month), unsure="") if month else None
    except ValueError:
        return None


def without_time(line: str) -> str:
    """What `read_time` leaves of a line, the line itself where it holds no date."""
    told = read_time(line)
    return told.rest if told else line


def read_stamp(line: str, most: int) -> Told | None:
    """The time of a line, or of a part of it, with at most so many words beside it.

    As in "Members' paper | 13 March 2025, 6pm", also with the hour elsewhere in brackets.
    """
    if line.endswith("。"):
        return None  # a sentence, whose words no space parts
    told = filter(None, map(read_time, (line, _ELSEWHERE.sub("", line), *_PARTS.split(line))))
    return next((one for one in told if count_words(one.rest) <= most), None)


def read_stamp_within(line: str) -> Told | None:
    """The time that is a whole sentence of a line, as in "By us. Updated 13 March 2025, 14:25."."""
    told = filter(None, map(read_time, _SENTENCES.split(line)[:4]))
    return next((one for one in told if not one.rest), None)


def is_dated(line: str) -> bool:
    """Whether a line is a time with at most four words beside it, or eight beside a clock."""
    if read_stamp(line, most=4) is not None:
        return True
    told = None if line.endswith(".") else read_stamp(line, most=8)
    return told is not None and told.stamp.precision == "minute"


def to_stamp(value: object) -> Stamp | None:
    """A time from metadata: a datetime, a date, ISO 8601 or any form `read_time` reads."""
    if isinstance(value, Stamp):
        return value
    if isinstance(value, date):
        return _read_date(value)
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    try:
        text = value.strip()
        if _SECONDS.fullmatch(text):
            return Stamp(datetime.fromtimestamp(int(text[:10]), UTC))
        return to_stamp(date.fromisoformat(text) if len(text) <= 10 else _read_iso(text))
    except (ValueError, OverflowError):
        told = read_time(value)
        return told.stamp if told else None


def _read_date(value: date) -> Stamp | None:
    """A day or a moment; None for one of no year that an article can be of."""
    if value.year not in YEARS:
        return None
    if not isinstance(value, datetime):
        return _to_stamp(value)
    return Stamp(value) if value.tzinfo else Stamp(value.replace(tzinfo=UTC), zone_known=False)


def _read_iso(text: str) -> datetime | date:
    """ISO 8601; "2026-03-04T00:00:00" without a zone is what programs write for a day."""
    read = datetime.fromisoformat(text)
    bare = read.tzinfo is None and (read.hour, read.minute, read.second) == (0, 0, 0)
    return read.date() if bare else read


def split_clock(text: str) -> tuple[str, str] | None:
    """The day and clock that a line opens with, as written, and the rest of it; else None.

    For the entries of live pages: "14:05 GMT: The bridge is shut", "2.30pm", "Thursday 12 June,
    18:30. Correction". A clock without minutes has to be the first thing in the line.
    """
    text = text.lstrip("[(* ")
    clocks = (m for m in _CLOCK.finditer(text[:_OPENING]) if m["minute"] or m.start() == 0)
    match = next(clocks, None)
    if not match or not _is_clock(match):
        return None
    before = re.findall(r"[^\W\d_]+", text[: match.start()].lower())
    if not all(word in _DAY_WORDS or _find_month(word) for word in before):
        return None
    zone, end = match["zone"], match.end()
    if zone and zone.isalpha() and not match.group().endswith(")") and zone not in ZONE_NAMES:
        end = match.start("zone")  # "18.30 NEWS"
    elif text[end - 1 : end + 1].isalnum() and end < len(text):
        return None
    return text[:end].strip(" ()"), text[end:].strip(" ])*-–—:|·•,.")


def _to_stamp(day: date) -> Stamp:
    return Stamp(datetime(day.year, day.month, day.day, tzinfo=UTC), "day", zone_known=False)


def _find_date(text: str) -> tuple[date, int, int] | None:
    """The first real date in a text, with where it stands."""
    matches = (match for pattern in _DATES for match in pattern.finditer(text))
    for match in sorted(matches, key=lambda found: found.start()):
        day = _to_date(match.groupdict(), text)
        if day:
            return day, match.start(), match.end()
    return None


def _choose_clock(text: str, start: int, end: int) -> tuple[re.Match[str] | None, range, str]:
    """The clock of the date from `start` to `end`, where it stands, and what is between the two.

    The first one behind the date, else the last before it. Of two dates each has the one before it
    if the first has; a clock that a bar or a word for updates parts from the first is the second's.
    """
    earlier, rest = _list_clocks(text[:start]), text[end:]
    clock = next(iter(_list_clocks(rest)), None)
    following = _find_date(rest)
    if clock and following:
        parts = rest[: clock.start()], rest[clock.end() : following[1]]
        theirs = [_APART.search(part) is not None for part in parts] == [True, False]
        clock = None if earlier or theirs or clock.start() > following[1] else clock
    if clock:
        return clock, range(clock.start() + end, clock.end() + end), rest[: clock.start()]
    if not earlier:
        return None, range(0), ""
    clock = earlier[-1]
    return clock, range(*clock.span()), text[clock.end() : start]


def _list_clocks(text: str) -> list[re.Match[str]]:
    return [match for match in _CLOCK.finditer(text) if _is_clock(match)]


def _to_date(parts: dict[str, str | None], text: str) -> date | None:
    year, day = int(parts["year"] or 0), int(parts["day"] or 0)
    month = int(parts.get("m") or 0) or _find_month(parts.get("month"), day)
    american = _AMERICAN.search(text) is not None
    numeric = parts.get("m") and not re.search(rf"{year}-\d", text)
    if numeric and day <= 12 and (month > 12 or american):
        day, month = month, day
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _find_month(name: str | None, day: int = 0) -> int:
    """The number of a month by its name, 0 for none; November has no day 31, October has."""
    low = (name or "").lower()
    names = months("hr") if day == 31 and low in _UNSURE else _NUMBERS
    return names.get(low, 0)


def _is_clock(match: re.Match[str]) -> bool:
    if not (match["minute"] or match["half"] or match["full"] or match["said"]):
        return False
    return int(match["hour"]) < 24 and int(match["minute"] or 0) < 60


def _to_moment(day: date, clock: re.Match[str] | None, unsure: str) -> Stamp:
    """The time of that day, or only the day; a zone that nobody can tell is not known."""
    if clock is None:
        return replace(_to_stamp(day), unsure=unsure)
    name = (clock["zone"] or "").strip()
    zone = _find_zone(name)
    hour = int(clock["hour"])
    half = (clock["half"] or "").lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    time = datetime(
        day.year, day.month, day.day, hour, int(clock["minute"] or 0), tzinfo=zone or UTC
    )
    return Stamp(time, zone_known=zone is not None, unsure=unsure)


def _find_zone(name: str) -> tzinfo | None:
    """A time zone by its abbreviation; None for none and for one that is ambiguous."""
    offset = re.fullmatch(r"(?:UTC|GMT)?([+-]\d{1,2}):?(\d\d)?", name)
    if name in {"Z", "UTC", "GMT"}:
        return UTC
    if offset:
        hours = int(offset[1])
        minutes = int(offset[2] or 0) * (-1 if offset[1].startswith("-") else 1)
        return timezone(timedelta(hours=hours, minutes=minutes)) if abs(hours) < 15 else None
    if name in _OFFSETS:
        return timezone(timedelta(hours=_OFFSETS[name]), name)
    try:
        return ZoneInfo(_ZONES[name.upper()]) if name.upper() in _ZONES else None
    except ZoneInfoNotFoundError:
        return None
