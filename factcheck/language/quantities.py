"""Find the amounts, times, dates and ordinals that a text states, as intervals with units.

The one notion of number in this program. What two of them have to do with each other is
said by `compare` in `factcheck.language.agreement`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from factcheck.language import units
from factcheck.language.calendar import blot, clocks, dates
from factcheck.language.numerals import Numeral, numerals
from factcheck.text.words import STOP, listed, stem, straight
import itertools

Bound = Literal["exact", "about", "at least", "at most", "more than", "less than", "between"]

# Units of what is no amount. A clock time is in minutes since midnight, a date is
# 100 times its month plus its day.
CLOCK, DATE, YEAR, ORDINAL = "o'clock", "date", "calendar year", "ordinal"
TIMES = frozenset((CLOCK, DATE, YEAR, ORDINAL))

_BEFORE: tuple[tuple[Bound, str], ...] = (
    (
        "at least",
        ("at least|no fewer than|no less than|not less than|a minimum of|minimum|au moins|pas moins "
        "de|mindestens|wenigstens|al menos|por lo menos|como mínimo"),
    ),
    (
        "at most",
        ("at most|up to|no more than|not more than|as many as|as much as|a maximum of|au plus|"
        "jusqu'à|höchstens|maximal|bis zu|como máximo|hasta"),
    ),
    (
        "more than",
        ("more than|over|above|upwards of|in excess of|exceeding|greater than|beyond|>|plus de|plus "
        "d'|mehr als|über|más de"),
    ),
    ("less than", "less than|fewer than|under|below|<|moins de|weniger als|unter|menos de"),
    (
        "about",
        (r"about|around|some|roughly|approximately|approx\.?|circa|an estimated|estimated|nearly"
        r"|almost|close to|an average of|in the region of|just over|just under|~|environ|près de"
        r"|quelque|autour de|presque|rund|etwa|ungefähr|knapp|fast|gut|circa|ca\.|zirka|unos|unas"
        r"|alrededor de|cerca de|casi|aproximadamente"
        r"|(?:shortly|just|soon|a little) (?:after|before)|peu (?:après|avant)|kurz (?:nach|vor)|gegen"
        r"|vers|hacia"),
    ),
)
_BOUNDS = tuple(
    (bound, re.compile(rf"(?<!\w)(?:{form})\s*(?:at |the )?$", re.IGNORECASE))
    for bound, form in reversed(_BEFORE)
)
_AFTERWARDS: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("at least", re.compile(r"\s?\+|[ -]plus\b| or (?:more|above|over)\b", re.IGNORECASE)),
    ("at most", re.compile(r" or (?:fewer|less|under|below)\b", re.IGNORECASE)),
    ("about", re.compile(r"-odd\b| or so\b", re.IGNORECASE)),
)
_RANGE = re.compile(
    r"(?:[ -]?[^\W\d_%]{1,10}|%)?(?:\s?-\s?| to | or | à | ou | bis | oder | a | o )[$€£]?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:[ -]?[^\W\d_]{1,10})? (?:and|et|und|y) [$€£]?", re.IGNORECASE)
_BETWEEN_WORD = re.compile(r"\b(?:between|entre|zwischen)\s*[$€£]?$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|de|von|vom)\s*[$€£]?$", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|until|till|by|from|to|of|the|early|late|mid|through|before|after|year|and|en"
    r"|depuis|dès|avant|après|l'année|seit|jahre?|bis|ab|desde|hasta|año)[ -]$|[(/-]$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?:article|chapter|flight|channel|section|page|phase|route|highway|title|boeing|airbus"
    r"|apollo|resolution|number|numéro|nummer|número|no\.?|nos\.|n°|nr\.|room|formula|type|mark|unit"
    r"|reactor|gate|platform|pier|berth|terminal|porte|tor|puerta|canal|kanal|gleis|quai|schacht"
    r"|(?-i:Day|Hall|Dock|Bay|Line|Radio|Group|Sector|Zone|Block|Pump|Furnace|Tower|Bus|Tram|Lock"
    r"|Windows|Agenda|Area|Level|Category|Covid|Studio|Station|World War)"
    r")[ -]$",
    re.IGNORECASE,
)
# "3-1", "555-0101", "10-by-12", "24/7"; "12 Elm Road"; "a 5-4 ruling".
_SCORE = re.compile(
    r"(?<!\d)\d+(?:/\d+)+\b|(?<![\d.])\.\d+\b"
    r"|\b\d+(?:-| to )\d+(?=[ -](?:vote|decision|ruling|win|lead|victory|loss|majority|defeat)\b)",
    re.IGNORECASE,
)
_SEASON = re.compile(r"\b(?P<year>(?:19|20)\d\d)[-/]\d\d(?![\d-])")
_STREET = re.compile(
    r" (?:[NSEW]\. )?(?:[A-Z]\w+ ){1,3}(?:St|Street|Ave|Avenue|Blvd|Road|Rd|Lane)\b"
)
_GLUED_BEFORE = re.compile(r"\w-$")
_GLUED_AFTER = re.compile(r"-(?:\d|by-)")
_MINUS = re.compile(r"\bminus $|(?:^|\s)-$", re.IGNORECASE)
_COUNTED = re.compile(r"[ -](?P<word>[^\W\d_]+)")
_AGED = re.compile(r"\b(?:aged?|aged about|age of|âgée? de|edad de|im alter von) $", re.IGNORECASE)
_PEOPLE = re.compile(
    r"[ -](?:people|persons?|personnes?|menschen|personen|personas?)\b", re.IGNORECASE
)
_SKIPPED = listed("of more other others additional further new least de d des")
_PLURALS = listed("people men women children police troops dead wounded injured aircraft")
_DECADE = re.compile(r"'?s\b")
# Of "2.1m" only a length is in metres.
_METRES = re.compile(
    r"-|²|³|\s?(?:tall|high|long|wide|deep|away|below|above|from|off|underwater|apart|thick|stretch"
    r"|sprint|hurdles|freestyle|final|race|relay|dash|pool|gap|drop|fence|wall|radius|mark|waves?"
    r"|depth|crane|yacht|ship|boat|vessel|tower|mast|cordon|exclusion|by)\b",
    re.IGNORECASE,
)
_METRES_BEFORE = re.compile(
    r"\b(?:within|waves? of|depth of|height of|width of|length of|distance of|radius of|the|an?"
    r"|measur(?:es|ed|ing)|ran|rose|high as|deep as)\s$",
    re.IGNORECASE,
)
_NAME_AFTER = re.compile(r"[ ][A-Z][^\W\d_]+s\b(?! [a-z]+s\b)")
_VERB = re.compile(r"\s(?:is|was|has|had|will|lies|stands)\b")
_BRACKET = re.compile(
    r"\s?[(,]\s?(?:about|around|or|some|roughly|nearly|environ|soit|rund|unos)?\s?", re.IGNORECASE
)
_DAY_NAME = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lunes|martes|miércoles"
    r"|jueves|viernes|sábado|domingo|yesterday|today)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_WINDOW = 40


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount that a text states, as the interval that it allows.

    `low` and `high` are in `unit` (None: no limit on that side); `unit` is a symbol such as
    "km", "USD", "%", one of CLOCK, DATE, YEAR, ORDINAL, or "" for a plain count. `text` is
    the phrase and `start`, `end` its place. `base` is the stem of the noun that a count
    counts, "" if none. `moment` is the only day or time that the text names beside it.
    `step` is the unit of the last digit that was not rounded away. `either` tells that a
    clock time may be twelve hours later. `also` is the same amount as the text itself
    converts it: "€70m ($76m)".
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
    moment: str = ""
    step: Decimal = Decimal(1)
    scaled: bool = False
    either: bool = False
    also: Quantity | None = None

    @property
    def anchor(self) -> Decimal:
        """The number that is written, whatever its bound; of a range the lower end."""
        return next(value for value in (self.low, self.high, Decimal(0)) if value is not None)


@lru_cache(maxsize=4096)
def quantities(text: str, language: str = "en") -> tuple[Quantity, ...]:
    """The quantities of a text, in order; a range is one quantity.

    `language` is an ISO 639-1 code; it decides over the decimal sign, number words, the
    names of months and the ways to tell the time. Numbers that are part of a name
    ("Gate 9", "Three Sluices", "G7"), scores, telephone and house numbers are left out.
    """
    flat = straight(text)
    found = _times(text, flat, language)
    masked = _mask(flat, found)
    numbers = [n for n in numerals(masked, language) if not _in_name(masked, n)]
    reader = _Reader(text, masked, language)
    at = 0
    while at < len(numbers):
        used = 2 if _is_range(masked, numbers[at : at + 2]) else 1
        one = reader.quantity(numbers[at], numbers[at + used - 1])
        if one and (used == 2 or not _is_glued(masked, numbers[at])):
            found.append(one)
        at += used
    found = _merged(sorted(found, key=lambda q: q.start), flat)
    return tuple(_with_moment(_converted(found, flat), flat))


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
        bound, start = _bound(flat, clock.start)
        rough = bound == "about"
        start = start if rough else clock.start
        found.append(
            Quantity(
                value,
                value,
                CLOCK,
                "about" if rough else "exact",
                text[start : clock.end],
                start,
                clock.end,
                approximate=rough,
                either=clock.either,
            )
        )
    return found


def _mask(flat: str, found: Sequence[Quantity]) -> str:
    """The text with what was found in it and all scores blotted out."""
    flat = blot(flat, [(one.start, one.end) for one in found])
    return _SCORE.sub(lambda match: "#" * len(match[0]), flat) if _DIGIT.search(flat) else flat


def _in_name(flat: str, number: Numeral) -> bool:
    """Whether a number is part of a name, an address or a code: "Gate 9", "Three Sluices"."""
    before = flat[max(0, number.start - _WINDOW) : number.start]
    if (number.bare or number.value <= 20) and _NUMBERED.search(before):
        return True
    if number.digits:
        return bool(_STREET.match(flat, number.end))
    if not flat[number.start].isupper():
        return False
    match = _NAME_AFTER.match(flat, number.end)
    if not match:
        return False
    opens = not before.strip() or before.rstrip()[-1] in ".!?:;\"'([-"
    return not opens or bool(_VERB.match(flat, match.end()))


def _is_glued(flat: str, number: Numeral) -> bool:
    """Whether digits hang on a hyphen: scores, telephone numbers, "Catch-22"."""
    if not number.bare or number.ordinal or not number.digits:
        return False
    before = _GLUED_BEFORE.search(flat, max(0, number.start - 2), number.start)
    return bool(before or _GLUED_AFTER.match(flat, number.end))


def _is_range(flat: str, pair: Sequence[Numeral]) -> bool:
    if len(pair) < 2 or any(n.vague or n.ordinal or n.share for n in pair):
        return False
    first, second = pair
    if second.start - first.end > 20 or first.value >= second.value:
        return False
    between = flat[first.end : second.start]
    before = flat[max(0, first.start - 12) : first.start]
    if _BETWEEN.fullmatch(between):
        return bool(_BETWEEN_WORD.search(before))
    if between.strip() == "-" and first.bare and second.bare and not _range_of_digits(flat, second):
        return False
    return bool(_RANGE.fullmatch(between)) and not ("-" not in between and _FROM.search(before))


def _range_of_digits(flat: str, second: Numeral) -> bool:
    """Whether "12-14" counts something: scores do not."""
    word = _counted(flat, second.end, "")
    return bool(units.after(flat, second.end)) or _is_plural(word)


def _is_plural(word: str) -> bool:
    return word in _PLURALS or re.search(r"[^sui]s$|ies$|en$", word) is not None


class _Reader:
    """Makes quantities of the numerals of one text."""

    def __init__(self, text: str, flat: str, language: str) -> None:
        self.text, self.flat, self.language = text, flat, language[:2].lower()

    def quantity(self, first: Numeral, last: Numeral) -> Quantity | None:
        """The quantity of one numeral, or of a range of two; None for half a word."""
        flat, start, end = self.flat, first.start, last.end
        scaled = last.scaled
        if first.ordinal:
            span = self.text[start:end], start, end
            return Quantity(first.value, first.value, ORDINAL, "exact", *span)
        unit = "%" if first.share else ""
        if ahead := units.before(flat, start):
            unit, start = ahead
        times = Decimal(1)
        behind = None if first.share else units.after(flat, end)
        if behind and flat[end : end + 1] in ("m", "M") and behind[0].split("/")[0] == "m":
            if self._is_million(first, behind[1]):
                times, end, scaled = Decimal(10**6), end + 1, True
                behind = units.after(flat, end) if flat[end : end + 1] != "/" else None
        if behind and not (unit and behind[0] == "m"):
            unit, end = unit or behind[0], behind[1]
        if not unit and (self._is_broken(last, end)):
            return None
        if not unit and (year := self._year(first, last)):
            return year
        if not unit and _AGED.search(flat, max(0, start - 16), start):
            unit = "year"
        value_end = end
        bound, start = self._signed_bound(start, first)
        for later, pattern in _AFTERWARDS:
            if bound == "exact" and (match := pattern.match(flat, end)):
                bound, end = later, match.end()
        counted = "" if unit else _counted(flat, value_end, self.language)
        if not unit and (people := _PEOPLE.match(flat, end)):
            end, counted = people.end(), "people"
        quantity = Quantity(
            low=first.value * times,
            high=last.value * times,
            unit=unit,
            bound=bound,
            text=self.text[start:end],
            start=start,
            end=end,
            approximate=bound == "about" or first.rough,
            base="people" if counted == "people" else stem(counted, self.language),
            step=last.step * times,
            scaled=scaled,
        )
        return self._bounded(quantity, first, last, times)

    def _signed_bound(self, start: int, first: Numeral) -> tuple[Bound, int]:
        bound, start = _bound(self.flat, start)
        if first.vague or first.rough:
            return "exact", start
        return bound, start

    def _bounded(self, one: Quantity, first: Numeral, last: Numeral, times: Decimal) -> Quantity:
        """The quantity with the limits that its bound leaves open, and its sign."""
        if first is not last:
            # "12-14 million", "two or three hundred": the scale is said once.
            shared = last.scale
            if first.value < 10 and not last.digits and last.scale == 1 and last.step >= 100:
                shared = last.step
            once = not first.scaled and first.value * shared < last.value
            low = first.value * times * (shared if once else 1)
            return replace(one, low=low, bound="between")
        if first.vague:
            return replace(one, high=None, bound="at least")
        if one.bound in ("at least", "more than"):
            return replace(one, high=None)
        if one.bound in ("at most", "less than"):
            return replace(one, low=None)
        minus = _MINUS.search(self.flat, max(0, first.start - 8), first.start)
        if minus and one.low is not None and one.high is not None:
            start = minus.start() + minus[0].startswith(" ")
            text = self.text[start : one.end]
            return replace(one, low=-one.low, high=-one.high, start=start, text=text)
        return one

    def _is_million(self, number: Numeral, end: int) -> bool:
        """Whether the m behind a number stands for a million: everything but a length does."""
        flat = self.flat
        if not number.digits or number.scaled or number.value >= 1000:
            return False
        if flat[number.end] not in "mM" or flat[number.end : end] not in ("m", "M"):
            return False
        if units.before(flat, number.start):
            return True
        if _METRES.match(flat, end):
            return False
        word = _counted(flat, end, self.language)
        before = flat[max(0, number.start - 16) : number.start]
        return _is_plural(word) or not _METRES_BEFORE.search(before)

    def _is_broken(self, last: Numeral, end: int) -> bool:
        """Whether letters stick to the digits: "5G", "4x4"; or it is "30s" or "half-brother"."""
        flat = self.flat
        if last.digits and end < len(flat) and end == last.end and _LETTER.match(flat, end):
            return not (last.bare and len(str(last.value)) == 4 and _DECADE.match(flat, end))
        half = self.text[last.start : last.end].lower() == "half"
        return half and flat[last.end : last.end + 1] == "-"

    def _year(self, first: Numeral, last: Numeral) -> Quantity | None:
        flat, start, end = self.flat, first.start, last.end
        if not (last.bare and first.bare and 1100 <= first.value <= 2100):
            return None
        span = self.text[start:end], start, end
        if first.value % 10 == 0 and (match := _DECADE.match(flat, end)):
            span = self.text[start : match.end()], start, match.end()
            return Quantity(first.value, first.value + 9, YEAR, "between", *span)
        if _bound(flat, start)[0] in ("at least", "at most", "more than", "less than"):
            if not _YEAR_BEFORE.search(flat, max(0, start - 12), start):
                return None
        elif _bound(flat, start)[0] == "about":
            return None
        counted = _counted(flat, end, self.language)
        ahead = _YEAR_BEFORE.search(flat, max(0, start - 12), start)
        if not (ahead or (first.value >= 1500 and not _is_plural(counted))):
            return None
        if (
            ahead
            and ahead[0].strip().lower() in ("the", "of", "to", "and", "by", "from")
            and (
                _is_plural(counted)
                and counted not in ("elections", "olympics", "protests", "games")
            )
        ):
            return None
        bound: Bound = "exact" if first is last else "between"
        return Quantity(first.value, last.value, YEAR, bound, *span)


def _bound(flat: str, start: int) -> tuple[Bound, int]:
    """The bound that stands right before a place, and where its phrase begins."""
    window = max(0, start - _WINDOW)
    before = flat[window:start]
    best: tuple[Bound, int] = ("exact", start)
    for bound, pattern in _BOUNDS:
        match = pattern.search(before)
        if match and window + match.start() < best[1]:
            best = bound, window + match.start()
    return best


def _counted(flat: str, at: int, language: str) -> str:
    """The noun that follows a number: the first plural among four words, else the first word."""
    said: list[str] = []
    while len(said) < 4 and (match := _COUNTED.match(flat, at)):
        word = match["word"].lower()
        at = match.end()
        if word in _SKIPPED and not said:
            if word == "of":
                return ""
            continue
        if word in STOP and language in ("en", ""):
            break
        said.append(word)
    plural = (w for w in said if _is_plural(w))
    return next(plural, said[0] if said else "")


def _merged(found: Sequence[Quantity], flat: str) -> list[Quantity]:
    """Parts of one amount as one: "6ft 2in", "2 hours 30 minutes"."""
    kept: list[Quantity] = []
    for one in found:
        last = kept[-1] if kept else None
        if last and _is_part(last, one, flat):
            assert last.low is not None
            assert one.low is not None
            more = one.low * units.size(one.unit) / units.size(last.unit)
            value, step = last.low + more, one.step * units.size(one.unit) / units.size(last.unit)
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


def _converted(found: Sequence[Quantity], flat: str) -> list[Quantity]:
    """The quantities, each with what brackets behind it give in another unit."""
    kept = list(found)
    for n, (one, two) in enumerate(itertools.pairwise(found)):
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
        named += [match[0] for match in _DAY_NAME.finditer(flat)]
        if len(named) == 1:
            return [q if q.unit in TIMES else replace(q, moment=named[0]) for q in found]
    return list(found)
