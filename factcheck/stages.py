"""The stages over all articles: every one at the same time, and a call that failed as a value.

In: articles and what they said so far. Out: readings, the alignment, answers, and what could
not be had. `check.py` puts them in order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from factcheck.crosscheck import Crosschecked, crosscheck
from factcheck.errors import AuthenticationError, ModelError, ModelNotFoundError, NoKeyError
from factcheck.extract import extract
from factcheck.llm import Door
from factcheck.merge import merge
from factcheck.models import (
    Article,
    Asked,
    Checkpoint,
    Draft,
    Excluded,
    Merged,
    NotAssessed,
    Question,
    Reading,
)
from factcheck.onward import aligned

T = TypeVar("T")
FAILED = "the call failed"
NOT_MERGED = "The articles were not compared, the merge failed"
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
        return earlier.merged, [f"{NOT_MERGED}: {result.message}"]
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
