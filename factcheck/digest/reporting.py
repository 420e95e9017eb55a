"""Report one story: its fact-check, or a side-by-side reading where there can be none.

A story that is covered already costs nothing. Else what is new in it is extracted, and the
story is compared anew, whole. Where the model cannot be had, the last fact-check stands,
and a reading of all articles stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.digest.models import to_number
from factcheck.digest.newsroom import NO_MODEL, EditionContext
from factcheck.digest.numbering import number_findings
from factcheck.digest.store import inbox
from factcheck.digest.store.inbox import Held
from factcheck.digest.store.reports import StoredReport, first_seen, last_report
from factcheck.errors import ModelError
from factcheck.models import Article, Checkpoint, Report
from factcheck.pipeline.assemble import UNDONE, is_degraded
from factcheck.pipeline.check import check
from factcheck.run import sign_report
from factcheck.sidebyside import read_side_by_side
from factcheck.sidebyside.models import SideBySide


@dataclass(frozen=True)
class ReportedStory:
    """A story as this edition has it.

    `report` is its latest fact-check and `before` that of the last finished edition;
    `reading` is there where articles wait for their fact-check. `foreign` tells of articles
    in `report` that left the story; `known` are claims that the stories told which it came from.
    `problem` says for everybody why something is missing, `cause` for whoever runs the program:
    it may name endpoints.
    """

    story: int
    held: tuple[Held, ...]
    report: StoredReport[Report] | None = None
    before: StoredReport[Report] | None = None
    reading: StoredReport[SideBySide] | None = None
    foreign: bool = False
    known: frozenset[str] = frozenset()
    problem: str = ""
    cause: str = ""

    @property
    def behind(self) -> frozenset[str]:
        """The articles, by their ids `a7`, that no fact-check covers."""
        covered = self.report.versions if self.report else ()
        return frozenset(h.article.id for h in self.held) - {*covered}

    @property
    def whole(self) -> bool:
        """Whether the fact-check covers all articles in all stages."""
        covered = not self.behind and not self.foreign
        return covered and self.report is not None and self.report.whole


async def report_story(
    story: int, held: Sequence[Held], context: EditionContext, kin: Sequence[int]
) -> ReportedStory:
    """Report one story, without storing anything.

    `kin` are the stories that it was split from, and those that were merged into it.

    Raises nothing for a model that fails: that is a reading, and a line that says why.
    """
    here, later = context.slot.id, context.slot.later
    with context.newsroom.engine.connect() as db:
        latest = last_report(db, story, Report, here, itself=True)
        before = last_report(db, story, Report, (*later, here)[0])
        others = [last_report(db, other, Report, here) for other in kin]
        outdated = latest is None and bool(first_seen(db, story))
        homes = inbox.find_article_ids(db, latest.versions if latest else ())
    if outdated:
        context.newsroom.say(
            f"story s{story}: its last fact-check is of an earlier version and counts as "
            "none; its articles are read again"
        )
    told = ReportedStory(
        story,
        tuple(held),
        report=latest,
        before=before,
        foreign=bool({*homes.values()} - {one.id for one in held}),
        known=frozenset(
            claim
            for one in others
            if one
            for finding in one.report.findings
            for claim in finding.claims
        ),
    )
    if told.whole:
        return told
    if context.budget is None:
        told = replace(told, problem="no model is set up")
    else:
        earlier = [one for one in (latest, *others) if one is not None]
        told = await fact_check(told, earlier, context)
    if told.behind:
        told = replace(told, reading=make_reading(told, context))
    return told


async def fact_check(
    told: ReportedStory, earlier: Sequence[StoredReport[Report]], context: EditionContext
) -> ReportedStory:
    """The story with a new fact-check, or else with its last one; what is missing, and its cause.

    `earlier` are the fact-checks of the story and of those that it came from, its own
    first: what they extracted is not asked for again. Without a comparison, and where
    nothing more than before could be read, the last fact-check stands.
    """
    known = {e.article: e for one in reversed(earlier) for e in one.checkpoint.extractions}
    try:
        async with context.open_model() as model:
            checked = await check(
                [one.article for one in told.held],
                model,
                known=Checkpoint(extractions=tuple(known.values())),
                replaced=find_edited(told, earlier, context),
                settings=context.newsroom.settings,
                created=context.newsroom.now,
            )
    except ModelError as error:
        problem, cause = context.close_budget(error)
        return replace(told, problem=problem, cause=cause)
    report = checked.report
    degraded = is_degraded(report)
    if degraded:
        told = replace(told, problem=context.problem, cause=find_cause(report))
    covered = {extraction.article for extraction in checked.checkpoint.extractions}
    no_further = told.report is not None and covered <= {*told.report.versions}
    compared = report.manifest.compared or len(report.articles) < 2
    if not compared or (degraded and no_further and not told.foreign):
        return told
    report = hide_causes(sign_report(report, model, context.newsroom.now))
    stored = to_stored(report, checked.checkpoint, told, context)
    return replace(told, report=stored, foreign=False)


def to_stored(
    report: Report, checkpoint: Checkpoint, told: ReportedStory, context: EditionContext
) -> StoredReport[Report]:
    """The report with lasting numbers for its findings: those of the story so far."""
    with context.newsroom.engine.connect() as db:
        last = max(map(to_number, first_seen(db, told.story)), default=0)
    return StoredReport(
        edition=context.slot.id,
        story=told.story,
        versions=tuple(extraction.article for extraction in checkpoint.extractions),
        whole=not is_degraded(report),
        report=number_findings(report, told.report.report if told.report else None, last),
        checkpoint=checkpoint,
    )


def hide_causes(report: Report) -> Report:
    """Remove from a report, which is published, what an endpoint said when it failed."""
    excluded = (
        item.model_copy(update={"detail": NO_MODEL.text}) if item.reason == "model-failed" else item
        for item in report.excluded
    )
    return report.model_copy(update={"excluded": tuple(excluded)})


def find_edited(
    told: ReportedStory, earlier: Sequence[StoredReport[Report]], context: EditionContext
) -> dict[str, Article]:
    """For each text of now that is an edit, the text that the last fact-check had."""
    if not earlier:
        return {}
    now = {one.id: one.article.id for one in told.held}
    old = {a.id: a for a in earlier[0].report.articles if a.id not in now.values()}
    with context.newsroom.engine.connect() as db:
        homes = inbox.find_article_ids(db, old)
    return {now[home]: old[text] for text, home in homes.items() if home in now}


def find_cause(report: Report) -> str:
    """What the endpoint said where a fact-check is not whole, in one line."""
    failed = [item.detail for item in report.excluded if item.reason in UNDONE]
    failed += [note.text for note in report.manifest.notes if note.code == "not-compared"]
    return failed[0] if failed else ""


def make_reading(told: ReportedStory, context: EditionContext) -> StoredReport[SideBySide]:
    """The side-by-side reading of all articles: that of an earlier run if they are the same."""
    articles = [one.article for one in told.held]
    versions = tuple(article.id for article in articles)
    with context.newsroom.engine.connect() as db:
        known = last_report(db, told.story, SideBySide, context.slot.id, itself=True)
    if known and known.versions == versions:
        return known
    return StoredReport(
        edition=context.slot.id,
        story=told.story,
        versions=versions,
        whole=True,
        report=read_side_by_side(
            articles,
            created=context.newsroom.now,
            owners=context.newsroom.settings.outlets.owners,
            hints=context.newsroom.hints,
        ),
        checkpoint=Checkpoint(),
    )
