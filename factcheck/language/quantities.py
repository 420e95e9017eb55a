"""Find the amounts, times, dates and ordinals that a text states, as intervals with units.

The one notion of number in this program. What two of them have to do with each other is
said by `compare` in `factcheck.language.agreement`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from factcheck.language import units
from factcheck.language.amounts import (
    CLOCK,
    DATE,
    ORDINAL,
    TIMES,
    YEAR,
    AmountReader,
    Quantity,
    find_bound_before,
)
from factcheck.language.calendar import blot, clocks, dates, weekdays
from factcheck.language.codes import SCORE, is_glued, is_in_name, is_range
from factcheck.language.numerals import numerals
from factcheck.language.words import straight

__all__ = ["CLOCK", "DATE", "ORDINAL", "TIMES", "YEAR", "Quantity", "numbers_in", "quantities"]

_SEASON = re.compile(r"\b(?P<year>(?:19|20)\d\d)[-/]\d\d(?![\d-])")
_BRACKET = re.compile(
    r"\s?[(,]\s?(?:about|around|or|some|roughly|nearly|environ|soit|rund|unos)?\s?", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=65_536)
def quantities(text: str, language: str = "en") -> tuple[Quantity, ...]:
    """The quantities of a text, in order; a range is one quantity.

    `language` is an ISO 639-1 code; it decides over the decimal sign, number words, the
    names of months and the ways to tell the time. Numbers that are part of a name
    ("Gate 9", "Three Sluices", "G7"), scores, telephone and house numbers are left out.
    """
    flat = straight(text)
    found = _times(text, flat, language)
    masked = _mask(flat, found)
    numbers = [n for n in numerals(masked, language) if not is_in_name(masked, n)]
    reader = AmountReader(text, masked, language)
    at = 0
    while at < len(numbers):
        used = 2 if is_range(masked, numbers[at : at + 2]) else 1
        one = reader.read(numbers[at], numbers[at + used - 1])
        if one and (used == 2 or not is_glued(masked, numbers[at])):
            found.append(one)
        at += used
    found = _merge(sorted(found, key=lambda q: q.start), flat)
    return tuple(_with_moment(_add_converted(found, flat), flat))


def numbers_in(text: str, language: str = "en") -> frozenset[str]:
    """The numbers of a text as plain strings, for sets: equal strings are equal numbers.

    Decimals ("1200", "0.5"), clock times "HH:MM" or "H:MM" where the half of the day is
    open, and of dates the day and the year. Ordinals and vague plurals are left out.
    """
    found: set[str] = set()
    for one in quantities(text, language):
        if one.unit == CLOCK:
            hour, minute = divmod(int(one.anchor), 60)
            found.add(f"{hour}:{minute:02}" if one.either else f"{hour:02}:{minute:02}")
        elif one.unit == DATE:
            found.add(str(int(one.anchor) % 100))
        elif one.unit != ORDINAL and not _is_vague(one):
            found.update(f"{abs(v).normalize():f}" for v in (one.low, one.high) if v is not None)
    return frozenset(found)


def _is_vague(one: Quantity) -> bool:
    return one.high is None and one.bound == "at least" and one.step == one.low and one.step > 1


def _times(text: str, flat: str, language: str) -> list[Quantity]:
    """Times of day and dates; a date gives its day and its year."""
    found = []
    for date in dates(flat, language):
        span = text[date.start : date.end], date.start, date.end
        if date.day:
            value = Decimal(date.month * 100 + date.day)
            found.append(Quantity(value, value, DATE, "exact", *span))
        if date.year:
            found.append(Quantity(Decimal(date.year), Decimal(date.year), YEAR, "exact", *span))
    taken = [(one.start, one.end) for one in found]
    for season in _SEASON.finditer(flat):
        if not any(a < season.end() and season.start() < b for a, b in taken):
            year = Decimal(season["year"])
            found.append(Quantity(year, year + 1, YEAR, "between", season[0], *season.span()))
    masked = _mask(flat, found)
    for clock in clocks(masked, language):
        value = Decimal(clock.hour * 60 + clock.minute)
        bound, start = find_bound_before(flat, clock.start)
        if bound != "about":
            bound, start = "exact", clock.start
        span, rough = (text[start : clock.end], start, clock.end), bound == "about"
        one = Quantity(value, value, CLOCK, bound, *span, approximate=rough, either=clock.either)
        found.append(one)
    return found


def _mask(flat: str, found: Sequence[Quantity]) -> str:
    """The text with what was found in it and all scores blotted out."""
    flat = blot(flat, [(one.start, one.end) for one in found])
    return SCORE.sub(lambda match: "#" * len(match[0]), flat) if _DIGIT.search(flat) else flat


def _merge(found: Sequence[Quantity], flat: str) -> list[Quantity]:
    """Parts of one amount as one: "6ft 2in", "2 hours 30 minutes"."""
    kept: list[Quantity] = []
    for one in found:
        if kept and _is_part(kept[-1], one, flat):
            last = kept[-1]
            rate = units.size(one.unit) / units.size(last.unit)
            value, step = last.anchor + one.anchor * rate, one.step * rate
            text = last.text + flat[last.end : one.start] + one.text
            kept[-1] = replace(last, low=value, high=value, step=step, end=one.end, text=text)
        else:
            kept.append(one)
    return kept


def _is_part(last: Quantity, one: Quantity, flat: str) -> bool:
    return (
        bool(last.unit and one.unit and last.unit != one.unit)
        and not {last.unit, one.unit} & (TIMES | {"%"})
        and last.bound == one.bound == "exact"
        and units.dimension(last.unit) == units.dimension(one.unit)
        and units.size(last.unit) > units.size(one.unit)
        and flat[last.end : one.start] in ("", " ", " and ", " et ")
    )


def _add_converted(found: Sequence[Quantity], flat: str) -> list[Quantity]:
    """The quantities, each with what brackets behind it give in another unit."""
    kept = list(found)
    for n, (one, two) in enumerate(pairwise(found)):
        gap = flat[one.end : two.start]
        if len(gap) > 14 or "(" not in gap or not _BRACKET.fullmatch(gap):
            continue
        money = {one.unit, two.unit} <= units.CURRENCIES
        alike = one.unit and units.dimension(one.unit) == units.dimension(two.unit)
        if one.unit != two.unit and (money or alike):
            kept[n], kept[n + 1] = replace(one, also=two), replace(two, also=one)
    return kept


def _with_moment(found: Sequence[Quantity], flat: str) -> list[Quantity]:
    """The amounts, each with the moment of the text where there is just one."""
    named = [one.text for one in found if one.unit in (CLOCK, DATE)]
    if len(named) < 2 and any(one.unit not in TIMES for one in found):
        days = weekdays("en", "fr", "de", "es") | {"yesterday", "today"}
        named += [word for word in _WORD.findall(flat) if word.lower() in days]
        if len(named) == 1:
            return [q if q.unit in TIMES else replace(q, moment=named[0]) for q in found]
    return list(found)
