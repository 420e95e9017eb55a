"""Three editions of one small town: what a kill in between repeats, and what they cost.

The inbox is `tests/stories/orle`; a model that answers by simple rules also decides the groups
that code is unsure of.
"""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from factcheck.digest.models import Edition, StoryEdition
from factcheck.digest.store import editions
from tests import newsroom
from tests.digest.room import Room
from tests.endpoint import Act, Body, says, serving
from tests.shell import Shell, start

pytestmark = pytest.mark.processes

ARRIVALS = Path(__file__).parent.parent / "stories" / "orle"
MOMENTS = {
    "1-morning": datetime.fromisoformat("2026-10-05T07:00:00+02:00"),
    "2-evening": datetime.fromisoformat("2026-10-05T17:00:00+02:00"),
    "3-next-morning": datetime.fromisoformat("2026-10-06T07:00:00+02:00"),
}
TOLD = (
    ("dyke|Dyke", "dyke breaks at Harl Meadow"),
    ("mill|blaze", "fire in the old mill"),
    ("ferry|Ferry", "ferry crews stop work"),
)
"""Words of the groups that are one story, and its title."""
COSTS = (
    {"extract": 6, "compare": 3, "edit": 3},
    # One article on the dyke and one on the mill, about which code is unsure; one on chess.
    {"group": 1, "extract": 2, "compare": 2, "edit": 2},
    # A new article and an edited one, both on the dyke.
    {"extract": 2, "compare": 1, "edit": 1},
)


def serves(body: Body) -> Act:
    """The simple rules, with groups by their words."""
    user = body["messages"][1]["content"]
    if newsroom.task(user) != "group":
        return newsroom.serves(body)
    reply = {"stories": grouped(user)}
    sent = "".join(message["content"] for message in body["messages"])
    return says(json.dumps(reply), usage=(len(sent) // 4, 50))


def grouped(user: str) -> list[dict[str, Any]]:
    """Each group in the story whose words its first article has, others by themselves."""
    shown = re.findall(r"^(g\d+) \|.*\n  (.+)$", user, re.MULTILINE)
    assert shown
    ids = [[i for i, line in shown if re.search(words, line)] for words, _ in TOLD]
    told = zip(ids, TOLD, strict=True)
    joined = [{"ids": some, "title": title} for some, (_, title) in told if some]
    known = {i for some in ids for i in some}
    alone = [(i, line.split(" | ")[2]) for i, line in shown if i not in known]
    return [*joined, *({"ids": [i], "title": title} for i, title in alone)]


def arrive(room: Room, part: str) -> None:
    """What comes in before an edition, over what is there."""
    shutil.copytree(ARRIVALS / part, room.inbox, dirs_exist_ok=True)


def by_title(edition: Edition) -> dict[str, StoryEdition]:
    """The stories by what they are about."""
    return {
        word: story
        for story in edition.stories
        for word in ("dyke", "mill", "ferry")
        if any(word in line.title.lower() for line in story.articles)
    }


@pytest.mark.parametrize(("part", "request_number"), [(1, 2), (2, 3)])
def test_a_kill_between_editions_repeats_nothing_that_was_paid(
    room: Room, shell: Shell, part: int, request_number: int
) -> None:
    reached, release = threading.Event(), threading.Event()
    answered: list[Body] = []
    hangs = [0]  # at which request of all, 0 for never

    def serve(body: Body) -> Act:
        if hangs[0] and not release.is_set() and len(answered) + 1 >= hangs[0]:
            reached.set()
            release.wait(120)
            return says("")
        answered.append(body)
        return serves(body)

    with serving(serve) as endpoint:
        config = room.folder / "factcheck.toml"
        model = f'[model]\nbase_url = "{endpoint.url}"\nname = "m"\nconcurrency = 1\n'
        config.write_text(room.toml + model, encoding="utf-8")
        command = ["digest", "--config", str(config), "--at"]
        for number, (name, at) in enumerate(MOMENTS.items()):
            arrive(room, name)
            moment = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M}"
            if number == part:
                hangs[0] = len(answered) + request_number
                killed = start(
                    *command, moment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
                assert reached.wait(120)
                killed.send_signal(signal.SIGKILL)
                killed.wait()
                release.set()
            done = shell(*command, moment)
            assert done.code == 0, done.err
    requests = [json.dumps(body, sort_keys=True) for body in answered]
    assert len(requests) == len({*requests}) == sum(sum(cost.values()) for cost in COSTS)
    assert [edition.status for edition in room.stored(editions.list_past)] == ["complete"] * 3
