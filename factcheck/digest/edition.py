"""Make an edition; the whole flow on one page.

    read sources ─▶ group ─▶ confirm ─▶ report stories ─▶ assemble ─▶ Edition

Articles, scores and answers are committed as they come, and all that is in the edition at the
end, in one step. So a run that is broken off at any point is gone on with by the next: what was
fetched and what was paid for is there, and only a finished edition is a basis for later ones.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from factcheck.boundary import is_failure, log_failure
from factcheck.digest import sources, story_groups
from factcheck.digest.assemble import assemble
from factcheck.digest.confirm import confirm
from factcheck.digest.keeping import keep_arrivals
from factcheck.digest.models import Coverage, Edition, SourceLine, StoryEdition, to_number
from factcheck.digest.newsroom import EditionContext, Newsroom, Slot, make_context
from factcheck.digest.reporting import ReportedStory, report_story
from factcheck.digest.store import editions, inbox
from factcheck.digest.store.inbox import Held
from factcheck.digest.store.reports import StoredReport
from factcheck.digest.story_groups import Stories
from factcheck.digest.telling import Background, tell_single, tell_story
from factcheck.digest.zones import zone_name, zone_named
from factcheck.fetch.fetcher import Fetcher
from factcheck.language.copies import near_copies
from factcheck.llm.prices import cost
from factcheck.models import Excluded, StageUse
from factcheck.pipeline.estimate import Estimate, describe_forecast, estimate
from factcheck.report.words import many

COPIED = 0.9  # of the wording, and of the length, of an article that another repeats


@dataclass(frozen=True)
class Made:
    """An edition that is not kept yet, the articles of its stories, and the reports it made."""

    edition: Edition
    stories: Mapping[int, Sequence[int]]
    reports: tuple[StoredReport[Any], ...]


async def make_edition(newsroom: Newsroom, slot: Slot) -> Made:
    """Make the edition without storing, publishing or delivering it."""
    delivered = await read_sources(newsroom)
    with newsroom.engine.begin() as db:
        unkept = keep_arrivals(delivered, db, newsroom.now, newsroom.oldest)
    with newsroom.engine.begin() as db:
        window = story_groups.read_window(db, slot, newsroom.oldest, newsroom.latest)
    context = make_context(newsroom, slot)
    sorted_out = await confirm(window, context)
    if sorted_out.cause:
        newsroom.say(sorted_out.cause)
    with newsroom.engine.begin() as db:
        stories = story_groups.group_stories(db, slot.id, window, sorted_out)
        several = [article for ids in stories.members.values() for article in ids]
        found, damaged = inbox.load_held(db, several, slot.id, {*slot.later})
        broken = {**damaged, **window.left}
        held = {one.id: one for one in found if one.id not in broken}
        before = editions.edition_of(db, slot.previous)
        known = read_known(db, before, window.lost)
    lines = list_coverage(delivered, held.values())
    new, edited = sum(one.new for one in lines), sum(one.edited for one in lines)
    in_window = many(len(stories.members), "story", "stories")
    newsroom.say(f"{many(new, 'new article')} and {edited} edited; {in_window} in the window")
    told, singles, failing = await report_stories(stories, held, known, context)
    left = [item for one in delivered for item in one.left]
    left += (*unkept, *broken.values(), *failing)
    covered = Coverage(sources=lines, left=tuple(dict.fromkeys(left)))
    edition = assemble(context, before, stories, told, singles, covered, sorted_out.note)
    both = (report for one, _ in told for report in (one.report, one.reading))
    made = tuple(one for one in both if one is not None and one.edition == slot.id)
    return Made(edition, stories.members, made)


# --- what came in -------------------------------------------------------------------------


async def read_sources(newsroom: Newsroom) -> list[sources.Delivered]:
    """Read all sources, given what the store knows of their articles."""
    with newsroom.engine.connect() as db:
        recent = inbox.list_recent(db, newsroom.recheck, newsroom.latest, newsroom.oldest)
        known = inbox.list_keys(db), recent, inbox.load_validators(db)
    async with Fetcher(newsroom.settings.fetch) as fetcher:
        reach = sources.SourceContext(newsroom, fetcher, *known)
        each = (sources.read_source(source, reach) for source in newsroom.settings.digest.sources)
        return [*await asyncio.gather(*each)]


def list_coverage(
    delivered: Sequence[sources.Delivered], held: Iterable[Held]
) -> tuple[SourceLine, ...]:
    """What each source brought to this edition, also in a run that was broken off.

    Sources of one name are numbered in the order of the settings.
    """
    counts = Counter((one.source, one.arrival) for one in held)
    names = Counter(one.name for one in delivered)
    place: Counter[str] = Counter()

    def name(one: sources.Delivered) -> str:
        place[one.name] += 1
        return f"{one.name} ({place[one.name]})" if names[one.name] > 1 else one.name

    return tuple(
        SourceLine(
            name=name(one),
            kind=one.kind,
            found=one.found,
            new=counts[one.source, "new"],
            edited=counts[one.source, "edited"],
            problems=one.problems,
            notes=one.notes,
        )
        for one in delivered
    )


# --- what is made of it -------------------------------------------------------------------


def read_known(
    db: Connection, before: Edition | None, lost: Mapping[int, str]
) -> dict[str, StoryEdition]:
    """The stories of the edition before by id, and lost ones as the last that had them tells."""
    known = {story.id: story for story in before.stories} if before else {}
    for source in {*lost.values()}:
        edition = editions.edition_of(db, source)
        ids = {f"s{number}" for number, name in lost.items() if name == source}
        known |= {one.id: one for one in (edition.stories if edition else ()) if one.id in ids}
    return known


async def report_stories(
    stories: Stories,
    held: Mapping[int, Held],
    known: Mapping[str, StoryEdition],
    context: EditionContext,
) -> tuple[list[tuple[ReportedStory, StoryEdition]], list[StoryEdition], list[Excluded]]:
    """Report all stories at the same time; those of too few articles, or of copies, are listed.

    `known` are the stories so far, by id, which are reported however few articles are left.
    Third come the articles that the program fails on: alone, or with all of their story.
    """
    settings, say = context.newsroom.settings, context.newsroom.say
    background = Background(context, stories, known, held, zone_named(zone_name(settings.schedule)))
    work: dict[int, list[Held]] = {}
    singles: list[StoryEdition] = []
    for story, ids in stories.members.items():
        articles = sorted(
            (held[i] for i in ids if i in held), key=lambda one: to_number(one.article.id)
        )
        enough = count_apart(articles) >= settings.digest.min_articles
        if enough or (articles and f"s{story}" in known):
            work[story] = articles
        elif articles:
            singles.append(tell_single(ReportedStory(story, tuple(articles)), background))
    if context.budget and settings.digest.limited:
        say(describe_forecast(forecast_use(work.values(), context), settings.digest))
    done: list[tuple[ReportedStory, StoryEdition]] = []
    causes: set[str] = set()
    left: list[Excluded] = []

    async def one(story: int, articles: Sequence[Held]) -> None:
        try:
            told = await report_story(story, articles, context, stories.find_kin(story))
            done.append((told, tell_story(told, background)))
        except BaseException as error:
            if isinstance(error, DBAPIError) or not is_failure(error):
                raise
            detail = log_failure(error, f"telling story s{story}")
            names = (one.article.source for one in articles)
            left.extend(Excluded(source=name, reason="failed", detail=detail) for name in names)
            return
        if context.budget and told.report and told.report.edition == context.slot.id:
            say(f"checked story s{story}, {len(done)} of {len(work)}")
        if told.cause and told.cause not in causes:
            causes.add(told.cause)
            say(told.cause)

    await asyncio.gather(*(one(story, articles) for story, articles in work.items()))
    done.sort(key=lambda both: both[0].story)
    reports = (kept.report for told, _ in done for kept in (told.report, told.reading) if kept)
    left += [item for report in reports for item in report.excluded if item.reason == "failed"]
    return done, singles, left


def forecast_use(stories: Iterable[Sequence[Held]], context: EditionContext) -> Estimate:
    """Estimate the use: in a story with news, new articles are read, and all are compared."""
    use: list[StageUse] = []
    settings, when = context.newsroom.settings, context.newsroom.now
    for articles in stories:
        new = [one.article for one in articles if one.arrival != "known"]
        if new:
            use += estimate(new, settings, when).use[:1]
            use += estimate([one.article for one in articles], settings, when).use[1:]
    return Estimate(tuple(use), cost(settings.model, use, when))


def count_apart(articles: Sequence[Held]) -> int:
    """How many articles are no copies of another as long: a copy is no second account."""
    texts = {one.article.id: one.article.text for one in articles}
    sizes = {i: len(text) for i, text in texts.items()}
    pairs = ((a, b) for a, b, _ in near_copies(texts, COPIED))
    copies = {b for a, b in pairs if min(sizes[a], sizes[b]) >= COPIED * max(sizes[a], sizes[b])}
    return len(texts) - len(copies)
