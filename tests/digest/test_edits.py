"""What an editor has to know of a changed text, and what not."""

from __future__ import annotations

import pytest

from factcheck.articles import article_from_text
from factcheck.digest.edits import compare_texts
from factcheck.models import Article

TEXT = (
    "The Orle mill burned on Monday, and two firefighters were hurt. "
    "The owner, Ada Brun, said that the mill was insured. "
    "The road to Orle stays closed."
)


def article(text: str) -> Article:
    """A text as an article."""
    found = article_from_text(text, source="mill.txt")
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    ("old", "new", "weight"),
    [
        ("two firefighters", "three firefighters", "content"),
        ("Ada Brun", "Ida Brun", "content"),
        ("was insured", "was not insured", "content"),
        ("stays closed.", "stays closed. The fire is out.", "content"),
        (" The road to Orle stays closed.", "", "content"),
        ("burned on Monday", "burnt on Monday", "wording"),
        (
            "stays closed.",
            "stays closed. Correction: An earlier version of this article named another owner.",
            "correction",
        ),
        ("stays closed.", "stays closed. Editor's note: The number was corrections.", "correction"),
        ("stays closed.", "stays closed. This story has been corrected at noon.", "correction"),
        ("stays closed.", "stays closed. The council asked for a correction.", "content"),
    ],
)
def test_an_edit_weighs_what_it_changes(old: str, new: str, weight: str) -> None:
    assert old in TEXT
    edit = compare_texts(article(TEXT), article(TEXT.replace(old, new)))
    assert edit.weight == weight
    assert edit.passages


def test_passages_hold_the_sentences_that_part_and_no_other() -> None:
    after = article(TEXT.replace("two firefighters", "three firefighters"))
    [passage] = compare_texts(article(TEXT), after).passages
    assert [s.number for s in passage.before] == [1]
    assert "three firefighters" in passage.after[0].text


def test_white_space_is_no_edit() -> None:
    assert compare_texts(article(TEXT), article(TEXT.replace(". ", ".  "))).passages == ()


def test_the_notice_is_the_sentence_that_announces_the_correction() -> None:
    notice = "Correction: An earlier version of this article gave another number."
    text = TEXT.replace("two", "three") + " " + notice
    expected = notice.removeprefix("Correction: ")
    assert compare_texts(article(TEXT), article(text)).notice == expected
