"""Collect what bears on one finding: who stands against it, calls it open, or took it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Stake:
    """The positions of a question that a group takes, and those that exclude it, by number."""

    state: QuestionState
    taken: tuple[int, ...] = ()
    rivals: tuple[int, ...] = ()


def build_case(
    draft: Draft, stakes: Sequence[Stake], overtaken: frozenset[str], evidence: Evidence
) -> Case:
    """Collect all that the rules ask for about one finding; it has stakes in all questions."""
    voices = draft.voices
    places = [(stake.state, n) for stake in stakes for n in stake.taken]
    withdrawn = find_lapsed_origins(voices, evidence).union(
        *(state.positions[n].withdrawn for state, n in places)
    )
    carriers = [v for v in voices if carries(v)]
    conflicts = [stake for stake in stakes if stake.state.kind == "conflict"]
    slips = [stake for stake in stakes if stake.state.kind == "slip"]
    return Case(
        kind=draft.kind,
        voices=voices,
        said=collect_statements(voices, evidence),
        routes=count_routes(carriers, evidence),
        outlets=evidence.outlets.count_outlets([v.article for v in carriers]),
        total=sum(group.counts for group in evidence.outlets.groups),
        opponents=(
            *find_opponents(conflicts, overtaken, voices, evidence),
            *find_denials(voices, places, evidence),
        ),
        slips=find_opponents(slips, overtaken, voices, evidence),
        open=find_open_calls(voices, places, withdrawn, evidence),
        replaced=tuple(
            dict.fromkeys(
                s.positions[s.standing].label for s, n in places if s.positions[n].superseded
            )
        ),
        perhaps_replaced=tuple(
            dict.fromkeys(
                s.positions[s.standing].label for s, n in places if s.positions[n].unordered
            )
        ),
        withdrawn=withdrawn,
        left=tuple(i for s, n in places for i in name_leaving(s.positions[n], s, evidence)),
        retracted_by=tuple(dict.fromkeys(v.origin.label for v in list_notices(voices))),
        recalled=find_recalled(voices, evidence),
        later=is_overtaken(voices, evidence),
        details=tuple(dict.fromkeys(state.text for state, _ in places if state.kind == "detail")),
        touches=tuple(
            stake.state.text
            for stake in stakes
            if {*stake.state.near} & {*(draft.group.same or draft.group.more)} and not stake.taken
        ),
    )


def carries(voice: Voice) -> bool:
    """Whether an article prints all of a finding, on whatever word."""
    return voice.stance == "asserts" and voice.relation != "part"


# --- in questions -----------------------------------------------------------------


def find_stake(group: Group, state: QuestionState, evidence: Evidence) -> Stake:
    """What a group has at stake in a question, by the claims that state it.

    It takes their positions, and what excludes one of them excludes it. If all its claims say
    more, what they share may be beside the question: it has a stake only if most of them do, of
    two outlets at least; it takes a position if they take no other, and only what excludes each of
    them excludes it ("at least one warning" is excluded by "none", not by "two"). A column's claim
    takes no position, so that a group which is one's alone has at stake what says more.
    """
    own = [i for i in group.same if evidence.origin(evidence.claims[i]).kind != "author"]
    takers = [i for i in own or group.more if state.positions_of([i])]
    taken = state.positions_of(takers)
    excluding = [
        {rival for place in state.positions_of([claim]) for rival in state.opponents(place)}
        for claim in takers
    ]
    if own:
        return Stake(state, taken, tuple(sorted(set().union(*excluding))))
    outlets = {evidence.outlets.group_of[evidence.claims[i].article] for i in takers}
    if len(outlets) < 2 or 2 * len(takers) <= len(group.more):
        return Stake(state)
    shared = taken if len(taken) == 1 else ()
    return Stake(state, shared, tuple(sorted(set.intersection(*excluding))))


def list_overtaken(
    states: Iterable[QuestionState], drafts: Iterable[Draft], evidence: Evidence
) -> frozenset[str]:
    """The claims that a later state or a decision has replaced, in whichever question or none."""
    placed = [p for state in states for p in state.positions if p.superseded]
    later = [draft for draft in drafts if is_overtaken(draft.voices, evidence)]
    return frozenset(
        (
            *(claim.id for position in placed for claim in position.claims),
            *(claim for draft in later for claim in draft.group.same),
        )
    )


def find_opponents(
    stakes: Iterable[Stake],
    overtaken: frozenset[str],
    voices: Sequence[Voice],
    evidence: Evidence,
) -> tuple[Origin, ...]:
    """The origins that firmly take a position which excludes what a group says, and stand by it.

    What is overtaken, in whichever question, stands against nothing any more.
    """
    return tuple(
        set_apart(origin, claim, voices, evidence)
        for position in (stake.state.positions[n] for stake in stakes for n in stake.rivals)
        for claim in position.claims
        if (origin := evidence.origin(claim)).key not in position.withdrawn
        and claim.id not in overtaken
        and can_oppose(claim, origin, evidence)
    )


def set_apart(origin: Origin, claim: Claim, voices: Sequence[Voice], evidence: Evidence) -> Origin:
    """Who answers for a claim, apart from his side where another person of it says otherwise.

    Two trustees of one trust who contradict each other are in dispute, though they count as one.
    """
    source = evidence.identity.source_of[claim.speaker] if claim.speaker else None
    mine = {v.source for v in voices if is_asserting(v) and v.origin.key == origin.key}
    persons = {one.id for one in evidence.identity.sources if one.person}
    if source is None or source.id not in persons or not mine or not mine <= persons - {source.id}:
        return origin
    return origin.model_copy(update={"key": f"{origin.key}/{source.id}", "label": source.name})


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
    again = {
        voice.origin.key
        for voice in told
        if not any(evidence.is_before(voice.article, notice.article) for notice in notices)
    }
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


def is_overtaken(voices: Sequence[Voice], evidence: Evidence) -> bool:
    """Whether an article that tells a later state appeared after all that assert it."""
    mine = [v for v in voices if is_asserting(v)]
    return any(
        all(evidence.is_before(v.article, later.article) for v in mine)
        for later in voices
        if later.stance == "updates" and later.origin.kind != "author"
    )
