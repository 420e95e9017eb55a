"""The pages of the site: editions and stories in, what their templates show out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from factcheck.digest.models import Edition, PastStory, StoryEdition
from factcheck.digest.publish import phrases
from factcheck.digest.publish.parts import (
    Desk,
    edition_link,
    edition_path,
    line,
    news,
    report_link,
    story,
    title_of,
)
from factcheck.digest.publish.view import (
    Chapter,
    EditionPage,
    Line,
    Listed,
    News,
    StoryPage,
)
from factcheck.report.audit import excluded
from factcheck.report.view import Link
from factcheck.report.words import many, texts

NOWHERE = Link("")


def edition_page(desk: Desk, previous: Link = NOWHERE, following: Link = NOWHERE) -> EditionPage:
    """One edition in full."""
    edition = desk.edition
    shown = {
        status: tuple(
            story(desk, one, edition.leads) for one in edition.stories if one.status in status
        )
        for status in (("new", "developing"), ("quiet",), ("ended", "merged"))
    }
    changed, quiet, ended = shown.values()
    return EditionPage(
        title=edition.title,
        id=edition.id,
        root=desk.root,
        when=phrases.stamp(edition.window, desk.zone),
        zone=str(desk.zone),
        headline=phrases.headline(edition),
        arrivals=phrases.arrivals(edition),
        notices=phrases.notices(edition),
        notes=texts(edition.notes[phrases.NOTES if edition.status == "degraded" else 0 :]),
        legend=phrases.LEGEND,
        calls=phrases.calls(edition),
        nothing=phrases.quiet(edition),
        model=edition.engine == "model",
        leads=tuple(leads(desk)),
        changed=changed,
        quiet=quiet,
        ended=ended,
        singles=tuple(singles(desk)),
        single_count=single_count(edition),
        sources=edition.coverage.sources,
        left=excluded(edition.coverage.left),
        method=phrases.method(edition, desk.zone),
        data=desk.root + edition_path(edition.id, "json"),
        previous=previous,
        next=following,
    )


def leads(desk: Desk) -> Iterable[News]:
    """The changes that an editor must look at first, each with its story."""
    stories = {one.id: one for one in desk.edition.stories}
    for number, change in enumerate(desk.edition.leads, start=1):
        noun = stories.get(change.story)
        told = news(desk, change, f"lead-{number}", noun.report if noun else "")
        title = noun.title if noun else title_of(desk, change.story)
        yield replace(told, story=Link(title, f"#{change.story}" if noun else ""))


def singles(desk: Desk) -> Iterable[Line]:
    """The single articles, those that this edition brings first, then by outlet."""
    lines = [one for noun in desk.edition.singles for one in noun.articles]
    for one in sorted(lines, key=lambda one: (one.arrival == "known", one.outlet)):
        yield line(desk, one)


def single_count(edition: Edition) -> str:
    """How many articles stand alone: "4 articles that stand alone, 2 new"."""
    lines = [one for noun in edition.singles for one in noun.articles]
    new = sum(one.arrival != "known" for one in lines)
    return many(len(lines), "article") + (f", {new} new" if new else "")


def index(desk: Desk) -> tuple[Listed, ...]:
    """All editions of the site in one line each, newest first."""
    return tuple(
        Listed(
            Link(phrases.stamp(one.window, desk.zone), desk.root + edition_path(one.id)),
            phrases.summary(one),
            note(one),
        )
        for one in desk.known.values()
    )


def note(edition: Edition) -> str:
    """What an edition lacks, in a word or two."""
    parts = ["incomplete"] if edition.status == "degraded" else []
    return ", ".join([*parts, *(["no fact-check"] if phrases.unjudged(edition) else [])])


def story_page(desk: Desk, noun: StoryEdition) -> StoryPage:
    """One story as it stands, and its history."""
    return StoryPage(
        root=desk.root,
        edition=edition_link(desk, desk.edition.id),
        site=desk.edition.title,
        zone=str(desk.zone),
        story=story(desk, noun),
        lines=tuple(line(desk, one) for one in noun.articles),
        values=tuple(values(desk, noun)),
        history=tuple(chapter(desk, noun, past) for past in noun.history),
    )


def values(desk: Desk, noun: StoryEdition) -> Iterable[News]:
    """Each thing that moved in an earlier edition and not in this one, in its latest state.

    A finding keeps its id over editions; where there is none, its wording has to do.
    """
    seen = {one.finding or one.text for one in noun.changes if one.kind == "moved"}
    for past in noun.history:
        for change in past.changes:
            key = change.finding or change.text
            if change.kind == "moved" and key not in seen:
                seen.add(key)
                known = tuple(one.model_copy(update={"new": False}) for one in change.steps)
                old = change.model_copy(update={"steps": known})
                yield news(desk, old, f"value-{len(seen)}")


def chapter(desk: Desk, noun: StoryEdition, past: PastStory) -> Chapter:
    """A story in an earlier edition; its report is linked if that edition made one."""
    told = replace_changes(noun, past)
    link = edition_link(desk, past.edition)
    when = desk.known[past.edition].window if past.edition in desk.known else past.made
    named = Link(phrases.stamp(when, desk.zone), link.href)
    engine = {"reading": "side-by-side reading, no fact-check", "none": "not compared yet"}
    made = made_reports(desk.known, noun.id)
    return Chapter(
        id=past.edition,
        link=named,
        counts=many(past.articles, "article"),
        counted=phrases.counted(told),
        engine=engine.get(past.engine, ""),
        news=tuple(news(desk, one, "") for one in past.changes),
        notes=texts(past.notes),
        report=report_link(desk, past.edition, noun.id, "Report of this edition")
        if past.edition in made
        else NOWHERE,
    )


def replace_changes(noun: StoryEdition, past: PastStory) -> StoryEdition:
    """The story with the changes of an earlier edition, to be put in words."""
    return noun.model_copy(update={"changes": past.changes})


def made_reports(known: Mapping[str, Edition], ident: str) -> frozenset[str]:
    """The editions that made a report or a reading of a story."""
    return frozenset(
        edition.id
        for edition in known.values()
        for one in edition.stories
        if one.id == ident and edition.id in {one.report, one.reading}
    )
