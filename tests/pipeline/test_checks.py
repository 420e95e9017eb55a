"""What the checks take for the text of an article."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from factcheck.language.cognates import beginnings, marks
from factcheck.models import Article, Claim
from factcheck.pipeline.checks import (
    article_text,
    doubt_claim,
    doubt_members,
    doubt_places,
    doubt_speaker,
)
from factcheck.pipeline.wire import WireClaim, WireSpeaker
from tests.pipeline.world import article, claim, speaker


def test_the_time_of_a_live_entry_is_part_of_what_is_cited() -> None:
    live = article(("Live", "The foreman is on her feet."))
    stamped = live.sentence(2).model_copy(update={"moment": "14:08"})
    live = live.model_copy(update={"sentences": (live.sentence(1), stamped)})
    told = WireClaim.model_validate(claim("The foreman was on her feet at 14:08.", 2))
    other = WireClaim.model_validate(claim("The foreman was on her feet at 14:38.", 2))
    assert doubt_claim(live, told, article_text(live)) == []
    assert [d.text for d in doubt_claim(live, other, article_text(live))] == [
        'the number "14:38" is not in the sentences cited'
    ]


def test_clock_times_of_two_zones_are_not_held_against_each_other() -> None:
    local, zoned, other, away = (
        Claim(id=i, article=i[:2], text=text, kind="fact", core=True, sentences=(2,), speaker=None)
        for i, text in (
            ("a1.c1", "It began at 19:40."),
            ("a2.c1", "It began at 1740 GMT."),
            ("a3.c1", "It began at 20:10."),
            ("a4.c1", "It began at 1.40 in the morning."),
        )
    )
    assert doubt_members([local, away], "It began.") == []
    assert doubt_members([local, zoned], "It began.") == []
    assert len(doubt_members([local, other], "It began.")) == 1


@pytest.mark.parametrize(
    ("worded", "doubts"), [("at a quarter to eight", 0), ("at half past six", 1)]
)
def test_a_time_in_words_is_of_a_minute_near_it(worded: str, doubts: int) -> None:
    one, other = (
        Claim(id=i, article=i[:2], text=text, kind="fact", core=True, sentences=(2,), speaker=None)
        for i, text in (("a1.c1", "It began at 19:47."), ("a2.c1", f"It began {worded}."))
    )
    assert len(doubt_members([one, other], "It began.")) == doubts


def test_a_claim_that_differs_from_others_is_doubted_once_and_not_what_the_group_tells() -> None:
    cost, part, wrong, more = (
        Claim(id=i, article=i[:2], text=text, kind="fact", core=True, sentences=(2,), speaker=None)
        for i, text in (
            ("a1.c1", "It cost 1.9 million euros for 4 years."),
            ("a2.c1", "It cost 475,000 euros a year."),
            ("a3.c1", "It cost 2.4 million euros."),
            ("a4.c1", "It cost 1.9 million euros."),
        )
    )
    told = "It cost 1.9 million euros, or 475,000 a year."
    assert doubt_members([cost, part, more], told) == []
    assert len(doubt_members([cost, part], "It cost a lot.")) == 1
    assert len(doubt_members([cost, more, wrong], told)) == 1


ROWS = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "language" / "foreign_claims.tsv")
    .read_text(encoding="utf-8")
    .splitlines()[1:]
]
LANGUAGES = ("de", "fr", "es", "it", "pt", "nl")


def honest_answer(language: str) -> tuple[Article, list[WireClaim]]:
    """An invented article, and a claim of each of its sentences."""
    rows = [row for row in ROWS if row[0] == language]
    claims = [WireClaim.model_validate(claim(row[2], n)) for n, row in enumerate(rows, start=1)]
    return article(tuple(row[1] for row in rows), language=language), claims


def doubted_places(told: Article, claims: Sequence[WireClaim]) -> list[bool]:
    return [doubt is not None for doubt in doubt_places(told, claims, 1, len(told.sentences))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_place_of_an_honest_claim_is_doubted_in_any_language(language: str) -> None:
    told, claims = honest_answer(language)
    assert not any(doubted_places(told, claims))


def test_nearly_every_claim_that_cites_a_far_sentence_is_doubted_in_any_language() -> None:
    tried = caught = 0
    for language in LANGUAGES:
        told, claims = honest_answer(language)
        for at, one in enumerate(claims):
            for far in (n for n in range(1 + at % 3, len(claims) + 1, 3) if abs(n - at - 1) > 2):
                moved = [*claims[:at], one.model_copy(update={"s": [far]}), *claims[at + 1 :]]
                tried += 1
                caught += doubted_places(told, moved)[at]
    assert tried > 500
    assert caught / tried > 0.88


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_out_of_order_is_not_doubted_where_it_shares_words_with_what_it_cites(
    language: str,
) -> None:
    told, claims = honest_answer(language)
    named = [c for c in claims if marks(c.t, "en") & marks(told.sentence(c.s[0]).text, language)]
    assert len(named) > len(claims) / 2
    for one in named:
        rest = [other for other in claims if other is not one]
        middle = len(rest) // 2
        assert not doubted_places(told, [*rest[:middle], one, *rest[middle:]])[middle]


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_are_not_doubted_where_claims_do_not_follow_the_text(language: str) -> None:
    told, claims = honest_answer(language)
    shuffled = random.Random(2).sample(claims, k=len(claims))  # noqa: S311 - fixed, no secret
    assert not any(doubted_places(told, shuffled))


def test_the_sentence_that_a_doubt_names_holds_words_of_the_claim() -> None:
    told, claims = honest_answer("nl")
    for at, one in enumerate(claims[3:], start=3):
        moved = [*claims[:at], one.model_copy(update={"s": [1]}), *claims[at + 1 :]]
        doubt = doubt_places(told, moved, 1, len(told.sentences))[at]
        if doubt:
            [named] = [int(word) for word in doubt.text.split() if word.isdigit()]
            assert marks(one.t, "en") & marks(told.sentence(named).text, "nl")
    assert doubt


def test_an_answer_without_claims_or_without_places_is_not_doubted() -> None:
    told, claims = honest_answer("de")
    assert doubted_places(told, []) == []
    assert not any(doubted_places(told, [claims[0].model_copy(update={"s": []})]))


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("it", ("Parla Ivo Tessarin.", "«Nove ore.»", "Tace Ada Belli.", "È tardi.")),
        ("pt", ("Falou Ivo Tessarin.", "«Nove horas.»", "Calou-se Ada Belli.", "É tarde.")),
        ("nl", ("Ivo Tessarin sprak.", "“Negen uur.”", "Ada Belli zweeg.", "Het is laat.")),
        ("en", ("Ivo Tessarin spoke.", "“Nine hours.”", "Ada Belli kept quiet.", "It is late.")),
    ],
)
def test_a_speaker_is_doubted_where_only_another_is_named(
    language: str, lines: tuple[str, ...]
) -> None:
    told = article(("Titolo", *lines), language=language)
    [ivo, ada] = [WireSpeaker.model_validate(speaker(n)) for n in ("Ivo Tessarin", "Ada Belli")]

    def doubt(by: WireSpeaker, other: WireSpeaker, *numbers: int) -> str:
        told_by = WireClaim.model_validate(claim("It took 9 hours.", *numbers, by=by.n))
        found = doubt_speaker(told, told_by, by, [other], beginnings(article_text(told)))
        return found.text if found else ""

    assert doubt(ivo, ada, 2) == ""
    assert doubt(ivo, ada, 3) == ""
    assert doubt(ivo, ada, 5) == ""  # nobody is named: a statement may go on
    assert doubt(ivo, ada, 4, 2) == ""  # both are named
    assert doubt(ada, ivo, 2) == (
        "the cited sentences name Ivo Tessarin, and none near them names Ada Belli"
    )


def test_a_speaker_whom_the_article_does_not_name_is_not_doubted() -> None:
    told = article(("Titel", "Karl Vogt schwieg.", "Es brannte."), language="de")
    resident, vogt = (
        WireSpeaker.model_validate(speaker(name)) for name in ("a resident", "Karl Vogt")
    )
    told_by = WireClaim.model_validate(claim("It burned.", 2, by="a resident"))
    assert doubt_speaker(told, told_by, resident, [vogt], beginnings(article_text(told))) is None


def test_a_name_inside_a_quote_and_one_of_no_letters_are_no_other_speaker() -> None:
    told = article(
        ("Titel", "„Karl Vogt lügt.“", "Es brannte.", "Das sagt Ada Belli."), language="de"
    )
    ada, *others = (
        WireSpeaker.model_validate(speaker(name)) for name in ("Ada Belli", "Karl Vogt", " ", "")
    )
    told_by = WireClaim.model_validate(claim("Karl Vogt lies.", 2, by="Ada Belli"))
    assert doubt_speaker(told, told_by, ada, others, beginnings(article_text(told))) is None
