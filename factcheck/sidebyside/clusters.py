"""Cluster sentences that are close to each other, one row an article.

Complete linkage: a sentence joins only if it is close to every sentence that is in
already, so that a chain of half-alike sentences cannot tie two different ones. Clusters that
share a sentence are then one, led by the sentence that most articles come close to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from factcheck.language.copies import containment
from factcheck.language.cues import hedges
from factcheck.models import OutletGroup
from factcheck.sidebyside.lines import Line, Pair, is_english, reads_alone
from factcheck.sidebyside.models import Cluster, Place, Row, Said, Strength
from factcheck.sidebyside.pairs import IN_PART, MUCH

Members = tuple[int, ...]
Near = Mapping[int, Mapping[int, float]]
Strengths = Mapping[Pair, Strength]

NEARLY: Strength = "nearly-the-same-words"
CLOSE_TO_ANOTHER: Strength = "close-to-another-one"
ORDER: tuple[Strength, ...] = (NEARLY, "much-the-same", "in-part", CLOSE_TO_ANOTHER)
# Share of the runs of three words of the shorter sentence, and how long that one has to be.
_SAME_WORDING, _ALIKE_LONG = 0.6, 0.6


def cluster_lines(
    lines: Sequence[Line],
    close: Mapping[Pair, float],
    marked: Mapping[Pair, float],
    said: Said,
    groups: Sequence[OutletGroup],
) -> tuple[Cluster, ...]:
    """All clusters, most carried first, no sentence in two of them; ids `k1`, `k2`, …

    `close` are pairs by all their words, `marked` pairs between languages by names and figures.
    """
    group_of = {article: at for at, group in enumerate(groups) for article in group.articles}
    values = {**marked, **close}
    strengths = {(a, b): rate_pair(lines[a], lines[b], close.get((a, b), 0.0)) for a, b in values}
    near = _list_neighbours(values)
    found = [
        _to_cluster(lines, _put_lead_first(lines, places, near), strengths, close, said)
        for places in unite((*link(close), *link(marked)))
    ]
    held = {line.key: line for line in lines if line.twins}
    found = [_add_twins(cluster, held, said) for cluster in found]
    found.sort(key=lambda cluster: _rank(cluster, group_of))
    return tuple(
        cluster.model_copy(update={"id": f"k{number}"})
        for number, cluster in enumerate(found, start=1)
    )


def unite(found: Iterable[Members]) -> list[Members]:
    """Clusters of places, those that share one made one; in the order of their first."""
    whole: list[set[int]] = []
    for members in found:
        touched = [one for one in whole if one.intersection(members)]
        if touched:
            touched[0].update(members, *touched[1:])
            whole = [one for one in whole if one not in touched[1:]]
        else:
            whole.append(set(members))
    return [tuple(sorted(one)) for one in whole]


def link(close: Mapping[Pair, float]) -> Iterator[Members]:
    """Clusters as places of lines, of at least two articles each.

    The closest pair not yet together opens a cluster if one of the two stands in none; then
    each further article adds the sentence that is close to one member and linked with all.
    So a sentence may stand in several clusters.
    """
    near = _list_neighbours(close)
    placed: set[int] = set()
    for a, b in sorted(close, key=lambda pair: (-close[pair], pair)):
        if close[a, b] >= IN_PART and not placed.issuperset((a, b)):
            members = _grow((a, b), near)
            placed.update(members)
            yield members


def _put_lead_first(lines: Sequence[Line], places: Members, near: Near) -> Members:
    """The places in order, the one that most other articles come close to before them.

    Of several the one that reads on its own, in English, and is closest to the others.
    """

    def weight(at: int) -> tuple[int, bool, bool, float]:
        close = [other for other in places if other in near[at]]
        articles = {lines[other].article.id for other in close}
        line = lines[at]
        alone = reads_alone(line.sentence.text)
        return len(articles), is_english(line.article), alone, sum(near[at][o] for o in close)

    lead = max(places, key=weight)
    return (lead, *(at for at in places if at != lead))


def _to_cluster(
    lines: Sequence[Line],
    places: Members,
    strengths: Strengths,
    close: Mapping[Pair, float],
    said: Said,
) -> Cluster:
    """A cluster without its id; its rows compare with the first place, which leads it."""
    lead = places[0]
    held: dict[str, list[int]] = {}
    for at in places:
        held.setdefault(lines[at].article.id, []).append(at)
    pairs = [(min(pair), max(pair)) for pair in combinations(places, 2)]
    inside = {pair: strengths[pair] for pair in pairs if pair in strengths}
    rows = [
        _to_row(
            [lines[at] for at in sorted(own)],
            said,
            None if lead in own else _find_closest(inside, [lead], own),
        )
        for own in held.values()
    ]
    between = [_find_closest(inside, one, other) for one, other in combinations(held.values(), 2)]
    copies = {at for pair, how in inside.items() if how == NEARLY for at in pair}
    by_words = any(pair in close for pair in inside)
    return Cluster(
        id="k0",
        rows=tuple(rows),
        lead=lines[lead].sentence.number,
        strength=max((how for how in between if how != CLOSE_TO_ANOTHER), key=ORDER.index),
        basis="words" if by_words else "names-and-numbers",
        copies=tuple(sorted({lines[at].article.id for at in copies})),
    )


def _add_twins(cluster: Cluster, lines: Mapping[Place, Line], said: Said) -> Cluster:
    """The cluster with a row for each further article that has a sentence of it word for word."""
    held: dict[str, list[Line]] = {}
    close: dict[str, Strength] = {}
    there = {row.article for row in cluster.rows}
    for row in cluster.rows:
        for number in row.sentences:
            line = lines.get((row.article, number))
            for twin in line.twins if line else ():
                if twin.article.id not in there:
                    held.setdefault(twin.article.id, []).append(twin)
                    close.setdefault(twin.article.id, row.strength or NEARLY)
    if not held:
        return cluster
    more = [_to_row(lines, said, close[article]) for article, lines in held.items()]
    copies = tuple(sorted({*cluster.copies, *held}))
    return cluster.model_copy(update={"rows": (*cluster.rows, *more), "copies": copies})


def _find_closest(inside: Strengths, one: Sequence[int], other: Sequence[int]) -> Strength:
    """The best strength between the places of two rows; `CLOSE_TO_ANOTHER` for none."""
    pairs = [(min(a, b), max(a, b)) for a in one for b in other]
    found = (inside[pair] for pair in pairs if pair in inside)
    return min(found, key=ORDER.index, default=CLOSE_TO_ANOTHER)


def _to_row(held: Sequence[Line], said: Said, close: Strength | None) -> Row:
    """The sentences of one article as a row."""
    return Row(
        article=held[0].article.id,
        sentences=tuple(line.sentence.number for line in held),
        strength=close,
        said=tuple(dict.fromkeys(one for line in held for one in said.get(line.key, ()))),
        hedges=tuple(word for line in held for word in hedges(line.sentence.text)),
    )


def rate_pair(a: Line, b: Line, value: float) -> Strength:
    """How close two sentences are: by their wording, else by the score of the pair."""
    left, right = a.sentence.text, b.sentence.text
    shorter, longer = sorted((len(left), len(right)))
    if shorter >= _ALIKE_LONG * longer and containment(left, right, 3) >= _SAME_WORDING:
        return NEARLY
    return "much-the-same" if value >= MUCH else "in-part"


def _rank(cluster: Cluster, groups: Mapping[str, int]) -> tuple[int, int, int]:
    """Most carried first: by groups of outlets, then by articles; then the closest."""
    articles = [row.article for row in cluster.rows]
    return (
        -len({groups.get(article, -1) for article in articles}),
        -len(articles),
        ORDER.index(cluster.strength),
    )


def _list_neighbours(close: Mapping[Pair, float]) -> Near:
    near: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (a, b), value in close.items():
        near[a][b] = near[b][a] = value
    return near


def _grow(members: Members, near: Near) -> Members:
    """The members with one sentence of each further article that is close to all.

    Sentences of one article are never near each other.
    """
    while options := {
        at: sum(near[at][m] for m in members)
        for at in set.intersection(*(set(near[at]) for at in members))
        if max(near[at][m] for m in members) >= IN_PART
    }:
        members = (*members, max(options, key=lambda at: (options[at], -at)))
    return members
