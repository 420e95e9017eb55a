"""What changed since a moment: a preview against an earlier edition, and nothing is asked."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from factcheck.digest.due import RunOptions
from factcheck.digest.models import Edition
from factcheck.digest.store import editions
from factcheck.errors import NoArticlesError
from tests import newsroom
from tests.digest.room import EVENING, MORNING, NEXT_DAY, Room
from tests.digest.test_run import OLD, SCHEDULED, edit
from tests.endpoint import Endpoint

SOON = timedelta(minutes=5)


def three(room: Room) -> None:
    """Three editions: a story, a denial of it, then an edit."""
    room.toml = SCHEDULED
    newsroom.publish(room.inbox, *OLD)
    room.edition(MORNING)
    newsroom.publish(room.inbox, "post.md")
    room.edition(EVENING)
    edit(room, "courier.md", "until Friday", "until Sunday")
    room.edition(NEXT_DAY)


def since(room: Room, moment: datetime) -> Edition:
    """What changed since a moment, told after the third edition."""
    return room.make(NEXT_DAY + SOON, RunOptions(since=moment))


def test_all_that_changed_since_is_told_in_one_and_nothing_is_asked(
    room: Room, endpoint: Endpoint
) -> None:
    three(room)
    asked = len(endpoint.bodies)
    told = since(room, MORNING + SOON)
    assert len(endpoint.bodies) == asked
    assert told.previous == "2026-03-02T0700"
    [story] = told.stories
    assert story.id == "s1"
    assert {"disputed", "new"} <= {change.kind for change in story.changes}
    arrivals = {line.outlet: line.arrival for line in story.articles}
    assert arrivals == {
        "Harl Courier": "edited",
        "Lowland Post": "new",
        "Evening Tide": "known",
    }


@pytest.mark.usefixtures("endpoint")
@pytest.mark.parametrize(
    ("moment", "base", "arrivals"),
    [
        (EVENING, "2026-03-02T1700", ["edited", "known", "known"]),
        (MORNING - SOON, "", ["new", "new", "new"]),
        (NEXT_DAY, "2026-03-03T0700", ["known", "known", "known"]),
    ],
)
def test_the_edition_of_the_moment_is_what_it_is_told_against(
    room: Room, moment: datetime, base: str, arrivals: list[str]
) -> None:
    three(room)
    told = since(room, moment)
    assert told.previous == base
    lines = [line for story in told.stories for line in story.articles]
    assert sorted(line.arrival for line in lines) == arrivals
    assert {story.id for story in told.stories} == {"s1"}


@pytest.mark.usefixtures("endpoint")
def test_it_is_kept_nowhere_and_the_next_edition_tells_its_own(room: Room) -> None:
    three(room)
    front = (room.site / "index.html").read_bytes()
    told = since(room, MORNING)
    assert "since edition 2026-03-02T0700" in told.title
    page = (room.site / "preview" / "index.html").read_text(encoding="utf-8")
    assert "since edition 2026-03-02T0700" in page
    assert (room.site / "index.html").read_bytes() == front
    assert len(room.stored(editions.list_past)) == 3
    later = room.make(NEXT_DAY + timedelta(hours=10))
    assert [story.status for story in later.stories] == ["quiet"]


@pytest.mark.usefixtures("endpoint")
def test_sources_that_hold_old_articles_alone_are_not_called_empty(room: Room) -> None:
    three(room)
    late = RunOptions(since=MORNING - SOON)
    with pytest.raises(NoArticlesError, match="what they hold came more than 14 days ago"):
        room.edition(NEXT_DAY + timedelta(days=20), late)
