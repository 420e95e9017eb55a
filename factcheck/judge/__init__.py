"""Judge what the articles say: from claims and their comparison to findings with verdicts.

Code only, from fields alone: no text is looked into, no list of words asked, no language
known. The flow is `judge`, and each module answers one question of it:

- `outlets`, `speakers`: who is one? `identity`: who answers for a claim?
- `drafts`: which claims are one finding? `evidence`: whose word on it counts?
- `questions`, `positions`, `timeline`: what is contested, left or replaced?
- `cases`: what bears on a finding? `verdicts`: what does that amount to?
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from factcheck.judge.cases import (
    build_case,
    carries,
    find_lapsed_claims,
    find_stake,
    list_overtaken,
)
from factcheck.judge.drafts import Draft, clean_group, draft_findings, nest
from factcheck.judge.evidence import Evidence, list_repeated
from factcheck.judge.identity import Identity, identify
from factcheck.judge.questions import follow_questions, to_issue
from factcheck.judge.verdicts import Case, describe_settlement, rule
from factcheck.models import Article, Comparison, Extraction, Finding, Issue, NotAssessed

__all__ = ["Judgement", "judge"]


@dataclass(frozen=True)
class Judgement:
    """Findings f1, f2, … and issues q1, q2, …, who is who, and what could not be used."""

    identity: Identity
    findings: tuple[Finding, ...]
    issues: tuple[Issue, ...]
    not_assessed: tuple[NotAssessed, ...] = ()


def judge(
    articles: Sequence[Article],
    extractions: Sequence[Extraction],
    comparison: Comparison,
    *,
    copies: Sequence[tuple[str, str, float]] = (),
    owners: Mapping[str, Sequence[str]] | None = None,
) -> Judgement:
    """Judge every proposition of these articles.

    `copies` are pairs of articles that are near copies, with the share of common wording;
    `owners` maps an owner to the names of its outlets.
    """
    identity = identify(articles, extractions, comparison, copies=copies, owners=owners)
    claims = {claim.id: claim for e in extractions for claim in e.claims}
    groups = [clean_group(group, claims, identity.outlets.articles) for group in comparison.groups]
    evidence = Evidence(
        identity=identity,
        claims=claims,
        speakers={speaker.id: speaker for e in extractions for speaker in e.speakers},
        home={i: (*g.same, *g.more, *g.part) for g in groups for i in g.same},
        echoes=frozenset(i for group in groups for i in group.echoes),
    )
    drafts = draft_findings(groups, evidence)
    home = {claim: draft.id for draft in drafts for claim in draft.group.same}
    lapsed = frozenset(i for draft in drafts for i in find_lapsed_claims(draft, evidence))
    states, dropped = follow_questions(comparison.questions, evidence, lapsed)
    repeated = list_repeated(voice for draft in drafts for voice in draft.voices)
    issues = tuple(
        to_issue(f"q{n}", s, home, repeated, evidence) for n, s in enumerate(states, start=1)
    )
    parents, overtaken = nest(drafts), lapsed | list_overtaken(states, drafts, evidence)
    findings = []
    for draft in drafts:
        stakes = [find_stake(draft.group, state, evidence) for state in states]
        told = (
            issue.id
            for stake, issue in zip(stakes, issues, strict=True)
            if stake.taken or stake.rivals or draft.id in issue.open
        )
        case = build_case(draft, stakes, overtaken, evidence)
        parent = parents.get(draft.id, "")
        findings.append(to_finding(draft, case, issues=tuple(told), parent=parent))
    return Judgement(identity, tuple(findings), issues, (*identity.refused, *dropped))


def to_finding(draft: Draft, case: Case, *, issues: tuple[str, ...], parent: str) -> Finding:
    """The finding as it stands in the report."""
    ruling = rule(case)
    carriers = [v.article for v in draft.voices if carries(v)]
    return Finding(
        id=draft.id,
        text=draft.group.text,
        kind=draft.kind,
        core=draft.core,
        claims=draft.group.same or draft.group.more,
        verdict=ruling.verdict,
        reasons=ruling.reasons,
        settle=describe_settlement(case, ruling),
        origins=ruling.origins,
        against=ruling.against,
        carried_by=tuple(dict.fromkeys(carriers or [v.article for v in draft.voices])),
        outlets=case.outlets,
        voices=draft.voices,
        said=case.said,
        issues=issues,
        parent=parent,
        flags=draft.group.flags,
    )
