"""What an editor has to know of a changed text, and what not."""

from __future__ import annotations

import pytest

from factcheck.articles import article_from_text
from factcheck.digest.edits import compare_texts, describe_difference
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
        ("stays closed.", "stays closed.\n\nOrle: 7 °C, cloudy", "wording"),
        ("stays closed.", "stays closed.\n\nThe owner hopes for 7 °C.", "content"),
        (
            "stays closed.",
            "stays closed. Correction: An earlier version of this article named another owner.",
            "correction",
        ),
        ("stays closed.", "stays closed. Editor's note: The number was corrections.", "correction"),
        ("stays closed.", "stays closed. This story has been corrected at noon.", "correction"),
        ("stays closed.", "stays closed. The council asked for a correction.", "content"),
        ("stays closed.", "stays closed. Engineers will correct the fault.", "content"),
        ("stays closed.", "stays closed. This story was updated to correct a name.", "correction"),
    ],
)
def test_an_edit_weighs_what_it_changes(old: str, new: str, weight: str) -> None:
    assert old in TEXT
    edit = compare_texts(article(TEXT), article(TEXT.replace(old, new)))
    assert edit.weight == weight
    assert edit.passages


@pytest.mark.parametrize(
    ("language", "old", "new", "weight"),
    [
        ("en", "It burned on Sunday.", "It burned on Monday.", "content"),
        ("en", "Shops open on Sundays.", "Shops open on MONDAYS.", "content"),
        ("en", "It burned on 3 March.", "It burned on 3 April.", "content"),
        ("en", "It burned in May.", "It burned in June.", "content"),
        ("en", "On Monday it said Sunday.", "On Monday it said Monday.", "content"),
        ("en", "It burned yesterday.", "It burned on Sunday.", "wording"),
        ("en", "He said Monday it burned.", "He said it burned.", "wording"),
        ("en", "It burned on 3 March.", "It burned on 3 Mar.", "wording"),
        ("en", "They march and may go.", "They walk in June and go.", "wording"),
        ("en", "It burned on Sunday.", "It burned in June.", "wording"),
        ("de", "Es brannte am Sonntag.", "Es brannte am Montag.", "content"),
        ("de", "Es brannte am Sonntagabend.", "Es brannte am Montagabend.", "content"),
        ("de", "Es brannte am Samstag.", "Es brannte am Sonnabend.", "wording"),
        ("de", "Es brannte gestern.", "Es brannte am Sonntag.", "wording"),
        ("de", "Wir sind jung, im Mai.", "Wir sind alt, im Mai.", "wording"),
        ("fr", "Il a lieu dimanche.", "Il a lieu lundi.", "content"),
        ("fr", "Mais il vient en juin.", "Il vient aussi en juin.", "wording"),
        ("it", "Era in maggio.", "Era in giugno.", "content"),
        ("it", "Qui il maggiore parla.", "Qui parla poi in giugno.", "wording"),
        ("pl", "Spotkanie w niedzielę.", "Spotkanie w środę.", "content"),
        ("pl", "Brak na to środków.", "Brak na to w niedzielę.", "wording"),
        ("hu", "A tűz szerdán volt.", "A tűz kedden volt.", "content"),
        ("ru", "Пожар был в среду.", "Пожар был в пятницу.", "content"),
        ("zh", "火灾发生在周一。", "火灾发生在周二。", "content"),
        ("he", "השריפה הייתה ביום ראשון.", "השריפה הייתה ביום שני.", "content"),
        ("und", "It burned on Sunday.", "It burned on Monday.", "content"),
    ],
)
def test_a_day_or_month_that_became_another_is_content(
    language: str, old: str, new: str, weight: str
) -> None:
    texts = (article(f"{TEXT} {text}") for text in (old, new))
    both = (text.model_copy(update={"language": language}) for text in texts)
    assert compare_texts(*both).weight == weight


def test_passages_hold_the_sentences_that_part_and_no_other() -> None:
    after = article(TEXT.replace("two firefighters", "three firefighters"))
    [passage] = compare_texts(article(TEXT), after).passages
    assert [s.number for s in passage.before] == [1]
    assert "three firefighters" in passage.after[0].text


@pytest.mark.parametrize(
    ("line", "weight"),
    [
        ("1,204 views", ""),
        ("You have read 1 of 5 free articles this month.", ""),
        ("First published at 10:00, updated at 10:05 CET", "wording"),
        ("Mayor speaks of 3 dead at the mill", "content"),
    ],
)
def test_a_line_of_the_page_below_the_headline_is_no_news(line: str, weight: str) -> None:
    digit = line.replace("10:05", "14:12").replace("1", "2").replace("3", "4")
    edit = compare_texts(*(article(f"Mill burns\n\n{one}\n\n{TEXT}") for one in (line, digit)))
    assert (edit.weight if edit.passages else "") == weight


def test_white_space_is_no_edit() -> None:
    assert compare_texts(article(TEXT), article(TEXT.replace(". ", ".  "))).passages == ()


def test_the_notice_is_the_sentence_that_announces_the_correction() -> None:
    notice = "Correction: An earlier version of this article gave another number."
    text = TEXT.replace("two", "three") + " " + notice
    expected = notice.removeprefix("Correction: ")
    assert compare_texts(article(TEXT), article(text)).notice == expected


def test_the_notice_ends_with_its_paragraph() -> None:
    text = TEXT + "\n\nCorrection: The owner is another.\n\nThe fire is out since noon."
    assert compare_texts(article(TEXT), article(text)).notice == "The owner is another."


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("two firefighters", "three firefighters", "two became three."),
        ("two firefighters", "12 firefighters", "two became 12."),
        ("The road to Orle stays closed.", "Nobody else was hurt, and 40 people left.", "1 sent"),
        (" The road to Orle stays closed.", "", "Shortened: 1 sentence is no longer there."),
        ("two firefighters were hurt.", "two were hurt, 61 came and 4 left.", "1 sentence"),
        ("two firefighters were", "three firefighters and 4 cooks were", "1 sentence"),
        ("two firefighters were hurt. ", "one was hurt. Another of 40 left. ", "2 sentences"),
    ],
)
def test_a_figure_is_told_only_where_the_sentence_is_the_same(
    old: str, new: str, told: str
) -> None:
    assert old in TEXT
    edit = compare_texts(article(TEXT), article(TEXT.replace(old, new)))
    assert told in describe_difference(edit).text


def test_figures_that_come_and_go_in_different_sentences_did_not_become_each_other() -> None:
    after = TEXT.replace("two firefighters were", "nobody was").replace("insured", "insured for 90")
    assert describe_difference(compare_texts(article(TEXT), article(after))).code == "text-edited"
