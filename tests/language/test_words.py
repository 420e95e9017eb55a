"""Rules of words: folding, tokens and stems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.language.words import fold, stems, straight, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mykhaïlo’s “plan”", 'mykhailo\'s "plan"'),
        ("STRASSE Straße", "strasse strasse"),
        ("Łódź – Ørsted", "lodz - orsted"),
        ("a\u00a0b", "a b"),
    ],
)
def test_folding_removes_accents_case_and_typography(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_straightening_keeps_every_offset(text: str) -> None:
    assert len(straight(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don’t panic", ["don't", "panic"]),
        ("anti-aircraft fire", ["anti", "aircraft", "fire"]),
        ("1,200 shells of 155mm", ["1,200", "shells", "of", "155", "mm"]),
        ("the G7 — and covid19", ["the", "g7", "and", "covid19"]),
        ("東京 tower", ["東", "京", "tower"]),
        ("", []),
    ],
)
def test_words_split_hyphens_and_units_but_no_apostrophes_or_separators(
    text: str, expected: list[str]
) -> None:
    assert words(text) == expected


@given(st.text())
def test_no_word_holds_a_space(text: str) -> None:
    assert all(not any(letter.isspace() for letter in word) for word in words(text))


def test_inflected_words_share_a_stem_and_stop_words_have_none() -> None:
    assert stems("The mayor's bridges were attacked") == stems("mayor bridge attacking")


def test_stems_follow_the_language_and_its_elisions() -> None:
    assert stems("l'attaque", "fr") == stems("attaques", "fr")


def test_an_unknown_language_gives_folded_words() -> None:
    assert stems("Čaj pívó", "xx") == ("caj", "pivo")
