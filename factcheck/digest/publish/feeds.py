"""The feeds of a site: Atom (RFC 4287) and JSON Feed 1.1.

One entry for each story that changed, in each edition, newest first. The id of an entry
is a tag URI (RFC 4151) of the site's host, edition and story; where the site has no
public address, a URN of a name-based UUID (RFC 9562), since nobody owns its name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from urllib.parse import urlsplit
from uuid import NAMESPACE_DNS, uuid5
from xml.etree import ElementTree as ET

from factcheck.digest.models import Edition, StoryEdition
from factcheck.digest.publish import phrases
from factcheck.digest.publish.parts import PageContext, edition_path
from factcheck.language.visible import clean_line, clean_text
from factcheck.report.markup import environment
from factcheck.report.words import texts

ATOM = "http://www.w3.org/2005/Atom"
LENGTH = 50
NAMESPACE = uuid5(NAMESPACE_DNS, "factcheck.invalid")


Entry = dict[str, str]
"""One entry, as an item of a JSON feed."""


def make_atom(context: PageContext, site_url: str) -> str:
    """The Atom feed as a document."""
    base = base_url(site_url)
    feed = ET.Element("feed", xmlns=ATOM)
    # Its own address, else a URN that stays the same.
    _add(feed, "id", f"{base}feed.atom" if site_url else NAMESPACE.urn)
    _add(feed, "title", context.edition.title)
    _add(feed, "updated", format_moment(context.edition.made))
    _add(_add(feed, "author"), "name", context.edition.title)
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{base}feed.atom")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{base}index.html")
    for one in list_entries(context, site_url):
        entry = _add(feed, "entry")
        _add(entry, "id", one["id"])
        _add(entry, "title", one["title"])
        _add(entry, "published", one["date_published"])
        _add(entry, "updated", one["date_modified"])
        _add(entry, "link", rel="alternate", type="text/html", href=one["url"])
        _add(entry, "summary", one["content_text"])
        _add(entry, "content", one["content_html"], type="html")
    ET.indent(feed, "")
    body = ET.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'


def make_json_feed(context: PageContext, site_url: str) -> str:
    """The JSON feed as a document."""
    base = base_url(site_url)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean_line(context.edition.title),
        "home_page_url": f"{base}index.html",
        "feed_url": f"{base}feed.json",
        "language": "en",
        "items": [*list_entries(context, site_url)],
    }
    return json.dumps(feed, ensure_ascii=False, indent=2) + "\n"


def list_entries(context: PageContext, site_url: str) -> Iterator[Entry]:
    """The last entries of the feeds, newest first: stories and single articles that changed."""
    pairs = (
        (edition, story)
        for edition in context.known.values()
        for story in (*edition.changed, *phrases.edited_singles(edition))
    )
    template = environment().get_template("digest/entry.html.j2")
    for edition, story in islice(pairs, LENGTH):
        here = replace(context, edition=edition, root=base_url(site_url))
        what = phrases.count_changes(story.changes) or phrases.articles(story)
        yield {
            "id": entry_id(edition, story.id, site_url),
            "url": f"{here.root}{edition_path(edition.id)}#{story.id}",
            "title": clean_line(f"{story.title}: {what}"),
            "content_html": template.render(story=story, context=here, phrases=phrases),
            "content_text": text(here, story),
            "date_published": format_moment(edition.made),
            "date_modified": format_moment(edition.made),
        }


def text(context: PageContext, story: StoryEdition) -> str:
    """The entry in plain text: a line for each change."""
    lines = [f"{phrases.STATUS[story.status]}. {phrases.articles(story)}."]
    for one in story.changes:
        steps = " → ".join(f"{step.value} ({context.step(step)})" for step in one.steps)
        said = (part.rstrip(".") for part in (one.text, phrases.detail(one), steps) if part)
        lines.append(f"{phrases.label(one)}: {'. '.join(said)}.")
    calls = story.first_page.calls if story.first_page else ()
    lines += [f"Call {one.text}{f' ({one.note})' if one.note else ''}" for one in calls]
    return "\n".join(map(clean_line, (*lines, *texts(story.notes))))


def base_url(site_url: str) -> str:
    """The address of the folder with a slash at its end; "" for none."""
    return f"{site_url.rstrip('/')}/" if site_url else ""


def entry_id(edition: Edition, ident: str, site_url: str) -> str:
    """The id of a story in an edition, which it keeps however often the site is made."""
    host = urlsplit(site_url).hostname
    if not host:
        return uuid5(NAMESPACE, f"{edition.id}/{ident}").urn
    return f"tag:{host},{edition.window.astimezone(UTC).year}:{edition.id}/{ident}"


def format_moment(when: datetime) -> str:
    """A time as RFC 3339 has it, to the second, in UTC."""
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    child.text = clean_text(text) or None
    return child
