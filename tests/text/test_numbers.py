"""Rules of quantities: what is read, with which unit and bound, and when two agree."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.text.numbers import comparable, compatible, quantities


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
        ("at least 12 boats", "12", "None", "", "at least"),
        ("30 or more boats", "30", "None", "", "at least"),
        ("over 12 boats", "12", "None", "", "more than"),
        ("up to 12 boats", "None", "12", "", "at most"),
        ("as many as 12 boats", "None", "12", "", "at most"),
        ("fewer than 12 boats", "None", "12", "", "less than"),
        ("nearly 12 boats", "12", "12", "", "about"),
        ("some 12 boats", "12", "12", "", "about"),
        ("hundreds of boats", "100", "None", "", "at least"),
        ("several hundred kilometres", "200", "None", "km", "at least"),
        ("tens of thousands of boats", "10000", "None", "", "at least"),
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
        "on May 9",
        "on Feb. 24, 2021",
        "the 9th of May",
        "on 2023-05-03",
        "at 2:30 a.m.",
        "at 14:30",
        "in 2021",
        "from 2008 to 2012",
        "the 2020 elections",
        "the G7 and its F-16s",
        "the second boat",
        "the 3rd boat",
        "no one of them",
        "Article 5",
        "World War II",
        "see https://example.org/12/34",
        "Orle won 3-1",
        "Orle lost 88-72",
        "a 5-4 ruling",
        "a 5 to 4 vote",
        "his half-brother",
        "at 5 Elm Road",
        "call 555-0101",
        "a .22 rifle",
    ],
)
def test_dates_times_ordinals_and_names_are_no_quantities(text: str) -> None:
    assert quantities(text) == ()


def test_a_rise_from_one_number_to_another_is_no_range() -> None:
    assert [bound for *_, bound in shape("rose from 12 to 14 boats")] == ["exact", "exact"]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("two large grey boats sank", "boat"),
        ("a dozen cities", "citi"),
        ("12 people", "peopl"),
        ("two of the boats", ""),
        ("20% of boats", ""),
    ],
)
def test_a_count_knows_the_stem_of_what_it_counts(text: str, counted: str) -> None:
    assert [q.counts for q in quantities(text)] == [counted]


def test_the_decimal_sign_follows_the_language() -> None:
    assert shape("1.200 Stimmen, 1,5 Liter", "de")[0][0] == "1200"
    assert shape("1,5 Prozent", "de")[0][0] == "1.5"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("about 130 boats", "128 boats"),
        ("$36 billion", "$36.4 billion"),
        ("300 boats", "312 boats"),
        ("at least 10 boats", "12 boats"),
        ("up to 20 boats", "12 boats"),
        ("12 to 14 boats", "13 boats"),
        ("25 km", "15.5 miles"),
        ("two days", "48 hours"),
        ("two boats", "2 boats"),
        ("32 degrees Fahrenheit", "0 °C"),
        ("hundreds of boats", "250 boats"),
    ],
)
def test_bounds_rounding_and_units_are_no_difference(a: str, b: str) -> None:
    [left], [right] = quantities(a), quantities(b)
    assert compatible(left, right)
    assert compatible(right, left)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("12 boats", "14 boats"),
        ("12 boats", "13 boats"),
        ("$36.4 billion", "$35.7 billion"),
        ("at least 10 boats", "5 boats"),
        ("fewer than 10 boats", "15 boats"),
        ("10 km", "10 miles"),
        ("10 km", "10 boats"),
        ("12 to 14 boats", "20 boats"),
        ("about 130 boats", "200 boats"),
    ],
)
def test_other_values_are_a_difference(a: str, b: str) -> None:
    [left], [right] = quantities(a), quantities(b)
    assert not compatible(left, right)
    assert not compatible(right, left)


def test_only_like_things_are_comparable() -> None:
    [boats], [cars], [metres] = quantities("2 boats"), quantities("2 cars"), quantities("2 m")
    [miles] = quantities("2 miles")
    assert comparable(metres, miles)
    assert not comparable(boats, cars)
    assert not comparable(boats, metres)


@given(st.integers(0, 10**7), st.sampled_from(["boats", "km", "people", "%", "hours"]))
def test_a_quantity_agrees_with_itself_however_it_is_written(value: int, unit: str) -> None:
    [plain] = quantities(f"exactly {value} {unit} there")
    [grouped] = quantities(f"exactly {value:,} {unit} there")
    assert plain.low == grouped.low == Decimal(value)
    assert compatible(plain, grouped)


@given(st.text(alphabet="0123456789 ,.-to$%€aghundredmillion'", max_size=60))
def test_every_quantity_stands_where_it_says(text: str) -> None:
    for q in quantities(text):
        assert text[q.start : q.end] == q.text
        assert q.low is None or q.high is None or q.low <= q.high
        assert compatible(q, q)
