"""One article never ends a run: whatever fails on it is a reason to leave it out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import sentencex

from factcheck.articles import article_from_text, read_articles
from factcheck.articles.build import article_from_text as read_text
from factcheck.boundary import leave_out_failing
from factcheck.errors import UsageError
from factcheck.fetch.articles import make_article
from factcheck.fetch.models import Fetched
from factcheck.models import Article, Excluded
from factcheck.pipeline.check import check
from factcheck.sidebyside import read_side_by_side
from tests.newsroom import publish, reads
from tests.scripted import Scripted

NOW = datetime(2026, 3, 3, tzinfo=UTC)
STORY = (
    "Bridge closes\n\nThe mayor said on Monday that the old bridge would be closed for repairs."
    "\n\nResidents were told to take the ferry instead, the office said in a statement.\n\n"
)


class PanicException(BaseException):
    """What a library in Rust raises when it gives up; not an `Exception`."""


def fails_on(word: str, what: Callable[..., Any], error: BaseException) -> Callable[..., Any]:
    """The function, but it fails where an argument holds the word."""

    def function(*args: Any, **kwargs: Any) -> Any:
        if word in repr((args, kwargs)):
            raise error
        return what(*args, **kwargs)

    return function


@pytest.fixture
def articles(tmp_path: Path) -> tuple[Article, ...]:
    kept, _ = read_articles([publish(tmp_path / "in")])
    return kept


@pytest.mark.parametrize("error", [RuntimeError("no"), PanicException(), MemoryError()])
def test_a_file_on_which_the_reader_fails_is_left_out_with_the_traceback_in_the_log(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: BaseException,
) -> None:
    monkeypatch.setattr(sentencex, "segment", fails_on("ferry", sentencex.segment, error))
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_text(STORY.replace("ferry", "train"))
    with caplog.at_level(logging.ERROR, "factcheck"):
        kept, [left] = read_articles([tmp_path])
    assert [article.source for article in kept] == ["b.txt"]
    assert (left.source, left.reason) == ("a.txt", "failed")
    assert type(error).__name__ in left.detail
    assert "Traceback" in caplog.text


def test_a_page_on_which_the_reader_fails_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentencex, "segment", fails_on("ferry", sentencex.segment, OSError()))
    url = "https://x.example/a"
    page = Fetched(url, url, STORY.encode(), "text/plain")
    taken = make_article(page, None)
    assert isinstance(taken, Excluded)
    assert (taken.source, taken.reason) == ("https://x.example/a", "failed")


@pytest.mark.parametrize("stage", ["extract.extract_prompt", "assemble.near_copies"])
def test_an_article_on_which_a_stage_fails_is_left_out_and_the_rest_is_compared(
    articles: tuple[Article, ...], monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    word = articles[1].sentences[-1].text
    module, name = stage.split(".")
    home = import_module(f"factcheck.pipeline.{module}")
    broken = fails_on(word, getattr(home, name), ZeroDivisionError())
    monkeypatch.setattr(home, name, broken)
    report = asyncio.run(check(articles, Scripted(reads), created=NOW)).report
    [left] = [one for one in report.excluded if one.reason == "failed"]
    assert left.source == articles[1].source
    assert len(report.articles) == len(articles) - 1
    assert report.manifest.compared
    assert {voice.article for f in report.findings for voice in f.voices} == {
        article.id for article in report.articles
    }


def test_an_article_that_cannot_be_set_beside_others_is_left_out_of_a_reading(
    articles: tuple[Article, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    word = articles[0].sentences[-1].text
    home = import_module("factcheck.sidebyside.side_by_side")
    broken = fails_on(word, home.attribute, ZeroDivisionError())
    monkeypatch.setattr(home, "attribute", broken)
    reading = read_side_by_side(articles, created=NOW)
    assert [one.source for one in reading.excluded] == [articles[0].source]
    assert len(reading.articles) == len(articles) - 1


def test_items_that_fail_only_together_lose_the_later_one() -> None:
    def work(items: Sequence[int]) -> int:
        if {2, 3} <= {*items}:
            raise ValueError
        return sum(items)

    total, [(item, _)] = leave_out_failing([1, 2, 3, 4], work)
    assert (total, item) == (7, 3)


@pytest.mark.parametrize(
    ("bad", "most"), [({700}, 24), ({3, 500, 999}, 64), ({*range(1, 1_000)}, 2_001)]
)
def test_the_failing_ones_among_a_thousand_are_found_without_trying_each_item_on_all(
    bad: set[int], most: int
) -> None:
    tries: list[int] = []

    def work(items: Sequence[int]) -> list[int]:
        tries.append(len(items))
        if bad & {*items}:
            raise ValueError
        return [*items]

    good, failing = leave_out_failing(range(1_000), work)
    assert good == [one for one in range(1_000) if one not in bad]
    assert {item for item, _ in failing} == bad
    assert len(tries) <= most


def test_where_no_item_is_to_blame_nothing_is_searched() -> None:
    tries: list[int] = []

    def work(items: Sequence[int]) -> int:
        tries.append(len(items))
        raise ValueError(len(items))

    with pytest.raises(ValueError, match="1000"):
        leave_out_failing(range(1_000), work)
    assert tries == [1_000, 0]


def test_an_error_that_says_what_to_do_is_no_failure_of_an_item() -> None:
    def work(items: Sequence[int]) -> int:
        raise UsageError(f"no {items}", "Do this.")

    with pytest.raises(UsageError):
        leave_out_failing([1], work)


def test_a_file_over_the_limit_is_refused_with_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY + "x" * 5_000_000)
    (tmp_path / "b.txt").write_text(STORY)
    kept, [left] = read_articles([tmp_path])
    assert [article.source for article in kept] == ["b.txt"]
    assert left.detail == "larger than 5 MB, the most that is read of a file"


HOSTILE = {
    "many numerals": STORY + "two hundred and " * 16 + "people came to see the old bridge.",
    "a long number": STORY + f"There were {'9' * 4_301} people at the bridge on Monday.",
    "an alias to itself": f"---\ntitle: &a [*a]\n---\n{STORY}",
    "a long hexadecimal": f"---\ntitle: 0x{'f' * 6_000}\n---\n{STORY}",
    "a long sexagesimal": f"---\ntitle: {'1:' * 3_000}1\n---\n{STORY}",
    "deep brackets": f"---\ntitle: {'[' * 50_000}\n---\n{STORY}",
    "aliases of aliases": "---\na: &a [x]\n"
    + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefghi"))
    + f"---\n{STORY}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_and_metadata_are_read_and_compared(text: str) -> None:
    article = read_text(text, source="x.txt")
    other = article_from_text(f"{STORY}About 200 people came.", source="o.txt", article_id="a2")
    assert isinstance(article, Article)
    assert isinstance(other, Article)
    assert len(read_side_by_side([article, other], created=NOW).articles) == 2


def test_a_page_with_deep_json_is_read() -> None:
    paragraphs = "".join(f"<p>{part}</p>" for part in STORY.split("\n\n"))
    script = f'<script type="application/ld+json">{"[" * 100_000}</script>'
    page = f"<html><head>{script}</head><body>{paragraphs}</body></html>"
    assert isinstance(read_text(page, source="x.html", kind="html"), Article)
