"""What the cases of this folder share: their marker, and which of them run in a short run.

With FACTCHECK_TORTURE=short a fixed part of the cases runs, spread over all of them.
"""

from __future__ import annotations

import os
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import settings

HERE = Path(__file__).parent
SHORT = os.environ.get("FACTCHECK_TORTURE") == "short"
PARTS = 8
"""A short run takes each eighth case."""

settings.register_profile("torture", derandomize=True, deadline=None, max_examples=300)


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Leave the cases alone where the marker excludes them: to make them all takes seconds."""
    return True if config.option.markexpr == "not torture" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the cases; in a short run leave most of them out."""
    mine = [item for item in items if HERE in item.path.parents]
    for item in mine:
        item.add_marker("torture")
    if SHORT:
        out = [item for item in mine if crc32(item.nodeid.encode()) % PARTS]
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]
