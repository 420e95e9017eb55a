"""How texts write dates and clock times: patterns, read by `times`, `numbers` and `figures`."""

from __future__ import annotations

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = (
    r"(?P<month>january|february|march|april|(?-i:May|MAY)|june|july|august|september|october|november"
    r"|december|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
# "may" is a verb too, hence the day beside it; the year alone is left to its readers.
DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
        (
            rf"\b{_MONTH} {_DAY}\b(?!:\d|[ -]?(?:[ap]\.?m\b|million|billion|percent|%))"
            rf"(?:,? {_YEAR}\b)?"
        ),
        rf"\b{_DAY}(?: of)? {_MONTH}(?:\b|(?<=\.))(?:,? {_YEAR}\b)?",
        rf"\b{_MONTH},? {_YEAR}\b",
    )
)
_HOURS = {
    word: hour
    for hour, word in enumerate(
        (
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ),
        start=1,
    )
}
# A sentence without a digit and without any of these words holds no clock time.
CLOCK_WORDS = frozenset({"noon", "midday", "midnight", "clock", "morning", "afternoon", "evening"})
_HOUR = rf"1[0-2]|[1-9]|{'|'.join(_HOURS)}"
CLOCK = re.compile(
    r"\b(?P<h12>1[0-2]|0?\d)(?:[:.](?P<m12>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|\b(?P<h24>[01]?\d|2[0-3])(?::|(?<=\d)h(?=\d))(?P<m24>[0-5]\d)(?::[0-5]\d)?\b(?!\.\d)"
    r"|\b(?P<hh>[01]\d|2[0-3])\.?(?P<mm>[0-5]\d)(?=\s?(?:GMT|UTC|CET|EST|ET)\b)"
    rf"|\b(?P<told>{_HOUR}) o'clock in the (?P<part>morning|afternoon|evening)\b"
    rf"|(?:(?<=\bat )|(?<=fter |fore |ntil |bout |ound |past |ince ))(?P<hour>{_HOUR})"
    r" in the (?P<hourpart>morning|afternoon|evening)\b"
    rf"|\b(?P<oclock>{_HOUR}) o'clock\b"
    r"|\b(?P<word>noon|midday|midnight)\b",
    re.IGNORECASE,
)


def clock(match: re.Match[str]) -> tuple[int, int, bool]:
    """Hour, minute, and whether it may also be twelve hours later, of a CLOCK match."""
    got = match.groupdict()
    if got["word"]:
        return (0 if got["word"].lower() == "midnight" else 12), 0, False
    if got["h12"]:
        late = got["half"].lower() == "p"
        return int(got["h12"]) % 12 + 12 * late, int(got["m12"] or 0), False
    if got["h24"]:
        hour = int(got["h24"])
        return hour, int(got["m24"]), 0 < hour <= 12 and got["h24"][0] != "0"
    if got["hh"]:
        return int(got["hh"]), int(got["mm"]), False
    part = got["part"] or got["hourpart"]
    told = (got["told"] or got["hour"] or got["oclock"]).lower()
    hour = (_HOURS.get(told) or int(told)) % 12
    return hour + 12 * (part is not None and part.lower() != "morning"), 0, part is None
