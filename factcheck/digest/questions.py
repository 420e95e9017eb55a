"""Tell what changed in the questions of a report: contests, values that move, other positions.

A question that is settled is told with its values; one on which outlets alone differ is a
detail to check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from factcheck.digest.compared import (
    Compared,
    name_origin,
    positions_of,
    quote_issue,
    quote_position,
)
from factcheck.digest.models import Change, ChangeKind, Step, to_number
from factcheck.models import Claim, Finding, Issue, IssueKind, Position, Remark, Report, Voice
from factcheck.report.words import join_items

# --- contests -------------------------------------------------------------------------------


def find_contested(case: Compared) -> Iterable[Change]:
    """Conflicts and likely slips that are new, or in which a position is."""
    for issue, old in case.issues:
        held = [position for position in issue.positions if position.origins]
        if issue.kind not in {"conflict", "slip"} or len(held) < 2:
            continue
        if old and not has_new_position(issue, old):
            continue
        finding = choose_finding(issue, case)
        before = case.old_findings.get(finding.id)
        newly = finding.verdict == "disputed" and (not before or before.verdict != "disputed")
        kind: ChangeKind = "slip" if issue.kind == "slip" else "disputed" if newly else "contested"
        # The labels are the model's words: no quotation marks.
        takers = (f"{join_items(map(name_origin, p.origins))}: {bare(p.label)}" for p in held)
        yield case.change(
            kind,
            finding,
            text=finding.text if kind == "disputed" else issue.question,
            detail=Remark(code="positions", text=f"{issue.question} {'. '.join(takers)}."),
            before=before.verdict if before else None,
            quotes=quote_issue(issue, case),
        )


def bare(label: str) -> str:
    """A label without the full stop of a sentence; that of "U.S." stays."""
    return re.sub(r"(?<=\w\w)\.$", "", label)


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
        return one.verdict != "disputed", not known, not one.core, -one.outlets, to_number(one.id)

    return min((case.findings[identity] for identity in positions_of(issue)), key=weight)


def find_told_with(report: Report, told: Iterable[Change], *kinds: IssueKind) -> set[str]:
    """The findings in questions of these kinds that changes tell already."""
    mine = (positions_of(issue) for issue in report.issues if issue.kind in kinds)
    heads = {change.finding for change in told}
    return {finding for findings in mine if findings & heads for finding in findings}


# --- values that move -----------------------------------------------------------------------


def find_moved(case: Compared) -> Iterable[Change]:
    """Running values that have a new step, and questions that are settled now.

    A value that somebody takes back in this edition is corrected.
    """
    for issue, old in case.issues:
        steps = list_steps(issue, case)
        if not is_moving(issue, old, steps):
            continue
        latest = order_positions(issue, case)[-1]
        finding = case.findings[latest.findings[0]]
        ended = old is not None and old.kind == "conflict" and is_settled_now(issue, old)
        left = {claim for p in issue.positions if p is not latest for claim in p.claims}
        by = [name_origin(voice.origin) for claim, voice in case.taken_back if claim.id in left]
        detail = describe_latest(issue, case)
        if by:
            text = f"Taken back by {join_items(dict.fromkeys(by))}. {detail.text}"
            detail = Remark(code="taken-back", text=text)
        yield case.change(
            "settled" if ended else "corrected" if by else "moved",
            finding,
            text=issue.question,
            detail=detail,
            steps=tuple(steps),
            quotes=quote_position(latest, case)[:2],
        )


def is_moving(issue: Issue, old: Issue | None, steps: Sequence[Step]) -> bool:
    """Whether a question is of values that follow on each other, and this edition brings one."""
    new = any(step.new for step in steps) or is_settled_now(issue, old)
    return issue.kind == "change" and len(steps) > 1 and new


def is_settled_now(issue: Issue, old: Issue | None) -> bool:
    """Whether a question is settled that was open in the last edition."""
    return old is not None and old.settled is None and issue.settled is not None


def order_positions(issue: Issue, case: Compared) -> list[Position]:
    """The positions in the order of the comparison, the settled one last.

    What articles only take back was never a value of theirs.
    """
    ordered = sorted(enumerate(issue.positions), key=lambda one: one[0] == issue.settled)
    return [position for _, position in ordered if list_tellers(position, case)]


def list_tellers(position: Position, case: Compared) -> list[str]:
    """The articles that tell a position, not those that only take it back."""
    voices = (case.voices.get(claim) for claim in position.claims)
    back = {voice.claim for voice in voices if voice and voice.stance == "retracts"}
    told = {*position.claims} - back
    return [*dict.fromkeys(claim.article for claim in case.after.claims if claim.id in told)]


def describe_latest(issue: Issue, case: Compared) -> Remark:
    """The last value with its origins, and earlier ones that are not known to be superseded."""
    *earlier, last = order_positions(issue, case)
    parts = []
    for position in (last, *(p for p in reversed(earlier) if not p.superseded)):
        who = join_items(map(name_origin, position.origins))
        tellers = case.outlets(list_tellers(position, case))
        outlets = join_items(tellers)
        named = who and all(outlet in who for outlet in tellers)
        by = who if named else f"{who}, in {outlets}" if who else outlets
        parts.append(f"{bare(position.label)} ({by})")
    code = "latest" if issue.settled is None else "settled"
    notes = (note.text for note in issue.notes)
    return Remark(code=code, text=" ".join([f"{code.title()}: {'; '.join(parts)}.", *notes]))


def list_steps(issue: Issue, case: Compared) -> list[Step]:
    """The positions of a question as steps, in order."""
    steps = []
    for position in order_positions(issue, case):
        articles = list_tellers(position, case)
        times = [t for a in articles if (t := case.articles[a].published)]
        steps.append(
            Step(
                value=position.label,
                outlets=case.outlets(articles),
                told=min(times, default=None),
                asof=position.asof,
                new=not {*position.findings} & case.old_findings.keys(),
            )
        )
    return steps


# --- other positions ------------------------------------------------------------------------


def find_withdrawn(case: Compared) -> Iterable[Change]:
    """Origins that take another position on a question than in an earlier article."""
    for issue, old in case.issues:
        known = old.positions if old else ()
        before = {(f, who) for p in known for who in p.withdrawn for f in p.findings}
        left = ((position, who) for position in issue.positions for who in position.withdrawn)
        for position, who in left if issue.kind != "change" else ():
            now = find_positions_now(who, position, issue, case)
            if not now or any((finding, who) in before for finding in position.findings):
                continue
            text = f"{who} before: {bare(position.label)}. Now: {join_items(map(bare, now))}."
            yield Change(
                kind="corrected",
                story=case.story,
                finding=position.findings[0],
                text=issue.question,
                detail=Remark(code="other-position", text=text),
                quotes=quote_position(position, case)[:1],
            )


def is_replaced(claim: Claim, voice: Voice, case: Compared) -> bool:
    """Whether who takes a value back gives another, in a question that is told as moved."""
    return any(
        claim.id in position.claims
        and find_positions_now(voice.origin.label, position, issue, case)
        for issue, old in case.issues
        if is_moving(issue, old, list_steps(issue, case))
        for position in issue.positions
    )


def find_positions_now(who: str, left: Position, issue: Issue, case: Compared) -> list[str]:
    """The labels of the positions that an origin takes, which left another one."""
    voices = [case.voices[claim] for claim in left.claims if claim in case.voices]
    keys = {voice.origin.key for voice in voices if voice.origin.label == who}
    return [p.label for p in issue.positions if p is not left and keys & {o.key for o in p.origins}]
