"""Stories over editions: lasting ids, merges, splits, and what leaves the window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from factcheck.articles import article_from_text
from factcheck.digest.keeping import Keeper
from factcheck.digest.models import Coverage, Edition
from factcheck.digest.newsroom import Slot
from factcheck.digest.sources import Arrival
from factcheck.digest.store import editions, inbox
from factcheck.digest.story_groups import SortedOut, Stories, group_stories, read_window
from factcheck.models import Article
from tests.databases import open_database

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_database("sqlite:///factcheck.db", tmp_path)
    yield opened
    opened.dispose()


def came(engine: Engine, count: int, when: datetime = NOW) -> None:
    """So many articles, of which no pair was ever scored but by `linked`."""
    with engine.begin() as db:
        for _ in range(count):
            number = len(inbox.list_keys(db)) + 1
            text = f"Something happened in town number {number}. Nobody knows what it was."
            article = article_from_text(text, source=f"{number}.txt")
            assert isinstance(article, Article)
            Keeper(db, when).keep("inbox", Arrival(f"k{number}", article))
            inbox.replace_links(db, {number: f"a{number}"}, [])


def linked(engine: Engine, *pairs: tuple[int, int]) -> None:
    """Score pairs of articles as surely one event."""
    with engine.begin() as db:
        inbox.replace_links(db, {}, [(a, b, 0.95) for a, b in pairs])


def edition(engine: Engine, name: str, previous: str = "", when: datetime = NOW) -> Stories:
    """Group, and finish an edition of it."""
    with engine.begin() as db:
        editions.start(db, name, when, when, "started")
        window = read_window(db, Slot(name, when, previous), when - timedelta(days=14), when)
        stories = group_stories(db, name, window, SortedOut(window.groups))
        made = Edition(
            id=name,
            title="Digest",
            window=when,
            made=when,
            previous=previous,
            status="complete",
            engine="reading",
            stories=(),
            coverage=Coverage(sources=()),
        )
        editions.finish(db, made, stories.members, [])
        inbox.mark_told(db, [f"a{n}" for n in range(1, 20)], name)
    return stories


def sets(stories: Stories) -> dict[int, set[int]]:
    """The stories by number."""
    return {number: {*several} for number, several in stories.members.items()}


def within(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """All pairs of some articles."""
    known = sorted(numbers)
    return [(a, b) for a in known for b in known if a < b]


def test_a_story_keeps_its_number_as_it_grows(engine: Engine) -> None:
    came(engine, 3)
    linked(engine, *within({1, 2, 3}))
    [number] = sets(edition(engine, "e1"))
    came(engine, 1)
    linked(engine, (1, 4), (2, 4), (3, 4))
    assert sets(edition(engine, "e2", "e1")) == {number: {1, 2, 3, 4}}


def test_two_stories_that_turn_out_to_be_one_are_merged_into_the_larger(engine: Engine) -> None:
    came(engine, 5)
    linked(engine, *within({1, 2, 3}), (4, 5))
    first = sets(edition(engine, "e1"))
    large, small = (next(n for n, some in first.items() if article in some) for article in (1, 4))
    linked(engine, *((a, b) for a in (1, 2, 3) for b in (4, 5)))
    second = edition(engine, "e2", "e1")
    assert sets(second) == {large: {1, 2, 3, 4, 5}}
    assert second.merged == {small: large}


def test_a_part_that_is_another_event_becomes_a_story_of_its_own(engine: Engine) -> None:
    came(engine, 5)
    linked(engine, *within({1, 2, 3, 4, 5}))
    [number] = sets(edition(engine, "e1"))
    with engine.begin() as db:
        inbox.replace_links(db, {4: "a4", 5: "a5"}, [(4, 5, 0.95)])
    second = edition(engine, "e2", "e1")
    assert sets(second)[number] == {1, 2, 3}
    [other] = {*sets(second)} - {number}
    assert second.split == {other: number}


def test_a_number_is_never_given_twice(engine: Engine) -> None:
    came(engine, 2)
    edition(engine, "e1")
    later = NOW + timedelta(days=20)
    came(engine, 1, later)
    assert sets(edition(engine, "e2", "e1", later)) == {3: {3}}


def test_old_articles_stay_with_a_story_that_goes_on_and_end_with_it(engine: Engine) -> None:
    came(engine, 1)
    linked(engine)
    edition(engine, "e1")
    later = NOW + timedelta(days=10)
    came(engine, 1, later)
    linked(engine, (1, 2))
    assert sets(edition(engine, "e2", "e1", later)) == {1: {1, 2}}
    still = edition(engine, "e3", "e2", NOW + timedelta(days=16))
    assert sets(still) == {1: {1, 2}}
    over = edition(engine, "e4", "e3", NOW + timedelta(days=30))
    assert sets(over) == {}
    assert over.ended == {1}
