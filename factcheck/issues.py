"""Issues: the questions of merge in, contested questions with positions out.

One question for one dispute; positions bound to findings; what an origin took
back, what a later value superseded, and what is only a slip, told apart by code
(docs/rules.md, "Questions").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from factcheck.models import Draft, Issue, IssueKind, Merged, Position, Question, Side, Voice
from factcheck.text.cues import polarity_differs
from factcheck.text.figures import figures
from factcheck.text.numbers import comparable, compatible, quantities
from factcheck.text.times import later
from factcheck.voices import Evidence, comparable_times, retractions

BOUNDED = "the numbers agree within their bounds or rounding"
ONE_MOMENT = "one article gives both values for the same moment"


@dataclass(frozen=True)
class Stand:
    """One position while it is worked on: its label and the drafts that take it.

    In a conflict the draft as a whole takes it. A detail, such as a time of day, may
    differ between the claims of one draft, so there only the named claims take it.
    """

    label: str
    drafts: tuple[str, ...]
    claims: tuple[str, ...] = ()  # those that merge named
    withdrawn: tuple[str, ...] = ()  # origin keys that took it earlier
    lapsed: tuple[str, ...] = ()  # origin keys whose word a correction has ended
    superseded: bool = False

    @property
    def gone(self) -> frozenset[str]:
        """The origin keys that do not stand by it any more."""
        return frozenset((*self.withdrawn, *self.lapsed))


@dataclass(frozen=True)
class Contest:
    """One question while it is worked on; `open` are drafts that call it open."""

    text: str
    kind: IssueKind
    stands: tuple[Stand, ...]
    open: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


Voices = Mapping[str, tuple[Voice, ...]]


def contests(
    merged: Merged, drafts: Sequence[Draft], heard: Voices, evidence: Evidence
) -> list[Contest]:
    """The questions, each once, with positions bound to drafts, and time taken into account."""
    homes = {claim: draft for draft in drafts for claim in draft.same}
    found = []
    for question in united(merged.questions, homes):
        contest = bound(question, homes)
        if len(contest.stands) + bool(contest.open) < 2 or not contest.stands:
            continue
        found.append(settled(contest, drafts, heard, evidence))
    return found


def settled(
    contest: Contest, drafts: Sequence[Draft], heard: Voices, evidence: Evidence
) -> Contest:
    """The contest with its true kind, and with what is withdrawn or superseded marked."""
    texts = {draft.id: draft.text for draft in drafts}
    contest = with_corrections(contest, heard, evidence)
    contest = with_bounds(contest, texts)
    contest = with_moments(contest, heard, evidence)
    contest = with_withdrawals(contest, heard, evidence)
    return as_slip(contest, heard, texts)


# --- one dispute, one question ------------------------------------------------------


def united(questions: Sequence[Question], homes: Mapping[str, Draft]) -> list[Question]:
    """Questions that are one dispute seen from two ends become one.

    They are one if at least two positions of the one share findings with two
    different positions of the other. "Whether" and "how many" stay apart, since
    all the numbers share the one position "yes".
    """
    result: list[Question] = []
    for question in questions:
        at = next((n for n, old in enumerate(result) if one_dispute(old, question, homes)), None)
        if at is None:
            result.append(question)
        else:
            result[at] = together(result[at], question, homes)
    return result


def takers(side: Side, homes: Mapping[str, Draft]) -> set[str]:
    """The drafts that take a position."""
    return {homes[claim].id for claim in side.claims if claim in homes}


def one_dispute(one: Question, other: Question, homes: Mapping[str, Draft]) -> bool:
    """Whether two questions share two pairs of positions."""
    pairs = {
        (n, m)
        for n, a in enumerate(one.sides)
        for m, b in enumerate(other.sides)
        if takers(a, homes) & takers(b, homes)
    }
    return len({n for n, _ in pairs}) >= 2 and len({m for _, m in pairs}) >= 2


def together(one: Question, other: Question, homes: Mapping[str, Draft]) -> Question:
    """Two questions as one: the wording of the one with more positions, all positions once."""
    first, second = (one, other) if len(one.sides) >= len(other.sides) else (other, one)
    sides = list(first.sides)
    for side in second.sides:
        at = next(
            (n for n, old in enumerate(sides) if takers(old, homes) & takers(side, homes)), None
        )
        if at is None:
            sides.append(side)
        else:
            claims = tuple(dict.fromkeys((*sides[at].claims, *side.claims)))
            sides[at] = Side(label=sides[at].label, claims=claims)
    kinds = {one.kind, other.kind}
    kind = next(k for k in ("conflict", "change", "detail") if k in kinds)
    opens = tuple(dict.fromkeys((*first.open, *second.open)))
    return Question(text=first.text, kind=kind, sides=tuple(sides), open=opens)


def bound(question: Question, homes: Mapping[str, Draft]) -> Contest:
    """Positions as drafts, through `same` members only; a draft takes one side of a conflict."""
    taken: set[str] = set()
    stands = []
    for side in question.sides:
        named = [c for c in side.claims if c in homes]
        if question.kind == "conflict":
            named = [c for c in named if homes[c].id not in taken]
        ids = tuple(dict.fromkeys(homes[c].id for c in named))
        taken |= {*ids}
        if ids:
            stands.append(Stand(label=side.label, drafts=ids, claims=tuple(named)))
    opens = dict.fromkeys(homes[c].id for c in question.open if c in homes)
    return Contest(
        text=question.text,
        kind=question.kind,
        stands=tuple(stands),
        open=tuple(identity for identity in opens if identity not in taken),
    )


# --- kinds that code decides ----------------------------------------------------------


def with_bounds(contest: Contest, texts: Mapping[str, str]) -> Contest:
    """A conflict whose numbers all agree within bounds or rounding is a detail."""
    if contest.kind != "conflict" or len(contest.stands) < 2:
        return contest
    pairs = [
        (texts[a], texts[b])
        for one, other in combinations(contest.stands, 2)
        for a in one.drafts
        for b in other.drafts
    ]
    if all(agree(a, b) for a, b in pairs):
        return replace(contest, kind="detail", notes=(*contest.notes, BOUNDED))
    return contest


def agree(one: str, other: str) -> bool:
    """Whether two sentences give compatible numbers of the same thing, and no opposite."""
    if polarity_differs(one, other):
        return False
    pairs = [(a, b) for a in quantities(one) for b in quantities(other) if comparable(a, b)]
    exact = all(a.low == b.low and a.high == b.high for a, b in pairs)
    return bool(pairs) and not exact and all(compatible(a, b) for a, b in pairs)


def as_slip(contest: Contest, heard: Voices, texts: Mapping[str, str]) -> Contest:
    """Outlet against outlet in their own voice is a likely slip, not a controversy.

    So is a detail that they give with other figures.
    """
    if contest.kind not in {"conflict", "detail"} or len(contest.stands) < 2:
        return contest
    speaking = [active(stand, heard) for stand in contest.stands]
    own = all(vs and all(v.origin.kind == "outlet" for v in vs) for vs in speaking)
    if own and (contest.kind == "conflict" or other_figures(contest, texts)):
        return replace(contest, kind="slip")
    return contest


def other_figures(contest: Contest, texts: Mapping[str, str]) -> bool:
    """Whether two positions hold figures that have nothing in common, bounds aside."""
    if BOUNDED in contest.notes:
        return False
    return any(
        (one := figures(texts[a])) and (other := figures(texts[b])) and not one & other
        for first, second in combinations(contest.stands, 2)
        for a in first.drafts
        for b in second.drafts
    )


def active(stand: Stand, heard: Voices) -> list[Voice]:
    """The voices that assert a position now: counted, of claims, not withdrawn."""
    return [
        voice
        for identity in stand.drafts
        for voice in heard[identity]
        if voice.counted
        and voice.stance == "asserts"
        and voice.relation == "same"
        and voice.origin.key not in stand.gone
    ]


# --- time -------------------------------------------------------------------------


def with_moments(contest: Contest, heard: Voices, evidence: Evidence) -> Contest:
    """Mark the positions of a change that a later one supersedes."""
    if contest.kind != "change":
        return contest
    if held_at_once(contest, heard, evidence):
        return replace(contest, kind="conflict", notes=(*contest.notes, ONE_MOMENT))
    stands = [
        replace(
            stand,
            superseded=any(
                is_later(other, stand, heard, evidence)
                for other in contest.stands
                if other is not stand
            ),
        )
        for stand in contest.stands
    ]
    return replace(contest, stands=tuple(stands))


def is_later(one: Stand, other: Stand, heard: Voices, evidence: Evidence) -> bool:
    """Whether a position holds for a later moment than another: nothing says otherwise."""
    told = [
        moment_later(a, b, evidence)
        for a in active(one, heard)
        for b in active(other, heard)
        if moment_later(a, b, evidence) is not None
    ]
    return bool(told) and all(told)


def moment_later(a: Voice, b: Voice, evidence: Evidence) -> bool | None:
    """Whether voice `a` speaks of a later moment than `b`: by as-of times, else publication."""
    asof_a, asof_b = (evidence.claims[v.claim].asof if v.claim else "" for v in (a, b))
    published = evidence.published(a.article), evidence.published(b.article)
    told = later(asof_a, asof_b, *published) if asof_a and asof_b else None
    if told is not None:
        return told
    one, other = comparable_times(*published)
    return None if one is None or other is None else one > other


def held_at_once(contest: Contest, heard: Voices, evidence: Evidence) -> bool:
    """Safeguard: one article gives two of the values, for different origins, at one time."""
    for one, other in combinations(contest.stands, 2):
        for a in active(one, heard):
            for b in active(other, heard):
                if a.article != b.article or a.origin == b.origin or not (a.claim and b.claim):
                    continue
                if evidence.claims[a.claim].asof == evidence.claims[b.claim].asof:
                    return True
    return False


def with_withdrawals(contest: Contest, heard: Voices, evidence: Evidence) -> Contest:
    """An origin that later takes another position withdraws its earlier one.

    Not if one article carries both positions of it, for then they stand together; not
    if the times are unknown; and not for versions of a detail, which may all hold.
    """
    if contest.kind not in {"conflict", "change"}:
        return contest
    stands = list(contest.stands)
    for one, other in combinations(range(len(stands)), 2):
        keys = {v.origin.key for v in active(stands[one], heard)}
        for key in sorted(keys & {v.origin.key for v in active(stands[other], heard)}):
            older = older_of(stands[one], stands[other], key, heard, evidence)
            if older is not None:
                at = one if older is stands[one] else other
                stands[at] = replace(stands[at], withdrawn=(*stands[at].withdrawn, key))
    return replace(contest, stands=tuple(stands))


def older_of(one: Stand, other: Stand, key: str, heard: Voices, evidence: Evidence) -> Stand | None:
    """Which of two positions an origin has left behind; None if neither surely."""
    first = [v for v in active(one, heard) if v.origin.key == key]
    second = [v for v in active(other, heard) if v.origin.key == key]
    if {v.article for v in first} & {v.article for v in second}:
        return None
    told = [moment_later(a, b, evidence) for a in first for b in second]
    if all(t is True for t in told):
        return other
    if all(t is False for t in told) and all(
        moment_later(b, a, evidence) is True for a in first for b in second
    ):
        return one
    return None


def with_corrections(contest: Contest, heard: Voices, evidence: Evidence) -> Contest:
    """End the word of those whose position a published correction took back."""
    notes, stands = list(contest.notes), []
    for stand in contest.stands:
        found = [retractions(heard[identity], evidence) for identity in stand.drafts]
        by = dict.fromkeys(name for names, _ in found for name in names)
        keys = tuple(sorted({key for _, gone in found for key in gone}))
        notes += [f"“{stand.label}” was taken back by {name}." for name in by]
        stands.append(replace(stand, lapsed=keys))
    return replace(contest, stands=tuple(stands), notes=tuple(notes))


# --- out ----------------------------------------------------------------------------


def to_issue(identity: str, contest: Contest, heard: Voices, evidence: Evidence) -> Issue:
    """The contest as it stands in the report."""
    return Issue(
        id=identity,
        question=contest.text,
        kind=contest.kind,
        positions=tuple(
            to_position(stand, heard, evidence, whole=contest.kind == "conflict")
            for stand in contest.stands
        ),
        open=contest.open,
        notes=contest.notes,
    )


def to_position(stand: Stand, heard: Voices, evidence: Evidence, *, whole: bool) -> Position:
    """A position with who takes it now and who took it earlier.

    `whole` tells whether all that carries its drafts carries it, or the named claims alone.
    """
    said = [
        v
        for i in stand.drafts
        for v in heard[i]
        if v.stance == "asserts" and (whole or v.claim in stand.claims)
    ]
    now = {v.origin.key: v.origin for v in said if v.origin.key not in stand.gone}
    left = {v.origin.key: v.origin.label for v in said if v.origin.key in stand.withdrawn}
    counted = {v.origin.key for v in said if v.counted}
    moments = [evidence.claims[v.claim].asof for v in said if v.claim]
    return Position(
        label=stand.label,
        findings=stand.drafts,
        origins=tuple(origin for key, origin in now.items() if key in counted),
        articles=tuple(dict.fromkeys(v.article for v in said)),
        withdrawn=tuple(left.values()),
        asof=next((moment for moment in moments if moment), ""),
    )
