"""Which article came first, as far as what is known of the times allows."""

from __future__ import annotations

from typing import Any

import pytest

from factcheck.judge.timeline import has_one_zone, is_before
from factcheck.models import Sentence
from tests.judge.world import POLICE, Paper, Says, agree, stand, to_article, with_paper

DAY: dict[str, Any] = {"precision": "day"}
NO_ZONE: dict[str, Any] = {"zone_known": False}


@pytest.mark.parametrize(
    ("why", "one", "other", "before"),
    [
        ("an hour", {"hour": 8}, {"hour": 9}, True),
        ("the other way", {"hour": 9}, {"hour": 8}, False),
        ("one moment", {"hour": 8}, {"hour": 8}, False),
        ("unknown", {}, {"hour": 8}, False),
        ("the other unknown", {"hour": 8}, {}, False),
        ("a day is not midnight", {"hour": 0, **DAY}, {"hour": 9}, False),
        ("nor is the other", {"hour": 8}, {"hour": 9, **DAY}, False),
        ("two days", {"hour": 0, **DAY}, {"hour": 0, "day": 13}, True),
        ("two days alone", {"hour": 0, **DAY}, {"hour": 0, "day": 13, **DAY}, True),
        ("two days the other way", {"hour": 0, "day": 13}, {"hour": 0, **DAY}, False),
        ("one moment in two zones", {"hour": 10, "zone": 2}, {"hour": 8}, False),
        ("the zones make the order", {"hour": 9, "zone": 2}, {"hour": 8}, True),
        ("two clocks without a zone", {"hour": 8, **NO_ZONE}, {"hour": 9, **NO_ZONE}, True),
        ("and the other way", {"hour": 9, **NO_ZONE}, {"hour": 8, **NO_ZONE}, False),
        ("one without a zone", {"hour": 8, **NO_ZONE}, {"hour": 9}, False),
        ("no zone could change it", {"hour": 1}, {"hour": 16, **NO_ZONE}, True),
        ("14 hours could", {"hour": 1}, {"hour": 15, **NO_ZONE}, False),
        ("15 the other way", {"hour": 16}, {"hour": 1, **NO_ZONE}, False),
    ],
)
def test_where_zones_differ_order_is_known_only_where_no_zone_could_change_it(
    why: str, one: dict[str, Any], other: dict[str, Any], *, before: bool
) -> None:
    first, second = (to_article("a", Paper("X", (), **changes)) for changes in (one, other))
    assert is_before(first, second, one_zone=False) == before, why


@pytest.mark.parametrize(
    ("why", "one", "other", "before"),
    [
        ("one without a zone", {"hour": 8, **NO_ZONE}, {"hour": 9, "zone": 2}, True),
        ("one with a zone", {"hour": 8, "zone": 2}, {"hour": 9, **NO_ZONE}, True),
        ("west of it too", {"hour": 8, "zone": -7}, {"hour": 9, **NO_ZONE}, True),
        ("the other way", {"hour": 9, **NO_ZONE}, {"hour": 8, "zone": -7}, False),
        ("one moment", {"hour": 9, **NO_ZONE}, {"hour": 9, "zone": 2}, False),
        ("a day is not midnight", {"hour": 0, **DAY, **NO_ZONE}, {"hour": 9}, False),
        ("unknown", {}, {"hour": 9, **NO_ZONE}, False),
    ],
)
def test_where_all_print_one_zone_a_time_without_is_of_that_zone(
    why: str, one: dict[str, Any], other: dict[str, Any], *, before: bool
) -> None:
    first, second = (to_article("a", Paper("X", (), **changes)) for changes in (one, other))
    assert is_before(first, second, one_zone=True) == before, why


@pytest.mark.parametrize(
    ("why", "papers", "one_zone"),
    [
        ("no-article", [], True),
        ("none prints a zone", [{"hour": 8, **NO_ZONE}], True),
        ("all print one", [{"hour": 8, "zone": 2}, {"hour": 20, "zone": 2}], True),
        ("two zones", [{"hour": 8, "zone": 2}, {"hour": 8}], False),
        ("a time without", [{"hour": 8, "zone": 2}, {"hour": 8, **NO_ZONE}], True),
        ("a day alone", [{"hour": 8, "zone": 2}, {"hour": 0, **DAY}], True),
        ("no time at all", [{"hour": 8, "zone": 2}, {}], True),
    ],
)
def test_only_times_with_a_printed_zone_tell_whether_there_is_one(
    why: str, papers: list[dict[str, Any]], *, one_zone: bool
) -> None:
    articles = [to_article("a", Paper("X", (), **changes)) for changes in papers]
    assert has_one_zone(articles) == one_zone, why


def test_all_articles_of_the_set_are_asked_for_their_zone() -> None:
    world = agree(Says("4 died.", POLICE), Says("Rain."), Says("Wind."), hours=(9, 10, None))
    later = stand("a2", "updates", text="7 died.")
    world = world.but(groups=(world.groups[0].model_copy(update={"same": ("a1.c1",)}),))
    world = world.but(groups=(world.groups[0].model_copy(update={"stands": (later,)}),))
    world = with_paper(with_paper(world, 1, zone=2), 2, zone_known=False)
    assert world.verdict() == "updated"
    assert with_paper(world, 3, hour=9, zone=2).verdict() == "updated"
    assert with_paper(world, 3, hour=9, zone=3).verdict() == "single-source"


def test_nothing_of_that_day_comes_after_a_live_page_which_goes_on() -> None:
    entry = Sentence(number=1, text="It began.", moment="08:00")
    live = to_article("a", Paper("X", (), hour=8)).model_copy(update={"sentences": (entry,)})
    later = to_article("b", Paper("Y", (), hour=14))
    next_day = to_article("c", Paper("Z", (), hour=14, day=13))
    assert not is_before(live, later, one_zone=True)
    assert is_before(to_article("d", Paper("Q", (), hour=7)), live, one_zone=True)
    assert is_before(live, next_day, one_zone=True)
