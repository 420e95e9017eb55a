"""Lines and how close they are go in; clusters of sentences, one row an article, come out.

Complete linkage: a sentence joins only if it is close to every sentence that is in
already, so that a chain of half-alike sentences cannot tie two different ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

from factcheck.reading.lines import Line
from factcheck.reading.pairs import MUCH, NEARLY, Pair
from factcheck.reading.models import Strength

Members = tuple[int, ...]


def linked(lines: Sequence[Line], close: Mapping[Pair, float]) -> list[Members]:
    """Clusters as places of lines, the most central first in each; at least two articles each.

    The closest pair not yet together opens a cluster if one of the two stands in none;
    then each further article adds its closest sentence that is close to all members.
    So a sentence may stand in several clusters.
    """
    near = _neighbours(close)
    found: list[Members] = []
    placed: set[int] = set()
    for a, b in sorted(close, key=lambda pair: (-close[pair], pair)):
        if a in placed and b in placed:
            continue
        members = _grown(lines, (a, b), near)
        placed.update(members)
        found.append(_central_first(members, near))
    return found


def strength(value: float) -> Strength:
    """How close two sentences are, in words."""
    if value >= NEARLY:
        return "nearly the same words"
    return "much the same" if value >= MUCH else "in part"


def value_of(close: Mapping[Pair, float], a: int, b: int) -> float:
    """How close two lines are; 0 where they were not compared."""
    return close.get((min(a, b), max(a, b)), 0.0)


def weakest(close: Mapping[Pair, float], members: Members) -> float:
    """How close the two members are that are farthest apart."""
    return min(value_of(close, a, b) for a, b in combinations(members, 2))


def _neighbours(close: Mapping[Pair, float]) -> dict[int, dict[int, float]]:
    near: dict[int, dict[int, float]] = {}
    for (a, b), value in close.items():
        near.setdefault(a, {})[b] = value
        near.setdefault(b, {})[a] = value
    return near


def _grown(
    lines: Sequence[Line], members: Members, near: Mapping[int, Mapping[int, float]]
) -> Members:
    """The members with one sentence of each further article that is close to all."""
    while options := _options(lines, members, near):
        best = max(options, key=lambda at: (min(near[at][m] for m in members), -at))
        members = (*members, best)
    return members


def _options(
    lines: Sequence[Line], members: Members, near: Mapping[int, Mapping[int, float]]
) -> Collection[int]:
    inside = {lines[at].article.id for at in members}
    common: Iterable[int] = set.intersection(*(set(near[at]) for at in members))
    return [at for at in common if lines[at].article.id not in inside]


def _central_first(members: Members, near: Mapping[int, Mapping[int, float]]) -> Members:
    """The members in order, the one that is closest to all others before them."""
    centre = max(
        sorted(members), key=lambda at: sum(near[at][other] for other in members if other != at)
    )
    return (centre, *(at for at in sorted(members) if at != centre))
