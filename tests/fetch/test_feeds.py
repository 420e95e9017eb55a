"""Feeds: every format and every kind of damage; identity, dates, links, full texts."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.fetch.feeds import read_feed
from factcheck.fetch.models import Entry, Feed
from factcheck.fetch.urls import canonical_url

URL = "https://post.example/news/feed"
NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
WORDS = "The harbour office counted the boats again on Friday and wrote the number down. " * 12


def read(content: bytes | str, content_type: str = "", **more: int) -> Feed:
    data = content.encode() if isinstance(content, str) else content
    return read_feed(data, URL, content_type, now=NOW, **more)


def rss(*items: str, head: str = "<title>Harbour &amp; Post</title>") -> str:
    body = "".join(f"<item>{item}</item>" for item in items)
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<?xml version="1.0"?><rss version="2.0" {space}><channel>{head}{body}</channel></rss>'


def only(feed: Feed) -> Entry:
    assert len(feed.entries) == 1, feed
    return feed.entries[0]


def test_an_rss_item_becomes_an_entry() -> None:
    item = """<title>Pier &lt;b&gt;shut&lt;/b&gt; &amp;amp; fenced</title><link>/pier</link>
    <guid isPermaLink="false">n-1</guid><author>ann@post.example (Ann Lee)</author>
    <pubDate>Sat, 21 Nov 2026 10:00:00 +0200</pubDate>
    <description>&lt;p&gt;It is&lt;/p&gt;&lt;p&gt;shut.&lt;/p&gt;</description>"""
    feed = read(rss(item, head="<title>Harbour &amp; Post</title><language>en-gb</language>"))
    assert (feed.title, feed.problem) == ("Harbour & Post", "")
    assert only(feed) == Entry(
        id="n-1",
        url="https://post.example/pier",
        title="Pier shut & fenced",
        published=datetime(2026, 11, 21, 8, 0, tzinfo=UTC),
        author="Ann Lee",
        language="en-gb",
        summary="It is shut.",
    )


def test_an_atom_entry_becomes_an_entry() -> None:
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Le Quai</title>
    <entry><id>tag:quai,1</id><title>Le quai ferme</title><link href="a%20b?x=1"/>
    <published>2026-11-21T09:00:00+01:00</published><updated>2026-11-21T10:00:00Z</updated>
    <author><name>A. B.</name></author><content type="html">&lt;p&gt;{WORDS}&lt;/p&gt;
    &lt;script&gt;x()&lt;/script&gt;</content></entry></feed>"""
    entry = only(read(atom))
    assert (entry.id, entry.url) == ("tag:quai,1", "https://post.example/news/a%20b?x=1")
    assert entry.published == datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
    assert entry.updated == datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
    assert (entry.author, entry.language) == ("A. B.", "fr")
    assert "harbour office" in entry.content
    assert "script" not in entry.content


def test_an_rdf_item_becomes_an_entry() -> None:
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://purl.org/rss/1.0/">
    <channel rdf:about="x"><title>Old Post</title></channel><item rdf:about="https://o.example/1">
    <title>One</title><link>https://o.example/1</link><dc:date>2026-11-20T10:00:00Z</dc:date>
    </item></rdf:RDF>"""
    entry = only(read(rdf))
    assert (entry.url, entry.updated) == (
        "https://o.example/1",
        datetime(2026, 11, 20, 10, tzinfo=UTC),
    )


def json_feed(*items: object, **more: object) -> str:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Quay", "items": items, **more}
    return json.dumps(feed)


def test_a_json_item_becomes_an_entry() -> None:
    item = {
        "id": 7,
        "url": "/q/7",
        "title": "A < B",
        "content_text": f"{WORDS}\n\nIt <b>ended</b> there.",
        "date_published": "2026-11-21T10:00:00+02:00",
        "date_modified": None,
        "authors": [{"name": "Ann"}, {"name": "Bo"}],
    }
    feed = read(json_feed(item, language="en"))
    entry = only(feed)
    assert (feed.title, feed.problem) == ("Quay", "")
    assert (entry.id, entry.url, entry.title) == ("7", "https://post.example/q/7", "A < B")
    assert (entry.published, entry.updated) == (datetime(2026, 11, 21, 8, tzinfo=UTC), None)
    assert (entry.author, entry.language) == ("Ann, Bo", "en")
    assert entry.content.endswith("<p>It &lt;b&gt;ended&lt;/b&gt; there.</p>")


def test_json_items_that_break_the_format_are_counted() -> None:
    feed = read(json_feed({"id": "1", "url": "/1"}, {"id": ["x"]}, "text", None))
    assert only(feed).url == "https://post.example/1"
    assert "3 of 4" in feed.problem


@pytest.mark.parametrize("text", ['{"version": "2", "items": []}', '{"items": [', "{" * 9_999])
def test_json_that_is_no_feed_is_said(text: str) -> None:
    feed = read(text)
    assert feed.entries == ()
    assert "JSON" in feed.problem


def test_a_web_page_is_said_and_its_feeds_are_named() -> None:
    page = """<!-- x --><!DOCTYPE html><html><head>
    <link rel="alternate" type="application/rss+xml" href="/rss.xml">
    <link rel="alternate" type="application/atom+xml" href="javascript:x">
    <link rel="alternate" hreflang="de" href="/de"></head><body>News</body></html>"""
    feed = read(page, "application/rss+xml")
    assert feed.entries == ()
    assert feed.problem.endswith("it announces https://post.example/rss.xml")


def test_a_feed_that_is_served_as_a_web_page_is_read() -> None:
    assert only(read(rss("<link>/a</link>"), "text/html")).url == "https://post.example/a"


@pytest.mark.parametrize("content", [b"", b"  \n", b"\x00\x01\x02" * 99, b"%PDF-1.7", b"hello"])
def test_what_is_no_feed_at_all_is_said(content: bytes) -> None:
    feed = read(content)
    assert (feed.entries, bool(feed.problem)) == ((), True)


def test_a_broken_feed_yields_what_can_be_read() -> None:
    text = rss("<title>One</title><link>/1</link>", "<title>Two & more</title><link>/2</link>")
    feed = read(text.removesuffix("</channel></rss>"))
    assert [entry.url for entry in feed.entries] == [
        "https://post.example/1",
        "https://post.example/2",
    ]
    assert "broken" in feed.problem


def test_content_that_names_a_file_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "<rss>").write_text(rss("<link>/secret</link>"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for text in ("<rss>", str(tmp_path / "<rss>"), f"file://{tmp_path}/<rss>"):
        assert read(text).entries == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-7"])
def test_entities_are_not_expanded_in_any_encoding(encoding: str) -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 9 if n else "ha"}">' for n in range(9))
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE r [{bomb}]>' + rss(
        "<title>&e8;</title><link>/a</link>"
    ).removeprefix('<?xml version="1.0"?>')
    start = time.monotonic()
    feed = read(text.encode(encoding), f"application/xml; charset={encoding}")
    assert "haha" not in repr(feed)
    assert "declares XML entities" in feed.problem
    assert time.monotonic() - start < 20


def test_a_file_is_not_included_by_an_entity(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("s3cret", encoding="utf-8")
    head = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{file}">]>'
    feed = read(
        head + rss("<title>&x;</title><link>/a</link>").removeprefix('<?xml version="1.0"?>')
    )
    assert "s3cret" not in repr(feed)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-16", "koi8-r"])
def test_an_encoding_is_taken_from_the_feed(encoding: str) -> None:
    word = "причал" if encoding == "koi8-r" else "Hafenbrücke"
    text = rss(f"<title>{word}</title><link>/a</link>")
    text = text.replace('"1.0"', f'"1.0" encoding="{encoding}"', 1)
    assert only(read(text.encode(encoding), "application/xml")).title == word


def test_the_header_names_the_encoding_where_the_feed_does_not() -> None:
    text = rss("<title>Brücke</title><link>/a</link>").encode("latin-1")
    assert only(read(text, "application/rss+xml; charset=iso-8859-1")).title == "Brücke"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://x.example/a", "http://a:b@x.example/", ""]
)
def test_an_entry_without_a_web_address_is_left_out_and_counted(link: str) -> None:
    feed = read(rss(f"<title>x</title><link>{link}</link>", "<link>/good</link>"))
    assert only(feed).url == "https://post.example/good"
    assert "1 of 2" in feed.problem


def test_an_entry_with_its_full_text_needs_no_link() -> None:
    entry = only(read(rss(f"<title>Note</title><content:encoded>{WORDS}</content:encoded>")))
    assert (entry.url, entry.id) == ("", "Note")
    assert entry.content


def test_links_that_differ_in_tracking_only_are_one_entry() -> None:
    feed = read(
        rss(
            "<title>A</title><link>https://post.example/a?utm_source=rss&amp;id=1</link>",
            "<title>B</title><link>https://POST.example:443/a/?id=1&amp;fbclid=x#top</link>",
            "<title>C</title><link>https://post.example/a?id=2</link>",
        )
    )
    assert [entry.title for entry in feed.entries] == ["A", "C"]


def test_a_date_in_the_future_is_not_used() -> None:
    soon = "<link>/soon</link><pubDate>Sun, 22 Nov 2026 20:00:00 GMT</pubDate>"
    late = "<link>/late</link><pubDate>Sun, 22 Nov 2037 20:00:00 GMT</pubDate>"
    feed = read(rss(soon, late))
    assert [entry.published is None for entry in feed.entries] == [False, True]
    assert (feed.note, feed.problem) == ("dates in the future, not used: 1", "")


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Foo 2026", "0000-00-00", "1899-01-01"])
def test_a_date_that_cannot_be_read_is_unknown(date: str) -> None:
    assert only(read(rss(f"<link>/a</link><pubDate>{date}</pubDate>"))).published is None


def test_of_too_many_entries_the_newest_are_kept() -> None:
    days = [
        f"<link>/{n}</link><pubDate>{(NOW - timedelta(days=n)):%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        for n in (3, 1, 2)
    ]
    feed = read(rss("<link>/undated</link>", *days), max_entries=2)
    assert [entry.url[-1] for entry in feed.entries] == ["1", "2"]
    assert "newest 2" in feed.problem


def test_a_huge_feed_is_read_in_part() -> None:
    items = [f"<link>/{n}</link><description>{'word ' * 900}</description>" for n in range(600)]
    feed = read(rss(*items))
    assert 100 < len(feed.entries) <= 200
    assert "only the first 2,000,000 bytes" in feed.problem


@pytest.mark.parametrize("end", ["…", "[...]", "Read more", "Continue reading", "Weiterlesen →"])
def test_a_text_that_is_cut_off_is_no_full_text(end: str) -> None:
    item = (
        f"<link>/a</link><content:encoded><![CDATA[<p>{WORDS}</p><p>{end}</p>]]></content:encoded>"
    )
    assert only(read(rss(item))).content == ""


def test_a_long_description_is_a_full_text_and_a_short_one_is_not() -> None:
    short = f"<link>/a</link><description>{WORDS}</description>"
    long = f"<link>/a</link><description>{WORDS}{WORDS}</description>"
    assert only(read(rss(short))).content == ""
    assert only(read(rss(long))).content


@given(st.binary(max_size=400), st.integers(0, 400))
def test_no_damage_raises(noise: bytes, place: int) -> None:
    whole = rss("<title>One</title><link>/1</link><description>x</description>").encode()
    for content in (noise, whole[:place] + noise + whole[place:], whole[:place]):
        assert isinstance(read(content), Feed)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://News.Example:80/A/?utm_medium=x&b=2&a=1#c", "http://news.example/A?b=2&a=1"),
        ("https://news.example", "https://news.example"),
        ("https://news.example/", "https://news.example"),
        (
            "https://news.example/a?ref=home&source=x&id=3",
            "https://news.example/a?ref=home&source=x&id=3",
        ),
        ("https://news.example/a?gclid=1&at_campaign=2&ocid=3", "https://news.example/a"),
        ("https://news.example:8443/a", "https://news.example:8443/a"),
        ("http://[2606:2800:0:0::1]/a", "http://[2606:2800::1]/a"),
        ("mailto:a@news.example", ""),
        ("not a url", ""),
    ],
)
def test_the_canonical_form_of_a_url(url: str, expected: str) -> None:
    assert canonical_url(url) == expected
    assert canonical_url(expected) == expected
