"""The feed, as feed readers see it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

import feedparser  # type: ignore[import-untyped]
import pytest

from factcheck.digest.publish.site import make_documents
from tests.golden import expect
from tests.publish.samples import (
    FERRY,
    SECOND,
    THIRD,
    edition,
    empty_edition,
    full_edition,
    morning_edition,
)
from tests.publish.world import BIDI, full_documents, hostile_edition
from tests.test_report import Tree

SITE = "https://desk.example.org/digest"


def atom(made: dict[str, str]) -> Any:
    """The Atom feed as feedparser reads it; it must be well-formed."""
    read = feedparser.parse(made["feed.atom"].encode(), sanitize_html=False)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    return read


def test_the_feed_is_the_expected_one() -> None:
    expect("../publish/gold/feed.atom", full_documents(SITE)["feed.atom"])


def test_there_is_an_entry_for_each_changed_story_of_each_edition_newest_first() -> None:
    made = full_documents(SITE)
    wanted = [f"{THIRD}/s1", f"{THIRD}/s5", f"{SECOND}/s1", f"{SECOND}/s2"]
    ids = [f"tag:desk.example.org,2026:{one}" for one in wanted]
    assert [one.id for one in atom(made).entries] == ids


@pytest.mark.parametrize("site_url", ["", SITE, f"{SITE}/"])
def test_ids_stay_the_same_when_a_later_edition_is_made(site_url: str) -> None:
    first, second = empty_edition(), morning_edition()
    before = make_documents(second, (first,), {}, site_url=site_url)
    after = make_documents(full_edition(), (second, first), {}, site_url=site_url)
    assert [one.id for one in atom(after).entries][-2:] == [one.id for one in atom(before).entries]
    assert atom(after).feed.id == atom(before).feed.id


def test_without_a_public_address_ids_are_urns_and_links_are_relative() -> None:
    made = full_documents()
    ids = [one.id for one in atom(made).entries]
    assert all(one.startswith("urn:uuid:") for one in ids)
    assert len(set(ids)) == len(ids)
    for one in atom(made).entries:
        parts = urlsplit(one.link)
        assert parts.fragment in Tree(made[unquote(parts.path)]).every("id") or SECOND in parts.path


def test_with_a_public_address_links_are_absolute() -> None:
    made = full_documents(SITE)
    assert atom(made).entries[0].link == f"{SITE}/editions/{THIRD}.html#s1"
    assert {one.href for one in atom(made).feed.links} == {
        f"{SITE}/feed.atom",
        f"{SITE}/index.html",
    }


def test_an_entry_tells_in_its_title_what_changed() -> None:
    assert atom(full_documents()).entries[0].title == (
        "Fire on the ferry Halla Strand: 1 newly disputed, 1 contested question, 1 correction, "
        "1 value moved, 1 newly verified, 1 article edited, 2 new findings"
    )


def test_an_edition_in_which_nothing_came_in_makes_an_empty_feed() -> None:
    made = make_documents(empty_edition(), (), {})
    assert atom(made).entries == []


def test_the_feed_keeps_the_last_fifty_entries() -> None:
    start = full_edition().window
    past = [edition(f"e{n}", start - timedelta(days=n), stories=(FERRY,)) for n in range(1, 61)]
    found = atom(make_documents(full_edition(), past, {})).entries
    assert len(found) == 50
    dates = [one.published for one in found]
    assert dates == sorted(dates, reverse=True)


def test_hostile_text_stays_text_in_the_feed() -> None:
    found = atom(make_documents(hostile_edition(), (), {})).entries
    assert found
    for one in found:
        content = one.content[0].value.replace("<br />", "<br>")
        tree = Tree(content)
        assert tree.open == []
        assert {tag for tag, _ in tree.tags} <= {"p", "strong", "br", "blockquote", "ul", "li", "a"}
        assert not tree.every("href")
        assert "<script>alert(1)</script>" in tree.text
        assert BIDI not in one.title + content + one.summary
