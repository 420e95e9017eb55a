"""Rules of quantities: what is read, with which unit and bound, and when two agree."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.language.agreement import compare
from factcheck.language.quantities import (
    CLOCK,
    DATE,
    ORDINAL,
    YEAR,
    numbers_in,
    quantities,
)


def shape(text: str, language: str = "en") -> list[tuple[str, str, str, str]]:
    return [
        (str(q.low and f"{q.low:f}"), str(q.high and f"{q.high:f}"), q.unit, q.bound)
        for q in quantities(text, language)
    ]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "bound"),
    [
        ("two boats", "2", "2", "", "exact"),
        ("a pair of boats", "2", "2", "", "exact"),
        ("twenty-one boats", "21", "21", "", "exact"),
        ("a hundred and five boats", "105", "105", "", "exact"),
        ("two thousand three hundred boats", "2300", "2300", "", "exact"),
        ("a dozen boats", "12", "12", "", "exact"),
        ("two dozen boats", "24", "24", "", "exact"),
        ("half a million votes", "500000", "500000", "", "exact"),
        ("1,200 votes", "1200", "1200", "", "exact"),
        ("1 200 votes", "1200", "1200", "", "exact"),
        ("$36.4 billion", "36400000000", "36400000000", "USD", "exact"),
        ("US$300 million", "300000000", "300000000", "USD", "exact"),
        ("€5bn", "5000000000", "5000000000", "EUR", "exact"),
        ("£2m", "2000000", "2000000", "GBP", "exact"),
        ("40 per cent", "40", "40", "%", "exact"),
        ("a 155mm gun", "155", "155", "mm", "exact"),
        ("an 800-km march", "800", "800", "km", "exact"),
        ("minus 12 degrees", "-12", "-12", "degree", "exact"),
        ("12 to 14 boats", "12", "14", "", "between"),
        ("12–14 boats", "12", "14", "", "between"),
        ("between 12 and 14 boats", "12", "14", "", "between"),
        ("12-14 million votes", "12000000", "14000000", "", "between"),
        ("$140- $150 million", "140000000", "150000000", "USD", "between"),
        ("two or three hundred boats", "200", "300", "", "between"),
        ("500 to 2 million votes", "500", "2000000", "", "between"),
        ("a half-hour", "0", "0", "hour", "exact"),
        ("1.5m people", "1500000", "1500000", "", "exact"),
        ("a wall 3m high", "3", "3", "m", "exact"),
        ("2,000 cubic metres per second", "2000", "2000", "m³/s", "exact"),
        ("two thirds of the votes", "66", "66", "%", "exact"),
        ("half past seven", "450", "450", CLOCK, "exact"),
        ("at 10 to 8 on Tuesday morning", "470", "470", CLOCK, "exact"),
        ("9 May", "509", "509", DATE, "exact"),
        ("in 2021", "2021", "2021", YEAR, "exact"),
        ("the 1970s", "1970", "1979", YEAR, "between"),
        ("the third boat", "3", "3", ORDINAL, "exact"),
        ("at least 12 boats", "12", "None", "", "at-least"),
        ("30 or more boats", "30", "None", "", "at-least"),
        ("over 12 boats", "12", "None", "", "more-than"),
        ("up to 12 boats", "None", "12", "", "at-most"),
        ("as many as 12 boats", "None", "12", "", "at-most"),
        ("fewer than 12 boats", "None", "12", "", "less-than"),
        ("nearly 12 boats", "12", "12", "", "about"),
        ("some 12 boats", "12", "12", "", "about"),
        ("hundreds of boats", "100", "None", "", "at-least"),
        ("several hundred kilometres", "200", "None", "km", "at-least"),
        ("tens of thousands of boats", "10000", "None", "", "at-least"),
        ("12 hours", "12", "12", "hour", "exact"),
        ("2000 boats", "2000", "2000", "", "exact"),
    ],
)
def test_a_quantity_is_read_with_its_unit_and_bound(
    text: str, low: str, high: str, unit: str, bound: str
) -> None:
    [(found_low, found_high, found_unit, found_bound)] = shape(text)
    assert (found_low.split(".")[0], found_high.split(".")[0]) == (low, high)
    assert (found_unit, found_bound) == (unit, bound)


@pytest.mark.parametrize(
    "text",
    [
        "the G7 and its F-16s",
        "the second boat",
        "no one of them",
        "Article 5",
        "at Gate 9",
        "on Channel 5",
        "at 5 Elm Road",
        "a Boeing 737",
        "on Route 66",
        "World War II",
        "see https://example.org/12/34",
        "Orle won 3-1",
        "Orle lost 88-72",
        "a 5-4 ruling",
        "a 5 to 4 vote",
        "call 555-0101",
        "a .22 rifle",
    ],
)
def test_names_scores_and_pronouns_are_no_quantities(text: str) -> None:
    assert quantities(text) == ()


def test_a_rise_from_one_number_to_another_is_no_range() -> None:
    assert [bound for *_, bound in shape("rose from 12 to 14 boats")] == ["exact", "exact"]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("two large grey boats sank", "boat"),
        ("a dozen cities", "citi"),
        ("12 people", "people"),
        ("two of the boats", ""),
        ("20% of boats", ""),
    ],
)
def test_a_count_knows_the_stem_of_what_it_counts(text: str, counted: str) -> None:
    assert [q.base for q in quantities(text)] == [counted]


def test_the_decimal_sign_follows_the_language() -> None:
    assert shape("1.200 Stimmen, 1,5 Liter", "de")[0][0] == "1200"
    assert shape("1,5 Prozent", "de")[0][0] == "1.5"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("two boats", "2 boats"),
        ("1 200 boats", "1,200 boats"),
        ("$2.5 million", "$2,500,000"),
        ("2:30 a.m.", "2.30am"),
        ("at 4 p.m.", "at four o'clock in the afternoon"),
        ("at 3 Tonight", "at 3 tonight"),
        ("noon", "12 p.m."),
        ("May 9", "9 May"),
        ("Feb. 24, 2021", "24 February 2021"),
    ],
)
def test_two_ways_to_write_a_number_are_one_for_sets(a: str, b: str) -> None:
    assert numbers_in(a) == numbers_in(b) != frozenset()


@pytest.mark.parametrize(
    "text",
    ["a second boat", "the third man", "no one knew", "one of them", "the G7 with F-16 jets"],
)
def test_ordinals_pronouns_and_names_are_left_out_of_sets(text: str) -> None:
    assert numbers_in(text) == frozenset()


@given(st.integers(0, 10**7), st.sampled_from(["boats", "km", "people", "%", "hours"]))
def test_a_quantity_agrees_with_itself_however_it_is_written(value: int, unit: str) -> None:
    [plain] = quantities(f"exactly {value} {unit} there")
    [grouped] = quantities(f"exactly {value:,} {unit} there")
    assert plain.low == grouped.low == Decimal(value)
    assert compare(plain, grouped) == "equal"


@given(st.text(alphabet="0123456789 ,.-to$%€aghundredmillion'", max_size=60))
def test_every_quantity_stands_where_it_says(text: str) -> None:
    for q in quantities(text):
        assert text[q.start : q.end] == q.text
        assert q.low is None or q.high is None or q.low <= q.high
        assert compare(q, q) == "equal"


@pytest.mark.parametrize(
    ("text", "language", "unit"),
    [
        ("Die Zahl gab die Polizei zuletzt mit 16 an.", "de", ""),
        ("They earn 16 an hour.", "en", ""),
        ("Il a vécu un siècle et 16 ans.", "fr", "year"),
        ("Il a reçu 16 mes amis.", "fr", ""),
        ("Duró 1 mes.", "es", "month"),
    ],
)
def test_a_word_is_a_unit_only_in_the_language_that_has_it(
    text: str, language: str, unit: str
) -> None:
    assert quantities(text, language)[-1].unit == unit
