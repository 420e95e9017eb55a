"""Give the findings of a report numbers that last over editions.

A finding keeps its id over editions by its claims; where none is left, because its
article was edited, by its words. New findings get the next free number of the story.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from factcheck.models import Finding, Report
from factcheck.text.restated import restated


def numbered(report: Report, earlier: Report | None, last: int) -> Report:
    """The report with the ids of the findings as they were, and `f{last + 1}`… for new ones."""
    before = earlier.findings if earlier else ()
    ids = by_claims(report.findings, before)
    ids |= by_words(
        [finding for finding in report.findings if finding.id not in ids],
        [finding for finding in before if finding.id not in ids.values()],
    )
    for finding in report.findings:
        if finding.id not in ids:
            last += 1
            ids[finding.id] = f"f{last}"
    return with_ids(report, ids)


def by_claims(now: Sequence[Finding], before: Sequence[Finding]) -> dict[str, str]:
    """Ids of now to ids of before, the most shared claims first; each is used once."""
    pairs = sorted(
        (-len(shared), len({*new.claims} ^ {*old.claims}), n, m, new.id, old.id)
        for n, new in enumerate(now)
        for m, old in enumerate(before)
        if (shared := {*new.claims} & {*old.claims})
    )
    return _once([(new, old) for *_, new, old in pairs])


def by_words(now: Sequence[Finding], before: Sequence[Finding]) -> dict[str, str]:
    """Ids of now to ids of before where the sentences are nearly the same, likest first."""
    pairs = sorted(
        (
            (-likeness, n, m, new.id, old.id)
            for n, new in enumerate(now)
            for m, old in enumerate(before)
            if new.kind == old.kind and (likeness := restated(new.text, old.text))
        ),
    )
    return _once([(new, old) for *_, new, old in pairs])


def _once(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for new, old in pairs:
        if new not in found and old not in found.values():
            found[new] = old
    return found


def with_ids(report: Report, ids: Mapping[str, str]) -> Report:
    """The report with other ids of findings, wherever they stand."""

    def renamed(many: Sequence[str]) -> tuple[str, ...]:
        return tuple(ids[one] for one in many)

    findings = tuple(
        finding.model_copy(
            update={"id": ids[finding.id], "parent": ids.get(finding.parent, "")},
        )
        for finding in report.findings
    )
    issues = tuple(
        issue.model_copy(
            update={
                "open": renamed(issue.open),
                "positions": tuple(
                    position.model_copy(update={"findings": renamed(position.findings)})
                    for position in issue.positions
                ),
            }
        )
        for issue in report.issues
    )
    return report.model_copy(update={"findings": findings, "issues": issues})
