"""Drafts: what merge found, batch by batch or run by run, in; the findings to be out.

Two alignments become one where they share claims or questions. Every claim is then at home
in exactly one draft: that of its group, or one of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from factcheck.models import Claim, ClaimKind, Draft, Group, Merged, Question, Side

KINDS: tuple[ClaimKind, ...] = ("fact", "act", "view", "open", "retract")


def joined(earlier: Merged, later: Merged) -> Merged:
    """Two batches as one: groups that share a `same` member, and equal questions, become one."""
    groups = list(earlier.groups)
    for group in later.groups:
        mine = [old for old in groups if {*old.same} & {*group.same}]
        if not mine:
            groups.append(group)
            continue
        # A group that bridges several makes them one.
        groups[groups.index(mine[0])] = together([*mine, group])
        groups = [old for old in groups if old not in mine[1:]]
    return Merged(
        event=earlier.event or later.event,
        speakers=(*earlier.speakers, *later.speakers),
        sides=(*earlier.sides, *later.sides),
        groups=tuple(groups),
        questions=joined_questions(earlier.questions, later.questions),
        other_event=tuple(dict.fromkeys((*earlier.other_event, *later.other_event))),
        not_assessed=(*earlier.not_assessed, *later.not_assessed),
    )


def together(several: Sequence[Group]) -> Group:
    """Groups as one, in the words of the first."""

    def all_of(relation: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c for group in several for c in getattr(group, relation)))

    same = all_of("same")
    more = tuple(claim for claim in all_of("more") if claim not in same)
    part = tuple(claim for claim in all_of("part") if claim not in same)
    return Group(text=several[0].text, same=same, more=more, part=part)


def joined_questions(
    earlier: Sequence[Question], later: Sequence[Question]
) -> tuple[Question, ...]:
    """Questions of the same words are one, of the later kind, with the positions of both."""
    found = {plain(question.text): question for question in earlier}
    for question in later:
        old = found.get(plain(question.text))
        found[plain(question.text)] = question if old is None else taken_up(old, question)
    return tuple(found.values())


def taken_up(old: Question, new: Question) -> Question:
    """An earlier question with what a later answer adds; a claim keeps its first position."""
    sides = {plain(side.label): side for side in old.sides}
    placed = {claim for side in old.sides for claim in side.claims}
    for side in new.sides:
        claims = tuple(claim for claim in side.claims if claim not in placed)
        known = sides.get(plain(side.label))
        if known is not None:
            claims = (*known.claims, *claims)
        elif not claims:
            continue
        sides[plain(side.label)] = Side(label=known.label if known else side.label, claims=claims)
    opens = tuple(dict.fromkeys((*old.open, *new.open)))
    return Question(text=old.text, kind=new.kind, sides=tuple(sides.values()), open=opens)


def plain(text: str) -> str:
    """A text without what copying may change: case, space, a mark at its end."""
    return " ".join(text.casefold().split()).rstrip("?.! ")


def drafts(claims: Sequence[Claim], merged: Merged) -> list[Draft]:
    """The findings to be: one for each group, one for each claim that is in no `same`.

    In the order of their first claim; ids f1, f2, ….
    """
    by_id = {claim.id: claim for claim in claims}
    groups = [group for group in merged.groups if any(i in by_id for i in group.same)]
    homes = {i: group for group in groups for i in group.same}
    order: dict[tuple[str, ...], Group] = {}
    for claim in claims:
        group = homes.get(claim.id) or Group(text=claim.text, same=(claim.id,))
        order.setdefault(group.same, group)
    ids = {same: f"f{number}" for number, same in enumerate(order, start=1)}
    parents = parents_of(groups, ids)
    return [
        draft_of(group, ids[same], parents.get(same, ""), by_id) for same, group in order.items()
    ]


def parents_of(
    groups: Sequence[Group], ids: Mapping[tuple[str, ...], str]
) -> dict[tuple[str, ...], str]:
    """For a claim that stands alone: the first group that has it in `more` or `part`."""
    parents: dict[tuple[str, ...], str] = {}
    for group in groups:
        if len(group.same) > 1:
            for claim in (*group.more, *group.part):
                parents.setdefault((claim,), ids[group.same])
    return parents


def draft_of(group: Group, identity: str, parent: str, claims: Mapping[str, Claim]) -> Draft:
    """One draft; its kind is the commonest of its claims, a taken-back one aside."""
    members = [claims[i] for i in group.same if i in claims]
    kinds: list[ClaimKind] = [claim.kind for claim in members if claim.kind != "retract"]
    kind: ClaimKind = "retract"
    if kinds:
        kind = max(kinds, key=lambda k: (kinds.count(k), -KINDS.index(k)))
    return Draft(
        id=identity,
        text=group.text,
        kind=kind,
        core=any(claim.core for claim in members),
        same=tuple(claim.id for claim in members),
        more=tuple(i for i in group.more if i in claims),
        part=tuple(i for i in group.part if i in claims),
        parent=parent,
    )
