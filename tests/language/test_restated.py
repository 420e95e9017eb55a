"""A statement is known again after an edit, and another one is never taken for it."""

from __future__ import annotations

import pytest

from factcheck.language.similar import score_restated

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
