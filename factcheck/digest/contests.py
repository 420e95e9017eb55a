"""Tell contested questions that are new, or have a new position: the first thing an editor needs.

A question that is settled is a change and told there; one on which outlets alone differ is
a detail to check.
"""

from __future__ import annotations

from collections.abc import Iterable

from factcheck.digest.compared import Compared, issue_quotes, name_origin, positions_of
from factcheck.digest.models import Change, ChangeKind
from factcheck.models import Finding, Issue, IssueKind, Position, Remark, Report
from factcheck.report.words import listed


def contested(case: Compared) -> Iterable[Change]:
    """Conflicts and likely slips that are new, or in which a position is."""
    for issue in case.after.issues:
        if issue.kind not in {"conflict", "slip"} or len(held(issue)) < 2:
            continue
        old = case.old_issue(issue)
        if old and not new_positions(issue, old):
            continue
        finding = main_finding(issue, case)
        before = case.old_findings.get(finding.id)
        newly = finding.verdict == "disputed" and (not before or before.verdict != "disputed")
        kind: ChangeKind = "disputed" if newly else "contested"
        if issue.kind == "slip":
            kind = "slip"
        yield Change(
            kind=kind,
            story=case.story,
            finding=finding.id,
            text=finding.text if kind == "disputed" else issue.question,
            detail=Remark(code="positions", text=f"{issue.question} {positions_line(issue)}"),
            core=finding.core,
            before=before.verdict if before else None,
            after=finding.verdict,
            quotes=issue_quotes(issue, case),
        )


def new_positions(issue: Issue, old: Issue) -> list[Position]:
    """The positions that nobody took before, under this name or another."""
    labels = {position.label.casefold() for position in old.positions}
    known = positions_of(old)
    return [
        position
        for position in issue.positions
        if position.label.casefold() not in labels and not {*position.findings} & known
    ]


def main_finding(issue: Issue, case: Compared) -> Finding:
    """The finding that an issue is told by."""
    return choose_finding(issue, case.findings.values(), known=frozenset(case.old_findings))


def choose_finding(
    issue: Issue, findings: Iterable[Finding], known: frozenset[str] = frozenset()
) -> Finding:
    """Of the findings in the positions: disputed, known before, core, widest carried."""
    mine = positions_of(issue)
    return min(
        (finding for finding in findings if finding.id in mine),
        key=lambda f: (
            f.verdict != "disputed",
            f.id not in known,
            not f.core,
            -f.outlets,
            int(f.id.removeprefix("f")),
        ),
    )


def held(issue: Issue) -> list[Position]:
    """The positions that somebody takes now."""
    return [position for position in issue.positions if position.origins]


def positions_line(issue: Issue) -> str:
    """The positions with who takes them. They are the model's words: no quotation marks."""
    parts = (f"{listed(map(name_origin, p.origins))}: {p.label}" for p in held(issue))
    return f"{'. '.join(parts)}."


def in_dispute(report: Report, change: Change) -> set[str]:
    """The findings whose dispute a change tells already."""
    return _around(report, change, {"conflict", "slip"})


def in_question(report: Report, change: Change) -> set[str]:
    """The findings whose value a change tells already."""
    return _around(report, change, {"change"})


def _around(report: Report, change: Change, kinds: set[IssueKind]) -> set[str]:
    mine = [i for i in report.issues if i.kind in kinds and change.finding in positions_of(i)]
    return {finding for issue in mine for finding in positions_of(issue)}
