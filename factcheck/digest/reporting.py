"""One story: its articles in, its fact-check or side-by-side reading out, kept in the store.

A story that is covered already costs nothing. Else the fact-check goes on from the last one;
where the model cannot be had, the last fact-check stands, and a reading of all articles
stands beside it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine

from factcheck.check import check_on, degraded, not_merged
from factcheck.config import Settings
from factcheck.digest.budget import Budget
from factcheck.digest.numbering import numbered
from factcheck.errors import ModelError, UnreachableError
from factcheck.llm import Model
from factcheck.models import Article, Checkpoint, Report
from factcheck.reading import read_side_by_side
from factcheck.run import signed
from factcheck.stages import FAILED, HOPELESS, NOT_MERGED, Options
from factcheck.store import editions, inbox
from factcheck.store.answers import DatabaseAnswers
from factcheck.store.editions import StoredReport
from factcheck.store.inbox import Held

NO_MODEL = "the model could not be used"


@dataclass(frozen=True)
class Desk:
    """What all stories of an edition are reported with; no `budget` means no model."""

    engine: Engine
    edition: str
    settings: Settings
    options: Options
    created: datetime
    answers: DatabaseAnswers
    gate: asyncio.Semaphore
    budget: Budget | None = None
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """A story as this edition has it.

    `report` is its latest fact-check and `before` that of the last finished edition;
    `reading` is there where articles wait for their fact-check. `foreign` tells of articles
    in `report` that left the story; `known` are claims that stories told which were merged
    into this one. `problem` says for everybody why something is missing,
    `cause` for whoever runs the program: it may name endpoints.
    """

    story: int
    held: tuple[Held, ...]
    report: StoredReport | None = None
    before: StoredReport | None = None
    reading: StoredReport | None = None
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

    def made(self, edition: str) -> tuple[StoredReport, ...]:
        """The reports that an edition made of the story."""
        both = (self.report, self.reading)
        return tuple(one for one in both if one is not None and one.edition == edition)


async def tell(
    story: int,
    held: Sequence[Held],
    desk: Desk,
    *,
    origin: int | None = None,
    absorbed: Sequence[int] = (),
) -> Told:
    """Report one story, and keep nothing.

    `origin` is the story that it was split from, `absorbed` those that were merged into it.

    Raises nothing for a model that fails: that is a reading, and a line that says why.
    """
    with desk.engine.connect() as db:
        mine = editions.report_of(db, desk.edition, story, "model")
        before = editions.last_report(db, story, "model", desk.edition)
        parent = editions.last_report(db, origin, "model", desk.edition) if origin else None
        others = [editions.last_report(db, o, "model", desk.edition) for o in absorbed]
        latest = mine or before
        homes = inbox.homes(db, latest.versions if latest else ())
    foreign = {*homes.values()} - {one.id for one in held}
    told = Told(story, tuple(held), report=latest, before=before, foreign=bool(foreign))
    told = replace(told, known=claims_of(others))
    if told.whole:
        return told
    problem = "no model is set up"
    if desk.budget is not None:
        made, problem, cause = await fact_check(told, parent, desk)
        told = replace(told, report=made or told.report, cause=cause)
        told = replace(told, foreign=told.foreign and made is None)
    if told.behind:
        told = replace(told, reading=reading(told, desk))
    return replace(told, problem="" if told.whole else problem)


def claims_of(reports: Sequence[StoredReport | None]) -> frozenset[str]:
    """The claims in some fact-checks, by id."""
    return frozenset(
        claim
        for stored in reports
        if stored is not None and isinstance(stored.report, Report)
        for finding in stored.report.findings
        for claim in finding.claims
    )


async def fact_check(
    told: Told, parent: StoredReport | None, desk: Desk
) -> tuple[StoredReport | None, str, str]:
    """A fact-check that goes on from the last, or None; what is missing, and its cause."""
    if desk.budget is None:
        return None, "", ""
    basis = told.report or parent
    model = Model(
        desk.settings.model, cache=desk.answers, refuse=desk.budget.refuse, gate=desk.gate
    )
    desk.budget.doors.append(model)
    try:
        async with model:
            checked = await check_on(
                [one.article for one in told.held],
                model,
                to_go_on(told, parent),
                replaced=edits(told, basis, desk),
                whole_only=True,
                options=desk.options,
                created=desk.created,
            )
    except ModelError as error:
        if isinstance(error, (*HOPELESS, UnreachableError)):
            desk.budget.closed = desk.budget.closed or NO_MODEL
        return None, desk.budget.closed or NO_MODEL, f"{error.message} {error.hint}".strip()
    cause = trouble(checked.report)
    problem = (desk.budget.closed or NO_MODEL) if cause else ""
    covered = {reading.article for reading in checked.checkpoint.readings}
    no_further = told.report is not None and covered <= {*told.report.versions}
    if not_merged(checked.report.manifest.notes) or (problem and no_further and not told.foreign):
        return None, problem, cause
    report = discreet(signed(checked.report, model, desk.created))
    return to_stored(report, checked.checkpoint, told, desk), problem, cause


def to_go_on(told: Told, parent: StoredReport | None) -> Checkpoint:
    """The checkpoint of the story, or that of the one it was split from, without its title."""
    if told.report is not None:
        return told.report.checkpoint
    if parent is None:
        return Checkpoint()
    merged = parent.checkpoint.merged.model_copy(update={"event": ""})
    return parent.checkpoint.model_copy(update={"merged": merged})


def to_stored(report: Report, checkpoint: Checkpoint, told: Told, desk: Desk) -> StoredReport:
    """The report with lasting numbers for its findings: those of the story so far."""
    with desk.engine.connect() as db:
        last = editions.last_finding(db, told.story)
    earlier = told.report.report if told.report else None
    return StoredReport(
        edition=desk.edition,
        story=told.story,
        versions=tuple(reading.article for reading in checkpoint.readings),
        whole=not degraded(report),
        report=numbered(report, earlier if isinstance(earlier, Report) else None, last),
        checkpoint=checkpoint,
    )


def discreet(report: Report) -> Report:
    """The report without what an endpoint said when it failed: it is published."""
    return report.model_copy(
        update={
            "excluded": tuple(
                item.model_copy(update={"detail": NO_MODEL})
                if item.reason == "model failed"
                else item
                for item in report.excluded
            ),
            "not_assessed": tuple(
                item.model_copy(update={"reason": FAILED})
                if item.reason.startswith(FAILED)
                else item
                for item in report.not_assessed
            ),
        }
    )


def edits(told: Told, basis: StoredReport | None, desk: Desk) -> dict[str, Article]:
    """For each text of now that is an edit, the text that the last fact-check had."""
    if basis is None or not isinstance(basis.report, Report):
        return {}
    now = {one.id: one.article.id for one in told.held}
    old = {a.id: a for a in basis.report.articles if a.id not in now.values()}
    with desk.engine.connect() as db:
        homes = inbox.homes(db, old)
    return {now[home]: old[text] for text, home in homes.items() if home in now}


def trouble(report: Report) -> str:
    """Why a fact-check is not whole, in one line; "" if it is."""
    failed = [item.detail for item in report.excluded if item.reason == "model failed"]
    failed += [item.reason for item in report.not_assessed if item.reason.startswith(FAILED)]
    failed += [note for note in report.manifest.notes if note.startswith(NOT_MERGED)]
    return failed[0] if failed else ""


def reading(told: Told, desk: Desk) -> StoredReport:
    """The side-by-side reading of all articles: that of an earlier run if they are the same."""
    articles: list[Article] = [one.article for one in told.held]
    versions = tuple(article.id for article in articles)
    with desk.engine.connect() as db:
        known = editions.report_of(db, desk.edition, told.story, "reading")
        known = known or editions.last_report(db, told.story, "reading", desk.edition)
    if known and known.versions == versions:
        return known
    return StoredReport(
        edition=desk.edition,
        story=told.story,
        versions=versions,
        whole=True,
        report=read_side_by_side(
            articles, created=desk.created, owners=desk.options.owners, hints=desk.hints
        ),
        checkpoint=Checkpoint(),
    )
