"""Compare two quantities: equal, compatible, different, or not to be set beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from factcheck.language import units
from factcheck.language.quantities import CLOCK, YEAR, Quantity

Relation = Literal["equal", "compatible", "different", "incomparable"]

_ORDER: tuple[Relation, ...] = ("equal", "compatible", "different", "incomparable")
_DAY, _HALF_DAY, _ABOUT_MINUTES = 24 * 60, 12 * 60, 15
_AS_CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)")
# What a round number may hide, as a share of it: "300" for 312, "about 1,200" for 1,187,
# "about 12" for 13, "six miles" for 10 km.
_ROUND, ABOUT, _ABOUT_FEW, _OTHER_UNIT = (Decimal(n) / 100 for n in (5, 10, 15, 8))
_FEW = 20


def compare(a: Quantity, b: Quantity) -> Relation:
    """How two quantities go together; what they count is left to the caller.

    "compatible" is what a reader would print either way: roundings, bounds that fit,
    overlapping ranges, units of one dimension, a time without its half of the day.
    "incomparable" are different dimensions, and different currencies.
    """
    return min(
        (_compare(x, y) for x in _list_readings(a) for y in _list_readings(b)), key=_ORDER.index
    )


def _list_readings(one: Quantity) -> Iterator[Quantity]:
    """What a quantity may mean: itself, and degrees in two scales."""
    yield one
    if one.unit == "degree":
        yield replace(one, unit="°F")


def same_minute(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are one time on the dial, twelve hours aside."""
    left, right = _read_as_clock(a), _read_as_clock(b)
    return bool(left and right and (left.anchor - right.anchor) % _HALF_DAY == 0)


def _compare(a: Quantity, b: Quantity) -> Relation:
    kinds = {a.unit, b.unit}
    if CLOCK in kinds:
        return _compare_clocks(a, b)
    if YEAR in kinds:
        return _compare_years(a, b)
    if units.dimension(a.unit) != units.dimension(b.unit):
        return "incomparable"
    alike = a.bound == b.bound and a.approximate == b.approximate
    if alike and _convert_ends(a) == _convert_ends(b):
        return "equal"
    return "compatible" if _do_overlap(a, b) else "different"


def _convert_ends(one: Quantity) -> tuple[Decimal | None, Decimal | None]:
    """The limits in the base unit."""
    low, high = (
        None if value is None else units.convert(value, one.unit) for value in (one.low, one.high)
    )
    return low, high


def _do_overlap(a: Quantity, b: Quantity) -> bool:
    """Whether the intervals meet once the coarser of two was allowed its rounding."""
    slack = _measure_slack(a, b) + _measure_slack(b, a)
    (low_a, high_a), (low_b, high_b) = _convert_ends(a), _convert_ends(b)
    gaps = [
        low - high
        for low, high in ((low_a, high_b), (low_b, high_a))
        if low is not None and high is not None
    ]
    gap = max(gaps, default=Decimal(-1))
    return gap <= 0 or (gap <= slack if a.approximate or b.approximate else gap < slack)


def _measure_slack(one: Quantity, other: Quantity) -> Decimal:
    """How far the value may be from what was rounded to it, in base units."""
    value = abs(one.anchor)
    converted = one.unit != other.unit
    if not (one.approximate or converted) and one.step <= other.step:
        return Decimal(0)
    slack = min(one.step / 2, value * (_OTHER_UNIT if converted else _ROUND))
    if one.approximate:
        slack = max(slack, value * (ABOUT if value >= _FEW else _ABOUT_FEW))
    return slack * units.size(one.unit)


def _compare_clocks(a: Quantity, b: Quantity) -> Relation:
    left, right = _read_as_clock(a), _read_as_clock(b)
    if left is None or right is None:
        return "incomparable"
    around = _HALF_DAY if left.either or right.either else _DAY
    apart = abs(left.anchor - right.anchor) % around
    if apart == 0:
        alike = left.either == right.either and left.approximate == right.approximate
        return "equal" if alike else "compatible"
    rough = left.approximate or right.approximate
    return "compatible" if rough and min(apart, around - apart) <= _ABOUT_MINUTES else "different"


def _read_as_clock(one: Quantity) -> Quantity | None:
    """A clock time, or a bare "7.30" that may be one."""
    if one.unit == CLOCK:
        return one
    match = _AS_CLOCK.fullmatch(one.text) if not one.unit and not one.base else None
    if not match:
        return None
    hour, minute = int(match["hour"]), int(match["minute"])
    either = 0 < hour <= 12 and match["hour"][0] != "0"
    value = Decimal((hour % 12 if either else hour) * 60 + minute)
    return replace(one, low=value, high=value, unit=CLOCK, either=either)


def _compare_years(a: Quantity, b: Quantity) -> Relation:
    if {a.unit, b.unit} - {YEAR, ""} or a.base or b.base:
        return "incomparable"
    if (a.low, a.high) == (b.low, b.high):
        return "equal"
    return "compatible" if _do_overlap(a, b) else "different"
