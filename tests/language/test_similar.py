"""Rules of similarity: what is rare counts, near spellings and numbers in words match.

And of what is restated: known again after an edit, and another one never taken for it.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.language.similar import idf, score_restated, similarity

NEWS = [
    "The ferry from Orle sank on Monday.",
    "Two crew members of the ferry died.",
    "The museum of Brane opened on Monday.",
]
WEIGHTS = idf(NEWS)


def test_what_is_rare_weighs_more() -> None:
    assert WEIGHTS["museum"] > WEIGHTS["monday"]


def test_the_same_event_is_more_similar_than_the_same_day() -> None:
    query = "On Monday the Orle ferry went down."
    scores = [similarity(query, text, WEIGHTS) for text in NEWS]
    assert scores[0] == max(scores)
    assert scores[0] > scores[2] > 0


def test_near_spellings_and_numbers_in_words_match() -> None:
    itself = similarity("Podolyak saw 2 boats", "Podolyak saw 2 boats", {})
    assert similarity("Podolyak saw 2 boats", "Podoliak saw two boats", {}) > 0.9 * itself


@given(st.text("abc 12", max_size=30), st.text("abc 12", max_size=30))
def test_it_is_a_symmetric_share(a: str, b: str) -> None:
    assert similarity(a, b, WEIGHTS) == pytest.approx(similarity(b, a, WEIGHTS))
    assert 0.0 <= similarity(a, b, WEIGHTS) <= 1.0 + 1e-9


def test_nothing_is_similar_to_nothing() -> None:
    assert similarity("", "the of", WEIGHTS) == 0.0


def test_nothing_is_more_similar_to_a_text_than_itself() -> None:
    for text in NEWS:
        scores = {other: similarity(text, other, WEIGHTS) for other in NEWS}
        assert max(scores, key=lambda other: scores[other]) == text


def test_a_longer_match_outweighs_a_shorter_one() -> None:
    short, long = "Ferry sank.", "The Orle ferry sank in the bay near Brane."
    assert similarity(long, long, WEIGHTS) > similarity(short, short, WEIGHTS)


LONG = "The northern bridge stays closed until Friday while divers look at its pier."


@pytest.mark.parametrize(
    "other",
    [
        LONG,
        "The northern bridge stays closed until Friday, while divers look at its pier.",
        "The northern bridge stays closed until Friday while the divers look at the pier.",
    ],
)
def test_the_same_words_are_the_same_statement(other: str) -> None:
    assert score_restated(LONG, other) >= 80


@pytest.mark.parametrize(
    "other",
    [
        LONG.replace("Friday", "Sunday"),
        LONG.replace("closed", "open"),
        LONG.replace("northern", "southern"),
        LONG.replace("stays", "does not stay"),
        "Divers look at the northern bridge while its pier stays closed until Friday.",
        "",
    ],
)
def test_one_other_word_makes_another_statement(other: str) -> None:
    assert score_restated(LONG, other) == 0


def test_another_figure_makes_another_statement() -> None:
    assert score_restated("At least 12 people died.", "At least 14 people died.") == 0
