"""Put a report together: what is left out and why, what was judged, and the rest of its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from factcheck.boundary import exclude_failed, leave_out_failing
from factcheck.errors import BudgetReachedError, FactcheckError, ModelError, NoArticlesError
from factcheck.judge import Judgement, judge
from factcheck.language.copies import near_copies
from factcheck.language.visible import shorten
from factcheck.models import (
    Article,
    ArticleWarning,
    Comparison,
    Excluded,
    Extraction,
    Manifest,
    Remark,
    Report,
)
from factcheck.pipeline.rank import rank_page

UNDONE = frozenset({"model-failed", "limit-reached"})
"""Reasons for which an article is left out that another run may read."""


@dataclass(frozen=True)
class Material:
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
            copies=near_copies({article.id: article.text for article in self.articles}),
            owners=self.owners,
        )
        return to_report(judgement, self, comparison)

    def only(self, places: Sequence[int]) -> Material:
        """The material with the articles at these places alone."""
        return replace(
            self,
            articles=tuple(self.articles[i] for i in places),
            extractions=tuple(self.extractions[i] for i in places),
        )


def judge_all(material: Material, comparison: Comparison) -> tuple[Material, Report]:
    """The material and its report without the articles that judging fails on: these are named."""
    report, failing = leave_out_failing(
        range(len(material.articles)), lambda places: material.only(places).judge(comparison)
    )
    out = {
        place: exclude_failed(material.articles[place].source, error, "judging")
        for place, error in failing
    }
    left = material.only([i for i in range(len(material.articles)) if i not in out])
    left = replace(left, excluded=(*material.excluded, *out.values()))
    return left, report.model_copy(update={"excluded": left.excluded})


def to_report(judgement: Judgement, material: Material, comparison: Comparison) -> Report:
    """Put the report together."""
    identity = judgement.identity
    articles = tuple(
        warn_of_planted(identity.outlets.articles[e.article], e) for e in material.extractions
    )
    left = (item for extraction in material.extractions for item in extraction.not_assessed)
    return Report(
        title=comparison.event or next((a.title for a in articles if a.title), "One event"),
        articles=articles,
        excluded=material.excluded,
        groups=identity.outlets.groups,
        sources=identity.sources,
        claims=tuple(claim for extraction in material.extractions for claim in extraction.claims),
        skipped=tuple(skip for extraction in material.extractions for skip in extraction.skipped),
        findings=judgement.findings,
        issues=judgement.issues,
        not_assessed=(*left, *comparison.not_assessed, *judgement.not_assessed),
        manifest=material.manifest,
    )


def warn_of_planted(article: Article, extraction: Extraction) -> Article:
    """The article with a warning for each sentence that its extraction called planted."""
    warnings = (
        ArticleWarning(kind="planted-text", text=article.sentence(n).text, place=f"sentence {n}")
        for n in extraction.planted
    )
    return article.model_copy(update={"warnings": (*article.warnings, *warnings)})


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


def exclude_unread(article: Article, error: BaseException) -> Excluded:
    """An article that is left out because it could not be extracted."""
    if isinstance(error, BudgetReachedError):
        return Excluded(source=article.source, reason="limit-reached")
    if isinstance(error, ModelError):
        return Excluded(source=article.source, reason="model-failed", detail=error.message)
    return exclude_failed(article.source, error, "extracting")


def is_degraded(report: Report) -> bool:
    """Whether a report lacks an article or the comparison because a call failed."""
    several = len(report.articles) > 1
    failed = any(item.reason in UNDONE for item in report.excluded)
    return failed or (several and not report.manifest.compared)


def without_editor(report: Report, error: BaseException) -> Report:
    """The report with its first page by rank, and why; a limit is told by whoever set it."""
    ranked = report.model_copy(update={"first_page": rank_page(report)})
    if isinstance(error, BudgetReachedError):
        return ranked
    text = f"The first page is ordered by rank, since its call failed: {shorten(str(error))}"
    notes = (*report.manifest.notes, Remark(code="edit-failed", text=text))
    return with_manifest(ranked, notes=notes)


def with_manifest(report: Report, **changes: object) -> Report:
    """The report with some fields of its manifest changed."""
    manifest = report.manifest.model_copy(update=changes)
    return report.model_copy(update={"manifest": manifest})
