"""Damaged files of our own: store, cache, recording, report. A reason, never a traceback."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from factcheck.errors import (
    MODEL,
    NO_ARTICLES,
    RECORDING,
    STORE,
    USAGE,
    FactcheckError,
    StoreError,
    UsageError,
)
from factcheck.report import load_report, render
from factcheck.run import Run
from factcheck.settings.loader import load_settings
from tests import newsroom
from tests.digest.room import EVENING, MORNING, Room
from tests.digest.test_run import OLD
from tests.endpoint import serving
from tests.samples import sample_report

RANDOM = range(40)
Damage = Callable[[bytearray, random.Random], bytearray]


def check_told(error: FactcheckError, *codes: int) -> None:
    """One line that says what is wrong, and one of the exit codes."""
    assert error.exit_code in (codes or (STORE, USAGE))
    assert error.message
    assert "\n" not in error.message


def flip(data: bytearray, chance: random.Random) -> bytearray:
    """Some bytes changed."""
    for _ in range(20):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return data


def cut(data: bytearray, chance: random.Random) -> bytearray:
    """The end cut off."""
    return data[: chance.randrange(len(data))]


def blank(data: bytearray, chance: random.Random) -> bytearray:
    """A stretch of zeros, as a crash of the machine leaves it."""
    start = chance.randrange(len(data))
    data[start : start + 4096] = bytes(len(data[start : start + 4096]))
    return data


def double(data: bytearray, chance: random.Random) -> bytearray:
    """A stretch written twice."""
    start = chance.randrange(len(data))
    return data[: start + 100] + data[start:]


DAMAGES: tuple[Damage, ...] = (flip, cut, blank, double)


def damaged(data: bytes, number: int) -> bytes:
    """The data, damaged in one of the ways, the same in every run."""
    damage = DAMAGES[number % len(DAMAGES)]
    return bytes(damage(bytearray(data), random.Random(number)))  # noqa: S311 (no secret)


@pytest.mark.parametrize("number", RANDOM)
def test_a_damaged_store_makes_an_edition_or_says_why_not(tmp_path: Path, number: int) -> None:
    room = Room(tmp_path)
    newsroom.publish(room.inbox, *OLD)
    with room.serving(newsroom.serves):
        room.edition(MORNING)
        store = tmp_path / "factcheck.db"
        store.write_bytes(damaged(store.read_bytes(), number))
        newsroom.publish(room.inbox, "post.md")
        try:
            made = room.edition(EVENING).edition
        except StoreError as error:
            check_told(error)
        else:
            assert made is not None


VALUES = ("", "null", "[]", "{", '{"schema": "factcheck.report/99"}', "\x00\x1b[2J", "9" * 5_000)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value)[:20])
@pytest.mark.parametrize("number", range(8))
def test_an_odd_value_in_the_store_is_left_out_or_named(
    tmp_path: Path, number: int, value: str
) -> None:
    room = Room(tmp_path)
    newsroom.publish(room.inbox, *OLD)
    with room.serving(newsroom.serves):
        room.edition(MORNING)
        with sqlite3.connect(tmp_path / "factcheck.db") as db:
            tables = [
                name for [name] in db.execute("select name from sqlite_master where type='table'")
            ]
            places = [
                (table, row[1])
                for table in sorted(tables)
                for row in db.execute(f"pragma table_info({table})")
                if row[2].upper() in {"JSON", "TEXT", "VARCHAR", "BLOB"} and not row[5]
            ]
            table, column = places[number % len(places)]
            db.execute(f"update or ignore {table} set {column} = ?", [value])  # noqa: S608 (our tables)
        db.close()
        newsroom.publish(room.inbox, "post.md")
        try:
            made = room.edition(EVENING).edition
        except (StoreError, UsageError) as error:
            check_told(error)
        else:
            assert made is not None


@pytest.mark.parametrize("number", RANDOM)
def test_a_damaged_report_is_shown_or_refused_with_a_reason(tmp_path: Path, number: int) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(damaged(render(sample_report(), "json").encode(), number))
    try:
        report = load_report(path)
    except UsageError as error:
        check_told(error)
    else:
        render(report, "html")
        render(report, "md", full=True)


@pytest.mark.parametrize("number", RANDOM)
def test_a_damaged_cache_costs_no_more_than_its_answers(tmp_path: Path, number: int) -> None:
    inbox = newsroom.publish(tmp_path / "in")
    with serving(newsroom.serves) as endpoint:
        flags = {"model.base_url": endpoint.url, "model.name": "m", "model.retries": 0}
        settings = load_settings(environ={}, flags=flags)
        Run(settings).report([inbox])
        entries = sorted(path for path in (tmp_path / "cache").rglob("*") if path.is_file())
        entry = entries[number % len(entries)]
        entry.write_bytes(damaged(entry.read_bytes(), number))
        report = Run(settings).report([inbox])
        assert len(endpoint.bodies) <= 7
    assert len(report.articles) + len(report.excluded) == len(newsroom.ARTICLES)


@pytest.mark.parametrize("number", RANDOM)
def test_a_damaged_recording_is_played_or_refused_with_a_reason(
    tmp_path: Path, number: int
) -> None:
    inbox = newsroom.publish(tmp_path / "in")
    recording = tmp_path / "run.yaml"
    with serving(newsroom.serves) as endpoint:
        flags = {"model.base_url": endpoint.url, "model.name": "m"}
        Run(load_settings(environ={}, flags=flags), record=recording).report([inbox])
    recording.write_bytes(damaged(recording.read_bytes(), number))
    try:
        Run(load_settings(environ={}), replay=recording).report([inbox])
    except FactcheckError as error:
        check_told(error, RECORDING, MODEL, NO_ARTICLES)


@pytest.mark.parametrize("number", range(12))
def test_settings_that_are_damaged_are_refused_with_a_reason(tmp_path: Path, number: int) -> None:
    config = tmp_path / "factcheck.toml"
    whole = Room(tmp_path).toml + '[outlets.owners]\n"A" = ["B"]\n[model]\nname = "m"\n'
    config.write_bytes(damaged(whole.encode(), number))
    try:
        settings = load_settings(config=config, environ={})
    except UsageError as error:
        check_told(error)
    else:
        json.dumps(settings.model_dump(mode="json"))
