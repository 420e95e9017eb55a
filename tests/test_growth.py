"""Whatever reads foreign text takes time in proportion to it, however odd the text.

Each entry point reads an odd text and then six times as much of it, in one run: in proportion
that takes six times as long, and where time grows with the square, thirty-six times. Garbage is
not collected meanwhile: how long that takes depends on what other tests have left in memory.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import UTC, datetime
from time import process_time

import pytest

from factcheck.articles import article_from_text
from factcheck.articles.formats import Format, read_document
from factcheck.articles.lines import read_plain_lines
from factcheck.fetch.feeds import read_feed
from factcheck.fetch.pages import classify_page
from factcheck.language.copies import near_copies
from factcheck.language.sums import leave_out_results
from factcheck.language.visible import shorten
from factcheck.llm.parsing import find_object
from factcheck.llm.provider_errors import Fault
from factcheck.models import Article
from factcheck.report.markup import escape_markdown
from factcheck.settings.redaction import redact
from factcheck.sidebyside import read_side_by_side

NOW = datetime(2026, 3, 3, tzinfo=UTC)
STORY = (
    "The mayor said on Monday that the old bridge would be closed for repairs.\n\n"
    "Residents were told to take the ferry instead, the office said in a statement.\n\n"
)
OTHER = article_from_text(STORY + "About 200 people came on Monday.", source="o", article_id="a2")
TIMES = 6
MOST = 18
"""Times as long for `TIMES` as much: well above what is in proportion, well below its square."""
ENOUGH = 0.01
"""Seconds of work that a clock can tell from noise; a text is made longer until it takes them."""
LONGEST = 30_000
"""Characters; from there on a paragraph is read in one way only (`LONGEST_PARAGRAPH`)."""


def reads(kind: Format) -> Callable[[str], object]:
    """Read a text and set it beside another."""

    def read(odd: str) -> object:
        before, after = ("<body><p>", "</body>") if kind == "html" else ("", "")
        text = f"{before}{STORY}{odd}{after}"
        article = article_from_text(text, source="x", kind=kind)
        if not (isinstance(article, Article) and isinstance(OTHER, Article)):
            return article
        return read_side_by_side([article, OTHER], created=NOW)

    return read


def in_feed(odd: str) -> object:
    """Read a feed whose entry has an odd author and title."""
    item = (
        f"<item><title>{odd}</title><link>https://x.example/a</link><author>{odd}</author></item>"
    )
    feed = f'<rss version="2.0"><channel><title>T</title>{item}</channel></rss>'
    return read_feed(feed.encode(), "https://x.example/f", "application/rss+xml", now=NOW)


def in_error(odd: str) -> object:
    """Look at the message of an endpoint as an error does."""
    fault = Fault(400, redact(odd))
    return fault.rejects_format, fault.no_credit, fault.transient, shorten(fault.message)


ENTRIES: dict[str, tuple[Callable[[str], object], tuple[str, ...]]] = {
    "text": (
        reads("txt"),
        (
            "a-\n",
            "From: a Subject: b To: c ",
            "1 ",
            "said ",
            "two hundred and ",
            "Xx said ",
            "Xx ",
            '"',
            "a.m. ",
            "(a. ",
            "A.",
            "$1m ",
            "on Monday ",
            "9",
            "1,",
            " ",
            "x",
            "। ",
            "By Jane Doe\n\n",
            "Related Articles\n\nMore here\n\n",
            "The old bridge is shut.\n\n",
        ),
    ),
    "lines": (
        read_plain_lines,
        ("the council closed the bridge again and again ok yes\n", "a\n", "A (1)\n", "- a\n"),
    ),
    "markdown": (reads("md"), ("![", "[", "*a", "`", "|", "> ", "- a\n", "<", "&#")),
    "page": (
        reads("html"),
        (
            "<",
            "&",
            "<div>",
            "<span>12:30</span>",
            "<p>By Jane",
            "<p hidden>a</p>",
            "<time>1</time>",
            "<h1>a<div><time datetime=1>1</time>",
            "<h1>a<div class=author>By",
            "<div id=wm-ipp>a",
            "the old mill by the sea<br>",
            "<b>a</b><br>",
            "<pre>a\n",
        ),
    ),
    "kind of page": (
        lambda odd: classify_page(odd, "https://x.example/a", odd),
        ("<h1>", "cookie ", "404 "),
    ),
    "feed": (in_feed, ("@", "a@", "(", "&lt;", "a ", "a.b")),
    "metadata": (
        lambda odd: read_document(f"---\ntitle: {odd}\n---\n", "md"),
        ("[", "1:", "&a ", "a: ", "{", "\n- "),
    ),
    "endpoint": (
        in_error,
        ("sk-", "sk-a", "bearer ", "://a:", "model ", "request ", "input too ", "exceeded "),
    ),
    "answer": (
        find_object,
        (
            "{",
            "<think>",
            "```\n",
            "[",
            '{"a":',
            '{"',
            '{"a',
            "{}",
            "{/*",
            '{"\\"',
            '{"a":1,',
            "{ ,",
        ),
    ),
    "answer in a fence": (lambda odd: find_object(f"```json\n{odd}"), ("\n", " \n", "{\n", "` ")),
    "sums": (leave_out_results, ("1 + ", "1 ", "1 a ", "9", "a + ", "1+1=", "1 men + ")),
    "copies": (lambda odd: near_copies({"a": odd, "b": odd}), ("a ", '"a ', "“")),
    "shown": (escape_markdown, ("*", "%", "=", "&", "www.", "1")),
}
CASES = [(name, odd) for name, (_, texts) in ENTRIES.items() for odd in texts]


def seconds(read: Callable[[str], object], text: str) -> float:
    """The time that a reading takes of the processor."""
    gc.disable()
    try:
        start = process_time()
        read(text)
        return process_time() - start
    finally:
        gc.enable()


def growth(read: Callable[[str], object], odd: str, smallest: int) -> float:
    """How many times as long `TIMES` as much text takes, from `smallest` characters on."""
    size = smallest // len(odd)
    while (short := seconds(read, odd * size)) < ENOUGH and size * len(odd) < LONGEST:
        size *= 2
    return seconds(read, odd * (TIMES * size)) / max(short, ENOUGH / 2)


@pytest.mark.parametrize(("entry", "odd"), CASES, ids=lambda value: repr(value)[:24])
def test_time_grows_no_faster_than_the_text(entry: str, odd: str) -> None:
    read = ENTRIES[entry][0]
    read(odd)
    # Again where the machine was busy, or where only the longer text was too long for one of two
    # ways to read it: what grows too fast does so each time and from each size.
    assert any(growth(read, odd, size) < MOST for size in (1_000, 1_000, LONGEST, LONGEST, LONGEST))
