"""Times of day and dates as texts write them, in English, French, German and Spanish.

Month names and those of weekdays come from Babel, for every language that it knows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from factcheck.language.number_words import SMALL_NUMBERS, SMALL_VALUES
from factcheck.language.words import find_locale, straight

_EN, _FR, _DE, _ES = ("|".join(SMALL_NUMBERS[code]) for code in ("en", "fr", "de", "es"))
_HOURS = {**SMALL_VALUES, "eins": 1}
_MINUTES = {
    **SMALL_VALUES,
    "twenty": 20, "twenty-five": 25, "twenty five": 25, "quarter": 15, "a quarter": 15, "half": 30,
    "vingt": 20, "vingt-cinq": 25, "quart": 15, "le quart": 15, "demie": 30, "demi": 30,
    "zwanzig": 20, "viertel": 15, "veinte": 20, "veinticinco": 25, "cuarto": 15, "media": 30,
}  # fmt: skip
_EARLY = re.compile(r"a\.?m|morning|matin|morgen|früh|vormittag|mañana|madrugada", re.IGNORECASE)
_NIGHT = re.compile(r"night|nuit|nacht|noche", re.IGNORECASE)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_TAIL = (
    rf",?(?: (?:in the|on|this|that|the same|yesterday|tomorrow|on {_WEEKDAY}|{_WEEKDAY})"
    r" (?P<part>morning|afternoon|evening|night)\b|\s?(?P<half>[ap]m\b|[ap]\.m\b\.?)"
    r"|(?P<tonight> tonight)\b)"
)
_PREPOSITION = (
    r"(?:at|by|until|till|about|around|before|after|past|since|from|between|and|to|was|of)"
)
_H12 = r"1[0-2]|0?[1-9]"
_NO_AMOUNT = r"(?!\d|[.,]\d|\s?(?:%|per|percent|m\b|bn|million|billion|points?|euro|dollar|km|met))"
_WORDED = r"half|quarter|a quarter|five|ten|twenty[- ]five|twenty"
_MORE = rf"(?:{_WORDED}|\d{{1,2}})"
_EN_HOUR = rf"(?P<hour>{_H12}|{_EN})"
_PATTERNS: Mapping[str, tuple[str, ...]] = {
    "": (
        (
            r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-3])(?::|(?<=\d)h(?=\d))(?P<minute>[0-5]\d)"
            rf"(?::[0-5]\d)?(?!:?\d|\.\d)(?:{_TAIL})?"
        ),
    ),
    "en": (
        r"(?<![\d:.,])(?P<hour>1[0-2]|0?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap]m\b|[ap]\.m\b\.?)",
        rf"\b(?P<past>{_MORE})(?: minutes)? past (?:{_EN_HOUR})\b(?:{_TAIL})?",
        (
            rf"(?<!from )\b(?P<before>{_WORDED}|\d{{1,2}}(?= minutes))(?P<minutes> minutes)?"
            rf" to {_EN_HOUR}\b"
            rf"(?:{_TAIL}|(?=\s*(?:[.,;:)\"]|$| (?:on|in|when|as|and|local|after|before)\b)))"
        ),
        rf"(?<=\bat )(?P<before>5|[12]0|25) to {_EN_HOUR}\b{_TAIL}",
        rf"\b{_EN_HOUR} o'clock\b(?:{_TAIL})?",
        rf"(?:^|\b{_PREPOSITION} )(?P<past>half) (?P<hour>{_EN})\b(?! (?:million|of)\b)",
        r"\bat (?P<hour>0\d)(?P<minute>[0-5]\d)\b",
        rf"(?:^|\b{_PREPOSITION} ){_EN_HOUR}(?:[:.](?P<minute>[0-5]\d))?{_TAIL}",
        # As a claim may keep it that was read in French.
        r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4]) h (?P<minute>[0-5]\d)\b(?![.,]\d)",
        (
            rf"\b(?:at|by|until|since|before|after|from) (?P<hour>1\d|2[0-3]|0?\d)\."
            rf"(?P<minute>[0-5]\d){_NO_AMOUNT}(?:{_TAIL})?"
        ),
        (
            r"(?<![\d:.,])(?P<hour>[01]\d|2[0-3])\.?(?P<minute>[0-5]\d)"
            r"(?=(?:(?:,| and| or| to|[–-])\s?[0-2]\d\.?[0-5]\d)?\s?(?:GMT|UTC|CET|EST|ET|BST)\b)"
        ),
        r"(?<!-)\b(?P<word>noon|midday|midnight)\b",
    ),
    "fr": (
        r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4])\s?(?:h|heures?)\s?(?P<minute>[0-5]\d)\b(?![.,]\d)",
        r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4])h\b",
        (
            r"\b(?:à|vers|dès|avant|après|jusqu'à|depuis)"
            rf" (?P<hour>[01]?\d|2[0-4]|{_FR}) ?(?:h|heures?)\b"
        ),
        (
            rf"\b(?P<hour>{_FR}) heures?"
            r"(?: et (?P<past>demie?|quart)| moins (?P<before>le quart|vingt-cinq|vingt|dix|cinq)"
            r"|(?= (?:du matin|de l'après-midi|du soir|de la nuit)))"
            r"(?: (?P<part>du matin|de l'après-midi|du soir|de la nuit))?"
        ),
        r"(?<![-\w])(?P<word>midi|minuit)\b(?!-)",
    ),
    "de": (
        (
            rf"(?<![\d:.,\w])(?P<hour>[01]?\d|2[0-4]|eins|{_DE})(?:[.:](?P<minute>[0-5]\d))?"
            r" ?uhr\b(?: (?P<later>[0-5]\d)\b(?![.,]\d))?"
            r"(?: (?P<part>morgens|früh|abends|nachmittags|nachts|am (?:morgen|abend|nachmittag)))?"
        ),
        rf"\b(?P<halb>halb) (?P<hour>{_H12}|eins|{_DE})\b",
        (
            r"\b(?:(?P<past>viertel|fünf|zehn|zwanzig)(?: minuten)? nach"
            r"|(?P<before>viertel|fünf|zehn|zwanzig)(?: minuten)? vor)"
            rf" (?P<hour>{_H12}|eins|{_DE})\b"
        ),
        r"\b(?P<word>mitternacht)\b",
    ),
    "es": (
        (
            rf"\b(?:a|hasta|desde|sobre|hacia|tras|de) las? (?P<hour>[01]?\d|2[0-4]|{_ES})"
            r"(?:[.:](?P<minute>[0-5]\d))?\b(?! (?:personas|familias|mujeres))"
            r"(?: y (?P<past>media|cuarto|veinticinco|veinte|diez|cinco)"
            r"| menos (?P<before>cuarto|veinticinco|veinte|diez|cinco))?"
            r"(?: de la (?P<part>mañana|tarde|noche|madrugada))?"
        ),
        r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4])[.:](?P<minute>[0-5]\d) ?(?:h|horas)\b",
        r"\b(?P<word>mediodía|medianoche)\b",
    ),
}
_OTHER_DAYS: Mapping[str, Mapping[str, int]] = {
    "de": {"sonnabend": 5},
    "hu": {"szerdá": 2},  # as it is before endings
    "zh": {f"周{day}": number for number, day in enumerate("一二三四五六日")},
}
_UNINFLECTED = frozenset({"en", "es", "fr", "it", "pt"})
_CHANGING = "aeěiíyăаеяьй"  # noqa: RUF001 (Latin, Cyrillic)
"""The letters that other endings take the place of: "niedziela", "w niedzielę"."""
CLOCK_LANGUAGES = frozenset(_PATTERNS) - {""}
"""The languages whose times of day are read where they stand in words."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, with its place; `either` where it may also be twelve hours later."""

    start: int
    end: int
    hour: int
    minute: int
    either: bool


@dataclass(frozen=True, slots=True)
class Date:
    """A date, with its place; `year` or `day` is None where the text leaves it out."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None


_Placed = TypeVar("_Placed", Clock, Date)


def clocks(text: str, language: str = "en") -> tuple[Clock, ...]:
    """The times of day of a text, in order, without overlap."""
    flat = straight(text)
    code = language[:2].lower()
    found = [_to_clock(match, code) for p in _compile(code) for match in p.finditer(flat)]
    longest_first = sorted(found, key=lambda one: (one.start - one.end, one.start))
    return tuple(_drop_overlaps(flat, longest_first))


def blot(flat: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these stretches blotted out, at its full length."""
    parts, last = [], 0
    for start, end in sorted(set(spans)):
        parts += [flat[last:start], "#" * (end - max(start, last))]
        last = max(end, last)
    return "".join([*parts, flat[last:]])


def _drop_overlaps(flat: str, found: Iterable[_Placed]) -> list[_Placed]:
    """Of those that overlap the one that comes first, in the order of the text."""
    taken = bytearray(len(flat))
    kept = []
    for one in found:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


@lru_cache(maxsize=40)
def _compile(code: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p, re.IGNORECASE) for p in (*_PATTERNS[""], *_PATTERNS.get(code, ())))


def _to_clock(match: re.Match[str], code: str) -> Clock:
    got = {name: value for name, value in match.groupdict().items() if value}
    named = ("hour", "past", "before", "halb", "word")
    start = min(match.start(group) for group in named if group in got)
    if word := got.get("word"):
        hour = 12 if word.lower() in ("noon", "midday", "midi", "mediodía") else 0
        return Clock(start, match.end(), hour, 0, either=False)
    said = got["hour"].lower()
    hour = _HOURS[said] if said in _HOURS else int(said)
    total = hour * 60 + int(got.get("minute") or got.get("later") or 0)
    total += _count_minutes(got.get("past", "")) - _count_minutes(got.get("before", ""))
    total -= 30 * ("halb" in got)
    if part := got.get("part") or got.get("half") or got.get("tonight"):
        placed = _place_in_part(total, part.lower())
        return Clock(start, match.end(), *divmod(placed, 60), either=False)
    written = said.isdigit() and code in ("fr", "de")
    definite = written or hour > 12 or hour == 0 or said.startswith("0")
    total %= 24 * 60 if definite else 12 * 60
    return Clock(start, match.end(), *divmod(total, 60), either=not definite)


def _count_minutes(said: str) -> int:
    low = said.lower()
    return _MINUTES.get(low) or (int(low) if low.isdigit() else 0)


def _place_in_part(total: int, part: str) -> int:
    """Minutes since midnight of a time that was told with a part of the day."""
    if total >= 13 * 60:
        return total % (24 * 60)
    within = total % 720
    if _EARLY.search(part):
        return within
    small_hours = _NIGHT.search(part) and "tonight" not in part and (within < 5 * 60)
    return within if small_hours else within + 720


@lru_cache(maxsize=80)
def months(code: str) -> Mapping[str, int]:
    """The names of the months in a language, and short forms without a full stop, lowercased."""
    found = {"en": {"sept": 9}, "de": {"jänner": 1, "feber": 2}}.get(code, {}).copy()
    for names in _list_names("months", ("wide", "abbreviated"), (code,)):
        for number, name in names.items():
            found.setdefault(name.lower().rstrip("."), number)
    return found


@lru_cache(maxsize=8)
def weekdays(*codes: str) -> Mapping[str, int]:
    """The numbers of the days of the week from Monday by their names in languages, lowercased."""
    tables = _list_names("days", ("wide",), codes)
    return {name.lower(): number for names in tables for number, name in names.items()}


def _list_names(
    what: str, widths: Sequence[str], codes: Iterable[str]
) -> Iterator[Mapping[int, str]]:
    for code in codes:
        table = getattr(find_locale(code) or find_locale("en"), what)
        yield from (table[use][width] for width in widths for use in ("format", "stand-alone"))


def count_named(text: str, language: str = "en") -> Counter[str]:
    """How often a text names each day of the week and month: "day 0" is Monday, "month 1" January.

    Names are known with the endings of their language, short ones of months only in dates.
    """
    code = language[:2].lower()
    told = dates(text, language)
    rest = blot(straight(text), ((date.start, date.end) for date in told))
    pattern, numbers = _compile_names(code)
    found = Counter(f"month {date.month}" for date in told)
    found.update(numbers[(match.lastindex or 1) - 1] for match in pattern.finditer(rest))
    return found


@lru_cache(maxsize=40)
def _compile_names(code: str) -> tuple[re.Pattern[str], Sequence[str]]:
    """What finds the names of days and months in a text, and what each of its groups names."""
    names = {name: f"day {number}" for name, number in _OTHER_DAYS.get(code, {}).items()}
    for what in ("day", "month"):
        for table in _list_names(f"{what}s", ("wide",), (code,)):
            names |= {straight(name): f"{what} {number}" for number, name in table.items()}
    ordered = sorted(names, key=len, reverse=True)
    spelled = (_spell(name, code, is_day=names[name].startswith("day")) for name in ordered)
    return re.compile("|".join(spelled), re.IGNORECASE), [names[name] for name in ordered]


def _spell(name: str, code: str, *, is_day: bool) -> str:
    """A pattern for a name of a day or month, with its endings if it is long enough to tell."""
    told, plural = re.escape(name), "s?" * is_day
    if name >= "\u0900":  # no spaces, or signs that count as no letters
        return f"({told})"
    if name >= "\u0590":  # Hebrew and Arabic write prepositions in front
        return rf"\b\w{{0,2}}({told})\b"
    if code == "en":  # "may" and "march" are verbs
        return rf"\b((?-i:{told}|{told.upper()}){plural})\b"
    if code in _UNINFLECTED:
        return rf"\b({told}{plural})\b"
    if len(name) < 5 - (is_day or name >= "\u0400"):
        return rf"\b({told})\b"
    other = rf"|{re.escape(name[:-1])}\w" if name[-1] in _CHANGING else ""
    return rf"\b({told}\w{{0,7}}{other})\b"


@lru_cache(maxsize=40)
def _date_patterns(code: str) -> tuple[re.Pattern[str], ...]:
    names = sorted(months(code), key=len, reverse=True)
    if code == "en":
        # "may" and "march" are verbs.
        names = [f"(?-i:{n.title()}|{n.upper()})" if n in ("may", "march") else n for n in names]
    month = rf"(?P<month>{'|'.join(n if '(?' in n else re.escape(n) for n in names)})\b\.?"
    day = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|\.|º)?"
    year = r"(?P<year>(?:1[5-9]|20)\d\d)"
    patterns = [
        rf"(?<!\d){year}-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
        rf"(?<![\d.,]){day} ?(?:of |de )?{month}(?:(?:,| de)? {year}\b)?",
        (
            rf"\b{month} {day}\b(?![:,.]\d|[ -]?(?:[ap]\.?m\b|million|billion|percent|per cent|%))"
            rf"(?:,? {year}\b)?"
        ),
        rf"\b{month},?(?: de)? {year}\b",
    ]
    if code != "en":
        patterns.append(
            rf"(?<![\d./])(?P<day>0?[1-9]|[12]\d|3[01])[./](?P<month>0?[1-9]|1[0-2])[./]{year}\b"
        )
        if code != "de":
            patterns.pop(2)
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def dates(text: str, language: str = "en") -> tuple[Date, ...]:
    """The dates of a text, in order; a year alone is none."""
    flat = straight(text)
    if not any(map(str.isdigit, flat)):
        return ()
    code = language[:2].lower()
    found = (_to_date(match, code) for p in _date_patterns(code) for match in p.finditer(flat))
    return tuple(_drop_overlaps(flat, found))


def _to_date(match: re.Match[str], code: str) -> Date:
    got = match.groupdict()
    name = got["month"].lower().rstrip(".")
    return Date(
        *match.span(),
        year=int(got["year"]) if got.get("year") else None,
        month=int(name) if name.isdigit() else months(code)[name],
        day=int(got["day"]) if got.get("day") else None,
    )
