"""Which article came first, as far as what is known of the times allows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from factcheck.judge.timeline import is_before
from factcheck.models import Sentence
from tests.judge.world import Paper, to_article

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
def test_order_is_known_only_where_no_zone_could_change_it(
    why: str, one: dict[str, Any], other: dict[str, Any], *, before: bool
) -> None:
    first, second = (to_article("a", Paper("X", (), **changes)) for changes in (one, other))
    assert is_before(first, second) == before, why


def test_nothing_of_that_day_comes_after_a_live_page_which_goes_on() -> None:
    entry = Sentence(number=1, text="It began.", moment="08:00")
    live = to_article("a", Paper("X", (), hour=8)).model_copy(update={"sentences": (entry,)})
    later = to_article("b", Paper("Y", (), hour=14))
    next_day = to_article("c", Paper("Z", (), hour=14, day=13))
    assert not is_before(live, later)
    assert is_before(to_article("d", Paper("Q", (), hour=7)), live)
    assert is_before(live, next_day)


def test_what_was_changed_later_goes_on_up_to_that_day() -> None:
    page = to_article("a", Paper("X", (), hour=8)).model_copy(
        update={"updated": datetime(2026, 3, 14, 9, tzinfo=UTC)}
    )
    assert not is_before(page, to_article("b", Paper("Y", (), hour=14, day=13)))
    assert not is_before(page, to_article("b", Paper("Y", (), hour=14, day=14)))
    assert is_before(page, to_article("b", Paper("Y", (), hour=1, day=15)))
    assert is_before(to_article("b", Paper("Y", (), hour=1, day=11)), page)
