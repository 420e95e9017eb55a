"""Disks that are full: no half document, no lost answer, one line. Needs root, for a tiny disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import newsroom
from tests.endpoint import serving

SIZES = ("64k", "128k", "192k", "256k", "512k", "1m")
PLACES = ("out", "cache", "record", "store")


@pytest.fixture
def disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A disk of a size, as a folder."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={request.param}", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:  # noqa: S603
        pytest.skip("no disk can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)  # noqa: S603, S607


def command_for(place: str, tmp_path: Path, disk: Path) -> tuple[list[str], dict[str, str]]:
    """The command whose output, cache, recording or store lies on the disk."""
    environ = {"FACTCHECK_CACHE_DIR": str((disk if place == "cache" else tmp_path) / "cache")}
    if place == "store":
        return ["digest"], environ
    out = str((disk if place == "out" else tmp_path) / "report")
    record = ["--record", str(disk / "run.yaml")] if place == "record" else []
    return ["report", "in", "-o", out, *record], environ


@pytest.mark.parametrize("disk", SIZES, indirect=True, ids=SIZES)
@pytest.mark.parametrize("place", PLACES)
def test_a_full_disk_ends_in_a_line_and_leaves_no_half_file(
    tmp_path: Path, disk: Path, place: str
) -> None:
    newsroom.publish(tmp_path / "in")
    command, environ = command_for(place, tmp_path, disk)
    with serving(newsroom.serves) as endpoint:
        store = f"sqlite:///{disk}/f.db" if place == "store" else "sqlite:///factcheck.db"
        (tmp_path / "factcheck.toml").write_text(
            f'[model]\nbase_url = "{endpoint.url}"\nname = "m"\nretries = 0\n'
            f'[digest]\nstore = "{store}"\nsources = [{{ folder = "in" }}]\n[reading]\nports = []\n'
        )
        done = subprocess.run(  # noqa: S603 (our own program)
            [sys.executable, "-m", "factcheck", *command],
            cwd=tmp_path,
            env={**os.environ, **environ},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode in {0, 2, 4, 6, 8}, done.stderr
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    if done.returncode:
        assert "factcheck: " in done.stderr
    for path in [*tmp_path.rglob("*.json"), *disk.rglob("*.json")]:
        if "cache" not in path.parts:
            json.loads(path.read_text())
    for path in [*tmp_path.rglob("*.html"), *disk.rglob("*.html")]:
        assert path.read_text().rstrip().endswith("</html>")
    assert not [*disk.rglob("*.tmp"), *tmp_path.rglob("*.tmp")]
