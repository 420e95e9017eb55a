"""Feeds and pages of servers that do everything wrong: a line of the coverage, never an end.

A whole edition is made from a folder, a bad source, and a good feed: what is good is in it.
"""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests import newsroom
from tests.digest.room import Room
from tests.torture.odd import CHARACTERS, MARKUP, STORY
from tests.torture.rawserver import (
    Asked,
    Behaviour,
    Raw,
    broken_below_http,
    raw_server,
    response,
    sends,
)

RSS = '<rss version="2.0"><channel><title>Valley Post</title>%s</channel></rss>'
ITEM = "<item><title>Bridge closes</title><link>http://%s:%d/%s</link></item>"
GOOD, BAD = "localhost", "127.0.0.1"
"""Two hosts, for one that is busy is left alone as a whole."""
PAGE = "<html><head><title>Bridge closes</title></head><body><article>%s</article></body></html>"
GOOD_PAGE = PAGE % "".join(f"<p>{part}</p>" for part in STORY.strip().split("\n\n"))
DEEP = '<rss version="2.0"><channel>' + "<item>" * 20_000
LAUGHS = (
    '<!DOCTYPE r [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
OUTSIDE = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def feed(text: str) -> Behaviour:
    """Send a text as a feed."""
    return sends(response(text.encode("utf-8", "replace"), kind="application/rss+xml"))


FEEDS: dict[str, Behaviour] = {
    "nothing": feed(""),
    "half XML": feed((RSS % (ITEM % (BAD, 9, "a")))[:80]),
    "a page": feed(GOOD_PAGE),
    "plain text": feed(STORY),
    "no entries": feed(RSS % ""),
    "entries without an address": feed(RSS % "<item><title>a</title></item>" * 9),
    "entries with scripts for addresses": feed(
        RSS % "<item><link>javascript:alert(1)</link></item><item><link>file:///etc</link></item>"
    ),
    "entries that lead to this machine": feed(
        RSS
        % "<item><link>http://localhost:1/a</link></item><item><link>http://[::1]/</link></item>"
    ),
    "5,000 entries": feed(RSS % "<item><link>http://127.0.0.2/a</link></item>" * 5_000),
    "20,000 open elements": feed(DEEP),
    "a billion laughs": feed(LAUGHS + RSS % "<item><title>&i;</title></item>"),
    "a file of this machine": feed(OUTSIDE + RSS % "<item><title>&a;</title></item>"),
    "JSON of brackets": sends(response(b"[" * 100_000, kind="application/feed+json")),
    "JSON of another kind": sends(
        response(b'{"version": 7, "items": "a"}', kind="application/json")
    ),
    "JSON with odd items": sends(
        response(
            b'{"version":"https://jsonfeed.org/version/1.1","items":[7,null,{"url":[]},{"id":{}}]}',
            kind="application/feed+json",
        )
    ),
    "UTF-16": sends(response((RSS % "").encode("utf-16"), kind="text/xml")),
    "an encoding that is none": feed('<?xml version="1.0" encoding="x-none"?>' + RSS % ""),
    "dates that are none": feed(
        RSS % "<item><link>http://127.0.0.2/a</link><pubDate>31 Feb 99999</pubDate></item>"
    ),
    "an author of 300,000 characters": feed(RSS % f"<item><author>{'@' * 300_000}</author></item>"),
    **{
        f"odd titles: {name}": feed(
            RSS % f"<item><title><![CDATA[{odd.replace(']]>', '')}]]></title></item>"
        )
        for name, odd in {**MARKUP, **CHARACTERS}.items()
    },
    **broken_below_http("application/rss+xml", RSS.encode()),
}
PAGES: dict[str, Behaviour] = {
    "nothing": sends(response(b"", kind="text/html")),
    "half a page": sends(response(GOOD_PAGE[:90].encode(), kind="text/html")),
    "a picture": sends(response(b"\x89PNG\r\n" * 99, kind="image/png")),
    "a picture as a page": sends(response(b"\x89PNG\r\n" * 99, kind="text/html")),
    "a page of 6 MB": sends(response(b"<p>The mayor said.</p>" * 280_000, kind="text/html")),
    "100,000 open elements": sends(response(b"<div>" * 100_000, kind="text/html")),
    "an encoding that is none": sends(response(GOOD_PAGE.encode(), kind="text/html; charset=x")),
    "a login": sends(response(b"<form>Log in to read on. Subscribe.</form>", kind="text/html")),
    **{
        f"odd text: {name}": sends(
            response((PAGE % (STORY + odd)).encode("utf-8", "replace"), kind="text/html")
        )
        for name, odd in {**MARKUP, **CHARACTERS}.items()
    },
    **broken_below_http("text/html", GOOD_PAGE.encode()),
}
TOML = """
[digest]
sources = [
  {{ folder = "inbox" }},
  {{ feed = "http://127.0.0.1:{port}/bad.xml" }},
  {{ feed = "http://localhost:{port}/good.xml" }},
]
[fetch]
private = ["127.0.0.1:{port}", "localhost:{port}"]
robots = false
timeout = 3
[reading]
ports = []
[schedule]
timezone = "UTC"
"""


def paper(raw: Raw, bad_feed: Behaviour | None, bad_page: Behaviour) -> Behaviour:
    """A server with a good feed, and a bad one or one whose page is bad."""

    def act(connection: socket.socket, asked: Asked) -> None:
        if asked.target == "/good.xml":
            feed(RSS % (ITEM % (GOOD, raw.port, "good")))(connection, asked)
        elif asked.target == "/good":
            # Of its own text: the same text under two addresses is one article.
            more = "<p>A second boat was sent out to the island after noon.</p></article>"
            page = GOOD_PAGE.replace("</article>", more)
            sends(response(page.encode(), kind="text/html"))(connection, asked)
        elif asked.target == "/bad.xml":
            (bad_feed or feed(RSS % (ITEM % (BAD, raw.port, "bad"))))(connection, asked)
        else:
            bad_page(connection, asked)

    return act


def edition_with(folder: Path, bad_feed: Behaviour | None, bad_page: Behaviour) -> None:
    """Make an edition: what is good is in it, and the bad source is a line of it."""
    with raw_server(sends(b"")) as raw:
        raw.behaviour = paper(raw, bad_feed, bad_page)
        room = Room(folder, TOML.format(port=raw.port))
        newsroom.publish(room.inbox, "courier.md", "tide.md")
        made = room.edition().edition
    assert made is not None
    told = {article.url for story in (*made.stories, *made.singles) for article in story.articles}
    assert f"http://{GOOD}:{raw.port}/good" in told
    assert made.coverage.sources[0].new == 2
    assert len(made.coverage.sources) == 3
    assert not [item for item in made.coverage.left if item.reason == "failed"]
    everything = made.model_dump_json() + "".join(p.read_text() for p in room.site.rglob("*.html"))
    assert "root:x:" not in everything
    assert "\x1b" not in everything


@pytest.mark.parametrize("name", FEEDS)
def test_a_bad_feed_is_a_line_of_the_coverage(tmp_path: Path, name: str) -> None:
    edition_with(tmp_path, FEEDS[name], sends(b""))


@pytest.mark.parametrize("name", PAGES)
def test_a_bad_page_is_left_out_of_the_edition(tmp_path: Path, name: str) -> None:
    edition_with(tmp_path, None, PAGES[name])
