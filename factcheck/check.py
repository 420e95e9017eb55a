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
from typing import Protocol, TypeVar

from factcheck import __version__, prompts
from factcheck.crosscheck import crosscheck
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
    Draft,
    Echo,
    Excluded,
    Manifest,
    Merged,
    NotAssessed,
    Question,
    Reading,
    Report,
)
from factcheck.sources import identify

T = TypeVar("T")
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
    options = options or Options()
    progress = progress or Silent()
    if not articles:
        raise NoArticlesError(
            "There is no article to compare.", "Give files or folders of .txt, .md or .html."
        )
    readings, failed = await extract_all(articles, door, options, progress)
    articles = [article for article in articles if article.id in readings]
    merged, notes = await merge_all(articles, list(readings.values()), door, options, progress)

    strays = other_events(articles, readings, merged)
    articles = [article for article in articles if article.id not in strays]
    kept = [readings[article.id] for article in articles]
    claims = [claim for reading in kept for claim in reading.claims]

    found = drafts(claims, merged)
    echoes, refused = await crosscheck_all(
        articles, kept, found, merged.questions, door, options, progress
    )
    sources = identify(articles, kept, merged, options.owners)
    findings, issues = judge(kept, merged, found, echoes, sources)
    left = [item for reading in kept for item in reading.not_assessed]
    return Report(
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


async def extract_all(
    articles: Sequence[Article], door: Door, options: Options, progress: Progress
) -> tuple[dict[str, Reading], list[Excluded]]:
    """Read all articles at the same time; those that failed are excluded, and why."""
    progress.start("extract", len(articles))

    async def one(article: Article) -> Reading | ModelError:
        result = await attempt(extract(article, door, window=options.window))
        progress.advance("extract")
        return result

    results = await asyncio.gather(*map(one, articles))
    errors = [result for result in results if isinstance(result, ModelError)]
    if len(errors) == len(results):
        raise errors[0]
    readings = {result.article: result for result in results if isinstance(result, Reading)}
    failed = [
        Excluded(source=article.source, reason="model failed", detail=result.message)
        for article, result in zip(articles, results, strict=True)
        if isinstance(result, ModelError)
    ]
    return readings, failed


async def merge_all(
    articles: Sequence[Article],
    readings: Sequence[Reading],
    door: Door,
    options: Options,
    progress: Progress,
) -> tuple[Merged, list[str]]:
    """Align the claims; without an answer every claim stands alone, and a note says so."""
    if len(readings) < 2:
        return Merged(), ["Only one article could be read: there is nothing to compare it with."]
    progress.start("merge", 1)
    result = await attempt(merge(articles, readings, door, batch=options.batch))
    progress.advance("merge")
    if isinstance(result, ModelError):
        return Merged(), [f"The articles were not compared, the merge failed: {result.message}"]
    return result, []


async def crosscheck_all(
    articles: Sequence[Article],
    readings: Sequence[Reading],
    found: Sequence[Draft],
    questions: Sequence[Question],
    door: Door,
    options: Options,
    progress: Progress,
) -> tuple[list[Echo], list[NotAssessed]]:
    """Ask every article about what it did not raise; a failed call is listed, not hidden."""
    if len(articles) < 2:
        return [], []
    progress.start("crosscheck", len(articles))

    async def one(article: Article, reading: Reading) -> tuple[list[Echo], list[NotAssessed]]:
        result = await attempt(
            crosscheck(
                article,
                reading,
                found,
                door,
                questions=questions,
                ask=options.ask,
                window=options.window,
            )
        )
        progress.advance("crosscheck")
        return (
            ([], [not_crosschecked(article, result)]) if isinstance(result, ModelError) else result
        )

    results = await asyncio.gather(*map(one, articles, readings))
    return [e for echoes, _ in results for e in echoes], [n for _, left in results for n in left]


def not_crosschecked(article: Article, error: ModelError) -> NotAssessed:
    """The remark that an article was not asked about the findings of the others."""
    return NotAssessed(
        stage="crosscheck",
        article=article.id,
        text="The article was not asked about the findings of the others.",
        reason=f"the call failed: {error.message}",
    )


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
    stage = any(item.reason.startswith("the call failed") for item in report.not_assessed)
    return failed or stage or any("merge failed" in note for note in report.manifest.notes)
