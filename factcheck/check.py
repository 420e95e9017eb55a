"""The whole flow on one page: articles in, `Report` out.

    read ─▶ extract ─▶ merge ─▶ crosscheck ─▶ judge ─▶ Report

`2n + 1` calls to the model for n articles, those of a stage at the same time. An
article whose calls fail in the end is reported as such, and the report is made of
the rest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Protocol, TypeVar

from factcheck import __version__, prompts
from factcheck.crosscheck import Crosschecked, crosscheck
from factcheck.errors import (
    AuthenticationError,
    ModelError,
    ModelNotFoundError,
    NoArticlesError,
    NoKeyError,
)
from factcheck.extract import extract
from factcheck.judge import judge
from factcheck.llm import Door
from factcheck.merge import drafts, merge
from factcheck.models import (
    Article,
    Asked,
    Checkpoint,
    Draft,
    Excluded,
    Manifest,
    Merged,
    NotAssessed,
    Question,
    Reading,
    Report,
)
from factcheck.onward import (
    aligned,
    all_asked,
    asked_of,
    echoes_for,
    onward,
    rebased,
    to_drafts,
)
from factcheck.sources import identify

T = TypeVar("T")
FAILED = "the call failed"
HOPELESS = (AuthenticationError, ModelNotFoundError, NoKeyError)


class Progress(Protocol):
    """What the flow tells while it runs; the command shows it, the library is silent."""

    def start(self, stage: str, total: int) -> None:
        """A stage begins, with so many steps."""

    def advance(self, stage: str) -> None:
        """One step is done."""


class Silent:
    """Progress that nobody watches."""

    def start(self, stage: str, total: int) -> None:
        """Nothing."""

    def advance(self, stage: str) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Options:
    """How much goes into a call, and which outlets have one owner."""

    window: int = 120  # sentences of one article in a call
    batch: int = 400  # claims in a merge call
    ask: int = 60  # findings in a crosscheck call
    owners: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Work:
    """What every stage of a run needs: whom to ask, how much at once, whom to tell."""

    door: Door
    options: Options
    progress: Progress


@dataclass(frozen=True)
class Checked:
    """A report, and the checkpoint from which a later run goes on."""

    report: Report
    checkpoint: Checkpoint


async def check(
    articles: Sequence[Article],
    door: Door,
    *,
    excluded: Sequence[Excluded] = (),
    options: Options | None = None,
    progress: Progress | None = None,
    created: datetime,
) -> Report:
    """Compare articles about one event.

    `created` is the time that the report carries; who runs the model adds its name
    and price to the manifest. Raises `NoArticlesError` if there
    is no article, and the `ModelError` of the first article if none could be read.
    """
    checked = await check_on(
        articles,
        door,
        Checkpoint(),
        excluded=excluded,
        options=options,
        progress=progress,
        created=created,
    )
    return checked.report


async def check_on(  # noqa: PLR0913 (all but three have defaults)
    articles: Sequence[Article],
    door: Door,
    earlier: Checkpoint,
    *,
    replaced: Mapping[str, Article] = MappingProxyType({}),
    excluded: Sequence[Excluded] = (),
    options: Options | None = None,
    progress: Progress | None = None,
    created: datetime,
) -> Checked:
    """Compare articles, going on from what an earlier run found about the same event.

    Articles are known by id; `replaced` leads from the id of an edit to the article that
    it replaces. The model is asked about what is new alone. Raises like `check`.
    """
    work = Work(door, options or Options(), progress or Silent())
    if not articles:
        raise NoArticlesError(
            "There is no article to compare.", "Give files or folders of .txt, .md or .html."
        )
    readings, failed = await extract_all(articles, work, earlier.readings)
    articles = [article for article in articles if article.id in readings]
    readings, names = with_edits(articles, readings, replaced, earlier.readings)
    earlier = onward(earlier, readings, names)
    merged, notes = await merge_all(articles, list(readings.values()), work, earlier)

    strays = other_events(articles, readings, merged)
    articles = [article for article in articles if article.id not in strays]
    kept = [readings[article.id] for article in articles]
    claims = [claim for reading in kept for claim in reading.claims]

    found = drafts(claims, merged)
    now = to_drafts(earlier, found)
    before = asked_of(earlier, now)
    answers = await crosscheck_all(articles, kept, found, merged.questions, work, before)
    echoes = [*echoes_for(earlier, now, found), *(e for answer in answers for e in answer.echoes)]
    refused = (*earlier.refused, *(item for answer in answers for item in answer.refused))
    sources = identify(articles, kept, merged, work.options.owners)
    findings, issues = judge(kept, merged, found, echoes, sources)
    left = [item for reading in kept for item in reading.not_assessed]
    report = Report(
        title=merged.event or next((a.title for a in articles if a.title), "One event"),
        articles=tuple(articles),
        excluded=(*excluded, *failed, *strays.values()),
        groups=sources.groups,
        sources=sources.sources,
        claims=tuple(claims),
        skipped=tuple(skip for reading in kept for skip in reading.skipped),
        findings=findings,
        issues=issues,
        not_assessed=(*left, *merged.not_assessed, *refused),
        manifest=Manifest(
            factcheck=__version__,
            engine="model",
            created=created,
            prompts=prompts.hashes(),
            use=door.use(),
            notes=tuple(notes),
        ),
    )
    checkpoint = Checkpoint(
        readings=tuple(readings.values()),
        merged=merged,
        drafts=tuple(found),
        echoes=tuple(echoes),
        asked=all_asked(before, [answer.asked for answer in answers]),
        refused=tuple(item for item in refused if not item.reason.startswith(FAILED)),
    )
    return Checked(report, checkpoint)


async def extract_all(
    articles: Sequence[Article], work: Work, known: Sequence[Reading]
) -> tuple[dict[str, Reading], list[Excluded]]:
    """Read the articles not known yet, at the same time; those that failed are excluded."""
    readings = {reading.article: reading for reading in known}
    new = [article for article in articles if article.id not in readings]
    work.progress.start("extract", len(new))

    async def one(article: Article) -> Reading | ModelError:
        result = await attempt(extract(article, work.door, window=work.options.window))
        work.progress.advance("extract")
        return result

    results = await asyncio.gather(*map(one, new))
    errors = [result for result in results if isinstance(result, ModelError)]
    if len(errors) == len(articles):
        raise errors[0]
    readings |= {result.article: result for result in results if isinstance(result, Reading)}
    failed = [
        Excluded(source=article.source, reason="model failed", detail=result.message)
        for article, result in zip(new, results, strict=True)
        if isinstance(result, ModelError)
    ]
    return {a.id: readings[a.id] for a in articles if a.id in readings}, failed


def with_edits(
    articles: Sequence[Article],
    readings: Mapping[str, Reading],
    replaced: Mapping[str, Article],
    known: Sequence[Reading],
) -> tuple[dict[str, Reading], dict[str, str]]:
    """The readings, those of edits in the light of the text before; and the new names of ids."""
    old = {reading.article: reading for reading in known}
    found = dict(readings)
    names: dict[str, str] = {}
    for article in articles:
        before = replaced.get(article.id)
        if before is not None and before.id in old and article.id not in old:
            result = rebased(old[before.id], before, readings[article.id], article)
            found[article.id] = result.reading
            names |= result.names
    return found, names


async def merge_all(
    articles: Sequence[Article],
    readings: Sequence[Reading],
    work: Work,
    earlier: Checkpoint,
) -> tuple[Merged, list[str]]:
    """Align the claims; without an answer every new claim stands alone, and a note says so."""
    if len(readings) < 2:
        return Merged(), ["Only one article could be read: there is nothing to compare it with."]
    work.progress.start("merge", 1)
    result = await attempt(
        merge(
            articles,
            readings,
            work.door,
            batch=work.options.batch,
            earlier=earlier.merged,
            aligned=aligned(earlier),
        )
    )
    work.progress.advance("merge")
    if isinstance(result, ModelError):
        return earlier.merged, [
            f"The articles were not compared, the merge failed: {result.message}"
        ]
    return result, []


async def crosscheck_all(
    articles: Sequence[Article],
    readings: Sequence[Reading],
    found: Sequence[Draft],
    questions: Sequence[Question],
    work: Work,
    before: Mapping[str, frozenset[str]],
) -> list[Crosschecked]:
    """Ask every article about what it did not raise; a failed call is listed, not hidden."""
    if len(articles) < 2:
        return []
    work.progress.start("crosscheck", len(articles))

    async def one(article: Article, reading: Reading) -> Crosschecked:
        result = await attempt(
            crosscheck(
                article,
                reading,
                found,
                work.door,
                questions=questions,
                done=before.get(article.id, frozenset()),
                ask=work.options.ask,
                window=work.options.window,
            )
        )
        work.progress.advance("crosscheck")
        return not_crosschecked(article, result) if isinstance(result, ModelError) else result

    return await asyncio.gather(*map(one, articles, readings))


def not_crosschecked(article: Article, error: ModelError) -> Crosschecked:
    """Nothing asked, with the remark that an article was not asked about the findings of others."""
    remark = NotAssessed(
        stage="crosscheck",
        article=article.id,
        text="The article was not asked about the findings of the others.",
        reason=f"{FAILED}: {error.message}",
    )
    return Crosschecked(asked=Asked(article=article.id, drafts=()), refused=(remark,))


async def attempt(work: Awaitable[T]) -> T | ModelError:
    """The result, or the error of a call that failed in the end; a hopeless one is raised."""
    try:
        return await work
    except HOPELESS:
        raise
    except ModelError as error:
        return error


def other_events(
    articles: Sequence[Article], readings: Mapping[str, Reading], merged: Merged
) -> dict[str, Excluded]:
    """Articles about something else: the model says so and they share no finding with others."""
    homes = {claim: n for n, group in enumerate(merged.groups) for claim in group.same}

    def groups(article: str) -> set[int]:
        return {homes[claim.id] for claim in readings[article].claims if claim.id in homes}

    strays = {}
    for article in articles:
        others = {g for other in articles if other.id != article.id for g in groups(other.id)}
        if article.id in merged.other_event and not groups(article.id) & others:
            strays[article.id] = Excluded(
                source=article.source,
                reason="other event",
                detail="it shares no finding with the other articles",
            )
    return strays if len(strays) < len(articles) - 1 else {}


def degraded(report: Report) -> bool:
    """Whether a report lacks an article or a stage because calls failed."""
    failed = any(item.reason == "model failed" for item in report.excluded)
    stage = any(item.reason.startswith(FAILED) for item in report.not_assessed)
    return failed or stage or any("merge failed" in note for note in report.manifest.notes)
