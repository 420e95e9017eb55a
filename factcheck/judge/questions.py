"""Follow the questions that the comparison found: who stands against whom, and what they amount to.

Each gets a state, from which findings take what bears on them. Nothing is judged by its words;
a question that cannot be used is listed with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from factcheck.judge.evidence import Evidence
from factcheck.judge.identity import distinct_origins
from factcheck.judge.positions import (
    PositionState,
    QuestionState,
    mark_superseded,
    mark_withdrawn,
)
from factcheck.models import (
    Claim,
    Issue,
    IssueKind,
    NotAssessed,
    Origin,
    Position,
    Question,
    Remark,
)

COLUMN = Remark(
    code="no-counted-position",
    text="a position of articles that were left out, or of a column alone: its author's view",
)
ONE_POSITION = Remark(
    code="one-position", text="it has one position, and nobody else calls it open"
)


def follow_questions(
    questions: Sequence[Question], evidence: Evidence, lapsed: frozenset[str]
) -> tuple[tuple[QuestionState, ...], tuple[NotAssessed, ...]]:
    """The state of each question, and the questions that have no two sides.

    `lapsed` are the claims that were taken back, with those that take something back.
    """
    states: list[QuestionState] = []
    dropped: list[NotAssessed] = []
    for question in questions:
        state = to_state(question, evidence)
        taken = {claim.id for position in state.positions for claim in position.claims}
        dropped += [
            NotAssessed(stage="compare", text=f"{question.text} {answer.label}", reason=COLUMN)
            for answer in question.answers
            if answer.claims and not taken & {*answer.claims}
        ]
        takers = {evidence.origin(c).key for p in state.positions for c in p.claims}
        asked = any(evidence.origin(call).key not in takers for call in state.open)
        if len(state.positions) + asked < 2:
            dropped.append(NotAssessed(stage="compare", text=question.text, reason=ONE_POSITION))
        else:
            states.append(mark_withdrawn(state, lapsed, evidence))
    both = pair_versions(states)
    return tuple(mark_superseded(state, evidence, both) for state in states), tuple(dropped)


def pair_versions(states: Iterable[QuestionState]) -> frozenset[frozenset[str]]:
    """Pairs of claims that are versions of a detail: of what may hold at once.

    As a toll of those found at sea, and one that adds who died in hospital.
    """
    return frozenset(
        frozenset((a.id, b.id))
        for state in states
        if state.kind == "detail"
        for one, other in combinations(state.positions, 2)
        for a in one.claims
        for b in other.claims
    )


def to_state(question: Question, evidence: Evidence) -> QuestionState:
    """The question with the positions that a claim takes, renumbered.

    What a column says in its author's voice takes no position.
    """
    taken = take_positions(question, evidence)
    number_of = {old: number for number, old in enumerate(taken)}
    excludes = tuple(
        (number_of[one], number_of[two])
        for one, two in question.excludes
        if one in number_of and two in number_of and one != two
    )
    settled = None if question.settled is None else number_of.get(question.settled)
    if settled is not None and question.kind != "change":
        settled = settled if is_decided(tuple(taken.values()), settled, evidence) else None
    kind: IssueKind = "change" if settled is not None else question.kind
    taking = {i for answer in question.answers for i in answer.claims}
    touching = dict.fromkeys(i for answer in question.answers for i in answer.near)
    return QuestionState(
        text=question.text,
        kind=kind,
        positions=tuple(taken.values()),
        excludes=excludes,
        open=tuple(evidence.claims[i] for i in question.open if i in evidence.claims),
        settled=settled,
        near=tuple(i for i in touching if i not in taking),
    )


def is_decided(positions: Sequence[PositionState], settled: int, evidence: Evidence) -> bool:
    """Whether somebody who may settle a dispute tells the position with this number.

    An origin of another position, an official, a document, or an outlet by its own knowledge, not
    after somebody's account. That one side takes its word back does not make another's right.
    """
    others = {
        evidence.origin(claim).key
        for number, position in enumerate(positions)
        if number != settled
        for claim in position.claims
    }
    for claim in positions[settled].claims:
        origin, who = evidence.origin(claim), claim.speaker or claim.follows
        if origin.key in others or (who is None and origin.kind == "outlet"):
            return True
        if who is not None and evidence.speakers[who].role in {"official", "document"}:
            return True
    return False


def take_positions(question: Question, evidence: Evidence) -> dict[int, PositionState]:
    """The positions that a claim takes which is no column's, by their numbers in the question."""
    taken = {}
    for number, answer in enumerate(question.answers):
        claims = list_heard(answer.claims, evidence)
        touched = question.kind in {"slip", "detail"} and not answer.claims
        shown = list_heard(answer.near, evidence) if touched else claims
        if shown:
            taken[number] = PositionState(answer.label, claims, shown)
    return taken


def list_heard(claims: Sequence[str], evidence: Evidence) -> tuple[Claim, ...]:
    """The claims with these ids, without those of articles that were left out or of a column."""
    known = (evidence.claims[i] for i in claims if i in evidence.claims)
    return tuple(claim for claim in known if evidence.origin(claim).kind != "author")


# --- out ----------------------------------------------------------------------------


def to_issue(
    identity: str,
    state: QuestionState,
    home: Mapping[str, str],
    repeated: frozenset[str],
    evidence: Evidence,
) -> Issue:
    """The question as it stands in the report; `home` leads from claims to findings.

    `repeated` are the claims that only repeat another's word.
    """
    positions = tuple(
        to_position(position, state, home, repeated, evidence) for position in state.positions
    )
    calls = dict.fromkeys(home[claim.id] for claim in state.open)
    told = {finding for position in positions for finding in position.findings} | {*calls}
    near = dict.fromkeys(home[claim] for claim in state.near if claim in home)
    return Issue(
        id=identity,
        question=state.text,
        kind=state.kind,
        positions=positions,
        excludes=state.excludes,
        settled=state.settled,
        open=tuple(calls),
        near=tuple(finding for finding in near if finding not in told),
        notes=state.notes,
    )


def to_position(
    position: PositionState,
    state: QuestionState,
    home: Mapping[str, str],
    repeated: frozenset[str],
    evidence: Evidence,
) -> Position:
    """A position with the origins that stand by it, and those that left it.

    Who only repeats another's word takes no position, unless nobody else does.
    """
    own = [claim for claim in position.shown if claim.id not in repeated]
    origins = distinct_origins(evidence.origin(claim) for claim in own or position.shown)
    left = [origin for origin in origins if origin.key in position.withdrawn]
    return Position(
        label=position.label,
        findings=tuple(dict.fromkeys(home[claim.id] for claim in position.shown)),
        claims=tuple(claim.id for claim in position.shown),
        origins=tuple(origin for origin in origins if origin not in left),
        articles=tuple(dict.fromkeys(claim.article for claim in position.shown)),
        withdrawn=name_leaving(position, state, evidence),
        superseded=position.superseded,
        asof=next((claim.asof for claim in position.shown if claim.asof), ""),
    )


def name_leaving(
    position: PositionState, state: QuestionState, evidence: Evidence
) -> tuple[str, ...]:
    """Who left a position; of the papers that shared a text, those that say otherwise since."""
    gone = [c for c in position.claims if evidence.origin(c).key in position.withdrawn]
    paper_of = evidence.outlets.paper_of
    others = [c for other in state.positions if other is not position for c in other.claims]
    turned = {paper_of[c.article] for c in others if c.speaker is None}
    own = [c for c in gone if c.speaker is not None or paper_of[c.article] in turned]
    named = distinct_origins(name_as_paper(evidence.origin(c), c, evidence) for c in own or gone)
    return tuple(dict.fromkeys(origin.label for origin in named))


def name_as_paper(origin: Origin, claim: Claim, evidence: Evidence) -> Origin:
    """An outlet under the name of the paper itself, where a claim is its own voice.

    Where that goes on with an account, the source leaves its word, not the paper.
    """
    if origin.kind != "outlet":
        return origin
    if claim.follows is not None:
        named = evidence.identity.source_of[claim.follows].name
    else:
        named = evidence.outlets.name_paper(claim.article)
    return origin.model_copy(update={"label": named or origin.label})
