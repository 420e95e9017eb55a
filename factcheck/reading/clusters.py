"""Lines and how close they are go in; clusters of sentences, one row an article, come out.

Complete linkage: a sentence joins only if it is close to every sentence that is in
already, so that a chain of half-alike sentences cannot tie two different ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

from factcheck.models import OutletGroup
from factcheck.reading.lines import Line
from factcheck.reading.models import Basis, Cluster, Row, SaidBy, Strength
from factcheck.reading.pairs import IN_PART, MUCH, Pair
from factcheck.text.copies import containment
from factcheck.text.cues import hedges

Members = tuple[int, ...]
Said = Mapping[tuple[str, int], tuple[SaidBy, ...]]

NEARLY: Strength = "nearly the same words"
ORDER: tuple[Strength, ...] = (NEARLY, "much the same", "in part")
# Share of the runs of three words of the shorter sentence, and how long that one has to be.
_SAME_WORDING, _ALIKE_LONG = 0.6, 0.6


def clusters(
    lines: Sequence[Line],
    close: Mapping[Pair, float],
    marked: Mapping[Pair, float],
    said: Said,
    groups: Sequence[OutletGroup],
) -> tuple[Cluster, ...]:
    """All clusters, most carried first; ids `k1`, `k2`, …

    `close` are pairs by all their words, `marked` pairs between languages by names and
    figures; the two are never mixed in one cluster.
    """
    group_of = {article: at for at, group in enumerate(groups) for article in group.articles}
    found = [_cluster(lines, members, close, said, "words") for members in linked(lines, close)]
    found += [
        _cluster(lines, members, marked, said, "names and numbers")
        for members in linked(lines, marked)
    ]
    found.sort(key=lambda cluster: _rank(cluster, group_of))
    return tuple(
        cluster.model_copy(update={"id": f"k{number}"})
        for number, cluster in enumerate(found, start=1)
    )


def linked(lines: Sequence[Line], close: Mapping[Pair, float]) -> list[Members]:
    """Clusters as places of lines, the most central first in each; at least two articles each.

    The closest pair not yet together opens a cluster if one of the two stands in none;
    then each further article adds the sentence that is close to one member and linked
    with all. So a sentence may stand in several clusters.
    """
    near = _neighbours(close)
    found: list[Members] = []
    placed: set[int] = set()
    for a, b in sorted(close, key=lambda pair: (-close[pair], pair)):
        if close[a, b] < IN_PART or (a in placed and b in placed):
            continue
        members = _grown(lines, (a, b), near)
        placed.update(members)
        found.append(_central_first(members, near))
    return found


def _cluster(
    lines: Sequence[Line], members: Members, close: Mapping[Pair, float], said: Said, basis: Basis
) -> Cluster:
    """A cluster without its id; its rows compare with the first."""
    first = lines[members[0]]
    strengths = {
        (a, b): strength(lines[a], lines[b], close[min(a, b), max(a, b)], basis)
        for a, b in combinations(members, 2)
    }
    copies = {at for pair, found in strengths.items() if found == NEARLY for at in pair}
    return Cluster(
        id="k0",
        rows=tuple(
            Row(
                article=line.article.id,
                sentences=(line.sentence.number,),
                strength=None if line is first else strengths[members[0], at],
                said=said.get(line.key, ()),
                hedges=hedges(line.sentence.text),
            )
            for at in members
            for line in [lines[at]]
        ),
        strength=max(strengths.values(), key=ORDER.index),
        basis=basis,
        copies=tuple(sorted({lines[at].article.id for at in copies})),
    )


def strength(a: Line, b: Line, value: float, basis: Basis = "words") -> Strength:
    """How close two sentences are, in words: by their wording, else by `close_pairs`' value."""
    left, right = a.sentence.text, b.sentence.text
    if containment(left, right, 3) >= _SAME_WORDING and _alike_long(left, right):
        return NEARLY
    return "much the same" if value >= MUCH and basis == "words" else "in part"


def _alike_long(a: str, b: str) -> bool:
    shorter, longer = sorted((len(a), len(b)))
    return shorter >= _ALIKE_LONG * longer


def _rank(cluster: Cluster, groups: Mapping[str, int]) -> tuple[int, int, int]:
    """Most carried first: by groups of outlets, then by articles; then the closest."""
    articles = [row.article for row in cluster.rows]
    return (
        -len({groups.get(article, -1) for article in articles}),
        -len(articles),
        ORDER.index(cluster.strength),
    )


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
        best = max(options, key=lambda at: (sum(near[at][m] for m in members), -at))
        members = (*members, best)
    return members


def _options(
    lines: Sequence[Line], members: Members, near: Mapping[int, Mapping[int, float]]
) -> Collection[int]:
    inside = {lines[at].article.id for at in members}
    common: Iterable[int] = set.intersection(*(set(near[at]) for at in members))
    return [
        at
        for at in common
        if lines[at].article.id not in inside and max(near[at][m] for m in members) >= IN_PART
    ]


def _central_first(members: Members, near: Mapping[int, Mapping[int, float]]) -> Members:
    """The members in order, the one that is closest to all others before them."""
    centre = max(
        sorted(members), key=lambda at: sum(near[at][other] for other in members if other != at)
    )
    return (centre, *(at for at in sorted(members) if at != centre))
