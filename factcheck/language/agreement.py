"""Compare two quantities, and find the numbers of a claim that its evidence lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from factcheck.language import units
from factcheck.language.numerals import WORD_VALUES
from factcheck.language.quantities import CLOCK, DATE, ORDINAL, TIMES, YEAR, Quantity, quantities
from factcheck.text.words import straight

Relation = Literal["equal", "compatible", "different", "incomparable"]

# "One" is mostly a pronoun.
_NUMBER_VALUES = {word: n for word, n in WORD_VALUES.items() if n > 1}
_LONGEST = 24
_ORDER: tuple[Relation, ...] = ("equal", "compatible", "different", "incomparable")
_DAY, _HALF_DAY, _ABOUT_MINUTES = 24 * 60, 12 * 60, 15
_AS_CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)")
# What a round number may hide, as a share of it: "300" for 312, "about 1,200" for 1,187,
# "six miles" for 10 km.
_ROUND, _ABOUT, _FEW, _OTHER_UNIT = (Decimal(n) / 100 for n in (5, 10, 15, 8))


def compare(a: Quantity, b: Quantity) -> Relation:
    """How two quantities go together; what they count is left to the caller.

    "compatible" is what a reader would print either way: roundings, bounds that fit,
    overlapping ranges, units of one dimension, a time without its half of the day.
    "incomparable" are different dimensions, and different currencies unless a text
    converts one into the other itself.
    """
    return min(
        (_compare(x, y) for x in (a, a.also) if x for y in (b, b.also) if y), key=_ORDER.index
    )


def _compare(a: Quantity, b: Quantity) -> Relation:
    if CLOCK in (a.unit, b.unit):
        return _clocks(a, b)
    if {a.unit, b.unit} & {DATE, ORDINAL} and a.unit != b.unit:
        return "incomparable"
    if YEAR in (a.unit, b.unit):
        return _years(a, b)
    if a.unit in TIMES:
        return "equal" if a.low == b.low else "different"
    if units.dimension(a.unit) != units.dimension(b.unit):
        return "incomparable"
    same = all(
        (x is None) == (y is None) and (x is None or y is None or _worth(x, a) == _worth(y, b))
        for x, y in ((a.low, b.low), (a.high, b.high))
    )
    if same and a.bound == b.bound and a.approximate == b.approximate:
        return "equal"
    return "compatible" if _overlap(a, b) else "different"


def _worth(value: Decimal, one: Quantity) -> Decimal:
    return units.convert(value, one.unit)


def _overlap(a: Quantity, b: Quantity) -> bool:
    """Whether the intervals meet once the coarser of two was allowed its rounding."""
    slack = _slack(a, b) + _slack(b, a)
    lows = [None if q.low is None else _worth(q.low, q) for q in (a, b)]
    highs = [None if q.high is None else _worth(q.high, q) for q in (a, b)]
    gaps = [
        low - high
        for low, high in ((lows[0], highs[1]), (lows[1], highs[0]))
        if low is not None and high is not None
    ]
    gap = max(gaps, default=Decimal(-1))
    return gap <= 0 or (gap <= slack if a.approximate or b.approximate else gap < slack)


def _slack(one: Quantity, other: Quantity) -> Decimal:
    """How far the value may be from what was rounded to it, in base units."""
    value = abs(one.anchor)
    converted = one.unit != other.unit
    if not (one.approximate or converted) and one.step <= other.step:
        return Decimal(0)
    share = _OTHER_UNIT if converted else _ROUND
    slack = min(one.step / 2, value * share)
    if one.approximate:
        slack = max(slack, value * (_ABOUT if value >= 20 else _FEW))
    return slack * units.size(one.unit)


def _clocks(a: Quantity, b: Quantity) -> Relation:
    left, right = _as_clock(a), _as_clock(b)
    if left is None or right is None:
        return "incomparable"
    either = left.either or right.either
    apart = abs(left.anchor - right.anchor) % (_HALF_DAY if either else _DAY)
    apart = min(apart, (_HALF_DAY if either else _DAY) - apart)
    if apart == 0:
        alike = left.either == right.either and left.approximate == right.approximate
        return "equal" if alike else "compatible"
    rough = left.approximate or right.approximate
    return "compatible" if rough and apart <= _ABOUT_MINUTES else "different"


def _as_clock(one: Quantity) -> Quantity | None:
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


def _years(a: Quantity, b: Quantity) -> Relation:
    if {a.unit, b.unit} - {YEAR, ""} or a.base or b.base:
        return "incomparable"
    if (a.low, a.high) == (b.low, b.high):
        return "equal"
    low = max(q.low or Decimal(0) for q in (a, b))
    high = min(q.high if q.high is not None else Decimal(9999) for q in (a, b))
    return "compatible" if low <= high else "different"


# What a word of the evidence says about a number without being one, by number.
_IMPLIED = {
    0: "no none nobody nothing zero never without aucun aucune personne kein keine keinen niemand"
    " nadie ningún ninguna ninguno",
    2: "both pair pairs couple twin twins duo double doubled twice neither either second deux double"
    " doublé jumeaux beide beiden zweimal doppelt verdoppelt ambos ambas doble ii",
    3: "trio triple tripled thrice third triplé troisième dritte dritten dreimal tercer tercero"
    " tercera iii",
    4: "quadruple quadrupled fourfold",
    10: "decade décennie jahrzehnt década",
    14: "fortnight quinzaine",
    50: "half halved moitié demi hälfte halb halbe mitad medio media",
    100: "century centuries siècle jahrhundert siglo",
}
_WORDS = {word: n for n, words in _IMPLIED.items() for word in words.split()}
# "A week" is seven days to whoever counts days.
_SPANS = {
    ("day", 7): "week", ("day", 14): "fortnight", ("month", 12): "year", ("hour", 24): "day",
    ("year", 10): "decade", ("year", 100): "century", ("minute", 60): "hour",
}  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]+")
_SCORE = re.compile(r"(?<![\d-])\d{1,3}(?:-\d{1,3})+(?![\d-])")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
# A conversion that prints as many digits as what it converts: 800 metres, half a mile.
_CONVERTED = Decimal("0.015")


def missing_numbers(
    text: str,
    evidence: str,
    language: str = "en",
    evidence_language: str = "en",
    context: str = "",
) -> tuple[str, ...]:
    """The numbers of a claim, as it writes them, for which the evidence has none that fits.

    Leaning to silence: a number that is equal, or that rounds one of the evidence,
    fits, and so does what the words of the evidence imply ("both", "half", "a decade
    later"). A number that is more precise than that of the evidence does not.

    `context`, the rest of the article, may lend a number that says which thing is meant
    ("the May 9 parade", "Gate 9"), but none in the place of another that the evidence has.
    """
    held = _held(evidence, evidence_language[:2].lower())
    claimed = quantities(text, language)
    missing = [one for one in claimed if not held.fits(one)]
    loose = [said for said in _loose(text, claimed) if not held.spells(said)]
    if context and (missing or loose):
        around = _held(context, evidence_language[:2].lower())
        missing = [one for one in missing if held.rivals(one, claimed) or not around.fits(one)]
        loose = [said for said in loose if held.rival_score(said) or not around.spells(said)]
    return tuple(dict.fromkeys([one.text for one in missing] + loose))


def _loose(text: str, claimed: Iterable[Quantity]) -> list[str]:
    """What a claim writes in numbers without stating an amount: scores, "Gate 9", "gate two"."""
    flat = straight(text)
    free = bytearray(b"\1" * len(flat))
    for one in claimed:
        free[one.start : one.end] = bytes(one.end - one.start)
    found = []
    for pattern in (_SCORE, _DIGITS):
        for match in pattern.finditer(flat):
            if free[match.start()]:
                found.append(match[0])
                free[match.start() : match.end()] = bytes(len(match[0]))
    for match in _LETTERS.finditer(flat):
        if free[match.start()] and match[0].lower() in _NUMBER_VALUES:
            found.append(match[0])
    return found


class _Held:
    """What the evidence holds: its quantities, the numbers it implies, the digits it spells."""

    def __init__(self, evidence: str, language: str) -> None:
        # Each number once: a long article repeats them.
        found = {_key(one): replace(one, also=None) for one in quantities(evidence, language)}
        self.quantities = tuple(found.values())
        flat = straight(evidence)
        self.digits = frozenset(_DIGITS.findall(flat))
        self.scores = frozenset(_SCORE.findall(flat))
        self.words = frozenset(word.lower() for word in _LETTERS.findall(flat))
        self.implied = frozenset(_WORDS[word] for word in self.words if word in _WORDS)
        self.plain = frozenset(
            abs(value)
            for one in self.quantities
            if one.unit in ("", ORDINAL)
            for value in (one.low, one.high)
            if value is not None
        )
        self.spans = frozenset(int(q.anchor) for q in self.quantities if q.unit == "year")
        self.years = frozenset(int(q.anchor) for q in self.quantities if q.unit == YEAR)

    def fits(self, one: Quantity) -> bool:
        """Whether the evidence bears out a number of the claim."""
        if one.bound == "between" and one.unit != YEAR:
            ends = (replace(one, low=v, high=v, bound="exact") for v in (one.low, one.high))
            return all(self.fits(end) for end in ends)
        value = one.anchor
        if not one.unit and value == 1:
            return True
        if any(_fits(one, other) for other in self.quantities):
            return True
        if one.unit == CLOCK:
            return value % 60 == 0 and bool({value / 60, value / 60 % 12 or 12} & self.plain)
        if one.unit == DATE:
            return any(q.unit == ORDINAL and q.anchor == value % 100 for q in self.quantities)
        if one.unit == YEAR:
            return one.low == one.high and self._year(int(value))
        if one.unit == ORDINAL and value < 3:
            return True
        if _SPANS.get((one.unit, int(value) if value < 1000 else 0)) in self.words:
            return True
        return abs(value) in self.plain or (not one.scaled and abs(value) in self.implied)

    def _year(self, year: int) -> bool:
        """Whether a year is told as "38 years" before or after another one, or as a number."""
        told = any(abs(year - other) in self.spans for other in self.years)
        return told or str(year) in self.digits

    def rivals(self, one: Quantity, claimed: Iterable[Quantity]) -> bool:
        """Whether the evidence has a number of that kind that the claim leaves out."""
        used = {(q.unit, q.anchor) for q in claimed}
        kind = TIMES if one.unit in TIMES else frozenset((units.dimension(one.unit),))
        return any(
            (q.unit if q.unit in TIMES else units.dimension(q.unit)) in kind
            and (q.unit == one.unit or one.unit not in TIMES)
            and (q.unit, q.anchor) not in used
            and (not one.base or not q.base or one.base == q.base or one.unit != "")
            for q in self.quantities
        )

    def rival_score(self, said: str) -> bool:
        """Whether it is a score, and the evidence has another."""
        return "-" in said and bool(self.scores)

    def spells(self, said: str) -> bool:
        """Whether what is no amount, as in a score or "Gate 9", stands in the evidence too."""
        if "-" in said:
            parts = said.split("-")
            if self.scores:
                return said in self.scores or "-".join(reversed(parts)) in self.scores
            return all(self.spells(part) for part in parts)
        low = said.lower()
        if low in self.digits or low in self.words or len(said) > _LONGEST:
            return low in self.digits or low in self.words
        value = _NUMBER_VALUES.get(low) if not said.isdigit() else int(said)
        return value is not None and (
            value in self.plain or (value > 0 and value in self.implied) or str(value) in self.digits
        )


@lru_cache(maxsize=512)
def _held(evidence: str, language: str) -> _Held:
    return _Held(evidence, language)


def _key(one: Quantity) -> tuple[object, ...]:
    return one.low, one.high, one.unit, one.bound, one.either, one.step


def _fits(claim: Quantity, other: Quantity) -> bool:
    """Whether a number of the evidence bears out one of a claim, which may be rounder."""
    relation = compare(replace(claim, also=None), other)
    if relation == "equal" or other.bound == "between" and claim.low in (other.low, other.high):
        return relation != "incomparable"
    if relation in ("different", "incomparable"):
        return False
    if claim.unit == CLOCK or other.unit == CLOCK:
        return _fits_clock(claim, other)
    if claim.unit == YEAR:
        return claim.low == other.low or _contains(claim, other)
    if claim.unit in TIMES or {claim.low, claim.high} - {None} <= {other.low, other.high}:
        return True
    value, near = (units.convert(abs(q.anchor), q.unit) for q in (claim, other))
    step, finer = (q.step * units.size(q.unit) for q in (claim, other))
    if claim.unit != other.unit and abs(value - near) <= near * _CONVERTED:
        return True
    if step < finer or (step == finer and claim.unit == other.unit):
        return False
    return abs(value - near) <= max(near * _ABOUT, step / 2)


def _fits_clock(claim: Quantity, other: Quantity) -> bool:
    """Whether a claim tells a time as it was told, or more roughly."""
    left, right = _as_clock(claim), _as_clock(other)
    if left is None or right is None or (left.anchor - right.anchor) % _HALF_DAY == 0:
        return left is not None and right is not None
    return left.approximate and left.anchor % 5 == 0


def _contains(claim: Quantity, other: Quantity) -> bool:
    if None in (claim.low, claim.high, other.low, other.high):
        return False
    return bool(claim.low <= other.low and other.high <= claim.high)  # type: ignore[operator]
