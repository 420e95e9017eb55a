"""Places to look: numbers, denials, and articles about something else."""

from __future__ import annotations

import pytest

from factcheck.digest.places import quote_sentences
from factcheck.sidebyside.models import Comparison
from tests.sidebyside.world import COURIER, HERALD, STRANGER, article, read


def compared(one: str, other: str) -> tuple[Comparison, ...]:
    """The comparisons of two articles of one sentence each."""
    return read(article("a1", "A", one), article("a2", "B", other)).comparisons


def values(found: tuple[Comparison, ...]) -> list[tuple[str, list[str]]]:
    """How each comparison comes out, with its values as printed."""
    return [(one.agreement, [amount.text for amount in one.amounts]) for one in found]


def test_bounds_and_rounding_are_compatible() -> None:
    assert values(read(HERALD, COURIER).comparisons) == [
        ("compatible", ["At least 40 people", "52 people"]),
        ("compatible", ["$2.4 million", "about $2.5 million"]),
        ("the-same", ["three people", "Three people"]),
    ]


def test_values_that_exclude_each_other_differ_and_stand_first() -> None:
    found = compared(
        "The flood destroyed 310 houses along the Senn, and the damage came to 9% of the budget.",
        "The flood destroyed 450 houses along the Senn, and the damage came to 9% of the budget.",
    )
    assert values(found) == [("differ", ["310", "450"]), ("the-same", ["9%", "9%"])]


def test_a_value_that_moved_is_compared_though_two_outlets_had_the_old_one() -> None:
    # In a reading of these three sentences alone no word would be rare.
    other = ("The school opens late.", "A bridge is painted blue.", "Nobody saw the fox.")
    found = read(
        article(
            "a1",
            "A",
            "Some 1,200 households in Orle must boil their tap water, Senn Water said on Sunday.",
            *other,
        ),
        article("a2", "B", "Senn Water speaks of 1,200 households.", *other),
        article(
            "a3",
            "C",
            "The notice to boil tap water in Orle holds for 2,400 households, Senn Water said.",
            *other,
        ),
    ).comparisons
    assert values(found) == [
        ("differ", ["Some 1,200", "2,400"]),
        ("the-same", ["Some 1,200", "1,200"]),
    ]


def test_a_title_tells_what_is_counted_and_quotes_the_shared_words() -> None:
    (toll,) = compared(
        "At least 12 people were killed by the flood at the Senn bridge, the brigade said.",
        "The flood at the Senn bridge killed 14 people, the fire brigade said on Friday.",
    )
    assert toll.counts.startswith("people, dead: “")
    (houses,) = compared(
        "The flood destroyed 310 houses along the Senn in Orle.",
        "The flood destroyed 450 houses along the Senn in Orle.",
    )
    assert houses.counts == "houses: “flood destroyed … along the Senn in Orle”"


def test_tolls_stand_before_other_values_that_differ() -> None:
    found = compared(
        "The flood destroyed 310 houses along the Senn, and 12 people were killed in Orle by it.",
        "The flood destroyed 450 houses along the Senn, and 19 people were killed in Orle by it.",
    )
    assert values(found) == [
        ("differ", ["12 people", "19 people"]),
        ("differ", ["310", "450"]),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # two players
        (
            "In the cup final at Orle on Friday, Ida Holm scored 14 points for the Rovers.",
            "In the cup final at Orle on Friday, Ana Varn scored 9 points for the Rovers.",
        ),
        # a part of the whole
        (
            "Holm made 34 passes in the cup final at Orle on Friday evening.",
            "Holm made the first 17 passes in the cup final at Orle on Friday evening.",
        ),
        # nobody knows whose
        (
            "He scored 14 points in the cup final at Orle for the Rovers on Friday.",
            "He scored 9 points in the cup final at Orle for the Rovers on Friday.",
        ),
    ],
)
def test_values_of_two_owners_or_of_a_part_do_not_differ(one: str, other: str) -> None:
    assert compared(one, other) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # another thing is counted
        (
            "The flood destroyed 310 houses along the Senn.",
            "The flood destroyed 45 barns along it.",
        ),
        # the dead and the rescued
        (
            "At least 12 people were killed by the flood in Orle, the fire brigade said.",
            "At least 90 people were rescued from the flood in Orle, the fire brigade said.",
        ),
        # another currency
        (
            "The bridge in Orle cost the town $4 million.",
            "The bridge in Orle cost the town €4 million.",
        ),
        # a score, and the number of a house
        ("Varn Rovers lost 88-72 in Orle on Friday.", "Varn Rovers lost 91-72 in Orle on Friday."),
        ("The fire began at 24 Elm Road in Orle.", "The fire began at 26 Elm Road in Orle."),
        # years and days are no amounts
        ("The old bridge in Orle fell in 2019.", "The old bridge in Orle fell in 2021."),
    ],
)
def test_values_of_other_things_are_not_compared(one: str, other: str) -> None:
    assert compared(one, other) == ()


def test_a_value_that_an_outlet_corrects_is_not_its_value() -> None:
    one = "The ferry was carrying 310 passengers to Orle."
    wrong = "Correction: We said that the ferry was carrying 310 passengers to Orle; it was 130."
    assert values(compared(one, one)) == [("the-same", ["310", "310"])]
    assert compared(one, wrong) == ()


def test_of_two_shares_in_a_sentence_only_equal_ones_are_compared() -> None:
    found = compared(
        "In the poll Brandt had 11 percent of the vote in Orle, and Fell had 10 percent.",
        "In the poll Fell had 10 percent of the vote in Orle, and Brandt had 9 percent.",
    )
    assert values(found) == [("the-same", ["10 percent", "10 percent"])]


def test_a_value_keeps_its_moment_as_printed_and_as_a_day() -> None:
    (found,) = compared(
        "By Tuesday the fire had destroyed 310 houses in the hills of Orle.",
        "The fire had destroyed 450 houses in the hills of Orle by Wednesday.",
    )
    assert [(one.asof, one.day) for one in found.amounts] == [
        ("Tuesday", "2026-05-12"),
        ("Wednesday", "2026-05-13"),
    ]


def test_a_denial_is_listed_with_who_says_it() -> None:
    (found,) = read(HERALD, COURIER).denials
    assert (found.id, found.article, found.sentence, found.cue) == ("d1", "a1", 8, "denied")
    assert "Marrow" in found.said[0].source


def test_an_article_that_shares_no_names_is_pointed_out() -> None:
    (found,) = read(HERALD, COURIER, STRANGER).strangers
    assert found.article == "a4"
    assert found.shared == ()


def test_an_article_without_two_others_in_its_language_is_no_stranger() -> None:
    assert read(HERALD, STRANGER).strangers == ()
    foreign = STRANGER.model_copy(update={"language": "de"})
    assert read(HERALD, COURIER, foreign).strangers == ()


def test_sentences_that_do_not_follow_on_are_quoted_with_a_mark_between_them() -> None:
    one = article("a1", "Herald", "The bridge fell.", "Nobody saw it.", "It will be rebuilt.")
    assert quote_sentences(one, [1, 2], ()).text == "The bridge fell. Nobody saw it."
    assert quote_sentences(one, [1, 3], ()).text == "The bridge fell. […] It will be rebuilt."
