"""Text goes in; quantities with unit, bound and what they count come out, and whether two agree.

Dates, years, clock times, ordinals and names that hold digits are no quantities.
`figures` and `missing_figures`, the plain numbers of a text, are offered here too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from factcheck.text import units
from factcheck.text.dates import CLOCK, CLOCK_WORDS, DATES
from factcheck.text.figures import figures, missing_figures
from factcheck.text.numerals import Numeral, numerals
from factcheck.text.words import STOP, bag, listed, stem, straight

__all__ = ["Quantity", "comparable", "compatible", "figures", "missing_figures", "quantities"]

Bound = Literal["exact", "about", "at least", "at most", "more than", "less than", "between"]

_BEFORE: tuple[tuple[Bound, str], ...] = (
    ("at least", r"at least|no fewer than|no less than|not less than|a minimum of|minimum"),
    ("at most", r"at most|up to|no more than|not more than|as many as|as much as|a maximum of"),
    ("more than", r"more than|over|above|upwards of|in excess of|exceeding|greater than|beyond|>"),
    ("less than", r"less than|fewer than|under|below|<"),
    (
        "about",
        (
            r"about|around|some|roughly|approximately|approx\.?|circa|an estimated|estimated|nearly"
            r"|almost|close to|an average of|in the region of|~"
        ),
    ),
)
_BOUNDS = tuple(
    (bound, re.compile(rf"(?<!\w)(?:{form})\s*$", re.IGNORECASE)) for bound, form in _BEFORE
)
_AFTERWARDS: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("at least", re.compile(r"\s?\+|[ -]plus\b| or (?:more|above|over)\b", re.IGNORECASE)),
    ("at most", re.compile(r" or (?:fewer|less|under|below)\b", re.IGNORECASE)),
    ("about", re.compile(r"-odd\b| or so\b", re.IGNORECASE)),
)
_RANGE = re.compile(r"(?P<km>[ -]?[a-z%]{1,10})?(?:\s?-\s?| to | or )[$€£]?", re.IGNORECASE)
_BETWEEN = re.compile(r"[ -]?(?:[a-z%]{1,10} )?and [$€£]?", re.IGNORECASE)
_ONLY_UNIT = re.compile(r"(?:\s|-)?[a-z%]{0,10}\s?$", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|until|till|by|from|to|of|the|early|late|mid|through|before|after|year|and)"
    r"[ -]$|[(/-]$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?:Article|Chapter|Flight|Channel|Section|Page|Phase|Route|Highway|Title|Boeing|Airbus"
    r"|Apollo|Resolution|[Nn]umber|No\.?|Nos\.|Room|Formula|Type|Mark|Unit|Reactor|Day"
    r"|World War)\s$",
)
_DIGIT = re.compile(r"\d")
_MINUS = re.compile(r"\bminus $|(?:^|\s)-$", re.IGNORECASE)
_ORDINAL_OR_SCORE = re.compile(
    r"\b\d+(?:/\d+)+\b|\b\d+(?:st|nd|rd|th)\b"
    r"|\b\d+(?:-| to )\d+(?=[ -](?:vote|decision|ruling|win|lead|victory|loss|majority|defeat)\b)",
    re.IGNORECASE,
)
# "3-1", ".22", "555-0101", "10-by-12"; "12 Elm Road".
_GLUED_BEFORE = re.compile(r"(?:\w-|\.)$")
_GLUED_AFTER = re.compile(r"-(?:\d|by-)")
_STREET = re.compile(
    r" (?:[NSEW]\. )?(?:[A-Z]\w+ ){1,3}(?:St|Street|Ave|Avenue|Blvd|Road|Rd|Lane)\b"
)
_COUNTED = re.compile(r"[ -](?P<word>[^\W\d_]+)")
_SKIPPED = listed("of more other others additional further new least")
_PLURALS = listed("people men women children police troops dead wounded injured aircraft")


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount that a text states, as the interval that it allows.

    `low` and `high` are in `unit` (None: no limit on that side); `unit` is a symbol
    such as "km", "USD", "%", "people", or "" for a plain count. `text` is the phrase
    and `start`, `end` its place. `counts` is the stem of the noun that a plain count
    counts, "" if none. `step` is the unit of the last digit as it was written.
    """

    low: Decimal | None
    high: Decimal | None
    unit: str
    bound: Bound
    text: str
    start: int
    end: int
    counts: str = ""
    step: Decimal = Decimal(1)


def quantities(text: str, language: str = "en") -> tuple[Quantity, ...]:
    """The quantities of a text, in order; ranges are one quantity.

    Scores ("3-1"), parts of compounds ("half-brother", "mid-40s"), telephone and house
    numbers measure and count nothing.
    """
    flat = straight(text)
    masked = _mask(flat)
    found: list[Quantity] = []
    numbers = [n for n in numerals(masked, language) if not _is_name_or_year(flat, n)]
    at = 0
    while at < len(numbers):
        last = at + 1 if _is_range(flat, numbers[at : at + 2]) else at
        one = _quantity(text, flat, numbers[at], numbers[last], language)
        if not _is_code(flat, one, scaled=numbers[last].scale > 1):
            found.append(one)
        at = last + 1
    return tuple(found)


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether both measure alike: convertible units, and the same thing counted where told."""
    same_unit = units.base(a.unit) == units.base(b.unit)
    return same_unit and (not a.counts or not b.counts or a.counts == b.counts)


def compatible(a: Quantity, b: Quantity) -> bool:
    """Whether both may hold of one thing: convertible units and overlapping intervals.

    The coarser one may have been rounded: half of its last written digit is allowed
    for, for round integers at most 5 %, for "about" 10 %. Bounds are intervals: "at
    least 10" agrees with 12.
    """
    if units.base(a.unit) != units.base(b.unit):
        return False
    alike = a.unit == b.unit and "about" not in (a.bound, b.bound)
    low_a, high_a = _interval(a, Decimal(0) if alike and a.step <= b.step else _slack(a))
    low_b, high_b = _interval(b, Decimal(0) if alike and b.step <= a.step else _slack(b))
    return _below(low_a, high_b) and _below(low_b, high_a)


def _below(low: Decimal | None, high: Decimal | None) -> bool:
    return low is None or high is None or low <= high


def _interval(quantity: Quantity, slack: Decimal) -> tuple[Decimal | None, Decimal | None]:
    low, high = quantity.low, quantity.high
    return (
        None if low is None else units.convert(low - slack, quantity.unit),
        None if high is None else units.convert(high + slack, quantity.unit),
    )


def _slack(quantity: Quantity) -> Decimal:
    value = abs(next(v for v in (quantity.low, quantity.high, Decimal(0)) if v is not None))
    rounding = quantity.step / 2
    # "300" may stand for 312; "36 billion" for 36.4, where the scale says that it is rounded.
    if 100 <= value < 10**6:
        rounding = min(rounding, value / 20)
    return max(rounding, value / 10) if quantity.bound == "about" else rounding


def _mask(flat: str) -> str:
    """The text with its times, dates, ordinals and scores blotted out."""
    if not (_DIGIT.search(flat) or CLOCK_WORDS.intersection(bag(flat))):
        return flat
    for pattern in (CLOCK, *DATES, _ORDINAL_OR_SCORE):
        flat = pattern.sub(lambda match: "#" * len(match[0]), flat)
    return flat


def _is_name_or_year(flat: str, number: Numeral) -> bool:
    before, after = flat[: number.start], flat[number.end :]
    if number.bare and _NUMBERED.search(before):
        return True
    if not (number.bare and 1800 <= number.value <= 2100 and number.end - number.start == 4):
        return False
    if units.BEFORE.search(before) or units.AFTER.match(after) or _bound(before)[0] != "exact":
        return bool(re.match(r"s\b", after))
    return bool(_YEAR_BEFORE.search(before)) or not _counted(after, "en").endswith("s")


def _is_range(flat: str, pair: Sequence[Numeral]) -> bool:
    if len(pair) < 2 or pair[0].vague or pair[1].vague:
        return False
    first, second = pair
    between = flat[first.end : second.start]
    before = flat[: first.start].rstrip(" $€£")
    if _BETWEEN.fullmatch(between):
        linked = before.lower().endswith("between")
    else:
        linked = bool(_RANGE.fullmatch(between)) and not (
            " to " in between and before.lower().endswith(" from")
        )
    return linked and (first.value < second.value)


def _is_code(flat: str, one: Quantity, *, scaled: bool) -> bool:
    """Whether a number is part of a score, a compound, an address or another code."""
    before, after = flat[: one.start], flat[one.end :]
    if one.bound == "between" and not one.unit and not scaled:
        return "-" in flat[one.start : one.end] and not _is_plural(_counted(after, "en"))
    if one.text.lower() == "half" and after[:1] == "-":
        return True
    glued = _GLUED_BEFORE.search(before) or _GLUED_AFTER.match(after)
    return bool(glued or _STREET.match(after))


def _is_plural(word: str) -> bool:
    return word in _PLURALS or re.search(r"[^sui]s$|ies$", word) is not None


def _quantity(text: str, flat: str, first: Numeral, last: Numeral, language: str) -> Quantity:
    start, end = first.start, last.end
    unit = ""
    if match := units.BEFORE.search(flat[:start]):
        unit, start = units.NAMES[match["unit"].lower()], match.start()
    if match := units.AFTER.match(flat, end):
        unit, end = unit or units.NAMES[match["unit"].lower()], match.end()
    counted = "people" if unit == "people" else "" if unit else _counted(flat[end:], language)
    minus = _MINUS.search(flat[:start])
    sign, start = (-1, minus.start()) if minus else (1, start)
    bound, start = _bound(flat[:start])
    for later, pattern in _AFTERWARDS:
        if bound == "exact" and (match := pattern.match(flat, end)):
            bound, end = later, match.end()
    quantity = Quantity(
        low=sign * first.value,
        high=sign * last.value,
        unit=unit,
        bound=bound,
        text=text[start:end],
        start=start,
        end=end,
        counts=stem(counted.lower(), language[:2]) if counted else "",
        step=last.step,
    )
    return _bounded(quantity, first, last)


def _bounded(quantity: Quantity, first: Numeral, last: Numeral) -> Quantity:
    """The quantity with the limits that its bound leaves open."""
    if first is not last:
        # "12-14 million": the scale is said once.
        once = first.scale == 1 and first.value * last.scale < last.value
        low = first.value * last.scale if once else first.value
        return replace(quantity, low=low, bound="between")
    if first.vague:
        return replace(quantity, high=None, bound="at least")
    if quantity.bound in ("at least", "more than"):
        return replace(quantity, high=None)
    if quantity.bound in ("at most", "less than"):
        return replace(quantity, low=None)
    return quantity


def _bound(before: str) -> tuple[Bound, int]:
    """The bound that stands right before a number, and where its phrase begins."""
    for bound, pattern in _BOUNDS:
        if match := pattern.search(before, max(0, len(before) - 24)):
            return bound, match.start()
    return "exact", len(before)


def _counted(after: str, language: str) -> str:
    """The noun that follows a number: the first plural among four words, else the first word."""
    said: list[str] = []
    at = 0
    while len(said) < 4 and (match := _COUNTED.match(after, at)):
        word = match["word"].lower()
        at = match.end()
        if word in _SKIPPED and not said:
            continue
        if word in STOP and language[:2] == "en":
            break
        said.append(word)
    plural = (w for w in said if _is_plural(w))
    return next(plural, said[0] if said else "")
