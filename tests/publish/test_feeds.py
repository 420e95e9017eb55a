"""The feeds, as feed readers see them."""

from __future__ import annotations

import json
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


def items(made: dict[str, str]) -> list[dict[str, str]]:
    """The items of the JSON feed."""
    feed = json.loads(made["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    found: list[dict[str, str]] = feed["items"]
    return found


def test_feeds_are_the_expected_ones() -> None:
    made = full_documents(SITE)
    expect("../publish/gold/feed.atom", made["feed.atom"])
    expect("../publish/gold/feed.json", made["feed.json"])


def test_there_is_an_entry_for_each_changed_story_of_each_edition_newest_first() -> None:
    made = full_documents(SITE)
    wanted = [f"{THIRD}/s1", f"{THIRD}/s5", f"{SECOND}/s1", f"{SECOND}/s2"]
    ids = [f"tag:desk.example.org,2026:{one}" for one in wanted]
    assert [one.id for one in atom(made).entries] == ids
    assert [one["id"] for one in items(made)] == ids


def test_both_feeds_tell_the_same() -> None:
    made = full_documents(SITE)
    for ours, theirs in zip(atom(made).entries, items(made), strict=True):
        assert ours.title == theirs["title"]
        assert ours.link == theirs["url"]
        assert ours.updated == theirs["date_modified"]
        assert ours.summary == theirs["content_text"]
        # feedparser writes empty elements in its own way.
        assert ours.content[0].value.replace("<br />", "<br>") == theirs["content_html"].strip()


@pytest.mark.parametrize("site_url", ["", SITE, f"{SITE}/"])
def test_ids_stay_the_same_when_a_later_edition_is_made(site_url: str) -> None:
    first, second = empty_edition(), morning_edition()
    before = make_documents(second, (first,), {}, site_url=site_url)
    after = make_documents(full_edition(), (second, first), {}, site_url=site_url)
    assert [one.id for one in atom(after).entries][-2:] == [one.id for one in atom(before).entries]
    assert atom(after).feed.id == atom(before).feed.id


def test_without_a_public_address_ids_are_urns_and_links_are_relative() -> None:
    made = full_documents()
    ids = [one["id"] for one in items(made)]
    assert all(one.startswith("urn:uuid:") for one in ids)
    assert len(set(ids)) == len(ids)
    for one in items(made):
        parts = urlsplit(one["url"])
        assert parts.fragment in Tree(made[unquote(parts.path)]).every("id") or SECOND in parts.path


def test_with_a_public_address_links_are_absolute() -> None:
    made = full_documents(SITE)
    assert items(made)[0]["url"] == f"{SITE}/editions/{THIRD}.html#s1"
    assert {one.href for one in atom(made).feed.links} == {
        f"{SITE}/feed.atom",
        f"{SITE}/index.html",
    }


def test_an_entry_tells_in_its_title_what_changed() -> None:
    assert items(full_documents())[0]["title"] == (
        "Fire on the ferry Halla Strand: 1 newly disputed, 1 contested question, 1 correction, "
        "1 value moved, 1 newly verified, 1 article edited, 2 new findings"
    )


def test_an_edition_in_which_nothing_came_in_makes_an_empty_feed() -> None:
    made = make_documents(empty_edition(), (), {})
    assert atom(made).entries == []
    assert items(made) == []


def test_feeds_keep_the_last_fifty_entries() -> None:
    start = full_edition().window
    past = [edition(f"e{n}", start - timedelta(days=n), stories=(FERRY,)) for n in range(1, 61)]
    found = items(make_documents(full_edition(), past, {}))
    assert len(found) == 50
    dates = [one["date_published"] for one in found]
    assert dates == sorted(dates, reverse=True)


def test_hostile_text_stays_text_in_both_feeds() -> None:
    made = make_documents(hostile_edition(), (), {})
    found = items(made)
    assert [one.id for one in atom(made).entries] == [one["id"] for one in found]
    for one in found:
        tree = Tree(one["content_html"])
        assert tree.open == []
        assert {tag for tag, _ in tree.tags} <= {"p", "strong", "br", "blockquote", "ul", "li", "a"}
        assert not tree.every("href")
        assert "<script>alert(1)</script>" in tree.text
        assert BIDI not in one["title"] + one["content_html"] + one["content_text"]
