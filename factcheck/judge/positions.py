"""The positions of a question as they stand: who left one, and which a later one replaces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from factcheck.judge.evidence import Evidence
from factcheck.models import Claim, IssueKind, Remark


@dataclass(frozen=True)
class PositionState:
    """One position: its claims, the origins that left it, whether another replaces it.

    `unordered` tells that another does by the comparison's order, which no time bears out.
    A version of a detail that no claim has for its own point (an age, the spelling of a name) is
    `shown` by those that touch it.
    """

    label: str
    claims: tuple[Claim, ...]
    shown: tuple[Claim, ...]
    withdrawn: frozenset[str] = frozenset()
    superseded: bool = False
    unordered: bool = False


@dataclass(frozen=True)
class QuestionState:
    """One question with its positions as they stand; `near` are claims that only touch it."""

    text: str
    kind: IssueKind
    positions: tuple[PositionState, ...]
    excludes: tuple[tuple[int, int], ...]
    open: tuple[Claim, ...]
    settled: int | None
    near: tuple[str, ...] = ()
    notes: tuple[Remark, ...] = ()

    def positions_of(self, claims: Sequence[str]) -> tuple[int, ...]:
        """The numbers of the positions that any of these claims takes."""
        return tuple(
            number
            for number, position in enumerate(self.positions)
            if any(claim.id in claims for claim in position.claims)
        )

    def opponents(self, number: int) -> tuple[int, ...]:
        """The numbers of the positions that exclude a position."""
        pairs = (pair for pair in self.excludes if number in pair)
        return tuple(two if one == number else one for one, two in pairs)

    @property
    def decided(self) -> tuple[int, ...]:
        """The numbers of the positions that a decision replaces.

        Those are what the settled one excludes, all others where no pair says what that is.
        """
        if self.settled is None:
            return ()
        others = (number for number in range(len(self.positions)) if number != self.settled)
        return self.opponents(self.settled) or tuple(others)

    @property
    def standing(self) -> int:
        """The number of the position that replaces the others of a change: the last or settled."""
        return len(self.positions) - 1 if self.settled is None else self.settled


def mark_withdrawn(
    state: QuestionState, lapsed: frozenset[str], evidence: Evidence
) -> QuestionState:
    """Mark origins that took all they said for a position back, or that left it.

    Who takes the answer of a position back leaves it, however many sentences said it. An origin
    also leaves a position if it later takes one that excludes it. Later by publication:
    all that it says for the one appeared before all that it says for the other. In a slip papers
    differ on what one of them has wrong: none leaves there what another printed of a shared text.
    """
    takers = [group_by_origin(position.claims, evidence) for position in state.positions]
    gone = [
        {
            key
            for key, claims in origins.items()
            if {c.id for c in claims} <= lapsed or is_taken_back(claims, evidence)
        }
        for origins in takers
    ]
    exclusive = {frozenset(pair) for pair in state.excludes}
    exclusive |= {frozenset((number, state.standing)) for number in state.decided}
    for one, two in permutations(range(len(takers)), 2):
        if frozenset((one, two)) in exclusive:
            gone[one] |= {
                key
                for key, claims in takers[one].items()
                if (later := find_later(key, claims, takers[two], state.kind, evidence))
                and all(evidence.is_before(a.article, b.article) for a in claims for b in later)
            }
    return replace(
        state,
        positions=tuple(
            replace(position, withdrawn=frozenset(keys))
            for position, keys in zip(state.positions, gone, strict=True)
        ),
    )


def is_taken_back(claims: Sequence[Claim], evidence: Evidence) -> bool:
    """Whether an origin takes back what it says for a position, all of which it said before."""
    said = [claim.article for claim in claims if claim.kind != "retract"]
    back = (claim.article for claim in claims if claim.kind == "retract")
    return any(all(evidence.is_before(one, article) for one in said) for article in back)


def group_by_origin(claims: Iterable[Claim], evidence: Evidence) -> dict[str, list[Claim]]:
    """Some claims by the key of their origin."""
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[evidence.origin(claim).key].append(claim)
    return found


def find_later(
    key: str,
    claims: Sequence[Claim],
    takers: Mapping[str, Sequence[Claim]],
    kind: IssueKind,
    evidence: Evidence,
) -> list[Claim]:
    """What the same voice says there that may replace some claims; in a slip no other paper's."""
    later = find_same_voice(key, claims, takers, evidence)
    paper_of = evidence.outlets.paper_of
    papers = {paper_of[claim.article] for claim in claims}
    return [c for c in later if kind != "slip" or c.speaker or paper_of[c.article] in papers]


def find_same_voice(
    key: str, claims: Sequence[Claim], takers: Mapping[str, Sequence[Claim]], evidence: Evidence
) -> list[Claim]:
    """What the origin of some claims says there, or its papers in their own voice.

    A paper may leave a text that it shared with others, but not for the source whose account it
    told on; what it writes beside an agency that it credits is no word of the agency's. What a
    paper tells through an outlet does not replace that outlet's own words.
    """
    group_of, paper_of = evidence.outlets.group_of, evidence.outlets.paper_of
    texts = {group_of[claim.article] for claim in claims}
    papers = {paper_of[c.article] for c in claims if c.speaker is None and not c.follows}
    first_hand = any(claim.speaker is None and not claim.via for claim in claims)
    return [
        c
        for origin, several in takers.items()
        for c in several
        if (
            origin == key
            and (c.speaker or (not first_hand if c.via else group_of[c.article] in texts))
        )
        or (c.speaker is None and paper_of[c.article] in papers)
    ]


def mark_superseded(
    state: QuestionState, evidence: Evidence, both: Collection[frozenset[str]]
) -> QuestionState:
    """Mark the positions that a later value or a decision replaces.

    A later value replaces an earlier one only where their order is known: by as-of times, by an
    article that tells both, or by publication; and never where all claims of the two are versions
    of a detail, in `both` by pairs: these may hold at once.
    """
    if state.kind != "change":
        return state
    last = state.positions[state.standing]
    positions, notes = [], []
    for number, position in enumerate(state.positions):
        later = state.settled is None and position is not last
        pairs = (frozenset((a.id, b.id)) for a in position.claims for b in last.claims)
        later = later and not all(pair in both for pair in pairs)
        known = later and order_is_known(position, last, evidence)
        superseded, unordered = known or number in state.decided, later and not known
        positions.append(replace(position, superseded=superseded, unordered=unordered))
        if unordered:
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
