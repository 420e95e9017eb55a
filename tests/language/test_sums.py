"""Sums that a text writes out are found, and checked."""

from __future__ import annotations

import pytest

from factcheck.language.sums import leave_out_results, leave_out_worked_out, written_sums

RIGHT = [
    "14 on board + 9 on the quay = 23",
    "€70 million / 1,200 = €58,000",
    "1,200 own jobs plus 450 agency staff = 1,650",
    "€85 million − about €70 million for severance = about €15 million",
    "2 + 2 × 3 = 8",
    "4.2 / 2 = 2.1",
    "3+4=7",
    "41 times 2 = 82",
    "41 + 6 = €47 million",
    "1,700 people (5,100 − 3,400)",
]
WRONG = [
    "1,800 people (5,100 - 3,400)",
    "14 on board + 9 on the quay = 24",
    "70 / 0 = 3",
    "€70 million / 1,200 = €59,000",
]
NONE = [
    "27,400 plus or minus 8 per cent = 25,208",
    "100 - 8% = 92",
    "5 = 5",
    "from 2024-05 to 3 = 4",
    "between 10-12 people",
    "14 and 9 make 23",
    "",
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_sum_that_comes_out_is_found_whole(text: str) -> None:
    (found,) = written_sums(f"Together {text} people.")
    assert found.holds
    assert found.text.endswith(text.removeprefix("€").removesuffix(")"))


@pytest.mark.parametrize("text", WRONG)
def test_a_sum_that_does_not_come_out_is_told(text: str) -> None:
    (found,) = written_sums(text)
    assert not found.holds
    assert leave_out_results(text) == text


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_sum_is_left_alone(text: str) -> None:
    assert not [*written_sums(text)]
    assert leave_out_results(text) == text


def test_only_what_right_sums_give_is_left_out() -> None:
    text = "2 + 3 = 5 men, 2 + 4 = 7 women, 10 / 4 = 2.5 each"
    assert leave_out_results(text) == "2 + 3 =  men, 2 + 4 = 7 women, 10 / 4 =  each"


def test_a_number_that_two_of_its_evidence_give_is_worked_out() -> None:
    evidence = "At 2:00 Yes led by 212. The recount gave a majority of 37 and left 164 out."
    text = "164 ballots cannot explain a swing of 249"
    assert leave_out_worked_out(text, evidence) == "164 ballots cannot explain a swing of "
    for other in ("a swing of 250", "a swing of 212", "a lead of 5"):
        assert leave_out_worked_out(other, f"{evidence} Some 32 came.") == other
