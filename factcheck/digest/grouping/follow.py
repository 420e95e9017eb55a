"""The groups of two editions go in; stable ids, merges and splits come out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from factcheck.digest.grouping.items import Merge, Regrouped, Split, Story

Groups = Sequence[frozenset[str]]
Shared = Mapping[tuple[str, int], int]


def follow(clusters: Groups, previous: Mapping[str, frozenset[str]], next_number: int) -> Regrouped:
    """Give each group the id of the story that it goes on, or a new one such as "s12".

    `previous` holds the stories of the last edition by id. The pair with most articles in
    common is settled first, so the larger part of a story keeps its id, and a group that
    several stories run into takes that of the largest. A story whose articles all left the
    window ended; that is neither a merge nor a split. Neither is it a split if articles
    move over to a story that was there before.
    """
    groups = sorted(clusters, key=lambda g: (-len(g), min(g, default="")))
    shared = _count_shared(groups, previous)
    kept = _keep(shared, previous)
    ids: list[str] = []
    number = next_number
    for at in range(len(groups)):
        if at not in kept:
            kept[at], number = f"s{number}", number + 1
        ids.append(kept[at])
    stories = tuple(Story(name, group) for name, group in zip(ids, groups, strict=True))
    return Regrouped(
        stories=stories,
        merges=_merges(shared, ids),
        splits=_splits(shared, ids, previous),
        new=tuple(name for name in ids if name not in previous),
        next_number=number,
    )


def _count_shared(groups: Groups, previous: Mapping[str, frozenset[str]]) -> Shared:
    """How many articles each story and each group have in common, where any."""
    home = {article: name for name, articles in previous.items() for article in articles}
    shared: defaultdict[tuple[str, int], int] = defaultdict(int)
    for at, group in enumerate(groups):
        for article in group:
            if article in home:
                shared[home[article], at] += 1
    return shared


def _keep(shared: Shared, previous: Mapping[str, frozenset[str]]) -> dict[int, str]:
    """The group that goes on with each story: by greatest overlap, then larger, then older."""
    order = {name: at for at, name in enumerate(sorted(previous, key=_age))}
    kept: dict[int, str] = {}
    taken: set[str] = set()
    for name, at in sorted(
        shared, key=lambda pair: (-shared[pair], -len(previous[pair[0]]), order[pair[0]], pair[1])
    ):
        if at not in kept and name not in taken:
            kept[at] = name
            taken.add(name)
    return kept


def _age(name: str) -> tuple[int, str]:
    """Ids in the order in which they were given out."""
    return (int(name[1:]) if name[1:].isdecimal() else 0, name)


def _merges(shared: Shared, ids: Sequence[str]) -> tuple[Merge, ...]:
    """Stories that no group goes on with, by the story that took most of their articles."""
    most: dict[str, tuple[int, int]] = {}
    for (name, at), count in shared.items():
        most[name] = min((-count, at), most.get(name, (0, at)))
    into: defaultdict[str, list[str]] = defaultdict(list)
    for gone in most.keys() - set(ids):
        into[ids[most[gone][1]]].append(gone)
    return tuple(
        Merge(tuple(sorted(names, key=_age)), name)
        for name, names in sorted(into.items(), key=lambda pair: _age(pair[0]))
    )


def _splits(
    shared: Shared, ids: Sequence[str], previous: Mapping[str, frozenset[str]]
) -> tuple[Split, ...]:
    """Stories that go on and have parts under ids given out now."""
    parts: defaultdict[str, set[str]] = defaultdict(set)
    for name, at in shared:
        if ids[at] not in previous:
            parts[name].add(ids[at])
    return tuple(
        Split(name, tuple(sorted(parts[name], key=_age))) for name in sorted(parts, key=_age)
    )
