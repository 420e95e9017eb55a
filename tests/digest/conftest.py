"""A newsroom for each test, and an endpoint that reads like a model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import newsroom
from tests.digest.room import Room
from tests.endpoint import Endpoint, serving


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """An empty newsroom."""
    return Room(tmp_path)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A model that answers by simple rules."""
    with serving(newsroom.serves) as running:
        yield running
