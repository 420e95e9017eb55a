"""Find the amounts, times, dates and ordinals that a text states, as intervals with units.

The one notion of number in this program. What two of them have to do with each other is
said by `compare` in `factcheck.language.agreement`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

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
    find_counted_noun,
    is_plural,
)
from factcheck.language.calendar import blot, clocks, dates
from factcheck.language.numerals import Numeral, numerals
from factcheck.language.words import straight

__all__ = ["CLOCK", "DATE", "ORDINAL", "TIMES", "YEAR", "Quantity", "numbers_in", "quantities"]

_SEASON = re.compile(r"\b(?P<year>(?:19|20)\d\d)[-/]\d\d(?![\d-])")
_RANGE = re.compile(
    r"(?:[ -]?[^\W\d_%]{1,10}|%)?(?: - |-\s?| to | or | à | ou | bis | oder | a | o )[$€£]?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:[ -]?[^\W\d_]{1,10})? (?:and|et|und|y) [$€£]?", re.IGNORECASE)
_BETWEEN_WORD = re.compile(r"\b(?:between|entre|zwischen)\s*[$€£]?$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|de|von|vom)\s*[$€£]?$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:article|chapter|flight|channel|section|page|phase|route|highway|title|boeing|airbus"
    r"|apollo|resolution|number|numéro|nummer|número|no\.?|nos\.|n°|nr\.|room|formula|type|mark|unit"
    r"|reactor|gate|platform|pier|berth|terminal|porte|tor|puerta|canal|kanal|gleis|quai|schacht"
    r"|(?-i:Day|Hall|Dock|Bay|Line|Radio|Group|Sector|Zone|Block|Pump|Furnace|Tower|Bus|Tram|Lock"
    r"|Windows|Agenda|Area|Level|Category|Covid|Studio|Station|World War)"
    r")[ -]$",
    re.IGNORECASE,
)
# "3-1", "555-0101", "10-by-12", "24/7"; "a 5-4 ruling".
_SCORE = re.compile(
    r"(?<!\d)\d+(?:/\d+)+\b|(?<![\d.])\.\d+\b"
    r"|\b\d+(?:-| to )\d+(?=[ -](?:vote|decision|ruling|win|lead|victory|loss|majority|defeat)\b)",
    re.IGNORECASE,
)
_STREET = re.compile(
    r" (?:[NSEW]\. )?(?:[A-Z]\w+ ){1,3}(?:St|Street|Ave|Avenue|Blvd|Road|Rd|Lane)\b"
)
_GLUED_BEFORE = re.compile(r"\w-$")
_GLUED_AFTER = re.compile(r"-(?:\d|by-)")
_WINDOW = 40
_CENT, _LEAST_CENTS = Decimal("0.01"), 5


@lru_cache(maxsize=65_536)
def quantities(text: str, language: str = "en") -> tuple[Quantity, ...]:
    """The quantities of a text, in order; a range is one quantity.

    `language` is an ISO 639-1 code; it decides over the decimal sign, number words, the
    names of months and the ways to tell the time. Numbers that say which one is meant
    ("Gate 9", "G7"), scores and telephone numbers are left out.
    """
    flat = straight(text)
    found = _find_times(text, flat, language)
    masked = _mask(flat, found)
    numbers = [n for n in numerals(masked, language) if not _is_in_name(masked, n)]
    reader = AmountReader(text, masked, language)
    at = 0
    while at < len(numbers):
        used = 2 if _is_range(masked, numbers[at : at + 2]) else 1
        if used == 2 or not _is_glued(masked, numbers[at]):
            found.append(reader.read(numbers[at], numbers[at + used - 1]))
        at += used
    return tuple(_join_cents(sorted(found, key=lambda q: q.start), text))


def _join_cents(found: Sequence[Quantity], text: str) -> Iterator[Quantity]:
    """The quantities, with what is paid in two of them as one: "one euro sixty"."""
    waiting: Quantity | None = None
    for one in found:
        if waiting and _are_money(waiting, one) and text[waiting.end : one.start] == " ":
            paid = waiting.anchor + one.anchor / 100
            said = text[waiting.start : one.end]
            waiting = replace(waiting, low=paid, high=paid, text=said, end=one.end, step=_CENT)
            continue
        if waiting:
            yield waiting
        waiting = one
    if waiting:
        yield waiting


def _are_money(whole: Quantity, cents: Quantity) -> bool:
    """Whether a sum without cents and a number below a hundred make one sum."""
    currency = len(whole.unit) == 3 and whole.unit.isupper()
    exact = whole.low == whole.high and cents.low == cents.high
    bare = not (cents.unit or cents.base) and _LEAST_CENTS <= cents.anchor < 100
    return currency and exact and bare and whole.step == 1


def numbers_in(text: str, language: str = "en") -> frozenset[str]:
    """The numbers of a text as plain strings, for sets: equal strings are equal numbers.

    Decimals ("1200", "0.5"), clock times "HH:MM" or "H:MM" where the half of the day is
    open, and of dates the day and the year. Ordinals and vague plurals are left out.
    """
    found: set[str] = set()
    for one in quantities(text, language):
        vague = one.high is None and one.bound == "at-least" and one.low == one.step > 1
        if one.unit == CLOCK:
            hour, minute = divmod(int(one.anchor), 60)
            found.add(f"{hour}:{minute:02}" if one.either else f"{hour:02}:{minute:02}")
        elif one.unit == DATE:
            found.add(str(int(one.anchor) % 100))
        elif one.unit != ORDINAL and not vague:
            found.update(f"{abs(value).normalize():f}" for value in one.ends)
    return frozenset(found)


def _find_times(text: str, flat: str, language: str) -> list[Quantity]:
    """Times of day and dates; a date gives its day and its year."""
    found = []
    for date in dates(flat, language):
        span = text[date.start : date.end], date.start, date.end
        if date.day:
            value = Decimal(date.month * 100 + date.day)
            found.append(Quantity(value, value, DATE, "exact", *span))
        if date.year:
            found.append(Quantity(Decimal(date.year), Decimal(date.year), YEAR, "exact", *span))
    for season in _SEASON.finditer(blot(flat, ((one.start, one.end) for one in found))):
        year = Decimal(season["year"])
        found.append(Quantity(year, year + 1, YEAR, "between", season[0], *season.span()))
    for clock in clocks(_mask(flat, found), language):
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
    return _SCORE.sub(lambda match: "#" * len(match[0]), flat)


def _is_in_name(flat: str, number: Numeral) -> bool:
    """Whether a number says which one of its kind is meant: "Gate 9", "12 Elm Road"."""
    before = flat[max(0, number.start - _WINDOW) : number.start]
    if (number.bare or number.value <= 20) and _NUMBERED.search(before):
        return True
    return number.digits and _STREET.match(flat, number.end) is not None


def _is_glued(flat: str, number: Numeral) -> bool:
    """Whether digits hang on a hyphen: scores, telephone numbers, "Catch-22"."""
    if not number.bare or number.ordinal or not number.digits:
        return False
    before = _GLUED_BEFORE.search(flat, max(0, number.start - 2), number.start)
    return bool(before or _GLUED_AFTER.match(flat, number.end))


def _is_range(flat: str, pair: Sequence[Numeral]) -> bool:
    """Whether two numerals are the ends of a range: "12 to 14 boats", "between 12 and 14"."""
    if len(pair) < 2 or any(n.vague or n.ordinal or n.share for n in pair):
        return False
    first, second = pair
    if second.start - first.end > 20 or first.value >= second.value:
        return False
    between = flat[first.end : second.start]
    before = flat[max(0, first.start - 12) : first.start]
    if _BETWEEN.fullmatch(between):
        return bool(_BETWEEN_WORD.search(before))
    like_score = between.strip() == "-" and first.bare and second.bare
    if like_score and not _counts_something(flat, second):
        return False
    return bool(_RANGE.fullmatch(between)) and not ("-" not in between and _FROM.search(before))


def _counts_something(flat: str, second: Numeral) -> bool:
    """Whether "12-14" counts something: scores do not."""
    word = find_counted_noun(flat, second.end, "")
    return bool(units.after(flat, second.end)) or is_plural(word)
