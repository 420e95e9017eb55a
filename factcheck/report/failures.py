"""Keep a failure of the renderer with the article, finding or question that it fails on.

Such a part stays in its place, and what was written there by others is replaced by a line.
The JSON, which is not rendered, holds it all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from pydantic import BaseModel

from factcheck.boundary import leave_out_failing, log_failure
from factcheck.models import Article, Finding, FirstPage, Issue, Report
from factcheck.sidebyside.models import SideBySide

HIDDEN = "[This could not be shown; the JSON holds it.]"
FIRST_PAGE = "the first page"
SETS = ("clusters", "comparisons", "denials", "singles", "quoted", "strangers")


def write_guarded(
    report: Report | SideBySide, write: Callable[[Report | SideBySide], str], doing: str
) -> str:
    """What `write` makes of a report, with the parts that it fails on hidden and logged.

    Raises what `write` raises where no part is to blame.
    """
    text, failing = leave_out_failing(
        [*_parts(report)], lambda kept: write(_with_only(report, {*kept}))
    )
    for part, error in failing:
        log_failure(error, f"{doing}: {part}")
    return text


def _parts(report: Report | SideBySide) -> Iterator[str]:
    """The ids of all parts that can be hidden."""
    yield from (one.id for one in report.articles)
    if isinstance(report, Report):
        yield FIRST_PAGE
        for some in (report.findings, report.issues, report.sources):
            yield from (one.id for one in some)


def _with_only(report: Report | SideBySide, kept: Collection[str]) -> Report | SideBySide:
    """The report with all other parts hidden; itself where none is."""
    out = {*_parts(report)} - {*kept}
    if not out:
        return report
    articles = tuple(_hidden_article(a) if a.id in out else a for a in report.articles)
    if isinstance(report, SideBySide):
        sets = {
            name: tuple(one for one in getattr(report, name) if not out & {*_articles_of(one)})
            for name in SETS
        }
        return report.model_copy(update={"articles": articles, **sets})
    claims = (
        c.model_copy(update={"text": HIDDEN}) if c.article in out else c for c in report.claims
    )
    sources = (s.model_copy(update={"name": HIDDEN}) if s.id in out else s for s in report.sources)
    return report.model_copy(
        update={
            "articles": articles,
            "claims": tuple(claims),
            "findings": tuple(_hidden_finding(one, out) for one in report.findings),
            "issues": tuple(_hidden_issue(one) if one.id in out else one for one in report.issues),
            "sources": tuple(sources),
            "first_page": FirstPage() if FIRST_PAGE in out else report.first_page,
        }
    )


def _hidden_article(article: Article) -> Article:
    sentences = (
        s.model_copy(update={"text": HIDDEN, "section": "", "moment": ""})
        for s in article.sentences
    )
    nothing = dict.fromkeys(("outlet", "title", "byline", "url", "agency"), "")
    empty = {"sentences": tuple(sentences), "dropped": (), "warnings": ()}
    return article.model_copy(update={**nothing, **empty})


def _hidden_finding(finding: Finding, out: Collection[str]) -> Finding:
    """The finding with the words of hidden articles hidden, and its own if it is."""
    whole = finding.id in out
    nothing = {"name": "", "function": "", "asof": "", "text": HIDDEN, "flags": ()}
    voices = tuple(
        v.model_copy(update={**nothing, "quotes": (HIDDEN,) * len(v.quotes)})
        if whole or v.article in out
        else v
        for v in finding.voices
    )
    own = {"text": HIDDEN, "settle": ""} if whole else {}
    return finding.model_copy(update={**own, "voices": voices})


def _hidden_issue(issue: Issue) -> Issue:
    positions = tuple(p.model_copy(update={"label": HIDDEN, "asof": ""}) for p in issue.positions)
    return issue.model_copy(update={"question": HIDDEN, "positions": positions, "notes": ()})


def _articles_of(value: Any) -> Iterator[str]:
    """The ids of the articles that a part of a reading speaks of."""
    if isinstance(value, BaseModel):
        for name, inner in value:
            if name == "article":
                yield inner
            else:
                yield from _articles_of(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _articles_of(inner)
