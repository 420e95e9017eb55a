"""Rules of the check that every number of a claim stands in its sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.text.numbers import figures, missing_figures


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("two boats", "2 boats"),
        ("a pair of boats", "two boats"),
        ("1,200 boats", "1200 boats"),
        ("1 200 boats", "1,200 boats"),
        ("a dozen boats", "12 boats"),
        ("half a million", "500,000"),
        ("$2.5 million", "$2,500,000"),
        ("forty-five", "45"),
        ("2:30 a.m.", "02:30"),
        ("2:30 a.m.", "2.30am"),
        ("shortly after 2 a.m.", "a little after two in the morning"),
        ("at 4 p.m.", "at four o'clock in the afternoon"),
        ("2:30 pm", "14:30"),
        ("2 p.m.", "14:00"),
        ("noon", "12 p.m."),
        ("20 per cent", "20%"),
        ("May 9", "9 May"),
        ("Feb. 24, 2021", "24 February 2021"),
    ],
)
def test_two_ways_to_write_a_number_are_one_figure(a: str, b: str) -> None:
    assert figures(a) == figures(b) != frozenset()


@pytest.mark.parametrize(
    "text",
    ["a second boat", "the third man", "no one knew", "one of them", "the G7 with F-16 jets"],
)
def test_ordinals_pronouns_and_names_are_no_figures(text: str) -> None:
    assert figures(text) == frozenset()


def test_years_and_days_are_figures() -> None:
    assert figures("on 24 February 2021") == {"24", "2021"}


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Two boats sank.", "Both boats sank."),
        ("Two boats sank.", "The pair sank within minutes."),
        ("One boat sank.", "A boat sank."),
        ("Half of the boats sank.", "50% of the boats sank."),
        ("A quarter of the fleet sank.", "25% of the fleet sank."),
        ("It sank at 2:30 p.m.", "It sank at 2:30."),
        ("It sank at 14:30.", "It sank at 2:30."),
        ("It sank on May 9.", "It sank on the ninth of May."),
        ("It sank on 3 May 2023.", "It sank (2023-05-03)."),
        ("He came second.", "He lost."),
        ("Over 300 came.", "Three hundred or more came."),
        ("The 12-year-old swam.", "Aged twelve, she swam."),
        ("0 died.", "Nobody died."),
    ],
)
def test_what_the_evidence_implies_is_not_missing(claim: str, evidence: str) -> None:
    assert missing_figures(claim, evidence) == ()


@pytest.mark.parametrize(
    ("claim", "evidence", "missing"),
    [
        ("Three boats sank.", "Two boats sank.", ("3",)),
        ("It cost $30 million.", "It cost $36 million.", ("30000000",)),
        ("It cost 36 million.", "It cost 36.", ("36000000",)),
        ("It sank at 2:30 p.m.", "It sank at 2:30 a.m.", ("14:30",)),
        ("It sank at 2 p.m.", "It sank at two in the morning.", ("14:00",)),
        ("They shot 3 people.", "They shot two in the morning.", ("3",)),
        ("It sank on May 8, 2022.", "It sank on May 9, 2021.", ("2022", "8")),
        ("A dozen sank.", "Some sank.", ("12",)),
        ("Two thirds sank.", "Some sank.", ("2/3",)),
    ],
)
def test_a_number_that_the_evidence_lacks_is_named(
    claim: str, evidence: str, missing: tuple[str, ...]
) -> None:
    assert missing_figures(claim, evidence) == missing


@given(st.text(alphabet="0123456789 ,.:-thundredmillionapPM%$", max_size=80))
def test_a_text_lacks_nothing_of_itself(text: str) -> None:
    assert missing_figures(text, text) == ()


@given(st.integers(0, 10**9))
def test_grouping_digits_changes_no_figure(value: int) -> None:
    assert figures(f"exactly {value:,} boats") == figures(f"exactly {value} boats")
