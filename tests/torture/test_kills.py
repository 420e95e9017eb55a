"""Real processes that are killed: nothing that was answered is paid twice, nothing is lost.

A run is killed while the server works at a chosen request, or at any moment; then the same
command is run again until it ends. What the server answered is counted.
"""

from __future__ import annotations

import json
import random
import signal
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from factcheck.language.visible import UNSAFE
from tests import newsroom
from tests.shell import start, wait_for
from tests.torture.rawserver import Asked, Behaviour, Raw, raw_server, response, sends
from tests.torture.test_endpoint import chat

REQUESTS = 5
"""Three articles, the comparison, the first page."""
SETTINGS = """
[model]
base_url = "http://127.0.0.1:{port}/v1"
name = "m"
concurrency = {concurrency}
[digest]
sources = [{{ folder = "in" }}]
[reading]
ports = []
[schedule]
timezone = "UTC"
times = ["00:00"]
"""
COMMANDS = {"report": ("report", "in", "-o", "out"), "digest": ("digest",)}
PAUSE = 1.0
"""Seconds in which all that was answered before is surely kept."""


def finish(folder: Path, command: Sequence[str]) -> None:
    """Run the command to its end: it is whole, and leaves no half file."""
    process = start(*command, cwd=folder)
    _, told = process.communicate(timeout=120)
    assert process.returncode == 0, told.decode()
    assert not UNSAFE.search(told.decode())
    assert not [path for path in folder.rglob("*.tmp") if path.stat().st_size == 0]
    if command[0] == "report":
        report = json.loads((folder / "out" / "report.json").read_text())
        assert {a["source"] for a in report["articles"]} == {*newsroom.ARTICLES}
        assert {path.name for path in (folder / "out").glob("report.*")} >= {
            "report.html",
            "report.json",
        }
    else:
        [edition] = (folder / "digest" / "editions").glob("*.json")
        told_of = json.loads(edition.read_text())
        assert [len(story["articles"]) for story in told_of["stories"]] == [3]
        assert told_of["status"] == "complete"


def answer(raw: Raw, connection: socket.socket, asked: Asked) -> None:
    """Answer well, and note that it was paid for."""
    raw.answered.append(asked.body)
    connection.sendall(response(chat(newsroom.answer(asked.user))))


def answering(raw: Raw) -> Behaviour:
    """Answer everything well."""
    return lambda connection, asked: answer(raw, connection, asked)


def killing(raw: Raw, kill_at: int, victim: list[subprocess.Popen[bytes]]) -> Behaviour:
    """Answer well up to one request; then kill who asks, once all answers are kept."""

    def act(connection: socket.socket, asked: Asked) -> None:
        number = raw.asked.index(asked) + 1
        if number < kill_at:
            answer(raw, connection, asked)
        elif number == kill_at:
            time.sleep(PAUSE)
            victim[0].send_signal(signal.SIGKILL)

    return act


def prepare(folder: Path, raw: Raw, concurrency: int) -> None:
    """Articles and settings."""
    newsroom.publish(folder / "in")
    text = SETTINGS.format(port=raw.port, concurrency=concurrency)
    (folder / "factcheck.toml").write_text(text)


@pytest.mark.parametrize("concurrency", [1, 4])
@pytest.mark.parametrize("kill_at", range(1, REQUESTS + 1))
@pytest.mark.parametrize("command", COMMANDS)
def test_a_run_that_is_killed_at_a_request_goes_on_without_paying_twice(
    tmp_path: Path, command: str, kill_at: int, concurrency: int
) -> None:
    with raw_server(sends(b"")) as raw:
        prepare(tmp_path, raw, concurrency)
        victim: list[subprocess.Popen[bytes]] = []
        raw.behaviour = killing(raw, kill_at, victim)
        process = start(*COMMANDS[command], cwd=tmp_path)
        victim.append(process)
        process.communicate(timeout=120)
        assert process.returncode == -signal.SIGKILL
        raw.behaviour = answering(raw)
        finish(tmp_path, COMMANDS[command])
        paid = len(raw.answered)
        finish(tmp_path, COMMANDS[command])
        assert len(raw.answered) == paid, "a repeated run pays nothing"
    assert [*Counter(raw.answered).values()] == [1] * REQUESTS


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("command", COMMANDS)
def test_a_run_that_is_killed_at_any_moments_ends_whole(
    tmp_path: Path, command: str, number: int
) -> None:
    chance = random.Random(number)  # noqa: S311 (no secret)
    with raw_server(sends(b"")) as raw:
        prepare(tmp_path, raw, 1)
        raw.behaviour = answering(raw)
        kills = 3
        for _ in range(kills):
            process = start(*COMMANDS[command], cwd=tmp_path)
            try:
                process.communicate(timeout=chance.uniform(0.3, 3.5))
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
        finish(tmp_path, COMMANDS[command])
    # One answer a kill may be on its way when it comes; no more.
    assert len(raw.answered) <= REQUESTS + kills
    assert len(set(raw.answered)) == REQUESTS


@pytest.mark.parametrize("number", range(2))
@pytest.mark.parametrize("command", COMMANDS)
def test_a_run_that_is_interrupted_says_what_is_kept(
    tmp_path: Path, command: str, number: int
) -> None:
    with raw_server(sends(b"")) as raw:
        prepare(tmp_path, raw, 1)

        def slow(connection: socket.socket, asked: Asked) -> None:
            if len(raw.asked) > number:
                time.sleep(3)
            answering(raw)(connection, asked)

        raw.behaviour = slow
        process = start(*COMMANDS[command], cwd=tmp_path)
        wait_for(lambda: len(raw.asked) > number, 60)
        time.sleep(PAUSE)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
        assert process.returncode == 130
        assert b"Traceback" not in told
        assert b"kept" in told
        raw.behaviour = answering(raw)
        finish(tmp_path, COMMANDS[command])
