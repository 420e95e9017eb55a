"""One request: limits on size, time and redirects, what is unchanged, what a status means."""

from __future__ import annotations

import asyncio
import gzip
import time
import tracemalloc
import zlib
from pathlib import Path

import pytest

from factcheck import __version__
from factcheck.errors import UsageError
from factcheck.fetch.fetcher import Fetcher
from factcheck.fetch.models import Fetched, NotFetched, Request
from factcheck.settings.fetch import FetchSettings
from factcheck.transfer import load_certificates
from tests.fetch.site import Page, serving, to

NEWS = "http://news.example/"


def got(result: Fetched | NotFetched) -> Fetched:
    assert isinstance(result, Fetched), result
    return result


def failed(result: Fetched | NotFetched, reason: str) -> NotFetched:
    assert isinstance(result, NotFetched), result
    assert result.reason == reason, result
    return result


def test_an_answer_comes_with_type_charset_and_validators() -> None:
    headers = {
        "content-type": 'Text/HTML; Charset="ISO-8859-1"',
        "etag": '"v1"',
        "last-modified": "Sat, 21 Nov 2026 10:00:00 GMT",
    }
    with serving({"/a?b=c": Page(b"caf\xe9", headers=headers)}) as web:
        result = got(web.get(NEWS + "a?b=c#part"))
    assert result == Fetched(
        NEWS + "a?b=c#part",
        NEWS + "a?b=c",
        b"caf\xe9",
        "text/html",
        "iso-8859-1",
        '"v1"',
        "Sat, 21 Nov 2026 10:00:00 GMT",
    )


def test_the_user_agent_says_who_asks_and_nothing_else_is_told() -> None:
    with serving({"/": Page()}) as web:
        web.get(NEWS, contact="https://desk.example/about")
    assert web.headers[0]["user-agent"] == f"factcheck/{__version__} (+https://desk.example/about)"
    assert set(web.headers[0]) == {"host", "accept", "accept-encoding", "user-agent"}


def test_a_page_that_did_not_change_is_not_sent_again() -> None:
    with serving({"/": Page(b"", 304)}) as web:
        date = "Sat, 21 Nov 2026 10:00:00 GMT"
        result = got(web.run([Request(NEWS, etag='"v1"', last_modified=date)])[0])
    assert (result.not_modified, result.content, result.etag) == (True, b"", '"v1"')
    assert web.headers[0]["if-none-match"] == '"v1"'
    assert web.headers[0]["if-modified-since"] == date


def test_not_modified_is_no_answer_to_a_question_that_was_not_asked() -> None:
    with serving({"/": Page(b"", 304)}) as web:
        failed(web.get(NEWS), "bad answer")


def test_a_stored_validator_that_is_no_header_is_left_out() -> None:
    with serving({"/": Page()}) as web:
        got(web.run([Request(NEWS, etag='"a"\r\nx-evil: 1')])[0])
    assert "if-none-match" not in web.headers[0]


def test_redirects_are_followed_to_the_final_address() -> None:
    pages = {"/": to("/b", 301), "/b": to("http://www.news.example/c", 308), "/c": Page(b"here")}
    with serving(pages) as web:
        result = got(web.get(NEWS))
    assert (result.url, result.final_url) == (NEWS, "http://www.news.example/c")


def test_redirects_in_a_circle_end() -> None:
    with serving({"/": to("/b"), "/b": to("/")}) as web:
        failed(web.get(NEWS, max_redirects=3), "too many redirects")
    assert len(web.asked) == 4


def test_more_bytes_than_allowed_are_not_read() -> None:
    with serving({"/": Page(b"x" * 2_001)}) as web:
        detail = failed(web.get(NEWS, max_bytes=2_000), "too large").detail
        assert "2,000 bytes" in detail
        got(web.get(NEWS, max_bytes=2_001))


@pytest.mark.parametrize(
    ("packed", "coding"),
    [(gzip.compress(b"hello " * 100), "gzip"), (zlib.compress(b"hello " * 100), "deflate")],
    ids=["gzip", "deflate"],
)
def test_a_packed_page_is_unpacked(packed: bytes, coding: str) -> None:
    with serving({"/": Page(packed, headers={"content-encoding": coding})}) as web:
        assert got(web.get(NEWS)).content == b"hello " * 100


def test_a_decompression_bomb_is_too_large_and_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(20_000_000))
    assert len(bomb) < 100_000
    with serving({"/": Page(bomb, headers={"content-encoding": "gzip"})}) as web:
        tracemalloc.start()
        failed(web.get(NEWS, max_bytes=100_000), "too large")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize(
    ("body", "coding"),
    [(b"not gzip", "gzip"), (gzip.compress(b"x" * 999)[:-9], "gzip"), (b"x", "br")],
    ids=["broken", "cut", "not asked for"],
)
def test_a_body_that_cannot_be_unpacked_is_a_bad_answer(body: bytes, coding: str) -> None:
    with serving({"/": Page(body, headers={"content-encoding": coding})}) as web:
        failed(web.get(NEWS), "bad answer")


@pytest.mark.parametrize(
    "page", [Page(b"x" * 200, drip=0.1), Page(delay=20)], ids=["drip", "silence"]
)
def test_the_time_limit_holds_for_the_whole_answer(page: Page) -> None:
    start = time.monotonic()
    with serving({"/": page}) as web:
        failed(web.get(NEWS, timeout=0.2), "timeout")
    assert time.monotonic() - start < 10


def test_the_time_limit_holds_for_all_redirects_together() -> None:
    slow = {f"/{n}": Page(b"", 302, {"location": f"/{n + 1}"}, delay=0.08) for n in range(9)}
    with serving(slow) as web:
        failed(web.get(NEWS + "0", timeout=0.2, max_redirects=9), "timeout")
    assert len(web.asked) < 5


def test_a_broken_connection_is_tried_once_more() -> None:
    with serving({"/": [Page(hang_up=True), Page(b"now")]}) as web:
        assert got(web.get(NEWS)).content == b"now"
    with serving({"/": Page(hang_up=True)}) as web:
        failed(web.get(NEWS), "unreachable")
    assert len(web.asked) == 2


def test_a_name_that_nobody_knows_is_said() -> None:
    with serving({}) as web:
        assert "nowhere.test" in failed(web.get("http://nowhere.test/"), "name not found").detail


def test_a_server_without_tls_is_said() -> None:
    with serving({}) as web:
        failed(web.get("https://news.example/"), "unreachable")


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, "refused"),
        (402, "refused"),
        (403, "refused"),
        (451, "refused"),
        (404, "not found"),
        (410, "gone"),
        (500, "server error"),
        (502, "server error"),
        (418, "bad answer"),
        (300, "bad answer"),
    ],
)
def test_a_status_becomes_a_reason(status: int, reason: str) -> None:
    with serving({"/": Page(b"", status)}) as web:
        assert f"news.example answered {status}: " in failed(web.get(NEWS), reason).detail


def test_a_bot_check_is_named() -> None:
    with serving({"/": Page(b"", 403, {"cf-mitigated": "challenge"})}) as web:
        assert "whether a person reads" in failed(web.get(NEWS), "refused").detail


def test_results_stand_in_the_order_of_the_requests() -> None:
    pages = {"a.example/": Page(b"a", delay=0.05), "b.example/": Page(b"b"), "c.example/": to("x:")}
    with serving(pages) as web:
        one, two, three = web.run([f"http://{name}.example/" for name in "abc"])
    assert (got(one).content, got(two).content) == (b"a", b"b")
    failed(three, "bad URL")


def test_certificates_that_cannot_be_read_end_what_needs_tls_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    load_certificates.cache_clear()

    async def fetch(url: str) -> Fetched | NotFetched:
        async with Fetcher(FetchSettings(private=("127.0.0.1:1",), robots=False)) as fetcher:
            return await fetcher.fetch(Request(url))

    failed(asyncio.run(fetch("http://127.0.0.1:1/")), "unreachable")
    with pytest.raises(UsageError, match="SSL_CERT_FILE"):
        asyncio.run(fetch("https://127.0.0.1:1/"))
