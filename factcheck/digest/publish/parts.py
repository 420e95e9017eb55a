"""The parts of a page: stories, changes and quotes of an edition in, views out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from types import MappingProxyType
from urllib.parse import quote

from factcheck.digest.models import (
    ArticleLine,
    Change,
    Edition,
    OneVoice,
    Place,
    Quote,
    Step,
    StoryEdition,
)
from factcheck.digest.publish import phrases
from factcheck.digest.publish.view import Badge, Cite, Hop, Line, Look, News, Story, Voice
from factcheck.models import Verdict
from factcheck.report.view import Link
from factcheck.report.words import VERDICTS, listed, text_of, texts, web_link

ROLES = MappingProxyType({"": "", "before": "Before", "after": "After"})
SHOWN = 2
"""Quotes of a change that stand open; the rest is folded."""

LOOKS = {
    "shared": "Similar sentences",
    "number": "Numbers to compare",
    "denial": "A denial or rejection",
}
ENGINES = {"model": "Full report", "reading": "Side-by-side reading", "none": "Report"}


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
    text = phrases.dated(desk.known[ident].window, desk.zone, desk.edition.window)
    return Link(text, desk.root + edition_path(ident))


def story_link(desk: Desk, ident: str, title: str) -> Link:
    """A story by its title, with its page if it has one."""
    return Link(title, desk.root + story_path(ident) if ident in desk.pages else "")


def report_link(desk: Desk, edition: str, story: str, text: str, finding: str = "") -> Link:
    """A report, at one of its findings; no link where the site does not hold it."""
    if edition not in desk.known or (edition, story) in desk.lost:
        return Link("")
    anchor = f"#{quote(finding)}" if finding else ""
    return Link(text, desk.root + report_path(edition, story) + anchor)


def badge(verdict: Verdict | None) -> Badge | None:
    """A verdict as a badge."""
    return Badge(verdict, VERDICTS[verdict]) if verdict else None


def cite(desk: Desk, one: Quote, label: str = "") -> Cite:
    """A quote with where it stands."""
    outlet = Link(one.outlet, web_link(one.url))
    return Cite(one.text, outlet, one.said_by, desk.brief(one.published), label)


def cites(desk: Desk, change: Change) -> tuple[Cite, ...]:
    """The quotes of a change, those of an edit as before and after."""
    return tuple(cite(desk, one, ROLES[one.role]) for one in change.quotes)


def hop(desk: Desk, one: Step) -> Hop:
    """One value of something that moved."""
    return Hop(one.value, phrases.step(one, desk.brief(one.told)), one.new)


def news(desk: Desk, change: Change, ident: str, report: str = "") -> News:
    """A change; `report` is the edition whose report holds its finding."""
    quotes = cites(desk, change)
    held = change.finding and change.kind != "gone" and report
    return News(
        id=ident,
        kind=change.kind,
        label=phrases.label(change),
        text=change.text,
        detail="" if text_of(change.detail) == change.text else text_of(change.detail),
        before=badge(change.before),
        after=badge(change.after),
        hops=tuple(hop(desk, one) for one in change.steps),
        shown=quotes[:SHOWN],
        more=quotes[SHOWN:],
        story=Link(""),
        full=report_link(desk, report, change.story, "In the report", change.finding)
        if held
        else Link(""),
        above=Link(""),
    )


def voice(desk: Desk, one: OneVoice) -> Voice:
    """A finding on one origin."""
    if one.outlets == (one.origin,):
        carried = "in its own voice"
    else:
        carried = f"carried by {listed(one.outlets)}" if one.outlets else ""
    return Voice(one.text, one.origin, carried, since(desk, one.since))


def since(desk: Desk, ident: str) -> Link:
    """An earlier edition; nothing for this one."""
    return edition_link(desk, ident) if ident != desk.edition.id else Link("")


def look(desk: Desk, one: Place) -> Look:
    """A place to look."""
    return Look(LOOKS[one.kind], one.text, tuple(cite(desk, each) for each in one.quotes))


def line(desk: Desk, one: ArticleLine) -> Line:
    """An article in a list."""
    title = Link(one.title or "(no title)", web_link(one.url))
    arrival = "" if one.arrival == "known" else one.arrival
    return Line(one.outlet, title, desk.brief(one.published), arrival, one.checked)


def verdicts(counts: Mapping[Verdict, int]) -> tuple[Badge, ...]:
    """How many findings have each verdict, in words and in the order of the report."""
    order = list(VERDICTS)
    return tuple(
        Badge(verdict, f"{number} {VERDICTS[verdict].lower()}")
        for verdict, number in sorted(counts.items(), key=lambda pair: order.index(pair[0]))
        if number
    )


def reports(desk: Desk, noun: StoryEdition) -> Iterable[Link]:
    """The report of a story, and the reading of articles that wait for theirs."""
    yield report_link(desk, noun.report, noun.id, ENGINES[noun.engine])
    if noun.reading != noun.report:
        waiting = "Side-by-side reading of all articles"
        yield report_link(desk, noun.reading, noun.id, waiting)


def story(desk: Desk, noun: StoryEdition, above: Sequence[Change] = ()) -> Story:
    """A story; of its changes, those in `above` are leads of the page already.

    What rests on one voice and stands on the first page stands there alone.
    """
    first = noun.first_page
    shown = {ref for one in first.alone for ref in one.refs} if first else set()
    target = title_of(desk, noun.merged_into) if noun.merged_into else ""
    return Story(
        id=noun.id,
        title=story_link(desk, noun.id, noun.title),
        style=noun.status,
        status=phrases.STATUS[noun.status],
        counts=phrases.articles(noun.articles, judged=noun.engine == "model"),
        counted=phrases.counted(noun),
        since=since(desk, noun.since),
        verdicts=verdicts(noun.verdicts),
        changes=tuple(_told(desk, noun, n, above) for n in range(len(noun.changes))),
        voices=tuple(voice(desk, one) for one in noun.one_voice if one.finding not in shown),
        first=first,
        home=report_link(desk, noun.report, noun.id, "").href,
        asof=since(desk, noun.report) if first else Link(""),
        looks=tuple(look(desk, one) for one in noun.places),
        notes=texts(noun.notes),
        links=tuple(one for one in reports(desk, noun) if one.href),
        merged=story_link(desk, noun.merged_into, target),
        judged=noun.engine == "model",
    )


def _told(desk: Desk, noun: StoryEdition, number: int, above: Sequence[Change]) -> News:
    change = noun.changes[number]
    # A finding that only an earlier report holds is linked there.
    told = news(desk, change, f"{noun.id}-c{number + 1}", noun.report)
    if change not in above:
        return told
    lead = Link("told above", f"#lead-{above.index(change) + 1}")
    return replace(told, above=lead)


def title_of(desk: Desk, ident: str) -> str:
    """The title of a story by its id, as the newest edition has it; else the id."""
    for edition in desk.known.values():
        for one in (*edition.stories, *edition.singles):
            if one.id == ident:
                return one.title
    return ident
