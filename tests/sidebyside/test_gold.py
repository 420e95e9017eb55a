"""The whole reading of the ferry story, in every format (see golden.py), and of its JSON."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from markupsafe import escape

from factcheck.articles import read_articles
from factcheck.report import Format, load_report, render, write_report
from factcheck.sidebyside import SideBySide, read_side_by_side
from tests.golden import expect
from tests.test_report import Tree

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


def test_commands_can_be_copied_from_every_document() -> None:
    hint = "Ollama answers: factcheck report --base-url http://127.0.0.1:11434/v1 'a`b' ARTICLES"
    made = ferry().model_copy(update={"hints": (hint, "Wait.")})
    command = "factcheck report --base-url http://127.0.0.1:11434/v1 'a`b' ARTICLES"
    assert f"Ollama answers: ``{command}``\n- Wait.\n" in render(made, "md")
    assert f"Ollama answers: <code>{escape(command)}</code>" in render(made, "html")


def test_a_row_without_a_source_never_speaks_of_an_own_voice() -> None:
    tree = Tree(render(ferry(), "html"))
    labels = re.findall(r"</a></span>, <bdi>(.*?)</bdi>", render(ferry(), "html"))
    assert "no attribution found" in labels
    assert all(
        label == "no attribution found" or label.startswith(("said by: ", "a quotation; "))
        for label in labels
    )
    assert tree.text.count("own voice") == 1  # the legend, which says that it is not meant


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
