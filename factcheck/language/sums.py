"""Sums that a text in English writes out: "14 on board + 9 on the quay = 23"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from factcheck.language.quantities import numbers_in, quantities

_SCALES = {"thousand": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}
_NUMBER = (
    r"(?:about |some |roughly )?[€$£]?"
    r"(?P<{0}>(?<!\d)\d{{1,12}}(?:,\d{{3}}){{0,4}}(?:\.\d{{1,6}})?(?!\d))"
    r"(?: ?(?P<{0}_scale>thousand|million|billion|m|bn)\b)?"
)
_TERM = re.compile(_NUMBER.format("term"))
_SIGN = r"(?P<sign>[-+–−×*/÷]|plus|minus|times|divided by)"  # noqa: RUF001 (signs as printed)
_WORDS = r"(?: (?!plus|minus|times|or\b|per\b)[a-z]+){0,4}?"
_NEXT = re.compile(rf"{_WORDS} ?{_SIGN} ?{_NUMBER.format('term')}")
_RESULT = re.compile(rf"{_WORDS} ?= ?{_NUMBER.format('result')}")
_BEFORE = re.compile(rf"{_NUMBER.format('result')}{_WORDS} ?\($")  # "23 people (14 + 9)"
_SHARE = re.compile(r" ?(?:%|per cent|percent)")
_LEAST_WORKED_OUT, _MOST_HELD = 20, 60
_NEAR = 60  # characters before a sum in which what it gives may stand


@dataclass(frozen=True)
class WrittenSum:
    """A sum as it stands in a text, and whether it comes out.

    What it gives may be rounded; it stands from `start` to `stop`.
    """

    text: str
    start: int
    stop: int
    holds: bool


def written_sums(text: str) -> Iterator[WrittenSum]:
    """The sums of a text, in its order: "14 + 9 = 23", "23 people (14 + 9)"; none of shares."""
    at = 0
    while term := _TERM.search(text, at):
        terms, signs, at = [term], [], term.end()
        while more := _NEXT.match(text, at):
            signs.append(more["sign"])
            terms.append(more)
            at = more.end()
        if not signs or _SHARE.match(text, at):
            continue
        near = max(0, term.start() - _NEAR)
        result = _RESULT.match(text, at) or _BEFORE.search(text, near, term.start())
        if result:
            start, stop = result.start("result"), max(map(result.end, ("result", "result_scale")))
            at = max(at, stop)
            whole = text[min(start, term.start()) : at]
            yield WrittenSum(whole, start, stop, comes_out(terms, signs, result))


def leave_out_results(text: str) -> str:
    """A text without what those of its sums give that come out."""
    for one in sorted(written_sums(text), key=lambda one: -one.start):
        if one.holds:
            text = text[: one.start] + text[one.stop :]
    return text


def leave_out_worked_out(text: str, evidence: str) -> str:
    """A text without the numbers that are the sum or difference of two of its evidence.

    Small ones stay, which two numbers give by chance.
    """
    held = {Fraction(one) for one in numbers_in(evidence) if ":" not in one}
    pairs = list(combinations(sorted(held)[-_MOST_HELD:], 2))
    given = {a + b for a, b in pairs} | {b - a for a, b in pairs}
    for one in reversed(quantities(text)):
        exact = one.low is not None and one.low == one.high and not one.unit
        value = Fraction(one.low) if exact and one.low is not None else Fraction(0)
        if value >= _LEAST_WORKED_OUT and value in given - held:
            text = text[: one.start] + text[one.end :]
    return text


def comes_out(terms: Sequence[re.Match[str]], signs: Sequence[str], result: re.Match[str]) -> bool:
    """Whether a sum gives a number, also where that alone has a scale: "41 + 6 = 47 million"."""
    scaled = any(term["term_scale"] for term in terms)
    value = calculate([read_number(term, "term") for term in terms], signs)
    if value is not None and result["result_scale"] and not scaled:
        value *= _SCALES[result["result_scale"]]
    return value is not None and is_rounded(value, result)


def read_number(match: re.Match[str], group: str) -> Fraction:
    """The value of a number with its scale."""
    scale = _SCALES.get(match[f"{group}_scale"] or "", 1)
    return Fraction(match[group].replace(",", "")) * scale


def calculate(terms: Sequence[Fraction], signs: Sequence[str]) -> Fraction | None:
    """The value of a sum, products before sums; None where it divides by zero."""
    added = [terms[0]]
    for sign, term in zip(signs, terms[1:], strict=True):
        if sign in {"×", "*", "times"}:
            added[-1] *= term
        elif sign in {"/", "÷", "divided by"}:
            if not term:
                return None
            added[-1] /= term
        else:
            added.append(term if sign in {"+", "plus"} else -term)
    return sum(added, Fraction())


def is_rounded(value: Fraction, result: re.Match[str]) -> bool:
    """Whether a number is a value, rounded to as many digits as it shows."""
    digits = result["result"].replace(",", "")
    shown = Decimal(digits) if "." in digits else Decimal(digits).normalize()
    exponent = int(shown.as_tuple().exponent)
    unit = Fraction(10) ** exponent * _SCALES.get(result["result_scale"] or "", 1)
    return abs(value - read_number(result, "result")) <= unit / 2
