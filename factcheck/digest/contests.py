"""Tell contested questions that are new, or have a new position: the first thing an editor needs.

A question that is settled is a change and told there; one on which outlets alone differ is
a detail to check.
"""

from __future__ import annotations

from collections.abc import Iterable

from factcheck.digest.compared import Compared, issue_quotes, name_origin, positions_of
from factcheck.digest.models import Change, ChangeKind
from factcheck.models import Finding, Issue, IssueKind, Remark, Report
from factcheck.report.words import join_items


def find_contested(case: Compared) -> Iterable[Change]:
    """Conflicts and likely slips that are new, or in which a position is."""
    for issue in case.after.issues:
        held = [position for position in issue.positions if position.origins]
        if issue.kind not in {"conflict", "slip"} or len(held) < 2:
            continue
        old = case.old_issue(issue)
        if old and not has_new_position(issue, old):
            continue
        finding = choose_finding(issue, case)
        before = case.old_findings.get(finding.id)
        newly = finding.verdict == "disputed" and (not before or before.verdict != "disputed")
        kind: ChangeKind = "disputed" if newly else "contested"
        kind = "slip" if issue.kind == "slip" else kind
        # The labels are the model's words: no quotation marks.
        takers = (f"{join_items(map(name_origin, p.origins))}: {p.label}" for p in held)
        yield case.change(
            kind,
            finding,
            text=finding.text if kind == "disputed" else issue.question,
            detail=Remark(code="positions", text=f"{issue.question} {'. '.join(takers)}."),
            before=before.verdict if before else None,
            quotes=issue_quotes(issue, case),
        )


def has_new_position(issue: Issue, old: Issue) -> bool:
    """Whether there is a position that nobody took before, under this name or another."""
    labels = {position.label.casefold() for position in old.positions}
    known = positions_of(old)
    return any(
        p.label.casefold() not in labels and not {*p.findings} & known for p in issue.positions
    )


def choose_finding(issue: Issue, case: Compared) -> Finding:
    """Of the findings in the positions: disputed, known before, core, widest carried."""

    def weight(one: Finding) -> tuple[bool, bool, bool, int, int]:
        known = one.id in case.old_findings
        number = int(one.id.removeprefix("f"))
        return one.verdict != "disputed", not known, not one.core, -one.outlets, number

    return min((case.findings[identity] for identity in positions_of(issue)), key=weight)


def find_told_with(report: Report, told: Iterable[Change], *kinds: IssueKind) -> set[str]:
    """The findings in questions of these kinds that changes tell already."""
    mine = (positions_of(issue) for issue in report.issues if issue.kind in kinds)
    heads = {change.finding for change in told}
    return {finding for findings in mine if findings & heads for finding in findings}
