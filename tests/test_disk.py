"""Disks that are full, runs at once, damaged files: nothing half, nothing paid for twice."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from factcheck.errors import UsageError
from factcheck.files import write_files
from factcheck.llm.cache import AnswerCache, Stored
from factcheck.report import write_report
from tests.endpoint import Act, Body, Endpoint, serving
from tests.newsroom import serves
from tests.samples import sample_report
from tests.shell import Shell, asking, start, wait_for

pytestmark = pytest.mark.processes

KEY = "ab" + "0" * 62


def fill_disk(monkeypatch: pytest.MonkeyPatch, folder: Path, room: int) -> None:
    """From now on a folder takes so many more files, and of the next one only its name."""
    real, left = Path.open, [room]

    def full(self: Path, mode: str = "r", **options: Any) -> Any:
        file = real(self, mode, **options)
        if "x" in mode and self.is_relative_to(folder):
            left[0] -= 1
            if left[0] < 0:
                file.close()
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))
        return file

    monkeypatch.setattr(Path, "open", full)


def files_in(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}


# --- a disk that is full --------------------------------------------------------------------


@pytest.mark.parametrize("room", [0, 1, 2])
def test_files_on_a_full_disk_stay_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    old = {tmp_path / name: "old" for name in ("a", "b", "c")}
    write_files(old)
    fill_disk(monkeypatch, tmp_path, room)
    with pytest.raises(OSError, match="No space left"):
        write_files(dict.fromkeys(old, "new"))
    assert files_in(tmp_path) == {"a": "old", "b": "old", "c": "old"}


def test_a_disk_that_fills_up_leaves_no_half_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_disk(monkeypatch, tmp_path, 2)
    with pytest.raises(UsageError, match="No space left"):
        write_report(sample_report(), tmp_path, ("html", "md", "json"))
    assert files_in(tmp_path) == {}


@pytest.mark.skipif(sys.platform != "linux", reason="a small disk of its own needs Linux")
def test_a_small_disk_is_noticed_before_any_call(
    shell: Shell, endpoint: Endpoint, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:  # noqa: S603 (our own words)
        pytest.skip("no disk can be mounted here")
    try:
        for option in (("-o", disk), ("--record", disk / "run.yaml")):
            ran = shell("report", "in", *asking(endpoint), *option)
            assert (ran.code, len(endpoint.bodies)) == (2, 0)
            assert "No space left" in ran.err
        assert files_in(disk) == {}
    finally:
        subprocess.run(["umount", str(disk)], check=True)  # noqa: S603, S607 (our own words)


def test_a_recording_on_a_full_disk_loses_no_answer_that_was_paid_for(
    shell: Shell, endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        fill_disk(patch, tmp_path / "small", 0)
        ran = shell("report", "in", *asking(endpoint), "--record", tmp_path / "small" / "run.yaml")
    assert ran.code == 6
    assert "No space left" in ran.err
    assert "without --record" in ran.err
    endpoint.bodies.clear()
    assert shell("report", "in", *asking(endpoint)).code == 0
    assert endpoint.bodies == []


NO_ROOM = "factcheck: cannot write: No space left on device"
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the full device")


@needs_full
def test_output_on_a_full_disk_is_exit_2_in_a_line(tmp_path: Path) -> None:
    text = sample_report().model_dump_json(by_alias=True)
    (tmp_path / "report.json").write_text(text)
    with Path("/dev/full").open("w") as stdout:
        ran = start("render", "report.json", "--format=md", "-o", "-", stdout=stdout, cwd=tmp_path)
        _, err = ran.communicate(timeout=120)
    assert ran.returncode == 2
    assert NO_ROOM in err.decode()
    assert b"Traceback" not in err


@needs_full
@pytest.mark.parametrize("words", [("--help",), ("report", "--help"), ("--version",)])
def test_help_that_cannot_be_written_is_exit_2_in_a_line(words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as stdout:
        ran = start(*words, stdout=stdout)
        _, err = ran.communicate(timeout=120)
    assert ran.returncode == 2
    assert NO_ROOM in err.decode()


@needs_full
def test_a_log_on_a_full_disk_is_exit_2_in_a_line(shell: Shell, endpoint: Endpoint) -> None:
    ran = shell("report", "in", *asking(endpoint), "--log-file", "/dev/full")
    assert ran.code == 2
    assert NO_ROOM in ran.err


def test_a_recorded_run_asks_anew_for_what_is_kept(
    shell: Shell, endpoint: Endpoint, tmp_path: Path
) -> None:
    shell("report", "in", *asking(endpoint))
    endpoint.bodies.clear()
    assert shell("report", "in", *asking(endpoint), "--record", tmp_path / "run.yaml").code == 0
    assert len(endpoint.bodies) == 5


# --- several runs at once -------------------------------------------------------------------


def test_three_runs_at_once_pay_for_each_request_once(shell: Shell, tmp_path: Path) -> None:
    def slow(body: Body) -> Act:
        return Act(serves(body).payload, delay=0.3)

    with serving(slow) as endpoint:
        command = ("report", "in", *asking(endpoint), "-o")
        others = [start(*command, f"out{number}") for number in (1, 2)]
        wait_for(lambda: endpoint.bodies)
        ends = [(shell(*command, "out0").code, "")]
        ends += [(one.wait(60), one.communicate()[1].decode()) for one in others]
    assert [code for code, _ in ends] == [0, 0, 0], ends
    assert len(endpoint.bodies) == 5
    paid = [json.loads(Path(f"out{n}", "report.json").read_text()) for n in range(3)]
    assert sum(use["calls"] for one in paid for use in one["manifest"]["use"]) == 5
    assert not list((tmp_path / "cache").rglob("*.lock"))


def test_a_claim_ends_with_its_holder_and_waits_no_longer_than_asked(tmp_path: Path) -> None:
    order: list[str] = []

    async def hold(name: str, seconds: float, patience: float) -> None:
        async with AnswerCache(tmp_path).claim(KEY, patience):
            order.append(name)
            await asyncio.sleep(seconds)
            order.append(name)

    async def both(patience: float) -> None:
        order.clear()
        await asyncio.gather(hold("a", 0.3, patience), hold("b", 0, patience))

    asyncio.run(both(30))
    assert order in (["a", "a", "b", "b"], ["b", "b", "a", "a"])
    begun = time.monotonic()
    asyncio.run(both(0.0))
    assert time.monotonic() - begun < 5
    assert sorted(order) == ["a", "a", "b", "b"]


def test_where_no_lock_can_be_had_a_run_goes_on_without(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    async def hold() -> bool:
        async with AnswerCache(tmp_path / "file").claim(KEY, 9):
            return True

    assert asyncio.run(hold())


def test_the_lock_of_a_kept_answer_is_gone_and_that_of_none_stays(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)

    async def hold(answer: Stored | None) -> None:
        async with cache.claim(KEY, 9):
            if answer is not None:
                cache.put(KEY, answer)

    asyncio.run(hold(None))
    assert [path.suffix for path in tmp_path.rglob("*.*")] == [".lock"]
    asyncio.run(hold(Stored(content="x")))
    assert [path.suffix for path in tmp_path.rglob("*.*")] == [".json"]


# --- damaged files --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("findings", 2, "voices", 0, "sentences"), [10**30]),
        (("findings", 2, "voices", 0, "article"), "zz"),
        (("findings", 2, "text"), "\ud800"),
        (("articles", 0, "sentences"), []),
        (("sources", 0, "speakers"), ["zz"]),
        (("manifest",), None),
    ],
)
def test_a_report_that_does_not_fit_together_is_exit_2_and_replaces_nothing(
    shell: Shell, tmp_path: Path, place: tuple[Any, ...], value: object
) -> None:
    report = json.loads(sample_report().model_dump_json(by_alias=True))
    inner = report
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    (tmp_path / "report.json").write_text(json.dumps(report))
    (tmp_path / "report.html").write_text("old")
    ran = shell("render", "report.json", "--format", "html,md")
    assert ran.code == 2
    assert ran.err.startswith("factcheck: report.json is")
    assert (tmp_path / "report.html").read_text() == "old"
