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
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from factcheck import __version__, prompts
from factcheck.boundary import is_failure, leave_out_failing, log_failure
from factcheck.errors import (
    AuthenticationError,
    BudgetReachedError,
    FactcheckError,
    ModelError,
    ModelNotFoundError,
    NoArticlesError,
    NoKeyError,
)
from factcheck.judge import Judgement, judge
from factcheck.language.copies import near_copies
from factcheck.language.visible import shorten
from factcheck.llm.client import ModelClient
from factcheck.models import (
    Article,
    ArticleWarning,
    Checkpoint,
    Comparison,
    Excluded,
    Extraction,
    Manifest,
    Remark,
    Report,
)
from factcheck.pipeline.compare import Limits, compare
from factcheck.pipeline.compared import unite_groups
from factcheck.pipeline.edit import edit, rank_page, refit_page, renumber_page
from factcheck.pipeline.extract import PLANTED, extract
from factcheck.pipeline.logs import log_comparison, log_extraction, log_first_page, log_left_out
from factcheck.pipeline.progress import Steps
from factcheck.tracing import span

T = TypeVar("T")
HOPELESS = (AuthenticationError, ModelNotFoundError, NoKeyError)
"""Errors that every later call would meet too."""
UNDONE = frozenset({"model-failed", "limit-reached"})
"""Reasons for which an article is left out that another run may read."""


@dataclass(frozen=True)
class Options:
    """How much goes into a call, and which outlets have one owner."""

    window: int = 120  # sentences of one article in a call
    limits: Limits = field(default_factory=Limits)
    owners: Mapping[str, Sequence[str]] = field(default_factory=dict)


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
    options: Options | None = None,
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
    options, progress = options or Options(), progress or Steps()
    extractions = {e.article: e for e in (known or Checkpoint()).extractions}
    with span("extract", articles=len(articles)):
        failed = await extract_all(articles, extractions, client, options, progress)
    articles = keep_readable(articles, replaced, extractions)
    read = [extractions[article.id] for article in articles]
    for extraction in read:
        log_extraction(extraction)
    with span("compare", articles=len(articles)):
        comparison, lack = await compare_all(articles, read, client, options, progress)
    log_comparison(comparison)
    strays = find_other_events(articles, read, comparison)
    log_left_out([*excluded, *failed, *strays.values()])
    kept = [(a, e) for a, e in zip(articles, read, strict=True) if a.id not in strays]
    case = Case(
        articles=tuple(article for article, _ in kept),
        extractions=tuple(extraction for _, extraction in kept),
        excluded=(*excluded, *failed, *strays.values()),
        owners=options.owners,
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
        report = await edit_all(case, comparison, client, progress)
    log_first_page(report.first_page)
    manifest = report.manifest.model_copy(update={"use": client.use()})
    report = report.model_copy(update={"manifest": manifest})
    return Checked(report, Checkpoint(extractions=tuple(read)))


@dataclass(frozen=True)
class Case:
    """All that a report is made of beside the comparison."""

    articles: tuple[Article, ...]
    extractions: tuple[Extraction, ...]
    excluded: tuple[Excluded, ...]
    owners: Mapping[str, Sequence[str]]
    manifest: Manifest

    def judge(self, comparison: Comparison) -> Report:
        """Judge a comparison, and put the report together."""
        judgement = judge(
            self.articles,
            self.extractions,
            comparison,
            copies=near_copies(
                {a.id: " ".join(s.text for s in a.sentences) for a in self.articles}
            ),
            owners=self.owners,
        )
        return to_report(judgement, self, comparison)

    def only(self, places: Sequence[int]) -> Case:
        """The case with the articles at these places alone."""
        return replace(
            self,
            articles=tuple(self.articles[i] for i in places),
            extractions=tuple(self.extractions[i] for i in places),
        )


def judge_all(case: Case, comparison: Comparison) -> tuple[Case, Report]:
    """The case and its report without the articles that judging fails on: these are named."""
    report, failing = leave_out_failing(
        range(len(case.articles)), lambda places: case.only(places).judge(comparison)
    )
    out = {
        place: exclude_failed(case.articles[place], error, "judging") for place, error in failing
    }
    left = case.only([i for i in range(len(case.articles)) if i not in out])
    left = replace(left, excluded=(*case.excluded, *out.values()))
    return left, report.model_copy(update={"excluded": left.excluded})


def exclude_failed(article: Article, error: BaseException, doing: str) -> Excluded:
    """An article that is left out because the program failed on it."""
    detail = log_failure(error, f"{doing} {article.source}")
    return Excluded(source=article.source, reason="failed", detail=detail)


async def extract_all(
    articles: Sequence[Article],
    extractions: dict[str, Extraction],
    client: ModelClient,
    options: Options,
    progress: Steps,
) -> list[Excluded]:
    """Add the extractions of articles not known yet; those that failed are returned."""
    new = [article for article in articles if article.id not in extractions]
    progress.start("extract", len(new))

    async def one(article: Article) -> Extraction | BaseException:
        result = await attempt(extract(article, client, window=options.window))
        progress.advance("extract")
        return result

    errors: list[BaseException] = []
    left: list[Excluded] = []
    for article, result in zip(new, await asyncio.gather(*map(one, new)), strict=True):
        if isinstance(result, Extraction):
            extractions[article.id] = result
        else:
            errors.append(result)
            left.append(unread(article, result))
    if len(left) == len(articles):
        raise describe_unread(left, errors)
    return left


def describe_unread(left: Sequence[Excluded], errors: Sequence[BaseException]) -> FactcheckError:
    """The error where no article could be read: of several how many, and the first reason."""
    reasons = zip(left, errors, strict=True)
    one, error = next(
        ((one, error) for one, error in reasons if isinstance(error, ModelError)),
        (left[0], NoArticlesError(left[0].detail, "Leave it out, or report it.")),
    )
    if len(left) == 1:
        return error
    said = f"none of the {len(left)} articles could be read; {one.source}: {error.message}"
    summary = type(error)(said, error.hint)
    summary.__cause__ = error
    return summary


def unread(article: Article, error: BaseException) -> Excluded:
    """An article that is left out because it could not be extracted."""
    if isinstance(error, BudgetReachedError):
        return Excluded(source=article.source, reason="limit-reached")
    if isinstance(error, ModelError):
        return Excluded(source=article.source, reason="model-failed", detail=error.message)
    return exclude_failed(article, error, "extracting")


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
    options: Options,
    progress: Steps,
) -> tuple[Comparison, Remark | None]:
    """The comparison; where there can be none an empty one, and why."""
    if len(articles) < 2:
        text = "Only one article could be read: there is nothing to compare it with."
        return Comparison(), Remark(code="one-article", text=text)
    progress.start("compare", 1)
    result = await attempt(compare(articles, extractions, client, options.limits))
    progress.advance("compare")
    if isinstance(result, BaseException):
        why = result.message if isinstance(result, ModelError) else log_failure(result, "comparing")
        text = f"The articles were not compared, the call failed: {why}"
        return Comparison(), Remark(code="not-compared", text=text)
    return result, None


async def edit_all(
    case: Case, comparison: Comparison, client: ModelClient, progress: Steps
) -> Report:
    """The report with its first page: by a model, which also notices twins, else by rank.

    Twins are united and judged again.
    """
    case, report = judge_all(case, comparison)
    if not report.manifest.compared:
        return report.model_copy(update={"first_page": rank_page(report)})
    progress.start("edit", 1)
    result = await attempt(edit(report, client))
    progress.advance("edit")
    if isinstance(result, BaseException):
        if is_failure(result):
            log_failure(result, "ordering the first page")
        return without_editor(report, result)
    if not result.twins:
        return report.model_copy(update={"first_page": result.page})
    claims = {finding.id: finding.claims for finding in report.findings}
    twins = [[claims[i] for i in these] for these in result.twins]
    case, united = judge_all(case, unite_groups(comparison, twins))
    page = renumber_page(result.page, find_successors(report, united))
    return united.model_copy(update={"first_page": refit_page(page, united)})


def without_editor(report: Report, error: BaseException) -> Report:
    """The report with its first page by rank, and why; a limit is told by whoever set it."""
    page = {"first_page": rank_page(report)}
    if isinstance(error, BudgetReachedError):
        return report.model_copy(update=page)
    text = f"The first page is ordered by rank, since its call failed: {shorten(str(error))}"
    notes = (*report.manifest.notes, Remark(code="edit-failed", text=text))
    manifest = report.manifest.model_copy(update={"notes": notes})
    return report.model_copy(update={**page, "manifest": manifest})


def find_successors(before: Report, after: Report) -> dict[str, str]:
    """The new id of each finding by its old one, when some findings were united.

    A finding is found again by its sentence and claims, else by the home of its first claim.
    """
    alike = {(f.text, f.claims): f.id for f in after.findings}
    home = {v.claim: f.id for f in after.findings for v in f.voices if v.relation == "same"}
    return {
        f.id: new
        for f in before.findings
        if (new := alike.get((f.text, f.claims)) or home.get(f.claims[0]))
    }


async def attempt(work: Awaitable[T]) -> T | BaseException:
    """The result, or the error of a call or of the code around it; a hopeless one is raised."""
    try:
        return await work
    except BaseException as error:
        met_once = isinstance(error, ModelError) and not isinstance(error, HOPELESS)
        if not (met_once or is_failure(error)):
            raise
        return error


def find_other_events(
    articles: Sequence[Article], extractions: Sequence[Extraction], comparison: Comparison
) -> dict[str, Excluded]:
    """Articles about something else: the comparison says so, and they share no finding."""
    article_of = {c.id: e.article for e in extractions for c in e.claims}
    together = [{article_of[i] for i in (*g.same, *g.more)} for g in comparison.groups]
    sharing = {article for these in together if len(these) > 1 for article in these}
    other = {placing.article for placing in comparison.placings if placing.other_event}
    strays = {
        article.id: Excluded(
            source=article.source,
            reason="other-event",
            detail="it shares no finding with the other articles",
            outlet=article.outlet,
        )
        for article in articles
        if article.id in other - sharing
    }
    return strays if len(strays) < len(articles) - 1 else {}


def to_report(judgement: Judgement, case: Case, comparison: Comparison) -> Report:
    """Put the report together."""
    identity = judgement.identity
    articles = tuple(
        warn_of_planted(identity.outlets.articles[e.article], e) for e in case.extractions
    )
    left = (item for extraction in case.extractions for item in extraction.not_assessed)
    return Report(
        title=comparison.event or next((a.title for a in articles if a.title), "One event"),
        articles=articles,
        excluded=case.excluded,
        groups=identity.outlets.groups,
        sources=identity.sources,
        claims=tuple(claim for extraction in case.extractions for claim in extraction.claims),
        skipped=tuple(skip for extraction in case.extractions for skip in extraction.skipped),
        findings=judgement.findings,
        issues=judgement.issues,
        not_assessed=(*left, *comparison.not_assessed, *judgement.not_assessed),
        manifest=case.manifest,
    )


def warn_of_planted(article: Article, extraction: Extraction) -> Article:
    """The article with a warning for each sentence that its extraction called planted."""
    planted = (n for s in extraction.skipped if s.reason == PLANTED for n in s.sentences)
    warnings = (
        ArticleWarning(kind="planted-text", text=article.sentence(n).text, place=f"sentence {n}")
        for n in planted
    )
    return article.model_copy(update={"warnings": (*article.warnings, *warnings)})


def is_degraded(report: Report) -> bool:
    """Whether a report lacks an article or the comparison because a call failed."""
    several = len(report.articles) > 1
    failed = any(item.reason in UNDONE for item in report.excluded)
    return failed or (several and not report.manifest.compared)
