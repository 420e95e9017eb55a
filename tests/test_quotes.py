"""What a quotation is broken off at, and what belongs to it."""

from __future__ import annotations

import pytest

from factcheck.models import Sentence
from factcheck.report.quotes import find_broken, is_spoken, quote_whole
from tests.samples import sample_report


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("“Nobody forced it.", (False, True)),
        ("Everybody had one,” he said.", (True, False)),
        ("“We did. All of us,” he said. “Nobody left.", (False, True)),
        ('We apologise for it."', (True, False)),
        ('He said: "We apologise.', (False, True)),
        ("« Il est venu », dit-il.", (False, False)),
        ("Il est parti », dit-il.", (True, False)),
        ("„Bei uns kam ein Fax an.", (False, True)),
        ("„Ja“, sagte er.", (False, False)),
        ("Vorher nichts.“", (True, False)),
        ("»Ja«, sagte er.", (False, False)),
        ("»Ja, aber.", (False, True)),
        ("The “log” (“here”) was shut.", (False, False)),
    ],
)
def test_where_a_quotation_is_broken_off(text: str, broken: tuple[bool, bool]) -> None:
    assert find_broken(text) == broken


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (1, "She came in."),
        (2, "“We were told. Nobody had seen it,” she said."),
        (3, "“We were told. Nobody had seen it,” she said."),
        (4, "“Then it"),
    ],
)
def test_a_quotation_is_told_to_its_ends_within_its_paragraph(number: int, told: str) -> None:
    texts = [
        "She came in.",
        "“We were told.",
        "Nobody had seen it,” she said.",
        "“Then it",
        "fell.”",
    ]
    sentences = tuple(
        Sentence(number=n, text=text, paragraph=2 if n == 5 else 1)
        for n, text in enumerate(texts, 1)
    )
    article = sample_report().articles[0].model_copy(update={"sentences": sentences})
    assert quote_whole(article, number) == told


@pytest.mark.parametrize(
    ("number", "words", "spoken"),
    [
        (1, "Nobody forced anything", True),
        (1, "he said", False),
        (2, "a small minority", True),
        (2, "stood by his account that “a small minority", False),
        (3, "T17 gave me the road", True),
        (3, "Callum told her", False),
        (4, "the gate had been opened", False),
        (5, "wir haben nichts gehört", True),
        (5, "hätten sie nichts gesehen", False),
        (6, "Nobody left", True),
        (7, "It was loud", True),
        (7, "All of us heard it", True),
    ],
)
def test_words_within_marks_are_direct_speech_and_others_the_articles_report(
    number: int, words: str, *, spoken: bool
) -> None:
    texts = (
        "“Nobody forced anything,” he said.",
        "He stood by his account that “a small minority” had tried.",
        "Callum told her, ‘T17 gave me the road’, and the drivers’ union agrees.",
        "The mayor's office says the gate had been opened by the drivers' crew.",
        "„Nein, wir haben nichts gehört“, sagte er; auch hätten sie nichts gesehen.",
        "“We stayed. Nobody left.",
        "It was loud. All of us heard it,” she said.",
    )
    article = sample_report().articles[0]
    paragraphs = (1, 2, 3, 4, 5, 6, 6)
    sentences = tuple(
        Sentence(number=n, text=text, kind="body", paragraph=paragraph)
        for n, (text, paragraph) in enumerate(zip(texts, paragraphs, strict=True), 1)
    )
    told = article.model_copy(update={"sentences": sentences})
    assert is_spoken(told, number, words) == spoken
