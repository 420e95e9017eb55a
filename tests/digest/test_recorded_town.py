"""Three recorded editions of one town, with the model confirming which articles are one story.

The inbox is `tests/stories/orle`; the answers were written by hand (`cassettes/README.md`).
"""

from __future__ import annotations

import re

import pytest

from factcheck.digest.models import Edition
from tests.digest.replayed import replay_editions
from tests.digest.test_three_editions import COSTS, MOMENTS, by_title


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Edition]:
    """The three editions; all of the recording is played."""
    place = tmp_path_factory.mktemp("town")
    editions, recording = replay_editions("orle", MOMENTS, place, confirm=True)
    assert recording.list_unplayed() == ()
    return editions


def test_each_edition_costs_its_news(made: list[Edition]) -> None:
    assert tuple({use.stage: use.calls for use in one.use} for one in made) == COSTS
    assert not any(use.reasks for one in made for use in one.use)
    assert [edition.status for edition in made] == ["complete"] * 3


def test_what_was_corrected_and_what_moved_lead(made: list[Edition]) -> None:
    assert [lead.kind for lead in made[0].leads] == ["verified", "new", "new"]
    assert [lead.kind for lead in made[1].leads] == ["moved", "verified", "new"]
    assert [lead.kind for lead in made[2].leads] == ["corrected", "moved", "moved"]
    corrected, families, gauge = made[2].leads
    assert "last inspected in 2019" in corrected.text
    told = [one.text for story in made[2].stories for one in story.changes if "2022" in one.text]
    assert not told, "which the correction tells"
    assert [(step.value.split()[0], step.new) for step in families.steps] == [
        ("40", False),
        ("55", True),
    ]
    levels = [re.findall(r"\d\.\d", step.value) for step in gauge.steps]
    assert levels == [["6.1"], ["5.4"], ["4.9"]]


def test_stories_keep_ids_and_titles_and_are_quiet_without_news(made: list[Edition]) -> None:
    titles = [{story.id: story.title for story in one.stories} for one in made]
    assert titles[0].keys() == titles[1].keys() == titles[2].keys()
    stories = [by_title(one) for one in made]
    assert all(len({some[word].id for some in stories}) == 1 for word in stories[0])
    assert {word: [some[word].status for some in stories] for word in stories[0]} == {
        "dyke": ["new", "developing", "developing"],
        "mill": ["new", "developing", "quiet"],
        "ferry": ["new", "quiet", "quiet"],
    }
    sizes = {word: len(story.articles) for word, story in stories[1].items()}
    assert sizes == {"dyke": 3, "mill": 3, "ferry": 2}
    assert {len(one.singles) for one in made} == {1, 2}
