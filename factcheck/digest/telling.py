"""Turn the report of a story into its entry in the edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from factcheck.digest.changes import find_changes, sort_changes
from factcheck.digest.compared import Compared, name_origin
from factcheck.digest.edits import Edit, compare_texts, describe_edit, describe_withdrawal
from factcheck.digest.models import (
    ArticleLine,
    Change,
    Edition,
    OneVoice,
    PastStory,
    StoryEdition,
    to_number,
)
from factcheck.digest.newsroom import EditionContext
from factcheck.digest.places import find_places
from factcheck.digest.reporting import ReportedStory
from factcheck.digest.store.inbox import Held
from factcheck.digest.store.reports import first_seen
from factcheck.digest.story_groups import Stories
from factcheck.digest.zones import convert_zone
from factcheck.language.visible import shorten
from factcheck.models import Remark, Report
from factcheck.report.first_page import first_page
from factcheck.report.words import join_items, many

LONGEST = 90
"""Characters of a sentence that stands in for a headline."""


@dataclass(frozen=True)
class Background:
    """What is needed to tell the stories of an edition.

    `known` are those of the edition before by id, `held` the articles by number, `zone` is
    that in which times are read.
    """

    context: EditionContext
    stories: Stories
    known: Mapping[str, StoryEdition]
    held: Mapping[int, Held]
    zone: tzinfo


def tell_story(told: ReportedStory, background: Background) -> StoryEdition:
    """The story for the page of the edition."""
    old = background.known.get(f"s{told.story}")
    new = frozenset(one.article.id for one in told.held if one.arrival != "known")
    edits = [compare_texts(one.before, one.article) for one in told.held if one.before is not None]
    found = list_changes(told, edits, split=told.story in background.stories.split)
    notes = list_notes(told, background, edits)
    fresh = new or found or any(note.code == "merged-here" for note in notes)
    latest = told.report or told.reading
    return StoryEdition(
        id=f"s{told.story}",
        title=background.stories.names.get(told.story) or find_headline(told.held),
        status="new" if old is None else "developing" if fresh else "quiet",
        engine="model" if told.report else "reading" if told.reading else "none",
        articles=tuple(list_article(one, told) for one in told.held),
        changes=found,
        places=find_places(told.reading.report, new) if told.reading else (),
        report=latest.edition if latest else "",
        reading=told.reading.edition if told.reading and told.report else "",
        since=old.since if old else background.context.slot.id,
        notes=notes,
    ).model_copy(update=list_report_fields(told, background))


def list_report_fields(told: ReportedStory, background: Background) -> dict[str, Any]:
    """The fields of a story that only a fact-check fills."""
    if told.report is None:
        return {}
    report = told.report.report
    with background.context.newsroom.engine.connect() as db:
        seen = first_seen(db, told.story)
    return {
        "title": report.title,
        "one_voice": list_one_voice(report, seen),
        "first_page": first_page(convert_zone(report, background.zone)),
        "verdicts": dict(Counter(f.verdict for f in report.findings if f.kind == "fact")),
    }


def tell_single(told: ReportedStory, background: Background) -> StoryEdition:
    """A story of too few articles to compare: what was edited is told, the rest is listed."""
    new = any(one.arrival == "new" for one in told.held)
    found = tell_story(told, background)
    status = "new" if new else "developing" if found.changes else "quiet"
    first, *copies = found.articles
    lines = (first, *(one.model_copy(update={"same_as": first.outlet}) for one in copies))
    listed = {"title": find_headline(told.held), "status": status, "notes": (), "articles": lines}
    return found.model_copy(update=listed)


def list_article(one: Held, told: ReportedStory) -> ArticleLine:
    """An article in the list of its story."""
    return ArticleLine(
        id=one.article.id,
        outlet=one.article.label,
        title=find_headline([one]),
        url=one.article.url,
        published=one.article.published,
        arrival=one.arrival,
        checked=one.article.id not in told.behind,
    )


def list_changes(told: ReportedStory, edits: Sequence[Edit], *, split: bool) -> tuple[Change, ...]:
    """The changes against the last fact-check; without one of now, what became of articles."""
    story, now, before = f"s{told.story}", told.report, told.before
    gone = [describe_withdrawal(story, one.article) for one in told.held if one.withdrawn]
    if now is None or split or (before and now.edition == before.edition):
        telling = (describe_edit(story, edit) for edit in edits if edit.weight != "wording")
        return (*gone, *telling)
    known = before.versions if before else ()
    case = Compared(
        story=story,
        before=before.report if before else None,
        after=now.report,
        new=frozenset(article.id for article in now.report.articles) - {*known},
        known=told.known,
    )
    return sort_changes((*gone, *find_changes(case, edits)), case)


def find_headline(held: Sequence[Held]) -> str:
    """The headline of the newest article that has one, else how its text begins.

    A name of an outlet or of a file tells nothing of an event.
    """
    newest = sorted((one.article for one in held), key=lambda a: -to_number(a.id))
    headlines = (a.title for a in newest if a.title.casefold() not in {"", a.outlet.casefold()})
    sentences = (s.text for a in newest for s in a.sentences if s.kind == "body")
    return next(headlines, "") or shorten(next(sentences, "An article without words"), LONGEST)


def list_one_voice(report: Report, since: Mapping[str, str]) -> tuple[OneVoice, ...]:
    """Core facts that still rest on one origin, widest carried first.

    `since` is the first edition by finding; what only this edition brings is no news of
    that kind.
    """
    outlets = {article.id: article.label for article in report.articles}
    facts = (f for f in report.findings if f.core and f.kind == "fact" and not f.parent)
    weak = [f for f in facts if f.verdict == "single-source" and f.id in since]
    return tuple(
        OneVoice(
            finding=f.id,
            text=f.text,
            origin=join_items(map(name_origin, f.origins)) or "nobody who counts",
            outlets=tuple(dict.fromkeys(outlets[a] for a in f.carried_by)),
            since=since[f.id],
        )
        for f in sorted(weak, key=lambda f: -f.outlets)
    )


def list_notes(
    told: ReportedStory, background: Background, edits: Sequence[Edit]
) -> tuple[Remark, ...]:
    """Merges, splits, what waits for its fact-check, and edits that changed wording alone."""
    stories, titles = background.stories, {one.id: one.title for one in background.known.values()}
    notes = [
        ("merged-here", f"“{titles[f's{old}']}” turned out to be the same story, and goes on here.")
        for old, into in stories.merged.items()
        if into == told.story and f"s{old}" in titles
    ]
    if told.story in stories.split:
        parent = titles.get(f"s{stories.split[told.story]}", "")
        notes.append(("split-from", f"Until now this was told as part of “{parent}”."))
    held = background.held
    parted = [held[i] for i in stories.parted.get(told.story, ()) if i in held]
    if parted:
        names = join_items(find_headline([one]) for one in parted)
        notes.append(("parted", f"Now in another story: {names}."))
    waiting, expected = len(told.behind), background.context.budget is not None
    if expected and waiting:
        count = f"{many(waiting, 'article')} of {len(told.held)}"
        notes.append(("unchecked", f"{count} without a fact-check yet: {told.problem}"))
    elif expected and not told.whole and told.problem:
        notes.append(("incomplete", f"The fact-check is not whole: {told.problem}"))
    notes += [
        ("reworded", f"{edit.after.label} changed the wording of its article, nothing else.")
        for edit in edits
        if edit.weight == "wording"
    ]
    return tuple(Remark(code=code, text=text) for code, text in notes)


def list_history(identity: str, past: Iterable[Edition]) -> tuple[PastStory, ...]:
    """What earlier editions told of a story, newest first, without those where it was quiet."""
    told = ((edition, story) for edition in past for story in edition.all_stories)
    return tuple(
        PastStory(
            edition=edition.id,
            made=edition.made,
            engine=story.engine,
            articles=len(story.articles),
            changes=story.changes,
            notes=story.notes,
        )
        for edition, story in told
        if story.id == identity and (story.status != "quiet" or story.changes)
    )
