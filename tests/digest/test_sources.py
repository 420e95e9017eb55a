"""Editions from feeds and lists of addresses, through the real fetcher and a real server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from factcheck.digest.due import RunOptions
from factcheck.digest.publish.phrases import notices, quiet
from factcheck.digest.run import forget
from factcheck.report.words import join_texts, text_of
from factcheck.settings.loader import load_settings
from tests import newsroom
from tests.digest.paper import Paper, printing
from tests.digest.room import EVENING, MORNING, Room
from tests.endpoint import Endpoint

TIME = "Mon, 02 Mar 2026 06:00:00 GMT"
FIRE = (
    "Fire in the Orle mill",
    "A fire broke out in the old mill of Orle on Sunday night, the fire brigade said.",
    "Forty firefighters kept the flames from the houses of Mill Lane until the morning.",
    "Nobody was hurt, but the roof of the mill fell in at about four o'clock.",
)
ALSO = (
    "Mill of Orle burned all night",
    "The old mill of Orle burned on Sunday night, and forty firefighters fought the flames.",
    "The roof of the mill fell in at four o'clock, the fire brigade said.",
    "The houses of Mill Lane were saved, and nobody was hurt.",
)
CUP = (
    "Cup final moved to the city ground",
    "The final of the cup will be played on the city ground in May, the league said.",
    "The old stand at the river ground is no longer safe after the winter.",
    "Tickets that were sold stay valid for the new place.",
)


@pytest.fixture
def paper() -> Iterator[Paper]:
    """A server with three articles and a feed of them."""
    with printing() as running:
        for name, outlet, text in (
            ("fire", "Orle Times", FIRE),
            ("mill", "Valley Post", ALSO),
            ("cup", "Orle Times", CUP),
        ):
            running.publish(name, outlet, *text, time="2026-03-02T06:00:00Z")
        running.feed("fire", "mill", "cup", time=TIME)
        yield running


def reading(room: Room, *sources: str, private: str = "127.0.0.1:1") -> Room:
    """The newsroom with these sources, and a server of its own that it may ask."""
    room.toml = (
        f"[digest]\nsources = [{', '.join(sources)}]\n[fetch]\nprivate = ['{private}']\n"
        "[reading]\nports = []\n[schedule]\ntimezone = 'UTC'\n"
    )
    return room


def test_a_feed_becomes_stories_and_is_asked_for_news_alone(room: Room, paper: Paper) -> None:
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    first = room.make()
    [story] = first.stories
    assert {line.outlet for line in story.articles} == {"Orle Times", "Valley Post"}
    assert [single.title for single in first.singles] == [CUP[0]]
    paper.asked.clear()
    room.make(EVENING)
    assert ("/feed.xml", 304) in paper.asked
    assert not [path for path, status in paper.asked if status == 200]


def test_every_page_and_document_tells_times_in_the_zone_of_the_newsroom(
    room: Room, paper: Paper
) -> None:
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    room.toml = room.toml.replace("'UTC'", "'Asia/Tokyo'")
    edition = room.make()
    assert (edition.timezone, edition.id) == ("Asia/Tokyo", "2026-03-02T160000")
    assert edition.made.isoformat() == "2026-03-02T16:00:00+09:00"
    for place in ("index.html", "stories/s1.html", f"editions/{edition.id}/s1.html"):
        page = (room.site / place).read_text(encoding="utf-8")
        assert "15:00" in page, place
        assert "06:00" not in page, place


def test_an_article_that_was_edited_is_news_though_its_feed_is_as_it_was(
    room: Room, paper: Paper
) -> None:
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    room.make()
    corrections = tuple(line.replace("forty firefighters", "sixty firefighters") for line in ALSO)
    paper.publish("mill", "Valley Post", *corrections, time="2026-03-02T06:00:00Z")
    second = room.make(EVENING)
    [change] = second.leads
    assert (change.kind, text_of(change.detail)) == (
        "edited",
        "In a published article forty became sixty.",
    )


def test_one_bad_feed_never_stops_an_edition(room: Room, paper: Paper) -> None:
    newsroom.publish(room.inbox)
    reading(
        room,
        "{ folder = 'inbox' }",
        f"{{ feed = '{paper.url('/gone.xml')}' }}",
        f"{{ feed = '{paper.url('/fire.html')}' }}",
        "{ feed = 'http://127.0.0.1:1/feed.xml' }",
        private=paper.host,
    )
    edition = room.make()
    problems = [join_texts(line.problems) for line in edition.coverage.sources]
    assert len(edition.stories) == 1
    assert problems[0] == ""
    assert all(problems[1:])
    assert "fetch.private" in problems[3]


def test_sources_that_fail_are_said_though_nothing_is_new_and_no_edition_is_made(
    room: Room, paper: Paper
) -> None:
    newsroom.publish(room.inbox)
    (room.folder / "wire").mkdir()
    reading(
        room,
        "{ folder = 'inbox' }",
        "{ folder = 'wire' }",
        f"{{ feed = '{paper.url('/feed.xml')}', name = 'Orle' }}",
        private=paper.host,
    )
    room.make()
    room.said.clear()
    (room.folder / "wire").rmdir()
    del paper.pages["/feed.xml"]
    again = room.edition(EVENING)
    assert not again.made
    failed = [line for line in room.said if line.startswith("not read in full: ")]
    assert [line.partition(" (")[0].partition(": ")[2] for line in failed] == ["wire", "Orle"]
    assert failed[0].endswith("(the folder does not exist)")
    assert "404" in failed[1]


def test_what_was_not_reached_is_tried_again_though_the_feed_is_as_it_was(
    room: Room, paper: Paper
) -> None:
    page = paper.pages.pop("/mill.html")
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    first = room.make()
    assert [left.reason for left in first.coverage.left] == ["not-reached"]
    assert join_texts(first.coverage.sources[0].problems) == "1 of 3 pages not reached"
    paper.pages["/mill.html"] = page
    second = room.make(EVENING)
    assert [story.status for story in second.stories] == ["new"]


def test_a_list_of_addresses_in_a_file(room: Room, paper: Paper) -> None:
    (room.folder / "urls.txt").write_text(
        f"# the mill\n{paper.url('/fire.html')}\n\n{paper.url('/mill.html')} # also\n"
    )
    reading(room, "{ urls = 'urls.txt' }", private=paper.host)
    [story] = room.make().stories
    assert len(story.articles) == 2


def test_the_same_article_from_two_sources_is_one(room: Room, paper: Paper) -> None:
    address = paper.url("/fire.html")
    reading(
        room,
        f"{{ feed = '{paper.url('/feed.xml')}' }}",
        f"{{ urls = ['{address}?utm_source=mail', '{address}#top'] }}",
        private=paper.host,
    )
    edition = room.make()
    assert len(edition.stories[0].articles) == 2
    assert sum(line.new for line in edition.coverage.sources) == 3


def at(paper: Paper, feed: str, **pages: str) -> None:
    """A feed of these addresses, each with the page that is found there now."""
    bodies = {path: paper.pages[f"/{name}.html"] for path, name in pages.items()}
    paper.pages |= {f"/{path}": body for path, body in bodies.items()}
    items = "".join(
        f"<item><link>{paper.url('/' + path).replace('&', '&amp;')}</link>"
        f"<pubDate>{TIME}</pubDate></item>"
        for path in pages
    )
    paper.pages[feed] = (
        f"<rss version='2.0'><channel><title>The Paper</title>{items}</channel></rss>"
    )


def scheduled(room: Room) -> Room:
    """The newsroom with two editions a day, each made also if nothing changed."""
    room.toml += "times = ['07:00', '17:00']\n"
    return room


def test_an_article_whose_address_only_got_another_query_is_no_news(
    room: Room, paper: Paper
) -> None:
    feed = f"{{ feed = '{paper.url('/changing.xml')}' }}"
    scheduled(reading(room, feed, private=paper.host))
    at(paper, "/changing.xml", **{"fire.html?sid=1&n=4": "fire", "mill.html?sid=1": "mill"})
    first = room.make()
    for number, moment in enumerate((EVENING, MORNING + timedelta(days=1)), start=2):
        pages = {f"fire.html?sid={number}&n=4": "fire", f"mill.html?sid={number}": "mill"}
        at(paper, "/changing.xml", **pages)
        later = room.make(moment)
        assert [story.status for story in later.stories] == ["quiet"]
        assert len(later.stories[0].articles) == len(first.stories[0].articles)
        assert {a.arrival for s in later.stories for a in s.articles} == {"known"}
        assert "Nothing changed" in (room.site / "index.html").read_text(encoding="utf-8")


def test_an_edit_is_one_also_if_its_address_got_another_query(room: Room, paper: Paper) -> None:
    feed = f"{{ feed = '{paper.url('/changing.xml')}' }}"
    reading(room, feed, private=paper.host)
    at(paper, "/changing.xml", **{"fire.html?sid=1": "fire", "mill.html?sid=1": "mill"})
    room.make()
    later = tuple(line.replace("forty firefighters", "sixty firefighters") for line in ALSO)
    paper.publish("mill", "Valley Post", *later, time="2026-03-02T06:00:00Z")
    at(paper, "/changing.xml", **{"fire.html?sid=2": "fire", "mill.html?sid=2": "mill"})
    [change] = room.make(EVENING).leads
    assert (change.kind, text_of(change.detail)) == (
        "edited",
        "In a published article forty became sixty.",
    )


def test_articles_that_their_query_tells_apart_are_several(room: Room, paper: Paper) -> None:
    feed = f"{{ feed = '{paper.url('/changing.xml')}' }}"
    scheduled(reading(room, feed, private=paper.host))
    at(paper, "/changing.xml", **{"show.html?id=1": "fire", "show.html?id=2": "cup"})
    assert len(room.make().singles) == 2
    at(
        paper,
        "/changing.xml",
        **{"show.html?id=1": "fire", "show.html?id=2": "cup", "show.html?id=3": "mill"},
    )
    assert [len(story.articles) for story in room.make(EVENING).stories] == [2]


def test_a_text_that_moves_is_no_news_and_a_copy_in_another_outlet_is_a_carrier(
    room: Room, paper: Paper
) -> None:
    feed = f"{{ feed = '{paper.url('/changing.xml')}' }}"
    scheduled(reading(room, feed, private=paper.host))
    at(paper, "/changing.xml", **{"fire.html": "fire", "mill.html": "mill"})
    room.make()
    paper.publish("copy", "Harl Gazette", *FIRE, time="2026-03-02T07:00:00Z")
    at(paper, "/changing.xml", **{"archive/fire.html": "fire", "copy.html": "copy"})
    [story] = room.make(EVENING).stories
    arrivals = {(line.outlet, line.arrival) for line in story.articles}
    assert arrivals == {
        ("Orle Times", "known"),
        ("Valley Post", "known"),
        ("Harl Gazette", "new"),
    }
    assert len(story.articles) == 3


def test_old_entries_of_a_feed_are_left_where_they_are(room: Room, paper: Paper) -> None:
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    newsroom.publish(room.inbox)
    room.toml = room.toml.replace("sources = [", "sources = [{ folder = 'inbox' }, ")
    edition = room.make(MORNING + timedelta(days=30))
    assert paper.asked == [("/robots.txt", 404), ("/feed.xml", 200)]
    assert edition.coverage.sources[1].found == 0


def test_each_of_several_bad_addresses_is_told(room: Room) -> None:
    urls = ["nothing", "ftp://x.example/a", "http://"]
    (room.folder / "inbox").mkdir(parents=True)
    newsroom.publish(room.inbox)
    sources = f'[{{ folder = "inbox" }}, {{ urls = {urls} }}]'
    room.toml = room.toml.replace('[{ folder = "inbox" }]', sources)
    edition = room.make(MORNING)
    assert len(edition.coverage.left) == len(urls)
    assert join_texts(edition.coverage.sources[1].problems) == "3 of 3 pages not reached"


def test_what_the_digest_wrote_is_no_article(room: Room) -> None:
    newsroom.publish(room.folder)
    reading(room, "{ folder = '.' }", private="127.0.0.1:1")
    first = room.make()
    again = room.make(EVENING)
    assert {line.id for story in again.stories for line in story.articles} == {
        line.id for story in first.stories for line in story.articles
    }
    reading(room, "{ files = '**/*.html' }", private="127.0.0.1:1")
    assert room.edition(EVENING + timedelta(minutes=5)).made is False


def test_an_entry_without_a_day_is_looked_at_again(room: Room, paper: Paper) -> None:
    feed = paper.pages["/feed.xml"]
    paper.pages["/feed.xml"] = re.sub("<pubDate>.*?</pubDate>", "", feed)
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    room.make()
    corrected = tuple(line.replace("forty firefighters", "sixty firefighters") for line in ALSO)
    paper.publish("mill", "Valley Post", *corrected, time="2026-03-02T06:00:00Z")
    paper.pages["/feed.xml"] += " "
    assert [change.kind for change in room.make(EVENING).leads] == ["edited"]


def test_the_text_of_a_page_stands_while_its_site_is_down(room: Room, paper: Paper) -> None:
    feed, page = paper.pages["/feed.xml"], paper.pages["/mill.html"]
    text = " ".join(ALSO)
    full = feed.replace(
        "<pubDate>", f"<description>{text} Seen in the Post.</description><pubDate>"
    )
    paper.pages["/feed.xml"] = full
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    room.make()
    del paper.pages["/mill.html"]
    paper.pages["/feed.xml"] += " "
    outcome = room.edition(EVENING)
    assert outcome.made is False
    assert any("not reached" in said for said in room.said)
    paper.pages["/mill.html"] = page
    assert room.edition(EVENING + timedelta(minutes=9)).made is False


def write(room: Room, place: str, *lines: str, outlet: str = "", url: str = "") -> None:
    """A file with an article."""
    path = room.folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    facts = {"title": lines[0], "outlet": outlet, "url": url}
    head = "".join(f"{name}: {told}\n" for name, told in facts.items() if told)
    path.write_text(f"---\n{head}---\n\n" + "\n\n".join(lines[1:]), encoding="utf-8")


def changed(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The article with another number of firefighters in it."""
    return tuple(re.sub("orty firefighters", "ifty firefighters", line) for line in lines)


def tell(room: Room, moment: int) -> tuple[dict[str, int], list[str]]:
    """How many articles of each kind of arrival an edition has, and the kinds of its changes."""
    made = room.edition(MORNING + timedelta(hours=moment))
    assert made.edition is not None
    stories = (*made.edition.stories, *made.edition.singles) if made.made else ()
    arrivals: list[str] = [line.arrival for story in stories for line in story.articles]
    tally = {kind: arrivals.count(kind) for kind in sorted({*arrivals} - {"known"})}
    return tally, [change.kind for story in stories for change in story.changes]


@pytest.mark.parametrize(
    ("sources", "places"),
    [
        ("{ files = 'wire/**/*.md' }", ("wire/mon/01.md", "wire/tue/01.md")),
        ("{ folder = 'a/new' }, { folder = 'b/new' }", ("a/new/01.md", "b/new/01.md")),
    ],
)
def test_files_of_one_name_are_articles_of_their_own(
    room: Room, sources: str, places: tuple[str, str]
) -> None:
    reading(room, sources)
    write(room, places[0], *FIRE, outlet="Orle Times")
    write(room, places[1], *CUP, outlet="Valley Post")
    assert tell(room, 0) == ({"new": 2}, [])
    assert tell(room, 1) == ({}, [])


@pytest.mark.parametrize("text", [FIRE, changed(FIRE), ("Mill burned", *FIRE[1:], *CUP[1:])])
def test_a_file_that_an_earlier_version_knew_by_another_key_is_known(
    room: Room, text: tuple[str, ...]
) -> None:
    reading(room, "{ folder = 'a/new' }")
    write(room, "a/new/01.md", *FIRE, outlet="Orle Times")
    tell(room, 0)
    room.change("UPDATE articles SET key = 'file:new/01.md'")
    write(room, "a/new/01.md", *text, outlet="Orle Times")
    assert tell(room, 1) == (({"edited": 1}, ["edited"]) if text != FIRE else ({}, []))


def test_files_with_one_address_are_told_apart_or_named(room: Room) -> None:
    reading(room, "{ folder = 'inbox' }")
    for name, text in (("1", FIRE), ("2", CUP), ("3", changed(FIRE))):
        write(room, f"inbox/{name}.md", *text, outlet="Orle Times", url="https://orle.example/news")
    edition = room.make()
    assert len(edition.singles) == 2
    [left] = edition.coverage.left
    assert (left.source, left.reason) == ("inbox/3.md", "duplicate")


def test_a_file_name_that_is_used_again_is_another_article_and_an_edit_is_none(room: Room) -> None:
    reading(room, "{ folder = 'inbox' }")
    write(room, "inbox/latest.md", *FIRE, outlet="Orle Times")
    tell(room, 0)
    write(room, "inbox/latest.md", *CUP, outlet="Orle Times")
    assert tell(room, 1) == ({"new": 1}, [])
    later = (line.replace("old stand", "12 stands") for line in CUP[1:])
    write(room, "inbox/latest.md", "The cup final", *later, outlet="Orle Times")
    assert tell(room, 2) == ({"edited": 1}, ["edited"])
    write(room, "inbox/latest.md", *CUP, outlet="Valley Post")
    assert tell(room, 3) == ({"new": 1}, [])


def test_a_file_that_is_renamed_and_edited_is_an_edit(room: Room) -> None:
    reading(room, "{ folder = 'inbox' }")
    long = (*FIRE, *CUP[1:])
    write(room, "inbox/1.md", *long, outlet="Orle Times")
    tell(room, 0)
    (room.inbox / "1.md").unlink()
    write(room, "inbox/2.md", *changed(long), outlet="Orle Times")
    assert tell(room, 1) == ({"edited": 1}, ["edited"])
    write(room, "inbox/3.md", *long, outlet="Orle Times")
    assert tell(room, 2) == ({}, [])


@pytest.mark.parametrize("moment", [1, 2])
def test_a_correction_of_a_file_that_was_moved_between_folders_is_told(
    room: Room, moment: int
) -> None:
    reading(room, "{ folder = 'inbox' }", "{ folder = 'done' }")
    write(room, "inbox/a.md", *FIRE, outlet="Orle Times")
    write(room, "done/b.md", *CUP, outlet="Orle Times")
    tell(room, 0)
    (room.inbox / "a.md").unlink()
    write(room, "done/a.md", *FIRE, outlet="Orle Times")
    if moment == 2:
        assert tell(room, 1) == ({}, [])
    notice = "Correction: an earlier version of this article said that thirty came."
    write(room, "done/a.md", *changed(FIRE), notice, outlet="Orle Times")
    assert tell(room, moment) == ({"edited": 1}, ["corrected"])


def test_an_outlet_whose_name_is_mended_makes_no_new_article(room: Room) -> None:
    reading(room, "{ folder = 'inbox' }")
    write(room, "inbox/a.md", *FIRE, outlet="Orle Tims")
    tell(room, 0)
    write(room, "inbox/a.md", *FIRE, outlet="Orle Times")
    assert tell(room, 1) == ({}, [])


def test_a_follow_up_that_calls_itself_by_the_same_address_is_another_article(
    room: Room, paper: Paper
) -> None:
    def show(name: str, *lines: str) -> None:
        paper.publish(name, "Orle Times", *lines, time="2026-03-02T06:00:00Z")
        link = f"<link rel='canonical' href='{paper.url('/news.html')}'></head>"
        paper.pages[f"/{name}.html"] = paper.pages[f"/{name}.html"].replace("</head>", link)

    show("fire", *FIRE)
    paper.feed("fire", time=TIME)
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    tell(room, 0)
    show("after", "Mill owner had no insurance", *CUP[1:3], *FIRE[1:])
    show("fire", *FIRE[:-1], f"{FIRE[-1]} The mayor came.")
    paper.feed("after", "fire", time=TIME)
    assert tell(room, 1) == ({"edited": 1, "new": 1}, ["edited"])


def test_an_article_is_not_lost_while_its_address_leads_to_a_new_one(
    room: Room, paper: Paper
) -> None:
    paper.feed("fire", time=TIME)
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    tell(room, 0)
    paper.moved["/fire.html"] = "/cup.html"
    paper.feed("cup", "fire", time=TIME)
    assert tell(room, 1) == ({"new": 1}, [])
    assert tell(room, 2) == ({}, [])
    del paper.moved["/fire.html"]
    paper.publish("fire", "Orle Times", *changed(FIRE), time="2026-03-02T06:00:00Z")
    assert tell(room, 3) == ({"edited": 1}, ["edited"])


def test_of_two_copies_none_is_lost_and_an_old_text_is_no_edit(room: Room) -> None:
    reading(room, "{ folder = 'inbox' }")
    write(room, "inbox/b.md", *FIRE, outlet="Orle Times")
    write(room, "inbox/c.md", *FIRE, outlet="Orle Times")
    assert tell(room, 0) == ({"new": 1}, [])
    write(room, "inbox/c.md", *changed(FIRE), outlet="Orle Times")
    assert tell(room, 1) == ({"new": 1}, [])
    assert tell(room, 2) == ({}, [])
    write(room, "inbox/b.md", *FIRE, CUP[1], outlet="Orle Times")
    write(room, "inbox/a.md", *FIRE, outlet="Orle Times")
    assert tell(room, 3) == ({"edited": 1}, ["edited"])
    assert tell(room, 4) == ({}, [])


def test_an_edit_is_found_though_the_article_has_left_its_feed(room: Room, paper: Paper) -> None:
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    tell(room, 0)
    paper.feed("cup", time=TIME)
    paper.publish("fire", "Orle Times", *changed(FIRE), time="2026-03-02T06:00:00Z")
    assert tell(room, 1) == ({"edited": 1}, ["edited"])


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("order", [1, -1])
def test_an_article_in_a_folder_and_a_feed_is_edited_once_where_either_is(
    room: Room, paper: Paper, order: int, *, together: bool
) -> None:
    copy = (*FIRE, "Photo by our own camera on Sunday.")
    write(room, "inbox/fire.md", *copy, outlet="Orle Times", url=paper.url("/fire.html"))
    paper.feed("fire", time=TIME)
    feed = f"{{ feed = '{paper.url('/feed.xml')}' }}"
    reading(room, *["{ folder = 'inbox' }", feed][::order], private=paper.host)
    assert tell(room, 0) == ({"new": 1}, [])
    for moment in (1, 2, 3):
        assert tell(room, moment) == ({}, [])
    paper.publish("fire", "Orle Times", *changed(FIRE), time="2026-03-02T06:00:00Z")
    if together:
        again = changed(copy)
        write(room, "inbox/fire.md", *again, outlet="Orle Times", url=paper.url("/fire.html"))
    assert tell(room, 4) == ({"edited": 1}, ["edited"])
    assert tell(room, 5) == ({}, [])


def test_what_only_the_feed_told_of_an_article_stays_known(room: Room, paper: Paper) -> None:
    def bare(*lines: str) -> str:
        return f"<html lang='en'><article><h1>{lines[0]}</h1><p>{'</p><p>'.join(lines[1:])}</p>"

    paper.pages["/fire.html"] = bare(*FIRE)
    paper.feed("fire", time=TIME)
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    before = room.make().singles[0].articles[0]
    paper.pages["/fire.html"] = bare(*changed(FIRE))
    after = room.make(EVENING).singles[0].articles[0]
    assert after.arrival == "edited"
    assert (after.outlet, after.published) == (before.outlet, before.published)
    assert after.outlet == "The Paper"


def test_entries_of_one_address_with_texts_of_their_own_are_several(
    room: Room, paper: Paper
) -> None:
    items = "".join(
        f"<item><title>{text[0]}</title><link>{paper.url('/live.html')}#{n}</link><guid>{n}</guid>"
        f"<content:encoded><![CDATA[<p>{' '.join(text[1:] * 3)}</p>]]></content:encoded></item>"
        for n, text in enumerate((FIRE, CUP))
    )
    paper.pages["/feed.xml"] = (
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
        f"<title>The Paper</title>{items}</channel></rss>"
    )
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    edition = room.make()
    assert {single.title for single in edition.singles} == {FIRE[0], CUP[0]}
    assert ("/live.html", 404) not in paper.asked
    assert tell(room, 1) == ({}, [])
    assert [path for path, _ in paper.asked] == ["/robots.txt", "/feed.xml"] * 2


@pytest.mark.parametrize("how", ["number", "redirect", "canonical"])
def test_an_article_that_moved_and_was_edited_is_an_edit(
    room: Room, paper: Paper, how: str
) -> None:
    def item(path: str, number: str = "") -> None:
        paper.pages["/feed.xml"] = (
            "<rss version='2.0'><channel><title>The Paper</title><item>"
            f"<link>{paper.url(path)}</link>{number}<pubDate>{TIME}</pubDate></item></channel></rss>"
        )

    link = f"<link rel='canonical' href='{paper.url('/77.html')}'></head>"
    number = "<guid isPermaLink='false'>77</guid>" if how == "number" else ""
    paper.publish("1", "Orle Times", *FIRE, time="2026-03-02T06:00:00Z")
    paper.publish("2", "Orle Times", "The mill", *changed(FIRE)[1:], time="2026-03-02T06:00:00Z")
    if how == "canonical":
        for page in ("/1.html", "/2.html"):
            paper.pages[page] = paper.pages[page].replace("</head>", link)
    item("/1.html", number)
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    tell(room, 0)
    item("/2.html", number)
    if how == "redirect":
        paper.moved["/1.html"] = "/2.html"
    else:
        del paper.pages["/1.html"]
    assert tell(room, 1) == ({"edited": 1}, ["edited"])
    assert tell(room, 2) == ({}, [])
    assert paper.asked[-1] == ("/2.html", 304)


@pytest.mark.parametrize("figure", ["Forty", "Sixty"])
def test_the_page_of_an_article_after_its_text_in_the_feed_is_an_edit_if_facts_differ(
    room: Room, paper: Paper, figure: str
) -> None:
    text = "</p><p>".join((FIRE[1:] + CUP[1:]) * 3)
    paper.pages["/feed.xml"] = (
        "<rss version='2.0'><channel><title>The Paper</title><item><title>Fire</title>"
        f"<link>{paper.url('/late.html')}</link><pubDate>{TIME}</pubDate>"
        f"<description><![CDATA[<p>{text}</p><p>Seen first in our feed.</p>]]></description>"
        "</item></channel></rss>"
    )
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    assert tell(room, 0) == ({"new": 1}, [])
    told = [line.replace("Forty", figure) for line in (FIRE[1:] + CUP[1:]) * 3]
    paper.publish("late", "The Paper", "Fire", *told, time="2026-03-02T06:00:00Z")
    arrivals, changes = tell(room, 1)
    assert changes == (["edited"] if figure == "Sixty" else [])
    assert "new" not in arrivals


def test_feeds_that_their_query_tells_apart_are_counted_and_named_apart(
    room: Room, paper: Paper
) -> None:
    for query, name in (("a", "fire"), ("b", "cup")):
        paper.feed(name, time=TIME)
        paper.pages[f"/rss.xml?s={query}"] = paper.pages["/feed.xml"]
    feeds = [f"{{ feed = '{paper.url(f'/rss.xml?s={query}')}' }}" for query in "ab"]
    reading(room, *feeds, private=paper.host)
    sources = room.make().coverage.sources
    assert [one.new for one in sources] == [1, 1]
    assert [one.name.rpartition("/")[2] for one in sources] == ["rss.xml (1)", "rss.xml (2)"]
    paper.publish("cup", "Orle Times", *changed(CUP), "It is 3 km away.", time="2026-03-02T06:00Z")
    assert tell(room, 1) == ({"edited": 1}, ["edited"])


def test_a_date_in_the_future_is_a_note_of_the_coverage(room: Room, paper: Paper) -> None:
    paper.feed("fire", time="Mon, 02 Mar 2037 06:00:00 GMT")
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    edition = room.make()
    assert not any("Not read in full" in one for one in notices(edition))
    page = (room.site / "index.html").read_text(encoding="utf-8")
    assert "dates in the future, not used: 1" in page


SOUP = (f"The {who} gave {n} litres of soup." for n, who in enumerate(("smith", "priest"), 11))
WHOLE = (*FIRE, *CUP[1:], ALSO[2], *SOUP)
SORRY = "We are at work on our site and shall be back with all our news in a short while. " * 2


def show(paper: Paper, name: str, *lines: str, time: str = "2026-03-02T06:00:00Z") -> None:
    """A page of the Orle Times, with a time or none."""
    paper.publish(name, "Orle Times", *lines, time=time)


@pytest.mark.parametrize("feed", ["", "Seen in our feed.", WHOLE[1]])
@pytest.mark.parametrize(
    "shown",
    [
        WHOLE[:3],
        (*WHOLE[:-3], f"{WHOLE[-3][:30]}…"),
        (*WHOLE[:-2], "Subscribe to continue reading."),
        ("Sorry", SORRY),
        ("404 not found", SORRY),
    ],
)
def test_what_was_read_whole_stands_while_its_page_shows_less(
    room: Room, paper: Paper, shown: tuple[str, ...], feed: str
) -> None:
    show(paper, "fire", *WHOLE)
    paper.feed("fire", "mill", time=TIME)
    scheduled(reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host))
    assert tell(room, 0) == ({"new": 2}, [])
    if feed:
        text = f"<description>{WHOLE[2]} {feed} {' '.join(WHOLE[3:] * 4)}</description><pubDate>"
        bare = paper.pages["/feed.xml"]
        paper.pages["/feed.xml"] = bare.replace("<pubDate>", text, 1)
    show(paper, "fire", *shown, time="2026-03-02T06:00:00Z" if shown[0] == FIRE[0] else "")
    assert tell(room, 10) == ({}, [])
    show(paper, "fire", *WHOLE)
    assert tell(room, 24) == ({}, [])
    show(paper, "fire", *changed(WHOLE))
    [story] = room.make(EVENING + timedelta(days=1)).stories
    told = [text_of(one.detail) for one in story.changes]
    assert told == ["In a published article Forty became Fifty."]


@pytest.mark.parametrize(
    ("shown", "reason", "detail"),
    [
        (WHOLE[:3], "paywall", f"shortened: {len(WHOLE) - 3} sentences of it no longer shown"),
        (("Sorry", SORRY), "no-article", "“Sorry” stands in its place now"),
        (("404", SORRY), "no-article", "“404” stands in its place now"),
    ],
)
def test_the_coverage_says_what_stands_in_the_place_of_an_article(
    room: Room, paper: Paper, shown: tuple[str, ...], reason: str, detail: str
) -> None:
    show(paper, "fire", *WHOLE)
    scheduled(reading(room, f"{{ urls = ['{paper.url('/fire.html')}'] }}", private=paper.host))
    room.make()
    show(paper, "fire", *shown, time="")
    [left] = room.make(EVENING).coverage.left
    assert left.reason == reason
    assert left.detail.startswith(detail)


@pytest.mark.parametrize(
    ("shown", "kind"),
    [
        (WHOLE[:-2], "edited"),
        ((*WHOLE[:4], WHOLE[-1]), "edited"),
        (("The mill", f"This article was corrected. {SORRY}"), "corrected"),
    ],
)
def test_an_article_that_its_outlet_cut_is_edited(
    room: Room, paper: Paper, shown: tuple[str, ...], kind: str
) -> None:
    show(paper, "fire", *WHOLE)
    paper.feed("fire", time=TIME)
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    tell(room, 0)
    show(paper, "fire", *shown)
    assert tell(room, 10) == ({"edited": 1}, [kind])


def test_a_page_that_showed_no_article_at_first_is_read_though_its_feed_is_as_it_was(
    room: Room, paper: Paper
) -> None:
    paper.pages["/fire.html"] = f"<html><title>404 not found</title><p>{SORRY}"
    paper.feed("fire", "cup", time=TIME)
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    assert tell(room, 0) == ({"new": 1}, [])
    show(paper, "fire", *FIRE)
    assert tell(room, 10) == ({"new": 1}, [])


def answer(paper: Paper, status: int, *names: str) -> None:
    """Answer for some pages with a status, and for the others as ever."""
    paper.statuses = {f"/{name}.html": status for name in names if status != 200}


WITHDRAWN = {
    "mill": "Valley Post: Mill of Orle burned all night",
    "cup": "Orle Times: Cup final moved to the city ground",
}


@pytest.mark.parametrize(
    ("statuses", "when"),
    [((410, 404, 410), 1), ((404, 404, 410), 2), ((404, 200, 404), 0), ((404, 200, 410), 3)],
)
@pytest.mark.parametrize("name", ["mill", "cup"])
@pytest.mark.parametrize("times", [True, False])
def test_an_article_whose_page_is_gone_is_told_once_as_withdrawn(
    room: Room, paper: Paper, statuses: tuple[int, ...], when: int, name: str, *, times: bool
) -> None:
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    if times:
        scheduled(room)
    tell(room, 0)
    for number, status in enumerate(statuses, start=1):
        answer(paper, status, name)
        made = room.edition(MORNING + timedelta(hours=12 * number))
        assert made.edition is not None
        told = [change.text for change in made.edition.leads] if made.made else []
        assert told == ([WITHDRAWN[name]] if number == when else [])
        if told:
            page = (room.site / f"editions/{made.edition.id}.html").read_text(encoding="utf-8")
            assert "Withdrawn by the outlet" in page
            assert not quiet(made.edition)


def test_a_page_that_is_gone_is_told_again_where_its_edition_is_taken_back_or_it_had_come_back(
    room: Room, paper: Paper
) -> None:
    scheduled(reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host))
    tell(room, 0)
    answer(paper, 410, "cup")
    assert tell(room, 10) == ({}, ["corrected"])
    forget(load_settings(config=room.folder / "factcheck.toml"), room.folder, "2026-03-02T1700")
    room.edition(MORNING + timedelta(hours=11), RunOptions(preview=True))
    assert tell(room, 11) == ({}, ["corrected"])
    answer(paper, 200)
    assert tell(room, 24) == ({}, [])
    answer(paper, 410, "cup")
    assert tell(room, 34) == ({}, ["corrected"])


def test_pages_that_a_site_does_not_find_at_all_or_that_were_never_read_are_not_withdrawn(
    room: Room, paper: Paper
) -> None:
    text = f"<description>{' '.join(CUP[1:] * 8)}</description><pubDate>"
    paper.pages["/feed.xml"] = text.join(paper.pages["/feed.xml"].rsplit("<pubDate>", 1))
    answer(paper, 404, "cup")
    scheduled(reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host))
    assert tell(room, 0) == ({"new": 3}, [])
    assert [tell(room, moment) for moment in (10, 24)] == [({}, [])] * 2
    answer(paper, 404, "cup", "fire", "mill")
    assert [tell(room, moment) for moment in (34, 46)] == [({}, [])] * 2


def test_an_article_that_moved_from_a_page_that_is_gone_is_not_withdrawn(
    room: Room, paper: Paper
) -> None:
    scheduled(reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host))
    tell(room, 0)
    paper.pages["/moved.html"] = paper.pages["/mill.html"]
    paper.feed("fire", "moved", "cup", time=TIME)
    answer(paper, 410, "mill")
    assert [tell(room, moment) for moment in (10, 24)] == [({}, [])] * 2


def test_an_article_of_a_checked_story_is_told_as_withdrawn_without_a_call(
    room: Room, paper: Paper, endpoint: Endpoint
) -> None:
    reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host)
    assert room.make().stories[0].engine == "model"
    asked = len(endpoint.bodies)
    answer(paper, 410, "mill")
    [story] = room.make(EVENING).stories
    assert [(c.kind, c.text) for c in story.changes] == [("corrected", WITHDRAWN["mill"])]
    assert len(endpoint.bodies) == asked


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("lag", [1, -1])
@pytest.mark.parametrize("kind", ["figure", "addition", "removal"])
def test_an_edit_that_two_sources_bring_one_after_the_other_is_told_once_as_it_is(
    room: Room, order: int, lag: int, kind: str
) -> None:
    reading(room, *["{ folder = 'inbox' }", "{ folder = 'wire' }"][::order])
    address = "https://orle.example/fire"
    edits = {
        "figure": (changed(WHOLE), "In a published article Forty became Fifty."),
        "addition": ((*WHOLE[:3], "The mayor came.", *WHOLE[3:]), "1 sentence of"),
        "removal": ((*WHOLE[:3], *WHOLE[4:]), "Shortened: 1 sentence is no"),
    }
    edit, detail = edits[kind]
    third = tuple(line.replace("old mill of Orle", "2 mills of Orle") for line in edit)

    def put(one: tuple[str, ...], other: tuple[str, ...], moment: int) -> list[str]:
        whole, part = (one, other)[::lag]
        part = tuple(line for line in part[1:] if line not in WHOLE[6:])
        write(room, "inbox/1.md", *whole, "Photo by Ann Orm.", outlet="Orle Times", url=address)
        write(room, "wire/2.md", "Fire", *part, "Read it.", outlet="Orle Times", url=address)
        made = room.edition(MORNING + timedelta(hours=moment))
        stories = made.edition.singles if made.edition and made.made else ()
        return [text_of(one.detail) for story in stories for one in story.changes]

    assert put(WHOLE, WHOLE, 0) == []
    [told] = put(edit, WHOLE, 1)
    assert told.startswith(detail)
    assert put(edit, edit, 2) == []
    assert put(edit, edit, 3) == []
    assert put(edit, third, 4) == ["1 sentence of a published article changed."]
    assert put(third, third, 5) == []


@pytest.mark.parametrize("how", ["redirect", "canonical"])
def test_articles_to_which_one_address_leads_in_turn_are_several(
    room: Room, paper: Paper, how: str
) -> None:
    def lead(name: str, *lines: str) -> None:
        show(paper, name, *lines, time=f"2026-03-02T{5 + len(name):02}:00:00Z")
        paper.moved = {"/live.html": f"/{name}.html"} if how == "redirect" else {}
        link = f"<link rel='canonical' href='{paper.url(f'/{name}.html')}'></head>"
        paper.pages["/live.html"] = paper.pages[f"/{name}.html"].replace("</head>", link)

    urls = f"{{ urls = ['{paper.url('/live.html')}'] }}"
    scheduled(reading(room, urls, private=paper.host))
    lead("fire", *FIRE)
    assert tell(room, 0) == ({"new": 1}, [])
    lead("cup", *CUP)
    assert tell(room, 10) == ({"new": 1}, [])
    lead("cup", *CUP, "All 900 tickets were sold.")
    assert tell(room, 24) == ({"edited": 1}, ["edited"])
    lead("fire", *FIRE)
    assert tell(room, 34) == ({}, [])
    lead("fire", *changed(FIRE))
    assert tell(room, 48) == ({"edited": 1}, ["edited"])


@pytest.mark.parametrize("outlet", ["Orle Times", ""])
@pytest.mark.parametrize("other", [CUP, ALSO, (*FIRE[:3], "Later 30 others came.")])
def test_files_that_change_places_are_known_by_their_texts(
    room: Room, other: tuple[str, ...], outlet: str
) -> None:
    def put(**files: tuple[str, ...]) -> tuple[dict[str, int], list[str]]:
        for name, lines in files.items():
            write(room, f"inbox/{name}.md", *lines, outlet=outlet)
        return tell(room, len(room.said))

    reading(room, "{ folder = 'inbox' }")
    assert put(a=FIRE, b=other) == ({"new": 2}, [])
    assert put(a=other, b=FIRE) == ({}, [])
    longer = (*other, "It cost 500 euros.")
    assert put(a=longer) == ({"edited": 1}, ["edited"])
    assert put(b=longer, a=("The road is shut", *WHOLE[-2:])) == ({"new": 1}, [])
    assert put(b=(*longer, "Nobody will pay.")) == ({"edited": 1}, ["edited"])


def test_texts_that_were_in_the_files_of_the_wrong_outlets_are_told(room: Room) -> None:
    reading(room, "{ folder = 'inbox' }")
    for first, second in ((FIRE, ALSO), (ALSO, FIRE)):
        write(room, "inbox/a.md", *first, outlet="Orle Times")
        write(room, "inbox/b.md", *second, outlet="Valley Post")
        made = room.make(MORNING + timedelta(hours=len(room.said)))
    lines = [line for story in made.all_stories for line in story.articles]
    assert sum(line.arrival != "known" for line in lines) == 2


def test_an_article_whose_address_leads_to_a_wall_for_one_run_stands(
    room: Room, paper: Paper
) -> None:
    scheduled(reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host))
    tell(room, 0)
    paper.pages["/login.html"] = f"<html><title>Orle Times</title><h1>Welcome</h1><p>{SORRY}"
    paper.moved = {f"/{name}.html": "/login.html" for name in ("fire", "cup")}
    walled = room.make(EVENING)
    assert [story.status for story in walled.all_stories] == ["quiet", "quiet"]
    assert len(walled.coverage.left) == 2
    paper.moved = {}
    assert tell(room, 24) == ({}, [])
    show(paper, "cup", *changed(CUP), "All 900 tickets were sold.")
    assert tell(room, 34) == ({"edited": 1}, ["edited"])


EARLY = (
    "Live: fire in the Orle mill",
    *FIRE[1:],
    "The smoke can be seen from the station, five kilometres down the valley.",
    "Ada Brun, who owns the mill, stood in Mill Lane with her two sons and watched.",
    "A pump was brought over from Harn, for the river is low and the hydrants had run dry.",
    "Residents of Mill Lane have been taken to the school, where the baker brought bread.",
    "The fire brigade asks all drivers to keep away from the bridge until noon.",
    "Flour dust may have caught fire in the cellar, a foreman of the brigade thinks.",
)
LATE = (
    "Live: owner of the burnt mill speaks to the police",
    "Detectives spoke with Ada Brun for an hour this evening, and she left by a side door.",
    "The last pump went home to Harn at six, and only a guard of the fire brigade is left.",
    "Families from Mill Lane may sleep in their own beds again tonight, the mayor of Orle said.",
    "What is left of the roof will be pulled down next week, before the wind can do it.",
    "An expert from the insurer looked at the cellar of the mill and took samples of flour.",
    "Trains through the valley run again, though slowly past the bridge at Orle.",
    "The school in which residents spent the night is closed for cleaning.",
    "Collections for those who lost their cars in the flames stand at four thousand euros.",
)
VOTE = (
    "Live: parliament votes on pensions",
    "Ministers are taking their seats, and the gallery is full for the first time this year.",
    "Deputies of the Liberal party want to raise the age of retirement by two years.",
    "Union leaders have called a march to the square, where five thousand workers are waiting.",
    "The chancellor told reporters that her coalition would stand or fall with the bill.",
    "An amendment by the Greens failed by eleven votes after a debate of three hours.",
    "Economists at the central bank expect savings of nine billion over the next decade.",
    "Opposition speakers called the reform a theft from those who had paid in all their lives.",
    "The speaker has suspended the sitting because of heckling from the benches on the left.",
    "A roll call is under way now, and the result is due before the evening news.",
)


@pytest.mark.parametrize(
    ("later", "told"),
    [
        (VOTE, ({"new": 1}, [])),
        ((EARLY[0], *VOTE[1:]), ({"edited": 1}, ["edited"])),
        ((VOTE[0], *VOTE[1:], "This article was corrected."), ({"edited": 1}, ["corrected"])),
        ((LATE[0], *LATE[1:], *EARLY[1:]), ({"edited": 1}, ["edited"])),
        ((LATE[0], *LATE[1:], *EARLY[1:3]), ({"edited": 1}, ["edited"])),
        (LATE, ({"edited": 1}, ["edited"])),
    ],
)
def test_a_live_page_that_goes_over_to_another_event_is_another_article(
    room: Room, paper: Paper, later: tuple[str, ...], told: tuple[dict[str, int], list[str]]
) -> None:
    urls = f"{{ urls = ['{paper.url('/live.html')}'] }}"
    scheduled(reading(room, urls, private=paper.host))
    show(paper, "live", *EARLY)
    assert tell(room, 0) == ({"new": 1}, [])
    show(paper, "live", *later, time="2026-03-02T15:00:00Z")
    assert tell(room, 10) == told
    assert tell(room, 24) == ({}, [])
    show(paper, "live", *later, "It cost 500 euros.", time="2026-03-02T15:00:00Z")
    assert tell(room, 34) == ({"edited": 1}, ["edited"])


@pytest.mark.parametrize("names", [("late", "cup"), ("cup",)])
@pytest.mark.parametrize("days", [1, 5])
@pytest.mark.parametrize("status", [404, 500])
def test_an_article_known_from_its_feed_alone_is_read_once_its_page_is_there(
    room: Room, paper: Paper, status: int, days: int, names: tuple[str, ...]
) -> None:
    show(paper, "late", *EARLY, "The damage is put at 500 euros.")
    paper.feed("late", "cup", time=TIME)
    text = f"<description>{' '.join(EARLY[1:] * 2)}</description><pubDate>"
    paper.pages["/feed.xml"] = paper.pages["/feed.xml"].replace("<pubDate>", text, 1)
    answer(paper, status, "late")
    scheduled(reading(room, f"{{ feed = '{paper.url('/feed.xml')}' }}", private=paper.host))
    assert tell(room, 0) == ({"new": 2}, [])
    paper.feed(*names, time=TIME)
    for day in range(1, days):
        assert tell(room, 24 * day) == ({}, [])
    answer(paper, 200)
    paper.asked.clear()
    tell(room, 24 * days)
    assert ("/late.html", 200) in paper.asked
    paper.asked.clear()
    assert tell(room, 24 * days + 72) == ({}, [])
    assert ("/late.html", 200) not in paper.asked
