"""Lines and how close they are go in; clusters of sentences, one row an article, come out.

Complete linkage: a sentence joins only if it is close to every sentence that is in
already, so that a chain of half-alike sentences cannot tie two different ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

from factcheck.language.copies import containment
from factcheck.language.cues import hedges
from factcheck.models import OutletGroup
from factcheck.sidebyside.lines import Line
from factcheck.sidebyside.models import Basis, Cluster, Row, SaidBy, Strength
from factcheck.sidebyside.pairs import IN_PART, MUCH, Pair

Members = tuple[int, ...]
Said = Mapping[tuple[str, int], tuple[SaidBy, ...]]

NEARLY: Strength = "nearly-the-same-words"
ORDER: tuple[Strength, ...] = (NEARLY, "much-the-same", "in-part")
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
    found = [_cluster(lines, one, close, said, "words") for one in linked(lines, close)]
    found += [
        _cluster(lines, one, marked, said, "names-and-numbers") for one in linked(lines, marked)
    ]
    found.sort(key=lambda cluster: _rank(cluster, group_of))
    return tuple(
        cluster.model_copy(update={"id": f"k{number}"})
        for number, cluster in enumerate(found, start=1)
    )


def linked(lines: Sequence[Line], close: Mapping[Pair, float]) -> list[tuple[Members, Members]]:
    """Clusters as places of lines, the most central first in each; at least two articles each.

    The closest pair not yet together opens a cluster if one of the two stands in none;
    then each further article adds the sentence that is close to one member and linked
    with all. So a sentence may stand in several clusters. The second tuple holds further
    sentences of the same articles, which say much the same as a cluster that is there.
    """
    near = _neighbours(close)
    found: list[tuple[Members, Members]] = []
    placed: set[int] = set()
    for a, b in sorted(close, key=lambda pair: (-close[pair], pair)):
        if close[a, b] < IN_PART or (a in placed and b in placed):
            continue
        home = _home(lines, (a, b), found, near)
        if home is None:
            members = _grown(lines, (a, b), near)
            found.append((_central_first(members, near), ()))
            placed.update(members)
        else:
            members, beside = found[home]
            found[home] = (members, (*beside, b if a in members else a))
            placed.update((a, b))
    return found


def _home(
    lines: Sequence[Line],
    pair: Pair,
    found: Sequence[tuple[Members, Members]],
    near: Mapping[int, Mapping[int, float]],
) -> int | None:
    """The cluster that holds one of the two, a sentence of the other's article, and fits it."""
    for at, (members, _) in enumerate(found):
        for old, new in (pair, pair[::-1]):
            others = [m for m in members if lines[m].article.id != lines[new].article.id]
            if old in members and len(others) < len(members) and set(others) <= set(near[new]):
                return at
    return None


def _cluster(
    lines: Sequence[Line],
    found: tuple[Members, Members],
    close: Mapping[Pair, float],
    said: Said,
    basis: Basis,
) -> Cluster:
    """A cluster without its id; its rows compare with the first."""
    members, beside = found
    strengths = {
        (a, b): strength(lines[a], lines[b], close[min(a, b), max(a, b)], basis)
        for a, b in combinations(members, 2)
    }
    copies = {at for pair, how in strengths.items() if how == NEARLY for at in pair}
    rows = []
    for at in members:
        own = [lines[one] for one in beside if lines[one].article.id == lines[at].article.id]
        held = sorted((lines[at], *own), key=lambda line: line.sentence.number)
        rows.append(_row(held, said, strengths.get((members[0], at))))
    return Cluster(
        id="k0",
        rows=tuple(rows),
        strength=max(strengths.values(), key=ORDER.index),
        basis=basis,
        copies=tuple(sorted({lines[at].article.id for at in copies})),
    )


def _row(held: Sequence[Line], said: Said, close: Strength | None) -> Row:
    """The sentences of one article as a row."""
    return Row(
        article=held[0].article.id,
        sentences=tuple(line.sentence.number for line in held),
        strength=close,
        said=tuple(dict.fromkeys(one for line in held for one in said.get(line.key, ()))),
        hedges=tuple(word for line in held for word in hedges(line.sentence.text)),
    )


def strength(a: Line, b: Line, value: float, basis: Basis = "words") -> Strength:
    """How close two sentences are, in words: by their wording, else by `close_pairs`' value."""
    left, right = a.sentence.text, b.sentence.text
    if containment(left, right, 3) >= _SAME_WORDING and _alike_long(left, right):
        return NEARLY
    return "much-the-same" if value >= MUCH and basis == "words" else "in-part"


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
