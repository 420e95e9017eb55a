"""The parts of a page: stories and changes of an edition in, with what they link to, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from types import MappingProxyType
from urllib.parse import quote

from factcheck.digest.models import Change, Edition, Step, StoryEdition
from factcheck.digest.publish import phrases
from factcheck.digest.publish.view import NOWHERE, News, Story
from factcheck.report.view import Link

ENGINES = MappingProxyType(
    {"model": "Full report", "reading": "Side-by-side reading", "none": "Report"}
)


@dataclass(frozen=True)
class Desk:
    """Where a page stands: its edition, its folder, and what a link may lead to.

    `root` leads from the page to the folder of the site: "", "../", or a URL that ends
    in a slash. `known` are the editions of the site by id, `pages` the stories that have
    a page. `lost` are reports, as (edition, story), that the edition names and that were
    not handed over.
    """

    edition: Edition
    zone: tzinfo
    root: str
    known: Mapping[str, Edition] = field(default_factory=dict)
    pages: frozenset[str] = frozenset()
    lost: frozenset[tuple[str, str]] = frozenset()

    def brief(self, when: datetime | None) -> str:
        """A time as short as this edition allows; "" for None."""
        return phrases.brief(when, self.zone, self.edition.window)

    def step(self, one: Step) -> str:
        """Who told one value of something that moved, and when."""
        return phrases.step(one, self.brief(one.told))


def edition_path(edition: str, ending: str = "html") -> str:
    """The page of an edition, from the folder of the site."""
    return f"editions/{quote(edition, safe='')}.{ending}"


def story_path(story: str) -> str:
    """The page of a story, from the folder of the site."""
    return f"stories/{quote(story, safe='')}.html"


def report_path(edition: str, story: str, ending: str = "html") -> str:
    """The report of a story in an edition, from the folder of the site."""
    return f"editions/{quote(edition, safe='')}/{quote(story, safe='')}.{ending}"


def edition_link(desk: Desk, ident: str) -> Link:
    """An edition by its time; the bare id where the site does not hold it."""
    if ident not in desk.known:
        return Link(ident)
    text = phrases.format_dated(desk.known[ident].window, desk.zone, desk.edition.window)
    return Link(text, desk.root + edition_path(ident))


def story_link(desk: Desk, ident: str, title: str) -> Link:
    """A story by its title, with its page if it has one."""
    return Link(title, desk.root + story_path(ident) if ident in desk.pages else "")


def report_link(desk: Desk, edition: str, story: str, text: str, finding: str = "") -> Link:
    """A report, at one of its findings; no link where the site does not hold it."""
    if edition not in desk.known or (edition, story) in desk.lost:
        return NOWHERE
    anchor = f"#{quote(finding)}" if finding else ""
    return Link(text, desk.root + report_path(edition, story) + anchor)


def since(desk: Desk, ident: str) -> Link:
    """An earlier edition; nothing for this one."""
    return edition_link(desk, ident) if ident != desk.edition.id else NOWHERE


def news(desk: Desk, change: Change, ident: str, report: str = "") -> News:
    """A change; `report` is the edition whose report holds its finding."""
    held = change.finding and change.kind != "gone" and report
    full = report_link(desk, report, change.story, "In the report", change.finding)
    return News(change, ident, full if held else NOWHERE)


def reports(desk: Desk, noun: StoryEdition) -> Iterable[Link]:
    """The report of a story, and the reading of articles that wait for theirs."""
    yield report_link(desk, noun.report, noun.id, ENGINES[noun.engine])
    if noun.reading != noun.report:
        waiting = "Side-by-side reading of all articles"
        yield report_link(desk, noun.reading, noun.id, waiting)


def story(desk: Desk, noun: StoryEdition, above: Sequence[Change] = ()) -> Story:
    """A story; of its changes, those in `above` are leads of the page already."""
    changes = []
    for number, change in enumerate(noun.changes, start=1):
        # A finding that only an earlier report holds is linked there.
        told = news(desk, change, f"{noun.id}-c{number}", noun.report)
        if change in above:
            told = replace(told, above=Link("told above", f"#lead-{above.index(change) + 1}"))
        changes.append(told)
    target = title_of(desk, noun.merged_into) if noun.merged_into else ""
    return Story(
        told=noun,
        title=story_link(desk, noun.id, noun.title),
        since=since(desk, noun.since),
        changes=tuple(changes),
        home=report_link(desk, noun.report, noun.id, "").href,
        asof=since(desk, noun.report) if noun.first_page else NOWHERE,
        links=tuple(one for one in reports(desk, noun) if one.href),
        merged=story_link(desk, noun.merged_into, target),
    )


def title_of(desk: Desk, ident: str) -> str:
    """The title of a story by its id, as the newest edition has it; else the id."""
    for edition in desk.known.values():
        for one in (*edition.stories, *edition.singles):
            if one.id == ident:
                return one.title
    return ident
