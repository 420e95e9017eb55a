"""A newsroom for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.digest.room import Room


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """An empty newsroom."""
    return Room(tmp_path)
