"""What may stand on the first page, and the page by rank, which takes no model."""

from __future__ import annotations

from collections.abc import Collection

from factcheck.models import (
    Article,
    Call,
    Caution,
    Finding,
    FirstPage,
    Issue,
    Pick,
    Report,
    Verdict,
)

SOLID: frozenset[Verdict] = frozenset({"verified", "as-said"})
ALONE: frozenset[Verdict] = frozenset({"single-source"})
MOST = {
    "changed": 8, "solid": 14, "contested": 6, "alone": 14, "notes": 14, "careful": 8, "calls": 8
}  # fmt: skip
"""Entries of a section that are kept."""


def rank_page(report: Report) -> FirstPage:
    """The first page by rank, without a model: what most independent outlets carry first."""
    ranked = sorted(report.findings, key=rank)
    contested = [issue for issue in report.issues if is_contested(issue)]
    disputed = find_disputed(report)
    slips = [issue for issue in report.issues if issue.kind == "slip"]

    def first(fitting: Collection[str], most: int) -> tuple[str, ...]:
        main = (f.id for f in ranked if f.core and not f.parent and f.id not in disputed)
        return tuple([i for i in main if i in fitting][:most])

    return FirstPage(
        made_by="rank",
        changed=tuple(i.id for i in report.issues if i.kind == "change")[: MOST["changed"]],
        solid=first(find_solid(report), MOST["solid"]),
        contested=tuple(map(pick_first, contested[: MOST["contested"]])),
        alone=first(find_alone(report), MOST["alone"]),
        careful=tuple(Caution(ids=(issue.id,)) for issue in slips[: MOST["careful"]]),
        calls=tuple(
            Call(who=list_origins(issue), ask=issue.question, ids=(issue.id,))
            for issue in contested[: MOST["calls"]]
        ),
    )


def find_solid(report: Report) -> set[str]:
    """The findings that may stand as solid: that many report a view makes it no fact."""
    return {f.id for f in report.findings if f.verdict in SOLID and f.kind != "view"}


def find_alone(report: Report) -> set[str]:
    """The findings that rest on one origin."""
    return {f.id for f in report.findings if f.verdict in ALONE}


def list_later(report: Report) -> dict[str, str]:
    """By id the findings that no article of the first day tells, with the day that first did."""
    days = {a.id: a.published.date() for a in report.articles if a.published}
    first = min(days.values(), default=None)
    told = {
        finding.id: [days.get(voice.article, first) for voice in finding.voices]
        for finding in report.findings
    }
    since = {i: min(filter(None, some)) for i, some in told.items() if all(some)}
    return {i: f"+{day:%-d %b}" for i, day in since.items() if day != first}


def find_disputed(report: Report) -> set[str]:
    """The findings in the positions of open questions, and of details that are probably wrong."""
    asked = (issue for issue in report.issues if is_contested(issue) or issue.kind == "slip")
    positions = (position for issue in asked for position in issue.positions)
    return {finding for position in positions for finding in position.findings}


def rank(finding: Finding) -> tuple[object, ...]:
    """Most weight first: the event itself, then what more origins and outlets carry."""
    return (
        not finding.core,
        bool(finding.parent),
        finding.kind == "view",
        -len(finding.origins),
        -finding.outlets,
        int(finding.id.removeprefix("f")),
    )


def tell_age(article: Article) -> float:
    """When an article appeared, in seconds; 0 where that is not known."""
    return article.published.timestamp() if article.published else 0.0


def is_contested(issue: Issue) -> bool:
    """Whether a question is open between two positions at least."""
    return issue.kind == "conflict" and issue.settled is None and len(issue.positions) > 1


def is_open(issue: Issue) -> bool:
    """Whether a question is contested, also if one answer is all that there is."""
    asked = issue.kind == "conflict" and issue.settled is None and bool(issue.open)
    return (is_contested(issue) or asked) and all(one.claims for one in issue.positions)


def pick_first(issue: Issue) -> Pick:
    """A question with the first claim of each position."""
    return Pick(issue=issue.id, claims=tuple(one.claims[0] for one in issue.positions))


def list_origins(issue: Issue) -> str:
    """Who takes the positions of a question, as people list them."""
    return " and ".join(dict.fromkeys(o.label for p in issue.positions for o in p.origins))
