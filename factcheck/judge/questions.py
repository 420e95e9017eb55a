"""Follow the questions: which position stands, who left one, who stands against whom.

In: the questions that the comparison found, and the evidence. Out: for each question its
state, from which findings take what bears on them. Nothing is judged by its words; a
question that cannot be used is listed with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from factcheck.judge.evidence import Evidence, can_be_held_against
from factcheck.judge.identity import distinct_origins
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

INSTITUTIONAL = frozenset({"official", "party", "document"})
"""Roles whose cautious denial ("no evidence of it") is set against a firm word."""

COLUMN = Remark(
    code="no-counted-position",
    text="a position of articles that were left out, or of a column alone: its author's view",
)
ONE_POSITION = Remark(code="one-position", text="it has one position, and nobody calls it open")


@dataclass(frozen=True)
class PositionState:
    """One position: its claims, the origins that left it, whether another replaces it."""

    label: str
    claims: tuple[Claim, ...]
    withdrawn: frozenset[str] = frozenset()
    superseded: bool = False


@dataclass(frozen=True)
class QuestionState:
    """One question with its positions as they stand; `near` are claims that only touch it.

    A version of a detail that no claim has for its own point (an age, the spelling of a name) is
    shown by those that touch it.
    """

    text: str
    kind: IssueKind
    positions: tuple[PositionState, ...]
    excludes: tuple[tuple[int, int], ...]
    open: tuple[Claim, ...]
    settled: int | None
    near: frozenset[str] = frozenset()
    notes: tuple[Remark, ...] = ()

    def positions_of(self, claims: Sequence[str]) -> tuple[int, ...]:
        """The numbers of the positions that any of these claims takes."""
        taking = {*claims} - self.near
        return tuple(
            number
            for number, position in enumerate(self.positions)
            if any(claim.id in taking for claim in position.claims)
        )

    def opponents(self, number: int) -> tuple[int, ...]:
        """The numbers of the positions that exclude a position."""
        pairs = (pair for pair in self.excludes if number in pair)
        return tuple(two if one == number else one for one, two in pairs)

    @property
    def standing(self) -> int:
        """The number of the position that replaces the others of a change: the last or settled."""
        return len(self.positions) - 1 if self.settled is None else self.settled


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
        if len(state.positions) + bool(state.open) < 2:
            dropped.append(NotAssessed(stage="compare", text=question.text, reason=ONE_POSITION))
        else:
            states.append(mark_superseded(mark_withdrawn(state, lapsed, evidence), evidence))
    return tuple(states), tuple(dropped)


def to_state(question: Question, evidence: Evidence) -> QuestionState:
    """The question with the positions that a claim takes, renumbered.

    What a column says in its author's voice takes no position. What one origin says twice is no
    dispute unless it excludes itself.
    """
    claims = evidence.claims
    known = {i: c for i, c in claims.items() if evidence.origin(c).kind != "author"}
    number_of: dict[int | None, int] = {}
    positions: list[PositionState] = []
    for old, answer in enumerate(question.answers):
        about = answer.claims or (answer.near if question.kind in {"slip", "detail"} else ())
        members = tuple(known[i] for i in about if i in known)
        if members:
            number_of[old] = len(positions)
            positions.append(PositionState(answer.label, members))
    excludes = tuple(
        (number_of[one], number_of[two])
        for one, two in question.excludes
        if one in number_of and two in number_of and one != two
    )
    settled = number_of.get(question.settled)
    kind: IssueKind = "change" if settled is not None else question.kind
    origins = {evidence.origin(c).key for position in positions for c in position.claims}
    if kind == "conflict" and not excludes and len(positions) > 1 and len(origins) == 1:
        kind = "detail"
    touching = {i for answer in question.answers for i in answer.near}
    return QuestionState(
        text=question.text,
        kind=kind,
        positions=tuple(positions),
        excludes=excludes,
        open=tuple(claims[i] for i in question.open if i in claims),
        settled=settled,
        near=frozenset(touching - {i for answer in question.answers for i in answer.claims}),
    )


# --- time ---------------------------------------------------------------------------


def mark_withdrawn(
    state: QuestionState, lapsed: frozenset[str], evidence: Evidence
) -> QuestionState:
    """Mark origins that took all they said for a position back, or that left it.

    An origin leaves a position if it later takes one that excludes it. Later by publication:
    all that it says for the one appeared before all that it says for the other. Versions of
    a detail can stand together, so nobody leaves one for another.
    """
    takers = [group_by_origin(position, state.near, evidence) for position in state.positions]
    gone = [
        {key for key, claims in origins.items() if {c.id for c in claims} <= lapsed}
        for origins in takers
    ]
    exclusive = {frozenset(pair) for pair in state.excludes if state.kind != "detail"}
    if state.settled is not None and not state.opponents(state.settled):
        exclusive |= {frozenset((n, state.settled)) for n in range(len(takers))}
    for one, two in permutations(range(len(takers)), 2):
        if frozenset((one, two)) in exclusive:
            gone[one] |= {
                key
                for key, claims in takers[one].items()
                if (later := find_same_voice(key, claims, takers[two], evidence))
                and all(evidence.is_before(a.article, b.article) for a in claims for b in later)
            }
    return replace(
        state,
        positions=tuple(
            replace(position, withdrawn=frozenset(keys))
            for position, keys in zip(state.positions, gone, strict=True)
        ),
    )


def group_by_origin(
    position: PositionState, near: frozenset[str], evidence: Evidence
) -> dict[str, list[Claim]]:
    """The claims of a position by the key of their origin; those that only touch it aside."""
    found: dict[str, list[Claim]] = {}
    for claim in position.claims:
        if claim.id not in near:
            found.setdefault(evidence.origin(claim).key, []).append(claim)
    return found


def find_same_voice(
    key: str, claims: Sequence[Claim], takers: Mapping[str, Sequence[Claim]], evidence: Evidence
) -> list[Claim]:
    """What the origin of some claims says there, or its papers in their own voice.

    A paper may leave a text that it shared with others, but not for the source whose account it
    told on; what it writes beside an agency that it credits is no word of the agency's.
    """
    group_of, paper_of = evidence.outlets.group_of, evidence.outlets.paper_of
    texts = {group_of[claim.article] for claim in claims}
    papers = {paper_of[c.article] for c in claims if c.speaker is None and not c.follows}
    return [
        c
        for origin, several in takers.items()
        for c in several
        if (origin == key and (c.speaker or c.via or group_of[c.article] in texts))
        or (c.speaker is None and paper_of[c.article] in papers)
    ]


def mark_superseded(state: QuestionState, evidence: Evidence) -> QuestionState:
    """Mark the positions that a later value or a decision replaces.

    What is settled replaces what it excludes; all else where no pair says what that is. A later
    value replaces an earlier one only where their order is known: by as-of times, by an article
    that tells both, or by publication.
    """
    if state.kind != "change":
        return state
    last, excluded = state.positions[state.standing], state.opponents(state.standing)
    positions, notes = [], []
    for number, position in enumerate(state.positions):
        decided = state.settled is not None and (not excluded or number in excluded)
        later = state.settled is None and order_is_known(position, last, evidence)
        replaced = position is not last and (decided or later)
        positions.append(replace(position, superseded=replaced))
        if state.settled is None and not replaced and position is not last:
            text = f"Which is later, “{position.label}” or the last, is not known."
            notes.append(Remark(code="order-unknown", text=text))
    return replace(state, positions=tuple(positions), notes=tuple(notes))


def order_is_known(earlier: PositionState, later: PositionState, evidence: Evidence) -> bool:
    """Whether something besides the model's order says which position came first.

    Nothing does where all that is known of the times says the opposite.
    """
    pairs = [(a, b) for a in earlier.claims for b in later.claims]
    if all(holds_before(b, a, evidence) for a, b in pairs):
        return False
    dated = any(claim.asof for pair in pairs for claim in pair)
    both = {c.article for c in earlier.claims} & {c.article for c in later.claims}
    return dated or bool(both) or any(holds_before(a, b, evidence) for a, b in pairs)


def holds_before(one: Claim, other: Claim, evidence: Evidence) -> bool:
    """Whether a value certainly holds for an earlier moment than another.

    By the moments that both are given for, else by publication.
    """
    if one.held and other.held:
        return one.held[1] <= other.held[0]
    return evidence.is_before(one.article, other.article)


# --- who stands against whom --------------------------------------------------------


def list_overtaken(states: Iterable[QuestionState]) -> frozenset[str]:
    """The claims that a later state or a decision has replaced, in whichever question."""
    return frozenset(
        claim.id
        for state in states
        for position in state.positions
        if position.superseded
        for claim in position.claims
        if claim.id not in state.near
    )


def opposing_origins(
    state: QuestionState, rivals: Iterable[int], overtaken: frozenset[str], evidence: Evidence
) -> tuple[Origin, ...]:
    """The origins that firmly take one of these positions, and stand by it.

    What is overtaken, here or in another question, stands against nothing any more.
    """
    return tuple(
        origin
        for position in (state.positions[number] for number in rivals)
        for claim in position.claims
        if (origin := evidence.origin(claim)).key not in position.withdrawn
        and claim.id not in overtaken | state.near
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
    taken = {finding for position in positions for finding in position.findings}
    calls = dict.fromkeys(home[claim.id] for claim in state.open)
    return Issue(
        id=identity,
        question=state.text,
        kind=state.kind,
        positions=positions,
        excludes=state.excludes,
        settled=state.settled,
        open=tuple(finding for finding in calls if finding not in taken),
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
    own = [claim for claim in position.claims if claim.id not in repeated]
    origins = distinct_origins(evidence.origin(claim) for claim in own or position.claims)
    left = [origin for origin in origins if origin.key in position.withdrawn]
    return Position(
        label=position.label,
        findings=tuple(dict.fromkeys(home[claim.id] for claim in position.claims)),
        claims=tuple(claim.id for claim in position.claims),
        origins=tuple(origin for origin in origins if origin not in left),
        articles=tuple(dict.fromkeys(claim.article for claim in position.claims)),
        withdrawn=name_leaving(position, state, evidence),
        superseded=position.superseded,
        asof=next((claim.asof for claim in position.claims if claim.asof), ""),
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
    named = distinct_origins(as_paper(evidence.origin(c), c, evidence) for c in own or gone)
    return tuple(dict.fromkeys(origin.label for origin in named))


def as_paper(origin: Origin, claim: Claim, evidence: Evidence) -> Origin:
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
