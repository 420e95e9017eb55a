"""Sums that a text in English writes out: "14 on board + 9 on the quay = 23"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

_SCALES = {"thousand": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}
_NUMBER = (
    r"(?:about |some |roughly )?[€$£]?"
    r"(?P<{0}>(?<!\d)\d{{1,12}}(?:,\d{{3}}){{0,4}}(?:\.\d{{1,6}})?(?!\d))"
    r"(?: ?(?P<{0}_scale>thousand|million|billion|m|bn)\b)?"
)
_TERM = re.compile(_NUMBER.format("term"))
_SIGN = r"(?P<sign>[-+–−×*/÷]|plus|minus|times|divided by)"  # noqa: RUF001 (signs as printed)
_WORDS = r"(?: ?%| [a-z]+){0,4}?"
_NEXT = re.compile(rf"{_WORDS} ?{_SIGN} ?{_NUMBER.format('term')}")
_RESULT = re.compile(rf"{_WORDS} ?= ?{_NUMBER.format('result')}")


@dataclass(frozen=True)
class WrittenSum:
    """A sum as it stands in a text, from `start` to `stop`, and whether it comes out.

    What it gives may be rounded; it stands from `result` to `stop`.
    """

    text: str
    start: int
    result: int
    stop: int
    holds: bool


def written_sums(text: str) -> Iterator[WrittenSum]:
    """The sums of a text, in its order."""
    at = 0
    while term := _TERM.search(text, at):
        terms, signs, at = [read_number(term, "term")], [], term.end()
        while more := _NEXT.match(text, at):
            signs.append(more["sign"])
            terms.append(read_number(more, "term"))
            at = more.end()
        result = _RESULT.match(text, at) if signs else None
        if result:
            at = result.end()
            value = calculate(terms, signs)
            holds = value is not None and is_rounded(value, result)
            yield WrittenSum(
                text[term.start() : at], term.start(), result.start("result"), at, holds
            )


def leave_out_results(text: str) -> str:
    """A text without what those of its sums give that come out."""
    for one in reversed([*written_sums(text)]):
        if one.holds:
            text = text[: one.result] + text[one.stop :]
    return text


def read_number(match: re.Match[str], group: str) -> Fraction:
    """The value of a number with its scale."""
    scale = _SCALES.get(match[f"{group}_scale"] or "", 1)
    return Fraction(match[group].replace(",", "")) * scale


def calculate(terms: list[Fraction], signs: list[str]) -> Fraction | None:
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
    shown = Decimal(result["result"].replace(",", ""))
    digits, exponent = shown.as_tuple().digits, int(shown.as_tuple().exponent)
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0")) if exponent == 0 else 0
    unit = Fraction(10) ** (exponent + zeros) * _SCALES.get(result["result_scale"] or "", 1)
    return abs(value - read_number(result, "result")) <= unit / 2
