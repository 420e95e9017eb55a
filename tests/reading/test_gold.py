"""The whole reading of the ferry story, in every format (see golden.py), and of its JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from factcheck.articles import read_articles
from factcheck.reading import SideBySide, read_side_by_side
from factcheck.render import Format, load_report, render, write_report
from tests.golden import expect
from tests.test_render import Tree

FERRY = Path(__file__).parent.parent / "stories" / "ferry"
formats = pytest.mark.parametrize("format_", ["html", "md", "json"])


@cache
def ferry() -> SideBySide:
    """The reading, without the version that made it: a release changes no expectation."""
    articles, excluded = read_articles([FERRY])
    made = read_side_by_side(
        articles,
        excluded=excluded,
        created=datetime(2026, 3, 20, 9, 0, tzinfo=UTC),
        hints=("Set OPENAI_API_KEY to a key, then: factcheck report ARTICLES",),
    )
    manifest = made.manifest.model_copy(update={"factcheck": "0"})
    return made.model_copy(update={"manifest": manifest})


@formats
def test_the_documents_are_the_expected_ones(format_: Format) -> None:
    expect(f"reading-ferry.{format_}", render(ferry(), format_))


@formats
def test_a_reading_read_back_gives_the_same_documents(tmp_path: Path, format_: Format) -> None:
    (path,) = write_report(ferry(), tmp_path, ["json"])
    assert render(load_report(path), format_) == render(ferry(), format_)


def test_every_sentence_of_every_article_can_be_found() -> None:
    ids = Tree(render(ferry(), "html")).every("id")
    places = [f"{a.id}-{sentence.number}" for a in ferry().articles for sentence in a.sentences]
    assert set(places) <= set(ids)


def test_the_hostile_article_stays_inert() -> None:
    tree = Tree(render(ferry(), "html"))
    assert not {"script", "img", "iframe", "form"} & {tag for tag, _ in tree.tags}
    links = [link for link in tree.every("href") if link[0] != "#"]
    assert links
    assert all(link.startswith(("https://", "http://")) for link in links)
