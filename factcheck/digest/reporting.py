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
    `reading` is there where articles wait for their fact-check. `problem` says why.
    """

    story: int
    held: tuple[Held, ...]
    report: StoredReport | None = None
    before: StoredReport | None = None
    reading: StoredReport | None = None
    problem: str = ""

    @property
    def behind(self) -> frozenset[str]:
        """The articles, by their ids `a7`, that no fact-check covers."""
        covered = self.report.versions if self.report else ()
        return frozenset(h.article.id for h in self.held) - {*covered}

    @property
    def whole(self) -> bool:
        """Whether the fact-check covers all articles in all stages."""
        return not self.behind and self.report is not None and self.report.whole


async def tell(story: int, held: Sequence[Held], origin: int | None, desk: Desk) -> Told:
    """Report one story; `origin` is the story that it was split from, if it was.

    Raises nothing for a model that fails: that is a reading, and a line that says why.
    """
    with desk.engine.connect() as db:
        mine = editions.report_of(db, desk.edition, story, "model")
        before = editions.last_report(db, story, "model", desk.edition)
        parent = editions.last_report(db, origin, "model", desk.edition) if origin else None
    told = Told(story, tuple(held), report=mine or before, before=before)
    if told.whole:
        return told
    problem = "no model is set up"
    if desk.budget is not None:
        made, problem = await fact_check(told, parent, desk)
        told = replace(told, report=made or told.report)
    if told.behind:
        told = replace(told, reading=reading(told, desk))
    return replace(told, problem="" if told.whole else problem)


async def fact_check(
    told: Told, parent: StoredReport | None, desk: Desk
) -> tuple[StoredReport | None, str]:
    """A fact-check that goes on from the last, kept, or None; and what went wrong, if anything."""
    if desk.budget is None:
        return None, ""
    basis = told.report or parent
    articles = [one.article for one in told.held]
    model = Model(
        desk.settings.model, cache=desk.answers, refuse=desk.budget.refuse, gate=desk.gate
    )
    desk.budget.doors.append(model)
    try:
        async with model:
            checked = await check_on(
                articles,
                model,
                basis.checkpoint if basis else Checkpoint(),
                replaced=edits(told, basis, desk),
                options=desk.options,
                created=desk.created,
            )
    except ModelError as error:
        if isinstance(error, (*HOPELESS, UnreachableError)):
            desk.budget.closed = desk.budget.closed or error.message
        return None, error.message
    problem = trouble(checked.report)
    covered = {reading.article for reading in checked.checkpoint.readings}
    no_further = told.report is not None and covered <= {*told.report.versions}
    if not_merged(checked.report.manifest.notes) or (problem and no_further):
        return None, problem
    stored = keep(signed(checked.report, model, desk.created), checked.checkpoint, told, desk)
    return stored, problem


def keep(report: Report, checkpoint: Checkpoint, told: Told, desk: Desk) -> StoredReport:
    """Give the findings their lasting numbers, and keep the report."""
    with desk.engine.begin() as db:
        last = editions.last_finding(db, told.story)
        earlier = told.before.report if told.before else None
        stored = StoredReport(
            edition=desk.edition,
            story=told.story,
            versions=tuple(reading.article for reading in checkpoint.readings),
            whole=not degraded(report),
            report=numbered(report, earlier if isinstance(earlier, Report) else None, last),
            checkpoint=checkpoint,
        )
        editions.keep_report(db, stored)
    return stored


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
    with desk.engine.begin() as db:
        known = editions.report_of(db, desk.edition, told.story, "reading")
        known = known or editions.last_report(db, told.story, "reading", desk.edition)
        if known and known.versions == versions:
            return known
        stored = StoredReport(
            edition=desk.edition,
            story=told.story,
            versions=versions,
            whole=True,
            report=read_side_by_side(
                articles,
                created=desk.created,
                owners=desk.options.owners,
                hints=desk.hints,
            ),
            checkpoint=Checkpoint(),
        )
        editions.keep_report(db, stored)
    return stored
