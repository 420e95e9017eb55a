"""Collect what bears on one finding: who stands against it, calls it open, or took it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from factcheck.judge.drafts import Draft
from factcheck.judge.evidence import (
    Evidence,
    can_be_held_against,
    collect_statements,
    count_routes,
    is_asserting,
)
from factcheck.judge.positions import QuestionState
from factcheck.judge.questions import name_leaving
from factcheck.judge.verdicts import Case
from factcheck.models import Claim, Group, Origin, Voice

INSTITUTIONAL = frozenset({"official", "party", "document"})
"""Roles whose cautious denial ("no evidence of it") is set against a firm word."""

Place = tuple[QuestionState, int]
"""A question, and the number of a position in it."""


def build_case(
    draft: Draft,
    states: Sequence[QuestionState],
    overtaken: frozenset[str],
    evidence: Evidence,
) -> Case:
    """Collect all that the rules ask for about one finding."""
    voices = draft.voices
    places = [(s, n) for s in states for n in find_places(draft.group, s, evidence)]
    withdrawn = find_lapsed_origins(voices, evidence).union(
        *(state.positions[n].withdrawn for state, n in places)
    )
    carriers = [v for v in voices if carries(v)]
    conflicts, slips = ([s for s in states if s.kind == kind] for kind in ("conflict", "slip"))
    return Case(
        kind=draft.kind,
        voices=voices,
        said=collect_statements(voices, evidence),
        routes=count_routes(carriers, evidence),
        outlets=evidence.outlets.count_outlets([v.article for v in carriers]),
        total=sum(group.counts for group in evidence.outlets.groups),
        opponents=(
            *find_opponents(draft.group, conflicts, overtaken, evidence),
            *find_denials(voices, places, evidence),
        ),
        slips=find_opponents(draft.group, slips, overtaken, evidence),
        open=find_open_calls(voices, places, withdrawn, evidence),
        replaced=tuple(
            dict.fromkeys(
                s.positions[s.standing].label for s, n in places if s.positions[n].superseded
            )
        ),
        withdrawn=withdrawn,
        left=tuple(i for s, n in places for i in name_leaving(s.positions[n], s, evidence)),
        retracted_by=tuple(dict.fromkeys(v.origin.label for v in list_notices(voices))),
        recalled=find_recalled(voices, evidence),
        later=is_overtaken(voices, evidence),
        details=tuple(dict.fromkeys(state.text for state, _ in places if state.kind == "detail")),
        touches=tuple(
            s.text
            for s in states
            if s.near & {*draft.group.same} and s not in [p for p, _ in places]
        ),
    )


def carries(voice: Voice) -> bool:
    """Whether an article prints all of a finding, on whatever word."""
    return voice.stance == "asserts" and voice.relation != "part"


# --- in questions -----------------------------------------------------------------


def find_takers(group: Group, state: QuestionState, evidence: Evidence) -> list[str]:
    """The claims by which a group takes positions in a question: those that state it.

    If all say more, only claims of two outlets do: what they share may be beside the question.
    """
    takers = [i for i in group.same or group.more if state.positions_of([i])]
    outlets = {evidence.outlets.group_of[evidence.claims[i].article] for i in takers}
    return takers if group.same or len(outlets) > 1 else []


def find_places(group: Group, state: QuestionState, evidence: Evidence) -> tuple[int, ...]:
    """The positions that a group takes in a question.

    If all its claims say more, what they share takes one only if most of them do, and no other.
    """
    takers = find_takers(group, state, evidence)
    taken = state.positions_of(takers)
    shared = len(taken) == 1 and 2 * len(takers) > len(group.more)
    return taken if group.same or shared else ()


def find_rivals(group: Group, state: QuestionState, evidence: Evidence) -> tuple[int, ...]:
    """The positions that exclude what a group says: those that exclude a claim that states it.

    Of claims that all say more only what excludes each: "at least one warning" is excluded by
    "none", not by "two".
    """
    excluding = [
        {rival for place in state.positions_of([claim]) for rival in state.opponents(place)}
        for claim in find_takers(group, state, evidence)
    ]
    join = set.union if group.same else set.intersection
    return tuple(sorted(join(*excluding))) if excluding else ()


def list_overtaken(states: Iterable[QuestionState]) -> frozenset[str]:
    """The claims that a later state or a decision has replaced, in whichever question."""
    return frozenset(
        claim.id
        for state in states
        for position in state.positions
        if position.superseded
        for claim in position.claims
    )


def find_opponents(
    group: Group, states: Iterable[QuestionState], overtaken: frozenset[str], evidence: Evidence
) -> tuple[Origin, ...]:
    """The origins that firmly take a position which excludes what a group says, and stand by it.

    What is overtaken, in whichever question, stands against nothing any more.
    """
    return tuple(
        origin
        for state in states
        for rival in find_rivals(group, state, evidence)
        for claim in state.positions[rival].claims
        if (origin := evidence.origin(claim)).key not in state.positions[rival].withdrawn
        and claim.id not in overtaken
        and can_oppose(claim, origin, evidence)
    )


def can_oppose(claim: Claim, origin: Origin, evidence: Evidence) -> bool:
    """Whether a claim is firm enough to dispute another, and made by somebody to be named.

    A named institution's cautious denial is; an unnamed voice and a column are not.
    """
    if claim.kind not in {"fact", "act"} or claim.id in evidence.echoes:
        return False
    if not can_be_held_against(origin, claim.article, evidence):
        return False
    if claim.modality != "hedged":
        return True
    return claim.speaker is not None and evidence.speakers[claim.speaker].role in INSTITUTIONAL


def is_concerned(draft: Draft, state: QuestionState, evidence: Evidence) -> bool:
    """Whether a draft takes a position in a question, or is excluded in it."""
    return bool(
        find_places(draft.group, state, evidence) or find_rivals(draft.group, state, evidence)
    )


def find_open_calls(
    voices: Iterable[Voice],
    places: Iterable[Place],
    withdrawn: frozenset[str],
    evidence: Evidence,
) -> tuple[str, ...]:
    """What others than those who assert it say about it being open, columns aside.

    In their claims, or beside them in the words of the comparison, else of the article.
    """
    mine = {v.origin.key for v in voices if is_asserting(v)} - withdrawn
    calls = [
        *((c.text, evidence.origin(c)) for s, _ in places if s.kind == "conflict" for c in s.open),
        *((v.text or " ".join(v.quotes), v.origin) for v in voices if v.stance == "doubts"),
    ]
    told = (text for text, by in calls if by.key not in mine and by.kind != "author")
    return tuple(dict.fromkeys(told))


def find_denials(
    voices: Iterable[Voice], places: Sequence[Place], evidence: Evidence
) -> tuple[Origin, ...]:
    """Who denies it, or gives another value, beside the claims.

    An article whose own claim is replaced lends that one no new force by telling it again,
    nor does an origin that has left its position.
    """
    others = [p for state, n in places for i, p in enumerate(state.positions) if i != n]
    past = {claim.article for p in others if p.superseded for claim in p.claims}
    gone = {key for position in others for key in position.withdrawn}
    return tuple(
        voice.origin
        for voice in voices
        if voice.stance in {"denies", "differs"}
        and voice.article not in past
        and voice.origin.key not in gone
        and can_be_held_against(voice.origin, voice.article, evidence)
    )


# --- in time ----------------------------------------------------------------------


def list_notices(voices: Iterable[Voice]) -> list[Voice]:
    """Who took the content back, or a part of it; not more than it says."""
    return [v for v in voices if v.stance == "retracts" and v.relation != "more"]


def find_lapsed_origins(voices: Sequence[Voice], evidence: Evidence) -> frozenset[str]:
    """The keys of the origins whose word has lapsed since the content was taken back.

    A retraction ends the word of its own origin, of the outlets that had the content
    through it, and of outlets that told it in their own voice before, unless they went on with
    the account of somebody else.
    """
    notices = list_notices(voices)
    told = [v for v in voices if v.stance == "asserts" and v.source is None and not v.after]
    again = {v.origin.key for v in told if not precedes_any(v, notices, evidence)}
    lapsed = {v.origin.key for v in told} - again
    return frozenset(lapsed | {notice.origin.key for notice in notices})


def find_lapsed_claims(draft: Draft, evidence: Evidence) -> list[str]:
    """The claims at home in a draft that were taken back or that take it back."""
    lapsed = find_lapsed_origins(draft.voices, evidence)
    home = draft.group.same
    return [v.claim for v in draft.voices if v.claim in home and v.origin.key in lapsed]


def find_recalled(voices: Sequence[Voice], evidence: Evidence) -> frozenset[str]:
    """The articles whose report their own paper took back later."""
    paper_of = evidence.outlets.paper_of
    notices = list_notices(voices)
    return frozenset(
        voice.article
        for voice in voices
        for notice in notices
        if paper_of[voice.article] == paper_of[notice.article]
        and evidence.is_before(voice.article, notice.article)
    )


def precedes_any(voice: Voice, notices: Iterable[Voice], evidence: Evidence) -> bool:
    """Whether a voice was certainly published before one of these."""
    return any(evidence.is_before(voice.article, notice.article) for notice in notices)


def is_overtaken(voices: Sequence[Voice], evidence: Evidence) -> bool:
    """Whether an article that tells a later state appeared after all that assert it."""
    mine = [v for v in voices if is_asserting(v)]
    return any(
        all(evidence.is_before(v.article, later.article) for v in mine)
        for later in voices
        if later.stance == "updates" and later.origin.kind != "author"
    )
