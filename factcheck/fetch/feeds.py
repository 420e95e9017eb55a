"""Feeds: bytes in, a `Feed` out. RSS, Atom and RDF in `xml_feed`, JSON Feed in `json_feed`.

Nothing is raised and nothing is fetched. A feed that is broken, cut or no feed at all
yields what can be read and a problem that says the rest.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from factcheck.articles.decode import decode
from factcheck.fetch.json_feed import read_json
from factcheck.fetch.models import Entry, Feed, FetchProblem
from factcheck.fetch.urls import canonical_url, join_url, target
from factcheck.fetch.xml_feed import read_xml

AHEAD = timedelta(days=1)
"""How far in the future a date may lie: clocks and time zones of editorial systems are off."""
_PROLOG = re.compile(
    r"\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype(?!\s+html)[^>]*>|\s+)*", re.DOTALL | re.IGNORECASE
)


def read_feed(
    content: bytes, url: str, content_type: str = "", *, now: datetime, max_entries: int = 200
) -> Feed:
    """The entries of a feed that was fetched from `url`, newest kept where there are too many.

    Entries that name the same article (`canonical_url`) are one, the first, unless each has a text
    of its own; dates more than a day ahead of `now` are unknown. `content_type` may name a charset.
    """
    head = decode(content[:20_000].ljust(2, b" ")) or ""
    start = _PROLOG.match(head)
    opening = head[start.end() if start else 0 :][:200].lower()
    if not opening.strip():
        return Feed(problem="the feed is empty: check its address")
    if opening.startswith("{"):
        feed = read_json(content)
    elif opening.startswith(("<!doctype html", "<html", "<head", "<body")):
        return Feed(problem=_web_page(content, url))
    elif opening.startswith("<"):
        feed = read_xml(content, url, content_type)
    else:
        return Feed(problem="this is no feed but some other text or file: check its address")
    return _finish(feed, url, now, max_entries)


def _finish(feed: Feed, url: str, now: datetime, max_entries: int) -> Feed:
    """Make links absolute, drop repeats and excess, check dates; what was done is told."""
    problems = [feed.problem] if feed.problem else []
    usable = [entry for entry in (_locate(entry, url) for entry in feed.entries) if entry]
    if len(usable) < len(feed.entries):
        count = len(feed.entries) - len(usable)
        problems.append(f"left out, without link and full text: {count} of {len(feed.entries)}")
    dated = [_drop_ahead(entry, now) for entry in usable]
    ahead = sum(new != old for new, old in zip(dated, usable, strict=True))
    note = f"dates in the future, not used: {ahead}" if ahead else ""
    entries, lost = _tell_apart(dated)
    if lost:
        problems.append(f"left out, with the address of another and no text of their own: {lost}")
    if len(entries) > max_entries:
        entries = tuple(sorted(entries, key=_date, reverse=True)[:max_entries])
        problems.append(f"only the newest {max_entries} entries are read (fetch.max_entries)")
    if not feed.entries and not problems:
        problems.append("the feed has no entries")
    return replace(feed, entries=entries, problem="; ".join(problems), note=note)


def _tell_apart(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], int]:
    """Each article once, and the number of entries without a text that have another's address.

    Entries of one address are articles of their own with numbers, titles and texts of their own.
    """
    first: dict[str, Entry] = {}
    lost = 0
    for entry in entries:
        address = canonical_url(entry.url) or entry.id
        other = first.setdefault(address, entry)
        if other.id == entry.id or (entry.title and entry.title == other.title):
            continue
        if not entry.content:
            lost += 1
            continue
        first.setdefault(f"{address}#{entry.id}", replace(entry, shared=True))
        if other.content:
            first[address] = replace(other, shared=True)
    return tuple(first.values()), lost


def _locate(entry: Entry, url: str) -> Entry | None:
    """An entry with its link absolute, http or https, or "" if it has a full text."""
    link = join_url(url, entry.url) if entry.url.strip() else ""
    try:
        link = target(link).url if link else ""
    except FetchProblem:
        link = ""
    if not link and not entry.content:
        return None
    return replace(entry, url=link, id=entry.id or canonical_url(link) or entry.title)


def _drop_ahead(entry: Entry, now: datetime) -> Entry:
    """The entry without dates that lie ahead."""
    published, updated = (
        None if date and date > now + AHEAD else date for date in (entry.published, entry.updated)
    )
    return replace(entry, published=published, updated=updated)


def _date(entry: Entry) -> float:
    """The later date of an entry in seconds; without any it is older than all others."""
    dates = (entry.published, entry.updated)
    return max((date.timestamp() for date in dates if date), default=-math.inf)


def _web_page(content: bytes, url: str) -> str:
    """The problem of a web page in place of a feed, with the feeds that it announces."""
    from trafilatura import load_html  # noqa: PLC0415 - for the rare mistake only

    tree = load_html(content[:500_000])
    links = [] if tree is None else list(tree.iterfind(".//link[@href]"))
    announced = [
        join_url(url, link.get("href"))
        for link in links
        if "alternate" in (link.get("rel") or "").lower()
        and re.search("rss|atom|feed", (link.get("type") or "").lower())
    ]
    usable = [link for link in dict.fromkeys(announced) if canonical_url(link)][:5]
    return "this is a web page, not a feed: " + (
        f"it announces {', '.join(usable)}" if usable else "look for the address of its feed"
    )
