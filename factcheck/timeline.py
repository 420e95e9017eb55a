"""Timeline: what was withdrawn, superseded or corrected, told by times and notices.

In: a contest and the voices on its drafts. Out: the contest with that marked, or with
its true kind. Unknown times never supersede (docs/rules.md, "Questions").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from factcheck.models import IssueKind, Voice
from factcheck.text.figures import figures
from factcheck.text.times import later
from factcheck.voices import Evidence, comparable_times, retractions

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
                if other is not stand and not same_value(other, stand)
            ),
        )
        for stand in contest.stands
    ]
    return replace(contest, stands=tuple(stands))


def same_value(one: Stand, other: Stand) -> bool:
    """Whether two positions give the same figures, whatever their bounds: "17", "at least 17"."""
    given = figures(one.label)
    return bool(given) and given == figures(other.label)


def is_later(one: Stand, other: Stand, heard: Voices, evidence: Evidence) -> bool:
    """Whether a position holds for a later moment than another: nothing says otherwise."""
    told = [
        moment_later(a, b, evidence)
        for a in holding(one, heard, evidence)
        for b in holding(other, heard, evidence)
        if moment_later(a, b, evidence) is not None
    ]
    return bool(told) and all(told)


def holding(stand: Stand, heard: Voices, evidence: Evidence) -> list[Voice]:
    """The voices that hold a value themselves: that somebody once named it is no such word."""
    voices = active(stand, heard)
    return [v for v in voices if v.claim and evidence.claims[v.claim].kind == "fact"] or voices


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
        for a in holding(one, heard, evidence):
            for b in holding(other, heard, evidence):
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
