"""What changed: the report of the last edition and that of this one in, changes out.

Findings are known by their lasting ids, questions by their words or their findings.
One dispute makes one change, however many findings stand in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import MappingProxyType

from factcheck.digest.calls import stake
from factcheck.digest.compared import (
    QUOTES,
    Compared,
    Role,
    claim_quote,
    finding_quotes,
    headlined,
    position_quotes,
    published,
    quote,
    same_issue,
    speakers,
)
from factcheck.digest.contests import contested, in_dispute, in_question
from factcheck.digest.edits import Edit
from factcheck.digest.models import Change, ChangeKind, Quote, Step
from factcheck.language.quantities import numbers_in
from factcheck.models import Article, Finding, Issue, Sentence, Verdict
from factcheck.render.words import listed, many

ORDER = (
    "disputed",
    "contested",
    "corrected",
    "moved",
    "verified",
    "weakened",
    "settled",
    "updated",
    "gone",
    "edited",
    "new",
    "carried",
)
DECIDED: Mapping[Verdict, ChangeKind] = MappingProxyType(
    {"disputed": "disputed", "verified": "verified", "updated": "updated"}
)


def changes(case: Compared, edits: Sequence[Edit] = ()) -> tuple[Change, ...]:
    """All that is different, by weight: `ORDER`, core before the rest, then what hangs on it."""
    contests = [*contested(case)]
    values = [*moved(case)]
    told = {identity for change in contests for identity in in_dispute(case.after, change)}
    moving = {identity for change in values for identity in in_question(case.after, change)}
    found = [
        *contests,
        *corrected(case, {edit.after.id for edit in edits if edit.weight == "correction"}),
        *(edited(case.story, edit) for edit in edits if edit.weight != "wording"),
        *values,
        *verdicts(case, told, moving),
        *gone(case, {edit.before.id for edit in edits}),
    ]
    by_id = {f.id: f for f in case.after.findings}

    def weight(change: Change) -> tuple[int, ...]:
        finding = by_id.get(change.finding)
        hangs = (stake(finding), -finding.outlets) if finding else (0, 0)
        return (ORDER.index(change.kind), not change.core, *hangs)

    return tuple(sorted(found, key=weight))


# --- what outlets took back ---------------------------------------------------------------


def corrected(case: Compared, edits: AbstractSet[str]) -> Iterable[Change]:
    """What new articles take back, and origins that now take another position.

    `edits` are articles whose correction is told as an edit.
    """
    homes = {claim: f for f in case.after.findings for claim in f.claims}
    for claim in case.after.claims:
        if claim.kind == "retract" and claim.article in case.new - edits:
            outlet = case.articles[claim.article].label
            finding = homes.get(claim.id)
            yield Change(
                kind="corrected",
                story=case.story,
                finding=finding.id if finding else "",
                text=claim.text,
                detail=f"{outlet} takes this back.",
                core=claim.core,
                after=finding.verdict if finding else None,
                quotes=(claim_quote(case, claim),),
            )
    for issue in case.after.issues:
        old = same_issue(issue, case.before.issues if case.before else ())
        yield from withdrawn(case, issue, old)


def withdrawn(case: Compared, issue: Issue, old: Issue | None) -> Iterable[Change]:
    """Origins that held another position on a question in an earlier article."""
    before = (
        {(p.label.casefold(), who) for p in old.positions for who in p.withdrawn} if old else ()
    )
    for position in issue.positions:
        for who in position.withdrawn:
            now = [p.label for p in issue.positions if who in {o.label for o in p.origins}]
            if (position.label.casefold(), who) in before or issue.kind == "change" or not now:
                continue
            yield Change(
                kind="corrected",
                story=case.story,
                finding=position.findings[0],
                text=issue.question,
                detail=f"{who} before: {position.label}. Now: {listed(now)}.",
                quotes=position_quotes(position, case)[:1],
            )


def edited(story: str, edit: Edit) -> Change:
    """A published article with another text."""
    outlet = edit.after.outlet
    corrects = edit.weight == "correction"
    title = edit.after.title or edit.after.source
    return Change(
        kind="corrected" if corrects else "edited",
        story=story,
        text=f"{outlet}: {edit.notice or title}",
        detail="A published article was corrected." if corrects else edit_line(edit),
        quotes=edit_quotes(edit),
    )


def edit_line(edit: Edit) -> str:
    """The difference in a few words: the figure that changed, or how much did."""
    old = " ".join(s.text for p in edit.passages for s in p.before)
    new = " ".join(s.text for p in edit.passages for s in p.after)
    first, then = numbers_in(old), numbers_in(new)
    went, came = sorted(first - then), sorted(then - first)
    if len(went) == len(came) == 1:
        return f"In a published article {went[0]} became {came[0]}."
    count = sum(max(len(p.before), len(p.after)) for p in edit.passages)
    return f"{many(count, 'sentence')} of a published article changed."


def edit_quotes(edit: Edit) -> tuple[Quote, ...]:
    """Before and after, in turn; the headline only where nothing else changed."""
    body = [p for p in edit.passages if any(s.kind != "headline" for s in (*p.before, *p.after))]
    found = []
    for passage in (body or edit.passages)[:QUOTES]:
        sides: tuple[tuple[Article, Sequence[Sentence], Role], ...] = (
            (edit.before, passage.before, "before"),
            (edit.after, passage.after, "after"),
        )
        for article, sentences, role in sides:
            told = [s.text for s in sentences if s.kind != "headline" or not body]
            if told:
                found.append(quote(article, " ".join(told[:3]), role=role))
    return tuple(found)


# --- values and verdicts --------------------------------------------------------------------


def moved(case: Compared) -> Iterable[Change]:
    """Running values that have a new step."""
    for issue in case.after.issues:
        if issue.kind != "change":
            continue
        steps = steps_of(issue, case)
        if len(steps) < 2 or not any(step.new for step in steps):
            continue
        latest = issue.positions[steps_order(issue, case)[-1]]
        finding = next((f for f in case.after.findings if f.id in latest.findings), None)
        yield Change(
            kind="moved",
            story=case.story,
            finding=finding.id if finding else "",
            text=issue.question,
            detail=latest_line(issue, case),
            core=finding.core if finding else True,
            after=finding.verdict if finding else None,
            steps=tuple(steps),
            quotes=position_quotes(latest, case)[:2],
        )


def latest_line(issue: Issue, case: Compared) -> str:
    """The last value, by whom, and every other that gives the same figure."""
    by_id = {f.id: f for f in case.after.findings}
    ordered = [issue.positions[place] for place in reversed(steps_order(issue, case))]
    same = [p for p in ordered if p is ordered[0] or equal_figures(p.label, ordered[0].label)]
    parts = []
    for position in same:
        voices = [v for i in position.findings for v in by_id[i].voices]
        names = speakers(voices, case.after)
        who = listed([names.get(o.key, o.label) for o in position.origins])
        outlets = listed(dict.fromkeys(case.articles[a].label for a in position.articles))
        by = f"{who}, in {outlets}" if who and who != outlets else outlets
        parts.append(f"{position.label} ({by})")
    return f"Latest: {'; '.join(parts)}."


def equal_figures(one: str, other: str) -> bool:
    """Whether two values name the same figures, whatever their bounds."""
    return bool(numbers_in(one)) and numbers_in(one) == numbers_in(other)


def steps_order(issue: Issue, case: Compared) -> list[int]:
    """The positions in the order of their first publication; unknown times supersede nothing."""

    def first(place: int) -> tuple[bool, float, int]:
        times = [
            t.timestamp() for a in issue.positions[place].articles if (t := published(case, a))
        ]
        return (bool(times), min(times, default=0.0), place)

    return sorted(range(len(issue.positions)), key=first)


def steps_of(issue: Issue, case: Compared) -> list[Step]:
    """Each position as a step, earliest told first."""
    steps = []
    for place in steps_order(issue, case):
        position = issue.positions[place]
        times = [t for a in position.articles if (t := published(case, a))]
        outlets = dict.fromkeys(case.articles[a].label for a in position.articles)
        steps.append(
            Step(
                value=position.label,
                outlets=tuple(outlets),
                told=min(times, default=None),
                asof=position.asof,
                new=not {*position.findings} & case.old_findings.keys(),
            )
        )
    return steps


def verdicts(case: Compared, told: AbstractSet[str], moving: AbstractSet[str]) -> Iterable[Change]:
    """Findings with another verdict than before, new ones that matter, and those carried wider.

    `told` are findings whose dispute is told already, `moving` those whose value is: what
    is the same news is not told again.
    """
    by_id = {f.id: f for f in case.after.findings}
    disputes = {quarrel(by_id[identity]) for identity in told if identity in by_id}
    for finding in case.after.findings:
        old = case.old_findings.get(finding.id)
        core = finding.core or headlined(finding, case.articles)
        kind = verdict_change(finding, old, core=core)
        if kind is None or (finding.id in told and kind in {"disputed", "new", "weakened"}):
            continue
        if finding.id in moving and kind in {"updated", "new"}:
            continue
        if kind == "new" and case.before and restated_only(finding, case):
            continue
        if kind == "disputed" and quarrel(finding) in disputes:
            continue
        disputes |= {quarrel(finding)} if kind == "disputed" else set()
        yield Change(
            kind=kind,
            story=case.story,
            finding=finding.id,
            text=finding.text,
            detail=grounds(finding, case),
            core=core,
            before=old.verdict if old else None,
            after=finding.verdict,
            quotes=finding_quotes(finding, case),
        )


def restated_only(finding: Finding, case: Compared) -> bool:
    """Whether articles that were there before said it already, or more than it."""
    if {*finding.claims} & case.known:
        return True
    if any(v.article not in case.new and v.stance == "asserts" for v in finding.voices):
        return True
    return any(other.parent == finding.id for other in case.old_findings.values())


def grounds(finding: Finding, case: Compared) -> str:
    """What a finding rests on, by the names of who says it."""
    names = speakers(finding.voices, case.after)
    who = listed([names.get(o.key, o.label) for o in finding.origins])
    if finding.kind == "fact" and who and finding.verdict == "verified":
        return f"{who} say so independently."
    if finding.kind == "fact" and who and finding.verdict == "single-source":
        outlets = listed(dict.fromkeys(case.articles[a].label for a in finding.carried_by))
        return f"On the word of {who}, in {outlets}." if who != outlets else f"Only in {who}."
    return finding.reasons[0]


def quarrel(finding: Finding) -> tuple[frozenset[str], frozenset[str]]:
    """Who stands against whom."""
    return frozenset(o.key for o in finding.origins), frozenset(o.key for o in finding.against)


def verdict_change(now: Finding, old: Finding | None, *, core: bool) -> ChangeKind | None:
    """The kind of change between two states of a finding; None where there is none to tell."""
    if old is None:
        decided: ChangeKind | None = DECIDED.get(now.verdict)
        if now.kind == "fact" and decided:
            return decided if core or decided != "updated" else None
        return "new" if core and not now.parent and now.kind != "retract" else None
    if now.verdict == old.verdict:
        wider = now.outlets > old.outlets and core and now.verdict != "updated"
        return "carried" if wider else None
    if now.verdict in DECIDED:
        return DECIDED[now.verdict]
    if old.verdict == "disputed":
        return "settled"
    return "weakened" if old.verdict == "verified" else None


def gone(case: Compared, edited_texts: AbstractSet[str]) -> Iterable[Change]:
    """Core findings that no article says any more, because one was edited.

    An article that only went to another story still says what it said.
    """
    now = {finding.id for finding in case.after.findings}
    said = {claim for finding in case.after.findings for claim in finding.claims}
    for old in case.old_findings.values():
        if {*old.claims} & said:
            continue  # united with another finding
        if old.id not in now and old.core and not old.parent and {*old.carried_by} <= edited_texts:
            yield Change(
                kind="gone",
                story=case.story,
                finding=old.id,
                text=old.text,
                detail="No article says this any more.",
                before=old.verdict,
            )
