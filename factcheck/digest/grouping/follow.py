"""Groups in, groups under lasting numbers out, given the stories of the last edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence


def follow(
    clusters: Sequence[frozenset[str]], previous: Mapping[int, frozenset[str]], next_number: int
) -> dict[int, frozenset[str]]:
    """Give each group the number of the story that it goes on, or a new one.

    `previous` holds the stories of the last edition. The pair with most articles in common is
    settled first, so the larger part of a story keeps its number, and a group that several
    stories run into takes that of the largest, of equal ones the oldest.
    """
    groups = sorted(clusters, key=lambda g: (-len(g), min(g, default="")))
    home = {article: story for story, articles in previous.items() for article in articles}
    shared = Counter(
        (home[article], at)
        for at, group in enumerate(groups)
        for article in group
        if article in home
    )
    numbers: dict[int, int] = {}
    taken: set[int] = set()
    for story, at in sorted(shared, key=lambda p: (-shared[p], -len(previous[p[0]]), *p)):
        if at not in numbers and story not in taken:
            numbers[at] = story
            taken.add(story)
    unknown = (at for at in range(len(groups)) if at not in numbers)
    numbers |= {at: number for number, at in enumerate(unknown, start=next_number)}
    return {numbers[at]: group for at, group in enumerate(groups)}
