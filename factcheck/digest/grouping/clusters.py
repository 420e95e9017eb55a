"""Scored pairs go in; groups of articles come out: average linkage on a sparse graph.

Each score is first set against how well its two articles are linked to others, then the
two closest groups are joined until none are close enough. A pair without a score counts 0.
An article that is left alone, such as a short one, joins the group that holds its nearest.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from factcheck.digest.grouping.items import Link

# Chosen on the training part of ECB+; see docs/stories.md.
THRESHOLD = 0.725
_POWER = 0.5
_BEST = 5
_FLOOR = 0.3
_LEAST = 0.2
# An article with so many links this near has no room for more: it is linked to the nearest
# others only, and what is missing beyond them tells nothing.
_FULL, _NEAR = 20, 0.7
_WITNESSES = 3
_TIE = 1e-2

Graph = list[dict[int, float]]


def cluster(
    keys: Sequence[str], links: Iterable[Link], threshold: float = THRESHOLD
) -> tuple[frozenset[str], ...]:
    """The groups that the articles with these keys form, largest first, singles included.

    Links with other keys are left out. The order of keys and links makes no difference.
    """
    order = sorted(set(keys))
    number = {key: at for at, key in enumerate(order)}
    known = [one for one in links if one.a in number and one.b in number]
    home = _copies(number, known)
    graph = _graph(home, ((number[one.a], number[one.b], one.score) for one in known))
    nearest = [heapq.nlargest(_WITNESSES, ((s, b) for b, s in row.items())) for row in graph]
    joined = _joined(graph, threshold)
    _take_in(joined, nearest, threshold)
    groups: defaultdict[int, set[str]] = defaultdict(set)
    for at, key in enumerate(order):
        groups[joined[home[at]]].add(key)
    return tuple(map(frozenset, sorted(groups.values(), key=lambda g: (-len(g), min(g)))))


def _take_in(joined: list[int], nearest: Sequence[list[tuple[float, int]]], least: float) -> None:
    """Put an article that stands alone into the group of its nearest, if these agree on one.

    In a large story a short article is near to some and far from most: their mean leaves it
    out, its nearest know better.
    """
    size = Counter(joined)
    for alone, group in enumerate(list(joined)):
        near = nearest[alone]
        homes = {joined[other] for _, other in near}
        if size[group] == 1 and len(near) == _WITNESSES and len(homes) == 1:
            home = homes.pop()
            if size[home] >= _WITNESSES and sum(s for s, _ in near) >= least * _WITNESSES:
                joined[alone] = home


def _copies(number: Mapping[str, int], links: Iterable[Link]) -> list[int]:
    """For each article the one that it is a copy of, or itself; copies count as one."""
    home = list(range(len(number)))
    for one in links:
        if one.score >= 1:
            a, b = sorted((_root(home, number[one.a]), _root(home, number[one.b])))
            home[b] = a
    return [_root(home, at) for at in range(len(home))]


def _root(home: list[int], at: int) -> int:
    while home[at] != at:
        home[at] = home[home[at]]
        at = home[at]
    return at


def _graph(home: Sequence[int], pairs: Iterable[tuple[int, int, float]]) -> Graph:
    """The scores between originals, each set against the best ones of both ends.

    In a story that is easy to tell every pair scores high, and what scores half of that is
    another story; where the best is low, half of it is still near. The floor keeps an
    article that is like nothing from being drawn to whatever is least unlike it.
    """
    raw: Graph = [{} for _ in home]
    for x, y, score in pairs:
        a, b = home[x], home[y]
        if a != b:
            # The last digits hang on the order in which the articles came.
            raw[a][b] = raw[b][a] = max(round(score, 5), raw[a].get(b, 0.0))
    usual = [_usual(scores.values()) for scores in raw]
    graph: Graph = [{} for _ in home]
    for a, scores in enumerate(raw):
        for b, score in scores.items():
            near = min(score / (usual[a] * usual[b]) ** 0.5, 1.0) ** _POWER
            # Many pairs of a small window are as near as can be: then the score decides.
            near -= _TIE * (1 - score)
            if near >= _LEAST:
                graph[a][b] = near
    return graph


def _usual(scores: Iterable[float]) -> float:
    best = heapq.nlargest(_BEST, scores)
    return max(sum(best) / len(best), _FLOOR) if best else _FLOOR


@dataclass
class _Groups:
    """Groups that grow.

    `sums` and `links` hold the sum and the number of the scores between two groups, `size`
    and `full` the number of articles in each, and of those with no room for more links;
    `joins` tells how often a group has grown, -1 once it is part of another.
    """

    sums: Graph
    links: list[dict[int, int]]
    size: list[int]
    full: list[int]
    joins: list[int]

    def nearness(self, a: int, b: int) -> float:
        """The mean score between two groups; a missing pair counts 0 unless both are full."""
        links = self.links[a][b]
        unseen = max(self.full[a] * self.full[b] - links, 0)
        pairs = self.size[a] * self.size[b] - unseen
        return self.sums[a][b] / max(pairs, links, min(self.size[a], self.size[b]))

    def join(self, a: int, b: int) -> None:
        """Make b part of a."""
        for other, total in self.sums[b].items():
            if other != a:
                links = self.links[a].get(other, 0) + self.links[b][other]
                self.sums[a][other] = self.sums[other][a] = self.sums[a].get(other, 0.0) + total
                self.links[a][other] = self.links[other][a] = links
                del self.sums[other][b], self.links[other][b]
        del self.sums[a][b], self.links[a][b]
        self.sums[b], self.links[b] = {}, {}
        self.size[a] += self.size[b]
        self.full[a] += self.full[b]
        self.joins[a], self.joins[b] = self.joins[a] + 1, -1


def _joined(graph: Graph, threshold: float) -> list[int]:
    """For each article the one that stands for its group. The graph is used up."""
    full = [int(sum(s >= _NEAR for s in scores.values()) >= _FULL) for scores in graph]
    heaps = _separated(graph, threshold)
    groups = _Groups(
        sums=graph,
        links=[dict.fromkeys(scores, 1) for scores in graph],
        size=[1] * len(graph),
        full=full,
        joins=[0] * len(graph),
    )
    home = list(range(len(graph)))
    for heap in heaps:
        _join_nearest(groups, heap, threshold, home)
    return [_root(home, at) for at in range(len(home))]


# Minus the score, both groups, and how often each had grown when the pair was seen.
Seen = tuple[float, int, int, int, int]


def _separated(graph: Graph, threshold: float) -> Collection[list[Seen]]:
    """The near pairs of each part of the graph that hangs together by near pairs.

    A mean is never above its greatest score, so nothing is ever joined across the parts;
    what links them is taken out.
    """
    near = [
        (-score, a, b, 0, 0)
        for a, scores in enumerate(graph)
        for b, score in scores.items()
        if a < b and score >= threshold
    ]
    part = list(range(len(graph)))
    for _, a, b, _, _ in near:
        part[_root(part, b)] = _root(part, a)
    part = [_root(part, at) for at in range(len(part))]
    for a, scores in enumerate(graph):
        graph[a] = {b: score for b, score in scores.items() if part[a] == part[b]}
    heaps: defaultdict[int, list[Seen]] = defaultdict(list)
    for seen in near:
        heaps[part[seen[1]]].append(seen)
    return heaps.values()


def _join_nearest(groups: _Groups, heap: list[Seen], threshold: float, home: list[int]) -> None:
    """Join the two nearest groups as long as any are near enough.

    The heap holds every pair of groups that was near enough when it was seen; what has
    changed since is told by the number of joins.
    """
    heapq.heapify(heap)
    while heap:
        _, a, b, joins_a, joins_b = heapq.heappop(heap)
        if groups.joins[a] != joins_a or groups.joins[b] != joins_b:
            continue
        if len(groups.sums[a]) < len(groups.sums[b]):
            a, b = b, a
        groups.join(a, b)
        home[b] = a
        for other in groups.sums[a]:
            near = groups.nearness(a, other)
            if near >= threshold:
                x, y = min(a, other), max(a, other)
                heapq.heappush(heap, (-near, x, y, groups.joins[x], groups.joins[y]))
