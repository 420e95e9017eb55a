"""What both HTTP clients do with a response."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from factcheck.transfer import read_unpacked, retry_after

NOW = datetime(2031, 4, 5, 12, 30, tzinfo=UTC)
DAY = "Sat, 05 Apr 2031"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": f"{DAY} 12:30:20 GMT"}, 20.0),
        ({"retry-after": f"{DAY} 12:30:20 -0000"}, 20.0),
        ({"retry-after": f"{DAY} 12:00:00 GMT"}, 0.0),
        ({"retry-after": f"{DAY} 12:30:20 GMT", "date": f"{DAY} 12:29:40 GMT"}, 40.0),
        ({"retry-after": f"{DAY} 12:30:20 GMT", "date": "today"}, 20.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "\u0663"}, None),
        ({}, None),
    ],
)
def test_retry_after_is_read_in_all_its_forms_and_by_the_servers_clock(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert retry_after(headers, NOW) == seconds


def read(data: bytes, coding: str, most: int) -> bytes:
    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(data), 7):
            yield data[start : start + 7]

    return asyncio.run(read_unpacked(pieces(), coding, most))


def test_a_packed_body_is_as_long_as_what_is_in_it() -> None:
    packed = gzip.compress(b"plum " * 50)
    assert read(packed, " GZIP ", 250) == b"plum " * 50
    assert len(read(packed, "gzip", 249)) == 250


def test_a_packed_body_that_comes_to_nothing_and_goes_on_is_too_long() -> None:
    nothing = gzip.compress(b"")[:10] + b"\x00\x00\x00\xff\xff" * 100
    assert len(read(nothing, "gzip", 200)) == 201
