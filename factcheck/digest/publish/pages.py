"""The pages of the site: editions and stories in, what their templates show out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from factcheck.digest.models import ArticleLine, Edition, OneVoice, PastStory, StoryEdition
from factcheck.digest.publish import phrases
from factcheck.digest.publish.parts import (
    Desk,
    edition_link,
    edition_path,
    news,
    report_link,
    since,
    story,
    title_of,
)
from factcheck.digest.publish.view import NOWHERE, Chapter, News
from factcheck.report.view import Link
from factcheck.report.words import many, texts

Listed = tuple[Link, str, str]
"""An edition in the index: its page, a summary, and what it lacks."""


class EditionPage:
    """One edition in full; `editions` is the index, on the front page only."""

    def __init__(
        self,
        desk: Desk,
        previous: Link = NOWHERE,
        following: Link = NOWHERE,
        editions: tuple[Listed, ...] = (),
    ) -> None:
        """Make its parts."""
        edition = desk.edition
        self.desk, self.edition = desk, edition
        self.previous, self.next, self.editions = previous, following, editions
        self.when = phrases.stamp(edition.window, desk.zone)
        self.headline = phrases.headline(edition)
        self.arrivals = phrases.arrivals(edition)
        self.notices = phrases.notices(edition)
        told = phrases.NOTES if edition.status == "degraded" else 0
        self.notes = texts(edition.notes[told:])
        self.calls = phrases.calls(edition)
        self.nothing = phrases.quiet(edition)
        self.leads = tuple(leads(desk))
        self.changed, self.quiet, self.ended = (
            tuple(story(desk, one, edition.leads) for one in edition.stories if one.status in kinds)
            for kinds in ({"new", "developing"}, {"quiet"}, {"ended", "merged"})
        )
        self.singles = singles(edition)
        new = phrases.fresh_singles(edition)
        self.single_count = many(len(self.singles), "article") + (f", {new} new" if new else "")
        self.method = phrases.method(edition, desk.zone)
        self.data = desk.root + edition_path(edition.id, "json")


def leads(desk: Desk) -> Iterable[News]:
    """The changes that an editor must look at first, each with its story."""
    stories = {one.id: one for one in desk.edition.stories}
    for number, change in enumerate(desk.edition.leads, start=1):
        noun = stories.get(change.story)
        told = news(desk, change, f"lead-{number}", noun.report if noun else "")
        title = noun.title if noun else title_of(desk, change.story)
        yield replace(told, story=Link(title, f"#{change.story}" if noun else ""))


def singles(edition: Edition) -> list[ArticleLine]:
    """The single articles, those that this edition brings first, then by outlet."""
    lines = [one for noun in edition.singles for one in noun.articles]
    return sorted(lines, key=lambda one: (one.arrival == "known", one.outlet))


def index(desk: Desk) -> tuple[Listed, ...]:
    """All editions of the site in one line each, newest first."""
    return tuple(
        (
            Link(phrases.stamp(one.window, desk.zone), desk.root + edition_path(one.id)),
            phrases.summary(one),
            note(one),
        )
        for one in desk.known.values()
    )


def note(edition: Edition) -> str:
    """What an edition lacks, in a word or two."""
    parts = ["incomplete"] if edition.status == "degraded" else []
    return ", ".join([*parts, *(["no fact-check"] if phrases.is_unjudged(edition) else [])])


class StoryPage:
    """One story as it stands, and how it came there."""

    def __init__(self, desk: Desk, noun: StoryEdition) -> None:
        """Make its parts."""
        self.desk = desk
        self.edition = edition_link(desk, desk.edition.id)
        self.story = story(desk, noun)
        self.voices = tuple((one, since(desk, one.since)) for one in voices(noun))
        self.values = tuple(values(desk, noun))
        self.history = tuple(chapter(desk, noun, past) for past in noun.history)


def voices(noun: StoryEdition) -> Iterable[OneVoice]:
    """What rests on one voice; what stands on the first page stands there alone."""
    first = noun.first_page
    shown = {ref for one in first.alone for ref in one.refs} if first else set()
    return (one for one in noun.one_voice if one.finding not in shown)


def values(desk: Desk, noun: StoryEdition) -> Iterable[News]:
    """Each thing that moved in an earlier edition and not in this one, in its latest state.

    A finding keeps its id over editions; where there is none, its wording has to do.
    """
    seen = {one.finding or one.text for one in noun.changes if one.kind == "moved"}
    for change in (change for past in noun.history for change in past.changes):
        key = change.finding or change.text
        if change.kind == "moved" and key not in seen:
            seen.add(key)
            known = tuple(one.model_copy(update={"new": False}) for one in change.steps)
            yield news(desk, change.model_copy(update={"steps": known}), f"value-{len(seen)}")


def chapter(desk: Desk, noun: StoryEdition, past: PastStory) -> Chapter:
    """A story in an earlier edition; its report is linked if that edition made one."""
    held = desk.known.get(past.edition)
    made = held is not None and any(
        one.id == noun.id and held.id in {one.report, one.reading} for one in held.stories
    )
    when = phrases.stamp(held.window if held else past.made, desk.zone)
    report = report_link(desk, past.edition, noun.id, "Report of this edition")
    return Chapter(
        past=past,
        link=Link(when, edition_link(desk, past.edition).href),
        news=tuple(news(desk, one, "") for one in past.changes),
        report=report if made else NOWHERE,
    )
