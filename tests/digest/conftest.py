"""A newsroom for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.digest.room import Room
from tests.endpoint import Endpoint
from tests.newsroom import serves


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """An empty newsroom."""
    return Room(tmp_path)


@pytest.fixture
def endpoint(room: Room) -> Iterator[Endpoint]:
    """The model of the newsroom, which reads by simple rules."""
    with room.serving(serves) as served:
        yield served
