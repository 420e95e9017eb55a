"""Tell what changed between the fact-check of the last edition and that of this one.

Findings are known by their lasting ids, questions by their findings or their words. One
dispute makes one change, however many findings stand in it. Everything is decided from
fields; no sentence is looked into.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from types import MappingProxyType

from factcheck.digest.compared import (
    Compared,
    is_headlined,
    list_cited,
    name_origin,
    positions_of,
    quote_voice,
    quote_voices,
)
from factcheck.digest.edits import Edit, describe_edit
from factcheck.digest.models import Change, ChangeKind
from factcheck.digest.questions import (
    find_contested,
    find_moved,
    find_told_with,
    find_withdrawn,
    is_replaced,
)
from factcheck.models import Finding, Remark, Report, Verdict, Voice
from factcheck.report.words import join_items

ORDER = (
    *("disputed", "contested", "corrected", "moved", "verified", "weakened", "settled"),
    *("updated", "gone", "edited", "slip", "new", "carried"),
)
LEADING = frozenset({*ORDER} - {"slip", "carried", "gone"})
"""The changes that may stand first in a story, where a model put what they are about first."""
MOVING = frozenset({"updated", "new", "settled", "verified"})
"""The changes of a finding that are told with its value that moved."""
GONE = Remark(code="not-said-any-more", text="No article says this any more.")
DECIDED: Mapping[Verdict, ChangeKind] = MappingProxyType(
    {"disputed": "disputed", "verified": "verified", "updated": "updated"}
)


def find_changes(case: Compared, edits: Sequence[Edit] = ()) -> tuple[Change, ...]:
    """All that is different, in the order of `sort_changes`."""
    back = {c.article: c.text for c, voice in case.taken_back if voice.source is None}
    edited = {
        edit.after.id: describe_edit(case.story, edit, back.get(edit.after.id, ""))
        for edit in edits
        if edit.weight != "wording"
    }
    corrected = {a: change for a, change in edited.items() if change.kind == "corrected"}
    contests = [*find_contested(case)]
    values = [*find_moved(case)]
    told = find_told_with(case.after, contests, "conflict", "slip")
    told |= find_told_by_edits(case, corrected.keys())
    moving = find_told_with(case.after, values, "change")
    found = (
        *contests,
        *find_corrections(case, corrected.keys()),
        *find_withdrawn(case),
        *edited.values(),
        *values,
        *find_verdict_changes(case, told, moving),
        *find_gone(case, {edit.before.id for edit in edits}, edited.values()),
    )
    return sort_changes(found, case)


def sort_changes(found: Iterable[Change], case: Compared) -> tuple[Change, ...]:
    """What a model put first on the first page, then in `ORDER`, core first.

    Then in the order of the first page, headlines, the widest carried.
    """
    page = case.after.first_page
    told = (*page.changed, *(pick.issue for pick in page.contested), *page.solid, *page.alone)
    places = [*enumerate(list_findings(case.after, told))]
    order = {finding: place for place, ids in reversed(places) for finding in ids}
    first = [] if page.made_by == "rank" else [*chain(*list_findings(case.after, page.changed[:1]))]

    def weight(change: Change) -> tuple[int, ...]:
        finding = case.findings.get(change.finding)
        wide = (not is_headlined(finding, case.articles), -finding.outlets) if finding else (0, 0)
        return (
            change.finding not in first or change.kind not in LEADING,
            ORDER.index(change.kind),
            not change.core,
            order.get(change.finding, len(order)),
            *wide,
        )

    return tuple(sorted(found, key=weight))


def list_findings(report: Report, told: Iterable[str]) -> list[list[str]]:
    """The findings behind each id that a first page tells: itself, or those of a question."""
    issues = {issue.id: issue for issue in report.issues}
    return [sorted(positions_of(issues[i])) if i in issues else [i] for i in told]


# --- what was taken back ------------------------------------------------------------------


def find_corrections(case: Compared, edits: AbstractSet[str]) -> Iterable[Change]:
    """What new articles take back.

    `edits` are articles whose correction is told as an edit. Who takes one value back and
    gives another is told with the value that moved.
    """
    for claim, voice in case.taken_back:
        finding = case.homes[claim.id]
        if claim.article not in edits and not is_replaced(claim, voice, case):
            by = f"Taken back by {name_origin(voice.origin)}."
            yield case.change(
                "corrected",
                finding,
                text=claim.text,
                detail=Remark(code="taken-back", text=by),
                core=claim.core,
                quotes=(quote_voice(voice, case.articles[claim.article]),),
            )


def find_told_by_edits(case: Compared, edits: AbstractSet[str]) -> set[str]:
    """The findings in questions of which these edited articles take an answer back."""
    back = {claim.id for claim, _ in case.taken_back if claim.article in edits}
    asked = (i for i in case.after.issues if back & {c for p in i.positions for c in p.claims})
    return {finding for issue in asked for finding in positions_of(issue)}


# --- verdicts -------------------------------------------------------------------------------


def find_verdict_changes(
    case: Compared, told: AbstractSet[str], moving: AbstractSet[str]
) -> Iterable[Change]:
    """Findings with another verdict than before, new ones that matter, and those carried wider.

    `told` are findings whose dispute is told already, `moving` those whose value is: what
    is the same news is not told again.
    """
    disputes = {find_sides(case.findings[identity]) for identity in told}
    for finding in case.after.findings:
        old = case.old_findings.get(finding.id)
        core = finding.core or is_headlined(finding, case.articles)
        kind = classify_change(finding, old, core=core)
        if kind is None or is_known(kind, finding, case):
            continue
        if finding.id in told and kind in {"disputed", "new", "weakened"}:
            continue
        if finding.id in moving and (old is None or kind != "verified") and kind in MOVING:
            continue
        if kind == "disputed" and find_sides(finding) in disputes:
            continue
        disputes |= {find_sides(finding)} if kind == "disputed" else set()
        yield case.change(
            kind,
            finding,
            detail=explain_verdict(finding, case),
            core=core,
            before=old.verdict if old else None,
            quotes=quote_voices(finding.voices, case),
        )


def is_known(kind: ChangeKind, finding: Finding, case: Compared) -> bool:
    """Whether the last edition told a change of a finding already, by another one or in part."""
    if kind == "verified":
        return is_implied(finding, case)
    if kind == "weakened":
        return is_verified_still(finding, case)
    if kind == "carried":
        return not any(map(case.is_news, finding.voices))
    return kind == "new" and case.before is not None and is_restated(finding, case)


def is_restated(finding: Finding, case: Compared) -> bool:
    """Whether articles that were there before said it already, or more than it."""
    if {*finding.claims} & case.known:
        return True
    if any(v.stance == "asserts" and not case.is_news(v) for v in finding.voices):
        return True
    return any(other.parent == finding.id for other in case.old_findings.values())


def is_implied(finding: Finding, case: Compared) -> bool:
    """Whether something verified before shares a claim, or has only claims that say this."""
    return any(
        old.verdict == "verified"
        and old.id != finding.id
        and ({*old.claims} & {*finding.claims} or holds_claims(finding, old, case))
        for old in case.old_findings.values()
    )


def is_verified_still(finding: Finding, case: Compared) -> bool:
    """Whether all claims of what was verified before say now something else that is verified."""
    old = case.old_findings[finding.id]
    return any(
        other.verdict == "verified" and other.id != finding.id and holds_claims(other, old, case)
        for other in case.after.findings
    )


def holds_claims(finding: Finding, old: Finding, case: Compared) -> bool:
    """Whether all that is left of the claims of an earlier finding say a finding, or more."""
    full = (v for v in finding.voices if v.stance == "asserts" and v.relation in {"same", "more"})
    left = {*old.claims} & {claim.id for claim in case.after.claims}
    return bool(left) and left <= {voice.claim for voice in full}


def explain_verdict(finding: Finding, case: Compared) -> Remark:
    """The reason for the verdict of a finding, with the names of its origins."""
    who = join_items(map(name_origin, finding.origins))
    if finding.kind == "fact" and who and finding.verdict == "verified":
        return Remark(code="origins", text=f"{who} say so independently.")
    if finding.kind == "fact" and who and finding.verdict == "single-source":
        names = case.outlets(finding.carried_by)
        outlets = join_items(names)
        own = all(origin.kind == "outlet" for origin in finding.origins)
        if own and all(name in who for name in names):  # a label names three outlets at most
            outlets = who
        text = f"Only in {outlets}." if own else f"On the word of {who}, in {outlets}."
        return Remark(code="one-origin", text=text)
    return finding.reasons[0]


def find_sides(finding: Finding) -> frozenset[frozenset[str]]:
    """The origins for and against a finding, as an unordered pair of sets."""
    sides = (finding.origins, finding.against)
    return frozenset(frozenset(origin.key for origin in side) for side in sides)


def classify_change(now: Finding, old: Finding | None, *, core: bool) -> ChangeKind | None:
    """The kind of change between two states of a finding; None where there is none to tell."""
    if old is None:
        decided: ChangeKind | None = DECIDED.get(now.verdict)
        if now.kind == "fact" and decided:
            return decided if core or decided != "updated" else None
        return "new" if core and not now.parent and now.kind != "retract" else None
    if now.verdict == old.verdict:
        wider = now.outlets > old.outlets and core and now.verdict not in {"updated", "verified"}
        return "carried" if wider else None
    if now.verdict in DECIDED:
        return DECIDED[now.verdict]
    if old.verdict == "disputed":
        return "settled"
    return "weakened" if old.verdict == "verified" else None


def find_gone(
    case: Compared, edited_texts: AbstractSet[str], edited: Iterable[Change]
) -> Iterable[Change]:
    """Core findings that no article says any more, because one was edited.

    An article that only went to another story still says what it said; what a correction or an
    edit shows as its text before is told there.
    """
    quotes = (quote for change in edited for quote in change.quotes)
    before = " ".join(quote.text for quote in quotes if quote.role == "before")
    now = {finding.id for finding in case.after.findings}
    said = {claim for finding in case.after.findings for claim in finding.claims}
    for old in case.old_findings.values():
        if {*old.claims} & said:
            continue  # united with another finding
        if any(stands_still(voice, case) for voice in old.voices if voice.stance == "asserts"):
            continue
        if all(voice.quotes[0] in before for voice in old.voices):
            continue
        if old.id not in now and old.core and not old.parent and {*old.carried_by} <= edited_texts:
            yield case.change("gone", old, detail=GONE, before=old.verdict, after=None)


def stands_still(voice: Voice, case: Compared) -> bool:
    """Whether all that was cited for a voice stands in the articles of its outlet now."""
    outlets = {a.id: a.label for a in case.before.articles} if case.before else {}
    words = list_cited(outlets.get(voice.article, ""), voice)
    return bool(words) and words <= case.stands
