"""A claim and its evidence go in; the figures of the claim that the evidence lacks come out.

The check has to be nearly free of false alarms, for each one costs a re-ask: it
compares plain values, and takes the evidence to hold whatever its words imply.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from factcheck.text.dates import CLOCK, CLOCK_WORDS, DATES, MONTHS, clock
from factcheck.text.numerals import numerals
from factcheck.text.words import bag, straight

_ORDINALS = {
    word: str(value)
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        start=1,
    )
}
# What a word of the evidence says about a number without being one.
_IMPLIED = _ORDINALS | {
    "both": "2",
    "pair": "2",
    "pairs": "2",
    "couple": "2",
    "twin": "2",
    "twins": "2",
    "duo": "2",
    "double": "2",
    "doubled": "2",
    "twice": "2",
    "neither": "2",
    "either": "2",
    "half": "50",
    "halved": "50",
    "trio": "3",
    "triple": "3",
    "tripled": "3",
    "thrice": "3",
    "ii": "2",
    "iii": "3",
    "decade": "10",
    "decades": "10",
    "century": "100",
    "fortnight": "14",
    "no": "0",
    "none": "0",
    "nobody": "0",
    "zero": "0",
}
# "A third cousin" and "a fifth season" are ordinals, "a third of" is a fraction.
_FRACTION = re.compile(
    r"\b(?P<over>an?|one|two|three|four)[ -](?P<under>third|quarter|fifth|sixth|eighth|tenth)"
    r"(?:s\b|(?= of\b))",
    re.IGNORECASE,
)
# Most sentences hold neither, and looking for them is slow.
_DIGIT = re.compile(r"\d")
_UNDER = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_UNDER |= {f"{word}s": value for word, value in _UNDER.items()}
_OVER = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}


@lru_cache(maxsize=4096)
def figures(text: str, language: str = "en") -> frozenset[str]:
    """The numbers that a text mentions, in one notation.

    Numbers are plain decimals ("1200", "0.5"), clock times "HH:MM" of 24 hours or
    "H:MM" where twelve hours more are possible, fractions "2/3". Dates give their
    day and year. Ordinals, the pronoun "one" and digits inside names are no figures.
    """
    flat = straight(text)
    found: set[str] = set()
    if _DIGIT.search(flat) or not CLOCK_WORDS.isdisjoint(bag(flat)):
        flat = _take_times(flat, found)
    if not _UNDER.keys().isdisjoint(bag(flat)):
        for match in _FRACTION.finditer(flat):
            found.add(f"{_OVER[match['over'].lower()]}/{_UNDER[match['under'].lower()]}")
        flat = _FRACTION.sub(_blank, flat)
    found.update(_plain(n.value) for n in numerals(flat, language) if not n.vague)
    return frozenset(found)


def _take_times(flat: str, found: set[str]) -> str:
    """The text without its clock times and dates, whose figures are added to `found`."""
    for match in CLOCK.finditer(flat):
        hour, minute, open_half = clock(match)
        found.add(f"{hour}:{minute:02}" if open_half else f"{hour:02}:{minute:02}")
    flat = CLOCK.sub(_blank, flat)
    for pattern in DATES:
        for match in pattern.finditer(flat):
            got = match.groupdict()
            found.update(str(int(got[part])) for part in ("day", "year") if got.get(part))
        flat = pattern.sub(_blank, flat)
    return flat


def missing_figures(claim: str, evidence: str, language: str = "en") -> tuple[str, ...]:
    """The figures of the claim that the evidence does not hold, sorted; () if all are there.

    Any number of a claim has to stand in its sentences. The evidence
    is read generously: "both" holds 2, "a drone" 1, "the ninth" 9, "2:30" either half
    of the day, a scaled number also its digits.
    """
    held = figures(evidence, language) | _implied(evidence)
    return tuple(sorted(f for f in figures(claim, language) if not _holds(held, f)))


def _holds(held: frozenset[str], figure: str) -> bool:
    # "One" stands for the indefinite article, which is everywhere.
    if figure in held or figure == "1":
        return True
    if ":" in figure:
        return any(other in held for other in _other_half(figure))
    return {"0.5": "50", "50": "0.5", "1/4": "25", "3/4": "75"}.get(figure, "") in held


def _other_half(figure: str) -> tuple[str, ...]:
    """Other spellings of a clock time that may mean the same."""
    hour, minute = figure.split(":")
    if len(hour) == 1 or (0 < int(hour) <= 12 and hour[0] != "0"):
        return f"{int(hour) % 12:02}:{minute}", f"{int(hour) % 12 + 12:02}:{minute}"
    return (f"{(int(hour) - 1) % 12 + 1}:{minute}",)


@lru_cache(maxsize=4096)
def _implied(evidence: str) -> frozenset[str]:
    """Figures that the words of a text imply, and the digits that stand in it."""
    flat = straight(evidence).lower()
    found = {_IMPLIED[word] for word in re.findall(r"[a-z]+", flat) if word in _IMPLIED}
    found.update(str(MONTHS[word]) for word in re.findall(r"[a-z]+", flat) if word in MONTHS)
    found.update(str(int(digits)) for digits in re.findall(r"\d+", flat))
    found.update(re.sub(r"\D", "", digits) for digits in re.findall(r"\d[\d,. ]*\d", flat))
    found.update(_plain(Decimal(digits)) for digits in re.findall(r"\d+\.\d+", flat))
    return frozenset(found)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
