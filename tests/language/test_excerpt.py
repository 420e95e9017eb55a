"""What a long quote is cut to on the first page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.language.excerpt import CUT, excerpt

DENIAL = (
    "The minister's account has not been confirmed by anyone at the ministry, and the head of the "
    "union, Ilse Marant, said her members had never been near the depot that night."
)


def test_a_short_sentence_stands_as_it_is() -> None:
    assert excerpt("Nobody was hurt.", 3) == "Nobody was hurt."


def test_the_stretch_that_carries_the_position_is_kept() -> None:
    cut = excerpt(DENIAL, 14, "No: union members were never near the depot")
    assert cut.startswith(CUT)
    assert "her members had never been near the depot" in cut


def test_a_sentence_that_shares_nothing_with_its_position_is_cut_at_its_end() -> None:
    assert excerpt(DENIAL, 6, "Keine Ahnung") == f"The minister's account has not been {CUT}"


def test_whole_clauses_are_kept_where_they_carry_the_position() -> None:
    first = "Orrin said 31 people were inside when the alarm went off, agency staff included,"
    said = f"{first} and that it was helping the police to account for every one of them."
    assert excerpt(said, 18, "31 people were inside") == f"{first} {CUT}"
    spoken = "“We went through the rota name by name and it is 38,”"
    said = f"{spoken} the secretary, Ada Berg, told us."
    assert excerpt(said, 14, "38 people") == f"{spoken} {CUT}"


def test_the_beginning_is_kept_for_what_it_denies() -> None:
    first = "“Nobody told this office on the second of May,"
    said = f"{first} or on any other day before Friday, that the yard would close,” she said."
    told = "Nobody told the office on May 2, or on any other day before Friday, of the closing."
    assert excerpt(said, 14, told) == f"{first} {CUT}"


def test_numbers_are_found_in_words_too() -> None:
    said = "Asked about the list of those on duty, the secretary said that it was thirty-eight."
    assert "thirty-eight" in excerpt(said, 7, "38 people were inside the store.")


def test_one_word_or_two_are_not_worth_cutting() -> None:
    assert excerpt("It was done by two men with binoculars.", 6) == (
        "It was done by two men with binoculars."
    )


def test_numbers_are_looked_for_whole() -> None:
    text = (
        "Of the 412 people on board most were from the north and 41 of them could not swim at all."
    )
    assert "41 of them" in excerpt(text, 6, "41")


@given(
    st.lists(st.text(alphabet="abcdé1, ", min_size=1, max_size=9)), st.integers(1, 12), st.text()
)
def test_what_is_shown_is_one_stretch_of_the_sentence(
    words: list[str], most: int, subject: str
) -> None:
    sentence = " ".join(" ".join(words).split())
    cut = excerpt(sentence, most, subject)
    inner = cut.removeprefix(f"{CUT} ").removesuffix(f" {CUT}")
    assert inner in sentence
    assert len(inner.split()) <= most or cut == sentence


@pytest.mark.parametrize("most", [1, 5, 20])
def test_marks_stand_only_where_words_are_left_out(most: int) -> None:
    cut = excerpt(DENIAL, most, "depot night")
    assert cut.startswith(CUT) != DENIAL.startswith(cut.split()[0])
    assert cut.endswith(CUT) != cut.endswith("night.")


def test_what_shares_no_word_with_the_subject_is_cut_at_the_last_clause_that_fits() -> None:
    told = "Das sieht die Polizei anders: Der Beschluss nenne das ganze Haus, und wer suche, räume."
    assert excerpt(told, 12, "The order means all of it.") == (
        "Das sieht die Polizei anders: Der Beschluss nenne das ganze Haus, […]"
    )


def test_the_number_that_a_quote_is_for_is_never_cut_off() -> None:
    said = (
        "Customers of the Caja, a regional savings bank that was hit by a rumour and a failure of "
        "payments, withdrew about 180 million euros in two days, a person with knowledge said."
    )
    cut = excerpt(
        said, 16, "About 180 million euros were withdrawn by customers of the savings bank"
    )
    assert "180 million euros" in cut


def test_of_another_language_the_direct_speech_is_kept() -> None:
    said = (
        "Ein Mitglied der Kabinenbesatzung, das aus Sorge um den Arbeitsplatz anonym bleiben will, "
        "schildert die Lage in Reihe 24 so: „Ein Beamter kniete auf seinem Rücken, drei Minuten.“"
    )
    cut = excerpt(said, 18, "An officer knelt on the man's back in row 24")
    assert cut == f"{CUT} „Ein Beamter kniete auf seinem Rücken, drei Minuten.“"
