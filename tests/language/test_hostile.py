"""No text, however odd, raises or takes more than linear time."""

import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.language.calendar import clocks, dates
from factcheck.language.missing import missing_numbers
from factcheck.language.numerals import numerals
from factcheck.language.quantities import quantities

LANGUAGES = ("en", "fr", "de", "es", "ar", "xx")
ODD = (
    "two hundred and ",
    "1 ",
    "1,234,",
    "١٢٣ ",
    "१२ ",
    "half past ",
    "twenty to ",
    "€70m ($76m) ",
    "million ",
    "a million and a half ",
    "2023-05-03 ",
    "at 5.3",
    "1-2",
    "m² ",
    "五十人",
    "a third of ",
    "Three ",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("odd", ODD)
def test_odd_text_is_read_without_an_error(odd: str, language: str) -> None:
    text = odd * (8000 // len(odd))
    for one in quantities(text, language):
        assert text[one.start : one.end] == one.text
    short = odd * 40
    assert missing_numbers(short, short, language, language) == ()


@pytest.mark.parametrize("digits", [25, 4301, 100_000])
def test_a_very_long_number_is_no_quantity(digits: int) -> None:
    assert quantities("9" * digits + " people") == ()
    assert missing_numbers("9" * digits, "1") == ("9" * digits,)


def test_the_digits_of_other_scripts_are_digits() -> None:
    assert [one.low for one in quantities("١٢٣ people")] == [123]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("read", [quantities.__wrapped__, numerals, clocks, dates])
def test_twice_the_text_is_about_twice_the_work(
    odd: str, read: Callable[[str, str], object]
) -> None:
    read(odd * 3, "en")
    once, twice = (calls(read, odd * (size // len(odd))) for size in (2000, 4000))
    assert twice <= 3 * once + 100


def calls(read: Callable[[str, str], object], text: str) -> int:
    """How many functions are called to read a text."""
    count = 0

    def see(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(see)
    try:
        read(text, "en")
    finally:
        sys.setprofile(None)
    return count


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_every_quantity_stands_where_it_says(text: str, language: str) -> None:
    for one in quantities(text, language):
        assert text[one.start : one.end] == one.text


def test_many_numbers_in_claim_and_evidence_cost_no_product() -> None:
    def work(count: int) -> int:
        claim = " boats, ".join(str(n * 7 + 3) for n in range(count))
        evidence = " boats, ".join(str(n * 11 + 2) for n in range(count))
        return calls(lambda text, _: missing_numbers(text, evidence), claim)

    assert work(400) <= 3 * work(200)
