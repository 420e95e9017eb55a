"""Issues: the questions of merge in, contested questions with positions out.

One question for one dispute; positions bound to findings; details, conflicts and slips
told apart by code (docs/rules.md, "Questions"). What time does to them: `timeline.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from factcheck.models import Draft, Issue, Merged, Position, Question, Side
from factcheck.text.cues import polarity_differs
from factcheck.text.figures import figures
from factcheck.text.numbers import comparable, compatible, quantities
from factcheck.timeline import (
    Contest,
    Stand,
    Voices,
    active,
    with_corrections,
    with_moments,
    with_withdrawals,
)
from factcheck.voices import Evidence

BOUNDED = "the numbers agree within their bounds or rounding"


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
