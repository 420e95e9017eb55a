"""Feed lists: every feed of an OPML file once into the settings, which stay what they were."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from factcheck.digest.feed_list import import_feeds, read_opml
from factcheck.errors import UsageError
from factcheck.resources import folder
from factcheck.settings.loader import load_settings
from tests.digest.test_command import shell
from tests.shell import Shell

__all__ = ["shell"]

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Our feeds</title></head><body>
<outline text="Papers"><outline type="rss" text="Orle Times &amp; &quot;Sons&quot;"
 xmlUrl="https://orle.example/rss?a=1&amp;b=2"/>
 <outline text="Deeper"><outline text="" title="Post"
  xmlUrl=" https://post.example/feed "/></outline>
</outline>
<outline text="Times again" xmlUrl="HTTPS://orle.example/rss?a=1&amp;b=2#top"/>
<outline text="A page" htmlUrl="https://page.example/"/>
<outline text="A file" xmlUrl="file:///etc/passwd"/>
</body></opml>"""
INLINE = '[digest]\nsources = [{ folder = "inbox" }, { feed = "https://post.example/feed" }]\n'


def imported(place: Path, toml: str, opml: str = OPML) -> tuple[str, ...]:
    """The addresses that are added to settings, which are read back."""
    config, feeds = place / "factcheck.toml", place / "feeds.opml"
    config.write_text(toml, encoding="utf-8")
    feeds.write_text(opml, encoding="utf-8")
    done = import_feeds(config, feeds)
    sources = load_settings(config=config).digest.sources
    added = tuple(feed.url for feed in done.added)
    assert {*added} <= {source.feed for source in sources}
    return added


BOTH = ("https://orle.example/rss?a=1&b=2", "https://post.example/feed")


@pytest.mark.parametrize(
    ("toml", "added"),
    [
        ("", BOTH),
        ('[digest]\ntitle = "x"\n\n[model]\nname = "m"\n', BOTH),
        ('[[digest.sources]]\nfolder = "inbox"  # ours\n\n[model]\nname = "m"\n', BOTH),
        (
            '[digest]\ntitle = "x"\n\n[model]\nname = "m"\n\n[[digest.sources]]\nfolder = "a"\n',
            BOTH,
        ),
        ('digest.title = "x"\nschedule.times = ["07:00"]\n', BOTH),
        (INLINE, BOTH[:1]),
        ("[digest]\nsources = []\n", BOTH),
    ],
)
def test_new_feeds_become_sources_in_any_form_of_settings(
    tmp_path: Path, toml: str, added: tuple[str, ...]
) -> None:
    assert imported(tmp_path, toml) == added
    text = (tmp_path / "factcheck.toml").read_text("utf-8")
    before = tomllib.loads(toml)
    after = tomllib.loads(text)
    old = before.get("digest", {}).get("sources", [])
    assert [one for one in after["digest"]["sources"] if one in old] == old
    assert {**after["digest"], "sources": old} == {"sources": old, **before.get("digest", {})}
    assert after.get("model") == before.get("model")
    assert [one for one in toml.splitlines() if "#" in one and one not in text] == []


def test_the_settings_that_init_writes_take_feeds_and_keep_their_comments(tmp_path: Path) -> None:
    toml = (folder("templates") / "factcheck.toml.j2").read_text("utf-8")
    assert imported(tmp_path, toml) == BOTH
    text = (tmp_path / "factcheck.toml").read_text("utf-8")
    assert [line for line in toml.splitlines() if line.strip() and line not in text] == []


def test_a_second_import_adds_nothing(tmp_path: Path) -> None:
    imported(tmp_path, INLINE)
    text = (tmp_path / "factcheck.toml").read_text("utf-8")
    done = import_feeds(tmp_path / "factcheck.toml", tmp_path / "feeds.opml")
    assert (done.added, done.known) == ((), 3)
    assert (tmp_path / "factcheck.toml").read_text("utf-8") == text


def test_names_come_from_the_list_and_other_addresses_are_refused(tmp_path: Path) -> None:
    imported(tmp_path, "")
    sources = load_settings(config=tmp_path / "factcheck.toml").digest.sources
    assert [source.name for source in sources] == ['Orle Times & "Sons"', "Post"]
    done = import_feeds(tmp_path / "factcheck.toml", tmp_path / "feeds.opml")
    [refused] = done.refused
    assert "only http and https are fetched" in refused


LAUGHS = (
    '<!DOCTYPE opml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<opml><body><outline text="&b;" xmlUrl="https://x.example/&b;"/></body></opml>'
)
OUTSIDE = (
    '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    '<opml><body><outline text="x" xmlUrl="https://x.example/">&x;</outline></body></opml>'
)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (LAUGHS, "entities"),
        (OUTSIDE, "entities"),
        ("<rss/>", "no OPML"),
        ("not xml", "not XML"),
        ("", "not XML"),
        ("<opml>" + "<outline>" * 5_000, "not XML"),
        ("<opml>" + " " * 5_000_001 + "</opml>", "bytes"),
    ],
)
def test_what_is_no_feed_list_is_refused_in_words(content: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_opml(content.encode())


@pytest.mark.parametrize(
    "toml",
    [
        *("[digest", "digest = 3\n", "[digest]\nsources = 'x'\n", "[digest]\nsources = [3]\n"),
        'digest = { title = "x" }\n',
    ],
)
def test_settings_that_cannot_be_read_stay_as_they_are(tmp_path: Path, toml: str) -> None:
    with pytest.raises(UsageError):
        imported(tmp_path, toml)
    assert (tmp_path / "factcheck.toml").read_text("utf-8") == toml


def test_the_command_says_what_it_added(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text(OPML, encoding="utf-8")
    ran = shell("digest", "--import", "feeds.opml")
    assert (ran.code, ran.out) == (0, "factcheck.toml\n")
    assert "2 feeds added, 1 known already, 1 refused" in ran.err
    assert shell("digest", "--import", "nothing.opml").code == 2
