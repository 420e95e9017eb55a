"""Judge: everything the articles say in, findings with verdicts and reasons out. Code only.

Collects what bears on each finding, the voices on it and the contests that it stands
in, and lets `rules.py` decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from factcheck.issues import contests, to_issue
from factcheck.models import (
    Claim,
    Draft,
    Echo,
    Finding,
    Issue,
    Merged,
    Reading,
    Voice,
)
from factcheck.rules import Case, rule, settle
from factcheck.sources import Sources
from factcheck.text.cues import denial, negated
from factcheck.text.numbers import comparable, compatible, quantities
from factcheck.timeline import Contest, Stand, Voices
from factcheck.voices import Evidence, retractions, routes, statements, voices


def judge(
    readings: Sequence[Reading],
    merged: Merged,
    drafts: Sequence[Draft],
    echoes: Sequence[Echo],
    sources: Sources,
) -> tuple[tuple[Finding, ...], tuple[Issue, ...]]:
    """Findings in the order of the drafts, and the issues q1, q2, … that they stand in."""
    claims: dict[str, Claim] = {c.id: c for reading in readings for c in reading.claims}
    by_finding: dict[str, tuple[Echo, ...]] = {}
    for echo in echoes:
        by_finding[echo.finding] = (*by_finding.get(echo.finding, ()), echo)
    evidence = Evidence(sources=sources, claims=claims, echoes=by_finding)
    heard: Voices = {draft.id: voices(draft, evidence) for draft in drafts}
    questions = contests(merged, drafts, heard, evidence)
    issues = tuple(
        to_issue(f"q{n}", contest, heard, evidence) for n, contest in enumerate(questions, start=1)
    )
    by_id = {draft.id: draft for draft in drafts}
    findings = tuple(
        to_finding(case_of(draft, heard, questions, by_id, evidence), issues) for draft in drafts
    )
    return findings, issues


# --- what bears on a finding -----------------------------------------------------------


def case_of(
    draft: Draft,
    heard: Voices,
    questions: Sequence[Contest],
    drafts: Mapping[str, Draft],
    evidence: Evidence,
) -> Case:
    """Collect all that the rules ask for about one draft."""
    mine = heard[draft.id]
    places = [(q, s) for q in questions for s in q.stands if draft.id in s.drafts]
    carriers = [v for v in mine if v.stance == "asserts"]
    carried = tuple(dict.fromkeys(v.article for v in carriers))
    taken_back, gone = retractions(mine, evidence)
    withdrawn = frozenset(key for _, stand in places for key in stand.gone) | gone
    later = [
        other.label
        for q, stand in places
        for other in q.stands
        if stand.superseded and other is not stand and not other.superseded
    ]
    held = {v.origin.key for v in carriers if v.counted}
    opposed = [
        *(v for q, stand in places for v in opponents(q, stand, heard, drafts)),
        *(v for v in mine if contradicts(v, draft, evidence)),
    ]
    opens = [i for q, _ in places for i in q.open]
    return Case(
        draft=draft,
        heard=mine,
        said=statements(mine, evidence),
        routes=routes(carriers, evidence),
        carried=carried or tuple(dict.fromkeys(v.article for v in mine)),
        total=len(evidence.sources.groups),
        outlets=evidence.sources.outlets(carried or {v.article for v in mine}),
        against=tuple(v for v in opposed if v.origin.key not in held),
        open=tuple(
            dict.fromkeys(drafts[i].text for i in opens if lapses(i, draft, heard) is False)
        ),
        withdrawn=withdrawn,
        taken_back=taken_back,
        later=tuple(dict.fromkeys(later)),
        varies=tuple(q.text for q, _ in places if q.kind == "detail" and len(q.stands) > 1),
    )


def opponents(
    contest: Contest, stand: Stand, heard: Voices, drafts: Mapping[str, Draft]
) -> list[Voice]:
    """The voices in the other positions of a conflict that dispute a position."""
    if contest.kind != "conflict":
        return []
    return [
        voice
        for other in contest.stands
        if other is not stand
        for identity in other.drafts
        if drafts[identity].kind == "fact"
        for voice in heard[identity]
        if disputes(voice) and voice.origin.key not in other.gone
    ]


def disputes(voice: Voice) -> bool:
    """Whether a voice in another position is a firm word, or a named hedged denial."""
    if not voice.counted or voice.stance != "asserts" or voice.relation not in {"same", "more"}:
        return False
    if voice.origin.kind == "anonymous":
        return False
    named_denial = voice.origin.kind == "side" and negated(voice.text)
    return voice.modality != "hedged" or named_denial


def contradicts(voice: Voice, draft: Draft, evidence: Evidence) -> bool:
    """Whether a crosscheck answer sets a firm word against a draft.

    A denial must say the opposite, and where the draft is no denial itself must show in
    the cited sentences; another value must be a number of the same thing that cannot be
    reconciled, and not one of another moment.
    """
    if draft.kind != "fact" or voice.modality == "hedged" or voice.origin.kind == "anonymous":
        return False
    article = evidence.sources.articles[voice.article]
    cited = " ".join(article.sentence(n).text for n in voice.sentences)
    if voice.stance == "denies":
        denies_itself = negated(draft.text)
        opposite = negated(voice.text) != denies_itself
        return opposite and (denies_itself or denial(cited) or negated(cited))
    if voice.stance != "differs" or any(evidence.claims[i].asof for i in draft.same):
        return False
    pairs = [
        (a, b) for a in quantities(draft.text) for b in quantities(voice.text) if comparable(a, b)
    ]
    return any(not compatible(a, b) for a, b in pairs)


def lapses(open_draft: str, draft: Draft, heard: Voices) -> bool:
    """Whether a call for caution has no bearing: it is by the very source that asserts it."""
    askers = {v.origin.key for v in heard[open_draft]}
    return askers <= {v.origin.key for v in heard[draft.id] if v.stance == "asserts"}


def to_finding(case: Case, issues: Sequence[Issue]) -> Finding:
    """The case as it stands in the report."""
    ruling = rule(case)
    mine = [
        issue.id
        for issue in issues
        if case.draft.id in (*issue.open, *(i for p in issue.positions for i in p.findings))
    ]
    return Finding(
        id=case.draft.id,
        text=case.draft.text,
        kind=case.draft.kind,
        core=case.draft.core,
        claims=case.draft.same,
        verdict=ruling.verdict,
        reasons=ruling.reasons,
        settle=settle(case, ruling),
        origins=ruling.origins,
        against=ruling.against,
        carried_by=case.carried,
        outlets=case.outlets,
        voices=case.heard,
        said=case.said,
        issues=tuple(mine),
        parent=case.draft.parent,
    )
