"""Contested questions that are new, or have a new position: the first thing an editor needs."""

from __future__ import annotations

from collections.abc import Iterable

from factcheck.digest.compared import (
    Compared,
    issue_quotes,
    positions_of,
    same_issue,
    speakers,
)
from factcheck.digest.models import Change
from factcheck.models import Finding, Issue, IssueKind, Position, Report
from factcheck.render.words import listed


def contested(case: Compared) -> Iterable[Change]:
    """Conflicts that are new, or in which a position is."""
    for issue in case.after.issues:
        if issue.kind != "conflict" or len(held(issue)) < 2:
            continue
        old = same_issue(issue, case.before.issues if case.before else ())
        known = {p.label.casefold() for p in old.positions} if old else set()
        fresh = [p for p in issue.positions if p.label.casefold() not in known]
        if old and not [p for p in fresh if not {*p.findings} & positions_of(old)]:
            continue
        finding = main_finding(issue, case)
        before = case.old_findings.get(finding.id)
        newly = finding.verdict == "disputed" and (not before or before.verdict != "disputed")
        yield Change(
            kind="disputed" if newly else "contested",
            story=case.story,
            finding=finding.id,
            text=finding.text if newly else issue.question,
            detail=f"{issue.question} {positions_line(issue, case.after)}",
            core=finding.core,
            before=before.verdict if before else None,
            after=finding.verdict,
            quotes=issue_quotes(issue, case),
        )


def main_finding(issue: Issue, case: Compared) -> Finding:
    """The finding that an issue is told by: known before, core, affirmed, widest carried."""
    by_id = {f.id: f for f in case.after.findings}
    return min(
        (by_id[i] for i in positions_of(issue)),
        key=lambda f: (
            f.verdict != "disputed",
            f.id not in case.old_findings,
            not f.core,
            -f.outlets,
            int(f.id.removeprefix("f")),
        ),
    )


def held(issue: Issue) -> list[Position]:
    """The positions that somebody takes now."""
    return [position for position in issue.positions if position.origins]


def positions_line(issue: Issue, report: Report) -> str:
    """The positions with who takes them. They are the model's words: no quotation marks."""
    by_id = {f.id: f for f in report.findings}
    parts = []
    for position in held(issue):
        voices = [v for i in position.findings for v in by_id[i].voices]
        names = speakers(voices, report)
        who = listed([names.get(o.key, o.label) for o in position.origins])
        parts.append(f"{who}: {position.label}")
    return f"{'. '.join(parts)}."


def in_dispute(report: Report, change: Change) -> set[str]:
    """The findings whose dispute a change tells already."""
    return _around(report, change, "conflict")


def in_question(report: Report, change: Change) -> set[str]:
    """The findings whose value a change tells already."""
    return _around(report, change, "change")


def _around(report: Report, change: Change, kind: IssueKind) -> set[str]:
    mine = [i for i in report.issues if i.kind == kind and change.finding in positions_of(i)]
    return {finding for issue in mine for finding in positions_of(issue)}
