"""Make the findings to be: groups of claims with the voices on them, and which is under which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from factcheck.judge.evidence import Evidence, collect_voices
from factcheck.models import Claim, ClaimKind, Group, Voice


@dataclass(frozen=True)
class Draft:
    """A finding before it is judged: its group, and the voices on it."""

    id: str
    group: Group
    kind: ClaimKind
    core: bool
    voices: tuple[Voice, ...]


def clean_group(group: Group, claims: Container[str], articles: Container[str]) -> Group:
    """The group without what belongs to articles that were left out."""
    members = {
        relation: tuple(i for i in ids if i in claims)
        for relation, ids in (("same", group.same), ("more", group.more), ("part", group.part))
    }
    stands = tuple(stand for stand in group.stands if stand.article in articles)
    return group.model_copy(update={**members, "stands": stands})


def draft_findings(groups: Sequence[Group], evidence: Evidence) -> tuple[Draft, ...]:
    """One draft for each group, one for each claim at home in none; in order of first claim.

    A claim is at home in the group that has it in `same`. A group of claims that all say
    more has nobody at home.
    """
    claims = evidence.claims
    at_home = {claim for group in groups for claim in group.same}
    alone = (Group(text=c.text, same=(c.id,)) for c in claims.values() if c.id not in at_home)
    order = {claim: number for number, claim in enumerate(claims)}
    kept = [group for group in (*groups, *alone) if group.same or group.more]
    kept.sort(key=lambda group: min(order[i] for i in group.same or group.more))
    drafts = []
    for number, group in enumerate(kept, start=1):
        members = [claims[i] for i in group.same or group.more]
        drafts.append(
            Draft(
                id=f"f{number}",
                group=group,
                kind=find_commonest_kind(members),
                core=any(claim.core for claim in members),
                voices=collect_voices(group, evidence),
            )
        )
    return tuple(drafts)


def find_commonest_kind(claims: Iterable[Claim]) -> ClaimKind:
    """The commonest kind of some claims, what is taken back aside; of equals a fact, or the first.

    "The chamber said that the firm paid" is an act, and what it said a fact.
    """
    kinds = [claim.kind for claim in claims]
    told = [kind for kind in kinds if kind != "retract"] or kinds
    counts = Counter(told)
    return max(counts, key=lambda kind: (counts[kind], kind == "fact"))


def nest(drafts: Sequence[Draft]) -> dict[str, str]:
    """The parent of each draft whose claims all say more or only a part of another's.

    The parent is the largest such draft; a draft is never above one that is above it.
    """
    parents: dict[str, str] = {}
    for parent in sorted(drafts, key=lambda d: -len((*d.group.same, *d.group.more))):
        beyond = {*parent.group.more, *parent.group.part}
        for child in drafts if beyond else ():
            within = child.group.same and beyond.issuperset(child.group.same)
            if within and child.id not in (parent.id, *ancestors(parent.id, parents)):
                parents.setdefault(child.id, parent.id)
    return parents


def ancestors(draft: str, parents: Mapping[str, str]) -> list[str]:
    """The drafts above a draft, nearest first."""
    above = []
    while draft in parents:
        draft = parents[draft]
        above.append(draft)
    return above
