"""The judge: what the articles say and what the comparison found in, findings and verdicts out.

Code only, from fields alone: no text is looked into, no list of words asked, no language
known. The flow is `judge`: identity, evidence, questions, verdicts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from factcheck.judge.evidence import (
    ECHO,
    Evidence,
    can_be_held_against,
    collect_statements,
    collect_voices,
    count_routes,
)
from factcheck.judge.identity import Identity, identify
from factcheck.judge.questions import (
    QuestionState,
    follow_questions,
    list_overtaken,
    name_leaving,
    opposing_origins,
    to_issue,
)
from factcheck.judge.verdicts import Case, describe_settlement, is_asserting, rule
from factcheck.models import (
    Article,
    Claim,
    ClaimKind,
    Comparison,
    Extraction,
    Finding,
    Group,
    Issue,
    NotAssessed,
    Origin,
    Voice,
)

__all__ = ["Judgement", "judge"]


@dataclass(frozen=True)
class Judgement:
    """Findings f1, f2, … and issues q1, q2, …, who is who, and what could not be used."""

    identity: Identity
    findings: tuple[Finding, ...]
    issues: tuple[Issue, ...]
    not_assessed: tuple[NotAssessed, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A finding before it is judged: its group, and the voices on it."""

    id: str
    group: Group
    home: tuple[str, ...]
    kind: ClaimKind
    core: bool
    voices: tuple[Voice, ...]


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
    groups = [widen_echoes(group, claims) for group in comparison.groups]
    evidence = Evidence(
        identity=identity,
        claims=claims,
        speakers={speaker.id: speaker for e in extractions for speaker in e.speakers},
        home={i: (*g.same, *g.more, *g.part) for g in comparison.groups for i in g.same},
        echoes=frozenset(i for group in groups for i in group.echoes),
    )
    drafts = draft_findings(groups, evidence)
    home = {claim: draft.id for draft in drafts for claim in draft.home}
    lapsed = frozenset(i for draft in drafts for i in find_lapsed_claims(draft, evidence))
    states, dropped = follow_questions(comparison.questions, evidence, lapsed)
    issues = tuple(to_issue(f"q{n}", s, home, evidence) for n, s in enumerate(states, start=1))
    parents, overtaken = nest(drafts, home), list_overtaken(states)
    findings = tuple(
        to_finding(
            draft,
            build_case(draft, states, overtaken, evidence),
            find_issues(draft, states, issues, evidence),
            parents.get(draft.id, ""),
        )
        for draft in drafts
    )
    return Judgement(identity, findings, issues, (*identity.refused, *dropped))


# --- findings to be ------------------------------------------------------------------


def draft_findings(groups: Sequence[Group], evidence: Evidence) -> tuple[Draft, ...]:
    """One draft for each group, one for each claim at home in none; in order of first claim.

    A claim is at home in the group that has it in `same`. A group of claims that all say
    more has nobody at home.
    """
    at_home = {claim for group in groups for claim in group.same}
    alone = [
        Group(text=claim.text, same=(claim.id,))
        for claim in evidence.claims.values()
        if claim.id not in at_home
    ]
    order = {claim: number for number, claim in enumerate(evidence.claims)}
    known = [*(keep_known(group, evidence) for group in groups), *alone]
    kept = [group for group in known if group.same or group.more]
    kept.sort(key=lambda group: min(order[i] for i in group.same or group.more))
    return tuple(
        draft_finding(f"f{number}", group, evidence) for number, group in enumerate(kept, start=1)
    )


def widen_echoes(group: Group, claims: Mapping[str, Claim]) -> Group:
    """The group with all claims of those who only pass it on with one, unless nobody is left."""
    known = [claims[i] for i in (*group.same, *group.more) if i in claims]
    passing = {(c.article, c.speaker) for c in known if c.id in group.echoes and c.speaker}
    echoes = {c.id: None for c in known if (c.article, c.speaker) in passing}
    if {*group.echoes, *echoes} >= {*group.same, *group.more}:
        return group
    return group.model_copy(update={"echoes": tuple({**dict.fromkeys(group.echoes), **echoes})})


def keep_known(group: Group, evidence: Evidence) -> Group:
    """The group without the claims and stands of articles that were left out."""
    return Group(
        text=group.text,
        same=tuple(i for i in group.same if i in evidence.claims),
        more=tuple(i for i in group.more if i in evidence.claims),
        part=tuple(i for i in group.part if i in evidence.claims),
        echoes=group.echoes,
        stands=tuple(s for s in group.stands if s.article in evidence.outlets.articles),
        flags=group.flags,
    )


def draft_finding(identity: str, group: Group, evidence: Evidence) -> Draft:
    """One draft; its kind and weight are those of the claims that state it."""
    members = [evidence.claims[i] for i in group.same or group.more]
    return Draft(
        id=identity,
        group=group,
        home=group.same,
        kind=commonest_kind(members),
        core=any(claim.core for claim in members),
        voices=collect_voices(group, evidence),
    )


def commonest_kind(claims: Iterable[Claim]) -> ClaimKind:
    """The commonest kind of some claims, what is taken back aside; of equals a fact, or the first.

    "The chamber said that the firm paid" is an act, and what it said a fact.
    """
    kinds = [claim.kind for claim in claims]
    told = [kind for kind in kinds if kind != "retract"] or kinds
    counts = Counter(told)
    return max(counts, key=lambda kind: (counts[kind], kind == "fact"))


def nest(drafts: Sequence[Draft], home: Mapping[str, str]) -> dict[str, str]:
    """The parent of each draft whose claims all say more or only a part of another's.

    The parent is the largest such draft; a draft is never above one that is above it.
    """
    parents: dict[str, str] = {}
    for parent in sorted(drafts, key=lambda d: -len((*d.group.same, *d.group.more))):
        beyond = {*parent.group.more, *parent.group.part}
        for child in {home[claim]: None for claim in beyond if claim in home}:
            members = {claim for claim, draft in home.items() if draft == child}
            if members <= beyond and child not in (parent.id, *ancestors(parent.id, parents)):
                parents.setdefault(child, parent.id)
    return parents


def ancestors(draft: str, parents: Mapping[str, str]) -> list[str]:
    """The drafts above a draft, nearest first."""
    above = []
    while draft in parents:
        draft = parents[draft]
        above.append(draft)
    return above


# --- what bears on a finding ----------------------------------------------------------


def build_case(
    draft: Draft,
    states: Sequence[QuestionState],
    overtaken: frozenset[str],
    evidence: Evidence,
) -> Case:
    """Collect all that the rules ask for about one finding."""
    places = [(s, n) for s in states for n in find_places(draft.group, s, evidence)]
    retracted_by, lapsed = find_retractions(draft.voices, evidence)
    withdrawn = {key for state, n in places for key in state.positions[n].withdrawn} | lapsed
    mine = {v.origin.key for v in draft.voices if is_asserting(v)} - withdrawn
    carriers = [v for v in draft.voices if carries(v)]
    return Case(
        kind=draft.kind,
        voices=draft.voices,
        said=collect_statements(draft.voices, evidence),
        routes=count_routes([v for v in carriers if v.note != ECHO], evidence),
        outlets=evidence.outlets.count_outlets([v.article for v in carriers]),
        total=sum(group.counts for group in evidence.outlets.groups),
        opponents=(
            *opponents(draft.group, states, "conflict", mine, overtaken, evidence),
            *find_denials(draft.voices, places, evidence),
        ),
        slips=opponents(draft.group, states, "slip", mine, overtaken, evidence),
        open=tuple(
            dict.fromkeys(
                (
                    *(text for state, _ in places for text in open_calls(state, mine, evidence)),
                    *(doubt_text(v) for v in draft.voices if is_doubt(v, mine)),
                )
            )
        ),
        replaced=tuple(
            dict.fromkeys(
                s.positions[s.standing].label for s, n in places if s.positions[n].superseded
            )
        ),
        withdrawn=frozenset(withdrawn),
        left=tuple(i for s, n in places for i in name_leaving(s.positions[n], s, evidence)),
        retracted_by=retracted_by,
        recalled=find_recalled(draft.voices, evidence),
        later=is_overtaken(draft.voices, evidence),
        details=tuple(dict.fromkeys(state.text for state, _ in places if state.kind == "detail")),
        touches=tuple(
            s.text for s in states if s.near & {*draft.home} and s not in [p for p, _ in places]
        ),
    )


def carries(voice: Voice) -> bool:
    """Whether an article prints all of a finding, on whatever word."""
    return voice.stance == "asserts" and voice.relation != "part"


def find_places(group: Group, state: QuestionState, evidence: Evidence) -> tuple[int, ...]:
    """The positions that a group takes in a question: those of the claims that state it.

    A group whose claims all say more takes a position that claims of two outlets take,
    and none of its claims another: what they share may be beside the question.
    """
    if group.same:
        return state.positions_of(group.same)
    taken = state.positions_of(group.more)
    if len(taken) != 1:
        return ()
    claims = (c for c in state.positions[taken[0]].claims if c.id in group.more)
    takers = {evidence.outlets.group_of[claim.article] for claim in claims}
    return taken if len(takers) > 1 else ()


def find_rivals(group: Group, state: QuestionState, evidence: Evidence) -> tuple[int, ...]:
    """The positions that exclude what a group says.

    A group whose claims all say more, and take several positions, is excluded by what excludes
    each of these: "at least one warning" by "none", not by "two". A group whose claims take
    several positions of a slip is not about that detail.
    """
    places = find_places(group, state, evidence)
    if state.kind == "slip" and len(places) > 1:
        return ()  # its claims are one whatever the detail is
    if places:
        return tuple(dict.fromkeys(n for place in places for n in state.opponents(place)))
    taken = () if group.same else state.positions_of(group.more)
    excluding = [{*state.opponents(place)} for place in taken]
    return tuple(sorted(set.intersection(*excluding))) if len(taken) > 1 else ()


def opponents(
    group: Group,
    states: Sequence[QuestionState],
    kind: str,
    mine: set[str],
    overtaken: frozenset[str],
    evidence: Evidence,
) -> tuple[Origin, ...]:
    """The origins of other interests that exclude what a group says, in questions of a kind."""
    return tuple(
        origin
        for state in states
        if state.kind == kind
        for origin in opposing_origins(
            state, find_rivals(group, state, evidence), overtaken, evidence
        )
        if origin.key not in mine
    )


def open_calls(state: QuestionState, mine: set[str], evidence: Evidence) -> list[str]:
    """What others than those who assert a position say about it being open, columns aside."""
    if state.kind != "conflict":
        return []
    calls = [(claim.text, evidence.origin(claim)) for claim in state.open]
    return [text for text, by in calls if by.key not in mine and by.kind != "author"]


def is_doubt(voice: Voice, mine: set[str]) -> bool:
    """Whether somebody else than those who assert it doubts it, beside the claims."""
    by = voice.origin
    return voice.stance == "doubts" and by.key not in mine and by.kind != "author"


def doubt_text(voice: Voice) -> str:
    """A doubt in the words of the comparison, else of the article."""
    return voice.text or " ".join(voice.quotes)


def find_denials(
    voices: Sequence[Voice],
    places: Sequence[tuple[QuestionState, int]],
    evidence: Evidence,
) -> tuple[Origin, ...]:
    """Who denies it, or gives another value, beside the claims.

    An article whose own claim is replaced lends that one no new force by telling it again,
    nor does an origin that has left its position.
    """
    others = [p for state, n in places for i, p in enumerate(state.positions) if i != n]
    near = {claim for state, _ in places for claim in state.near}
    past = {c.article for p in others if p.superseded for c in p.claims if c.id not in near}
    gone = {key for position in others for key in position.withdrawn}
    return tuple(
        voice.origin
        for voice in voices
        if voice.stance in {"denies", "differs"}
        and voice.article not in past
        and voice.origin.key not in gone
        and can_be_held_against(voice.origin, voice.article, evidence)
    )


def find_retractions(
    voices: Sequence[Voice], evidence: Evidence
) -> tuple[tuple[str, ...], frozenset[str]]:
    """Who took the content back, and the keys of the origins whose word has lapsed by it.

    A retraction ends the word of its own origin, of the outlets that had the content
    through it, and of outlets that told it in their own voice before.
    """
    notices = [v for v in voices if v.stance == "retracts" and v.relation != "more"]
    told = [v for v in voices if v.stance == "asserts" and v.source is None]
    again = {v.origin.key for v in told if not precedes_any(v, notices, evidence)}
    lapsed = {v.origin.key for v in told} - again | {notice.origin.key for notice in notices}
    return tuple(dict.fromkeys(v.origin.label for v in notices)), frozenset(lapsed)


def find_recalled(voices: Sequence[Voice], evidence: Evidence) -> frozenset[str]:
    """The articles whose report was taken back later, by their paper or one with the same text."""
    outlets = evidence.outlets
    notices = [v for v in voices if v.stance == "retracts" and v.relation != "more"]
    papers = {outlets.paper_of[notice.article] for notice in notices}
    told = [v.article for v in voices if is_asserting(v) and precedes_any(v, notices, evidence)]
    texts = {outlets.group_of[a] for a in told if outlets.paper_of[a] in papers}
    return frozenset(a for a in told if outlets.group_of[a] in texts)


def precedes_any(voice: Voice, notices: Sequence[Voice], evidence: Evidence) -> bool:
    """Whether a voice was certainly published before one of these."""
    return any(evidence.is_before(voice.article, notice.article) for notice in notices)


def find_lapsed_claims(draft: Draft, evidence: Evidence) -> tuple[str, ...]:
    """The claims at home in a draft that were taken back or that take it back."""
    _, lapsed = find_retractions(draft.voices, evidence)
    return tuple(v.claim for v in draft.voices if v.claim in draft.home and v.origin.key in lapsed)


def is_overtaken(voices: Sequence[Voice], evidence: Evidence) -> bool:
    """Whether an article that tells a later state appeared after all that assert it."""
    mine = [v for v in voices if is_asserting(v)]
    return any(
        all(evidence.is_before(v.article, later.article) for v in mine)
        for later in voices
        if later.stance == "updates" and later.origin.kind != "author"
    )


def find_issues(
    draft: Draft,
    states: Sequence[QuestionState],
    issues: Sequence[Issue],
    evidence: Evidence,
) -> tuple[str, ...]:
    """The issues that a draft takes a position in, is excluded in, or calls open."""
    return tuple(
        issue.id
        for state, issue in zip(states, issues, strict=True)
        if draft.id in issue.open
        or find_places(draft.group, state, evidence)
        or find_rivals(draft.group, state, evidence)
    )


def to_finding(draft: Draft, case: Case, issues: tuple[str, ...], parent: str) -> Finding:
    """The finding as it stands in the report."""
    ruling = rule(case)
    carriers = [v.article for v in draft.voices if carries(v)]
    return Finding(
        id=draft.id,
        text=draft.group.text,
        kind=draft.kind,
        core=draft.core,
        claims=draft.home or draft.group.more,
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
