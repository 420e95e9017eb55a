"""Grouping articles into stories: what belongs together, what stays apart, and how fast."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from factcheck.digest.grouping import Item, Link, cluster, links

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def item(key: str, title: str, text: str, hours: float | None = 0, language: str = "en") -> Item:
    published = None if hours is None else NOON + timedelta(hours=hours)
    return Item(key, title, text, published, language)


FIRE_IN_ORWELL = [
    item(
        "orwell-1",
        "Six hurt in Orwell mill fire",
        "A fire tore through the old Brandt paper mill in Orwell on Tuesday, injuring six "
        "workers. Fire chief Dana Kowalski said the blaze began in a drying hall at 4 a.m. "
        "About 140 people work at the mill, which opened in 1911.",
    ),
    item(
        "orwell-2",
        "Brandt mill burns in Orwell, six injured",
        "Six people were injured on Tuesday when the Brandt paper mill in Orwell caught fire. "
        "The blaze started in the drying hall, said Dana Kowalski, who leads the fire service. "
        "The mill has stood since 1911 and employs 140 people.",
        3,
    ),
    item(
        "orwell-3",
        "Drying hall suspected in Orwell blaze",
        "Investigators in Orwell looked on Wednesday at the drying hall of the Brandt paper mill, "
        "where a fire injured six workers. Kowalski, the fire chief, said the dryer was new. "
        "Brandt will pay its 140 workers while the mill is closed.",
        26,
    ),
]
FIRE_IN_LINTON = [
    item(
        "linton-1",
        "Warehouse fire in Linton kills two",
        "A fire in a furniture warehouse in Linton killed two night guards on Tuesday. Captain "
        "Ruben Ochoa said that 60 firefighters fought the blaze on Harbour Street for nine hours. "
        "The warehouse belongs to Veldhuis.",
        1,
    ),
    item(
        "linton-2",
        "Two guards die as Veldhuis warehouse burns",
        "Two guards died in a blaze at the Veldhuis furniture warehouse in Linton on Tuesday. "
        "Sixty firefighters were on Harbour Street for nine hours, Captain Ruben Ochoa said.",
        4,
    ),
]
HARBOUR_VOTE = item(
    "vote-1",
    "Council of Pelham votes for tram",
    "The council of Pelham voted 31 to 12 for a tram line to the university. Mayor Ines Falk "
    "expects the first ride in 2031 and costs of 410 million crowns.",
    2,
)
INBOX = [*FIRE_IN_ORWELL, *FIRE_IN_LINTON, HARBOUR_VOTE]


def grouped(items: Sequence[Item]) -> set[frozenset[str]]:
    return set(cluster([one.key for one in items], links(items, [])))


def keys(items: Sequence[Item]) -> frozenset[str]:
    return frozenset(one.key for one in items)


def test_one_event_in_three_outlets_is_one_story_and_a_similar_fire_another() -> None:
    stories = {keys(FIRE_IN_ORWELL), keys(FIRE_IN_LINTON), keys([HARBOUR_VOTE])}
    assert grouped(INBOX) == stories


def test_the_order_of_articles_makes_no_difference() -> None:
    expected = sorted(links(INBOX, []), key=lambda one: (one.a, one.b))
    for seed in range(5):
        mixed = random.Random(seed).sample(INBOX, len(INBOX))  # noqa: S311 - a sample
        assert sorted(links(mixed, []), key=lambda one: (one.a, one.b)) == expected


def test_articles_that_come_one_by_one_form_the_same_stories() -> None:
    for seed in range(5):
        mixed = random.Random(seed).sample(INBOX, len(INBOX))  # noqa: S311 - a sample
        kept = [one for at in range(len(mixed)) for one in links([mixed[at]], mixed[:at])]
        assert set(cluster([one.key for one in mixed], kept)) == grouped(INBOX)


def test_only_new_articles_are_scored() -> None:
    found = links([HARBOUR_VOTE, FIRE_IN_ORWELL[2]], FIRE_IN_ORWELL[:2])
    assert found
    assert all({one.a, one.b} & {"vote-1", "orwell-3"} for one in found)
    assert links([], INBOX) == ()


def test_an_edited_article_is_scored_again_and_not_against_itself() -> None:
    edited = item("orwell-1", "Seven hurt in Orwell", FIRE_IN_ORWELL[0].text)
    found = links([edited], FIRE_IN_ORWELL)
    assert {frozenset((one.a, one.b)) for one in found} == {
        frozenset(("orwell-1", "orwell-2")),
        frozenset(("orwell-1", "orwell-3")),
    }


@pytest.mark.parametrize(("days", "together"), [(13, True), (15, False)])
def test_articles_further_apart_than_the_window_are_never_linked(
    days: int, *, together: bool
) -> None:
    copy = item("late", FIRE_IN_ORWELL[0].title, FIRE_IN_ORWELL[0].text, 24 * days)
    assert bool(links([copy], [FIRE_IN_ORWELL[0]])) is together


def test_an_unknown_publication_date_keeps_nothing_apart() -> None:
    undated = [item(one.key, one.title, one.text, None) for one in FIRE_IN_ORWELL]
    assert grouped(undated) == {keys(FIRE_IN_ORWELL)}


def test_the_next_match_of_a_team_is_another_story() -> None:
    first = [
        item(
            "selby-1",
            "Tarvik beat Selby Rovers 2-1",
            "Tarvik United beat Selby Rovers 2-1 in the Northern League on Saturday. Mikko Aalto "
            "headed in a corner after 12 minutes, and Lars Dahl added a penalty. Coach Olav "
            "Brekke praised his defence before 21,000 in the Dock Stadium.",
        ),
        item(
            "selby-2",
            "Aalto header sets Tarvik on the way",
            "A header by Mikko Aalto and a Dahl penalty gave Tarvik United a 2-1 win over Selby "
            "Rovers. Selby, who had a man sent off, scored late. Tarvik coach Olav Brekke said "
            "his defence had won the match.",
            3,
        ),
    ]
    second = [
        item(
            "ness-1",
            "Port Ness win 3-0 at Tarvik",
            "Tarvik United lost 3-0 to Port Ness in the Northern League on Saturday. Jamal Idris "
            "scored twice in the second half. Coach Olav Brekke said that his defence had slept "
            "before 19,000 in the Dock Stadium.",
            168,
        ),
        item(
            "ness-2",
            "Idris sinks Tarvik",
            "Two goals by Jamal Idris helped Port Ness to a 3-0 win at Tarvik United. The third "
            "came from Tom Reyes in the last minute. Olav Brekke, the Tarvik coach, spoke of a "
            "dark evening.",
            171,
        ),
    ]
    assert grouped([*first, *second]) == {keys(first), keys(second)}


def town() -> tuple[list[Item], set[frozenset[str]]]:
    """The inbox of one small town, where the same people and places are in every story."""
    rows = json.loads((Path(__file__).parent / "town.json").read_text(encoding="utf-8"))
    gold: dict[str, set[str]] = {}
    for row in rows:
        gold.setdefault(row["story"], set()).add(row["key"])
    items = [item(row["key"], row["title"], row["text"], row["hours"]) for row in rows]
    return items, {frozenset(story) for story in gold.values()}


def test_names_that_stand_everywhere_in_a_town_make_no_story() -> None:
    items, stories = town()
    assert grouped(items) == stories


def test_the_stories_of_a_town_are_the_same_when_its_articles_come_in_two_parts() -> None:
    items, stories = town()
    found = [*links(items[:9], []), *links(items[9:], items[:9])]
    assert set(cluster([one.key for one in items], found)) == stories


def test_white_space_makes_no_other_article() -> None:
    wrapped = item("wrapped", INBOX[0].title, INBOX[0].text.replace(" ", "\n  "), 1)
    assert [one.score for one in links([wrapped], [INBOX[0]])] == [1.0]


def test_articles_of_a_few_words_stay_alone() -> None:
    few = [item(f"few-{n}", "Live updates", "May 12, 2026") for n in range(3)]
    assert grouped(few) == {frozenset((one.key,)) for one in few}


def test_copies_of_one_text_are_one_story_however_many() -> None:
    many = [item(f"c{n:05}", "", FIRE_IN_ORWELL[0].text, n / 100) for n in range(10_000)]
    found = links([*many, *FIRE_IN_LINTON], [])
    assert len(found) < 10_100
    stories = cluster([one.key for one in (*many, *FIRE_IN_LINTON)], found)
    assert set(stories) == {keys(many), keys(FIRE_IN_LINTON)}


def test_a_copy_brings_the_links_of_its_original() -> None:
    copy = item("copy", FIRE_IN_LINTON[0].title, FIRE_IN_LINTON[0].text, 5)
    assert grouped([*INBOX, copy]) >= {keys(FIRE_IN_LINTON) | {"copy"}}


@pytest.mark.parametrize(
    ("title", "text"),
    [("", ""), ("  ", "\n\n"), ("!!!", "..."), ("the", "and of the"), ("", "2026\n\n12 May")],
)
def test_articles_without_words_stay_alone(title: str, text: str) -> None:
    empty = [item("e1", title, text), item("e2", title, text)]
    assert grouped([*INBOX, *empty]) >= {frozenset(("e1",)), frozenset(("e2",))}
    assert grouped(empty) == {frozenset(("e1",)), frozenset(("e2",))}


def test_odd_text_is_no_trouble() -> None:
    odd = [
        item("o1", "²³ ½ ٣٤ 1,2.3,4", "x" * 100_000),
        item("o2", "y" * 100_000, "\ud800 \x00 \u202e 99999999999999999999"),
        item("o3", "aged", "years old 12 years"),
        item("o4", "May", "12"),
    ]
    assert grouped([*INBOX, *odd]) >= {frozenset((one.key,)) for one in odd}


def test_nothing_makes_no_story() -> None:
    assert links([], []) == ()
    assert cluster([], []) == ()


def test_articles_in_other_languages_meet_by_names_and_numbers_and_are_not_glued() -> None:
    french = item(
        "fr",
        "Incendie à Orwell : six blessés à la papeterie Brandt",
        "Six ouvriers ont été blessés mardi dans la papeterie Brandt à Orwell. Dana Kowalski, "
        "chef des pompiers, parle du hall de séchage. L'usine, ouverte en 1911, emploie "
        "140 personnes.",
        2,
        "fr",
    )
    others = [
        item(
            "fr-2",
            "Grève des bateliers sur la Morane",
            "Les bateliers de la Morane ont cessé le travail jeudi. Leur syndicat demande à "
            "Paul Verdier une hausse de 5 %.",
            2,
            "fr",
        ),
        item("ja", "川の水位が上がる", "モラン川の水位が木曜日に上がった。", 2, "ja"),
        item("ar", "ارتفاع منسوب النهر", "ارتفع منسوب نهر موران يوم الخميس.", 2, "ar"),
        item("xx", "Qwx", "Zzyx plon frub.", 2, "xx"),
    ]
    found = links([french, *others], INBOX)
    best = max(found, key=lambda one: one.score)
    assert {best.a, best.b} & keys(FIRE_IN_ORWELL)
    assert "fr" in {best.a, best.b}
    alone = {frozenset((one.key,)) for one in others}
    assert grouped([*INBOX, french, *others]) >= alone | {keys(FIRE_IN_LINTON)}


# --- clusters ------------------------------------------------------------------------


def test_links_with_articles_outside_are_left_out() -> None:
    assert cluster(["a"], [Link("a", "b", 0.9)]) == (frozenset("a"),)


def test_one_link_does_not_chain_two_stories() -> None:
    inner = [Link(x, y, 0.95) for x, y in ("ab", "ac", "bc", "de", "df", "ef")]
    assert cluster("abcdef", [*inner, Link("c", "d", 0.95)]) == (
        frozenset("abc"),
        frozenset("def"),
    )


# Two halves of one story: near within, less near across, like nothing else but "x".
HALVES = [Link(a, b, 0.95) for a, b in ("ab", "cd")]
ACROSS = [Link("a", "c", 0.32), *(Link(a, b, 0.19) for a, b in ("ad", "bc", "bd"))]


def test_what_stands_clear_of_all_else_needs_a_little_less_to_be_one_story() -> None:
    clear = [*HALVES, *ACROSS, Link("a", "x", 0.1)]
    assert {*cluster("abcdx", clear)} == {frozenset("abcd"), frozenset("x")}
    drawn = [*HALVES, *ACROSS, Link("a", "x", 0.27)]
    assert {*cluster("abcdx", drawn)} == {frozenset("ab"), frozenset("cd"), frozenset("x")}
    assert len(cluster("abcd", [*HALVES, ACROSS[0]])) == 2


def test_in_a_small_window_the_stronger_of_two_links_wins_whatever_the_order() -> None:
    links_ = [Link("a", "b", 0.66), Link("a", "x", 0.39), Link("x", "y", 0.7), Link("b", "y", 0.3)]
    for names in permutations("abxy"):
        new = dict(zip("abxy", names, strict=True))
        pairs = [Link(new[one.a], new[one.b], one.score) for one in links_]
        groups = cluster(list(names), pairs)
        assert {frozenset((new["a"], new["b"])), frozenset((new["x"], new["y"]))} == {*groups}


def test_a_lonely_article_is_not_drawn_to_what_is_least_unlike_it() -> None:
    assert len(cluster("ab", [Link("a", "b", 0.1)])) == 2
    assert len(cluster("ab", [Link("a", "b", 0.9)])) == 1


def test_a_story_of_more_articles_than_an_article_has_links_holds_together() -> None:
    names = [f"n{at:03}" for at in range(120)]
    dice = random.Random(4)  # noqa: S311 - a sample
    near = [Link(a, b, 0.9) for a in names for b in dice.sample(names, 20) if a < b or b < a]
    assert max(map(len, cluster(names, near))) > 100


def near_copies(count: int) -> list[Item]:
    """One report, in which each outlet changed a sentence and added one."""
    told = [
        f"The {thing} of Aldmere was damaged when the flood reached it on Tuesday {day}."
        for thing in ("bridge", "school", "brewery", "town hall", "library", "railway yard")
        for day in ("morning", "night")
    ]
    return [
        item(
            f"copy-{n}",
            "Flood in Aldmere",
            " ".join([*told[: n % 12], f"Reporter number {n} saw it.", *told[n % 12 + 1 :]]),
            n / 100,
        )
        for n in range(count)
    ]


def test_copies_that_fill_the_window_are_one_story_and_hide_no_other() -> None:
    copies = near_copies(400)
    assert grouped([*INBOX, *copies]) == grouped(INBOX) | {keys(copies)}


def test_copies_stay_together_in_whatever_parts_they_come() -> None:
    copies = near_copies(30)
    found = [link for at in range(0, 30, 7) for link in links(copies[at : at + 7], copies[:at])]
    names = [one.key for one in copies]
    assert cluster(names, found) == (keys(copies),)
    assert cluster(names[1:], found) == (keys(copies[1:]),)
