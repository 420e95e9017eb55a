"""The whole flow on one page: articles in, a report out.

    articles ─▶ extract ─▶ compare ─▶ judge ─▶ edit ─▶ report

`n + 2` calls to the model for n articles: one an article, at the same time, one that
compares them all, and one that orders the first page. An article that cannot be read is
left out with the reason; if the comparison fails, every claim stands alone and the report
says so; if the last call fails, the first page is made by rank.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from factcheck import __version__
from factcheck.boundary import is_failure, log_failure
from factcheck.errors import (
    AuthenticationError,
    BudgetReachedError,
    ModelError,
    ModelNotFoundError,
    NoArticlesError,
    NoKeyError,
)
from factcheck.llm import prompts
from factcheck.llm.client import ModelClient
from factcheck.models import (
    Article,
    Checkpoint,
    Comparison,
    Excluded,
    Extraction,
    Manifest,
    Remark,
    Report,
)
from factcheck.pipeline.assemble import (
    Material,
    describe_unread,
    exclude_unread,
    find_other_events,
    find_successors,
    judge_all,
    with_manifest,
    without_editor,
)
from factcheck.pipeline.compare import compare
from factcheck.pipeline.compared import unite_groups
from factcheck.pipeline.edit import edit, refit_page, renumber_page
from factcheck.pipeline.extract import extract
from factcheck.pipeline.logs import log_comparison, log_extraction, log_first_page, log_left_out
from factcheck.pipeline.progress import Steps
from factcheck.pipeline.rank import rank_page
from factcheck.settings.loader import Settings
from factcheck.tracing import span

T = TypeVar("T")
HOPELESS = (AuthenticationError, ModelNotFoundError, NoKeyError)
"""Errors that every call meets, if none has been answered; else they are of that one call."""


@dataclass(frozen=True)
class Checked:
    """A report, and the checkpoint that spares a later run the extractions."""

    report: Report
    checkpoint: Checkpoint


async def check(  # noqa: PLR0913 (all but three have defaults)
    articles: Sequence[Article],
    client: ModelClient,
    *,
    known: Checkpoint | None = None,
    replaced: Mapping[str, Article] = MappingProxyType({}),
    excluded: Sequence[Excluded] = (),
    settings: Settings | None = None,
    progress: Steps | None = None,
    created: datetime,
) -> Checked:
    """Compare articles about one event.

    `known` holds extractions of an earlier run, by article id, which are not asked for
    again; `replaced` leads from the id of an edited article to its text before, which
    stands in if the edit cannot be read. `created` is the time that the report carries.
    Raises `NoArticlesError` if there is no article, and a `ModelError` if none could be read.
    """
    if not articles:
        raise NoArticlesError(
            "There is no article to compare.", "Give files or folders of .txt, .md or .html."
        )
    settings, progress = settings or Settings(), progress or Steps()
    extractions = {e.article: e for e in (known or Checkpoint()).extractions}
    with span("extract", articles=len(articles)):
        failed = await extract_all(articles, extractions, client, settings, progress)
    articles = keep_readable(articles, replaced, extractions)
    read = [extractions[article.id] for article in articles]
    for extraction in read:
        log_extraction(extraction)
    with span("compare", articles=len(articles)):
        comparison, lack = await compare_all(articles, read, client, settings, progress)
    log_comparison(comparison)
    strays = find_other_events(articles, read, comparison)
    log_left_out([*excluded, *failed, *strays.values()])
    kept = [(a, e) for a, e in zip(articles, read, strict=True) if a.id not in strays]
    material = Material(
        articles=tuple(article for article, _ in kept),
        extractions=tuple(extraction for _, extraction in kept),
        excluded=(*excluded, *failed, *strays.values()),
        owners=settings.outlets.owners,
        manifest=Manifest(
            factcheck=__version__,
            engine="model",
            created=created,
            prompts=prompts.hashes(),
            notes=() if lack is None else (lack,),
            compared=lack is None,
        ),
    )
    with span("edit", articles=len(kept)):
        report = await edit_all(material, comparison, client, progress)
    log_first_page(report.first_page)
    report = with_manifest(report, use=client.use())
    return Checked(report, Checkpoint(extractions=tuple(read)))


async def extract_all(
    articles: Sequence[Article],
    extractions: dict[str, Extraction],
    client: ModelClient,
    settings: Settings,
    progress: Steps,
) -> list[Excluded]:
    """Add the extractions of articles not known yet; those that failed are returned."""
    new = [article for article in articles if article.id not in extractions]
    progress.start("extract", len(new))

    async def one(article: Article) -> Extraction | BaseException:
        result = await attempt(extract(article, client, window=settings.extract.window))
        progress.advance("extract")
        return result

    errors: list[BaseException] = []
    left: list[Excluded] = []
    for article, result in zip(new, await asyncio.gather(*map(one, new)), strict=True):
        if isinstance(result, Extraction):
            extractions[article.id] = result
        else:
            errors.append(result)
            left.append(exclude_unread(article, result))
    hopeless = [error for error in errors if isinstance(error, HOPELESS)]
    if hopeless and len(left) == len(new):
        raise hopeless[0]
    if len(left) == len(articles):
        raise describe_unread(left, errors)
    return left


def keep_readable(
    articles: Sequence[Article],
    replaced: Mapping[str, Article],
    extractions: Mapping[str, Extraction],
) -> list[Article]:
    """The articles that have an extraction, an edit that has none as it was before."""
    now = (a if a.id in extractions else replaced.get(a.id, a) for a in articles)
    return [article for article in now if article.id in extractions]


async def compare_all(
    articles: Sequence[Article],
    extractions: Sequence[Extraction],
    client: ModelClient,
    settings: Settings,
    progress: Steps,
) -> tuple[Comparison, Remark | None]:
    """The comparison; where there can be none an empty one, and why."""
    if len(articles) < 2:
        text = "Only one article could be read: there is nothing to compare it with."
        return Comparison(), Remark(code="one-article", text=text)
    progress.start("compare", 1)
    result = await attempt_unless_hopeless(
        compare(articles, extractions, client, settings.compare), client
    )
    progress.advance("compare")
    if isinstance(result, BaseException):
        why = result.message if isinstance(result, ModelError) else log_failure(result, "comparing")
        failed = "" if isinstance(result, BudgetReachedError) else ", the call failed"
        text = f"The articles were not compared{failed}: {why}"
        return Comparison(), Remark(code="not-compared", text=text)
    return result, None


async def edit_all(
    material: Material, comparison: Comparison, client: ModelClient, progress: Steps
) -> Report:
    """The report with its first page: by a model, which also notices twins, else by rank.

    Twins are united and judged again.
    """
    material, report = judge_all(material, comparison)
    if not report.manifest.compared:
        return report.model_copy(update={"first_page": rank_page(report)})
    progress.start("edit", 1)
    result = await attempt_unless_hopeless(edit(report, client), client)
    progress.advance("edit")
    if isinstance(result, BaseException):
        if is_failure(result):
            log_failure(result, "ordering the first page")
        return without_editor(report, result)
    if not result.twins:
        return report.model_copy(update={"first_page": result.page})
    claims = {finding.id: finding.claims for finding in report.findings}
    twins = [[claims[i] for i in these] for these in result.twins]
    _, united = judge_all(material, unite_groups(comparison, twins))
    page = renumber_page(result.page, find_successors(report, united))
    return united.model_copy(update={"first_page": refit_page(page, united)})


async def attempt(work: Awaitable[T]) -> T | BaseException:
    """The result, or the error of a call or of the code around it; that no key is set is raised."""
    try:
        return await work
    except BaseException as error:
        met_once = isinstance(error, ModelError) and not isinstance(error, NoKeyError)
        if not (met_once or is_failure(error)):
            raise
        return error


async def attempt_unless_hopeless(work: Awaitable[T], client: ModelClient) -> T | BaseException:
    """The result, or its error; a hopeless one is raised if the model has answered nothing."""
    result = await attempt(work)
    answered = any(use.calls for use in client.use())
    if isinstance(result, HOPELESS) and not answered:
        raise result
    return result
