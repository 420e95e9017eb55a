"""Politeness: robots.txt, one request at a time to a host, pauses, busy servers."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from factcheck.fetch.fetcher import USUAL_WAIT
from factcheck.fetch.models import Fetched, NotFetched
from tests.fetch.site import Page, serving, to

NEWS = "http://news.example/"
ROBOTS = "http://news.example/robots.txt"


def reason(result: Fetched | NotFetched) -> str:
    return result.reason if isinstance(result, NotFetched) else "fetched"


def test_robots_txt_is_obeyed_and_read_once() -> None:
    rules = Page(b"User-agent: *\nDisallow: /no\n\nUser-agent: factcheck\nDisallow: /never\n")
    with serving({"/robots.txt": rules, "/never": Page(), "/no": Page(), "/yes": Page()}) as web:
        found = web.run([NEWS + path for path in ("never", "no", "yes")], robots=True)
    assert [reason(result) for result in found] == ["robots", "fetched", "fetched"]
    assert web.asked.count("news.example/robots.txt") == 1
    assert "news.example/never" not in web.asked


def test_robots_txt_may_be_left_aside_by_setting() -> None:
    with serving({"/robots.txt": Page(b"User-agent: *\nDisallow: /"), "/": Page()}) as web:
        assert reason(web.get(NEWS, robots=False)) == "fetched"
    assert web.asked == ["news.example/"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Page(b"", 404), "fetched"),
        (Page(b"", 403), "fetched"),
        (Page(b"<html>no rules</html>"), "fetched"),
        (Page(b"", 500), "robots"),
        (Page(b"", 503), "busy"),
        (Page(b"", 429), "busy"),
        (Page(hang_up=True), "unreachable"),
        (to("/robots.txt"), "fetched"),
        (to("http://127.0.0.1/robots.txt"), "private address"),
    ],
)
def test_what_robots_txt_answers_decides_as_rfc_9309_says(answer: Page, expected: str) -> None:
    with serving({"/robots.txt": answer, "/": Page()}) as web:
        assert reason(web.get(NEWS, robots=True)) == expected


def test_robots_txt_is_followed_to_another_place() -> None:
    pages = {"/robots.txt": to("/r"), "/r": Page(b"User-agent: *\nDisallow: /"), "/": Page()}
    with serving(pages) as web:
        assert reason(web.get(NEWS, robots=True)) == "robots"


def test_a_huge_robots_txt_is_read_from_its_beginning() -> None:
    rules = b"User-agent: *\nDisallow: /no\n" + b"# filler\n" * 100_000
    with serving({"/robots.txt": Page(rules), "/no": Page()}) as web:
        assert reason(web.get(NEWS + "no", robots=True)) == "robots"


def test_a_redirect_is_checked_against_the_rules_of_its_own_host() -> None:
    pages = {
        "news.example/": to("http://other.example/x"),
        "other.example/robots.txt": Page(b"User-agent: *\nDisallow: /x"),
        "other.example/x": Page(),
    }
    with serving(pages) as web:
        assert reason(web.get(NEWS, robots=True)) == "robots"
    assert "other.example/x" not in web.asked


def test_two_requests_to_one_host_are_a_pause_apart() -> None:
    with serving({"/a": Page(), "/b": Page(), "/c": Page()}) as web:
        web.run([NEWS + path for path in "abc"], delay=2)
    assert web.slept == pytest.approx([2, 2])


def test_requests_to_several_hosts_need_no_pause() -> None:
    with serving({"/": Page()}) as web:
        web.run([f"http://{name}.example/" for name in "abc"], delay=2)
    assert web.slept == []


def test_a_trusted_private_host_needs_no_pause() -> None:
    with serving({"/a": Page(), "/b": Page()}) as web:
        web.run([f"http://127.0.0.1:8000/{path}" for path in "ab"], private=["127.0.0.1"])
    assert web.slept == []


@pytest.mark.parametrize(("wanted", "pause"), [(7, 7), (9_999, 30), (-5, 1)])
def test_crawl_delay_is_kept_up_to_a_limit(wanted: int, pause: int) -> None:
    rules = Page(f"User-agent: *\nCrawl-delay: {wanted}\n".encode())
    with serving({"/robots.txt": rules, "/a": Page(), "/b": Page()}) as web:
        web.run([NEWS + "a", NEWS + "b"], robots=True, delay=1)
    assert web.slept == pytest.approx([pause, pause])


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("told", "pause"), [({"retry-after": "17"}, 17), ({"retry-after": "soon"}, USUAL_WAIT), ({}, 5)]
)
def test_a_busy_server_is_asked_again_when_it_says_or_else_soon(
    status: int, told: dict[str, str], pause: float
) -> None:
    with serving({"/": [Page(b"", status, told), Page(b"now")]}) as web:
        assert reason(web.get(NEWS, delay=1)) == "fetched"
    assert web.slept == pytest.approx([pause])


def test_a_server_that_stays_busy_is_left_alone_for_the_run() -> None:
    busy = Page(b"", 429, {"retry-after": "5"})
    with serving({"/a": busy, "/b": busy, "/c": busy}) as web:
        found = web.run([NEWS + path for path in "abc"], delay=0)
    assert [reason(result) for result in found] == ["busy", "given up", "given up"]
    assert len(web.asked) == 4


def test_a_server_that_wants_a_long_pause_is_not_waited_for() -> None:
    with serving({"/": Page(b"", 503, {"retry-after": "86400"})}) as web:
        assert reason(web.get(NEWS)) == "busy"
    assert (web.slept, len(web.asked)) == ([], 1)


def test_a_host_that_fails_three_times_in_a_row_is_left_alone() -> None:
    with serving({}, {"slow.example": [["93.184.216.34"]]}) as web:
        found = web.run([f"https://slow.example/{n}" for n in range(5)], delay=0)
    assert [reason(result) for result in found] == ["unreachable"] * 3 + ["given up"] * 2


def test_failures_with_a_success_between_them_do_not_add_up() -> None:
    down = Page(hang_up=True)
    pages: dict[str, Page | Sequence[Page]] = {
        "/1": down,
        "/2": down,
        "/3": [down, Page()],
        "/4": down,
        "/5": down,
    }
    with serving(pages) as web:
        found = web.run([f"{NEWS}{n}" for n in (1, 2, 3, 4, 5)], delay=0)
    broken = ["unreachable"] * 2
    assert [reason(result) for result in found] == [*broken, "fetched", *broken]


def test_a_slow_host_holds_up_nobody_else() -> None:
    pages = {"slow.example/": Page(delay=20), "quick.example/": Page(b"quick")}
    start = time.monotonic()
    with serving(pages) as web:
        urls = ["http://slow.example/", *[f"http://quick.example/?{n}" for n in range(3)]]
        pages |= {f"quick.example/?{n}": Page() for n in range(3)}
        found = web.run(urls, timeout=0.3, concurrency=2, delay=0)
    assert [reason(result) for result in found] == ["timeout", *["fetched"] * 3]
    assert time.monotonic() - start < 10
