"""A stored article on which the program fails is kept out of each edition, and named in it."""

from __future__ import annotations

from importlib import import_module

import pytest

from factcheck.digest.store import editions
from tests import newsroom
from tests.digest.room import EVENING, MORNING, NEXT_DAY, Room
from tests.test_boundary import STORY, fails_on


def left(room: Room) -> dict[str, str]:
    """What the last edition left out, with why."""
    [last] = room.stored(lambda db: editions.list_past(db, limit=1))
    return {one.source: one.reason for one in last.coverage.left}


def test_a_damaged_stored_article_is_named_in_each_edition_and_the_rest_is_told(
    room: Room,
) -> None:
    newsroom.publish(room.inbox)
    room.edition(MORNING)
    room.change("update versions set body = '{\"id\": 7}' where id = 2")
    for number, moment in enumerate((EVENING, NEXT_DAY)):
        (room.inbox / f"{number}.txt").write_text(f"{STORY}It is edition {number} of the story.")
        outcome = room.edition(moment)
        assert outcome.exit_code == 0
        assert outcome.edition is not None
        assert list(left(room).values()) == ["failed"]
        told = {a.id for s in outcome.edition.stories for a in s.articles}
        assert "a1" in told
        assert "a2" not in told
    page = (room.site / "index.html").read_text(encoding="utf-8")
    assert "read back" in page


MORE = (
    "The old bridge has been closed for repairs before, and the ferry was full of residents then."
)


@pytest.mark.parametrize(
    "place",
    [
        "factcheck.digest.story_groups.item",
        "factcheck.sidebyside.side_by_side.attribute",
        "factcheck.digest.telling.list_changes",
    ],
)
def test_an_article_on_which_code_fails_is_named_and_never_ends_an_edition(
    room: Room, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    newsroom.publish(room.inbox)
    (room.inbox / "bridge.txt").write_text(STORY)
    (room.inbox / "bridges.txt").write_text(f"{STORY}It is the second time this year. {MORE}")
    module, _, name = place.rpartition(".")
    home = import_module(module)
    broken = fails_on("second time this year", getattr(home, name), KeyError("a"))
    monkeypatch.setattr(home, name, broken)
    outcome = room.edition(MORNING)
    assert outcome.edition is not None
    assert left(room)["inbox/bridges.txt"] == "failed"
    told = {a.id for s in outcome.edition.stories for a in s.articles}
    assert len(told) >= 3
