"""A quantity, made of one numeral or of a range of two, with its unit, bound and noun."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from factcheck.language import units
from factcheck.language.numerals import Numeral
from factcheck.language.words import STOP, split_table, stem

Bound = Literal["exact", "about", "at-least", "at-most", "more-than", "less-than", "between"]

# Units of what is no amount. A clock time is in minutes since midnight, a date is
# 100 times its month plus its day.
CLOCK, DATE, YEAR, ORDINAL = "o'clock", "date", "calendar year", "ordinal"
TIMES = frozenset((CLOCK, DATE, YEAR, ORDINAL))

# Phrases that may stand right before a number, as patterns with "_" for a space.
_PHRASES: tuple[tuple[Bound, str], ...] = (
    (
        "about",
        r"""about around some roughly approximately approx\.? circa (?:an_)?estimated nearly almost
        close_to an_average_of in_the_region_of just_over just_under ~
        (?:shortly|just|soon|a_little)_(?:after|before)
        environ près_de quelque autour_de presque peu_(?:après|avant) vers
        rund etwa ungefähr knapp fast gut ca\. zirka kurz_(?:nach|vor) gegen
        unos unas alrededor_de cerca_de casi aproximadamente (?:hacia|sobre)(?:_las?)?""",
    ),
    ("less-than", "less_than fewer_than under below < moins_de weniger_als unter menos_de"),
    (
        "more-than",
        """more_than over above upwards_of in_excess_of exceeding greater_than beyond >
        plus_de plus_d' mehr_als über más_de""",
    ),
    (
        "at-most",
        """at_most up_to no_more_than not_more_than as_many_as as_much_as a_maximum_of
        au_plus jusqu'à höchstens maximal bis_zu como_máximo hasta""",
    ),
    (
        "at-least",
        """at_least no_fewer_than no_less_than not_less_than (?:a_)?minimum(?:_of)?
        au_moins pas_moins_de mindestens wenigstens al_menos por_lo_menos como_mínimo""",
    ),
)
_BOUNDS = tuple(
    (
        bound,
        re.compile(
            rf"(?<!\w)(?:{'|'.join(phrases.split()).replace('_', ' ')})\s*$",
            re.IGNORECASE,
        ),
    )
    for bound, phrases in _PHRASES
)
_AFTERWARDS: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("at-least", re.compile(r"\s?\+|[ -]plus\b| or (?:more|above|over)\b", re.IGNORECASE)),
    ("at-most", re.compile(r" or (?:fewer|less|under|below)\b", re.IGNORECASE)),
    ("about", re.compile(r"-odd\b| or so\b", re.IGNORECASE)),
)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|until|till|by|from|to|of|the|early|late|mid|through|before|after|year|and|en"
    r"|depuis|dès|avant|après|l'année|seit|jahre?|bis|ab|desde|hasta|año)[ -]$|[(/-]$",
    re.IGNORECASE,
)
_BEFORE_COUNTS = split_table("the of to and by from")
_MINUS = re.compile(r"\bminus $|(?:^|\s)-$", re.IGNORECASE)
_COUNTED = re.compile(r"[ -](?P<word>[^\W\d_]+)")
_AGED = re.compile(
    r"\b(?:aged?|aged about|age of|boy of|girl of|man of|âgée? de|edad de|im alter von) $",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"[ -](?:people|persons?|personnes?|menschen|personen|personas?)\b", re.IGNORECASE
)
_SKIPPED = split_table("of more other others additional further new least de d des")
_PLURALS = split_table("people men women children police troops dead wounded injured aircraft")
# How far back a phrase before a number is looked for.
_WINDOW = 40
_DECADE = re.compile(r"'?s\b")
_MILLION = Decimal(10**6)
# Of "2.1m" only a length is in metres.
_METRES = re.compile(
    r"-|²|³|\s?(?:tall|high|long|wide|deep|away|below|above|from|off|underwater|apart|thick|stretch"
    r"|sprint|hurdles|freestyle|final|race|relay|dash|pool|gap|drop|fence|wall|radius|mark|waves?"
    r"|depth|crane|yacht|ship|boat|vessel|tower|mast|cordon|exclusion|by)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount that a text states, as the interval that it allows.

    `low` and `high` are in `unit` (None: no limit on that side); `unit` is a symbol such as
    "km", "USD", "%", one of CLOCK, DATE, YEAR, ORDINAL, or "" for a plain count. `text` is
    the phrase and `start`, `end` its place. `base` is the stem of the noun that a count
    counts, "" if none.
    `step` is the unit of the last digit that was not rounded away. `either` tells that a
    clock time may be twelve hours later.
    """

    low: Decimal | None
    high: Decimal | None
    unit: str
    bound: Bound
    text: str
    start: int
    end: int
    approximate: bool = False
    base: str = ""
    step: Decimal = Decimal(1)
    scaled: bool = False
    either: bool = False

    @property
    def ends(self) -> tuple[Decimal, ...]:
        """The limits that it has, the lower first."""
        return tuple(value for value in (self.low, self.high) if value is not None)

    @property
    def anchor(self) -> Decimal:
        """The number that is written, whatever its bound; of a range the lower end."""
        return self.ends[0]


class AmountReader:
    """Makes quantities of the numerals of one text."""

    def __init__(self, text: str, flat: str, language: str) -> None:
        self.text, self.flat, self.language = text, flat, language[:2].lower()

    def read(self, first: Numeral, last: Numeral) -> Quantity:
        """The quantity of one numeral, or of a range of two."""
        if first.ordinal:
            span = self.text[first.start : last.end], first.start, last.end
            return Quantity(first.value, first.value, ORDINAL, "exact", *span)
        first, last = self._read_million(first, last)
        unit, start, end = self._find_unit(first, last)
        if not unit:
            if year := self._year(first, last):
                return year
            if _AGED.search(self.flat, max(0, start - 16), start):
                unit = "year"
        return self._amount(first, last, unit, (start, end))

    def _read_million(self, first: Numeral, last: Numeral) -> tuple[Numeral, Numeral]:
        """The numerals, with an m behind them as their scale unless it is of a length."""
        flat, end = self.flat, last.end + 1
        short = last.digits and not last.scaled and last.value < 1000
        if not short or units.after(flat, last.end, self.language) != ("m", end):
            return first, last
        if _METRES.match(flat, end) and not units.before(flat, first.start):
            return first, last
        value, step = last.value * _MILLION, last.step * _MILLION
        scaled = replace(last, end=end, value=value, step=step, scale=_MILLION, bare=False)
        return (scaled if first is last else first), scaled

    def _find_unit(self, first: Numeral, last: Numeral) -> tuple[str, int, int]:
        """The unit before or behind a number, and the place of both."""
        unit, start, end = "", first.start, last.end
        if first.share:
            return "%", start, end
        if ahead := units.before(self.flat, start):
            unit, start = ahead
        if behind := units.after(self.flat, end, self.language):
            unit, end = unit or behind[0], behind[1]
        return unit, start, end

    def _amount(self, first: Numeral, last: Numeral, unit: str, span: tuple[int, int]) -> Quantity:
        start, end = span
        counted = "" if unit else find_counted_noun(self.flat, end, self.language)
        bound, start = find_bound_before(self.flat, start)
        for later, pattern in _AFTERWARDS:
            if bound == "exact" and (match := pattern.match(self.flat, end)):
                bound, end = later, match.end()
        if not unit and (people := _PEOPLE.match(self.flat, end)):
            end, counted = people.end(), "people"
        quantity = Quantity(
            low=first.value,
            high=last.value,
            unit=unit,
            bound=bound,
            text=self.text[start:end],
            start=start,
            end=end,
            approximate=bound == "about" or first.rough,
            base="people" if counted == "people" else stem(counted, self.language),
            step=last.step,
            scaled=last.scaled,
        )
        return self._apply_bound(quantity, first, last)

    def _apply_bound(self, one: Quantity, first: Numeral, last: Numeral) -> Quantity:
        """The quantity with the limits that its bound leaves open, and its sign."""
        if first is not last:
            # "12-14 million", "two or three hundred": the scale is said once.
            shared = last.scale
            if first.value < 10 and not last.digits and last.scale == 1 and last.step >= 100:
                shared = last.step
            once = not first.scaled and first.value * shared < last.value
            return replace(one, low=first.value * (shared if once else 1), bound="between")
        if first.vague:
            return replace(one, high=None, bound="at-least")
        if one.bound in ("at-least", "more-than"):
            return replace(one, high=None)
        if one.bound in ("at-most", "less-than"):
            return replace(one, low=None)
        minus = _MINUS.search(self.flat, max(0, first.start - 8), first.start)
        if not minus:
            return one
        start = minus.start() + minus[0].startswith(" ")
        text = self.text[start : one.end]
        return replace(one, low=-one.anchor, high=-one.anchor, start=start, text=text)

    def _year(self, first: Numeral, last: Numeral) -> Quantity | None:
        """A calendar year, a decade, or a range of years; None for a count of four digits."""
        flat, start, end = self.flat, first.start, last.end
        if not (last.bare and first.bare and 1100 <= first.value <= 2100):
            return None
        if first.value % 10 == 0 and (match := _DECADE.match(flat, end)):
            span = self.text[start : match.end()], start, match.end()
            return Quantity(first.value, first.value + 9, YEAR, "between", *span)
        if not self._reads_as_year(first, end):
            return None
        bound: Bound = "exact" if first is last else "between"
        return Quantity(first.value, last.value, YEAR, bound, self.text[start:end], start, end)

    def _reads_as_year(self, number: Numeral, end: int) -> bool:
        """Whether what stands before four digits tells a time, or nothing is counted by them."""
        ahead = _YEAR_BEFORE.search(self.flat, max(0, number.start - 12), number.start)
        counted = find_counted_noun(self.flat, end, self.language)
        if not ahead:
            bound, _ = find_bound_before(self.flat, number.start)
            return bound == "exact" and number.value >= 1500 and not is_plural(counted)
        return not (is_plural(counted) and ahead[0].strip().lower() in _BEFORE_COUNTS)


def find_bound_before(flat: str, start: int) -> tuple[Bound, int]:
    """The bound that stands right before a place, and where its phrase begins."""
    best: tuple[Bound, int] = ("exact", start)
    for bound, pattern in _BOUNDS:
        match = pattern.search(flat, max(0, start - _WINDOW), start)
        if match and match.start() < best[1]:
            best = bound, match.start()
    return best


def find_counted_noun(flat: str, at: int, language: str) -> str:
    """The noun that follows a number: the first plural among four words, else the first word."""
    said: list[str] = []
    while len(said) < 4 and (match := _COUNTED.match(flat, at)):
        word = match["word"].lower()
        at = match.end()
        if word in _SKIPPED and not said:
            continue
        if word in STOP and language in ("en", ""):
            break
        said.append(word)
    plural = (w for w in said if is_plural(w))
    return next(plural, said[0] if said else "")


def is_plural(word: str) -> bool:
    """Whether a lowercased noun looks like a plural."""
    return word in _PLURALS or re.search(r"[^sui]s$|ies$|en$", word) is not None
