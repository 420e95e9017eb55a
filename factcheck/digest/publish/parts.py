"""The position of a page in the site, and the links that it may have.

Texts are plain and unescaped. A `Link` leads to a place on the page, to a page of the
site (relative), or to a checked http(s) URL.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from types import MappingProxyType

from factcheck.digest.models import Change, Edition, PastStory, Step, StoryEdition
from factcheck.digest.publish import phrases
from factcheck.digest.zones import zone_of
from factcheck.report.view import Link
from factcheck.report.words import day_only, join_items

NOWHERE = Link("")
ENGINES = MappingProxyType(
    {"model": "Full report", "reading": "Side-by-side reading", "none": "Report"}
)

BARE = re.compile(r"(?:as of|at|by|on|in|since|until|this|late|early)\b", re.IGNORECASE)
"""The words of an article often bring a preposition: "at 6 a.m.", "by dawn"."""


def edition_path(edition: str, ending: str = "html") -> str:
    """The page of an edition, from the folder of the site."""
    return f"editions/{edition}.{ending}"


def story_path(story: str) -> str:
    """The page of a story, from the folder of the site."""
    return f"stories/{story}.html"


def report_path(edition: str, story: str, ending: str = "html") -> str:
    """The report of a story in an edition, from the folder of the site."""
    return f"editions/{edition}/{story}.{ending}"


@dataclass(frozen=True)
class PageContext:
    """Where a page stands: its edition, its folder, and what a link may lead to.

    `root` leads from the page to the folder of the site: "", "../", or a URL that ends
    in a slash. `known` are the editions of the site by id, newest first, `pages` the stories
    that have a page. `lost` are reports, as (edition, story), that the edition names and that
    were not handed over. `leads` are the changes that stand on top of the page.
    """

    edition: Edition
    root: str
    known: Mapping[str, Edition] = field(default_factory=dict)
    pages: frozenset[str] = frozenset()
    lost: frozenset[tuple[str, str]] = frozenset()
    leads: tuple[Change, ...] = ()

    @property
    def zone(self) -> tzinfo:
        """The zone of all times on the page."""
        return zone_of(self.edition)

    def brief(self, when: datetime | None) -> str:
        """A time as short as it can be: "09:10" on the day of the edition, else "21 Nov 18:30"."""
        if when is None:
            return ""
        near = self.edition.window
        if day_only(when):
            year = "" if when.year == near.year else f" {when.year}"
            return f"{when.day} {when:%b}{year}"
        local = when.astimezone(self.zone)
        same_day = local.date() == near.astimezone(self.zone).date()
        return f"{local:%H:%M}" if same_day else phrases.format_dated(when, self.zone, near)

    def step(self, one: Step) -> str:
        """Who told one value of something that moved, and when: "Harbour Post 09:10"."""
        asof = one.asof if BARE.match(one.asof) or not one.asof else f"as of {one.asof}"
        parts = (f"{join_items(one.outlets)} {self.brief(one.told)}".strip(), asof)
        return ", ".join(filter(None, (*parts, "new" if one.new else "")))

    def story(self, ident: str) -> StoryEdition | None:
        """A story of this edition."""
        return next((one for one in self.edition.stories if one.id == ident), None)

    def title(self, ident: str) -> str:
        """The title of a story by its id, as the newest edition has it; else the id."""
        stories = (one for e in self.known.values() for one in e.all_stories)
        return next((one.title for one in stories if one.id == ident), ident)

    def data(self) -> str:
        """This edition as JSON."""
        return self.root + edition_path(self.edition.id, "json")

    def to_edition(self, ident: str) -> Link:
        """An edition by its time; the bare id where the site does not hold it."""
        if ident not in self.known:
            return Link(ident)
        when = self.known[ident].window
        text = phrases.format_dated(when, self.zone, self.edition.window)
        return Link(text, self.root + edition_path(ident))

    def to_earlier(self, ident: str) -> Link:
        """An earlier edition; nothing for this one."""
        return self.to_edition(ident) if ident != self.edition.id else NOWHERE

    def to_past(self, past: PastStory) -> Link:
        """The edition of a chapter, by its time in full."""
        held = self.known.get(past.edition)
        when = phrases.stamp(held.window if held else past.made, self.zone)
        return Link(when, self.to_edition(past.edition).href)

    def to_story(self, ident: str, title: str) -> Link:
        """A story by its title, with its page if it has one."""
        return Link(title, self.root + story_path(ident) if ident in self.pages else "")

    def to_merged(self, story: StoryEdition) -> Link:
        """The story that one went into."""
        ident = story.merged_into
        return self.to_story(ident, self.title(ident)) if ident else NOWHERE

    def to_report(self, edition: str, story: str, text: str = "", finding: str = "") -> Link:
        """A report, at one of its findings; no link where the site does not hold it."""
        if edition not in self.known or (edition, story) in self.lost:
            return NOWHERE
        anchor = f"#{finding}" if finding else ""
        return Link(text, self.root + report_path(edition, story) + anchor)

    def to_reports(self, story: StoryEdition) -> list[Link]:
        """The report of a story, and the reading of articles that wait for theirs."""
        found = [self.to_report(story.report, story.id, ENGINES[story.engine])]
        if story.reading != story.report:
            text = "Side-by-side reading of all articles"
            found.append(self.to_report(story.reading, story.id, text))
        return [one for one in found if one.href]

    def to_past_report(self, story: StoryEdition, past: PastStory) -> Link:
        """The report of a story in an earlier edition, if that edition made one."""
        held = self.known.get(past.edition)
        then = (one for one in (held.stories if held else ()) if one.id == story.id)
        if not any(past.edition in {one.report, one.reading} for one in then):
            return NOWHERE
        return self.to_report(past.edition, story.id, "Report of this edition")

    def to_finding(self, change: Change, report: str) -> Link:
        """The finding of a change in the report that the edition `report` made, "" for none."""
        if not (change.finding and report) or change.kind == "gone":
            return NOWHERE
        return self.to_report(report, change.story, "In the report", change.finding)

    def above(self, change: Change) -> str:
        """Where the page tells a change on top; "" where it does not."""
        return f"#lead-{self.leads.index(change) + 1}" if change in self.leads else ""
